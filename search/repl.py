"""The prompt: a question a line, a number to open an article, and commands that begin with a colon."""

import sys
from collections.abc import Callable
from difflib import get_close_matches

from index.build import build
from index.errors import UserError
from index.generation import current_name
from index.manifest import describe
from index.printable import printable, shown_path
from index.store import Store
from search.engine import answer, read, similar
from search.history import remembered
from search.hits import Hit, Results
from search.opening import reopen
from search.render import draw_article, draw_line, draw_results, open_console

_PROMPT = "search> "
_LONGEST_NUMBER = 4  # digits: more of them are no place in a list but something to look for
_LANGUAGES = {"ar": "ar", "en": "en", "all": None}


def run_repl(
    store: Store, *, limit: int, language: str | None, plain: bool, exact: bool, translate: bool, color: str | None
) -> int:
    """Answers questions from the terminal until its end or `:quit`, under the options of the command; the exit code."""
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper: it is a terminal
    session = _Session(store, limit=limit, language=language, plain=plain, exact=exact, translate=translate, color=color)
    session.greet()
    with remembered():
        while not session.over:
            try:
                session.take(input(_PROMPT))
            except EOFError:
                print()
                break
            except KeyboardInterrupt:
                print()
                session.say(":quit or Ctrl-D leaves")
    return 0


class _Session:
    """What the prompt remembers from one line to the next."""

    def __init__(
        self, store: Store, *, limit: int, language: str | None, plain: bool, exact: bool, translate: bool, color: str | None
    ) -> None:
        self.over = False
        self._store = store
        self._limit = limit
        self._language = language
        self._plain = plain
        self._exact = exact
        self._translate = translate
        self._results: Results | None = None
        self._console = open_console(color)

    def say(self, line: str) -> None:
        draw_line(self._console, line)

    def greet(self) -> None:
        articles = describe(self._store.generation.manifest)
        self.say(f"{articles}. Words find articles, a number opens one; :help lists the commands, :quit leaves.")

    def take(self, line: str) -> None:
        """Does what one line asks for; what cannot be done is said, and the prompt goes on."""
        line = line.strip()
        try:
            if line.startswith(":"):
                self._obey(line)
            elif line.isdecimal() and len(line) <= _LONGEST_NUMBER:
                self._open(int(line))
            elif line:
                self._ask(line)
        except UserError as error:
            self.say(str(error))

    def _ask(self, question: str) -> None:
        self._follow()
        self._results = answer(
            self._store,
            question,
            limit=self._limit,
            language=self._language,
            plain=self._plain,
            exact=self._exact,
            translate=self._translate,
        )
        draw_results(self._console, self._results)

    def similar(self, rank: str) -> None:
        if not (rank.isdecimal() and len(rank) <= _LONGEST_NUMBER):
            self.say(":similar takes the number of an article of the last answer")
            return
        hit = self._hit(int(rank))
        if hit:
            self._results = similar(
                self._store, hit.id, limit=self._limit, language=self._language, translate=self._translate and not self._exact
            )
            draw_results(self._console, self._results)

    def _open(self, rank: int) -> None:
        hit = self._hit(rank, f'; to look for the number, put it in quotes: "{rank}"')
        if hit and self._results:
            draw_article(self._console, hit, read(self._store, hit, self._results.query))

    def _hit(self, rank: int, otherwise: str = "") -> Hit | None:
        """The article of the last answer with that number; where there is none, says so."""
        hits = self._results.hits if self._results else ()
        if 1 <= rank <= len(hits):
            return hits[rank - 1]
        there = f"the last answer has articles 1 to {len(hits)}" if hits else "there is no answer to open an article of"
        self.say(there + otherwise)
        return None

    def _obey(self, line: str) -> None:
        name, _, argument = line[1:].partition(" ")
        command = _COMMANDS.get(name)
        if command is None:
            near = get_close_matches(name, _COMMANDS, n=1, cutoff=0.5)
            self.say(
                f"there is no command :{printable(name)}"
                + (f", did you mean :{near[0]}" if near else "")
                + "; :help lists them"
            )
            return
        command.run(self, argument.strip())

    def help(self, _: str) -> None:
        for name, command in _COMMANDS.items():
            self.say(f"  :{name + ' ' + command.argument:<18} {command.help}")
        self.say(f"  {'2':<19} open article 2 of the last answer")
        self.say("  anything else       words to look for; in double quotes, next to each other")

    def lang(self, argument: str) -> None:
        if argument not in _LANGUAGES:
            self.say(":lang takes ar, en or all")
            return
        self._language = _LANGUAGES[argument]
        self.say("articles in every language" if self._language is None else f"only articles in {argument}")

    def index(self, _: str) -> None:
        generation = self._store.generation
        report = build(generation.manifest.sources, generation.folder)
        self._follow()
        for skip in report.skipped:
            self.say(f"skipped {skip.where}: {skip.reason}")
        self.say(f"read {describe(report.manifest)} from {', '.join(map(shown_path, report.manifest.sources))}")

    def quit(self, _: str) -> None:
        self.over = True

    def _follow(self) -> None:
        """Opens the generation that is current now: a build since the last question has replaced the one that is open."""
        folder = self._store.generation.folder
        if current_name(folder) != self._store.generation.name:
            before, self._store = self._store, reopen(folder)
            before.close()
            self._results = None  # its articles are numbers of the store before


class _Command:
    """A row of the table of commands."""

    __slots__ = ("argument", "help", "run")

    def __init__(self, run: Callable[[_Session, str], None], help: str, argument: str = "") -> None:
        self.run = run
        self.help = help
        self.argument = argument


_COMMANDS = {
    "help": _Command(_Session.help, "show this list"),
    "similar": _Command(_Session.similar, "the articles nearest to one of the last answer", "N"),
    "lang": _Command(_Session.lang, "only articles in one language, or in all", "ar|en|all"),
    "index": _Command(_Session.index, "read the articles again and rebuild the index"),
    "quit": _Command(_Session.quit, "leave (Ctrl-D does too)"),
}
