"""Names across scripts: which words of a corpus are the same name as a word of a question, and how surely."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index import namesakes as module
from index.analysis.transliteration import LEAST
from index.analysis.words import script_of
from index.namesakes import Namesake, namesakes
from index.store import Store
from index.variants import TRANSLATED, variants_of
from search.engine import answer, find
from search.hits import Results
from search.query import parse
from search.widening import widen

StoreOf = Callable[..., Store]
SURE, TIE, NEAR, EVEN, MOST = module._SURE, module._TIE, module._NEAR, module._EVEN, module._MOST
OFF, SMALL = module._PREPOSITION, module._SMALL
B, K1 = 0.75, 1.2
FIELDS = {"title": 2.0, "body": 1.0}


def store_with(store_of: StoreOf, *texts: str) -> Store:
    return store_of(*({"id": str(number), "text": text} for number, text in enumerate(texts)))


def found(store: Store, word: str) -> list[Namesake]:
    return namesakes(store, word, store.term_of(word))


def terms(store: Store, word: str) -> set[str]:
    return {term for term, _ in found(store, word)}


def named(store: Store, word: str, *, translate: bool = True) -> list[Namesake]:
    variants = variants_of(store, word, store.term_of(word), translate=translate)
    return [(term, weight) for (term, *_), origin, weight in variants if origin == "name"]


# Words as they sound

SAME_NAME = [
    pytest.param("Patriot", "باتريوت", id="a name in Latin letters"),
    pytest.param("باتريوت", "Patriot", id="a name in Arabic letters"),
    pytest.param("patriot", "باتريوت", id="in small letters"),
    pytest.param("PATRIOT", "باتريوت", id="in capitals"),
    pytest.param("Patriots", "باتريوت", id="a plural"),
    pytest.param("Patriot’s", "باتريوت", id="a possessive"),
    pytest.param("Kyiv", "كييف", id="a short name"),
    pytest.param("كييف", "Kyiv", id="a short name from Arabic"),
    pytest.param("Putin", "وبوتين", id="behind a conjunction"),
    pytest.param("وبوتين", "Putin", id="asked behind a conjunction"),
    pytest.param("Pentagon", "البنتاغون", id="behind an article"),
    pytest.param("البنتاغون", "Pentagon", id="asked behind an article"),
    pytest.param("Kremlin", "بالكرملين", id="behind a preposition and an article"),
    pytest.param("بالكرملين", "Kremlin", id="asked behind a preposition and an article"),
    pytest.param("Kyiv", "لكييف", id="behind a preposition, and nowhere alone"),
    pytest.param("لكييف", "Kiev", id="asked behind a preposition that nobody can tell"),
    pytest.param("Kyiv", "وبكييف", id="behind a conjunction and a preposition"),
    pytest.param("Zelenskyy", "زيلنسكي", id="the one spelling and the other"),
]


@pytest.mark.parametrize(("word", "text"), SAME_NAME)
def test_a_name_is_found_in_the_other_script(store_of: StoreOf, word: str, text: str) -> None:
    assert terms(store := store_with(store_of, text, "550"), word) == {store.term_of(text)}


SPELLINGS = [
    pytest.param("Trump", "ترامب ترمب", "ترامب ترمب", id="an alef more"),
    pytest.param("Zelensky", "زيلينسكي زيلنسكي", "زيلينسكي زيلنسكي", id="a yeh more"),
    pytest.param("Zelenskyy", "زيلينسكي زيلنسكي", "زيلينسكي زيلنسكي", id="a yeh more, asked in another spelling"),
    pytest.param("Pentagon", "البنتاغون والبنتاجون", "البنتاغون والبنتاجون", id="either letter for g"),
    pytest.param("Kyiv", "لكييف وبكييف", "لكييف بكييف", id="behind two prepositions, and nowhere alone"),
    pytest.param("كييف", "Kyiv and Kiev and Kyiv and Kiev", "Kyiv Kiev", id="with capitals wherever they stand"),
    pytest.param(
        "القذافي", "Gaddafi and Qadhafi and Gaddafi and Qadhafi", "Gaddafi Qadhafi", id="other consonants, same vowels"
    ),
    pytest.param("القذافي", "gaddafi and qadhafi and gaddafi and qadhafi In", "Qadhafi", id="without capitals the best"),
    pytest.param("القذافي", "Gaddafi and Qadhafi and Qadhafi", "Qadhafi", id="with one capital the best"),
    pytest.param(
        "القذافي", "Gaddafi, Gaddafi gaddafi, Qadhafi and Qadhafi", "Qadhafi", id="with a capital not always the best"
    ),
    pytest.param("موسكو", "Moscow and Moskva and Moscow and Moskva", "Moscow", id="other consonants and other vowels"),
]


@pytest.mark.parametrize(("word", "text", "words"), SPELLINGS)
def test_spellings_of_a_name_that_stand_side_by_side_are_all_found(store_of: StoreOf, word: str, text: str, words: str) -> None:
    store = store_with(store_of, text)
    assert terms(store, word) == set(map(store.term_of, words.split()))


CASED = [
    pytest.param("Trump", "a trump and a trump In ترامب", "ترامب", True, id="a card"),
    pytest.param("Trump", "Trump and Trump in ترامب", "ترامب", False, id="a president"),
    pytest.param("Trump", "a trump In ترامب", "ترامب", True, id="a card that is mentioned once"),
    pytest.param("Trump", "trump and Trump and trump and Trump ترامب", "ترامب", False, id="half and half"),
    pytest.param("Trump", "trump trump ترامب", "ترامب", False, id="a corpus without capitals does not tell"),
    pytest.param("لندن", "in london and london In", "London", True, id="a word of the corpus that is written small"),
    pytest.param("لندن", "In London and London", "London", False, id="one that is written with a capital"),
    pytest.param("باتريوت", "a patriot and a patriot In", "patriot", True, id="a sure one"),
]


@pytest.mark.parametrize(("word", "text", "other", "less"), CASED)
def test_what_a_corpus_writes_small_is_less_sure(store_of: StoreOf, word: str, text: str, other: str, *, less: bool) -> None:
    ((term, probability),) = found(store_with(store_of, text), word)
    ((same, unmarked),) = found(store_with(store_of, other), word)
    assert (term, probability < unmarked, probability > unmarked) == (same, less, False)


@pytest.mark.parametrize(("word", "text"), [("Kyiv", "a kyiv and a kyiv In كييف"), ("كييف", "a kyiv and a kyiv In")])
def test_what_is_hardly_a_name_is_none_where_it_is_written_small(store_of: StoreOf, word: str, text: str) -> None:
    assert found(store_with(store_of, text), word) == []
    assert found(store_with(store_of, text.replace("kyiv", "Kyiv")), word) != []


OTHER = [
    pytest.param("Zelensky", "Zelenskyy Zelenskiy", id="the same script"),
    pytest.param("زيلينسكي", "زيلنسكي", id="the same Arabic script"),
    pytest.param("Москва", "موسكو Moscow Москвы", id="a word of a third script"),
    pytest.param("موسكو", "Москва Μόσχα 莫斯科", id="words of other scripts"),
    pytest.param("550", "550 ٥٥٠ خمسمية", id="a number"),
    pytest.param("٥٥٠", "550 khamsmiya", id="an Arabic number"),
    pytest.param("Patriot2", "باتريوت", id="a digit behind a name"),
    pytest.param("باتريوت", "Patriot2 PAC-3", id="a digit behind a name of the corpus"),
    pytest.param("Bo", "بو باو بوو", id="two letters"),
    pytest.param("بو", "Bo Bau Boo", id="two Arabic letters"),
    pytest.param("B", "ب بي", id="a letter"),
    pytest.param("aia", "ايا", id="no consonant"),
    pytest.param("", "Patriot باتريوت", id="no letter"),
    pytest.param("صواريخ", "missiles", id="a translation"),
    pytest.param("Putin", "باتريوت", id="another name"),
    pytest.param("Patriot", "بوتين", id="another name in Arabic"),
    pytest.param("Ukraine", "550", id="nothing in the other script"),
]


@pytest.mark.parametrize(("word", "text"), OTHER)
def test_what_is_no_name_in_the_other_script_is_not_found(store_of: StoreOf, word: str, text: str) -> None:
    assert found(store_with(store_of, text), word) == []


# Scores, given by hand

Scores = Mapping[tuple[str, str], float]


@pytest.fixture(name="given_scores")
def given_scores_of_pairs(monkeypatch: pytest.MonkeyPatch) -> Callable[[Scores], None]:
    """Has pairs of names score what a table says; those that are not in it are never alike."""

    def give(table: Scores) -> None:
        class Given:
            def __init__(self, name: str) -> None:
                self._name = name

            def scores(self, names: Iterable[str], least: float) -> Iterator[tuple[str, float]]:
                for name in names:
                    if table.get((self._name, name), -math.inf) >= least:
                        yield name, table[self._name, name]

        monkeypatch.setattr("index.analysis.transliteration.Sounding", Given)

    return give


BEST = SURE - 1
AGAINST = [
    pytest.param({"مراد": LEAST}, ["مراد"], id="just worth a look"),
    pytest.param({"مراد": LEAST - 0.01}, [], id="not worth a look"),
    pytest.param({"مراد": BEST, "مراط": BEST - TIE / 2}, ["مراد", "مراط"], id="as good as the best"),
    pytest.param({"مراد": BEST, "مراط": BEST - 2 * TIE}, ["مراد"], id="worse than the best"),
    pytest.param({"مراد": SURE + 3, "مراط": SURE}, ["مراد", "مراط"], id="far worse than the best, but sure"),
    pytest.param({"مراد": SURE + 3, "مراط": SURE - 0.01}, ["مراد"], id="far worse than the best, and not sure"),
    pytest.param({"مراد": BEST, "مرد": BEST - NEAR / 2}, ["مراد", "مرد"], id="nearly as good, with the same consonants"),
    pytest.param({"مراد": BEST, "مرد": BEST - 2 * NEAR}, ["مراد"], id="much worse, with the same consonants"),
    pytest.param({"مرد": BEST, "موراد": BEST - NEAR / 2}, ["مرد", "موراد"], id="two vowels more"),
    pytest.param(
        {"مراط": BEST, "مراد": BEST - TIE / 2, "ميرط": BEST - NEAR / 2}, ["مراط", "مراد", "ميرط"], id="each like the best"
    ),
    pytest.param({"مرد": BEST, "مراط": BEST}, ["مراط", "مرد"], id="equally good ones by the alphabet"),
]


@pytest.mark.parametrize(("scores", "names"), AGAINST)
def test_beside_the_best_only_what_is_sure_or_its_spelling_is_found(
    store_of: StoreOf, given_scores: Callable[[Scores], None], scores: dict[str, float], names: list[str]
) -> None:
    given_scores({("murad", name): score for name, score in scores.items()})
    store = store_with(store_of, " ".join(reversed(scores)))
    assert [term for term, _ in found(store, "Murad")] == names


def test_a_long_name_with_the_same_consonants_is_a_spelling_though_it_be_much_worse(
    store_of: StoreOf, given_scores: Callable[[Scores], None]
) -> None:
    given_scores(
        {("zelensky", "زيلينسكي"): LEAST + 2, ("zelensky", "زيلنسكي"): LEAST, ("murad", "مراد"): SURE, ("murad", "مرد"): LEAST}
    )
    store = store_with(store_of, "زيلينسكي زيلنسكي مراد مرد")
    assert terms(store, "Zelensky") == {store.term_of("زيلينسكي"), store.term_of("زيلنسكي")}
    assert terms(store, "Murad") == {"مراد"}


LATIN_AGAINST = [
    pytest.param("Murad Morad", ["murad", "morad"], id="the same consonants"),
    pytest.param("Murad Murat", ["murad", "murat"], id="the same vowels"),
    pytest.param("Murad Morat", ["murad"], id="other consonants and other vowels"),
    pytest.param("Murad Murradd", ["murad", "murradd"], id="doubled letters"),
    pytest.param("Murad morad", ["murad"], id="without a capital"),
]


@pytest.mark.parametrize(("text", "names"), LATIN_AGAINST)
def test_a_latin_spelling_is_one_with_a_capital_wherever_it_stands(
    store_of: StoreOf, given_scores: Callable[[Scores], None], text: str, names: list[str]
) -> None:
    best, other = text.lower().split()
    given_scores({("مراد", best): SURE + 2, ("مراد", other): EVEN})
    assert [term for term, _ in found(store_with(store_of, f"{text} and {text}"), "مراد")] == names


CASES = [
    pytest.param("Murad", "murad murad In مراد", SMALL, id="asked, small"),
    pytest.param("Murad", "Murad Murad In مراد", 0.0, id="asked, with a capital"),
    pytest.param("Murad", "مراد", 0.0, id="asked, and unknown"),
    pytest.param("مراد", "murad murad In", SMALL, id="found, small"),
    pytest.param("مراد", "Murad murad In", 0.0, id="found, half and half"),
    pytest.param("مراد", "Murad Murad In", 0.0, id="found, with a capital"),
    pytest.param("لمراد", "murad murad In", SMALL + OFF, id="found, small, and behind a preposition"),
]


@pytest.mark.parametrize(("word", "text", "costs"), CASES)
def test_what_is_written_small_costs_a_name_some_of_its_score(
    store_of: StoreOf, given_scores: Callable[[Scores], None], word: str, text: str, costs: float
) -> None:
    store, pairs = store_with(store_of, text), [("murad", "مراد"), ("مراد", "murad")]
    given_scores(dict.fromkeys(pairs, LEAST + costs - 0.01))
    assert found(store, word) == []
    given_scores(dict.fromkeys(pairs, LEAST + costs + 0.01))
    assert len(found(store, word)) == 1
    given_scores(dict.fromkeys(pairs, EVEN + costs))
    assert [probability for _, probability in found(store, word)] == [0.5]


PREPOSITIONS = [
    pytest.param("لمراد", "Murad", {("مراد", "murad"): LEAST + OFF}, ["murad"], id="just good enough behind a preposition"),
    pytest.param("لمراد", "Murad", {("مراد", "murad"): LEAST + OFF - 0.01}, [], id="not good enough behind a preposition"),
    pytest.param("لمراد", "Lamrad", {("لمراد", "lamrad"): LEAST}, ["lamrad"], id="the whole word"),
    pytest.param(
        "لمراد",
        "Murad Lamrad",
        {("مراد", "murad"): SURE, ("لمراد", "lamrad"): SURE - OFF - 0.2},
        ["murad"],
        id="better behind a preposition",
    ),
    pytest.param(
        "لمراد",
        "Murad Lamrad",
        {("مراد", "murad"): SURE, ("لمراد", "lamrad"): SURE - OFF + 0.2},
        ["lamrad"],
        id="better as a whole",
    ),
    pytest.param(
        "لمراد",
        "Murad Lamrad مراد مراد لمراد",
        {("مراد", "murad"): LEAST, ("لمراد", "lamrad"): LEAST + OFF - 0.01},
        ["murad"],
        id="a preposition that the corpus settled on",
    ),
    pytest.param(
        "لمراد",
        "Lamrad مراد مراد لمراد",
        {("لمراد", "lamrad"): LEAST + OFF},
        ["lamrad"],
        id="it settled on a preposition and there is none",
    ),
    pytest.param("بوتين", "Utin", {("وتين", "utin"): LEAST + OFF}, ["utin"], id="it has no say of a word that it has not"),
    pytest.param("بوتين", "Utin بوتين", {("وتين", "utin"): SURE}, [], id="a word whose first letter is known to be its own"),
    pytest.param("ومراد", "Wamrad", {("ومراد", "wamrad"): SURE}, [], id="a conjunction is never part of a name"),
]


@pytest.mark.parametrize(("word", "text", "scores", "names"), PREPOSITIONS)
def test_a_preposition_that_nobody_can_tell_costs_a_name_some_of_its_score(
    store_of: StoreOf, given_scores: Callable[[Scores], None], *, word: str, text: str, scores: Scores, names: list[str]
) -> None:
    given_scores(scores)
    assert [term for term, _ in found(store_with(store_of, text), word)] == names


def test_what_a_preposition_costs_makes_a_name_less_probable(store_of: StoreOf, given_scores: Callable[[Scores], None]) -> None:
    given_scores({("مراد", "murad"): SURE, ("كراد", "karad"): SURE - OFF})
    store = store_with(store_of, "Murad Karad")
    assert [weight for _, weight in found(store, "لمراد")] == [weight for _, weight in found(store, "كراد")]


def test_of_several_words_of_one_term_the_best_counts_and_the_term_is_found_once(
    store_of: StoreOf, given_scores: Callable[[Scores], None]
) -> None:
    store = store_with(store_of, "Murad Murads")
    assert store.term_of("Murads") == store.term_of("Murad") == "murad"
    for best in ("murad", "murads"):
        given_scores({("مراد", name): SURE + (name == best) for name in ("murad", "murads")} | {("مرادس", best): SURE + 1})
        (alone,) = found(store, "مراد")
        given_scores({("مراد", best): SURE + 1})
        assert found(store, "مراد") == [alone]


def test_words_with_one_name_and_several_terms_are_all_found(store_of: StoreOf) -> None:
    store = store_with(store_of, "لكييف وبكييف")
    (one, probability), (other, its) = found(store, "Kyiv")
    assert {one, other} == {"لكييف", "بكييف"}
    assert probability == its


NAMES = [first + last for first in ("mu", "mo", "mi", "me", "ma") for last in ("rad", "rod", "rud")]


def test_the_likeliest_terms_are_found_where_there_are_many(store_of: StoreOf, given_scores: Callable[[Scores], None]) -> None:
    given_scores({("مراد", name): SURE + place / 10 for place, name in enumerate(NAMES)})
    store = store_with(store_of, " ".join(NAMES))
    assert len(NAMES) > MOST
    assert [term for term, _ in found(store, "مراد")] == [store.term_of(name) for name in reversed(NAMES)][:MOST]


@pytest.mark.parametrize("score", [LEAST, EVEN - 1, EVEN, EVEN + 1, SURE, SURE + 1])
def test_the_odds_that_a_name_is_meant_grow_alike_with_each_point(
    store_of: StoreOf, given_scores: Callable[[Scores], None], score: float
) -> None:
    given_scores({("مراد", "murad"): score, ("مراض", "murad"): EVEN})
    store = store_with(store_of, "murad")
    ((_, probability),), ((_, even),) = found(store, "مراد"), found(store, "مراض")
    assert even == 0.5
    odds = module._ODDS ** (score - EVEN)
    assert probability == pytest.approx(odds / (1 + odds), abs=0.005)


# Any corpus

LATIN_WORDS = [
    *("Kyiv", "Kiev", "kyiv", "Gaddafi", "Qadhafi", "Putin", "Trump", "trump", "Zelensky", "Zelenskyy", "Patriot", "patriots"),
    *(
        "Pentagon",
        "Kremlin",
        "Moscow",
        "Hamas",
        "Hamza",
        "Lebanon",
        "Murad",
        "Murat",
        "Morad",
        "Sana'a",
        "Sanaa",
        "Kant",
        "the",
    ),
    *("missile", "F-16", "550", "Bo", "x", "Élysée", "aeiou"),
]
ARABIC_WORDS = [
    *("كييف", "لكييف", "بكييف", "القذافي", "بوتين", "وبوتين", "ترامب", "ترمب", "زيلينسكي", "زيلنسكي", "باتريوت", "لباتريوت"),
    *("البنتاغون", "بالكرملين", "موسكو", "بموسكو", "حماس", "حمص", "حمزة", "لبنان", "بلبنان", "مراد", "لمراد", "مراط", "صنعاء"),
    *("كانت", "في", "صاروخ", "٥٥٠", "بو", "ب", "على", "علي", "مصطفى", "مصطفي"),
]
WORDS = [*LATIN_WORDS, *ARABIC_WORDS, "Москва"]


def texts_of(words: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.lists(st.sampled_from(words), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=5)


# Each call of `store_of` makes an index of its own, so nothing is carried from one example to the next.
small_corpora = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(texts_of(WORDS))
@small_corpora
@example([" ".join(WORDS)])
@example([f"{' '.join(WORDS)} and {' '.join(WORDS)}"])
def test_namesakes_are_some_terms_of_the_other_script_with_falling_probabilities(store_of: StoreOf, texts: list[str]) -> None:
    store, turned = store_with(store_of, *texts), store_with(store_of, *reversed(texts))
    for word in WORDS:
        pairs = found(store, word)
        others, probabilities = [term for term, _ in pairs], [probability for _, probability in pairs]
        assert len(set(others)) == len(others) <= MOST
        assert all(0 < probability <= 1 for probability in probabilities)
        assert all(one >= other for one, other in pairwise(probabilities))
        assert all(map(store.articles_with, others))
        assert {(script_of(word), script_of(other)) for other in others} <= {("latin", "arabic"), ("arabic", "latin")}
        assert found(store, word) == found(turned, word) == pairs


@given(texts_of(LATIN_WORDS) | texts_of(ARABIC_WORDS))
@small_corpora
@example([" ".join(LATIN_WORDS)])
@example([" ".join(ARABIC_WORDS)])
def test_the_words_of_a_corpus_of_one_script_have_no_namesakes_there(store_of: StoreOf, texts: list[str]) -> None:
    store = store_with(store_of, *texts)
    words = set(" ".join(texts).split())
    for word in LATIN_WORDS if words <= set(LATIN_WORDS) else ARABIC_WORDS:
        assert (found(store, word), named(store, word)) == ([], [])


@given(st.data())
def test_namesakes_of_any_word_are_terms_of_the_seeds_in_the_other_script(seeds_store: Store, data: st.DataObject) -> None:
    letters = data.draw(st.sampled_from(["abdegiknoprtuvyz'", "ابتدرسفكلمنويةأ"]))
    word = data.draw(st.sampled_from(sorted(seeds_store.vocabulary())) | st.text(letters, min_size=1, max_size=9), "word")
    pairs = found(seeds_store, word)
    assert pairs == found(seeds_store, word)
    for term, probability in pairs:
        assert seeds_store.articles_with(term)
        assert {script_of(word), script_of(term)} == {"latin", "arabic"}
        assert 0 < probability <= 1


# Questions


def test_a_name_is_a_variant_unless_nothing_is_to_be_translated(store_of: StoreOf) -> None:
    store = store_with(store_of, "Parnell missiles", "صواريخ بارنيل")  # whom the lexicon does not know
    for word, term in (("Parnell", "بارنيل"), ("بارنيل", "parnel")):
        ((_, probability),) = found(store, word)
        assert named(store, word) == [(term, probability)]
        assert named(store, word, translate=False) == []


@given(texts_of(WORDS))
@small_corpora
@example([" ".join(WORDS)])
def test_without_translation_a_word_has_the_variants_of_its_own_script_alone(store_of: StoreOf, texts: list[str]) -> None:
    store = store_with(store_of, *texts)
    for word in WORDS:
        term = store.term_of(word)
        variants = variants_of(store, word, term)
        assert variants_of(store, word, term, translate=False) == [row for row in variants if row[1] not in TRANSLATED]


@pytest.mark.parametrize(("word", "text"), [("كانت", "Kant"), ("between", "بيتوين"), ("لكن", "Lakin")])
def test_a_stop_word_is_no_name_though_it_sounds_like_one(store_of: StoreOf, word: str, text: str) -> None:
    store = store_with(store_of, text)
    assert found(store, word) != []
    assert store.is_stop_word(word)
    assert named(store, word) == []


def ids(results: Results) -> set[str]:
    return {hit.id for hit in results.hits}


BOTH_LANGUAGES = [{"id": "en", "text": "Patriot missiles reached Kyiv"}, {"id": "ar", "text": "وصلت صواريخ باتريوت إلى كييف"}]
ASKED = [
    pytest.param("Patriot", {}, {"en", "ar"}, id="an English question"),
    pytest.param("باتريوت", {}, {"en", "ar"}, id="an Arabic question"),
    pytest.param("لكييف", {}, {"en", "ar"}, id="with a preposition"),
    pytest.param("Patriot Kyiv", {}, {"en", "ar"}, id="two names"),
    pytest.param("Patriot", {"translate": False}, {"en"}, id="an English question without translation"),
    pytest.param("باتريوت", {"translate": False}, {"ar"}, id="an Arabic question without translation"),
    pytest.param("Patriot", {"exact": True}, {"en"}, id="an exact English question"),
    pytest.param("باتريوت", {"exact": True}, {"ar"}, id="an exact Arabic question"),
    pytest.param('"Patriot"', {}, {"en"}, id="a quoted name"),
    pytest.param("«باتريوت»", {}, {"ar"}, id="a quoted Arabic name"),
    pytest.param('"Patriot missiles"', {}, {"en"}, id="a phrase"),
    pytest.param('"Patriot"', {"plain": True}, {"en", "ar"}, id="plain quotes are no quotes"),
    pytest.param("Patriot", {"language": "ar"}, {"ar"}, id="in the other language alone"),
    pytest.param("باتريوت", {"language": "ar", "translate": False}, {"ar"}, id="in its own language alone"),
]


@pytest.mark.parametrize(("question", "options", "expected"), ASKED)
def test_a_question_finds_the_names_of_the_other_language(
    store_of: StoreOf, question: str, options: dict[str, bool | str], expected: set[str]
) -> None:
    results = answer(store_of(*BOTH_LANGUAGES), question, **options)  # type: ignore[arg-type]
    assert ids(results) == expected
    assert results.total == len(expected)


@pytest.mark.parametrize("question", ["Patriot", "باتريوت"])
def test_an_article_with_a_name_in_both_scripts_is_one_hit_with_both_marked(store_of: StoreOf, question: str) -> None:
    results = answer(store_of({"id": "a", "lang": "ar", "text": "صواريخ باتريوت (Patriot) في الطريق"}), question)
    (hit,) = results.hits
    assert results.total == 1
    other = {"Patriot": "باتريوت", "باتريوت": "Patriot"}[question]
    assert {row.origin: row.found for row in hit.matched} == {"typed": (question,), "name": (other,)}
    assert {row.word for row in hit.matched} == {question}
    (snippet,) = hit.snippets
    assert [snippet.text[start:end] for start, end in snippet.highlights] == ["باتريوت", "Patriot"]


def by_hand(corpus: Sequence[tuple[str, str]], forms: Mapping[str, float]) -> dict[str, float]:
    """id -> BM25F of a clause that is met by `forms`, each with its weight, in texts whose words are parted by spaces."""
    fields = [dict(zip(FIELDS, map(str.split, article), strict=True)) for article in corpus]
    lengths = {name: [len(field[name]) for field in fields if field[name]] for name in FIELDS}
    averages = {name: sum(counts) / len(counts) for name, counts in lengths.items() if counts}
    tf = [
        sum(
            weight * boost * field[name].count(form) / (1 - B + B * len(field[name]) / averages[name])
            for form, weight in forms.items()
            for name, boost in FIELDS.items()
            if field[name]
        )
        for field in fields
    ]
    df = sum(weight * sum(form in [*field["title"], *field["body"]] for field in fields) for form, weight in forms.items())
    idf = math.log(1 + (len(corpus) - min(df, len(corpus)) + 0.5) / (min(df, len(corpus)) + 0.5))
    return {str(number): idf * value * (K1 + 1) / (K1 + value) for number, value in enumerate(tf) if value}


TEXTS = st.lists(st.sampled_from(["Patriot", "باتريوت", "k1", "k2"]), max_size=8).map(" ".join)


@given(st.lists(st.tuples(TEXTS, TEXTS).filter(any), min_size=1, max_size=6), st.sampled_from(["Patriot", "باتريوت"]))
@small_corpora
@example([("", "Patriot باتريوت"), ("", "Patriot Patriot"), ("", "باتريوت باتريوت"), ("", "k1 k2")], "Patriot")
@example([("Patriot باتريوت", "k1 باتريوت"), ("", "k1")], "باتريوت")
def test_both_spellings_together_score_as_one_word(store_of: StoreOf, corpus: list[tuple[str, str]], word: str) -> None:
    store = store_of(*({"id": str(number), "title": title, "text": body} for number, (title, body) in enumerate(corpus)))
    query = widen(store, parse(word, store.term_of, store.is_stop_word))
    (clause,) = query.clauses
    forms = {"patriot": "Patriot", "باتريوت": "باتريوت"}
    expected = {word: 1.0} | {forms[term]: probability for term, probability in named(store, word)}
    assert {forms[term]: variant.weight for variant in clause.variants for term in variant.terms} == expected
    assert (len(expected) == 2) == any(form in " ".join(map(" ".join, corpus)) for form in forms.values() if form != word)
    hits = find(store, query, exact=True).hits
    assert {hit.id: hit.score for hit in hits} == pytest.approx(by_hand(corpus, expected), rel=1e-6)
