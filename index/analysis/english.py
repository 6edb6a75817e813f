"""Which term an English word stands for; words of every other script but Arabic are folded here and go no further."""

import re

from snowballstemmer.english_stemmer import EnglishStemmer

from index.analysis.english_spelling import fold
from index.analysis.listed import listed
from index.analysis.words import HYPHENS

_POSSESSIVE = re.compile("'s?$")
_WRITTEN_APART = re.compile(
    f"[{HYPHENS},\u066c]|(?<![0-9])\\.|'(?!(?:ll|re|ve|d|m|t)$)"
)  # F-16, 8,000, U.S.; Sana'a, but we'll
_PLURAL_OF_NUMBERED = re.compile("(?<=[0-9])s$")  # F-16s, but not 1990s
_STEMMER = EnglishStemmer()


def term(word: str) -> str:
    """The term of a word as found by `find_words`: folded, without its possessive and marks within, stemmed by Snowball.

    A word with letters outside a-z is only folded. The algorithm is `english` of
    https://snowballstem.org/algorithms/english/stemmer.html, but for the words on two lists; British spellings have the
    term of the American ones.
    """
    folded = _POSSESSIVE.sub("", fold(word))
    if not folded.isalpha():
        folded = _WRITTEN_APART.sub("", folded)
        if folded[:1].isalpha():
            folded = _PLURAL_OF_NUMBERED.sub("", folded)
    american = _AMERICAN.get(folded, folded)
    known = _EXCEPTIONS.get(folded) or _EXCEPTIONS.get(american)
    if known:
        return known
    return str(_STEMMER.stemWord(american)) if american.isascii() else american


def _forms(word: str) -> list[str]:
    """A word and what its regular endings make of it."""
    stem = word.removesuffix("e")
    return [word, f"{word}s", f"{stem}ed", f"{stem}ing", f"{stem}er", f"{stem}ers"]


_AMERICAN = {
    british: american
    for words in map(str.split, listed("british_spellings.txt"))
    for british, american in zip(*map(_forms, words), strict=True)
}
_EXCEPTIONS = {form: forms[0] for forms in map(str.split, listed("english_exceptions.txt")) for form in forms}
_EXCEPTIONS.update((form, term(word)) for word, *forms in map(str.split, listed("english_irregular.txt")) for form in forms)
