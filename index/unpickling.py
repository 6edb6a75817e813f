"""Whoosh's own files, read without the power that pickles have to run what they name.

Whoosh unpickles the list of segments, the folder of a compound file, postings and stored fields. An index folder may come
with somebody else's files, a cloned repository's say, and belong to this user all the same: so only the few harmless names
that a real index uses may be named. (https://docs.python.org/3/library/pickle.html#restricting-globals)
"""

import io
import pickle
from typing import IO, Any

from whoosh import columns, formats
from whoosh.codec import whoosh3
from whoosh.filedb import structfile

_HARMLESS = frozenset(
    {
        ("builtins", "int"),
        ("_codecs", "encode"),
        ("collections", "defaultdict"),
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("whoosh.codec.whoosh3", "W3Codec"),
    }
)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _HARMLESS:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")
        return super().find_class(module, name)


def _load(file: IO[bytes]) -> Any:
    return _Unpickler(file).load()


def _loads(data: bytes) -> Any:
    return _load(io.BytesIO(data))


def restrict() -> None:
    """Makes every module of Whoosh that reads pickles read them this way."""
    for module in (columns, formats, whoosh3, structfile):
        for name, function in (("load", _load), ("load_pickle", _load), ("loads", _loads)):
            if hasattr(module, name):
                setattr(module, name, function)
