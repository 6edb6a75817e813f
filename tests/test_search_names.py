"""Names asked of the seeds in either script: which surface words are marked in each article, read from the articles."""

import io

import pytest
from marking import marked

from index.store import Store
from search.engine import answer
from search.render import draw_results, open_console

TRUMP_ENGLISH, TRUMP_ARABIC = {"Trump": 6, "Trump’s": 1}, {"ترامب": 11}
PUTIN_ENGLISH, PUTIN_ARABIC = {"Putin": 2}, {"بوتين": 11, "وبوتين": 2}
ZELENSKY_ENGLISH, ZELENSKY_ARABIC = {"Zelensky": 2}, {"زيلنسكي": 2}
KYIV_ENGLISH, KYIV_ARABIC = {"Kyiv": 3}, {"كييف": 1, "لكييف": 1}
PENTAGON_ENGLISH, PENTAGON_ARABIC = {"Pentagon": 2}, {"البنتاغون": 3}
MARKED = {
    "Trump": (TRUMP_ENGLISH, TRUMP_ARABIC),
    "Putin": (PUTIN_ENGLISH, PUTIN_ARABIC),
    "Zelenskyy": (ZELENSKY_ENGLISH, ZELENSKY_ARABIC),
    "Zelensky": (ZELENSKY_ENGLISH, ZELENSKY_ARABIC),
    "Patriot": ({}, {"Patriot": 1, "باتريوت": 1}),
    "Kyiv": (KYIV_ENGLISH, KYIV_ARABIC),
    "Pentagon": (PENTAGON_ENGLISH, PENTAGON_ARABIC),
    "ترامب": (TRUMP_ENGLISH, TRUMP_ARABIC),
    "بوتين": (PUTIN_ENGLISH, PUTIN_ARABIC),
    "زيلينسكي": (ZELENSKY_ENGLISH, ZELENSKY_ARABIC),
    "كييف": (KYIV_ENGLISH, KYIV_ARABIC),
    "البنتاغون": (PENTAGON_ENGLISH, PENTAGON_ARABIC),
    # The same names as others write them.
    "Kiev": ({}, KYIV_ARABIC),
    "زيلنسكي": (ZELENSKY_ENGLISH, ZELENSKY_ARABIC),
    "لكييف": (KYIV_ENGLISH, KYIV_ARABIC),
    "والبنتاجون": (PENTAGON_ENGLISH, PENTAGON_ARABIC),
    "پوتين": (PUTIN_ENGLISH, {}),
    "باتريوت": ({}, {"Patriot": 1, "باتريوت": 1}),
    "Colby": ({}, {"Colby": 1, "كولبي": 1}),
    # Words that merely begin alike, or sound like a word that is no name.
    "Hellfire": ({}, {"Hellfire": 1}),
    "Politico": ({}, {}),
}


@pytest.mark.parametrize(("question", "english", "arabic"), [(name, *words) for name, words in MARKED.items()])
def test_a_name_is_marked_in_both_articles(
    seeds_store: Store, question: str, english: dict[str, int], arabic: dict[str, int]
) -> None:
    expected = {language: words for language, words in (("en", english), ("ar", arabic)) if words}
    assert marked(seeds_store, question) == expected


def head(store: Store, question: str) -> list[str]:
    """The lines of a drawn answer before its first hit, but for how many there are and how long that took."""
    console = open_console("never")
    console.file = io.StringIO()
    draw_results(console, answer(store, question))
    lines = console.file.getvalue().splitlines()
    return lines[1 : lines.index("")] if "" in lines else lines[1:]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        pytest.param("Patriot", "Patriot = باتريوت (name)", id="a name"),
        pytest.param("بوتين", "بوتين = Putin (name)", id="a name in Arabic"),
        pytest.param("Putin", "Putin = بوتين (name)", id="the shortest form found"),
        pytest.param("Zelenskyy", "Zelenskyy = Zelensky (alike), زيلنسكي (name)", id="two origins"),
        pytest.param("صاروخ", "صاروخ = صواريخ (plural), missiles (translation)", id="another origin"),
        pytest.param("2024 Kyiv Pentagon", "Kyiv = كييف (name); Pentagon = البنتاغون (name)", id="several words"),
        pytest.param("ceasefire", "ceasefire = وقف لإطلاق النار (translation)", id="a phrase"),
    ],
)
def test_an_answer_begins_with_what_its_words_were_taken_for(seeds_store: Store, question: str, line: str) -> None:
    assert head(seeds_store, question) == [line]


@pytest.mark.parametrize("question", ["550", '"weapons"', '"Kyiv"', "elephant"])
def test_an_answer_to_words_as_they_were_typed_begins_with_its_hits(seeds_store: Store, question: str) -> None:
    assert head(seeds_store, question) == []
