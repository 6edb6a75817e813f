"""What else could have been meant: the variants that the clauses of a query gain."""

import json
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import build
from index.generation import open_generation
from index.store import Store
from search.engine import answer
from search.query import Query, parse
from search.widening import widen

StoreOf = Callable[..., Store]
# Words that have variants among the articles, words that have none, stop words.
WORDS = ["missle", "صاروخ", "men", "covid", "Zelenskyy", "ألمانيا", "Iran", "peace", "elephant", "the", "من"]
ARTICLE = "missile صواريخ man COVID-19 Zelensky بألمانيا Iraq peace"

clauses = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
questions = st.lists(clauses | clauses.map('"{}"'.format), min_size=1, max_size=4).map(" ".join)


@pytest.fixture(name="store")
def store_of_one_article(store_of: StoreOf) -> Store:
    return store_of({"id": "a", "text": ARTICLE})


def asked(store: Store, question: str, *, plain: bool = False) -> Query:
    return parse(question, store.term_of, store.is_stop_word, plain=plain)


def widened(store: Store, question: str) -> list[tuple[str, list[tuple[str, float, str]]]]:
    """The clauses of a question after widening: each its word, and the term, weight and origin of its variants."""
    return [
        (clause.word, [(" ".join(variant.terms), variant.weight, variant.origin) for variant in clause.variants])
        for clause in widen(store, asked(store, question)).clauses
    ]


def test_a_word_gains_what_else_the_articles_have_for_it(store: Store) -> None:
    assert widened(store, "missle صاروخ peace") == [
        ("missle", [("missl", 1.0, "typed"), ("missil", 0.5, "alike")]),
        ("صاروخ", [("صاروخ", 1.0, "typed"), ("صواريخ", 0.25, "plural"), ("missil", 1.0, "translation")]),
        ("peace", [("peac", 1.0, "typed")]),
    ]


def test_a_name_behind_a_preposition_is_found_by_the_word_as_it_was_typed(store: Store) -> None:
    # Its term alone, المان, would read like a word with the article.
    assert widened(store, "ألمانيا") == [("ألمانيا", [("المان", 1.0, "typed"), ("بالمان", 0.5, "alike")])]


@pytest.mark.parametrize(
    ("question", "variants"),
    [
        pytest.param('"missle men"', ["typed"], id="a phrase stays as it was typed"),
        pytest.param("«صاروخ covid»", ["typed"], id="in guillemets, too"),
        pytest.param('"missle"', ["typed"], id="one word in quotes is that word"),
    ],
)
def test_only_words_are_widened(store: Store, question: str, variants: list[str]) -> None:
    ((_, found),) = widened(store, question)
    assert [origin for _, _, origin in found] == variants


@given(question=questions, plain=st.booleans())
def test_what_was_typed_is_kept_and_comes_first(seeds_store: Store, *, question: str, plain: bool) -> None:
    query = asked(seeds_store, question, plain=plain)
    wider = widen(seeds_store, query)
    assert (wider.text, wider.terms) == (query.text, query.terms)
    assert [clause.word for clause in wider.clauses] == [clause.word for clause in query.clauses]
    for before, after in zip(query.clauses, wider.clauses, strict=True):
        (typed,) = before.variants
        assert after.variants[0] is typed
        assert all(variant.origin != "typed" and 0 < variant.weight <= 1 for variant in after.variants[1:])
        assert len(after.variants) == 1 or len(typed.terms) == 1
        assert len({variant.terms for variant in after.variants}) == len(after.variants)


def test_the_query_itself_is_left_as_it_is(store: Store) -> None:
    query = asked(store, "missle")
    assert len(widen(store, query).clauses[0].variants) == 2
    assert len(query.clauses[0].variants) == 1


# Phrases of the lexicon, and of the user's own words, none of which the lexicon has

OWN_WORDS = [
    "zorb\tعسل, حجر",
    "wumble\tملح",
    "frint\tجبل",
    "glanko\tكبير, حجر",
    "zorb wumble\tعسل مر",
    "zorb wumble frint\tعسل حلو جدا",
    "frint glanko\tجبل كبير",
    "zorb of glanko\tنهر طويل",
    "blick dov\tمدرسة",
    "dov\tمدرسة",
    "glanko zorb\tبحر غائب",
    "six of wumble or frint in snarp by quill and tund\tشمس صغيرة",
]


@pytest.fixture(name="own", scope="module")
def store_with_own_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of one article in Arabic, which has no غائب."""
    folder = tmp_path_factory.mktemp("own")
    text = "عسل مر حلو جدا جبل كبير حجر ملح مدرسة نهر طويل شمس صغيرة بحر"
    (folder / "articles.jsonl").write_text(json.dumps({"id": "a", "text": text}), encoding="utf-8")
    (folder / "words.tsv").write_text("\n".join(OWN_WORDS), encoding="utf-8")
    build([str(folder / "articles.jsonl"), str(folder / "words.tsv")], str(folder / "index"))
    store = Store(open_generation(str(folder / "index")))
    yield store
    store.close()


def translated(store: Store, question: str, *, translate: bool = True) -> dict[str, list[str]]:
    """What each clause of a question is translated by, as the articles write it but for its endings."""
    return {
        clause.word: [" ".join(variant.terms) for variant in clause.variants if variant.origin == "translation"]
        for clause in widen(store, asked(store, question), translate=translate).clauses
    }


SWEET = "عسل حلو جدا"
PHRASES = [
    pytest.param(
        "zorb wumble",
        {"zorb": ["عسل مر", "عسل"], "wumble": ["عسل مر"]},
        id="all words of a phrase, and of what they mean alone only what is part of it",
    ),
    pytest.param(
        "zorb wumble frint",
        {"zorb": [SWEET, "عسل"], "wumble": [SWEET], "frint": [SWEET]},
        id="the longest one first, and none within it",
    ),
    pytest.param(
        "zorb wumble frint glanko",
        {"zorb": [SWEET, "عسل"], "wumble": [SWEET], "frint": [SWEET], "glanko": ["كبير", "حجر"]},
        id="a word of one phrase begins no other",
    ),
    pytest.param(
        "wumble frint glanko",
        {"wumble": ["ملح"], "frint": ["جبل كبير", "جبل"], "glanko": ["جبل كبير", "كبير"]},
        id="a word before a phrase means what it means alone",
    ),
    pytest.param(
        "blick dov zorb wumble",
        {"blick": ["مدرسة"], "dov": ["مدرسة"], "zorb": ["عسل مر", "عسل"], "wumble": ["عسل مر"]},
        id="one after the other; what a phrase and its word mean stands once",
    ),
    pytest.param("wumble zorb", {"wumble": ["ملح"], "zorb": ["عسل", "حجر"]}, id="the wrong way round it is none"),
    pytest.param(
        "zorb frint wumble", {"zorb": ["عسل", "حجر"], "frint": ["جبل"], "wumble": ["ملح"]}, id="nor with a word between"
    ),
    pytest.param(
        "glanko zorb", {"glanko": ["كبير", "حجر"], "zorb": ["عسل", "حجر"]}, id="what no article has for it is none either"
    ),
    pytest.param(
        "the zorb and the wumble", {"zorb": ["عسل مر", "عسل"], "wumble": ["عسل مر"]}, id="stop words of the question between"
    ),
    pytest.param("zorb glanko", {"zorb": ["نهر طويل"], "glanko": ["نهر طويل"]}, id="without the stop word of the phrase"),
    pytest.param(
        "zorb in glanko", {"zorb": ["نهر طويل"], "glanko": ["نهر طويل"]}, id="with another stop word than that of the phrase"
    ),
    pytest.param(
        "six wumble frint snarp quill tund",
        {"six": [], "wumble": ["ملح"], "frint": ["جبل"], "snarp": [], "quill": [], "tund": []},
        id="none of more than five words",
    ),
    pytest.param('"zorb wumble"', {"zorb wumble": []}, id="a phrase in quotes stays as it is"),
    pytest.param('zorb "wumble"', {"zorb": ["عسل", "حجر"], "wumble": []}, id="no phrase goes on into quotes"),
    pytest.param('"zorb" wumble', {"zorb": [], "wumble": ["ملح"]}, id="no phrase begins in quotes"),
    pytest.param(
        'zorb "wumble" frint glanko',
        {"zorb": ["عسل", "حجر"], "wumble": [], "frint": ["جبل كبير", "جبل"], "glanko": ["جبل كبير", "كبير"]},
        id="none goes over quotes, and one may stand behind them",
    ),
    pytest.param(
        'zorb "glanko" wumble',
        {"zorb": ["عسل", "حجر"], "glanko": [], "wumble": ["ملح"]},
        id="what is in quotes is no stop word",
    ),
]


@pytest.mark.parametrize(("question", "meanings"), PHRASES)
def test_the_words_of_a_phrase_mean_what_it_means(own: Store, question: str, meanings: dict[str, list[str]]) -> None:
    assert translated(own, question) == meanings


@pytest.mark.parametrize("question", ["zorb wumble", "zorb", "blick dov", "six zorb"])
def test_without_translating_neither_words_nor_phrases_are_translated(own: Store, question: str) -> None:
    assert not any(translated(own, question, translate=False).values())


def test_words_may_stand_between_those_of_a_translation_and_not_between_those_in_quotes(own: Store) -> None:
    clauses = widen(own, asked(own, 'zorb wumble "frint glanko"')).clauses
    assert [[variant.slop for variant in clause.variants] for clause in clauses] == [[0, 1, 1], [0, 1], [0]]


@pytest.mark.parametrize(
    ("article", "question", "phrase"),
    [
        pytest.param("قال رئيس الوزراء", "prime minister", ("رءيس", "وزراء"), id="into Arabic"),
        pytest.param("the prime minister said", "رئيس الوزراء", ("prime", "minist"), id="into English"),
        pytest.param("دفاع جوي", "air defenses", ("دفاع", "جوي"), id="in another form"),
        pytest.param("the ceasefire", "وقف إطلاق النار", ("ceasefir",), id="a phrase that is one word"),
    ],
)
def test_a_phrase_of_the_lexicon_is_what_each_of_its_words_means(
    store_of: StoreOf, article: str, question: str, phrase: tuple[str, ...]
) -> None:
    store = store_of({"id": "a", "text": article})
    clauses = widen(store, asked(store, question)).clauses
    assert len(clauses) >= 2
    assert all((phrase, 1.0, "translation") in [(v.terms, v.weight, v.origin) for v in c.variants] for c in clauses)


def test_a_word_that_is_a_phrase_in_the_other_language_asks_for_its_words_together(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "text": "وقف إطلاق النار"}, {"id": "b", "text": "إطلاق النار بعد وقف الحفل"})
    ((_, variants),) = widened(store, "ceasefire")
    assert ("وقف اطلاق نار", 1.0, "translation") in variants
    assert [hit.id for hit in answer(store, "ceasefire").hits] == ["a"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("وقف إطلاق النار", True, id="next to each other"),
        pytest.param("وقف فوري لإطلاق النار", True, id="a word between them"),
        pytest.param("وقف فوري شامل لإطلاق النار", False, id="two words between them"),
    ],
)
def test_a_translation_of_several_words_is_found_with_few_words_in_between(
    store_of: StoreOf, text: str, *, found: bool
) -> None:
    store = store_of({"id": "a", "text": text})
    assert bool(answer(store, "ceasefire").hits) == found


def test_what_the_options_leave_out_is_left_out_of_phrases_too(store_of: StoreOf) -> None:
    store = store_of({"id": "en", "text": "the prime minister"}, {"id": "ar", "text": "رئيس الوزراء"})
    for question, language in (("prime minister", "en"), ("رئيس الوزراء", "ar")):
        assert {hit.id for hit in answer(store, question).hits} == {"en", "ar"}
        assert [hit.id for hit in answer(store, question, translate=False).hits] == [language]
        assert [hit.id for hit in answer(store, question, exact=True).hits] == [language]


def test_what_a_phrase_and_a_name_both_say_is_one_variant(store_of: StoreOf) -> None:
    store = store_of({"id": "a", "text": "قناة الجزيرة"})
    for clause in widen(store, asked(store, "Al Jazeera")).clauses:
        assert len({variant.terms for variant in clause.variants}) == len(clause.variants)
