"""What a question loads. Python alone takes 9.3 to 10.5 ms to start; whatever is imported is paid for by every question."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import Commands

# What `python -c "import NAME"` takes, in ms of CPU and times `python -c pass`: shared/notes/speed.md, section B.
NOT_LOADED = {
    "whoosh": "64.7 ms, x6.8, before it has opened anything: the arrays are read without it",
    "rich": "28.0 ms for a style, x2.95, 50.0 for a console, x5.3: a pipe is not drawn",
    "snowballstemmer": "24.8 ms, x2.6, all its languages at once: the vocabulary knows the terms of the corpus' words",
    "dataclasses": "23.9 ms, x2.6: classes with __slots__ cost nothing",
    "pyarabic": "19.4 ms, x2.05: as the stemmers",
    "typing": "19.1 ms, x2.05: the names that are used in types are builtins or of _collections_abc",
    "shutil": "17.2 ms, x1.85: nothing is copied, and os knows the size of a terminal",
    "argparse": "16.6 ms, x1.75: index.options takes a page",
    "json": "15.9 ms, x1.67: for --json and --ndjson alone",
    "re": "14.7 to 16.2 ms, x1.55 to x1.66: the common words are parted by str methods",
    "enum": "14.0 ms, x1.4: what re takes with it, and nothing else needs it",
    "functools": "12.8 ms, x1.3: nothing is wrapped or cached in a process that answers once",
    "collections": "11.8 ms, x1.2: a dict does, and _collections_abc is loaded anyway",
    "contextlib": "takes collections and functools with it: try and finally do",
    "pathlib": "takes re, fnmatch and urllib with it: os.path is loaded anyway",
    "warnings": "nothing that is loaded has anything to warn of",
    "readline": "is for the prompt: it would read the user's settings and ask for the terminal's",
    "sqlite3": "is another engine",
}
STEMMERS = {"snowballstemmer", "pyarabic"}
PROBED = """
import sys
from search.cli import main
code = main()
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""
RECORDS = (
    {"id": "kyiv", "title": "Patriot battery", "text": "The air defense of Kyiv got a battery and a missile."},
    {"id": "oslo", "title": "الدفاع الجوي", "text": "وصلت بطارية باتريوت مع صاروخ جديد."},
)


class Asked(NamedTuple):
    """What a process did with a question, and the modules that it loaded beyond those of any Python here."""

    code: int
    out: str
    said: list[str]
    loaded: set[str]

    @property
    def too_much(self) -> dict[str, str]:
        """What it should not have loaded, and why."""
        packages = {name.partition(".")[0] for name in self.loaded}
        return {name: reason for name, reason in NOT_LOADED.items() if name in packages}


def modules(commands: Commands, code: str) -> set[str]:
    argv = [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"]
    done = subprocess.run(argv, cwd=commands.folder, env=commands.unmeasured, capture_output=True, check=True, text=True)
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    """The commands in a folder with an index of the two records."""
    commands = Commands(tmp_path_factory.mktemp("lean"))
    source = commands.folder / "news.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    assert commands.index("news.jsonl").returncode == 0
    return commands


@pytest.fixture(scope="module")
def bare(lean: Commands) -> set[str]:
    """What any Python loads here: the interpreter's own, and what this environment makes of `site`."""
    return modules(lean, "pass")


def ask(
    commands: Commands, bare: set[str], *arguments: str, stdin: str = "", environment: Mapping[str, str] | None = None
) -> Asked:
    # The installed script is left out, for some installers' scripts import re, and so is coverage, for it imports nearly all.
    done = subprocess.run(
        [sys.executable, "-c", PROBED, *arguments],
        input=stdin,
        cwd=commands.folder,
        env=commands.unmeasured | dict(environment or {}),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    *said, loaded = done.stderr.splitlines()
    assert "search.cli" in loaded.split()
    return Asked(done.returncode, done.stdout, said, set(loaded.split()) - bare)


def test_the_names_are_those_of_modules_that_python_does_not_load_by_itself(bare: set[str]) -> None:
    assert NOT_LOADED.keys() & bare == set()


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        pytest.param(["Patriot"], ["kyiv", "oslo"], id="a word"),
        pytest.param(["PATRIOT"], ["kyiv", "oslo"], id="a word of the corpus in another case"),
        pytest.param(["patriot", "missile"], ["kyiv", "oslo"], id="several words"),
        pytest.param(["Patriot, Kyiv!"], ["kyiv", "oslo"], id="words and marks"),
        pytest.param(['"air defense"'], ["kyiv"], id="a phrase"),
        pytest.param(["«air defense» battery"], ["kyiv", "oslo"], id="a phrase in other marks, and a word"),
        pytest.param(['"defense air"'], [], id="a phrase that is nowhere"),
        pytest.param(["باتريوت"], ["kyiv", "oslo"], id="an Arabic word"),
        pytest.param(["صاروخ", "بطارية"], ["kyiv", "oslo"], id="several Arabic words"),
        pytest.param(['"الدفاع الجوي"'], ["oslo"], id="an Arabic phrase"),
        pytest.param(["missile صاروخ"], ["kyiv", "oslo"], id="words of both languages"),
        pytest.param(["--plain", '"battery'], ["kyiv", "oslo"], id="--plain"),
        pytest.param(["--no-translate", "Patriot"], ["kyiv"], id="--no-translate"),
        pytest.param(["--exact", "battery"], ["kyiv"], id="--exact"),
        pytest.param(["-n", "1", "battery"], ["kyiv"], id="-n"),
        pytest.param(["--lang", "ar", "missile صاروخ"], ["oslo"], id="--lang"),
        pytest.param(["--lang=ar", "Kyiv"], [], id="nothing in that language"),
        pytest.param(["--no-build", "--color", "never", "battery"], ["kyiv", "oslo"], id="--no-build and --color never"),
        pytest.param(["--index", ".search-index", "battery"], ["kyiv", "oslo"], id="--index"),
    ],
)
def test_a_question_is_answered_without(lean: Commands, bare: set[str], arguments: list[str], found: list[str]) -> None:
    asked = ask(lean, bare, *arguments)
    assert asked.too_much == {}
    assert (asked.code, asked.said) == (0 if found else 1, [])
    titles = {"kyiv": "Patriot battery", "oslo": "الدفاع الجوي"}
    heads = [line.split("\t") for line in asked.out.splitlines() if "\t" in line]
    assert sorted(title for _, _, title in heads) == sorted(titles[name] for name in found)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["--help"], 0, id="the help"),
        pytest.param(["--version"], 0, id="the version"),
        pytest.param(["--lang", "fr", "Patriot"], 2, id="a value that is none"),
        pytest.param(["-n", "0", "Patriot"], 2, id="a number that is none"),
        pytest.param([], 2, id="no words"),
        pytest.param(["--no-build", "--index", "nowhere", "Patriot"], 2, id="no index"),
    ],
)
def test_what_asks_no_index_is_lean_too(lean: Commands, bare: set[str], arguments: list[str], code: int) -> None:
    asked = ask(lean, bare, *arguments)
    assert asked.too_much == {}
    assert asked.code == code


def test_a_damaged_index_is_told_without(lean: Commands, bare: set[str], tmp_path: Path) -> None:
    (tmp_path / "current").write_bytes(b"")
    asked = ask(lean, bare, "--no-build", "Patriot", environment={"SEARCH_INDEX": str(tmp_path)})
    assert asked.too_much == {}
    assert (asked.code, len(asked.said)) == (2, 1)
    assert "damaged" in asked.said[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--jsno", "Patriot"], "did you mean --json", id="an unknown option, whose neighbour is looked for"),
        pytest.param(["..."], "holds no word", id="a question without a word, which the analysis has to tell"),
    ],
)
def test_a_question_that_cannot_be_asked_loads_re_and_what_that_needs_at_most(
    lean: Commands, bare: set[str], arguments: list[str], said: str
) -> None:
    asked = ask(lean, bare, *arguments)
    assert asked.too_much.keys() <= {"re", "enum", "functools", "collections"}
    assert asked.code == 2
    assert said in asked.said[0]


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [(["--json", "Patriot"], ""), (["--ndjson"], "Patriot\n\nصاروخ\n")],
    ids=["--json", "--ndjson"],
)
def test_an_answer_in_json_loads_json_and_nothing_else(
    lean: Commands, bare: set[str], arguments: list[str], stdin: str
) -> None:
    asked, plain = ask(lean, bare, *arguments, stdin=stdin), ask(lean, bare, "Patriot")
    more = {name.partition(".")[0] for name in asked.loaded - plain.loaded - modules(lean, "import json")}
    assert more == {"index", "search"}  # what writes a line of it, and what is written
    assert sorted(hit["id"] for hit in json.loads(asked.out.splitlines()[0])["hits"]) == ["kyiv", "oslo"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        pytest.param("batteries", ["kyiv", "oslo"], id="another form of a word of the corpus"),
        pytest.param("الصاروخ", ["oslo", "kyiv"], id="another form of an Arabic word"),
        pytest.param("zeppelin", [], id="a word of no article"),
    ],
)
def test_a_word_that_the_corpus_does_not_know_is_what_the_stemmers_are_loaded_for(
    lean: Commands, bare: set[str], word: str, found: list[str]
) -> None:
    asked = ask(lean, bare, "--json", word)
    assert asked.too_much.keys() >= STEMMERS
    assert asked.too_much.keys().isdisjoint({"whoosh", "rich", "argparse", "dataclasses", "readline", "sqlite3"})
    assert [hit["id"] for hit in json.loads(asked.out)["hits"]] == found


def test_what_is_drawn_is_drawn_by_rich_and_loads_no_stemmer(lean: Commands, bare: set[str]) -> None:
    asked = ask(lean, bare, "--color", "always", "Patriot")
    assert "rich" in asked.too_much
    assert asked.too_much.keys().isdisjoint({*STEMMERS, "whoosh", "argparse", "readline", "sqlite3"})
    assert "\x1b[" in asked.out


def test_the_command_without_the_libraries_answers_the_same(lean: Commands, tmp_path: Path) -> None:
    # Packages that end the process: what is never imported need not even work.
    for name in ("whoosh", "rich", "snowballstemmer", "pyarabic"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit(77)", encoding="utf-8")
    broken = {"PYTHONPATH": str(tmp_path)}
    assert lean.search("zeppelin", environment=broken).returncode == 77, "or nothing is tested here"
    for arguments in (["Patriot"], ["--json", "صاروخ"], ['"air defense"']):
        done = lean.search(*arguments, environment=broken)
        assert (done.returncode, done.stderr) == (0, "")
