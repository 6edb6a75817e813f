"""What is asked of the seeds in one language and marked in both: the surface words of each article, read from the articles."""

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from marking import marked

from index.store import Store
from search.engine import answer

Marks = Mapping[str, int]


class Expected(NamedTuple):
    """How often each word is marked in the English and in the Arabic article, and what may be marked besides."""

    english: Marks
    arabic: Marks
    may: frozenset[str] = frozenset()


SHIPMENTS = Expected({"weapons": 6, "shipments": 2}, {"شحنات": 3, "الشحنات": 2, "الأسلحة": 4})
AIR_DEFENSE = {
    *("air", "Air", "defense", "Defense", "defensive", "Defensive", "defend", "Defending", "air defense"),
    *("دفاع", "الدفاع", "للدفاع", "دفاعية", "الدفاعية", "الجوي", "جوي", "الدفاع الجوي"),
}
KREMLIN = Expected({"Kremlin": 1}, {})
STOCKPILES = Expected({"stockpiles": 2}, {"مخزوناتها": 1})
MARKED = {
    "Patriot missiles": Expected(
        {"missiles": 4},
        {"Patriot": 1, "باتريوت": 1, "صواريخ": 3, "وصواريخ": 1, "والصواريخ": 1, "الصواريخ": 1},
    ),
    "Trump Putin call": Expected(
        {"Trump": 6, "Trump’s": 1, "Putin": 2, "call": 1},
        {"ترامب": 11, "بوتين": 11, "وبوتين": 2, "مكالمة": 1},
        frozenset(("الدعوة",)),
    ),
    "weapons shipments": SHIPMENTS,
    "شحنات الأسلحة": SHIPMENTS,
    "Kremlin": KREMLIN,
    "الكرملين": KREMLIN,
    "NATO allies": Expected({"allies": 1}, {"الناتو": 2, "حلفاء": 1}),
    "stockpiles": STOCKPILES,
    "مخزونات": STOCKPILES,
    "ceasefire": Expected({"ceasefire": 2}, {"وقف لإطلاق النار": 1}),
    "البنتاغون": Expected({"Pentagon": 2}, {"البنتاغون": 3}),
    "Hellfire": Expected({}, {"Hellfire": 1}),
    "Politico": Expected({}, {}),
    "missiles": Expected({"missiles": 4}, {"صواريخ": 3, "وصواريخ": 1, "والصواريخ": 1, "الصواريخ": 1}),
    "weapons": Expected({"weapons": 6}, {"الأسلحة": 4}),
}


@pytest.mark.parametrize(("question", "expected"), MARKED.items(), ids=MARKED)
def test_what_says_the_same_is_marked_in_both_articles(seeds_store: Store, question: str, expected: Expected) -> None:
    found = marked(seeds_store, question)
    required = {word: times for language, words in found.items() for word, times in words.items() if word not in expected.may}
    assert required == {**expected.english, **expected.arabic}
    assert found.keys() == {name for name, words in (("en", expected.english), ("ar", expected.arabic)) if words}


@pytest.mark.parametrize("question", ["air defense", "الدفاع الجوي"])
def test_a_phrase_finds_the_phrase_and_not_what_its_words_mean_elsewhere(seeds_store: Store, question: str) -> None:
    found = marked(seeds_store, question)
    assert found["ar"].keys() | found["en"].keys() <= AIR_DEFENSE
    # Where its words were typed each is marked, where it is translated all of it.
    assert any("الدفاع الجوي" in word or word == "الجوي" for word in found["ar"])
    assert found["en"].get("air defense", 0) or (found["en"]["air"] >= 2 and found["en"]["defense"] >= 2)


def test_the_article_with_all_of_it_in_its_title_comes_first_whatever_its_language(seeds_store: Store) -> None:
    first = answer(seeds_store, "Patriot missiles").hits[0]
    title = next(snippet for snippet in first.snippets if snippet.field == "title")
    assert first.lang == "ar"
    assert [title.text[start:end] for start, end in title.highlights] == ["الصواريخ"]


@pytest.mark.parametrize(
    ("english", "arabic"), [("weapons shipments", "شحنات الأسلحة"), ("stockpiles", "مخزونات"), ("ceasefire", "وقف إطلاق النار")]
)
def test_a_question_in_either_language_finds_the_same_articles(seeds_store: Store, english: str, arabic: str) -> None:
    one, other = ({hit.id for hit in answer(seeds_store, question).hits} for question in (english, arabic))
    assert one == other
    assert len(one) == 2


@pytest.mark.parametrize("question", ["weapons", "stockpiles", "ceasefire", "شحنات"])
def test_without_translating_nothing_of_the_other_language_is_found(seeds_store: Store, question: str) -> None:
    assert len(answer(seeds_store, question).hits) == 2
    assert len(answer(seeds_store, question, translate=False).hits) == 1
    assert len(answer(seeds_store, question, exact=True).hits) == 1
