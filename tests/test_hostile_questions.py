"""Text that was made to do harm: in questions, articles, ids and names of files. Nothing fails, nothing steers a terminal."""

import itertools
import json
import math
import os
import random
import re
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from conftest import Commands
from index.json_line import to_json
from index.store import Store
from search.engine import answer
from search.query import LONGEST_QUESTION
from search.records import record

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

# What costs most to widen and to look at closely: words that are long, many, seldom, near to those of the articles.
EXHAUSTING = {
    "one word of all letters allowed": "x" * 3_990,
    "one word of two letters in turn": "ab" * 1_995,
    "one word of vowels": "aeiouy" * 665,
    "one Arabic word": "ص" * 3_990,
    "one Arabic word of what is written together with words": "وبالفكل" * 570,
    "one word of the articles again and again": "missile" * 570,
    "words of one letter": " ".join(itertools.islice(itertools.cycle("abcdefghijklmnopqrstuvwxyz"), 1_995)),
    "Arabic words of one letter": " ".join(itertools.islice(itertools.cycle("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"), 1_995)),
    "different words": " ".join("".join(letters) for letters in itertools.islice(itertools.product("zqxjkvwe", repeat=5), 665)),
    "different Arabic words": " ".join(map("".join, itertools.islice(itertools.product("صواريخن", repeat=5), 665))),
    "misspelled words": " ".join(map("mis{0[0]}sil{0[1]} m{0[1]}s".format, itertools.product("abcdefghijklmnopq", repeat=2))),
    "misspelled Arabic words": " ".join(map("".join, itertools.permutations("صواريخ", 6)))[:3_990],
    "numbers": " ".join(map(str, range(900))),
    "one number": "7" * 3_990,
    "one Arabic number": "٧" * 3_990,
    "numbers with separators": ",".join(["8,000.5", "10:00:00", "٨٬٠٠٠"] * 150),
    "names with numbers": " ".join(f"covid-{number}" for number in range(400)),
    "one name with one number": "covid" + "9" * 3_900,
    "stop words": "the of and في من " * 235,
    "stop words in quotes": "«the» “of the” " * 266,
    "one phrase": '"' + "air defense " * 330 + '"',
    "phrases": '"air defense" “Kyiv missiles” ' * 133,
    "Cyrillic": "Путин Зеленський ракеты Ёлка " * 137,
    "Chinese": "导弹乌克兰 " * 665,
    "Thai and Hindi, whose words have marks": "ขีปนาวุธ मिसाइल " * 234,
    "Hebrew, Greek, Georgian, Korean": "טיל πύραυλος რაკეტა 미사일 " * 153,
    "letters beyond the first plane": "\U0001d426\U0001d422\U0001d42c " * 997,
    "Latin letters with accents": "Élysée İstanbul ﬁnance ŁódźÀ " * 137,
    "scripts within a word": "missileصاروخракета" * 221,
    "ligatures of Arabic": "ﷺﷲﻻ " * 997,
}


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


@pytest.mark.parametrize("question", EXHAUSTING.values(), ids=EXHAUSTING.keys())
@pytest.mark.parametrize("exact", [False, True], ids=["widened", "exact"])
def test_an_exhausting_question_is_answered_like_any_other(seeds_store: Store, question: str, *, exact: bool) -> None:
    assert 3_000 < len(f"Kyiv {question}") <= LONGEST_QUESTION
    for asked, plain in ((question, False), (f"Kyiv {question}", False), (f"{question} Kyiv", True)):
        results = answer(seeds_store, asked, exact=exact, plain=plain)
        assert results.query.text == asked
        assert len(results.hits) == results.total
        assert all(0 < hit.score < math.inf for hit in results.hits)
        assert all(len(clause.variants) == 1 for clause in results.query.clauses) or not exact
        assert to_json(record(results)).isprintable()
        assert "Kyiv" not in asked or {"en"} <= {hit.lang for hit in results.hits}


def test_exhausting_questions_are_answered_by_the_command(indexed: Commands) -> None:
    done = indexed.search("--ndjson", stdin="".join(f"{question}\n" for question in EXHAUSTING.values()))
    assert (done.returncode, done.stderr) == (0, "")
    answers = list(map(json.loads, done.stdout.splitlines()))
    assert [answer["query"] for answer in answers] == list(EXHAUSTING.values())
    assert not [answer for answer in answers if "error" in answer]


@pytest.mark.parametrize(
    ("words", "question"),
    [
        pytest.param([f"covid{number}" for number in range(3_000)], "covid", id="a name with thousands of numbers"),
        pytest.param(
            [f"zelen{''.join(letters)}ski" for letters in itertools.product("aeiou", repeat=5)], "zelenaaaaski", id="spellings"
        ),
        pytest.param(["a" * length for length in range(6, 257)], "a" * 100, id="words of one run of letters"),
        pytest.param(["ا" * length for length in range(6, 257)], "ا" * 100, id="Arabic words of one run of letters"),
    ],
)
def test_an_article_of_look_alikes_is_found_by_few_of_them(
    store_of: Callable[..., Store], words: list[str], question: str
) -> None:
    store = store_of({"id": "evil", "text": " ".join(words)}, {"id": "other", "text": "peace"})
    results = answer(store, question)
    assert [hit.id for hit in results.hits] == ["evil"]
    (clause,) = results.query.clauses
    assert 2 <= len(clause.variants) <= 9


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
