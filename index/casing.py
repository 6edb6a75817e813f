"""How a corpus writes its words: what stands small in its sentences is no name, and what never does is one."""

from collections import Counter
from collections.abc import Sequence

from index.segment import CAPITAL, SMALL

_SURE = 2  # times: once says little
_MANY = 1_000_000  # words: of the articles after them the first hundred are enough
_FIRST = 100
_LEAST_CAPITALS = 0.01  # of all words: where there are fewer, everything is written small, and that says nothing


class Casing:
    """How often each word of unaccented Latin letters was met small, and how often with a capital."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._words = 0

    def add(self, words: Sequence[str]) -> None:
        """Takes the words of an article's sentences, not of its headline, where every word may have its capital."""
        if self._words > _MANY:
            words = words[:_FIRST]
        self._words += len(words)
        self._seen.update(filter(str.isascii, words))

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
        marks = {word: SMALL for word, times in small.items() if times >= capital[word] + _SURE}
        return marks | {word: CAPITAL for word, times in capital.items() if times >= _SURE and not small[word]}
