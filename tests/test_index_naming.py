"""The words of a corpus that may be names: each is filed under all of its keys, and what is no name under none."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import combinations
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis.names import filed_under, letters_of, starts_of
from index.inverting import Inverter
from index.relating import stop_words
from index.segment import STARTS, Segment

Filed = list[tuple[int, int]]
LONGEST = 24  # letters of a name


@contextmanager
def segment_of(words: Iterable[str]) -> Iterator[Segment]:
    """A segment whose articles have a word each, and one that has all of them twice and a few words more."""
    words = list(words)
    with TemporaryDirectory() as folder:
        inverter = Inverter(folder, {})
        for number, body in enumerate([*words, " ".join([*words, *words, "In", "In"])]):
            inverter.add({"id": f"article {number}", "lang": "en", "body": body})
        inverter.close()
        segment = Segment(folder)
        yield segment
        segment.close()


def words_of(segment: Segment) -> list[str]:
    return list(map(segment.word, range(len(segment._words))))


def naively_filed(segment: Segment) -> dict[str, Filed]:
    """key -> what is filed under it, from the words and their terms."""
    passed_over = set(stop_words())
    filed: dict[str, Filed] = {}
    seen = set()
    for number, word in enumerate(words_of(segment)):
        term, letters = segment.word_term(number), letters_of(word)
        if word in passed_over or term in passed_over or not letters:
            continue
        for start in starts_of(letters, term, settled=segment.is_settled(word)):
            name = letters[start:]
            if start < STARTS and len(name) <= LONGEST and (name, term) not in seen:
                seen.add((name, term))
                for key in filed_under(name):
                    filed.setdefault(key, []).append((number, start))
    return filed


def names_of(segment: Segment, name: str) -> list[tuple[str, str]]:
    """The words that hold a name, and their terms, in the order of their numbers; all keys of the name lead to them."""
    found = []
    for key in filed_under(name):
        holding = {(number, letters_of(segment.word(number))[start:]) for number, start in segment.names(key)}
        assert all(key in filed_under(other) for _, other in holding)
        found.append({number for number, other in holding if other == name})
    assert all(one == other for one, other in combinations(found, 2))
    return [(segment.word(number), segment.word_term(number)) for number in sorted(found[0])] if found else []


KNOWN = [
    *(
        "Kyiv",
        "Kiev",
        "kyiv",
        "Sana'a",
        "Sanaa",
        "sana’a",
        "Élysée",
        "Elysee",
        "Trump",
        "Trump's",
        "Patriot",
        "Patriots",
        "NATO",
    ),
    *(
        "لكييف",
        "بكييف",
        "كييف",
        "وبوتين",
        "بوتين",
        "بالكرملين",
        "والبنتاغون",
        "زيلينسكي",
        "زيلنسكي",
        "ترامب",
        "ترمب",
        "القاعدة",
    ),
    *("the", "The", "في", "وفي", "it", "US", "x", "ب", "F16", "F-16", "covid19", "550", "Москва", "漢字", "eau", "aeiou"),
    *("boris" * 5, "boris" * 4 + "anna", "بوريس" * 5, "و" * 9 + "موسكو", "أعلنت", "فأعلنت", "شخصا"),
]
LATIN, ARABIC = (
    st.text("abdghkmnostuxyzABK'", min_size=1, max_size=9),
    st.text("ابتخدرسشعغفقكلمنهويةءأى", min_size=1, max_size=9),
)
PREFIXED = st.tuples(st.sampled_from(["", "و", "ال", "ل", "ب", "بال", "وب", "فال", "لل", "ف", "ك"]), ARABIC).map("".join)
WORDS = st.sampled_from(KNOWN) | LATIN | ARABIC | PREFIXED | st.text("aboutن", min_size=20, max_size=28)
KEYS = st.text("BTKSRLMNF.btksrlmnf", max_size=6) | st.text(max_size=4)


@given(st.lists(WORDS, min_size=1, max_size=25), st.lists(KEYS, max_size=5))
@example(KNOWN, ["", "B.", "k"])
@settings(max_examples=150)
def test_each_name_is_found_under_each_of_its_keys_and_under_no_other_key(words: list[str], others: list[str]) -> None:
    with segment_of(words) as segment:
        filed = naively_filed(segment)
        parts = [letters[start:] for letters in map(letters_of, words_of(segment)) for start in range(len(letters))]
        for key in dict.fromkeys([*(key for part in parts for key in filed_under(part)), *others]):
            assert segment.names(key) == filed.get(key, [])


FILED = [
    pytest.param("Kyiv", "kyiv", id="a name"),
    pytest.param("kyiv", "kyiv", id="in small letters"),
    pytest.param("Bob", "bob", id="three letters"),
    pytest.param("كاف", "كاف", id="three Arabic letters"),
    pytest.param("boris" * 4 + "anna", "boris" * 4 + "anna", id="twenty-four letters"),
    pytest.param("و" + "بوريس" * 4 + "انات", "بوريس" * 4 + "انات", id="twenty-four letters behind a conjunction"),
    pytest.param("Trump's", "trump", id="without its possessive"),
    pytest.param("Trump’s", "trump", id="without a possessive with a curly apostrophe"),
    pytest.param("Sana'a", "sanaa", id="without an apostrophe"),
    pytest.param("Élysée", "elysee", id="without its accents"),
    pytest.param("إيران", "ايران", id="its alef bare"),
    pytest.param("مُحَمَّد", "محمد", id="without vowel marks"),
    pytest.param("وبوتين", "بوتين", id="behind a conjunction"),
    pytest.param("البنتاغون", "بنتاغون", id="behind an article"),
    pytest.param("بالكرملين", "كرملين", id="behind a preposition and an article"),
    pytest.param("لكييف", "لكييف", id="its first letter may be its own"),
    pytest.param("لكييف", "كييف", id="its first letter may be a preposition"),
    pytest.param("ولكييف", "كييف", id="a preposition behind a conjunction"),
    pytest.param("ثيثيث", "ثيثيث", id="no word of any language"),
]


@pytest.mark.parametrize(("word", "name"), FILED)
def test_a_word_is_filed_by_the_name_that_it_may_be(word: str, name: str) -> None:
    with segment_of([word]) as segment:
        assert [segment.known_term(word)] == [term for _, term in names_of(segment, name)]


NOT_FILED = [
    pytest.param("the", "the", id="a stop word"),
    pytest.param("The", "the", id="a stop word with its capital"),
    pytest.param("THEY", "they", id="a stop word in capitals"),
    pytest.param("don't", "dont", id="a stop word with an apostrophe"),
    pytest.param("هذه", "هذه", id="an Arabic stop word"),
    pytest.param("وهذه", "هذه", id="an Arabic stop word behind a conjunction"),
    pytest.param("Bo", "bo", id="two letters"),
    pytest.param("بو", "بو", id="two Arabic letters"),
    pytest.param("وبو", "بو", id="two Arabic letters behind a conjunction"),
    pytest.param("boris" * 5, "boris" * 5, id="twenty-five letters"),
    pytest.param("و" + "بوريس" * 5, "بوريس" * 5, id="twenty-five letters behind a conjunction"),
    pytest.param("و" * STARTS + "بوتين", "بوتين", id="too far from the start of its word"),
    pytest.param("Bob1", "bob", id="a digit"),
    pytest.param("covid19", "covid", id="digits behind a name"),
    pytest.param("COVID-19", "covid", id="digits behind a hyphen"),
    pytest.param("B.O.B.", "bob", id="dots"),
    pytest.param("aeiou", "aeiou", id="vowels alone"),
    pytest.param("Москва", "москва", id="another script"),
    pytest.param("بوتين", "وتين", id="its first letter is its own, for it is a name wherever it stands"),
    pytest.param("Lebanon", "ebanon", id="a Latin letter is no preposition"),
]


@pytest.mark.parametrize(("word", "name"), NOT_FILED)
def test_what_is_no_name_is_not_filed(word: str, name: str) -> None:
    with segment_of([word]) as segment:
        assert segment.known_term(word) is not None
        assert names_of(segment, name) == []


@pytest.mark.parametrize(
    ("word", "name"),
    [
        pytest.param("don’t", "dont", id="a curly apostrophe"),
        pytest.param("We’ll", "well", id="a curly apostrophe and a capital"),
        pytest.param("هـــذه", "هذه", id="tatweel"),
        pytest.param("هَذِهِ", "هذه", id="vowel marks"),
    ],
)
def test_a_stop_word_is_not_filed_however_it_is_spelled(word: str, name: str) -> None:
    with segment_of([word]) as segment:
        assert segment.is_stop_word(word)
        assert names_of(segment, name) == []


STANDING_FOR = [
    pytest.param(["Sana'a", "Sanaa"], "sanaa", ["sana'a"], id="the same name and the same term"),
    pytest.param(["Sanaa", "Sana'a"], "sanaa", ["sanaa"], id="the first one is filed"),
    pytest.param(["Kyiv", "KYIV", "kyiv"], "kyiv", ["kyiv"], id="cases are one word"),
    pytest.param(["Trump", "Trump's"], "trump", ["trump"], id="a possessive"),
    pytest.param(["بوتين", "وبوتين", "فبوتين"], "بوتين", ["بوتين"], id="with and without conjunctions"),
    pytest.param(["Patriot", "Patriots"], "patriot", ["patriot"], id="another name of the same term is not the same name"),
    pytest.param(["Patriot", "Patriots"], "patriots", ["patriots"], id="and is filed, too"),
    pytest.param(["لكييف", "بكييف"], "كييف", ["لكييف", "بكييف"], id="the same name in two terms"),
]


@pytest.mark.parametrize(("words", "name", "filed"), STANDING_FOR)
def test_of_words_with_one_name_and_one_term_the_first_is_filed(words: list[str], name: str, filed: list[str]) -> None:
    with segment_of(words) as segment:
        assert [word for word, _ in names_of(segment, name)] == filed


def test_a_name_leads_to_the_term_of_its_word_however_the_corpus_writes_it() -> None:
    with segment_of(["Missiles", "drones"]) as segment:
        assert (segment.is_capital("missiles"), segment.is_small("drones")) == (True, True)
        assert names_of(segment, "missiles") == [("missiles", "missil")]
        assert names_of(segment, "drones") == [("drones", "drone")]


def test_a_word_in_a_title_is_filed_like_one_in_a_body_and_one_that_is_an_id_alone_is_not() -> None:
    with TemporaryDirectory() as folder:
        inverter = Inverter(folder, {})
        inverter.add({"id": "lviv", "lang": "en", "title": "Kyiv", "body": "Kharkiv"})
        inverter.close()
        segment = Segment(folder)
        assert segment.number_of("lviv") is not None
        found = {name: [word for word, _ in names_of(segment, name)] for name in ("kyiv", "kharkiv", "lviv")}
        assert found == {"kyiv": ["kyiv"], "kharkiv": ["kharkiv"], "lviv": []}
        segment.close()


def test_where_no_word_is_a_name_nothing_is_filed() -> None:
    with segment_of(["550", "the", "x"]) as segment:
        assert all(segment.names(key) == [] for name in ("the", "kyiv", "550") for key in ("", "T.", *filed_under(name)))
