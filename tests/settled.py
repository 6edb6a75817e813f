"""What the words of a corpus stand for, worked out from its texts: each reading counted, and the rule as it is told."""

from collections import Counter
from collections.abc import Iterable, Sequence

from index.analysis.terms import MAX_WORD, Readings, readings_of
from index.analysis.words import find_words, words_of
from index.segment import vocabulary_key


class Settled:
    """The terms of a corpus; `articles` are the texts of each of them, its title and its body."""

    def __init__(self, articles: Iterable[Sequence[str]]) -> None:
        in_each = [{word for text in texts for word in words_of(text)} for texts in articles]
        self.words = {
            vocabulary_key(word) for words in in_each for word in words if len(word) <= MAX_WORD and readings_of(word)[0]
        }
        seen = Counter(readings for words in in_each for readings in set(map(readings_of, words)))
        first: Counter[str] = Counter()  # articles by the first reading of a word that has two
        for (term, shorter), articles_of_both in seen.items():
            first[term] += articles_of_both if shorter else 0
        self._terms: dict[Readings, str] = {}
        for readings, both in seen.items():
            term, shorter = readings
            whole, rest = seen[term, ""], seen[shorter, ""] + first[shorter]
            comes_off = shorter and rest and rest >= both and whole * 20 <= both + whole
            self._terms[readings] = shorter if comes_off else term
        self._articles = Counter(term for words in in_each for term in set(map(self.term_in_text, words)))

    def term_in_text(self, word: str) -> str:
        """The term of a word of the articles."""
        return self._terms[readings_of(word)]

    def term_of(self, word: str) -> str:
        """The term of any word, as a question asks for it."""
        if len(word) <= MAX_WORD and vocabulary_key(word) in self.words:
            return self.term_in_text(word)
        term, shorter = readings_of(word)
        return shorter if shorter and self._articles[shorter] and not self._articles[term] else term

    def analyze(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, term) of each word of one of the texts that has a term."""
        terms = [(start, end, self.term_in_text(text[start:end])) for start, end in find_words(text)]
        return [(start, end, term) for start, end, term in terms if term]
