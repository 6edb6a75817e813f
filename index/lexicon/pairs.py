"""The lexicon as pairs of what means the same, analysed."""

import marshal
import os
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.util import cache_from_source
from itertools import accumulate, chain, pairwise
from typing import Any, NamedTuple

from index.analysis.terms import Readings, readings_of
from index.analysis.words import words_of
from index.lexicon.entries import Entry, read_lexicon

_PRESENT, _FEMININE = "ي", "ت"  # what the third person of a verb begins with in the present
_SHORTEST_VERB = 4
# How likely a rendering is meant, beside the one before it, and a sense beside the one before it.
_NEXT_RENDERING, _NEXT_SENSE = 0.75, 0.7


class Pairs(NamedTuple):
    """What means the same: English and Arabic words and phrases in pairs, and how likely the one is meant by the other.

    A word is numbered by its place in `words`, a phrase by the number of words and its place in `phrases`, which are tuples
    of words. `terms` are those of the words; where a corpus decides, `unsure` has all readings. `headwords` are the English
    words whose term is that of others too. The arrays have the numbers of each pair and its likelihood in hundredths.
    """

    words: list[str]
    terms: list[str]
    unsure: dict[int, Readings]
    headwords: dict[int, str]
    phrases: list[tuple[int, ...]]
    english: "array[int]"
    arabic: "array[int]"
    hundredths: "array[int]"


NO_PAIRS = Pairs([], [], {}, {}, [], array("I"), array("I"), array("B"))


@lru_cache(maxsize=1)
def lexicon_pairs(version: str) -> Pairs:
    """The pairs of the whole lexicon; `version` is that of its files and of all that analyses them.

    Analysing takes longer than many a build, so the result is kept where Python keeps compiled code, if that can be written.
    """
    kept = os.path.join(os.path.dirname(cache_from_source(__file__)), f"pairs.{sys.implementation.cache_tag}")
    try:
        with open(kept, "rb") as file:
            its_version, *parts = marshal.load(file)  # noqa: S302 - trusted as far as the code beside it is
        if its_version == version:
            return _unpacked(*parts)
    except (OSError, ValueError, EOFError, TypeError):
        pass  # none there yet, or half of one
    made = pairs_of((entry, 1.0) for entry in read_lexicon())
    if not sys.dont_write_bytecode:
        _keep(kept, marshal.dumps((version, *_packed(made))))
    return made


def _packed(pairs: Pairs) -> tuple[Any, ...]:
    """Pairs as few values, which take a tenth of the time to read."""
    *texts, unsure, headwords, phrases, english, arabic, hundredths = pairs
    ends = array("I", accumulate(map(len, phrases)))
    arrays = (ends, array("I", chain.from_iterable(phrases)), english, arabic, hundredths)
    return *map("\n".join, texts), unsure, headwords, *(data.tobytes() for data in arrays)


def _unpacked(words: str, terms: str, unsure: dict[int, Readings], headwords: dict[int, str], *arrays: Any) -> Pairs:
    ends, in_phrases, english, arabic = (array("I", data) for data in arrays[:-1])
    phrases = [tuple(in_phrases[start:end]) for start, end in pairwise(chain((0,), ends))]
    return Pairs(_lines(words), _lines(terms), unsure, headwords, phrases, english, arabic, array("B", arrays[-1]))


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def pairs_of(entries: Iterable[tuple[Entry, float]]) -> Pairs:
    """The pairs that entries state, each once, at its likeliest; beside an entry stands how likely it is in all."""
    words: dict[str, int] = {}
    phrases: dict[tuple[int, ...], int] = {}
    likely: dict[tuple[str, str], float] = {}
    for entry, in_all in entries:
        for sense, renderings in enumerate(entry.senses):
            for rank, rendering in enumerate(renderings):
                for form in _forms(rendering):
                    pair = entry.headword, form
                    likely[pair] = max(in_all * _NEXT_SENSE**sense * _NEXT_RENDERING**rank, likely.get(pair, 0.0))
    texts = {text: [words.setdefault(word, len(words)) for word in words_of(text)] for pair in likely for text in pair}
    numbers = {
        text: its[0] if len(its) == 1 else len(words) + phrases.setdefault(tuple(its), len(phrases))
        for text, its in texts.items()
    }
    readings = list(map(readings_of, words))
    return Pairs(
        list(words),
        [term for term, _, _ in readings],
        {number: its for number, its in enumerate(readings) if its[1]},
        _headwords(
            [word for english, _ in likely for word in texts[english] if len(texts[english]) == 1], list(words), readings
        ),
        list(phrases),
        array("I", [numbers[english] for english, _ in likely]),
        array("I", [numbers[arabic] for _, arabic in likely]),
        array("B", [max(1, round(100 * weight)) if weight else 0 for weight in likely.values()]),
    )


def _headwords(english: Iterable[int], words: Sequence[str], readings: Sequence[Readings]) -> dict[int, str]:
    """Those of the English headwords whose term is that of others too, in lower case: general, generally."""
    by_term: defaultdict[str, set[int]] = defaultdict(set)
    for number in english:
        by_term[readings[number][0]].add(number)
    several = (numbers for numbers in by_term.values() if len({words[number].lower() for number in numbers}) > 1)
    return {number: words[number].lower() for numbers in several for number in numbers}


def _forms(rendering: tuple[str, ...]) -> Iterable[str]:
    """The forms of a rendering, those of the present also in the feminine."""
    for number, form in enumerate(rendering):
        yield form
        if number and form.startswith(_PRESENT) and len(form) >= _SHORTEST_VERB:
            yield _FEMININE + form[1:]


def _keep(path: str, data: bytes) -> None:
    aside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(aside, "wb") as file:
            file.write(data)
        os.replace(aside, path)
    except OSError:  # a program that is installed for all is not written to by each
        with suppress(OSError):
            os.unlink(aside)
