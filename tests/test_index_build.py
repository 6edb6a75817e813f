import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index import __version__
from index.build import build
from index.errors import BusyIndexError, SourceError
from index.generation import open_generation, sources_of
from index.sources.files import find_files, fingerprint
from index.store import Store

ENGLISH = "The weather in Oslo is mild.\n"
ARABIC = "الطقس في أوسلو معتدل.\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of two good articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "en.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "ar.txt").write_text(ARABIC, encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def write_lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def ids(index: Path) -> list[str]:
    store = Store(open_generation(str(index), thorough=True))
    try:
        return sorted(store.article(number).id for number in range(store.article_count))
    finally:
        store.close()


def built(index: Path, *sources: Path) -> dict[str, str]:
    """Builds; the reasons for which something was passed over, by the name of its file."""
    report = build([str(source) for source in sources], str(index))
    return {Path(skip.where).name: skip.reason for skip in report.skipped}


def test_a_build_reports_what_it_read(articles: Path, index: Path) -> None:
    report = build([str(articles)], str(index))
    assert report.skipped == []
    assert report.folder == str(index)
    assert report.manifest.counts == {"articles": 2, "lang en": 1, "lang ar": 1}
    assert report.manifest.sources == [str(articles)]
    assert 0 < report.manifest.seconds < 60


def test_the_words_of_titles_and_of_bodies_are_counted(articles: Path, index: Path, tmp_path: Path) -> None:
    built(index, articles, write_lines(tmp_path / "wire.jsonl", {"id": 7, "title": "Rain in Oslo", "text": "Rain"}))
    store = Store(open_generation(str(index)))
    # The weather in Oslo is mild: six words; الطقس في أوسلو معتدل: four.
    assert (store.total_length("title"), store.total_length("body")) == (3, 6 + 4 + 1)
    store.close()


def test_the_manifest_tells_by_which_versions_and_from_which_files_an_index_was_made(articles: Path, index: Path) -> None:
    manifest = build([str(articles)], str(index)).manifest
    assert manifest.versions["search"] == __version__
    assert {"whoosh", "pyarabic", "snowballstemmer"} < manifest.versions.keys()
    assert manifest.fingerprint == fingerprint(find_files([str(articles)])[0])
    assert manifest.files.keys() == set(os.listdir(index / "gen-1")) - {"manifest"}


def test_no_lock_of_whoosh_is_left(articles: Path, index: Path) -> None:
    built(index, articles)
    assert not [path.name for path in (index / "gen-1").iterdir() if "lock" in path.name.lower()]


def test_relative_sources_are_remembered_by_their_place(articles: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(articles.parent)
    assert build(["articles"], str(index)).manifest.sources == [str(articles)]
    monkeypatch.chdir("/")
    assert sources_of(str(index)) == [str(articles)]


def test_sources_of_every_kind_make_one_index(articles: Path, index: Path, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "wire.jsonl", {"id": 7, "text": "Rain"}, {"id": "x/y", "title": "Sun", "body": ""})
    assert built(index, articles / "en.txt", lines) == {}
    assert ids(index) == ["7", "en.txt", "x/y"]


def test_a_source_within_another_is_read_once(articles: Path, index: Path) -> None:
    assert built(index, articles, articles, articles / "en.txt") == {}
    assert ids(index) == ["ar.txt", "en.txt"]


def test_a_second_article_of_an_id_is_skipped_and_both_places_are_named(index: Path, tmp_path: Path) -> None:
    first = write_lines(tmp_path / "first.jsonl", {"id": "a", "text": "one"}, {"id": "b", "text": "two"})
    second = write_lines(tmp_path / "second.jsonl", {"id": "b", "text": "three"}, {"id": "c", "text": "four"})
    (skip,) = build([str(first), str(second)], str(index)).skipped
    assert str(second) in skip.where
    assert str(first) in skip.reason
    assert " b " in skip.reason
    assert ids(index) == ["a", "b", "c"]
    store = Store(open_generation(str(index)))
    assert store.article(1).body == "two", "the first one stays"
    store.close()


def test_both_lines_of_an_id_that_stands_twice_in_a_file_are_named(index: Path, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "wire.jsonl", *({"id": name, "text": "word"} for name in ("a", "b", "c", "b")))
    (skip,) = build([str(lines)], str(index)).skipped
    assert "line 4" in skip.where
    assert "line 2" in skip.reason


def text(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        pytest.param("bad.txt", text(b"\x89PNG\r\n\0\0\0"), "binary", id="a picture"),
        pytest.param("bad.txt", text("café".encode("latin-1")), "not UTF-8", id="another encoding"),
        pytest.param("bad.txt", text(b""), "empty", id="an empty file"),
        pytest.param("bad.txt", text(b" \n\n"), "empty", id="a blank file"),
        pytest.param("bad.txt", text(b"[ad_1]\n"), "no words", id="nothing but what a page leaves"),
        pytest.param("bad.txt", text(b"word " * 2_000_001), "longer than 10 MB", id="a file of no article's length"),
        pytest.param("bad.txt", lambda path: path.symlink_to("en.txt"), "link", id="a link"),
        pytest.param("bad.txt", os.mkfifo, "not a regular file", id="a pipe"),
        pytest.param("bad.md", text(b"# Words"), "no kind that is read", id="another kind of file"),
    ],
)
def test_a_bad_file_is_named_with_the_reason_and_the_good_ones_are_indexed(
    articles: Path, index: Path, name: str, make: Callable[[Path], object], why: str
) -> None:
    make(articles / name)
    skipped = built(index, articles)
    assert skipped.keys() == {name}
    assert why in skipped[name]
    assert ids(index) == ["ar.txt", "en.txt"]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"{", id="not JSON"),
        pytest.param(b"[" * 100_000, id="JSON beyond any depth"),
        pytest.param(b"[1]", id="not an object"),
        pytest.param(b'{"text": "words"}', id="without an id"),
        pytest.param(b'{"id": "x"}', id="without a text"),
        pytest.param(b'{"id": "x", "text": 1}', id="a text that is a number"),
        pytest.param(b'{"id": "x", "text": "..."}', id="without a word"),
        pytest.param(b'{"id": "x", "text": "caf\xe9"}', id="another encoding"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_the_good_ones_are_indexed(index: Path, tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_bytes(b'{"id": "a", "text": "one"}\n\n' + line + b'\n{"id": "b", "text": "two"}')
    assert built(index, path).keys() == {"wire.jsonl line 3"}
    assert ids(index) == ["a", "b"]


def test_where_every_file_is_bad_one_is_named_and_the_old_index_stays(articles: Path, index: Path, tmp_path: Path) -> None:
    built(index, articles)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "picture.txt").write_bytes(b"\x89PNG\0")
    with pytest.raises(SourceError, match=r"bad holds no article that can be read .*picture\.txt: binary"):
        build([str(tmp_path / "bad")], str(index))
    assert ids(index) == ["ar.txt", "en.txt"]
    assert [path.name for path in index.glob("gen-*")] == ["gen-1"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\n \n", id="blank"),
        pytest.param(b"{}\n", id="a bad line"),
    ],
)
def test_a_jsonl_file_without_any_article_is_refused(index: Path, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "wire.jsonl").write_bytes(data)
    with pytest.raises(SourceError, match="holds no article"):
        build([str(tmp_path / "wire.jsonl")], str(index))
    assert not list(index.glob("gen-*"))


def test_where_no_article_can_be_read_the_reason_is_that_of_an_article(index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "a-readme.md").write_text("about these articles", encoding="utf-8")
    (folder / "article.txt").write_bytes(b"\x89PNG\0")
    with pytest.raises(SourceError, match=r"article\.txt: binary"):
        build([str(folder)], str(index))


def no_folder(path: Path) -> None:
    pass


def of_hidden_files(path: Path) -> None:
    path.mkdir()
    (path / ".draft.txt").write_text(ENGLISH, encoding="utf-8")


def of_another_kind(path: Path) -> None:
    path.mkdir()
    (path / "notes.md").write_text(ENGLISH, encoding="utf-8")


@pytest.mark.parametrize("make", [no_folder, Path.mkdir, of_hidden_files, of_another_kind])
def test_a_source_without_articles_leaves_the_old_index(articles: Path, index: Path, make: Callable[[Path], object]) -> None:
    built(index, articles)
    make(articles.parent / "other")
    with pytest.raises(SourceError, match="other"):
        build([str(articles.parent / "other")], str(index))
    assert ids(index) == ["ar.txt", "en.txt"]


def test_one_missing_source_among_good_ones_leaves_the_old_index(articles: Path, index: Path) -> None:
    built(index, articles / "en.txt")
    with pytest.raises(SourceError, match="nowhere"):
        build([str(articles), str(articles.parent / "nowhere")], str(index))
    assert ids(index) == ["en.txt"]


def test_a_build_that_breaks_off_halfway_leaves_the_old_index(articles: Path, index: Path) -> None:
    def break_off(done: int, _files: int, _articles: int) -> None:
        if done == 2:
            raise RuntimeError

    built(index, articles / "en.txt")
    with pytest.raises(RuntimeError):
        build([str(articles)], str(index), progress=break_off)
    assert ids(index) == ["en.txt"]
    assert [path.name for path in index.glob("gen-*")] == ["gen-1"]


def test_progress_is_told_file_by_file(articles: Path, index: Path) -> None:
    write_lines(articles / "more.jsonl", {"id": 1, "text": "one"}, {"id": 2, "text": "two"}, {"id": 1, "text": "again"})
    (articles / "zero.txt").write_bytes(b"")
    told: list[tuple[int, int, int]] = []
    build([str(articles)], str(index), progress=lambda *numbers: told.append(numbers))
    # By name: ar.txt and en.txt hold one article, more.jsonl holds two, zero.txt none.
    assert told == [(0, 4, 0), (1, 4, 1), (2, 4, 2), (3, 4, 4), (4, 4, 4)]


def test_two_builds_at_once_are_one_too_many(articles: Path, index: Path) -> None:
    def build_again(*_: int) -> None:
        with pytest.raises(BusyIndexError):
            build([str(articles / "en.txt")], str(index))

    build([str(articles)], str(index), progress=build_again)
    assert ids(index) == ["ar.txt", "en.txt"]


@pytest.mark.parametrize(
    "identifier",
    [
        pytest.param("x" * 100_000, id="longer than any file name"),
        pytest.param("a\0b", id="a null"),
        pytest.param("\U0001f680 صاروخ\n\t", id="outside of ASCII, and white space"),
        pytest.param("../../etc/passwd", id="like a path"),
        pytest.param("_stored_id NOT (a OR b)", id="like a query"),
    ],
)
def test_an_id_comes_back_as_given(index: Path, tmp_path: Path, identifier: str) -> None:
    built(index, write_lines(tmp_path / "wire.jsonl", {"id": identifier, "text": "words"}))
    assert ids(index) == [identifier]


def test_the_fingerprint_is_that_of_the_files_before_they_were_read(articles: Path, index: Path) -> None:
    def edit(done: int, files: int, _articles: int) -> None:
        if done == files:
            (articles / "en.txt").write_text("Edited while the others were read.", encoding="utf-8")

    manifest = build([str(articles)], str(index), progress=edit).manifest
    assert manifest.fingerprint != fingerprint(find_files([str(articles)])[0]), "or the edit would never be indexed"
