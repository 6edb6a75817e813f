"""Which of two readings a word has: the rule, and whole builds against the same counted by hand from the texts."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from settled import Settled

import index.inverting
import index.relating
from index.analysis.readings import is_shorter, settle, term_among
from index.analysis.terms import MAX_WORD, readings_of
from index.inverting import Inverter
from index.segment import KINDS, NAME, Segment
from index.store import Store

StoreOf = Callable[..., Store]
Article = Mapping[str, str]

# The rule


@pytest.mark.parametrize(
    ("articles", "surely_whole", "shorter", "comes_off"),
    [
        pytest.param(1, 0, 1, True, id="the rest is as frequent"),
        pytest.param(3, 0, 300, True, id="the rest is far more frequent"),
        pytest.param(4, 0, 3, True, id="the rest is in an article less, which may be chance"),
        pytest.param(4, 0, 2, False, id="the rest is less frequent"),
        pytest.param(400, 0, 398, False, id="the rest is less frequent by as much in a large corpus"),
        pytest.param(0, 0, 1, True, id="the word is in no article, the rest is in one"),
        pytest.param(0, 0, 0, False, id="neither is in any article"),
        pytest.param(1, 0, 0, False, id="the rest is in no article"),
        pytest.param(0, 1, 100, False, id="only the whole word is in an article"),
        pytest.param(1, 1, 100, False, id="the whole word is seen as often"),
        pytest.param(19, 1, 100, True, id="the whole word is seen in one of twenty articles, as by a slip"),
        pytest.param(18, 1, 100, False, id="the whole word is seen in one of nineteen"),
        pytest.param(190, 10, 190, True, id="the same in many articles"),
        pytest.param(189, 10, 190, False, id="the same in many, and one less"),
    ],
)
def test_a_letter_comes_off_where_the_rest_is_frequent_and_the_whole_is_not(
    articles: int,
    surely_whole: int,
    shorter: int,
    comes_off: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert is_shorter(articles, surely_whole, shorter) is comes_off


COUNTS = st.integers(0, 400)


@given(COUNTS, COUNTS, COUNTS)
def test_more_of_the_rest_never_keeps_a_letter_and_more_of_the_whole_never_takes_it(one: int, whole: int, rest: int) -> None:
    if is_shorter(one, whole, rest):
        assert is_shorter(one, whole, rest + 1)
    else:
        assert not is_shorter(one, whole + 1, rest)


@pytest.mark.parametrize(
    ("plain", "unsure", "term"),
    [
        pytest.param({"كييف": 5}, {("لكييف", "كييف", ""): 2}, "كييف", id="to Kyiv"),
        pytest.param({"كييف": 2}, {("لكييف", "كييف", ""): 2}, "كييف", id="as often as Kyiv"),
        pytest.param({"كييف": 1}, {("لكييف", "كييف", ""): 3}, "لكييف", id="more often than Kyiv"),
        pytest.param({}, {("لكييف", "كييف", ""): 2}, "لكييف", id="Kyiv is nowhere"),
        pytest.param({"بحث": 2, "حث": 9}, {("بحث", "حث", ""): 3}, "بحث", id="research, also seen behind the article"),
        pytest.param({"بحث": 1, "حث": 99}, {("بحث", "حث", ""): 30}, "حث", id="hardly ever seen behind the article"),
        pytest.param(
            {},
            {("بعملان", "عملان", "عمل"): 1, ("عملان", "عمل", ""): 1},
            "عملان",
            id="the rest keeps its ending",
        ),
        pytest.param(
            {"عمل": 1},
            {("بعملان", "عملان", "عمل"): 1, ("عملان", "عمل", ""): 1},
            "عمل",
            id="the rest loses it",
        ),
        pytest.param(
            {"مدة": 1},
            {("لمدة", "مدة", ""): 3, ("لمدة", "مدينة", ""): 1, ("مدينة", "دين", ""): 1},
            "لمدة",
            id="the readings of others are not its own",
        ),
        pytest.param(
            {"عملان": 1},
            {("بعملان", "عملان", ""): 3, ("عملان", "عمل", ""): 1, ("عملان", "مل", ""): 1},
            "عملان",
            id="counts add up",
        ),
        pytest.param({}, {("لكييف", "كييف", ""): 0}, "لكييف", id="a word in no article"),
    ],
)
def test_the_corpus_settles_a_word(plain: dict[str, int], unsure: dict[tuple[str, str, str], int], term: str) -> None:
    settled = settle(plain, unsure)
    assert settled.keys() == unsure.keys()
    assert settled[next(iter(unsure))] == term


def test_nothing_is_settled_where_nothing_is_unsure() -> None:
    assert settle({"كييف": 3}, {}) == {}


@pytest.mark.parametrize(
    ("readings", "articles", "term"),
    [
        pytest.param(("لكييف", "كييف", ""), {"كييف": 1}, "كييف", id="the rest is in the corpus"),
        pytest.param(("لكييف", "كييف", ""), {}, "لكييف", id="neither is"),
        pytest.param(("لكييف", "كييف", ""), {"لكييف": 1}, "لكييف", id="the whole is"),
        pytest.param(("بحث", "حث", ""), {"حث": 100, "بحث": 1}, "بحث", id="both are"),
        pytest.param(("missil", "", ""), {"": 9}, "missil", id="one reading"),
        pytest.param(("", "", ""), {"": 9}, "", id="nothing is left of the word"),
    ],
)
def test_an_unseen_word_loses_a_letter_only_for_what_the_corpus_has(
    readings: tuple[str, str, str], articles: dict[str, int], term: str
) -> None:
    assert term_among(readings, lambda one: articles.get(one, 0)) == term


# Whole builds. Words that have two readings, their rests, their forms, and some that have but one.

WORDS = [
    "صواريخ",
    "بصواريخ",
    "الصواريخ",
    "كصواريخ",
    "كييف",
    "لكييف",
    "بكييف",
    "وبكييف",
    "عمل",
    "عملان",
    "بعملان",
    "أعلن",
    "أعلنت",
    "بيروت",
    "شخص",
    "شخصا",
    "بسلاح",
    "سلاح",
    "السلاح",
    "لكمة",
    "كم",
    "بجوار",
    "الجوار",
    "جوار",
    "missiles",
    "missile",
    "the",
    "1",
]
UNSURE = [word for word in WORDS if readings_of(word)[1]]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
ARTICLES = st.lists(st.fixed_dictionaries({"body": TEXTS}, optional={"title": TEXTS}), min_size=1, max_size=9)


def test_the_words_of_these_tests_have_two_readings_or_one() -> None:
    assert 8 < len(UNSURE) < len(WORDS) - 8
    assert readings_of("لكييف") == readings_of("ولكييف") == ("لكييف", "كييف", "")


def inverted(path: str, articles: Sequence[Article], held: int = 10**9) -> Segment:
    """A segment of articles, of whose postings no more than `held` are in memory at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.inverting, "_HELD", held)
        patch.setattr(index.relating, "listed", lambda _: [])  # hundreds of words to analyse in each of hundreds of builds
        inverter = Inverter(path, {})
        for number, article in enumerate(articles):
            inverter.add({"id": f"article {number}", "lang": "ar"} | dict(article))
        inverter.close()
    return Segment(path)


def settled_of(articles: Sequence[Article]) -> Settled:
    return Settled((article.get("title", ""), article.get("body", "")) for article in articles)


def check(segment: Segment, articles: Sequence[Article]) -> None:
    """All that the arrays say of the words of the articles, against the same counted from their texts."""
    settled = settled_of(articles)
    in_each: list[set[str]] = [set() for _ in articles]
    for field in ("title", "body"):
        postings: dict[str, dict[int, int]] = {}
        for number, article in enumerate(articles):
            terms = [term for _, _, term in settled.analyze(article.get(field, ""))]
            assert [segment.term(token) for token in segment.tokens(field, number)] == terms
            assert segment.length(field, number) == len(terms)
            in_each[number] |= set(terms)
            for term, times in Counter(terms).items():
                postings.setdefault(term, {})[number] = times
        for number in range(segment.term_count):
            found, _ = segment.postings(field, number)
            expected = postings.get(segment.term(number), {})
            assert dict(zip(found, segment.frequencies(field, number), strict=True)) == expected
            assert list(found) == sorted(expected)
    assert {word: segment.known_term(word) for word in settled.words} == {
        word: settled.term_in_text(word) for word in settled.words
    }
    counts = Counter(term for terms in in_each for term in terms)
    terms = [segment.term(number) for number in range(segment.term_count)]
    assert {term: segment.article_frequency(number) for number, term in enumerate(terms)} == {
        term: counts[term] for term in terms
    }
    assert len(set(terms)) == len(terms)
    kept = set(counts) | {"ar"} | {article.get("id", f"article {number}") for number, article in enumerate(articles)}
    assert set(terms) == kept


def contents(path: str) -> dict[str, bytes]:
    """What the files hold but for the stamp and the checksum over it."""
    data = {name: Path(path, f"{NAME}.{name}").read_bytes() for name in KINDS}
    return {name: whole[:16] + whole[32:] for name, whole in data.items()}


@given(ARTICLES)
@example([{"title": "صواريخ", "body": "بصواريخ"}, {"body": "صواريخ صواريخ كصواريخ"}])
@example([{"body": "بصواريخ"}, {"body": "صواريخ"}, {"title": "كصواريخ"}])
@settings(max_examples=100)
def test_a_build_settles_every_word_as_a_count_by_hand(articles: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        segment = inverted(folder, articles)
        check(segment, articles)
        segment.close()


@given(ARTICLES, st.integers(0, 12))
@settings(max_examples=60)
def test_runs_on_disk_change_nothing_in_what_is_settled(articles: list[dict[str, str]], held: int) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as several:
        inverted(one, articles).close()
        segment = inverted(several, articles, held)
        check(segment, articles)
        segment.close()
        assert contents(several) == contents(one)


def test_postings_of_two_words_in_several_runs_are_one_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Counter[str]()
    spill = Inverter._spill
    monkeypatch.setattr(Inverter, "_spill", lambda inverter: (runs.update(["run"]), spill(inverter)))
    articles = [
        {"title": "صواريخ", "body": "بصواريخ صواريخ"},
        {"body": "كصواريخ بصواريخ بصواريخ"},
        {"title": "بصواريخ صواريخ", "body": "w"},
        {"body": "صواريخ"},
        {"title": "صواريخ", "body": "صواريخ"},
    ]
    segment = inverted(str(tmp_path), articles, held=0)
    assert runs["run"] > len(articles)
    number = segment.number_of("صواريخ")
    assert number is not None
    assert dict(zip(segment.postings("body", number)[0], segment.frequencies("body", number), strict=True)) == {
        0: 2,
        1: 3,
        3: 1,
        4: 1,
    }
    assert dict(zip(segment.postings("title", number)[0], segment.frequencies("title", number), strict=True)) == {
        0: 1,
        2: 2,
        4: 1,
    }
    assert segment.article_frequency(number) == 5
    assert segment.number_of("بصواريخ") is segment.number_of("كصواريخ") is None
    check(segment, articles)
    segment.close()


@pytest.mark.parametrize(
    "articles",
    [
        pytest.param([{"body": "صواريخ بصواريخ"}, {"id": "صواريخ", "body": "w"}], id="in bodies alone"),
        pytest.param([{"title": "صواريخ", "body": "بصواريخ"}, {"id": "صواريخ", "body": "w"}], id="in titles too"),
        pytest.param([{"body": "صواريخ بصواريخ"}, {"id": "بصواريخ", "body": "w"}], id="spelled like the word, not its term"),
        pytest.param([{"body": "صواريخ"}, {"id": "صواريخ", "body": "w"}], id="the term of one word"),
        pytest.param([{"body": "كييف", "id": "كييف"}, {"title": "لكييف", "id": "لكييف"}], id="of the articles themselves"),
    ],
)
def test_an_id_is_no_word_of_its_article(tmp_path: Path, articles: list[dict[str, str]]) -> None:
    segment = inverted(str(tmp_path), articles)
    check(segment, articles)
    segment.close()


# Stores


def record(number: int, text: str) -> dict[str, str]:
    return {"id": str(number), "text": text}


@pytest.mark.parametrize(
    ("texts", "word", "term"),
    [
        pytest.param(["كييف", "كييف لكييف"], "لكييف", "كييف", id="to Kyiv"),
        pytest.param(["كييف", "كييف"], "لكييف", "كييف", id="to Kyiv, asked for only"),
        pytest.param(["كييف", "كييف"], "ولكييف", "كييف", id="and to Kyiv, asked for only"),
        pytest.param(["لكييف"], "لكييف", "لكييف", id="one article, and nothing else to go by"),
        pytest.param(["لكييف كييف"], "لكييف", "كييف", id="one article, and the rest in it"),
        pytest.param(["لكييف"], "كييف", "كييف", id="the rest is asked for, and in no article"),
        pytest.param(["حث", "حث", "حث", "بحث", "البحث"], "بحث", "بحث", id="research keeps its letter beside urging"),
        pytest.param(["أعلن", "أعلنت"], "أعلنت", "اعلن", id="she announced"),
        pytest.param(["بير", "بيروت", "بيروت", "بيروت"], "بيروت", "بيروت", id="Beirut"),
        pytest.param(["missile"], "missiles", "missil", id="an English word asks no corpus"),
        pytest.param(["كييف"], "ـ", "", id="nothing is left of it"),
    ],
)
def test_a_store_knows_what_its_corpus_has_settled(store_of: StoreOf, texts: list[str], word: str, term: str) -> None:
    store = store_of(*(record(number, text) for number, text in enumerate(texts)))
    assert store.term_of(word) == term


CORPUS = ["بصواريخ كييف", "صواريخ السلاح", "لكييف بسلاح أعلنت", "كصواريخ شخصا", "أعلن شخص كييف"]


def test_the_order_of_the_articles_settles_nothing(store_of: StoreOf) -> None:
    expected = Settled((text,) for text in CORPUS)
    words = [*WORDS, *(word for text in CORPUS for word in text.split()), "وكصواريخ", "لبسلاح", "بشخص"]
    for order in list(permutations(CORPUS))[::17]:
        store = store_of(*(record(number, text) for number, text in enumerate(order)))
        assert {word: store.term_of(word) for word in words} == {word: expected.term_of(word) for word in words}


@given(ARTICLES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_question_meets_the_word_as_an_article_writes_it(store_of: StoreOf, articles: list[dict[str, str]]) -> None:
    records = [
        {"id": str(number), "title": article.get("title", ""), "text": f"w {article['body']}"}
        for number, article in enumerate(articles)
    ]
    store = store_of(*records)
    for number, each in enumerate(records):
        for field, text in (("title", each["title"]), ("body", each["text"])):
            words = text.split()
            for word, token in zip(words, store.tokens(field, number), strict=True):
                assert store.term_of(word) == store.term(token)
                assert number in store.postings(field, token)[0]


def test_what_is_too_long_for_the_vocabulary_meets_its_articles_too(store_of: StoreOf) -> None:
    long, short = "ب" + "س" * MAX_WORD, "س" * (MAX_WORD - 1)
    store = store_of(record(0, long), record(1, short), record(2, short))
    assert store.known_term(long) is None
    assert readings_of(long) == ("ب" + "س" * (MAX_WORD - 1), short, "")
    assert store.term_of(long) == store.term(store.tokens("body", 0)[0]) == short


# What the rule as it is told would have otherwise


@pytest.mark.parametrize(
    ("texts", "one", "other"),
    [
        pytest.param(["كييف", "كييف", "لكييف"], "لكييف", "ولكييف", id="a conjunction"),
        pytest.param(["لغم", "لغم", "لغم", "بلغم", "بلغمي"], "بلغم", "وبلغم", id="a conjunction, beside another word"),
        pytest.param(["عمل", "عمل", "عملان", "بعملان"], "بعملان", "عملان", id="a preposition and a dual"),
    ],
)
def test_forms_of_one_word_have_the_term_that_its_corpus_settled(
    store_of: StoreOf, texts: list[str], one: str, other: str
) -> None:
    store = store_of(*(record(number, text) for number, text in enumerate(texts)))
    assert store.term_of(one) == store.term_of(other)


def test_a_word_behind_the_article_has_one_reading() -> None:
    assert readings_of("اللكمة")[1] == ""


def test_a_word_seen_behind_the_article_keeps_its_first_letter(store_of: StoreOf) -> None:
    store = store_of(*(record(number, text) for number, text in enumerate(["كم", "كم", "كم", "اللكمة", "لكمة"])))
    assert store.term_of("لكمة") == "لكم"
