"""What memory should not hold until all articles are read, in files that are gone when their process is."""

import mmap
import os
import tempfile
from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import accumulate, chain, groupby
from operator import itemgetter
from typing import IO

Lists = dict[int, list[int]]  # number of a term -> its postings, each a number of 64 bits


class Spool:
    """Numbers of 32 bits, in the order in which they come."""

    def __init__(self, path: str) -> None:
        self._file = tempfile.TemporaryFile(dir=path)  # noqa: SIM115 - open as long as the spool is

    def add(self, numbers: "array[int]") -> None:
        """Appends numbers."""
        self._file.write(numbers)

    def view(self) -> memoryview:
        """All numbers."""
        return _mapped(self._file).cast("I")

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()


class Runs:
    """Postings: runs of them, each in the order of fields and of numbers of terms."""

    def __init__(self, path: str) -> None:
        self._file = tempfile.TemporaryFile(dir=path)  # noqa: SIM115 - open as long as the runs are
        self._directory: list[dict[str, tuple[int, array[int], array[int]]]] = []

    def add(self, lists_by_field: Mapping[str, Lists]) -> None:
        """Writes a run."""
        run = {}
        for field, lists in lists_by_field.items():
            numbers = array("I", sorted(lists))
            in_order = [lists[number] for number in numbers]
            run[field] = (self._file.tell(), numbers, array("I", map(len, in_order)))
            self._file.write(array("Q", chain.from_iterable(in_order)))
        self._directory.append(run)

    def sizes(self, field: str) -> Counter[int]:
        """How many postings each number has."""
        sizes: Counter[int] = Counter()
        for run in self._directory:
            _, numbers, run_sizes = run[field]
            sizes.update(dict(zip(numbers, run_sizes, strict=True)))
        return sizes

    def merged(self, field: str, renumbered: Sequence[int], several: Container[int]) -> Iterator[tuple[int, memoryview]]:
        """(term, postings) by rising term, and a term's by rising article.

        `renumbered` gives for each number the one that counts; where it is the same for `several`, their postings are united.
        """
        view = _mapped(self._file)
        pieces = merge(*(_pieces(view, run, renumbered, lists[field]) for run, lists in enumerate(self._directory)))
        for number, group in groupby(pieces, key=itemgetter(0)):
            if number in several:
                yield number, _united(piece for *_, piece in group)
            else:
                yield from ((number, piece) for *_, piece in group)

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()


def _mapped(file: IO[bytes]) -> memoryview:
    file.flush()
    size = os.fstat(file.fileno()).st_size
    return memoryview(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else b"")


def _pieces(
    view: memoryview, run: int, renumbered: Sequence[int], lists: "tuple[int, array[int], array[int]]"
) -> Iterator[tuple[int, int, int, memoryview]]:
    start, numbers, sizes = lists
    ends = list(accumulate((8 * size for size in sizes), initial=start))
    for number, place in sorted((renumbered[number], place) for place, number in enumerate(numbers)):
        yield number, run, place, view[ends[place] : ends[place + 1]]


def _united(pieces: Iterable[memoryview]) -> memoryview:
    """Postings of one term in one list: an article once, with all its frequencies."""
    postings: list[int] = []
    last = -1
    for posting in sorted(chain.from_iterable(piece.cast("Q") for piece in pieces)):
        article = posting >> 32
        if article == last:
            postings[-1] += posting & 0xFFFF_FFFF
        else:
            postings.append(posting)
            last = article
    return memoryview(array("Q", postings)).cast("B")
