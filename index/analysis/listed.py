"""The data files of the analysis: a line an entry, comments on lines of their own."""

import os

_FOLDER = os.path.dirname(__file__)


def listed(name: str) -> list[str]:
    """The entries of a data file beside this module, as they are written, in their order."""
    return [line for line in text_of(name).split("\n") if line and not line.startswith("#")]


def text_of(name: str) -> str:
    """A data file beside this module as it is."""
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        return file.read()
