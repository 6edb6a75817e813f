"""How well names are found by their sound: `python tests/eval/names.py PAIRS.tsv TEXTS`.

PAIRS.tsv has a name a line: in Latin letters, in Arabic ones, and the part it belongs to; only `eval` is asked. TEXTS is a
folder with files docs.jsonl, whose words, filled up with the most frequent of the package wordfreq, are the ordinary words
among which names are sought: 40,000 of each language. The time is the mean of a search for namesakes beside that of a plain
term of the same words, each the best of three.
"""

import argparse
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from wordfreq import top_n_list

from index.analysis.train_names import Pair, mixed_up, pairs_of, share_accepted, written_pairs
from index.analysis.words import is_arabic, words_of
from index.build import build
from index.generation import open_generation
from index.namesakes import namesakes
from index.store import Store
from search.engine import answer

_VOCABULARY = 40_000
_PER_ARTICLE = 1_000  # words
_ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, metavar="PAIRS.tsv")
    parser.add_argument("texts", type=Path, metavar="TEXTS")
    asked = parser.parse_args()
    held_out = list(pairs_of(asked.pairs, "eval"))
    mixed = list(mixed_up(held_out))
    accepted, wrongly = share_accepted(held_out), share_accepted(mixed)
    print(f"Accepted: {accepted:.2%} of {len(held_out):,} pairs, {wrongly:.2%} of {len(mixed):,} random ones.\n")
    print("| asked | best | found | words besides | ordinary words besides | time / plain search |\n|---|---|---|---|---|---|")
    pairs = written_pairs(asked.pairs, "eval")
    every = [*written_pairs(asked.pairs, "train"), *pairs]
    for latin in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            print(_among_words(Path(folder), asked.texts, pairs, every, latin=latin))


def _among_words(folder: Path, texts: Path, pairs: list[Pair], every: list[Pair], *, latin: bool) -> str:
    """Asks for each name in the one script among the words of the other."""
    right, listed = _others(pairs, latin=latin), _others(every, latin=latin)
    names = list(dict.fromkeys(other for others in right.values() for other in others))
    store = _open(folder, [*_ordinary_words(texts, "ar" if latin else "en"), *names])
    of_names = set(map(store.term_of, names))
    counts: Counter[str] = Counter()
    sought = plain = 0.0
    for place, (name, others) in enumerate(right.items()):
        term = store.term_of(name)
        sought += _seconds(lambda name=name, term=term: namesakes(store, name, term))  # type: ignore[misc]
        other = names[place % len(names)]
        plain += _seconds(lambda other=other: answer(store, other, exact=True))  # type: ignore[misc]
        found = [variant for variant, _ in namesakes(store, name, term)]
        terms = set(map(store.term_of, others))
        besides = set(found).difference(map(store.term_of, listed[name]))
        counts["best"] += bool(found) and found[0] in terms
        counts["found"] += not terms.isdisjoint(found)
        counts["besides"] += len(besides)
        counts["ordinary"] += len(besides - of_names)
    shares = {kind: times / len(right) for kind, times in counts.items()}
    return (
        f"| {len(right):,} names in {'English' if latin else 'Arabic'} | {shares['best']:.1%} | {shares['found']:.1%} "
        f"| {shares['besides']:.3f} | {shares['ordinary']:.3f} | {sought / plain:.2f} |"
    )


def _others(pairs: Iterable[Pair], *, latin: bool) -> dict[str, set[str]]:
    """The names of the other script that each name is paired with."""
    others: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        name, other = pair if latin else pair[::-1]
        others[name].add(other)
    return others


def _seconds(search: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        search()
        times.append(time.perf_counter() - start)
    return min(times)


def _ordinary_words(texts: Path, language: str) -> list[str]:
    counts: Counter[str] = Counter()
    for path in sorted(texts.glob("*/docs.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            counts.update(words_of(json.loads(line)["text"]))
    words = dict.fromkeys(word.lower() for word, _ in counts.most_common() if _is_of(word, language))
    words |= dict.fromkeys(word for word in top_n_list(language, 5 * _VOCABULARY) if _is_of(word, language))
    return list(words)[:_VOCABULARY]


def _is_of(word: str, language: str) -> bool:
    return is_arabic(word) if language == "ar" else word.isascii() and word.isalpha()


def _open(folder: Path, words: list[str]) -> Store:
    articles = (words[start : start + _PER_ARTICLE] for start in range(0, len(words), _PER_ARTICLE))
    lines = (json.dumps({"id": str(number), "text": "\n".join(article)}) for number, article in enumerate(articles))
    source = folder / "words.jsonl"
    source.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    build([str(source)], str(folder / "index"))
    return Store(open_generation(str(folder / "index")))


if __name__ == "__main__":
    main()
