"""The articles nearest to one of them: from Python, from the command line, at the prompt."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from test_search_repl import Prompt, paths

from conftest import Commands, refusal
from index.errors import UsageError
from index.printable import CONTROLS
from index.store import Store
from search.cli import run
from search.engine import answer, similar
from search.similar import query_of

StoreOf = Callable[..., Store]
Record = Mapping[str, str]

NEWS: Sequence[Record] = (
    {"id": "missiles en", "title": "Missiles over Kyiv", "text": "Russia fired missiles and drones at the stockpiles."},
    {"id": "صواريخ", "text": "أطلقت روسيا صواريخ على مخزونات الأسلحة في كييف"},
    {"id": "weapons", "text": "A stockpile of weapons and missiles was shown to the minister"},
    {"id": "harvest", "text": "Farmers expect a good harvest of olives and lemons this autumn"},
    {"id": "زيتون", "text": "موسم الزيتون والليمون في المدينة"},
    {"id": "stop words", "text": "The of and! what is it?"},
)


@pytest.fixture(name="store")
def store_of_news(store_of: StoreOf) -> Store:
    return store_of(*NEWS)


def ids(store: Store, id: str, **options: Any) -> list[str]:
    return [hit.id for hit in similar(store, id, **options).hits]


# What an article is asked for by


def words_of(store: Store, id: str) -> list[str]:
    number = store.number_of_article(id)
    assert number is not None
    return [clause.word for clause in query_of(store, number).clauses]


def test_an_article_is_asked_for_by_its_words_but_for_stop_words_in_reading_order(store: Store) -> None:
    assert words_of(store, "weapons") == ["stockpile", "weapons", "missiles", "shown", "minister"]


def test_a_word_is_asked_for_once_as_it_is_written_first(store: Store) -> None:
    # In the title, which is read first, and in the body.
    asked = ["Missiles", "Kyiv", "Russia", "fired", "drones", "stockpiles"]
    assert words_of(store, "missiles en") == asked
    number = store.number_of_article("missiles en")
    assert number is not None
    query = query_of(store, number)
    assert query.terms == tuple(map(store.term_of, asked))
    assert query.text == "missiles en"
    assert all(not clause.quoted and [v.origin for v in clause.variants] == ["typed"] for clause in query.clauses)


def test_of_a_long_article_the_words_are_asked_for_that_are_rare_or_often_in_it(store_of: StoreOf) -> None:
    rare, often, common = (" ".join(f"{kind}{number}" for number in range(15)) for kind in ("rare", "often", "common"))
    store = store_of(
        {"id": "long", "text": f"{common} {rare} {often} {often} {often} {often}"},
        {"id": "other", "text": f"{common} {often}"},
        {"id": "third", "text": common},
    )
    asked = words_of(store, "long")
    assert len(asked) == 25
    assert set(often.split()) <= set(asked)
    assert not set(common.split()) & set(asked)


def test_a_word_of_the_title_tells_twice_as_much(store_of: StoreOf) -> None:
    words = [f"word{number}" for number in range(26)]
    store = store_of({"id": "a", "title": words[25], "text": " ".join(words[:25])}, {"id": "b", "text": "none"})
    assert words_of(store, "a") == [words[25], *words[:24]]  # among equals, the first


# Which articles are nearest


def test_the_article_itself_is_not_in_the_answer(store: Store) -> None:
    for record in NEWS[:-1]:
        results = similar(store, record["id"])
        assert record["id"] not in [hit.id for hit in results.hits]
        assert results.total == len(results.hits)


@pytest.mark.parametrize(
    ("id", "nearest"),
    [
        pytest.param("missiles en", {"صواريخ", "weapons"}, id="of an English one"),
        pytest.param("صواريخ", {"missiles en", "weapons"}, id="of an Arabic one"),
        pytest.param("harvest", {"زيتون"}, id="though all that is near is in the other language"),
        pytest.param("زيتون", {"harvest"}, id="and from Arabic"),
    ],
)
def test_the_nearest_are_found_in_both_languages(store: Store, id: str, nearest: set[str]) -> None:
    assert set(ids(store, id)[: len(nearest)]) == nearest


def test_more_shared_words_are_nearer(store_of: StoreOf) -> None:
    store = store_of(
        {"id": "itself", "text": "k1 k2 k3 k4"},
        {"id": "one", "text": "k1 x x x"},
        {"id": "three", "text": "k1 k2 k3 x"},
        {"id": "two", "text": "k1 k2 x x"},
        {"id": "none", "text": "x x x x"},
    )
    results = similar(store, "itself")
    assert [hit.id for hit in results.hits] == ["three", "two", "one"]
    assert [hit.rank for hit in results.hits] == [1, 2, 3]
    assert [hit.score for hit in results.hits] == sorted((hit.score for hit in results.hits), reverse=True)
    assert results.query.text == "itself"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_only_articles_in_a_language_are_found_where_one_is_given(store: Store, language: str) -> None:
    results = similar(store, "missiles en", language=language)
    assert results.hits
    assert {hit.lang for hit in results.hits} == {language}
    assert "missiles en" not in [hit.id for hit in results.hits]
    assert results.total == len(results.hits)


def test_a_limit_gives_the_beginning_of_the_whole_answer(store: Store) -> None:
    every = ids(store, "missiles en")
    assert len(every) >= 2
    for limit in range(1, len(every) + 2):
        results = similar(store, "missiles en", limit=limit)
        assert [hit.id for hit in results.hits] == every[:limit]
        assert results.total == len(every)
    assert similar(store, "missiles en", counted=False).total is None


def test_without_translating_only_articles_with_its_own_words_are_near(store: Store) -> None:
    assert "صواريخ" in ids(store, "missiles en")
    assert ids(store, "missiles en", translate=False) == ["weapons"]
    assert ids(store, "زيتون", translate=False) == []


def test_the_words_that_two_articles_share_are_marked(store: Store) -> None:
    results = similar(store, "missiles en")
    forms = {hit.id: {form for row in hit.matched for form in row.found} for hit in results.hits}
    assert forms["weapons"] == {"stockpile", "missiles"}
    assert {"صواريخ", "روسيا", "كييف", "مخزونات"} <= forms["صواريخ"]


@pytest.mark.parametrize(
    "id",
    [
        pytest.param("", id="nothing"),
        pytest.param("missiles", id="a word of articles"),
        pytest.param("en", id="a language of articles"),
        pytest.param("Weapons", id="an id in another case"),
        pytest.param("weapons ", id="an id and a space"),
        pytest.param("x" * 100_000, id="a long one"),
    ],
)
def test_what_is_no_id_is_refused(store: Store, id: str) -> None:
    with pytest.raises(UsageError, match="no article has the id"):
        similar(store, id)


def test_an_article_of_stop_words_only_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="no words that another could share") as raised:
        similar(store, "stop words")
    assert "stop words" in str(raised.value)
    assert answer(store, "the").total  # it is no mistake of the index


def test_an_article_by_itself_has_nothing_near(store_of: StoreOf) -> None:
    results = similar(store_of({"id": "a", "text": "missile"}), "a")
    assert (results.hits, results.total) == ((), 0)


def test_articles_that_say_the_same_are_near_and_stand_in_the_order_of_their_ids(store_of: StoreOf) -> None:
    store = store_of(*({"id": letter, "text": "kyiv missile"} for letter in "dbac"))
    assert ids(store, "c") == ["a", "b", "d"]


IDS = [
    pytest.param("two words", id="spaces"),
    pytest.param("  ", id="spaces alone"),
    pytest.param("مقال ٣", id="Arabic"),
    pytest.param("a\tb\nc", id="a tab and a line's end"),
    pytest.param("\x1b[2J\x07", id="an escape sequence"),
    pytest.param("\u202eabc\u2066", id="bidi controls"),
    pytest.param("-n", id="what looks like an option"),
    pytest.param("--", id="the end of options"),
    pytest.param('"quoted" \'\\', id="quotes and a backslash"),
    pytest.param("e\u0301\U0001f680", id="an accent of its own and a picture"),
    pytest.param("the", id="a stop word"),
    pytest.param("missile", id="a word of articles"),
    pytest.param("٣", id="a digit"),
    pytest.param("x" * 3_000, id="a long one"),
]


@pytest.mark.parametrize("id", IDS)
def test_an_id_is_taken_as_it_is(store_of: StoreOf, id: str) -> None:
    store = store_of({"id": id, "text": "missile"}, {"id": "near", "text": "missile"}, {"id": id + "x", "text": "peace"})
    assert ids(store, id) == ["near"]
    assert ids(store, "near") == [id]


# As a user or a program asks


@pytest.fixture(name="news", scope="module")
def commands_with_news(tmp_path_factory: pytest.TempPathFactory) -> Commands:
    commands = Commands(tmp_path_factory.mktemp("news"))
    odd = [{"id": "two\twords\x1b[2J\nعربي", "text": "مخزون"}, {"id": "-x", "text": "Lemons"}]
    lines = "".join(json.dumps(record) + "\n" for record in (*NEWS, *odd))
    (commands.folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    assert commands.index("articles.jsonl").returncode == 0
    return commands


def record_of(commands: Commands, *arguments: str) -> dict[str, Any]:
    done = commands.search("--json", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    record: dict[str, Any] = json.loads(line)
    return record


def test_json_has_the_nearest_articles_as_it_has_those_that_answer_a_question(news: Commands) -> None:
    record = record_of(news, "--similar", "missiles en")
    question = record_of(news, "missile")
    assert record.keys() == question.keys()
    assert [hit.keys() for hit in record["hits"]] == [question["hits"][0].keys()] * record["total"]
    assert record["query"] == "missiles en"
    assert {"weapons", "صواريخ"} <= {hit["id"] for hit in record["hits"]}
    assert "missiles en" not in {hit["id"] for hit in record["hits"]}
    assert [clause["word"] for clause in record["clauses"]] == ["Missiles", "Kyiv", "Russia", "fired", "drones", "stockpiles"]
    missile = {variant["origin"]: variant for variant in record["clauses"][0]["variants"]}
    assert missile["typed"]["found"] == ["missiles"]
    assert missile["translation"]["found"] == ["صواريخ"]


@pytest.mark.parametrize(
    "arguments", [["--similar", "missiles en"], ["--similar=missiles en"], ["--similar", "x", "--similar", "missiles en"]]
)
def test_the_id_is_the_value_of_the_option(news: Commands, arguments: list[str]) -> None:
    assert record_of(news, *arguments)["query"] == "missiles en"


def test_options_narrow_what_is_near(news: Commands) -> None:
    every = news.found("--similar", "missiles en")
    assert every[0] in {"weapons", "صواريخ"}
    assert news.found("--similar", "missiles en", "-n", "1") == every[:1]
    assert {hit["lang"] for hit in record_of(news, "--similar", "missiles en", "--lang", "ar")["hits"]} == {"ar"}
    assert {hit["lang"] for hit in record_of(news, "--similar", "صواريخ", "--lang=ar")["hits"]} == {"ar"}
    for option in ("--no-translate", "--exact"):
        assert news.found("--similar", "missiles en", option) == ["weapons"]


def test_what_is_near_is_shown_as_answers_are(news: Commands) -> None:
    piped = news.search("--similar", "missiles en", "-n1", "--lang", "en")
    path, score, title = piped.stdout.splitlines()[0].split("\t")
    assert (path, float(score) > 0, title) == ("articles.jsonl", True, NEWS[2]["text"])
    drawn = news.search("--similar", "missiles en", "--color", "always").stdout
    assert "Missiles = صواريخ (translation)" in drawn
    assert "\x1b[30;43mmissiles\x1b[0m" in drawn


def test_an_id_that_begins_with_a_hyphen_is_an_id(news: Commands) -> None:
    assert set(news.found("--similar", "-x")) == set(news.found("--similar=-x")) == {"harvest", "زيتون"}


def test_an_id_of_control_characters_is_taken_as_json_shows_it(news: Commands) -> None:
    (odd,) = [hit["id"] for hit in record_of(news, "مخزون")["hits"] if hit["id"].startswith("two")]
    assert set(odd) & set(CONTROLS)
    assert record_of(news, "--similar", odd)["query"] == odd
    assert odd in news.found("--similar", "weapons")


def test_nothing_near_is_exit_1(news: Commands) -> None:
    done = news.search("--similar", "زيتون", "--no-translate")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        pytest.param(["--similar", "nowhere"], "no article has the id nowhere", id="an unknown id"),
        pytest.param(["--similar", "now\nhere\x1b[2J"], "no article has the id now here[2J", id="one of several lines"),
        pytest.param(["--similar", "stop words"], "no words that another could share", id="an article of stop words"),
        pytest.param(["--similar", "nowhere", "--json"], "no article has the id", id="for a program, too"),
        pytest.param(["--similar", "weapons", "-n", "0"], "-n takes", id="no article wanted"),
    ],
)
def test_what_cannot_be_near_is_one_sentence_and_exit_2(news: Commands, arguments: list[str], reason: str) -> None:
    assert reason in refusal(news.search(*arguments))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        pytest.param(["--similar", "a", "kyiv"], "type no words beside it", id="words"),
        pytest.param(["kyiv", "--similar=a", "--json"], "type no words beside it", id="words before it"),
        pytest.param(["--similar", "a", "--", "b"], "type no words beside it", id="words behind the end of options"),
        pytest.param(["--similar", "a", "--ndjson"], "--ndjson", id="questions on standard input"),
        pytest.param(["--ndjson", "--similar", "a", "kyiv"], "--ndjson", id="both"),
        pytest.param(["--similar"], "--similar needs a value", id="no id"),
        pytest.param(["--similar="], "--similar needs a value", id="an empty id"),
        pytest.param(["--similar", ""], "--similar needs a value", id="an id that is a variable of the shell that is not set"),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_opened(arguments: list[str], reason: str) -> None:
    with pytest.raises(UsageError) as raised:
        run(["--no-build", "--index=nowhere", *arguments])
    assert reason in str(raised.value)


# At the prompt


@pytest.fixture(name="open_news")
def prompt_opener(news: Commands) -> Iterator[Callable[..., Prompt]]:
    """Opens prompts in the folder of the news."""
    prompts: list[Prompt] = []

    def open_one(*arguments: str) -> Prompt:
        prompts.append(Prompt(news, "--no-build", "--color", "never", *arguments))
        return prompts[-1]

    yield open_one
    for prompt in prompts:
        prompt.child.close(force=True)


@pytest.fixture(name="prompt")
def prompt_of_news(open_news: Callable[..., Prompt]) -> Prompt:
    return open_news()


FIRST = "Missiles over Kyiv"


def test_similar_shows_what_is_near_an_article_of_the_last_answer(prompt: Prompt) -> None:
    assert FIRST in prompt.ask('"fired missiles"')
    shown = prompt.ask(":similar 1")
    assert "A stockpile of weapons" in shown
    assert "صواريخ" in shown
    assert FIRST not in shown


def test_the_article_is_the_one_with_that_number_and_no_other(prompt: Prompt) -> None:
    listed = prompt.ask("harvest fired")
    near = {"fired missiles": "A stockpile of weapons", "good harvest": "الزيتون"}
    for number, words in enumerate(sorted(near, key=listed.index), start=1):
        shown = prompt.ask(f":similar {number}")
        assert words not in shown
        assert [other for other in near.values() if other in shown] == [near[words]]
        prompt.ask("harvest fired")


@pytest.mark.parametrize("typed", [":similar 1", ":similar  1 ", " :similar 1", ":similar ١", ":similar 01"])
def test_a_number_is_taken_however_it_is_written(prompt: Prompt, typed: str) -> None:
    prompt.ask("fired")
    assert "A stockpile of weapons" in prompt.ask(typed)


def test_what_is_near_is_the_last_answer_from_then_on(prompt: Prompt) -> None:
    prompt.ask("fired")
    assert FIRST not in prompt.ask(":similar 1")
    opened = prompt.ask("1")
    assert FIRST not in opened
    assert len(paths(opened)) == 0
    assert "found: " in opened
    assert FIRST in prompt.ask(":similar 1")  # the article before is near to those that are near it


@pytest.mark.parametrize("typed", [":similar 1", ":similar 0", ":similar 99"])
def test_before_any_answer_there_is_no_article_to_be_near(prompt: Prompt, typed: str) -> None:
    assert prompt.ask(typed) == "there is no answer to open an article of\n"
    assert FIRST in prompt.ask("fired")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param(":similar", ":similar takes the number of an article of the last answer", id="no number"),
        pytest.param(":similar one", ":similar takes the number of an article of the last answer", id="a word"),
        pytest.param(":similar -1", ":similar takes the number of an article of the last answer", id="less than nothing"),
        pytest.param(":similar 1 2", ":similar takes the number of an article of the last answer", id="two numbers"),
        pytest.param(":similar ²", ":similar takes the number of an article of the last answer", id="a power"),
        pytest.param(":similar 10000", ":similar takes the number of an article of the last answer", id="five digits"),
        pytest.param(":similar 0", "the last answer has articles 1 to 1", id="nought"),
        pytest.param(":similar 2", "the last answer has articles 1 to 1", id="one beyond the last"),
        pytest.param(":similar 9999", "the last answer has articles 1 to 1", id="far beyond the last"),
    ],
)
def test_a_wrong_number_is_one_line_and_changes_nothing(prompt: Prompt, typed: str, said: str) -> None:
    prompt.ask("fired")
    assert prompt.ask(typed) == said + "\n"
    assert "A stockpile of weapons" in prompt.ask(":similar 1")


def test_an_article_of_stop_words_is_one_line_and_keeps_the_last_answer(prompt: Prompt) -> None:
    prompt.ask('"what is it"')
    assert "no words that another could share" in prompt.ask(":similar 1")
    assert "The of and!" in prompt.ask("1")


def test_an_id_of_control_characters_is_followed_from_its_number(prompt: Prompt) -> None:
    listed = prompt.ask("مخزون")
    assert " 1  ar  مخزون\n" in listed
    shown = prompt.ask(":similar 1")
    assert FIRST in shown
    assert "A stockpile of weapons" in shown


def test_lang_keeps_what_is_near_to_one_language(prompt: Prompt) -> None:
    prompt.ask("fired")
    prompt.ask(":lang ar")
    shown = prompt.ask(":similar 1")
    assert "صواريخ" in shown
    assert "A stockpile" not in shown
    prompt.ask(":lang all")
    assert "no article" in prompt.ask("xylophone")
    assert "there is no answer" in prompt.ask(":similar 1")


def test_similar_after_lang_starts_from_an_answer_in_every_language(prompt: Prompt) -> None:
    prompt.ask("fired")
    prompt.ask(":lang en")
    shown = prompt.ask(":similar 1")
    assert "A stockpile of weapons" in shown
    assert "أطلقت" not in shown


@pytest.mark.parametrize("option", ["--no-translate", "--exact"])
def test_without_translating_the_prompt_finds_nothing_near_in_the_other_language(
    open_news: Callable[..., Prompt], option: str
) -> None:
    prompt = open_news(option)
    prompt.ask("fired")
    shown = prompt.ask(":similar 1")
    assert "A stockpile of weapons" in shown
    assert "أطلقت" not in shown


def test_the_limit_of_the_command_holds_for_what_is_near(open_news: Callable[..., Prompt]) -> None:
    prompt = open_news("-n1")
    prompt.ask("fired")
    assert prompt.ask(":similar 1").count("found:") == 1


@pytest.mark.parametrize("builds", [1, 2])  # after the second the files of the open index are gone
def test_what_is_near_an_article_on_screen_is_found_after_rebuilds_too(
    commands: Commands, builds: int, request: pytest.FixtureRequest
) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in NEWS)
    (commands.folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    assert commands.index("articles.jsonl").returncode == 0
    prompt = Prompt(commands, "--no-build", "--color", "never")
    request.addfinalizer(lambda: prompt.child.close(force=True))
    prompt.ask("fired")
    (commands.folder / "new.txt").write_text("Another article, so that the numbers inside the index change.", encoding="utf-8")
    for _ in range(builds):
        assert commands.index("new.txt", "articles.jsonl").returncode == 0
    assert "A stockpile of weapons" in prompt.ask(":similar 1")
    assert "Another article" in prompt.ask("numbers")


def test_an_id_of_bytes_that_are_no_text_is_an_unknown_one(seeds_store: Store) -> None:
    with pytest.raises(UsageError, match="no article has the id"):
        similar(seeds_store, "\udcff")
