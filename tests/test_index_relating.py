"""How terms relate: other forms, stop words, pieces; built, looked up, and compared with the lists and the terms themselves."""

from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import index.relating
from index.analysis.arabic import has_own_beginning
from index.analysis.listed import listed
from index.analysis.terms import readings_of
from index.grams import grams_of
from index.inverting import Inverter
from index.segment import Segment
from index.store import Store

StoreOf = Callable[..., Store]
PLURALS = [tuple(line.split()) for line in listed("broken_plurals.txt")]


def of_words(words: Iterable[str]) -> list[dict[str, str]]:
    """An article for each word."""
    return [{"id": f"article {number}", "text": word} for number, word in enumerate(words)]


def forms_of(store: Segment, term: str) -> list[str]:
    return sorted(map(store.term, store.forms(term)))


# Other forms

IN_ANOTHER_FORM = [
    pytest.param(["صاروخ", "صواريخ"], "صاروخ", ["صواريخ"], id="the plural of a singular"),
    pytest.param(["صاروخ", "صواريخ"], "صواريخ", ["صاروخ"], id="the singular of a plural"),
    pytest.param(["man", "men"], "man", [], id="an irregular English plural is the same term"),
    pytest.param(["صواريخ"], "صاروخ", ["صواريخ"], id="of a singular that is in no article"),
    pytest.param(["صاروخ"], "صواريخ", ["صاروخ"], id="of a plural that is in no article"),
    pytest.param(["صواريخ"], "صواريخ", [], id="the singular is in no article"),
    pytest.param(["missile"], "صاروخ", [], id="neither is in any article"),
    pytest.param(["missile", "missiles"], "missil", [], id="a plural that a rule makes is the same term"),
    pytest.param(["والصواريخ", "لصاروخها"], "صاروخ", ["صواريخ"], id="however it is written in the articles"),
    pytest.param(["شاب", "شباب", "شبان"], "شاب", ["شباب", "شبان"], id="both plurals of a singular"),
    pytest.param(["شاب", "شباب", "شبان"], "شباب", ["شاب", "شبان"], id="a plural's singular and sibling"),
    pytest.param(["شبان"], "شباب", ["شبان"], id="a sibling alone"),
    pytest.param(["صاروخ", "missile"], "missil", [], id="no translation"),
    pytest.param(["صاروخ"], "", [], id="no term"),
]


@pytest.mark.parametrize(("words", "term", "forms"), IN_ANOTHER_FORM)
def test_a_term_has_the_other_forms_that_the_articles_have(
    store_of: StoreOf, words: list[str], term: str, forms: list[str]
) -> None:
    assert forms_of(store_of(*of_words(words)), term) == sorted(forms)


def test_a_form_that_is_an_id_alone_is_none(store_of: StoreOf) -> None:
    store = store_of({"id": "صواريخ", "text": "صاروخ"}, {"id": "اطفال", "text": "طفل"})
    assert store.number_of("صواريخ") is not None
    assert forms_of(store, "صاروخ") == forms_of(store, "طفل") == []


def test_a_plural_of_two_singulars_has_both(store_of: StoreOf) -> None:
    singulars = [one for one, other in PLURALS if other == "حوادث"]
    assert len(singulars) == 2
    store = store_of(*of_words([*singulars, "حوادث"]))
    one, other = map(store.term_of, singulars)
    assert forms_of(store, store.term_of("حوادث")) == sorted({one, other})
    assert other not in forms_of(store, one), "they are siblings of no singular"


@pytest.fixture(scope="module")
def listed_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Segment]:
    """A segment of articles that have all words of the lists of plurals."""
    path = str(tmp_path_factory.mktemp("plurals"))
    inverter = Inverter(path, {})
    for number, word in enumerate(dict.fromkeys(word for pair in PLURALS for word in pair)):
        inverter.add({"id": f"article {number}", "lang": "en", "body": word})
    inverter.close()
    segment = Segment(path)
    yield segment
    segment.close()


def test_every_line_of_the_lists_joins_its_two_words(listed_words: Segment) -> None:
    assert len(PLURALS) > 900
    apart = []
    for pair in PLURALS:
        one, other = map(listed_words.known_term, pair)
        assert one is not None
        assert other is not None
        if one != other and not (other in forms_of(listed_words, one) and one in forms_of(listed_words, other)):
            apart.append(pair)
    assert apart == []


def test_forms_are_forms_of_each_other_and_never_of_themselves(listed_words: Segment) -> None:
    for number in range(listed_words.term_count):
        forms = list(listed_words.forms(listed_words.term(number)))
        assert number not in forms
        assert len(set(forms)) == len(forms)
        assert all(number in listed_words.forms(listed_words.term(other)) for other in forms)


LINES = ["شاب شباب", "شاب شبان", "حادث حوادث", "حادثة حوادث", "كتلة كتل", "بيت بيوت", "missile missiles"]
LISTED_WORDS = sorted({word for line in LINES for word in line.split()})


@given(st.lists(st.sampled_from(LINES), unique=True), st.lists(st.sampled_from(LISTED_WORDS), min_size=1, unique=True))
@example(LINES, LISTED_WORDS)
@settings(max_examples=60)
def test_any_lists_relate_the_terms_of_any_corpus(lines: list[str], words: list[str]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.relating, "listed", lambda name: lines if name == "broken_plurals.txt" else [])
        inverter = Inverter(folder, {})
        for number, word in enumerate(words):
            inverter.add({"id": f"article {number}", "lang": "en", "body": word})
        inverter.close()
        segment = Segment(folder)
        pairs = [tuple(readings_of(word)[0] for word in line.split()) for line in lines]
        known = {readings_of(word)[0] for word in words}
        for term in {readings_of(word)[0] for word in LISTED_WORDS}:
            singulars = {one for one, other in pairs if term in {one, other}}
            family = singulars | {other for one, other in pairs if one in singulars}
            assert forms_of(segment, term) == sorted((family & known) - {term})
        segment.close()


# Stop words


@pytest.fixture(scope="module")
def stop_words(listed_words: Segment) -> Callable[[str], bool]:
    return listed_words.is_stop_word


STOPS = [
    *(
        pytest.param(word, id=word)
        for word in ("the", "The", "OF", "don't", "في", "من", "على", "إلى", "الى", "أن", "ان", "هذه")
    ),
    pytest.param("وفي", id="and in"),
    pytest.param("فمن", id="so who"),
    pytest.param("والى", id="and to, without its hamza"),
    pytest.param("don’t", id="a curly apostrophe"),
    pytest.param("فِي", id="a vowel mark"),
    pytest.param("هـــذه", id="tatweel"),
]
SAYING = [
    pytest.param("us", id="a country"),
    pytest.param("US", id="a country in capitals"),
    pytest.param("who", id="an organization"),
    pytest.param("WHO", id="an organization in capitals"),
    pytest.param("may", id="a month, and a name"),
    pytest.param("will", id="a name"),
    pytest.param("علي", id="a name spelled like on"),
    pytest.param("وعلي", id="the name behind and"),
    pytest.param("فعلي", id="the name behind so"),
    pytest.param("missile", id="a word"),
    pytest.param("صاروخ", id="an Arabic word"),
    pytest.param("andthe", id="two stop words in one"),
    pytest.param("وthe", id="an Arabic conjunction before an English stop word"),
    pytest.param("ووفي", id="two conjunctions"),
    pytest.param("", id="nothing"),
    pytest.param("550", id="a number"),
]


@pytest.mark.parametrize("word", STOPS)
def test_a_word_that_says_nothing_is_a_stop_word(stop_words: Callable[[str], bool], word: str) -> None:
    assert stop_words(word)


@pytest.mark.parametrize("word", SAYING)
def test_a_word_that_may_say_something_is_none(stop_words: Callable[[str], bool], word: str) -> None:
    assert not stop_words(word)


def test_every_word_of_the_lists_is_a_stop_word_and_an_arabic_one_behind_a_conjunction_too(
    stop_words: Callable[[str], bool],
) -> None:
    english, arabic = listed("english_stop_words.txt"), listed("arabic_stop_words.txt")
    assert [word for word in (*english, *arabic) if not stop_words(word)] == []
    assert [word for word in english if not stop_words(word.upper())] == []
    joined = [c + word for c in "وف" for word in arabic if c + word not in arabic]
    assert [word for word in joined if stop_words(word) == has_own_beginning(word)] == [], "ولي and فقد are words"


def test_stop_words_do_not_depend_on_the_corpus(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "text": "missile"})
    assert store.number_of("the") is None
    assert [store.is_stop_word(word) for word in ("the", "وفي", "missile")] == [True, True, False]


# Pieces


TERMS = st.text(st.sampled_from("abcd" + "صكي" + "19"), min_size=1, max_size=9)


def vocabulary_of(words: Iterable[str], folder: str) -> Segment:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.relating, "listed", lambda _: [])
        inverter = Inverter(folder, {})
        for number, word in enumerate(words):
            inverter.add({"id": f"id {number}", "lang": "en", "title" if number % 3 else "body": word})
        inverter.close()
    return Segment(folder)


@given(st.lists(TERMS, min_size=1, max_size=40), st.lists(TERMS, max_size=5))
@settings(max_examples=100)
def test_a_piece_leads_to_exactly_the_terms_that_have_it(words: list[str], others: list[str]) -> None:
    with TemporaryDirectory() as folder:
        segment = vocabulary_of(words, folder)
        terms = [term for number in range(segment.term_count) if " " not in (term := segment.term(number)) and term != "en"]
        assert terms
        for gram in dict.fromkeys(gram for term in [*terms, *others] for gram in grams_of(term)):
            assert {segment.term(number) for number in segment.with_gram(gram)} == {
                term for term in terms if gram in grams_of(term)
            }
        segment.close()


def test_a_term_that_has_a_piece_twice_is_led_to_once() -> None:
    with TemporaryDirectory() as folder:
        segment = vocabulary_of(["aaaaaaaa", "1000000"], folder)
        assert [segment.term(number) for number in segment.with_gram("aaaa")] == ["aaaaaaaa"]
        assert [segment.term(number) for number in segment.with_gram("0000")] == ["1000000"]
        segment.close()


def test_what_is_an_id_or_a_language_alone_has_no_pieces(store_of: StoreOf) -> None:
    store = store_of({"id": "missil", "lang": "en", "text": "words"}, {"id": "kyiv", "text": "Kyiv"})
    assert store.number_of("missil") is not None
    assert (list(store.with_gram("miss")), list(store.with_gram("_en_"))) == ([], [])
    assert [store.term(number) for number in store.with_gram("kyiv")] == ["kyiv"]


@given(st.text(max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_piece_that_no_term_has_leads_nowhere(listed_words: Segment, gram: str) -> None:
    terms = {listed_words.term(number) for number in listed_words.with_gram(gram)}
    assert terms == {term for term in terms if gram in grams_of(term)}
