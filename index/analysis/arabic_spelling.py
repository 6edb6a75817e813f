"""The one spelling that stands for all spellings of an Arabic word."""

import re
import unicodedata

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
_SPELLED_OTHERWISE = re.compile("[^اأإآبتثجحخدذرزسشصضطظعغفقكلمنهويةء]")  # most words hold no such letter
_TANWIN = (araby.ALEF + araby.FATHATAN, araby.FATHATAN + araby.ALEF, araby.FATHATAN + araby.SHADDA + araby.ALEF)
_HAMZA_APART = araby.ALEF_MAKSURA + araby.HAMZA  # ئ as some write it at the end of a word: طارىء; but شيء keeps its letters


def fold(word: str) -> str:
    """`word` without what writers leave out or spell at will: vowel marks, tatweel, hamza seats, forms of alef and yeh."""
    return fold_alefs(fold_all_but_alefs(word))


def fold_alefs(word: str) -> str:
    """`word` with every alef bare."""
    return word.translate(_ALEFS) if "أ" in word or "إ" in word or "آ" in word else word


def fold_all_but_alefs(word: str) -> str:
    """`word` folded, but for what stands on or below its alefs, which tells an article from the first letters of a word."""
    if not _SPELLED_OTHERWISE.search(word):
        return word
    if not unicodedata.is_normalized("NFKC", word):
        word = unicodedata.normalize("NFKC", word)
    if araby.FATHATAN in word:
        for ending in _TANWIN:
            word = word.removesuffix(ending)
    return word.replace(_HAMZA_APART, araby.HAMZA).translate(_FOLD)
