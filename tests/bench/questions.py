"""What is asked in the benchmark: wide questions of 40 words, and short ones as a person types them."""

import json
import random
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from index.analysis.readings import settle
from index.analysis.terms import Readings, readings_of

_SEED = 20251122
_WORD = re.compile(r"\w+")
_PLAIN = re.compile(r"(?:[A-Za-z]{4,}|[\u0621-\u064A]{4,})\Z")
_CLAUSES = (14, 13, 13)  # words of each clause of a wide question: one that was typed, its forms and its translations
_COMMON = (0.01, 0.03)  # a word of a short question is in at least and at most such a share of the articles
_TYPED = (0.002, 0.03)  # a word that was typed is in at least and at most such a share of the articles
# The others are in 0.14 % of the articles on average of a usual question, and in ten times as many of one in a hundred.
_OTHER = 0.0014
_OTHER_SPREAD = 1.0
# Ours looks up the term of a word, with the articles of all its forms: only words that are nearly alone in their term make
# contenders read the same articles.
_ALONE = 0.9


class _Words:
    """The plain words of a corpus without other forms, of each language by rising number of the articles that hold them."""

    def __init__(self, source: Path) -> None:
        self.articles = 0
        articles_of: Counter[str] = Counter()
        for words in _words(source):
            self.articles += 1
            articles_of.update(words)
        terms = _settled_terms(articles_of)
        articles_of_term: Counter[str] = Counter()
        for word, number in articles_of.items():
            articles_of_term[terms[word]] += number
        ranked = sorted(
            (number, word) for word, number in articles_of.items() if number >= _ALONE * articles_of_term[terms[word]]
        )
        self._ranked = [[pair for pair in ranked if pair[1].isascii() == english] for english in (True, False)]

    def draw(self, chance: random.Random, share: float, *, english: bool) -> str:
        """Some word that is in about such a share of the articles."""
        ranked = self._ranked[not english]
        wanted = max(1, round(share * self.articles))
        number = ranked[min(bisect_left(ranked, (wanted,)), len(ranked) - 1)][0]
        first, end = (side(ranked, number, key=lambda pair: pair[0]) for side in (bisect_left, bisect_right))
        return ranked[chance.randrange(first, end)][1]


def _settled_terms(articles_of: Mapping[str, int]) -> dict[str, str]:
    """The term of each word, as an index of them settles it."""
    readings = {word: readings_of(word) for word in articles_of}
    plain: Counter[str] = Counter()
    unsure: Counter[Readings] = Counter()
    for word, (term, shorter, _) in readings.items():
        if shorter:
            unsure[readings[word]] += articles_of[word]
        else:
            plain[term] += articles_of[word]
    settled = settle(plain, unsure)
    return {word: settled.get(read, read[0]) for word, read in readings.items()}


def seeds_questions() -> list[list[str]]:
    """What is asked of the two seeds."""
    return [["Patriot", "missiles"], ["الصواريخ", "أوكرانيا"]]


def typed_questions(source: Path) -> list[list[str]]:
    """What is asked of a corpus: two English words and three Arabic ones that are in it."""
    words, chance = _words_of(source), _chance()
    return [_short(words, chance, 2, english=True), _short(words, chance, 3, english=False)]


def warm_questions(source: Path, count: int = 100) -> list[list[list[str]]]:
    """`count` questions of three clauses of together 40 words of a corpus, every second word English, the others Arabic.

    Of 40,000 articles all words of a question together are met in about 3,000, those of one in a hundred in about 20,000.
    """
    words, chance = _words_of(source), _chance()
    return [_wide(words, chance) for _ in range(count)]


@cache
def _words_of(source: Path) -> _Words:
    return _Words(source)


def _short(words: _Words, chance: random.Random, length: int, *, english: bool) -> list[str]:
    asked: dict[str, None] = {}
    while len(asked) < length:
        asked[words.draw(chance, chance.uniform(*_COMMON), english=english)] = None
    return list(asked)


def _wide(words: _Words, chance: random.Random) -> list[list[str]]:
    other = _OTHER * chance.lognormvariate(0, _OTHER_SPREAD)
    asked: dict[str, None] = {}
    while len(asked) < sum(_CLAUSES):
        typed = len(asked) in (0, _CLAUSES[0], _CLAUSES[0] + _CLAUSES[1])
        share = _typed(chance) if typed else min(_TYPED[1], other * chance.expovariate(1))
        asked[words.draw(chance, share, english=len(asked) % 2 == 1)] = None
    flat = iter(asked)
    return [[next(flat) for _ in range(length)] for length in _CLAUSES]


def _typed(chance: random.Random) -> float:
    low, high = _TYPED
    return float(low * (high / low) ** chance.random())


def _chance() -> random.Random:
    return random.Random(_SEED)  # noqa: S311 - nothing here is a secret


def _words(source: Path) -> Iterator[set[str]]:
    """The plain words of each article, in lower case."""
    with source.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            words = set(_WORD.findall(f"{record['title']} {record['text']}".lower()))
            yield {word for word in words if _PLAIN.match(word)}
