"""Which passage shows why an article was found, and which of its characters are marked."""

from collections import Counter
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from index.analysis.terms import analyze, term_of
from index.analysis.words import find_words
from index.printable import CONTROLS, printable
from index.store import Article, Store
from search.hits import Matched, Snippet
from search.query import Clause, Query, Variant
from search.query import parse as parse_with
from search.snippets import LENGTH, Occurrence, _densest, beginnings, explain, mark, rows

FILLER = "and then nothing of it was said for a while by anybody at all "

# Words of the question in several forms, other words, and what makes text hard: vowel marks, soft hyphens, bidi controls,
# escape sequences, pictures, words longer than any passage.
ASKED = ["missiles", "Missile’s", "mis\u00adsile", "\u202emissile\u202c", "KYIV", "ky\u0301iv", "الصاروخ", "وصاروخ", "صَارُوخ"]
OTHER = ["the", "weapons", "أسلحة", "و", "x" * 300, "س" * 300, "\x1b[31m", "\0", "!", "،", "\u061c", "\U0001f680", "10:00"]
SPACES = [" ", " ", " ", "  ", "\t", "\u3000", "\r\n", "\n", "\n\n"]


def texts_joined_by(separators: list[str], words: list[str] = ASKED + OTHER, least: int = 0) -> st.SearchStrategy[str]:
    pair = st.tuples(st.sampled_from(words), st.sampled_from(separators)).map("".join)
    return st.lists(pair, min_size=least, max_size=60).map("".join).filter(str.strip)


def parse(question: str) -> Query:
    return parse_with(question, term_of, lambda _: False)


QUESTION = parse("missile kyiv صاروخ")


def article(body: str, title: str | None = None) -> Article:
    return Article(number=0, id="a", path="/a", lang="en", title=title, display_title=title or "", body=body, date=None)


class OneArticle:
    """What a store says of the words of an article, by analysing them."""

    def __init__(self, shown: Article) -> None:
        self._words = {field: analyze(shown.text(field)) for field in ("title", "body")}
        terms = (term for words in self._words.values() for _, _, term in words)
        self._numbers = {term: number for number, term in enumerate(dict.fromkeys(terms))}

    def number_of(self, term: str) -> int | None:
        return self._numbers.get(term)

    def words(self, _: Article, field: str) -> tuple[list[int], list[int]]:
        words = self._words[field]
        return [self._numbers[term] for _, _, term in words], [bound for start, end, _ in words for bound in (start, end)]


def explained(shown: Article, query: Query, *weights: float) -> tuple[tuple[Snippet, ...], tuple[Matched, ...]]:
    store = cast("Store", OneArticle(shown))
    snippets, forms = explain(store, shown, beginnings(store, query), weights or [1.0] * len(query.clauses))
    return snippets, rows(query, forms)


def marked(shown: Article, query: Query) -> list[Snippet]:
    return mark(cast("Store", OneArticle(shown)), shown, query)


def passage(body: str, question: str, *weights: float) -> Snippet:
    (snippet,), _ = explained(article(body), parse(question), *weights)
    return snippet


def pieces(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.highlights]


def words_asked(text: str, query: Query) -> list[tuple[int, int]]:
    """Where the words of `text` stand that `query`, which has no phrases, asks for."""
    terms = {variant.terms[0] for clause in query.clauses for variant in clause.variants}
    return [(start, end) for start, end in find_words(text) if term_of(text[start:end]) in terms]


def check_spans(snippet: Snippet) -> None:
    ends = [0, *(offset for span in snippet.highlights for offset in span), len(snippet.text)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in snippet.highlights)


@given(
    st.lists(st.characters(exclude_categories=["Cs"]) | st.sampled_from([*ASKED, *OTHER, *SPACES]), max_size=100).map("".join)
)
def test_marks_rise_apart_inside_any_text(text: str) -> None:
    shown = article(text, title=text)
    for snippet in (*explained(shown, QUESTION)[0], *marked(shown, QUESTION)):
        check_spans(snippet)
        assert not set(snippet.text) & set(CONTROLS)


@given(texts_joined_by(SPACES))
def test_exactly_the_words_asked_for_are_marked_in_a_passage(body: str) -> None:
    assume(find_words(body))  # there is nothing to show of a body without words
    (snippet,), _ = explained(article(body), QUESTION)
    check_spans(snippet)
    assert list(snippet.highlights) == words_asked(snippet.text, QUESTION)
    assert bool(snippet.highlights) == bool(words_asked(body, QUESTION))


@given(texts_joined_by(["-", "…", "،", "/"], words=[*ASKED, "weapons", "أسلحة"], least=30))
@settings(phases=[Phase.generate])  # among texts so long, looking for the shortest takes longer than it helps
def test_exactly_the_words_asked_for_are_marked_where_no_space_parts_them(body: str) -> None:
    assume(find_words(body))  # there is nothing to show of a body without words
    (snippet,), _ = explained(article(body), QUESTION)
    check_spans(snippet)
    assert list(snippet.highlights) == words_asked(snippet.text, QUESTION)


@pytest.mark.parametrize("word", ["missiles-", "وصاروخ،"])
def test_no_half_word_is_marked_where_no_space_parts_the_words(word: str) -> None:
    snippet = passage(word * 60, word)
    assert set(pieces(snippet)) == {word[:-1]}


@given(texts_joined_by(SPACES))
def test_a_passage_is_whole_words_of_one_paragraph(body: str) -> None:
    assume(find_words(body))  # there is nothing to show of a body without words
    (snippet,), _ = explained(article(body), QUESTION)
    assert len(snippet.text) <= LENGTH + len("…  …")
    core = snippet.text.removeprefix("… ").removesuffix(" …").split()
    if len(core) == 1 and len(core[0]) == LENGTH:  # the beginning of a word that is longer than a passage
        assert core[0] in body
        return
    lines = [line.split() for line in shown_lines(body)]
    assert not core or any(core == line[at : at + len(core)] for line in lines for at in range(len(line)))


def shown_lines(text: str) -> list[str]:
    return [printable(line) for line in text.split("\n")]


@given(texts_joined_by(SPACES))
def test_an_ellipsis_stands_where_the_paragraph_goes_on(body: str) -> None:
    assume(find_words(body))  # there is nothing to show of a body without words
    (snippet,), _ = explained(article(body), QUESTION)
    core = snippet.text.removeprefix("… ").removesuffix(" …").strip()
    cut = [line.strip() for line in shown_lines(body) if core in line]
    assert any(
        (snippet.text.startswith("… "), snippet.text.endswith(" …")) == (start > 0, start + len(core) < len(line))
        for line in cut
        for start in range(len(line) + 1)
        if line.startswith(core, start)
    )


@given(st.lists(st.sampled_from(["air", "defense", "Air", "Defenses,", "and"]), max_size=20).map(" ".join))
def test_phrases_are_marked_from_end_to_end_and_their_words_alone_are_not(body: str) -> None:
    snippet = passage(body or "and", '"air defense" "defense air"')
    words = find_words(snippet.text)
    terms = [term_of(snippet.text[start:end]) for start, end in words]
    both = {at for at, pair in enumerate(pairwise(terms)) if set(pair) == {term_of("air"), term_of("defense")}}
    expected: list[tuple[int, int]] = []
    for at in sorted(both):
        start = expected.pop()[0] if at - 1 in both else words[at][0]
        expected.append((start, words[at + 1][1]))
    assert list(snippet.highlights) == expected


@pytest.mark.parametrize(
    ("question", "text", "pieces_marked"),
    [
        pytest.param(
            "صواريخ", "سقطت وصواريخ وبالصواريخ", ["وصواريخ", "وبالصواريخ"], id="the whole word, with what is joined to it"
        ),
        pytest.param("missile", "Missiles, missile’s", ["Missiles", "missile’s"], id="the whole word, with its ending"),
        pytest.param("Patriot", "صواريخ Patriotية", ["Patriot"], id="a word ends where its script does"),
        pytest.param("US", "the U.S. army", ["U.S."], id="an acronym with its dots"),
        pytest.param('"air defense"', "air\u200f-\u200fdefense", ["air-defense"], id="a phrase with what stands in it"),
        pytest.param('"air defense" air', "air defense, air", ["air defense", "air"], id="a phrase over its word"),
        pytest.param("ship", "shipment", [], id="no part of a word"),
    ],
)
def test_whole_words_are_marked(question: str, text: str, pieces_marked: list[str]) -> None:
    assert pieces(passage(text, question)) == pieces_marked


LONG = FILLER * 5


@pytest.mark.parametrize(
    ("before", "densest"),
    [
        pytest.param("missiles", "missiles near kyiv", id="two words of the question, not one"),
        pytest.param("missiles missiles missiles", "missiles near kyiv", id="two words, not one again and again"),
        pytest.param("missiles", "missiles and more missiles", id="one twice, not once"),
        pytest.param("missiles at the end of a line\nkyiv at the start of one", "missiles near kyiv", id="within a paragraph"),
        pytest.param(f"missiles {LONG}kyiv", "missiles near kyiv", id="near each other, not far apart"),
    ],
)
def test_the_passage_is_where_the_question_is_met_most_densely(before: str, densest: str) -> None:
    for body in (f"{before} {LONG}{densest} {LONG}", f"{LONG}{densest} {LONG}{before}"):
        snippet = passage(body, "missiles kyiv")
        assert densest in snippet.text


@pytest.mark.parametrize(("before", "after"), [(0, 90), (90, 0), (90, 90), (3, 90), (90, 3)])
def test_a_passage_is_as_long_as_it_may_be_with_the_words_near_its_middle(before: int, after: int) -> None:
    snippet = passage("abcd " * before + "kyiv" + " abcd" * after, "kyiv")
    core = snippet.text.removeprefix("… ").removesuffix(" …").strip()
    assert LENGTH - 2 * len("abcd ") < len(core) <= LENGTH
    around = core.partition("kyiv")
    half = LENGTH // 2 - 2 * len("abcd ")
    assert len(around[0]) > min(half, 5 * before - 2)
    assert len(around[2]) > min(half, 5 * after - 2)


def test_a_rare_word_is_shown_before_a_common_one() -> None:
    body = f"missiles {LONG} kyiv"
    assert pieces(passage(body, "missiles kyiv", 1.0, 2.0)) == ["kyiv"]
    assert pieces(passage(body, "missiles kyiv", 2.0, 1.0)) == ["missiles"]


def test_of_passages_that_say_the_same_the_first_is_shown() -> None:
    snippet = passage(f"first missiles {LONG} second missiles", "missiles")
    assert snippet.text.startswith("first missiles")


def test_a_word_longer_than_a_passage_is_cut() -> None:
    snippet = passage("x" * 1_000, "x" * 1_000)
    assert pieces(snippet) == ["x" * LENGTH]
    assert snippet.text.endswith(" …")


def test_where_only_the_title_answers_the_passage_is_the_beginning() -> None:
    shown = article("\n\nThe beginning\nof the article", title="Missiles over\tKyiv")
    (title, body), _ = explained(shown, QUESTION)
    assert (title.field, title.text, pieces(title)) == ("title", "Missiles over Kyiv", ["Missiles", "Kyiv"])
    assert (body.field, body.text, body.highlights) == ("body", "The beginning", ())


@pytest.mark.parametrize(
    "above",
    [
        pytest.param("", id="at once"),
        pytest.param("\n \n\r\n", id="below blank lines"),
        pytest.param(
            "  ",
            id="indented",
        ),
        pytest.param(
            "\u200f\n",
            id="below a line of nothing that is seen",
        ),
    ],
)
def test_the_beginning_is_the_first_thing_to_be_read(above: str) -> None:
    assert passage(above + "The beginning\nof the article", "missiles").text == "The beginning"


def test_a_title_that_does_not_answer_is_no_snippet() -> None:
    snippets, _ = explained(article("Missiles", title="Weapons"), QUESTION)
    assert [snippet.field for snippet in snippets] == ["body"]


def test_an_article_that_is_a_title_alone_has_no_passage() -> None:
    snippets, _ = explained(article(" \n", title="Missiles"), QUESTION)
    assert [snippet.field for snippet in snippets] == ["title"]


def test_the_forms_found_are_named_once_as_written_the_title_first() -> None:
    shown = article("missile, Missiles, missile: وصاروخ والصاروخ", title="Mis\u00adsile’s")
    _, matched = explained(shown, QUESTION)
    assert [(row.word, row.origin, row.found) for row in matched] == [
        ("missile", "typed", ("Missile’s", "missile", "Missiles")),
        ("صاروخ", "typed", ("وصاروخ", "والصاروخ")),
    ]


@given(texts_joined_by([*SPACES, "-", ""]))
def test_a_whole_article_is_shown_line_by_line_with_every_word_marked(body: str) -> None:
    title, *lines = marked(article(body, title="Kyiv"), QUESTION)
    assert (title.field, pieces(title)) == ("title", ["Kyiv"])
    assert [line.text for line in lines] == [line.rstrip() for line in shown_lines(body)]
    for line in lines:
        assert list(line.highlights) == words_asked(line.text, QUESTION)


def test_a_phrase_that_goes_on_in_the_next_line_is_marked_in_both() -> None:
    lines = marked(article("the air\ndefense of Kyiv"), parse('"air defense"'))
    assert [pieces(line) for line in lines] == [["air"], ["defense"]]


def test_a_phrase_that_goes_on_in_the_next_line_is_marked_in_both_over_its_words_too() -> None:
    lines = marked(article("the air defense\nof Kyiv"), parse('"air defense of" defense'))
    assert [pieces(line) for line in lines] == [["air defense"], ["of"]]


def plainly_densest(text: str, occurrences: list[Occurrence], idfs: list[float]) -> float:
    """The value of the best passage, tried from each occurrence to each later one."""
    values = [0.0]
    for first, begin in enumerate(occurrences):
        for last in range(first, len(occurrences)):
            window = occurrences[first : last + 1]
            apart = window[-1].end - begin.start > LENGTH or "\n" in text[begin.end : window[-1].start]
            if last > first and apart:
                break
            counts = Counter(occurrence.clause for occurrence in window)
            values.append(sum(idfs[clause] * (1 + 0.2 * (times - 1)) for clause, times in counts.items()))
    return max(values)


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 2), st.booleans()), max_size=40))
def test_no_other_passage_says_more_than_the_densest(steps: list[tuple[int, int, bool]]) -> None:
    variant, idfs, text, occurrences = QUESTION.clauses[0].variants[0], [1.0, 2.5, 0.3], "", []
    for gap, clause, ends_line in steps:
        text += " " * gap + ("\n" if ends_line else "") + "word"
        occurrences.append(Occurrence(len(text) - 4, len(text), clause, variant))
    bounds = _densest(text, occurrences, idfs)
    assert (bounds is None) == (not steps)
    if bounds:
        within = [occurrence for occurrence in occurrences if bounds[0] <= occurrence.start and occurrence.end <= bounds[1]]
        counts = Counter(occurrence.clause for occurrence in within)
        value = sum(idfs[clause] * (1 + 0.2 * (times - 1)) for clause, times in counts.items())
        assert value == pytest.approx(plainly_densest(text, occurrences, idfs))


# Phrases with words in between, as the translations of words are


def near(*phrases: str, slop: int = 2) -> Query:
    """The query of phrases within which so many words may stand."""

    def terms(phrase: str) -> tuple[str, ...]:
        return tuple(term_of(phrase[start:end]) for start, end in find_words(phrase))

    clauses = (Clause(phrase, (Variant(terms(phrase), 1.0, "translation", slop),)) for phrase in phrases)
    return Query("", tuple(clauses), ())


CEASEFIRE = "وقف إطلاق النار"
IN_BETWEEN = [
    pytest.param(CEASEFIRE, "عن وقف إطلاق النار غدا", [CEASEFIRE], [CEASEFIRE], id="none in between"),
    pytest.param(
        CEASEFIRE,
        "عن وقف فوري وشامل إطلاق النار غدا",
        ["وقف", "إطلاق النار"],
        ["وقف فوري وشامل إطلاق النار"],
        id="words next to each other are one mark",
    ),
    pytest.param(
        "air defense", "air and missile defense", ["air", "defense"], ["air and missile defense"], id="two words in between"
    ),
    pytest.param("air defense", "air, missile and other defense", [], [], id="more words than may stand in between"),
    pytest.param("air defense", "defense of the air", [], [], id="the wrong way round"),
    pytest.param(
        "air defense system",
        "Air and missile Defenses, a system",
        ["Air", "Defenses", "system"],
        ["Air and missile Defenses, a system"],
        id="as written, with what stands in it",
    ),
    pytest.param(
        "air defense",
        "air air defense",
        ["air", "air defense"],
        ["air air defense", "air defense"],
        id="one that begins within another",
    ),
    pytest.param(
        "air defense",
        "air defense, air of defense",
        ["air defense", "air", "defense"],
        ["air defense", "air of defense"],
        id="with and without, each its form",
    ),
]


@pytest.mark.parametrize(("phrase", "text", "marks", "forms"), IN_BETWEEN)
def test_of_a_phrase_with_words_in_between_its_own_words_are_marked_and_all_of_it_is_found(
    phrase: str, text: str, marks: list[str], forms: list[str]
) -> None:
    query = near(phrase)
    snippets, matched = explained(article(text), query)
    assert [pieces(snippet) for snippet in snippets] == [marks]
    assert [pieces(line) for line in marked(article(text), query)] == [marks]
    assert [form for row in matched for form in row.found] == forms


@pytest.mark.parametrize("slop", [0, 1, 2, 3])
def test_as_many_words_stand_in_between_as_the_variant_allows(slop: int) -> None:
    for between in range(5):
        text = f"air {'x ' * between}defense"
        (snippet,), _ = explained(article(text), near("air defense", slop=slop))
        assert bool(snippet.highlights) == (between <= slop)


def test_the_form_of_a_phrase_that_goes_on_in_the_next_line_is_one_line() -> None:
    shown = article("the air\nand missile\ndefense of Kyiv")
    (snippet,), ((row),) = explained(shown, near("air defense"))
    assert row.found == ("air and missile defense",)
    assert pieces(snippet) in (["air"], ["defense"])
    assert [pieces(line) for line in marked(shown, near("air defense"))] == [["air"], [], ["defense"]]


def test_the_form_of_a_phrase_steers_no_terminal() -> None:
    _, ((row),) = explained(article("air \x1b[31mand\u202e defense"), near("air defense"))
    assert row.found == ("air [31mand defense",)


def test_a_phrase_in_the_title_is_marked_and_named_before_that_of_the_body() -> None:
    (title, body), ((row),) = explained(article("air defense", title="Air of Defense"), near("air defense"))
    assert (pieces(title), pieces(body)) == (["Air", "Defense"], ["air defense"])
    assert row.found == ("Air of Defense", "air defense")


def test_what_stands_in_between_is_marked_where_it_is_asked_for_too() -> None:
    (snippet,), matched = explained(article("air and missile defense"), near("air defense", "missile"))
    assert pieces(snippet) == ["air", "missile", "defense"]
    assert [row.found for row in matched] == [("air and missile defense",), ("missile",)]


def test_two_phrases_that_share_their_words_are_marked_once() -> None:
    (snippet,), matched = explained(article("air and missile defense"), near("air defense", "air missile", "missile defense"))
    assert pieces(snippet) == ["air", "missile defense"]
    assert [row.found for row in matched] == [("air and missile defense",), ("air and missile",), ("missile defense",)]


def test_the_passage_holds_all_words_of_a_phrase_that_stands_apart() -> None:
    body = f"{LONG}air and some other defense of Kyiv {LONG}"
    assert pieces(explained(article(body), near("air defense", slop=3))[0][0]) == ["air", "defense"]


@given(
    st.lists(st.sampled_from(["air", "Defenses,", "and", "missile", "ever"]), min_size=1, max_size=20).map(" ".join),
    st.integers(0, 3),
)
def test_marks_of_two_words_are_those_of_a_plain_search(body: str, slop: int) -> None:
    places = find_words(body)
    terms = [term_of(body[start:end]) for start, end in places]
    held, forms = set(), []
    for here in (place for place, term in enumerate(terms) if term == term_of("air")):
        near_by = [place for place in range(here + 1, here + 2 + slop) if terms[place : place + 1] == [term_of("defense")]]
        if near_by:
            held |= {here, near_by[0]}
            forms.append(body[places[here][0] : places[near_by[0]][1]])
    (snippet,), matched = explained(article(body), near("air defense", slop=slop))
    characters = {place for word in held for place in range(*places[word])}
    assert {place for start, end in snippet.highlights for place in range(start, end)} >= characters
    assert all(body[place] == " " for start, end in snippet.highlights for place in {*range(start, end)} - characters)
    assert [form for row in matched for form in row.found] == list(dict.fromkeys(forms))
    check_spans(snippet)
