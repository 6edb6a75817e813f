"""The numbers of terms: one for the time being for all words that may be the same, then the ones for good."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.numbering
from index.analysis.terms import MAX_WORD, Readings, readings_of
from index.numbering import NO_TERM, Numbering
from index.segment import SETTLED

MEET = [
    pytest.param("missile", "missiles", id="forms of one term"),
    pytest.param("NATO", "nato", id="case"),
    pytest.param("Été", "ete", id="accents"),
    pytest.param("لكييف", "ولكييف", id="forms with the same two readings"),
    pytest.param("a" * MAX_WORD, "a" * (MAX_WORD + 1), id="beyond what is told apart"),
]
DIFFER = [
    pytest.param("missile", "drone", id="two words"),
    pytest.param("لكييف", "كييف", id="a word and what is left of it: only the corpus knows"),
    pytest.param("لكييف", "بكييف", id="two that share the shorter reading alone"),
    pytest.param("ـ", "missile", id="nothing and something"),
]


@pytest.mark.parametrize(("one", "other"), MEET)
def test_words_that_cannot_differ_share_a_number(one: str, other: str) -> None:
    numbering = Numbering({})
    assert numbering[one] == numbering[other] == numbering[one]


@pytest.mark.parametrize(("one", "other"), DIFFER)
def test_words_that_may_differ_have_numbers_of_their_own(one: str, other: str) -> None:
    numbering = Numbering({})
    assert numbering[one] != numbering[other]


def test_a_word_of_which_nothing_is_left_has_no_number() -> None:
    numbering = Numbering({})
    assert not numbering.any_empty
    assert (numbering["word"], numbering.any_empty) == (0, False)
    assert (numbering["ـ"], numbering.any_empty) == (NO_TERM, True)
    assert numbering["next"] == 1, "it takes no place among the numbers"


def test_a_term_that_is_no_word_has_the_number_of_the_words_that_have_it() -> None:
    numbering = Numbering({})
    assert numbering.number("missil") == numbering["missiles"] == 0
    assert numbering.number(("لكييف", "كييف", "")) == numbering["لكييف"] == 1


def test_a_word_is_analysed_once_and_a_long_one_never_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def listening(word: str) -> Readings:
        asked.append(word)
        return readings_of(word)

    monkeypatch.setattr(index.numbering, "readings_of", listening)
    numbering = Numbering({"known": "term"})
    words = ["Kyiv", "kyiv", "KYIV", "Kyiv", "known", "Known", "a" * MAX_WORD, "a" * MAX_WORD, "لكييف", "لكييف"]
    for word in words:
        numbering[word]
    assert asked == ["kyiv", "a" * MAX_WORD, "لكييف"]
    long = "b" * (MAX_WORD + 1)
    assert numbering[long] == numbering[long]
    assert asked.count(long) == 2
    assert long not in numbering
    assert numbering["known"] == numbering.number("term")


COUNTS: dict[str, dict[str, int]] = {
    "the rest is frequent": {"لكييف": 1, "كييف": 3},
    "the rest is seldom": {"لكييف": 4, "كييف": 1},
    "the rest is nowhere": {"لكييف": 3},
    "nothing is unsure": {"كييف": 3, "missiles": 1},
    "two words give up a letter": {"لكييف": 1, "بكييف": 1, "كييف": 3},
    "nothing": {},
}
SETTLES = {
    "the rest is frequent": ["كييف"],
    "the rest is seldom": ["لكييف", "كييف"],
    "the rest is nowhere": ["لكييف"],
    "nothing is unsure": ["كييف", "missil"],
    "two words give up a letter": ["كييف"],
    "nothing": [],
}


def counting(numbering: Numbering, articles: dict[str, int]) -> Callable[[int], int]:
    """In how many articles each number is, of words that share none."""
    by_number = {numbering[word]: count for word, count in articles.items()}
    return by_number.__getitem__


@pytest.mark.parametrize("case", COUNTS)
def test_numbers_for_good_are_those_of_the_terms_that_are_left(case: str) -> None:
    numbering = Numbering({})
    terms, last = numbering.settle(counting(numbering, COUNTS[case]))
    assert terms == SETTLES[case]
    assert sorted(set(last)) == list(range(len(terms)))
    for word in COUNTS[case]:
        assert terms[last[numbering[word]]] in filter(None, readings_of(word))


WORDS = "صواريخ بصواريخ كصواريخ كييف لكييف بكييف عمل عملان بعملان أعلن أعلنت شخص شخصا missiles Missile the ـ".split()  # noqa: SIM905


@given(st.dictionaries(st.sampled_from(WORDS), st.integers(1, 5)))
def test_every_number_for_the_time_being_becomes_a_reading_of_its_words(articles: dict[str, int]) -> None:
    numbering = Numbering({})
    counts: dict[int, int] = {}
    for word, count in articles.items():
        counts[numbering[word]] = counts.get(numbering[word], 0) + count
    counts.pop(NO_TERM, None)
    terms, last = numbering.settle(counts.__getitem__)
    assert len(last) == len(counts)
    assert sorted(set(last)) == list(range(len(set(terms)))) == list(range(len(terms)))
    for word in articles:
        number = numbering[word]
        # What is left without a preposition may have two readings itself.
        read = [further for reading in readings_of(word) if reading for further in (reading, *readings_of(reading))]
        assert number == NO_TERM or terms[last[number]] in read


def test_the_vocabulary_tells_which_words_the_corpus_has_settled() -> None:
    numbering = Numbering({})
    articles = {"كييف": 3, "لكييف": 1, "missiles": 1, "Kyiv": 1}
    terms, last = numbering.settle(counting(numbering, articles))
    numbering["ـ"]
    kyiv, missil, latin = map(terms.index, ("كييف", "missil", "kyiv"))
    assert numbering.vocabulary(last, {}) == {"كييف": kyiv, "لكييف": kyiv | SETTLED, "missiles": missil, "kyiv": latin}
