"""How a corpus writes its words: what stands small in its sentences is no name, and what never does is one."""

from collections import Counter
from collections.abc import Sequence

from index.segment import CAPITAL, SMALL

_SURE = 2  # times more: once says little where both were met
_FIRST = 250  # words of an article: most have no more
_LEAST_CAPITALS = 0.01  # of all words: where there are fewer, everything is written small, and that says nothing


class Casing:
    """How often each word of unaccented Latin letters was met small, and how often with a capital."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def add(self, words: Sequence[str]) -> None:
        """Takes the words of an article's sentences, not of its headline, where every word may have its capital."""
        self._seen.update(filter(str.isascii, words[:_FIRST]))

    def marks(self) -> dict[str, int]:
        """`SMALL` for words, in small letters, that were met so more often than not, `CAPITAL` for those that never were."""
        small: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for word, times in self._seen.items():
            if word.islower():
                small[word] += times
            elif word[:1].isupper():
                capital[word.lower()] += times
        if capital.total() < _LEAST_CAPITALS * self._seen.total():
            return {}
        marks = {word: SMALL for word, times in small.items() if not capital[word] or times >= capital[word] + _SURE}
        return marks | {word: CAPITAL for word, times in capital.items() if times >= _SURE and not small[word]}
