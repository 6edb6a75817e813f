"""Files of plain arrays on their way to disk; `arrays` says what they look like and reads them."""

import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, TypeAlias

from index.arrays import ALIGNED, CHECK, HEADER, MAGIC, SECTION, VERSION
from index.errors import UserError
from index.keyed_lists import hash_of

Data: TypeAlias = "bytes | memoryview | array[Any]"


class ArrayWriter:
    """A file of arrays being written, one section after the other; only `close` makes it readable."""

    def __init__(self, path: str, kinds: str, stamp: bytes) -> None:
        if sys.byteorder != "little":
            raise UserError("this machine has the other byte order: an index is built on a little-endian one, as most are")
        self._file = open(path, "wb")  # noqa: SIM115 - open as long as the writer is
        self._kinds = kinds
        self._stamp = stamp
        self._lengths = [0]
        self._file.write(bytes(HEADER.size + SECTION.size * len(kinds)))

    def write(self, data: Data) -> int:
        """Appends to the section; its length in bytes from then on."""
        self._lengths[-1] += self._file.write(data)
        return self._lengths[-1]

    def next_section(self) -> None:
        """Ends the section and begins the next one."""
        self._pad()
        self._lengths.append(0)

    def close(self) -> None:
        """Ends the last section and writes the header."""
        self._pad()
        self._file.seek(0)
        rows = b"".join(map(SECTION.pack, map(str.encode, self._kinds), self._lengths))
        header = HEADER.pack(MAGIC, VERSION, len(self._kinds), self._stamp, 0)[: -CHECK.size]
        self._file.write(header + CHECK.pack(zlib.crc32(header + rows)) + rows)
        self._file.close()

    def discard(self) -> None:
        """Closes a file that nobody is going to read."""
        self._file.close()

    def _pad(self) -> None:
        self._file.write(bytes(-self._lengths[-1] % ALIGNED))


def write_arrays(path: str, sections: Sequence[tuple[str, Data]], stamp: bytes) -> None:
    """Writes a file of sections that are at hand, each a kind and its content."""
    writer = ArrayWriter(path, "".join(kind for kind, _ in sections), stamp)
    for number, (_, data) in enumerate(sections):
        if number:
            writer.next_section()
        writer.write(data)
    writer.close()


def string_sections(strings: Sequence[bytes]) -> list[tuple[str, Data]]:
    """The sections of a `StringTable`: of `strings`, no two the same, each numbered by its place."""
    mask = (1 << len(strings).bit_length()) - 1
    buckets = [zlib.crc32(string) & mask for string in strings]
    sizes = [0] * (mask + 1)
    for bucket in buckets:
        sizes[bucket] += 1
    free = [0, *accumulate(sizes)]  # the next place in each bucket
    slots = array("I", bytes(4 * len(strings)))
    for number, bucket in enumerate(buckets):
        slots[free[bucket]] = number
        free[bucket] += 1
    return [
        ("B", b"".join(strings)),
        ("I", array("I", accumulate(map(len, strings)))),
        ("I", array("I", accumulate(sizes))),
        ("I", slots),
    ]


def keyed_sections(lists: Mapping[str, Iterable[int]], count: int) -> list[tuple[str, Data]]:
    """The sections of `KeyedLists`: lists of numbers below `count`, by their keys."""
    by_hash: defaultdict[int, list[int]] = defaultdict(list)
    for key, numbers in lists.items():
        by_hash[hash_of(key)] += numbers
    hashes = array("I", sorted(by_hash))
    ends = array("I", accumulate(len(by_hash[hashed]) for hashed in hashes))
    in_order = array("I", chain.from_iterable(map(by_hash.__getitem__, hashes)))
    return [("I", hashes), ("I", ends), ("B", planes(in_order, count))]


def planes(numbers: "array[int]", count: int) -> Data:
    """Numbers below `count` in three bytes each, by the place of the byte; in four where that does not do."""
    data = numbers.tobytes()
    return data[::4] + data[1::4] + data[2::4] if count < 1 << 24 else data
