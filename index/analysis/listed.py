"""The data files of the analysis: a line an entry, comments on lines of their own."""

from importlib.resources import files


def listed(name: str) -> list[str]:
    """The entries of a data file beside this module, as they are written, in their order."""
    lines = files("index.analysis").joinpath(name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]
