"""The tables of word pairs, and how many of them meet or differ as they should."""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from index.analysis.words import words_of
from index.build import build
from index.generation import open_generation
from index.store import Store
from index.variants import variants_of

TABLES = {
    "Arabic": "arabic_pairs.tsv",
    "English": "english_pairs.tsv",
    "Arabic, unseen": "arabic_unseen_pairs.tsv",
    "English, unseen": "english_unseen_pairs.tsv",
}


class Pair(NamedTuple):
    """A row of a table; `fails` says why it does, if it is known to."""

    kind: str
    one: str
    other: str
    reason: str
    fails: str = ""


def pairs_of(table: str) -> list[Pair]:
    """The rows of a table, by its name."""
    lines = (Path(__file__).parent / "data" / TABLES[table]).read_text(encoding="utf-8").split("\n")
    return [Pair(*line.split("\t")) for line in lines if line and not line.startswith("#")]


class Words:
    """Two stores in which each word is an article: one of all words of the tables, one without what `widen` rows ask for."""

    def __init__(self, folder: Path) -> None:
        pairs = [pair for table in TABLES for pair in pairs_of(table)]
        asked = {pair.one for pair in pairs if pair.kind == "widen"}
        words = {word: None for pair in pairs for word in (pair.one, pair.other)}
        self._all = store_of_words(folder / "all", words)
        self._not_asked = store_of_words(folder / "not-asked", [word for word in words if word not in asked])

    def are_right(self, pair: Pair) -> bool:
        """Whether what the two words are looked up as is as the table says."""
        store = self._not_asked if pair.kind == "widen" else self._all
        one, other = _terms(store, pair.one), _terms(store, pair.other)
        if pair.kind == "meet":
            return one == other
        if pair.kind == "widen":
            return one == other or _reaches(store, pair.one, other)
        return not (set(one) & set(other) or _reaches(store, pair.one, other) or _reaches(store, pair.other, one))

    def terms(self, pair: Pair) -> list[list[str]]:
        """What the two words are looked up as."""
        return [_terms(self._all, text) for text in (pair.one, pair.other)]


def store_of_words(folder: Path, words: Iterable[str]) -> Store:
    """A store in a new folder, each word an article."""
    folder.mkdir()
    source = folder / "words.jsonl"
    records = ({"id": str(number), "text": word, "lang": "ar"} for number, word in enumerate(words))
    source.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    build([str(source)], str(folder / "index"))
    return Store(open_generation(str(folder / "index")))


def _terms(store: Store, text: str) -> list[str]:
    return [store.term_of(word) for word in words_of(text)]


def _reaches(store: Store, text: str, terms: list[str]) -> bool:
    variants = {term for word in words_of(text) for (term, *_), _, _ in variants_of(store, word, store.term_of(word))}
    return not variants.isdisjoint(terms)


def shares(words: Words) -> Iterator[tuple[str, str, int, int]]:
    """(table, kind, pairs that are right, pairs)."""
    for table in TABLES:
        pairs = pairs_of(table)
        right = Counter(pair.kind for pair in pairs if words.are_right(pair))
        for kind, count in Counter(pair.kind for pair in pairs).items():
            yield table, kind, right[kind], count


def rows(words: Words) -> Iterator[str]:
    """The shares as rows of a Markdown table, one a table."""
    of_kinds = {(table, kind): f"{right} of {count} ({right / count:.1%})" for table, kind, right, count in shares(words)}
    for table in TABLES:
        yield f"| {table} | {' | '.join(of_kinds.get((table, kind), '') for kind in ('meet', 'widen', 'differ'))} |"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        words = Words(Path(folder))
        print("\n".join(rows(words)))
        for table in TABLES if "--failures" in sys.argv[1:] else ():
            for pair in pairs_of(table):
                if not words.are_right(pair):
                    print(*pair, words.terms(pair), sep="\t")


if __name__ == "__main__":
    main()
