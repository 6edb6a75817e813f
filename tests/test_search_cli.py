"""The command `search`, as a user or a program runs it."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from conftest import Commands
from index.errors import UsageError
from search.cli import run

EN, AR = "000_0cad0c9ee405b3bf.txt", "002_362e55c88550be0e.txt"
TOOK = re.compile(r'"took_ms": [\d.]+')


@pytest.fixture(name="thousand", scope="module")
def thousand_articles(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    """An index whose answers are longer than any pipe holds."""
    commands = Commands(tmp_path_factory.mktemp("thousand"))
    text = "Missiles over Kyiv " + "and so on and on " * 20
    lines = (json.dumps({"id": f"{number:04}", "text": f"{text} {number}"}) for number in range(1_000))
    (commands.folder / "articles.jsonl").write_text("\n".join(lines))
    assert commands.index("articles.jsonl").returncode == 0
    return commands


def read(shown: str) -> dict[str, Any]:
    """The one object of JSON in an answer."""
    (line,) = shown.splitlines()
    record: dict[str, Any] = json.loads(line)
    return record


def lines_answered(commands: Commands, questions: str, *arguments: str) -> list[dict[str, Any]]:
    done = commands.search("--ndjson", *arguments, stdin=questions)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.split("\n")[:-1]]


def refusal(*arguments: str) -> str:
    """Why a command line is refused, which is before anything is opened."""
    with pytest.raises(UsageError) as raised:
        run(["--no-build", "--index=nowhere", *arguments])
    return str(raised.value)


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["Patriot"], 0, id="found"),
        pytest.param(["--json", "Patriot"], 0, id="found, as JSON"),
        pytest.param(["elephant"], 1, id="nothing found"),
        pytest.param(["--json", "elephant"], 1, id="nothing found, as JSON"),
        pytest.param(["--color", "always", "elephant"], 1, id="nothing found, drawn"),
        pytest.param(["--lang", "ar", "Parnell"], 1, id="nothing found in that language"),
        pytest.param(["..."], 2, id="no word in the question"),
        pytest.param([""], 2, id="an empty question"),
        pytest.param([], 2, id="no words and no terminal"),
        pytest.param(["--json"], 2, id="no words for JSON either"),
        pytest.param(["x" * 4_001], 2, id="a question that is too long"),
        pytest.param(["--lang", "fr", "kyiv"], 2, id="no language of ours"),
        pytest.param(["-n", "0", "kyiv"], 2, id="no article wanted"),
        pytest.param(["--josn", "kyiv"], 2, id="no option of ours"),
        pytest.param(["--no-build", "--index", "nowhere", "kyiv"], 2, id="no index there"),
        pytest.param(["--index", "seeds", "--no-build", "kyiv"], 2, id="a folder that is no index"),
        pytest.param(["--index", f"seeds/{EN}", "kyiv"], 2, id="a file in place of an index"),
        pytest.param(["--ndjson", "kyiv"], 2, id="words beside questions on standard input"),
    ],
)
def test_exit_code(indexed: Commands, arguments: list[str], code: int) -> None:
    done = indexed.search(*arguments)
    assert done.returncode == code
    assert len(done.stderr.splitlines()) == (code == 2)
    assert not done.stderr or done.stderr.startswith("search: ")
    assert code != 2 or not done.stdout


@pytest.mark.parametrize(("option", "shown"), [("-h", "usage: search"), ("--help", "usage: search"), ("--version", "search ")])
def test_what_needs_no_index_is_said_without_one(commands: Commands, option: str, shown: str) -> None:
    done = commands.search(option, environment={"SEARCH_INDEX": "nowhere"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(shown)
    assert list(commands.folder.iterdir()) == []


def test_help_names_every_option_of_the_contract(commands: Commands) -> None:
    names = ("--index", "-n", "--lang", "--plain", "--exact", "--json", "--ndjson", "--color", "--no-build", "--version", "-h")
    shown = commands.search("-h").stdout
    assert [name for name in names if not re.search(rf"^  (?:\S+, )*{name}\b", shown, re.MULTILINE)] == []
    assert max(map(len, shown.splitlines())) <= 100


# Words and options


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["Patriot", "missiles"], id="words"),
        pytest.param(["Patriot missiles"], id="one argument"),
        pytest.param(["--", "Patriot", "missiles"], id="after the end of the options"),
        pytest.param(["--exact", "Patriot", "missiles"], id="with what is so already"),
    ],
)
def test_words_are_joined_by_a_space(indexed: Commands, arguments: list[str]) -> None:
    answer = read(indexed.search("--json", *arguments).stdout)
    assert answer["query"] == "Patriot missiles"
    assert sorted(hit["id"] for hit in answer["hits"]) == [EN, AR]
    assert [clause["word"] for clause in answer["clauses"]] == ["Patriot", "missiles"]


def test_exact_looks_for_nothing_but_what_was_typed(commands: Commands) -> None:
    (commands.folder / "articles.jsonl").write_text(json.dumps({"id": "plural", "text": "صواريخ over Zelensky"}))
    assert commands.index("articles.jsonl").returncode == 0
    for question, found in (("صاروخ", False), ("Zelenskyy", False), ("بالصواريخ", True), ("Zelensky's", True)):
        assert commands.found(question) == ["plural"]
        for arguments in (["--exact", question], [question, "--exact"]):
            done = commands.search("--json", *arguments)
            assert (done.returncode, done.stderr) == (0 if found else 1, "")
            assert [hit["id"] for hit in read(done.stdout)["hits"]] == ["plural"] * found
    widened, exact = commands.search("صاروخ"), commands.search("--exact", "صاروخ")
    assert (widened.returncode, exact.returncode, exact.stdout) == (0, 1, "")
    assert "صواريخ over Zelensky" in widened.stdout
    answers = [lines_answered(commands, "صاروخ\nZelensky\n", *options) for options in ([], ["--exact"])]
    assert [[answer["total"] for answer in lines] for lines in answers] == [[1, 1], [0, 1]]


def test_the_answer_for_a_program_names_the_variants_of_each_clause(commands: Commands) -> None:
    (commands.folder / "articles.jsonl").write_text(json.dumps({"id": "a", "text": "صواريخ Zelensky"}))
    commands.index("articles.jsonl")
    typed = [{"term": "صاروخ", "origin": "typed", "weight": 1.0, "found": []}]
    plural = [{"term": "صواريخ", "origin": "plural", "weight": 0.25, "found": ["صواريخ"]}]
    for options, variants in (([], typed + plural), (["--exact"], typed)):
        assert read(commands.search("--json", *options, "صاروخ").stdout)["clauses"] == [{"word": "صاروخ", "variants": variants}]


def test_no_translate_leaves_what_is_written_in_the_other_script(indexed: Commands) -> None:
    assert sorted(indexed.found("Putin")) == [EN, AR]
    assert indexed.found("--no-translate", "Putin") == [EN]
    assert indexed.found("--no-translate", "بوتين") == [AR]
    answers = [lines_answered(indexed, "Putin\nZelenskyy\n", *options) for options in ([], ["--no-translate"])]
    assert [[answer["total"] for answer in lines] for lines in answers] == [[2, 2], [1, 1]]
    origins = {row["origin"] for answer in answers[1] for clause in answer["clauses"] for row in clause["variants"]}
    assert origins == {"typed", "alike"}


def test_a_phrase_needs_quotes_of_its_own(indexed: Commands) -> None:
    assert indexed.found('"defense air"') == []
    assert indexed.found("“air defense”") == [EN]
    assert indexed.found("--plain", "--no-translate", '"defense air"') == [EN]


@pytest.mark.parametrize(
    "arguments",
    [
        "--json -n 1 --lang en ukraine missiles",
        "ukraine --json -n1 missiles --lang=en",
        "ukraine missiles -n=1 --lang en --json",
        "--lang=en ukraine -n 1 --json missiles",
        "ukraine -n 7 -n1 --lang ar --lang en --json missiles",
    ],
)
def test_options_stand_anywhere_and_the_last_of_a_kind_counts(indexed: Commands, arguments: str) -> None:
    answer = read(indexed.search(*arguments.split()).stdout)
    assert answer["query"] == "ukraine missiles"
    assert [hit["id"] for hit in answer["hits"]] == [EN]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("--josn", "--json"),
        ("--langs", "--lang"),
        ("--colour", "--color"),
        ("--nd-json", "--ndjson"),
        ("--no-biuld", "--no-build"),
        ("--lang-=ar", "--lang"),
    ],
)
def test_an_unknown_option_names_the_nearest(typed: str, near: str) -> None:
    reason = refusal("kyiv", typed)
    assert f"did you mean {near}" in reason
    assert typed in reason


def test_nothing_is_an_option_after_the_end_of_options(indexed: Commands) -> None:
    assert read(indexed.search("--json", "--", "kyiv", "-5", "-", "--", "--json").stdout)["query"] == "kyiv -5 - -- --json"


@pytest.mark.parametrize("typed", ["-kyiv", "-5", "--kyiv"])
def test_a_word_that_begins_with_a_hyphen_is_refused_with_the_way_out(typed: str) -> None:
    assert "-- goes before words" in refusal("ukraine", typed)


@pytest.mark.parametrize(
    "value",
    [
        "0",
        "-1",
        "x",
        "٣",
        "1.5",
        "1e3",
        "+1",
        " 1",
        "9" * 30,
    ],
)
def test_n_is_a_number_from_one(value: str) -> None:
    assert "-n takes a" in refusal("kyiv", "-n", value)


def test_n_limits_the_list_and_not_the_total(thousand: Commands) -> None:
    for arguments, count in (([], 10), (["-n", "3"], 3), (["-n", "999999999"], 1_000)):
        answer = read(thousand.search("--json", *arguments, "kyiv").stdout)
        assert (len(answer["hits"]), answer["total"]) == (count, 1_000)


@pytest.mark.parametrize("arguments", [["--lang", "fr"], ["--lang=AR"], ["--lang", "ar,en"], ["--color", "red"]])
def test_a_choice_is_one_of_those_that_are_named(arguments: list[str]) -> None:
    choices = {"--lang": "en or ar", "--color": "auto or always or never"}
    name = arguments[0].partition("=")[0]
    assert f"{name} takes {choices[name]}" in refusal("kyiv", *arguments)


@pytest.mark.parametrize("option", ["-n", "--lang", "--index", "--color"])
def test_an_option_without_its_value_is_refused(option: str) -> None:
    for arguments in ([option], [option, ""], [f"{option}="]):  # an empty one is a variable of the shell that is not set
        assert f"{option} needs a value" in refusal("kyiv", *arguments)


@pytest.mark.parametrize("option", ["--json", "--plain", "--help"])
def test_a_switch_with_a_value_is_refused(option: str) -> None:
    assert f"{option} takes no value" in refusal("kyiv", f"{option}=yes")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_lang_keeps_to_articles_in_one_language(indexed: Commands, language: str) -> None:
    answer = read(indexed.search("--json", "--lang", language, "missiles صواريخ Patriot").stdout)
    assert [hit["lang"] for hit in answer["hits"]] == [language]
    assert answer["total"] == 1


# Questions of any kind


@pytest.mark.parametrize(
    ("question", "query"),
    [
        pytest.param(b"kyiv \xff\xfe", "kyiv \ufffd\ufffd", id="bytes that are no text"),
        pytest.param(b"kyiv \xed\xa0\x80", "kyiv \ufffd\ufffd\ufffd", id="a surrogate, encoded"),
        pytest.param("kyiv*", "kyiv*", id="asterisk"),
        pytest.param("kyiv?", "kyiv?", id="question mark"),
        pytest.param('"kyiv', '"kyiv', id="unbalanced quotes"),
        pytest.param("kyiv\u202e\x1b[2J", "kyiv\u202e\x1b[2J", id="controls"),
    ],
)
def test_a_question_is_text_and_comes_back_as_it_was_typed(indexed: Commands, question: str | bytes, query: str) -> None:
    answer = read(indexed.search("--json", question).stdout)
    assert answer["query"] == query
    assert EN in [hit["id"] for hit in answer["hits"]]


@pytest.mark.parametrize("question", ["*", '"', b"\xff"])
def test_a_question_without_a_word_is_refused(indexed: Commands, question: str | bytes) -> None:
    done = indexed.search(question)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("search: the question holds no word")


def test_the_answer_is_the_same_in_every_process(indexed: Commands) -> None:
    arguments = ("--json", "Patriot missiles صواريخ ترامب weapons “air defense” kyiv")
    answers = {
        TOOK.sub("", indexed.search(*arguments, environment={"PYTHONHASHSEED": seed}).stdout)
        for seed in ("0", "1", "2", "3", "4")
    }
    (answer,) = answers
    assert len(json.loads(answer.replace('"total": 2, ,', '"total": 2,'))["hits"]) == 2


def test_json_is_one_line_and_stderr_is_empty(indexed: Commands) -> None:
    done = indexed.search("--json", "Patriot")
    assert (done.stdout.count("\n"), done.stderr) == (1, "")
    assert "صواريخ" in done.stdout


# Many questions


def test_ndjson_answers_line_by_line_in_order(indexed: Commands) -> None:
    answers = lines_answered(indexed, "Patriot\nkyiv\r\nelephant\n«الدفاع الجوي»")
    assert [answer["query"] for answer in answers] == ["Patriot", "kyiv", "elephant", "«الدفاع الجوي»"]
    assert [[hit["id"] for hit in answer["hits"]] for answer in answers] == [[AR], [EN, AR], [], [AR]]
    assert not [answer for answer in answers if "error" in answer]


def test_ndjson_gives_what_json_gives(indexed: Commands) -> None:
    one = indexed.search("--json", "-n1", "--lang", "en", '"air defense" Patriot').stdout
    many = indexed.search("--ndjson", "-n1", "--lang", "en", stdin='"air defense" Patriot').stdout
    assert TOOK.sub("", one) == TOOK.sub("", many)


def test_ndjson_answers_a_refused_line_with_the_reason_and_goes_on(indexed: Commands) -> None:
    questions = ["", "   ", "...", "x" * 4_001, "Patriot"]
    *refused, found = lines_answered(indexed, "".join(f"{question}\n" for question in questions))
    assert [answer["query"] for answer in refused] == questions[:-1]
    for answer in refused:
        assert answer["hits"] == []
        assert isinstance(answer["error"], str)
        assert answer["error"]
    assert [hit["id"] for hit in found["hits"]] == [AR]


def test_ndjson_takes_plain(indexed: Commands) -> None:
    ((answer),) = lines_answered(indexed, '"defense air"\n', "--plain", "--no-translate")
    assert [hit["id"] for hit in answer["hits"]] == [EN]


def test_ndjson_without_questions_is_no_answer_and_no_error(indexed: Commands) -> None:
    assert lines_answered(indexed, "") == []


def test_ndjson_lines_end_where_every_reader_says_so(indexed: Commands) -> None:
    questions = [f"kyiv{character}Patriot" for character in "\u2028\u2029\x85\x0b\x0c\x1c\r"]
    shown = indexed.search("--ndjson", stdin="\n".join(questions)).stdout
    assert [json.loads(line)["query"] for line in shown.splitlines()] == questions


@contextmanager
def asked(commands: Commands, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A `search` to talk to through pipes; ended when it does not answer."""
    process = subprocess.Popen(
        commands.argv("search", *arguments),
        cwd=commands.folder,
        env=commands.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    timer = threading.Timer(20, process.kill)
    timer.start()
    with process:
        yield process
    timer.cancel()


def test_ndjson_answers_each_line_before_the_next_is_asked(indexed: Commands) -> None:
    with asked(indexed, "--ndjson") as process:
        assert process.stdin
        assert process.stdout
        for question in ("Patriot", "", "kyiv", "..."):
            process.stdin.write(question + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["query"] == question
        process.stdin.close()
        assert process.wait() == 0


# Pipes


@pytest.mark.parametrize(
    "pipeline",
    [
        "search -n 1000 kyiv | head -1",
        pytest.param(
            "search -n 1000 --color always kyiv | head -1",
        ),
        "search -n 1000 --json kyiv | head -c 10",
        "search --ndjson < questions | head -1",
        "search kyiv | true",
    ],
)
def test_a_closed_pipe_ends_quietly(thousand: Commands, pipeline: str) -> None:
    (thousand.folder / "questions").write_text("kyiv\n" * 1_000)
    bin_folder = Path(str(thousand.argv("search")[0])).parent
    done = subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {pipeline}"],
        cwd=thousand.folder,
        env=thousand.environment | {"PATH": f"{bin_folder}:{thousand.environment['PATH']}"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize("arguments", [["kyiv"], ["--color=always", "kyiv"], ["--help"]])
def test_a_full_disk_is_one_sentence(indexed: Commands, arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            indexed.argv("search", *arguments),
            cwd=indexed.folder,
            env=indexed.environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            encoding="utf-8",
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("command_line", "code"),
    [
        ("Patriot >&-", 0),
        ("Patriot 2>&-", 0),
        ("Patriot <&-", 0),
        ("... >&- 2>&-", 2),
        ("<&-", 2),
        ("--ndjson <&-", 0),
    ],
)
def test_a_closed_stream_is_no_traceback(indexed: Commands, command_line: str, code: int) -> None:
    (program,) = map(str, indexed.argv("search"))
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" {command_line}', program],
        cwd=indexed.folder,
        env=indexed.environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr


# Which index


def test_the_first_question_builds_the_index_and_the_next_does_not(seeded: Commands) -> None:
    first, second = seeded.search("Patriot"), seeded.search("Patriot")
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stderr.startswith("search: no index yet")
    assert second.stderr == ""
    assert first.stdout == second.stdout


def test_an_article_that_came_since_is_found(seeded: Commands) -> None:
    seeded.search("Patriot")
    (seeded.folder / "seeds/new.txt").write_text("An elephant came to town.")
    done = seeded.search("elephants")
    assert done.returncode == 0
    assert "changed" in done.stderr


def test_no_build_answers_from_what_is_there(seeded: Commands) -> None:
    assert seeded.search("--no-build", "Patriot").returncode == 2
    assert not (seeded.folder / ".search-index").exists()
    seeded.index()
    (seeded.folder / "seeds/new.txt").write_text("An elephant came to town.")
    done = seeded.search("--no-build", "elephants")
    assert (done.returncode, done.stderr) == (1, "")


def test_the_index_is_found_from_a_folder_below_and_where_it_is_named(indexed: Commands, commands: Commands) -> None:
    below = Commands(indexed.folder / "seeds")
    assert below.found("Patriot") == [AR]
    there = str(indexed.folder / ".search-index")
    assert commands.found("--index", there, "Patriot") == [AR]
    assert json.loads(commands.search("--json", "Patriot", environment={"SEARCH_INDEX": there}).stdout)["total"] == 1
    assert list(commands.folder.iterdir()) == []


def test_python_m_search_is_the_command(indexed: Commands) -> None:
    python = Path(str(indexed.argv("search")[0])).parent / "python"
    done = subprocess.run(
        [python, "-m", "search", "--json", "Patriot"],
        cwd=indexed.folder,
        env=indexed.environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert TOOK.sub("", done.stdout) == TOOK.sub("", indexed.search("--json", "Patriot").stdout)
