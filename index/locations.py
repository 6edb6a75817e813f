"""Where the index is, and which articles it is made from, when the user does not say."""

import os
from _collections_abc import Sequence

from index.errors import NoIndexError
from index.generation import sources_of

INDEX_NAME = ".search-index"


def index_folder(named: str | None, sources: Sequence[str] = ()) -> str:
    """The index folder: the one named, else `$SEARCH_INDEX`, else the nearest `.search-index` here or above.

    Where there is none it is `.search-index`: here, if `sources` are named, else beside the default source. Raises
    `NoIndexError` where that is missing too.
    """
    folder = named or os.environ.get("SEARCH_INDEX") or _nearest(os.getcwd())
    if folder is None:
        parent = os.getcwd() if sources else os.path.dirname(_default_source())
        folder = os.path.join(parent, INDEX_NAME)
    return os.path.realpath(folder)


def sources_for(folder: str) -> list[str]:
    """What the index in `folder` is to be built from: the sources of the last build, else the default source.

    Empty where there is an index but nobody can tell what it was built from: other articles must not take its place
    unasked. Raises `NoIndexError` where there is neither an index nor a default source.
    """
    known = sources_of(folder)
    return [_default_source()] if known is None else known


def _nearest(folder: str) -> str | None:
    while True:
        index = os.path.join(folder, INDEX_NAME)
        if os.path.lexists(index):
            return index
        if folder == os.path.dirname(folder):
            return None
        folder = os.path.dirname(folder)


def _default_source() -> str:
    """`$SEARCH_SEEDS`, or the folder `seeds` here or in the checkout."""
    named = os.environ.get("SEARCH_SEEDS")
    if named:
        return os.path.realpath(named)
    checkout = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for parent in (os.getcwd(), checkout):
        seeds = os.path.join(parent, "seeds")
        if os.path.isdir(seeds):
            return os.path.realpath(seeds)
    raise NoIndexError("there is no index here and no folder seeds: run index with the folder that holds the articles")
