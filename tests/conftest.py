"""What the tests share: the commands as a user runs them, small indexes, golden files renewed by `--golden-update`."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from index.build import build
from index.generation import open_generation
from index.store import Store

CHECKOUT = Path(__file__).parent.parent
SEEDS = CHECKOUT / "seeds"
GOLDEN = Path(__file__).parent / "golden"

# The same examples in every run: what fails today has to fail for everybody.
settings.register_profile("project", deadline=None, derandomize=True, max_examples=200)
settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the golden files anew instead of comparing")


class Commands:
    """The installed commands, run in a folder of their own with nothing of the tester's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = str(folder / "home")
        self.unmeasured = {"PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        coverage = {name: value for name, value in os.environ.items() if name.startswith("COV")}
        self.environment = self.unmeasured | coverage

    def argv(self, command: str, *arguments: str | bytes) -> list[str | bytes]:
        return [str(Path(sys.executable).parent / command), *arguments]

    def index(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return self._run("index", arguments, **options)

    def search(self, *arguments: str | bytes, **options: Any) -> subprocess.CompletedProcess[str]:
        return self._run("search", arguments, **options)

    def found(self, *arguments: str) -> list[str]:
        """The ids that `search --json` gives, best first."""
        return [hit["id"] for hit in json.loads(self.search("--json", *arguments).stdout)["hits"]]

    def _run(
        self,
        command: str,
        arguments: Iterable[str | bytes],
        stdin: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.argv(command, *arguments),
            input=stdin,
            cwd=self.folder,
            env=self.environment | dict(environment or {}),
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=120,
        )


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """What a command says that cannot do its work: exit 2, nothing on stdout, one line on stderr."""
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(("index: ", "search: "))
    return done.stderr


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    return Commands(tmp_path)


@pytest.fixture
def seeded(commands: Commands) -> Commands:
    """The commands in a folder that holds the two seeds and no index."""
    shutil.copytree(SEEDS, commands.folder / "seeds")
    return commands


@pytest.fixture(name="indexed", scope="session")
def indexed_seeds(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    """The commands in a folder of the two seeds and their index; to be asked, not changed."""
    commands = Commands(tmp_path_factory.mktemp("seeds"))
    shutil.copytree(SEEDS, commands.folder / "seeds")
    assert commands.index().returncode == 0
    return commands


@pytest.fixture
def store_of(tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Builds an index of records such as `{"id": "a", "title": "...", "text": "..."}` and opens it."""
    stores: list[Store] = []

    def open_one(*records: Mapping[str, Any]) -> Store:
        source = tmp_path / f"articles-{len(stores)}.jsonl"
        source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        folder = str(tmp_path / f"index-{len(stores)}")
        build([str(source)], folder)
        stores.append(Store(open_generation(folder)))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture(scope="session")
def seeds_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The two seeds, indexed."""
    folder = str(tmp_path_factory.mktemp("seeds") / "index")
    build([str(SEEDS)], folder)
    store = Store(open_generation(folder))
    yield store
    store.close()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)`: `text` is what `tests/golden/name` holds, or is written there under `--golden-update`."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden-update"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
