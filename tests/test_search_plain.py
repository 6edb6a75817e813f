"""The answer as plain text, for a pipe."""

from collections.abc import Callable

import pytest

from conftest import SEEDS
from index.store import Store
from search.engine import answer
from search.plain import text

StoreOf = Callable[..., Store]


def test_a_hit_is_a_line_to_cut_and_its_passage(seeds_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SEEDS.parent)
    first, second, *rest = text(answer(seeds_store, "Patriot")).split("\n")
    path, score, title = first.split("\t")
    assert path == "seeds/002_362e55c88550be0e.txt"
    assert float(score) > 0
    assert title == "يتحدث ترامب وبوتين بعد توقف البنتاغون عن شحنات الصواريخ الأوكرانية"
    assert second.startswith("  يتضمن التوقف بعض الشحنات من صواريخ Patriot ، و GMLRs ")
    assert rest == [""]


def test_a_blank_line_stands_between_hits_and_not_after_the_last(store_of: StoreOf) -> None:
    store = store_of(*({"id": name, "text": f"Kyiv {name}"} for name in "abc"))
    lines = text(answer(store, "kyiv")).split("\n")
    assert [line == "" for line in lines] == [False, False, True, False, False, True, False, False, True]
    assert lines[1::3] == ["  Kyiv a", "  Kyiv b", "  Kyiv c"]


def test_a_marked_title_is_not_shown_twice(store_of: StoreOf) -> None:
    shown = text(answer(store_of({"id": "a", "title": "Kyiv", "text": "Rain"}), "kyiv"))
    assert shown.count("Kyiv") == 1
    assert shown.endswith("\tKyiv\n  Rain\n")


def test_no_title_or_passage_breaks_the_lines_or_the_columns(store_of: StoreOf) -> None:
    hard = "a\tb\r\nc\u2028d\x85e\x0bf\x1b[31mg"
    shown = text(answer(store_of({"id": hard, "title": hard, "text": f"{hard} kyiv"}), "kyiv"))
    assert len(shown.splitlines()) == 2
    assert [line.count("\t") for line in shown.splitlines()] == [2, 0]
    assert "\x1b" not in shown


def test_nothing_found_is_no_text(seeds_store: Store) -> None:
    assert text(answer(seeds_store, "elephant")) == ""
