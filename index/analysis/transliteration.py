"""How surely two names, one in Latin letters and one in Arabic ones, are the same name.

The score is that of the likeliest way to part both names into transliteration units (`train_names` learns them): the logarithm
of how much likelier the two are together than by chance, over the root of how many letters they have, so that longer names are
surer but not in proportion.
"""

from _collections_abc import Iterable, Iterator, Mapping, Sequence

from index.analysis.listed import text_of
from index.analysis.names import END, LONGEST, START

_LONGEST = {True: 3, False: 2}  # letters of a unit, by whether they are Latin: `train_names` makes no longer ones
LEAST = 1.5  # the score of a name that is worth a look
_NEVER = float("-inf")
Column = dict[int, float]  # what is reached at places of a name, when some first letters of the other one are taken


class Sounding:
    """A name, by its letters, that those of the other script are compared with."""

    def __init__(self, name: str) -> None:
        latin = name.isascii()
        self._roots = [((len(name) + letters) / 2) ** 0.5 for letters in range(LONGEST + 1)]
        self._marked = f"{START}{name}{END}"
        self._longest = _LONGEST[not latin]
        size = len(self._marked)
        # The units that begin at each place: where they end, and what they stand for.
        self._units = [
            [
                (end, others)
                for end in range(start, min(start + _LONGEST[latin], size) + 1)
                if (others := _units(self._marked[start:end], latin=latin))
            ]
            for start in range(size + 1)
        ]
        self._others = frozenset().union(*(others for units in self._units for _, others in units))
        self._skips = [(start, end, others[""]) for start in range(size) for end, others in self._units[start] if "" in others]
        self._reach = [_NEVER] * size + [0.0]  # the most that what is behind each place can be worth
        for start in range(size - 1, -1, -1):
            self._reach[start] = max(
                (max(others.values()) + self._reach[end] for end, others in self._units[start] if end > start), default=_NEVER
            )

    def scores(self, names: Iterable[str], least: float) -> Iterator[tuple[str, float]]:
        """Those of `names` of the other script, by their letters, that score `least` or more, and their scores.

        None of them may have more than `LONGEST` letters. Names in order are compared sooner: what one begins with like the
        one before it is not looked at again.
        """
        columns: list[Column] = [{0: 0.0}]
        before, hopeless = "", END
        for name in names:
            marked = f"{START}{name}{END}"
            if marked.startswith(hopeless):
                continue
            taken = _alike(before, marked, len(columns) - 1)
            del columns[taken + 1 :]
            before = marked
            while taken < len(marked):
                taken += 1
                # No name that begins so is shorter.
                columns.append(self._column(columns, marked[:taken], least * self._roots[max(0, taken - 2)]))
                # A unit may leap over the last columns.
                if not any(columns[-self._longest :]):
                    hopeless = marked[:taken]
                    break
            else:
                score = columns[-1].get(len(self._marked), _NEVER) / self._roots[len(name)]
                if score >= least:
                    yield name, score

    def _column(self, columns: Sequence[Column], marked: str, floor: float) -> Column:
        """What is reached with the first letters of another name, of what may come to `floor` in the end."""
        column: Column = {}
        reach, units, taken = self._reach, self._units, len(marked)
        for first in range(taken - 1, max(taken - self._longest, 0) - 1, -1):
            letters = marked[first:]
            if letters in self._others:
                for place, worth in columns[first].items():
                    for end, others in units[place]:
                        if letters in others:
                            reached = worth + others[letters]
                            if reached > column.get(end, floor - reach[end]):
                                column[end] = reached
        for place, end, ratio in self._skips:
            if place in column:
                reached = column[place] + ratio
                if reached > column.get(end, floor - reach[end]):
                    column[end] = reached
        return column


def _alike(one: str, other: str, most: int) -> int:
    """How many letters, at most so many, two names have in common from the start."""
    same, most = 0, min(most, len(one), len(other))
    while same < most and one[same] == other[same]:
        same += 1
    return same


_TABLE: list[str] = []
_UNITS: dict[tuple[str, bool], dict[str, float]] = {}


def _units(letters: str, *, latin: bool) -> Mapping[str, float]:
    """What some letters of the one script stand for in the other, and how surely; nothing for those that are no unit."""
    if (letters, latin) not in _UNITS:
        if not _TABLE:
            _TABLE.append(f"\n{text_of('transliteration_units.tsv')}")
        table, units = _TABLE[0], _UNITS.setdefault((letters, latin), {})
        mark = f"\n{letters}\t" if latin else f"\t{letters}\t"
        here = table.find(mark)
        while here >= 0:
            start = table.rfind("\n", 0, here + 1) + 1
            here = table.index("\n", start)
            one, other, ratio = table[start:here].split("\t")
            units[other if latin else one] = float(ratio)
            if not table.startswith(mark, here):  # the rows of a Latin unit stand together
                here = -1 if latin else table.find(mark, here)
    return _UNITS[letters, latin]
