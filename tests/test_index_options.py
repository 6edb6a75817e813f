from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from index.options import Option, parse, usage

TABLE = (
    Option(("--index",), "the index folder", "DIR"),
    Option(("-n", "--number"), "how many hits", "N"),
    Option(("--lang",), "only hits in that language", "LANG", choices=("en", "ar")),
    Option(("--json",), "one object of JSON"),
    Option(("-h", "--help"), "this help"),
)


def parsed(*arguments: str) -> tuple[list[str], dict[str, str]]:
    arguments_ = parse(arguments, TABLE)
    return arguments_.words, arguments_.options


@pytest.mark.parametrize(
    ("arguments", "words", "options"),
    [
        pytest.param([], [], {}, id="nothing"),
        pytest.param(["Patriot", "missiles"], ["Patriot", "missiles"], {}, id="words"),
        pytest.param(["-n", "5"], [], {"-n": "5"}, id="a value after a space"),
        pytest.param(["-n5"], [], {"-n": "5"}, id="a value close by"),
        pytest.param(["-n=5"], [], {"-n": "5"}, id="a value after = of a short option"),
        pytest.param(["--number", "5"], [], {"-n": "5"}, id="a second name counts as the first"),
        pytest.param(["--index=DIR"], [], {"--index": "DIR"}, id="a value after ="),
        pytest.param(["--index=a=b"], [], {"--index": "a=b"}, id="only the first = parts"),
        pytest.param(["--index", "-odd"], [], {"--index": "-odd"}, id="a value may begin with -"),
        pytest.param(["-n", "5", "-n7"], [], {"-n": "7"}, id="the last one counts"),
        pytest.param(["--lang", "ar"], [], {"--lang": "ar"}, id="a choice"),
        pytest.param(["--json"], [], {"--json": ""}, id="a switch"),
        pytest.param(["--help", "x"], ["x"], {"-h": ""}, id="a switch takes no word along"),
        pytest.param(["-"], ["-"], {}, id="a single - is a word"),
        pytest.param(["a-b", "x=y"], ["a-b", "x=y"], {}, id="- and = inside a word"),
        pytest.param(["–json"], ["–json"], {}, id="a dash that an editor made of -- is a word"),
        pytest.param(["--", "--json", "-n5"], ["--json", "-n5"], {}, id="-- ends the options"),
        pytest.param(["a", "--", "b", "--", "c"], ["a", "b", "--", "c"], {}, id="only the first -- ends them"),
        pytest.param(["--json", "--"], [], {"--json": ""}, id="-- at the end"),
        pytest.param([""], [""], {}, id="an empty word"),
    ],
)
def test_words_and_options_are_taken_apart(arguments: list[str], words: list[str], options: dict[str, str]) -> None:
    assert parsed(*arguments) == (words, options)


def test_options_and_words_stand_in_any_order() -> None:
    pieces = (["Patriot"], ["-n", "5"], ["--index=DIR"], ["--json"])
    for order in permutations(pieces):
        assert parsed(*[argument for piece in order for argument in piece]) == (
            ["Patriot"],
            {"-n": "5", "--index": "DIR", "--json": ""},
        )


@given(st.lists(st.text(st.characters())))
def test_after_two_hyphens_everything_is_a_word(words: list[str]) -> None:
    assert parsed("--", *words) == (words, {})


@given(st.lists(st.text(st.characters()).filter(lambda word: not word.startswith("-"))), st.text(st.characters(), min_size=1))
def test_words_keep_their_order_and_a_value_its_characters(words: list[str], value: str) -> None:
    assert parsed(*words, "--index", value, *words) == (words + words, {"--index": value})
    assert parsed(*words, f"--index={value}", *words) == (words + words, {"--index": value})


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(["--indx"], "no option --indx, did you mean --index;", id="a misspelt option names the nearest"),
        pytest.param(["--indx=DIR"], "no option --indx=DIR, did you mean --index;", id="a misspelt option with its value"),
        pytest.param(["--JSON"], "no option --JSON", id="capitals are no option"),
        pytest.param(["--wxyz"], "no option --wxyz; --", id="nothing is near"),
        pytest.param(["-5"], "no option -5.*; -- goes before words that begin with -", id="a negative number may be a word"),
        pytest.param(
            ["-5"],
            "no option -5;",
            id="no short option is near another",
        ),
        pytest.param(["-hn5"], "no option -hn5", id="short options are not run together"),
        pytest.param(["--\x1b[31m\n"], r"no option --\[31m ", id="what steers a terminal is not shown"),
        pytest.param(["-n"], "-n needs a value: -n N", id="a missing value"),
        pytest.param(["a", "--index"], "--index needs a value: --index DIR", id="a missing value after words"),
        pytest.param(["--json=1"], "--json takes no value", id="a value for a switch"),
        pytest.param(["--lang", "fr"], "--lang takes en or ar, not 'fr'", id="none of the choices"),
        pytest.param(["--lang="], "--lang needs a value that is not empty", id="an empty value is no value"),
        pytest.param(["--lang", "\x1b[2J"], r"not '\[2J'", id="what steers a terminal is not shown of a value"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(arguments: list[str], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        parse(arguments, TABLE)


def test_an_option_that_was_not_given_has_no_value() -> None:
    arguments = parse(["--json", "-n5"], TABLE)
    assert (arguments.has("--json"), arguments.has("-h")) == (True, False)
    assert (arguments.get("-n"), arguments.get("--index")) == ("5", None)


def test_help_lists_every_option_under_the_head_in_two_columns() -> None:
    assert usage("usage: search\n", TABLE).split("\n") == [
        "usage: search",
        "",
        "  --index DIR     the index folder",
        "  -n, --number N  how many hits",
        "  --lang LANG     only hits in that language",
        "  --json          one object of JSON",
        "  -h, --help      this help",
        "",
    ]
