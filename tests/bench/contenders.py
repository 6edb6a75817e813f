"""The contenders as commands: how each builds an index and answers one question."""

import shutil
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from measure import cpu_of

BARE = "python -c pass"
OURS, FTS5, NAIVE, TANTIVY = "ours", "FTS5", "naive", "tantivy"
MODULES = {OURS: "ours", FTS5: "fts5", NAIVE: "naive", TANTIVY: "tantivy_peer"}
_HERE = Path(__file__).parent
_COMMANDS = Path(sys.executable).parent


def present() -> list[str]:
    """The contenders whose library is installed; says which is not."""
    if find_spec(TANTIVY):
        return list(MODULES)
    print(f"{TANTIVY} is skipped: it is not installed")
    return [name for name in MODULES if name != TANTIVY]


def build(name: str, source: Path, folder: Path) -> tuple[float, int]:
    """Seconds of processor time and bytes of memory of a build into a folder that is emptied before."""
    shutil.rmtree(folder, ignore_errors=True)
    if name == OURS:
        return rebuild(source, folder)
    taken = _run(name, "build", source, folder)
    if name == FTS5:
        _run(name, "optimize", folder)  # what makes it answer quicker, without being charged to its build
    return taken


def rebuild(source: Path, folder: Path) -> tuple[float, int]:
    """The same of ours, over what is in the folder: it knows the words that were met by the build before."""
    return cpu_of([_COMMANDS / "index", source, "--index", folder])


def ask(name: str, folder: Path, words: Sequence[str]) -> float:
    """Seconds of processor time of a process that answers one question."""
    if name == BARE:
        return cpu_of([sys.executable, "-c", "pass"])[0]
    if name == OURS:
        return cpu_of([_COMMANDS / "search", "--index", folder, *words])[0]
    return _run(name, "ask", folder, *words)[0]


def _run(name: str, *arguments: str | Path) -> tuple[float, int]:
    # Imported and not run as a script, so that it is compiled once, as ours is.
    program = f"from {MODULES[name]} import main; main()"
    return cpu_of([sys.executable, "-c", program, *arguments], PYTHONPATH=str(_HERE))
