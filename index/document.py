"""What an article is."""

from dataclasses import dataclass


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

    `id` is unique in an index; `path` names the file it was read from. `lang` is a lower-case language code, `und` where
    the letters do not tell. `title` is None where the source gives none; `display_title` is what a list shows then.
    `body` is whole lines of the decoded file, unchanged: every offset in this project points into `title` or `body`.
    """

    id: str
    path: str
    lang: str
    title: str | None
    display_title: str
    body: str
    date: str | None = None
    removed: tuple[Removal, ...] = ()
