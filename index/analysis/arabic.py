"""Which term an Arabic word stands for: folded spelling, light stem.

The order is important: spelling is folded first, then prefixes come off, then suffixes, because a prefix takes letters
from the length that a suffix must leave. The rules are those that lost the fewest true pairs and ranked best on Arabic news;
light10 (Larkey, Ballesteros & Connell 2007; Lucene's ArabicStemmer) is the ancestor, and the differences are named where
they stand.
"""

import re
import unicodedata
from importlib.resources import files

from pyarabic import araby

_LETTERS = {
    araby.ALEF_HAMZA_ABOVE: araby.ALEF,
    araby.ALEF_HAMZA_BELOW: araby.ALEF,
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

_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)")
_PRONOUN = re.compile("(?<=...)(?:هما|كما|ها|هم|هن|كم|نا|ه)$")
_CONSTRUCT_TEH = re.compile("(?:(?<=...)(?<!ا)|(?<=^..ا))ت$")
_ENDING = re.compile("(?:(?<=..)ة|(?<=...)(?:ات|اة|ون|ين|وا)|(?<=..ي)ا|(?<=....)ا)$")
_YEH = re.compile("(?<=....)ي$")


def fold(word: str) -> str:
    """`word` without what writers leave out or spell at will: vowel marks, tatweel, hamza seats, forms of alef and yeh."""
    return _fold_all_but_madda(word).replace(araby.ALEF_MADDA, araby.ALEF)


def term(word: str) -> str:
    """The term of an Arabic word as found by `find_words`: folded, without conjunction, article, pronoun and ending."""
    # The آ of آلاف "thousands" is told from an article until the article is gone.
    bare = _without_prefix(_fold_all_but_madda(word)).replace(araby.ALEF_MADDA, araby.ALEF)
    return _without_suffix(bare)


def _fold_all_but_madda(word: str) -> str:
    return _TANWIN_ALEF.sub("", unicodedata.normalize("NFKC", word)).translate(_FOLD)


def _without_prefix(word: str) -> str:
    shortest = 2  # الحل is "the solution", but only the first article may leave so little
    while True:
        if word.startswith(araby.WAW) and _without_suffix(word) in _OWN_WAW:
            return word
        article = _ARTICLE.match(word)
        if article and len(word) - article.end() >= shortest:
            word = word[article.end() :]
        elif word.startswith(araby.WAW) and len(word) >= 4:
            word = word[1:]
        else:
            return word
        shortest = 3


def _without_suffix(word: str) -> str:
    without_pronoun = _PRONOUN.sub("", word)
    if without_pronoun != word:
        # Before a pronoun the feminine ة is written ت: حكومته is حكومة + ه; after ا it is one only where ات cannot be: وفاته.
        word = _CONSTRUCT_TEH.sub("", without_pronoun)
    # ان stays: it belongs to the word in بيان, إيران, لبنان far more often than it makes a dual.
    return _YEH.sub("", _ENDING.sub("", word))


def _own_waw() -> frozenset[str]:
    lines = files("index.analysis").joinpath("own_waw.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(_without_suffix(fold(line)) for line in lines if line and not line.startswith("#"))


_OWN_WAW = _own_waw()
