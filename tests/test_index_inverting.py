"""Articles turned into postings: however it is done, the same files come out, and they say what the texts say."""

import gc
import json
import os
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain, count, pairwise
from pathlib import Path
from pkgutil import resolve_name
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from settled import Settled

import index.inverting
from index.analysis.terms import MAX_WORD, Readings, analyze, readings_of, term_of
from index.analysis.words import find_words, split_words, words_of
from index.array_writing import planes
from index.arrays import read_arrays
from index.build import build
from index.errors import UserError
from index.generation import open_generation
from index.inverting import Inverter, _packed
from index.segment import KINDS, NAME, Segment, vocabulary_key
from index.store import Store

# Letters, marks, joints and gaps of every kind, a lone tatweel among them, which is a word of which nothing is left.
ALPHABET = "abUSsé1٥²وصـٱﻣ中" + "\u064b\u0651\u0301\u00ad\u200b\u200f" + "'’.-_ \n\r\t\0\x0b\u2028\ufffd\U0001f680،"
TEXTS = st.text(st.one_of(st.sampled_from(ALPHABET), st.characters(exclude_categories=["Cs"])), max_size=40)
ANYTHING = st.text(st.one_of(st.sampled_from(ALPHABET), st.characters()), max_size=40)


def inverted(path: str, articles: Iterable[Mapping[str, str]], known: Mapping[str, str] | None = None) -> Segment:
    """A segment of articles that have the given fields."""
    inverter = Inverter(path, known or {})
    for number, article in enumerate(articles):
        inverter.add({"id": str(number), "lang": "en"} | dict(article))
    inverter.close()
    return Segment(path)


def words_in(segment: Segment, field: str, article: int) -> list[tuple[int, int, str]]:
    """(start, end, term) of each word of a field."""
    bounds, tokens = segment.bounds(field, article), segment.tokens(field, article)
    return list(zip(bounds[::2], bounds[1::2], map(segment.term, tokens), strict=True))


def postings_of(segment: Segment, field: str) -> dict[str, dict[int, int]]:
    """term -> article -> frequency."""
    found = {}
    for number in range(segment.term_count):
        articles, _ = segment.postings(field, number)
        if len(articles):
            found[segment.term(number)] = dict(zip(articles, segment.frequencies(field, number), strict=True))
    return found


def counted(texts: Sequence[str], settled: Settled) -> dict[str, dict[int, int]]:
    """The same, from the texts."""
    found: dict[str, dict[int, int]] = {}
    for article, text in enumerate(texts):
        for term, frequency in Counter(term for _, _, term in settled.analyze(text)).items():
            found.setdefault(term, {})[article] = frequency
    return found


# Words


@example("U.S.س _²_ a'b ـ")
@given(ANYTHING)
def test_words_are_found_alike_in_three_ways(text: str) -> None:
    words = [text[start:end] for start, end in find_words(text)]
    assert list(words_of(text)) == words
    pieces = split_words(text)
    assert "".join(pieces) == text
    assert pieces[1::2] == words
    starts = [sum(map(len, pieces[:place])) for place in range(1, len(pieces), 2)]
    assert starts == [start for start, _ in find_words(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("", [""], id="nothing"),
        pytest.param(" … ", [" … "], id="no words"),
        pytest.param("one", ["", "one", ""], id="a word alone"),
        pytest.param("وPatriot!", ["", "و", "", "Patriot", "!"], id="nothing between two scripts"),
    ],
)
def test_a_text_is_split_into_gaps_and_words_in_turn(text: str, pieces: list[str]) -> None:
    assert split_words(text) == pieces


CASED = "Missile MISSILES U.S. it’s IT'S Été ÉTÉ İstanbul ISTANBUL Straße STRASSE Ǆ Ω ﬁ ＡＢＣ Σίσυφος ΣΊΣΥΦΟΣ والصواريخ ﻻ"


@pytest.mark.parametrize("word", [*CASED.split(), "A" * MAX_WORD, "A" * (MAX_WORD + 1), "İ" * MAX_WORD, "ß" * MAX_WORD])
def test_the_vocabulary_writes_a_word_so_that_its_term_stays(word: str) -> None:
    assert term_of(vocabulary_key(word)) == term_of(word)


@given(st.text(st.one_of(st.sampled_from("aAbBsSiIzZ'." + ALPHABET), st.characters()), max_size=20))
def test_the_vocabulary_writes_any_word_so_that_its_term_stays(word: str) -> None:
    key = vocabulary_key(word)
    assert term_of(key) == term_of(word)
    assert vocabulary_key(key) == key
    assert (len(key) <= MAX_WORD) == (len(word) <= MAX_WORD)


def test_words_that_differ_in_case_alone_are_one_in_the_vocabulary(tmp_path: Path) -> None:
    segment = inverted(str(tmp_path), [{"body": "NATO Nato nato U.S. u.s. MISSILES"}])
    assert segment.vocabulary() == {"nato": "nato", "u.s.": "us", "missiles": "missil"}


# Any articles


@given(st.lists(st.fixed_dictionaries({"body": TEXTS}, optional={"title": TEXTS}), min_size=1, max_size=12))
@settings(max_examples=100)
def test_any_articles_are_found_as_they_were_written(articles: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        segment = inverted(folder, articles)
        settled = Settled((article.get("title", ""), article["body"]) for article in articles)
        for field in ("title", "body"):
            texts = [article.get(field, "") for article in articles]
            assert [segment.stored(article)[field] for article in range(len(articles))] == texts
            assert [words_in(segment, field, article) for article in range(len(articles))] == list(map(settled.analyze, texts))
            assert postings_of(segment, field) == counted(texts, settled)
            for article, text in enumerate(texts):
                found = {(start, end) for start, end, _ in words_in(segment, field, article)}
                assert found == {(start, end) for start, end in find_words(text) if term_of(text[start:end])}
        segment.close()


def test_an_article_holds_all_fields_that_were_given_and_no_others(tmp_path: Path) -> None:
    fields = {
        "id": "é",
        "lang": "ar",
        "path": "../a\udcff.txt",  # a name that is no UTF-8, as Python has it
        "date": "2025",
        "display_title": "ب …",
        "title": "ب",
        "body": "\U0001f680 a\0",
    }
    segment = inverted(str(tmp_path), [fields, {"id": "b"}])
    assert segment.stored(0) == fields
    assert segment.stored(1) == dict.fromkeys(fields, "") | {"id": "b", "lang": "en"}
    assert list(segment.stored(0)) == list(segment.stored(1))


# Places


def offset_bytes(path: str) -> list[int]:
    """How many bytes the places of each article's words take."""
    ends = [0, *read_arrays(os.path.join(path, f"{NAME}.articles"), KINDS["articles"])[1][3]]
    return [end - start for start, end in pairwise(ends)]


@pytest.mark.parametrize(
    ("title", "body", "width"),
    [
        pytest.param("", "one two", 1, id="as most articles are"),
        pytest.param("", "a" * 31, 1, id="a word of 31 letters"),
        pytest.param("", "a" * 32, 8, id="a word of 32 letters"),
        pytest.param("", "a" * 255, 8, id="a word of 255 letters"),
        pytest.param("", "a" * 256, 8, id="a word of 256 letters"),
        pytest.param("", "a" * 70_000, 8, id="a word of 70,000 letters"),
        pytest.param("", "one" + " " * 7 + "two", 1, id="a distance of 7"),
        pytest.param("", "one" + " " * 8 + "two", 8, id="a distance of 8"),
        pytest.param("", "one" + " " * 256 + "two", 8, id="a distance of 256"),
        pytest.param("", "one" + " " * 70_000 + "two", 8, id="a distance of 70,000"),
        pytest.param("", " " * 7 + "one", 1, id="7 before the first word"),
        pytest.param("", " " * 8 + "one", 8, id="8 before the first word"),
        pytest.param("", "one" + " " * 3000, 1, id="whatever stands behind the last word"),
        pytest.param("one" + " " * 3000, "two", 1, id="whatever stands behind the title"),
        pytest.param("", "one ـــــ two", 1, id="a word of which nothing is left is part of a distance of 7"),
        pytest.param("", "one ــــــ two", 8, id="a word of which nothing is left is part of a distance of 8"),
        pytest.param("", "one ـ , ـ two", 1, id="two such words"),
        pytest.param("", "ـ" * 9 + " one", 8, id="such a word before the first"),
        pytest.param("", "one two " + "ـ" * 40, 1, id="such a word behind the last"),
        pytest.param("a" * 32, "one", 8, id="a long word in the title"),
        pytest.param("one", "a" * 32, 8, id="a long word in the body"),
        pytest.param("ـ", "ـ", 0, id="no word at all"),
    ],
)
def test_places_take_a_byte_a_word_or_eight(tmp_path: Path, title: str, body: str, width: int) -> None:
    segment = inverted(str(tmp_path), [{"body": "before"}, {"title": title, "body": body}, {"body": "behind"}])
    assert words_in(segment, "title", 1) == analyze(title)
    assert words_in(segment, "body", 1) == analyze(body)
    assert words_in(segment, "body", 2) == [(0, 6, "behind")]
    assert offset_bytes(str(tmp_path)) == [1, width * (len(analyze(title)) + len(analyze(body))), 1]


@given(st.lists(st.tuples(st.integers(0, 9) | st.integers(0, 300), st.integers(1, 33) | st.integers(1, 2**31)), max_size=9))
def test_distances_and_lengths_are_packed_by_their_size(steps: list[tuple[int, int]]) -> None:
    packed = bytes(memoryview(_packed([distance for distance, _ in steps], [length for _, length in steps])))
    if all(distance < 8 and length < 32 for distance, length in steps):
        assert packed == bytes(distance << 5 | length for distance, length in steps)
    else:
        assert packed == array("I", chain.from_iterable(steps)).tobytes()


# Tokens of three bytes and of four


def unplaned(data: bytes, words: int) -> list[int]:
    """The numbers of tokens, whichever way they were written."""
    if len(data) == 4 * words:
        return array("I", data).tolist()
    assert len(data) == 3 * words
    planes = [data[place * words : (place + 1) * words] for place in range(3)]
    order = planes if sys.byteorder == "little" else planes[::-1]
    return [low | middle << 8 | high << 16 for low, middle, high in zip(*order, strict=True)]


@given(st.integers(1, 2**25).flatmap(lambda count: st.tuples(st.just(count), st.lists(st.integers(0, count - 1), max_size=9))))
@example((2**24, [0, 255, 256, 65_535, 65_536, 2**24 - 1]))
@example((2**24 + 1, [0, 2**24]))
def test_tokens_come_back_however_many_terms_there_are(case: tuple[int, list[int]]) -> None:
    terms, tokens = case
    data = bytes(memoryview(planes(array("I", tokens), terms)))
    assert unplaned(data, len(tokens)) == tokens
    assert len(data) == (3 if terms < 2**24 else 4) * len(tokens)


def test_articles_of_three_and_of_four_bytes_a_word_stand_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # No build of today writes the two in one segment. Here four bytes are for articles that have one of the later terms.
    monkeypatch.setattr(
        index.inverting, "planes", lambda tokens, terms: planes(tokens, 2**24 if max(tokens, default=0) > 9 else terms)
    )
    texts = [("1", "2 3 2"), ("", "4 5"), ("6", "7 1"), ("", ""), ("8 9 8", ""), ("10 11 12", "1 2 3")]
    segment = inverted(str(tmp_path), [{"title": title, "body": body} for title, body in texts])
    ends = [0, *read_arrays(str(tmp_path / f"{NAME}.articles"), KINDS["articles"])[1][2]]
    sizes = [end - start for start, end in pairwise(ends)]
    assert sizes == [3 * 4, 3 * 2, 3 * 3, 0, 4 * 3, 4 * 6]
    for article, (title, body) in enumerate(texts):
        assert [segment.term(token) for token in segment.tokens("title", article)] == title.split()
        assert [segment.term(token) for token in segment.tokens("body", article)] == body.split()


@pytest.mark.parametrize(("more", "width"), [(2**24 - 1, 3), (2**24, 4)], ids=["few enough for three bytes", "one too many"])
def test_tokens_are_as_wide_as_the_number_of_all_terms_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int, width: int
) -> None:
    terms = {"0", "1", "en", "two", "three", "four"}
    monkeypatch.setattr(index.inverting, "planes", lambda tokens, count: planes(tokens, count - len(terms) + more))
    segment = inverted(str(tmp_path), [{"title": "two", "body": "three"}, {"body": "four two three"}])
    assert {segment.term(number) for number in range(segment.term_count)} == terms
    ends = [0, *read_arrays(str(tmp_path / f"{NAME}.articles"), KINDS["articles"])[1][2]]
    assert [end - start for start, end in pairwise(ends)] == [2 * width, 3 * width]
    assert [segment.term(token) for token in segment.tokens("body", 1)] == ["four", "two", "three"]


# Postings that go to disk


def written_files(path: str) -> dict[str, bytes]:
    """The content of every file of a segment but for its stamp, which is another one each time, and the checksum over it."""
    contents = {name: Path(path, name).read_bytes() for name in sorted(os.listdir(path)) if name.startswith(NAME)}
    return {name: data[:16] + data[32:] for name, data in contents.items()}


RECORDS = [
    {
        "id": f"{number:02}",
        "title": f"title {number % 3}" if number % 4 else "",
        "text": f"the {number % 7} " * (number % 5 * 90) + f"ب{number} w صواريخ" + " بصواريخ لكييف" * (number % 9 == 0),
    }
    for number in range(40)
]

UNSURE = {"بصواريخ", "لكييف"}  # the first loses its preposition, and the other has nothing to lose it for


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("held", "written", "runs"),
    [
        pytest.param(0, 500_000, 41, id="a run an article"),
        pytest.param(20, 500_000, 14, id="a run every few articles"),
        pytest.param(20, 1, 14, id="written list by list"),
        pytest.param(2_000_000, 3, 1, id="one run, written in pieces"),
    ],
)
def test_what_goes_to_disk_changes_no_file(  # noqa: PLR0917  # columns of the table
    tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch, held: int, written: int, runs: int
) -> None:
    report = build([source], str(tmp_path / "in memory"))
    expected = written_files(open_generation(report.folder).path)
    spilled = Counter[str]()
    spill = Inverter._spill
    monkeypatch.setattr(Inverter, "_spill", lambda inverter: (spilled.update(["run"]), spill(inverter)))
    monkeypatch.setattr(index.inverting, "_HELD", held)
    monkeypatch.setattr(index.inverting, "_WRITTEN", written)
    report = build([source], str(tmp_path / "on disk"))
    assert written_files(open_generation(report.folder).path) == expected
    assert sorted(expected) == sorted(f"{NAME}.{name}" for name in KINDS)
    assert spilled["run"] >= runs


@given(st.lists(TEXTS, min_size=1, max_size=9), st.integers(0, 9))
@settings(max_examples=50)
def test_any_articles_may_go_to_disk(texts: list[str], held: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.inverting, "_HELD", held)
        segment = inverted(folder, [{"body": text} for text in texts])
        assert postings_of(segment, "body") == counted(texts, Settled((text,) for text in texts))
        assert postings_of(segment, "id") == {str(number): {number: 1} for number in range(len(texts))}
        segment.close()


def test_the_same_articles_make_the_same_files(tmp_path: Path) -> None:
    stamps = set()
    contents = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        inverted(str(tmp_path / name), [{"title": "same", "body": "words"}, {"body": "كلمات"}]).close()
        contents.append(written_files(str(tmp_path / name)))
        stamps |= {read_arrays(str(tmp_path / name / f"{NAME}.{file}"), kinds)[0] for file, kinds in KINDS.items()}
    assert contents[0] == contents[1]
    assert len(stamps) == 2, "one a segment, and the same in all its files"


# Words known from the index before


ASKED = "index.numbering.readings_of"


def exclaiming(word: str) -> Readings:
    """Another analysis."""
    return f"{word}!", "", ""


def test_known_words_are_not_analysed_again(tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(tmp_path / "index")
    first = open_generation(build([source], folder).folder)
    expected = written_files(first.path)
    analysed: set[str] = set()

    def listening(word: str) -> Readings:
        analysed.add(word)
        return readings_of(word)

    monkeypatch.setattr(ASKED, listening)
    second = open_generation(build([source], folder).folder)
    assert second.path != first.path
    assert written_files(second.path) == expected
    assert analysed == UNSURE, "what another corpus may settle otherwise is analysed again, and nothing else"


def test_only_new_words_are_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def listening(word: str) -> Readings:
        asked.append(word)
        return readings_of(word)

    monkeypatch.setattr(ASKED, listening)
    known = {"missiles": "missil", "والصواريخ": "صواريخ", "unused": "unus"}
    segment = inverted(
        str(tmp_path), [{"body": "Missiles MISSILES والصواريخ Kyiv kyiv Kyiv ـ ـ"}, {"title": "Kyiv missiles Été Été"}], known
    )
    assert asked == ["kyiv", "ـ", "Été"]
    assert segment.vocabulary() == {"missiles": "missil", "والصواريخ": "صواريخ", "kyiv": "kyiv", "Été": "ete"}
    assert segment.known_term("unused") is None
    assert segment.number_of("unus") is None


def test_a_vocabulary_that_goes_round_stays_the_same(tmp_path: Path) -> None:
    articles = [
        {"title": "Missiles U.S. ـ", "body": f"والصواريخ it’s é {'a' * 256} {'b' * 257} ﷺ ٥٥٠ \ufffd"},
        {"body": "NATO’s"},
    ]
    known: dict[str, str] = {}
    found = []
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        segment = inverted(str(tmp_path / name), articles, known)
        known = segment.vocabulary()
        found.append((known, written_files(str(tmp_path / name))))
        segment.close()
    assert found[0] == found[1] == found[2]
    assert known["a" * 256] == "a" * 256
    assert not any(len(word) > MAX_WORD for word in known), "what is longer than any question is not worth its place"
    assert "ـ" not in known


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(None, id="nothing"),
        pytest.param("index.rules._analysis_version", id="our own rules"),
        pytest.param("index.build.version", id="a library, which once left its old stems behind"),
    ],
)
def test_words_are_known_as_long_as_the_analysis_is_the_same(
    tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch, changed: str | None
) -> None:
    folder = str(tmp_path / "index")
    with monkeypatch.context() as patch:
        patch.setattr(ASKED, exclaiming)
        build([source], folder)
    same = changed is None
    if changed:
        monkeypatch.setattr(changed, lambda *_: "another")
    build([source], folder)
    store = Store(open_generation(folder))
    assert (store.number_of("the!") is None, store.number_of("the") is None) == (not same, same)
    store.close()


def test_a_damaged_index_is_no_source_of_known_words(tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(tmp_path / "index")
    with monkeypatch.context() as patch:
        patch.setattr(ASKED, exclaiming)
        path = open_generation(build([source], folder).folder).path
    file = Path(path, f"{NAME}.words")
    data = file.read_bytes()
    terms = bytes(read_arrays(str(file), KINDS["words"])[1][4])
    file.write_bytes(data.replace(terms, bytes(len(terms))))  # every word has the first term
    assert file.read_bytes() != data
    monkeypatch.setattr("index.generation.CHECKED_AT_OPEN", 0)  # as in a large one, whose checksums nobody else looks at
    build([source], folder)
    store = Store(open_generation(folder))
    assert store.number_of("the") is not None
    assert store.number_of("the!") is None
    store.close()


# Builds that fail


class Stop(Exception):  # noqa: N818 - no error of the program's
    """Something unforeseen."""


def raise_at(call: int, error: Callable[[], BaseException], original: Callable[..., object]) -> Callable[..., object]:
    """`original`, but for one call, counted from 1, that raises."""
    calls = count(1)

    def instead(*arguments: object) -> object:
        if next(calls) == call:
            raise error()
        return original(*arguments)

    return instead


PLACES = {
    "the first article": ("index.inverting.Inverter.add", 1),
    "some article": ("index.inverting.Inverter.add", 30),
    "a stream": ("index.array_writing.ArrayWriter.write", 50),
    "the postings": ("index.inverting._write_lists", 1),
    "the terms": ("index.inverting.write_arrays", 1),
    "the articles": ("index.inverting.write_arrays", 2),
    "the words": ("index.inverting.write_arrays", 3),
    "how terms relate": ("index.inverting.write_arrays", 4),
    "the relations of terms": ("index.inverting.related_sections", 1),
    "the tokens at the end": ("index.inverting.Inverter._write_tokens", 1),
    "the readings": ("index.numbering.settle", 1),
    "a run": ("index.runs.Runs.add", 3),
    "the table of contents": ("whoosh.index.TOC.write", 2),
}
ERRORS: dict[str, tuple[Callable[[], BaseException], type[BaseException]]] = {
    "a full disk": (lambda: OSError(28, "No space left on device"), UserError),
    "Ctrl-C": (KeyboardInterrupt, KeyboardInterrupt),
    "a bug": (Stop, Stop),
}


def open_files_below(folder: Path) -> list[str]:
    """The files below a folder that this process has open or mapped, also those that have been removed."""
    gc.collect()
    links = []
    for number in os.listdir("/proc/self/fd"):
        with suppress(FileNotFoundError):  # that of the listing itself
            links.append(os.readlink(f"/proc/self/fd/{number}"))
    return [link for link in links if link.startswith(str(folder))]


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="open files are counted in /proc")
@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("first", [True, False], ids=["first build", "another build"])
def test_a_build_that_fails_leaves_nothing(
    tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch, *, first: bool, place: str, error: str
) -> None:
    folder = tmp_path / "index"
    if not first:
        build([source], str(folder))
    before = [folder / "lock"] if first else sorted(folder.rglob("*"))
    monkeypatch.setattr(index.inverting, "_HELD", 30)
    (name, call), (raised, told) = PLACES[place], ERRORS[error]
    with monkeypatch.context() as patch:
        patch.setattr(name, raise_at(call, raised, resolve_name(name)))
        with pytest.raises(told):
            build([source], str(folder))
    assert sorted(folder.rglob("*")) == before
    assert open_files_below(tmp_path) == []
    assert gc.isenabled()
    if not first:
        store = Store(open_generation(str(folder), thorough=True))
        assert store.article_count == len(RECORDS)
        store.close()


def test_nothing_but_the_files_of_a_segment_is_left_by_a_build(
    tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.inverting, "_HELD", 0)
    path = open_generation(build([source], str(tmp_path / "index")).folder).path
    assert sorted(os.listdir(path)) == sorted([*(f"{NAME}.{name}" for name in KINDS), "_MAIN_1.toc", "manifest"])


def test_a_discarded_segment_is_none(tmp_path: Path) -> None:
    inverter = Inverter(str(tmp_path), {})
    inverter.add({"id": "a", "lang": "en", "body": "words"})
    inverter.discard()
    inverter.discard()
    with pytest.raises(UserError, match="run index"):
        Segment(str(tmp_path))
