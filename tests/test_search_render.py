"""The answer on a terminal: whole screens as golden files, marks, colours, narrow windows."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from conftest import SEEDS, Commands
from index.store import Store
from search.engine import answer, read
from search.hits import Hit, Matched, Results, Snippet
from search.query import Clause, Query, Variant
from search.render import draw_article, draw_line, draw_results, open_console

Golden = Callable[[str, str], None]

SGR = re.compile(r"\x1b\[([\d;]*)m")
TITLE = "يتحدث ترامب وبوتين بعد توقف البنتاغون عن شحنات الصواريخ الأوكرانية"


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A colour terminal of 80 columns in the checkout, whatever the tester has."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "LINES", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(SEEDS.parent)


def drawn(draw: Callable[[Console], None], color: str = "always", width: int | None = None) -> str:
    console = open_console(color)
    console.file = io.StringIO()
    console.width = width or console.width
    draw(console)
    return console.file.getvalue()


def results_of(store: Store, question: str) -> Results:
    results = answer(store, question)
    results.took_ms = 2.6
    return results


def screen(store: Store, question: str, color: str = "always", width: int | None = None) -> str:
    results = results_of(store, question)
    return drawn(lambda console: draw_results(console, results), color, width)


def styled(text: str) -> Iterator[tuple[str, set[str]]]:
    """The pieces of a screen, each with the codes of its colours and weights."""
    codes: set[str] = set()
    here = 0
    for match in SGR.finditer(text):
        if match.start() > here:
            yield text[here : match.start()], codes
        codes = set() if match[1] in {"", "0"} else codes | set(match[1].split(";"))
        here = match.end()
    if here < len(text):
        yield text[here:], codes


def marked(text: str) -> list[str]:
    return [piece for piece, codes in styled(text) if "43" in codes]  # a yellow ground


def squeezed(text: str) -> str:
    """`text` without styles and without white space, which wrapping changes."""
    return "".join(SGR.sub("", text).split())


def columns(line: str) -> int:
    return cell_len(SGR.sub("", line))


def test_golden_screen_of_an_answer(seeds_store: Store, golden: Golden) -> None:
    golden("answer.ansi", screen(seeds_store, "Patriot missiles صواريخ"))


def test_golden_screen_of_an_answer_in_40_columns(seeds_store: Store, golden: Golden) -> None:
    golden("answer-narrow.ansi", screen(seeds_store, "Patriot missiles صواريخ", width=40))


def test_golden_screen_of_an_answer_without_colour(seeds_store: Store, golden: Golden) -> None:
    golden("answer-plain.txt", screen(seeds_store, "Patriot missiles صواريخ", color="never"))


def test_golden_screen_of_nothing_found(seeds_store: Store, golden: Golden) -> None:
    golden("nothing.ansi", screen(seeds_store, "elephant"))


def test_golden_screen_of_an_article(seeds_store: Store, golden: Golden) -> None:
    results = results_of(seeds_store, "Patriot صواريخ")
    hit = results.hits[0]
    golden("article.ansi", drawn(lambda console: draw_article(console, hit, read(seeds_store, hit, results.query))))


def test_colour_marks_the_words_that_answered_and_no_others(seeds_store: Store) -> None:
    # The title, then the passage that says both words, and one of them twice.
    assert marked(screen(seeds_store, "Hellfire صواريخ")) == ["الصواريخ", "صواريخ", "وصواريخ", "Hellfire", "missiles"]


def test_an_opened_article_has_every_word_marked(seeds_store: Store) -> None:
    results = answer(seeds_store, "صواريخ Patriot")
    hit = results.hits[0]
    shown = drawn(lambda console: draw_article(console, hit, read(seeds_store, hit, results.query)))
    # Counted in the seed by eye; of its two titles one is left.
    assert marked(shown) == [
        *("الصواريخ", "صواريخ", "صواريخ", "Patriot", "وصواريخ"),
        *("صواريخ", "باتريوت", "والصواريخ"),
    ]


def test_a_marked_word_is_not_bold_on_its_yellow_ground_outside_a_title(seeds_store: Store) -> None:
    # Bold black is grey on many terminals, and cannot be read on yellow.
    assert not [piece for piece, codes in styled(screen(seeds_store, "Patriot")) if {"1", "43"} <= codes]


def test_a_marked_word_is_not_bold_on_its_yellow_ground_in_a_title(seeds_store: Store) -> None:
    assert not [piece for piece, codes in styled(screen(seeds_store, "صواريخ")) if {"1", "43"} <= codes]


def test_without_colour_a_mark_is_bold_and_underlined(seeds_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = screen(seeds_store, "Hellfire stockpiles", color="auto")
    assert [piece for piece, codes in styled(shown) if {"1", "4"} <= codes] == ["Hellfire", "stockpiles"]
    assert not [codes for _, codes in styled(shown) if codes - {"1", "2", "4"}]


def test_no_line_of_an_answer_ends_in_white_space(seeds_store: Store) -> None:
    assert not re.search(r"[ \t]+$", screen(seeds_store, "Patriot Kyiv", color="never"), re.MULTILINE)


def test_no_line_of_an_article_ends_in_white_space(seeds_store: Store) -> None:
    results = answer(seeds_store, "Patriot")
    lines = read(seeds_store, results.hits[0], results.query)
    shown = drawn(lambda console: draw_article(console, results.hits[0], lines), "never")
    assert not re.search(r"[ \t]+$", shown, re.MULTILINE)


def test_never_is_text_alone(seeds_store: Store) -> None:
    shown = screen(seeds_store, "Patriot missiles", color="never")
    assert "\x1b" not in shown
    assert shown == SGR.sub("", screen(seeds_store, "Patriot missiles"))


@pytest.mark.parametrize(
    ("articles", "limit", "head"),
    [(1, 10, "1 article in 3 ms"), (2, 10, "2 articles in 3 ms"), (3, 2, "3 articles in 3 ms, the best 2")],
)
def test_the_first_line_counts_what_was_found(store_of: Callable[..., Store], articles: int, limit: int, head: str) -> None:
    store = store_of(*({"id": str(number), "text": "kyiv"} for number in range(articles)))
    results = answer(store, "kyiv", limit=limit)
    results.took_ms = 2.6
    assert drawn(lambda console: draw_results(console, results), "never").split("\n")[0] == head


def test_a_hit_says_where_it_is_when_it_was_written_and_which_words_answered(
    store_of: Callable[..., Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = store_of({"id": "a", "title": "Missiles", "text": "the missile, Missiles, Kyiv", "date": "2025-07-03"})
    *_, last = drawn(lambda console: draw_results(console, answer(store, "missile kyiv")), "never", 100).splitlines()
    assert re.fullmatch(r" {8}articles-0\.jsonl  2025-07-03  \d\.\d\d  found: Missiles, missile, Kyiv", last)


KYIV = Query("kyiv", (Clause("kyiv", (Variant(("kyiv",), 1.0, "typed"),)),), ("kyiv",))


@pytest.mark.parametrize("text", ["[bold]Kyiv[/bold]", "Kyiv [ad_1] [/b]", ":smile: Kyiv", "Kyiv http://a.b 123 'x' None"])
def test_text_is_drawn_as_it_is(text: str) -> None:
    hit = hit_of(text, [Snippet("body", text, ())])
    shown = drawn(lambda console: draw_results(console, Results(KYIV, 1, (hit,), {}, 1.0)))
    assert text in [piece.strip() for piece, _ in styled(shown)]
    assert {code for _, codes in styled(shown) for code in codes} <= {"1", "2", "36"}


def test_a_message_is_drawn_as_it_is() -> None:
    assert drawn(lambda console: draw_line(console, "[bold] :smile: 12"), "never") == "[bold] :smile: 12\n"


def hit_of(title: str, snippets: list[Snippet]) -> Hit:
    return Hit(
        rank=1,
        number=0,
        id="a",
        path="seeds/a.txt",
        lang="en",
        title=title,
        date=None,
        score=1.0,
        snippets=tuple(snippets),
        matched=(Matched("kyiv", "typed", 1.0, ("Kyiv",)),),
    )


shown_texts = st.text(st.sampled_from("abcxyz صاروخًى   \u200dé漢🚀…-[]:"), max_size=200).map(str.strip)


@given(shown_texts, shown_texts, st.integers(16, 120))
def test_no_window_is_too_narrow_for_all_of_the_text(title: str, text: str, width: int) -> None:
    hit = hit_of(title, [Snippet("body", text, ((0, len(text) // 2),) if len(text) > 1 else ())])
    shown = drawn(lambda console: draw_results(console, Results(KYIV, 1, (hit,), {}, 1.0)), width=width)
    assert squeezed(title + text) in squeezed(shown)
    assert squeezed("seeds/a.txt 1.00 found: Kyiv") in squeezed(shown)
    assert max(map(columns, shown.splitlines())) <= width


@pytest.mark.parametrize("width", [0, 1, 2, 3, 4, 5, 8, 16])
def test_even_a_window_of_a_few_columns_shows_all_of_the_text(
    seeds_store: Store, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert squeezed(TITLE) in squeezed(screen(seeds_store, "Patriot"))


def test_lines_are_no_longer_than_can_be_read_with_ease(seeds_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert 90 < max(map(columns, screen(seeds_store, "Patriot Kyiv").splitlines())) <= 100


# As a process: on a terminal of its own, and in a pipe


def on_terminal(commands: Commands, *arguments: str, **environment: str) -> str:
    shown, code = pexpect.run(
        " ".join(map(str, commands.argv("search", *arguments))),
        cwd=str(commands.folder),
        env=commands.environment | environment,
        encoding="utf-8",
        withexitstatus=True,
    )
    assert code == 0
    return str(shown)


@pytest.mark.parametrize(
    ("arguments", "environment", "marks"),
    [
        pytest.param([], {}, {"30", "43"}, id="in colour"),
        pytest.param(["--color", "auto"], {}, {"30", "43"}, id="as by itself"),
        pytest.param(["--color", "always"], {}, {"30", "43"}, id="always"),
        pytest.param([], {"NO_COLOR": "1"}, {"1", "4"}, id="without colour where the user wants none"),
        pytest.param(["--color", "never"], {}, set(), id="never"),
        pytest.param([], {"TERM": "dumb"}, set(), id="on a terminal that can do nothing"),
    ],
)
def test_a_terminal_gets_its_marks(
    indexed: Commands, arguments: list[str], environment: dict[str, str], marks: set[str]
) -> None:
    shown = on_terminal(indexed, *arguments, "Patriot", **environment)
    assert ("Patriot", marks) in list(styled(shown)) if marks else "\x1b" not in shown
    assert " 1  ar  " in SGR.sub("", shown)


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}], ids=["nothing set", "an option goes before a variable"])
def test_the_command_draws_on_a_pipe_when_told_to(indexed: Commands, environment: dict[str, str]) -> None:
    shown = indexed.search("--color", "always", "Patriot", environment=environment | {"COLUMNS": "40"}).stdout
    assert marked(shown) == ["Patriot"]
    assert "Patriot" in shown
    assert max(map(columns, shown.splitlines())) <= 40


def test_the_command_draws_nothing_in_a_pipe(indexed: Commands) -> None:
    for arguments in ([], ["--color", "auto"], ["--color=never"]):
        assert "\x1b" not in indexed.search(*arguments, "Patriot", environment={"FORCE_COLOR": "1"}).stdout


# The line of what the words of a question were taken for


Forms = tuple[str, ...]


def clause_of(word: str, *variants: tuple[str, str]) -> Clause:
    """A clause of a word and of its variants besides, each its term and its origin."""
    typed = Variant((word,), 1.0, "typed")
    return Clause(word, (typed, *(Variant((term,), 0.5, origin) for term, origin in variants)))


def taken_for(*clauses: Clause, found: Mapping[str, Forms], width: int = 1_000) -> str:
    """The second line of an answer, where it says what the words were taken for; `found` are the forms of each term."""
    query = Query("", clauses, ())
    forms = {
        variant: found[term] for clause in clauses for variant in clause.variants for term in variant.terms if term in found
    }
    results = Results(query, 1, (), forms, 2.6)
    head, *lines = drawn(lambda console: draw_results(console, results), "never", width).splitlines()
    assert head == "1 article in 3 ms, the best 0"
    return "\n".join(lines)


ROCKETS = clause_of("rocket", ("صاروخ", "translation"), ("صواريخ", "translation"), ("rockets", "alike"))
TAKEN = [
    pytest.param([ROCKETS], {}, "", id="nothing was met: no line"),
    pytest.param([ROCKETS], {"rocket": ("rocket", "Rockets")}, "", id="what was typed is no news"),
    pytest.param([ROCKETS], {"صاروخ": ("صاروخ",)}, "rocket = صاروخ (translation)", id="one of its variants"),
    pytest.param(
        [ROCKETS],
        {"صاروخ": ("وبالصاروخ", "صاروخ", "الصاروخ")},
        "rocket = صاروخ (translation)",
        id="in its shortest form",
    ),
    pytest.param(
        [ROCKETS],
        {"صاروخ": ("صاروخ",), "صواريخ": ("صواريخ",), "rockets": ("rokets",)},
        "rocket = صاروخ, صواريخ (translation), rokets (alike)",
        id="several of an origin, and several origins",
    ),
    pytest.param(
        [ROCKETS], {"صاروخ": ("صواريخ",), "صواريخ": ("صواريخ",)}, "rocket = صواريخ (translation)", id="each form once"
    ),
    pytest.param(
        [clause_of("rocket", *((f"k{number}", "alike") for number in range(7)))],
        {f"k{number}": (f"k{number}",) for number in range(7)},
        "rocket = k0, k1, k2, k3, k4 (alike)",
        id="five of an origin",
    ),
    pytest.param(
        [clause_of("prime", ("رئيس الوزراء", "translation")), clause_of("minister", ("رئيس الوزراء", "translation"))],
        {"رئيس الوزراء": ("رئيس الوزراء",)},
        "prime minister = رئيس الوزراء (translation)",
        id="neighbours with the same meaning stand together",
    ),
    pytest.param(
        [clause_of("a", ("x", "alike")), clause_of("b", ("y", "alike")), clause_of("c", ("x", "alike"))],
        {"x": ("x",), "y": ("y",)},
        "a = x (alike); b = y (alike); c = x (alike)",
        id="those that are no neighbours stand apart",
    ),
    pytest.param(
        [clause_of("a", ("x", "alike")), clause_of("b"), clause_of("c", ("x", "alike"))],
        {"x": ("x",)},
        "a = x (alike); c = x (alike)",
        id="nor are those with a word between that means itself",
    ),
    pytest.param(
        [clause_of("a", ("x", "alike")), clause_of("b", ("x", "translation"))],
        {"x": ("x",)},
        "a = x (alike); b = x (translation)",
        id="the same form by another origin is another meaning",
    ),
    pytest.param(
        [clause_of("a", ("x", "alike")), clause_of("b", ("x", "alike"), ("y", "alike"))],
        {"x": ("x",), "y": ("y",)},
        "a = x (alike); b = x, y (alike)",
        id="a word that means more is another meaning",
    ),
    pytest.param([clause_of("a\x1b[31m", ("x", "alike"))], {"x": ("x",)}, "a[31m = x (alike)", id="a word steers no terminal"),
    pytest.param([clause_of("[bold]", ("x", "alike"))], {"x": ("x",)}, "[bold] = x (alike)", id="nor is it a style"),
]


@pytest.mark.parametrize(("clauses", "found", "line"), TAKEN)
def test_what_words_were_taken_for_is_one_line(clauses: list[Clause], found: dict[str, Forms], line: str) -> None:
    assert taken_for(*clauses, found=found) == line


@pytest.mark.parametrize("words", [1, 7, 8, 9, 30])
def test_the_line_tells_of_eight_words_at_most_and_then_that_there_are_more(words: int) -> None:
    clauses = [clause_of(f"w{number}", (f"x{number}", "alike")) for number in range(words)]
    shown = taken_for(*clauses, found={f"x{number}": (f"x{number}",) for number in range(words)})
    told = [f"w{number} = x{number} (alike)" for number in range(min(words, 8))]
    assert shown.split("; ") == told + ["…"] * (words > 8)


def test_words_that_mean_themselves_are_none_of_the_eight() -> None:
    clauses = [clause_of(f"w{number}", *([(f"x{number}", "alike")] if number % 2 else [])) for number in range(17)]
    found = {f"{kind}{number}": (f"{kind}{number}",) for kind in "wx" for number in range(17)}
    shown = taken_for(*clauses, found=found)
    assert shown.split("; ") == [f"w{number} = x{number} (alike)" for number in range(1, 17, 2)]


def test_neighbours_that_stand_together_are_one_of_the_eight() -> None:
    clauses = [clause_of(f"w{number}", (f"x{number // 2}", "alike")) for number in range(16)]
    shown = taken_for(*clauses, found={f"x{number}": (f"x{number}",) for number in range(8)})
    assert shown.split("; ") == [f"w{2 * number} w{2 * number + 1} = x{number} (alike)" for number in range(8)]


def test_a_long_line_is_wrapped_by_words() -> None:
    clauses = [clause_of(f"word{number}", (f"form{number}", "translation")) for number in range(8)]
    found = {f"form{number}": (f"form{number}",) for number in range(8)}
    shown = taken_for(*clauses, found=found, width=40)
    assert max(map(len, shown.splitlines())) <= 40
    assert " ".join(line.strip() for line in shown.splitlines()) == taken_for(*clauses, found=found)


def test_variants_that_no_shown_hit_has_are_left_out(store_of: Callable[..., Store]) -> None:
    store = store_of(
        {"id": "a", "text": "صاروخ صاروخ"}, {"id": "b", "text": "صواريخ فوق المدينة في الليل"}, {"id": "c", "text": "Kyiv"}
    )
    one, both = (answer(store, "missile Kyiv", limit=limit, language="ar") for limit in (1, 2))
    assert [[hit.id for hit in results.hits] for results in (one, both)] == [["a"], ["a", "b"]]
    shown = [
        drawn(lambda console: draw_results(console, one), "never"),
        drawn(lambda console: draw_results(console, both), "never"),
    ]
    assert [text.splitlines()[1] for text in shown] == [
        "missile = صاروخ (translation)",
        "missile = صاروخ, صواريخ (translation)",
    ]


def test_each_word_of_a_phrase_is_taken_for_all_of_it(store_of: Callable[..., Store]) -> None:
    store = store_of({"id": "a", "text": "دفاع جوي"}, {"id": "b", "text": "قال إن مخزون المدينة كبير"})
    line = screen(store, "air defense stockpile", color="never", width=500).splitlines()[1]
    *phrase, stockpile = line.split("; ")
    assert phrase
    assert all("= دفاع جوي" in told for told in phrase)
    assert stockpile == "stockpile = مخزون (translation)"


@pytest.mark.parametrize(("translate", "exact"), [(False, False), (True, True)], ids=["not translated", "exact"])
def test_without_translating_nothing_is_said_of_it(store_of: Callable[..., Store], *, translate: bool, exact: bool) -> None:
    store = store_of({"id": "a", "text": "missile صواريخ"})
    results = answer(store, "missile", translate=translate, exact=exact)
    assert "=" not in drawn(lambda console: draw_results(console, results), "never", 100)
    assert "missile = صواريخ (translation)" in screen(store, "missile", color="never")


def test_the_line_is_dim_on_a_terminal(store_of: Callable[..., Store]) -> None:
    shown = screen(store_of({"id": "a", "text": "صواريخ"}), "missile")
    assert ("missile = صواريخ (translation)", {"2"}) in [(piece.strip(), codes) for piece, codes in styled(shown)]
