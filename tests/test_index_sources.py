import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from conftest import SEEDS, Commands
from index.document import Document
from index.errors import SourceError
from index.sources.files import LARGEST, Skip, find_files, fingerprint, is_changed, watch
from index.sources.reading import read_articles

NOBODY = 65534


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of every test: an empty one, so that the paths in messages are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, content: str | bytes = "Some words.") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_records(*records: dict[str, Any]) -> Path:
    return write("a.jsonl", "".join(json.dumps(record) + "\n" for record in records))


def names(*sources: str) -> list[str]:
    return [file.name for file in find_files(sources)[0]]


def skips(*sources: str) -> list[tuple[str, str]]:
    return [(skip.where, skip.reason) for skip in find_files(sources)[1]]


def read(path: Path) -> list[Document | Skip]:
    return [article for file in find_files([str(path)])[0] for article in read_articles(file)]


def article(path: Path) -> Document:
    [only] = read(path)
    assert isinstance(only, Document)
    return only


def skip(path: Path) -> tuple[str, str]:
    [only] = read(path)
    assert isinstance(only, Skip)
    return only.where, only.reason


# Which files there are


def test_files_of_a_folder_come_in_the_order_of_their_names_relative_to_it() -> None:
    for name in ("s/b.txt", "s/a.jsonl", "s/deep/er/c.txt", "s/a/z.txt", "s/LOUD.TXT"):
        write(name)
    assert names("s") == ["LOUD.TXT", "a.jsonl", "a/z.txt", "b.txt", "deep/er/c.txt"]
    assert skips("s") == []


def test_a_source_that_is_a_file_gives_its_own_name() -> None:
    write("s/deep/a.txt")
    assert names("s/deep/a.txt") == ["a.txt"]


def test_a_file_knows_its_absolute_path_its_size_and_its_time() -> None:
    path = write("s/a.txt", "12345")
    os.utime(path, ns=(0, 1_700_000_000_123_456_789))
    [file] = find_files(["s"])[0]
    assert (file.path, file.size, file.mtime_ns) == (os.path.realpath(path), 5, 1_700_000_000_123_456_789)


def test_sources_follow_each_other_as_they_are_named() -> None:
    write("s/a.txt")
    write("t/b.txt")
    assert names("t", "s") == ["b.txt", "a.txt"]


def test_a_folder_named_like_a_file_is_a_folder() -> None:
    write("s/a.txt/b.txt")
    assert names("s") == ["a.txt/b.txt"]
    assert names("s/a.txt") == ["b.txt"]


def test_a_file_three_hundred_folders_deep_is_found() -> None:
    name = "d/" * 300 + "a.txt"
    write(f"s/{name}")
    assert names("s") == [name]


def test_hidden_files_and_folders_are_passed_over_in_silence() -> None:
    for name in ("s/.hidden.txt", "s/.git/a.txt", "s/.DS_Store"):
        write(name)
    assert (names("s"), skips("s")) == ([], [])


def test_files_of_unknown_kinds_are_skipped_by_name() -> None:
    for name in ("s/a.pdf", "s/README", "s/a.txt~", "s/txt"):
        write(name)
    assert names("s") == []
    assert sorted(skips("s")) == [
        (name, "of no kind that is read (.txt, .jsonl)") for name in ("s/README", "s/a.pdf", "s/a.txt~", "s/txt")
    ]


def test_links_below_a_source_are_not_followed() -> None:
    secret = write("elsewhere/secret.txt").absolute()
    write("s/a.txt")
    for name, target in (("file.txt", secret), ("folder", secret.parent), ("dangling.txt", "nowhere"), ("loop", ".")):
        Path("s", name).symlink_to(target)
    assert names("s") == ["a.txt"]
    links = ("s/dangling.txt", "s/file.txt", "s/folder", "s/loop")
    assert sorted(skips("s")) == [(name, "a link, not followed") for name in links]


def test_a_source_may_be_a_link_itself() -> None:
    write("elsewhere/a.txt")
    Path("link").symlink_to("elsewhere")
    Path("link.txt").symlink_to("elsewhere/a.txt")
    assert names("link") == ["a.txt"]
    assert names("link.txt") == ["a.txt"]


def test_a_file_that_lies_in_two_sources_is_found_once() -> None:
    write("s/deep/a.txt")
    assert names("s", "s/deep", "s/deep/a.txt") == ["deep/a.txt"]


def test_a_pipe_is_skipped_and_not_waited_for() -> None:
    Path("s").mkdir()
    os.mkfifo("s/pipe.txt")
    assert (names("s"), skips("s")) == ([], [("s/pipe.txt", "not a regular file")])
    with pytest.raises(SourceError, match=r"pipe\.txt"):
        find_files(["s/pipe.txt"])


@pytest.mark.parametrize("name", [".txt", ".jsonl"])
def test_a_file_whose_name_is_only_its_ending_may_be_named(name: str) -> None:
    write(name, '{"id": "a", "text": "Some words."}')
    assert isinstance(read(Path(name))[0], Document)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        pytest.param("nowhere", "there is no file or folder nowhere", id="nothing there"),
        pytest.param("a.txt/b.txt", "there is no file or folder a.txt/b.txt", id="a file taken for a folder"),
        pytest.param("a.pdf", r"a.pdf is of no kind that is read \(.txt, .jsonl\)", id="a file of no known kind"),
        pytest.param(
            "no\n\x1b[31m\udcff", "there is no file or folder no \\[31m\ufffd:", id="what steers a terminal is not shown"
        ),
    ],
)
def test_a_source_that_cannot_be_read_is_an_error(source: str, complaint: str) -> None:
    write("a.txt")
    write("a.pdf")
    with pytest.raises(SourceError, match=complaint):
        find_files([source])


@pytest.fixture
def open_to_all(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three articles in a folder that others than root can reach, as the current one."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.chdir(folder)
        for name in ("s/a.txt", "s/locked/b.txt", "s/locked/c.txt"):
            write(name)
        yield
        Path("s/locked").chmod(0o755)


@contextmanager
def powerless() -> Iterator[None]:
    """What is done inside is not done as root, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    try:
        os.seteuid(NOBODY)
    except OSError as error:
        pytest.skip(f"root cannot give up its powers here ({error})")
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.usefixtures("open_to_all")
def test_a_folder_that_may_not_be_listed_is_named_and_the_others_are_read() -> None:
    Path("s/locked").chmod(0)
    with powerless():
        found, skipped = names("s"), skips("s")
    assert found == ["a.txt"]
    assert skipped == [("s/locked", "cannot be read (Permission denied)")]


@pytest.mark.usefixtures("open_to_all")
def test_every_file_of_a_folder_that_may_not_be_entered_is_accounted_for() -> None:
    Path("s/locked").chmod(0o444)
    with powerless():
        named = {where for where, _ in skips("s")}
    assert named in ({"s/locked"}, {"s/locked/b.txt", "s/locked/c.txt"})


@pytest.mark.usefixtures("open_to_all")
def test_a_file_that_may_not_be_opened_is_named() -> None:
    Path("s/locked/b.txt").chmod(0)
    with powerless():
        skipped = skip(Path("s/locked/b.txt"))
    assert skipped == ("s/locked/b.txt", "cannot be read (Permission denied)")


@pytest.mark.parametrize(
    ("name", "where"),
    [
        pytest.param(b"new\nline.txt", "s/new line.txt", id="a newline"),
        pytest.param(b"\x1b[31mred.txt", "s/[31mred.txt", id="an escape sequence"),
        pytest.param("\u202etxt.exe.txt".encode(), "s/txt.exe.txt", id="an override of direction"),
        pytest.param(b"latin\xe9.txt", "s/latin\ufffd.txt", id="no UTF-8"),
        pytest.param(b"-rf.txt", "s/-rf.txt", id="the look of an option"),
        pytest.param("خبر.txt".encode(), "s/خبر.txt", id="Arabic"),
    ],
)
def test_a_file_of_any_name_is_read_and_shown_safely(name: bytes, where: str) -> None:
    write("s/" + os.fsdecode(name))
    found = article(Path("s"))
    assert found.path == os.path.realpath(os.path.join("s", os.fsdecode(name)))
    assert found.id == name.decode(errors="backslashreplace")
    Path(found.path).write_bytes(b"\0")
    assert skip(Path("s")) == (where, "binary, not text")


# Whether the files have changed


def seal() -> str:
    return fingerprint(find_files(["s"])[0])


def grow_in_no_time(name: str) -> None:
    before = Path(name).stat().st_mtime_ns
    write(name, "Other words, and more of them.")
    os.utime(name, ns=(before, before))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: write("s/b.txt"), id="a file comes"),
        pytest.param(lambda: write("s/b.txt", ""), id="an empty file comes"),
        pytest.param(lambda: Path("s/a.txt").unlink(), id="a file goes"),
        pytest.param(lambda: Path("s/a.txt").rename("s/b.txt"), id="a file takes another name"),
        pytest.param(lambda: grow_in_no_time("s/a.txt"), id="a file changes its size"),
        pytest.param(lambda: os.utime("s/a.txt", ns=(0, 1)), id="a file changes its time"),
        pytest.param(lambda: Path("s/deep/c.txt").rename("s/c.txt"), id="a file moves"),
    ],
)
def test_the_fingerprint_changes_with_the_files(change: Callable[[], object]) -> None:
    write("s/a.txt")
    write("s/deep/c.txt")
    before = seal()
    change()
    assert seal() != before


def test_the_fingerprint_stays_while_no_article_changes() -> None:
    write("s/a.txt")
    before = seal()
    Path("s/a.txt").read_bytes()
    write("s/.hidden.txt")
    write("s/a.pdf")
    assert seal() == before


def test_the_fingerprint_of_names_that_are_not_utf8_is_taken() -> None:
    write("s/" + os.fsdecode(b"\xff.txt"))
    before = seal()
    write("s/" + os.fsdecode(b"\xfe.txt"))
    assert seal() != before


# Files that change between the listing and the reading


def become_link(path: Path) -> None:
    path.rename("elsewhere.txt")
    path.symlink_to("elsewhere.txt")


def become_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(Path.unlink, "No such file", id="gone"),
        pytest.param(become_link, "symbolic links", id="a link"),
        pytest.param(become_pipe, "no longer a regular file", id="a pipe, which would never end"),
        pytest.param(become_folder, "no longer a regular file", id="a folder"),
    ],
)
def test_a_file_that_became_something_else_is_skipped(change: Callable[[Path], None], reason: str) -> None:
    path = write("s/a.txt")
    [file] = find_files(["s"])[0]
    change(path)
    [skipped] = read_articles(file)
    assert isinstance(skipped, Skip)
    assert skipped.where == "s/a.txt"
    assert reason in skipped.reason


# Text files


def test_a_text_file_is_one_article_named_by_its_place() -> None:
    path = write("s/deep/a.txt", "[ad_1]\nThe talks went on.\r\n\r\nNobody gave way.\n")
    found = article(Path("s"))
    assert (found.id, found.path) == ("deep/a.txt", os.path.realpath(path))
    assert found.body == "The talks went on.\r\n\r\nNobody gave way.\n"
    assert (found.title, found.display_title) == (None, "The talks went on.")
    assert (found.lang, found.date) == ("en", None)
    assert [(removal.line, removal.rule) for removal in found.removed] == [(1, "shortcode")]


def test_the_seeds_are_an_english_and_an_arabic_article() -> None:
    english, arabic = (found for found in read(SEEDS) if isinstance(found, Document))
    assert (english.lang, arabic.lang) == ("en", "ar")
    assert english.title is None
    assert arabic.title == arabic.display_title == "يتحدث ترامب وبوتين بعد توقف البنتاغون عن شحنات الصواريخ الأوكرانية"


def test_an_article_in_neither_script_has_no_known_language() -> None:
    assert article(write("a.txt", "Путин и Трамп")).lang == "und"


def test_the_language_is_counted_without_what_was_removed() -> None:
    sign_up = "Sign up for The Daily Inside Washington email in your inbox\n"
    assert article(write("a.txt", sign_up + "صواريخ في كييف")).lang == "ar"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "empty", id="nothing in it"),
        pytest.param(b" \n\t\r\n", "empty", id="white space"),
        pytest.param("…\n— “”\n", "holds no words of an article", id="punctuation"),
        pytest.param("[ad_1]\nSource link\n", "holds no words of an article", id="nothing but what a page leaves around one"),
        pytest.param(b"\x7fELF\0\0", "binary, not text", id="a program"),
        pytest.param("The talks went on.".encode("utf-16"), "binary, not text", id="UTF-16"),
        pytest.param(b"The talks \xe9 went on.", "not UTF-8 text (byte 0xE9 at offset 10)", id="one bad byte"),
        pytest.param(b"a" * (LARGEST + 1), "longer than 10 MB, which no article is", id="a byte too long"),
    ],
)
def test_a_text_file_that_is_no_article_is_skipped_with_the_reason(content: str | bytes, reason: str) -> None:
    assert skip(write("a.txt", content)) == ("a.txt", reason)


def test_the_largest_file_is_read() -> None:
    assert len(article(write("a.txt", b"a" * LARGEST)).body) == LARGEST


def test_a_byte_order_mark_is_no_part_of_the_article() -> None:
    assert article(write("a.txt", b"\xef\xbb\xbfThe talks went on.")).body == "The talks went on."


# Files of records, one a line


def test_a_record_comes_back_as_it_was_given() -> None:
    found = article(write_records({"id": "x/1", "title": "Talks", "text": "They go on.", "lang": "en", "date": "2025-07-08"}))
    assert (found.id, found.title, found.display_title, found.body) == ("x/1", "Talks", "Talks", "They go on.")
    assert (found.lang, found.date, found.removed) == ("en", "2025-07-08", ())
    assert found.path == os.path.realpath("a.jsonl")


def test_the_text_of_a_record_is_neither_cleaned_nor_searched_for_a_title() -> None:
    text = "Talks go on\nTalks go on\n[ad_1]\nSource link"
    found = article(write_records({"id": "a", "text": text}))
    assert (found.body, found.title, found.display_title) == (text, None, "Talks go on")


@pytest.mark.parametrize("key", ["text", "body", "content"])
def test_the_text_of_a_record_has_three_names(key: str) -> None:
    assert article(write_records({"id": "a", key: "Some words."})).body == "Some words."


@pytest.mark.parametrize(
    ("id", "expected"),
    [(7, "7"), (0, "0"), (-1, "-1"), (10**20, "1" + "0" * 20), ("7", "7"), (" 7 ", " 7 "), ("خبر", "خبر")],
)
def test_an_id_may_be_a_whole_number(id: int | str, expected: str) -> None:
    assert article(write_records({"id": id, "text": "Some words."})).id == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param("ar", "ar", id="as given, whatever the letters"),
        pytest.param("ar-EG", "ar", id="a region"),
        pytest.param("ar_EG", "ar", id="a region as POSIX writes it"),
        pytest.param("AR", "ar", id="capitals"),
        pytest.param("zh-Hant-TW", "zh", id="a script and a region"),
        pytest.param(" fr ", "fr", id="spaces"),
        pytest.param("", "en", id="nothing given: the letters tell"),
        pytest.param(None, "en", id="null: the letters tell"),
        pytest.param("-", "en", id="no language in it: the letters tell"),
    ],
)
def test_the_language_of_a_record(given: str | None, expected: str) -> None:
    assert article(write_records({"id": "a", "text": "Some words.", "lang": given})).lang == expected


def test_the_title_helps_to_tell_the_language() -> None:
    assert article(write_records({"id": "a", "title": "صواريخ في كييف", "text": "Kyiv"})).lang == "ar"


@pytest.mark.parametrize("title", [None, ""])
def test_a_record_without_a_title_has_none(title: str | None) -> None:
    found = article(write_records({"id": "a", "title": title, "text": "They met. They parted."}))
    assert (found.title, found.display_title) == (None, "They met.")


def test_a_blank_title_is_none() -> None:
    found = article(write_records({"id": "a", "title": " ", "text": "They met. They parted."}))
    assert (found.title, found.display_title) == (None, "They met.")


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_separator_of_lines_inside_a_text_ends_no_record(separator: str) -> None:
    text = f"one{separator}two"
    line = json.dumps({"id": "a", "text": text}, ensure_ascii=False)
    assert article(write("a.jsonl", line)).body == text


def test_lone_surrogates_of_a_record_become_replacement_characters_one_for_one() -> None:
    found = article(write("a.jsonl", r'{"id": "a\ud83d", "title": "b\udc00", "text": "cut \ud83d off", "date": "\udfff"}'))
    assert (found.id, found.title, found.body, found.date) == ("a\ufffd", "b\ufffd", "cut \ufffd off", "\ufffd")


def test_a_pair_of_surrogates_is_the_character_it_means() -> None:
    assert article(write("a.jsonl", r'{"id": "a", "text": "go \ud83d\ude80"}')).body == "go 🚀"


@pytest.mark.parametrize(
    "given", ['"lang": 1', '"lang": "\\u001b[2J"', '"lang": "' + "x" * 1000 + '"', '"date": 2025', '"date": " "']
)
def test_what_is_no_language_or_date_is_as_if_it_were_not_given(given: str) -> None:
    found = article(write("a.jsonl", f'{{"id": "a", "text": "Some words.", {given}}}'))
    assert (found.lang, found.date) == ("en", None)


BAD_LINES = [
    pytest.param(b'{"id": "a", "text": "x"', "not JSON (", id="cut off"),
    pytest.param(b"id: a", "not JSON (", id="another format"),
    pytest.param(b"[" * 100_000, "not JSON (", id="nested without end"),
    pytest.param(b'{"id": ' + b"9" * 10_000 + b', "text": "x"}', "not JSON (", id="a number without end"),
    pytest.param(b'["id", "a"]', "not an object of JSON", id="a list"),
    pytest.param(b"null", "not an object of JSON", id="null"),
    pytest.param(b'"text"', "not an object of JSON", id="a string"),
    pytest.param(b'{"text": "x"}', 'without an "id"', id="no id"),
    pytest.param(b'{"id": "", "text": "x"}', 'without an "id"', id="an empty id"),
    pytest.param(b'{"id": null, "text": "x"}', 'without an "id"', id="a null id"),
    pytest.param(b'{"id": true, "text": "x"}', 'without an "id"', id="true is no number"),
    pytest.param(b'{"id": ["a"], "text": "x"}', 'without an "id"', id="a list is no id"),
    pytest.param(b'{"id": "a"}', 'without a "text"', id="no text"),
    pytest.param(b'{"id": "a", "text": null}', 'without a "text"', id="a null text"),
    pytest.param(b'{"id": "a", "text": 5}', '"text" is not a string', id="a number is no text"),
    pytest.param(b'{"id": "a", "text": "x", "title": ["t"]}', '"title" is not a string', id="a list is no title"),
    pytest.param(b'{"id": "a", "title": "!", "text": "..."}', "holds no words", id="no words"),
    pytest.param(b'{"id": "a", "text": "\xff"}', "not UTF-8 text (byte 0xFF at offset 21)", id="one bad byte"),
    pytest.param('{"id": "a", "text": "x"}'.encode("utf-16-le"), "binary, not text", id="UTF-16"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES)
def test_a_bad_line_is_skipped_with_its_number_and_the_good_ones_are_read(line: bytes, reason: str) -> None:
    good = '{"id": "%s", "text": "Some words."}\n'
    first, second, third = read(write("a.jsonl", (good % 1).encode() + b"\r\n \n" + line + b"\n" + (good % 2).encode()))
    assert isinstance(first, Document)
    assert isinstance(second, Skip)
    assert isinstance(third, Document)
    assert (first.id, third.id) == ("1", "2")
    assert second.where == "a.jsonl line 4"
    assert second.reason.startswith(reason)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n \n"])
def test_the_last_line_may_end_in_any_way(end: str) -> None:
    assert article(write("a.jsonl", '{"id": "a", "text": "Some words."}' + end)).id == "a"


def test_a_byte_order_mark_before_the_first_record_is_no_matter() -> None:
    assert article(write("a.jsonl", b'\xef\xbb\xbf{"id": "a", "text": "Some words."}\n')).id == "a"


def test_an_empty_file_of_records_is_named() -> None:
    assert skip(write("a.jsonl", b"")) == ("a.jsonl", "empty")


def test_a_line_too_long_ends_the_reading_and_says_so() -> None:
    good = b'{"id": "1", "text": "Some words."}\n'
    first, second = read(write("a.jsonl", good + b"x" * (LARGEST + 1) + b"\n" + good))
    assert isinstance(first, Document)
    assert isinstance(second, Skip)
    assert (second.where, second.reason) == ("a.jsonl line 2", "longer than 10 MB; the rest of the file was not read")


# As a user meets it


def test_what_is_skipped_is_named_and_the_rest_is_found(commands: Commands) -> None:
    write("s/good.txt", "Patriot missiles")
    write("s/bad\n\x1b[31m.txt", b"\0")
    write("s/notes.pdf")
    write("s/" + os.fsdecode(b"\xff.txt"), "More missiles")
    write("s/many.jsonl", '{"id": 7, "text": "missiles"}\n{"id": 8}\n')
    built = commands.index("s")
    assert built.returncode == 0
    assert sorted(built.stderr.splitlines()) == [
        "index: skipped s/bad [31m.txt: binary, not text",
        'index: skipped s/many.jsonl line 2: without a "text"',
        "index: skipped s/notes.pdf: of no kind that is read (.txt, .jsonl)",
    ]
    assert set(commands.found("missiles")) == {"good.txt", "7", r"\xff.txt"}


def test_the_language_of_a_record_cannot_steer_the_terminal(commands: Commands) -> None:
    write_records({"id": "a", "text": "Some words.", "lang": "\x1b]0;owned\x07en"})
    outputs = [commands.index("a.jsonl"), commands.index("--check"), commands.index("--explain", "a.jsonl")]
    assert [output.returncode for output in outputs] == [0, 0, 0]
    assert not any("\x1b" in output.stdout + output.stderr for output in outputs)


def put(path: str, text: str = "words") -> int:
    return Path(path).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        pytest.param(lambda: put("s/new.txt"), True, id="an article comes"),
        pytest.param(lambda: Path("s/a.txt").unlink(), True, id="an article goes"),
        pytest.param(lambda: Path("s/empty/new.txt").touch(), True, id="an article comes into a folder that had none"),
        pytest.param(lambda: Path("s/new").mkdir(), True, id="a folder comes"),
        pytest.param(lambda: Path("s/a.txt").rename("s/c.txt"), True, id="an article gets another name"),
        pytest.param(lambda: (put("s/.new"), Path("s/.new").rename("s/a.txt")), True, id="an article is replaced"),
        pytest.param(lambda: shutil.rmtree("s/empty"), True, id="a folder goes"),
        pytest.param(lambda: os.utime("one.jsonl", ns=(0, 0)), True, id="a source that is a file changes"),
        pytest.param(lambda: put("s/a.txt", "other words"), False, id="an article changes in its place, which costs too much"),
        pytest.param(lambda: put("s/.index/gen"), False, id="something hidden changes"),
        pytest.param(lambda: put("s/index/gen"), False, id="the index changes"),
    ],
)
def test_what_is_watched_tells_of_articles_that_come_and_go(change: Callable[[], object], *, noticed: bool) -> None:
    for folder in ("s/empty", "s/.index", "s/index"):
        Path(folder).mkdir(parents=True)
    put("s/a.txt")
    put("one.jsonl")
    watched = watch([os.path.realpath("s"), os.path.realpath("one.jsonl")], but=os.path.realpath("s/index"))
    for folder in watched:
        os.utime(folder, ns=(1, 1))  # as if long ago: a clock may not tell two changes apart
    watched = watch([os.path.realpath("s"), os.path.realpath("one.jsonl")], but=os.path.realpath("s/index"))
    assert not is_changed(watched)
    change()
    assert is_changed(watched) == noticed
