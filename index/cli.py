"""The command `index`: builds the index, checks it, or explains how a file is read."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from index import __version__
from index.analyzing import analyze_words, lines, record
from index.build import Progress, build
from index.command import run_command
from index.document import Document
from index.errors import NoIndexError, SourceError, UsageError
from index.generation import open_generation
from index.json_line import to_json
from index.locations import INDEX_NAME, index_folder, sources_for
from index.manifest import describe
from index.options import Arguments, Option, parse, usage
from index.printable import encodable, printable, shown_path
from index.sources.files import Skip, find_files, find_words
from index.sources.reading import read_articles
from index.store import Store

_HEAD = """usage: index [SOURCE ...] [options]

Builds the index that search answers from. A SOURCE is a folder of articles, or a file of them (.txt, .jsonl); without one,
the sources of the last build are read again, or $SEARCH_SEEDS, or the folder seeds.
"""
_OPTIONS = (
    Option(("--index",), f"the index folder (else $SEARCH_INDEX, or the nearest {INDEX_NAME} here or above)", "DIR"),
    Option(("--words",), "also take the translations in FILE (.tsv), as from words.tsv in a SOURCE", "FILE"),
    Option(("--check",), "verify every byte of the index and build nothing"),
    Option(("--explain",), "show how a file is read: the title, and each line left out with the rule", "FILE"),
    Option(("--analyze",), "show what becomes of each word of TEXT, and why it matches others", "TEXT"),
    Option(("--json",), "with --analyze: as one object of JSON"),
    Option(("--version",), "show the version"),
    Option(("-h", "--help"), "show this help"),
)


def main() -> int:
    """The command on the arguments of the process; its exit code, 0 or 2."""
    return run_command("index", run)


def run(arguments: Sequence[str]) -> int:
    """Does what `arguments` ask for and returns the exit code; raises `UserError`."""
    asked = parse(arguments, _OPTIONS)
    if asked.has("-h"):
        print(usage(_HEAD, _OPTIONS), end="")
    elif asked.has("--version"):
        print(f"index {__version__}")
    elif file := asked.get("--explain"):
        _explain([file, *asked.words])
    elif asked.has("--analyze"):
        _analyze(asked)
    elif asked.has("--json"):
        raise UsageError("--json goes with --analyze TEXT")
    elif asked.has("--check"):
        _check(asked)
    else:
        _build(asked)
    return 0


def _build(asked: Arguments) -> None:
    folder = index_folder(asked.get("--index"), asked.words)
    sources = asked.words or sources_for(folder)
    if not sources:
        raise SourceError(f"nobody can tell what the index {shown_path(folder)} was built from: name its SOURCE")
    if words := asked.get("--words"):
        sources = [*sources, _named_words(words)]
    with _progress() as progress:
        report = build(sources, folder, progress=progress)
    for skip in report.skipped:
        print(f"index: skipped {skip.where}: {skip.reason}", file=sys.stderr)
    named = ", ".join(shown_path(source) for source in sources if os.path.realpath(source) not in report.words)
    skipped = f", skipped {len(report.skipped)}" if report.skipped else ""
    print(f"read {describe(report.manifest)} from {named}{skipped}")
    if report.words:
        print(f"took your words from {', '.join(map(shown_path, report.words))}")
    print(f"wrote {shown_path(report.folder)} in {report.manifest.seconds:.1f} s")


def _named_words(path: str) -> str:
    if not find_words([path]) or os.path.isdir(path):
        raise SourceError(f"there is no file of words {shown_path(path)}: name one that ends in .tsv")
    return path


def _check(asked: Arguments) -> None:
    if asked.words:
        raise UsageError("--check takes no SOURCE: name the index with --index")
    folder = index_folder(asked.get("--index"))
    generation = open_generation(folder, thorough=True)
    print(f"{shown_path(folder)} is whole: {describe(generation.manifest)}, {len(generation.manifest.files)} files")


def _analyze(asked: Arguments) -> None:
    text = encodable(" ".join([asked.get("--analyze") or "", *asked.words]))
    store = _store(asked.get("--index"))
    words = list(analyze_words(text, store))
    if asked.has("--json"):
        folder = store and store.generation.folder
        print(to_json({"text": text, "index": folder and shown_path(folder), "words": list(map(record, words))}))
        return
    if not words:
        raise UsageError("the text holds no word to analyse: type at least one")
    if not store:
        print("no index: terms as far as no corpus is asked, and no variants")
    for word in words:
        print("\n".join(lines(word)))


def _store(named: str | None) -> Store | None:
    """The index that is named, or the one that a question would be answered from, if there is one."""
    try:
        return Store(open_generation(index_folder(named)))
    except NoIndexError:
        if named:
            raise
        return None


def _explain(paths: Sequence[str]) -> None:
    files, _ = find_files(paths)
    for file in files:
        for article in read_articles(file):
            if isinstance(article, Skip):
                print(f"{article.where}: {article.reason}")
            else:
                print("\n".join(_explanation(article)))


def _explanation(article: Document) -> Iterator[str]:
    yield f"{shown_path(article.path)}: article {printable(article.id)}, language {article.lang}"
    yield (
        f"  title: {printable(article.title)}" if article.title else f"  no title; shown as: {printable(article.display_title)}"
    )
    for removal in article.removed:
        yield f"  line {removal.line} left out ({removal.rule}): {printable(removal.text)}"
    if not article.removed:
        yield "  nothing left out"


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on stderr, if that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # only where something is drawn
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[articles]} articles"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, articles=0)
        yield lambda done, files, articles: bar.update(task, completed=done, total=files, articles=articles)
