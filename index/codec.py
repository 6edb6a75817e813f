"""How Whoosh lays an index of news on disk and reads it: as the arrays of a segment.

`whoosh.index.open_dir(generation, schema=SCHEMA)` opens a generation and takes any query but phrases. A generation is always
built whole, by one writer that is given whole articles: there is no merging, and nothing is deleted.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from whoosh.codec.base import Codec, FieldWriter, PerDocumentReader, PerDocumentWriter, Segment, TermsReader
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from index import segment as arrays
from index.inverting import Inverter
from index.segment import LISTED, NAME, SEARCHED


class NewsCodec(Codec):
    """A codec for one segment; `known` are words and their terms, as the same analysis gave them before."""

    length_stats = False

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = known or {}

    def new_segment(self, storage: FileStorage, indexname: str) -> "NewsSegment":
        if any(name.startswith(f"{NAME}.") for name in storage.list()):
            _refuse()
        self._inverter = Inverter(storage.folder, self._known)
        return NewsSegment(indexname)

    def per_document_writer(self, storage: FileStorage, segment: "NewsSegment") -> "_ArticleWriter":
        return _ArticleWriter(self._inverter)

    def field_writer(self, storage: FileStorage, segment: "NewsSegment") -> "_ListWriter":
        return _ListWriter(self._inverter)

    def terms_reader(self, storage: FileStorage, segment: "NewsSegment") -> "_TermsReader":
        return _TermsReader(arrays.Segment(storage.folder))

    def per_document_reader(self, storage: FileStorage, segment: "NewsSegment") -> "_ArticleReader":
        return _ArticleReader(arrays.Segment(storage.folder))


class NewsSegment(Segment):
    """What Whoosh's table of contents says of a segment: how many articles it has."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self.segid = NAME.removeprefix(f"{indexname}_")
        self._articles = 0

    def codec(self) -> NewsCodec:
        return NewsCodec()

    def doc_count_all(self) -> int:
        return self._articles

    def set_doc_count(self, doccount: int) -> None:
        self._articles = doccount

    def should_assemble(self) -> bool:
        return False

    def deleted_count(self) -> int:
        return 0

    def deleted_docs(self) -> tuple[int, ...]:
        return ()

    def is_deleted(self, docnum: int) -> bool:
        return False

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 - as Whoosh calls it
        _refuse()


class _ArticleWriter(PerDocumentWriter):
    """Collects an article's fields, and gives them to the inverter, which analyses them."""

    def __init__(self, inverter: Inverter) -> None:
        self.is_closed = False
        self._inverter = inverter
        self._fields: dict[str, str] = {}

    def start_doc(self, docnum: int) -> None:
        self._fields = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: str | None, length: int) -> None:
        self._fields[fieldname] = value or ""

    def finish_doc(self) -> None:
        self._inverter.add(self._fields)

    def close(self) -> None:
        self.is_closed = True


class _ListWriter(FieldWriter):
    """Has the inverter write its postings; those of Whoosh's own pool, where a merge would put them, are refused."""

    def __init__(self, inverter: Inverter) -> None:
        self.is_closed = False
        self._inverter = inverter

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Any]) -> None:
        if any(True for _ in items):
            _refuse()
        self._inverter.close()

    def close(self) -> None:
        self._inverter.discard()
        self.is_closed = True


class _TermsReader(TermsReader):
    """The terms and postings of a segment."""

    def __init__(self, segment: arrays.Segment) -> None:
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

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        number = self._known(fieldname, text)
        return ListMatcher(
            list(self._segment.postings(fieldname, number)[0]),
            list(map(float, self._segment.frequencies(fieldname, number))),
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def indexed_field_names(self) -> tuple[str, ...]:
        return LISTED

    def _terms_of(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        in_order = self._segment.sorted_terms
        for place in range(self._segment.from_term(prefix), len(in_order)):
            if len(self._segment.frequencies(field, in_order[place])):
                yield field, self._segment.term(in_order[place]).encode()

    def _find(self, field: str, text: bytes) -> int | None:
        number = self._segment.number_of(text.decode())
        return number if number is not None and len(self._segment.frequencies(field, number)) else None

    def _known(self, field: str, text: bytes) -> int:
        number = self._find(field, text)
        if number is None:
            from whoosh.reading import TermNotFound

            raise TermNotFound(f"{field}:{text!r}")
        return number


class _ArticleReader(PerDocumentReader):
    """The stored fields and lengths of a segment's articles."""

    def __init__(self, segment: arrays.Segment) -> None:
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


def _refuse() -> NoReturn:
    raise NotImplementedError("an index of news is built whole, by index: nothing is merged into it or deleted from it")
