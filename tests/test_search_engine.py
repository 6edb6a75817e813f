"""Question in, results out: which articles, how many, in what order, and what is said of each."""

import math
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SEEDS
from index.errors import UsageError
from index.store import Store
from search.engine import DEFAULT_LIMIT, answer, find, read
from search.hits import Hit, Results

StoreOf = Callable[..., Store]
ENGLISH, ARABIC = "000_0cad0c9ee405b3bf.txt", "002_362e55c88550be0e.txt"
VARIANT_FREQUENCIES = {"typed": 1, "both": 1.25, "variants": 0.25}  # of the word that was typed, and of its plural


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


def bm25(*, tf: float, df: float, count: int) -> float:
    """The score of a clause where all articles have a body of the same length and no title."""
    return math.log(1 + (count - df + 0.5) / (df + 0.5)) * tf * 2.2 / (1.2 + tf)


def reasons(hit: Hit) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(row.word, row.origin, row.found) for row in hit.matched]


def pieces(hit: Hit) -> list[tuple[str, str]]:
    return [(snippet.field, snippet.text[start:end]) for snippet in hit.snippets for start, end in snippet.highlights]


@pytest.fixture(name="dozen")
def dozen_articles(store_of: StoreOf) -> Store:
    """Twelve articles about Kyiv, every third of them Arabic, the later the longer; one about nothing of the kind."""
    articles = [
        {"id": f"{number:02}", "text": "Kyiv" + " and more" * number, "lang": "en" if number % 3 else "ar"}
        for number in range(12)
    ]
    return store_of(*articles, {"id": "12", "text": "weapons"})


@pytest.mark.parametrize(
    ("question", "found"),
    [
        pytest.param("Kyiv", [ENGLISH, ARABIC], id="a name"),
        pytest.param("بوتين", [ARABIC, ENGLISH], id="a name in Arabic, the same"),
        pytest.param("Patriot", [ARABIC], id="an English name in the Arabic article"),
        pytest.param("Parnell", [ENGLISH], id="a name in the English article alone"),
        pytest.param("وشحنة", [ARABIC, ENGLISH], id="another form of its word, and what it is called in English"),
        pytest.param("Hellfire كولبي", [ARABIC], id="two words, one article"),
        pytest.param("lawmaker", [ENGLISH], id="the singular of its plural"),
        pytest.param("مخزون", [ENGLISH, ARABIC], id="a translation"),
        pytest.param('"air defense"', [ENGLISH], id="a phrase"),
        pytest.param('"defense air"', [], id="no phrase"),
        pytest.param("«الدفاع الجوي»", [ARABIC], id="an Arabic phrase"),
        pytest.param("ad_1", [], id="what was left out of the article"),
        pytest.param("Elephant", [], id="a word of neither"),
    ],
)
def test_the_seeds_answer(seeds_store: Store, question: str, found: list[str]) -> None:
    results = answer(seeds_store, question)
    assert ids(results) == found
    assert results.total == len(found)


def test_one_word_of_several_is_enough_and_more_are_better(store_of: StoreOf) -> None:
    store = store_of(
        {"id": "one", "text": "kyiv rain"}, {"id": "both", "text": "kyiv missiles"}, {"id": "none", "text": "sunny days"}
    )
    results = answer(store, "missiles kyiv sandstorm")
    assert ids(results) == ["both", "one"]
    assert results.total == 2


def test_hits_are_ranked_from_one_with_falling_scores(dozen: Store) -> None:
    hits = answer(dozen, "kyiv more").hits
    assert [hit.rank for hit in hits] == list(range(1, DEFAULT_LIMIT + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_articles_that_answer_alike_stand_in_the_order_of_their_ids(store_of: StoreOf) -> None:
    store = store_of(*({"id": name, "text": "missiles"} for name in ("c", "b", "١", "a", "d")))
    assert ids(answer(store, "missile")) == ["a", "b", "c", "d", "١"]
    assert ids(answer(store, "missile", limit=2)) == ["a", "b"]


@pytest.mark.parametrize("limit", [1, 5, 12, 100])
def test_a_limit_cuts_the_list_and_not_the_total(dozen: Store, limit: int) -> None:
    results = answer(dozen, "kyiv", limit=limit)
    # The shorter the article, the more its one Kyiv says of it.
    assert ids(results) == [f"{number:02}" for number in range(12)][:limit]
    assert results.total == 12


def test_a_language_leaves_only_its_articles_with_the_scores_they_had(dozen: Store) -> None:
    everything = {hit.id: hit.score for hit in answer(dozen, "kyiv", limit=100).hits}
    results = answer(dozen, "kyiv", limit=2, language="ar")
    assert {hit.id: hit.score for hit in results.hits} == {name: everything[name] for name in ("00", "03")}
    assert results.total == 4
    assert {hit.lang for hit in results.hits} == {"ar"}


def test_a_language_without_an_answer_finds_nothing(seeds_store: Store) -> None:
    results = answer(seeds_store, "Parnell", language="ar")
    assert (results.hits, results.total) == ((), 0)


def test_plain_takes_a_phrase_apart(seeds_store: Store) -> None:
    assert ids(answer(seeds_store, '"defense air"', plain=True, translate=False)) == [ENGLISH]


def test_a_hit_says_what_it_is_and_why_it_is_there(seeds_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SEEDS.parent)
    hit, _ = answer(seeds_store, "صواريخ Patriot").hits
    assert (hit.rank, hit.id, hit.path, hit.lang, hit.date) == (1, ARABIC, os.path.join("seeds", ARABIC), "ar", None)
    assert hit.title == "يتحدث ترامب وبوتين بعد توقف البنتاغون عن شحنات الصواريخ الأوكرانية"
    assert pieces(hit)[0] == ("title", "الصواريخ")
    assert ("body", "Patriot") in pieces(hit)
    assert reasons(hit) == [
        ("صواريخ", "typed", ("الصواريخ", "صواريخ", "وصواريخ", "والصواريخ")),
        ("Patriot", "typed", ("Patriot",)),
        ("Patriot", "name", ("باتريوت",)),
    ]
    assert [row.weight for row in hit.matched] == [1.0, 1.0, 1.0]


@pytest.fixture(name="spelled")
def articles_spelled_otherwise(store_of: StoreOf) -> Store:
    """Four articles of three words each: what was typed, its variants, all of them, none."""
    return store_of(
        {"id": "typed", "text": "صاروخ one Zelenskyy"},
        {"id": "variants", "text": "الصواريخ two Zelensky’s"},
        {"id": "both", "text": "صاروخ وصواريخ Zelensky"},
        {"id": "none", "text": "one two three"},
    )


@pytest.mark.parametrize(
    ("question", "widened", "exact"),
    [
        pytest.param("صاروخ", {"typed", "variants", "both"}, {"typed", "both"}, id="its plural"),
        pytest.param("صواريخ", {"typed", "variants", "both"}, {"variants", "both"}, id="its singular"),
        pytest.param("Zelenskyy", {"typed", "variants", "both"}, {"typed"}, id="another spelling"),
        pytest.param("Zelenskiy", {"typed", "variants", "both"}, set(), id="a spelling that no article has"),
        pytest.param('"صاروخ one"', {"typed"}, {"typed"}, id="a phrase is exact already"),
        pytest.param("three", {"none"}, {"none"}, id="a word without variants"),
        pytest.param("elephant", set(), set(), id="a word of none"),
    ],
)
def test_variants_find_more_and_exact_finds_what_was_typed(
    spelled: Store, question: str, widened: set[str], exact: set[str]
) -> None:
    for options, found in ((False, widened), (True, exact)):
        results = answer(spelled, question, exact=options)
        assert set(ids(results)) == found
        assert results.total == len(found)
        assert len(answer(spelled, question, exact=options, limit=1).hits) == min(1, len(found))


def test_exact_asks_for_nothing_but_the_typed_terms(spelled: Store) -> None:
    for exact, variants in ((False, [2, 2, 1]), (True, [1, 1, 1])):
        clauses = answer(spelled, "صاروخ Zelenskyy two", exact=exact).query.clauses
        assert [len(clause.variants) for clause in clauses] == variants
        assert [clause.variants[0].origin for clause in clauses] == ["typed"] * 3


def test_a_hit_says_by_which_kind_of_variant_it_answers(spelled: Store) -> None:
    matched = {hit.id: reasons(hit) for hit in answer(spelled, "صاروخ Zelenskyy").hits}
    assert matched == {
        "typed": [("صاروخ", "typed", ("صاروخ",)), ("Zelenskyy", "typed", ("Zelenskyy",))],
        "variants": [("صاروخ", "plural", ("الصواريخ",)), ("Zelenskyy", "alike", ("Zelensky’s",))],
        "both": [
            ("صاروخ", "typed", ("صاروخ",)),
            ("صاروخ", "plural", ("وصواريخ",)),
            ("Zelenskyy", "alike", ("Zelensky",)),
        ],
    }


def test_what_is_found_by_a_variant_is_marked(spelled: Store) -> None:
    results = answer(spelled, "صاروخ Zelenskyy")
    (hit,) = [hit for hit in results.hits if hit.id == "variants"]
    assert pieces(hit) == [("body", "الصواريخ"), ("body", "Zelensky’s")]
    (line,) = read(spelled, hit, results.query)
    assert [line.text[start:end] for start, end in line.highlights] == ["الصواريخ", "Zelensky’s"]


def test_a_score_of_an_exact_question_is_that_of_its_clauses_alone(spelled: Store) -> None:
    scores = {hit.id: hit.score for hit in answer(spelled, "the صاروخ Zelenskyy", exact=True).hits}
    arabic, english = bm25(tf=1, df=2, count=4), bm25(tf=1, df=1, count=4)
    assert scores == pytest.approx({"typed": arabic + english, "both": arabic})


def test_a_clause_is_scored_once_however_many_variants_an_article_has(spelled: Store) -> None:
    query = answer(spelled, "صاروخ").query
    scores = {hit.id: hit.score for hit in find(spelled, query, exact=True).hits}  # without the closer look
    # The term is in two articles and its plural, a quarter of a term, in two: that is one term in two and a half.
    assert scores == pytest.approx({name: bm25(tf=tf, df=2.5, count=4) for name, tf in VARIANT_FREQUENCIES.items()})
    assert scores["both"] < bm25(tf=1, df=2, count=4) + bm25(tf=0.25, df=2, count=4)


def test_the_closer_look_raises_scores_and_leaves_the_articles(spelled: Store) -> None:
    query = answer(spelled, "صاروخ Zelenskyy").query
    before, after = ({hit.id: hit.score for hit in find(spelled, query, exact=exact).hits} for exact in (True, False))
    assert before.keys() == after.keys()
    assert all(after[name] > before[name] for name in before)


def test_a_language_leaves_only_its_articles_among_those_of_variants(store_of: StoreOf) -> None:
    store = store_of({"id": "ar", "text": "Zelensky", "lang": "ar"}, {"id": "en", "text": "Zelensky", "lang": "en"})
    for language in ("ar", "en"):
        results = answer(store, "Zelenskyy", language=language)
        assert (ids(results), results.total) == ([language], 1)


@pytest.mark.parametrize("exact", [False, True])
def test_stop_words_find_nothing_beside_other_words(store_of: StoreOf, *, exact: bool) -> None:
    store = store_of({"id": "a", "text": "the rain"}, {"id": "b", "text": "missiles"})
    assert ids(answer(store, "the missiles", exact=exact)) == ["b"]
    assert ids(answer(store, "the", exact=exact)) == ["a"]
    assert ids(answer(store, "the elephant", exact=exact)) == []


def test_what_is_not_counted_is_found_all_the_same(spelled: Store) -> None:
    counted, other = (answer(spelled, "صاروخ", counted=counted) for counted in (True, False))
    assert (counted.total, other.total) == (3, None)
    assert [(hit.id, hit.score) for hit in counted.hits] == [(hit.id, hit.score) for hit in other.hits]


def test_an_article_without_a_title_is_listed_by_its_first_sentence(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "text": "Rain fell. Then missiles."})
    (hit,) = answer(store, "missiles").hits
    assert hit.title == "Rain fell."
    assert [field for field, _ in pieces(hit)] == ["body"]


def test_a_word_in_a_sentence_that_stands_for_a_title_is_marked_in_the_body_alone(store_of: StoreOf) -> None:
    (hit,) = answer(store_of({"id": "a", "text": "Missiles fell."}), "missiles").hits
    assert pieces(hit) == [("body", "Missiles")]


def test_an_article_is_read_from_its_title_to_its_last_line(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "title": "Rain", "text": "Missiles\n\nover\nKyiv"})
    results = answer(store, "kyiv")
    lines = read(store, results.hits[0], results.query)
    assert [(line.field, line.text) for line in lines] == [
        ("title", "Rain"),
        *(("body", text) for text in ("Missiles", "", "over", "Kyiv")),
    ]
    assert [line.highlights for line in lines] == [(), (), (), (), ((0, 4),)]


def test_nothing_to_look_for_is_refused(seeds_store: Store) -> None:
    with pytest.raises(UsageError):
        answer(seeds_store, "...")


def test_nothing_a_list_shows_steers_a_terminal(store_of: StoreOf) -> None:
    evil = "\x1b[31m\u202e\x9b"
    store = store_of({"id": f"{evil}a", "title": f"{evil}Rain", "text": f"{evil} Kyiv", "lang": f"x{evil}", "date": evil})
    (hit,) = answer(store, "kyiv").hits
    shown = (hit.title, hit.path, hit.lang, hit.date or "", *(snippet.text for snippet in hit.snippets))
    assert not [text for text in shown if set(text) & set(evil) - set("[31m")]


def test_the_path_is_shown_from_the_current_folder(store_of: StoreOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of({"id": "a", "text": "Kyiv"})
    monkeypatch.chdir(tmp_path)
    assert answer(store, "kyiv").hits[0].path == "articles-0.jsonl"
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert answer(store, "kyiv").hits[0].path == str(tmp_path / "articles-0.jsonl")
