import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.terms import MAX_WORD, term_of
from index.analysis.words import find_words

MEET = [
    pytest.param("US", "U.S.", id="an acronym with dots is the one without"),
    pytest.param("US", "U.S", id="an acronym without its last dot"),
    pytest.param("US", "u.s.", id="an acronym in small letters"),
    pytest.param("UN", "U.N.'s", id="an acronym with a possessive"),
    pytest.param("UN", "U.N.’s", id="an acronym with a curly possessive"),
    pytest.param("USSR", "U.S.S.R.", id="an acronym of four letters"),
    pytest.param("أفب", "أ.ف.ب.", id="an Arabic acronym, AFP"),
    pytest.param("550", "٥٥٠", id="Arabic-Indic digits"),
    pytest.param("550", "۵۵۰", id="Persian digits"),
    pytest.param("550", "５５０", id="full-width digits"),
    pytest.param("Patriots", "Patriot", id="an English word goes to the English rules"),
    pytest.param("الصواريخ", "صواريخ", id="an Arabic word goes to the Arabic rules"),
    pytest.param("روسی", "روسي", id="Farsi yeh is Arabic script"),
    pytest.param("ПУТИН", "Путин", id="every other script is folded"),
    pytest.param("W" + "\u0301" * 50 + "ar", "war", id="fifty accents over one letter"),
]

DIFFER = [
    pytest.param("missiles", "صواريخ", id="a translation is no term"),
    pytest.param("Путин", "Putin", id="a transliteration is no term"),
    pytest.param("550", "55", id="other numbers"),
    pytest.param("U.S.", "U.N.", id="other acronyms"),
    pytest.param("a" * MAX_WORD, "a" * (MAX_WORD - 1), id="the longest words that are told apart"),
]

HOSTILE = [
    pytest.param("a" * 100_000, id="Latin letters"),
    pytest.param("و" * 100_000, id="a letter that may be a conjunction"),
    pytest.param("ال" * 50_000, id="one article after the other"),
    pytest.param("وال" * 30_000, id="one article with conjunction after the other"),
    pytest.param("\ufdfa" * 100_000, id="ligatures of eighteen letters each"),
    pytest.param("ا" + "\u064b" * 1_000_000, id="a million marks on one letter"),
    pytest.param("e" + "\u0301" * 1_000_000, id="a million accents on one letter"),
    pytest.param("ص" + "ـ" * 100_000 + "ر", id="a run of tatweel"),
    pytest.param("a\u200b" * 50_000 + "a", id="a zero-width space after every letter"),
    pytest.param("a." * 50_000, id="an acronym without end"),
    pytest.param("ing" * 30_000, id="one ending after the other"),
    pytest.param("9" * 100_000, id="digits"),
]


@pytest.mark.parametrize(("one", "other"), MEET)
def test_ways_to_write_one_word_meet(one: str, other: str) -> None:
    assert term_of(one) == term_of(other)
    assert term_of(one)


@pytest.mark.parametrize(("one", "other"), DIFFER)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert term_of(one) != term_of(other)


@pytest.mark.parametrize("word", ["ـ", "ـــ", "ـ\u064b\u200f"])
def test_nothing_is_left_of_a_word_of_tatweel_and_marks(word: str) -> None:
    assert term_of(word) == ""


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_word_is_one_word_and_is_cheap(word: str) -> None:
    assert find_words(word) == [(0, len(word))]
    started = time.process_time()
    term = term_of(word)
    assert time.process_time() - started < 2  # it takes a millisecond; without the limit some of these take minutes
    assert term == term_of(word[:MAX_WORD])


def test_every_code_point_raises_nothing_and_every_letter_has_a_term() -> None:
    text = " ".join(map(chr, range(0x110000)))
    without = {text[start:end] for start, end in find_words(text) if not term_of(text[start:end])}
    # Presentation forms of vowel marks are letters to Unicode; an alef that only bears a tanwin goes with it.
    shown = {letter for form in without for letter in unicodedata.normalize("NFKC", form) if letter.isalnum()}
    assert shown == {"ـ", "ʼ", "ا"}


@given(st.text(st.one_of(st.sampled_from("aUsE.'’sوالةتهي" + "\u064e\u0301\u200b\u200f\u00a0ـ"), st.characters()), max_size=30))
def test_a_term_holds_no_capital_no_space_and_no_dot(text: str) -> None:
    for start, end in find_words(text):
        term = term_of(text[start:end])
        assert "." not in term
        assert not any(character.isspace() for character in term)
        assert not any(character.lower() != character for character in term if unicodedata.category(character) == "Lu")


@pytest.mark.parametrize(
    "control",
    [
        pytest.param("\u200b", id="zero-width space"),
        pytest.param("\u200c", id="zero-width non-joiner"),
        pytest.param("\u200e", id="left-to-right mark"),
        pytest.param("\u200f", id="right-to-left mark"),
        pytest.param("\u061c", id="Arabic letter mark"),
        pytest.param("\u202b", id="right-to-left embedding"),
        pytest.param("\u2060", id="word joiner"),
        pytest.param("\u2068", id="first strong isolate"),
        pytest.param("\u00ad", id="soft hyphen"),
        pytest.param("\ufeff", id="zero-width no-break space"),
    ],
)
@pytest.mark.parametrize(("head", "tail"), [("Pat", "riot"), ("Пу", "тин")])
def test_what_is_invisible_inside_a_word_does_not_tell_it_apart(control: str, head: str, tail: str) -> None:
    word = head + control + tail
    assert find_words(word) == [(0, len(word))]
    assert term_of(word) == term_of(head + tail)
