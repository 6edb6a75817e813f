"""The articles that are indexed, as a whole and by language, and where each contender's index of them is."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from measure import cpu_of

BOTH = "both"
_LANGUAGES = ("ar", "en")
_HERE = Path(__file__).parent
_SEEDS = _HERE.parent.parent / "seeds"
_WRITE = (
    "import sys, pathlib, corpus; corpus.write_corpus(pathlib.Path(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3]))"
)


class Corpus:
    """The articles of a `.jsonl` file; those of each language, and the indexes, come into the folder `home`."""

    def __init__(self, name: str, path: Path, home: Path) -> None:
        self.name = name
        self.articles = dict.fromkeys((*_LANGUAGES, BOTH), 0)
        self.text_bytes = 0
        self._path = path
        self._home = home
        home.mkdir()
        self._part()

    def source(self, part: str = BOTH) -> Path:
        """The file of the articles in a language, or in both."""
        return self._path if part == BOTH else self._home / f"{part}.jsonl"

    def folder(self, contender: str, part: str = BOTH) -> Path:
        """Where a contender's index of them is."""
        return self._home / part / contender

    def folders(self, contenders: Iterable[str]) -> dict[str, Path]:
        """Where the index of each contender is."""
        return {contender: self.folder(contender) for contender in contenders}

    def _part(self) -> None:
        files = {language: self.source(language).open("w", encoding="utf-8") for language in _LANGUAGES}
        with self._path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                files[record["lang"]].write(line)
                self.text_bytes += len((record["title"] + record["text"]).encode())
                for part in (record["lang"], BOTH):
                    self.articles[part] += 1
        for file in files.values():
            file.close()


def made_of(texts: Path, articles: int, below: Path) -> Corpus:
    """So many articles made of the files docs.jsonl in `texts`."""
    path = below / f"{articles}.jsonl"
    # In another process, because what this one holds would be counted as memory of the builds that it starts.
    cpu_of([sys.executable, "-c", _WRITE, texts, str(articles), path], PYTHONPATH=str(_HERE))
    return Corpus(f"{articles:,} articles", path, below / str(articles))


def seeds(below: Path) -> Corpus:
    """The two seeds, each with its first line as its title."""
    path = below / "seeds.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for seed in sorted(_SEEDS.glob("*.txt")):
            text = seed.read_text(encoding="utf-8").strip()
            language = "ar" if any("\u0621" <= letter <= "\u064a" for letter in text[:200]) else "en"
            record = {"id": seed.name, "lang": language, "title": text.split("\n")[0], "text": text}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return Corpus("seeds", path, below / "seeds")
