"""A contender: tantivy, written in Rust, over the words as they stand."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tantivy import Document, Index, Occur, Query, Schema, SchemaBuilder, Snippet, SnippetGenerator

_MEMORY = 128_000_000
_BOOSTS = {"title": 2.0, "body": 1.0}


class Warm:
    """An open index that answers one question after the other."""

    def __init__(self, folder: Path) -> None:
        self._index = Index.open(str(folder))
        self._searcher = self._index.searcher()

    def ask(self, words: Sequence[str], *, snippets: bool) -> list[str]:
        """The ids of the ten best articles with any of `words`, each with a marked snippet made if `snippets`."""
        if snippets:
            return [name for name, _, _ in self.show(words)]
        return [_stored(article, "id") for article in self._best(self._query(words))]

    def show(self, words: Sequence[str]) -> list[tuple[str, str, str]]:
        """Id, title and a marked snippet of the ten best articles with any of `words`."""
        query = self._query(words)
        snippets = SnippetGenerator.create(self._searcher, query, self._index.schema, "body")
        return [
            (_stored(article, "id"), _stored(article, "title"), _marked(snippets.snippet_from_doc(article)))
            for article in self._best(query)
        ]

    def _best(self, query: Query) -> list[Document]:
        return [self._searcher.doc(address) for _, address in self._searcher.search(query, 10, count=False).hits]

    def _query(self, words: Sequence[str]) -> Query:
        terms = [
            Query.boost_query(Query.term_query(self._index.schema, field, word.lower()), boost)
            for word in words
            for field, boost in _BOOSTS.items()
        ]
        return Query.boolean_query([(Occur.Should, term) for term in terms])


def build(source: Path, folder: Path) -> None:
    """Writes the index of the articles of `source` into `folder`."""
    folder.mkdir(parents=True)
    index = Index(_schema(), str(folder))
    writer = index.writer(heap_size=_MEMORY, num_threads=1)
    with source.open("rb") as file:
        for line in file:
            record = json.loads(line)
            writer.add_document(Document(id=record["id"], lang=record["lang"], title=record["title"], body=record["text"]))
    writer.commit()
    writer.wait_merging_threads()


def main() -> None:
    match sys.argv[1:]:
        case ["build", source, folder]:
            build(Path(source), Path(folder))
        case ["ask", folder, *words]:
            for row in Warm(Path(folder)).show(words):
                print(*row, sep="\n")
        case _:
            sys.exit("usage: tantivy_peer.py build SOURCE FOLDER | ask FOLDER WORD...")


def _schema() -> Schema:
    builder = SchemaBuilder()
    for field in ("id", "lang"):
        builder.add_text_field(field, stored=True, tokenizer_name="raw")
    for field in _BOOSTS:
        builder.add_text_field(field, stored=True)
    return builder.build()


def _stored(article: Document, field: str) -> str:
    return str(article.get_first(field))


def _marked(snippet: Snippet) -> str:
    """The passage, with the words that were asked for between [ and ]; tantivy counts their places in bytes."""
    passage = snippet.fragment().encode()
    parts = []
    here = 0
    for place in snippet.highlighted():
        parts += [passage[here : place.start], b"[", passage[place.start : place.end], b"]"]
        here = place.end
    return b"".join([*parts, passage[here:]]).decode()


if __name__ == "__main__":
    main()
