import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from conftest import CHECKOUT, Commands
from index.build import build
from index.errors import DamagedIndexError, ForeignIndexError, NoIndexError, SourceError
from index.generation import Generation, current_data, open_generation
from index.manifest import FORMAT, load
from index.segment import KINDS
from index.store import Store
from search.opening import open_store

ENGLISH, ARABIC = "000_0cad0c9ee405b3bf.txt", "002_362e55c88550be0e.txt"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the articles `a` and `b` in its folder seeds, and no index."""
    for name in ("SEARCH_INDEX", "SEARCH_SEEDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    for name in ("a", "b"):
        (tmp_path / "seeds" / f"{name}.txt").write_text(f"Article {name}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def built(here: Path) -> Path:
    """The current folder, its seeds indexed."""
    build([str(here / "seeds")], str(here / ".search-index"))
    return here


def answers(named: str | None = None, *, may_build: bool = True) -> list[str]:
    """The ids of the articles of the index that is opened."""
    store = open_store(named, may_build=may_build)
    try:
        return [store.article(number).id for number in range(store.article_count)]
    finally:
        store.close()


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines that opening has written, all of them to stderr."""
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert all(line.startswith("search: ") for line in lines)
    return lines


def add_article(here: Path) -> None:
    (here / "seeds" / "c.txt").write_text("Article c", encoding="utf-8")


def remove_article(here: Path) -> None:
    (here / "seeds" / "b.txt").unlink()


def rename_article(here: Path) -> None:
    (here / "seeds" / "b.txt").rename(here / "seeds" / "d.txt")


def lengthen_article(here: Path) -> None:
    (here / "seeds" / "b.txt").write_text("Article b, longer", encoding="utf-8")


def rewrite_article_in_place(here: Path) -> None:
    path = here / "seeds" / "b.txt"
    path.write_text("Article B", encoding="utf-8")
    os.utime(path, ns=(path.stat().st_mtime_ns, path.stat().st_mtime_ns + 1))


def test_where_there_is_no_index_one_is_built_and_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answers() == ["a.txt", "b.txt"]
    (line,) = said(capsys)
    assert "no index yet" in line
    assert "from seeds" in line
    assert "2 articles (2 en)" in line
    assert (here / ".search-index" / "current").exists()


def test_an_index_of_unchanged_articles_is_opened_in_silence(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (built / ".search-index" / "current").read_bytes()
    assert answers() == ["a.txt", "b.txt"]
    assert said(capsys) == []
    assert (built / ".search-index" / "current").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "articles"),
    [
        (add_article, ["a.txt", "b.txt", "c.txt"]),
        (remove_article, ["a.txt"]),
        (rename_article, ["a.txt", "d.txt"]),
        (lengthen_article, ["a.txt", "b.txt"]),
        (rewrite_article_in_place, ["a.txt", "b.txt"]),
    ],
)
def test_changed_articles_are_indexed_first_and_it_is_said(
    built: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], None], articles: list[str]
) -> None:
    change(built)
    assert answers() == articles
    (line,) = said(capsys)
    assert "the articles have changed" in line
    assert answers() == articles
    assert said(capsys) == [], "once is enough"


def test_what_is_no_article_may_change_without_a_build(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (built / "seeds" / "notes.md").write_text("notes", encoding="utf-8")
    (built / "seeds" / ".draft.txt").write_text("draft", encoding="utf-8")
    assert answers() == ["a.txt", "b.txt"]
    assert said(capsys) == []


@pytest.mark.usefixtures("built")
def test_articles_and_index_moved_together_have_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "elsewhere").mkdir()
    for name in ("seeds", ".search-index"):
        (tmp_path / name).rename(tmp_path / "elsewhere" / name)
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert answers() == ["a.txt", "b.txt"]
    assert said(capsys) == []


def rewrite_manifest(folder: Path, row: str) -> None:
    """Puts `row` in the place of the row of its kind in the manifest of the index."""
    manifest, current = folder / "gen-1" / "manifest", folder / "current"
    before = manifest.read_bytes()
    kind = row.rpartition("\t")[0].encode()
    after, count = re.subn(rb"(?m)^" + re.escape(kind) + rb"\t.*$", row.encode(), before)
    assert count == 1
    manifest.write_bytes(after)
    generation = Generation(str(folder), str(folder / "gen-1"), load(after, str(folder)))
    current.write_bytes(current_data(generation, zlib.crc32(after)))


@pytest.mark.parametrize(("seconds", "rebuilt"), [(4.999, True), (5.0, False), (3600, False)])
def test_an_index_that_took_long_to_build_answers_as_it_is_and_names_the_command(
    built: Path, capsys: pytest.CaptureFixture[str], seconds: float, *, rebuilt: bool
) -> None:
    rewrite_manifest(built / ".search-index", f"seconds\t{seconds}")
    add_article(built)
    assert answers() == ["a.txt", "b.txt", "c.txt"][: 3 if rebuilt else 2]
    (line,) = said(capsys)
    assert ("run index" in line) is not rebuilt


def test_an_index_that_took_long_is_silent_while_nothing_changes(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite_manifest(built / ".search-index", "seconds\t3600")
    assert answers() == ["a.txt", "b.txt"]
    assert said(capsys) == []


def test_an_index_of_another_analysis_is_built_again_and_it_is_said(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite_manifest(built / ".search-index", "version\tanalysis\tanother")
    assert answers() == ["a.txt", "b.txt"]
    (line,) = said(capsys)
    assert "the program has changed" in line
    answers()
    assert said(capsys) == []


def lose_seeds(here: Path) -> None:
    shutil.rmtree(here / "seeds")


def empty_seeds(here: Path) -> None:
    lose_seeds(here)
    (here / "seeds").mkdir()


def spoil_seeds(here: Path) -> None:
    for path in (here / "seeds").iterdir():
        path.write_bytes(b"\0")


def plant_a_stranger(here: Path) -> None:
    add_article(here)
    (here / ".search-index" / "notes.txt").write_text("notes", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(lose_seeds, 0, id="an index answers without its articles"),
        pytest.param(empty_seeds, 1, id="no articles are no reason to forget those that were there"),
        pytest.param(spoil_seeds, 1, id="nor are articles that cannot be read"),
        pytest.param(plant_a_stranger, 1, id="nor is a folder that no build will touch"),
    ],
)
def test_where_nothing_can_be_built_the_index_answers_as_it_was(
    built: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], None], told: int
) -> None:
    change(built)
    for _ in range(2):
        assert answers() == ["a.txt", "b.txt"]
        lines = said(capsys)
        assert len(lines) == told
        assert all("as it was" in line for line in lines)


@pytest.mark.parametrize("change", [add_article, remove_article, lose_seeds])
def test_nothing_is_built_where_it_must_not(
    built: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], None]
) -> None:
    change(built)
    before = sorted(built.rglob("*"))
    assert answers(may_build=False) == ["a.txt", "b.txt"]
    assert said(capsys) == []
    assert sorted(built.rglob("*")) == before


def test_where_there_is_no_index_and_none_may_be_built_it_is_said(here: Path) -> None:
    with pytest.raises(NoIndexError, match="run index"):
        open_store(None, may_build=False)
    assert [path.name for path in here.iterdir()] == ["seeds"]


def test_an_index_is_built_where_it_is_named(here: Path) -> None:
    assert answers("named") == ["a.txt", "b.txt"]
    assert sorted(path.name for path in here.iterdir()) == ["named", "seeds"]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process builds."""
    folder.mkdir(0o700, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_while_another_process_builds_the_index_answers_as_it_is(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_article(built)
    with locked(built / ".search-index"):
        assert answers() == ["a.txt", "b.txt"]
    assert said(capsys) == []
    assert answers() == ["a.txt", "b.txt", "c.txt"]


def damage(folder: Path) -> None:
    next(folder.glob("gen-*/*.terms")).write_bytes(b"")


@pytest.mark.parametrize("prepare", [shutil.rmtree, damage], ids=["none", "a damaged one"])
def test_a_build_by_another_process_is_waited_for_where_nothing_else_answers(
    seeded: Commands, prepare: Callable[[Path], object]
) -> None:
    folder = seeded.folder / ".search-index"
    build([str(seeded.folder / "seeds")], str(folder))
    prepare(folder)
    with locked(folder):
        searching = subprocess.Popen(
            seeded.argv("search", "--json", "Putin"),
            cwd=seeded.folder,
            env=seeded.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert searching.stderr
        assert "another process is building" in searching.stderr.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            searching.wait(0.3)
    answer, lines = searching.communicate(timeout=60)
    assert (searching.returncode, ENGLISH in answer, len(lines.splitlines())) == (0, True, 1)


@pytest.mark.parametrize("at", ["seeds", "articles"])
def test_a_damaged_index_is_built_again_from_its_own_sources(here: Path, capsys: pytest.CaptureFixture[str], at: str) -> None:
    (here / "articles").mkdir()
    (here / "articles" / "x.txt").write_text("Article x", encoding="utf-8")
    build([str(here / at)], str(here / ".search-index"))
    damage(here / ".search-index")
    assert answers() == (["a.txt", "b.txt"] if at == "seeds" else ["x.txt"])
    (line,) = said(capsys)
    assert "damaged" in line
    assert f"from {at} " in line
    answers()
    assert said(capsys) == []


def test_a_damaged_index_is_only_named_where_no_build_is_wanted(built: Path) -> None:
    damage(built / ".search-index")
    with pytest.raises(DamagedIndexError, match="run index"):
        open_store(None, may_build=False)
    assert [path.name for path in (built / ".search-index").glob("gen-*")] == ["gen-1"]


def test_a_damaged_index_whose_articles_are_gone_names_them(built: Path) -> None:
    damage(built / ".search-index")
    lose_seeds(built)
    with pytest.raises(SourceError, match="seeds"):
        open_store(None)


def test_a_damaged_index_that_has_forgotten_its_sources_is_not_filled_with_others(built: Path) -> None:
    (built / ".search-index" / "gen-1" / "manifest").write_bytes(b"")
    (built / ".search-index" / "current").write_bytes(b"")
    with pytest.raises(DamagedIndexError, match="run index"):
        open_store(None)
    assert not (built / ".search-index" / "gen-2").exists()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["lost", "emptied"])
def test_an_index_of_other_articles_never_becomes_one_of_the_seeds(here: Path, spoil: Callable[[Path], object]) -> None:
    (here / "articles").mkdir()
    (here / "articles" / "x.txt").write_text("Article x", encoding="utf-8")
    build([str(here / "articles")], str(here / ".search-index"))
    spoil(here / ".search-index" / "current")
    assert answers() == ["x.txt"]


def rewrite_format(folder: Path) -> None:
    """`current` as a program of the next version may write it."""
    current = folder / "current"
    data = current.read_bytes()
    assert data.startswith(b"format\t%d\n" % FORMAT)
    current.write_bytes(data.replace(b"format\t%d\n" % FORMAT, b"format\t%d\n" % (FORMAT + 1)))


def rewrite_as_format_1(folder: Path) -> None:
    """An index as the first version left it: every row in its place, every checksum right, the files Whoosh's own."""
    generation = folder / "gen-1"
    rows = (generation / "manifest").read_bytes().splitlines(keepends=True)
    manifest = b"format\t1\n" + b"".join(row for row in rows if not row.startswith((b"format\t", b"file\t")))
    for path in generation.iterdir():
        path.unlink()
    for name, data in {"MAIN_0123456789abcdef.seg": b"postings", "_MAIN_1.toc": b"a pickle"}.items():
        (generation / name).write_bytes(data)
        manifest += b"file\t%s\t%d\t%08x\n" % (name.encode(), len(data), zlib.crc32(data))
    (generation / "manifest").write_bytes(manifest)
    current = b"format\t1\ngeneration\tgen-1\nmanifest\t%08x\nsource\t../seeds\n" % zlib.crc32(manifest)
    (folder / "current").write_bytes(current + b"check\t%08x\n" % zlib.crc32(current))


OTHER_FORMATS = pytest.mark.parametrize("rewrite", [rewrite_format, rewrite_as_format_1])


@OTHER_FORMATS
def test_an_index_of_another_format_is_built_again_from_its_sources(
    built: Path, capsys: pytest.CaptureFixture[str], rewrite: Callable[[Path], None]
) -> None:
    rewrite(built / ".search-index")
    assert answers() == ["a.txt", "b.txt"]
    (line,) = said(capsys)
    assert "from seeds" in line
    assert answers() == ["a.txt", "b.txt"]
    assert said(capsys) == []


@OTHER_FORMATS
def test_an_index_of_another_format_is_told_from_a_damaged_one(built: Path, rewrite: Callable[[Path], None]) -> None:
    rewrite(built / ".search-index")
    before = sorted(built.rglob("*"))
    with pytest.raises(DamagedIndexError, match=r"another version of this program wrote the index .*: run index"):
        open_store(None, may_build=False)
    assert sorted(built.rglob("*")) == before


@OTHER_FORMATS
def test_an_index_of_another_format_names_its_sources_where_they_are_gone(built: Path, rewrite: Callable[[Path], None]) -> None:
    rewrite(built / ".search-index")
    lose_seeds(built)
    with pytest.raises(SourceError, match="seeds"):
        open_store(None)
    assert [path.name for path in (built / ".search-index").glob("gen-*")] == ["gen-1"]


@pytest.fixture(params=KINDS)
def unreadable(built: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """A file of the index that opening takes for whole, as that of a large one, and that cannot be read; its name."""
    monkeypatch.setattr("index.generation.CHECKED_AT_OPEN", 0)
    (path,) = (built / ".search-index").glob(f"gen-*/*.{request.param}")
    with path.open("r+b") as file:
        file.write(b"\0")
    open_generation(str(built / ".search-index"))
    return str(request.param)


@pytest.mark.usefixtures("unreadable")
def test_damage_that_only_reading_shows_is_cured_by_a_build_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert answers() == ["a.txt", "b.txt"]
    (line,) = said(capsys)
    assert "damaged" in line
    assert answers() == ["a.txt", "b.txt"]
    assert said(capsys) == []


def test_damage_that_only_reading_shows_is_only_named_where_no_build_is_wanted(built: Path, unreadable: str) -> None:
    for _ in range(2):
        with pytest.raises(DamagedIndexError, match=rf"its file {unreadable} .*run index"):
            open_store(None, may_build=False)
    assert [path.name for path in (built / ".search-index").glob("gen-*")] == ["gen-1"]


@pytest.mark.usefixtures("unreadable")
def test_damage_that_only_reading_shows_names_the_articles_where_they_are_gone(built: Path) -> None:
    lose_seeds(built)
    with pytest.raises(SourceError, match="seeds"):
        open_store(None)


def test_what_only_a_look_up_meets_is_told_by_that_and_left_to_the_command(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("index.generation.CHECKED_AT_OPEN", 0)
    (path,) = (built / ".search-index").glob("gen-*/*.texts")
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    data[-9] ^= 1
    path.write_bytes(data)
    store = open_store(None)
    assert store.article(0).id == "a.txt"
    with pytest.raises(DamagedIndexError, match="run index"):
        store.article(1)
    store.close()
    assert said(capsys) == []


@pytest.mark.parametrize("may_build", [True, False])
def test_a_reader_that_builds_overtake_after_its_checks_answers_without_a_build_of_its_own(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, may_build: bool
) -> None:
    late = iter([True])

    def open_late(generation: Generation) -> Store:
        for _ in range(2 * next(late, False)):
            build([str(built / "seeds")], str(built / ".search-index"))
        return Store(generation)

    monkeypatch.setattr("search.opening.Store", open_late)
    assert answers(may_build=may_build) == ["a.txt", "b.txt"]
    assert said(capsys) == []


def link_to_a_file(folder: Path) -> None:
    (folder.parent / "notes").write_text("notes", encoding="utf-8")
    folder.symlink_to("notes")


def let_the_group_write(folder: Path) -> None:
    folder.chmod(0o770)


@pytest.mark.parametrize("change", [link_to_a_file, Path.touch, let_the_group_write])
@pytest.mark.parametrize("may_build", [True, False])
def test_what_is_no_index_of_ours_is_neither_opened_nor_built(
    here: Path, change: Callable[[Path], object], *, may_build: bool
) -> None:
    folder = here / ".search-index"
    if change is let_the_group_write:
        build([str(here / "seeds")], str(folder))
    change(folder)
    before = sorted(here.rglob("*"))
    with pytest.raises(ForeignIndexError):
        open_store(None, may_build=may_build)
    assert sorted(here.rglob("*")) == before


def test_without_an_index_and_without_seeds_the_next_step_is_named(commands: Commands) -> None:
    # The packages as an installation has them: with no folder seeds beside them.
    for package in ("index", "search"):
        shutil.copytree(CHECKOUT / package, commands.folder / "lib" / package)
    # This copy is none of the code whose coverage is measured.
    environment = commands.unmeasured
    done = subprocess.run(
        [sys.executable, "-m", "search", "Putin"],
        cwd=commands.folder,
        env=environment | {"PYTHONPATH": str(commands.folder / "lib")},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "run index with the folder that holds the articles" in done.stderr


def test_the_first_question_of_all_builds_says_so_and_is_answered(seeded: Commands) -> None:
    first = seeded.search("Putin")
    again = seeded.search("Putin")
    assert first.stdout == again.stdout
    assert ENGLISH in first.stdout
    assert (len(first.stderr.splitlines()), again.stderr) == (1, "")
    assert "2 articles (1 ar, 1 en)" in first.stderr


def on_a_terminal(commands: Commands, *arguments: str) -> tuple[int, list[str]]:
    """The exit code of `search`, and the lines that it writes where all its streams are a terminal."""
    command, *rest = map(os.fsdecode, commands.argv("search", *arguments))
    options = {"cwd": str(commands.folder), "env": commands.environment, "encoding": "utf-8", "timeout": 60}
    told, status = pexpect.run(command, withexitstatus=True, args=rest, **options)
    return status, told.splitlines()


def test_on_a_terminal_the_line_about_a_build_is_one_line_all_the_same(seeded: Commands) -> None:
    status, (line, answer) = on_a_terminal(seeded, "--json", "Putin")
    assert status == 0
    assert re.fullmatch(r"search: no index yet.* from seeds .*2 articles \(1 ar, 1 en\) in .* s", line)
    assert json.loads(answer)["total"] == 2


def test_on_a_terminal_a_build_is_announced_before_it_fails(seeded: Commands) -> None:
    spoil_seeds(seeded.folder)
    status, (line, reason) = on_a_terminal(seeded, "Putin")
    assert status == 2
    assert re.fullmatch(r"search: no index yet.* from seeds\W*", line)
    assert "seeds holds no article that can be read" in reason


def test_no_build_is_one_line_where_there_is_no_index(seeded: Commands) -> None:
    done = seeded.search("--no-build", "Putin")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert not (seeded.folder / ".search-index").exists()


def test_the_seeds_of_the_variable_answer_from_anywhere_and_keep_their_index_beside_them(seeded: Commands) -> None:
    seeds = seeded.folder / "seeds"
    seeded.folder /= "work"
    seeded.folder.mkdir()
    done = seeded.search("بوتين", environment={"SEARCH_SEEDS": str(seeds)})
    assert ARABIC in done.stdout
    assert (seeds.parent / ".search-index" / "current").exists()
    assert list(seeded.folder.iterdir()) == []
