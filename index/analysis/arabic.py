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
_COMPARED = 3  # first letters, before a whole word is looked up


def readings(word: str) -> tuple[str, str]:
    """The term of an Arabic word as found by `find_words`, and the one that it has if a letter more comes off, else "".

    The term is folded, without conjunction, article, pronoun and ending. No rule tells the preposition in لكييف "to Kyiv" from
    the first letter of لبنان "Lebanon", the ending of أعلنت "she announced" from that of بيروت "Beirut", nor tanwin in شخصا
    from the name درعا: the words of a corpus do.
    """
    word, own = _without_prefix(fold_all_but_alefs(word))
    whole = without_ending(word)
    shortest = 0 if own else _SHORTEST.get(word[:1], 0)
    if shortest:
        return whole, without_ending(word[1:]) if len(word) > shortest else ""
    rest = without_unsure_ending(word)
    return whole, without_ending(rest) if rest != word else ""


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
        conjunction = word.startswith(araby.WAW) and (len(word) >= 4 or word[1:] in _PARTICLES)
        if conjunction and word[1] in "أإآ":
            word = word[1:]
            continue
        if _is_own(word):
            return fold_alefs(word), True
        if conjunction and _is_own(word[1:]):
            return fold_alefs(word[1:]), True
        article = _ARTICLE.match(word)
        rest = word[article.end() :] if article else ""
        if article and article[0].endswith("لل") and _is_own(araby.LAM + rest):
            return fold_alefs(araby.LAM + rest), True  # للجنة is ل and اللجنة
        if len(rest) > shortest or (len(rest) == shortest and not rest.endswith(araby.TEH_MARBUTA)):
            word, shortest, own = rest, 3, True
        elif conjunction:
            word = word[1:]
        else:
            return fold_alefs(word), own


def _is_own(word: str) -> bool:
    """Whether the first letters of `word` are its own: whether it is a form of a listed word."""
    word = fold_alefs(word)
    return word[:_COMPARED] in _OWN_BEGINNINGS and (
        word in _OWN or without_ending(word) in _OWN or without_ending(without_unsure_ending(word)) in _OWN
    )


_OWN = frozenset(
    form
    for name in ("own_article.txt", "own_preposition.txt", "own_waw.txt")
    for word in map(fold, listed(name))
    for form in (word, without_ending(word))
)
_OWN_BEGINNINGS = frozenset(word[:_COMPARED] for word in _OWN)
