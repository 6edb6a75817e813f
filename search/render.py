"""The answer for a terminal, drawn by rich: lists of hits, and one article with its words marked."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from index.printable import printable
from search.hits import Hit, Results, Snippet
from search.query import Clause

_WIDEST = 100  # columns: longer lines are hard to read
_NARROW = 60
_NARROWEST = 20
_MOST_FORMS = 5  # that a word was taken for, of one origin
_MOST_WORDS = 8  # of which that is shown


class _Console(Console):
    """rich would end the process with an exit code of its own where a pipe is closed; the command decides that here."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def open_console(color: str | None = None) -> Console:
    """A console on stdout that prints text as it is; `color` is `always`, `never`, or for a terminal (None, `auto`)."""
    console = _Console(
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=True if color == "always" else None,
        no_color=False if color == "always" else None,
        color_system={"never": None, "always": "standard"}.get(color or "", "auto"),
    )
    console.width = max(_NARROWEST, min(console.width, _WIDEST))
    return console


def draw_results(console: Console, results: Results) -> None:
    """Draws how many articles answer, what the words were taken for, and each hit: title, passages, where it is and why."""
    found = f"{results.total} article{'s' * (results.total != 1)}" if results.total else "no article"
    shown = f", the best {len(results.hits)}" if len(results.hits) < (results.total or 0) else ""
    console.print(Text(f"{found} in {results.took_ms:.0f} ms{shown}", style="dim"))
    taken_for = list(_taken_for(results))
    if taken_for:
        more = ["…"] if len(taken_for) > _MOST_WORDS else []
        console.print(Text("; ".join(taken_for[:_MOST_WORDS] + more), style="dim"))
    for hit in results.hits:
        _draw_hit(console, hit)


def draw_article(console: Console, hit: Hit, lines: Iterable[Snippet]) -> None:
    """Draws the whole article behind a hit, the words that answered marked."""
    console.print(_source(hit))
    blank = True  # the lines that once parted an article from its page part nothing here
    for line in lines:
        if blank and not line.text:
            continue
        blank = not line.text
        _indented(console, "", _marked(console, line, "bold" if line.field == "title" else ""))


def draw_line(console: Console, line: str) -> None:
    """Draws a message of the program itself."""
    console.print(Text(line, style="dim"))


def _taken_for(results: Results) -> Iterator[str]:
    """What else the words of the question are met by, by origin: Patriot = باتريوت (name).

    Each variant that a hit has stands there in its shortest form; words that mean the same thing together stand together.
    """
    meant = ((clause.word, _meant_by(clause, results)) for clause in results.query.clauses)
    for meaning, clauses in groupby(meant, key=lambda pair: pair[1]):
        if meaning:
            yield f"{printable(' '.join(word for word, _ in clauses))} = {meaning}"


def _meant_by(clause: Clause, results: Results) -> str:
    by_origin: dict[str, dict[str, None]] = {}
    for variant in clause.variants:
        if variant.origin != "typed" and variant in results.found:
            form = min(results.found[variant], key=len)
            by_origin.setdefault(variant.origin, {})[form] = None
    return ", ".join(f"{', '.join([*forms][:_MOST_FORMS])} ({origin})" for origin, forms in by_origin.items())


def _draw_hit(console: Console, hit: Hit) -> None:
    margin = "    " if console.width < _NARROW else " " * 8
    head = f"{hit.rank:>2}  {hit.lang}"
    titles = (_marked(console, snippet, "bold") for snippet in hit.snippets if snippet.field == "title")
    title = next(titles, Text(hit.title, style="bold"))
    console.print()
    if len(margin) < 8:
        console.print(Text(head, style="cyan"))
        _indented(console, margin, title)
    else:
        _indented(console, margin, title, first=Text(f"{head:<8}", style="cyan"))
    for snippet in hit.snippets:
        if snippet.field != "title":
            _indented(console, margin, _marked(console, snippet))
    _indented(console, margin, _source(hit))


def _source(hit: Hit) -> Text:
    matched = ", ".join(dict.fromkeys(form for row in hit.matched for form in row.found))
    return Text("  ".join(filter(None, (hit.path, hit.date, f"{hit.score:.2f}", f"found: {matched}"))), style="dim")


def _marked(console: Console, snippet: Snippet, style: str = "") -> Text:
    # Bold black on yellow cannot be read on many terminals; without colour, what is left is bold and underlined.
    mark = "bold underline" if console.no_color else "not bold black on yellow"
    text = Text(snippet.text, style=style)
    for start, end in snippet.highlights:
        text.stylize(mark, start, end)
    return text


def _indented(console: Console, margin: str, text: Text, first: Text | None = None) -> None:
    """Prints `text` wrapped by words behind `margin`; `first` takes the margin's place on the first line."""
    for number, line in enumerate(text.wrap(console, console.width - len(margin))):
        line.rstrip()
        console.print(Text.assemble(first if first and number == 0 else margin, line))
