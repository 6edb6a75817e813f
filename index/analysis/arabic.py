"""Which term an Arabic word stands for: folded spelling, light stem.

The order is important: spelling is folded first, then prefixes come off, then endings, because a prefix takes letters from
the length that an ending must leave. light10 (Larkey, Ballesteros & Connell 2007; Lucene's ArabicStemmer) is the ancestor;
where the rules differ, the words for whose sake they do stand beside them.
"""

import re

from pyarabic import araby

from index.analysis.arabic_endings import without_ending, without_unsure_ending
from index.analysis.arabic_spelling import fold, fold_alefs, fold_all_but_alefs
from index.analysis.listed import listed

_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)")
# Short words that "and" stands before all day; of other words of three letters the و is their own as often as not.
_PARTICLES = frozenset(("في", "هو", "هي", "عن", "ان", "من", "ما", "لا", "قد", "لم", "لن", "كل", "ثم", "لو"))
_SHORTEST = {araby.BEH: 3, araby.LAM: 3, araby.FEH: 4, araby.KAF: 4}  # letters behind a preposition
_COMPARED = 3  # first letters, behind ال one more, before a whole word is looked up
_LONG = 5  # letters of what an ending leaves of a listed word
_AL = "ال"


def readings(word: str) -> tuple[str, str, str]:
    """The term of an Arabic word as found by `find_words`, and those that it has if a letter more comes off, and yet another.

    The term is folded, without conjunction, article, pronoun and ending. No rule tells the preposition in لكييف "to Kyiv" from
    the first letter of لبنان "Lebanon", the ending of أعلنت "she announced" from that of بيروت "Beirut", nor tanwin in شخصا
    from the name درعا: the words of a corpus do. In فأعلنت both may come off. A reading that a word has not is empty.
    """
    word, own = _without_prefix(fold_all_but_alefs(word))
    shortest = 0 if own else _SHORTEST.get(word[:1], 0)
    if not shortest:
        return *_endings(word), ""
    return without_ending(word), *(_endings(word[1:]) if len(word) > shortest else ("", ""))


def _endings(word: str) -> tuple[str, str]:
    rest = without_unsure_ending(word)
    return without_ending(word), without_ending(rest) if rest != word else ""


def bare(word: str) -> str:
    """An Arabic word as found by `find_words`, folded, without conjunctions and articles."""
    return _without_prefix(fold_all_but_alefs(word))[0]


def _without_prefix(word: str) -> tuple[str, bool]:
    """`word` without conjunctions and articles, its alefs bare, and whether its first letters are known to be its own.

    They are where an article stood before them. Until then alefs are as written: what a hamza or a madda stands on is no
    article's.
    """
    shortest, own = 2, False  # الحل is "the solution", but only the first article may leave so little
    while True:
        conjunction = word.startswith(araby.WAW) and (len(word) >= 4 or fold_alefs(word[1:]) in _PARTICLES)
        if conjunction and word[1] in "أإآ":
            word = word[1:]
            continue
        if _is_own(word):
            return fold_alefs(word), True
        if conjunction and _is_own(word[1:]):
            return fold_alefs(word[1:]), True
        article = _ARTICLE.match(word) if araby.LAM in word[:4] else None
        rest = word[article.end() :] if article else ""
        if article and article[0].endswith("لل"):
            with_lam = fold_alefs(araby.LAM + rest)
            if _is_listed(with_lam, without_ending(with_lam)):
                return with_lam, True  # للجنة is ل and اللجنة
        if len(rest) > shortest or (len(rest) == shortest and not rest.endswith(araby.TEH_MARBUTA)):
            word, shortest, own = rest, 3, True
        elif conjunction:
            word = word[1:]
        else:
            return fold_alefs(word), own


def has_own_beginning(word: str) -> bool:
    """Whether the first letters of an Arabic word are known to be its own: وزير, بطاقة."""
    return _is_own(fold_all_but_alefs(word))


def _is_own(word: str) -> bool:
    word = fold_alefs(word)
    if word[: _COMPARED + (word[:2] == _AL)] not in _BEGINNINGS:
        return False
    stem = without_ending(word)
    return word in _OWN or stem in _OWN or _is_listed(word, stem) or without_ending(without_unsure_ending(word)) in _OWN


def _is_listed(word: str, stem: str) -> bool:
    """Whether a word stands on a list as it is, or is a long one with an ending, without which it is `stem`.

    What is left of short ones is too often something else: الحكم is not ألح with a pronoun, nor للحياة a form of لحي.
    """
    return word in _LISTED or (len(stem) >= _LONG and stem in _LISTED)


def _folded(*names: str) -> set[str]:
    return {fold(word) for name in names for word in listed(name)}


_LISTED = _folded("own_article.txt", "own_preposition.txt")
_LISTED |= {stem for word in _LISTED if len(stem := without_ending(word)) >= _LONG}
_OWN = {form for word in _folded("own_preposition.txt", "own_waw.txt") for form in (word, without_ending(word))}
_OWN -= {araby.WAW + particle for particle in _PARTICLES}
_BEGINNINGS = {word[: _COMPARED + (word[:2] == _AL)] for word in _OWN | _LISTED}
