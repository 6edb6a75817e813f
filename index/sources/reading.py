"""How each kind of file holds articles."""

import os
import stat
from collections.abc import Iterator
from typing import BinaryIO

from index.document import Document
from index.printable import shown_path
from index.sources.files import KINDS, Skip, SourceFile, kind_of
from index.sources.jsonl import read_jsonl
from index.sources.text import read_text

_READERS = dict(zip(KINDS, (read_text, read_jsonl), strict=True))


def read_articles(file: SourceFile) -> Iterator[Document | Skip]:
    """The articles in a file, and a `Skip` for the file or each line of it that holds none."""
    reader = _READERS[kind_of(file.path)]
    try:
        with _open(file.path) as stream:
            yield from reader(file, stream)
    except OSError as error:
        yield Skip(shown_path(file.path), f"cannot be read ({error.strerror})")


def _open(path: str) -> BinaryIO:
    # Between the listing and this moment a file may have become a link or a pipe; opening a pipe would wait for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "no longer a regular file")
    return open(descriptor, "rb")
