"""Which term an English word stands for; words of every other script but Arabic are folded here and go no further."""

import re
import unicodedata

from snowballstemmer.english_stemmer import EnglishStemmer

from index.analysis.words import FORMAT

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\uff07", "'"))
_POSSESSIVE = re.compile("'s?$")
_ACCENTS_AND_CONTROLS = re.compile(f"[\u0300-\u036f{FORMAT}]+")
_STEMMER = EnglishStemmer()


def fold(word: str) -> str:
    """`word` without what does not tell words apart: case, accents, ligatures, width, the script of its digits."""
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFKC", word).translate(_APOSTROPHES).casefold()
    word = _ACCENTS_AND_CONTROLS.sub("", unicodedata.normalize("NFD", word))
    word = unicodedata.normalize("NFC", word)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in word)


def term(word: str) -> str:
    """The term of a word as found by `find_words`: folded, without its possessive, stemmed by Snowball `english`.

    A word with letters outside a-z is only folded. The algorithm: https://snowballstem.org/algorithms/english/stemmer.html
    """
    folded = _POSSESSIVE.sub("", fold(word))
    return str(_STEMMER.stemWord(folded)) if folded.isascii() else folded
