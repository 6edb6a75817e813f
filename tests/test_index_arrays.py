"""Files of plain arrays: what is written is read, and a file that is not what was written is never taken for one."""

import gc
import os
import struct
import zlib
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.array_writing import ArrayWriter, write_arrays
from index.arrays import ALIGNED, read_arrays

STAMP = b"generati"
KINDS = "BIQf"
HEAD = 32  # magic, version, number of sections, stamp, checksum of these and the rows
ROW = 16  # kind and length of a section

SECTIONS = {
    "B": st.binary(max_size=20),
    "I": st.lists(st.integers(0, 2**32 - 1), max_size=9).map(lambda values: array("I", values)),
    "Q": st.lists(st.integers(0, 2**64 - 1), max_size=9).map(lambda values: array("Q", values)),
    "f": st.lists(st.floats(width=32, allow_nan=False), max_size=9).map(lambda values: array("f", values)),
}
files = st.lists(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), SECTIONS[kind])), min_size=1, max_size=6)
one_file = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, kinds: str) -> tuple[bytes, list[list[Any]]]:
    """The stamp and the values of a file."""
    stamp, sections = read_arrays(str(path), kinds)
    return stamp, [section.tolist() for section in sections]


def kinds_of(sections: Sequence[tuple[str, Any]]) -> str:
    return "".join(kind for kind, _ in sections)


@given(files, st.binary(min_size=8, max_size=8))
@one_file
def test_what_is_written_is_read(tmp_path: Path, sections: list[tuple[str, Any]], stamp: bytes) -> None:
    write_arrays(str(tmp_path / "file"), sections, stamp)
    assert read(tmp_path / "file", kinds_of(sections)) == (stamp, [list(data) for _, data in sections])


@given(st.lists(st.lists(st.binary(max_size=9), max_size=5), min_size=1, max_size=4))
@one_file
def test_a_section_may_be_written_in_pieces(tmp_path: Path, sections: list[list[bytes]]) -> None:
    writer = ArrayWriter(str(tmp_path / "pieces"), "B" * len(sections), STAMP)
    for number, pieces in enumerate(sections):
        if number:
            writer.next_section()
        written = 0
        for piece in pieces:
            written += len(piece)
            assert writer.write(piece) == written
    writer.close()
    write_arrays(str(tmp_path / "whole"), [("B", b"".join(pieces)) for pieces in sections], STAMP)
    assert (tmp_path / "pieces").read_bytes() == (tmp_path / "whole").read_bytes()


def test_a_piece_is_counted_in_bytes_whatever_it_holds(tmp_path: Path) -> None:
    writer = ArrayWriter(str(tmp_path / "file"), "I", STAMP)
    assert [writer.write(array("I", [1, 2])), writer.write(memoryview(b"abcdefgh").cast("I")), writer.write(b"wxyz")] == [
        8,
        16,
        20,
    ]
    writer.close()


@given(files)
@one_file
def test_every_section_begins_at_a_multiple_of_eight(tmp_path: Path, sections: list[tuple[str, Any]]) -> None:
    write_arrays(str(tmp_path / "file"), sections, STAMP)
    data = (tmp_path / "file").read_bytes()
    start = HEAD + ROW * len(sections)
    for _, section in sections:
        assert start % ALIGNED == 0
        assert data[start:].startswith(bytes(section))
        start += -(-len(bytes(section)) // ALIGNED) * ALIGNED
    assert start == len(data)


# One of each kind, of lengths that need padding and of such that do not, two of them empty.
WRITTEN: list[tuple[str, Any]] = [
    ("B", b"\x01\x00\x02\xff\x03"),
    ("I", array("I", [1, 2**32 - 1, 3])),
    ("B", b""),
    ("Q", array("Q", [2**64 - 1])),
    ("f", array("f", [0.5])),
    ("I", array("I")),
    ("B", b"eight by"),
]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "written"
    write_arrays(str(path), WRITTEN, STAMP)
    return path


def test_a_file_cut_off_anywhere_is_refused(written: Path) -> None:
    data = written.read_bytes()
    for size in range(len(data)):
        written.write_bytes(data[:size])
        with pytest.raises(ValueError, match=r"^(is cut off|has (other sections than were|not the length that was) written)$"):
            read_arrays(str(written), kinds_of(WRITTEN))


@pytest.mark.parametrize("more", [1, 7, 8, 16, 5000])
def test_a_file_that_goes_on_is_refused(written: Path, more: int) -> None:
    written.write_bytes(written.read_bytes() + bytes(more))
    with pytest.raises(ValueError, match="has not the length that was written"):
        read_arrays(str(written), kinds_of(WRITTEN))


def flipped(data: bytes, first: int, last: int) -> Iterator[bytes]:
    """`data` with each of the bits of `data[first:last]` turned."""
    for bit in range(8 * first, 8 * last):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed)


def test_a_bit_turned_in_the_header_is_noticed(written: Path) -> None:
    for changed in flipped(written.read_bytes(), 0, HEAD + ROW * len(WRITTEN)):
        written.write_bytes(changed)
        with pytest.raises(ValueError, match=r"^(is no file of this version|has another header than was written)$"):
            read_arrays(str(written), kinds_of(WRITTEN))


def test_a_bit_turned_in_a_section_changes_that_section_alone(written: Path) -> None:
    data = written.read_bytes()
    start = HEAD + ROW * len(WRITTEN)
    for changed in flipped(data, start, start + 5):
        written.write_bytes(changed)
        _, (first, *others) = read(written, kinds_of(WRITTEN))
        assert first == list(changed[start : start + 5]) != list(WRITTEN[0][1])
        assert others == [list(section) for _, section in WRITTEN[1:]]


@given(st.data())
@one_file
def test_a_row_of_any_content_is_refused_or_read_without_another_error(written: Path, data: st.DataObject) -> None:
    changed = bytearray(written.read_bytes())
    row = data.draw(st.integers(0, len(WRITTEN) - 1))
    size = st.integers(0, 200) | st.integers(0, 2**64 - 1)
    changed[HEAD + ROW * row + 8 : HEAD + ROW * (row + 1)] = struct.pack("=Q", data.draw(size))
    check = zlib.crc32(changed[: HEAD - 8] + changed[HEAD : HEAD + ROW * len(WRITTEN)])
    changed[HEAD - 8 : HEAD] = struct.pack("=Q", check)  # as if somebody had meant it
    path = written.with_name("changed")
    path.write_bytes(changed)
    try:
        _, sections = read_arrays(str(path), kinds_of(WRITTEN))
    except ValueError:
        return
    assert sum(section.nbytes for section in sections) <= len(changed)


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        pytest.param("BIBQfI", "is no file of this version", id="a section less"),
        pytest.param("BIBQfIBB", "is no file of this version", id="a section more"),
        pytest.param("BIBQIIB", "has other sections than were written", id="another kind of the same size"),
        pytest.param("QIBQfIB", "has other sections than were written", id="another kind"),
        pytest.param("bIBQfIB", "has other sections than were written", id="signed"),
    ],
)
def test_a_file_of_other_sections_is_refused(written: Path, kinds: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_arrays(str(written), kinds)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(bytes(4096), id="zeros, as a crash may leave them"),
        pytest.param(b"\xff" * 4096, id="ones"),
        pytest.param(b"%PDF-1.4 " * 100, id="some other file"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"^is "):
        read_arrays(str(path), KINDS)


def test_a_file_of_another_version_or_byte_order_is_refused(written: Path) -> None:
    data = written.read_bytes()
    version, count = struct.unpack_from("=II", data, 8)
    for other in (
        struct.pack("=II", version + 1, count),
        struct.pack(">II" if array("H", [1]).tobytes()[0] else "<II", version, count),
    ):
        written.write_bytes(data[:8] + other + data[16:])
        with pytest.raises(ValueError, match="is no file of this version"):
            read_arrays(str(written), kinds_of(WRITTEN))


def test_a_file_that_is_missing_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_arrays(str(tmp_path / "missing"), KINDS)
    with pytest.raises(OSError, match=r"directory|device"):
        read_arrays(str(tmp_path), "B")


def test_a_file_is_unreadable_until_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    writer = ArrayWriter(str(path), "BB", STAMP)
    writer.write(b"some")
    writer.next_section()
    writer.write(b"more" * 100_000)
    with pytest.raises(ValueError, match=r"^(is|has) "):
        read_arrays(str(path), "BB")
    writer.close()
    assert read(path, "BB")[1][0] == list(b"some")


def test_a_file_that_was_discarded_stays_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "file"
    writer = ArrayWriter(str(path), "B", STAMP)
    writer.write(b"some")
    writer.discard()
    writer.discard()
    with pytest.raises(ValueError, match="is no file of this version"):
        read_arrays(str(path), "B")


def test_a_file_of_fewer_sections_than_were_promised_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    writer = ArrayWriter(str(path), "BB", STAMP)
    writer.write(b"some")
    with suppress(ValueError):
        writer.close()
    writer.discard()
    with pytest.raises(ValueError, match=r"^(is|has) "):
        read_arrays(str(path), "BB")


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="open files are counted in /proc")
def test_a_file_is_given_back_when_its_sections_are_gone_and_when_it_is_refused(written: Path) -> None:
    gc.collect()  # what other tests have left
    before = len(os.listdir("/proc/self/fd"))
    _, sections = read_arrays(str(written), kinds_of(WRITTEN))
    assert len(os.listdir("/proc/self/fd")) == before + 1
    del sections
    assert len(os.listdir("/proc/self/fd")) == before
    with pytest.raises(ValueError, match=r"^has other sections"):
        read_arrays(str(written), "Q" * len(WRITTEN))
    assert len(os.listdir("/proc/self/fd")) == before


def test_sections_stay_readable_when_the_file_is_removed(written: Path) -> None:
    _, sections = read_arrays(str(written), kinds_of(WRITTEN))
    written.unlink()
    assert bytes(sections[-1]) == b"eight by"


def test_sections_cannot_be_written_to(written: Path) -> None:
    _, sections = read_arrays(str(written), kinds_of(WRITTEN))
    with pytest.raises(TypeError):
        sections[0][0] = 1
