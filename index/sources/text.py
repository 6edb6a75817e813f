"""A text file holds one article, with what its page left around it."""

import os
from collections.abc import Iterator
from typing import BinaryIO

from index.analysis.terms import has_words
from index.analysis.words import language_of
from index.cleaning import clean
from index.decoding import UndecodableError, decode
from index.document import Document, display_title
from index.printable import shown_path
from index.sources.files import LARGEST, Skip, SourceFile


def read_text(file: SourceFile, stream: BinaryIO) -> Iterator[Document | Skip]:
    """The article of an open `.txt` file; its id is the file's name below its source."""
    where = shown_path(file.path)
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield Skip(where, f"longer than {LARGEST // 1_000_000} MB, which no article is")
        return
    try:
        cleaned = clean(decode(data))
    except UndecodableError as error:
        yield Skip(where, str(error))
        return
    if not has_words(cleaned.title or "") and not has_words(cleaned.body):
        yield Skip(where, "empty" if not data.strip() else "holds no words of an article")
        return
    yield Document(
        id=os.fsencode(file.name).decode("utf-8", "backslashreplace"),
        path=file.path,
        where=where,
        lang=language_of((cleaned.title or "") + cleaned.body),
        title=cleaned.title,
        display_title=display_title(cleaned.title, cleaned.body),
        body=cleaned.body,
        removed=cleaned.removed,
    )
