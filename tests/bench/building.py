"""Building an index: articles a second of processor time, memory, and bytes."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from contenders import FTS5, NAIVE, OURS, build, rebuild
from corpora import BOTH, Corpus
from measure import alternating, p50
from report import Figure

from index.generation import open_generation

_PARTS = {"ar": "Arabic", "en": "English", BOTH: "both languages"}
_TO_FTS5 = {"ar": 0.4, "en": 0.25}
_TO_NAIVE = {"ar": 5, "en": 5}
_BYTES = 1.8  # of a byte of text
_MEMORY = 400  # MB
Build = Callable[[], tuple[float, int]]  # -> seconds of processor time, bytes of memory


def to_naive(corpus: Corpus, rounds: int) -> list[Figure]:
    """How quickly ours is built for the first time, beside the naive form."""

    def builds(part: str) -> dict[str, Build]:
        return {name: partial(build, name, corpus.source(part), corpus.folder(name, part)) for name in (OURS, NAIVE)}

    rates = {part: _rates(corpus, part, "words new", builds(part), rounds) for part in _PARTS}
    return [
        Figure(f"building / naive, {_PARTS[part]}, words new", rates[part][OURS] / rates[part][NAIVE], target, at_least=True)
        for part, target in _TO_NAIVE.items()
    ]


def to_fts5(corpus: Corpus, contenders: Iterable[str], rounds: int) -> list[Figure]:
    """How quickly ours is built again, when its words are known, beside FTS5 and other contenders."""

    def builds(part: str) -> dict[str, Build]:
        source, folder = corpus.source(part), corpus.folder(OURS, part)
        build(OURS, source, folder)
        peers = [name for name in contenders if name not in (OURS, NAIVE)]
        return {
            OURS: partial(rebuild, source, folder),
            **{name: partial(build, name, source, corpus.folder(name, part)) for name in peers},
        }

    rates = {part: _rates(corpus, part, "words known", builds(part), rounds) for part in _PARTS}
    return [
        Figure(f"building / FTS5, {_PARTS[part]}, words known", rates[part][OURS] / rates[part][FTS5], target, at_least=True)
        for part, target in _TO_FTS5.items()
    ]


def footprint(corpus: Corpus) -> list[Figure]:
    """How much memory a build of ours holds, and how many bytes its index has."""
    folder = corpus.folder(OURS)
    builds = (build(OURS, corpus.source(), folder), rebuild(corpus.source(), folder))
    generation = Path(open_generation(str(folder)).path)
    index_bytes = sum(path.stat().st_size for path in generation.iterdir())
    figures = [
        Figure("memory of a build", max(memory for _, memory in builds) / 1e6, _MEMORY, unit=" MB"),
        Figure("bytes of the index / of the text", index_bytes / corpus.text_bytes, _BYTES),
    ]
    print(f"\nours, {corpus.name}")
    for figure in figures:
        print(f"  {figure.name}: {figure.value:.2f}{figure.unit}", flush=True)
    return figures


def complete(corpus: Corpus, contenders: Iterable[str]) -> None:
    """Builds the indexes of a corpus that are not there yet."""
    missing = {name: folder for name, folder in corpus.folders(contenders).items() if not folder.exists()}
    builds = {name: partial(build, name, corpus.source(), folder) for name, folder in missing.items()}
    if builds:
        _rates(corpus, BOTH, "words new", builds, rounds=1)


def _rates(corpus: Corpus, part: str, when: str, builds: Mapping[str, Build], rounds: int) -> dict[str, float]:
    """Articles a second of processor time."""
    works = {name: partial(_seconds, build) for name, build in builds.items()}
    rates = {name: corpus.articles[part] / p50(readings) for name, readings in alternating(works, rounds).items()}
    print(f"\nbuilding, {_PARTS[part]}, {when}, {corpus.articles[part]:,} articles: articles a second of CPU time")
    for name, rate in rates.items():
        print(f"  {name:16}{rate:8.0f}", flush=True)
    return rates


def _seconds(build: Build) -> float:
    seconds, _ = build()
    return seconds
