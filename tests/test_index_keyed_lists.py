"""Lists that are found by a key: as they were filed, and nothing where there is none."""

import zlib
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.array_writing import keyed_sections
from index.keyed_lists import KEYED_KINDS, KeyedLists, hash_of

KEYS = st.text(max_size=4) | st.text("ab", max_size=3)
LISTS = st.dictionaries(KEYS, st.lists(st.integers(0, 299), min_size=1, max_size=9), max_size=20)


def on_disk(lists: dict[str, list[int]], count: int) -> KeyedLists:
    sections = keyed_sections(lists, count)
    assert "".join(kind for kind, _ in sections) == KEYED_KINDS
    return KeyedLists([memoryview(bytes(data)).cast(kind) for kind, data in sections])  # type: ignore[call-overload]


@given(LISTS, KEYS, st.sampled_from([300, 1 << 24, (1 << 24) + 1]))
def test_a_list_is_found_by_its_key(lists: dict[str, list[int]], other: str, count: int) -> None:
    found = on_disk(lists, count)
    for key in [*lists, other]:
        assert list(found.find(key)) == [
            number for known, numbers in lists.items() if hash_of(known) == hash_of(key) for number in numbers
        ]


def test_numbers_of_more_than_three_bytes_are_kept() -> None:
    assert list(on_disk({"a": [1 << 25, 3]}, (1 << 25) + 1).find("a")) == [1 << 25, 3]


def test_where_nothing_is_filed_nothing_is_found() -> None:
    assert list(on_disk({}, 5).find("a")) == []


@pytest.mark.parametrize(
    ("hashes", "ends"),
    [
        pytest.param([hash_of("a")], [], id="a key without a list"),
        pytest.param([], [1], id="a list without a key"),
        pytest.param([hash_of("a")], [2], id="too few numbers"),
        pytest.param([hash_of("a")], [0], id="too many numbers"),
    ],
)
def test_sections_that_do_not_fit_each_other_are_refused(hashes: list[int], ends: list[int]) -> None:
    with pytest.raises(ValueError, match="has sections that do not fit each other"):
        KeyedLists([memoryview(array("I", hashes)), memoryview(array("I", ends)), memoryview(b"123")])


@pytest.mark.parametrize(("place", "ends"), [(0, [2, 1]), (1, [2, 1])])
def test_a_list_outside_of_the_numbers_is_refused(place: int, ends: list[int]) -> None:
    keys = sorted("ab", key=hash_of)
    lists = KeyedLists([memoryview(array("I", map(hash_of, keys))), memoryview(array("I", ends)), memoryview(b"123")])
    with pytest.raises(ValueError, match="places what it has outside of itself"):
        lists.find(keys[place])


@given(st.text(max_size=9) | st.text(st.characters(), max_size=4))
def test_a_key_is_filed_under_a_number_of_32_bits_that_never_changes(key: str) -> None:
    assert hash_of(key) == hash_of(key) == zlib.crc32(key.encode("utf-8", "surrogatepass"))
    assert 0 <= hash_of(key) < 2**32


def test_keys_of_four_plain_letters_share_no_number() -> None:
    # A crc32 of four bytes is a number for each; of the Arabic ones, which take eight, two in four billion may share one.
    letters = "_aeimnorst19"
    keys = [a + b + c + d for a in letters for b in letters for c in letters for d in letters]
    assert len(set(map(hash_of, keys))) == len(keys)


def test_half_a_character_is_a_key_like_any_other() -> None:
    assert isinstance(hash_of("\ud800"), int)
