"""What `search` looks up in a generation: numbers to score by, articles as they were given, words where they stand."""

import gc
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from settled import Settled

from index.analysis.terms import analyze, readings_of, term_of
from index.build import build
from index.commit import replace
from index.errors import DamagedIndexError, UserError
from index.generation import open_generation
from index.manifest import Manifest
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
TEXT_FIELDS = ("title", "body")

StoreOf = Callable[..., Store]


@pytest.fixture
def counted(store_of: StoreOf) -> Store:
    return store_of(*COUNTED)


def weights_of(store: Store, field: str, term: str) -> dict[int, float]:
    """Article -> weight of a term in a field."""
    number = store.number_of(term)
    return {} if number is None else dict(zip(*store.postings(field, number), strict=True))


def words_of(store: Store, field: str, article: int) -> list[tuple[int, int, str]]:
    """(start, end, term) of each word of a field."""
    bounds, tokens = store.bounds(field, article), store.tokens(field, article)
    return list(zip(bounds[::2], bounds[1::2], map(store.term, tokens), strict=True))


def places_of(store: Store, field: str, term: str) -> dict[int, list[int]]:
    """Article -> the places of a term among the words of a field."""
    terms = {article: [term for _, _, term in words_of(store, field, article)] for article in range(store.article_count)}
    found = {article: [place for place, other in enumerate(words) if other == term] for article, words in terms.items()}
    return {article: places for article, places in found.items() if places}


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
    weights = weights_of(counted, field, term)
    assert list(weights) == sorted(frequencies)
    assert weights == pytest.approx({article: tf / norms[article] for article, tf in frequencies.items()})


def test_length_norms_are_those_of_the_articles_that_have_the_field(counted: Store) -> None:
    assert {article: counted.length_norm("title", article) for article in TITLE_NORMS} == pytest.approx(TITLE_NORMS)
    assert {article: counted.length_norm("body", article) for article in BODY_NORMS} == pytest.approx(BODY_NORMS)


def test_lengths_are_exact_in_long_articles(store_of: StoreOf) -> None:
    # Whoosh itself keeps a length in one byte, which is exact to about a hundred words.
    lengths = (1, 255, 256, 999, 70_001)
    store = store_of(*({"id": str(length), "text": "word " * length} for length in lengths))
    average = sum(lengths) / len(lengths)
    number = store.number_of("word")
    assert number is not None
    for article, length in enumerate(lengths):
        assert store.length("body", article) == length
        assert store.length_norm("body", article) == pytest.approx(0.25 + 0.75 * length / average)
    assert store.frequencies("body", number) == list(lengths)
    assert store.total_length("body") == sum(lengths)


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
def test_tokens_stand_in_reading_order(counted: Store, field: str, term: str, places: dict[int, list[int]]) -> None:
    assert places_of(counted, field, term) == places


@pytest.mark.parametrize(
    ("language", "articles"),
    [
        pytest.param("ar", {1}, id="as given, whatever the letters"),
        pytest.param("fr", {2}, id="without its region"),
        pytest.param("und", {0}, id="digits tell no language"),
        pytest.param("en", set(), id="none"),
        pytest.param("1", set(), id="a term, but no language"),
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
    assert (first.number, last.number) == (0, 2)


def test_an_article_without_a_title_has_none_and_is_shown_by_its_first_words(counted: Store) -> None:
    article = counted.article(1)
    assert (article.title, article.text("title"), article.display_title) == (None, "", "3 3 3 4 5 6 7 8")
    assert article.text("body") == article.body
    assert counted.article(0).text("title") == counted.article(0).display_title == "1 2"


def test_words_are_told_by_their_place_in_the_text_as_written(store_of: StoreOf) -> None:
    text = "U.S. — “Patriot”\tوصواريخ\n550 it’s"
    store = store_of({"id": "a", "title": "Kyiv 9", "text": text})
    words = words_of(store, "body", 0)
    assert [text[start:end] for start, end, _ in words] == ["U.S.", "Patriot", "وصواريخ", "550", "it’s"]
    assert [term for _, _, term in words][3] == "550"
    assert [(start, end) for start, end, _ in words_of(store, "title", 0)] == [(0, 4), (5, 6)]


def test_what_is_no_word_of_its_own_takes_no_place_among_them(store_of: StoreOf) -> None:
    # A tatweel is a letter to `re` and nothing when it is folded.
    store = store_of({"id": "a", "text": "1 ـ 2"})
    assert words_of(store, "body", 0) == [(0, 1, "1"), (4, 5, "2")]
    assert (places_of(store, "body", "1"), places_of(store, "body", "2")) == ({0: [0]}, {0: [1]})
    assert (store.length("body", 0), store.length_norm("body", 0)) == (2, 1.0)


@pytest.fixture(scope="module")
def settled(seeds_store: Store) -> Settled:
    """What the words of the seeds stand for."""
    articles = map(seeds_store.article, range(seeds_store.article_count))
    return Settled([article.text(field) for field in TEXT_FIELDS] for article in articles)


def test_the_seeds_are_indexed_word_by_word(seeds_store: Store, settled: Settled) -> None:
    places: dict[tuple[str, str], dict[int, list[int]]] = {}
    for number in range(seeds_store.article_count):
        article = seeds_store.article(number)
        for field in TEXT_FIELDS:
            expected_words = settled.analyze(article.text(field))
            assert words_of(seeds_store, field, number) == expected_words
            for place, (_, _, term) in enumerate(expected_words):
                places.setdefault((field, term), {}).setdefault(number, []).append(place)
    assert len(places) > 400
    for (field, term), expected in places.items():
        assert places_of(seeds_store, field, term) == expected
        norms = {number: seeds_store.length_norm(field, number) for number in expected}
        weights = {number: len(found) / norms[number] for number, found in expected.items()}
        assert weights_of(seeds_store, field, term) == pytest.approx(weights)


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_the_average_length_of_the_seeds_is_that_of_their_words(seeds_store: Store, field: str) -> None:
    texts = [seeds_store.article(number).text(field) for number in range(seeds_store.article_count)]
    lengths = [len(analyze(text)) for text in texts]
    assert [seeds_store.length(field, number) for number in range(len(texts))] == lengths
    norms = [seeds_store.length_norm(field, number) for number, length in enumerate(lengths) if length]
    assert sum(norms) / len(norms) == pytest.approx(1.0), "by its definition, the mean of the norms is 1"
    assert seeds_store.total_length(field) == sum(lengths)


@pytest.mark.parametrize(
    ("word", "term"),
    [
        pytest.param("Missiles", "missil", id="a word of the seeds"),
        pytest.param("MISSILES", "missil", id="in capitals"),
        pytest.param("missile", "missil", id="a form that they have not"),
        pytest.param("unheard", "unheard", id="a word that they have not"),
        pytest.param("وصواريخ", "صواريخ", id="an Arabic word of the seeds"),
        pytest.param("ـ", "", id="nothing is left of it"),
        pytest.param("كمجهولكم", "كمجهول", id="an Arabic word that they have not, and not without its first letter either"),
    ],
)
def test_the_term_of_any_word_is_that_of_the_analysis(seeds_store: Store, word: str, term: str) -> None:
    assert seeds_store.term_of(word) == term == term_of(word)


def test_the_term_of_a_word_that_the_articles_have_without_its_preposition_is_theirs(
    seeds_store: Store, settled: Settled
) -> None:
    assert readings_of("كصواريخكم") == ("كصواريخ", "صواريخ", "")
    assert seeds_store.term_of("كصواريخكم") == settled.term_of("كصواريخكم") == "صواريخ"


def test_words_of_the_articles_are_not_analysed_again(
    seeds_store: Store, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {
        text[start:end]: term
        for number in range(seeds_store.article_count)
        for text in (seeds_store.article(number).body,)
        for start, end, term in settled.analyze(text)
    }

    def fail(word: str) -> str:
        raise AssertionError(word)

    monkeypatch.setattr("index.analysis.terms.readings_of", fail)
    assert {word: seeds_store.term_of(word) for word in expected} == expected
    with pytest.raises(AssertionError, match="unheard"):
        seeds_store.term_of("unheard")


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_the_words_of_an_article_are_its_tokens_and_their_bounds(seeds_store: Store, field: str) -> None:
    for number in range(seeds_store.article_count):
        tokens, bounds = seeds_store.words(seeds_store.article(number), field)
        assert tokens == list(seeds_store.tokens(field, number))
        assert bounds == seeds_store.bounds(field, number)


def test_words_outside_of_their_text_are_damage(counted: Store) -> None:
    article = counted.article(0)
    assert counted.words(article, "body")[1][-1] == len(article.body)
    article.body = article.body[:-1]
    with pytest.raises(DamagedIndexError, match="its file offsets places words outside their text"):
        counted.words(article, "body")


TEXTS = st.text(st.one_of(st.sampled_from("a7 .’'-\n\r\t\0\x0b\u2028صـَ\U0001f680é\ud800"), st.characters()), max_size=40)


def without_surrogates(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


@given(st.lists(TEXTS, min_size=1, max_size=25))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_and_its_words_are_found_where_they_stand(store_of: StoreOf, texts: list[str]) -> None:
    store = store_of(
        *({"id": str(number), "title": f"title {text}", "text": f"word {text}"} for number, text in enumerate(texts))
    )
    cleaned = list(map(without_surrogates, texts))
    settled = Settled((f"title {text}", f"word {text}") for text in cleaned)
    for number, text in enumerate(cleaned):
        article = store.article(number)
        assert (article.title, article.body) == (f"title {text}", f"word {text}")
        assert words_of(store, "title", number) == settled.analyze(f"title {text}")
        assert words_of(store, "body", number) == settled.analyze(f"word {text}")


def test_an_open_store_answers_on_while_a_build_replaces_its_generation(store_of: StoreOf, tmp_path: Path) -> None:
    store = store_of({"id": "old", "text": "same words"})
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "new", "text": "other words"}), encoding="utf-8")
    for _ in range(3):  # the second build after its own removes its files
        build([str(other)], store.generation.folder)
    assert not os.path.exists(store.generation.path)
    assert list(weights_of(store, "body", "same")) == [0]
    assert words_of(store, "body", 0) == [(0, 4, "same"), (5, 10, "word")]
    assert (store.article(0).id, store.number_of("other")) == ("old", None)
    new = Store(open_generation(store.generation.folder))
    assert (new.article(0).id, new.number_of("same")) == ("new", None)
    new.close()


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
    gc.collect()  # what other tests have left
    before = len(os.listdir("/proc/self/fd"))
    store = Store(open_generation(seeds_store.generation.folder))
    assert weights_of(store, "body", "550")
    store.article(0)
    assert len(os.listdir("/proc/self/fd")) > before
    store.close()
    assert len(os.listdir("/proc/self/fd")) == before
    with pytest.raises(AttributeError):
        store.article(0)


def test_files_that_are_no_arrays_are_damage(tmp_path: Path) -> None:
    def fill(path: str) -> Manifest:
        Path(path, "MAIN_news.terms").write_bytes(b"noise" * 1000)
        return Manifest(sources=[], fingerprint="", watched={}, seconds=0.0, counts={"articles": 1}, versions={}, files={})

    generation = replace(str(tmp_path / "index"), fill)
    with pytest.raises(DamagedIndexError, match="run index"):
        Store(generation)


def test_files_lost_since_the_generation_was_checked_are_damage(store_of: StoreOf) -> None:
    generation = store_of({"id": "a", "text": "word"}).generation
    shutil.rmtree(generation.path)
    with pytest.raises(DamagedIndexError, match="run index"):
        Store(generation)


@pytest.mark.parametrize("number", [3, 2**40, -1])
def test_an_article_that_is_not_there_is_damage(counted: Store, number: int) -> None:
    with pytest.raises(DamagedIndexError, match="run index"):
        counted.article(number)


def test_a_machine_of_the_other_byte_order_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.txt"
    source.write_text("words", encoding="utf-8")
    monkeypatch.setattr("sys.byteorder", "big")
    with pytest.raises(UserError, match="little-endian"):
        build([str(source)], str(tmp_path / "index"))
    assert not list((tmp_path / "index").glob("gen-*"))
