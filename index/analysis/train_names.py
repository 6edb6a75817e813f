"""Learns the transliteration units from pairs of names: `python -m index.analysis.train_names PAIRS.tsv`.

PAIRS.tsv has a name a line: in Latin letters, in Arabic ones, and `train` or `eval`; what is `eval` is left out. The names
of the package arabic-name-romanizer (the extra `train`) are added. Writes `transliteration_units.tsv` beside this module.

The model is the joint-sequence model of Bisani & Ney 2008, "Joint-sequence models for grapheme-to-phoneme conversion": a pair
of names is a row of units, each some letters of the one and some of the other, and how likely each unit is, is learned by
expectation maximization over all ways to part the pairs. Nothing is drawn at random: the same pairs give the same units.
"""

import argparse
import math
import random
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from importlib.metadata import version
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from string import ascii_lowercase

from index.analysis.names import END, LONGEST, START, asked_under, filed_under, letters_of
from index.analysis.transliteration import LEAST, Sounding

Pair = tuple[str, str]  # letters of a name in Latin, and in Arabic
Unit = tuple[str, str]
_PACKAGE = "arabic_name_romanizer"
_DATABASE = ("resources", "names.sqlite3")
_FOREIGN = ("IR", "PK", "AF")  # where Arabic letters write other languages
_ARTICLE = "ال"
_ARTICLES = ("al-", "el-", "al ", "el ")
_SEED = 5  # of the random pairs
_PACKAGE_WEIGHT = 0.25  # beside a pair of the file: names of the news are seldom Arabic ones, and these are three times as many
_LONGER = 3  # times as many letters as the other has: no pair of names
ROUNDS = 10
UNITS = 1_500  # at most
_CUT = 3  # rounds before the end in which the seldom units go
_SELDOM = 0.5  # of a unit's count, times the round: what is under it is forgotten
_SILENT = -6.0  # what a Latin letter costs that nothing stands for, where that was not learned
# What a unit of so many letters is thought to be worth before anything is learned: letter by letter is the rule.
_FIRST = {
    (1, 1): 1e-3,
    (1, 0): 1e-4,
    (0, 1): 1e-5,
    (2, 1): 1e-5,
    (1, 2): 1e-6,
    (3, 1): 1e-7,
    (2, 0): 1e-8,
    (2, 2): 1e-8,
    (3, 2): 1e-9,
    (0, 2): 1e-9,
    (3, 0): 1e-11,
}
_SHAPES = tuple(_FIRST)


def main() -> None:
    """The script on the arguments of the process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, metavar="PAIRS.tsv")
    asked = parser.parse_args()
    pairs = dict.fromkeys(pairs_of(asked.pairs, "train"), 1.0)
    own = len(pairs)
    for pair in _package_pairs():
        pairs.setdefault(pair, _PACKAGE_WEIGHT)
    print(f"learning from {own:,} pairs of {asked.pairs} and {len(pairs) - own:,} of {_PACKAGE}", file=sys.stderr)
    units = ratios(train(pairs))
    _write((), units)  # to be read by what measures it
    held_out = list(pairs_of(asked.pairs, "eval"))
    mixed = list(mixed_up(held_out))
    head = (
        "# Transliteration units: Latin letters, Arabic letters (^ and $ are the ends of a name), and how much likelier than",
        "# by chance, as a logarithm, they stand for each other. Learned by train_names, in which nothing is drawn at random,",
        f"# from {len(pairs) - own:,} names of arabic-name-romanizer {version(_PACKAGE)} (MIT; data of Wikidata, CC0) and the",
        f"# {own:,} of the training part of google/transliteration ar2en (Apache-2.0). {len(units):,} units. Of the",
        f"# {len(held_out):,} pairs of its evaluation part {share_accepted(held_out):.1%} are accepted, of {len(mixed):,}",
        f"# random ones (seed {_SEED}) {share_accepted(mixed):.1%}.",
    )
    _write(head, units)


def _write(head: Iterable[str], units: Mapping[Unit, float]) -> None:
    rows = (f"{latin}\t{arabic}\t{ratio:.2f}" for (latin, arabic), ratio in sorted(units.items()))
    target = Path(__file__).with_name("transliteration_units.tsv")
    target.write_text("\n".join((*head, *rows)) + "\n", encoding="utf-8")


def share_accepted(pairs: Sequence[Pair]) -> float:
    """The share of the pairs that have a key in common and the score of one name, be there an article before it or not."""
    return sum(map(_is_accepted, pairs)) / max(1, len(pairs))


def _is_accepted(pair: Pair) -> bool:
    latin, arabic = pair
    asked, sounding = set(asked_under(latin)), Sounding(latin)
    names = {arabic, arabic.removeprefix(_ARTICLE)}
    return any(asked.intersection(filed_under(name)) and any(sounding.scores([name], LEAST)) for name in names)


def mixed_up(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Pairs of the same names that are none of theirs."""
    arabic = [name for _, name in pairs]
    random.Random(_SEED).shuffle(arabic)  # noqa: S311 - no secret
    known = set(pairs)
    return (pair for (latin, _), other in zip(pairs, arabic, strict=True) if (pair := (latin, other)) not in known)


def written_pairs(path: Path, part: str) -> list[Pair]:
    """The pairs of one part of a file, as they are written there."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(latin, arabic) for latin, arabic, of_part in rows if of_part == part]


def pairs_of(path: Path, part: str) -> Iterator[Pair]:
    """The pairs of one part of a file, by their letters."""
    pairs = ((letters_of(latin), letters_of(arabic)) for latin, arabic in written_pairs(path, part))
    return (pair for pair in pairs if 0 < min(map(len, pair)) <= max(map(len, pair)) <= LONGEST)


def _package_pairs() -> Iterator[Pair]:
    """The single names of the package, read from its data: nothing of its code is run."""
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        sys.exit(f"the package {_PACKAGE.replace('_', '-')} is missing: install the extra `train`")
    with closing(sqlite3.connect(Path(found.origin).parent.joinpath(*_DATABASE))) as database:
        rows = database.execute("SELECT latin, arabic_key, country FROM units ORDER BY latin, arabic_key").fetchall()
    for written, key, country in rows:
        latin, arabic = written.lower(), key
        if arabic.startswith(_ARTICLE) and latin.startswith(_ARTICLES):
            latin, arabic = latin[3:], arabic[2:]
        pair = letters_of(latin.replace("’", "'")), letters_of(arabic)
        if country not in _FOREIGN and min(map(len, pair)) > 1 and len(pair[0]) <= _LONGER * len(pair[1]):
            yield pair


def train(pairs: Mapping[Pair, float], rounds: int = ROUNDS, units: int = UNITS) -> dict[Unit, float]:
    """How likely each unit is, of at most so many, learned from pairs and the weights of these."""
    known: dict[str, dict[str, float]] | None = None
    for number in range(rounds):
        counts: dict[Unit, float] = defaultdict(float)
        for (latin, arabic), weight in pairs.items():
            for unit, expected in _expected(f"{START}{latin}{END}", f"{START}{arabic}{END}", known):
                counts[unit] += weight * expected
        if number:
            counts = {unit: count for unit, count in counts.items() if count >= _SELDOM * number}
        if number == rounds - _CUT:
            counts = dict(sorted(counts.items(), key=itemgetter(1), reverse=True)[:units])
        total = sum(counts.values())
        known = defaultdict(dict)
        for (latin, arabic), count in counts.items():
            known[latin][arabic] = count / total
    return {(latin, arabic): likely for latin, others in (known or {}).items() for arabic, likely in others.items()}


def ratios(units: Mapping[Unit, float]) -> dict[Unit, float]:
    """The logarithm of how much likelier each unit is than its letters would be side by side by chance.

    Any Latin letter may be silent, if only at a high price: the p of Thompson.
    """
    letters: defaultdict[str, float] = defaultdict(float)
    for unit, likely in units.items():
        for letter in "".join(unit):
            letters[letter] += likely
    latin = sum(count for letter, count in letters.items() if letter.isascii())
    total = {True: latin, False: sum(letters.values()) - latin}
    chance = {letter: math.log(count / total[letter.isascii()]) for letter, count in letters.items()}
    chance |= {START: 0.0, END: 0.0}
    silent = {(letter, ""): _SILENT for letter in ascii_lowercase}
    return silent | {unit: math.log(likely) - sum(map(chance.__getitem__, "".join(unit))) for unit, likely in units.items()}


def _expected(latin: str, arabic: str, known: Mapping[str, Mapping[str, float]] | None) -> Iterable[tuple[Unit, float]]:
    """How often each unit is expected in a pair, by the forward-backward algorithm (Rabiner 1989)."""
    steps = list(_steps(latin, arabic, known))
    forward: defaultdict[tuple[int, int], float] = defaultdict(float, {(0, 0): 1.0})
    for start, end, _, likely in steps:
        forward[end] += forward[start] * likely
    goal = len(latin), len(arabic)
    if not forward[goal]:
        return
    backward: defaultdict[tuple[int, int], float] = defaultdict(float, {goal: 1.0})
    for start, end, unit, likely in reversed(steps):
        onward = likely * backward[end]
        if onward:
            backward[start] += onward
            yield unit, forward[start] * onward / forward[goal]


def _steps(
    latin: str, arabic: str, known: Mapping[str, Mapping[str, float]] | None
) -> Iterator[tuple[tuple[int, int], tuple[int, int], Unit, float]]:
    """Every unit at every place of a pair, those that end sooner first: where it starts, where it ends, how likely it is."""
    for i in range(len(latin) + 1):
        for j in range(len(arabic) + 1):
            for size, other in _SHAPES:
                if size <= i and other <= j:
                    unit = latin[i - size : i], arabic[j - other : j]
                    likely = known.get(unit[0], {}).get(unit[1], 0.0) if known is not None else _FIRST[size, other]
                    if likely:
                        yield (i - size, j - other), (i, j), unit, likely


if __name__ == "__main__":
    main()
