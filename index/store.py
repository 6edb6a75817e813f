"""What is in a generation: term -> postings, article -> text and words. The door through which `search` looks things up."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from whoosh import index as whoosh_index
from whoosh.matching import Matcher
from whoosh.reading import TermNotFound

from index.analysis import analyze
from index.errors import DamagedIndexError
from index.generation import Generation
from index.printable import shown_path
from index.schema import FIELDS, SCHEMA
from index.unpickling import restrict

restrict()

LENGTH_NORM = 0.75  # BM25's b: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"


class Article:
    """The stored fields of one article; `path` is absolute, `title` is None where its source gave none."""

    __slots__ = ("body", "date", "display_title", "id", "lang", "path", "title")

    def __init__(
        self,
        *,
        id: str,
        path: str,
        lang: str,
        title: str | None,
        display_title: str,
        body: str,
        date: str | None = None,
    ) -> None:
        self.id = id
        self.path = path
        self.lang = lang
        self.title = title
        self.display_title = display_title
        self.body = body
        self.date = date

    def text(self, field: str) -> str:
        """The text of `title` or `body`, empty where there is none."""
        return (self.title or "") if field == "title" else self.body


class Store:
    """An open generation. Articles are numbered from 0; a number means nothing outside this object.

    Every method raises `DamagedIndexError` where what lies on disk is not what was written.
    """

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.article_count = generation.manifest.counts["articles"]
        with self._reading():
            self._reader = whoosh_index.open_dir(generation.path, schema=SCHEMA, readonly=True).reader()
            self._lengths = {field: self._reader.column_reader(f"{field}_length") for field in FIELDS}
        counts = generation.manifest.counts
        self._average = {field: counts[f"{field} words"] / max(1, counts[f"{field} articles"]) for field in FIELDS}

    def close(self) -> None:
        """Gives back what was opened; nothing can be looked up afterwards."""
        self._reader.close()
        del self._reader, self._lengths  # what they read lies in a mapped file, which goes when nothing refers to it

    def postings(self, field: str, term: str) -> list[tuple[int, float]]:
        """(article, frequency) for each article with `term` in `field`, by rising article number.

        The frequency is divided by `length_norm`, as BM25F wants it.
        """
        with self._reading():
            return [(m.id(), m.weight() / self.length_norm(field, m.id())) for m in self._matching(field, term)]

    def positions(self, field: str, term: str) -> dict[int, list[int]]:
        """Article -> the positions of `term` among the words of its `field`, both rising."""
        with self._reading():
            return {m.id(): list(m.value_as("positions")) for m in self._matching(field, term)}

    def length_norm(self, field: str, article: int) -> float:
        """1 - b + b * length / average length, of an article's `field` among the articles that have it."""
        with self._reading():
            length: int = self._lengths[field][article]
        return 1 - LENGTH_NORM + LENGTH_NORM * length / self._average[field]

    def in_language(self, language: str) -> set[int]:
        """The articles in a language, such as `ar`."""
        with self._reading():
            return {matcher.id() for matcher in self._matching("lang", language)}

    def article(self, number: int) -> Article:
        """The stored fields of an article."""
        with self._reading():
            stored = self._reader.stored_fields(number)
            path = os.path.normpath(os.path.join(self.generation.folder, stored["path"]))
            return Article(**{"title": None, "date": None, **stored, "path": path})

    def words(self, article: Article, field: str) -> list[tuple[int, int, str]]:
        """(start, end, term) of each word of an article's `field`; its place in the list is its position."""
        return analyze(article.text(field))

    def _matching(self, field: str, term: str) -> Iterator[Matcher]:
        """The posting list of a term, standing on one article after the other."""
        try:
            matcher = self._reader.postings(field, term)
        except TermNotFound:
            return
        while matcher.is_active():
            yield matcher
            matcher.next()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            # Whoosh has no family of errors for damage: it meets it as whatever exception the bytes lead to.
            folder = shown_path(self.generation.folder)
            raise DamagedIndexError(
                f"the index {folder} is damaged ({type(error).__name__}): run index to build it again"
            ) from error
