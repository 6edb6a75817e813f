import subprocess
from pathlib import Path

import pytest

from conftest import CHECKOUT, Commands
from index import locations
from index.build import build
from index.errors import NoIndexError
from index.locations import INDEX_NAME, index_folder, sources_for


@pytest.fixture
def below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: two below one that may hold an index."""
    for name in ("SEARCH_INDEX", "SEARCH_SEEDS"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    if any((above / INDEX_NAME).exists() for above in folder.parents):
        pytest.skip("the folder for temporary files lies below an index")
    return folder


def no_seeds_in_the_checkout(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(locations, "__file__", str(folder / "site-packages" / "index" / "locations.py"))


def test_the_nearest_index_here_or_above_is_found(below: Path, tmp_path: Path) -> None:
    for folder in (tmp_path, below.parent, below):
        (folder / INDEX_NAME).mkdir()
        assert index_folder(None) == index_folder(None, ["news"]) == str(folder / INDEX_NAME)


def test_the_variable_goes_before_the_nearest_and_the_option_before_both(
    below: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (below / INDEX_NAME).mkdir()
    monkeypatch.setenv("SEARCH_INDEX", str(tmp_path / "variable"))
    assert index_folder(None, ["news"]) == str(tmp_path / "variable")
    assert index_folder("option", ["news"]) == str(below / "option")


def test_an_empty_variable_is_none(below: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_INDEX", "")
    monkeypatch.setenv("SEARCH_SEEDS", "")
    (below / "seeds").mkdir()
    assert index_folder(None) == str(below / INDEX_NAME)
    assert sources_for(str(below / INDEX_NAME)) == [str(below / "seeds")]


def test_the_first_index_of_named_sources_is_made_here(below: Path) -> None:
    assert index_folder(None, ["../news"]) == str(below / INDEX_NAME)


def test_the_first_index_of_the_default_source_is_made_beside_it(below: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert index_folder(None) == str(CHECKOUT / INDEX_NAME)
    (below / "seeds").mkdir()
    assert index_folder(None) == str(below / INDEX_NAME)
    monkeypatch.setenv("SEARCH_SEEDS", "../wire.jsonl")
    assert index_folder(None) == str(below.parent / INDEX_NAME)


@pytest.mark.parametrize("how", ["option", "variable", "nearest", "default"])
def test_a_link_to_an_index_is_followed_by_its_real_name(
    below: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    (tmp_path / "real").mkdir()
    beside = tmp_path / "elsewhere" if how == "default" else below.parent
    beside.mkdir(exist_ok=True)
    (beside / INDEX_NAME).symlink_to(tmp_path / "real")
    monkeypatch.setenv("SEARCH_SEEDS", str(beside / "seeds"))
    if how == "variable":
        monkeypatch.setenv("SEARCH_INDEX", f"../{INDEX_NAME}")
    assert index_folder(f"../{INDEX_NAME}" if how == "option" else None) == str(tmp_path / "real")


def test_a_file_with_the_name_of_an_index_hides_those_above(below: Path) -> None:
    # It is refused by name later on; an index further up must not be answered from, or replaced, in its stead.
    (below.parent / INDEX_NAME).mkdir()
    (below / INDEX_NAME).write_text("", encoding="utf-8")
    assert index_folder(None) == str(below / INDEX_NAME)


def test_the_default_source_is_the_variable_then_seeds_here_then_the_checkout(
    below: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sources_for("nowhere") == [str(CHECKOUT / "seeds")]
    (below / "seeds").mkdir()
    assert sources_for("nowhere") == [str(below / "seeds")]
    monkeypatch.setenv("SEARCH_SEEDS", "elsewhere")
    assert sources_for("nowhere") == [str(below / "elsewhere")]


def test_seeds_above_are_not_looked_for(below: Path) -> None:
    (below.parent / "seeds").mkdir()
    assert sources_for("nowhere") == [str(CHECKOUT / "seeds")]


def test_a_file_called_seeds_is_no_source(below: Path) -> None:
    (below / "seeds").write_text("seeds of doubt", encoding="utf-8")
    assert sources_for("nowhere") == [str(CHECKOUT / "seeds")]


def test_without_any_seeds_the_next_step_is_named(below: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_seeds_in_the_checkout(monkeypatch, below.parent)
    for ask in (lambda: index_folder(None), lambda: sources_for("nowhere")):
        with pytest.raises(NoIndexError, match="run index with the folder"):
            ask()


def test_the_sources_of_an_index_are_those_of_its_last_build(below: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (below / "seeds").mkdir()
    (below / "news.txt").write_text("news", encoding="utf-8")
    build(["news.txt"], str(below / INDEX_NAME))
    no_seeds_in_the_checkout(monkeypatch, below.parent)
    assert sources_for(index_folder(None)) == [str(below / "news.txt")]


def test_an_index_that_has_forgotten_its_sources_has_none(below: Path) -> None:
    # The default source would put other articles in their place.
    (below / "seeds").mkdir()
    (below / "news.txt").write_text("news", encoding="utf-8")
    build(["news.txt"], str(below / INDEX_NAME))
    (below / INDEX_NAME / "gen-1" / "manifest").unlink()
    (below / INDEX_NAME / "current").write_bytes(b"")
    assert sources_for(index_folder(None)) == []


@pytest.mark.parametrize("command", ["index", "search"])
def test_a_current_folder_that_is_gone_is_told_in_one_line(commands: Commands, command: str) -> None:
    gone = commands.folder / "gone"
    gone.mkdir()
    in_gone = ["sh", "-c", 'cd "$0" && rmdir "$0" && exec "$@"', str(gone), *commands.argv(command, "Putin")]
    done = subprocess.run(in_gone, env=commands.environment, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
