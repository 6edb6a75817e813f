"""How well does an article answer: true BM25F, one score a clause, the sum of them an article.

Field weights come before saturation (Robertson, Zaragoza & Taylor 2004, "Simple BM25 Extension to Multiple Weighted Fields"),
and the variants of a clause are one term with tf = sum p*tf and df = sum p*df (Darwish & Oard 2003, "Probabilistic Structured
Query Methods"), so that a word counts once, however it is written.
"""

import math
from _collections_abc import Container, Sequence

from index.generation import damaged
from index.store import Store
from index.variants import TRANSLATED
from search.phrases import find_phrase
from search.query import Clause, Query

SATURATION = 1.2  # BM25's k1
FIELD_WEIGHTS = (("title", 2.0), ("body", 1.0))
_Found = Sequence[tuple[Sequence[int], Sequence[float]]]  # articles and weights, by field
_ROUNDING = 1 + 1e-9  # of sums of floats in whatever order


class Postings:
    """What a clause is met by: lists of (articles, weights, factor of the weights), and its idf."""

    __slots__ = ("idf", "lists")

    def __init__(self, lists: Sequence[tuple[Sequence[int], Sequence[float], float]], idf: float) -> None:
        self.lists = lists
        self.idf = idf


def look_up(store: Store, query: Query) -> list[Postings]:
    """The postings of each clause."""
    phrases: dict[tuple[tuple[str, ...], int], _Found] = {}  # the words of a phrase share its translations
    return [_postings(store, clause, phrases) for clause in query.clauses]


def best(
    store: Store, clauses: Sequence[Postings], limit: int, wanted: Container[int] | None = None
) -> list[tuple[int, float]]:
    """The `limit` best (article, score), of the `wanted` ones if given, ties in the order of their ids.

    Clauses are taken by falling idf. As soon as no article that is yet to be met can reach the best ones, the clauses that
    are left are looked up only for those that still can (Turtle & Flood 1995, "Query Evaluation: Strategies and
    Optimizations", there called max_score); articles and scores are those of the whole sum all the same.
    """
    scores: dict[int, float] = {}
    reached, bound = 0.0, sum(clause.idf for clause in clauses) * (SATURATION + 1) * _ROUNDING
    for clause in sorted(clauses, key=lambda clause: -clause.idf):
        least = _least(scores, limit) if bound < reached else 0.0
        if bound < least:
            scores = wanted = {article: score for article, score in scores.items() if score + bound >= least}
        top = clause.idf * (SATURATION + 1)
        known = scores.get
        try:
            for article, tf in _frequencies(clause, wanted).items():
                scores[article] = known(article, 0.0) + top * tf / (SATURATION + tf)
        except ZeroDivisionError:
            raise damaged(store.generation.folder, "its file weights has what no frequency gives") from None
        reached += top
        bound -= top * _ROUNDING
    least = _least(scores, limit)
    found = ((article, score) for article, score in scores.items() if score >= least)
    return sorted(found, key=lambda pair: (-pair[1], store.rank(pair[0])))[:limit]


def count(clauses: Sequence[Postings], wanted: set[int] | None = None) -> int:
    """How many articles meet some clause, of the `wanted` ones if given."""
    met: set[int] = set()
    for clause in clauses:
        met.update(*(articles for articles, _, _ in clause.lists))
    return len(met if wanted is None else met & wanted)


def idf(count: int, df: float) -> float:
    """The weight of what is met in `df` of `count` articles, as Lucene has it: never negative."""
    df = min(df, count)
    return math.log(1 + (count - df + 0.5) / (df + 0.5))


def _postings(store: Store, clause: Clause, phrases: dict[tuple[tuple[str, ...], int], _Found]) -> Postings:
    lists: list[tuple[Sequence[int], Sequence[float], float]] = []
    df = translated = sureness = 0.0
    for variant in clause.variants:
        number = store.number_of(variant.terms[0])
        if len(variant.terms) > 1:
            found = phrases.get((variant.terms, variant.slop))
            if found is None:
                found = [find_phrase(store, field, variant.terms, variant.slop) for field, _ in FIELD_WEIGHTS]
                phrases[variant.terms, variant.slop] = found
            articles_with = len(set().union(*(articles for articles, _ in found)))
        elif number is not None:
            found = [store.postings(field, number) for field, _ in FIELD_WEIGHTS]
            articles_with = store.article_frequency(number)
        else:
            continue
        if variant.origin in TRANSLATED:
            translated += variant.weight * articles_with
            sureness += variant.weight
        else:
            df += variant.weight * articles_with
        for (articles, weights), (_, boost) in zip(found, FIELD_WEIGHTS, strict=True):
            lists.append((articles, weights, variant.weight * boost))
    # Of many words that a language has for one thing, each is as rare as that thing has names.
    return Postings(lists, idf(store.article_count, df + translated / max(1.0, sureness)))


def _frequencies(clause: Postings, wanted: Container[int] | None) -> dict[int, float]:
    """Article -> weighted frequency of the clause's variants, of the `wanted` articles if given."""
    frequencies: dict[int, float] = {}
    known = frequencies.get
    for articles, weights, factor in clause.lists:
        postings = zip(articles, weights, strict=True)
        for article, weight in postings if wanted is None else (pair for pair in postings if pair[0] in wanted):
            frequencies[article] = known(article, 0.0) + factor * weight
    return frequencies


def _least(scores: dict[int, float], limit: int) -> float:
    """The score that an article needs to be among the `limit` best, as far as is known."""
    if len(scores) < limit:
        return 0.0
    values = list(scores.values())
    low = sorted(values[: 10 * limit])[-limit]  # the least of some is no more than that of all, and spares sorting most
    highest = sorted(value for value in values if value >= low)
    return highest[-limit] if len(highest) >= limit else 0.0  # fewer where a damaged weight is no number
