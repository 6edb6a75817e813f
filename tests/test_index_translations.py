"""What a word or phrase of a question is called in the other language; and what is read of it from the arrays of an index."""

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.array_writing import planes, write_arrays
from index.arrays import read_arrays
from index.build import build
from index.errors import DamagedIndexError
from index.generation import open_generation
from index.inverting import Inverter
from index.lexicon.entries import parse_entry
from index.lexicon.pairs import Pairs, pairs_of
from index.segment import HUNDREDTHS, KINDS, NAME, SEARCHED, Segment
from index.store import Store
from index.translations import translations_of, translations_of_phrase

LEXICON = [
    "missile\tصاروخ/صواريخ, قذيفة",
    "ceasefire\tوقف إطلاق النار, هدنة",
    "White House\tالبيت الأبيض",
    "white\tأبيض",
    "house\tبيت, منزل",
    "general\tعام",
    "generally\tعموما",
    "general\tلواء",
    "weapon\tسلاح/أسلحة",
    "weaponize\tعسكر",
    "weaponry\tعتاد",
    "policy\tسياسة",
    "police\tشرطة",
    "cause\tتسبب/يتسبب",
    "city\tمدينة",
    "cup\tكأس",
    "world\tعالم",
    "World Cup\tكأس العالم",
    "Ministry of Defense\tوزارة الدفاع",
    "zorblax\tنصزخ, ظشف",
    "sports\tرياضة",
    "dying\tمحتضر",
    "died\tتوفي",
]
OWN = "-zorblax\tنصزخ\nweapon\tمدفع\n-weaponize\tسلاح\n"
ARTICLES = [
    "missiles ceasefire white house White House generally general weapon weaponize weaponry policy police cause city cup world",
    "World Cup Ministry of Defense zorblax sports dying died Élysée",
    "صاروخ صواريخ قذيفة وقف لإطلاق النار هدنة البيت الأبيض منزل عام عموما لواء سلاح أسلحة عسكر عتاد سياسة شرطة يتسبب مدينة",
    "كأس العالم وزارة الدفاع نصزخ ظشف رياضة محتضر توفي مدفع",
]


def pairs_from(lines: Sequence[str]) -> Pairs:
    return pairs_of((parse_entry(line.split("\t")), 1.0) for line in lines)


@pytest.fixture(name="store", scope="module")
def store_of_a_small_lexicon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("translations")
    (folder / "news").mkdir()
    (folder / "news" / "words.tsv").write_text(OWN, encoding="utf-8")
    records = [{"id": str(number), "text": text} for number, text in enumerate(ARTICLES)]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "news" / "articles.jsonl").write_text(lines, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.build.lexicon_pairs", lambda _: pairs_from(LEXICON))
        build([str(folder / "news")], str(folder / "index"))
    store = Store(open_generation(str(folder / "index")))
    yield store
    store.close()


Found = dict[str, float]


def found(store: Store, word: str) -> Found:
    known = translations_of(store, word, store.term_of(word))
    return {" ".join(terms): likely for terms, likely in known.items()}


def found_together(store: Store, words: str) -> Found:
    known = translations_of_phrase(store, [store.term_of(word) for word in words.split()])
    return {" ".join(terms): likely for terms, likely in known.items()}


def terms(store: Store, *words: str) -> set[str]:
    return {" ".join(map(store.term_of, word.split())) for word in words}


# Words

WORDS = [
    pytest.param("missile", ["صاروخ", "صواريخ", "قذيفة"], id="a word"),
    pytest.param("Missiles", ["صاروخ", "صواريخ", "قذيفة"], id="a form of it"),
    pytest.param("صاروخ", ["missile"], id="an Arabic word"),
    pytest.param("والصواريخ", ["missile"], id="a form of it with what stands before"),
    pytest.param("ceasefire", ["وقف لإطلاق النار", "هدنة"], id="phrases, one of them hidden behind a preposition"),
    pytest.param("هدنة", ["ceasefire"], id="from the Arabic"),
    pytest.param("drone", [], id="a word that the lexicon lacks"),
    pytest.param("مسيرة", [], id="an Arabic word that the lexicon lacks"),
    pytest.param("Élysée", [], id="a word with accents"),
    pytest.param("Москва", [], id="another script"),
    pytest.param("550", [], id="a number"),
    pytest.param("the", [], id="a stop word"),
]


@pytest.mark.parametrize(("word", "expected"), WORDS)
def test_a_word_has_its_translations(store: Store, word: str, expected: list[str]) -> None:
    assert found(store, word).keys() == terms(store, *expected)


def test_the_likeliest_translation_comes_first(store: Store) -> None:
    assert list(found(store, "missile").items()) == [("صاروخ", 1.0), ("صواريخ", 1.0), ("قذيف", 0.75)]


def test_what_the_user_took_out_is_not_at_all_likely_in_either_direction(store: Store) -> None:
    assert found(store, "zorblax") == {"ظشف": 0.75, "نصزخ": 0.0}
    assert found(store, "نصزخ") == {"zorblax": 0.0}
    assert found(store, "ظشف") == {"zorblax": 0.75}


# English words of one term

HEADWORDS = [
    pytest.param("general", ["عام", "لواء"], id="a headword"),
    pytest.param("General", ["عام", "لواء"], id="with a capital"),
    pytest.param("generals", ["عام", "لواء"], id="a form of a headword"),
    pytest.param("generally", ["عموما"], id="the other one"),
    pytest.param("generalised", ["عام", "لواء", "عموما"], id="a word of their term that is no headword"),
    pytest.param("weaponry", ["عتاد"], id="a word that has a term of its own"),
    pytest.param("policies", ["سياسة"], id="a form with another term"),
    pytest.param("police", ["شرطة"], id="a word that looks like it"),
]


@pytest.mark.parametrize(("word", "expected"), HEADWORDS)
def test_words_of_one_term_have_the_translations_of_their_own_headword(store: Store, word: str, expected: list[str]) -> None:
    if word == "generalised":
        assert store.term_of(word) == store.term_of("general") == store.term_of("generally")
    assert found(store, word).keys() == terms(store, *expected)


def test_own_words_hold_for_each_headword_of_a_term(store: Store) -> None:
    assert store.term_of("weapon") == store.term_of("weaponize")
    arms, added, verb = (store.term_of(word) for word in ("أسلحة", "مدفع", "عسكر"))
    assert found(store, "weapons") == {arms: 1.0, added: 1.0, "سلاح": 0.0}
    assert found(store, "weaponize") == {verb: 1.0, added: 1.0, "سلاح": 0.0}


# Arabic words that the lexicon lacks

PLAINER = [
    pytest.param("سيتسبب", ["cause"], id="the future"),
    pytest.param("سيتسببان", ["cause"], id="two in the future"),
    pytest.param("نتسبب", ["cause"], id="another person"),
    pytest.param("مدينتي", ["city"], id="before a pronoun"),
    pytest.param("صاروخان", ["missile"], id="two of a noun"),
]


@pytest.mark.parametrize(("word", "expected"), PLAINER)
def test_a_word_that_the_lexicon_lacks_has_those_of_what_it_may_be_a_form_of(
    store: Store, word: str, expected: list[str]
) -> None:
    assert found(store, word).keys() == terms(store, *expected)


RUN_TOGETHER = [
    pytest.param("كأسالعالم", ["cup", "world"], id="two words"),
    pytest.param("هدنةصاروخ", ["ceasefire", "missile"], id="two others"),
    pytest.param("هذهالهدنة", ["ceasefire"], id="a stop word and another"),
    pytest.param("كأسزرقغطف", [], id="one of them is unknown"),
    pytest.param("زرقغطفكأس", [], id="the first one is unknown"),
    pytest.param("هذههؤلاء", [], id="stop words alone"),
    pytest.param("بيتعام", [], id="less than seven letters"),
]


@pytest.mark.parametrize(("word", "expected"), RUN_TOGETHER)
def test_words_that_were_run_together_have_the_translations_of_both(store: Store, word: str, expected: list[str]) -> None:
    assert found(store, word).keys() == terms(store, *expected)


# Phrases

PHRASES = [
    pytest.param("White House", ["البيت الأبيض"], id="English"),
    pytest.param("white houses", ["البيت الأبيض"], id="in other forms"),
    pytest.param("البيت الأبيض", ["White House"], id="Arabic"),
    pytest.param("وقف إطلاق النار", ["ceasefire"], id="a phrase for a word"),
    pytest.param("World Cup", ["كأس العالم"], id="another"),
    pytest.param("Ministry Defense", ["وزارة الدفاع"], id="without its stop word"),
    pytest.param("وزارة الدفاع", ["Ministry of Defense"], id="found with its stop word"),
    pytest.param("House White", [], id="in another order"),
    pytest.param("White", ["أبيض"], id="a part alone is a word"),
    pytest.param("missile ceasefire", [], id="no phrase"),
]


@pytest.mark.parametrize(("words", "expected"), PHRASES)
def test_words_that_are_an_entry_together_have_its_translations(store: Store, words: str, expected: list[str]) -> None:
    assert found_together(store, words).keys() == terms(store, *expected)


def test_no_words_are_no_phrase(store: Store) -> None:
    assert translations_of_phrase(store, []) == {}


@given(
    st.text("صاروخيتسبنكأعلمةوe ", min_size=1, max_size=12).filter(str.strip)
    | st.text("generalypoic's", min_size=1, max_size=9)
    | st.text(min_size=1, max_size=5)
)
@example("ـ")
@example("ا")
def test_any_word_has_translations_that_the_articles_have(store: Store, word: str) -> None:
    term = store.term_of(word)
    for translated, likely in translations_of(store, word, term).items():
        assert 0 <= likely <= 1
        assert translated
        assert all(map(store.articles_with, translated))


# As the arrays have it


@pytest.fixture
def segment(tmp_path: Path) -> Iterator[Segment]:
    """A segment of two articles, whose lexicon has two phrases."""
    folder = tmp_path / "index" / "gen-1"
    folder.mkdir(parents=True)
    inverter = Inverter(str(folder), {}, pairs_from(["missile\tصاروخ, صاروخ كبير", "big missile\tصاروخ كبير"]))
    inverter.add({"id": "en", "lang": "en", "title": "big missile", "body": "missile " + "big " * 5})
    inverter.add({"id": "ar", "lang": "ar", "body": "صاروخ كبير"})
    inverter.close()
    segment = Segment(str(folder))
    yield segment
    segment.close()


def numbers_of(segment: Segment, terms: str) -> list[int | None]:
    return list(map(segment.number_of, terms.split()))


def test_translations_are_the_numbers_of_terms_next_to_each_other(segment: Segment) -> None:
    (word, likely), (phrase, less) = segment.translations("missil")
    assert (list(word), likely) == (numbers_of(segment, "صاروخ"), 1.0)
    assert (list(phrase), less) == (numbers_of(segment, "صاروخ كبير"), 0.75)
    ((back, _),) = segment.translations("صاروخ")
    assert list(back) == numbers_of(segment, "missil")
    assert [list(numbers) for numbers, _ in segment.translations("صاروخ كبير")] == [
        numbers_of(segment, "big missil"),
        numbers_of(segment, "missil"),
    ]


@pytest.mark.parametrize("key", ["", "none", "missile", " missil", "missil ", "missil big", "=missile", "\ud800"])
def test_what_is_no_key_has_no_translations(segment: Segment, key: str) -> None:
    assert segment.translations(key) == []


def rewrite(path: str, place: int, change: Callable[["array[Any]"], object]) -> None:
    """Writes the translations of a segment anew, one of their sections changed."""
    file = f"{path}/{NAME}.translations"
    kinds = KINDS["translations"]
    stamp, views = read_arrays(file, kinds)
    arrays = [array(kind, view.tolist()) for kind, view in zip(kinds, views, strict=True)]
    change(arrays[place])
    write_arrays(file, [(data.typecode, data) for data in arrays], stamp)


def numbering(target: int) -> Callable[["array[Any]"], object]:
    """Makes every translation one with the number of a target."""

    def change(data: "array[Any]") -> None:
        packed = array("I", [target * HUNDREDTHS + 100] * (len(data) // 3))
        data[:] = array("B", bytes(planes(packed, 1)))

    return change


def set_first(data: "array[Any]") -> None:
    data[0] = 99


DAMAGED = [
    pytest.param(2, lambda data: data.pop(), "has sections that do not fit each other", id="hashes"),
    pytest.param(3, lambda data: data.pop(), "has sections that do not fit each other", id="ends of lists"),
    pytest.param(4, lambda data: data.pop(), "has sections that do not fit each other", id="lists"),
    pytest.param(0, lambda data: data.pop(), "its files do not belong to each other", id="a phrase is gone"),
    pytest.param(1, lambda data: data.pop(), "its files do not belong to each other", id="a term of a phrase is gone"),
    pytest.param(3, set_first, "outside (of )?itself", id="a list ends behind its end"),
    pytest.param(0, set_first, "outside (of )?itself", id="a phrase ends behind its end"),
    pytest.param(4, numbering(1000), "it numbers a phrase that it has not", id="a phrase beyond all"),
]


@pytest.mark.parametrize(("place", "change", "complaint"), DAMAGED)
def test_translations_that_are_not_what_was_written_are_damage(
    segment: Segment, place: int, change: Callable[["array[Any]"], object], complaint: str
) -> None:
    rewrite(segment._path, place, change)

    def ask() -> None:
        damaged = Segment(segment._path)
        for key in ("missil", "صاروخ", "صاروخ كبير", "big missil"):
            for numbers, _ in damaged.translations(key):
                list(map(damaged.term, numbers))

    with pytest.raises(DamagedIndexError, match=complaint):
        ask()


def test_low_tokens_are_the_lowest_bytes_of_the_tokens(tmp_path: Path) -> None:
    words = [f"word{number}x" for number in range(600)]
    inverter = Inverter(str(tmp_path), {})
    inverter.add({"id": "a", "lang": "en", "title": " ".join(words[:40]), "body": " ".join(words)})
    inverter.add({"id": "b", "lang": "en", "body": " ".join(reversed(words))})
    inverter.add({"id": "c", "lang": "en", "title": "a title alone"})
    inverter.close()
    segment = Segment(str(tmp_path))
    assert segment.term_count > 512
    for article in range(segment.article_count):
        for field in SEARCHED:
            tokens = segment.tokens(field, article).tolist()
            assert segment.low_tokens(field, article) == bytes(number & 255 for number in tokens)
            assert len(tokens) == segment.length(field, article)
    with pytest.raises(DamagedIndexError, match="it numbers an article that it has not"):
        segment.low_tokens("body", 3)
    segment.close()


@pytest.mark.parametrize("count", [300, (1 << 24) + 1], ids=["three bytes", "four bytes"])
def test_low_tokens_are_so_whatever_the_size_of_the_numbers(
    segment: Segment, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    numbers = array("I", [1, 257, count - 1, 0, 255, 256, 7, 8])
    monkeypatch.setattr(segment, "_tokens", memoryview(bytes(planes(numbers, count))).toreadonly())
    monkeypatch.setattr(segment, "_token_ends", memoryview(array("Q", [len(segment._tokens), len(segment._tokens)])))
    assert segment.length("title", 0) == 2
    assert segment.length("body", 0) == 6
    for field, expected in (("title", numbers[:2]), ("body", numbers[2:])):
        assert segment.tokens(field, 0).tolist() == expected.tolist()
        assert segment.low_tokens(field, 0) == bytes(number & 255 for number in expected)
