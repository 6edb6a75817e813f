"""The lexicon as pairs: what entries state, how likely each of it is, and the file in which it is kept beside the code."""

import marshal
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import index.lexicon.pairs as module
from index.analysis.terms import readings_of
from index.analysis.words import is_arabic, words_of
from index.lexicon.entries import Entry, parse_entry, read_lexicon
from index.lexicon.pairs import NO_PAIRS, Pairs, lexicon_pairs, pairs_of

Stated = dict[tuple[str, str], int]


def entry(line: str) -> Entry:
    return parse_entry(line.split("\t"))


def pairs_from(*lines: str) -> Pairs:
    return pairs_of((entry(line), 1.0) for line in lines)


def text_of(pairs: Pairs, number: int) -> str:
    numbers = (number,) if number < len(pairs.words) else pairs.phrases[number - len(pairs.words)]
    return " ".join(pairs.words[part] for part in numbers)


def stated(pairs: Pairs) -> Stated:
    """What pairs say, in words, in hundredths."""
    rows = list(zip(pairs.english, pairs.arabic, pairs.hundredths, strict=True))
    assert len({row[:2] for row in rows}) == len(rows)
    return {(text_of(pairs, english), text_of(pairs, arabic)): hundredths for english, arabic, hundredths in rows}


# What entries state

LIKELY = [
    pytest.param("missile\tصاروخ", {"صاروخ": 100}, id="a rendering"),
    pytest.param("missile\tصاروخ, قذيفة, مقذوف", {"صاروخ": 100, "قذيفة": 75, "مقذوف": 56}, id="renderings"),
    pytest.param("missile\tصاروخ\tقذيفة\tمقذوف", {"صاروخ": 100, "قذيفة": 70, "مقذوف": 49}, id="senses"),
    pytest.param("missile\tصاروخ\tقذيفة, مقذوف", {"صاروخ": 100, "قذيفة": 70, "مقذوف": 52}, id="a rendering of a sense"),
    pytest.param("missile\tصاروخ/صواريخ, قذيفة/قذائف", {"صاروخ": 100, "صواريخ": 100, "قذيفة": 75, "قذائف": 75}, id="forms"),
    pytest.param("missile\tصاروخ, قذيفة\tقذيفة", {"صاروخ": 100, "قذيفة": 75}, id="stated twice, at its likeliest"),
    pytest.param("missile\tصاروخ\tقذيفة, صاروخ", {"صاروخ": 100, "قذيفة": 70}, id="whichever comes first"),
    pytest.param("missile", {}, id="nothing"),
    pytest.param("missile\tوقف إطلاق نار", {"وقف إطلاق نار": 100}, id="a phrase"),
]


@pytest.mark.parametrize(("line", "likely"), LIKELY)
def test_later_renderings_and_senses_are_less_likely(line: str, likely: dict[str, int]) -> None:
    assert stated(pairs_from(line)) == {("missile", arabic): hundredths for arabic, hundredths in likely.items()}


FEMININE = [
    pytest.param("أطلق/يطلق", ["أطلق", "يطلق", "تطلق"], id="of the present"),
    pytest.param("أطلق/يطلق/إطلاق", ["أطلق", "يطلق", "تطلق", "إطلاق"], id="a noun has none"),
    pytest.param("كان/يكون/يكن", ["كان", "يكون", "تكون", "يكن"], id="three letters are too few"),
    pytest.param("يمين", ["يمين"], id="what stands first is no present"),
    pytest.param("يوم/أيام", ["يوم", "أيام"], id="a noun that begins as the present does"),
    pytest.param("أطلق النار/يطلق النار", ["أطلق النار", "يطلق النار", "تطلق النار"], id="of a phrase"),
]


@pytest.mark.parametrize(("rendering", "forms"), FEMININE)
def test_a_verb_in_the_present_is_also_feminine(rendering: str, forms: list[str]) -> None:
    assert [arabic for _, arabic in stated(pairs_from(f"a\t{rendering}"))] == forms


def test_an_entry_that_is_not_likely_in_all_makes_none_of_it_likely() -> None:
    pairs = pairs_of([(entry("missile\tصاروخ, قذيفة"), 0.0), (entry("drone\tمسيرة, صاروخ"), 0.5)])
    assert list(stated(pairs).values()) == [0, 0, 50, 38]


@pytest.mark.parametrize("likely", [(0.0, 1.0), (1.0, 0.0)])
def test_of_two_entries_that_state_a_pair_the_likelier_holds(likely: tuple[float, float]) -> None:
    pairs = pairs_of((entry("missile\tصاروخ"), in_all) for in_all in likely)
    assert stated(pairs) == {("missile", "صاروخ"): 100}


# How they are numbered


def test_a_word_is_numbered_once_wherever_it_stands() -> None:
    pairs = pairs_from("missile\tصاروخ", "air missile\tصاروخ جوي", "rocket\tصاروخ")
    assert sorted(pairs.words) == sorted(["missile", "صاروخ", "air", "جوي", "rocket"])
    assert [text_of(pairs, number) for number in range(len(pairs.words), len(pairs.words) + 2)] == ["air missile", "صاروخ جوي"]
    assert len(pairs.phrases) == 2
    assert stated(pairs) == {("missile", "صاروخ"): 100, ("air missile", "صاروخ جوي"): 100, ("rocket", "صاروخ"): 100}


def test_a_phrase_is_numbered_once_however_its_words_are_parted() -> None:
    pairs = pairs_from("cease-fire\tوقف النار", "cease fire\tوقف")
    assert pairs.phrases == [(0, 1), (2, 3)]
    assert list(pairs.english) == [4, 4]
    assert list(pairs.arabic) == [5, 2]


TERMS = [
    pytest.param("missiles\tصاروخ", {"missiles": "missil", "صاروخ": "صاروخ"}, id="endings"),
    pytest.param("NATO\tالناتو", {"NATO": "nato", "الناتو": "ناتو"}, id="case and an article"),
    pytest.param("Élysée\tإيران", {"Élysée": "elyse", "إيران": "ايران"}, id="accents and hamza"),
]


@pytest.mark.parametrize(("line", "terms"), TERMS)
def test_words_have_their_terms(line: str, terms: dict[str, str]) -> None:
    pairs = pairs_from(line)
    assert dict(zip(pairs.words, pairs.terms, strict=True)) == terms
    assert list(pairs.terms) == [readings_of(word)[0] for word in pairs.words]


def test_words_that_a_corpus_decides_have_all_their_readings() -> None:
    pairs = pairs_from("to Kyiv\tلكييف", "Lebanon\tلبنان", "release\tإطلاق/لإطلاق")
    unsure = {pairs.words[number]: readings for number, readings in pairs.unsure.items()}
    assert unsure == {word: readings_of(word) for word in pairs.words if readings_of(word)[1]}
    assert unsure["لكييف"][:2] == ("لكييف", "كييف")
    assert "لبنان" not in unsure


HEADWORDS = [
    pytest.param(["general\tا", "generally\tب"], {"general", "generally"}, id="two words of one term"),
    pytest.param(["general\tا", "missile\tب"], set(), id="two terms"),
    pytest.param(["March\tا", "march\tب"], set(), id="the same word but for its case"),
    pytest.param(["General\tا", "generally\tب"], {"general", "generally"}, id="in lower case"),
    pytest.param(["March\tا", "march\tب", "marches\tج"], {"march", "marches"}, id="case and another word"),
    pytest.param(["general\tا", "general election\tب"], set(), id="a phrase is no word"),
    pytest.param(["general election\tا", "generally speaking\tب"], set(), id="words of phrases are not either"),
    pytest.param(["a\tإطلاق", "b\tالإطلاق"], set(), id="Arabic words of one term"),
    pytest.param(["general\tا", "general\tب"], set(), id="the same word twice"),
]


@pytest.mark.parametrize(("lines", "headwords"), HEADWORDS)
def test_english_words_whose_term_is_that_of_others_are_told(lines: list[str], headwords: set[str]) -> None:
    pairs = pairs_from(*lines)
    assert set(pairs.headwords.values()) == headwords
    assert all(pairs.words[number].lower() == headword for number, headword in pairs.headwords.items())


def test_headwords_that_differ_in_case_only_are_all_keyed_where_another_word_has_their_term() -> None:
    pairs = pairs_from("March\tا", "march\tب", "marches\tج")
    assert {pairs.words[number]: headword for number, headword in pairs.headwords.items()} == {
        "March": "march",
        "march": "march",
        "marches": "marches",
    }


def test_no_entries_are_no_pairs() -> None:
    assert pairs_of([]) == NO_PAIRS
    assert stated(NO_PAIRS) == {}


ENGLISH = st.lists(st.sampled_from("general generally March march missile 550 F-16".split()), min_size=1, max_size=3)  # noqa: SIM905
ARABIC = st.lists(st.sampled_from("صاروخ صواريخ لكييف كييف يطلق إطلاق لإطلاق في 550".split()), min_size=1, max_size=3)  # noqa: SIM905
RENDERINGS = st.lists(st.lists(ARABIC.map(" ".join), min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple)
ENTRIES = st.lists(
    st.tuples(
        st.builds(Entry, ENGLISH.map(" ".join), st.lists(RENDERINGS, min_size=1, max_size=2).map(tuple)),
        st.sampled_from([0.0, 0.5, 1.0]),
    ),
    min_size=1,
    max_size=8,
)


@given(ENTRIES)
def test_each_form_of_each_entry_is_stated_and_nothing_more_than_its_feminine(entries: list[tuple[Entry, float]]) -> None:
    pairs = pairs_of(entries)
    made = stated(pairs)
    written = {
        (plain(its.headword), plain(form)) for its, _ in entries for sense in its.senses for forms in sense for form in forms
    }
    assert written <= made.keys()
    for english, arabic in made.keys() - written:
        assert (english, "ي" + arabic[1:]) in written
        assert arabic.startswith("ت")
    assert all(0 <= hundredths <= 100 for hundredths in made.values())
    assert all(pairs.terms[number] == readings_of(word)[0] for number, word in enumerate(pairs.words))


def plain(text: str) -> str:
    return " ".join(words_of(text))


@given(ENTRIES)
@example([(entry("cease-fire\tوقف النار"), 1.0), (entry("general\tعام"), 1.0), (entry("generally\tعموما"), 0.0)])
def test_pairs_that_were_packed_are_equal_when_they_are_read_back(entries: list[tuple[Entry, float]]) -> None:
    pairs = pairs_of(entries)
    again = module._unpacked(*marshal.loads(marshal.dumps(module._packed(pairs))))  # noqa: S302 - our own bytes
    assert again == pairs
    assert [part.typecode for part in again[-3:]] == [part.typecode for part in pairs[-3:]] == ["I", "I", "B"]


# The file that is kept

SMALL = ["missile\tصاروخ/صواريخ, قذيفة", "ceasefire\tوقف إطلاق النار", "general\tعام", "generally\tعموما"]


class Kept:
    """The file in which the pairs of a small lexicon are kept, and how often the lexicon was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = SMALL
        self.read = 0

    def read_lexicon(self) -> list[Entry]:
        self.read += 1
        return list(map(entry, self.lines))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    folder = tmp_path / "code" / "__pycache__"
    kept = Kept(folder / f"pairs.{sys.implementation.cache_tag}")
    monkeypatch.setattr(module, "cache_from_source", lambda _: str(folder / "pairs.pyc"))
    monkeypatch.setattr(module, "read_lexicon", kept.read_lexicon)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return kept


def in_a_new_process(version: str) -> Pairs:
    """The pairs of the lexicon for a process that has not asked for them before."""
    return lexicon_pairs.__wrapped__(version)


def test_the_lexicon_is_read_once_and_what_was_kept_is_equal(kept: Kept) -> None:
    made = in_a_new_process("1")
    assert made == pairs_from(*SMALL)
    assert list(kept.path.parent.iterdir()) == [kept.path], "nothing stays aside"
    written = kept.path.stat()
    assert in_a_new_process("1") == made
    assert kept.read == 1
    assert (kept.path.stat().st_ino, kept.path.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)


def test_a_process_asks_once_for_the_pairs_of_a_version(kept: Kept) -> None:
    lexicon_pairs.cache_clear()
    made = lexicon_pairs("1")
    kept.path.unlink()
    assert lexicon_pairs("1") is made
    assert kept.read == 1
    assert not kept.path.exists()
    lexicon_pairs.cache_clear()


@pytest.mark.parametrize("version", ["2", "", "11", "٢"])
def test_what_another_version_has_kept_is_ignored_and_replaced(kept: Kept, version: str) -> None:
    in_a_new_process("1")
    kept.lines = ["drone\tمسيرة"]
    assert in_a_new_process(version) == pairs_from("drone\tمسيرة")
    assert kept.read == 2
    assert in_a_new_process(version) == pairs_from("drone\tمسيرة")
    assert kept.read == 2
    assert list(kept.path.parent.iterdir()) == [kept.path]


BROKEN = [
    pytest.param(b"", id="nothing"),
    pytest.param(b"pairs", id="other bytes"),
    pytest.param(b"\0" * 1000, id="zeros"),
    pytest.param(marshal.dumps(None), id="no values"),
    pytest.param(marshal.dumps(()), id="not even a version"),
    pytest.param(marshal.dumps("1"), id="a version alone"),
    pytest.param(marshal.dumps(("1",)), id="a version and nothing"),
    pytest.param(marshal.dumps(("1", "a", "b")), id="too few values"),
    pytest.param(marshal.dumps(("1", *[""] * 20)), id="too many values"),
    pytest.param(marshal.dumps(("1", "a", "a", {}, {}, b"123", b"", b"", b"", b"")), id="bytes that are no numbers"),
    pytest.param(marshal.dumps(("1", "a", "a", {}, {}, None, b"", b"", b"", b"")), id="no bytes"),
    pytest.param(marshal.dumps([["1"]]), id="a list"),
]


@pytest.mark.parametrize("data", BROKEN)
def test_a_broken_file_is_ignored_and_replaced(kept: Kept, data: bytes) -> None:
    kept.path.parent.mkdir(parents=True)
    kept.path.write_bytes(data)
    assert in_a_new_process("1") == pairs_from(*SMALL)
    assert kept.read == 1
    assert in_a_new_process("1") == pairs_from(*SMALL)
    assert kept.read == 1


def test_a_file_that_was_cut_off_anywhere_is_ignored(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    made = in_a_new_process("1")
    whole = kept.path.read_bytes()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    for length in range(len(whole)):
        kept.path.write_bytes(whole[:length])
        assert in_a_new_process("1") == made
    assert kept.read == 1 + len(whole)


def test_a_folder_in_its_place_is_survived(kept: Kept) -> None:
    kept.path.mkdir(parents=True)
    assert in_a_new_process("1") == in_a_new_process("1") == pairs_from(*SMALL)
    assert kept.read == 2


def test_nothing_is_written_where_python_writes_no_compiled_code(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert in_a_new_process("1") == in_a_new_process("1") == pairs_from(*SMALL)
    assert kept.read == 2
    assert not kept.path.parent.exists()


def test_what_was_kept_before_is_read_where_python_writes_no_compiled_code(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_new_process("1")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert in_a_new_process("1") == pairs_from(*SMALL)
    assert kept.read == 1


def test_a_folder_that_cannot_be_made_is_survived(kept: Kept) -> None:
    kept.path.parent.parent.write_text("a file where the folder would be", encoding="utf-8")
    assert in_a_new_process("1") == in_a_new_process("1") == pairs_from(*SMALL)
    assert kept.read == 2


def refusing(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("call", ["os.makedirs", "os.replace", "builtins.open"])
def test_a_folder_that_cannot_be_written_is_survived(kept: Kept, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(call, refusing)
        made = in_a_new_process("1")
    assert made == pairs_from(*SMALL)
    assert not kept.path.exists()


def test_the_file_is_never_seen_half_written(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_new_process("1")
    replace = os.replace
    seen: list[bytes] = []

    def watched(source: str, target: str) -> None:
        seen.extend((Path(source).read_bytes(), Path(target).read_bytes()))
        replace(source, target)

    monkeypatch.setattr("os.replace", watched)
    in_a_new_process("2")
    new, old = seen
    assert marshal.loads(old)[0] == "1"  # noqa: S302 - our own bytes
    assert marshal.loads(new)[0] == "2"  # noqa: S302
    assert kept.path.read_bytes() == new


SCRIPT = """
import index.lexicon.pairs as module
from index.lexicon.entries import parse_entry

module.read_lexicon = lambda: [parse_entry(["missile", "صاروخ"])]
print(*module.lexicon_pairs("1").words)
"""


def run_python(options: Sequence[str], prefix: Path) -> list[Path]:
    """Asks for the pairs in another Python, whose compiled code is below `prefix`; the files of pairs that are there then."""
    done = subprocess.run(
        [sys.executable, *options, "-c", SCRIPT],
        env={**os.environ, "PYTHONPYCACHEPREFIX": str(prefix), "PYTHONIOENCODING": "utf-8"},
        cwd=Path(module.__file__).parents[2],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "missile صاروخ\n", "")
    return [path for path in prefix.glob("**/pairs.*") if path.suffix != ".pyc"] if prefix.is_dir() else []


def test_the_file_stands_beside_the_compiled_code_if_there_is_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    assert run_python(["-B"], tmp_path / "none") == []
    (file,) = run_python([], tmp_path / "some")
    assert file.name == f"pairs.{sys.implementation.cache_tag}"
    assert file.with_name(file.name + ".pyc").exists()
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert run_python([], tmp_path / "file") == []


# The lexicon that is shipped


def test_the_shipped_lexicon_is_of_pairs_in_two_languages() -> None:
    shipped = pairs_of((its, 1.0) for its in read_lexicon())  # not what is kept, which the tests leave alone
    assert len(shipped.english) == len(shipped.arabic) == len(shipped.hundredths) > 50_000
    assert all(shipped.terms), "each word has a term"
    assert min(shipped.hundredths) > 0
    languages = [is_arabic(word) for word in shipped.words]

    def arabic(number: int) -> bool:
        numbers = (number,) if number < len(languages) else shipped.phrases[number - len(languages)]
        return any(languages[part] for part in numbers)

    assert not any(map(arabic, set(shipped.english)))
    assert all(map(arabic, set(shipped.arabic)))
