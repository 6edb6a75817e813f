"""One question, one process, its answer piped: what a person waits for."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from contenders import BARE, FTS5, OURS, ask
from measure import alternating, p50
from report import Figure


def measure(name: str, folders: Mapping[str, Path], questions: Sequence[Sequence[str]], rounds: int) -> list[Figure]:
    """How long each contender takes for a question of a corpus; `folders` holds the index of each."""

    def mean(contender: str, folder: Path) -> float:
        return sum(ask(contender, folder, words) for words in questions) / len(questions)

    contenders = {contender: partial(mean, contender, folder) for contender, folder in {BARE: Path(), **folders}.items()}
    for contend in contenders.values():
        contend()  # compiles what is compiled once
    taken = {contender: p50(readings) for contender, readings in alternating(contenders, rounds).items()}
    print(f"\none-shot, {name}: ms, and times {BARE}")
    for contender, seconds in taken.items():
        print(f"  {contender:16}{1000 * seconds:8.1f}{seconds / taken[BARE]:8.2f}", flush=True)
    return [
        Figure(f"one-shot / `{BARE}`, {name}", taken[OURS] / taken[BARE], 2),
        Figure(f"one-shot / FTS5, {name}", taken[OURS] / taken[FTS5], 1),
    ]
