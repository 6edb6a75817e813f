"""Postings that memory should not hold, in a file until all articles are read."""

import mmap
import os
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import accumulate, chain, pairwise

Lists = dict[int, list[int]]  # number of a term -> its postings, each a number of 64 bits


class Runs:
    """Postings on disk, in a file that is gone when its process is: runs of them, each in the order of fields and terms."""

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

    def merged(self, field: str) -> Iterator[tuple[int, int, memoryview]]:
        """(term, run, postings) by rising term, and a term's by rising run, which is by rising article."""
        self._file.flush()
        if not os.fstat(self._file.fileno()).st_size:
            return iter(())
        view = memoryview(mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ))
        return merge(*(_pieces(view, number, *run[field]) for number, run in enumerate(self._directory)))

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()


def _pieces(
    view: memoryview, run: int, start: int, numbers: Iterable[int], sizes: Iterable[int]
) -> Iterator[tuple[int, int, memoryview]]:
    ends = accumulate((8 * size for size in sizes), initial=start)
    for number, (begin, end) in zip(numbers, pairwise(ends), strict=True):
        yield number, run, view[begin:end]
