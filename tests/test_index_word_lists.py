"""The lists of words that the analysis goes by: each entry is well-formed, and does what it stands there for."""

import re
from collections import Counter
from importlib.resources import files

import pytest

from index.analysis.arabic import readings
from index.analysis.arabic_endings import without_ending, without_unsure_ending
from index.analysis.arabic_spelling import fold as fold_arabic
from index.analysis.listed import listed
from index.analysis.terms import fold, readings_of, term_of
from index.analysis.words import find_words, is_arabic

WORDS_IN_A_LINE = {
    "arabic_exceptions.txt": range(2, 99),
    "arabic_stop_words.txt": range(1, 2),
    "british_spellings.txt": range(2, 3),
    "broken_plurals.txt": range(2, 3),
    "english_exceptions.txt": range(1, 99),
    "english_irregular.txt": range(2, 9),
    "english_stop_words.txt": range(1, 2),
    "own_article.txt": range(1, 2),
    "own_ending.txt": range(1, 2),
    "own_preposition.txt": range(1, 2),
    "own_teh.txt": range(1, 2),
    "own_waw.txt": range(1, 2),
}
ENGLISH = {name for name in WORDS_IN_A_LINE if name.startswith(("english", "british"))}
# Letters with hamza and madda; of all marks only those that newsrooms write: fathatan and shadda.
ARABIC_WORD = re.compile("(?:[ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي][\u064b\u0651]?){2,}")
ENGLISH_WORD = re.compile("[a-z]+(?:'[a-z]+)?")


def lines_of(name: str) -> list[list[str]]:
    return [entry.split(" ") for entry in listed(name)]


def words_of_list(name: str) -> list[str]:
    return [word for line in lines_of(name) for word in line]


def test_the_lists_are_all_that_lie_beside_the_analysis() -> None:
    found = {file.name for file in files("index.analysis").iterdir() if file.name.endswith(".txt")}
    assert found == {*WORDS_IN_A_LINE, "name_keys.txt"}  # which lists no words


@pytest.mark.parametrize("name", WORDS_IN_A_LINE)
def test_a_list_says_what_it_is_and_ends_its_last_line(name: str) -> None:
    text = files("index.analysis").joinpath(name).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    assert "\t" not in text


@pytest.mark.parametrize("name", WORDS_IN_A_LINE)
def test_no_line_stands_twice(name: str) -> None:
    assert [line for line, times in Counter(listed(name)).items() if times > 1] == []


@pytest.mark.parametrize("name", WORDS_IN_A_LINE)
def test_a_line_has_as_many_words_as_its_list_asks_for_none_of_them_twice(name: str) -> None:
    lines = lines_of(name)
    assert lines
    assert [line for line in lines if len(line) not in WORDS_IN_A_LINE[name]] == []
    assert [line for line in lines if len(set(line)) < len(line)] == []


@pytest.mark.parametrize("name", WORDS_IN_A_LINE)
def test_every_word_is_written_in_the_letters_of_its_language(name: str) -> None:
    pattern = ENGLISH_WORD if name in ENGLISH else ARABIC_WORD
    assert [word for word in words_of_list(name) if not pattern.fullmatch(word)] == []


@pytest.mark.parametrize("name", WORDS_IN_A_LINE)
def test_every_word_is_one_word_of_which_something_is_left(name: str) -> None:
    for word in words_of_list(name):
        assert find_words(word) == [(0, len(word))]
        assert is_arabic(word) is (name not in ENGLISH)
        assert fold(word)
        assert term_of(word)


# Letters that are a word's own


@pytest.mark.parametrize("name", ["own_article.txt", "own_preposition.txt", "own_waw.txt"])
def test_a_word_keeps_its_own_first_letters(name: str) -> None:
    begins = {"own_article.txt": ("ال",), "own_preposition.txt": tuple("بلفك"), "own_waw.txt": ("و",)}[name]
    for word in listed(name):
        assert fold(word).startswith(begins)
        assert fold(word).startswith(readings(word)[0][:2])


def without_its_end(word: str) -> set[str]:
    """What a word may be by its endings alone."""
    folded = fold_arabic(word)
    return {without_ending(folded), without_ending(without_unsure_ending(folded)), ""}


@pytest.mark.parametrize("name", ["own_article.txt", "own_preposition.txt", "own_waw.txt"])
def test_a_word_is_not_read_without_its_own_first_letters(name: str) -> None:
    assert [word for word in listed(name) if not set(readings(word)) <= without_its_end(word)] == []


def of_own_preposition() -> list[str]:
    """The words of the list, but for those that are another word behind و: باء is a letter, وباء is an epidemic."""
    return [word for word in listed("own_preposition.txt") if not readings(f"و{word}")[0].startswith("و")]


@pytest.mark.parametrize("word", of_own_preposition())
def test_a_word_keeps_its_own_preposition_behind_a_conjunction(word: str) -> None:
    assert readings(f"و{word}") == readings(word)


def test_few_words_are_others_behind_a_conjunction() -> None:
    assert len(of_own_preposition()) > len(listed("own_preposition.txt")) - 30


OWN_ENDING = [word for word in listed("own_ending.txt") if word != "رياضي"]  # it is a form of رياضة, on the other list


def test_no_ending_comes_off_a_word_that_owns_its_end() -> None:
    for word in map(fold_arabic, OWN_ENDING):
        assert without_unsure_ending(word) == word
        assert without_ending(word) == word


@pytest.mark.parametrize("word", OWN_ENDING)
def test_a_word_that_owns_its_end_is_its_own_term(word: str) -> None:
    assert readings(word)[0] == fold_arabic(word)


@pytest.mark.parametrize("word", listed("own_teh.txt"))
def test_a_word_keeps_its_own_teh(word: str) -> None:
    term = term_of(word)
    assert word.endswith("ة")
    assert term.endswith("ة")
    assert fold(word) == term
    assert term_of(f"ال{word}") == term_of(f"وال{word}") == term
    assert term_of(f"{word[:-1]}تين") == term, "in the dual"
    assert term_of(word[:-1]) != term, "without it, it is another word"


@pytest.mark.parametrize("word", listed("own_teh.txt"))
@pytest.mark.parametrize("pronoun", ["ها", "هم"])
def test_a_word_keeps_its_own_teh_before_a_pronoun(word: str, pronoun: str) -> None:
    assert term_of(f"{word[:-1]}ت{pronoun}") == term_of(word)


# Words that have one term


@pytest.mark.parametrize(("british", "american"), lines_of("british_spellings.txt"))
def test_a_british_spelling_has_the_term_of_the_american(british: str, american: str) -> None:
    assert term_of(british) == term_of(american)
    assert term_of(british.upper()) == term_of(f"{american}'s")


@pytest.mark.parametrize("forms", lines_of("english_exceptions.txt"), ids=lambda forms: forms[0])
def test_the_forms_of_an_english_exception_have_the_first_for_a_term(forms: list[str]) -> None:
    assert {term_of(form) for form in forms} == {forms[0]}


@pytest.mark.parametrize("forms", lines_of("english_irregular.txt"), ids=lambda forms: forms[0])
def test_irregular_forms_have_the_term_of_their_word(forms: list[str]) -> None:
    assert len({term_of(form) for form in forms}) == 1
    assert {term_of(form.upper()) for form in forms} == {term_of(f"{form}'s") for form in forms} == {term_of(forms[0])}


@pytest.mark.parametrize("forms", lines_of("arabic_exceptions.txt"), ids=lambda forms: forms[0])
def test_the_forms_of_an_arabic_exception_have_one_term(forms: list[str]) -> None:
    assert len({term_of(form) for form in forms}) == 1
    assert term_of(f"ال{forms[-1]}") == term_of(forms[0])


@pytest.mark.parametrize("name", ["arabic_exceptions.txt", "english_exceptions.txt", "english_irregular.txt"])
def test_no_form_is_that_of_two_exceptions(name: str) -> None:
    assert [word for word, times in Counter(map(fold, words_of_list(name))).items() if times > 1] == []


def test_no_british_spelling_stands_for_two_american_ones() -> None:
    assert [
        word for word, times in Counter(british for british, _ in lines_of("british_spellings.txt")).items() if times > 1
    ] == []


# Plurals and stop words


def test_no_plural_is_listed_as_a_singular_of_its_own_singular() -> None:
    pairs = {tuple(line) for line in lines_of("broken_plurals.txt")}
    assert [(one, other) for one, other in pairs if (other, one) in pairs] == []


def test_names_are_no_stop_words() -> None:
    stop_words = {*listed("english_stop_words.txt"), *listed("arabic_stop_words.txt")}
    assert stop_words & {"us", "who", "may", "will", "it's", "علي"} <= {"it's"}


def test_a_conjunction_before_a_stop_word_makes_no_other_word_of_the_list_a_stop_word() -> None:
    stop_words = set(listed("arabic_stop_words.txt"))
    names = {"علي", "وعد", "فيصل", "وليد", "فرنسا", "وزير"}
    assert names & {conjunction + word for conjunction in ("", "و", "ف") for word in stop_words} == set()


def test_every_stop_word_has_a_term() -> None:
    for name in ("english_stop_words.txt", "arabic_stop_words.txt"):
        assert [word for word in listed(name) if not readings_of(word)[0]] == []
