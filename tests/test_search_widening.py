"""What else could have been meant: the variants that the clauses of a query gain."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store import Store
from search.query import Query, parse
from search.widening import widen

StoreOf = Callable[..., Store]
# Words that have variants among the articles, words that have none, stop words.
WORDS = ["missle", "صاروخ", "men", "covid", "Zelenskyy", "ألمانيا", "Iran", "peace", "elephant", "the", "من"]
ARTICLE = "missile صواريخ man COVID-19 Zelensky بألمانيا Iraq peace"

clauses = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
questions = st.lists(clauses | clauses.map('"{}"'.format), min_size=1, max_size=4).map(" ".join)


@pytest.fixture(name="store")
def store_of_one_article(store_of: StoreOf) -> Store:
    return store_of({"id": "a", "text": ARTICLE})


def asked(store: Store, question: str, *, plain: bool = False) -> Query:
    return parse(question, store.term_of, store.is_stop_word, plain=plain)


def widened(store: Store, question: str) -> list[tuple[str, list[tuple[str, float, str]]]]:
    """The clauses of a question after widening: each its word, and the term, weight and origin of its variants."""
    return [
        (clause.word, [(" ".join(variant.terms), variant.weight, variant.origin) for variant in clause.variants])
        for clause in widen(store, asked(store, question)).clauses
    ]


def test_a_word_gains_what_else_the_articles_have_for_it(store: Store) -> None:
    assert widened(store, "missle صاروخ peace") == [
        ("missle", [("missl", 1.0, "typed"), ("missil", 0.5, "alike")]),
        ("صاروخ", [("صاروخ", 1.0, "typed"), ("صواريخ", 0.25, "plural")]),
        ("peace", [("peac", 1.0, "typed")]),
    ]


def test_a_name_behind_a_preposition_is_found_by_the_word_as_it_was_typed(store: Store) -> None:
    # Its term alone, المان, would read like a word with the article.
    assert widened(store, "ألمانيا") == [("ألمانيا", [("المان", 1.0, "typed"), ("بالمان", 0.5, "alike")])]


@pytest.mark.parametrize(
    ("question", "variants"),
    [
        pytest.param('"missle men"', ["typed"], id="a phrase stays as it was typed"),
        pytest.param("«صاروخ covid»", ["typed"], id="in guillemets, too"),
        pytest.param('"missle"', ["typed"], id="one word in quotes is that word"),
    ],
)
def test_only_words_are_widened(store: Store, question: str, variants: list[str]) -> None:
    ((_, found),) = widened(store, question)
    assert [origin for _, _, origin in found] == variants


@given(question=questions, plain=st.booleans())
def test_what_was_typed_is_kept_and_comes_first(seeds_store: Store, *, question: str, plain: bool) -> None:
    query = asked(seeds_store, question, plain=plain)
    wider = widen(seeds_store, query)
    assert (wider.text, wider.terms) == (query.text, query.terms)
    assert [clause.word for clause in wider.clauses] == [clause.word for clause in query.clauses]
    for before, after in zip(query.clauses, wider.clauses, strict=True):
        (typed,) = before.variants
        assert after.variants[0] is typed
        assert all(variant.origin != "typed" and 0 < variant.weight < 1 for variant in after.variants[1:])
        assert len(after.variants) == 1 or len(typed.terms) == 1
        assert len({variant.terms for variant in after.variants}) == len(after.variants)


def test_the_query_itself_is_left_as_it_is(store: Store) -> None:
    query = asked(store, "missle")
    assert len(widen(store, query).clauses[0].variants) == 2
    assert len(query.clauses[0].variants) == 1
