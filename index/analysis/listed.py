"""The data files of the analysis: a line an entry, comments on lines of their own."""

import os

_FOLDER = os.path.dirname(__file__)


def listed(name: str) -> list[str]:
    """The entries of a data file beside this module, as they are written, in their order."""
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        lines = file.read().split("\n")
    return [line for line in lines if line and not line.startswith("#")]
