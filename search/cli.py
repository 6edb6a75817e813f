"""The command `search`: one question, many on standard input, or the REPL."""

import sys
from _collections_abc import Sequence

from index import __version__
from index.command import run_command
from index.errors import UsageError
from index.locations import INDEX_NAME
from index.options import Arguments, Option, parse, usage
from index.printable import printable
from index.store import Store
from search.engine import DEFAULT_LIMIT, answer, similar
from search.hits import Results
from search.opening import open_store

EXIT_NOTHING_FOUND = 1
_DIGITS = 18  # of -n
_HEAD = """usage: search [WORDS ...] [options]

  search Patriot missiles          articles with either word, best first
  search '"air defense" Ukraine'   words in double quotes stand next to each other
  search                           a prompt, where a number opens an article

Exit status: 0 found, 1 nothing found, 2 error.
"""
_OPTIONS = (
    Option(("--index",), f"the index folder (else $SEARCH_INDEX, or the nearest {INDEX_NAME} here or above)", "DIR"),
    Option(("-n",), f"show at most N articles (default {DEFAULT_LIMIT})", "N"),
    Option(("--lang",), "only articles in that language", "LANG", choices=("en", "ar")),
    Option(("--similar",), "the articles nearest to the one with that id, which --json shows", "ID"),
    Option(("--plain",), "take every character as text, quotes too"),
    Option(("--exact",), "only the words that were typed, in all their endings"),
    Option(("--no-translate",), "only articles that have the words in the script they were typed in"),
    Option(("--json",), "the answer as one object of JSON"),
    Option(("--ndjson",), "read a question a line from standard input, write an object of JSON a line"),
    Option(
        ("--color",),
        "mark words with colour: auto (on a terminal), always, never",
        "WHEN",
        choices=("auto", "always", "never"),
    ),
    Option(("--no-build",), "never build or refresh the index first"),
    Option(("--version",), "show the version"),
    Option(("-h", "--help"), "show this help"),
)


def main() -> int:
    """The command on the arguments of the process; its exit code."""
    return run_command("search", run)


def run(arguments: Sequence[str]) -> int:
    """Does what `arguments` ask for and returns the exit code; raises `UserError`."""
    asked = parse(arguments, _OPTIONS)
    if asked.has("-h"):
        print(usage(_HEAD, _OPTIONS), end="")
        return 0
    if asked.has("--version"):
        print(f"search {__version__}")
        return 0
    limit = _limit(asked)
    if asked.has("--ndjson"):
        if asked.words or asked.has("--similar"):
            raise UsageError("--ndjson reads its questions from standard input: type no words and no --similar beside it")
        return _answer_lines(_open(asked), asked, limit)
    drawn = sys.stdout.isatty() or asked.get("--color") == "always"
    counted = drawn or asked.has("--json")
    if asked.has("--similar"):
        results = _similar(asked, limit, counted=counted)
    elif asked.words:
        results = _answer(_open(asked), " ".join(asked.words), asked, limit, counted=counted)
    else:
        return _prompt(asked, limit)
    _show(results, asked, drawn=drawn)
    return 0 if results.hits else EXIT_NOTHING_FOUND


def _prompt(asked: Arguments, limit: int) -> int:
    if asked.has("--json") or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("no words to look for: type some, or run search alone on a terminal")
    from search.repl import run_repl  # its rich and readline are for a terminal alone

    return run_repl(
        _open(asked),
        limit=limit,
        language=asked.get("--lang"),
        plain=asked.has("--plain"),
        exact=asked.has("--exact"),
        translate=not asked.has("--no-translate"),
        color=asked.get("--color"),
    )


def _similar(asked: Arguments, limit: int, *, counted: bool) -> Results:
    if asked.words:
        raise UsageError("--similar looks for what is near an article: type no words beside it")
    return similar(
        _open(asked),
        asked.options["--similar"],
        limit=limit,
        language=asked.get("--lang"),
        translate=not (asked.has("--no-translate") or asked.has("--exact")),
        counted=counted,
    )


def _open(asked: Arguments) -> Store:
    return open_store(asked.get("--index"), may_build=not asked.has("--no-build"))


def _answer(store: Store, question: str, asked: Arguments, limit: int, *, counted: bool = True) -> Results:
    return answer(
        store,
        question,
        limit=limit,
        language=asked.get("--lang"),
        plain=asked.has("--plain"),
        exact=asked.has("--exact"),
        translate=not asked.has("--no-translate"),
        counted=counted,
    )


def _limit(asked: Arguments) -> int:
    typed = asked.get("-n") or str(DEFAULT_LIMIT)
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS and int(typed) > 0):
        raise UsageError(f"-n takes a whole number of at least 1, not {printable(typed)!r}")
    return int(typed)


def _show(results: Results, asked: Arguments, *, drawn: bool) -> None:
    if asked.has("--json"):
        from index.json_line import to_json
        from search.records import record

        print(to_json(record(results)))
    elif drawn:
        from search.render import draw_results, open_console

        draw_results(open_console(asked.get("--color")), results)
    else:
        from search.plain import text

        print(text(results), end="")


def _answer_lines(store: Store, asked: Arguments, limit: int) -> int:
    """One object a line, in order; a line that cannot be answered is answered with the reason."""
    from index.json_line import to_json
    from search.records import record, refusal

    for line in sys.stdin.buffer:
        question = line.decode("utf-8", "replace").rstrip("\r\n")
        try:
            done = record(_answer(store, question, asked, limit))
        except UsageError as error:
            done = refusal(question, str(error))
        print(to_json(done), flush=True)
    return 0
