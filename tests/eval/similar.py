"""How often the article nearest to one is its translation: `python tests/eval/similar.py DOCS.jsonl`.

An article's id is its language, a colon, and a name that it shares with its translation: en:one, ar:one.
"""

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from index.build import build
from index.generation import open_generation
from index.store import Store
from search.engine import similar

_OTHER = {"en": "ar", "ar": "en"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, metavar="DOCS.jsonl")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build([str(asked.articles)], folder)
        store = Store(open_generation(folder))
        counts = _nearest(store)
        store.close()
    for language, other in _OTHER.items():
        right, articles = counts[language, "right"], counts[language, "articles"]
        print(f"{language}: the nearest article in {other} is the translation of {right} of {articles}")


def _nearest(store: Store) -> Counter[tuple[str, str]]:
    """How many articles there are of each language, and of how many the translation is the nearest of the other one."""
    counts: Counter[tuple[str, str]] = Counter()
    for number in range(store.article_count):
        language, _, name = store.article(number).id.partition(":")
        hits = similar(store, f"{language}:{name}", limit=1, language=_OTHER[language]).hits
        counts[language, "articles"] += 1
        counts[language, "right"] += [hit.id for hit in hits] == [f"{_OTHER[language]}:{name}"]
    return counts


if __name__ == "__main__":
    main()
