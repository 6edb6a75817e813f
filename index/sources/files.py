"""Which files of the named sources hold articles, and whether they have changed since an index was built."""

import os
import stat
import zlib
from _collections_abc import Iterator, Mapping, Sequence

from index.errors import SourceError
from index.printable import shown_path

KINDS = (".txt", ".jsonl")
WORDS = "words.tsv"  # in a source: the user's own words, which are no article
_WORDS_KIND = ".tsv"
LARGEST = 10_000_000  # bytes of one article: no newspaper prints more, and a file that has more is something else


class SourceFile:
    """A file of articles: `path` absolute, `name` relative to its source with `/`, size in bytes, time in nanoseconds."""

    __slots__ = ("mtime_ns", "name", "path", "size")

    def __init__(self, path: str, name: str, status: os.stat_result) -> None:
        self.path = path
        self.name = name
        self.size = status.st_size
        self.mtime_ns = status.st_mtime_ns


class Skip:
    """A file, a folder or a line (`where`) that was passed over, and the reason as half a sentence."""

    __slots__ = ("reason", "where")

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason


def find_files(sources: Sequence[str]) -> tuple[list[SourceFile], list[Skip]]:
    """The files of articles below `sources` (folders, or files of a known kind), in the order of their names.

    Hidden files and the user's words are passed over in silence, everything else that is not read is in the second list.
    Links below a source are not followed. Raises `SourceError` where a source itself is missing or of no known kind.
    """
    found: dict[str, SourceFile] = {}  # by path: a source may lie inside another one
    skipped: list[Skip] = []
    for source in sources:
        if not source:
            raise SourceError("an empty name is no file or folder: name the one that holds the articles")
        path = os.path.realpath(source)
        if os.path.isdir(path):
            files = sorted(_walk(path, skipped), key=lambda file: file.name)
        elif not os.path.isfile(path):
            raise SourceError(f"there is no file or folder {shown_path(source)}: name the one that holds the articles")
        elif kind_of(path) == _WORDS_KIND:
            files = []
        elif kind_of(path) not in KINDS:
            raise SourceError(f"{shown_path(source)} is of no kind that is read ({', '.join(KINDS)})")
        else:
            files = [SourceFile(path, os.path.basename(path), os.stat(path))]
        for file in files:
            found.setdefault(file.path, file)
    return list(found.values()), skipped


def find_words(sources: Sequence[str]) -> list[SourceFile]:
    """The files of the user's own words: `words.tsv` in a source that is a folder, and each source that is such a file."""
    paths = [os.path.join(path, WORDS) if os.path.isdir(path) else path for path in map(os.path.realpath, sources)]
    words = [path for path in dict.fromkeys(paths) if kind_of(path) == _WORDS_KIND and os.path.isfile(path)]
    return [SourceFile(path, os.path.basename(path), os.stat(path)) for path in words if not os.path.islink(path)]


def kind_of(name: str) -> str:
    """The suffix that tells the kind of a file, in lower case with its dot."""
    return os.path.splitext("name" + os.path.basename(name))[1].lower()  # a name may be nothing but a suffix


def fingerprint(files: Sequence[SourceFile]) -> str:
    """A short text that changes when a file comes, goes, or changes its size or its time of change."""
    lines = [f"{file.name}\0{file.size}\0{file.mtime_ns}\n" for file in files]
    return f"{len(lines)}-{zlib.crc32(''.join(lines).encode('utf-8', 'surrogateescape')):08x}"


def watch(sources: Sequence[str], but: str) -> dict[str, int]:
    """The sources and every folder below them, all but the folder `but`, with their times of change in nanoseconds.

    Behind them come the user's own words. They tell of files that came, went or were replaced, at a hundredth of the cost of
    looking at each.
    """
    times: dict[str, int] = {}
    pending = list(sources)
    while pending:
        path = pending.pop()
        try:
            times[path] = os.stat(path).st_mtime_ns
            if os.path.isdir(path):
                with os.scandir(path) as entries:
                    found = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
                pending += [below for below in found if below != but and not os.path.basename(below).startswith(".")]
        except OSError:
            continue  # it is named where files are found, not here
    return times | {file.path: file.mtime_ns for file in find_words(sources)}


def is_changed(watched: Mapping[str, int]) -> bool:
    """Whether something that is watched has another time of change, or is gone."""
    try:
        return any(os.stat(path).st_mtime_ns != time for path, time in watched.items())
    except OSError:
        return True


def _walk(root: str, skipped: list[Skip]) -> Iterator[SourceFile]:
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                listed = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            skipped.append(Skip(shown_path(folder), f"cannot be read ({error.strerror})"))
            continue
        for entry in sorted(listed, key=lambda entry: entry.name):
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:
                skipped.append(Skip(shown_path(entry.path), f"cannot be read ({error.strerror})"))
                continue
            if entry.name == WORDS and folder == root and stat.S_ISREG(status.st_mode):
                continue
            if stat.S_ISDIR(status.st_mode):
                folders.append(entry.path)
            elif reason := _refusal(entry.name, status.st_mode):
                skipped.append(Skip(shown_path(entry.path), reason))
            else:
                name = entry.path[len(root) :].replace(os.sep, "/").lstrip("/")
                yield SourceFile(entry.path, name, status)


def _refusal(name: str, mode: int) -> str | None:
    """Why a thing in a source folder is not read, or None where it is."""
    if stat.S_ISLNK(mode):
        return "a link, not followed"
    if not stat.S_ISREG(mode):
        return "not a regular file"
    if not name.endswith(KINDS) and kind_of(name) not in KINDS:
        return f"of no kind that is read ({', '.join(KINDS)})"
    return None
