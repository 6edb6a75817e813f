"""How the terms of a corpus relate to each other, worked out when all of them are known, for questions to look up."""

from array import array
from collections import defaultdict
from collections.abc import Mapping
from itertools import accumulate, chain

from index.analysis.arabic import has_own_beginning
from index.analysis.listed import listed
from index.analysis.readings import term_among
from index.analysis.terms import readings_of
from index.array_writing import Data, keyed_sections, string_sections
from index.grams import grams_of

_PLURALS = "broken_plurals.txt"
_STOP_WORDS = ("english_stop_words.txt", "arabic_stop_words.txt")
_CONJUNCTIONS = ("ف", "و")


def related_sections(articles: Mapping[str, int]) -> list[tuple[str, Data]]:
    """The sections of the file `related`; `articles` are the terms, in the order of their numbers, and how many have each."""
    numbers = {term: number for number, term in enumerate(articles)}
    return [
        *_plural_sections(articles, numbers),
        *string_sections([word.encode() for word in stop_words()]),
        *_gram_sections(articles, numbers),
    ]


def _plural_sections(articles: Mapping[str, int], numbers: Mapping[str, int]) -> list[tuple[str, Data]]:
    """The other forms of each term, be it in the corpus or not, that are."""
    families: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for singular, plural in map(str.split, listed(_PLURALS)):
        one, other = (term_among(readings_of(word), lambda term: articles.get(term, 0)) for word in (singular, plural))
        families[one][one] = families[one][other] = None
    forms: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for family in families.values():
        for term in family:
            forms[term].update((other, None) for other in family if other != term and articles.get(other))
    known = [term for term in forms if forms[term]]
    ends = array("I", accumulate(len(forms[term]) for term in known))
    lists = array("I", (numbers[other] for term in known for other in forms[term]))
    return [*string_sections([term.encode() for term in known]), ("I", ends), ("I", lists)]


def stop_words() -> list[str]:
    """The words that say nothing about an article, as they are listed, those of Arabic also behind a conjunction."""
    words = dict.fromkeys(chain.from_iterable(map(listed, _STOP_WORDS)))
    for conjunction in _CONJUNCTIONS:
        # ولي and فقد are words of their own.
        joined = (conjunction + word for word in list(words) if not word.isascii())
        words.update((word, None) for word in joined if not has_own_beginning(word))
    return list(words)


def _gram_sections(articles: Mapping[str, int], numbers: Mapping[str, int]) -> list[tuple[str, Data]]:
    """For each gram the terms that have it."""
    lists: defaultdict[str, list[int]] = defaultdict(list)
    for term, count in articles.items():
        if count:
            for gram in grams_of(term):
                lists[gram].append(numbers[term])
    return keyed_sections(lists, len(numbers))
