"""A text file holds one article, with what its page left around it."""

from collections.abc import Iterator
from typing import BinaryIO

from index.analysis.words import find_words, language_of
from index.cleaning import clean, display_title
from index.decoding import UndecodableError, decode
from index.document import Document
from index.printable import encodable, shown_path
from index.sources.files import Skip, SourceFile

LARGEST_FILE = 10_000_000


def read_text(file: SourceFile, stream: BinaryIO) -> Iterator[Document | Skip]:
    """The article of an open `.txt` file; its id is the file's name below its source."""
    where = shown_path(file.path)
    data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        yield Skip(where, f"longer than {LARGEST_FILE // 1_000_000} MB, which no article is")
        return
    try:
        cleaned = clean(decode(data))
    except UndecodableError as error:
        yield Skip(where, str(error))
        return
    if not find_words(cleaned.title or "") and not find_words(cleaned.body):
        yield Skip(where, "empty" if not data.strip() else "holds no words of an article")
        return
    yield Document(
        id=encodable(file.name),
        path=file.path,
        lang=language_of((cleaned.title or "") + cleaned.body),
        title=cleaned.title,
        display_title=display_title(cleaned.title, cleaned.body),
        body=cleaned.body,
        removed=cleaned.removed,
    )
