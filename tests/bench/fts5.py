"""A contender: SQLite's FTS5 over the words as they stand, in the form of it that was the quickest of those tried."""

import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence

_TITLE_COUNTS_TWICE = "bm25(0, 0, 2, 1)"
_SNIPPET = "snippet(articles, 3, '[', ']', '…', 32)"
# `ORDER BY bm25(...)` is a quarter quicker than `ORDER BY rank`, but would make a snippet of every article that answers. Where
# many do, the ten that won are matched once more; where few do, the two steps of `ORDER BY rank` are the cheaper ones.
_BEST = "SELECT rowid, id FROM articles WHERE articles MATCH ? ORDER BY bm25(articles, 0, 0, 2, 1) LIMIT 10"
_SHOWN = f"SELECT rowid, id, title, {_SNIPPET} FROM articles WHERE articles MATCH ? "  # noqa: S608 - a constant
_MANY = 100_000_000  # bytes


class Warm:
    """An open index that answers one question after the other."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._database = sqlite3.connect(_path(folder))
        self._database.execute("PRAGMA cache_size = -64000")
        self._many = os.path.getsize(_path(folder)) > _MANY

    def ask(self, words: Sequence[str], *, snippets: bool) -> list[str]:
        """The ids of the ten best articles with any of `words`, each with a marked snippet made if `snippets`."""
        if snippets:
            return [name for name, _, _ in self.show(words)]
        return [name for _, name in self._database.execute(_BEST, (_question(words),))]

    def show(self, words: Sequence[str]) -> list[tuple[str, str, str]]:
        """Id, title and a marked snippet of the ten best articles with any of `words`."""
        question = _question(words)
        if not self._many:
            return [row[1:] for row in self._database.execute(_SHOWN + "ORDER BY rank LIMIT 10", (question,))]
        best = [rowid for rowid, _ in self._database.execute(_BEST, (question,))]
        among = f"AND rowid IN ({','.join('?' * len(best))})"
        shown = {row[0]: row[1:] for row in self._database.execute(_SHOWN + among, (question, *best))}
        return [shown[rowid] for rowid in best]


def build(source: str, folder: str) -> None:
    """Writes the index of the articles of `source` into `folder`, in one transaction."""
    os.makedirs(folder)
    database = sqlite3.connect(_path(folder))
    database.execute("CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, lang UNINDEXED, title, body)")
    database.execute("INSERT INTO articles(articles, rank) VALUES('rank', ?)", (_TITLE_COUNTS_TWICE,))
    database.executemany("INSERT INTO articles VALUES(?, ?, ?, ?)", _rows(source))
    database.commit()


def optimize(folder: str) -> None:
    """Makes one segment of many; apart from `build`, so that the quicker answers are not paid for in the time of building."""
    database = sqlite3.connect(_path(folder))
    database.execute("INSERT INTO articles(articles) VALUES('optimize')")
    database.commit()


def main() -> None:
    match sys.argv[1:]:
        case ["build", source, folder]:
            build(source, folder)
        case ["optimize", folder]:
            optimize(folder)
        case ["ask", folder, *words]:
            for name, title, snippet in Warm(folder).show(words):
                print(name, title, snippet, sep="\n")
        case _:
            sys.exit("usage: fts5.py build SOURCE FOLDER | optimize FOLDER | ask FOLDER WORD...")


def _rows(source: str) -> Iterator[tuple[str, str, str, str]]:
    import json  # an answer has no need of it

    with open(source, "rb") as file:
        for line in file:
            record = json.loads(line)
            yield record["id"], record["lang"], record["title"], record["text"]


def _question(words: Sequence[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)


def _path(folder: str | os.PathLike[str]) -> str:
    return os.path.join(folder, "articles.db")


if __name__ == "__main__":
    main()
