"""The analysis of Arabic news, word by word, beside the naive use of the libraries; and what it costs an index."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import naive
from corpora import Corpus
from measure import alternating, cpu_here, p50
from report import Figure

import index.inverting
import index.numbering
from index.analysis.terms import Readings, readings_of
from index.analysis.words import split_words
from index.array_writing import Data
from index.build import build
from index.generation import open_generation
from index.numbering import Numbering
from index.relating import related_sections

_BYTES = 1_000_000  # of Arabic text
_ROUNDS = 5
_COLD, _WARM = 25, 60  # times as fast as the naive form


def measure(texts: Sequence[str]) -> list[Figure]:
    """How quickly a megabyte of `texts` becomes numbers of terms: words new, and words met before."""
    text = _megabyte(texts)
    known = Numbering({})
    _number(known, text)
    ways: dict[str, Callable[[], object]] = {
        "naive": lambda: [naive.term_of(word) for part in text for word in naive.WORD.findall(part)],
        "cold": lambda: _number(Numbering({}), text),
        "warm": lambda: _number(known, text),
    }
    works = {name: lambda way=way: cpu_here(way) for name, way in ways.items()}
    seconds = {name: p50(readings) for name, readings in alternating(works, _ROUNDS).items()}
    words = sum(len(split_words(part)) // 2 for part in text)
    print(f"\nanalysis of {sum(len(part.encode()) for part in text):,} bytes of Arabic: words a second of CPU time")
    for name, value in seconds.items():
        print(f"  {name:16}{words / value:12,.0f}", flush=True)
    return [
        Figure("analysis / naive, Arabic, words new", seconds["naive"] / seconds["cold"], _COLD, at_least=True),
        Figure("analysis / naive, Arabic, words met before", seconds["naive"] / seconds["warm"], _WARM, at_least=True),
    ]


def cost(corpus: Corpus, rounds: int) -> None:
    """Tells how long a build takes and how large an index is, beside one of stems: one reading a word, and no relations."""
    with tempfile.TemporaryDirectory() as folder:
        sizes: dict[str, int] = {}

        def built(name: str) -> float:
            target = Path(folder) / f"{name}-{len(list(Path(folder).iterdir()))}"  # a new one, where no word is known
            seconds = cpu_here(lambda: build([str(corpus.source())], str(target)))
            generation = Path(open_generation(str(target)).path)
            sizes[name] = sum(path.stat().st_size for path in generation.iterdir())
            return seconds

        def stems() -> float:
            with _stems_only():
                return built("stems")

        readings = alternating({"ours": lambda: built("ours"), "stems": stems}, rounds)
    seconds = {name: p50(values) for name, values in readings.items()}
    print(f"\nours beside an index of stems alone, {corpus.name}")
    print(f"  time of a build {seconds['ours'] / seconds['stems']:.3f}, bytes {sizes['ours'] / sizes['stems']:.3f}", flush=True)


@contextmanager
def _stems_only() -> Iterator[None]:
    def one_reading(word: str) -> Readings:
        return readings_of(word)[0], "", ""

    def no_relations(_: object) -> list[tuple[str, Data]]:
        return related_sections({})

    with (
        mock.patch.object(index.numbering, "readings_of", one_reading),
        mock.patch.object(index.inverting, "related_sections", no_relations),
    ):
        yield


def _megabyte(texts: Sequence[str]) -> list[str]:
    taken, size = [], 0
    for text in texts:
        taken.append(text)
        size += len(text.encode())
        if size >= _BYTES:
            break
    return taken


def _number(numbering: Numbering, text: Sequence[str]) -> None:
    for part in text:
        list(map(numbering.__getitem__, split_words(part)[1::2]))
