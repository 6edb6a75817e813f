"""Text that was made to do harm: in questions, articles, ids and names of files. Nothing fails, nothing steers a terminal."""

import json
import os
import random
import re
import subprocess
import unicodedata
from pathlib import Path

import pexpect
import pytest

from conftest import Commands

# What the program itself draws with, and nothing else of the kind: no colour 31, no other sequence.
OWN_STYLES = re.compile(r"\x1b\[(?:0|1|2|36|30;43|1;30;43)m")
STEERING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = {"\u200e", "\u200f", "\u061c"}

EVIL = "\x1b[31m\x1b]0;owned\x07\x1b[2J\x9b1;1H\x90q\x9c\x7f\x08\r\x0b\x85\u202e\u2066\u200f\u061c\u2028"
PIECES = [
    *(
        "missiles",
        "صواريخ",
        "Patriot",
        "kyiv",
        "وَالصَّوَارِيخِ",
        "ﷺ",
        "ﻻ",
        "İ",
        "ß",
        "漢字",
        "हिन्दी",
        "🚀👩\u200d🚀",
        "e\u0301",
        "١٢٣",
        "¼",
    ),
    *(
        '"',
        "“",
        "”",
        "«",
        "»",
        "'",
        "’",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "*",
        "?",
        "~2",
        "^3",
        "\\",
        "/",
        "|",
        "&&",
        "+",
        "-",
        ":",
    ),
    *(
        "AND",
        "OR",
        "NOT",
        "TO",
        "title:",
        "body:",
        "id:*",
        "[a TO z]",
        "[bold]",
        "[/b]",
        ":smile:",
        "%s",
        "{0}",
        "$(id)",
        "<b>",
    ),
    *("\0", "\x1b[2J", "\x07", "\x7f", "\x9b", "\t", "\r", "\x85", "\u2028", "\u202e", "\u2066", "\u200f", "\ufeff", "\ufffe"),
    *("\ud800", "\udfff", "\U000e0041", "\u0301" * 50, "\u064b" * 50, "x" * 300, "ص" * 300, "\u0640" * 80, "a.b." * 60, " "),
]


def hostile_question(chance: random.Random) -> str:
    if chance.random() < 0.02:
        return chance.choice(PIECES) * chance.choice([10, 1_000, 5_000])
    pieces = (
        chance.choice(PIECES) if chance.random() < 0.9 else chr(chance.randrange(0x110000)) for _ in range(chance.randrange(30))
    )
    return chance.choice(["", " "]).join(pieces).replace("\n", " ")


def steering(text: str) -> set[str]:
    """The characters of `text` that steer a terminal or the order of what is on it."""
    return {
        c
        for c in OWN_STYLES.sub("", text)
        if (unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c not in "\n\t")
        or unicodedata.bidirectional(c) in STEERING
        or c in MARKS
    }


def shown(commands: Commands, *arguments: str | bytes, environment: dict[str, str] | None = None) -> str:
    """All that a search writes, to both streams, byte by byte."""
    done = subprocess.run(
        commands.argv("search", *arguments),
        cwd=commands.folder,
        env=commands.environment | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert b"Traceback" not in done.stdout
    return done.stdout.decode("utf-8")


@pytest.fixture(name="evil", scope="module")
def evil_articles(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    """Articles that are hostile in each part, all of them about Kyiv, in files with hostile names, and files to skip."""
    commands = Commands(tmp_path_factory.mktemp("evil"))
    seeds = commands.folder / "seeds"
    seeds.mkdir()
    line = EVIL.replace("\r", "")
    body = f"{line}The {line}Kyiv{line} of {line} old{line}\n{line} and\tmore\n"
    (seeds / "text.txt").write_text(f"{line} title Kyiv\n{line} title Kyiv\n{body}", newline="")
    (seeds / f"{EVIL.replace('/', '')}.txt").write_text(body)
    Path(os.fsdecode(os.fsencode(seeds) + b"/\xff\xfe\x9b\xed\xa0\x80.txt")).write_text(body)
    (seeds / f"skipped{EVIL}.pdf").write_text("Kyiv")
    records = [
        {"id": f"{EVIL}1", "title": f"{EVIL}Kyiv{EVIL}", "text": body},
        {"id": "\ud8002", "title": "\udfffKyiv", "text": f"Kyiv \ud800{EVIL}"},
        {"id": "3", "text": f"Kyiv {EVIL}" + "\x1b[31mx" * 100},
        {"id": f"{EVIL}1", "text": "a second one with that id"},
    ]
    (seeds / "lines.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return commands


def test_a_thousand_hostile_questions_are_answered_one_by_one(evil: Commands) -> None:
    chance = random.Random(2025)  # noqa: S311  # no secret: the same questions every time
    questions = [hostile_question(chance) for _ in range(1_000)]
    sent = b"".join(question.encode("utf-8", "surrogatepass") + b"\n" for question in questions)
    done = subprocess.run(
        evil.argv("search", "--ndjson", "-n2"),
        cwd=evil.folder,
        env=evil.environment,
        input=sent,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if b"built" not in line]) == (0, [])
    assert not steering(done.stdout.decode("utf-8"))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    decoded = [line.decode("utf-8", "replace").rstrip("\r") for line in sent.split(b"\n")[:-1]]
    assert [answer["query"] for answer in answers] == decoded
    refused = [answer for answer in answers if "error" in answer]
    assert 10 < len(refused) < 300
    assert all(answer["hits"] == [] for answer in refused)
    assert sum(bool(answer["hits"]) for answer in answers) > 100


def test_what_the_generator_asks_is_hostile() -> None:
    chance = random.Random(2025)  # noqa: S311  # as above
    questions = [hostile_question(chance) for _ in range(1_000)]
    everything = "".join(questions)
    assert [piece for piece in PIECES if piece not in everything] == []
    assert max(map(len, questions)) > 4_000


@pytest.mark.parametrize("arguments", [[], ["--color", "always"], ["--json"]], ids=["plain", "drawn", "json"])
def test_no_article_steers_the_terminal(evil: Commands, arguments: list[str]) -> None:
    answer = shown(evil, *arguments, "Kyiv")
    assert not steering(answer)
    assert answer.count("Kyiv") >= 6


@pytest.mark.parametrize("key", ["lang", "date"])
def test_no_language_or_date_steers_the_terminal(commands: Commands, key: str) -> None:
    (commands.folder / "seeds").mkdir()
    (commands.folder / "seeds/a.jsonl").write_text(json.dumps({"id": "1", "text": "Kyiv", key: f"x{EVIL}"}))
    assert not steering(shown(commands, "--color", "always", "Kyiv"))


def test_hostile_ids_come_back_to_a_program_as_they_were_given(evil: Commands) -> None:
    ids = {hit["id"] for hit in json.loads(evil.search("--json", "Kyiv").stdout)["hits"]}
    assert {f"{EVIL}1", "\ufffd2", "3"} <= ids  # the second began with a surrogate, which no encoding can write


def test_no_name_of_a_file_steers_the_terminal_while_the_index_is_built(tmp_path: Path, evil: Commands) -> None:
    named = tmp_path / f"articles{EVIL.replace('/', '')}"
    (evil.folder / "seeds").rename(named)
    try:
        for folder in (str(tmp_path / f"index{EVIL}"), str(tmp_path / "index")):
            answer = shown(evil, "--index", folder, "Kyiv", environment={"SEARCH_SEEDS": str(named)})
            assert not steering(answer)
            assert "built" in answer
    finally:
        named.rename(evil.folder / "seeds")


def test_no_refusal_steers_the_terminal(evil: Commands) -> None:
    for arguments in (
        [f"--{EVIL}"],
        ["kyiv", "--lang", EVIL],
        ["kyiv", "-n", EVIL],
        ["kyiv", "--no-build", "--index", f"no{EVIL}"],
        ["\x1b\u202e\u2066\x9b\u200f"],
    ):
        answer = shown(evil, *arguments)
        assert answer.startswith("search: ")
        assert not steering(answer)


def test_nothing_steers_the_terminal_at_the_prompt(evil: Commands) -> None:
    # On a terminal without any capability neither readline nor rich has sequences of its own.
    program, *rest = map(str, evil.argv("search"))
    child = pexpect.spawn(
        program, rest, cwd=str(evil.folder), env=evil.environment | {"TERM": "dumb"}, encoding="utf-8", timeout=20
    )
    child.expect_exact("search> ")
    for typed in (
        "Kyiv",
        *map(str, range(1, 7)),
        ":index",
        ":\u202eevil\u2028",
        ":lang \u202e",
        "\u202eKyiv\u2066 \u200f",
        "…\u202e",
    ):
        child.sendline(typed)
        child.expect_exact("search> ")
        _, _, said = str(child.before).replace("\r\n", "\n").partition("\n")  # behind the echo of what was typed
        assert said.strip()
        assert not steering(said)
    child.close(force=True)
