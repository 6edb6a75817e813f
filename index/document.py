"""What an article is."""

import re
from dataclasses import dataclass

from index.printable import printable


@dataclass(frozen=True, slots=True)
class Removal:
    """A line of a file that is not part of the article.

    `line` counts from 1 in the file, `rule` is the name of the rule that removed it, `text` is the line without its end.
    """

    line: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article.

    `id` is unique in an index; `path` is the file it was read from, `where` the place in it, for messages. `lang` is a
    lower-case language code, `und` where the letters do not tell. `title` is None where the source gives none;
    `display_title` is what a list shows then. `body` is whole lines of the decoded file, unchanged: every offset in this
    project points into `title` or `body`.
    """

    id: str
    path: str
    where: str
    lang: str
    title: str | None
    display_title: str
    body: str
    date: str | None = None
    removed: tuple[Removal, ...] = ()


# A sentence ends at its mark, but not behind an initial or a short title: U.S., Mr., Sen., Gov., Jan.
_SENTENCE_END = re.compile(
    r"(?<=[.!?؟])(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)(?<!\b[A-Z][a-z]{3}\.)[”\"'’»)]*(?=\s)"
)
_LONGEST_TITLE = 120


def display_title(title: str | None, body: str) -> str:
    """What a list of articles shows: the title, else the first sentence of the body, cut between words where it is long."""
    line = (title or next((line for line in body.split("\n") if printable(line).strip()), "")).strip()
    end = None if title else _SENTENCE_END.search(line)
    shown = line[: end.end()] if end else line
    if len(shown) <= _LONGEST_TITLE:
        return shown
    return shown[: _LONGEST_TITLE + 1].rsplit(None, 1)[0][:_LONGEST_TITLE] + " …"
