"""Files of plain arrays, mapped into memory to be read; every length in them is checked before it is used.

A file is a header, a row for each of its sections, and the sections, each an array of one kind that begins at a multiple of
eight bytes:

    8 bytes magic | u32 version | u32 number of sections | 8 bytes stamp | u64 crc32 of all this and the rows
    for each section: 8 bytes kind (a letter of `struct`, padded) | u64 length in bytes

Numbers are little-endian, as all common machines are; another one takes the file for one of another version. The stamp is
the same in all files of a generation, so that none can be taken for its namesake of another one (as in Lucene's CodecUtil).
"""

import mmap
import os
import struct
import zlib

VERSION = 1
MAGIC = b"newsarr\n"
HEADER = struct.Struct("=8sII8sQ")
CHECK = struct.Struct("=Q")  # the end of the header
SECTION = struct.Struct("=8sQ")
ALIGNED = 8


def read_arrays(path: str, kinds: str) -> tuple[bytes, list[memoryview]]:
    """The stamp and the sections of a file, which must be of the `kinds`, as views of the mapped file.

    Raises `ValueError`, whose message is half a sentence, where the file is not one that was written whole, and `OSError`
    where it cannot be read.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        size = os.fstat(descriptor).st_size
        start = HEADER.size + SECTION.size * len(kinds)
        if size < start:
            raise ValueError("is cut off")
        view = memoryview(mmap.mmap(descriptor, size, access=mmap.ACCESS_READ))
    finally:
        os.close(descriptor)
    magic, version, count, stamp, check = HEADER.unpack_from(view)
    if (magic, version, count) != (MAGIC, VERSION, len(kinds)):
        raise ValueError("is no file of this version")
    rows = view[HEADER.size : start]
    if check != zlib.crc32(rows, zlib.crc32(view[: HEADER.size - CHECK.size])):
        raise ValueError("has another header than was written")
    sections = []
    for kind, (written, length) in zip(kinds, SECTION.iter_unpack(rows), strict=True):
        if written.rstrip(b"\0") != kind.encode() or length > size - start or length % struct.calcsize(kind):
            raise ValueError("has other sections than were written")
        sections.append(view[start : start + length].cast(kind))  # type: ignore[call-overload]  # a letter of `struct`
        start += length + -length % ALIGNED
    if start != size:
        raise ValueError("has not the length that was written")
    return stamp, sections


def low_plane(data: memoryview, count: int, start: int, end: int) -> bytes:
    """The lowest byte of each of the numbers that `from_planes` gives."""
    return bytes(data[4 * start : 4 * end : 4] if len(data) == 4 * count else data[start:end])


def from_planes(data: memoryview, count: int, start: int, end: int) -> memoryview:
    """The numbers from `start` to `end` of `count` that `array_writing.planes` has packed; raises `ValueError`."""
    if len(data) == 4 * count:
        return data[4 * start : 4 * end].cast("I")
    if len(data) != 3 * count:
        raise ValueError("has numbers of no known size")
    numbers = bytearray(4 * (end - start))
    for place in range(3):
        numbers[place::4] = data[place * count + start : place * count + end]
    return memoryview(numbers).cast("I")
