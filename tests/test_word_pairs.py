"""Pairs of words that must meet, that widening must join, that must stay apart: tables judged through real indexes."""

from collections import Counter
from pathlib import Path

import pytest
from word_pairs import TABLES, Pair, Words, pairs_of, rows

ALL = [pair for table in TABLES for pair in pairs_of(table)]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    return Words(tmp_path_factory.mktemp("words"))


def row(pair: Pair) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=pair.fails)] if pair.fails else []
    return pytest.param(pair, id=f"{pair.kind} {pair.one} {pair.other}: {pair.reason}", marks=marks)


@pytest.mark.parametrize("pair", list(map(row, ALL)))
def test_words_meet_and_differ_as_readers_take_them(words: Words, pair: Pair) -> None:
    assert words.are_right(pair)


@pytest.mark.parametrize("language", ["Arabic", "English"])
def test_a_table_has_hundreds_of_pairs_of_each_kind(language: str) -> None:
    kinds = Counter(pair.kind for pair in pairs_of(language))
    assert kinds.keys() == {"meet", "widen", "differ"}
    assert kinds["meet"] >= 300
    assert kinds["differ"] >= 300


def test_no_pair_stands_twice_and_none_is_a_word_with_itself() -> None:
    pairs = [frozenset((pair.one, pair.other)) for pair in ALL]
    assert len(set(pairs)) == len(pairs)
    assert all(len(pair) == 2 for pair in pairs)


def test_every_pair_has_a_reason() -> None:
    assert [pair for pair in ALL if not pair.reason] == []


def test_the_readme_tells_the_shares(words: Words) -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    table = readme.partition("<!-- pairs -->\n")[2].partition("<!-- /pairs -->")[0]
    assert table.splitlines()[2:] == list(rows(words))
