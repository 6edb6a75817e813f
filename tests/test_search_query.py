"""What was asked: words, phrases in quotes, what is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis.terms import term_of
from index.analysis.words import find_words
from index.errors import UsageError
from search.query import LONGEST_QUESTION, Query
from search.query import parse as parse_with

# Any character at all, lone surrogates too, and often those that mean something to a parser or to a terminal.
# (As a list, because `st.text` would melt both kinds into one, in which the first are as rare as all others.)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from("\"“”«»'’*?()[]{}-+.:\\/ \t\nabEéxصاروخًـ٣7\0\x1b\u202e\u200d\ud800\U0001f680"),
        st.characters(exclude_categories=()),
    ),
    max_size=60,
).map("".join)
WORDS = st.sampled_from(["patriot", "kyiv", "air", "defense", "صاروخ", "حرب", "U.S.", "550"])
QUOTES = st.sampled_from(['""', "“”", "«»"])


def no_stop_word(_: str) -> bool:
    return False


def parse(text: str, *, plain: bool = False) -> Query:
    return parse_with(text, term_of, no_stop_word, plain=plain)


def words_of(question: str, *, plain: bool = False) -> list[str]:
    return [clause.word for clause in parse(question, plain=plain).clauses]


@given(text=TEXTS, plain=st.booleans())
def test_any_text_is_a_query_or_is_refused(*, text: str, plain: bool) -> None:
    try:
        query = parse(text, plain=plain)
    except UsageError:
        assert not any(c.isascii() and c.isalnum() for c in text)
        return
    terms = [variant.terms for clause in query.clauses for variant in clause.variants]
    assert len(terms) == len(set(terms)) >= 1
    assert all(phrase and all(phrase) for phrase in terms)
    assert all(variant.weight == 1 and variant.origin == "typed" for clause in query.clauses for variant in clause.variants)
    assert not plain or all(len(phrase) == 1 for phrase in terms)


@given(TEXTS.map("kyiv".__add__))
@example("kyiv \ud800 \udfff")
def test_the_question_is_kept_as_typed_but_for_what_no_encoding_can_write(text: str) -> None:
    assert parse(text).text == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@given(st.lists(st.tuples(QUOTES, st.lists(WORDS, min_size=2, max_size=5)), min_size=1, max_size=5))
def test_every_pair_of_quotes_makes_one_clause_of_its_words(phrases: list[tuple[str, list[str]]]) -> None:
    question = " ".join(f"{marks[0]}{' '.join(words)}{marks[1]}" for marks, words in phrases)
    assert words_of(question) == list(dict.fromkeys(" ".join(words) for _, words in phrases))


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        pytest.param("Patriot missiles", ["Patriot", "missiles"], id="a clause a word, in the order typed"),
        pytest.param('"air defense" Kyiv', ["air defense", "Kyiv"], id="straight quotes hold a phrase"),
        pytest.param("Kyiv “air defense”", ["Kyiv", "air defense"], id="curly quotes, as a phone types them"),
        pytest.param("«الدفاع الجوي» أوكرانيا", ["الدفاع الجوي", "أوكرانيا"], id="guillemets, as Arabic newspapers print them"),
        pytest.param('air"defense kyiv"now', ["air", "defense kyiv", "now"], id="quotes need no spaces around them"),
        pytest.param('"air, defense!"', ["air defense"], id="punctuation parts the words of a phrase, and no more"),
        pytest.param("«he said “no” twice»", ["he said no twice"], id="quotes inside quotes are text of the outer phrase"),
        pytest.param('"Kyiv"', ["Kyiv"], id="one word in quotes is that word"),
        pytest.param('"" «» “ ” Kyiv', ["Kyiv"], id="empty quotes ask for nothing"),
        pytest.param('"air defense', ["air", "defense"], id="a mark that is never closed is no mark"),
        pytest.param('air defense"', ["air", "defense"], id="a mark that was never opened is no mark"),
        pytest.param('"air defense” now', ["air", "defense", "now"], id="marks of two kinds are no pair"),
        pytest.param("”air defense“", ["air", "defense"], id="marks the wrong way round are no pair"),
        pytest.param('"air defense" "kyiv', ["air defense", "kyiv"], id="the third mark has no partner"),
        pytest.param("NOT kyiv AND (air OR -rocket)", ["NOT", "kyiv", "AND", "air", "OR", "rocket"], id="no operators"),
        pytest.param("kyi* defen?e~2 title:air", ["kyi", "defen", "e", "2", "title", "air"], id="no wildcards, no fields"),
        pytest.param("U.S. Trump’s", ["U.S.", "Trump’s"], id="an acronym and a possessive are one word each"),
        pytest.param("Patriotصاروخ", ["Patriot", "صاروخ"], id="the script parts words"),
    ],
)
def test_a_question_falls_into_clauses(question: str, clauses: list[str]) -> None:
    assert words_of(question) == clauses


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        pytest.param("missiles missiles", ["missiles"], id="the same word"),
        pytest.param("Missile MISSILES missile’s", ["Missile"], id="another form of it: shown as typed first"),
        pytest.param("صاروخ الصاروخ", ["صاروخ"], id="the same word with the article"),
        pytest.param('missiles "missile"', ["missiles"], id="a phrase of one word is no phrase"),
        pytest.param('"air defense" "Air Defense"', ["air defense"], id="the same phrase"),
        pytest.param('"air defense" air', ["air defense", "air"], id="a phrase is not its word"),
        pytest.param('"air defense" "defense air"', ["air defense", "defense air"], id="order makes the phrase"),
    ],
)
def test_what_is_asked_twice_is_one_clause(question: str, clauses: list[str]) -> None:
    assert words_of(question) == clauses


@pytest.mark.parametrize("question", ['"air defense"', "“air defense”", "«air defense»", 'air" "defense'])
def test_plain_takes_quotes_as_text(question: str) -> None:
    assert words_of(question, plain=True) == ["air", "defense"]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \t\n\u3000", id="white space"),
        pytest.param("... !? -- *", id="punctuation"),
        pytest.param('""', id="empty quotes"),
        pytest.param('"', id="one quote"),
        pytest.param("\0\x1b\x9b\u202e\u2028", id="controls"),
        pytest.param("\ud800", id="a lone surrogate"),
        pytest.param("\u0301\u064b", id="marks over nothing"),
        pytest.param("ـــ", id="tatweel alone stretches no letter"),
        pytest.param("🚀", id="a picture"),
    ],
)
def test_a_question_without_a_word_is_refused(question: str) -> None:
    for plain in (False, True):
        with pytest.raises(UsageError, match="no word"):
            parse(question, plain=plain)


def test_the_longest_question_is_4000_characters() -> None:
    assert LONGEST_QUESTION == 4_000
    assert words_of("ص" * 4_000) == ["ص" * 4_000]
    with pytest.raises(UsageError, match=r"4,001 .* 4,000"):
        parse("ص" * 4_001)


def test_the_words_of_a_phrase_keep_their_order_in_its_terms() -> None:
    (clause,) = parse("«الدفاع Kyiv 550»").clauses
    (variant,) = clause.variants
    assert variant.terms[1:] == ("kyiv", "550")
    assert len(variant.terms) == 3


@given(TEXTS | st.lists(WORDS | st.sampled_from([" ", "-", ", ", "(", "\n", "ـ", "ٱ", "’s"]), max_size=12).map("".join))
def test_words_of_plain_letters_are_those_that_the_analysis_finds(text: str) -> None:
    # Such words are found without it, because loading it takes longer than to answer.
    found = [text[start:end] for start, end in find_words(text)]
    asked: list[str] = []

    def note(word: str) -> str:
        asked.append(word)
        return word

    try:
        parse_with(text, note, no_stop_word, plain=True)
    except UsageError:
        assert not found
    assert asked == [word.encode("utf-8", "replace").decode() for word in found] or any("\ud800" <= c < "\ue000" for c in text)
