"""The prompt: the real `search` in a pseudo-terminal, typed at as a person would."""

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from conftest import SEEDS, Commands

PROMPT = "search> "
MARKED = re.compile(r"\x1b\[30;43m(.*?)\x1b\[0m")
EN, AR = "seeds/000_0cad0c9ee405b3bf.txt", "seeds/002_362e55c88550be0e.txt"
UP = "\x1b[A"


class Prompt:
    """A `search` that waits at its prompt. What it says comes without the line that was typed, and `\\n` ends its lines."""

    def __init__(self, commands: Commands, *arguments: str) -> None:
        program, *rest = map(str, commands.argv("search", *arguments))
        self.child = pexpect.spawn(
            program,
            rest,
            cwd=str(commands.folder),
            env=commands.environment,
            dimensions=(50, 100),
            encoding="utf-8",
            codec_errors="replace",
            timeout=20,
        )
        # Nothing waits for a person here.
        self.child.delaybeforesend = None
        self.child.delayafterclose = self.child.delayafterterminate = self.child.ptyproc.delayafterclose = 0.01
        self.greeting = self.said()

    def said(self) -> str:
        """What stands between the last prompt and the next one."""
        self.child.expect_exact(PROMPT)
        return str(self.child.before).replace("\r\n", "\n")

    def ask(self, line: str | bytes) -> str:
        """What the program says to a line typed at the prompt."""
        os.write(self.child.child_fd, (line if isinstance(line, bytes) else line.encode()) + b"\r")
        return self.said().partition("\n")[2]

    def type(self, text: str) -> None:
        """Types without ending the line, and waits until it is seen."""
        self.child.send(text)
        self.child.expect_exact(text)

    def leave(self) -> int | None:
        """The exit code, after the program has been told to go."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        code: int | None = self.child.exitstatus
        return code


@pytest.fixture(name="open_prompt")
def prompt_opener(seeded: Commands) -> Iterator[Callable[..., Prompt]]:
    prompts: list[Prompt] = []

    def open_one(*arguments: str) -> Prompt:
        prompts.append(Prompt(seeded, *arguments))
        return prompts[-1]

    yield open_one
    for prompt in prompts:
        prompt.child.close(force=True)


@pytest.fixture(name="fresh")
def fresh_prompt(open_prompt: Callable[..., Prompt]) -> Prompt:
    """A prompt in the folder of `seeded`."""
    return open_prompt()


@pytest.fixture(name="prompt", scope="module")
def shared_prompt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prompt]:
    """A prompt in a folder of its own, for tests that leave nothing behind but an answer."""
    commands = Commands(tmp_path_factory.mktemp("prompt"))
    shutil.copytree(SEEDS, commands.folder / "seeds")
    prompt = Prompt(commands)
    yield prompt
    prompt.child.close(force=True)


def write_article(commands: Commands, name: str, text: str) -> None:
    (commands.folder / "seeds" / name).write_text(text, encoding="utf-8")


def paths(shown: str) -> list[str]:
    """Which articles an answer lists."""
    return re.findall(r"seeds/\S+", shown)


def test_the_first_prompt_builds_the_index_and_says_what_is_in_it(fresh: Prompt) -> None:
    assert "2 articles" in fresh.greeting
    assert ":help" in fresh.greeting


def test_a_question_is_answered_with_its_words_marked(prompt: Prompt) -> None:
    shown = prompt.ask("Hellfire stockpiles")
    assert sorted(paths(shown)) == [EN, AR]
    assert sorted(set(MARKED.findall(shown))) == ["Hellfire", "stockpiles"]
    assert shown.startswith("\x1b[2m2 articles in ")


def test_a_question_in_arabic_is_answered(prompt: Prompt) -> None:
    shown = prompt.ask("شحنات")
    assert sorted(paths(shown)) == [EN, AR]
    assert set(MARKED.findall(shown)) == {"شحنات", "الشحنات", "shipments"}


@pytest.mark.parametrize("number", ["2", "٢", "۲", " 2 "])
def test_a_number_opens_that_article_with_its_words_marked(prompt: Prompt, number: str) -> None:
    second = paths(prompt.ask("Patriot missiles"))[1]
    shown = prompt.ask(number)
    assert paths(shown) == [second]
    first_words = {EN: "The Defense Department is expected", AR: "يتحدث ترامب وبوتين"}[second]
    last_words = {EN: "other vehicles on fire.", AR: "ثلاث سنوات."}[second]
    assert first_words in shown
    assert last_words in shown
    assert set(MARKED.findall(shown)) == {EN: {"missiles"}, AR: {"Patriot", "باتريوت"}}[second]


@pytest.mark.parametrize("number", ["0", "3", "550", "٥٥٠"])
def test_a_number_beyond_the_list_says_how_to_look_for_it(prompt: Prompt, number: str) -> None:
    prompt.ask("Patriot missiles")
    shown = prompt.ask(number)
    assert f'"{int(number)}"' in shown
    assert "1 to 2" in shown
    assert not paths(shown)


def test_a_number_in_quotes_is_looked_for(prompt: Prompt) -> None:
    assert MARKED.findall(prompt.ask('"550"')) == ["550"]


def test_a_number_too_long_for_a_list_is_looked_for(prompt: Prompt) -> None:
    assert "no article" in prompt.ask("55055")


def test_a_number_before_any_answer_opens_nothing(fresh: Prompt) -> None:
    assert "no answer" in fresh.ask("1")
    assert "no article" in fresh.ask("elephant")
    assert "no answer" in fresh.ask("1")


def test_help_lists_every_command(prompt: Prompt) -> None:
    shown = prompt.ask(":help")
    assert re.findall(r"^\S*  (:\w+)", shown, re.MULTILINE) == [":help", ":similar", ":lang", ":index", ":quit"]


@pytest.mark.parametrize(
    ("typed", "near"),
    [(":hlep", ":help"), (":qiut", ":quit"), (":lnag ar", ":lang"), (":indx", ":index"), (":quit!", ":quit")],
)
def test_an_unknown_command_names_the_nearest(prompt: Prompt, typed: str, near: str) -> None:
    assert f"did you mean {near}" in prompt.ask(typed)
    assert paths(prompt.ask("Patriot")) == [AR]


@pytest.mark.parametrize("typed", [":", ":: ", ":zzzzzz", ": quit"])
def test_an_unknown_command_that_is_near_to_nothing_names_the_list(prompt: Prompt, typed: str) -> None:
    shown = prompt.ask(typed)
    assert ":help" in shown
    assert "did you mean" not in shown


def test_lang_keeps_to_one_language_until_it_is_told_otherwise(fresh: Prompt) -> None:
    fresh.ask(":lang ar")
    assert paths(fresh.ask("Patriot missiles")) == [AR]
    assert paths(fresh.ask("Patriot missiles")) == [AR]
    fresh.ask(":lang en")
    assert paths(fresh.ask("Patriot missiles")) == [EN]
    fresh.ask(":lang all")
    assert sorted(paths(fresh.ask("Patriot missiles"))) == [EN, AR]


@pytest.mark.parametrize("typed", [":lang", ":lang fr", ":lang AR EN"])
def test_lang_without_a_language_of_ours_names_them_and_changes_nothing(prompt: Prompt, typed: str) -> None:
    assert "ar, en or all" in prompt.ask(typed)
    assert sorted(paths(prompt.ask("Patriot missiles"))) == [EN, AR]


def test_options_of_the_command_hold_at_the_prompt(open_prompt: Callable[..., Prompt]) -> None:
    prompt = open_prompt("-n1", "--lang=en")
    assert paths(prompt.ask("Patriot missiles")) == [EN]


def test_plain_and_color_hold_at_the_prompt_too(open_prompt: Callable[..., Prompt]) -> None:
    assert paths(open_prompt().ask('"defense air"')) == []
    plain = open_prompt("--plain", "--color", "never")
    shown = plain.ask('"defense air"')
    assert EN in paths(shown)
    assert "\x1b" not in shown


def test_json_without_words_opens_no_prompt(seeded: Commands) -> None:
    command = " ".join(map(str, seeded.argv("search", "--json")))
    said, code = pexpect.run(command, cwd=str(seeded.folder), env=seeded.environment, withexitstatus=True)
    assert (code, said.count(b"\n")) == (2, 1)
    assert b"no words to look for" in said


def test_index_reads_a_new_article(fresh: Prompt, seeded: Commands) -> None:
    assert "no article" in fresh.ask("elephants")
    write_article(seeded, "new.txt", "An elephant came to town.")
    write_article(seeded, "broken.pdf", "")
    shown = fresh.ask(":index")
    assert "3 articles" in shown
    assert "skipped seeds/broken.pdf" in shown
    assert paths(fresh.ask("elephants")) == ["seeds/new.txt"]


def test_index_without_its_articles_keeps_the_old_one(fresh: Prompt, seeded: Commands) -> None:
    (seeded.folder / "seeds").rename(seeded.folder / "elsewhere")
    assert "no file or folder" in fresh.ask(":index")
    assert "1 article" in fresh.ask("Patriot")


@pytest.mark.parametrize("builds", [1, 2])  # after the second the files of the open index are gone
def test_an_index_rebuilt_by_another_process_is_followed(fresh: Prompt, seeded: Commands, builds: int) -> None:
    fresh.ask("Patriot")
    for number in range(builds):
        write_article(seeded, f"new-{number}.txt", "An elephant came to town.")
        assert seeded.index().returncode == 0
    assert sorted(paths(fresh.ask("elephant"))) == [f"seeds/new-{number}.txt" for number in range(builds)]


def test_a_number_opens_an_article_of_the_answer_on_screen_after_rebuilds_too(fresh: Prompt, seeded: Commands) -> None:
    fresh.ask("Patriot")
    write_article(seeded, "000.txt", "Another article, so that the numbers inside the index change.")
    for _ in range(2):  # after the second the files of the open index are gone
        assert seeded.index().returncode == 0
    shown = fresh.ask("1")
    assert paths(shown) == [AR]
    assert MARKED.findall(shown) == ["Patriot", "باتريوت"]


def test_no_number_opens_an_article_of_another_answer(fresh: Prompt, seeded: Commands) -> None:
    fresh.ask("Patriot")
    write_article(seeded, "000.txt", "Another article, so that the numbers inside the index change.")
    assert seeded.index().returncode == 0
    fresh.ask("...")  # a question that is refused, by which time the new index has been opened
    shown = fresh.ask("1")
    assert not paths(shown) or "يتحدث ترامب وبوتين" in shown


def test_an_index_that_is_gone_is_one_sentence(fresh: Prompt, seeded: Commands) -> None:
    (seeded.folder / ".search-index/current").unlink()
    shown = fresh.ask("Patriot")
    assert "no index" in shown
    assert "Traceback" not in shown
    assert "2 articles" in fresh.ask(":index")
    assert paths(fresh.ask("Patriot")) == [AR]


@pytest.mark.parametrize("typed", [":quit", " :quit now "])
def test_quit_leaves(fresh: Prompt, typed: str) -> None:
    fresh.child.sendline(typed)
    assert fresh.leave() == 0


def test_the_end_of_the_input_leaves(fresh: Prompt) -> None:
    fresh.child.sendeof()
    assert fresh.leave() == 0


def test_an_interrupt_at_the_prompt_says_how_to_leave(prompt: Prompt) -> None:
    for _ in range(3):
        prompt.child.sendintr()
        assert ":quit or Ctrl-D" in prompt.said()
    assert paths(prompt.ask("Patriot")) == [AR]


def test_an_interrupt_while_typing_drops_the_line(prompt: Prompt) -> None:
    prompt.type("kyiv ")
    prompt.child.sendintr()
    prompt.said()
    assert paths(prompt.ask("Patriot")) == [AR]


def test_an_empty_line_asks_nothing(prompt: Prompt) -> None:
    assert [prompt.ask(line).strip() for line in ("", "   ")] == ["", ""]


@pytest.mark.parametrize("typed", ['"', "...", "*", "?", "ـ", "( ) [ ]"])
def test_a_question_without_a_word_is_refused_in_one_line(prompt: Prompt, typed: str) -> None:
    assert prompt.ask(typed).count("\n") == 1
    assert paths(prompt.ask("Patriot")) == [AR]


def test_lines_are_kept_from_session_to_session(open_prompt: Callable[..., Prompt]) -> None:
    first = open_prompt()
    first.ask("Hellfire Patriot")
    first.child.sendeof()
    assert first.leave() == 0
    assert paths(open_prompt().ask(UP)) == [AR]


def test_lines_are_kept_when_the_session_ends_with_quit(open_prompt: Callable[..., Prompt]) -> None:
    first = open_prompt()
    first.ask("Patriot")
    first.child.sendline(":quit")
    assert first.leave() == 0
    assert paths(open_prompt().ask(UP + UP)) == [AR]  # above :quit


def test_bytes_that_are_no_text_are_no_error(prompt: Prompt) -> None:
    for typed in (b"ky\xffiv Patriot \xfe\xff", b"\xd8 Patriot", b"Patriot \xed\xa0\x80 \xf4\x90\x80\x80"):
        assert paths(prompt.ask(typed)) == [AR]


def test_lines_of_bytes_that_are_no_text_do_not_lose_the_history(open_prompt: Callable[..., Prompt]) -> None:
    first = open_prompt()
    first.ask(b"\xff\xfe")
    first.ask("Patriot")
    first.child.sendeof()
    assert first.leave() == 0
    assert paths(open_prompt().ask(UP)) == [AR]


def test_a_terminal_that_goes_away_ends_the_program(fresh: Prompt) -> None:
    fresh.child.close(force=False)
    assert not fresh.child.isalive()
    assert fresh.child.signalstatus in {None, signal.SIGHUP}


def test_no_file_of_the_session_is_left_in_the_folder(fresh: Prompt, seeded: Commands) -> None:
    fresh.ask("Patriot")
    fresh.child.sendeof()
    fresh.leave()
    assert {path.name for path in Path(seeded.folder).iterdir()} == {"home", "seeds", ".search-index"}
