"""What the words of a corpus stand for, by a plain count of its texts; `settle` decides, and nothing is renumbered."""

from collections import Counter
from collections.abc import Iterable, Sequence

from index.analysis.readings import settle, term_among
from index.analysis.terms import MAX_WORD, bare, readings_of
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
        sure = {term: articles_of_it for (term, shorter, _), articles_of_it in seen.items() if not shorter}
        unsure = {readings: articles_of_it for readings, articles_of_it in seen.items() if readings[1]}
        self._settled = settle(sure, unsure)
        self._articles = Counter(term for words in in_each for term in set(map(self.term_in_text, words)))

    def term_in_text(self, word: str) -> str:
        """The term of a word of the articles."""
        readings = readings_of(word)
        return self._settled.get(readings, readings[0])

    def term_of(self, word: str) -> str:
        """The term of any word, as a question asks for it."""
        if len(word) <= MAX_WORD and vocabulary_key(word) in self.words:
            return self.term_in_text(word)
        plainly = bare(word)
        if vocabulary_key(plainly) in self.words:
            return self.term_in_text(plainly)
        return term_among(readings_of(word), self._articles.__getitem__)

    def analyze(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, term) of each word of one of the texts that has a term."""
        terms = [(start, end, self.term_in_text(text[start:end])) for start, end in find_words(text)]
        return [(start, end, term) for start, end, term in terms if term]
