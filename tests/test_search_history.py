"""Lines typed at the prompt, kept from one session to the next. Readline has one history a process: a session is a process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Commands

# Prints the history it begins with, then adds its arguments to it.
SESSION = """
import json, readline, sys
from search.history import remembered
with remembered():
    print(json.dumps([readline.get_history_item(n + 1) for n in range(readline.get_current_history_length())]))
    for line in sys.argv[1:]:
        readline.add_history(line)
"""


def run(commands: Commands, code: str, *arguments: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=commands.environment | environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout


def session(commands: Commands, *lines: str, **environment: str) -> list[str]:
    """The history that a session begins with; `lines` are typed in it."""
    remembered: list[str] = json.loads(run(commands, SESSION, *lines, **environment))
    return remembered


@pytest.fixture(name="kept")
def kept_file(commands: Commands) -> Path:
    return commands.folder / "home/.local/state/bilingual-news-search/history"


def test_lines_are_kept_from_session_to_session(commands: Commands) -> None:
    assert session(commands, "Patriot", "صواريخ “أرض جو”") == []
    assert session(commands, "kyiv") == ["Patriot", "صواريخ “أرض جو”"]
    assert session(commands) == ["Patriot", "صواريخ “أرض جو”", "kyiv"]


def test_the_file_is_kept_where_state_belongs_and_is_nobody_elses(commands: Commands, kept: Path) -> None:
    session(commands, "Patriot")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_a_state_folder_of_ones_own_is_used(commands: Commands, kept: Path) -> None:
    state = str(commands.folder / "state")
    session(commands, "Patriot", XDG_STATE_HOME=state)
    assert session(commands, XDG_STATE_HOME=state) == ["Patriot"]
    assert not kept.exists()


def test_the_last_thousand_lines_are_kept(commands: Commands) -> None:
    session(commands, *map(str, range(1_500)))
    assert session(commands) == [str(number) for number in range(500, 1_500)]


def test_a_session_that_is_broken_off_keeps_its_lines(commands: Commands) -> None:
    code = SESSION + "    raise KeyboardInterrupt\n"
    with pytest.raises(subprocess.CalledProcessError):
        run(commands, code, "Patriot")
    assert session(commands) == ["Patriot"]


def test_a_home_that_cannot_be_written_to_is_no_error(commands: Commands) -> None:
    (commands.folder / "home").write_text("a file, and no folder")
    assert session(commands, "Patriot") == []
    assert session(commands) == []


def test_bytes_that_are_no_text_do_not_lose_the_other_lines(commands: Commands, kept: Path) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"Patriot\n\xff\xfe\nkyiv\n")
    first_and_last = SESSION.replace("range(readline.get_current_history_length())", "(0, 2)")
    assert json.loads(run(commands, first_and_last)) == ["Patriot", "kyiv"]


def test_without_readline_lines_are_typed_plainly(commands: Commands, kept: Path) -> None:
    # As where Python was built without it.
    code = """
import sys
sys.modules["readline"] = None
from search.history import remembered
with remembered():
    print(input("search> "))
"""
    typed = subprocess.run(
        [sys.executable, "-c", code],
        env=commands.environment,
        input="kyiv\n",
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert typed.stdout == "search> kyiv\n"
    assert not kept.exists()
