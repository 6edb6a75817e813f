"""How a corpus writes its words: which stand small in its sentences, which with a capital only, and which it does not tell."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import index.casing
from index.casing import Casing
from index.segment import CAPITAL, SMALL
from index.store import Store

StoreOf = Callable[..., Store]


def marks_of_articles(articles: Sequence[Sequence[str]]) -> dict[str, int]:
    casing = Casing()
    for words in articles:
        casing.add(words)
    return casing.marks()


def marks(words: Sequence[str]) -> dict[str, int]:
    return marks_of_articles([words])


MARKED = [
    pytest.param("war war Kyiv", {"war": SMALL}, id="twice small"),
    pytest.param("war Kyiv", {"war": SMALL}, id="small once and never otherwise"),
    pytest.param("war war War Kyiv", {}, id="once more often says little"),
    pytest.param("Kyiv Kyiv", {"kyiv": CAPITAL}, id="twice with a capital and never small"),
    pytest.param("Kyiv Kyiv kyiv", {}, id="a capital more often, but small once"),
    pytest.param("war war War", {}, id="small once more often"),
    pytest.param("war war war War", {"war": SMALL}, id="small twice more often"),
    pytest.param("May May may may", {}, id="half and half"),
    pytest.param("May " * 9 + "may " * 10, {}, id="nearly half and half, however often"),
    pytest.param("NATO NATO", {"nato": CAPITAL}, id="in capitals throughout"),
    pytest.param("NATO Nato", {"nato": CAPITAL}, id="with one and with more capitals"),
    pytest.param("US US us us us us", {"us": SMALL}, id="a country that is a pronoun more often"),
    pytest.param("iPhone iPhone iPhone Kyiv", {}, id="a capital within"),
    pytest.param("McDonald McDonald", {"mcdonald": CAPITAL}, id="a capital within behind one at the start"),
    pytest.param("eBay eBay ebay ebay Kyiv", {"ebay": SMALL}, id="a capital within does not speak against small"),
    pytest.param("don't don't Kyiv", {"don't": SMALL}, id="an apostrophe is neither"),
    pytest.param("Sana'a Sana'a", {"sana'a": CAPITAL}, id="an apostrophe behind a capital"),
    pytest.param("Élysée Élysée café café Kyiv", {}, id="accents"),
    pytest.param("don’t don’t Kyiv", {}, id="a curly apostrophe"),
    pytest.param("كييف كييف Kyiv", {}, id="another script"),
    pytest.param("550 550 2025 2025 Kyiv", {}, id="numbers"),
    pytest.param("F16 F16 F-16 F-16", {"f16": CAPITAL, "f-16": CAPITAL}, id="a capital before a number"),
    pytest.param("covid19 covid19 Kyiv", {"covid19": SMALL}, id="small letters before a number"),
    pytest.param("2nd 2nd 2ND 2ND 2ND Kyiv", {"2nd": SMALL}, id="capitals behind a number do not begin a word"),
    pytest.param("", {}, id="nothing"),
]


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_a_word_is_marked_by_how_it_is_written_more_often(text: str, expected: dict[str, int]) -> None:
    assert marks(text.split()) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["war"] * 9, {}, id="no capital at all"),
        pytest.param(["Kyiv"] + ["war"] * 100, {}, id="a capital in a hundred and one words"),
        pytest.param(["Kyiv"] + ["war"] * 99, {"war": SMALL}, id="a capital in a hundred words"),
        pytest.param(["Kyiv"] * 2 + ["550"] * 300 + ["war"] * 2, {}, id="numbers are words, too"),
        pytest.param(
            ["Kyiv"] * 2 + ["كييف"] * 200 + ["war"] * 2, {"kyiv": CAPITAL, "war": SMALL}, id="Arabic words do not count"
        ),
        pytest.param(["iPhone"] * 9 + ["war"] * 9, {}, id="a capital within does not count"),
    ],
)
def test_where_hardly_a_capital_is_written_small_letters_say_nothing(words: list[str], expected: dict[str, int]) -> None:
    assert marks(words) == expected


def naive_marks(words: list[str]) -> dict[str, int]:
    plain = [word for word in words if all(character < "\x80" for character in word)]
    if 100 * sum("A" <= word[:1] <= "Z" for word in plain) < len(plain):
        return {}
    found = {}
    for key in {word.lower() for word in plain}:
        if not any("a" <= character <= "z" for character in key):
            continue
        small = plain.count(key)
        capital = sum(word.lower() == key and "A" <= word[0] <= "Z" for word in plain)
        if small and (not capital or small - capital >= 2):
            found[key] = SMALL
        elif capital >= 2 and small == 0:
            found[key] = CAPITAL
    return found


FORMS = st.sampled_from(["war", "War", "WAR", "wAr", "may", "May", "kyiv", "Kyiv", "550", "2nd", "2ND", "café", "كييف"])
WORDS = st.text(st.sampled_from("aAbB1'é"), min_size=1, max_size=3)
REPEATED = st.tuples(FORMS, st.integers(1, 150)).map(lambda pair: [pair[0]] * pair[1])


@given(st.lists(st.lists(FORMS | WORDS, max_size=12) | REPEATED, max_size=8))
@example([["Kyiv"], ["war"] * 99])
@example([["Kyiv"], ["war"] * 100])
def test_words_are_marked_as_counting_them_one_by_one_marks_them(texts: list[list[str]]) -> None:
    everything = [word for words in texts for word in words]
    assert marks_of_articles(texts) == marks_of_articles([[word] for word in reversed(everything)]) == naive_marks(everything)


FIRST = index.casing._FIRST


@pytest.mark.parametrize(
    ("article", "of_nato"),
    [
        pytest.param(["Kyiv"] * (FIRST - 2) + ["NATO"] * 2, {"nato": CAPITAL}, id="the last of the first words"),
        pytest.param(["Kyiv"] * FIRST + ["NATO"] * 9, {}, id="words behind them"),
    ],
)
def test_the_first_words_of_an_article_are_counted(article: list[str], of_nato: dict[str, int]) -> None:
    found = marks_of_articles([article])
    assert {word: mark for word, mark in found.items() if word == "nato"} == of_nato


@given(st.lists(st.lists(FORMS, max_size=9), max_size=9), st.integers(0, 4))
def test_the_order_of_articles_changes_no_mark(articles: list[list[str]], first: int) -> None:
    counted = [word for words in articles for word in words[:first]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.casing, "_FIRST", first)
        assert marks_of_articles(articles) == marks_of_articles(articles[::-1]) == naive_marks(counted)


# In an index


@pytest.mark.parametrize(
    ("title", "text", "small", "capital"),
    [
        pytest.param("", "In Kyiv and Kyiv, war and war", ["war", "and"], ["kyiv"], id="the words of a body"),
        pytest.param("Kyiv Kyiv war war", "In Lviv", [], [], id="the words of a title alone"),
        pytest.param(
            "War And War", "War and war and war in Kyiv", ["and", "in"], [], id="war was small once more often in the body"
        ),
        pytest.param("kyiv kyiv", "Kyiv Kyiv", [], ["kyiv"], id="small in a title alone"),
        pytest.param("Kyiv Kyiv", "kyiv kyiv", [], [], id="no body has a capital"),
        pytest.param("Kyiv", "Kyiv", [], [], id="once in a body"),
    ],
)
def test_a_build_counts_the_words_of_bodies_and_not_those_of_titles(
    store_of: StoreOf, title: str, text: str, small: list[str], capital: list[str]
) -> None:
    store = store_of({"id": "a", "title": title, "text": text})
    words = f"{title} {text}".lower().replace(",", "").split()
    assert sorted({word for word in words if store.is_small(word)}) == sorted(small)
    assert sorted({word for word in words if store.is_capital(word)}) == sorted(capital)


def test_the_bodies_of_all_articles_are_counted_together(store_of: StoreOf) -> None:
    store = store_of(*({"id": str(number), "text": text} for number, text in enumerate(["Kyiv war", "Kyiv war", "Lviv"])))
    assert [store.is_capital(word) for word in ("kyiv", "lviv", "war")] == [True, False, False]
    assert [store.is_small(word) for word in ("kyiv", "lviv", "war")] == [False, False, True]


def test_a_word_is_asked_for_in_any_case_and_an_unknown_one_is_neither(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "text": "Kyiv war Kyiv war"})
    assert all(map(store.is_capital, ("kyiv", "Kyiv", "KYIV")))
    assert all(map(store.is_small, ("war", "War", "WAR")))
    for word in ("lviv", "كييف", "", "550"):
        assert (store.is_small(word), store.is_capital(word)) == (False, False)


def test_how_a_word_is_written_leaves_its_term_as_it_is(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "text": "Missiles Missiles drones drones"})
    assert (store.is_capital("missiles"), store.is_small("drones")) == (True, True)
    assert list(map(store.known_term, ("missiles", "drones"))) == ["missil", "drone"]
    assert store.vocabulary() == {"missiles": "missil", "drones": "drone"}
    assert not any(map(store.is_settled, ("missiles", "drones")))
