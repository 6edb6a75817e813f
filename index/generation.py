"""An index on disk, as a reader meets it: found, checked, and opened whole or not at all.

DIR/lock        held by whoever builds (see `commit`)
DIR/current     format, name of the generation, checksum of its manifest
DIR/gen-N/...   the files of a generation, and its manifest
"""

import os
import stat
import zlib

from index.errors import BusyIndexError, DamagedIndexError, ForeignIndexError, NoIndexError, UserError
from index.manifest import FORMAT, Manifest, dump_rows, load, read_sources, source_rows
from index.printable import shown_path

CURRENT = "current"
MANIFEST = "manifest"
PREFIX = "gen-"
CHECKED_AT_OPEN = (
    16_000_000  # bytes of a generation whose checksums every opening verifies; of a larger one, `index --check` does
)
_CHUNK = 1 << 20
_DIGITS = 18
_CHECK = "check"


class Generation:
    """An index that has passed its checks: `folder` is the index folder, `path` that of the generation inside it."""

    __slots__ = ("folder", "manifest", "path")

    def __init__(self, folder: str, path: str, manifest: Manifest) -> None:
        self.folder = folder
        self.path = path
        self.manifest = manifest

    @property
    def name(self) -> str:
        """The generation's name inside its index folder, such as `gen-3`."""
        return os.path.basename(self.path)


def open_generation(folder: str, *, thorough: bool = False) -> Generation:
    """The generation that `folder` answers from, its manifest and every file's size checked.

    Checksums are verified up to `CHECKED_AT_OPEN` bytes in all, or whatever the size if `thorough`. Raises `NoIndexError`,
    `ForeignIndexError` or `DamagedIndexError`.
    """
    for _ in range(20):
        name, crc = _current(folder)
        try:
            generation = _read_manifest(folder, name, crc)
            _check_files(generation, thorough=thorough)
        except (DamagedIndexError, OSError) as error:
            # Builds may have replaced this generation, and then removed it, since `current` was read.
            if _current(folder)[0] == name:
                raise _unreadable(folder, error) if isinstance(error, OSError) else error from None
        else:
            return generation
    raise BusyIndexError(f"the index {shown_path(folder)} is replaced faster than it can be read: try again")


def current_name(folder: str) -> str:
    """The name of the generation that `folder` answers from now; raises as `open_generation` does."""
    return _current(folder)[0]


def sources_of(folder: str) -> list[str] | None:
    """What an index that may be damaged, or of another version, was built from.

    `current` is asked, then the newest generation that can tell. Empty where nothing can; None where there is no index, but
    at most what a killed build has left.
    """
    if not os.path.isdir(folder):
        return None
    try:
        check_private(folder)
        names = sorted(filter(number_of, os.listdir(folder)), key=number_of, reverse=True)
    except (UserError, OSError):
        return []
    for path in (CURRENT, *(os.path.join(name, MANIFEST) for name in names)):
        try:
            check_private(os.path.join(folder, os.path.dirname(path)))
            found = read_sources(_read(os.path.join(folder, path)), folder)
        except (UserError, OSError):
            continue
        if found:
            return found
    return [] if os.path.lexists(os.path.join(folder, CURRENT)) else None


def current_data(generation: Generation, crc: int) -> bytes:
    """What `current` holds: which generation answers, the checksum of its manifest, its sources, and a checksum of all this."""
    head: list[tuple[str, ...]] = [("format", str(FORMAT)), ("generation", generation.name), ("manifest", f"{crc:08x}")]
    data = dump_rows(head + source_rows(generation.manifest.sources, generation.folder))
    return data + dump_rows([(_CHECK, f"{zlib.crc32(data):08x}")])


def number_of(name: str) -> int:
    """The number in the name of a generation, from 1; 0 for any other name."""
    digits = name.removeprefix(PREFIX)
    return int(digits) if name.startswith(PREFIX) and digits.isascii() and digits.isdecimal() and len(digits) < _DIGITS else 0


def check_private(path: str) -> os.stat_result:
    """The status of a file or folder of an index, which is trusted as far as its owner is.

    Raises `ForeignIndexError` for what somebody else could have written.
    """
    status = os.lstat(path)
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        reason = "is a link or a pipe, which no index has: name another index with --index"
    elif status.st_uid not in (os.geteuid(), 0):
        reason = "belongs to another user, so it was not opened: name another index with --index"
    elif status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        reason = "can be written by other users, so it was not opened: run chmod go-w on it if it is yours alone"
    else:
        return status
    raise ForeignIndexError(f"{shown_path(path)} {reason}")


def checksum(path: str) -> int:
    """The crc32 of a file."""
    crc = 0
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc


def _current(folder: str) -> tuple[str, int]:
    """The name of the current generation and the checksum of its manifest."""
    shown = shown_path(folder)
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise ForeignIndexError(f"{shown} is not a folder: name another index with --index")
    try:
        check_private(folder)
        written = _read(os.path.join(folder, CURRENT))
    except FileNotFoundError:
        raise NoIndexError(f"there is no index {shown}: run index with the folder that holds the articles") from None
    except OSError as error:
        raise _unreadable(folder, error) from None
    rows = dict(line.partition("\t")[::2] for line in written.decode("ascii", "replace").splitlines())
    if rows.get("format") not in {None, str(FORMAT)}:
        raise DamagedIndexError(f"another version of this program wrote the index {shown}: run index to build it again")
    data, _, check = written.rpartition(_CHECK.encode())
    if check != f"\t{zlib.crc32(data):08x}\n".encode() or not number_of(rows.get("generation", "")):
        raise damaged(folder, f"its file {CURRENT} is not what was written")
    return rows["generation"], int(rows["manifest"], 16)


def _read_manifest(folder: str, name: str, crc: int) -> Generation:
    path = os.path.join(folder, name)
    check_private(path)
    data = _read(os.path.join(path, MANIFEST))
    if zlib.crc32(data) != crc:
        raise damaged(folder, f"its {MANIFEST} is not what was written")
    try:
        return Generation(folder, path, load(data, folder))
    except ValueError as error:
        raise damaged(folder, f"its {MANIFEST} is {error}") from None


def _check_files(generation: Generation, *, thorough: bool) -> None:
    files, folder, path = generation.manifest.files, generation.folder, generation.path
    strangers = set(os.listdir(path)) - set(files) - {MANIFEST}
    if strangers:
        raise damaged(folder, f"{shown_path(os.path.join(path, min(strangers)))} does not belong to it")
    checked = thorough or sum(size for size, _ in files.values()) <= CHECKED_AT_OPEN
    for name, (size, crc) in files.items():
        file = os.path.join(path, name)
        if check_private(file).st_size != size:
            raise damaged(folder, f"{name} has not the size that was written")
        if checked and checksum(file) != crc:
            raise damaged(folder, f"{name} is not what was written")


def _read(path: str) -> bytes:
    check_private(path)
    with open(path, "rb") as file:
        return file.read()


def _unreadable(folder: str, error: OSError) -> DamagedIndexError:
    return damaged(folder, f"{shown_path(error.filename or folder)} cannot be read ({error.strerror})")


def damaged(folder: str, what: str) -> DamagedIndexError:
    """The error for an index that is not what was written, `what` being half a sentence."""
    return DamagedIndexError(f"the index {shown_path(folder)} is damaged ({what}): run index to build it again")
