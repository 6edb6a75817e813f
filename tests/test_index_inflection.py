"""Which words a word may be a form of: the guesses that a lexicon is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.inflection import english_headwords, plainer_terms
from index.analysis.terms import readings_of
from index.analysis.words import words_of

ENGLISH = [
    pytest.param("missiles", "missile", id="a plural"),
    pytest.param("boxes", "box", id="a plural with -es"),
    pytest.param("armies", "army", id="a plural with -ies"),
    pytest.param("movies", "movie", id="-ies that is the plural of -ie"),
    pytest.param("strikes", "strike", id="-es of a word with e"),
    pytest.param("attacks", "attack", id="the third person"),
    pytest.param("bombed", "bomb", id="the past"),
    pytest.param("fired", "fire", id="the past of a word with e"),
    pytest.param("carried", "carry", id="the past with -ied"),
    pytest.param("bombing", "bomb", id="-ing"),
    pytest.param("striking", "strike", id="-ing of a word with e"),
]


@pytest.mark.parametrize(("word", "headword"), ENGLISH)
def test_an_english_word_may_be_a_form_of_its_headword(word: str, headword: str) -> None:
    guesses = list(english_headwords(word))
    assert guesses[0] == word, "a word is looked up as it is first"
    assert headword in guesses


NO_FORMS = ["weapon", "weaponry", "general", "generally", "men", "", "x", "550"]


@pytest.mark.parametrize("word", NO_FORMS)
def test_what_has_no_ending_is_itself_alone(word: str) -> None:
    assert list(english_headwords(word)) == [word]


ORDERS = [
    pytest.param("armies", ["armies", "army", "armi", "armie"], id="-ies before -es before -s"),
    pytest.param("fired", ["fired", "fir", "fire"], id="nothing before e"),
    pytest.param("carried", ["carried", "carry", "carri", "carrie"], id="-ied before -ed"),
    pytest.param("striking", ["striking", "strik", "strike"], id="nothing before e, of -ing"),
]


@pytest.mark.parametrize(("word", "guesses"), ORDERS)
def test_guesses_come_in_the_order_in_which_they_are_looked_up(word: str, guesses: list[str]) -> None:
    assert list(english_headwords(word)) == guesses


@given(st.text("abdegiknsy", max_size=10))
def test_a_guess_has_the_beginning_of_its_word(word: str) -> None:
    first, *guesses = english_headwords(word)
    assert first == word
    for guess in guesses:
        assert len(guess) < len(word)
        assert guess[:-1] == word[: len(guess) - 1] or not guess


ARABIC = [
    pytest.param("سيتسبب", "يتسبب", id="the future"),
    pytest.param("ستطلق", "تطلق", id="the future of another person"),
    pytest.param("ستطلق", "يطلق", id="the future of another person, in the third"),
    pytest.param("يتسببان", "يتسبب", id="two of them"),
    pytest.param("سيتسببان", "يتسببان", id="two of them in the future, in the present"),
    pytest.param("سيتسببان", "يتسبب", id="two of them in the future"),
    pytest.param("يطلقون", "يطلق", id="many of them"),
    pytest.param("ستطلقون", "يطلق", id="you in the future"),
    pytest.param("يطلقوا", "يطلق", id="many of them, subjunctive"),
    pytest.param("تطلق", "يطلق", id="she"),
    pytest.param("نطلق", "يطلق", id="we"),
    pytest.param("اطلق", "يطلق", id="I, or the past: both are looked up"),
    pytest.param("تطلقين", "يطلق", id="you, feminine"),
    pytest.param("يطلقن", "يطلق", id="many of them, feminine"),
    pytest.param("اطلقت", "اطلق", id="she, in the past"),
    pytest.param("اطلقوا", "اطلق", id="they, in the past"),
    pytest.param("اطلقنا", "اطلق", id="we, in the past"),
    pytest.param("اطلقتم", "اطلق", id="you, in the past"),
    pytest.param("اطلقتما", "اطلق", id="you two, in the past"),
    pytest.param("اطلقتا", "اطلق", id="the two of them, in the past"),
    pytest.param("اطلقا", "اطلق", id="two, in the past"),
    pytest.param("هجومان", "هجوم", id="two of a noun"),
    pytest.param("هجومين", "هجوم", id="two of a noun, as an object"),
    pytest.param("مدينت", "مدينة", id="of what is before a pronoun"),
]


@pytest.mark.parametrize(("term", "plain"), ARABIC)
def test_an_arabic_term_may_be_a_form_of_a_plainer_one(term: str, plain: str) -> None:
    assert plain in plainer_terms(term)


NOT_PLAINER = [
    pytest.param("سيف", "يف", id="a word of three letters has no future"),
    pytest.param("سيفا", "يفا", id="nor has one of which three would be left"),
    pytest.param("سفينة", "فينة", id="what stands behind is no person"),
    pytest.param("موت", "موة", id="three letters are too few for a feminine"),
    pytest.param("بيت", "بي", id="two letters are none"),
    pytest.param("سنا", "س", id="one letter is none"),
    pytest.param("وطن", "وط", id="an ending that leaves two letters"),
    pytest.param("صاروخ", "صار", id="no ending"),
]


@pytest.mark.parametrize(("term", "other"), NOT_PLAINER)
def test_not_every_letter_is_an_ending(term: str, other: str) -> None:
    assert other not in plainer_terms(term)


@pytest.mark.parametrize("term", ["سيف", "بيت", "صاروخ", "كييف", "موت", "x", "550", "москва"])
def test_what_may_be_no_form_has_no_guess(term: str) -> None:
    assert list(plainer_terms(term)) == []


def test_what_has_less_taken_off_is_looked_up_before_what_has_more() -> None:
    guesses = list(plainer_terms("سيتسببان"))
    assert guesses.index("يتسببان") < guesses.index("يتسبب")
    assert guesses.index("يتسبب") < guesses.index("يتسببا")


@given(st.text("استنيموة", min_size=1, max_size=10))
def test_a_guess_is_another_term_and_no_longer(term: str) -> None:
    for guess in plainer_terms(term):
        assert guess
        assert guess != term
        assert len(guess) <= len(term)


@given(st.text(min_size=1, max_size=9))
def test_the_terms_and_words_of_any_text_can_be_guessed_at(text: str) -> None:
    for word in words_of(text):
        assert next(english_headwords(word)) == word
        for term in filter(None, readings_of(word)):
            assert term not in plainer_terms(term)
