"""The rooms and the direction in which they call each other: the contracts of pyproject.toml, run by import-linter."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

CHECKOUT = Path(__file__).parent.parent


def test_contracts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    assert lint_imports(no_cache=True, no_logo=True) == 0


def test_readme_map_names_every_module_once() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    mapped = re.findall(r"^\| `((?:index|search)/[\w/.]+)` \|", readme, re.MULTILINE)
    modules = [
        path.relative_to(CHECKOUT).as_posix()
        for package in ("index", "search")
        for path in (CHECKOUT / package).rglob("*.py")
        if path.name not in {"__init__.py", "__main__.py"}
    ]
    assert sorted(mapped) == sorted(modules)


@pytest.mark.parametrize("module", ["index.store", "search.engine", "search.cli"])
def test_answering_needs_no_rich(module: str) -> None:
    """A question whose answer goes into a pipe is not to pay for what draws on a terminal."""
    code = f"import sys, {module}; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=os.environ).returncode == 0
