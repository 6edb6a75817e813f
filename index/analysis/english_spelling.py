"""The one spelling that stands for all spellings of a word that is not Arabic."""

import re
import unicodedata

from index.analysis.words import FORMAT

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\uff07", "'"))
_ACCENTS_AND_CONTROLS = re.compile(f"[\u0300-\u036f{FORMAT}]+")
# Letters that Unicode does not take apart, as English newsrooms write them.
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"})
_DECIMAL_POINT = "\u066b"


def fold(word: str) -> str:
    """`word` without what does not tell words apart: case, accents, ligatures, width, the script of its digits."""
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFKC", word).translate(_APOSTROPHES).casefold()
    word = _ACCENTS_AND_CONTROLS.sub("", unicodedata.normalize("NFD", word))
    word = unicodedata.normalize("NFC", word).translate(_LETTERS).replace(_DECIMAL_POINT, ".")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in word)
