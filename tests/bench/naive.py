"""A contender: what comes of the four libraries when each is used as its own pages say."""

import re
import sys
from collections.abc import Sequence
from json import loads
from pathlib import Path
from typing import Any

from pyarabic import araby
from rich.console import Console
from snowballstemmer import stemmer
from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter
from whoosh.fields import ID, TEXT, Schema
from whoosh.highlight import Formatter, get_text
from whoosh.index import create_in, open_dir
from whoosh.qparser import MultifieldParser, OrGroup, WildcardPlugin

_ARABIC = stemmer("arabic")
_ENGLISH = stemmer("english")


class Brackets(Formatter):  # type: ignore[misc] # Whoosh has no types
    """Puts the words that were asked for between [ and ]."""

    def format_token(self, text: str, token: Any, replace: bool = False) -> str:  # noqa: FBT001, FBT002 - as Whoosh calls it
        return f"[{get_text(text, token, replace)}]"


def term_of(word: str) -> str:
    """What a word is looked up as."""
    if not araby.is_arabicrange(word):
        return str(_ENGLISH.stemWord(word))
    word = araby.strip_tatweel(araby.strip_tashkeel(word))
    word = araby.normalize_hamza(araby.normalize_ligature(word), method="tasheel")
    return str(_ARABIC.stemWord(word))


# Vowel signs are no letters to a regular expression, but they stand within words.
WORD = re.compile(r"[\w\u064B-\u0652\u0670]+")
_ANALYZER = RegexTokenizer(WORD) | LowercaseFilter() | StemFilter(stemfn=term_of)
_SCHEMA = Schema(
    id=ID(stored=True),
    lang=ID(stored=True),
    title=TEXT(analyzer=_ANALYZER, field_boost=2.0, stored=True),
    body=TEXT(analyzer=_ANALYZER, stored=True),
)


class Warm:
    """An open index that answers one question after the other."""

    def __init__(self, folder: Path) -> None:
        self._searcher = open_dir(folder, schema=_SCHEMA).searcher()
        self._parser = MultifieldParser(["title", "body"], _SCHEMA, group=OrGroup)
        self._parser.remove_plugin_class(WildcardPlugin)  # which takes the Arabic question mark for a wildcard

    def ask(self, words: Sequence[str], *, snippets: bool) -> list[str]:
        """The ids of the ten best articles with any of `words`, each with a marked snippet made if `snippets`."""
        if snippets:
            return [name for name, _, _ in self.show(words)]
        return [hit["id"] for hit in self._search(words)]

    def show(self, words: Sequence[str]) -> list[tuple[str, str, str]]:
        """Id, title and a marked snippet of the ten best articles with any of `words`."""
        hits = self._search(words)
        hits.formatter = Brackets()
        return [(hit["id"], hit["title"], hit.highlights("body", top=1)) for hit in hits]

    def _search(self, words: Sequence[str]) -> Any:
        return self._searcher.search(self._parser.parse(" ".join(words)), limit=10)


def build(source: Path, folder: Path) -> None:
    """Writes the index of the articles of `source` into `folder`."""
    folder.mkdir(parents=True)
    writer = create_in(folder, _SCHEMA).writer(limitmb=256)
    with source.open(encoding="utf-8") as file:
        for line in file:
            record = loads(line)
            writer.add_document(id=record["id"], lang=record["lang"], title=record["title"], body=record["text"])
    writer.commit()


def main() -> None:
    match sys.argv[1:]:
        case ["build", source, folder]:
            build(Path(source), Path(folder))
        case ["ask", folder, *words]:
            console = Console()
            for row in Warm(Path(folder)).show(words):
                console.print(*row, sep="\n", markup=False)
        case _:
            sys.exit("usage: naive.py build SOURCE FOLDER | ask FOLDER WORD...")


if __name__ == "__main__":
    main()
