import errno
import fcntl
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from index.commit import replace
from index.errors import BusyIndexError, ForeignIndexError
from index.generation import open_generation, sources_of
from index.manifest import Manifest

IS_ROOT = os.geteuid() == 0
SOMEBODY = 65534


def make(folder: Path, source: str = "/new") -> str:
    """A new generation in `folder`, told by its `source`; its name."""

    def fill(path: str) -> Manifest:
        assert os.listdir(path) == []
        for name in ("one.seg", "two.toc"):
            Path(path, name).write_text(source * 100, encoding="ascii")
        return manifest_of(source)

    return replace(str(folder), fill).name


def manifest_of(source: str) -> Manifest:
    return Manifest(sources=[source], fingerprint="", watched={}, seconds=0.0, counts={"articles": 0}, versions={}, files={})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two builds."""
    make(tmp_path / "index", "/older")
    make(tmp_path / "index", "/old")
    return tmp_path / "index"


def content(folder: Path) -> dict[str, bytes | str | None]:
    """Everything below a folder: the bytes of files, where links lead to."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in folder.rglob("*")
    }


def generations(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("gen-*")}


def number_of(generation: str) -> int:
    return int(generation.removeprefix("gen-"))


def test_the_first_build_makes_the_folder_and_those_above(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "index"
    assert make(folder) == "gen-1"
    assert {path.name for path in folder.iterdir()} == {"lock", "current", "gen-1"}
    assert sources_of(str(folder)) == ["/new"]


def test_the_generation_before_is_kept_until_the_next_build(folder: Path) -> None:
    assert generations(folder) == {"gen-1", "gen-2"}
    assert make(folder) == "gen-3"
    assert generations(folder) == {"gen-2", "gen-3"}


def test_a_reader_of_the_generation_before_still_finds_its_files(folder: Path) -> None:
    before = open_generation(str(folder))
    make(folder)
    assert {path.name for path in Path(before.path).iterdir()} == {*before.manifest.files, "manifest"}


def test_leftovers_of_killed_builds_are_removed(folder: Path) -> None:
    (folder / "gen-7").mkdir()
    (folder / "gen-7" / "half.seg").write_bytes(b"half")
    (folder / "current.new").write_bytes(b"half of a line")
    name = make(folder)
    assert {path.name for path in folder.iterdir()} == {"lock", "current", "gen-2", name}
    assert sources_of(str(folder)) == ["/new"]


@pytest.mark.parametrize(
    "damaged", [b"", b"format 9\ngeneration gen-1\nmanifest 0\n", b"\xff" * 40], ids=["empty", "newer", "noise"]
)
def test_a_damaged_index_is_built_again(folder: Path, damaged: bytes) -> None:
    (folder / "current").write_bytes(damaged)
    assert make(folder) == "gen-3"
    assert sources_of(str(folder)) == ["/new"]
    assert generations(folder) == {"gen-3"}


def test_no_other_user_may_enter_or_write_whatever_the_umask(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        make(tmp_path / "index")
    finally:
        os.umask(umask)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "index").rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "index", tmp_path / "index" / "gen-1")}
    assert (modes, folders) == ({0o600}, {0o700})


@pytest.mark.parametrize("error", [RuntimeError, OSError, KeyboardInterrupt, SystemExit])
def test_a_build_that_breaks_off_leaves_everything_as_it_was(folder: Path, error: type[BaseException]) -> None:
    def fill(path: str) -> Manifest:
        Path(path, "half.seg").write_bytes(b"half")
        raise error

    before = content(folder)
    del before["gen-1"], before["gen-1/one.seg"], before["gen-1/two.toc"], before["gen-1/manifest"]
    with pytest.raises(error):
        replace(str(folder), fill)
    assert content(folder) == before
    assert make(folder) == "gen-3", "the lock must have been given back"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process builds."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_while_another_process_builds_nothing_is_touched(folder: Path) -> None:
    (folder / "gen-3").mkdir()
    (folder / "gen-3" / "half.seg").write_bytes(b"the other's")
    with locked(folder):
        before = content(folder)
        with pytest.raises(BusyIndexError, match="another process"):
            make(folder)
        assert content(folder) == before
    make(folder)
    assert sources_of(str(folder)) == ["/new"]


def test_the_lock_of_a_dead_process_is_no_lock(folder: Path) -> None:
    child = os.fork()
    if not child:
        with locked(folder):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert make(folder) == "gen-3"


@pytest.mark.parametrize("name", ["lock", "current.new"])
def test_a_link_planted_in_the_index_is_not_written_through(folder: Path, name: str) -> None:
    victim = folder.parent / "victim"
    victim.write_text("precious", encoding="ascii")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(victim)
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        make(folder)
    assert victim.read_text(encoding="ascii") == "precious"
    assert sources_of(str(folder)) == ["/old"]


def link(folder: Path) -> None:
    folder.symlink_to(folder.parent, target_is_directory=True)


def dangling_link(folder: Path) -> None:
    folder.symlink_to(folder.parent / "nowhere")


def file(folder: Path) -> None:
    folder.write_text("my notes", encoding="ascii")


def holding_notes(folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.txt").write_text("my notes", encoding="ascii")


def holding_a_hidden_file(folder: Path) -> None:
    folder.mkdir()
    (folder / ".git").mkdir()


def holding_an_index_and_notes(folder: Path) -> None:
    make(folder)
    (folder / "notes.txt").write_text("my notes", encoding="ascii")


def holding_a_folder_with_a_name_like_ours(folder: Path) -> None:
    (folder / "gen-erations").mkdir(parents=True)
    (folder / "gen-erations" / "notes.txt").write_text("my notes", encoding="ascii")


def writable_by_the_group(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o770)


def of_another_user(folder: Path) -> None:
    folder.mkdir()
    os.chown(folder, SOMEBODY, -1)


@pytest.mark.parametrize(
    "prepare",
    [
        link,
        dangling_link,
        file,
        holding_notes,
        holding_a_hidden_file,
        holding_an_index_and_notes,
        holding_a_folder_with_a_name_like_ours,
        writable_by_the_group,
        pytest.param(of_another_user, marks=pytest.mark.skipif(not IS_ROOT, reason="only root can give a folder away")),
    ],
)
def test_a_folder_that_is_no_index_of_ours_is_refused_and_left_alone(tmp_path: Path, prepare: Callable[[Path], None]) -> None:
    folder = tmp_path / "parent" / "index"
    folder.parent.mkdir()
    prepare(folder)
    before = content(folder.parent)
    with pytest.raises(ForeignIndexError, match="index"):
        make(folder)
    assert content(folder.parent) == before


def test_an_index_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("my notes", encoding="ascii")
    with pytest.raises(ForeignIndexError, match="not a folder"):
        make(tmp_path / "notes" / "index")


def test_an_empty_folder_of_ours_becomes_an_index(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir(0o755)
    assert make(tmp_path / "index") == "gen-1"


def test_everything_is_on_disk_before_the_swap_and_the_swap_after_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[object] = []
    fsync, rename = os.fsync, os.replace

    def note_fsync(descriptor: int) -> None:
        order.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def note_rename(source: str, target: str) -> None:
        rename(source, target)
        order.append("swap")

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_rename)
    path = folder / make(folder)
    swap = order.index("swap")
    written = [path, *path.iterdir(), folder / "current"]
    assert set(order[:swap]) == {place.stat().st_ino for place in written}
    assert order[swap + 1 :] == [folder.stat().st_ino]


class Fault:
    """Strikes at the n-th operation on files of a process, counted from the first below `folder`.

    Python tells its audit hooks of each operation before it does it, so a hook that kills the process, or raises an error,
    stands for a power cut, a broken disk or Ctrl-C at that very moment.
    """

    def __init__(self, folder: Path, n: int, strike: Callable[[], None]) -> None:
        self.count = 0
        self.swap = 0
        self._folder = str(folder)
        self._n = n
        self._strike = strike

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        by_path = event in {"open", "os.mkdir", "os.rename", "os.chmod", "os.listdir"}
        if event in {"os.remove", "os.rmdir", "os.scandir"} or (by_path and str(arguments[0]).startswith(self._folder)):
            self.count += 1
            if event == "os.rename":
                self.swap = self.count
            if self.count == self._n:
                self._strike()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def break_disk() -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def press_ctrl_c() -> None:
    raise KeyboardInterrupt


class Told(NamedTuple):
    """What a build told of itself: has it ended well, how many operations were there, and which one was the swap."""

    succeeded: bool
    operations: int
    swap: int


def build_in_a_child(folder: Path, n: int, strike: Callable[[], None]) -> Told | None:
    """A build whose n-th operation on files is struck; None where the process did not live to tell."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        fault = Fault(folder, n, strike)
        sys.addaudithook(fault)
        succeeded = False
        with suppress(OSError, KeyboardInterrupt):
            make(folder)
            succeeded = True
        os.write(writing, bytes([succeeded, fault.count, fault.swap]))
        os._exit(0)
    os.close(writing)
    told = os.read(reading, 3)
    os.close(reading)
    os.waitpid(child, 0)
    return Told(bool(told[0]), *told[1:]) if told else None


def operations(folder: Path) -> tuple[range, range]:
    """The numbers of a build's operations on files: those up to the swap, and those after it."""
    told = build_in_a_child(folder, 0, die)
    assert told
    make(folder, "/old")
    return range(1, told.swap + 1), range(told.swap + 1, told.operations + 1)


def test_a_build_killed_at_any_operation_leaves_the_old_or_the_new_index_whole(folder: Path) -> None:
    before, after = operations(folder)
    assert len(before) >= 10
    assert len(after) >= 2
    for n in (*before, *after):
        assert build_in_a_child(folder, n, die) is None, f"there was no operation {n}"
        generation = open_generation(str(folder), thorough=True)
        assert generation.manifest.sources == (["/old"] if n in before else ["/new"]), f"killed at operation {n}"
        name = make(folder, "/old")
        assert generations(folder) == {generation.name, name}, f"leftovers of operation {n}"


@pytest.mark.parametrize("strike", [break_disk, press_ctrl_c])
def test_a_build_that_fails_before_the_swap_leaves_the_old_index_and_nothing_else(
    folder: Path, strike: Callable[[], None]
) -> None:
    before, _ = operations(folder)
    failures = 0
    for n in before:
        told = build_in_a_child(folder, n, strike)
        assert told
        generation = open_generation(str(folder), thorough=True)
        assert generation.manifest.sources == (["/new"] if told.succeeded else ["/old"]), f"failed at operation {n}"
        if n < max(before):  # where the swap itself fails, nobody can tell whether it was done
            assert max(generations(folder), key=number_of) == generation.name, f"leftovers of operation {n}"
        failures += not told.succeeded
        make(folder, "/old")
    assert failures >= 10


@pytest.mark.parametrize("strike", [break_disk, press_ctrl_c])
def test_a_build_that_fails_after_the_swap_leaves_the_new_index(folder: Path, strike: Callable[[], None]) -> None:
    _, after = operations(folder)
    for n in after:
        build_in_a_child(folder, n, strike)
        assert open_generation(str(folder), thorough=True).manifest.sources == ["/new"], f"failed at operation {n}"
        make(folder, "/old")
