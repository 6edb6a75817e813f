"""Two doors, one truth: what Whoosh reads of a generation, what `Store` reads, and what a plain count of its texts says."""

import json
import math
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from settled import Settled
from whoosh import index as whoosh_index
from whoosh.codec import default_codec
from whoosh.fields import Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser
from whoosh.query import And, AndNot, Every, FuzzyTerm, Not, Or, Phrase, Prefix, Regex, Term, TermRange, Wildcard
from whoosh.query.qcore import QueryError
from whoosh.reading import TermNotFound

from index.analysis.terms import MAX_WORD, readings_of
from index.analysis.words import find_words
from index.build import build
from index.codec import NewsCodec
from index.document import display_title
from index.generation import open_generation
from index.schema import SCHEMA, Given
from index.segment import KINDS, vocabulary_key
from index.store import Store

SEEDS = 20_250_703
ALL = ("body", "id", "lang", "title")  # the fields that have terms, in Whoosh's order
TEXTS = ("body", "title")
ONCE = {"id", "lang"}  # the fields that are one term


def parted(words: str) -> list[str]:
    return words.split()


ENGLISH = parted(
    "the of and to in a said that for was on he with it is at by as from has weapons missiles missile Kyiv Moscow talks"
    " ceasefire president Trump Putin Ukraine Ukrainian defense defence drone drones strikes struck ministers agreed agreement"
    " signing signed sanctions oil prices border borders hospital children city cities troops relations generals general"
    " reporting reported reports NATO en ar officials spokesman spokeswoman pilots flying flies flew"
)
ARABIC = parted(
    "في من على إلى عن أن التي الذي هذا بعد قال وقال صواريخ والصواريخ الصاروخ أوكرانيا الأوكرانية روسيا الروسي موسكو كييف"
    " الرئيس ترامب وبوتين حكومة حكومته الحكومة وزير الوزراء مستشفى مستشفيات أطفال الأطفال مدينة المدن مُحَمَّدٌ طائرات بطائرات"
    " للطائرات المسيّرة وقف إطلاق النار اتفاق الاتفاقية فلسطين الفلسطينيين لبنان بيان مسؤولون مسئول"
)
ODD = [
    "U.S.", "u.s", "أ.ف.ب.", "it’s", "Trump’s", "rock’n’roll", "F16", "550", "٥٥٠", "été", "e\u0301te\u0301", "naïve", "Straße",
    "Путин", "中国", "שלום", "हिन्दी", "\ufebb\ufeee\ufe8d\ufead\ufef3\ufea6", "\ufefb", "ﷺ", "\ufdf2", "صـــواريخ", "ـ", "ـــ",
    "صوا\u200fريخ", "mis\u00adsiles", "می\u200cشود", "وPatriot", "\0", "a\0b", "\ufffd", "\ud800", "x\udfffy", "\U0001f680",
    "²", "a" * 31, "b" * 32, "c" * 255, "D" * 256, "e" * 257, "e" * 300, "س" * 31, "ص" * 32, "ض" * 300, "ﬁ" * 300,
]  # fmt: skip
GAPS = [
    ", ",
    ". ",
    "\n",
    "\n\n",
    "\r\n",
    " — ",
    "-",
    "\t",
    "؟ ",
    "، ",
    "       ",
    "        ",
    " " * 40,
    "." * 255,
    "!" * 256,
    " …" * 300,
]


@dataclass(frozen=True)
class Counted:
    """What is known of the articles without any index: their stored fields, and every word of them counted."""

    stored: Sequence[dict[str, str]]
    postings: dict[str, dict[str, dict[int, int]]]  # field -> term -> article -> frequency
    lengths: dict[str, list[int]]
    tokens: dict[str, list[list[tuple[int, int, str]]]]
    settled: Settled

    def norm(self, field: str, article: int) -> float:
        """BM25's length norm with b = .75, the average being that of the articles that have the field."""
        if field in ONCE:
            return 1.0
        lengths = self.lengths[field]
        average = sum(lengths) / sum(1 for length in lengths if length)
        return 0.25 + 0.75 * lengths[article] / average


@dataclass(frozen=True)
class Doors:
    """One generation, opened twice, and the count."""

    store: Store
    searcher: Any
    counted: Counted

    @property
    def reader(self) -> Any:
        return self.searcher.reader()


def made_text(chance: random.Random, words: Sequence[str], length: int) -> str:
    """Words as a newspaper has them, few of them often; odd ones and odd gaps here and there."""
    chosen = chance.choices(words, [1 / (rank + 2) for rank in range(len(words))], k=length)
    pieces = []
    for word in chosen:
        pieces.append(chance.choice(ODD) if chance.random() < 0.04 else word)
        pieces.append(chance.choice(GAPS) if chance.random() < 0.1 else " ")
    return "".join(pieces)


def made_articles() -> list[dict[str, str]]:
    """Some three hundred articles, the same in every run, with whatever an index of them could stumble over."""
    chance = random.Random(SEEDS)  # noqa: S311 - no secret
    articles = []
    for number in range(280):
        language, words = chance.choice([("en", ENGLISH), ("ar", ARABIC), ("fr", ENGLISH + ARABIC)])
        article = {"id": f"article-{number:03}", "lang": language, "text": made_text(chance, words, chance.randint(1, 200))}
        if chance.random() < 0.7:
            article["title"] = made_text(chance, words, chance.randint(1, 14))
        if chance.random() < 0.3:
            article["date"] = f"2025-07-{number % 28 + 1:02}"
        articles.append(article)
    odd = [
        {"id": "empty body", "title": "A title alone: missiles", "text": ""},
        {"id": "no term in the body", "title": "صواريخ", "text": "ـ ـــ …"},
        {"id": "no term in the title", "title": "ـــ", "text": "Kyiv"},
        {"id": "blank title", "title": " \n ", "text": "Kyiv"},
        {"id": "all odd", "title": " ".join(ODD), "text": " ".join(reversed(ODD))},
        {"id": "often", "text": "missile " * 254 + "drones " * 255 + "Kyiv " * 256 + "الصواريخ " * 1000},
        {"id": "long", "title": "long", "text": made_text(chance, ENGLISH + ARABIC, 70_000)},
        {"id": "one word", "text": "w"},
        {"id": "only here", "title": "zzyzx", "text": "سجنجل"},
        {"id": "far", "text": "  " + " " * 70_000 + "far\n" + "." * 70_000 + "away"},
        # An id is a term too, and shares its number with the word or the language that is spelled so.
        {"id": "missil", "text": "an id that is a term of bodies"},
        {"id": "zzyzx", "text": "an id that is a term of a title"},
        {"id": "ar", "text": "an id that is a language"},
        {"id": "مقال", "text": "an id in Arabic"},
        {"id": "\x00\x01", "text": "an id of controls"},
        {"id": "\U0010ffff", "text": "the last of all ids"},
        {"id": "\ufffb\U00010000", "text": "in UTF-16 this id would come after the next one"},
        {"id": "\ufffc", "text": "an id"},
        {"id": "i" * 5000, "text": "a long id"},
    ]
    places = sorted(chance.sample(range(len(articles)), len(odd)), reverse=True)
    for place, article in zip(places, odd, strict=True):
        articles.insert(place, {"lang": chance.choice(["en", "ar", "und"])} | article)
    return articles


def counted_from(articles: Sequence[dict[str, str]], path: str) -> Counted:
    """The count, of what is left of the articles where they are read: a lone surrogate is no character, a blank title none."""
    stored = []
    for article in articles:
        clean = {key: "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) for key, text in article.items()}
        title, body = clean.get("title", "") if clean.get("title", "").strip() else "", clean["text"]
        stored.append(
            {
                "id": clean["id"],
                "lang": clean["lang"],
                "path": path,
                "date": clean.get("date", ""),
                "display_title": display_title(title or None, body),
                "title": title,
                "body": body,
            }
        )
    postings: dict[str, dict[str, dict[int, int]]] = {field: {} for field in ALL}
    settled = Settled([fields[field] for field in TEXTS] for fields in stored)
    tokens = {field: [settled.analyze(fields[field]) for fields in stored] for field in TEXTS}
    for number, fields in enumerate(stored):
        for field in ALL:
            terms = [fields[field]] if field in ONCE else [term for _, _, term in tokens[field][number]]
            for term, frequency in Counter(terms).items():
                postings[field].setdefault(term, {})[number] = frequency
    return Counted(stored, postings, {field: list(map(len, tokens[field])) for field in TEXTS}, tokens, settled)


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    folder = tmp_path_factory.mktemp("doors")
    articles = made_articles()
    source = folder / "articles.jsonl"
    source.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    report = build([str(source)], str(folder / "index"))
    assert not report.skipped
    store = Store(open_generation(str(folder / "index")))
    with whoosh_index.open_dir(store.generation.path, schema=SCHEMA).searcher() as searcher:
        yield Doors(store, searcher, counted_from(articles, os.path.join("..", "articles.jsonl")))
    store.close()


def test_the_articles_hold_what_an_index_could_stumble_over(doors: Doors) -> None:
    counted = doors.counted
    assert len(counted.stored) == doors.store.article_count == 299
    assert max(counted.lengths["body"]) > 65_535
    assert {0} < set(counted.lengths["title"]) and {0} < set(counted.lengths["body"])  # noqa: PT018  # one fact
    frequencies = {frequency for postings in counted.postings["body"].values() for frequency in postings.values()}
    assert {254, 255, 256, 1000} < frequencies
    steps = [start - end for words in counted.tokens["body"] for (_, end, _), (start, _, _) in pairwise(words)]
    assert {0, 1, 7, 8, 255, 256} < set(steps)
    assert {1, 31, 32, 255, 256, 257, 300} < {end - start for words in counted.tokens["body"] for start, end, _ in words}
    shared = [set(counted.postings[field]) for field in ALL]
    assert all(mine & other for number, mine in enumerate(shared) for other in shared[:number]), "terms stand in several fields"


@pytest.mark.parametrize("field", ALL)
def test_both_doors_know_the_terms_that_were_counted(doors: Doors, field: str) -> None:
    expected = sorted(term.encode() for term in doors.counted.postings[field])
    terms = [doors.store.term(number) for number in range(doors.store.term_count)]
    assert sorted(term.encode() for number, term in enumerate(terms) if len(doors.store.postings(field, number)[0])) == expected
    assert list(doors.reader.lexicon(field)) == expected
    assert all((field, term) in doors.reader for term in doors.counted.postings[field])


def test_terms_are_numbered_without_gaps_and_twins(doors: Doors) -> None:
    everywhere = {term for field in ALL for term in doors.counted.postings[field]}
    assert doors.store.term_count == len(everywhere)
    assert {doors.store.number_of(term) for term in everywhere} == set(range(len(everywhere)))
    assert all(doors.store.term(number) == term for term in everywhere if (number := doors.store.number_of(term)) is not None)


@pytest.mark.parametrize("field", ALL)
def test_both_doors_give_the_postings_that_were_counted(doors: Doors, field: str) -> None:
    for term, expected in doors.counted.postings[field].items():
        number = doors.store.number_of(term)
        assert number is not None
        articles, weights = doors.store.postings(field, number)
        assert dict(zip(articles, doors.store.frequencies(field, number), strict=True)) == expected
        assert list(articles) == sorted(expected)
        norms = [doors.counted.norm(field, article) for article in articles]
        assert list(weights) == pytest.approx([expected[a] / norm for a, norm in zip(articles, norms, strict=True)], rel=1e-6)

        matcher = doors.reader.postings(field, term)
        found = []
        while matcher.is_active():
            found.append((matcher.id(), matcher.weight()))
            matcher.next()
        assert found == sorted(expected.items())


@pytest.mark.parametrize("field", ALL)
def test_whoosh_skips_along_postings(doors: Doors, field: str) -> None:
    chance = random.Random(SEEDS)  # noqa: S311 - no secret
    for term, expected in doors.counted.postings[field].items():
        matcher, article = doors.reader.postings(field, term), 0
        while True:
            rest = sorted(number for number in expected if number >= article)
            assert matcher.is_active() == bool(rest)
            if not rest:
                break
            assert (matcher.id(), matcher.value_as("frequency")) == (rest[0], expected[rest[0]])
            other = matcher.copy()
            assert (list(matcher.all_ids()), list(other.all_ids())) == (rest, rest)
            matcher = doors.reader.postings(field, term)
            article = rest[0] + chance.randint(0, 150)
            matcher.skip_to(article)
            if matcher.is_active():
                matcher.skip_to(0)  # it never goes back


@pytest.mark.parametrize("field", ALL)
def test_both_doors_tell_how_common_a_term_is(doors: Doors, field: str) -> None:
    for term, expected in doors.counted.postings[field].items():
        info = doors.reader.term_info(field, term)
        lengths = [1 if field in ONCE else doors.counted.lengths[field][article] for article in expected]
        assert (info.doc_frequency(), info.weight(), info.max_weight()) == (
            len(expected),
            sum(expected.values()),
            max(expected.values()),
        )
        assert (info.min_length(), info.max_length()) == (min(lengths), max(lengths))
        assert (info.min_id(), info.max_id()) == (min(expected), max(expected))
        assert doors.reader.doc_frequency(field, term) == len(expected)
        assert doors.reader.frequency(field, term) == sum(expected.values())


def test_a_term_counts_its_articles_once_be_it_in_the_title_or_the_body(doors: Doors) -> None:
    postings = doors.counted.postings
    for number in range(doors.store.term_count):
        term = doors.store.term(number)
        articles = set(postings["title"].get(term, ())) | set(postings["body"].get(term, ()))
        assert doors.store.article_frequency(number) == len(articles)


@pytest.mark.parametrize("field", TEXTS)
def test_both_doors_give_exact_lengths(doors: Doors, field: str) -> None:
    lengths = doors.counted.lengths[field]
    numbers = range(len(lengths))
    assert [doors.store.length(field, number) for number in numbers] == lengths
    assert doors.store.total_length(field) == sum(lengths)
    norms = [doors.counted.norm(field, number) for number in numbers]
    assert [doors.store.length_norm(field, number) for number in numbers] == pytest.approx(norms)
    assert [doors.reader.doc_field_length(number, field) for number in numbers] == lengths
    assert doors.reader.field_length(field) == sum(lengths)
    assert (doors.reader.min_field_length(field), doors.reader.max_field_length(field)) == (min(lengths), max(lengths))


@pytest.mark.parametrize("field", sorted(ONCE))
def test_a_field_of_one_term_has_no_length_to_whoosh(doors: Doors, field: str) -> None:
    assert {doors.reader.doc_field_length(number, field, 1) for number in range(299)} == {1}
    assert doors.reader.field_length(field) == doors.reader.max_field_length(field) == 0


def test_both_doors_give_the_articles_that_were_given(doors: Doors) -> None:
    for number, expected in enumerate(doors.counted.stored):
        assert doors.store.stored(number) == expected
        assert doors.reader.stored_fields(number) == {name: text for name, text in expected.items() if text}
    assert doors.reader.doc_count() == doors.reader.doc_count_all() == len(doors.counted.stored)
    assert list(doors.reader.all_doc_ids()) == list(range(len(doors.counted.stored)))
    assert [fields["id"] for fields in doors.reader.all_stored_fields()] == [fields["id"] for fields in doors.counted.stored]


@pytest.mark.parametrize("field", TEXTS)
def test_the_words_of_an_article_are_kept_in_reading_order_with_their_places(doors: Doors, field: str) -> None:
    for number, expected in enumerate(doors.counted.tokens[field]):
        bounds = doors.store.bounds(field, number)
        terms = [doors.store.term(token) for token in doors.store.tokens(field, number)]
        assert list(zip(bounds[::2], bounds[1::2], terms, strict=True)) == expected


def test_articles_are_ranked_by_their_ids(doors: Doors) -> None:
    ids = [fields["id"] for fields in doors.counted.stored]
    assert sorted(range(len(ids)), key=doors.store.rank) == sorted(range(len(ids)), key=ids.__getitem__)
    assert sorted(map(doors.store.rank, range(len(ids)))) == list(range(len(ids)))


def test_the_vocabulary_is_every_word_that_a_question_can_hold_and_its_term(doors: Doors) -> None:
    texts = [fields[field] for fields in doors.counted.stored for field in TEXTS]
    words = {text[start:end] for text in texts for start, end in find_words(text)}
    settled = doors.counted.settled
    short = {word for word in words if len(word) <= MAX_WORD and settled.term_of(word)}
    assert short < words
    sure = {word for word in short if not readings_of(word)[1]}
    assert sure < short
    assert doors.store.vocabulary() == {vocabulary_key(word): settled.term_of(word) for word in sure}
    assert {word: doors.store.known_term(word) for word in short} == {word: settled.term_of(word) for word in short}
    assert {doors.store.known_term(word) for word in words - short} == {None}
    asked = [*words, "unheard", "مجهولون", "كصواريخنا", "كمجهول", "ـ"]
    assert {word: doors.store.term_of(word) for word in asked} == {word: settled.term_of(word) for word in asked}


# What Whoosh asks of its reader


def in_order(doors: Doors) -> list[tuple[str, bytes]]:
    """Every term of every field, as Whoosh sorts them."""
    return sorted((field, term.encode()) for field in ALL for term in doors.counted.postings[field])


def test_all_terms_are_walked_in_order(doors: Doors) -> None:
    assert list(doors.reader.all_terms()) == in_order(doors)
    assert [term for term, _ in doors.reader] == in_order(doors)
    assert list(doors.reader.indexed_field_names()) == list(ALL)


STARTS = [
    "",
    "\0",
    "a",
    "m",
    "missil",
    "missile",
    "zzyzx",
    "zzz",
    "é",
    "ص",
    "صاروخ",
    "\ufffd",
    "\U0010ffff",
    "\U0010ffff\U0010ffff",
]


@pytest.mark.parametrize("field", ALL)
@pytest.mark.parametrize("start", STARTS)
def test_terms_are_walked_from_anywhere(doors: Doors, field: str, start: str) -> None:
    expected = [term for term in in_order(doors) if term >= (field, start.encode())]
    assert list(doors.reader.terms_from(field, start)) == expected
    walked = list(doors.reader.iter_from(field, start))
    assert [term for term, _ in walked] == expected
    assert all(info.doc_frequency() == len(doors.counted.postings[name][text.decode()]) for (name, text), info in walked)


@pytest.mark.parametrize("field", ALL)
@pytest.mark.parametrize("prefix", [*STARTS, "b" * 20, "article-1", "e", "ال"])
def test_a_prefix_expands_to_all_that_begin_with_it(doors: Doors, field: str, prefix: str) -> None:
    expected = [term for name, term in in_order(doors) if name == field and term.startswith(prefix.encode())]
    assert list(doors.reader.expand_prefix(field, prefix)) == expected


ABSENT = [
    pytest.param("body", "unheard", id="nowhere"),
    pytest.param("body", "", id="no term at all"),
    pytest.param("body", "zzyzx", id="in a title and an id alone"),
    pytest.param("title", "سجنجل", id="in a body alone"),
    pytest.param("lang", "de", id="no article's language"),
    pytest.param("lang", "missil", id="a word, no language"),
    pytest.param("id", "ar missil", id="no article's id"),
]


@pytest.mark.parametrize("field", ALL)
@pytest.mark.parametrize("start", STARTS)
def test_a_cursor_walks_the_terms_of_its_field(doors: Doors, field: str, start: str) -> None:
    terms = [term.decode() for name, term in in_order(doors) if name == field]
    cursor = doors.reader.cursor(field)
    assert (cursor.text(), cursor.first(), cursor.text()) == (terms[0],) * 3
    walked = [cursor.find(start.encode())]
    while cursor.is_valid():
        assert cursor.text() == walked[-1]
        assert cursor.term_info().doc_frequency() == len(doors.counted.postings[field][walked[-1]])
        walked.append(cursor.next())
    assert walked == [*(term for term in terms if term.encode() >= start.encode()), None]
    assert (cursor.text(), cursor.term_info(), cursor.next()) == (None, None, None)


@pytest.mark.parametrize(("field", "term"), ABSENT)
def test_a_term_that_a_field_has_not_is_not_found_there(doors: Doors, field: str, term: str) -> None:
    assert (field, term) not in doors.reader
    with pytest.raises(TermNotFound, match=field):
        doors.reader.term_info(field, term)
    with pytest.raises(TermNotFound, match=field):
        doors.reader.postings(field, term)
    assert not list(doors.searcher.search(Term(field, term)))


@pytest.mark.parametrize(("field", "term"), ABSENT)
def test_a_term_that_a_field_has_not_is_in_none_of_its_articles(doors: Doors, field: str, term: str) -> None:
    assert (doors.reader.doc_frequency(field, term), doors.reader.frequency(field, term)) == (0, 0)
    assert not list(doors.searcher.search(And([Term(field, term), Term("body", "kyiv")])))
    assert len(doors.searcher.search(Or([Term(field, term), Term("id", "far")]), limit=None)) == 1


def test_bytes_that_are_no_utf_8_are_no_term(doors: Doors) -> None:
    assert ("body", b"\xff\xfe") not in doors.reader
    assert doors.reader.doc_frequency("body", b"\xff\xfe") == 0


def test_terms_are_walked_from_any_bytes(doors: Doors) -> None:
    assert not list(doors.reader.expand_prefix("body", b"\xff"))
    # Half a letter is a prefix like any other.
    assert list(doors.reader.expand_prefix("body", b"\xd8")) == [
        term for field, term in in_order(doors) if field == "body" and term[:1] == b"\xd8"
    ]


def test_nothing_is_deleted_and_there_are_no_columns_or_vectors(doors: Doors) -> None:
    assert not doors.reader.has_deletions()
    assert not any(doors.reader.is_deleted(number) for number in range(299))
    assert not any(doors.reader.has_vector(number, "body") for number in range(299))
    assert not any(doors.reader.has_column(field) for field in ALL)


# Questions put to Whoosh, and the same sets made from the store

Answer = tuple[Any, set[int]]


class Questions:
    """Random queries, each with the articles that the postings of a store say it has.

    What is taken away stands outermost: an `AndNot` within another query gives other articles, whatever the codec. Nor does
    Whoosh look whether the very first article is to be taken away, where the others to be taken away begin before it.
    """

    def __init__(self, store: Store, seed: int, *, unknown: bool) -> None:
        self._store = store
        self._unknown = unknown
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._everything = set(range(store.article_count))
        self._postings: dict[str, dict[str, set[int]]] = {field: {} for field in ALL}
        for number in range(store.term_count):
            for field in ALL:
                articles = set(store.postings(field, number)[0])
                if articles:
                    self._postings[field][store.term(number)] = articles

    def ask(self) -> Answer:
        if self._chance.random() < 0.5:
            return self.some()
        (wanted, yes), (other, no) = self.some(2), self.some(2)
        if yes and min(yes) in no and min(no) < min(yes):
            return self.ask()
        query = self._chance.choice([And([wanted, Not(other)]), And([Not(other), wanted]), AndNot(wanted, other)])
        return query, yes - no

    def some(self, depth: int = 3) -> Answer:
        """A query from which nothing is taken away."""
        kinds: list[Callable[[int], Answer]] = [self._term, self._term, self._prefix, self._every]
        if self._unknown:
            kinds.append(self._nothing)
        if depth:
            kinds += [self._term, self._either, self._both] * 3
        return self._chance.choice(kinds)(depth - 1)

    def _field(self) -> str:
        return self._chance.choice(["body", "body", "title", "lang", "id"])

    def _term(self, _depth: int) -> Answer:
        field = self._field()
        term = self._chance.choice(list(self._postings[field]))
        return Term(field, term), self._postings[field][term]

    def _nothing(self, _depth: int) -> Answer:
        field, term = self._field(), self._chance.choice(["unheard", "مجهول", "zz", "\ufffd\ufffd"])
        assert term not in self._postings[field]
        return Term(field, term), set()

    def _prefix(self, _depth: int) -> Answer:
        field = self._field()
        term = self._chance.choice(list(self._postings[field]))
        prefix = term[: self._chance.randint(1, 3) if field in TEXTS else max(1, len(term) - 1)]
        lists = (articles for term, articles in self._postings[field].items() if term.startswith(prefix))
        return Prefix(field, prefix), set().union(*lists)

    def _every(self, _depth: int) -> Answer:
        field = self._chance.choice([None, *ALL])
        return Every(field), set().union(*self._postings[field].values()) if field else self._everything

    def _either(self, depth: int) -> Answer:
        asked = [self.some(depth) for _ in range(self._chance.randint(2, 4))]
        return Or([query for query, _ in asked]), set().union(*(articles for _, articles in asked))

    def _both(self, depth: int) -> Answer:
        asked = [self.some(depth) for _ in range(self._chance.randint(2, 3))]
        return And([query for query, _ in asked]), self._everything.intersection(*(articles for _, articles in asked))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("unknown", [False, True], ids=["known terms", "unknown terms too"])
def test_whoosh_answers_any_question_with_the_articles_of_the_store(doors: Doors, seed: int, *, unknown: bool) -> None:
    questions = Questions(doors.store, seed, unknown=unknown)
    sizes = Counter[bool]()
    for number in range(100):
        query, expected = questions.ask()
        if number % 2:
            assert {hit.docnum for hit in doors.searcher.search(query, limit=None)} == expected, query
        else:
            assert set(doors.searcher.docs_for_query(query)) == expected, query
        sizes[0 < len(expected) < doors.store.article_count] += 1
    assert sizes[True] > 50, "most questions have some of the articles for an answer"


@pytest.mark.parametrize("join", [Or, And])
def test_whoosh_finds_the_best_few_as_it_finds_all(doors: Doors, join: Callable[[Sequence[Any]], Any]) -> None:
    # To find the best alone it skips what the greatest frequency and the least length of a term say cannot be among them.
    chance = random.Random(SEEDS)  # noqa: S311 - no secret
    common = [(f, term) for f in TEXTS for term, articles in doors.counted.postings[f].items() if len(articles) > 8]
    for _ in range(100):
        query = join([Term(*term) for term in chance.sample(common, chance.randint(1, 4))])
        every = doors.searcher.search(query, limit=None)
        few = doors.searcher.search(query, limit=5)
        assert [hit.score for hit in few] == pytest.approx([hit.score for hit in every][:5]), query


OTHER_KINDS: dict[str, tuple[Any, Callable[[str], bool]]] = {
    "wildcard": (Wildcard("body", "m*s?l"), lambda term: term[:1] == "m" and term[-3:-2] + term[-1:] == "sl"),
    "regex": (Regex("body", "^k.*v$"), lambda term: term[:1] == "k" and term[-1:] == "v" and "\n" not in term),
    "range": (TermRange("body", "k", "m", endexcl=True), lambda term: "k" <= term < "m"),
    "range of Arabic": (TermRange("body", "ح", "ر"), lambda term: "ح" <= term <= "ر"),
}


@pytest.mark.parametrize(("query", "takes"), OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_whoosh_finds_terms_by_their_spelling(doors: Doors, query: Any, takes: Callable[[str], bool]) -> None:
    lists = [articles for term, articles in doors.counted.postings["body"].items() if takes(term)]
    assert lists
    assert {hit.docnum for hit in doors.searcher.search(query, limit=None)} == set().union(*lists)


def test_whoosh_finds_terms_that_are_nearly_spelled_so(doors: Doors) -> None:
    expected = doors.counted.postings["body"]["missil"]
    assert {hit.docnum for hit in doors.searcher.search(FuzzyTerm("body", "misil", prefixlength=1), limit=None)} == set(
        expected
    )


def test_whoosh_may_look_at_a_list_that_it_has_read_to_its_end(store_of: Callable[..., Store]) -> None:
    store = store_of({"id": "a", "text": "1"}, {"id": "b", "text": "3"}, {"id": "c", "text": "2"})
    with whoosh_index.open_dir(store.generation.path, schema=SCHEMA).searcher() as searcher:
        for term, ids in (("1", ["a"]), ("3", [])):
            query = And([AndNot(Term("body", "1"), Term("body", "2")), Term("body", term)])
            assert [hit["id"] for hit in searcher.search(query, limit=None)] == ids


def test_whoosh_is_told_that_it_cannot_look_for_phrases(doors: Doors) -> None:
    with pytest.raises(QueryError, match="no positions"):
        doors.searcher.search(Phrase("body", ["air", "defens"]))


def test_whoosh_sorts_by_a_field_of_one_term(doors: Doors) -> None:
    hits = doors.searcher.search(Term("lang", "ar"), limit=None, sortedby="id")
    assert [hit["id"] for hit in hits] == sorted(fields["id"] for fields in doors.counted.stored if fields["lang"] == "ar")


@pytest.mark.parametrize(
    ("question", "field", "word"),
    [
        ("Missiles", "body", "missile"),
        ("title:والصواريخ", "title", "الصواريخ"),
        ("U.S.", "body", "US"),
        ("lang:fr", "lang", "fr"),
        ("id:article-007", "id", "article-007"),
    ],
)
def test_a_question_put_to_whoosh_is_analysed_as_the_articles_were(doors: Doors, question: str, field: str, word: str) -> None:
    term = word if field in ONCE else doors.counted.settled.term_of(word)
    hits = doors.searcher.search(QueryParser("body", SCHEMA).parse(question), limit=None)
    assert {hit.docnum for hit in hits} == set(doors.counted.postings[field][term]) != set()


# Scores


def plain_bm25f(counted: Counted, field: str, term: str) -> dict[int, float]:
    """What Whoosh's default weighting makes of a term: B .75, K1 1.2, the average length over all articles."""
    postings, lengths = counted.postings[field].get(term, {}), counted.lengths[field]
    average = sum(lengths) / len(lengths)
    idf = math.log(len(counted.stored) / (len(postings) + 1)) + 1
    return {
        article: idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * lengths[article] / average)) for article, tf in postings.items()
    }


@pytest.mark.parametrize("field", TEXTS)
def test_whoosh_scores_every_term_as_the_numbers_say(doors: Doors, field: str) -> None:
    for term in doors.counted.postings[field]:
        scores = {hit.docnum: hit.score for hit in doors.searcher.search(Term(field, term), limit=None)}
        assert scores == pytest.approx(plain_bm25f(doors.counted, field, term), rel=1e-9), term


def test_whoosh_adds_up_the_scores_of_terms_and_fields(doors: Doors) -> None:
    words = ("missiles", "Kyiv", "الصواريخ", "unheard", "فلسطين")
    terms = [(field, doors.counted.settled.term_of(word)) for field in TEXTS for word in words]
    expected = Counter[int]()
    for field, term in terms:
        expected.update(plain_bm25f(doors.counted, field, term))
    hits = doors.searcher.search(Or([Term(field, term) for field, term in terms]), limit=None)
    assert {hit.docnum: hit.score for hit in hits} == pytest.approx(dict(expected), rel=1e-9)
    assert len(expected) > 100


# What is refused


@pytest.fixture
def finished(store_of: Callable[..., Store]) -> Any:
    """An index of two articles as Whoosh opens it."""
    store = store_of({"id": "a", "text": "Kyiv"}, {"id": "b", "text": "Moscow"})
    return whoosh_index.open_dir(store.generation.path, schema=SCHEMA)


REFUSAL = "built whole.*nothing is merged into it or deleted from it"


def articles_of(ix: Any) -> list[str]:
    with ix.searcher() as searcher:
        return [fields["id"] for fields in searcher.documents()]


def test_nothing_is_merged_into_a_finished_generation(finished: Any) -> None:
    before = {name: Path(finished.storage.folder, name).read_bytes() for name in finished.storage.list() if "news" in name}
    assert len(before) == len(KINDS) == 10
    with pytest.raises(NotImplementedError, match=REFUSAL):
        finished.writer(codec=NewsCodec())
    assert {name: Path(finished.storage.folder, name).read_bytes() for name in before} == before
    assert articles_of(finished) == ["a", "b"]


def delete_by_number(writer: Any) -> None:
    writer.delete_document(0)


def delete_by_term(writer: Any) -> None:
    writer.delete_by_term("id", "a")


def delete_by_query(writer: Any) -> None:
    writer.delete_by_query(Term("body", "kyiv"))


def update(writer: Any) -> None:
    writer.update_document(id="a", lang="en", body="Odesa")


@pytest.mark.parametrize("change", [delete_by_number, delete_by_term, delete_by_query, update])
def test_nothing_is_deleted_from_a_finished_generation(finished: Any, change: Callable[[Any], None]) -> None:
    writer = finished.writer(codec=default_codec())
    try:
        with pytest.raises(NotImplementedError, match=REFUSAL):
            change(writer)
    finally:
        writer.cancel()
    assert articles_of(finished) == ["a", "b"]


def add(ix: Any) -> None:
    ix.writer().add_document(id="c", lang="en", body="Kyiv")


def optimize(ix: Any) -> None:
    ix.optimize()


def merge(ix: Any) -> None:
    writer = ix.writer()
    with ix.reader() as reader:
        writer.add_reader(reader)


@pytest.mark.parametrize("change", [add, optimize, merge])
def test_a_writer_of_whoosh_neither_adds_to_a_finished_generation_nor_merges_it(
    finished: Any, change: Callable[[Any], None]
) -> None:
    with pytest.raises(NotImplementedError, match="built whole"):
        change(finished)
    assert articles_of(finished) == ["a", "b"]


def cancel(writer: Any) -> None:
    """Gives back what a writer holds whose commit has failed; whoosh3 does so by itself."""
    if not writer.is_closed:
        writer.cancel()


def test_postings_that_whoosh_has_pooled_are_refused(tmp_path: Path) -> None:
    writer = whoosh_index.create_in(str(tmp_path), SCHEMA).writer(codec=NewsCodec())
    writer.add_document(id=Given("a"), lang=Given("en"), body=Given("Kyiv"))
    writer.pool.add(("body", b"moscow", 0, 1.0, b""))
    with pytest.raises(NotImplementedError, match=REFUSAL):
        writer.commit()
    cancel(writer)


def test_the_articles_of_another_index_are_not_taken_in(tmp_path: Path) -> None:
    other = RamStorage().create_index(Schema(**{name: default_field(name) for name in SCHEMA.names()}))
    with other.writer() as writer:
        writer.add_document(id="b", lang="en", body="Moscow")
    ours = whoosh_index.create_in(str(tmp_path), SCHEMA).writer(codec=NewsCodec())
    with other.reader() as reader:
        ours.add_reader(reader)
    with pytest.raises(NotImplementedError, match=REFUSAL):
        ours.commit()
    cancel(ours)


def default_field(name: str) -> Any:
    """The field of our schema as Whoosh itself would index it."""
    from whoosh.fields import ID, STORED, TEXT

    return {"id": ID(stored=True), "lang": ID(stored=True), "title": TEXT(stored=True), "body": TEXT(stored=True)}.get(
        name, STORED()
    )


def test_a_codec_without_an_article_makes_no_index(tmp_path: Path) -> None:
    ix = whoosh_index.create_in(str(tmp_path), SCHEMA)
    ix.writer(codec=NewsCodec()).commit()
    assert articles_of(ix) == []
