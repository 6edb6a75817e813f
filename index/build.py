"""Seeds to generation: the one way in which an index is made."""

import gc
import os
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from unicodedata import unidata_version

# Whoosh 2.7.4 is older than the warnings of today's compilers. Where an installer leaves compiling to the first run, Python
# 3.12 and later would print eight of them in front of the first answer.
warnings.filterwarnings("ignore", category=SyntaxWarning, module=r".*\bwhoosh\b")

# ruff: noqa: E402 - what follows compiles Whoosh
import whoosh
from whoosh import index as whoosh_index
from whoosh.writing import IndexWriter

from index import __version__
from index.codec import NewsCodec
from index.commit import replace
from index.document import Document
from index.errors import SourceError, UserError
from index.generation import open_generation
from index.lexicon.own_words import read_own_words
from index.lexicon.pairs import lexicon_pairs, pairs_of
from index.manifest import Manifest
from index.printable import printable, shown_path
from index.rules import rules
from index.schema import SCHEMA, Given
from index.segment import Segment
from index.sources.files import KINDS, Skip, SourceFile, find_files, find_words, fingerprint, watch
from index.sources.reading import read_articles

_ANALYSIS = ("analysis", "unicode", "pyarabic", "snowballstemmer")  # versions that a term may depend on
_TOLD_EVERY = 100  # articles, where one file holds many


@dataclass(frozen=True, slots=True)
class Report:
    """What a build read, skipped and wrote; `words` are the paths of the user's own words."""

    folder: str
    manifest: Manifest
    skipped: Sequence[Skip]
    words: Sequence[str]


Progress = Callable[[int, int, int], None]


def build(sources: Sequence[str], folder: str, progress: Progress | None = None) -> Report:
    """Reads every article of `sources` and puts a new index of them into `folder`, in place of the one before.

    `progress` is called with the numbers of files read, files in all, and articles found, first when the work begins.
    Raises a `UserError`, and leaves the old index as it was, where a source is missing or holds no article, another process
    is building the same index, or it cannot be written.
    """
    started = time.perf_counter()
    paths = [os.path.realpath(source) for source in sources]
    named = ", ".join(map(shown_path, sources))
    if not find_files(paths)[0]:
        raise SourceError(f"{named} holds no articles ({', '.join(KINDS)}): name a folder that does")
    skipped: list[Skip] = []
    words: list[str] = []

    def fill(path: str) -> Manifest:
        # Once more, behind what is watched: a file that comes between the two must show as a change.
        watched = watch(paths, folder)
        files, skipped[:] = find_files(paths)
        own_words, versions = find_words(paths), _versions()
        words[:] = [file.path for file in own_words]
        own = pairs_of(entry for path in words for entry in read_own_words(path))
        codec = NewsCodec(_vocabulary(folder), lexicon_pairs(repr([versions[name] for name in (*_ANALYSIS, "lexicon")])), own)
        counts = _write(path, codec, folder, _articles(files, skipped, progress))
        if not counts["articles"]:
            raise SourceError(f"{named} holds no article that can be read ({skipped[-1].where}: {skipped[-1].reason})")
        seconds = time.perf_counter() - started
        return Manifest(
            sources=paths,
            fingerprint=fingerprint([*files, *own_words]),
            watched=watched,
            seconds=seconds,
            counts=counts,
            versions=versions,
            files={},
        )

    try:
        return Report(folder, replace(folder, fill).manifest, skipped, words)
    except OSError as error:
        raise UserError(f"the index {shown_path(folder)} cannot be written ({error.strerror}); one before it stays") from error


def _articles(files: Sequence[SourceFile], skipped: list[Skip], progress: Progress | None) -> Iterator[Document]:
    """Every article once, by its id; what is passed over is added to `skipped`."""
    places: dict[str, str] = {}
    if progress:
        progress(0, len(files), 0)
    for number, file in enumerate(files, start=1):
        for article in read_articles(file):
            if isinstance(article, Skip):
                skipped.append(article)
            elif article.id in places:
                skipped.append(
                    Skip(article.where, f"its id {printable(article.id)} was read before, from {places[article.id]}")
                )
            else:
                places[article.id] = article.where
                yield article
                if progress and len(places) % _TOLD_EVERY == 0:
                    progress(number - 1, len(files), len(places))
        if progress:
            progress(number, len(files), len(places))


def _write(path: str, codec: NewsCodec, folder: str, articles: Iterable[Document]) -> dict[str, int]:
    """Writes the files of a generation of the index in `folder`; the counts of its manifest."""
    counts = Counter(articles=0)
    with _quiet_writer(path, codec) as writer:
        source = path_below = ""
        for article in articles:
            if article.path != source:  # many articles may be of one file
                source, path_below = article.path, os.path.relpath(article.path, folder)
            writer.add_document(
                id=Given(article.id),
                lang=Given(article.lang),
                title=Given(article.title or ""),
                body=Given(article.body),
                path=path_below,
                date=article.date,
                display_title=article.display_title,
            )
            counts["articles"] += 1
            counts[f"lang {article.lang}"] += 1
    return dict(counts)


@contextmanager
def _quiet_writer(path: str, codec: NewsCodec) -> Iterator[IndexWriter]:
    """A Whoosh writer of a new index in `path`: committed at the end, cancelled by any exception, its lock file removed."""
    writer = whoosh_index.create_in(path, SCHEMA).writer(codec=codec)
    gc.disable()  # millions of lists and not one cycle: looking for them takes a twentieth of the time
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    finally:
        gc.enable()
    writer.commit()
    for name in os.listdir(path):
        if name.endswith("WRITELOCK"):
            os.unlink(os.path.join(path, name))


def _vocabulary(folder: str) -> dict[str, str]:
    """The words of the index in `folder` whose terms no corpus decides, if it is whole and was made by the same analysis."""
    try:
        generation = open_generation(folder, thorough=True)
        versions = _versions()
        if all(generation.manifest.versions.get(name) == versions[name] for name in _ANALYSIS):
            return Segment(generation.path).vocabulary()
    except (UserError, OSError):
        pass  # it is about to be built again
    return {}


def _versions() -> dict[str, str]:
    made_by = {**rules(), "unicode": unidata_version}
    libraries = {name: version(name) for name in ("pyarabic", "snowballstemmer")}
    return {"search": __version__, "whoosh": whoosh.versionstring(), **made_by, **libraries}
