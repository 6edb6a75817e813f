"""Where the words of a text are, and in which script each is written."""

import re
import unicodedata
from collections.abc import Iterator

# Letters of the Arabic blocks, their digits and punctuation left out, so that a word ends where the script changes.
_ARABIC = (
    "\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
)
# Combining marks are no letters to `re`: without them a vowelled Arabic word falls into single letters. Listed are the
# marks of Latin, Greek, Cyrillic, Hebrew, Arabic and Syriac, and the Indic and Thai blocks (Unicode 16, categories Mn, Mc).
_MARK = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0963\u0980-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a81-\u0a83\u0abc-\u0acd"
    "\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
# Soft hyphen, zero-width and bidi controls: a typesetter's, never the end of a word.
FORMAT = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
HYPHENS = "\\-\u2010\u2011"
_APOSTROPHE = "['\u2018\u2019\u02bc\uff07]"
_LETTER = rf"[^\W\d_{_ARABIC}]"
_OTHER = rf"[^\W_{_ARABIC}]"  # letters and digits of every other script
_JOIN = rf"[{_MARK}{FORMAT}]++"

# What stands in a number: 8,000 and ٨٬٠٠٠, 3.5 and ٣٫٥, 10:00. Its groups are few, so that the time stays linear.
_NUMBER_BEGIN = r"(?<!\d[.,:\u066b\u066c])"
_NUMBER_END = r"(?!\d|[.,:\u066b\u066c]\d)"
_NUMBER = (
    rf"{_NUMBER_BEGIN}(?:\d{{1,3}}(?:[,\u066c]\d{{3}}){{1,6}}(?:[.\u066b]\d++)?+{_NUMBER_END}"
    rf"|\d++[.\u066b]\d++{_NUMBER_END}"
    rf"|\d{{1,2}}:\d\d(?::\d\d)?+{_NUMBER_END})"
)
# Letters that mean nothing without what stands beside them: F-16, GPT-4, Covid-19, but not top-10; C++, C#; AT&T.
_SERIES = "covid|mig"
_NAMED = (
    rf"(?<![^\W_]|[{HYPHENS}])(?:[A-Za-z]{{1,2}}|[A-Z]{{3,5}}|(?i:{_SERIES}))[{HYPHENS}]\d{{1,3}}[A-Za-z]{{0,2}}+(?![^\W_])"
    r"|[A-Za-z](?:\+\+|\#)(?![^\W_]|[+\#])"
    r"|(?<!&)[A-Za-z]{1,2}&[A-Za-z]{1,2}(?![^\W_]|&)"
)

# Most words are letters of one kind before a space or common punctuation, which the second and third line find in half the
# time. Possessive quantifiers (`++`) keep the time linear on a million marks over one letter. The groups of the last two lines
# have none, but an end: where one fails half way, Python before 3.11.5 keeps the half
# (https://github.com/python/cpython/issues/106052), and without an end a hostile word of 10 MB would take 1 GB.
_OFTEN = "{0,65535}"
_PLAIN_END = r"[ \n,;:!?()\"\u060c\u061b\u061f]"
_WORD = re.compile(
    r"((?=\w)(?:"
    rf"[A-Za-z]++(?={_PLAIN_END}|-(?!\d))"
    rf"|[\u0621-\u064a]++(?={_PLAIN_END}|-)"
    rf"|(?<![^\W_])(?:{_LETTER}(?:\.{_LETTER})+|[{_ARABIC}](?:\.[{_ARABIC}])+)(?![^\W_]|[{_MARK}])\.?"  # U.S., أ.ف.ب
    rf"(?:{_APOSTROPHE}s(?![^\W_]))?"  # U.N.’s
    rf"|(?:{_NUMBER}|{_NAMED})(?:{_APOSTROPHE}s(?![^\W_]))?"
    rf"|[{_ARABIC}]++(?:{_JOIN}[{_ARABIC}]++){_OFTEN}[{_MARK}]*+"
    rf"|{_OTHER}++(?:(?:{_JOIN}{_APOSTROPHE}?|{_APOSTROPHE}){_OTHER}++){_OFTEN}[{_MARK}]*+"  # missiles, Trump’s, F16
    r"))"
)
_ARABIC_LETTER = re.compile(f"[{_ARABIC}]")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")


def find_words(text: str) -> list[tuple[int, int]]:
    """The words of `text`, in order, as (start, end) offsets in code points.

    A word is a run of letters, digits and marks of one script; a hyphen ends it, an apostrophe between letters does not. One
    word is also a dotted acronym (`U.S.`, with its last dot), a number with its separators (`8,000`, `3.5`, `10:00`), and what
    letters and a sign or a number name together (`F-16`, `C++`, `AT&T`). Every letter and digit of `text` lies in exactly one
    word.
    """
    return [match.span() for match in _WORD.finditer(text)]


def words_of(text: str) -> Iterator[str]:
    """The words of `text` themselves, found as they are asked for."""
    return (match[0] for match in _WORD.finditer(text))


def split_words(text: str) -> list[str]:
    """`text` in pieces, in turn what stands before a word and the word, as `find_words` finds it; last, what stands behind."""
    return _WORD.split(text)


def is_arabic(word: str) -> bool:
    """Whether `word`, as found by `find_words`, is written in the Arabic script."""
    return _ARABIC_LETTER.match(word) is not None


def script_of(word: str) -> str:
    """The script of a word as found by `find_words`, as Unicode names it, such as `latin`; `number` where it has no letter."""
    letter = next(filter(str.isalpha, word), None)
    if letter is None:
        return "number"
    return "arabic" if is_arabic(letter) else unicodedata.name(letter, "unknown").split(" ")[0].split("-")[0].lower()


def language_of(text: str) -> str:
    """The language of `text` by the majority of its letters: `ar`, `en`, or `und` where neither script is used."""
    arabic, latin = len(_ARABIC_LETTER.findall(text)), len(_LATIN_LETTER.findall(text))
    if not arabic and not latin:
        return "und"
    return "ar" if arabic >= latin else "en"
