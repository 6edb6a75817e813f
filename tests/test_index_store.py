import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh.qparser import QueryParser
from whoosh.query import Term

from index.build import build
from index.commit import replace
from index.errors import DamagedIndexError
from index.generation import open_generation
from index.manifest import Manifest
from index.schema import FIELDS, SCHEMA
from index.store import Store

# Numbers are their own terms, so that nothing here depends on what a stemmer makes of a word.
COUNTED = (
    {"id": "a", "title": "1 2", "text": "1 2 3 1"},
    {"id": "b", "text": "3 3 3 4 5 6 7 8", "lang": "ar"},
    {"id": "c", "title": "1 1 4 9", "text": "", "lang": "fr-CA", "date": "2025-07-03"},
)
# Titles: 2 and 4 words in two articles, 3 on average. Bodies: 4 and 8 words in two articles, 6 on average. With b = .75:
TITLE_NORMS = {0: 0.25 + 0.75 * 2 / 3, 2: 0.25 + 0.75 * 4 / 3}
BODY_NORMS = {0: 0.25 + 0.75 * 4 / 6, 1: 0.25 + 0.75 * 8 / 6}

StoreOf = Callable[..., Store]


@pytest.fixture
def counted(store_of: StoreOf) -> Store:
    return store_of(*COUNTED)


@pytest.mark.parametrize(
    ("field", "term", "frequencies"),
    [
        pytest.param("title", "1", {0: 1, 2: 2}, id="in two titles"),
        pytest.param("title", "9", {2: 1}, id="in one title"),
        pytest.param("title", "3", {}, id="in bodies alone"),
        pytest.param("body", "1", {0: 2}, id="twice in a body"),
        pytest.param("body", "3", {0: 1, 1: 3}, id="in two bodies"),
        pytest.param("body", "9", {}, id="in a title alone"),
        pytest.param("body", "10", {}, id="nowhere"),
        pytest.param("body", "", {}, id="no term at all"),
    ],
)
def test_postings_are_frequencies_over_length_norms(counted: Store, field: str, term: str, frequencies: dict[int, int]) -> None:
    norms = TITLE_NORMS if field == "title" else BODY_NORMS
    postings = counted.postings(field, term)
    assert [article for article, _ in postings] == sorted(frequencies)
    assert dict(postings) == pytest.approx({article: tf / norms[article] for article, tf in frequencies.items()})


def test_length_norms_are_those_of_the_articles_that_have_the_field(counted: Store) -> None:
    assert {article: counted.length_norm("title", article) for article in TITLE_NORMS} == pytest.approx(TITLE_NORMS)
    assert {article: counted.length_norm("body", article) for article in BODY_NORMS} == pytest.approx(BODY_NORMS)


def test_lengths_are_exact_in_long_articles(store_of: StoreOf) -> None:
    # Whoosh itself keeps a length in one byte, which is exact to about a hundred words.
    store = store_of(*({"id": str(length), "text": "word " * length} for length in (1, 255, 256, 999, 70_001)))
    average = (1 + 255 + 256 + 999 + 70_001) / 5
    for article, length in enumerate((1, 255, 256, 999, 70_001)):
        assert store.length_norm("body", article) == pytest.approx(0.25 + 0.75 * length / average)


@pytest.mark.parametrize(
    ("field", "term", "places"),
    [
        ("title", "1", {0: [0], 2: [0, 1]}),
        ("title", "4", {2: [2]}),
        ("body", "1", {0: [0, 3]}),
        ("body", "3", {0: [2], 1: [0, 1, 2]}),
        ("body", "8", {1: [7]}),
        ("body", "9", {}),
    ],
)
def test_positions_count_the_words_of_a_field(counted: Store, field: str, term: str, places: dict[int, list[int]]) -> None:
    assert counted.positions(field, term) == places


@pytest.mark.parametrize(
    ("language", "articles"),
    [
        pytest.param("ar", {1}, id="as given, whatever the letters"),
        pytest.param("fr", {2}, id="without its region"),
        pytest.param("und", {0}, id="digits tell no language"),
        pytest.param("en", set(), id="none"),
        pytest.param("", set(), id="no language"),
    ],
)
def test_articles_are_known_by_their_language(counted: Store, language: str, articles: set[int]) -> None:
    assert counted.in_language(language) == articles


def test_articles_come_back_as_they_were_given(counted: Store, tmp_path: Path) -> None:
    assert counted.article_count == 3
    first, _, last = (counted.article(number) for number in range(3))
    assert (first.id, first.title, first.body, first.date, first.lang) == ("a", "1 2", "1 2 3 1", None, "und")
    assert (last.id, last.title, last.body, last.date, last.lang) == ("c", "1 1 4 9", "", "2025-07-03", "fr")
    assert first.path == last.path == str(tmp_path / "articles-0.jsonl")


def test_an_article_without_a_title_has_none_and_is_shown_by_its_first_words(counted: Store) -> None:
    article = counted.article(1)
    assert (article.title, article.text("title"), article.display_title) == (None, "", "3 3 3 4 5 6 7 8")
    assert article.text("body") == article.body
    assert counted.article(0).text("title") == counted.article(0).display_title == "1 2"


def test_words_are_told_by_their_place_in_the_text_as_written(store_of: StoreOf) -> None:
    text = "U.S. — “Patriot”\tوصواريخ\n550 it’s"
    store = store_of({"id": "a", "title": "Kyiv 9", "text": text})
    article = store.article(0)
    words = store.words(article, "body")
    assert [text[start:end] for start, end, _ in words] == ["U.S.", "Patriot", "وصواريخ", "550", "it’s"]
    assert [term for _, _, term in words][3] == "550"
    assert [(start, end) for start, end, _ in store.words(article, "title")] == [(0, 4), (5, 6)]


def test_what_is_no_word_of_its_own_takes_no_position(store_of: StoreOf) -> None:
    # A tatweel is a letter to `re` and nothing when it is folded.
    store = store_of({"id": "a", "text": "1 ـ 2"})
    assert [term for _, _, term in store.words(store.article(0), "body")] == ["1", "2"]
    assert (store.positions("body", "1"), store.positions("body", "2")) == ({0: [0]}, {0: [1]})
    assert store.length_norm("body", 0) == 1.0


def all_words(store: Store) -> Iterator[tuple[str, int, list[str]]]:
    """(field, article, terms in reading order) of a whole store."""
    for number in range(store.article_count):
        article = store.article(number)
        for field in FIELDS:
            yield field, number, [term for _, _, term in store.words(article, field)]


def test_the_seeds_are_indexed_word_by_word(seeds_store: Store) -> None:
    places: dict[tuple[str, str], dict[int, list[int]]] = {}
    for field, number, terms in all_words(seeds_store):
        for position, term in enumerate(terms):
            places.setdefault((field, term), {}).setdefault(number, []).append(position)
    assert len(places) > 400
    for (field, term), expected in places.items():
        assert seeds_store.positions(field, term) == expected
        frequencies = {number: len(positions) for number, positions in expected.items()}
        norms = {number: seeds_store.length_norm(field, number) for number in expected}
        assert dict(seeds_store.postings(field, term)) == pytest.approx({n: frequencies[n] / norms[n] for n in expected})


def test_the_average_length_of_the_seeds_is_that_of_their_words(seeds_store: Store) -> None:
    lengths = {(field, number): len(terms) for field, number, terms in all_words(seeds_store) if terms}
    for field in FIELDS:
        norms = [seeds_store.length_norm(field, number) for name, number in lengths if name == field]
        assert sum(norms) / len(norms) == pytest.approx(1.0), "by its definition, the mean of the norms is 1"
    counts = seeds_store.generation.manifest.counts
    assert sum(lengths.values()) == counts["title words"] + counts["body words"]


TEXTS = st.text(st.one_of(st.sampled_from("a7 .’'-\n\r\t\0\x0b\u2028صـَ\U0001f680é\ud800"), st.characters()), max_size=40)


def without_surrogates(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


@given(st.lists(TEXTS, min_size=1, max_size=25))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_and_its_words_are_found_where_they_stand(store_of: StoreOf, texts: list[str]) -> None:
    store = store_of(
        *({"id": str(number), "title": f"title {text}", "text": f"word {text}"} for number, text in enumerate(texts))
    )
    written = [without_surrogates(text) for text in texts]
    assert [store.article(number).body for number in range(len(texts))] == [f"word {text}" for text in written]
    assert [store.article(number).title for number in range(len(texts))] == [f"title {text}" for text in written]
    for field, number, terms in all_words(store):
        for term, count in Counter(terms).items():
            positions = store.positions(field, term)[number]
            assert len(positions) == count
            assert {terms[position] for position in positions} == {term}


def test_whoosh_opens_the_same_files_and_finds_the_same_articles(seeds_store: Store) -> None:
    searcher = whoosh_index.open_dir(seeds_store.generation.path, schema=SCHEMA).searcher()
    with searcher:
        terms = {(field, term) for field, _, terms in all_words(seeds_store) for term in terms}
        for field, term in terms:
            found = [hit.docnum for hit in searcher.search(Term(field, term), limit=None, sortedby="id")]
            assert sorted(found) == [article for article, _ in seeds_store.postings(field, term)]
        assert searcher.doc_count() == seeds_store.article_count == 2


@pytest.mark.parametrize(
    ("question", "seed"),
    [
        ("Putin Kremlin", "000_0cad0c9ee405b3bf.txt"),
        ("الصواريخ", "002_362e55c88550be0e.txt"),
        ("Colby", "002_362e55c88550be0e.txt"),
    ],
)
def test_a_question_put_to_whoosh_is_analysed_as_the_articles_were(seeds_store: Store, question: str, seed: str) -> None:
    with whoosh_index.open_dir(seeds_store.generation.path, schema=SCHEMA).searcher() as searcher:
        hits = searcher.search(QueryParser("body", SCHEMA).parse(question))
        assert [hit["id"] for hit in hits] == [seed]


def test_an_open_store_answers_on_while_a_build_replaces_its_generation(store_of: StoreOf, tmp_path: Path) -> None:
    store = store_of({"id": "old", "text": "same words"})
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "new", "text": "other words"}), encoding="utf-8")
    build([str(other)], store.generation.folder)
    assert [article for article, _ in store.postings("body", "same")] == [0]
    assert store.article(0).id == "old"


def test_an_index_moves_together_with_its_sources(tmp_path: Path) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    (folder / "a.txt").write_text("some words", encoding="utf-8")
    build([str(folder)], str(folder / ".search-index"))
    folder.rename(tmp_path / "after")
    store = Store(open_generation(str(tmp_path / "after" / ".search-index")))
    assert store.article(0).path == str(tmp_path / "after" / "a.txt")
    assert store.generation.manifest.sources == [str(tmp_path / "after")]
    store.close()


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="open files are counted in /proc")
def test_a_closed_store_gives_back_what_it_opened(seeds_store: Store) -> None:
    before = len(os.listdir("/proc/self/fd"))
    store = Store(open_generation(seeds_store.generation.folder))
    store.postings("body", "550")
    store.article(0)
    assert len(os.listdir("/proc/self/fd")) > before
    store.close()
    assert len(os.listdir("/proc/self/fd")) == before


def test_files_that_are_no_index_of_whoosh_are_damage(tmp_path: Path) -> None:
    def fill(path: str) -> Manifest:
        Path(path, "_MAIN_1.toc").write_bytes(b"noise")
        counts = {"articles": 1, **{f"{field} {what}": 1 for field in FIELDS for what in ("words", "articles")}}
        return Manifest(sources=[], fingerprint="", seconds=0.0, counts=counts, versions={}, files={})

    generation = replace(str(tmp_path / "index"), fill)
    with pytest.raises(DamagedIndexError, match="run index"):
        Store(generation)


def test_files_lost_since_the_generation_was_checked_are_damage(store_of: StoreOf) -> None:
    generation = store_of({"id": "a", "text": "word"}).generation
    shutil.rmtree(generation.path)
    with pytest.raises(DamagedIndexError, match="run index"):
        Store(generation)


def test_an_article_that_is_not_there_is_damage(counted: Store) -> None:
    with pytest.raises(DamagedIndexError, match="run index"):
        counted.article(3)
