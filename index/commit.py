"""An index on disk, as a builder leaves it: built aside, synced, and put in place by one atomic rename."""

import fcntl
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from index.errors import BusyIndexError, DamagedIndexError, ForeignIndexError, NoIndexError
from index.generation import (
    CURRENT,
    MANIFEST,
    PREFIX,
    Generation,
    check_private,
    checksum,
    current_data,
    current_name,
    number_of,
)
from index.manifest import Manifest, dump
from index.printable import shown_path

_LOCK = "lock"
_CURRENT_NEW = "current.new"


def replace(folder: str, fill: Callable[[str], Manifest]) -> Generation:
    """Builds a new generation in `folder` and puts it in place of the current one.

    `fill` gets the path of a new empty folder, writes files into it, and returns a manifest; its `files` are filled in
    here. If `fill` raises or the process dies, the old generation goes on answering. The generation before is kept, for
    those who still read it, until the next build. Raises `BusyIndexError` while another process builds the same index.
    """
    _prepare(folder)
    with _locked(folder):
        old = _old_name(folder)
        if old:
            _remove_all_but(folder, {old})
        path = _new_path(folder)
        os.mkdir(path, 0o700)
        try:
            manifest = fill(path)
            manifest.files = {name: _seal(os.path.join(path, name)) for name in sorted(os.listdir(path))}
            data = dump(manifest, folder)
            _write(os.path.join(path, MANIFEST), data)
            _sync(path)
            generation = Generation(folder, path, manifest)
            _write(os.path.join(folder, _CURRENT_NEW), current_data(generation, zlib.crc32(data)))
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise
        # This is the commit. Whatever happens from here on, the new generation may be the current one and must stay.
        os.replace(os.path.join(folder, _CURRENT_NEW), os.path.join(folder, CURRENT))
        with suppress(OSError):  # a build that has taken its place did not fail
            _sync(folder)
            _remove_all_but(folder, {old, generation.name})
    return generation


def _prepare(folder: str) -> None:
    """Makes the index folder, or refuses one that is not for an index."""
    shown = shown_path(folder)
    try:
        os.makedirs(folder, 0o700, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ForeignIndexError(f"{shown} is not a folder: name another index with --index") from None
    for name in sorted(os.listdir(folder)):
        if name not in {_LOCK, CURRENT, _CURRENT_NEW} and not number_of(name):
            stranger = shown_path(os.path.join(folder, name))
            raise ForeignIndexError(f"{shown} holds something else than an index ({stranger}): name another one with --index")
    check_private(folder)


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    descriptor = os.open(os.path.join(folder, _LOCK), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyIndexError(f"the index {shown_path(folder)} is being built by another process: try again later") from None
        yield
    finally:
        os.close(descriptor)  # the lock goes with its descriptor, also when the process dies


def _old_name(folder: str) -> str | None:
    try:
        return current_name(folder)
    except (NoIndexError, DamagedIndexError):
        return None


def _new_path(folder: str) -> str:
    return os.path.join(folder, f"{PREFIX}{max(map(number_of, os.listdir(folder)), default=0) + 1}")


def _remove_all_but(folder: str, names: set[str | None]) -> None:
    for name in os.listdir(folder):
        if number_of(name) and name not in names:
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)


def _seal(path: str) -> tuple[int, int]:
    """Puts a file safely on disk, writable by its owner alone; its size and checksum."""
    os.chmod(path, 0o600)
    _sync(path)
    return os.path.getsize(path), checksum(path)


def _write(path: str, data: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
