"""How Whoosh reads an index of news: its terms, its postings and its articles, from the arrays of a segment."""

import struct
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from whoosh.codec.base import FieldCursor, PerDocumentReader, TermsReader
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from index.segment import LISTED, SEARCHED, Segment


class ArrayTermsReader(TermsReader):
    """The terms and postings of a segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return self._find(field, text) is not None

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in LISTED:
            yield from self._terms_of(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        yield from self._terms_of(fieldname, prefix)
        for field in LISTED[LISTED.index(fieldname) + 1 :]:
            yield from self._terms_of(field, b"")

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        number = self._known(fieldname, text)
        articles, _ = self._segment.postings(fieldname, number)
        frequencies = self._segment.frequencies(fieldname, number)
        lengths = [self._segment.length(fieldname, article) for article in articles] if fieldname in SEARCHED else [1]
        return TermInfo(
            weight=float(sum(frequencies)),
            df=len(articles),
            minlength=min(lengths),
            maxlength=max(lengths),
            maxweight=float(max(frequencies)),
            minid=articles[0],
            maxid=articles[-1],
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(sum(self._segment.frequencies(fieldname, self._known(fieldname, text))))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._segment.postings(fieldname, self._known(fieldname, text))[0])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> "_ListMatcher":
        try:
            number = self._known(fieldname, text)
        except KeyError:
            raise TermNotFound(f"{fieldname}:{text!r}") from None
        articles, _ = self._segment.postings(fieldname, number)
        return _ListMatcher(articles, self._segment.frequencies(fieldname, number), (fieldname, text), format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> "_Cursor":
        return _Cursor(self, fieldname)

    def indexed_field_names(self) -> tuple[str, ...]:
        return LISTED

    def _terms_of(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        in_order = self._segment.sorted_terms
        for place in range(self._segment.from_term(prefix), len(in_order)):
            if len(self._segment.postings(field, in_order[place])[0]):
                yield field, self._segment.term(in_order[place]).encode()

    def _find(self, field: str, text: bytes) -> int | None:
        try:
            number = self._segment.number_of(text.decode())
        except UnicodeDecodeError:
            return None
        return number if number is not None and len(self._segment.postings(field, number)[0]) else None

    def _known(self, field: str, text: bytes) -> int:
        number = self._find(field, text)
        if number is None:
            raise KeyError(text)
        return number


class _Cursor(FieldCursor):
    """Walks over the terms of a field."""

    def __init__(self, reader: ArrayTermsReader, field: str) -> None:
        self._reader = reader
        self._field = field
        self.first()

    def first(self) -> str | None:
        return self.find(b"")

    def find(self, string: str | bytes) -> str | None:
        start = string.encode() if isinstance(string, str) else string
        self._terms = self._reader.terms_from(self._field, start)
        return self.next()

    def next(self) -> str | None:
        field, term = next(self._terms, ("", b""))
        self._text = term.decode() if field == self._field else None
        return self._text

    def text(self) -> str | None:
        return self._text

    def term_info(self) -> TermInfo | None:
        return None if self._text is None else self._reader.term_info(self._field, self._text.encode())

    def is_valid(self) -> bool:
        return self._text is not None


class _ListMatcher(LeafMatcher):
    """Stands on one posting of a list after the other, in one block."""

    def __init__(
        self, articles: Sequence[int], frequencies: Sequence[int], term: tuple[str, bytes], format_: Any, scorer: Any
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._articles = articles
        self._frequencies = frequencies
        self._of = term
        self._place = 0

    def term(self) -> tuple[str, bytes]:
        return self._of

    def is_active(self) -> bool:
        return self._place < len(self._articles)

    def reset(self) -> None:
        self._place = 0

    def copy(self) -> "_ListMatcher":
        other = _ListMatcher(self._articles, self._frequencies, self._of, self.format, self.scorer)
        other._place = self._place
        return other

    def id(self) -> int:
        # Whoosh's AndNotMatcher asks even behind the end, where its own matchers go on telling their last place.
        return self._articles[min(self._place, len(self._articles) - 1)]

    def next(self) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._place += 1

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._place = bisect_left(self._articles, id, self._place)

    def supports_block_quality(self) -> bool:
        return False

    def weight(self) -> float:
        return float(self._frequencies[self._place])

    def value(self) -> bytes:
        return struct.pack("!I", self._frequencies[self._place])  # as the format Frequency of Whoosh writes it


class ArticleReader(PerDocumentReader):
    """The stored fields and lengths of a segment's articles."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        return self._segment.article_count

    def doc_count_all(self) -> int:
        return self._segment.article_count

    def has_deletions(self) -> bool:
        return False

    def is_deleted(self, docnum: int) -> bool:
        return False

    def deleted_docs(self) -> tuple[int, ...]:
        return ()

    def iter_docs(self) -> NoReturn:
        # Of all that Whoosh does, only a merge goes over the articles this way.
        raise NotImplementedError("an index of news is built whole, by index: it cannot be merged into another one")

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return self._segment.length(fieldname, docnum) if fieldname in SEARCHED else default

    def field_length(self, fieldname: str) -> int:
        return self._segment.total_length(fieldname) if fieldname in SEARCHED else 0

    def min_field_length(self, fieldname: str) -> int:
        return min(self._lengths(fieldname))

    def max_field_length(self, fieldname: str) -> int:
        return max(self._lengths(fieldname))

    def stored_fields(self, docnum: int) -> dict[str, str]:
        return {name: value for name, value in self._segment.stored(docnum).items() if value}

    def _lengths(self, field: str) -> list[int]:
        return [self.doc_field_length(article, field) for article in range(self._segment.article_count)]
