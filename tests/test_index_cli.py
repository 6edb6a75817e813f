import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pexpect
import pytest

from conftest import SEEDS, Commands, refusal
from index import __version__
from index.commit import replace
from index.generation import CHECKED_AT_OPEN, open_generation
from index.manifest import Manifest
from index.store import Store

ENGLISH, ARABIC = "000_0cad0c9ee405b3bf.txt", "002_362e55c88550be0e.txt"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Done = subprocess.CompletedProcess[str]


def outcome(done: Done) -> str:
    """What a command says that does all that it was asked."""
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def indexed(commands: Commands, folder: str = ".search-index") -> list[str]:
    """The ids of the articles of an index."""
    store = Store(open_generation(str(commands.folder / folder)))
    try:
        return sorted(store.article(number).id for number in range(store.article_count))
    finally:
        store.close()


def write_lines(path: Path, *records: object) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


@pytest.fixture
def two_sources(commands: Commands) -> Commands:
    """The commands in a folder with the sources `news` and `wire.jsonl`, and no seeds."""
    (commands.folder / "news").mkdir()
    (commands.folder / "news" / "rain.txt").write_text("Rain in Oslo", encoding="utf-8")
    write_lines(commands.folder / "wire.jsonl", {"id": "w-1", "text": "Snow in Oslo"})
    return commands


def test_a_build_says_what_it_read_and_wrote(seeded: Commands) -> None:
    read, wrote = outcome(seeded.index()).splitlines()
    assert read == "read 2 articles (1 ar, 1 en) from seeds"
    assert re.fullmatch(r"wrote \.search-index in \d+\.\d s", wrote)
    assert (seeded.folder / ".search-index" / "current").is_file()


def test_sources_are_folders_and_files_in_any_number(two_sources: Commands) -> None:
    said = outcome(two_sources.index("news", "wire.jsonl"))
    assert said.startswith("read 2 articles (2 en) from news, wire.jsonl\n")
    assert indexed(two_sources) == ["rain.txt", "w-1"]


def test_ids_of_files_are_their_paths_below_their_source(two_sources: Commands) -> None:
    (two_sources.folder / "news" / "oslo" / "2025").mkdir(parents=True)
    (two_sources.folder / "news" / "oslo" / "2025" / "sun.txt").write_text("Sun in Oslo", encoding="utf-8")
    outcome(two_sources.index("news"))
    assert indexed(two_sources) == ["oslo/2025/sun.txt", "rain.txt"]
    outcome(two_sources.index("news/oslo/2025/sun.txt"))
    assert indexed(two_sources) == ["sun.txt"]


def test_without_a_source_those_of_the_last_build_are_read_again_from_anywhere_below(two_sources: Commands) -> None:
    (two_sources.folder / "seeds").mkdir()
    (two_sources.folder / "seeds" / "sun.txt").write_text("Sun in Oslo", encoding="utf-8")
    outcome(two_sources.index("news", "wire.jsonl"))
    (two_sources.folder / "news" / "fog.txt").write_text("Fog in Oslo", encoding="utf-8")
    two_sources.folder /= "news"
    assert outcome(two_sources.index()).startswith("read 3 articles (3 en) from ")
    assert indexed(two_sources, "../.search-index") == ["fog.txt", "rain.txt", "w-1"]
    assert not (two_sources.folder / ".search-index").exists()


def test_without_a_source_a_damaged_index_is_built_from_its_sources_again(two_sources: Commands) -> None:
    outcome(two_sources.index("wire.jsonl"))
    next((two_sources.folder / ".search-index" / "gen-1").glob("*.terms")).write_bytes(b"")
    assert "from wire.jsonl" in outcome(two_sources.index())
    assert indexed(two_sources) == ["w-1"]


def test_without_a_source_an_index_that_has_forgotten_its_own_is_left_alone(two_sources: Commands) -> None:
    outcome(two_sources.index("wire.jsonl"))
    (two_sources.folder / ".search-index" / "gen-1" / "manifest").unlink()
    (two_sources.folder / ".search-index" / "current").write_bytes(b"")
    assert "name its SOURCE" in refusal(two_sources.index())
    assert not (two_sources.folder / ".search-index" / "gen-2").exists()


def test_sources_that_are_gone_are_named_and_the_index_stays(two_sources: Commands) -> None:
    outcome(two_sources.index("news"))
    (two_sources.folder / "news").rename(two_sources.folder / "olds")
    assert "news" in refusal(two_sources.index())
    assert indexed(two_sources) == ["rain.txt"]


@pytest.mark.parametrize("how", ["option", "variable"])
def test_the_index_folder_is_named_by_the_option_or_the_variable(two_sources: Commands, how: str) -> None:
    options = ["--index", "deep/er"] if how == "option" else []
    environment = {"SEARCH_INDEX": "deep/er"} if how == "variable" else {"SEARCH_INDEX": "not/here"}
    assert "wrote deep/er in " in outcome(two_sources.index("news", *options, environment=environment))
    assert [path.name for path in two_sources.folder.glob("**/current")] == ["current"]
    assert indexed(two_sources, "deep/er") == ["rain.txt"]


def test_seeds_named_by_the_variable_get_their_index_beside_them(two_sources: Commands) -> None:
    work = two_sources.folder / "work"
    work.mkdir()
    seeds = two_sources.folder / "news"
    two_sources.folder = work
    said = outcome(two_sources.index(environment={"SEARCH_SEEDS": "../news"}))
    assert f"from {seeds}\nwrote {seeds.parent}/.search-index in " in said
    assert list(work.iterdir()) == []


def test_an_index_above_is_built_anew_instead_of_one_here(two_sources: Commands) -> None:
    outcome(two_sources.index("news"))
    two_sources.folder /= "news"
    outcome(two_sources.index("../wire.jsonl"))
    assert not (two_sources.folder / ".search-index").exists()
    assert indexed(two_sources, "../.search-index") == ["w-1"]


def test_what_is_skipped_is_named_on_stderr_and_the_rest_is_indexed(two_sources: Commands) -> None:
    (two_sources.folder / "news" / "bad.txt").write_bytes(b"\0")
    write_lines(two_sources.folder / "wire.jsonl", {"id": "w-1", "text": "Snow in Oslo"}, {"id": "rain.txt", "text": "x"}, [])
    done = two_sources.index("news", "wire.jsonl")
    assert done.returncode == 0
    assert done.stdout.startswith("read 2 articles (2 en) from news, wire.jsonl, skipped 3\n")
    first, second, third = done.stderr.splitlines()
    assert first.startswith("index: skipped news/bad.txt: binary")
    assert second.startswith("index: skipped wire.jsonl")
    assert second.endswith("its id rain.txt was read before, from news/rain.txt")
    assert third.startswith("index: skipped wire.jsonl line 3: not an object")


def test_names_that_would_steer_the_terminal_are_shown_harmless(commands: Commands) -> None:
    folder = commands.folder / "\x1b[31mnews\n\u202e"
    folder.mkdir()
    for name in (b"a\x1b]0;title\x07.txt", b"b\nindex: all is well.txt", b"c\xff\x9b.txt", "d\u202e.txt".encode()):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(b"\0")
    (folder / "good\x07.txt").write_text("Words", encoding="utf-8")
    done = commands.index(str(folder))
    assert (done.returncode, len(done.stdout.splitlines()), len(done.stderr.splitlines())) == (0, 2, 4)
    assert not CONTROL.search(done.stdout + done.stderr)


def test_a_language_that_would_steer_the_terminal_is_shown_harmless(commands: Commands) -> None:
    write_lines(commands.folder / "wire.jsonl", {"id": "a", "text": "word", "lang": "\x1b]0;title\x07en\n"})
    assert not CONTROL.search(outcome(commands.index("wire.jsonl")))


def test_check_finds_a_whole_index_whole(seeded: Commands) -> None:
    outcome(seeded.index())
    assert outcome(seeded.index("--check")).startswith(".search-index is whole: 2 articles (1 ar, 1 en), ")


def enlarge(folder: Path) -> Path:
    """Puts a generation into an index that is too large for opening to verify its checksums; the path of its files."""
    small = open_generation(str(folder))

    def fill(path: str) -> Manifest:
        shutil.copytree(small.path, path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("manifest"))
        Path(path, "padding").touch()
        os.truncate(Path(path, "padding"), CHECKED_AT_OPEN)
        return small.manifest

    return Path(replace(str(folder), fill).path)


def test_check_finds_a_byte_that_opening_a_large_index_does_not_look_at(seeded: Commands) -> None:
    outcome(seeded.index())
    padding = enlarge(seeded.folder / ".search-index") / "padding"
    outcome(seeded.index("--check"))
    with padding.open("r+b") as file:
        file.write(b"x")
    assert seeded.found("--no-build", "Parnell") == [ENGLISH]
    assert "padding" in refusal(seeded.index("--check"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--check"], "there is no index", id="nothing to check"),
        pytest.param(["--check", "seeds"], "--check takes no SOURCE", id="a source to check"),
        pytest.param(["nowhere"], "no file or folder nowhere", id="no such source"),
        pytest.param(["note.md"], "no kind that is read", id="a source of another kind"),
        pytest.param(["--explain", "nowhere"], "no file or folder nowhere", id="nothing to explain"),
        pytest.param(["--explain"], "--explain needs a value", id="an option without its value"),
        pytest.param(["--rebuild"], "there is no option --rebuild", id="no such option"),
        pytest.param(["--index", "note.md"], "not a folder", id="an index that is a file"),
        pytest.param(["--index", "seeds"], "something else than an index", id="an index folder of other files"),
        pytest.param(["seeds", "--index", "note.md/index"], "not a folder", id="an index below a file"),
        pytest.param(["seeds", "--index", "x" * 300], "cannot be written", id="a name that no file system takes"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(seeded: Commands, arguments: list[str], said: str) -> None:
    (seeded.folder / "note.md").write_text("note", encoding="utf-8")
    before = sorted(seeded.folder.rglob("*"))
    assert said in refusal(seeded.index(*arguments))
    assert sorted(seeded.folder.rglob("*")) == before


def test_an_empty_name_is_no_file_to_explain_and_builds_nothing(seeded: Commands) -> None:
    refusal(seeded.index("--explain", ""))


# Found by reading the two files: the number of each line that is not the article, and why.
LEFT_OUT = {
    ENGLISH: {41: "source link"},
    ARABIC: {
        1: "title",
        3: "repeated title",
        5: "shortcode",
        7: "sign-up",
        19: "gallery",
        21: "caption",
        49: "shortcode",
        51: "source link",
    },
}


@pytest.mark.parametrize("seed", [ENGLISH, ARABIC])
def test_each_line_of_a_seed_that_is_left_out_is_explained(seeded: Commands, seed: str) -> None:
    lines = (SEEDS / seed).read_text(encoding="utf-8").split("\n")
    said = outcome(seeded.index("--explain", f"seeds/{seed}"))
    shown = re.findall(r"^  line (\d+) left out \((.+?)\): (.*)$", said, re.MULTILINE)
    assert shown == [(str(number), rule, lines[number - 1]) for number, rule in LEFT_OUT[seed].items()]
    assert len(said.splitlines()) == 2 + len(shown)
    assert not (seeded.folder / ".search-index").exists()


def test_the_title_of_a_seed_is_explained(seeded: Commands) -> None:
    title = (SEEDS / ARABIC).read_text(encoding="utf-8").split("\n")[0]
    arabic = outcome(seeded.index("--explain", f"seeds/{ARABIC}")).splitlines()
    assert arabic[:2] == [f"seeds/{ARABIC}: article {ARABIC}, language ar", f"  title: {title}"]
    english = outcome(seeded.index("--explain", f"seeds/{ENGLISH}")).splitlines()
    assert english[0] == f"seeds/{ENGLISH}: article {ENGLISH}, language en"
    assert english[1].startswith("  no title; shown as: The Defense Department is expected")


def test_each_line_of_a_jsonl_file_is_explained(commands: Commands) -> None:
    write_lines(commands.folder / "wire.jsonl", {"id": "w-1", "title": "Snow", "text": "Snow in Oslo"}, {"id": "w-2"})
    assert outcome(commands.index("--explain", "wire.jsonl")).splitlines() == [
        "wire.jsonl: article w-1, language en",
        "  title: Snow",
        "  nothing left out",
        'wire.jsonl line 2: without a "text"',
    ]


def test_a_file_that_cannot_be_read_is_explained(commands: Commands) -> None:
    (commands.folder / "bad.txt").write_bytes(b"\0")
    assert outcome(commands.index("--explain", "bad.txt")) == "bad.txt: binary, not text\n"


def test_all_files_to_explain_are_explained(seeded: Commands) -> None:
    said = outcome(seeded.index("--explain", f"seeds/{ENGLISH}", f"seeds/{ARABIC}"))
    assert said.count(": article ") == 2


def test_help_and_version_do_nothing_else(seeded: Commands) -> None:
    assert outcome(seeded.index("--version", "seeds")) == f"index {__version__}\n"
    helped = outcome(seeded.index("-h"))
    for option in ("--index", "--check", "--explain", "--version", "SOURCE"):
        assert option in helped
    assert outcome(seeded.index("--help")) == helped
    assert not (seeded.folder / ".search-index").exists()


def test_a_terminal_is_shown_how_far_the_reading_is(seeded: Commands) -> None:
    (command,) = map(os.fsdecode, seeded.argv("index"))
    options = {"cwd": str(seeded.folder), "env": seeded.environment, "encoding": "utf-8", "timeout": 60}
    said, status = pexpect.run(command, withexitstatus=True, **options)
    assert status == 0
    assert "reading" in said
    assert "2/2" in said
    assert said.rstrip().splitlines()[-1].startswith("wrote .search-index")
