"""The arrays of a generation: what is looked up in them, and that whatever is damaged is said to be."""

import gc
import math
import os
import shutil
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import index.segment
from index.analysis.names import filed_under
from index.array_writing import write_arrays
from index.arrays import read_arrays
from index.errors import DamagedIndexError
from index.grams import grams_of
from index.inverting import Inverter
from index.lexicon.entries import Entry
from index.lexicon.pairs import pairs_of
from index.segment import KINDS, LISTED, NAME, SEARCHED, STORED, Segment
from index.strings import STRING_KINDS

ARTICLES: list[dict[str, str]] = [
    {
        "id": "b",
        "lang": "en",
        "title": "Kyiv 1",
        "body": "missiles 1 1 2 \U0001f680 Kyiv",
        "date": "2025-07-03",
        "path": "../a",
    },
    {"id": "ar", "lang": "ar", "body": "والصواريخ 1 ـ en طفل أطفال"},
    {"id": "c", "lang": "en", "title": "ar en", "display_title": "ar en"},
    {"id": "a", "lang": "und", "title": "9", "body": "9 " + "a" * 40 + " " * 300 + "\uffee\ufa0e \U00010400 z"},
]
TERMS = sorted(  # of all fields, in the order of code points, which is that of UTF-8
    [
        *("1", "2", "9", "a", "a" * 40, "ar", "b", "c", "en", "kyiv", "missil", "und", "z"),
        *("اطفال", "صواريخ", "طفل", "\ufa0e", "\U00010428"),
    ]
)
FORMS = {"طفل": ["اطفال"], "اطفال": ["طفل"], "صاروخ": ["صواريخ"]}  # the last one's word is in no article
LEXICON = pairs_of(
    [
        (Entry("missile", ((("صاروخ", "صواريخ"),),)), 1.0),
        (Entry("Kyiv missile", ((("طفل صواريخ", "أطفال صواريخ"),),)), 1.0),
        (Entry("Kyiv one", ((("صواريخ",),),)), 1.0),
    ]
)
TRANSLATED = ["missil", "kyiv missil", "صواريخ", "طفل صواريخ"]
STOP_WORDS = ["the", "we'll", "في"]
WORDS = {  # as the vocabulary writes them, in the order of the articles, and their terms
    **{word: word for word in ("kyiv", "1")},
    "missiles": "missil",
    "2": "2",
    "والصواريخ": "صواريخ",
    **{word: word for word in ("en", "طفل")},
    "أطفال": "اطفال",
    **{word: word for word in ("ar", "9", "a" * 40, "\ufa0e")},
    "\U00010400": "\U00010428",
    "z": "z",
}
NAMES = {"kyiv": ("kyiv", 0), "missiles": ("missiles", 0), "صواريخ": ("والصواريخ", 3), "طفل": ("طفل", 0), "اطفال": ("أطفال", 0)}
KEYS = list(dict.fromkeys(key for name in NAMES for key in filed_under(name)))

Ask = Callable[[Segment, int], object]


def made(path: Path, articles: Sequence[Mapping[str, str]] = ARTICLES) -> Path:
    """The folder of a new segment."""
    path.mkdir(parents=True)
    inverter = Inverter(str(path), {}, LEXICON)
    for article in articles:
        inverter.add(article)
    inverter.close()
    return path


LISTS = {
    "broken_plurals.txt": ["صاروخ صواريخ", "طفل أطفال", "قذيفة قذائف"],
    "english_stop_words.txt": STOP_WORDS[:2],
    "arabic_stop_words.txt": STOP_WORDS[2:],
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a segment, not to be changed, whose lists of words are short: each of their bytes is damaged below."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.relating.listed", LISTS.__getitem__)
        yield made(tmp_path_factory.mktemp("segment") / "index" / "gen-1")


@pytest.fixture
def segment(whole: Path) -> Iterator[Segment]:
    segment = Segment(str(whole))
    yield segment
    segment.close()


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """The folder of the same segment, to be changed."""
    return Path(shutil.copytree(whole, tmp_path / "index" / "gen-1"))


def file_of(folder: Path, name: str) -> Path:
    return folder / f"{NAME}.{name}"


def number_of(segment: Segment, term: str) -> int:
    number = segment.number_of(term)
    assert number is not None
    return number


def test_terms_are_numbered_and_found_by_their_numbers(segment: Segment) -> None:
    assert segment.term_count == len(TERMS)
    assert sorted(number_of(segment, term) for term in TERMS) == list(range(len(TERMS)))
    assert [segment.term(number_of(segment, term)) for term in TERMS] == TERMS


@pytest.mark.parametrize("term", ["", "0", "10", "Kyiv", "kyi", "kyiv ", "missiles", "ـ", "\0", "x" * 10_000, "\U0010ffff"])
def test_what_is_no_term_has_no_number(segment: Segment, term: str) -> None:
    assert segment.number_of(term) is None


def test_terms_are_sorted_by_their_utf_8(segment: Segment) -> None:
    # In UTF-16, as some other programs sort, the last two would stand the other way round.
    assert [segment.term(number) for number in segment.sorted_terms] == TERMS
    assert TERMS[-2:] == ["\ufa0e", "\U00010428"]


@given(st.binary(max_size=3) | st.sampled_from(TERMS).map(str.encode) | st.text(max_size=3).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_first_term_from_any_place_on_is_found(segment: Segment, start: bytes) -> None:
    assert segment.from_term(start) == sum(term.encode() < start for term in TERMS)


# How terms relate


@pytest.mark.parametrize("term", [*TERMS, *FORMS, "قذيف", "missile", ""])
def test_a_term_has_its_other_forms_that_are_in_the_corpus(segment: Segment, term: str) -> None:
    assert list(map(segment.term, segment.forms(term))) == FORMS.get(term, [])


@pytest.mark.parametrize(
    ("word", "stops"),
    [
        pytest.param("the", True, id="a stop word"),
        pytest.param("THE", True, id="in capitals"),
        pytest.param("we'll", True, id="with its apostrophe"),
        pytest.param("في", True, id="an Arabic one"),
        pytest.param("وفي", True, id="behind and"),
        pytest.param("ففي", True, id="behind so"),
        pytest.param("بفي", False, id="behind a preposition"),
        pytest.param("وthe", False, id="an English one behind an Arabic conjunction"),
        pytest.param("thee", False, id="more than a stop word"),
        pytest.param("th", False, id="less than a stop word"),
        pytest.param("missiles", False, id="another word"),
        pytest.param("", False, id="no word"),
        pytest.param("\ud800", False, id="half a character"),
    ],
)
def test_a_stop_word_is_told_from_other_words(segment: Segment, word: str, stops: bool) -> None:  # noqa: FBT001  # a column
    assert segment.is_stop_word(word) is stops


SAID = [term for term in TERMS if term not in {"a", "b", "c", "und"}]  # without what is an id or a language alone
GRAMS = dict.fromkeys(gram for term in TERMS for gram in grams_of(term))


@pytest.mark.parametrize("gram", [*GRAMS, "none", "", "_a", "a_", "\ud800"])
def test_a_gram_has_the_terms_of_the_articles_that_have_it(segment: Segment, gram: str) -> None:
    assert sorted(map(segment.term, segment.with_gram(gram))) == [term for term in SAID if gram in grams_of(term)]


@pytest.mark.parametrize(
    ("field", "term", "frequencies"),
    [
        pytest.param("body", "1", {0: 2, 1: 1}, id="in two bodies, twice in one"),
        pytest.param("title", "1", {0: 1}, id="the same in a title"),
        pytest.param("body", "ar", {}, id="in a title, an id and a language"),
        pytest.param("title", "ar", {2: 1}, id="the same in the title"),
        pytest.param("id", "ar", {1: 1}, id="the same as an id"),
        pytest.param("lang", "ar", {1: 1}, id="the same as a language"),
        pytest.param("lang", "en", {0: 1, 2: 1}, id="a language of two articles"),
        pytest.param("body", "en", {1: 1}, id="a language that is a word"),
        pytest.param("id", "en", {}, id="a language that is no id"),
        pytest.param("lang", "kyiv", {}, id="a word that is no language"),
    ],
)
def test_postings_of_a_term_are_those_of_a_field(segment: Segment, field: str, term: str, frequencies: dict[int, int]) -> None:
    number = number_of(segment, term)
    articles, weights = segment.postings(field, number)
    assert (list(articles), segment.frequencies(field, number)) == (list(frequencies), list(frequencies.values()))
    assert len(weights) == len(articles)
    if field in {"id", "lang"}:
        assert list(weights) == [1.0] * len(articles)


@pytest.mark.parametrize(
    ("term", "articles"),
    [("1", 2), ("kyiv", 1), ("ar", 1), ("en", 2), ("9", 1), ("missil", 1), ("und", 0), ("b", 0)],
)
def test_a_term_is_in_an_article_by_its_title_or_its_body(segment: Segment, term: str, articles: int) -> None:
    assert segment.article_frequency(number_of(segment, term)) == articles


def test_lengths_are_counts_of_words_that_have_a_term(segment: Segment) -> None:
    assert [segment.length("title", article) for article in range(4)] == [2, 0, 2, 1]
    assert [segment.length("body", article) for article in range(4)] == [5, 5, 0, 5]
    assert (segment.total_length("title"), segment.total_length("body")) == (5, 15)
    norms = [segment.length_norm("title", article) for article in (0, 2, 3)]
    assert norms == pytest.approx([0.25 + 0.75 * length * 3 / 5 for length in (2, 2, 1)])


def test_a_field_without_words_has_no_tokens_and_no_places(segment: Segment) -> None:
    for field, article in (("title", 1), ("body", 2)):
        assert (list(segment.tokens(field, article)), segment.bounds(field, article)) == ([], [])


def test_tokens_are_numbers_of_four_bytes(segment: Segment) -> None:
    # A phrase is looked for in their bytes.
    for article in range(4):
        tokens = segment.tokens("body", article)
        assert (tokens.format, tokens.itemsize, tokens.contiguous) == ("I", 4, True)


def test_places_count_code_points_of_the_field(segment: Segment) -> None:
    assert segment.bounds("title", 0) == [0, 4, 5, 6]
    assert segment.bounds("body", 0) == [0, 8, 9, 10, 11, 12, 13, 14, 17, 21]
    assert segment.bounds("body", 1) == [0, 9, 10, 11, 14, 16, 17, 20, 21, 26]
    assert segment.bounds("body", 3) == [0, 1, 2, 42, 343, 344, 345, 346, 347, 348]


def test_articles_rank_by_their_ids(segment: Segment) -> None:
    assert [segment.rank(article) for article in range(4)] == [2, 1, 3, 0]


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("missiles", "missil"),
        ("MISSILES", "missil"),
        ("والصواريخ", "صواريخ"),
        ("الصواريخ", None),
        ("missil", None),
        ("ـ", None),
        ("und", None),
        ("", None),
    ],
)
def test_a_word_is_known_in_the_forms_that_articles_have(segment: Segment, word: str, term: str | None) -> None:
    assert segment.known_term(word) == term


# Words by their numbers, and how they are written


def test_words_are_numbered_in_the_order_in_which_they_come(segment: Segment) -> None:
    assert list(map(segment.word, range(len(WORDS)))) == list(WORDS)
    assert list(map(segment.word_term, range(len(WORDS)))) == list(WORDS.values())
    assert segment.vocabulary() == WORDS


@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_from_each_of_its_keys_to_its_word_and_its_start(segment: Segment, name: str) -> None:
    for key in filed_under(name):
        assert [(segment.word(number), start) for number, start in segment.names(key)] == [NAMES[name]]


@pytest.mark.parametrize("key", ["", "K", "k.n", "K.F", "none", "\ud800"])
def test_a_key_of_no_name_leads_nowhere(segment: Segment, key: str) -> None:
    assert key not in KEYS
    assert segment.names(key) == []


WRITTEN = "Kyiv and NATO and Kyiv NATO May may rain, and لكييف وكييف كييف"


@pytest.mark.parametrize(
    ("word", "settled", "small", "capital"),
    [
        pytest.param("and", False, True, False, id="small"),
        pytest.param("AND", False, True, False, id="small, asked in capitals"),
        pytest.param("kyiv", False, False, True, id="with a capital"),
        pytest.param("Nato", False, False, True, id="in capitals"),
        pytest.param("may", False, False, False, id="half and half"),
        pytest.param("rain", False, True, False, id="small once, and never otherwise"),
        pytest.param("لكييف", True, False, False, id="two readings"),
        pytest.param("كييف", False, False, False, id="one reading"),
        pytest.param("unheard", True, False, False, id="a word that it has not"),
        pytest.param("بكييف", True, False, False, id="an Arabic word that it has not"),
        pytest.param("", True, False, False, id="no word"),
    ],
)
def test_a_word_says_how_it_is_written_and_whether_the_corpus_settled_on_its_term(
    tmp_path: Path, *, word: str, settled: bool, small: bool, capital: bool
) -> None:
    segment = Segment(str(made(tmp_path / "segment", [{"id": "a", "lang": "en", "body": WRITTEN}])))
    assert [segment.is_settled(word), segment.is_small(word), segment.is_capital(word)] == [settled, small, capital]
    segment.close()


def test_how_a_word_is_written_is_no_part_of_the_number_of_its_term(tmp_path: Path) -> None:
    segment = Segment(str(made(tmp_path / "segment", [{"id": "a", "lang": "en", "body": WRITTEN}])))
    expected = ["kyiv", "and", "nato", "may", "rain", "كييف", "كييف", "كييف"]
    assert list(map(segment.word_term, range(8))) == expected
    assert [segment.known_term(segment.word(number)) for number in range(8)] == expected
    assert segment.vocabulary() == {word: word for word in ("kyiv", "and", "nato", "may", "rain", "كييف")} | {"وكييف": "كييف"}
    segment.close()


@pytest.mark.parametrize("count", [1, 2, 3, 255, 256, 257])
def test_segments_of_any_size(tmp_path: Path, count: int) -> None:
    articles = [{"id": str(number), "lang": "en", "body": f"same {number}"} for number in range(count)]
    segment = Segment(str(made(tmp_path / "segment", articles)))
    assert segment.article_count == count
    assert list(segment.postings("body", number_of(segment, "same"))[0]) == list(range(count))
    assert [list(segment.postings("body", number_of(segment, str(number)))[0]) for number in range(count)] == [
        [number] for number in range(count)
    ]
    segment.close()


# What is not there


OF_AN_ARTICLE: dict[str, Ask] = {
    "tokens": lambda segment, article: segment.tokens("body", article),
    "bounds": lambda segment, article: segment.bounds("title", article),
    "length": lambda segment, article: segment.length("body", article),
    "length_norm": lambda segment, article: segment.length_norm("title", article),
    "rank": lambda segment, article: segment.rank(article),
    "stored": lambda segment, article: segment.stored(article),
}
OF_A_TERM: dict[str, Ask] = {
    "term": lambda segment, number: segment.term(number),
    "article_frequency": lambda segment, number: segment.article_frequency(number),
    "postings": lambda segment, number: segment.postings("body", number),
    "frequencies": lambda segment, number: segment.frequencies("id", number),
}
OF_A_WORD: dict[str, Ask] = {
    "word": lambda segment, number: segment.word(number),
    "word_term": lambda segment, number: segment.word_term(number),
}


@pytest.mark.parametrize("ask", OF_AN_ARTICLE.values(), ids=OF_AN_ARTICLE)
@pytest.mark.parametrize("article", [4, 5, 2**32, -1])
def test_an_article_that_is_not_there_is_damage(segment: Segment, ask: Ask, article: int) -> None:
    with pytest.raises(DamagedIndexError, match=r"it numbers an article that it has not.*run index"):
        ask(segment, article)


@pytest.mark.parametrize("ask", OF_A_TERM.values(), ids=OF_A_TERM)
@pytest.mark.parametrize("number", [len(TERMS), 2**32 - 1])
def test_a_term_that_is_not_there_is_damage(segment: Segment, ask: Ask, number: int) -> None:
    with pytest.raises(DamagedIndexError, match="run index"):
        ask(segment, number)


@pytest.mark.parametrize("ask", OF_A_WORD.values(), ids=OF_A_WORD)
@pytest.mark.parametrize("number", [len(WORDS), 2**29 - 1])
def test_a_word_that_is_not_there_is_damage(segment: Segment, ask: Ask, number: int) -> None:
    with pytest.raises(DamagedIndexError, match="run index"):
        ask(segment, number)


# What is damaged


@pytest.mark.parametrize("name", KINDS)
def test_a_file_that_is_missing_cut_off_or_another_is_damage(copy: Path, name: str) -> None:
    file = file_of(copy, name)
    data = file.read_bytes()
    for content in (b"", data[:-1], data[: len(data) // 2], data + b"\0", data[::-1], bytes(len(data))):
        file.write_bytes(content)
        with pytest.raises(DamagedIndexError, match=rf"index.* is damaged \(its file {name} (is|has) .*\): run index"):
            Segment(str(copy))
    file.unlink()
    with pytest.raises(DamagedIndexError, match=rf"its file {name} cannot be read \(No such file"):
        Segment(str(copy))
    file.mkdir()
    with pytest.raises(DamagedIndexError, match=rf"its file {name} cannot be read"):
        Segment(str(copy))


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_the_same_name_of_another_generation_is_damage(copy: Path, tmp_path: Path, name: str) -> None:
    other = made(tmp_path / "other")
    shutil.copy(file_of(other, name), file_of(copy, name))
    with pytest.raises(DamagedIndexError, match="its files do not belong to each other"):
        Segment(str(copy))


SECTIONS = [(name, place) for name, kinds in KINDS.items() for place in range(len(kinds))]


def rewrite(folder: Path, name: str, place: int, change: Callable[["array[Any]"], Any]) -> None:
    """Writes a file anew, one of its sections changed, all else as it is."""
    stamp, views = read_arrays(str(file_of(folder, name)), KINDS[name])
    arrays = [array(kind, view.tolist()) for kind, view in zip(KINDS[name], views, strict=True)]
    changed = change(arrays[place])
    arrays[place] = array(KINDS[name][place], changed) if isinstance(changed, list) else arrays[place]
    write_arrays(str(file_of(folder, name)), [(data.typecode, data) for data in arrays], stamp)


def everything(segment: Segment) -> Iterator[Callable[[], object]]:
    """Every question that can be asked of a segment."""
    yield segment.vocabulary
    for word in [*TERMS, *FORMS, *STOP_WORDS, "missiles", "Kyiv", "والصواريخ", "unheard", ""]:
        yield partial(segment.number_of, word)
        yield partial(segment.known_term, word)
        yield partial(segment.from_term, word.encode())
        yield lambda word=word: list(map(segment.term, segment.forms(word)))  # type: ignore[misc]
        yield partial(segment.is_stop_word, word)
        yield from (partial(ask, word) for ask in (segment.is_settled, segment.is_small, segment.is_capital))
    for key in [*KEYS, "none", ""]:
        yield lambda key=key: [(segment.word(n), segment.word_term(n)) for n, _ in segment.names(key)]  # type: ignore[misc]
    for key in [*TRANSLATED, "none", ""]:
        yield lambda key=key: [list(map(segment.term, way)) for way, _ in segment.translations(key)]  # type: ignore[misc]
    for number in range(len(WORDS)):
        yield from (partial(segment.word, number), partial(segment.word_term, number))
    for gram in [*GRAMS, "none", ""]:
        yield lambda gram=gram: list(map(segment.term, segment.with_gram(gram)))  # type: ignore[misc]
    for number in range(segment.term_count):
        yield partial(segment.term, number)
        yield partial(segment.article_frequency, number)
        for field in LISTED:
            yield partial(segment.postings, field, number)
            yield partial(segment.frequencies, field, number)
    for article in range(segment.article_count):
        yield partial(segment.rank, article)
        yield partial(segment.stored, article)
        for field in SEARCHED:
            yield partial(segment.tokens, field, article)
            yield partial(segment.bounds, field, article)
            yield partial(segment.length, field, article)
            yield partial(segment.length_norm, field, article)
    yield from (partial(segment.total_length, field) for field in SEARCHED)


def complaints(folder: Path) -> set[str]:
    """All that is said of a segment when it is opened and asked everything; any other error is the test's."""
    try:
        segment = Segment(str(folder))
    except DamagedIndexError as error:
        return {str(error)}
    found = set()
    for question in everything(segment):
        try:
            question()
        except DamagedIndexError as error:
            found.add(str(error))
    segment.close()
    return found


@pytest.mark.parametrize(("name", "place"), SECTIONS)
def test_a_section_that_is_too_short_or_too_long_is_damage(copy: Path, name: str, place: int) -> None:
    assert not complaints(copy)
    before = file_of(copy, name).read_bytes()
    rewrite(copy, name, place, lambda values: values.tolist()[:-1])
    assert complaints(copy)
    file_of(copy, name).write_bytes(before)
    rewrite(copy, name, place, lambda values: [*values.tolist(), values[-1]])
    assert complaints(copy)


@pytest.mark.parametrize("last", [0, 2**32 - 1], ids=["before its start", "beyond the file"])
@pytest.mark.parametrize(
    ("name", "place", "complaint"),
    [
        ("terms", 5, "its file terms places postings outside their file"),
        ("articles", 1, "its file articles places an article outside its files"),
        ("articles", 2, "its file articles places an article outside its files"),
        ("articles", 3, "its file articles places an article outside its files"),
        ("related", 4, "its file related places what it has outside of itself"),
        ("related", 11, "its file related places what it has outside of itself"),
        ("words", 6, "its file words places what it has outside of itself"),
    ],
)
def test_an_end_that_is_out_of_order_is_damage(copy: Path, name: str, place: int, complaint: str, last: int) -> None:
    # The last one of all is compared with the length of the file; here it is the last but one.
    rewrite(copy, name, place, lambda values: [*values[:-2], last, values[-1]])
    assert any(complaint in said for said in complaints(copy))


def is_of_buckets(kinds: str, place: int) -> bool:
    """Whether a section says where the buckets of a table of strings end, of which there is at least one."""
    return kinds[max(0, place - 2) : place + 2] == STRING_KINDS


def test_a_segment_of_nothing_is_damage(copy: Path) -> None:
    for name, kinds in KINDS.items():
        stamp, _ = read_arrays(str(file_of(copy, name)), kinds)
        data = [array(kind, bytes(4) if is_of_buckets(kinds, place) else b"") for place, kind in enumerate(kinds)]
        write_arrays(str(file_of(copy, name)), [(section.typecode, section) for section in data], stamp)
    rewrite(copy, "articles", 0, lambda _: [0, 0, 0, 0])
    with pytest.raises(DamagedIndexError, match="its files do not belong to each other"):
        Segment(str(copy))


NOISE = st.integers(0, 40) | st.sampled_from([2**31, 2**32 - 1, 2**64 - 1]) | st.integers(0, 2**64 - 1)


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_that_were_not_written_are_other_answers_or_damage_and_no_other_error(copy: Path, data: st.DataObject) -> None:
    # The checksums of a large index are not looked at when it is opened.
    kept = {name: file_of(copy, name).read_bytes() for name in KINDS}
    for _ in range(data.draw(st.integers(1, 3))):
        name, place = data.draw(st.sampled_from(SECTIONS))

        def change(values: "array[Any]") -> None:
            item = data.draw(st.integers(0, len(values) - 1))
            if values.typecode == "f":
                values[item] = data.draw(st.floats(width=32, allow_nan=False, allow_infinity=False))
            else:
                values[item] = data.draw(NOISE) % 256**values.itemsize

        rewrite(copy, name, place, change)
    complaints(copy)
    for name, content in kept.items():
        file_of(copy, name).write_bytes(content)


@pytest.mark.parametrize("weight", [math.nan, math.inf, -math.inf, -1.0, 1e38])
def test_weights_that_were_not_written_are_other_answers_or_damage_and_no_other_error(copy: Path, weight: float) -> None:
    rewrite(copy, "weights", 0, lambda values: [weight] * len(values))
    complaints(copy)


@pytest.mark.parametrize("name", KINDS)
def test_a_byte_that_was_not_written_is_no_other_error(copy: Path, name: str) -> None:
    data = file_of(copy, name).read_bytes()
    for place in range(len(data)):
        file_of(copy, name).write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        complaints(copy)


def cut(raw: bytes) -> bytes:
    return zlib.compress(raw)[:-1]


@pytest.mark.parametrize(
    ("pack", "raw"),
    [
        pytest.param(zlib.compress, b"", id="nothing"),
        pytest.param(zlib.compress, bytes(27), id="not even the lengths"),
        pytest.param(zlib.compress, bytes(28) + b"more", id="more text than the lengths say"),
        pytest.param(zlib.compress, b"\1" + bytes(27), id="less text than the lengths say"),
        pytest.param(zlib.compress, b"\1" + bytes(27) + b"\xff", id="no UTF-8"),
        pytest.param(zlib.compress, b"\2" + bytes(27) + "é".encode(), id="lengths in bytes"),
        pytest.param(zlib.compress, b"\xff" * 28, id="lengths beyond all measure"),
        pytest.param(cut, bytes(28), id="without its checksum"),
        pytest.param(lambda raw: zlib.compress(raw) + b"!", bytes(28), id="more behind it"),
        pytest.param(bytes, bytes(28), id="not compressed"),
        pytest.param(bytes, b"", id="no bytes at all"),
    ],
)
def test_stored_fields_that_are_not_what_was_written_are_damage(
    tmp_path: Path, pack: Callable[[bytes], bytes], raw: bytes
) -> None:
    folder = made(tmp_path / "index" / "gen-1", ARTICLES[:1])
    packed = pack(raw)
    stamp, _ = read_arrays(str(file_of(folder, "texts")), KINDS["texts"])
    write_arrays(str(file_of(folder, "texts")), [("B", packed)], stamp)
    rewrite(folder, "articles", 1, lambda _: [len(packed)])
    segment = Segment(str(folder))
    with pytest.raises(DamagedIndexError, match="its file texts is not what was written"):
        segment.stored(0)


def test_stored_fields_that_would_fill_the_memory_are_damage(segment: Segment, monkeypatch: pytest.MonkeyPatch) -> None:
    assert segment.stored(2) == dict.fromkeys(STORED, "") | ARTICLES[2]
    monkeypatch.setattr(index.segment, "_LONGEST_ARTICLE", 20)
    with pytest.raises(DamagedIndexError, match="its file texts is not what was written"):
        segment.stored(2)


def test_the_message_names_the_index_and_not_its_generation(copy: Path) -> None:
    file_of(copy, "words").unlink()
    with pytest.raises(DamagedIndexError) as raised:
        Segment(str(copy))
    assert f"{os.path.dirname(copy)} is damaged" in str(raised.value)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="open files are counted in /proc")
def test_files_are_given_back_when_a_segment_is_closed_or_refused(copy: Path) -> None:
    gc.collect()  # what other tests have left
    before = len(os.listdir("/proc/self/fd"))
    segment = Segment(str(copy))
    assert len(os.listdir("/proc/self/fd")) == before + len(KINDS)
    segment.stored(0)
    segment.close()
    assert len(os.listdir("/proc/self/fd")) == before
    file_of(copy, "words").unlink()
    with suppress(DamagedIndexError):
        Segment(str(copy))
    assert len(os.listdir("/proc/self/fd")) == before
