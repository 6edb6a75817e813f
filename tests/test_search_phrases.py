"""Where terms stand near each other: compared with a search that tries every way from each word to the next."""

import json
import random
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.array_writing import planes
from index.arrays import from_planes, low_plane
from index.build import build
from index.generation import open_generation
from index.segment import SEARCHED
from index.store import Store
from search.phrases import find_phrase, runs_of_phrase

Corpus = list[dict[str, list[str]]]

# Terms are numbered in the order in which they are met, so that of these every three share their lowest byte.
MET = [f"k{number}" for number in range(600)]
WORDS = [f"k{low + 256 * high}" for low in range(2) for high in range(3)]
ARTICLES = 150

words = st.sampled_from(WORDS)
phrases = st.lists(words, min_size=2, max_size=4)
slops = st.integers(0, 3)
numbered = st.lists(st.integers(0, 3), max_size=30)


def articles() -> Corpus:
    """An article that has every term, and many short ones of those that share their lowest bytes."""
    seeded = random.Random(20250703)  # noqa: S311  # a seed is wanted, not a secret
    short = [{field: seeded.choices(WORDS, k=seeded.randrange(1, 9)) for field in SEARCHED} for _ in range(ARTICLES)]
    return [{"title": [], "body": MET}, *short]


@pytest.fixture(name="corpus", scope="module")
def corpus_of_few_words() -> Corpus:
    return articles()


@pytest.fixture(name="store", scope="module")
def store_of_the_corpus(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("phrases")
    records = (
        {"id": f"{number:03}", "title": " ".join(article["title"]), "text": " ".join(article["body"])}
        for number, article in enumerate(corpus)
    )
    (folder / "articles.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    build([str(Path(folder, "articles.jsonl"))], str(folder / "index"))
    store = Store(open_generation(str(folder / "index")))
    yield store
    store.close()


def begins(field: Sequence[object], start: int, phrase: Sequence[object], slop: int) -> bool:
    """Whether a phrase begins at a place, by any way from each of its words to the next."""
    if start >= len(field) or field[start] != phrase[0]:
        return False
    return len(phrase) == 1 or any(begins(field, next_, phrase[1:], slop) for next_ in range(start + 1, start + 2 + slop))


def plainly_found(corpus: Corpus, field: str, phrase: Sequence[str], slop: int) -> dict[int, int]:
    """How often a phrase begins in the field of each article, where it does."""
    times = {
        number: sum(begins(article[field], start, phrase, slop) for start in range(len(article[field])))
        for number, article in enumerate(corpus)
    }
    return {number: count for number, count in times.items() if count}


def found(store: Store, field: str, phrase: Sequence[str], slop: int) -> dict[int, int]:
    """How often a phrase begins in the field of each article, by the weights that are given for it."""
    numbers, weights = find_phrase(store, field, phrase, slop)
    assert list(numbers) == sorted(set(numbers))
    times = [weight * store.length_norm(field, article) for article, weight in zip(numbers, weights, strict=True)]
    assert times == pytest.approx([round(count) for count in times])
    return {article: round(count) for article, count in zip(numbers, times, strict=True)}


def test_three_terms_at_a_time_share_their_lowest_byte(store: Store) -> None:
    numbers = [store.number_of(word) for word in WORDS]
    assert [number and number & 255 for number in numbers] == [0, 0, 0, 1, 1, 1]
    assert len(set(numbers)) == len(WORDS)


def test_the_lowest_bytes_are_those_of_the_numbers(store: Store) -> None:
    for article in range(store.article_count):
        for field in SEARCHED:
            assert store.low_tokens(field, article) == bytes(number & 255 for number in store.tokens(field, article))


@given(numbered.flatmap(lambda numbers: st.tuples(st.just(numbers), st.integers(0, len(numbers)))), st.booleans())
def test_the_lowest_bytes_are_found_in_numbers_of_three_bytes_and_of_four(
    packed: tuple[list[int], int],
    few: bool,  # noqa: FBT001  # hypothesis gives both in their order
) -> None:
    low, start = packed
    numbers = array("I", [byte + 256 * place for place, byte in enumerate(low)])
    data = memoryview(planes(numbers, 1 << 23 if few else 1 << 25)).cast("B")
    for end in range(start, len(low) + 1):
        assert low_plane(data, len(low), start, end) == bytes(low[start:end])
        assert list(from_planes(data, len(low), start, end)) == numbers[start:end].tolist()


@given(st.sampled_from(SEARCHED), st.lists(words, min_size=2, max_size=2), slops)
def test_two_words_are_found_where_a_search_of_every_place_finds_them(
    store: Store, corpus: Corpus, field: str, phrase: list[str], slop: int
) -> None:
    assert found(store, field, phrase, slop) == plainly_found(corpus, field, phrase, slop)


@given(st.sampled_from(SEARCHED), phrases)
def test_words_next_to_each_other_are_found_where_a_search_of_every_place_finds_them(
    store: Store, corpus: Corpus, field: str, phrase: list[str]
) -> None:
    assert found(store, field, phrase, 0) == plainly_found(corpus, field, phrase, 0)


@given(st.sampled_from(SEARCHED), phrases, slops)
def test_no_phrase_is_lost_by_looking_at_the_lowest_bytes_first(
    store: Store, corpus: Corpus, field: str, phrase: list[str], slop: int
) -> None:
    numbers = {word: number for word in MET if (number := store.number_of(word)) is not None}
    expected = {}
    for place, article in enumerate(corpus):
        tokens = [numbers[word] for word in article[field]]
        terms = [numbers[word] for word in phrase]
        starts = (start for start, token in enumerate(tokens) if token == terms[0])
        expected[place] = sum(bool(runs_of_phrase(tokens, start, terms, slop)) for start in starts)
    assert found(store, field, phrase, slop) == {place: times for place, times in expected.items() if times}


@given(st.sampled_from(SEARCHED), phrases, slops)
def test_nothing_is_found_that_a_search_of_every_place_does_not_find(
    store: Store, corpus: Corpus, field: str, phrase: list[str], slop: int
) -> None:
    expected = plainly_found(corpus, field, phrase, slop)
    assert all(times <= expected.get(article, 0) for article, times in found(store, field, phrase, slop).items())


@given(st.sampled_from(SEARCHED), phrases)
def test_more_words_between_them_never_lose_two_words(store: Store, field: str, phrase: list[str]) -> None:
    fewer: set[int] = set()
    for slop in range(5):
        more = set(find_phrase(store, field, phrase[:2], slop)[0])
        assert fewer <= more
        fewer = more


@pytest.mark.parametrize(
    ("phrase", "slop"),
    [
        pytest.param(("k0", "unknown"), 0, id="the second"),
        pytest.param(("unknown", "k0"), 2, id="the first"),
        pytest.param(("unknown", "unheard"), 2, id="both"),
    ],
)
def test_a_phrase_with_a_word_that_no_article_has_is_nowhere(store: Store, phrase: tuple[str, ...], slop: int) -> None:
    assert [list(values) for values in find_phrase(store, "body", phrase, slop)] == [[], []]


RUNS = [
    pytest.param([1, 2, 3], 0, [1, 2, 3], 0, [(0, 3)], id="words next to each other are one run"),
    pytest.param([9, 1, 2, 9], 1, [1, 2], 0, [(1, 3)], id="within a field"),
    pytest.param([1, 9, 2], 0, [1, 2], 0, [], id="no word may stand between them"),
    pytest.param([1, 9, 2], 0, [1, 2], 1, [(0, 1), (2, 3)], id="one word between them parts two runs"),
    pytest.param([1, 9, 9, 2], 0, [1, 2], 1, [], id="one word more than may stand between them"),
    pytest.param([1, 9, 9, 2], 0, [1, 2], 2, [(0, 1), (3, 4)], id="as many as may stand between them"),
    pytest.param([1, 9, 9, 2, 9, 9, 3], 0, [1, 2, 3], 2, [(0, 1), (3, 4), (6, 7)], id="between each of them and the next"),
    pytest.param([1, 2, 9, 3, 4], 0, [1, 2, 3, 4], 1, [(0, 2), (3, 5)], id="two runs of two words"),
    pytest.param([1, 2, 2], 0, [1, 2], 2, [(0, 2)], id="the nearest of several"),
    pytest.param([1, 1], 0, [1, 1], 0, [(0, 2)], id="the same word twice"),
    pytest.param([1, 9, 1], 0, [1, 1], 1, [(0, 1), (2, 3)], id="the same word twice with one between"),
    pytest.param([1], 0, [1, 1], 2, [], id="one word is not the same word twice"),
    pytest.param([2, 1], 1, [1, 2], 2, [], id="not the wrong way round"),
    pytest.param([1, 9], 0, [1, 2], 2, [], id="not beyond the end of the field"),
]


@pytest.mark.parametrize(("tokens", "start", "numbers", "slop", "runs"), RUNS)
def test_the_runs_of_a_phrase(
    tokens: list[int], start: int, numbers: list[int], slop: int, runs: list[tuple[int, int]]
) -> None:
    assert runs_of_phrase(tokens, start, numbers, slop) == runs


@given(numbered, st.lists(st.integers(0, 3), min_size=1, max_size=4), slops)
def test_runs_hold_the_words_of_a_phrase_in_their_order_and_no_others(tokens: list[int], numbers: list[int], slop: int) -> None:
    for start in (place for place, token in enumerate(tokens) if token == numbers[0]):
        runs = runs_of_phrase(tokens, start, numbers, slop)
        held = [place for first, end in runs for place in range(first, end)]
        assert not runs or (held[0] == start and [tokens[place] for place in held] == numbers)
        assert all(0 < first - end <= slop for (_, end), (first, _) in pairwise(runs))
        if slop == 0 or len(numbers) <= 2:
            assert bool(runs) == begins(tokens, start, numbers, slop)


def test_a_word_of_the_phrase_that_stands_twice_does_not_hide_the_phrase() -> None:
    assert runs_of_phrase([1, 2, 2, 9, 3], 0, [1, 2, 3], 1) == [(0, 1), (2, 3), (4, 5)]
