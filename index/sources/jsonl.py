"""A `.jsonl` file holds one article a line, as an object of JSON whose text is taken as it is."""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from index.analysis.terms import has_words
from index.analysis.words import language_of
from index.decoding import UndecodableError, decode
from index.document import Document, display_title
from index.printable import encodable, printable, shown_path
from index.sources.files import LARGEST, Skip, SourceFile

_LANGUAGE = re.compile("[a-z]{2,3}")
_TEXT_KEYS = ("text", "body", "content")


class _BadLineError(ValueError):
    """The line is no article; the message is the reason, as half a sentence."""


def read_jsonl(file: SourceFile, stream: BinaryIO) -> Iterator[Document | Skip]:
    """The articles of an open `.jsonl` file: `{"id", "title"?, "text" (or "body", "content"), "lang"?, "date"?}` a line.

    A line that is no such object is a `Skip` that bears its number; blank lines are passed over.
    """
    number, blank = 0, True
    while line := stream.readline(LARGEST + 1):
        number += 1
        where = f"{shown_path(file.path)} line {number}"
        if len(line) > LARGEST:
            yield Skip(where, f"longer than {LARGEST // 1_000_000} MB; the rest of the file was not read")
            return
        if not line.strip():
            continue
        blank = False
        try:
            yield _article(file.path, where, _record(line))
        except _BadLineError as error:
            yield Skip(where, str(error))
    if blank:
        yield Skip(shown_path(file.path), "empty")


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(decode(line))
    except UndecodableError as error:
        raise _BadLineError(str(error)) from None
    except (ValueError, RecursionError) as error:
        raise _BadLineError(f"not JSON ({error})") from None
    if not isinstance(record, dict):
        raise _BadLineError("not an object of JSON")
    return record


def _article(path: str, where: str, record: dict[str, Any]) -> Document:
    identifier = record.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    if not isinstance(identifier, str) or not identifier:
        raise _BadLineError('without an "id"')
    body = next((text for key in _TEXT_KEYS if (text := _string(record, key)) is not None), None)
    if body is None:
        raise _BadLineError('without a "text"')
    given = _string(record, "title") or ""
    title = given if printable(given).strip() else None
    if not has_words(given) and not has_words(body):
        raise _BadLineError("holds no words")
    return Document(
        id=encodable(identifier),
        path=path,
        where=where,
        lang=_language(record) or language_of(given + body),
        title=title,
        display_title=display_title(title, body),
        body=body,
        date=_date(record),
    )


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise _BadLineError(f'"{key}" is not a string')
    return None if value is None else encodable(value)


def _language(record: dict[str, Any]) -> str | None:
    """The language as given, without its region (`ar-EG` is `ar`); None where what is given is no code of a language."""
    given = record.get("lang")
    code = re.split("[-_]", given.strip().lower())[0] if isinstance(given, str) else ""
    return code if _LANGUAGE.fullmatch(code) else None


def _date(record: dict[str, Any]) -> str | None:
    given = record.get("date")
    return printable(given) if isinstance(given, str) and given.strip() else None
