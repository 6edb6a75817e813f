"""The real commands against kills, full disks, other users and each other: always the old index or the new, whole."""

import fcntl
import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from conftest import SEEDS, Commands, refusal
from index.build import build
from search.engine import answer
from search.opening import open_store

INDEX = ".search-index"
IS_ROOT = os.geteuid() == 0
SOMEBODY = 65534
OLD, NEW = 10, 200  # articles; a build of the new ones takes half a second
RANDOM = random.Random(20250703)  # noqa: S311  # a seed is wanted, not a secret

Done = subprocess.CompletedProcess[str]


def write_articles(path: Path, kind: str, number: int) -> None:
    """A `.jsonl` file of `number` articles, all with the word `common` and an id that begins with their `kind`."""
    vocabulary = [f"w{RANDOM.randrange(16**6):x}" for _ in range(2_000)]
    with path.open("w", encoding="utf-8") as file:
        for n in range(number):
            text = " ".join(["common", *RANDOM.choices(vocabulary, k=120)])
            file.write(json.dumps({"id": f"{kind}-{n}", "text": text}) + "\n")


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `old.jsonl` and `new.jsonl`."""
    folder = tmp_path_factory.mktemp("articles")
    write_articles(folder / "old.jsonl", "old", OLD)
    write_articles(folder / "new.jsonl", "new", NEW)
    return folder


class Indexed:
    """The commands in a folder whose index holds the old articles, and what that index answers."""

    def __init__(self, commands: Commands, articles: Path) -> None:
        self.commands = commands
        self.index = commands.folder / INDEX
        self.old, self.new = str(articles / "old.jsonl"), str(articles / "new.jsonl")
        self.restore()

    def restore(self) -> None:
        build([self.old], str(self.index))

    def answered(self) -> str:
        """Which articles answer, `old` or `new`; every one of them must be there."""
        store = open_store(str(self.index), may_build=False)
        results = answer(store, "common", limit=1)
        store.close()
        return whole(results.total, results.hits[0].id)

    def answered_by_command(self) -> str:
        """The same, through `search`."""
        done = self.commands.search("--no-build", "--json", "-n", "1", "common")
        assert (done.returncode, done.stderr) == (0, "")
        return whole(json.loads(done.stdout)["total"], json.loads(done.stdout)["hits"][0]["id"])

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """The command `index`, running."""
        return subprocess.Popen(
            self.commands.argv("index", *arguments),
            cwd=self.commands.folder,
            env=self.commands.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def wait_for_a_half_written_generation(self) -> None:
        deadline = time.monotonic() + 60
        while not [path for path in self.index.glob("gen-*/*") if not (path.parent / "manifest").exists()]:
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def half_written(self) -> list[str]:
        return [path.name for path in self.index.glob("gen-*") if not (path / "manifest").exists()]


def whole(total: int | None, first: str) -> str:
    kind = first.partition("-")[0]
    assert total == {"old": OLD, "new": NEW}[kind]
    return kind


@pytest.fixture
def indexed(commands: Commands, articles: Path) -> Indexed:
    return Indexed(commands, articles)


def run(commands: Commands, argv: list[str | bytes]) -> Done:
    # A process that may write nothing cannot write down its coverage either.
    environment = commands.unmeasured
    return subprocess.run(argv, cwd=commands.folder, env=environment, capture_output=True, check=False, encoding="utf-8")


def test_twenty_kills_at_any_moment_of_a_build_leave_the_old_or_the_new_index_whole(indexed: Indexed) -> None:
    started = time.perf_counter()
    assert indexed.commands.index(indexed.new).returncode == 0
    took = time.perf_counter() - started
    killed = 0
    while killed < 20:
        indexed.restore()
        building = indexed.start(indexed.new)
        with suppress(subprocess.TimeoutExpired):
            building.wait(RANDOM.uniform(0.2, 1) * took)
        building.kill()
        building.communicate()
        if building.returncode == -signal.SIGKILL:
            killed += 1
            assert indexed.answered() in {"old", "new"}
        else:
            took *= 0.9  # the machine is less busy by now
            assert (building.returncode, indexed.answered()) == (0, "new")
    assert indexed.commands.index(indexed.new).returncode == 0
    assert indexed.answered_by_command() == "new"
    assert len(list(indexed.index.glob("gen-*"))) == 2, "no leftovers"


def test_a_kill_during_the_first_build_leaves_no_index_and_the_next_question_builds_one(indexed: Indexed) -> None:
    shutil.rmtree(indexed.index)
    shutil.copytree(SEEDS, indexed.commands.folder / "seeds")
    building = indexed.start(indexed.new, "--index", INDEX)
    indexed.wait_for_a_half_written_generation()
    building.kill()
    building.communicate()
    assert "there is no index" in refusal(indexed.commands.search("--no-build", "Putin"))
    assert indexed.commands.search("Putin").returncode == 0
    assert indexed.half_written() == []


def interrupted_build(indexed: Indexed) -> tuple[str, str, int]:
    """A build that gets a Ctrl-C in its midst: what it prints on both streams, and its exit code."""
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs tests behind has it ignored
    building = indexed.start(indexed.new)
    signal.signal(signal.SIGINT, handler)
    indexed.wait_for_a_half_written_generation()
    building.send_signal(signal.SIGINT)
    return (*building.communicate(timeout=60), building.returncode)


def test_ctrl_c_during_a_build_is_quiet_and_leaves_the_old_index_and_nothing_else(indexed: Indexed) -> None:
    for _ in range(5):
        before = {path for path in indexed.commands.folder.rglob("*") if indexed.index not in path.parents}
        done = interrupted_build(indexed)
        if "Exception ignored" not in done[1]:
            break
        # Python says so, and goes on, where the interrupt falls into a destructor.
        indexed.commands.index(str(indexed.old))
    assert done == ("", "", 130)
    assert {path for path in indexed.commands.folder.rglob("*") if indexed.index not in path.parents} == before
    assert indexed.half_written() == []
    assert indexed.answered() == "old"


def test_of_two_builds_at_once_one_says_that_the_other_is_at_work(indexed: Indexed) -> None:
    building = indexed.start(indexed.new)
    indexed.wait_for_a_half_written_generation()
    building.send_signal(signal.SIGSTOP)
    assert "another process" in refusal(indexed.commands.index(indexed.old))
    assert indexed.answered_by_command() == "old"
    building.send_signal(signal.SIGCONT)
    out, err = building.communicate(timeout=60)
    assert (building.returncode, err) == (0, "")
    assert out.startswith(f"read {NEW} articles")
    assert indexed.answered() == "new"


def test_while_the_lock_is_held_no_build_begins(indexed: Indexed) -> None:
    with (indexed.index / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = sorted(indexed.commands.folder.rglob("*"))
        assert "another process" in refusal(indexed.commands.index(indexed.new))
        assert sorted(indexed.commands.folder.rglob("*")) == before
        assert indexed.answered() == "old"


def test_readers_get_a_whole_answer_while_builds_replace_the_index(indexed: Indexed) -> None:
    # The generation before is kept until the next build begins, so a breath between two builds is a reader's.
    code = "import sys, time; from index.build import build; [(build([s], sys.argv[1]), time.sleep(0.2)) for s in sys.argv[2:]]"
    argv = [sys.executable, "-c", code, str(indexed.index), *([indexed.new, indexed.old] * 3)]
    answered = []
    with subprocess.Popen(argv, env=indexed.commands.environment) as building:
        while building.poll() is None:
            answered.append(indexed.answered())
    assert building.returncode == 0
    assert len(answered) >= 30
    assert set(answered) == {"old", "new"}


@pytest.fixture(scope="module")
def built_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds and an index of them, built twice."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(SEEDS, folder / "seeds")
    for _ in range(2):
        build([str(folder / "seeds")], str(folder / INDEX))
    return folder


@pytest.fixture
def twice(built_twice: Path, commands: Commands) -> Commands:
    """The commands in a copy of that folder."""
    shutil.copytree(built_twice, commands.folder, dirs_exist_ok=True)
    return commands


def plant_a_stranger(index: Path) -> None:
    (index / "gen-2" / "stranger").write_bytes(b"")


def lose_the_generation(index: Path) -> None:
    shutil.rmtree(index / "gen-2")


@pytest.mark.parametrize("damage", [plant_a_stranger, lose_the_generation])
def test_a_damaged_index_is_told_in_one_line_or_cured_by_the_question(twice: Commands, damage: Callable[[Path], None]) -> None:
    damage(twice.folder / INDEX)
    refusal(twice.search("--no-build", "Putin"))
    done = twice.search("Putin")
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1)
    assert "000_0cad0c9ee405b3bf.txt" in done.stdout
    assert twice.search("Putin").stderr == ""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False)  # noqa: S607  # the system's own
    if mounted.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607  # the system's own


def fill_up(disk: Path, *, but: int) -> Path:
    """A file that leaves so many bytes free."""
    status = os.statvfs(disk)
    (disk / "filler").write_bytes(bytes(max(0, status.f_bavail * status.f_frsize - but)))
    return disk / "filler"


def test_a_full_disk_leaves_the_old_index_and_is_told_in_one_line(indexed: Indexed) -> None:
    with small_disk(indexed.commands.folder / "disk") as disk:
        indexed.index = disk / "index"
        indexed.restore()
        indexed.commands.environment["SEARCH_INDEX"] = str(indexed.index)
        for free in (0, 20_000, 40_000):
            filler = fill_up(disk, but=free)
            assert "No space left on device" in refusal(indexed.commands.index(str(SEEDS)))
            assert indexed.half_written() == []
            assert indexed.answered() == "old"
            filler.unlink()
        assert indexed.commands.index(str(SEEDS)).returncode == 0


LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
os.execv(sys.argv[2], sys.argv[2:])
"""


@pytest.mark.parametrize("size", [0, 1_000, 20_000])
def test_a_limit_to_the_size_of_files_leaves_the_old_index_and_is_told_in_one_line(indexed: Indexed, size: int) -> None:
    limited = [sys.executable, "-c", LIMITED, str(size), *indexed.commands.argv("index", str(SEEDS))]
    assert "too large" in refusal(run(indexed.commands, limited))
    assert indexed.half_written() == []
    assert indexed.answered() == "old"


def without_power(argv: list[str | bytes]) -> list[str | bytes]:
    """`argv` run so that the permission bits count, for root too."""
    if not IS_ROOT:
        return argv
    if not shutil.which("setpriv"):
        pytest.skip("root without setpriv reads and writes everything")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *argv]


@contextmanager
def without_rights(folder: Path, mode: int) -> Iterator[None]:
    """`folder` and the folders in it have the rights of `mode` alone."""
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in reversed(folders):
        path.chmod(mode)
    try:
        yield
    finally:
        for path in folders:
            path.chmod(0o700)


def test_a_read_only_index_answers_and_says_that_it_cannot_be_built(twice: Commands) -> None:
    with without_rights(twice.folder / INDEX, 0o500):
        done = run(twice, without_power(twice.argv("search", "Putin")))
        assert (done.returncode, done.stderr) == (0, "")
        (twice.folder / "seeds" / "new.txt").write_text("Putin", encoding="utf-8")
        changed = run(twice, without_power(twice.argv("search", "Putin")))
        assert (changed.returncode, changed.stdout, len(changed.stderr.splitlines())) == (0, done.stdout, 1)
        assert "as it was" in changed.stderr
        assert "Permission denied" in refusal(run(twice, without_power(twice.argv("index"))))
    assert len(twice.found("--no-translate", "Putin")) == 2


def test_a_folder_that_takes_no_index_is_told_in_one_line(seeded: Commands) -> None:
    with without_rights(seeded.folder, 0o500):
        for command in (seeded.argv("index"), seeded.argv("search", "Putin")):
            assert "Permission denied" in refusal(run(seeded, without_power(command)))


def test_an_index_that_may_not_be_entered_is_not_called_missing(twice: Commands) -> None:
    with without_rights(twice.folder / INDEX, 0o000):
        said = refusal(run(twice, without_power(twice.argv("search", "--no-build", "Putin"))))
    assert "there is no index" not in said


def be_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("notes", encoding="utf-8")


def let_the_group_write(folder: Path) -> None:
    folder.chmod(0o770)


def let_others_write_a_file(folder: Path) -> None:
    next(folder.glob("gen-2/*.toc")).chmod(0o606)


def make_a_file_a_link(folder: Path) -> None:
    (terms,) = folder.glob("gen-2/*.terms")
    terms.rename(folder.parent / "elsewhere")
    terms.symlink_to(folder.parent / "elsewhere")


def give_away(folder: Path) -> None:
    os.chown(folder, SOMEBODY, SOMEBODY)


def give_a_file_away(folder: Path) -> None:
    os.chown(folder / "current", SOMEBODY, SOMEBODY)


ROOT_ALONE = pytest.mark.skipif(not IS_ROOT, reason="only root can give a file away")


@pytest.mark.parametrize(
    "change",
    [
        be_a_file,
        let_the_group_write,
        let_others_write_a_file,
        make_a_file_a_link,
        pytest.param(give_away, marks=ROOT_ALONE),
        pytest.param(give_a_file_away, marks=ROOT_ALONE),
    ],
)
def test_an_index_that_others_could_have_written_answers_nobody_and_is_left_alone(
    twice: Commands, change: Callable[[Path], None]
) -> None:
    change(twice.folder / INDEX)
    before = {path: stat.S_IMODE(path.lstat().st_mode) for path in twice.folder.rglob("*")}
    refusal(twice.search("Putin"))
    assert {path: stat.S_IMODE(path.lstat().st_mode) for path in twice.folder.rglob("*")} == before
