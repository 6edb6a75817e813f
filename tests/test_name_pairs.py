"""Pairs of names that must find each other by their sound, and of words that must not: a table judged through a real index."""

import re
from collections import Counter

import pytest
from name_pairs import Names, Pair, pairs_of_names

ALL = pairs_of_names()


@pytest.fixture(name="names", scope="module")
def names_of_the_table(tmp_path_factory: pytest.TempPathFactory) -> Names:
    return Names(tmp_path_factory.mktemp("names"))


def row(pair: Pair) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=pair.fails)] if pair.fails else []
    return pytest.param(pair, id=f"{pair.kind} {pair.english} {pair.arabic}: {pair.reason}", marks=marks)


@pytest.mark.parametrize("pair", list(map(row, ALL)))
def test_names_find_each_other_and_other_words_do_not(names: Names, pair: Pair) -> None:
    assert names.are_right(pair)


def test_the_table_has_hundreds_of_pairs_of_each_kind() -> None:
    kinds = Counter(pair.kind for pair in ALL)
    assert kinds.keys() == {"same", "other"}
    assert min(kinds.values()) >= 200


def test_no_pair_stands_twice() -> None:
    assert len({(pair.english, pair.arabic) for pair in ALL}) == len(ALL)


def test_every_pair_is_a_latin_word_and_an_arabic_one() -> None:
    latin, arabic = re.compile("[A-Za-z\u00c0-\u024f]+"), re.compile("[\u0620-\u06d3]+")
    assert [pair for pair in ALL if not (latin.fullmatch(pair.english) and arabic.fullmatch(pair.arabic))] == []


def test_every_pair_has_a_reason() -> None:
    assert [pair for pair in ALL if not pair.reason] == []


def test_the_reason_why_a_pair_fails_is_found_for_those_that_do_and_no_other(names: Names) -> None:
    assert [pair for pair in ALL if bool(names.why(pair)) == names.are_right(pair)] == []
