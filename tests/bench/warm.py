"""Wide questions to an index that is open already: what a person at the prompt waits for."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path

from contenders import FTS5, MODULES, OURS, TANTIVY
from measure import alternating, cpu_here, p50, p99
from report import Figure

from index.generation import open_generation
from index.store import Store

_PASSES = 3  # of which the best counts
_CONTENDERS = (OURS, FTS5, TANTIVY)
_SHOWN = 10  # articles
Ask = Callable[[Sequence[Sequence[str]], bool], list[str]]  # clauses, with snippets -> ids


def measure(name: str, folders: Mapping[str, Path], questions: Sequence[Sequence[Sequence[str]]]) -> list[Figure]:
    """How long the contenders take for a question of a corpus; `folders` holds the index of each."""
    _show_opening(name, folders[OURS])
    opened = {contender: _opened(contender, folders[contender]) for contender in _CONTENDERS if contender in folders}
    plain = _times(opened, questions, snippets=False)
    _show(f"{name}, without snippets", plain)
    shown = _times(opened, questions, snippets=True)
    _show(f"{name}, with ten snippets", shown)
    return [
        Figure(f"open index / FTS5, {name}, p50", p50(plain[OURS]) / p50(plain[FTS5]), 0.4),
        Figure(f"open index / FTS5, {name}, p99", p99(plain[OURS]) / p99(plain[FTS5]), 0.4),
        Figure(f"open index / FTS5, {name}, ten snippets, p50", p50(shown[OURS]) / p50(shown[FTS5]), 0.35),
    ]


def _show_opening(name: str, folder: Path) -> None:
    """What it costs to open an index that has been checked, and to look up the first postings."""
    generation = open_generation(str(folder))

    def first_postings() -> None:
        store = Store(generation)
        store.postings("body", 0)

    print(f"\nopen and first postings, {name}: ms {1000 * min(cpu_here(first_postings) for _ in range(20)):.2f}", flush=True)


def _opened(contender: str, folder: Path) -> Ask:
    warm = import_module(MODULES[contender]).Warm(folder)
    if contender == OURS:
        return lambda clauses, snippets: list(warm.ask(clauses, snippets=snippets))
    return lambda clauses, snippets: list(warm.ask(list(chain.from_iterable(clauses)), snippets=snippets))


def _times(
    opened: Mapping[str, Ask], questions: Sequence[Sequence[Sequence[str]]], *, snippets: bool
) -> dict[str, list[float]]:
    """Seconds of each contender for each question."""
    best: dict[str, list[float]] = {contender: [] for contender in opened}
    for question in questions:
        for contender, ask in opened.items():
            found = ask(question, snippets)
            assert len(found) == _SHOWN, f"{contender} answers with {found}"
        works = {contender: partial(cpu_here, partial(ask, question, snippets)) for contender, ask in opened.items()}
        for contender, readings in alternating(works, _PASSES).items():
            best[contender].append(min(readings))
    return best


def _show(name: str, times: Mapping[str, Sequence[float]]) -> None:
    print(f"\nopen index, {name}: ms p50, p99")
    for contender, seconds in times.items():
        print(f"  {contender:16}{1000 * p50(seconds):8.2f}{1000 * p99(seconds):8.2f}", flush=True)
