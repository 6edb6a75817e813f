"""The README's transcripts are what the commands print, and its command lines are there for CI to run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Commands

CHECKOUT = Path(__file__).parent.parent
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
TRANSCRIPTS = re.findall(r"^```console\n\$ (.+)\n((?s:.*?))^```$", README, re.MULTILINE)


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) == len(re.findall("^```console$", README, re.MULTILINE)) > 0


@pytest.mark.parametrize(("line", "expected"), TRANSCRIPTS, ids=[line for line, _ in TRANSCRIPTS])
def test_transcript_is_what_the_command_prints(seeded: Commands, line: str, expected: str) -> None:
    command, *arguments = shlex.split(line)
    if "no index yet" not in expected:
        seeded.index()
    done = {"search": seeded.search, "index": seeded.index}[command](*arguments)
    assert _timeless(done.stderr + done.stdout) == _timeless(expected)


@pytest.mark.parametrize("name", ["answer", "test"])
def test_command_lines_can_be_taken_out(name: str) -> None:
    script = [sys.executable, str(CHECKOUT / ".ci" / "readme_line.py"), name]
    assert subprocess.run(script, check=True, capture_output=True, text=True).stdout.startswith(
        "python3 -m venv --upgrade-deps .venv && "
    )


def test_whoosh_opens_an_index_as_the_readme_says(indexed: Commands) -> None:
    (program,) = re.findall(r"^<!-- whoosh -->\n```python\n(.+?)^```$", README, re.MULTILINE | re.DOTALL)
    done = subprocess.run([sys.executable, "-c", program], check=True, cwd=indexed.folder, capture_output=True, text=True)
    assert done.stdout.startswith("002_362e55c88550be0e.txt ")


def _timeless(text: str) -> str:
    return re.sub(r'in \d+\.\d s|"took_ms": [\d.]+', "in no time", text)
