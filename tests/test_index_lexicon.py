"""The lexicon: how its lines are read, and that the files which are shipped hold what they should.

Each check of the files is a function of entries that returns what it has to complain of; none of them is trusted that has not
complained of an entry which is wrong.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wordfreq import top_n_list

import index.lexicon.entries as module
from index.analysis.inflection import english_headwords, plainer_terms
from index.analysis.terms import Readings, readings_of
from index.analysis.words import is_arabic, script_of, words_of
from index.lexicon.entries import Entry, Sense, lexicon_files, parse_entry, read_lexicon
from index.relating import stop_words
from index.segment import stop_key

WORDS, PHRASES = 8_000, 1_000  # at least so many headwords of one word, of several
MOST_FREQUENT = 6_000
COVERED = 0.97


def entry(line: str) -> Entry:
    return parse_entry(line.split("\t"))


def line_of(made: Entry) -> str:
    """An entry as its line is written."""
    return "\t".join([made.headword, *(", ".join(map("/".join, sense)) for sense in made.senses)])


def forms_of(made: Entry) -> list[str]:
    return [form for sense in made.senses for rendering in sense for form in rendering]


# How a line is read

READ = [
    pytest.param("a\tا", ((("ا",),),), id="a rendering"),
    pytest.param("a\tا\tب", ((("ا",),), (("ب",),)), id="a column a sense"),
    pytest.param("a\tا, ب", ((("ا",), ("ب",)),), id="renderings behind a comma"),
    pytest.param("a\tا، ب", ((("ا",), ("ب",)),), id="renderings behind an Arabic comma"),
    pytest.param("a\tا/ب", ((("ا", "ب"),),), id="forms behind a slash"),
    pytest.param("a\tا/ب, ج\tد/ه", ((("ا", "ب"), ("ج",)), (("د", "ه"),)), id="all of them"),
    pytest.param("a\tا ب", ((("ا ب",),),), id="a phrase is one form"),
    pytest.param(" a \t ا / ب , ج ", ((("ا", "ب"), ("ج",)),), id="spaces around are none of it"),
    pytest.param("a", (), id="a headword alone"),
    pytest.param("a\t", (), id="an empty column"),
    pytest.param("a\t\tا", ((("ا",),),), id="an empty column is no sense"),
    pytest.param("a\t,/,\tا", ((("ا",),),), id="commas and slashes alone are no sense"),
    pytest.param("a\t,ا//ب,", ((("ا", "ب"),),), id="stray commas and slashes are no rendering"),
    pytest.param("a\t ، / ", (), id="marks and spaces"),
]


@pytest.mark.parametrize(("line", "senses"), READ)
def test_columns_are_senses_of_renderings_of_forms(line: str, senses: tuple[Sense, ...]) -> None:
    read = entry(line)
    assert (read.headword, read.senses) == ("a", senses)


@given(st.text("ab ا,،/\t", max_size=20))
def test_no_line_has_an_empty_sense_rendering_or_form(line: str) -> None:
    read = entry(line)
    assert all(read.senses)
    assert all(rendering for sense in read.senses for rendering in sense)
    assert all(form == form.strip() != "" for form in forms_of(read))
    again = entry(line_of(read))
    assert (again.headword, again.senses) == (read.headword, read.senses)


def test_the_files_of_a_folder_are_read_in_the_order_of_their_names_without_comments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "war.tsv").write_text("# of war\nmissile\tصاروخ\n#rocket\tصاروخ\ndrone\tمسيرة\n", encoding="utf-8")
    (tmp_path / "law.tsv").write_text("# of law\nlaw\tقانون", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("note\tملاحظة\n", encoding="utf-8")
    monkeypatch.setattr(module, "_FOLDER", str(tmp_path))
    assert lexicon_files() == [str(tmp_path / "law.tsv"), str(tmp_path / "war.tsv")]
    assert list(map(line_of, read_lexicon())) == ["law\tقانون", "missile\tصاروخ", "drone\tمسيرة"]


# The files that are shipped

Check = Callable[[Sequence[Entry]], list[str]]
Lexicon = Mapping[str, Sequence[Entry]]  # by the name of the file


@pytest.fixture(name="lexicon", scope="module")
def shipped_lexicon() -> Lexicon:
    return {
        Path(path).name: [entry(line) for line in text_of(path).splitlines() if not line.startswith("#")]
        for path in lexicon_files()
    }


@pytest.fixture(name="entries", scope="module")
def shipped_entries() -> list[Entry]:
    return list(read_lexicon())


@pytest.fixture(name="known", scope="module")
def known_by_shipped_entries(entries: Sequence[Entry]) -> "Known":
    return Known(entries)


def text_of(path: str) -> str:
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


@cache
def known_readings(word: str) -> Readings:
    return readings_of(word)


@cache
def terms_of(text: str) -> tuple[str, ...]:
    return tuple(term for term, _, _ in map(known_readings, words_of(text)) if term)


@cache
def listed_stop_words() -> frozenset[str]:
    return frozenset(stop_words())


def said(made: Entry, *about: str) -> str:
    return ": ".join([made.headword, *about])


def without_a_term(entries: Iterable[Entry]) -> list[str]:
    """Entries that have no headword or no rendering, and what nothing is left of by the analysis."""
    return [
        *(said(made, "no rendering") for made in entries if not made.senses),
        *(said(made, repr(text)) for made in entries for text in (made.headword, *forms_of(made)) if not terms_of(text)),
    ]


def in_other_letters(entries: Iterable[Entry]) -> list[str]:
    """What is not English on the left and Arabic on the right, numbers apart."""
    return [
        said(made, text)
        for made in entries
        for text, script in [(made.headword, "latin"), *((form, "arabic") for form in forms_of(made))]
        if {script_of(word) for word in words_of(text)} - {"number"} != {script}
    ]


def headwords_met_twice(entries: Iterable[Entry]) -> list[str]:
    return [headword for headword, times in Counter(made.headword for made in entries).items() if times > 1]


def said_twice(entries: Iterable[Entry]) -> list[str]:
    """Forms of an entry that have the same terms in their order as one before."""
    return [
        said(made, " ".join(terms))
        for made in entries
        for terms, times in Counter(map(terms_of, forms_of(made))).items()
        if times > 1
    ]


def of_stop_words(entries: Iterable[Entry]) -> list[str]:
    return [
        said(made, form)
        for made in entries
        for form in forms_of(made)
        if all(stop_key(word) in listed_stop_words() for word in words_of(form))
    ]


def too_few(entries: Sequence[Entry], words: int = WORDS, phrases: int = PHRASES) -> list[str]:
    counts = Counter(min(2, len(list(words_of(made.headword)))) for made in entries)
    return [f"{counts[kind]} of {least}" for kind, least in ((1, words), (2, phrases)) if counts[kind] < least]


CHECKS = [
    pytest.param(without_a_term, ["\tصاروخ"], id="no headword"),
    pytest.param(without_a_term, ["--\tصاروخ"], id="a headword that is no word"),
    pytest.param(without_a_term, ["missile"], id="no rendering"),
    pytest.param(without_a_term, ["missile\t, /"], id="empty renderings"),
    pytest.param(without_a_term, ["missile\tصاروخ, !"], id="a rendering that is no word"),
    pytest.param(without_a_term, ["missile\tصاروخ/ـ"], id="a rendering that no analysis leaves anything of"),
    pytest.param(in_other_letters, ["صاروخ\tmissile"], id="languages the wrong way round"),
    pytest.param(in_other_letters, ["صاروخ\tصاروخ"], id="an Arabic headword"),
    pytest.param(in_other_letters, ["missile\tصاروخ, rocket"], id="an English rendering"),
    pytest.param(in_other_letters, ["missile\tصاروخ Patriot"], id="an English word within a rendering"),
    pytest.param(in_other_letters, ["missile صاروخ\tصاروخ"], id="an Arabic word within a headword"),
    pytest.param(in_other_letters, ["Москва\tموسكو"], id="a third script"),
    pytest.param(in_other_letters, ["911\tالطوارئ"], id="a number alone"),
    pytest.param(in_other_letters, ["emergency\t911"], id="a rendering that is a number"),
    pytest.param(headwords_met_twice, ["missile\tصاروخ", "missile\tصاروخ"], id="the same line twice"),
    pytest.param(headwords_met_twice, ["missile\tصاروخ", "drone\tمسيرة", "missile\tقذيفة"], id="with other renderings"),
    pytest.param(said_twice, ["missile\tصاروخ/صاروخ"], id="the same form"),
    pytest.param(said_twice, ["missile\tصاروخ, صاروخ"], id="the same rendering"),
    pytest.param(said_twice, ["missile\tصاروخ\tقذيفة, صاروخ"], id="in another sense"),
    pytest.param(said_twice, ["missile\tصاروخ, الصاروخ"], id="with an article"),
    pytest.param(said_twice, ["shipment\tشحنة/شحنات"], id="a plural that a rule makes"),
    pytest.param(said_twice, ["injury\tإصابة, اصابة"], id="another spelling"),
    pytest.param(said_twice, ["ceasefire\tوقف إطلاق النار, وقف اطلاق نار"], id="a phrase"),
    pytest.param(of_stop_words, ["missile\tفي"], id="a stop word"),
    pytest.param(of_stop_words, ["missile\tصاروخ/صواريخ, قذيفة\tهذا/هذه"], id="as one of many forms"),
    pytest.param(of_stop_words, ["missile\tهَذِهِ"], id="with vowel marks"),
    pytest.param(of_stop_words, ["missile\tوهذه"], id="behind a conjunction"),
    pytest.param(of_stop_words, ["missile\tفي هذا"], id="a phrase of nothing else"),
    pytest.param(partial(too_few, words=2, phrases=1), ["missile\tصاروخ", "air strike\tغارة جوية"], id="too few words"),
    pytest.param(partial(too_few, words=1, phrases=2), ["missile\tصاروخ", "air strike\tغارة جوية"], id="too few phrases"),
    pytest.param(
        partial(too_few, words=1, phrases=1), ["air strike\tغارة جوية", "air force\tقوات جوية"], id="phrases are no words"
    ),
    pytest.param(partial(too_few, words=1, phrases=1), ["missile\tصاروخ", "drone\tمسيرة"], id="words are no phrases"),
]
GOOD = [
    "missile\tصاروخ/صواريخ, قذيفة/قذائف",
    "Euro 2020\tيورو 2020, كأس أوروبا 2020",
    "100 meters\tسباق 100 متر",
    "air strike\tغارة جوية\tقصف جوي",
    "abroad\tفي الخارج",
    "Élysée\tالإليزيه",
    "F-16\tإف-16",
    "March\tمارس",
    "march\tمسيرة",
    "Trump's\tترامب",
]


@pytest.mark.parametrize(("check", "lines"), CHECKS)
def test_a_check_complains_of_what_is_wrong(check: Check, lines: list[str]) -> None:
    bad = list(map(entry, lines))
    assert check(bad) != []


@pytest.mark.parametrize(("check", "lines"), [row for row in CHECKS if not isinstance(row.values[0], partial)])
def test_a_check_complains_of_what_is_wrong_among_much_that_is_right(check: Check, lines: list[str]) -> None:
    bad, good = list(map(entry, lines)), [entry(line) for line in GOOD if not line.startswith("missile")]
    assert check([*good, *bad]) == check([*bad, *good]) == check(bad)


OF_ENTRIES = [without_a_term, in_other_letters, headwords_met_twice, said_twice, of_stop_words]


@pytest.mark.parametrize("check", OF_ENTRIES)
def test_a_check_has_nothing_to_say_of_good_entries(check: Check) -> None:
    assert check(list(map(entry, GOOD))) == []


@pytest.mark.parametrize("check", [*OF_ENTRIES, too_few])
def test_the_lexicon_passes(check: Check, entries: Sequence[Entry]) -> None:
    assert check(entries) == []


def test_all_of_the_files_are_read(lexicon: Lexicon, entries: Sequence[Entry]) -> None:
    assert len(lexicon) > 1
    assert all(lexicon.values())
    assert [line_of(made) for its in lexicon.values() for made in its] == list(map(line_of, entries))


# Files


def out_of_order(entries: Sequence[Entry]) -> list[str]:
    """Headwords that stand behind one which is behind them, whatever their case."""
    keys = [(made.headword.lower(), made.headword) for made in entries]
    return [after[1] for before, after in pairwise(keys) if after < before]


OUT_OF_ORDER = [
    pytest.param("missile drone", ["drone"], id="two"),
    pytest.param("drone missile air", ["air"], id="the last"),
    pytest.param("missile Drone", ["Drone"], id="whatever the case"),
    pytest.param("Drone drone air missile", ["air"], id="in the middle"),
    pytest.param("march March", ["March"], id="of the same word the one with the capital comes first"),
    pytest.param("air drone Missile rocket", [], id="in order"),
    pytest.param("March march", [], id="the same word with a capital and without"),
    pytest.param("", [], id="nothing"),
]


@pytest.mark.parametrize(("headwords", "wrong"), OUT_OF_ORDER)
def test_headwords_out_of_order_are_found(headwords: str, wrong: list[str]) -> None:
    assert out_of_order([entry(f"{headword}\tصاروخ") for headword in headwords.split()]) == wrong


def test_the_entries_of_each_file_are_in_order(lexicon: Lexicon) -> None:
    assert {name: wrong for name, its in lexicon.items() if (wrong := out_of_order(its))} == {}


COMMENT = re.compile("# English and Arabic .+; written from knowledge\\.")


def ill_written(text: str) -> list[str]:
    """The lines of a file that are not written as an entry is, and its first line where it does not say how it came about."""
    first, *lines = text.split("\n")
    wrong = [] if COMMENT.fullmatch(first) else [first]
    if lines.pop() if lines else first:
        wrong.append("its last line does not end")
    return wrong + [line for line in lines if line.startswith("#") or line != line_of(entry(line)) or not line]


ABOUT = "# English and Arabic words and phrases of war; written from knowledge.\n"
ILL_WRITTEN = [
    pytest.param("missile\tصاروخ\n", id="no comment"),
    pytest.param("#\nmissile\tصاروخ\n", id="a comment that says nothing"),
    pytest.param("# Words of war.\nmissile\tصاروخ\n", id="a comment that does not say how the file came about"),
    pytest.param(f"\ufeff{ABOUT}missile\tصاروخ\n", id="a byte order mark"),
    pytest.param(f"{ABOUT}missile\tصاروخ", id="no end of the last line"),
    pytest.param(f"{ABOUT}missile\tصاروخ\n\n", id="a blank line"),
    pytest.param(f"{ABOUT}missile\tصاروخ\n# more\n", id="a comment that would be taken for an entry by nobody"),
    pytest.param(f"{ABOUT}missile\tصاروخ\r\n", id="a carriage return"),
    pytest.param(f"{ABOUT}missile \tصاروخ\n", id="a space before a tab"),
    pytest.param(f"{ABOUT}missile\tصاروخ\t\n", id="an empty column"),
    pytest.param(f"{ABOUT}missile\tصاروخ,قذيفة\n", id="no space behind a comma"),
    pytest.param(f"{ABOUT}missile\tصاروخ، قذيفة\n", id="an Arabic comma"),
    pytest.param(f"{ABOUT}missile\tصاروخ / صواريخ\n", id="spaces around a slash"),
    pytest.param(f"{ABOUT}missile\tصاروخ, , قذيفة\n", id="an empty rendering"),
    pytest.param("", id="nothing"),
]


@pytest.mark.parametrize("text", ILL_WRITTEN)
def test_a_file_that_is_ill_written_is_found(text: str) -> None:
    assert ill_written(text) != []
    assert ill_written(ABOUT + "missile\tصاروخ/صواريخ, قذيفة\tمقذوف\n") == []


@pytest.mark.parametrize("path", lexicon_files(), ids=lambda path: Path(path).name)
def test_a_file_says_how_it_came_about_and_has_an_entry_a_line(path: str) -> None:
    assert ill_written(text_of(path)) == []


# Coverage

LETTERS = {"en": re.compile("[a-z]{3,}"), "ar": re.compile("[ء-غف-ي]{3,}")}


class Known:
    """What entries of one word lead to, from either language."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.headwords: set[str] = set()
        self.english: set[str] = set()
        self.arabic: set[str] = set()
        for made in entries:
            for text in (made.headword, *forms_of(made)):
                words = list(words_of(text))
                if len(words) == 1 and is_arabic(words[0]):
                    self.arabic.update(filter(None, known_readings(words[0])))
                elif len(words) == 1:
                    self.headwords.add(words[0].lower())
                    self.english.update(filter(None, known_readings(words[0])))

    def has(self, word: str) -> bool:
        readings = list(filter(None, known_readings(word)))
        if is_arabic(word):
            return any(form in self.arabic for reading in readings for form in (reading, *plainer_terms(reading)))
        return not self.english.isdisjoint(readings) or any(form in self.headwords for form in english_headwords(word))


@cache
def terms_of_stop_words() -> frozenset[str]:
    return frozenset(known_readings(word)[0] for word in listed_stop_words())


def content_words(words: Iterable[str], language: str) -> list[str]:
    return [
        word
        for word in words
        if LETTERS[language].fullmatch(word)
        and stop_key(word) not in listed_stop_words()
        and known_readings(word)[0] not in terms_of_stop_words()
    ]


def uncovered(words: Iterable[str], known: Known) -> list[str]:
    return [word for word in words if not known.has(word)]


def share_covered(words: Sequence[str], missing: Sequence[str]) -> float:
    return 1 - len(missing) / len(words)


CONTENT = [
    pytest.param("en", "missile missiles", "missile missiles", id="English words"),
    pytest.param("ar", "صاروخ والصواريخ", "صاروخ والصواريخ", id="Arabic words"),
    pytest.param("en", "صاروخ élysée don't f16 2020 it's", "", id="other letters than those of English"),
    pytest.param("ar", "missile ١٢٣ صـاروخ گاز", "", id="other letters than those of Arabic"),
    pytest.param("en", "uk eu war", "war", id="less than three letters"),
    pytest.param("ar", "رز حرب", "حرب", id="less than three Arabic letters"),
    pytest.param("en", "the with because missile", "missile", id="stop words"),
    pytest.param("ar", "هذا وهذه التي صاروخ", "صاروخ", id="Arabic stop words"),
]


@pytest.mark.parametrize(("language", "words", "content"), CONTENT)
def test_content_words_are_told_from_others(language: str, words: str, content: str) -> None:
    assert content_words(words.split(), language) == content.split()


COVERING = [
    pytest.param("missile\tصاروخ", "missile صاروخ", "", id="as they stand"),
    pytest.param("missile\tصاروخ", "missiles والصاروخ", "", id="in other forms"),
    pytest.param("carry\tيحمل", "carries carried سيحملون تحمل", "", id="in forms that inflection tells"),
    pytest.param("cry\tبكى/يبكي", "cried يبكي تبكي", "", id="each form of a rendering"),
    pytest.param("missile\tقذيفة, صاروخ\tقذف", "صاروخ قذف", "", id="renderings and senses that are less likely"),
    pytest.param("missile\tصاروخ", "drone مسيرة صواريخ", "drone مسيرة صواريخ", id="other words"),
    pytest.param("air strike\tغارة جوية", "air strike غارة جوية", "air strike غارة جوية", id="a part of a phrase is no entry"),
]


@pytest.mark.parametrize(("line", "words", "missing"), COVERING)
def test_words_without_an_entry_are_listed(line: str, words: str, missing: str) -> None:
    assert uncovered(words.split(), Known([entry(line)])) == missing.split()


def test_a_lexicon_that_lacks_one_in_twenty_words_covers_too_little(entries: Sequence[Entry]) -> None:
    words = [made.headword for made in entries[:100]]
    assert share_covered(words, words[:3]) >= COVERED > share_covered(words, words[:5])


@pytest.mark.parametrize("language", LETTERS)
def test_most_of_the_frequent_words_of_a_language_have_an_entry(language: str, known: Known) -> None:
    words = content_words(top_n_list(language, MOST_FREQUENT), language)
    assert len(words) > MOST_FREQUENT // 2
    missing = uncovered(words, known)
    assert share_covered(words, missing) >= COVERED, f"without an entry: {' '.join(missing)}"
