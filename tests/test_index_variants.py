"""What else a word of a question may be written as in the articles: plurals, look-alikes, names with numbers, prepositions."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.analysis.words import is_arabic
from index.store import Store
from index.variants import TRANSLATED, variants_of

StoreOf = Callable[..., Store]

# Spellings of one name, as the articles of nobody have them: a vowel parts each from the first.
NAME, *SPELLINGS = (f"k{first}ndah{last}rk" for first in "aeiou" for last in "aeiou" if "a" in (first, last))
# Words that have plurals, look-alikes, numbers and prepositions among each other.
WORDS = [
    *("صاروخ", "صواريخ", "رجل", "رجال", "زيلينسكي", "زيلنسكي", "كييف", "لكييف", "طاقة", "بطاقة", "قصف", "قصر", "١٩"),
    *("man", "men", "policeman", "policemen", "missile", "missle", "Zelensky", "Zelenskyy", "Zelenskiy", "Iran", "Iraq"),
    *("covid", "COVID-19", "COVID-20", "19", "F-16", "16", "F", "MiG", "MiG-29", "Kharkiv", "Kharkov", "Élysée", "Москва"),
]


def store_with(store_of: StoreOf, *texts: str) -> Store:
    return store_of(*({"id": str(number), "text": text} for number, text in enumerate(texts)))


def found(store: Store, word: str) -> list[tuple[str, str, float]]:
    """The variants of a word, the terms of each joined."""
    return [(" ".join(terms), origin, weight) for terms, origin, weight in variants_of(store, word, store.term_of(word))]


def terms(store: Store, word: str) -> set[str]:
    return {term for term, _, _ in found(store, word)}


@pytest.mark.parametrize(
    ("word", "text", "other"),
    [
        pytest.param("صاروخ", "صواريخ", "صواريخ", id="a broken plural"),
        pytest.param("صواريخ", "صاروخ", "صاروخ", id="the singular of a broken plural"),
        pytest.param("بالصاروخ", "والصواريخ", "صواريخ", id="with what is written together with it"),
        pytest.param("برنامج", "برامج", "برامج", id="a plural that looks alike, too, is a plural"),
    ],
)
@pytest.mark.parametrize("there", [True, False], ids=["it is in an article", "it is in none"])
def test_plurals_are_found_in_both_directions(store_of: StoreOf, word: str, text: str, other: str, *, there: bool) -> None:
    store = store_with(store_of, text, *[word] * there, "peace")
    assert found(store, word) == [(store.term_of(other), "plural", 0.25)]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        pytest.param("missle", "missile", id="a slip in English"),
        pytest.param("Zelenskyy", "Zelensky", id="an English spelling of a name"),
        pytest.param("Zelensky", "Zelenskyy", id="the other one"),
        pytest.param("زيلينسكي", "زيلنسكي", id="an Arabic spelling of a name"),
        pytest.param("زيلنسكي", "زيلينسكي", id="the other Arabic one"),
        pytest.param("وزيلنسكي", "وزيلينسكي", id="with what is written together with it"),
        pytest.param("covid", "COVID-19", id="a name without its number"),
        pytest.param("COVID-19", "covid", id="a name with its number"),
        pytest.param("covid19", "covid", id="a name with its number, in one word"),
        pytest.param("MiG", "MiG-29", id="three letters are name enough for a number"),
        pytest.param("كييف", "لكييف", id="a name known only behind a preposition"),
        pytest.param("كييف", "بكييف", id="behind another one"),
        pytest.param("كييف", "فكييف", id="behind one that is a conjunction, mostly"),
        pytest.param("كييف", "ككييف", id="behind the one of comparisons"),
        pytest.param("ألمانيا", "بألمانيا", id="behind a preposition, and its hamza says that it has no article"),
        pytest.param("Hoathi", "Houthi", id="a slip in the middle of a short word that is in no article"),
    ],
)
def test_look_alikes_are_found(store_of: StoreOf, word: str, text: str) -> None:
    store = store_with(store_of, text, "peace")
    assert found(store, word) == [(store.term_of(text), "alike", 0.5)]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        pytest.param("Iran", "Iraq", id="short English words"),
        pytest.param("قصف", "قصر", id="short Arabic words: bombing, palace"),
        pytest.param("حزب", "حرب", id="short Arabic words: party, war"),
        pytest.param("19", "COVID-19", id="the number of a name"),
        pytest.param("COVID-19", "19", id="a name, and its number alone"),
        pytest.param("COVID-19", "COVID-20", id="a name with another number"),
        pytest.param("covid", "covid19a", id="more than a number behind the name"),
        pytest.param("covid", "covidiot 19", id="a longer word, and a number"),
        pytest.param("F-16", "16", id="a type, and its number alone"),
        pytest.param("16", "F-16", id="a number, and a type"),
        pytest.param("F", "F-16", id="a letter is no name"),
        pytest.param("F-16", "F", id="a type, and its letter"),
        pytest.param("G-20", "G-7", id="two of one letter"),
        pytest.param("طاقة", "بطاقة", id="energy, and a card, whose first letter is no preposition"),
        pytest.param("missiles", "missile", id="the same term"),
        pytest.param("اوكرانيا", "أوكرانيا", id="the same Arabic term, another hamza"),
    ],
)
def test_another_word_is_no_variant(store_of: StoreOf, word: str, text: str) -> None:
    assert found(store_with(store_of, text, "peace"), word) == []


def test_a_hamza_more_or_less_is_the_same_term(store_of: StoreOf) -> None:
    store = store_with(store_of, "أوكرانيا")
    assert store.articles_with(store.term_of("اوكرانيا")) == 1


def test_a_name_known_alone_has_no_variant_behind_a_preposition(store_of: StoreOf) -> None:
    assert found(store_with(store_of, "لكييف", "كييف"), "كييف") == []


def test_plurals_come_before_look_alikes(store_of: StoreOf) -> None:
    store = store_with(store_of, "صااروخ صواريخ")
    assert found(store, "صاروخ") == [("صواريخ", "plural", 0.25), ("صااروخ", "alike", 0.5)]


def test_a_word_that_is_seldom_may_be_a_slip_of_one_that_is_frequent(store_of: StoreOf) -> None:
    for times, alike in ((7, set()), (8, {"kharkov"})):
        assert terms(store_with(store_of, "Kharkiv", *["Kharkov"] * times), "Kharkiv") == alike
    assert terms(store_with(store_of, "Kharkov", *["Kharkiv"] * 8), "Kharkiv") == {"kharkov"}


def test_a_word_in_no_article_is_forgiven_more(store_of: StoreOf) -> None:
    store = store_with(store_of, "Azerbaijan")
    assert terms(store, "Azerbaidjan") == {"azerbaijan"}
    assert terms(store_with(store_of, "Azerbaijan Azerbaidjan"), "Azerbaidjan") == set()


def test_at_most_eight_look_alikes_are_those_of_most_articles(store_of: StoreOf) -> None:
    # The later of eight spellings are in more articles, from 2 to 9; the word itself is in three.
    counts = dict(zip(SPELLINGS, range(2, 2 + len(SPELLINGS)), strict=True))
    further = {f"{NAME}{NAME[-1]}": 1, f"{NAME[:4]}h{NAME[4:]}": 12}
    counts |= further
    store = store_with(store_of, *(" ".join(name for name in counts if counts[name] > article) for article in range(12)))
    assert len(counts) == 10
    expected = sorted(counts, key=lambda name: -counts[name])[:8]
    assert found(store, NAME) == [(name, "alike", 0.5) for name in expected]


def test_look_alikes_of_as_many_articles_come_by_the_alphabet(store_of: StoreOf) -> None:
    store = store_with(store_of, " ".join(reversed(SPELLINGS)))
    assert [term for term, _, _ in found(store, NAME)] == sorted(SPELLINGS)


@pytest.mark.parametrize(
    "word",
    ["", "x", "ب", "ال", "7", "٣", "漢字", "Москва", "Élysée", "ﷺ", "x" * 4_000, "ص" * 4_000, "aaaa", "ab19" * 90],
)
def test_no_word_is_too_odd_to_have_no_variants(store_of: StoreOf, word: str) -> None:
    assert found(store_with(store_of, "peace and missiles"), word) == []


# Each call of `store_of` makes an index of its own, so nothing is carried from one example to the next.
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([" ".join(WORDS)])
def test_variants_are_other_terms_of_some_article_whatever_its_place(store_of: StoreOf, texts: list[str]) -> None:
    store, turned = store_with(store_of, *texts), store_with(store_of, *reversed(texts))
    for word in WORDS:
        variants = found(store, word)
        others = [term for term, _, _ in variants]
        assert len(others) == len(set(others))
        assert store.term_of(word) not in others
        assert all(store.articles_with(term) for other in others for term in other.split())
        translated = [(other, weight) for other, origin, weight in variants if origin in TRANSLATED]
        same = {(origin, weight) for _, origin, weight in variants if origin not in TRANSLATED}
        assert same <= {("plural", 0.25), ("alike", 0.5)}
        assert all(0 < weight <= 1 and is_arabic(word) != is_arabic(other) for other, weight in translated)
        assert sum(origin == "alike" for _, origin, _ in variants) <= 8
        assert found(turned, word) == variants


@given(st.data())
def test_variants_of_misspelled_words_of_the_seeds_are_terms_of_the_seeds(seeds_store: Store, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(seeds_store.vocabulary())), "word")
    place = data.draw(st.integers(0, len(word) - 1), "place")
    typed = word[:place] + data.draw(st.sampled_from(["", word[place] * 2, "y", "ي", "19"]), "there") + word[place + 1 :]
    term = seeds_store.term_of(typed)
    variants = variants_of(seeds_store, typed, term)
    assert variants == variants_of(seeds_store, typed, term)
    assert all(term not in others and all(map(seeds_store.articles_with, others)) for others, _, _ in variants)


NUMBERED = [
    pytest.param("GPT", "GPT-4", id="a name in capitals"),
    pytest.param("gpt", "GPT-4", id="the same as it is typed"),
    pytest.param("Artemis-2", "Artemis", id="a name in -s, asked with its number"),
    pytest.param("MiG-29", "MiG", id="a name of three letters"),
]


@pytest.mark.parametrize(("asked", "written"), NUMBERED)
def test_a_name_is_found_with_and_without_its_number_whatever_its_stem(
    store_of: Callable[..., Store], asked: str, written: str
) -> None:
    store = store_of({"id": "a", "text": written})
    assert [origin for _, origin, _ in variants_of(store, asked, store.term_of(asked))] == ["alike"]
