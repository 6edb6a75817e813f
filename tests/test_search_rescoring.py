"""The closer look at the best articles: compared with BM25F over runs of four letters, written plainly from the texts."""

import math
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.analysis.terms import term_of
from index.store import Store
from search.engine import answer, find
from search.query import Clause, Query, Variant, parse
from search.rescoring import RESCORED, rescore
from search.scoring import best, look_up

StoreOf = Callable[..., Store]
Article = tuple[str, str]  # title, body

FIELDS = {"title": 2.0, "body": 1.0}
K1, B = 1.2, 0.75
ENGLISH_WEIGHT, ARABIC_WEIGHT = 0.2, 0.4
# Words that share runs of four letters with each other, and some with none; no word has a run twice.
VOCABULARY = ["rocket", "rocketri", "pocket", "kyiv", "kyivan", "war", "صاروخ", "صواريخ", "حرب"]

# Each call of `store_of` makes an index of its own, so nothing is carried from one example to the next.
small_corpora = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
articles = st.tuples(texts, texts).filter(any)
questions = st.lists(st.sampled_from([*VOCABULARY, "rockets", "the", "kyivians"]), min_size=1, max_size=4).map(" ".join)
# More articles than are scored anew, whose ids stand in another order than they do, many of them alike.
many = st.lists(st.lists(st.sampled_from(VOCABULARY[:6]), min_size=1, max_size=3).map(" ".join), min_size=21, max_size=45)


def runs(word: str) -> list[str]:
    """The runs of four letters of a word, its edges marked by a low line."""
    return [f"_{word}_"[start : start + 4] for start in range(len(word) - 1)]


def plain_gram_scores(corpus: Sequence[Article], asked: Sequence[str]) -> list[float]:
    """BM25F of each article where every run of letters is a word. The words of the corpus are terms, parted by spaces."""
    fields = [dict(zip(FIELDS, (text.split() for text in article), strict=True)) for article in corpus]
    averages = {}
    for name in FIELDS:
        lengths = [len(field[name]) for field in fields if field[name]]
        averages[name] = sum(lengths) / len(lengths) if lengths else 1
    scores = [0.0] * len(corpus)
    for gram in {gram for term in asked for gram in runs(term)}:
        having = {word for word in VOCABULARY if gram in runs(word)}
        # What a run is met in is counted a word at a time: an article that has two words with it counts twice.
        df = min(sum(any(word in words for words in field.values()) for word in having for field in fields), len(corpus))
        rarity = (ENGLISH_WEIGHT if gram.isascii() else ARABIC_WEIGHT) * math.log(1 + (len(corpus) - df + 0.5) / (df + 0.5))
        for number, field in enumerate(fields):
            tf = sum(
                boost * sum(word in having for word in field[name]) / (1 - B + B * len(field[name]) / averages[name])
                for name, boost in FIELDS.items()
            )
            scores[number] += rarity * tf * (K1 + 1) / (K1 + tf)
    return scores


def store_with(store_of: StoreOf, corpus: Sequence[Article]) -> Store:
    return store_of(*({"id": f"{n:02}", "title": title, "text": body} for n, (title, body) in enumerate(corpus)))


def shuffled(store_of: StoreOf, bodies: Sequence[str]) -> Store:
    """Articles whose ids stand in another order than they do."""
    return store_of(*({"id": f"{n * 7 % 50:02}", "text": body} for n, body in enumerate(bodies)))


def ask(store: Store, question: str) -> Query:
    return parse(question, store.term_of, store.is_stop_word)


def ranked(store: Store, query: Query) -> list[tuple[int, float]]:
    """All articles that some clause meets, best first, as they are before the closer look."""
    return best(store, look_up(store, query), store.article_count)


def test_the_words_of_the_vocabulary_are_terms_in_which_no_run_of_letters_comes_twice() -> None:
    assert [term_of(word) for word in VOCABULARY] == VOCABULARY
    assert all(len(set(runs(word))) == len(runs(word)) for word in VOCABULARY)


@given(st.lists(articles, min_size=1, max_size=8), questions)
@small_corpora
def test_articles_gain_bm25f_over_runs_of_four_letters(store_of: StoreOf, corpus: list[Article], question: str) -> None:
    store = store_with(store_of, corpus)
    query = ask(store, question)
    expected = plain_gram_scores(corpus, [term_of(word) for word in question.split()])
    scored = rescore(store, query, [(article, 1.0) for article in range(len(corpus))])
    assert {int(store.article(article).id): score for article, score in scored} == pytest.approx(
        {number: 1 + score for number, score in enumerate(expected)}
    )


def test_a_score_is_worked_out_by_hand(store_of: StoreOf) -> None:
    # Both bodies have two words, as has the average one: the norm of length is 1, and a frequency a count.
    store = store_of({"id": "a", "text": "kyiv rain"}, {"id": "b", "text": "kyiv kyivan"})

    def score(df: float, tf: float) -> float:
        return math.log(1 + (2 - df + 0.5) / (df + 0.5)) * tf * 2.2 / (1.2 + tf)

    hits = answer(store, "kyiv").hits
    # _kyi and kyiv are in two terms, of two articles and one, which is no more than two; yiv_ is in one term of two.
    assert {hit.id: hit.score for hit in hits} == pytest.approx(
        {"a": score(2, 1) + 0.2 * 3 * score(2, 1), "b": score(2, 1) + 0.2 * (2 * score(2, 2) + score(2, 1))}
    )
    assert [hit.id for hit in hits] == ["b", "a"]


@given(many, questions)
@small_corpora
def test_the_first_may_change_places_and_the_others_stay_behind_them(
    store_of: StoreOf, bodies: list[str], question: str
) -> None:
    store = shuffled(store_of, bodies)
    query = ask(store, question)
    before = ranked(store, query)
    after = rescore(store, query, before)
    assert {article for article, _ in after[:RESCORED]} == {article for article, _ in before[:RESCORED]}
    assert len(after[:RESCORED]) == len(before[:RESCORED])
    assert after[RESCORED:] == before[RESCORED:]
    scores = dict(before)
    assert all(score >= scores[article] for article, score in after)
    order = [(-score, store.article(article).id) for article, score in after]
    assert order == sorted(order)


@given(bodies=many, question=questions, language=st.sampled_from([None, "en"]), exact=st.booleans())
@small_corpora
def test_a_smaller_limit_gives_the_beginning_of_what_a_larger_one_gives(
    store_of: StoreOf, *, bodies: list[str], question: str, language: str | None, exact: bool
) -> None:
    store = shuffled(store_of, bodies)
    results = answer(store, question, limit=100, language=language, exact=exact)
    every = [(hit.id, hit.score) for hit in results.hits]
    assert len(every) == results.total
    for limit in (1, 5, RESCORED - 1, RESCORED, RESCORED + 1, 30):
        hits = answer(store, question, limit=limit, language=language, exact=exact).hits
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert [(hit.id, hit.score) for hit in hits] == every[:limit]
        again = find(store, results.query, limit=limit, language=language, exact=exact).hits
        assert [(hit.id, hit.score) for hit in again] == every[:limit]


def test_the_last_article_looked_at_may_come_first_and_the_next_one_may_not(store_of: StoreOf) -> None:
    last = RESCORED - 1  # counted from 0; all answer alike until the closer look
    near = (f"{last:02}", f"{last + 1:02}")
    store = store_of(*({"id": f"{n:02}", "text": f"Kyiv {'rocketry' if f'{n:02}' in near else 'rain'}"} for n in range(25)))
    found = [hit.id for hit in answer(store, "Kyiv rocket", limit=25).hits]
    assert found == [near[0], *(f"{number:02}" for number in range(25) if number != last)]


def test_articles_that_are_alike_stand_in_the_order_of_their_ids(store_of: StoreOf) -> None:
    store = shuffled(store_of, ["rocket"] * 45)
    ids = sorted(f"{number * 7 % 50:02}" for number in range(45))
    for limit in (3, RESCORED, RESCORED + 1, 45):
        assert [hit.id for hit in answer(store, "rockets", limit=limit).hits] == ids[:limit]


def test_no_article_is_found_by_letters_alone(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "text": "rocketry"}, {"id": "b", "text": "war"})
    assert rescore(store, ask(store, "rocket"), []) == []
    results = answer(store, "rocket war")
    assert ([hit.id for hit in results.hits], results.total) == (["b"], 1)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        pytest.param("kyiv rocket", "rocketry", "gardening", id="a word of the same root"),
        pytest.param("kyiv bombarding", "bombs", "plans", id="the beginning of a word"),
        pytest.param("kyiv Ukraine", "Ukrainian", "Norwegian", id="a people and its country"),
        pytest.param("kyiv دفاع", "اندفاع", "حديقة", id="an Arabic word of the same root"),
    ],
)
def test_a_word_that_shares_letters_with_the_question_puts_its_article_first_among_equals(
    store_of: StoreOf, question: str, near: str, far: str
) -> None:
    for first, second, found in ((near, far, ["a", "b"]), (far, near, ["b", "a"])):
        store = store_of({"id": "a", "text": f"Kyiv {first}"}, {"id": "b", "text": f"Kyiv {second}"})
        assert [hit.id for hit in answer(store, question).hits] == found
        equals = answer(store, question, exact=True).hits
        assert [hit.id for hit in equals] == ["a", "b"]
        assert equals[0].score == equals[1].score


def test_stop_words_of_the_question_count_among_equals(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "text": "rocket under"}, {"id": "b", "text": "rocket after"})
    assert [hit.id for hit in answer(store, "after rocket").hits] == ["b", "a"]
    assert [hit.id for hit in answer(store, "under rocket").hits] == ["a", "b"]


def test_a_letter_more_in_a_title_is_worth_more_than_in_a_body(store_of: StoreOf) -> None:
    # Every title and every body has one word, so that length plays no part.
    store = store_of(
        {"id": "a", "title": "kyiv", "text": "rocketry"},
        {"id": "b", "title": "rocketry", "text": "kyiv"},
        {"id": "c", "title": "gardening", "text": "kyiv"},
    )
    scores = dict(rescore(store, ask(store, "rocket"), [(article, 0.0) for article in range(3)]))
    assert scores[1] > scores[0] > scores[2] == 0


# Grams of translations


def asks(typed: str, *translations: tuple[str, float], origin: str = "translation") -> Query:
    """The query of a word and of what it may be called, each the terms of that and how likely it is meant."""
    variants = (Variant(tuple(terms.split()), weight, origin, 2) for terms, weight in translations)
    return Query(typed, (Clause(typed, (Variant((typed,), 1.0, "typed"), *variants)),), (typed,))


def gained(store: Store, query: Query) -> dict[str, float]:
    """What each article gains by its letters."""
    scored = rescore(store, query, [(article, 0.0) for article in range(store.article_count)])
    return {store.article(article).id: score for article, score in scored}


# Both articles have two words, as has the average one, and each run of letters is in one of them: idf and tf are the same.
RARITY = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
ARABIC_GRAM = ARABIC_WEIGHT * RARITY
OF_ROCKET, OF_WAR = 4 * ARABIC_GRAM, 2 * ARABIC_GRAM  # _صار صارو اروخ روخ_, and _حرب حرب_


@pytest.mark.parametrize(
    ("translations", "rocket", "war"),
    [
        pytest.param([], 0, 0, id="none"),
        pytest.param([("صاروخ", 1.0)], 1, 0, id="a sure one counts as what was typed"),
        pytest.param([("صاروخ", 0.5)], 0.5, 0, id="an unsure one as much as it is sure"),
        pytest.param([("صاروخ", 1.0), ("حرب", 1.0)], 1 / 2, 1 / 2, id="one of two counts a half"),
        pytest.param([("صاروخ", 1.0), ("حرب", 0.5)], 1 / 1.5, 0.5 / 1.5, id="by their shares"),
        pytest.param([("صاروخ", 0.25), ("حرب", 0.5)], 0.25, 0.5, id="together less than sure, they share nothing"),
        pytest.param([("صاروخ حرب", 1.0)], 1, 1, id="each word of a phrase"),
        pytest.param([("صاروخ", 0.5), ("صاروخ حرب", 1.0)], 1 / 1.5, 1 / 1.5, id="of two with the same letters the surer"),
        pytest.param([("صاروخ حرب", 1.0), ("صاروخ", 0.5)], 1 / 1.5, 1 / 1.5, id="whichever stands first"),
    ],
)
@pytest.mark.parametrize("origin", ["translation", "name"])
def test_letters_of_translations_count_by_their_share(
    store_of: StoreOf, translations: list[tuple[str, float]], rocket: float, war: float, origin: str
) -> None:
    store = store_of({"id": "rocket", "text": "صاروخ 12"}, {"id": "war", "text": "حرب 34"})
    expected = {"rocket": rocket * OF_ROCKET, "war": war * OF_WAR}
    assert gained(store, asks("kyiv", *translations, origin=origin)) == pytest.approx(expected)


@pytest.mark.parametrize("origin", ["alike", "plural"])
def test_letters_of_what_else_a_word_is_written_as_do_not_count(store_of: StoreOf, origin: str) -> None:
    store = store_of({"id": "a", "text": "صاروخ 12"}, {"id": "b", "text": "rocket 34"})
    query = asks("kyiv", ("صاروخ", 1.0), ("rocket", 1.0), origin=origin)
    assert gained(store, query) == pytest.approx({"a": 0, "b": 0})


def test_letters_that_were_typed_and_are_of_a_translation_too_count_as_typed(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "text": "rocket 12"}, {"id": "b", "text": "war 34"})
    typed = gained(store, asks("rocket"))
    assert typed["a"] > 0
    assert gained(store, asks("rocket", ("rocketri", 0.25))) == pytest.approx(typed)


def test_the_surest_of_two_clauses_is_what_letters_count_by(store_of: StoreOf) -> None:
    store = store_of({"id": "rocket", "text": "صاروخ 12"}, {"id": "war", "text": "حرب 34"})
    one, other = asks("kyiv", ("صاروخ", 1.0), ("حرب", 1.0)), asks("men", ("صاروخ", 0.75))
    for clauses in (one.clauses + other.clauses, other.clauses + one.clauses):
        gains = gained(store, Query("", clauses, ()))
        assert gains == pytest.approx({"rocket": 0.75 * OF_ROCKET, "war": 0.5 * OF_WAR})


def test_an_article_in_the_other_language_gains_as_much_as_one_in_that_of_the_question(store_of: StoreOf) -> None:
    store = store_of({"id": "typed", "text": "صاروخ 12"}, {"id": "translated", "text": "rocket 34"})
    gains = gained(store, asks("صاروخ", ("rocket", 1.0)))
    # _roc rock ocke cket ket_ at half the weight of a run in Arabic
    assert gains == pytest.approx({"typed": OF_ROCKET, "translated": 5 * ENGLISH_WEIGHT * RARITY})


def test_a_translated_question_puts_the_article_that_shares_its_letters_first(store_of: StoreOf) -> None:
    for first, second, found in (("صاروخية", "حديقة", ["a", "b"]), ("حديقة", "صاروخية", ["b", "a"])):
        store = store_of(
            {"id": "a", "text": f"Kyiv {first}"}, {"id": "b", "text": f"Kyiv {second}"}, {"id": "c", "text": "صاروخ"}
        )
        hits = answer(store, "Kyiv missile").hits
        assert [hit.id for hit in hits if hit.id != "c"] == found
        assert [hit.id for hit in answer(store, "Kyiv missile", translate=False).hits] == ["a", "b"]


def test_an_article_that_has_a_word_and_its_translation_gains_by_whichever_tells_more(store_of: StoreOf) -> None:
    # What each run is met in is one article of three, and every article has two words.
    store = store_of({"id": "both", "text": "صاروخ rocket"}, {"id": "war", "text": "12 34"}, {"id": "rain", "text": "56 78"})
    runs_worth = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    arabic, english = 4 * ARABIC_WEIGHT * runs_worth, 5 * ENGLISH_WEIGHT * runs_worth
    assert gained(store, asks("rocket"))["both"] == pytest.approx(english)
    assert gained(store, asks("rocket", ("صاروخ", 1.0)))["both"] == pytest.approx(max(arabic, english))
    assert gained(store, asks("rocket", ("صاروخ", 0.5)))["both"] == pytest.approx(max(arabic / 2, english))
