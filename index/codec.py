"""How Whoosh lays an index of news on disk and reads it: as the arrays of a segment.

`whoosh.index.open_dir(generation, schema=SCHEMA)` opens a generation and takes any query but phrases. A generation is always
built whole, by one writer that is given whole articles: there is no merging, and nothing is deleted.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from whoosh.codec.base import Codec, FieldWriter, PerDocumentWriter, Segment
from whoosh.filedb.filestore import FileStorage

from index import segment as arrays
from index.codec_readers import ArrayTermsReader, ArticleReader
from index.inverting import Inverter
from index.lexicon.pairs import NO_PAIRS, Pairs
from index.segment import NAME


class NewsCodec(Codec):
    """A codec for one segment; `known`, `lexicon` and `own` are as for an `Inverter`."""

    length_stats = False

    def __init__(self, known: Mapping[str, str] | None = None, lexicon: Pairs = NO_PAIRS, own: Pairs = NO_PAIRS) -> None:
        self._known = known or {}
        self._lexicons = lexicon, own

    def new_segment(self, storage: FileStorage, indexname: str) -> "NewsSegment":
        if any(name.startswith(f"{NAME}.") for name in storage.list()):
            _refuse()
        self._inverter = Inverter(storage.folder, self._known, *self._lexicons)
        return NewsSegment(indexname)

    def per_document_writer(self, storage: FileStorage, segment: "NewsSegment") -> "_ArticleWriter":
        return _ArticleWriter(self._inverter)

    def field_writer(self, storage: FileStorage, segment: "NewsSegment") -> "_ListWriter":
        return _ListWriter(self._inverter)

    def terms_reader(self, storage: FileStorage, segment: "NewsSegment") -> ArrayTermsReader:
        return ArrayTermsReader(arrays.Segment(storage.folder))

    def per_document_reader(self, storage: FileStorage, segment: "NewsSegment") -> ArticleReader:
        return ArticleReader(arrays.Segment(storage.folder))


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


def _refuse() -> NoReturn:
    raise NotImplementedError("an index of news is built whole, by index: nothing is merged into it or deleted from it")
