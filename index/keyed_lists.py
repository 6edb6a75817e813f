"""Lists of numbers on disk, each found by a key, which is a string.

Their sections: the hashes of the keys, rising; where the list of each ends; and the numbers, packed as `array_writing.planes`
does. A hash is the crc32; the lists of keys that share one are one list.
"""

import zlib
from _bisect import bisect_left
from _collections_abc import Sequence

from index.arrays import from_planes

KEYED_KINDS = "IIB"


class KeyedLists:
    """Lists as `array_writing.keyed_sections` lays them out; raises `ValueError` where the sections are not those."""

    __slots__ = ("_ends", "_hashes", "_numbers")

    def __init__(self, sections: Sequence[memoryview]) -> None:
        self._hashes, self._ends, self._numbers = sections
        count = self._ends[-1] if len(self._ends) else 0
        if len(self._hashes) != len(self._ends) or len(self._numbers) not in {3 * count, 4 * count}:
            raise ValueError("has sections that do not fit each other")

    def find(self, key: str) -> Sequence[int]:
        """The numbers that are filed under a key, in the order in which they were."""
        hashed = hash_of(key)
        place = bisect_left(self._hashes, hashed)
        if place == len(self._hashes) or self._hashes[place] != hashed:
            return ()
        start, end, count = self._ends[place - 1] if place else 0, self._ends[place], self._ends[-1]
        if not start <= end <= count:
            raise ValueError("places what it has outside of itself")
        return from_planes(self._numbers, count, start, end)


def hash_of(key: str) -> int:
    """The number, of 32 bits, that a key is filed under."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass"))
