"""Where the index is, and which articles it is made from, when the user does not say."""

import os

from index.errors import NoIndexError

INDEX_NAME = ".search-index"


def index_folder(named: str | None) -> str | None:
    """The index folder: the one named, else `$SEARCH_INDEX`, else the nearest `.search-index` here or above; or None."""
    folder = named or os.environ.get("SEARCH_INDEX")
    if folder:
        return os.path.realpath(folder)
    above = os.getcwd()
    while True:
        folder = os.path.join(above, INDEX_NAME)
        if os.path.lexists(folder):
            return os.path.realpath(folder)
        if above == os.path.dirname(above):
            return None
        above = os.path.dirname(above)


def default_source() -> str:
    """The folder of articles to index when none is named: `$SEARCH_SEEDS`, `./seeds`, or the checkout's `seeds`.

    Raises `NoIndexError` where there is none, because then there is nothing to answer from either.
    """
    named = os.environ.get("SEARCH_SEEDS")
    if named:
        return os.path.realpath(named)
    checkout = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for parent in (os.getcwd(), checkout):
        seeds = os.path.join(parent, "seeds")
        if os.path.isdir(seeds):
            return os.path.realpath(seeds)
    raise NoIndexError("there is no index here and no folder seeds: run index with the folder that holds the articles")


def default_index_folder(source: str) -> str:
    """Where the index of the default source is kept: beside it."""
    return os.path.join(os.path.dirname(os.path.abspath(source)), INDEX_NAME)
