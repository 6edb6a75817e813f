import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.printable import CONTROLS, encodable, printable, shown_path

EVERY_CHARACTER = [chr(code) for code in range(0x110000)]
BIDI_CONTROLS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        pytest.param("Patriot صواريخ", "Patriot صواريخ", id="plain text stays"),
        pytest.param("\x1b[2J\x1b]0;title\x07x", "[2J]0;titlex", id="escape sequences lose what makes them work"),
        pytest.param("\x9b31mred", "31mred", id="the one-byte form of an escape sequence"),
        pytest.param("over\rwritten", "over written", id="a carriage return would write over the line"),
        pytest.param("a\nb\tc\vd\fe", "a b c d e", id="white space is a space"),
        pytest.param("a\u2028b\u2029c\x85d", "a b c d", id="line separators that only some programs know"),
        pytest.param("\u202eevil\u202c.txt", "evil.txt", id="an override that turns letters round"),
        pytest.param("\u2067a\u2069", "a", id="isolates"),
        pytest.param("a\u200e\u200f\u061cb", "ab", id="direction marks"),
        pytest.param("a\u200b\u2060\ufeff\u00adb", "ab", id="zero-width characters and soft hyphen"),
        pytest.param("a\U000e0041b", "ab", id="tag characters, which hide text"),
        pytest.param("می\u200cشود", "می\u200cشود", id="Persian is written with the zero-width non-joiner"),
        pytest.param("👩\u200d🚒", "👩\u200d🚒", id="emoji are written with the zero-width joiner"),
        pytest.param("مُحَمَّد", "مُحَمَّد", id="vowel marks stay"),
        pytest.param("\ud83d!", "\ufffd!", id="a lone surrogate, which no encoding can write"),
        pytest.param(os.fsdecode(b"bad\xff"), "bad\ufffd", id="a file name that is not UTF-8"),
        pytest.param("[/bold][link=x]", "[/bold][link=x]", id="markup is text"),
    ],
)
def test_what_is_shown_of_hostile_text(hostile: str, shown: str) -> None:
    assert printable(hostile) == shown


def test_nothing_that_unicode_calls_a_control_or_a_line_end_is_shown() -> None:
    categories = {"Cc", "Zl", "Zp", "Cs"}
    shown = {printable(character) for character in EVERY_CHARACTER if unicodedata.category(character) in categories}
    assert shown == {"", " ", "\ufffd"}


def test_no_control_of_direction_is_shown() -> None:
    steering = [character for character in EVERY_CHARACTER if unicodedata.bidirectional(character) in BIDI_CONTROLS]
    assert len(steering) == len(BIDI_CONTROLS)
    assert printable("".join(steering)) == ""


def test_letters_digits_marks_punctuation_symbols_and_spaces_are_shown_as_they_are() -> None:
    categories = {"Zs", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Sm", "Sc", "Sk", "So"}
    categories |= {"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"}
    visible = "".join(character for character in EVERY_CHARACTER if unicodedata.category(character) in categories)
    assert printable(visible) == visible


def test_the_named_controls_are_those_that_are_not_shown() -> None:
    gone = [character for character in EVERY_CHARACTER if printable(character) in {"", " "} and character != " "]
    assert sorted(CONTROLS) == gone


@given(st.text(st.characters()))
def test_any_text_becomes_one_line_that_can_be_written_and_needs_no_second_pass(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    assert shown.encode().decode() == shown
    assert printable(shown) == shown


@given(st.text(st.characters()))
def test_encodable_text_keeps_every_offset(text: str) -> None:
    written = encodable(text)
    assert written.encode().decode() == written
    for before, after in zip(text, written, strict=True):
        assert after == ("\ufffd" if unicodedata.category(before) == "Cs" else before)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_path_below_the_current_folder_is_shown_relative_to_it(here: Path) -> None:
    assert shown_path(str(here / "seeds" / "a.txt")) == "seeds/a.txt"
    assert shown_path("seeds/a.txt") == "seeds/a.txt"
    assert shown_path("./seeds/../a.txt") == "a.txt"


@pytest.mark.parametrize("elsewhere", [".", "..", "../a.txt", "../here-and-there/a.txt"])
def test_every_other_path_is_shown_whole(here: Path, elsewhere: str) -> None:
    assert shown_path(elsewhere) == os.path.normpath(here / elsewhere)


def test_a_hostile_path_is_shown_on_one_line(here: Path) -> None:
    assert shown_path(str(here / "a\n\x1b[31m\u202eb\udcff.txt")) == "a [31mb\ufffd.txt"


def test_a_path_is_shown_relative_to_the_root_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    assert shown_path("/seeds/a.txt") == "seeds/a.txt"
