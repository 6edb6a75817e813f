"""The words of a corpus and the numbers of their terms: for the time being while articles come in, then for good."""

from collections.abc import Callable, Container, Mapping, Sequence

from index.analysis.readings import settle
from index.analysis.terms import MAX_WORD, Readings, readings_of
from index.segment import SETTLED, vocabulary_key

NO_TERM = 0xFFFF_FFFF  # the number of a word of which nothing is left


class Numbering(dict[str, int]):
    """word -> the number of its term for the time being, worked out once a word: words repeat, and stemming is the slow part.

    Words that have several readings share a number by their readings, until `settle` knows which of the two it is. `known` are
    words and their terms, as the same analysis gave them before; none of them may have several readings.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        super().__init__()
        self.any_empty = False
        self._known = known
        self._numbers: dict[str | Readings, int] = {}

    def __missing__(self, word: str) -> int:
        """The number for the time being of a word that is met for the first time, `NO_TERM` where nothing is left of it."""
        key = vocabulary_key(word)
        if key != word:
            number = self[key]
        else:
            known = self._known.get(word)
            readings = (known, "", "") if known else readings_of(word)
            term, shorter, _ = readings
            number = self.number(readings if shorter else term) if term else NO_TERM
            self.any_empty |= not term
        if len(word) <= MAX_WORD:  # what is longer is noise, and memory is not for it
            self[word] = number
        return number

    def number(self, term: str | Readings) -> int:
        """The number of a term, or of what has two readings."""
        return self._numbers.setdefault(term, len(self._numbers))

    def settle(self, articles: Callable[[int], int]) -> tuple[list[str], list[int]]:
        """The terms by their numbers for good, and for each number for the time being the one for good.

        `articles` says in how many of them what has a number for the time being is.
        """
        counts = {key: articles(number) for key, number in self._numbers.items()}
        unsure = {key: count for key, count in counts.items() if isinstance(key, tuple)}
        settled = settle({key: count for key, count in counts.items() if isinstance(key, str)}, unsure)
        numbers: dict[str, int] = {}
        last = [numbers.setdefault(settled[key] if isinstance(key, tuple) else key, len(numbers)) for key in self._numbers]
        return list(numbers), last

    def vocabulary(self, last: Sequence[int], casing: Mapping[str, int]) -> dict[str, int]:
        """The words that a question may be asked with, each by its `vocabulary_key`, and the numbers of their terms for good.

        `last` has these, for each number for the time being; `SETTLED` is set in those that `settle` had to choose, and what
        `casing` has of a word.
        """
        chosen = [SETTLED * isinstance(key, tuple) | number for key, number in zip(self._numbers, last, strict=True)]
        return {
            word: chosen[number] | casing.get(word, 0)
            for word, number in self.items()
            if number != NO_TERM and vocabulary_key(word) == word
        }

    def hidden(self, known: Container[str], terms: Sequence[str], last: Sequence[int]) -> dict[str, list[str]]:
        """The shorter readings that are not among the `known` terms, and the terms of the words that have them."""
        found: dict[str, list[str]] = {}
        for key, number in zip(self._numbers, last, strict=True):
            for shorter in key[1:] if isinstance(key, tuple) else ():
                if shorter and shorter not in known:
                    found.setdefault(shorter, []).append(terms[number])
        return found
