"""A user's own words: how their file is read, where it is found, and that a change of it is a change of what is indexed."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import Commands, refusal
from index.analysis.words import is_arabic, words_of
from index.build import build
from index.errors import SourceError
from index.generation import open_generation
from index.lexicon.entries import Sense
from index.lexicon.own_words import read_own_words
from index.lexicon.pairs import pairs_of
from index.sources.files import find_files, find_words, fingerprint, is_changed, watch
from index.store import Store
from search.opening import open_store


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of every test: an empty one, so that the paths in messages are short."""
    for name in ("SEARCH_INDEX", "SEARCH_SEEDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, content: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


Read = list[tuple[str, tuple[Sense, ...], float]]


def read(content: str | bytes) -> Read:
    return [(its.headword, its.senses, in_all) for its, in_all in read_own_words(write("words.tsv", content))]


def error_of(content: str | bytes) -> str:
    with pytest.raises(SourceError) as raised:
        read(content)
    return str(raised.value)


MISSILE: Read = [("missile", ((("صاروخ",),),), 1.0)]
NOT_MISSILE: Read = [("missile", ((("صاروخ",),),), 0.0)]
DRONE: Read = [("drone", ((("مسيرة",),),), 1.0)]


# Lines that are read

LINES = [
    pytest.param("missile\tصاروخ", MISSILE, id="a pair"),
    pytest.param("missile\tصاروخ\n", MISSILE, id="the end of a line"),
    pytest.param("missile\tصاروخ\r\n", MISSILE, id="the end of a line elsewhere"),
    pytest.param("\ufeffmissile\tصاروخ\n", MISSILE, id="a byte order mark"),
    pytest.param("missile\tصاروخ\ndrone\tمسيرة\n", MISSILE + DRONE, id="two lines"),
    pytest.param(" missile \t صاروخ ", MISSILE, id="spaces around"),
    pytest.param("missile\tصاروخ\t", MISSILE, id="an empty column behind"),
    pytest.param("missile\t\tصاروخ", MISSILE, id="an empty column between"),
    pytest.param(
        "missile\tصاروخ/صواريخ, قذيفة\tمقذوف",
        [("missile", ((("صاروخ", "صواريخ"), ("قذيفة",)), (("مقذوف",),)), 1.0)],
        id="forms, renderings, senses",
    ),
    pytest.param(
        "missile\tصاروخ، قذيفة", [("missile", ((("صاروخ",), ("قذيفة",)),), 1.0)], id="renderings behind an Arabic comma"
    ),
    pytest.param("cease-fire\tوقف النار", [("cease-fire", ((("وقف النار",),),), 1.0)], id="phrases"),
    pytest.param("Euro 2020\tيورو", [("Euro 2020", ((("يورو",),),), 1.0)], id="a number in English"),
    pytest.param("صاروخ\tmissile", MISSILE, id="Arabic first"),
    pytest.param(
        "صاروخ\tmissile/missiles, rocket\tshell",
        [(english, ((("صاروخ",),),), 1.0) for english in ("missile", "missiles", "rocket", "shell")],
        id="Arabic first, with each of what it means",
    ),
    pytest.param("وقف النار\tcease fire", [("cease fire", ((("وقف النار",),),), 1.0)], id="Arabic first, phrases"),
    pytest.param("-missile\tصاروخ", NOT_MISSILE, id="taken out"),
    pytest.param("- missile\tصاروخ", NOT_MISSILE, id="taken out, with a space"),
    pytest.param("-صاروخ\tmissile", NOT_MISSILE, id="taken out, Arabic first"),
    pytest.param("-missile\tصاروخ\nmissile\tصاروخ", NOT_MISSILE + MISSILE, id="taken out and added"),
    pytest.param("mis-sile\tصاروخ", [("mis-sile", ((("صاروخ",),),), 1.0)], id="a hyphen elsewhere takes nothing out"),
    pytest.param("", [], id="nothing"),
    pytest.param("\n\n", [], id="blank lines"),
    pytest.param(" \n\t\n \t \n", [], id="lines of spaces and tabs"),
    pytest.param("# mine\n\nmissile\tصاروخ\n\n#drone\tمسيرة\n", MISSILE, id="comments and blank lines"),
    pytest.param("# mine", [], id="a comment alone"),
    pytest.param("#\tصاروخ", [], id="a comment with a tab"),
]


@pytest.mark.parametrize(("content", "entries"), LINES)
def test_lines_are_those_of_the_lexicon_in_either_order(content: str, entries: Read) -> None:
    assert read(content) == entries


# Lines that are not

BAD = [
    pytest.param("missile", id="a word alone"),
    pytest.param("صاروخ", id="an Arabic word alone"),
    pytest.param("missile\t", id="an empty rendering"),
    pytest.param("missile\t, /", id="renderings of marks"),
    pytest.param("missile\t...", id="a rendering that is no word"),
    pytest.param("missile\tصاروخ, !", id="one of the renderings is no word"),
    pytest.param("missile\tصاروخ/!", id="one of the forms is no word"),
    pytest.param("\tصاروخ", id="no headword"),
    pytest.param("...\tصاروخ", id="a headword that is no word"),
    pytest.param("missile صاروخ", id="a space for a tab"),
    pytest.param("missile, صاروخ", id="a comma for a tab"),
    pytest.param("missile صاروخ\tصاروخ", id="a headword of two languages"),
    pytest.param("missile\trocket", id="two English words"),
    pytest.param("صاروخ\tقذيفة", id="two Arabic words"),
    pytest.param("missile\tصاروخ, rocket", id="a rendering in the same language"),
    pytest.param("صاروخ\tmissile\tقذيفة", id="a sense in the same language"),
    pytest.param("missile\tصاروخ/missiles", id="a form in the same language"),
    pytest.param("missile\tصاروخ Patriot", id="a rendering of two languages"),
    pytest.param("صاروخ\tmissile صاروخ", id="an English rendering of two languages"),
    pytest.param("-", id="nothing taken out"),
    pytest.param("-missile", id="a word alone taken out"),
    pytest.param("-\tصاروخ", id="no headword taken out"),
    pytest.param("- # mine", id="no comment behind a -"),
    pytest.param(" # mine", id="no comment behind a space"),
]


@pytest.mark.parametrize("line", BAD)
@pytest.mark.parametrize(("before", "number"), [("", 1), ("# mine\n\nmissile\tصاروخ\n", 4), ("\r\n\r\n", 3)])
def test_a_bad_line_is_one_plain_sentence_that_names_the_file_and_the_line(line: str, before: str, number: int) -> None:
    message = error_of(f"{before}{line}\nmissile\tصاروخ\n")
    assert message.startswith(f"words.tsv line {number} is no pair of words: write ")
    assert len(message.splitlines()) == 1


def test_of_several_bad_lines_the_first_is_named() -> None:
    assert "line 2 " in error_of("missile\tصاروخ\nmissile\nصاروخ\n")


UNREADABLE = [
    pytest.param(b"missile\t\xd5\xe7\xd1\xe6\xce", "byte 0xD5 at offset 8", id="another encoding"),
    pytest.param("missile\tصاروخ".encode("utf-16"), "binary", id="UTF-16"),
    pytest.param("missile\tصاروخ".encode()[:-1], "offset", id="cut off within a letter"),
    pytest.param(b"missile\0", "binary", id="a zero"),
    pytest.param("# ملاحظة\n".encode("cp1256"), "not UTF-8", id="in a comment"),
]


@pytest.mark.parametrize(("content", "why"), UNREADABLE)
def test_a_file_that_is_not_utf_8_is_one_plain_sentence(content: bytes, why: str) -> None:
    message = error_of(content)
    assert message.startswith("words.tsv holds no words that can be read (")
    assert why in message
    assert message.endswith("save it as UTF-8 text")


def test_a_file_that_cannot_be_read_is_one_plain_sentence(here: Path) -> None:
    with pytest.raises(SourceError, match=r"^the words in words\.tsv cannot be read \(No such file or directory\): mend"):
        list(read_own_words("words.tsv"))
    (here / "folder.tsv").mkdir()
    with pytest.raises(SourceError, match=r"^the words in folder\.tsv cannot be read \(Is a directory\)"):
        list(read_own_words("folder.tsv"))


def test_the_name_of_a_file_cannot_steer_a_terminal() -> None:
    name = write("a\x1b[2J\u202e.tsv", "missile")
    with pytest.raises(SourceError, match=r"^a\[2J\.tsv line 1 "):
        list(read_own_words(name))


LETTERS = st.text("ab Z9صاروخ\t\n\r-#,،/'.\u200f\u0640\u2028\x0c", max_size=60).map(str.encode)
PIECES = st.lists(
    st.sampled_from(["missile", "صاروخ", "\t", "\n", "-", "#", ", ", "/", " ", "2020", "Москва", "ـ"]), max_size=14
)


@given(LETTERS | PIECES.map("".join).map(str.encode) | st.binary(max_size=40))
@example(b"\xff\t\xfe")
@example("missile\tصاروخ".encode())
@example("صاروخ\tmissile\n-صاروخ\tmissiles".encode())
def test_any_bytes_are_entries_or_one_plain_sentence(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "words.tsv"
        path.write_bytes(content)
        entries, complaint = [], "words.tsv"
        try:
            entries = list(read_own_words(str(path)))
        except SourceError as error:
            complaint = str(error)
    assert "words.tsv" in complaint
    assert complaint.isprintable()
    for made, in_all in entries:
        assert in_all in {0.0, 1.0}
        assert not any(map(is_arabic, words_of(made.headword)))
        for form in (form for sense in made.senses for rendering in sense for form in rendering):
            assert any(map(is_arabic, words_of(form)))
    pairs = pairs_of(entries)
    assert len(pairs.english) >= bool(entries)


# Where they are found


def found(*sources: str) -> list[str]:
    return [os.path.relpath(file.path) for file in find_words(sources)]


def test_words_are_those_of_the_top_of_a_source(here: Path) -> None:
    write("news/words.tsv", "")
    write("news/deep/words.tsv", "")
    write("news/other.tsv", "")
    write("news/a.txt", "Article a")
    assert found("news") == ["news/words.tsv"]
    assert found("news/deep") == ["news/deep/words.tsv"]
    assert found("news", "news/deep") == ["news/words.tsv", "news/deep/words.tsv"]
    assert found(str(here / "news"), "news", "news/") == ["news/words.tsv"], "no file twice"


NAMED = [
    pytest.param("words.tsv", True, id="its usual name"),
    pytest.param("mine.tsv", True, id="any other name"),
    pytest.param("MINE.TSV", True, id="in capitals"),
    pytest.param(".tsv", True, id="nothing but a suffix"),
    pytest.param("words.txt", False, id="an article"),
    pytest.param("words.jsonl", False, id="articles"),
    pytest.param("words", False, id="no suffix"),
    pytest.param("words.tsv.bak", False, id="another suffix"),
]


@pytest.mark.parametrize(("name", "is_one"), NAMED)
def test_a_source_that_is_a_file_is_one_of_words_by_its_suffix(name: str, *, is_one: bool) -> None:
    write(name, "")
    assert found(name) == [name][:is_one]


def test_what_is_missing_or_a_folder_is_no_file_of_words(here: Path) -> None:
    (here / "folder.tsv").mkdir()
    (here / "news").mkdir()
    assert found("folder.tsv", "news", "missing.tsv", "") == []


def test_the_words_of_a_source_are_no_article_and_not_skipped_aloud() -> None:
    for name in ("news/words.tsv", "news/deep/words.tsv", "news/other.tsv"):
        write(name, "missile\tصاروخ\n")
    write("news/a.txt", "Article a")
    files, skipped = find_files(["news"])
    assert [file.name for file in files] == ["a.txt"]
    assert sorted(skip.where for skip in skipped) == ["news/deep/words.tsv", "news/other.tsv"]
    assert {skip.reason for skip in skipped} == {"of no kind that is read (.txt, .jsonl)"}


def test_a_file_of_words_that_is_a_source_has_no_articles() -> None:
    write("mine.tsv", "missile\tصاروخ\n")
    assert find_files(["mine.tsv"]) == ([], [])


# Whether they have changed


def times_of(path: str, step: int) -> None:
    """Sets the time of change of a file, so that a quick one is none that a clock could miss."""
    status = os.stat(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + step * 10**9))


def edit() -> None:
    write("news/words.tsv", "missile\tصاروخ\n")
    times_of("news/words.tsv", 1)


def touch() -> None:
    times_of("news/words.tsv", 2)


def lose() -> None:
    Path("news/words.tsv").unlink()
    times_of("news", 1)


@pytest.mark.parametrize("change", [edit, touch, lose])
def test_words_are_watched(change: Callable[[], None]) -> None:
    write("news/words.tsv", "")
    write("news/deep/a.txt", "Article a")
    sources = [os.path.realpath("news")]
    watched, before = watch(sources, ""), fingerprint(find_words(sources))
    assert sorted(map(os.path.relpath, watched)) == ["news", "news/deep", "news/words.tsv"]
    assert not is_changed(watched)
    change()
    assert is_changed(watched)
    assert fingerprint(find_words(sources)) != before


def test_words_that_come_are_a_change() -> None:
    write("news/a.txt", "Article a")
    sources = [os.path.realpath("news")]
    watched = watch(sources, "")
    write("news/words.tsv", "")
    times_of("news", 1)
    assert is_changed(watched)


def test_words_that_are_a_source_are_watched() -> None:
    write("mine.tsv", "")
    watched = watch([os.path.realpath("mine.tsv")], "")
    assert list(map(os.path.relpath, watched)) == ["mine.tsv"]
    times_of("mine.tsv", 1)
    assert is_changed(watched)


# What they do to an index: none of these words is in the lexicon

ARTICLES = {"news/en.txt": "The zorblax arrived.", "news/ar.txt": "وصل نصزخ وظشف اليوم."}


@pytest.fixture
def news(here: Path) -> Path:
    for name, text in ARTICLES.items():
        write(name, text)
    return here / "news"


def translations(store: Store, word: str) -> dict[str, float]:
    found = store.translations(store.term_of(word))
    return {" ".join(map(store.term, numbers)): likely for numbers, likely in found}


@pytest.fixture
def opened(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], Store]]:
    """Opens the index as `search` does."""
    stores: list[Store] = []

    def open_one() -> Store:
        capsys.readouterr()
        stores.append(open_store(None))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_words_that_come_change_or_go_make_search_build_again(
    news: Path, opened: Callable[[], Store], capsys: pytest.CaptureFixture[str]
) -> None:
    build(["news"], ".search-index")
    assert translations(opened(), "zorblax") == {}
    assert said(capsys) == []
    steps = [
        ("zorblax\tنصزخ\n", {"نصزخ": 1.0}),
        ("zorblax\tنصزخ, ظشف\n", {"نصزخ": 1.0, "ظشف": 0.75}),
        ("-zorblax\tنصزخ\n", {"نصزخ": 0.0}),
        (None, {}),
    ]
    for step, (content, expected) in enumerate(steps):
        if content is None:
            (news / "words.tsv").unlink()
        else:
            times_of(write("news/words.tsv", content), step)
        assert translations(opened(), "zorblax") == expected
        (line,) = said(capsys)
        assert line.startswith("search: the articles have changed, so the index is built again from news")
        assert translations(opened(), "zorblax") == expected
        assert said(capsys) == [], "once is enough"


@pytest.mark.usefixtures("news")
def test_bad_words_are_named_by_search_and_the_index_answers_as_it_was(
    opened: Callable[[], Store], capsys: pytest.CaptureFixture[str]
) -> None:
    write("news/words.tsv", "zorblax\tنصزخ\n")
    build(["news"], ".search-index")
    times_of(write("news/words.tsv", "zorblax\tنصزخ\nzorblax ظشف\n"), 1)
    assert translations(opened(), "zorblax") == {"نصزخ": 1.0}
    (line,) = said(capsys)
    assert line.startswith("search: news/words.tsv line 2 is no pair of words: ")
    assert line.endswith("; this answer is from the index as it was")


@pytest.mark.usefixtures("news")
def test_several_files_of_words_are_all_taken() -> None:
    write("news/words.tsv", "zorblax\tنصزخ\n")
    write("mine.tsv", "ظشف\tzorblax\n")
    report = build(["news", "mine.tsv"], ".search-index")
    assert list(map(os.path.relpath, report.words)) == ["news/words.tsv", "mine.tsv"]
    assert report.skipped == []
    store = Store(open_generation(os.path.realpath(".search-index")))
    assert translations(store, "zorblax") == {"نصزخ": 1.0, "ظشف": 1.0}
    store.close()


def test_words_alone_are_no_articles() -> None:
    write("mine.tsv", "zorblax\tنصزخ\n")
    with pytest.raises(SourceError, match=r"^mine\.tsv holds no articles"):
        build(["mine.tsv"], ".search-index")
    assert not os.path.exists(".search-index")


# index --words

EN, AR = "en.txt", "ar.txt"


def test_words_that_are_named_once_are_remembered(commands: Commands, news: Path) -> None:
    write("mine.tsv", "zorblax\tنصزخ\n")
    done = commands.index("news")
    assert (done.returncode, "took your words" in done.stdout) == (0, False)
    assert commands.found("zorblax") == [EN]
    done = commands.index("news", "--words", "mine.tsv")
    read_line, took, wrote = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert read_line == "read 2 articles (1 ar, 1 en) from news"
    assert took == "took your words from mine.tsv"
    assert wrote.startswith("wrote .search-index in ")
    assert set(commands.found("zorblax")) == set(commands.found("نصزخ")) == {EN, AR}
    again = commands.index()
    assert again.stdout.splitlines()[:2] == [read_line, took]
    assert set(commands.found("zorblax")) == {EN, AR}
    assert commands.found("--no-translate", "zorblax") == [EN]
    shutil.move(news, news.with_name("elsewhere"))
    assert set(commands.found("zorblax")) == {EN, AR}


REFUSED = [
    pytest.param("missing.tsv", None, "there is no file of words missing.tsv: name one that ends in .tsv", id="no file"),
    pytest.param("mine.txt", "zorblax\tظشف\n", "there is no file of words mine.txt: ", id="another kind"),
    pytest.param("news", None, "there is no file of words news: ", id="a folder"),
    pytest.param("news/../folder.tsv/", None, "there is no file of words folder.tsv: ", id="a folder of that name"),
    pytest.param("mine.tsv", "zorblax\tظشف\nzorblax", "mine.tsv line 2 is no pair of words: ", id="a bad line"),
    pytest.param("mine.tsv", b"zorblax\t\xd5", "mine.tsv holds no words that can be read (not UTF-8", id="no UTF-8"),
]


@pytest.fixture(scope="module")
def with_words(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    """The commands in a folder with an index of the articles and words of their own."""
    commands = Commands(tmp_path_factory.mktemp("words"))
    for name, text in {**ARTICLES, "news/words.tsv": "zorblax\tنصزخ\n"}.items():
        path = commands.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (commands.folder / "folder.tsv").mkdir()
    assert commands.index("news").returncode == 0
    return commands


@pytest.mark.parametrize(("name", "content", "message"), REFUSED)
def test_words_that_cannot_be_read_are_refused_and_the_old_index_answers(
    with_words: Commands, name: str, content: str | bytes | None, message: str
) -> None:
    if content is not None:
        (with_words.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    before = (with_words.folder / ".search-index" / "current").read_bytes()
    for sources in (["news"], []):
        assert refusal(with_words.index(*sources, "--words", name)).startswith(f"index: {message}")
    assert (with_words.folder / ".search-index" / "current").read_bytes() == before
    store = Store(open_generation(str(with_words.folder / ".search-index")))
    assert translations(store, "zorblax") == {"نصزخ": 1.0}
    store.close()


@pytest.mark.parametrize("line", ["COVID\tكوفيد 19", "Euro 2020\tيورو 2020", "كوفيد 19\tCOVID"])
def test_a_number_is_of_either_language(tmp_path: Path, line: str) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(line, encoding="utf-8")
    assert len(list(read_own_words(str(path)))) == 1


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("missile\tصاروخ\n\f\nfoo\n", encoding="utf-8")
    with pytest.raises(SourceError, match="line 3"):
        list(read_own_words(str(path)))


def test_words_that_are_edited_while_the_index_is_built_are_a_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "news"
    source.mkdir()
    (source / "a.txt").write_text("Zorblax نصزخ شرد", encoding="utf-8")
    words = source / "words.tsv"
    words.write_text("zorblax\tنصزخ\n", encoding="utf-8")

    def edit_meanwhile(*_: int) -> None:
        words.write_text("zorblax\tشرد رمز\n", encoding="utf-8")

    build([str(source)], str(tmp_path / "index"), progress=edit_meanwhile)
    open_store(str(tmp_path / "index")).close()
    assert "changed" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["a folder", "a link"])
def test_what_is_named_as_words_and_is_no_file_is_not_passed_over_in_silence(tmp_path: Path, kind: str) -> None:
    if kind == "a folder":
        (tmp_path / "words.tsv").mkdir()
        (tmp_path / "words.tsv" / "a.txt").write_text("Kyiv", encoding="utf-8")
        assert [file.name for file in find_files([str(tmp_path)])[0]] == ["words.tsv/a.txt"]
    else:
        (tmp_path / "words.tsv").symlink_to("/dev/null")
        assert [skip.reason for skip in find_files([str(tmp_path)])[1]] == ["a link, not followed"]
    assert find_words([str(tmp_path)]) == []
