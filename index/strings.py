"""A table of strings on disk: each has a number, and is found by its hash.

Its sections: the strings, one behind the other; where each ends; where each bucket of the hash ends; and the numbers of the
strings, bucket by bucket. There are a power of two buckets, about as many as strings; a string's is the low bits of its crc32.
"""

import zlib
from itertools import pairwise

STRING_KINDS = "BIII"


class StringTable:
    """A table as `array_writing.string_sections` lays it out; raises `ValueError` where the sections are not those."""

    __slots__ = ("_bytes", "_ends", "_mask", "_slots", "_stops")

    def __init__(self, sections: list[memoryview]) -> None:
        self._bytes, self._ends, self._stops, self._slots = sections
        self._mask = len(self._stops) - 1
        fits = len(self._slots) == len(self._ends) and not self._mask & (self._mask + 1) and self._mask >= 0
        if not fits or (self._ends[-1] if len(self._ends) else 0) != len(self._bytes):
            raise ValueError("has sections that do not fit each other")

    def __len__(self) -> int:
        """How many strings there are."""
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        """The string of a number."""
        start, end = self._ends[number - 1] if number else 0, self._ends[number]
        if not start <= end <= len(self._bytes):
            raise ValueError("has a string outside itself")
        return bytes(self._bytes[start:end])

    def all(self) -> list[str]:
        """Every string, in the order of the numbers."""
        data = bytes(self._bytes)
        return [data[start:end].decode() for start, end in pairwise((0, *self._ends))]

    def find(self, string: bytes) -> int | None:
        """The number of a string, None where it is not in the table."""
        bucket = zlib.crc32(string) & self._mask
        start, end = self._stops[bucket - 1] if bucket else 0, self._stops[bucket]
        for number in self._slots[start:end]:
            if number >= len(self._ends):
                raise ValueError("numbers a string that it has not")
            if self[number] == string:
                return number
        return None
