"""What the files of the lexicon say, entry by entry."""

import os
from _collections_abc import Iterator, Sequence

_FOLDER = os.path.dirname(__file__)
_KIND = ".tsv"

Rendering = tuple[str, ...]  # the forms of one rendering
Sense = tuple[Rendering, ...]


class Entry:
    """A headword and its renderings in the other language, sense by sense, the likeliest first."""

    __slots__ = ("headword", "senses")

    def __init__(self, headword: str, senses: tuple[Sense, ...]) -> None:
        self.headword = headword
        self.senses = senses


def lexicon_files() -> list[str]:
    """The paths of the files of the lexicon, in the order of their names."""
    return [os.path.join(_FOLDER, name) for name in sorted(os.listdir(_FOLDER)) if name.endswith(_KIND)]


def read_lexicon() -> Iterator[Entry]:
    """The entries of all files of the lexicon."""
    for path in lexicon_files():
        with open(path, encoding="utf-8") as file:
            for line in file:
                if not line.startswith("#"):
                    yield parse_entry(line.rstrip("\n").split("\t"))


def parse_entry(columns: Sequence[str]) -> Entry:
    """The entry of a line, given in its columns."""
    headword, *senses = columns
    return Entry(headword.strip(), tuple(filter(None, map(_sense, senses))))


def _sense(column: str) -> Sense:
    renderings = (tuple(filter(None, map(str.strip, part.split("/")))) for part in column.replace("،", ",").split(","))
    return tuple(filter(None, renderings))
