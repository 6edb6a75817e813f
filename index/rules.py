"""Which rules made an index: a question under other ones would look for other terms, or be translated otherwise.

It stands beside the analysis and not in it, because a question asks for it and seldom for the analysis itself.
"""

import os
import zlib

from index.lexicon.entries import lexicon_files
from index.sources.files import SourceFile, fingerprint

_ANALYSIS = os.path.join(os.path.dirname(__file__), "analysis")
_KINDS = (".py", ".txt", ".tsv")


def rules() -> dict[str, str]:
    """Short texts that change when a rule or a word list of `index.analysis` does (`analysis`), or a file of the lexicon."""
    return {"analysis": _analysis_version(), "lexicon": _lexicon_version()}


def _analysis_version() -> str:
    crc = 0
    for name in sorted(name for name in os.listdir(_ANALYSIS) if name.endswith(_KINDS)):
        with open(os.path.join(_ANALYSIS, name), "rb") as file:
            crc = zlib.crc32(file.read(), crc)
    return f"{crc:08x}"


def _lexicon_version() -> str:
    # Its files are as large as an article's index: their times of change have to do, as for the articles.
    return fingerprint([SourceFile(path, os.path.basename(path), os.stat(path)) for path in lexicon_files()])
