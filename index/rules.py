"""Which rules made an index: a question under other ones would look for other terms, or be translated otherwise.

It stands beside the analysis and not in it, because a question asks for it and seldom for the analysis itself.
"""

import os
import zlib

from index.sources.files import SourceFile, fingerprint

_HERE = os.path.dirname(__file__)
_KINDS = (".py", ".txt", ".tsv")


def rules() -> dict[str, str]:
    """Short texts that change when a rule or a word list of `index.analysis` does, or a file of `index.lexicon`."""
    return {"analysis": _analysis_version(), "lexicon": _lexicon_version()}


def _analysis_version() -> str:
    crc = 0
    for path in _files("analysis"):
        with open(path, "rb") as file:
            crc = zlib.crc32(file.read(), crc)
    return f"{crc:08x}"


def _lexicon_version() -> str:
    # Its files are too large to be read for every question: their times of change have to do, as for the articles.
    return fingerprint([SourceFile(path, os.path.basename(path), os.stat(path)) for path in _files("lexicon")])


def _files(package: str) -> list[str]:
    folder = os.path.join(_HERE, package)
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(_KINDS)]
