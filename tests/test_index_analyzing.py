"""Why a word matches, as `index --analyze` tells it."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Commands, refusal
from index.analyzing import AnalyzedWord, analyze_words, lines, record
from index.store import Store

SCRIPTS = [
    pytest.param("Patriot", "latin", id="English"),
    pytest.param("صواريخ", "arabic", id="Arabic"),
    pytest.param("\ufebb\ufeee\ufe8d", "arabic", id="presentation forms"),
    pytest.param("می", "arabic", id="Persian"),
    pytest.param("Москва", "cyrillic", id="Russian"),
    pytest.param("北京", "cjk", id="Chinese"),
    pytest.param("서울", "hangul", id="Korean"),
    pytest.param("٨٬٠٠٠", "number", id="a number in Arabic digits"),
    pytest.param("10:00", "number", id="a time"),
    pytest.param("F-16", "latin", id="letters before a number"),
]


def analyzed(text: str, store: Store | None = None) -> AnalyzedWord:
    (word,) = analyze_words(text, store)
    return word


@pytest.mark.parametrize(("word", "script"), SCRIPTS)
def test_a_word_has_the_script_of_its_letters(word: str, script: str) -> None:
    assert analyzed(word).script == script


def test_without_an_index_both_readings_are_told_and_no_articles() -> None:
    word = analyzed("لكييف")
    assert (word.folded, word.readings, word.term) == ("لكييف", ("لكييف", "كييف"), "لكييف")
    assert (word.articles, word.stop_word, word.variants) == (None, None, ())


def test_an_index_decides_between_the_readings(store_of: Callable[..., Store]) -> None:
    store = store_of({"id": "a", "text": "وصل إلى كييف"}, {"id": "b", "text": "سافر لكييف"})
    word = analyzed("لكييف", store)
    assert (word.term, word.articles) == ("كييف", 2)


def test_variants_are_those_of_the_index(store_of: Callable[..., Store]) -> None:
    store = store_of({"id": "a", "text": "صواريخ missiles"})
    assert analyzed("وصاروخ", store).variants == ((("صواريخ",), "plural", 0.25), (("missil",), "translation", 1.0))
    assert analyzed("missle", store).variants == ((("missil",), "alike", 0.5),)
    assert analyzed("patriot", store).variants == ()


def test_a_stop_word_is_told(store_of: Callable[..., Store]) -> None:
    store = store_of({"id": "a", "text": "the news"})
    assert "stop word" in "\n".join(lines(analyzed("The", store)))
    assert "stop word" not in "\n".join(lines(analyzed("news", store)))


def test_what_nothing_is_left_of_is_told() -> None:
    assert "  term      none: nothing of it is left" in list(lines(analyzed("ـ")))


@given(st.text(max_size=40))
def test_offsets_give_back_the_word_as_it_was_written(text: str) -> None:
    for word in analyze_words(text, None):
        assert text[word.start : word.end] == word.word
        assert all(line.isprintable() for line in lines(word))
        assert json.loads(json.dumps(record(word)))["word"] == word.word


def test_the_command_tells_a_word_after_the_other(indexed: Commands) -> None:
    said = indexed.index("--analyze", "missle", "لكييف").stdout.splitlines()
    assert [line for line in said if not line.startswith(" ")] == ["missle", "لكييف"]
    assert "  variant   missil (alike, weight 0.5)" in said
    assert "  term      كييف (in 1 article)" in said


def test_the_command_writes_json(indexed: Commands) -> None:
    done = json.loads(indexed.index("--analyze", "وصاروخ", "--json").stdout)
    assert (done["text"], done["index"]) == ("وصاروخ", ".search-index")
    assert done["words"] == [
        {
            "word": "وصاروخ",
            "start": 0,
            "end": 6,
            "script": "arabic",
            "folded": "وصاروخ",
            "readings": ["صاروخ"],
            "term": "صاروخ",
            "stop_word": False,
            "articles": 0,
            "variants": [
                {"term": "صواريخ", "origin": "plural", "weight": 0.25},
                {"term": "missil", "origin": "translation", "weight": 1.0},
            ],
        }
    ]


def test_without_an_index_the_command_says_so_and_builds_none(seeded: Commands) -> None:
    done = seeded.index("--analyze", "لكييف")
    assert done.stdout.startswith("no index: terms as far as no corpus is asked, and no variants\nلكييف\n")
    assert not (seeded.folder / ".search-index").exists()


def test_an_index_that_is_named_must_be_there(seeded: Commands) -> None:
    assert "nowhere" in refusal(seeded.index("--analyze", "x", "--index", "nowhere"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--analyze", "..."], "holds no word", id="a text without words"),
        pytest.param(["--json"], "--analyze", id="JSON of a build"),
    ],
)
def test_what_cannot_be_analyzed_is_refused(indexed: Commands, arguments: list[str], said: str) -> None:
    assert said in refusal(indexed.index(*arguments))


def test_hostile_text_is_shown_without_its_controls(indexed: Commands) -> None:
    done = indexed.index("--analyze", "a\u202eb c\x1b[31m")
    assert done.returncode == 0
    assert not set("\u202e\x1b") & set(done.stdout)
