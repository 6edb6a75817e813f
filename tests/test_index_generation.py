import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from index import generation as reading
from index.commit import replace
from index.errors import BusyIndexError, DamagedIndexError, ForeignIndexError, NoIndexError, UserError
from index.generation import CHECKED_AT_OPEN, check_private, current_name, open_generation, sources_of
from index.manifest import FORMAT, Manifest

FILES = {"one.seg": b"postings" * 500, "two.toc": bytes(range(256))}
IS_ROOT = os.geteuid() == 0
SOMEBODY = 65534


def make(folder: Path, files: dict[str, bytes] = FILES, source: str = "/news") -> Path:
    """A new generation of `files` in `folder`; its path."""

    def fill(path: str) -> Manifest:
        for name, data in files.items():
            Path(path, name).write_bytes(data)
        return Manifest(
            sources=[source], fingerprint="", watched={}, seconds=0.0, counts={"articles": 0}, versions={}, files={}
        )

    return Path(replace(str(folder), fill).path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index with a generation before the current one."""
    make(tmp_path / "index", {name: data[::-1] for name, data in FILES.items()}, source="/olds")
    make(tmp_path / "index")
    return tmp_path / "index"


def part(folder: Path, name: str) -> Path:
    return folder / name if name in {"", "current"} else folder / "gen-2" / name


def flip(path: Path, place: int, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << bit
    path.write_bytes(data)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def invert(path: Path) -> None:
    path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))


def swap_for_the_one_before(path: Path) -> None:
    path.write_bytes((path.parent.parent / "gen-1" / path.name).read_bytes())


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def refusal(folder: Path, kind: type[UserError]) -> str:
    """What is said of an index that must not be opened, without its path: one line, the same from a second look."""
    said = []
    for _ in range(2):
        with pytest.raises(kind) as caught:
            open_generation(str(folder))
        assert type(caught.value) is kind
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == 1
    assert str(folder) in said[0]
    return said[0].replace(str(folder), "")


def test_what_was_committed_is_opened(folder: Path) -> None:
    generation = open_generation(str(folder))
    assert (generation.folder, generation.path, generation.name) == (str(folder), str(folder / "gen-2"), "gen-2")
    assert generation.manifest.files == {name: (len(data), zlib.crc32(data)) for name, data in FILES.items()}
    assert generation.manifest.sources == sources_of(str(folder)) == ["/news"]
    assert current_name(str(folder)) == "gen-2"


@pytest.mark.parametrize("make_folder", [Path, Path.mkdir], ids=["no folder", "an empty folder"])
def test_where_no_index_is_there_is_none(tmp_path: Path, make_folder: Callable[[Path], object]) -> None:
    make_folder(tmp_path / "index")
    assert "run index" in refusal(tmp_path / "index", NoIndexError)
    assert sources_of(str(tmp_path / "index")) is None


def test_a_build_killed_before_its_first_swap_is_no_index(folder: Path) -> None:
    (folder / "current").unlink()
    for path in folder.glob("gen-*/manifest"):
        path.unlink()
    refusal(folder, NoIndexError)
    assert sources_of(str(folder)) is None


def test_an_index_that_is_a_file_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("my notes", encoding="utf-8")
    assert "not a folder" in refusal(tmp_path / "index", ForeignIndexError)


@pytest.mark.parametrize("name", ["", "current", "manifest", "one.seg"])
def test_a_link_is_never_followed(folder: Path, name: str) -> None:
    target = part(folder, name)
    target.rename(folder.parent / "elsewhere")
    target.symlink_to(folder.parent / "elsewhere")
    assert "link" in refusal(folder, ForeignIndexError)


def test_a_generation_that_is_a_link_is_not_followed(folder: Path) -> None:
    (folder / "gen-2").rename(folder / "gen-3")
    (folder / "gen-2").symlink_to(folder / "gen-3")
    assert "link" in refusal(folder, ForeignIndexError)


@pytest.mark.parametrize("right", [0o020, 0o002], ids=["group", "others"])
@pytest.mark.parametrize("name", ["", ".", "current", "manifest", "two.toc"])
def test_what_others_may_write_is_not_opened(folder: Path, name: str, right: int) -> None:
    target = part(folder, name)
    target.chmod(target.stat().st_mode | right)
    assert "chmod go-w" in refusal(folder, ForeignIndexError)


@pytest.mark.skipif(not IS_ROOT, reason="only root can give a file away")
@pytest.mark.parametrize("name", ["", ".", "current", "manifest", "one.seg"])
def test_what_belongs_to_another_user_is_not_opened(folder: Path, name: str) -> None:
    os.chown(part(folder, name), SOMEBODY, -1)
    assert "another user" in refusal(folder, ForeignIndexError)


@contextmanager
def as_somebody() -> Iterator[None]:
    if not IS_ROOT:
        yield
        return
    os.seteuid(SOMEBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_belongs_to_root_is_trusted_by_all() -> None:
    with as_somebody():
        check_private("/usr")


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        empty,
        halve,
        lengthen,
        zero,
        invert,
        swap_for_the_one_before,
        become_a_folder,
    ],
)
@pytest.mark.parametrize("name", ["manifest", "one.seg", "two.toc"])
def test_damage_to_a_file_is_seen(folder: Path, name: str, damage: Callable[[Path], object]) -> None:
    damage(part(folder, name))
    said = refusal(folder, DamagedIndexError)
    assert name in said
    assert "run index" in said
    if name != "manifest":
        assert sources_of(str(folder)) == ["/news"]


@pytest.mark.parametrize("damage", [empty, halve, zero, invert, become_a_folder])
def test_damage_to_current_is_seen(folder: Path, damage: Callable[[Path], object]) -> None:
    damage(folder / "current")
    assert "current" in refusal(folder, DamagedIndexError)
    assert sources_of(str(folder)) == ["/news"]


@pytest.mark.parametrize("damage", [Path.unlink, empty, zero])
def test_the_sources_stand_in_two_places_and_in_the_generation_before(folder: Path, damage: Callable[[Path], object]) -> None:
    damage(part(folder, "manifest"))
    assert sources_of(str(folder)) == ["/news"]
    (folder / "current").write_bytes(b"")
    assert sources_of(str(folder)) == ["/olds"]
    damage(folder / "gen-1" / "manifest")
    assert sources_of(str(folder)) == []


def test_sources_are_not_those_of_a_build_that_was_killed_before_its_swap(folder: Path) -> None:
    current = (folder / "current").read_bytes()
    make(folder, source="/never")
    (folder / "current").write_bytes(current)
    assert open_generation(str(folder)).manifest.sources == ["/news"]
    assert sources_of(str(folder)) == ["/news"]


@pytest.mark.parametrize("name", ["", ".", "manifest"])
def test_sources_are_not_taken_from_what_others_may_write(folder: Path, name: str) -> None:
    shutil.rmtree(folder / "gen-1")
    (folder / "current").write_bytes(b"")
    target = part(folder, name)
    target.chmod(target.stat().st_mode | 0o020)
    assert sources_of(str(folder)) == []


def opened_after_each_flip_in_current(folder: Path) -> list[str]:
    """The names of the generations that are opened although one bit of `current` has changed; 5 is that of the case."""
    path = folder / "current"
    written = path.read_bytes()
    opened = []
    for place in range(len(written)):
        for bit in (0, 2, 5):
            flip(path, place, bit)
            with suppress(DamagedIndexError):
                opened.append(open_generation(str(folder)).name)
            path.write_bytes(written)
    return opened


def test_a_bit_flipped_in_current_never_leads_to_another_generation(folder: Path) -> None:
    assert set(opened_after_each_flip_in_current(folder)) <= {"gen-2"}


def test_a_bit_flipped_in_current_is_seen_wherever_it_is(folder: Path) -> None:
    assert opened_after_each_flip_in_current(folder) == []


@pytest.mark.parametrize("name", ["manifest", "one.seg", "two.toc"])
def test_a_bit_flipped_in_a_file_is_seen_wherever_it_is(folder: Path, name: str) -> None:
    path = part(folder, name)
    size = path.stat().st_size
    for place in (*range(0, size, size // 30), size - 1):
        flip(path, place, place % 8)
        refusal(folder, DamagedIndexError)
        flip(path, place, place % 8)
    assert open_generation(str(folder)).name == "gen-2"


def test_a_lost_generation_is_damage(folder: Path) -> None:
    (folder / "gen-2").rename(folder / "gen-4")
    assert "gen-2" in refusal(folder, DamagedIndexError)


def test_a_generation_swapped_for_the_one_before_is_damage(folder: Path) -> None:
    (folder / "gen-2").rename(folder / "gen-3")
    (folder / "gen-1").rename(folder / "gen-2")
    refusal(folder, DamagedIndexError)


@pytest.mark.parametrize("name", ["_MAIN_9.toc", ".hidden", "manifest.bak"])
def test_a_stranger_among_the_files_is_named(folder: Path, name: str) -> None:
    part(folder, name).write_bytes(b"")
    assert name in refusal(folder, DamagedIndexError)


@pytest.mark.parametrize(
    "name",
    ["", "gen-", "gen-x", "gen-2/", "gen-2/../gen-2", "../index/gen-2", "gen-²", "gen--2", "2", "/etc", "gen-٢"],
)
def test_current_names_a_generation_and_nothing_else(folder: Path, name: str) -> None:
    path = folder / "current"
    path.write_text(path.read_text().replace("gen-2", name), encoding="utf-8")
    assert "current" in refusal(folder, DamagedIndexError)


def test_an_index_of_another_format_is_told_from_a_damaged_one(folder: Path) -> None:
    path = folder / "current"
    path.write_text(path.read_text().replace(f"format\t{FORMAT}\n", f"format\t{FORMAT + 1}\n"), encoding="ascii")
    said = refusal(folder, DamagedIndexError)
    assert "another version" in said
    assert "run index" in said


@pytest.mark.parametrize(("size", "seen"), [(CHECKED_AT_OPEN, True), (CHECKED_AT_OPEN + 1, False)])
def test_checksums_are_verified_at_opening_up_to_a_size(tmp_path: Path, size: int, *, seen: bool) -> None:
    path = make(tmp_path / "index", {"small": b"12345", "large": bytes(size - 5)}) / "small"
    path.write_bytes(b"12346")
    if seen:
        refusal(tmp_path / "index", DamagedIndexError)
    else:
        open_generation(str(tmp_path / "index"))
    with pytest.raises(DamagedIndexError, match="small"):
        open_generation(str(tmp_path / "index"), thorough=True)


def test_a_cut_is_seen_at_any_size(tmp_path: Path) -> None:
    path = make(tmp_path / "index", {"large": bytes(CHECKED_AT_OPEN + 1)}) / "large"
    os.truncate(path, CHECKED_AT_OPEN)
    refusal(tmp_path / "index", DamagedIndexError)


def swapping(monkeypatch: pytest.MonkeyPatch, folder: Path, times: int) -> None:
    """Two builds pass, `times` over, between a reader's look at `current` and its look at the generation."""
    read_manifest = reading._read_manifest
    left = iter(range(times))

    def late(*arguments: object) -> object:
        if next(left, None) is not None:
            make(folder)
            make(folder)
        return read_manifest(*arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(reading, "_read_manifest", late)


def test_a_reader_that_builds_overtake_opens_the_newest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swapping(monkeypatch, folder, times=1)
    assert open_generation(str(folder)).name == "gen-4"


def test_a_reader_that_builds_overtake_for_ever_gives_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swapping(monkeypatch, folder, times=1_000)
    with pytest.raises(BusyIndexError):
        open_generation(str(folder))
