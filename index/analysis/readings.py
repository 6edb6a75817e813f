"""Which of its readings a word has: decided once for each corpus, from how often its words stand in it."""

from collections import Counter
from collections.abc import Callable, Mapping

from index.analysis.terms import Readings

_CHANCE = 1  # article, by which the one reading may be seen more often than the other in a small corpus
_SEEN_WHOLE = 0.05  # of a word's articles: those in which it has but one reading, such as behind the article


def settle(plain: Mapping[str, int], unsure: Mapping[Readings, int]) -> dict[Readings, str]:
    """The term of each word that has several readings.

    `plain` says how many articles have each term by words with but one reading; `unsure`, how many have each of the others.
    """
    whole: Counter[str] = Counter()
    for (term, _, _), articles in unsure.items():
        whole[term] += articles

    def choose(term: str, shorter: str, articles: int) -> str:
        seen = plain.get(shorter, 0) + whole[shorter]
        return shorter if shorter and is_shorter(articles, plain.get(term, 0), seen) else term

    settled = {}
    for (term, shorter, shortest), articles in unsure.items():
        chosen = choose(term, shorter, articles)
        if chosen == shorter:
            # What is left has readings of its own: as the word that it is, or else as this one.
            chosen = choose(shorter, shortest, unsure.get((shorter, shortest, ""), articles))
        settled[term, shorter, shortest] = chosen
    return settled


def is_shorter(articles: int, surely_whole: int, shorter: int) -> bool:
    """Whether a word of so many articles has its shorter reading, which so many others have.

    `surely_whole` are the articles in which the longer reading is the only one.
    """
    return shorter > 0 and shorter >= articles - _CHANCE and surely_whole <= _SEEN_WHOLE * (articles + surely_whole)


def term_among(readings: Readings, articles: Callable[[str], int]) -> str:
    """The term of a word that the corpus has not, by in how many `articles` of the corpus each term is.

    It is the longest reading that some article has, or the first one where none has any.
    """
    return next((reading for reading in readings if reading and articles(reading)), readings[0])
