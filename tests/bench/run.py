"""The benchmark: one question and many, and building, beside SQLite's FTS5, tantivy, and the naive use of our libraries."""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import analysis
import building
import one_shot
import warm
import widening
from contenders import OURS, present
from corpora import made_of, seeds
from corpus import texts_of
from questions import seeds_questions, typed_questions, warm_questions
from report import Figure, table, write_readme

_SOME = 2_000  # articles, for what is measured beside ourselves
_SMALL, _LARGE = 4_000, 40_000  # articles; the naive form is built in seconds for the one and in minutes for the other
_ASKED, _BUILT = 15, 3  # times
_QUICKLY_ASKED, _QUICKLY_BUILT = 5, 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, help="a folder with files docs.jsonl, of which larger corpora are made")
    parser.add_argument("--quick", action="store_true", help=f"fewer rounds, and no corpus of {_LARGE:,} articles")
    parser.add_argument("--write-readme", action="store_true", help="write the table into README.md")
    asked = parser.parse_args()
    if asked.write_readme and (asked.quick or not asked.texts):
        parser.error("--write-readme wants every figure: give --texts, and not --quick")
    with tempfile.TemporaryDirectory() as folder:
        figures = list(_figures(Path(folder), asked.texts, quick=asked.quick))
    print(f"\n{table(figures)}", end="")
    if asked.write_readme:
        write_readme(figures)


def _figures(folder: Path, texts: Path | None, *, quick: bool) -> Iterator[Figure]:
    contenders = present()
    times_asked, times_built = (_QUICKLY_ASKED, _QUICKLY_BUILT) if quick else (_ASKED, _BUILT)
    few = seeds(folder)
    building.complete(few, contenders)
    yield from one_shot.measure(few.name, few.folders(contenders), seeds_questions(), times_asked)
    yield widening.measure(few.name, few.folder(OURS))
    if not texts:
        print("\neverything else is skipped for want of texts: give --texts")
        return
    corpora = [made_of(texts, articles, folder) for articles in ((_SMALL,) if quick else (_SMALL, _LARGE))]
    small, large = corpora[0], corpora[-1]
    # Building goes first, while this process is small: see `cpu_of`.
    yield from building.to_naive(small, times_built)
    yield from building.footprint(large)
    yield from building.to_fts5(large, contenders, times_built)
    yield from analysis.measure(list(texts_of(texts, "ar")))
    analysis.cost(small, times_built)
    some = made_of(texts, _SOME, folder)
    building.complete(some, [OURS])
    yield widening.measure(some.name, some.folder(OURS))
    for corpus in corpora:
        building.complete(corpus, contenders)
    for corpus in corpora:
        folders, source = corpus.folders(contenders), corpus.source()
        figures = one_shot.measure(corpus.name, folders, typed_questions(source), times_asked)
        figures += warm.measure(corpus.name, folders, warm_questions(source))
        if corpus is large:  # where the targets are
            yield from figures


if __name__ == "__main__":
    main()
