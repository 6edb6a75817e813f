"""Which analysis made the terms of an index: a question analysed by another one would look for other terms.

It stands beside the analysis and not in it, because a question asks for it and seldom for the analysis itself.
"""

import os
import zlib

_ANALYSIS = os.path.join(os.path.dirname(__file__), "analysis")
_KINDS = (".py", ".txt", ".tsv")


def analysis_version() -> str:
    """A short text that changes when a rule or a word list of `index.analysis` does."""
    crc = 0
    for name in sorted(name for name in os.listdir(_ANALYSIS) if name.endswith(_KINDS)):
        with open(os.path.join(_ANALYSIS, name), "rb") as file:
            crc = zlib.crc32(file.read(), crc)
    return f"{crc:08x}"
