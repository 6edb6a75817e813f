"""A table of strings: each is found by its number and its number by it; nothing else is found, whatever became of the file."""

import zlib
from array import array
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.array_writing import string_sections, write_arrays
from index.arrays import read_arrays
from index.strings import STRING_KINDS, StringTable

strings = st.lists(st.binary(max_size=12), unique=True, max_size=60)
words = st.lists(st.text(max_size=12), unique=True, max_size=60)


def views(strings: Sequence[bytes]) -> list[memoryview]:
    """The sections of a table as they would be read from a file."""
    return [memoryview(bytes(memoryview(data))).cast(kind) for kind, data in string_sections(strings)]  # type: ignore[call-overload]


def table(strings: Sequence[bytes]) -> StringTable:
    return StringTable(views(strings))


def test_the_sections_are_of_the_kinds_that_a_table_has() -> None:
    assert "".join(kind for kind, _ in string_sections([b"a"])) == STRING_KINDS


@given(strings, strings)
def test_strings_are_found_by_their_number_and_the_number_by_them(inside: list[bytes], others: list[bytes]) -> None:
    found = table(inside)
    assert len(found) == len(inside)
    assert [found[number] for number in range(len(inside))] == inside
    assert [found.find(string) for string in inside] == list(range(len(inside)))
    assert {found.find(string) for string in others if string not in inside} <= {None}


@given(words)
def test_texts_come_back_in_the_order_of_their_numbers(texts: list[str]) -> None:
    assert table([text.encode() for text in texts]).all() == texts


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7, 8, 255, 256, 257, 5000])
def test_tables_of_any_size(count: int) -> None:
    # Around powers of two the number of buckets changes.
    inside = [f"word {number}".encode() for number in range(count)]
    found = table(inside)
    assert [found.find(string) for string in inside] == list(range(count))
    assert [found.find(string + b"!") for string in inside] == [None] * count
    assert found.find(b"") is None


def test_strings_of_the_same_hash_are_told_apart() -> None:
    # These are the best known pairs of words whose crc32 is one.
    pairs = [(b"plumless", b"buckeroo"), (b"codding", b"gnu"), (b"exhibiters", b"schlager")]
    for one, other in pairs:
        assert zlib.crc32(one) == zlib.crc32(other)
        both = table([one, other])
        assert (both.find(one), both.find(other)) == (0, 1)
        assert table([one]).find(other) is None


def test_the_empty_string_is_a_string() -> None:
    found = table([b"a", b"", b"b"])
    assert (found.find(b""), found[1], found.find(b"b")) == (1, b"", 2)


def test_prefixes_and_neighbours_are_other_strings() -> None:
    found = table([b"missil", b"missile", b"missiles"])
    assert [found.find(string) for string in (b"missi", b"missil", b"missilemissiles", b"missiles\0", b"\0")] == [
        None,
        0,
        None,
        None,
        None,
    ]


def test_a_table_is_the_same_on_disk(tmp_path: Path) -> None:
    inside = [f"كلمة {number}".encode() for number in range(1000)]
    write_arrays(str(tmp_path / "table"), string_sections(inside), bytes(8))
    found = StringTable(read_arrays(str(tmp_path / "table"), STRING_KINDS)[1])
    assert [found.find(string) for string in inside] == list(range(1000))
    assert found.all() == [string.decode() for string in inside]


@pytest.mark.parametrize("number", [3, 4, 2**31, 2**64])
def test_a_number_beyond_the_last_has_no_string(number: int) -> None:
    with pytest.raises(IndexError):
        table([b"a", b"b", b"c"])[number]


def with_section(sections: list[memoryview], place: int, data: Any) -> list[memoryview]:
    view = memoryview(bytes(memoryview(data))).cast("B" if place == 0 else "I")
    return [*sections[:place], view, *sections[place + 1 :]]


@pytest.mark.parametrize(
    ("place", "count"),
    [
        pytest.param(1, 2, id="an end too few"),
        pytest.param(1, 4, id="an end too many"),
        pytest.param(2, 0, id="no bucket at all"),
        pytest.param(2, 3, id="no power of two of buckets"),
        pytest.param(3, 2, id="a number too few"),
        pytest.param(3, 4, id="a number too many"),
    ],
)
def test_sections_that_cannot_be_of_one_table_are_refused(place: int, count: int) -> None:
    sections = views([b"a", b"b", b"c"])
    with pytest.raises(ValueError, match="has sections that do not fit each other"):
        StringTable(with_section(sections, place, array("I", [1] * count)))


@given(st.data())
@settings(max_examples=500)
def test_broken_sections_are_errors_of_one_kind_or_misses(data: st.DataObject) -> None:
    inside = data.draw(strings)
    sections = views(inside)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, 3))
        values = sections[place].tolist()
        assume(values)
        noise = st.integers(0, 255) if place == 0 else st.integers(0, 2 * len(inside)) | st.integers(0, 2**32 - 1)
        if data.draw(st.booleans()):
            values[data.draw(st.integers(0, len(values) - 1))] = data.draw(noise)
        else:
            values = values[: data.draw(st.integers(0, len(values)))]
        sections = with_section(sections, place, bytes(values) if place == 0 else array("I", values))
    try:
        broken = StringTable(sections)
    except ValueError:
        return
    for string in [*inside, b"", b"other"]:
        with suppress(ValueError):
            found = broken.find(string)
            assert found is None or broken[found] == string
    for number in range(len(broken)):
        with suppress(ValueError):
            broken[number]
    with suppress(ValueError):
        broken.all()
