import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis.words import find_words, is_arabic, language_of

# Letters, digits, marks, controls and joints of every branch of the pattern, so that random texts run into all of them.
ALPHABET = "abUSsé1٥²وصـٱﻣक中ה\u064b\u0651\u0301\u093f\u05b4\u00ad\u200b\u200d\u200f\u202e\ufeff'’ʼ.-_ \n\t،،,:+#&٬٫\u2011"
TEXTS = st.text(st.one_of(st.sampled_from(ALPHABET), st.characters()), max_size=30)


WORDS = [
    pytest.param("", [], id="nothing"),
    pytest.param("… – “” ?! 🚀 ،؛؟ «»", [], id="punctuation and emoji are no words"),
    pytest.param("missiles, drones; Kyiv.", ["missiles", "drones", "Kyiv"], id="punctuation ends a word"),
    pytest.param("كييف، أوكرانيا؟ نعم؛ الحرب.", ["كييف", "أوكرانيا", "نعم", "الحرب"], id="Arabic punctuation ends a word"),
    pytest.param("war-torn, full‑scale", ["war", "torn", "full", "scale"], id="a hyphen ends a word, whichever hyphen it is"),
    pytest.param("snake_case _x_ __", ["snake", "case", "x"], id="an underscore is no letter"),
    pytest.param("Trump's don’t rock’n’roll", ["Trump's", "don’t", "rock’n’roll"], id="an apostrophe between letters joins"),
    pytest.param("’tis the missiles’ 'range'", ["tis", "the", "missiles", "range"], id="an apostrophe at an edge is a quote"),
    pytest.param("l＇été Oʼneil", ["l＇été", "Oʼneil"], id="apostrophes of other keyboards"),
    pytest.param("the U.S. must", ["the", "U.S.", "must"], id="an acronym keeps its last dot"),
    pytest.param("in the U.S, now", ["in", "the", "U.S", "now"], id="an acronym may lack its last dot"),
    pytest.param("U.N.'s and U.N.’s", ["U.N.'s", "and", "U.N.’s"], id="an acronym takes its possessive along"),
    pytest.param("(U.S.-led)", ["U.S.", "led"], id="an acronym before a hyphen"),
    pytest.param("the U.S.\nRussia", ["the", "U.S.", "Russia"], id="an acronym at the end of a line"),
    pytest.param("وكالة أ.ف.ب. تنقل", ["وكالة", "أ.ف.ب.", "تنقل"], id="an Arabic acronym, AFP"),
    pytest.param("www.example.com end.Then", ["www", "example", "com", "end", "Then"], id="a dot between words joins nothing"),
    pytest.param("د.محمد", ["د", "محمد"], id="a letter before a dot and a word is no acronym: Dr Muhammad"),
    pytest.param("وPatriot وF16", ["و", "Patriot", "و", "F16"], id="a word ends where the script changes"),
    pytest.param("32عضوًا", ["32", "عضوًا"], id="Western digits glued to an Arabic word"),
    pytest.param("٥٥٠طائرة", ["٥٥٠", "طائرة"], id="Arabic digits glued to an Arabic word"),
    pytest.param("F16 F-16 16th", ["F16", "F-16", "16th"], id="digits and Latin letters are one word"),
    pytest.param("10:00 3.5 8,000 50%", ["10:00", "3.5", "8,000", "50"], id="a number keeps its separators"),
    pytest.param("COVID-19, Su‑27s and S-400's", ["COVID-19", "Su‑27s", "and", "S-400's"], id="a name and its number"),
    pytest.param(
        "MH-17A F-16-like mid-2000", ["MH-17A", "F-16", "like", "mid", "2000"], id="a number of four digits is a year"
    ),
    pytest.param("F-16C2 Iskander-M 19-COVID", ["F", "16C2", "Iskander", "M", "19", "COVID"], id="no name and its number"),
    pytest.param("vice-2presidents 2-0 3-4", ["vice", "2presidents", "2", "0", "3", "4"], id="a hyphen before other digits"),
    pytest.param("C++, C# and C+++ c#s", ["C++", "C#", "and", "C", "c", "s"], id="a language of programmers and its sign"),
    pytest.param("AT&T’s R&D R&Ders", ["AT&T’s", "R&D", "R", "Ders"], id="letters and an ampersand"),
    pytest.param("bat&T XAT&T Q&A", ["bat", "T", "XAT", "T", "Q&A"], id="more letters than stand beside an ampersand"),
    pytest.param("1,234,567.89 and 3.5bn", ["1,234,567.89", "and", "3.5", "bn"], id="a long number, and one with its unit"),
    pytest.param("٨٬٠٠٠ و٣٫٥", ["٨٬٠٠٠", "و", "٣٫٥"], id="separators of Arabic numbers"),
    pytest.param("80,00 8,0000 1,2,3", ["80", "00", "8", "0000", "1", "2", "3"], id="a comma between lists of numbers"),
    pytest.param("192.168.0.1", ["192", "168", "0", "1"], id="more dots than a number has"),
    pytest.param("3.7.2025", ["3", "7", "2025"], id="a date with dots"),
    pytest.param("A&E&F", ["A", "E", "F"], id="more ampersands than a name has"),
    pytest.param(
        "at 10:00:30. On 3:1 5:100", ["at", "10:00:30", "On", "3", "1", "5", "100"], id="a time has two digits behind it"
    ),
    pytest.param(
        "ends in 2022. Then 5, 6", ["ends", "in", "2022", "Then", "5", "6"], id="a number before a full stop or a comma"
    ),
    pytest.param("مُحَمَّدٌ قالَ", ["مُحَمَّدٌ", "قالَ"], id="vowel marks belong to their word, also the last"),
    pytest.param("صـــواريخ", ["صـــواريخ"], id="tatweel stretches a word and does not end it"),
    pytest.param("\ufebb\ufeee\ufe8d\ufead\ufef3\ufea6", ["\ufebb\ufeee\ufe8d\ufead\ufef3\ufea6"], id="presentation forms"),
    pytest.param("صوا\u200fريخ Pat\u200briot", ["صوا\u200fريخ", "Pat\u200briot"], id="controls inside a word stay in it"),
    pytest.param("\u202bصواريخ\u202c \u200fx\u200f", ["صواريخ", "x"], id="controls around a word stay outside"),
    pytest.param("mis\u00adsiles می\u200cشود", ["mis\u00adsiles", "می\u200cشود"], id="soft hyphen, zero-width non-joiner"),
    pytest.param("Trump\u200b’s", ["Trump\u200b’s"], id="a control before the apostrophe"),
    pytest.param("e\u0301te\u0301 été", ["e\u0301te\u0301", "été"], id="decomposed accents"),
    pytest.param("שָׁלוֹם हिन्दी", ["שָׁלוֹם", "हिन्दी"], id="marks of other scripts"),
    pytest.param("@POTUS #Ukraine", ["POTUS", "Ukraine"], id="handles and tags are their words"),
    pytest.param(
        "U.S.و U.S.",
        ["U.S.", "و", "U.S."],
        id="an acronym ends where the script changes",
    ),
]


def surfaces(text: str) -> list[str]:
    return [text[start:end] for start, end in find_words(text)]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert surfaces(text) == words


@example("a\u0301'\u200bb.c.\u0301d")
@given(TEXTS)
def test_words_rise_and_do_not_overlap(text: str) -> None:
    end = 0
    for start, next_end in find_words(text):
        assert end <= start < next_end <= len(text)
        end = next_end


@example("U.S.س _²_ a'b")
@given(TEXTS)
def test_every_letter_and_digit_lies_in_exactly_one_word(text: str) -> None:
    counts = [0] * len(text)
    for start, end in find_words(text):
        for offset in range(start, end):
            counts[offset] += 1
    assert all(count == 1 for character, count in zip(text, counts, strict=True) if character.isalnum())
    assert not any(count for character, count in zip(text, counts, strict=True) if character.isspace() or character in "_،;")


# What stands within a word though it is no letter: what surrounds it is as certain as the word.
JOINED = {
    "-\u2010\u2011": r"[A-Za-z]{1,12}.[0-9٠-٩۰-۹०-९０-９]+[A-Za-z]{0,2}(?:['’ʼ]s)?",
    ",\u066c": r"\d{1,3}(?:[,\u066c]\d{3})+(?:[.\u066b]\d+)?[A-Za-z]{0,3}(?:['’ʼ]s)?",
    ":": r"\d{1,2}(?::\d\d){1,2}[A-Za-z]{0,3}(?:['’ʼ]s)?",
    "+": r"[A-Za-z]\+\+(?:['’ʼ]s)?",
    "#": r"[A-Za-z]#(?:['’ʼ]s)?",
    "&": r"[A-Za-z]{1,2}&[A-Za-z]{1,2}(?:['’ʼ]s)?",
}
SIGNS = "".join(JOINED)


@example("F-16s 8,000.5 10:00:00 C++ C# AT&T's 1,000km")
@example("1:1 a-b c-1234 d+ e+++ f## &g 1,00 a&b&c 1-a")
@given(st.text(st.one_of(st.sampled_from("aSé19٥صـ\u0301\u200b'’ .-,:+#&٬٫\u2011"), st.sampled_from(SIGNS)), max_size=20))
def test_a_sign_stands_in_a_word_only_where_it_names_or_counts(text: str) -> None:
    for word in surfaces(text):
        assert all(re.fullmatch(pattern, word) for signs, pattern in JOINED.items() if any(sign in word for sign in signs))


@given(TEXTS)
def test_a_word_begins_with_a_letter_or_digit_and_is_found_alone_as_in_its_text(text: str) -> None:
    for word in surfaces(text):
        assert word[0].isalnum()
        assert surfaces(word) == [word]  # so that what is copied out of an article and asked for is one word again


@given(TEXTS, TEXTS)
def test_a_space_parts_what_stands_on_either_side(left: str, right: str) -> None:
    shift = len(left) + 1
    moved = [(start + shift, end + shift) for start, end in find_words(right)]
    assert find_words(f"{left} {right}") == find_words(left) + moved


@given(TEXTS.map(lambda text: text.replace(".", " ")))
def test_arabic_and_latin_letters_share_no_word(text: str) -> None:
    for word in surfaces(text):
        scripts = {unicodedata.name(character, "").partition(" ")[0] for character in word if character.isalpha()}
        assert not {"ARABIC", "LATIN"} <= scripts


def test_every_code_point_is_taken_and_every_letter_is_a_word() -> None:
    characters = [chr(code) for code in range(0x110000)]
    starts = {start // 2 for start, _ in find_words(" ".join(characters))}
    assert {code for code, character in enumerate(characters) if character.isalnum()} <= starts


HOSTILE: dict[str, Callable[[int], str]] = {
    "one long Latin word": lambda n: "a" * n,
    "one long Arabic word": lambda n: "و" * n,
    "marks over one letter": lambda n: "ا" + "\u064b" * n,
    "marks over one Latin letter": lambda n: "a" + "\u0301" * n,
    "a run of tatweel": lambda n: "ص" + "ـ" * n,
    "zero-width after every letter": lambda n: "a\u200b" * n,
    "zero-width after every Arabic letter": lambda n: "ص\u200b" * n,
    "zero-width after one letter": lambda n: "a" + "\u200b" * n,
    "marks and zero-width by turns": lambda n: "a" + "\u0301\u200b" * n,
    "zero-width and apostrophes by turns": lambda n: "a" + "\u200b'" * n,
    "an apostrophe after every letter": lambda n: "a'" * n,
    "a dot after every letter": lambda n: "a." * n,
    "an acronym that ends in a word": lambda n: "a." * n + "bc",
    "a change of script after every letter": lambda n: "aص" * n,
    "possessive acronyms": lambda n: "U.S.'s" * n,
    "one long number": lambda n: "1" * n,
    "thousands without end": lambda n: "1" + ",000" * n,
    "decimals without end": lambda n: "1." * n,
    "a time without end": lambda n: "10:" * n,
    "digits and commas that make no number": lambda n: "1,1" * n,
    "a decimal of many digits": lambda n: "1." + "1" * n,
    "a number with too long a unit": lambda n: "1.1" + "a" * n,
    "hyphens and digits by turns": lambda n: "a-1" * n,
    "letters before a hyphen and a letter": lambda n: "a" * n + "-a",
    "ampersands by turns": lambda n: "a&" * n,
    "plus signs": lambda n: "C" + "+" * n,
    "plus signs by turns": lambda n: "C++" * n,
}


def seconds(text: str) -> float:
    """The processor's time for `text`, the best of three."""
    times = []
    for _ in range(3):
        started = time.process_time()
        find_words(text)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_time_is_linear_on_hostile_words(text: Callable[[int], str]) -> None:
    # Quadratic time would make four times the text take sixteen times as long, and the shorter one alone some seconds.
    assert seconds(text(160_000)) < 10 * seconds(text(40_000)) + 0.2


def test_a_million_marks_on_one_letter_are_one_word() -> None:
    text = "ا" + "\u064b" * 1_000_000
    assert find_words(text) == [(0, 1_000_001)]


@pytest.mark.parametrize(
    ("word", "arabic"),
    [
        pytest.param("صواريخ", True, id="Arabic letters"),
        pytest.param("می", True, id="Persian letters"),
        pytest.param("\ufebb\ufeee", True, id="presentation forms"),
        pytest.param("أ.ف.ب", True, id="an Arabic acronym"),
        pytest.param("Patriot", False, id="Latin letters"),
        pytest.param("Путин", False, id="Cyrillic letters"),
        pytest.param("٥٥٠", False, id="Arabic-Indic digits stand for numbers, which are alike in every script"),
    ],
)
def test_the_script_of_a_word(word: str, arabic: bool) -> None:  # noqa: FBT001  # a column of the table
    assert is_arabic(word) is arabic


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("", "und", id="no letters"),
        pytest.param("2022 – 550 ٥٥٠ ،.!", "und", id="digits and punctuation tell nothing"),
        pytest.param("Путин и Трамп", "und", id="neither script"),
        pytest.param("The Kremlin said مرحبا once", "en", id="an English text with an Arabic word"),
        pytest.param("وكلها صواريخ Patriot و GMLRs الموجهة", "ar", id="an Arabic text with English names"),
        pytest.param("Élysée ÀÉÎ ب", "en", id="accented letters are Latin"),
        pytest.param("\ufebb\ufeee\ufe8d a", "ar", id="presentation forms are Arabic"),
        pytest.param("Пётр ab", "en", id="letters of a third script do not vote"),
    ],
)
def test_the_language_of_a_text_is_that_of_most_letters(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("missiles’ range", ["missiles", "range"], id="an apostrophe that no letter follows"),
        pytest.param("صواريخ\u202c x\u200f", ["صواريخ", "x"], id="a control that no letter follows"),
    ],
)
def test_what_joins_nothing_is_left_out_in_every_python(text: str, words: list[str]) -> None:
    # Python before 3.11.5 kept it: https://github.com/python/cpython/issues/106052
    assert surfaces(text) == words
