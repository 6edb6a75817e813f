"""The command line of both commands: options and words in any order, the nearest option named for one that is not there.

It is no argparse, because every question would have to import that.
"""

from _collections_abc import Sequence

from index.errors import UsageError
from index.printable import printable


class Option:
    """One row of a command's options: its names, the name of its value (None for a switch), its line of help."""

    __slots__ = ("choices", "help", "names", "value")

    def __init__(self, names: Sequence[str], help: str, value: str | None = None, choices: Sequence[str] = ()) -> None:
        self.names = names
        self.help = help
        self.value = value
        self.choices = choices


class Arguments:
    """What was typed: the words, and each option under its first name."""

    __slots__ = ("options", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.options: dict[str, str] = {}

    def has(self, name: str) -> bool:
        """Whether an option was given."""
        return name in self.options

    def get(self, name: str) -> str | None:
        """The value of an option, or None where it was not given."""
        return self.options.get(name)


def parse(arguments: Sequence[str], table: Sequence[Option]) -> Arguments:
    """Takes words and options apart. `--` ends the options; a value may stand after a space, after `=`, or (`-n5`) close by.

    Raises `UsageError` for an option that is not in the table, or a value that is missing or not among the choices.
    """
    options = {name: option for option in table for name in option.names}
    parsed = Arguments()
    rest = list(reversed(arguments))
    while rest:
        argument = rest.pop()
        if argument == "--":
            parsed.words.extend(reversed(rest))
            break
        if not argument.startswith("-") or argument == "-":
            parsed.words.append(argument)
            continue
        name, value = _split(argument, options)
        option = options.get(name)
        if option is None:
            raise UsageError(
                f"there is no option {printable(argument)}{_nearest(name, options)}; -- goes before words that begin with -"
            )
        if option.value is None and value is not None:
            raise UsageError(f"{name} takes no value")
        if option.value is not None and value is None:
            if not rest:
                raise UsageError(f"{name} needs a value: {name} {option.value}")
            value = rest.pop()
        if option.value is not None and not value:
            raise UsageError(f"{name} needs a value that is not empty: {name} {option.value}")
        if option.choices and value not in option.choices:
            raise UsageError(f"{name} takes {' or '.join(option.choices)}, not {printable(value or '')!r}")
        parsed.options[option.names[0]] = value or ""
    return parsed


def usage(head: str, table: Sequence[Option]) -> str:
    """The text of `--help`: `head`, then a line an option."""
    left = [", ".join(option.names) + (f" {option.value}" if option.value else "") for option in table]
    width = max(map(len, left))
    return head + "".join(f"\n  {names:<{width}}  {option.help}" for names, option in zip(left, table, strict=True)) + "\n"


def _split(argument: str, options: dict[str, Option]) -> tuple[str, str | None]:
    if argument.startswith("--"):
        name, equals, value = argument.partition("=")
        return name, value if equals else None
    name = argument[:2]
    if len(argument) > 2 and name in options and options[name].value:
        return name, argument[2:].removeprefix("=")
    return argument, None


def _nearest(name: str, options: dict[str, Option]) -> str:
    from difflib import get_close_matches  # only on the way to an error

    near = get_close_matches(name, [known for known in options if known.startswith("--")], n=1, cutoff=0.5)
    return f", did you mean {near[0]}" if near else ""
