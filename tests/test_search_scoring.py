"""How well an article answers: compared with BM25F written plainly, from the texts themselves."""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.analysis.terms import term_of
from index.analysis.words import find_words
from index.store import Store
from search.phrases import find_phrase
from search.query import Clause, Query, Variant
from search.query import parse as parse_with
from search.scoring import Postings, best, count, idf, look_up

StoreOf = Callable[..., Store]
Phrase = tuple[str, ...]
WeightedClause = list[tuple[Phrase, float]]  # a phrase (of one word, mostly) and how surely it is meant

FIELDS = {"title": 2.0, "body": 1.0}
K1, B = 1.2, 0.75
VOCABULARY = ["k1", "k2", "k3", "k4", "سلم", "حرب"]

# Each call of `store_of` makes an index of its own, so nothing is carried from one example to the next.
small_corpora = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)
articles = st.tuples(texts, texts).filter(any)  # (title, body), at least one word
corpora = st.lists(articles, min_size=1, max_size=8)
words = st.sampled_from([*VOCABULARY, "k9"]).map(lambda word: (word,))
phrases = st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=3).map(tuple)
variants = st.tuples(words | phrases, st.sampled_from([1.0, 0.6, 0.25]))
clauses = st.lists(variants, min_size=1, max_size=3)


def plain_bm25f(corpus: Sequence[tuple[str, str]], query: Sequence[WeightedClause]) -> dict[int, float]:
    """Article -> score. Texts are words parted by spaces, and no two words of the vocabulary share a term."""
    fields = [dict(zip(FIELDS, (text.split() for text in article), strict=True)) for article in corpus]
    averages = {}
    for name in FIELDS:
        lengths = [len(field[name]) for field in fields if field[name]]
        averages[name] = sum(lengths) / len(lengths) if lengths else 1
    scores: dict[int, float] = {}
    for clause in query:
        frequency = [
            sum(
                weight * boost * times(phrase, field[name]) / (1 - B + B * len(field[name]) / averages[name])
                for phrase, weight in clause
                for name, boost in FIELDS.items()
            )
            for field in fields
        ]
        df = sum(weight * sum(any(times(phrase, f[name]) for name in FIELDS) for f in fields) for phrase, weight in clause)
        df = min(df, len(corpus))
        rarity = math.log(1 + (len(corpus) - df + 0.5) / (df + 0.5))
        for number, tf in enumerate(frequency):
            if tf:
                scores[number] = scores.get(number, 0) + rarity * tf * (K1 + 1) / (K1 + tf)
    return scores


def times(phrase: Phrase, field: Sequence[str]) -> int:
    """How often the words of `phrase` stand next to each other."""
    return sum(tuple(field[start : start + len(phrase)]) == phrase for start in range(len(field)))


def store_with(store_of: StoreOf, corpus: Sequence[tuple[str, str]]) -> Store:
    return store_of(*({"id": str(number), "title": title, "text": body} for number, (title, body) in enumerate(corpus)))


def parse(question: str) -> Query:
    return parse_with(question, term_of, lambda _: False)


def scored(store: Store, query: Query) -> dict[int, float]:
    found = best(store, look_up(store, query), store.article_count)
    return {int(store.article(number).id): value for number, value in found}


def query_of(asked: Sequence[WeightedClause]) -> Query:
    def terms(phrase: Phrase) -> Phrase:
        return tuple(map(term_of, phrase))

    clauses = (Clause("", tuple(Variant(terms(phrase), weight, "") for phrase, weight in row)) for row in asked)
    return Query("", tuple(clauses), ())


def test_no_two_words_of_the_vocabulary_share_a_term() -> None:
    assert len({term_of(word) for word in VOCABULARY}) == len(VOCABULARY)
    assert all(find_words(word) == [(0, len(word))] for word in VOCABULARY)


@given(corpora, st.lists(words | phrases, min_size=1, max_size=4, unique=True))
@small_corpora
def test_a_question_scores_as_plain_bm25f(store_of: StoreOf, corpus: list[tuple[str, str]], asked: list[Phrase]) -> None:
    question = " ".join('"' + " ".join(phrase) + '"' for phrase in asked)
    expected = plain_bm25f(corpus, [[(phrase, 1.0)] for phrase in asked])
    assert scored(store_with(store_of, corpus), parse(question)) == pytest.approx(expected, rel=1e-6)


@given(corpora, st.lists(clauses, min_size=1, max_size=3))
@small_corpora
def test_the_variants_of_a_clause_score_as_one_word(
    store_of: StoreOf, corpus: list[tuple[str, str]], asked: list[WeightedClause]
) -> None:
    assert scored(store_with(store_of, corpus), query_of(asked)) == pytest.approx(plain_bm25f(corpus, asked), rel=1e-6)


def test_each_clause_comes_with_its_idf(store_of: StoreOf) -> None:
    store = store_with(store_of, [("k1", "k2"), ("", "k1 k1"), ("k3", "k1")])
    weights = [clause.idf for clause in look_up(store, parse("k1 k2 k9"))]
    # In 3, 1 and 0 of 3 articles.
    assert weights == pytest.approx([math.log(1 + 0.5 / 3.5), math.log(1 + 2.5 / 1.5), math.log(1 + 3.5 / 0.5)])


@given(st.integers(1, 10**6).flatmap(lambda count: st.tuples(st.just(count), st.floats(0, 2 * count))))
def test_no_word_is_worth_less_than_nothing(counts: tuple[int, float]) -> None:
    assert idf(*counts) > 0


def test_a_rarer_word_is_worth_more() -> None:
    values = [idf(10, df) for df in (0, 1, 5, 9, 10)]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(values)


@pytest.mark.parametrize(
    ("title", "body", "found"),
    [
        pytest.param("", "the air defense of Kyiv", True, id="next to each other"),
        pytest.param("Air defenses", "", True, id="in the title, in another form"),
        pytest.param("", "air, defense", True, id="punctuation is no word"),
        pytest.param("", "air\n\ndefense", True, id="nor is the end of a line"),
        pytest.param("", "air and defense", False, id="a word between them"),
        pytest.param("", "defense air", False, id="the wrong way round"),
        pytest.param("", "defense of the air", False, id="far apart"),
        pytest.param("air", "defense", False, id="the title ends before the body begins"),
    ],
)
def test_a_phrase_is_words_next_to_each_other(store_of: StoreOf, title: str, body: str, *, found: bool) -> None:
    store = store_of({"id": "0", "title": title, "text": body})
    assert bool(scored(store, parse('"air defense"'))) == found


def test_a_word_in_the_title_is_worth_two_in_the_body(store_of: StoreOf) -> None:
    # Every title has one word and every body two, so that length plays no part.
    scores = scored(store_with(store_of, [("k1", "k2 k2"), ("k3", "k1 k1"), ("k3", "k1 k2")]), parse("k1"))
    assert scores[0] == pytest.approx(scores[1])
    assert scores[1] > scores[2]


def test_fields_that_an_article_lacks_are_not_in_the_average(store_of: StoreOf) -> None:
    # Without a title each, 20 articles change the score of the first by their number alone, not by empty titles.
    corpus = [("k1 k2", "k3"), *[("", "k3")] * 20]
    assert scored(store_with(store_of, corpus), parse("k1")) == pytest.approx(
        {0: math.log(1 + 20.5 / 1.5) * 2 * 2.2 / (1.2 + 2)}
    )


class Ranks:
    """A store of articles of which only the order of their ids is known."""

    def __init__(self, ids: str) -> None:
        self._ids = ids

    def rank(self, article: int) -> int:
        return sorted(self._ids).index(self._ids[article])


def test_the_best_are_the_highest_and_ties_go_by_id() -> None:
    store = cast("Store", Ranks("dbfac"))
    for weights in itertools.product((0.5, 1.0, 2.0), repeat=5):
        ranked = sorted(range(5), key=lambda article: (-weights[article], "dbfac"[article]))
        for limit in (1, 3, 6):
            found = best(store, [Postings([(range(5), weights, 1.0)], 1.0)], limit)
            assert [article for article, _ in found] == ranked[:limit]


def exhaustive(clauses: Sequence[Postings], wanted: set[int] | None) -> dict[int, float]:
    """Every posting of every clause, one after the other."""
    scores: dict[int, float] = {}
    for clause in sorted(clauses, key=lambda clause: -clause.idf):
        frequencies: dict[int, float] = {}
        for listed, weights, factor in clause.lists:
            for article, weight in zip(listed, weights, strict=True):
                frequencies[article] = frequencies.get(article, 0.0) + factor * weight
        for article, tf in frequencies.items():
            if wanted is None or article in wanted:
                scores[article] = scores.get(article, 0.0) + clause.idf * (K1 + 1) * tf / (K1 + tf)
    return scores


posting_lists = st.dictionaries(st.integers(0, 60), st.sampled_from([0.3, 0.5, 0.9, 1.7, 4.0]), max_size=40).map(
    lambda postings: (sorted(postings), [postings[article] for article in sorted(postings)])
)
looked_up = st.builds(
    lambda lists, idf: Postings([(*postings, factor) for postings, factor in lists], idf),
    st.lists(st.tuples(posting_lists, st.sampled_from([2.0, 1.0, 0.5, 0.02])), max_size=4),
    st.sampled_from([8.0, 5.0, 1.0, 0.4, 0.01]),
)


@given(st.lists(looked_up, max_size=5), st.integers(1, 12), st.none() | st.sets(st.integers(0, 60)))
@settings(max_examples=1_000)
def test_stopping_early_gives_the_articles_and_scores_of_the_exhaustive_loop(
    clauses: list[Postings], limit: int, wanted: set[int] | None
) -> None:
    store = cast("Store", Ranks("".join(map(chr, range(200, 139, -1)))))
    scores = exhaustive(clauses, wanted)
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], store.rank(pair[0])))
    assert best(store, clauses, limit, wanted) == ranked[:limit]
    assert count(clauses, wanted) == len(scores)


def test_the_lists_of_a_common_word_are_not_added_up_once_the_best_are_known() -> None:
    """That the property above means something: a clause that cannot matter is looked up for few articles."""
    asked: list[int] = []

    class Watched(list[float]):
        def __iter__(self) -> Iterator[float]:
            asked.append(len(self))
            return super().__iter__()

    rare = Postings([(range(10), [4.0] * 10, 1.0)], 8.0)
    common = Postings([(range(1_000), Watched([1.0] * 1_000), 1.0)], 0.5)
    found = best(cast("Store", Ranks("".join(map(chr, range(32, 1_100))))), [common, rare], 10)
    assert [article for article, _ in found] == list(range(10))
    assert asked == [1_000]  # read once, by the way that adds no article


@pytest.mark.parametrize("weight", [math.nan, math.inf, -math.inf, -1.0])
def test_a_weight_that_no_build_writes_leads_to_no_other_error(weight: float) -> None:
    store = cast("Store", Ranks("abcdefghijkl"))
    for place in range(12):
        weights = [1.0] * 12
        weights[place] = weight
        assert len(best(store, [Postings([(range(12), weights, 1.0)], 1.0)] * 2, 3)) <= 3


# Translations


ALIKE, TRANSLATED = "alike", "translation"


def idf_of(store: Store, *variants: tuple[Phrase, float, str]) -> float:
    """The idf of a clause of variants, each its words, its weight and its origin."""
    clause = Clause("", tuple(Variant(tuple(map(term_of, words)), weight, origin) for words, weight, origin in variants))
    (postings,) = look_up(store, Query("", (clause,), ()))
    return postings.idf


@pytest.mark.parametrize(
    ("variants", "df"),
    [
        pytest.param([(("k1",), 1.0, TRANSLATED)], 4, id="one counts for itself"),
        pytest.param([(("k1",), 1.0, TRANSLATED), (("k2",), 1.0, TRANSLATED)], (4 + 2) / 2, id="two of one weight: the mean"),
        pytest.param(
            [(("k1",), 1.0, TRANSLATED), (("k2",), 0.5, TRANSLATED)], (4 + 0.5 * 2) / 1.5, id="two of two weights: weighted"
        ),
        pytest.param(
            [(("k1",), 0.5, TRANSLATED), (("k2",), 0.25, TRANSLATED)],
            0.5 * 4 + 0.25 * 2,
            id="two that are less than sure together: their sum",
        ),
        pytest.param([(("k1",), 1.0, TRANSLATED), (("k2",), 1.0, "name")], (4 + 2) / 2, id="a name is one of the translations"),
        pytest.param(
            [(("k3",), 1.0, "typed"), (("k1",), 1.0, TRANSLATED), (("k2",), 1.0, TRANSLATED)],
            1 + (4 + 2) / 2,
            id="what was typed is added to their mean",
        ),
        pytest.param(
            [(("k1",), 1.0, "typed"), (("k2",), 0.5, ALIKE), (("k3",), 0.5, "plural")],
            4 + 0.5 * 2 + 0.5 * 1,
            id="what is of the language of the question is summed up",
        ),
        pytest.param(
            [(("k1",), 1.0, TRANSLATED), (("k9",), 1.0, TRANSLATED)], 4, id="what no article has is no name of the thing"
        ),
        pytest.param(
            [(("k1",), 1.0, TRANSLATED), (("k1", "k2"), 1.0, TRANSLATED)], (4 + 1) / 2, id="a phrase counts where all of it is"
        ),
    ],
)
def test_translations_are_as_rare_as_their_weighted_mean(
    store_of: StoreOf, variants: list[tuple[Phrase, float, str]], df: float
) -> None:
    # k1 in four of six articles, k2 in two, both next to each other in one; k3 in one.
    store = store_with(store_of, [("", "k1 k2"), ("", "k1"), ("k1", "k1"), ("k1", "k4"), ("k2", "k4"), ("", "k3")])
    assert idf_of(store, *variants) == pytest.approx(idf(6, df))


@given(corpora, st.lists(st.tuples(words | phrases, st.sampled_from([1.0, 0.6, 0.25, 0.02])), min_size=1, max_size=4))
@small_corpora
def test_translations_together_are_never_more_common_than_the_most_common_of_them(
    store_of: StoreOf, corpus: list[tuple[str, str]], translations: WeightedClause
) -> None:
    store = store_with(store_of, corpus)
    together = idf_of(store, *((phrase, weight, TRANSLATED) for phrase, weight in translations))
    alone = [idf_of(store, (phrase, 1.0, TRANSLATED)) for phrase, _ in translations]
    assert together >= min(alone) - 1e-9


def test_an_article_with_one_of_many_names_of_a_thing_is_worth_as_much_as_one_with_the_only_name(store_of: StoreOf) -> None:
    store = store_with(store_of, [("", "k1"), ("", "k2"), ("", "k3"), ("", "k4")])
    single = Clause("", (Variant(("k1",), 1.0, TRANSLATED),))
    many = Clause("", tuple(Variant((word,), 1.0, TRANSLATED) for word in ("k2", "k3", "k4")))
    scores = scored(store, Query("", (single, many), ()))
    assert scores == pytest.approx(dict.fromkeys(range(4), scores[0]))


class Watched:
    """Looks for phrases, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Sequence[str], int]] = []

    def find(self, store: Store, field: str, terms: Sequence[str], slop: int) -> tuple[Sequence[int], Sequence[float]]:
        self.asked.append((field, terms, slop))
        return find_phrase(store, field, terms, slop)


def test_a_phrase_that_two_clauses_ask_for_is_looked_up_once(store_of: StoreOf, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_with(store_of, [("k1 k2", "k1 k3 k2"), ("", "k2")])
    watched = Watched()
    monkeypatch.setattr("search.scoring.find_phrase", watched.find)
    phrase, typed = ("k1", "k2"), Variant(("k1",), 1.0, "typed")
    first, second = Variant(phrase, 1.0, TRANSLATED, 2), Variant(phrase, 0.5, TRANSLATED, 2)
    query = Query("", (Clause("", (typed, first)), Clause("", (second,)), Clause("", (first,))), ())
    found = look_up(store, query)
    assert watched.asked == [("title", phrase, 2), ("body", phrase, 2)]
    assert [[factor for _, _, factor in clause.lists[-2:]] for clause in found] == [[2.0, 1.0], [1.0, 0.5], [2.0, 1.0]]
    assert found[0].lists[-2][:2] == found[1].lists[0][:2] == found[2].lists[0][:2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Variant(("k1", "k2"), 1.0, "typed", 0), Variant(("k1", "k2"), 1.0, TRANSLATED, 2), id="with another slop"),
        pytest.param(Variant(("k1", "k2"), 1.0, "typed"), Variant(("k2", "k1"), 1.0, "typed"), id="the other way round"),
        pytest.param(Variant(("k1", "k2"), 1.0, "typed"), Variant(("k1", "k2", "k1"), 1.0, "typed"), id="a longer one"),
    ],
)
def test_another_phrase_is_looked_up_by_itself(store_of: StoreOf, one: Variant, other: Variant) -> None:
    store = store_with(store_of, [("", "k1 k2"), ("", "k1 k3 k2"), ("", "k2 k1"), ("", "k1 k2 k1")])
    together = look_up(store, Query("", (Clause("", (one,)), Clause("", (other,))), ()))
    alone = [look_up(store, Query("", (Clause("", (variant,)),), ()))[0] for variant in (one, other)]
    for postings, expected in zip(together, alone, strict=True):
        assert [list(articles) for articles, _, _ in postings.lists] == [list(articles) for articles, _, _ in expected.lists]
    assert [list(articles) for articles, _, _ in alone[0].lists] != [list(articles) for articles, _, _ in alone[1].lists]


@pytest.mark.parametrize(
    ("slop", "ids"),
    [pytest.param(0, {0, 2}, id="none"), pytest.param(1, {0, 1, 2}, id="one"), pytest.param(2, {0, 1, 2, 3}, id="two")],
)
def test_as_many_words_stand_in_a_phrase_as_its_variant_allows(store_of: StoreOf, slop: int, ids: set[int]) -> None:
    store = store_with(store_of, [("", "k1 k2"), ("", "k1 k3 k2"), ("k1 k2", "k3"), ("k1", "k1 k3 k4 k2"), ("k1", "k2 k1")])
    assert scored(store, Query("", (Clause("", (Variant(("k1", "k2"), 1.0, "typed", slop),)),), ())).keys() == ids
