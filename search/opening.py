"""Which index answers: found, opened, and built first where there is none yet or its articles have changed."""

import sys
import time

from index.errors import BusyIndexError, DamagedIndexError, NoIndexError, SourceError, UserError
from index.generation import current_name, open_generation
from index.locations import index_folder, sources_for
from index.manifest import Manifest, describe
from index.printable import shown_path
from index.rules import rules
from index.sources.files import find_files, find_words, fingerprint, is_changed
from index.store import Store

_TRIES = 5
_REBUILT_WITHIN = 5.0  # seconds: an index that took longer to build is not rebuilt unasked


def open_store(named: str | None, *, may_build: bool = True) -> Store:
    """The index to answer from: in the folder `named`, or where `index` would put it.

    If `may_build`, one that is missing or damaged is built first where its sources are known, and one whose sources have
    changed is built again if that takes but a moment; a line on stderr says so. Raises the errors of `open_generation`.
    """
    folder = index_folder(named)
    return _fresh(folder) if may_build else reopen(folder)


def reopen(folder: str) -> Store:
    """The generation that is current in `folder` now; raises the errors of `open_generation`."""
    for _ in range(_TRIES):
        generation = open_generation(folder)
        try:
            return Store(generation)
        except DamagedIndexError:
            # Builds may have removed it since it was checked.
            if current_name(folder) == generation.name:
                raise
    raise BusyIndexError(f"the index {shown_path(folder)} is replaced faster than it can be opened: try again")


def _fresh(folder: str) -> Store:
    told = False
    while True:
        try:
            return _refreshed(reopen(folder))
        except (NoIndexError, DamagedIndexError) as error:
            sources = sources_for(folder)
            if not sources:
                raise
            missing = isinstance(error, NoIndexError)
            why = "no index yet, so one is built" if missing else "the index is damaged, so it is built again"
        try:
            _build(why, sources, folder)
        except BusyIndexError:
            if not told:
                _say("another process is building the index: waiting for it")
                told = True
            time.sleep(0.1)
        else:
            return reopen(folder)


def _refreshed(store: Store) -> Store:
    """The store, or the next one where its articles or the analysis have changed and a build takes but a moment."""
    manifest, folder = store.generation.manifest, store.generation.folder
    at_leisure = manifest.seconds >= _REBUILT_WITHIN
    try:
        same_articles = not _is_changed(manifest)
    except SourceError:
        return store  # an index answers without its articles
    if same_articles and rules().items() <= manifest.versions.items():
        return store
    what = "the program has" if same_articles else "the articles have"
    if at_leisure:
        _say(f"{what} changed since the index was built: run index to refresh it")
        return store
    try:
        _build(f"{what} changed, so the index is built again", manifest.sources, folder)
    except BusyIndexError:
        return store
    except UserError as error:
        _say(f"{error}; this answer is from the index as it was")
        return store
    return reopen(folder)


def _is_changed(manifest: Manifest) -> bool:
    """Whether there are other articles than when the index was built; raises `SourceError` where a source is missing."""
    # To look at each file of a large collection takes longer than the answer, so its folders come first. An article that was
    # changed in its place, and not replaced, is not noticed there.
    if manifest.seconds >= _REBUILT_WITHIN and not is_changed(manifest.watched):
        return False
    files = [*find_files(manifest.sources)[0], *find_words(manifest.sources)]
    return fingerprint(files) != manifest.fingerprint


def _build(why: str, sources: list[str], folder: str) -> None:
    """Builds the index, and says so in one line; on a terminal the line begins before the work does."""
    from index.build import build  # Whoosh's writer and all that it needs: a question has no use for them

    line = f"{why} from {', '.join(map(shown_path, sources))} … "
    begun = False

    def begin(*_: int) -> None:
        nonlocal begun
        if not begun and sys.stderr.isatty():
            _say(line, end="")
            begun = True

    try:
        report = build(sources, folder, progress=begin)
    except BaseException:
        if begun:
            print(file=sys.stderr)
        raise
    skipped = f"; skipped {len(report.skipped)}, which index names" if report.skipped else ""
    done = f"{describe(report.manifest)} in {report.manifest.seconds:.1f} s{skipped}"
    if begun:
        print(done, file=sys.stderr)
    else:
        _say(line + done)


def _say(line: str, end: str = "\n") -> None:
    print(f"search: {line}", end=end, file=sys.stderr, flush=True)
