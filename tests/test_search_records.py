"""The answer as JSON: the contract that programs rely on."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.json_line import to_json
from index.store import Store
from search.engine import answer
from search.records import record, refusal

StoreOf = Callable[..., Store]


def given_back(store: Store, question: str, **options: Any) -> dict[str, Any]:
    """What a program reads of an answer."""
    read: dict[str, Any] = json.loads(to_json(record(answer(store, question, **options))))
    return read


def test_the_keys_of_an_answer(seeds_store: Store) -> None:
    read = given_back(seeds_store, "صواريخ Patriot")
    assert list(read) == ["query", "total", "took_ms", "suggestion", "clauses", "hits"]
    hit, _ = read["hits"]
    assert list(hit) == ["rank", "id", "path", "lang", "title", "date", "score", "snippets", "matched"]
    assert {tuple(clause) for clause in read["clauses"]} == {("word", "variants")}
    assert {tuple(variant) for clause in read["clauses"] for variant in clause["variants"]} == {
        ("term", "origin", "weight", "found")
    }
    assert {tuple(snippet) for snippet in hit["snippets"]} == {("field", "text", "highlights")}
    assert {tuple(row) for row in hit["matched"]} == {("word", "origin", "weight", "found")}


def test_the_values_of_an_answer(store_of: StoreOf) -> None:
    store = store_of(
        {"id": "a/1", "title": "Kyiv", "text": "The missile, Missiles", "date": "2025-07-03"}, {"id": "b", "text": "missile"}
    )
    read = given_back(store, '"the missiles" kyiv')
    assert (read["query"], read["total"], read["suggestion"]) == ('"the missiles" kyiv', 1, None)
    assert isinstance(read["took_ms"], float)
    assert [(clause["word"], clause["variants"][0]["origin"]) for clause in read["clauses"]] == [
        ("the missiles", "typed"),
        ("kyiv", "typed"),
    ]
    (hit,) = read["hits"]
    assert (hit["rank"], hit["id"], hit["lang"], hit["title"], hit["date"]) == (1, "a/1", "en", "Kyiv", "2025-07-03")
    assert [(snippet["field"], snippet["highlights"]) for snippet in hit["snippets"]] == [
        ("title", [[0, 4]]),
        ("body", [[0, 11]]),
    ]
    assert [(row["word"], row["found"]) for row in hit["matched"]] == [("the missiles", ["The missile"]), ("kyiv", ["Kyiv"])]


def test_the_clauses_of_an_answer_name_their_variants_and_its_hits_what_they_were_met_by(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "text": "صواريخ over Zelensky"})
    read = given_back(store, 'the صاروخ Zelenskyy "over Zelensky"')
    assert read["clauses"] == [
        {
            "word": "صاروخ",
            "variants": [
                {"term": "صاروخ", "origin": "typed", "weight": 1.0, "found": []},
                {"term": "صواريخ", "origin": "plural", "weight": 0.25, "found": ["صواريخ"]},
            ],
        },
        {
            "word": "Zelenskyy",
            "variants": [
                {"term": "zelenskyy", "origin": "typed", "weight": 1.0, "found": []},
                {"term": "zelenski", "origin": "alike", "weight": 0.5, "found": ["Zelensky"]},
            ],
        },
        {
            "word": "over Zelensky",
            "variants": [{"term": "over zelenski", "origin": "typed", "weight": 1.0, "found": ["over Zelensky"]}],
        },
    ]
    assert read["hits"][0]["matched"] == [
        {"word": "صاروخ", "origin": "plural", "weight": 0.25, "found": ["صواريخ"]},
        {"word": "Zelenskyy", "origin": "alike", "weight": 0.5, "found": ["Zelensky"]},
        {"word": "over Zelensky", "origin": "typed", "weight": 1.0, "found": ["over Zelensky"]},
    ]


def test_the_clauses_of_an_exact_answer_have_what_was_typed_alone(store_of: StoreOf) -> None:
    read = given_back(store_of({"id": "a", "text": "صواريخ"}), "صاروخ", exact=True)
    typed = {"term": "صاروخ", "origin": "typed", "weight": 1.0, "found": []}
    assert read["clauses"] == [{"word": "صاروخ", "variants": [typed]}]
    assert (read["total"], read["hits"]) == (0, [])


def test_a_name_in_the_other_script_tells_its_origin_its_weight_and_the_forms_found(seeds_store: Store) -> None:
    read = given_back(seeds_store, "Putin")
    (clause,) = read["clauses"]
    assert clause["variants"][1] == {"term": "بوتين", "origin": "name", "weight": 1.0, "found": ["وبوتين", "بوتين"]}
    assert sorted((hit["matched"] for hit in read["hits"]), key=str, reverse=True) == [
        [{"word": "Putin", "origin": "typed", "weight": 1.0, "found": ["Putin"]}],
        [{"word": "Putin", "origin": "name", "weight": 1.0, "found": ["وبوتين", "بوتين"]}],
    ]


def test_a_word_that_is_met_by_several_names_has_one_row_with_the_greatest_weight(store_of: StoreOf) -> None:
    (hit,) = given_back(store_of({"id": "a", "text": "زيلينسكي ثم زيلنسكي"}), "Zelensky")["hits"]
    (row,) = hit["matched"]
    assert (row["origin"], row["found"]) == ("name", ["زيلينسكي", "زيلنسكي"])
    assert row["weight"] > 0.95


def test_a_score_is_a_number_that_a_question_with_more_matches_raises(seeds_store: Store) -> None:
    one, two = (given_back(seeds_store, question)["hits"][0]["score"] for question in ("Kyiv", "Kyiv Zelensky"))
    assert 0 < one < two


def test_highlights_count_characters_beyond_the_first_plane_as_one(store_of: StoreOf) -> None:
    (hit,) = given_back(store_of({"id": "a", "text": "\U0001f680\U0001f680 Kyiv"}), "kyiv")["hits"]
    assert hit["snippets"] == [{"field": "body", "text": "\U0001f680\U0001f680 Kyiv", "highlights": [[3, 7]]}]


def test_the_id_of_an_article_comes_back_as_it_was_given(store_of: StoreOf) -> None:
    ids = ["\x1b[31m", "\u202eid\u2028", " ", "ص/١", "\U0001f680"]
    store = store_of(*({"id": name, "text": "kyiv"} for name in ids))
    assert sorted(hit["id"] for hit in given_back(store, "kyiv")["hits"]) == sorted(ids)


def test_nothing_found_is_an_object_without_hits(seeds_store: Store) -> None:
    read = given_back(seeds_store, "elephant")
    assert (read["total"], read["hits"]) == (0, [])
    assert read["clauses"]


def test_a_refusal_bears_the_question_and_the_reason_and_no_hits() -> None:
    assert refusal("...", "why") == {"query": "...", "hits": [], "error": "why"}


# JSON may be cut into lines by readers that know more ends of lines than \n, or be shown on a terminal.
@pytest.mark.parametrize(
    "character", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x1b", "\x7f", "\x9b", "\u202e"]
)
def test_what_ends_a_line_or_steers_a_terminal_is_escaped(character: str) -> None:
    written = to_json({"query": character})
    assert written.isascii()
    assert written.isprintable()
    assert json.loads(written) == {"query": character}


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text())))
def test_any_text_comes_back_from_one_line(texts: dict[str, Any]) -> None:
    written = to_json(texts)
    assert written.splitlines() == [written]
    assert json.loads(written) == texts


def test_arabic_is_written_to_be_read() -> None:
    assert to_json({"query": "صاروخ é 🚀"}) == '{"query": "صاروخ é 🚀"}'
