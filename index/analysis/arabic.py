"""Which term an Arabic word stands for: folded spelling, light stem.

The order is important: spelling is folded first, then prefixes come off, then suffixes, because a prefix takes letters
from the length that a suffix must leave. light10 (Larkey, Ballesteros & Connell 2007; Lucene's ArabicStemmer) is the
ancestor; where the rules differ, the words for whose sake they do stand beside them.
"""

import re
import unicodedata
from importlib.resources import files

from pyarabic import araby

_ALEFS = str.maketrans(dict.fromkeys((araby.ALEF_MADDA, araby.ALEF_HAMZA_ABOVE, araby.ALEF_HAMZA_BELOW), araby.ALEF))
_LETTERS = {
    araby.ALEF_WASLA: araby.ALEF,
    araby.WAW_HAMZA: araby.HAMZA,
    araby.YEH_HAMZA: araby.HAMZA,
    araby.ALEF_MAKSURA: araby.YEH,
    "\N{ARABIC LETTER FARSI YEH}": araby.YEH,
    "\N{ARABIC LETTER YEH BARREE}": araby.YEH,
    "\N{ARABIC LETTER KEHEH}": araby.KAF,
    "\N{ARABIC LETTER GAF}": araby.KAF,
    "\N{ARABIC LETTER HEH GOAL}": araby.HEH,
    "\N{ARABIC LETTER HEH DOACHASHMEE}": araby.HEH,
    "\N{ARABIC LETTER AE}": araby.HEH,
    "\N{ARABIC LETTER HEH WITH YEH ABOVE}": araby.HEH,
    "\N{ARABIC LETTER TEH MARBUTA GOAL}": araby.TEH_MARBUTA,
}
# Vowel marks, Quranic signs and typesetters' controls. NFKC sets a lone mark on a space, so that goes too.
_BLOCKS = (0xAD, *range(0x600, 0x900), *range(0x2000, 0x2070), 0xFEFF)
_DELETED = {
    **dict.fromkeys((*araby.TASHKEEL, araby.TATWEEL, " ")),
    **dict.fromkeys(c for c in map(chr, _BLOCKS) if unicodedata.category(c) in {"Mn", "Cf"}),
}
_FOLD = str.maketrans({**_DELETED, **_LETTERS})
_TANWIN_ALEF = re.compile(f"(?:{araby.ALEF}{araby.FATHATAN}|{araby.FATHATAN}{araby.SHADDA}?{araby.ALEF})$")

_ARTICLE = re.compile("[وف]?(?:[بك]?[اأإ]ل|لل)")
_ARTICLE_AGAIN = re.compile("[اأإ]ل")  # الألمانية holds ألمانيا, whose أل must come off as it does there
_PRONOUN = re.compile("(?<=...)(?:هما|كما|ها|هم|هن|كم|(?<!و)نا|ه)$")
_CONSTRUCT_TEH = re.compile("(?<=...)(?<!ا)ت$")
_ENDING = re.compile("(?:(?<=..)ة|(?<=^..ا)ت|(?<=...)(?:تين|ات|اة|ون|ين|وا)|(?<=..ي)ا|(?<=....)[او])$")
_YEH = re.compile("(?<=....)ي$")
_PLURAL = re.compile("(?<=...)(?:ون|ين)$")
# Short words that "and" stands before all day; of other words of three letters the و is their own as often as not.
_PARTICLES = frozenset(("في", "هو", "هي", "عن", "ان", "من", "ما", "لا", "قد", "لم", "لن", "كل", "ثم", "لو"))
_TANWIN_OR_DUAL = re.compile("(?:ا|ان)$")


def fold(word: str) -> str:
    """`word` without what writers leave out or spell at will: vowel marks, tatweel, hamza seats, forms of alef and yeh."""
    return _fold_all_but_alef(word).translate(_ALEFS)


def term(word: str) -> str:
    """The term of an Arabic word as found by `find_words`: folded, without conjunction, article, pronoun and ending."""
    return _without_suffix(_without_prefix(_fold_all_but_alef(word)).translate(_ALEFS))


def _fold_all_but_alef(word: str) -> str:
    return _TANWIN_ALEF.sub("", unicodedata.normalize("NFKC", word)).translate(_FOLD)


def _without_prefix(word: str) -> str:
    """`word`, its alefs as written, without conjunctions and articles: what a hamza or a madda stands on is no article's."""
    pattern, shortest = _ARTICLE, 2  # الحل is "the solution", but only the first article may leave so little
    while True:
        conjunction = word.startswith(araby.WAW) and (len(word) >= 4 or word[1:] in _PARTICLES)
        if conjunction and word[1] in "أإآ":
            word = word[1:]
            continue
        if _has_own_waw(word):
            return word
        article = pattern.match(word)
        rest = word[article.end() :] if article else ""
        if article and "ال" + rest.translate(_ALEFS) in _OWN_ARTICLE:
            return "ال" + rest
        if len(rest) > shortest or (len(rest) == shortest and not rest.endswith(araby.TEH_MARBUTA)):
            word, pattern, shortest = rest, _ARTICLE_AGAIN, 3
        elif conjunction:
            word = word[1:]
        else:
            return word


def _has_own_waw(word: str) -> bool:
    word = word.translate(_ALEFS)
    return word.startswith(araby.WAW) and any(
        form in _OWN_WAW for form in (word, _without_suffix(word), _without_suffix(_TANWIN_OR_DUAL.sub("", word)))
    )


def _without_suffix(word: str) -> str:
    without_pronoun = _PRONOUN.sub("", word)
    if without_pronoun != word:
        # Before a pronoun the feminine ة is written ت: حكومته is حكومة + ه.
        word = _CONSTRUCT_TEH.sub("", without_pronoun)
    # ان stays: it belongs to the word in بيان, إيران, لبنان far more often than it makes a dual. The plural comes off what
    # other endings leave, because it does so in the bare word too: فلسطين is the term of فلسطيني, whatever it means there.
    return _PLURAL.sub("", _YEH.sub("", _ENDING.sub("", word)))


def _listed(name: str) -> list[str]:
    """The words of a data file beside this one, folded."""
    lines = files("index.analysis").joinpath(name).read_text(encoding="utf-8").split("\n")
    return [fold(line) for line in lines if line and not line.startswith("#")]


_OWN_ARTICLE = frozenset(_listed("own_article.txt"))
_OWN_WAW = frozenset(form for word in _listed("own_waw.txt") for form in (word, _without_suffix(word)))
