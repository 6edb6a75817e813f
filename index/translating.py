"""The lexicon as far as a corpus has its words: what says the same in the other language, for questions to look up."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, chain, compress, islice, product
from math import ceil
from typing import NamedTuple

from index.analysis.inflection import plainer_terms
from index.analysis.terms import Readings
from index.array_writing import Data, keyed_sections
from index.lexicon.pairs import Pairs
from index.relating import stop_words
from index.segment import HEADWORD, HUNDREDTHS, stop_key

_MOST = 12  # translations of a word or phrase
_LEAST = 2  # hundredths
_MOST_WAYS = 4  # of a phrase
_OF_A_PHRASE = 0.25  # of what a phrase means, where all but one of its words are stop words

Way = tuple[int, ...]  # the numbers of the terms of a word or phrase, as it stands in the corpus
Found = defaultdict[str, dict[Way, int]]  # by what is looked up, what says the same, and how likely it is, in hundredths


class Corpus(NamedTuple):
    """What is to be known of a corpus: the numbers of its terms, and the term of a word by it and its readings.

    `hidden` are its terms that one which it has not is a part of: that of لإطلاق where إطلاق stands nowhere alone.
    """

    numbers: Mapping[str, int]
    term_of: Callable[[str, Readings], str]
    hidden: Mapping[str, Sequence[str]]


def translation_sections(lexicon: Pairs, own: Pairs, corpus: Corpus, terms: Sequence[str]) -> list[tuple[str, Data]]:
    """The sections of translations for a corpus, by the lexicon and the user's `own` words; `terms` are all of its index.

    Of the user's words, what is not at all likely is taken out of the lexicon.
    """
    found: Found = defaultdict(dict)
    headwords = {number: [HEADWORD + headword] for number, headword in lexicon.headwords.items()}
    _gather(found, lexicon, headwords, corpus)
    by_term: defaultdict[str, list[str]] = defaultdict(list)
    for number, keys in headwords.items():
        by_term[lexicon.terms[number]] += keys
    _gather(found, own, {number: by_term[term] for number, term in enumerate(own.terms)}, corpus)
    return _sections({key: _likeliest(ways, terms) for key, ways in found.items()}, len(terms))


def _gather(found: Found, pairs: Pairs, headwords: Mapping[int, Sequence[str]], corpus: Corpus) -> None:
    """Adds to `found` what pairs say of a corpus; `headwords` are the keys that words have besides their terms."""
    terms = list(pairs.terms)
    for number, readings in pairs.unsure.items():
        if not corpus.numbers.keys().isdisjoint(readings):
            terms[number] = corpus.term_of(pairs.words[number], readings)
    ways, keys = _ways(pairs, terms, corpus), _Keys(pairs, terms, headwords)
    for sources, targets in ((pairs.english, pairs.arabic), (pairs.arabic, pairs.english)):
        for place in compress(range(len(targets)), map(ways.__contains__, targets)):
            likely = ceil(pairs.hundredths[place] * keys.share(sources[place]))  # 0 is what is taken out, and nothing else
            for key in keys[sources[place]]:
                its = found[key]
                for way in ways[targets[place]]:
                    its[way] = max(likely, its.get(way, 0)) if likely else 0


class _Keys(dict[int, list[str]]):
    """What the words and phrases of pairs are looked up by: their terms, but those of stop words, and their headwords."""

    def __init__(self, pairs: Pairs, terms: Sequence[str], headwords: Mapping[int, Sequence[str]]) -> None:
        super().__init__()
        self._pairs, self._terms, self._headwords = pairs, terms, headwords
        self._passed_over = set(stop_words())

    def __missing__(self, number: int) -> list[str]:
        words = self._pairs.words
        parts = (number,) if number < len(words) else self._pairs.phrases[number - len(words)]
        key = " ".join(self._terms[part] for part in parts if stop_key(words[part]) not in self._passed_over)
        self[number] = [key, *self._headwords.get(number, ())] if key else []
        return self[number]

    def share(self, number: int) -> float:
        """How much of what a word or phrase means is meant by its keys: في المئة is percent, مئة alone is seldom."""
        lost = number >= len(self._pairs.words) and not any(" " in key for key in self[number])
        return _OF_A_PHRASE if lost else 1.0


def _ways(pairs: Pairs, terms: Sequence[str], corpus: Corpus) -> dict[int, Sequence[Way]]:
    """The ways in which the words and phrases of pairs stand in a corpus that has them; `terms` are those of the words."""
    numbers, theirs = corpus.numbers, set(terms)
    forms = defaultdict(list, {term: list(wholes) for term, wholes in corpus.hidden.items()})
    for term in numbers.keys() - theirs:
        plain = None if term.isascii() else next(filter(theirs.__contains__, plainer_terms(term)), None)
        if plain:
            forms[plain].append(term)
    met = numbers.keys() | forms.keys()
    # Of many thousands of words a small corpus has few: what follows tells them apart without looking at each.
    ways: dict[int, Sequence[Way]] = {}
    for place in compress(range(len(terms)), map(met.__contains__, terms)):
        own = [terms[place]] if terms[place] in numbers else []
        ways[place] = [(numbers[term],) for term in own + sorted(forms.get(terms[place], ()))]
    for place, phrase in enumerate(pairs.phrases, start=len(terms)):
        if ways.keys() >= set(phrase):
            joined = islice(product(*map(ways.__getitem__, phrase)), _MOST_WAYS)
            ways[place] = [tuple(chain.from_iterable(way)) for way in joined]
    return ways


def _likeliest(ways: Mapping[Way, int], terms: Sequence[str]) -> dict[Way, int]:
    """The likeliest of what says the same, behind them what surely does not; ties in the order of the alphabet."""
    in_order = sorted(ways.items(), key=lambda way: (-way[1], [terms[number] for number in way[0]]))
    likely = {way: hundredths for way, hundredths in in_order[:_MOST] if hundredths >= _LEAST}
    return likely | {way: 0 for way, hundredths in in_order if not hundredths}


def _sections(found: Mapping[str, Mapping[Way, int]], terms: int) -> list[tuple[str, Data]]:
    phrases: dict[Way, int] = {}

    def number(way: Way) -> int:
        return way[0] if len(way) == 1 else phrases.setdefault(way, terms + len(phrases))

    lists = {key: [number(way) * HUNDREDTHS + likely for way, likely in ways.items()] for key, ways in found.items()}
    ends = array("I", accumulate(map(len, phrases)))
    in_phrases = array("I", chain.from_iterable(phrases))
    return [("I", ends), ("I", in_phrases), *keyed_sections(lists, (terms + len(phrases)) * HUNDREDTHS)]
