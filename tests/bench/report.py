"""What was measured beside what was aimed at: a table on the terminal and in README.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_README = Path(__file__).parent.parent.parent / "README.md"
_BEGIN, _END = "<!-- bench -->\n", "<!-- /bench -->"


@dataclass(frozen=True, slots=True)
class Figure:
    """A ratio, or megabytes, that should be at most its target, or at least."""

    name: str
    value: float
    target: float
    at_least: bool = False
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.value >= self.target if self.at_least else self.value <= self.target

    def row(self) -> str:
        """A row of a Markdown table."""
        target = f"{'≥' if self.at_least else '≤'} {self.target:g}{self.unit}"
        return f"| {self.name} | {self.value:.3g}{self.unit} | {target} | {'yes' if self.met else 'no'} |"


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = ["| figure | ours | target | met |", "|---|---|---|---|", *(figure.row() for figure in figures)]
    return "".join(f"{row}\n" for row in rows)


def write_readme(figures: Iterable[Figure]) -> None:
    """Puts the table between its marks in README.md."""
    before, begin, rest = _README.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise SystemExit(f"README.md has no place for the table: {_BEGIN.strip()} on a line, {_END} on a later one")
    _README.write_text(before + begin + table(figures) + end + after, encoding="utf-8")
