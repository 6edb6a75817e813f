"""The table of name pairs, and how many of them are found by their sound, or are not, as they should."""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from word_pairs import store_of_words

from index.analysis.names import asked_under, filed_under, letters_of, starts_of
from index.analysis.transliteration import LEAST, Sounding
from index.namesakes import Namesake, namesakes

TABLE = Path(__file__).parent / "data" / "name_pairs.tsv"
FROM_ENGLISH, FROM_ARABIC = "from English", "from Arabic"


class Pair(NamedTuple):
    """A row of the table; `fails` says why it does, if it is known to."""

    kind: str
    english: str
    arabic: str
    reason: str
    fails: str = ""


def pairs_of_names() -> list[Pair]:
    """The rows of the table."""
    lines = TABLE.read_text(encoding="utf-8").split("\n")
    return [Pair(*line.split("\t")) for line in lines if line and not line.startswith("#")]


class Names:
    """A store in which each word of the table is an article."""

    def __init__(self, folder: Path) -> None:
        self.pairs = pairs_of_names()
        words = dict.fromkeys(word for pair in self.pairs for word in (pair.english, pair.arabic))
        self._arabic = {pair.arabic for pair in self.pairs}
        self._store = store_of_words(folder / "names", words)
        self._words: dict[str, list[str]] = {}
        for word in words:
            self._words.setdefault(self.term_of(word), []).append(word)

    def term_of(self, word: str) -> str:
        """The term of a word of the table."""
        return self._store.term_of(word)

    def namesakes(self, word: str) -> list[Namesake]:
        """What is found for a word of the table."""
        return namesakes(self._store, word, self.term_of(word))

    def are_found(self, pair: Pair) -> dict[str, bool]:
        """Whether the one word finds the other, from either side."""
        return {side: self._finds(one, other) for side, one, other in _sides(pair)}

    def are_right(self, pair: Pair) -> bool:
        """Whether the two words find each other, or neither does, as the table says."""
        found = self.are_found(pair).values()
        return all(found) if pair.kind == "same" else not any(found)

    def details(self, pair: Pair) -> str:
        """What is known of a pair: the best score of the two, and what is found from either side, with its probability."""
        score = max((self._score(one, other) for _, one, other in _sides(pair)), default=0)
        found = (
            f"{side}: {', '.join(f'{self._words[term][0]} {sure}' for term, sure in self.namesakes(one)) or 'nothing'}"
            for side, one, _ in _sides(pair)
        )
        return "\t".join((f"{score:.2f}", *found))

    def why(self, pair: Pair) -> str:
        """What a pair that is not right fails by, as the fifth column has it; empty for one that is right."""
        wrong = {side: is_found for side, is_found in self.are_found(pair).items() if is_found != (pair.kind == "same")}
        explain = self._why_not if pair.kind == "same" else self._why_all_the_same
        reasons = {side: explain(one, other) for side, one, other in _sides(pair) if side in wrong}
        if len(set(reasons.values())) == 1 and len(reasons) == 2:
            return next(iter(reasons.values()))
        return "; ".join(f"{side}, {reason}" for side, reason in reasons.items())

    def _finds(self, one: str, other: str) -> bool:
        return self.term_of(other) in dict(self.namesakes(one))

    def _why_not(self, one: str, other: str) -> str:
        asked, filed = self._keys(one, asked=True), self._keys(other)
        if asked.isdisjoint(filed):
            return self._why_no_key(one, other)
        better = [self._words[term][0] for term, _ in self.namesakes(one)]
        if self._score(one, other) < LEAST or not better:
            return "they sound too different"
        return f"a better namesake stands in the table: {better[0]}"

    def _why_no_key(self, one: str, other: str) -> str:
        whole = [letters_of(word) for word in (one, other)]
        asked, filed = self._keys(one, asked=True), self._keys(other)
        if not (asked and filed):
            return "it has no consonants to be filed by"
        if not set(asked_under(whole[0])).isdisjoint(filed_under(whole[1])):
            return f"it is taken for {' or '.join(self._starts(other if other in self._arabic else one))} with a prefix"
        if not self._keys(other, asked=True).isdisjoint(self._keys(one)):
            return "their keys meet from the other side only"
        return f"the {'vowels stand at other places' if _consonants(asked) & _consonants(filed) else 'consonants differ'}"

    def _why_all_the_same(self, one: str, other: str) -> str:
        of_its_term = max(self._words[self.term_of(other)], key=lambda word: self._score(one, word))
        if self._score(one, of_its_term) > self._score(one, other):
            return f"its term is also that of {of_its_term}"
        nearest = [self._words[term][0] for term, _ in self.namesakes(other)]
        if nearest and self.term_of(nearest[0]) != self.term_of(one):
            return f"nothing sounds more alike, though {other} is nearer to {nearest[0]}"
        return "they sound alike: only a dictionary can tell"

    def _starts(self, word: str) -> list[str]:
        """The names that a word may hold."""
        letters = letters_of(word)
        return [letters[start:] for start in starts_of(letters, self.term_of(word), settled=self._store.is_settled(word))]

    def _keys(self, word: str, *, asked: bool = False) -> set[str]:
        return {key for name in self._starts(word) for key in (asked_under if asked else filed_under)(name)}

    def _score(self, one: str, other: str) -> float:
        """The best score of a name that the one word may hold and one that the other may; 0 where it is under that."""
        scored = (Sounding(name).scores(self._starts(other), 0) for name in self._starts(one))
        return max((score for scores in scored for _, score in scores), default=0)


def _sides(pair: Pair) -> Iterator[tuple[str, str, str]]:
    """(the side that is asked from, the word that is asked for, the one that may be found)."""
    yield FROM_ENGLISH, pair.english, pair.arabic
    yield FROM_ARABIC, pair.arabic, pair.english


def _consonants(keys: set[str]) -> set[str]:
    return {re.sub(r"(.)\1+", r"\1", key.replace(".", "").upper()) for key in keys}


def shares_of_names(names: Names) -> Iterator[tuple[str, int, int]]:
    """(what is counted, pairs that are right, pairs)."""
    same, other = ([pair for pair in names.pairs if pair.kind == kind] for kind in ("same", "other"))
    for side in (FROM_ENGLISH, FROM_ARABIC):
        yield f"same, {side}", sum(names.are_found(pair)[side] for pair in same), len(same)
    yield "same, from both", sum(map(names.are_right, same)), len(same)
    yield "other", sum(map(names.are_right, other)), len(other)


def renew(names: Names) -> None:
    """Writes why pairs fail, as it is now, into the table."""
    head = [line for line in TABLE.read_text(encoding="utf-8").split("\n") if line.startswith("#")]
    rows = ("\t".join(filter(None, pair._replace(fails=names.why(pair)))) for pair in names.pairs)
    TABLE.write_text("\n".join((*head, *rows)) + "\n", encoding="utf-8")


def main() -> None:
    """Prints the shares; with --failures each pair that fails, and by what; with --write the table is told so too."""
    with tempfile.TemporaryDirectory() as folder:
        names = Names(Path(folder))
        for what, right, count in shares_of_names(names):
            print(f"{what}: {right} of {count} ({right / count:.1%})")
        if "--failures" in sys.argv[1:]:
            for pair in names.pairs:
                if not names.are_right(pair):
                    print(*pair[:4], names.why(pair), names.details(pair), sep="\t")
        if "--write" in sys.argv[1:]:
            renew(names)


if __name__ == "__main__":
    main()
