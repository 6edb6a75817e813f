from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.highlight import Formatter, WholeFragmenter
from whoosh.qparser import QueryParser

from index.analysis.analyzer import NewsAnalyzer
from index.analysis.terms import term_of
from index.analysis.words import find_words
from index.schema import SCHEMA
from index.store import Store

Row = tuple[str, int, str]


def rows(text: str, **options: Any) -> list[Row]:
    """(term, position, surface) of each token; the offsets of a shifted text are taken back by its shift."""
    shift = options.get("start_char", 0)
    tokens = NewsAnalyzer()(text, **options)
    return [(token.text, token.pos, text[token.startchar - shift : token.endchar - shift]) for token in tokens]


def test_tokens_are_terms_with_their_places_and_whole_surfaces() -> None:
    assert rows("وصواريخ Patriot، of the U.S. ٥٥٠") == [
        ("صواريخ", 0, "وصواريخ"),
        ("patriot", 1, "Patriot"),
        ("of", 2, "of"),
        ("the", 3, "the"),
        ("us", 4, "U.S."),
        ("550", 5, "٥٥٠"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("war-torn", [("war", 0, "war"), ("tear", 1, "torn")], id="a hyphen splits to consecutive positions"),
        pytest.param("وPatriot", [("و", 0, "و"), ("patriot", 1, "Patriot")], id="glued scripts are consecutive"),
        pytest.param("روسيا ـــ أمن", [("روس", 0, "روسيا"), ("امن", 1, "أمن")], id="a word without a term takes no position"),
        pytest.param("", [], id="an empty text has no tokens"),
        pytest.param("… ،", [], id="punctuation has no tokens"),
    ],
)
def test_positions_count_the_words_that_have_a_term(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_whoosh_may_shift_positions_and_offsets() -> None:
    tokens = [(token.pos, token.startchar, token.endchar) for token in NewsAnalyzer()("a bc", start_pos=7, start_char=100)]
    assert tokens == [(7, 100, 101), (8, 102, 104)]


def test_a_token_tells_the_mode_that_whoosh_asked_for() -> None:
    assert [token.mode for token in NewsAnalyzer()("missiles", mode="query")] == ["query"]


@given(
    st.text(st.one_of(st.sampled_from("abU.S-'’ صوا٥\u064bـ\u200f"), st.characters()), max_size=40),
    st.integers(0, 9),
    st.integers(0, 999),
)
def test_tokens_are_the_words_of_the_text(text: str, start_pos: int, start_char: int) -> None:
    words = [text[start:end] for start, end in find_words(text)]
    terms = [(term_of(word), word) for word in words if term_of(word)]
    expected = [(term, start_pos + number, word) for number, (term, word) in enumerate(terms)]
    assert rows(text, start_pos=start_pos, start_char=start_char) == expected


class _Marks(Formatter):  # type: ignore[misc]  # Whoosh has no types
    """Puts brackets around what Whoosh found."""

    def format_token(self, text: str, token: Any, replace: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002  # as Whoosh calls it
        return f"[{text[token.startchar : token.endchar]}]"


def marked(question: str, text: str) -> str:
    """`text` as Whoosh itself indexes it, finds it, and marks it."""
    ix = RamStorage().create_index(Schema(id=ID(stored=True), body=TEXT(analyzer=NewsAnalyzer(), stored=True, chars=True)))
    writer = ix.writer()
    writer.add_document(id="a", body=text)
    writer.commit()
    with ix.searcher() as searcher:
        results = searcher.search(QueryParser("body", ix.schema).parse(question))
        results.fragmenter, results.formatter = WholeFragmenter(), _Marks()
        return "".join(hit.highlights("body") for hit in results)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("missile", "U.S. war-torn Patriot [missiles] وPatriot وصواريخ", id="an English stem"),
        pytest.param("الصواريخ", "U.S. war-torn Patriot missiles وPatriot [وصواريخ]", id="clitics are marked with their word"),
        pytest.param("patriots", "U.S. war-torn [Patriot] missiles و[Patriot] وصواريخ", id="glued to an Arabic letter"),
        pytest.param('"patriot missile"', "U.S. war-torn [Patriot] [missiles] و[Patriot] وصواريخ", id="a phrase"),
        pytest.param('"war torn"', "U.S. [war]-[torn] Patriot missiles وPatriot وصواريخ", id="a phrase across a hyphen"),
        pytest.param("US", "[U.S.] war-torn Patriot missiles وPatriot وصواريخ", id="an acronym with its dots"),
        pytest.param('"torn missile"', "", id="words that do not stand together are no phrase"),
    ],
)
def test_whoosh_finds_and_marks_whole_words(question: str, expected: str) -> None:
    assert marked(question, "U.S. war-torn Patriot missiles وPatriot وصواريخ") == expected


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        pytest.param("body:missile", {"000_0cad0c9ee405b3bf.txt"}, id="only the English seed writes missiles in English"),
        pytest.param("body:صواريخ", {"002_362e55c88550be0e.txt"}, id="only the Arabic seed has an Arabic word"),
        pytest.param("body:patriot", {"002_362e55c88550be0e.txt"}, id="an English name in the Arabic seed"),
        pytest.param("body:(صواريخ patriot)", {"002_362e55c88550be0e.txt"}, id="words of both scripts"),
        pytest.param("title:ترامب", {"002_362e55c88550be0e.txt"}, id="a word of the title"),
        pytest.param("title:weapons", set(), id="the seed without a title has no words there"),
    ],
)
def test_whoosh_answers_from_the_index_of_the_seeds(seeds_store: Store, question: str, ids: set[str]) -> None:
    with whoosh_index.open_dir(seeds_store.generation.path, schema=SCHEMA, readonly=True).searcher() as searcher:
        assert {hit["id"] for hit in searcher.search(QueryParser("body", SCHEMA).parse(question))} == ids
