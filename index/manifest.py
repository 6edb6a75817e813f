"""What is said of a generation: made from what, by which versions, of which files; a text file of tab-separated rows.

It is no JSON, because every question reads it, and would have to import `json` for it.
"""

import os
from _collections_abc import Iterable, Sequence

FORMAT = 5


class Manifest:
    """The facts of one generation.

    `sources` are absolute paths; `watched` are they and the folders below them, with their times of change; `counts` are the
    numbers of articles (`articles`, and one a language such as `lang ar`); `seconds` is what the build took; `files` maps a
    name to (bytes, crc32).
    """

    __slots__ = ("counts", "files", "fingerprint", "seconds", "sources", "versions", "watched")

    def __init__(
        self,
        *,
        sources: list[str],
        fingerprint: str,
        watched: dict[str, int],
        seconds: float,
        counts: dict[str, int],
        versions: dict[str, str],
        files: dict[str, tuple[int, int]],
    ) -> None:
        self.sources = sources
        self.fingerprint = fingerprint
        self.watched = watched
        self.seconds = seconds
        self.counts = counts
        self.versions = versions
        self.files = files


def describe(manifest: Manifest) -> str:
    """How many articles, such as `2 articles (1 ar, 1 en)`."""
    counts = manifest.counts
    languages = sorted((name.removeprefix("lang "), counts[name]) for name in counts if name.startswith("lang "))
    total = counts["articles"]
    return f"{total} article{'s' * (total != 1)} ({', '.join(f'{number} {language}' for language, number in languages)})"


def dump(manifest: Manifest, folder: str) -> bytes:
    """The manifest as bytes, which `load` reads.

    Sources are written relative to the index folder, so that a folder which holds both can be moved.
    """
    rows = [("format", str(FORMAT)), *source_rows(manifest.sources, folder)]
    rows += [("fingerprint", manifest.fingerprint), ("seconds", f"{manifest.seconds:.3f}")]
    rows += [("watched", os.path.relpath(path, folder), str(time)) for path, time in manifest.watched.items()]
    rows += [("count", name, str(number)) for name, number in manifest.counts.items()]
    rows += [("version", name, version) for name, version in manifest.versions.items()]
    rows += [("file", name, str(size), f"{crc:08x}") for name, (size, crc) in manifest.files.items()]
    return dump_rows(rows)


def dump_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of cells as lines of cells parted by tabs; no cell can break out of its place."""
    return "".join("\t".join(map(_escape, row)) + "\n" for row in rows).encode("ascii")


def source_rows(sources: Iterable[str], folder: str) -> list[tuple[str, ...]]:
    """The rows that name the sources of the index in `folder`."""
    return [("source", os.path.relpath(source, folder)) for source in sources]


def load(data: bytes, folder: str) -> Manifest:
    """The manifest in `data`, of an index in `folder`; raises `ValueError` where it is not one of this format."""
    rows = [[_unescape(cell) for cell in line.split("\t")] for line in data.decode("ascii").splitlines()]
    if rows[:1] != [["format", str(FORMAT)]]:
        raise ValueError("not a manifest of this format")
    manifest = Manifest(sources=[], fingerprint="", watched={}, seconds=0.0, counts={}, versions={}, files={})
    for row in rows[1:]:
        match row:
            case ["source", source]:
                manifest.sources.append(_source(source, folder))
            case ["fingerprint", fingerprint]:
                manifest.fingerprint = fingerprint
            case ["watched", path, time]:
                manifest.watched[_source(path, folder)] = int(time)
            case ["seconds", seconds]:
                manifest.seconds = float(seconds)
            case ["count", name, number]:
                manifest.counts[name] = int(number)
            case ["version", name, version]:
                manifest.versions[name] = version
            case ["file", name, size, crc] if "/" not in name:
                manifest.files[name] = (int(size), int(crc, 16))
            case _:
                raise ValueError("a row of no known kind")
    return manifest


def read_sources(data: bytes, folder: str) -> list[str]:
    """The sources that rows name, whatever their format and however little of them is left."""
    rows = [line.split("\t") for line in data.decode("ascii", "replace").splitlines()]
    try:
        return [_source(_unescape(row[1]), folder) for row in rows if row[0] == "source" and len(row) > 1]
    except ValueError:
        return []


def _source(written: str, folder: str) -> str:
    return os.path.normpath(os.path.join(folder, written))


def _escape(cell: str) -> str:
    return cell.encode("unicode_escape").decode("ascii")


def _unescape(cell: str) -> str:
    return cell.encode("ascii").decode("unicode_escape") if "\\" in cell else cell
