"""Which index answers: found, opened, and built first where there is none yet or its articles have changed."""

import sys
import time

from index.errors import BusyIndexError, DamagedIndexError, NoIndexError, SourceError, UserError
from index.generation import Generation, open_generation, sources_of
from index.locations import default_index_folder, default_source, index_folder
from index.manifest import describe
from index.printable import shown_path
from index.sources.files import find_files, fingerprint
from index.store import Store

_REBUILT_WITHIN = 5.0  # seconds: an index that took longer to build is not rebuilt unasked


def open_store(named: str | None, *, may_build: bool = True) -> Store:
    """The index to answer from: in the folder `named`, or where `index` would put it.

    If `may_build`, one that is missing or damaged is built first where its sources are known, and one whose sources have
    changed is built again if that takes but a moment; a line on stderr says so. Raises the errors of `open_generation`.
    """
    folder = index_folder(named)
    if folder is None:
        folder = default_index_folder(default_source())
    return Store(_fresh(folder) if may_build else open_generation(folder))


def _fresh(folder: str) -> Generation:
    told = False
    while True:
        try:
            return _refreshed(open_generation(folder))
        except NoIndexError:
            done, sources = "no index yet, so one was built", [default_source()]
        except DamagedIndexError:
            done, sources = "the index was damaged, so it was built again", _sources_before(folder)
            if not sources:
                raise
        try:
            _build(done, sources, folder)
        except BusyIndexError:
            if not told:
                _say("another process is building the index: waiting for it")
                told = True
            time.sleep(0.1)
        else:
            return open_generation(folder)


def _refreshed(generation: Generation) -> Generation:
    """The generation, or the next one where its articles have changed and a build takes but a moment."""
    manifest = generation.manifest
    try:
        files, _ = find_files(manifest.sources)
    except SourceError:
        return generation  # an index answers without its articles
    if fingerprint(files) == manifest.fingerprint:
        return generation
    if manifest.seconds >= _REBUILT_WITHIN:
        _say("the articles have changed since the index was built: run index to refresh it")
        return generation
    try:
        _build("the articles have changed, so the index was built again", manifest.sources, generation.folder)
    except BusyIndexError:
        return generation
    except UserError as error:
        _say(f"{error}; this answer is from the index as it was")
        return generation
    return open_generation(generation.folder)


def _sources_before(folder: str) -> list[str]:
    """What a damaged index was built from; empty where nobody can tell."""
    known = sources_of(folder)
    if known:
        return known
    try:
        source = default_source()
    except NoIndexError:
        return []
    return [source] if default_index_folder(source) == folder else []


def _build(done: str, sources: list[str], folder: str) -> None:
    from index.build import build  # Whoosh's writer and all that it needs: a question has no use for them

    manifest = build(sources, folder).manifest
    named = ", ".join(map(shown_path, sources))
    _say(f"{done} from {named}: {describe(manifest)} in {manifest.seconds:.1f} s")


def _say(line: str) -> None:
    print(f"search: {line}", file=sys.stderr, flush=True)
