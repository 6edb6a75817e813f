"""What was asked: words, phrases in quotes, what is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis.terms import term_of
from index.analysis.words import find_words
from index.errors import UsageError
from index.printable import encodable
from index.store import Store
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
# What may stand between words, or join them.
BETWEEN = [*' -,:.(\n\t"ـٱ&+#8Fa؟–', ", ", "’s", "000", "صـ"]
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


@given(TEXTS | st.lists(WORDS | st.sampled_from(BETWEEN), max_size=12).map("".join))
def test_words_of_plain_letters_are_those_that_the_analysis_finds(text: str) -> None:
    # Such words are found without it, because loading it takes longer than to answer.
    text = encodable(text)
    found = dict.fromkeys(text[start:end] for start, end in find_words(text))
    try:
        asked = parse_with(text, lambda word: word, no_stop_word, plain=True).terms
    except UsageError:
        asked = ()
    assert asked == tuple(found)


@pytest.mark.parametrize(
    ("question", "clauses", "terms"),
    [
        pytest.param("the war in Ukraine", ["war", "Ukraine"], "the war in ukrain", id="left out, but for the closer look"),
        pytest.param("The WAR", ["WAR"], "the war", id="in capitals too"),
        pytest.param("الحرب في أوكرانيا", ["الحرب", "أوكرانيا"], "حرب في اوكران", id="in Arabic too"),
        pytest.param("الحرب وفي أوكرانيا", ["الحرب", "أوكرانيا"], None, id="with an Arabic conjunction, too"),
        pytest.param("it isn't war", ["war"], "it isn't war", id="what is shortened, too"),
        pytest.param("the", ["the"], "the", id="kept when alone"),
        pytest.param("to be or not to be", ["to", "be", "or", "not"], "to be or not", id="kept when all are stop words"),
        pytest.param("من هو", ["من", "هو"], None, id="kept when all are Arabic stop words"),
        pytest.param('"the war" in Ukraine', ["the war", "Ukraine"], "the war in ukrain", id="kept within quotes"),
        pytest.param("“to be or not”", ["to be or not"], "to be or not", id="a phrase of stop words alone"),
        pytest.param("the “of the”", ["of the"], "the of", id="a phrase of stop words is something else"),
        pytest.param("the ...", ["the"], "the", id="punctuation is nothing else"),
        pytest.param("US", ["US"], "us", id="US is a country"),
        pytest.param("the US and us", ["US"], "the us and", id="US is a country beside stop words"),
        pytest.param("the WHO", ["WHO"], "the who", id="WHO is an organisation"),
        pytest.param("who", ["who"], "who", id="in small letters too"),
    ],
)
def test_stop_words_have_no_clause_but_where_they_are_all_there_is(
    seeds_store: Store, question: str, clauses: list[str], terms: str | None
) -> None:
    query = parse_with(question, seeds_store.term_of, seeds_store.is_stop_word)
    assert [clause.word for clause in query.clauses] == clauses
    assert terms is None or query.terms == tuple(terms.split())


def test_plain_takes_stop_words_out_of_quotes(seeds_store: Store) -> None:
    query = parse_with('"the war"', seeds_store.term_of, seeds_store.is_stop_word, plain=True)
    assert [clause.word for clause in query.clauses] == ["war"]


@given(text=TEXTS.map("kyiv ".__add__), plain=st.booleans())
def test_the_terms_of_a_query_are_those_of_all_words_each_once(*, text: str, plain: bool) -> None:
    everything = parse(text, plain=plain)
    query = parse_with(text, term_of, lambda word: word != "kyiv", plain=plain)
    assert query.terms == everything.terms
    assert set(query.terms) == {term for clause in everything.clauses for term in clause.variants[0].terms}
    assert len(query.terms) == len(set(query.terms))


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        pytest.param("8,000", ["8000"], id="a number with its separator"),
        pytest.param("8,000,000.5", ["8000000.5"], id="a number with all of them"),
        pytest.param("3.5", ["3.5"], id="a fraction"),
        pytest.param("10:00", ["10:00"], id="a time of day"),
        pytest.param("F-16", ["f16"], id="a type of aircraft"),
        pytest.param("F16s", ["f16"], id="several of it"),
        pytest.param("COVID-19", ["covid19"], id="a name with a number"),
        pytest.param("C++", ["c++"], id="a name with signs"),
        pytest.param("C#", ["c#"], id="a name with a sign"),
        pytest.param("AT&T", ["at&t"], id="a name with a sign in it"),
        pytest.param("U.S.", ["us"], id="an acronym with its dots"),
        pytest.param("kyiv, 8,000", ["kyiv", "8000"], id="a comma parts words, and joins a number"),
        pytest.param("kyiv:10:00-F-16", ["kyiv", "10:00", "f", "16"], id="marks of both kinds in a row"),
        pytest.param("US-China 2025", ["us", "china", "2025"], id="a hyphen between letters parts them"),
    ],
)
def test_what_numbers_and_signs_join_is_one_clause(question: str, terms: list[str]) -> None:
    for plain in (False, True):
        query = parse(question, plain=plain)
        assert [clause.variants[0].terms for clause in query.clauses] == [(term,) for term in terms]


def test_a_stop_word_in_quotes_is_asked_for() -> None:
    query = parse_with('"the" missiles', term_of, {"the"}.__contains__)
    assert [clause.word for clause in query.clauses] == ["the", "missiles"]
