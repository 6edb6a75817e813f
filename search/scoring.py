"""How well does an article answer: true BM25F, one score a clause, the sum of them an article.

Field weights come before saturation (Robertson, Zaragoza & Taylor 2004, "Simple BM25 Extension to Multiple Weighted Fields"),
and the variants of a clause are one term with tf = sum p*tf and df = sum p*df (Darwish & Oard 2003, "Probabilistic Structured
Query Methods"), so that a word counts once, however it is written.
"""

import math
from heapq import nlargest

from index.store import Store
from search.query import Clause, Query, Variant

SATURATION = 1.2  # BM25's k1
FIELD_WEIGHTS = (("title", 2.0), ("body", 1.0))


def score(store: Store, query: Query) -> tuple[dict[int, float], list[float]]:
    """Article number -> score, for every article that meets some clause; and each clause's idf."""
    scores: dict[int, float] = {}
    idfs = []
    for clause in query.clauses:
        frequencies, df = _frequencies(store, clause)
        idfs.append(idf(store.article_count, df))
        for article, tf in frequencies.items():
            scores[article] = scores.get(article, 0.0) + idfs[-1] * tf * (SATURATION + 1) / (SATURATION + tf)
    return scores, idfs


def best(store: Store, scores: dict[int, float], limit: int) -> list[tuple[int, float]]:
    """The `limit` best (article, score), ties in the order of the articles' ids."""
    if len(scores) > limit:
        worst = nlargest(limit, scores.values())[-1]
        scores = {article: value for article, value in scores.items() if value >= worst}
    return sorted(scores.items(), key=lambda pair: (-pair[1], store.article(pair[0]).id))[:limit]


def idf(count: int, df: float) -> float:
    """The weight of what is met in `df` of `count` articles, as Lucene has it: never negative."""
    df = min(df, count)
    return math.log(1 + (count - df + 0.5) / (df + 0.5))


def _frequencies(store: Store, clause: Clause) -> tuple[dict[int, float], float]:
    """Article -> weighted frequency of the clause's variants, and in how many articles they are."""
    frequencies: dict[int, float] = {}
    df = 0.0
    for variant in clause.variants:
        articles: set[int] = set()
        for field, boost in FIELD_WEIGHTS:
            for article, tf in _postings(store, field, variant):
                frequencies[article] = frequencies.get(article, 0.0) + variant.weight * boost * tf
                articles.add(article)
        df += variant.weight * len(articles)
    return frequencies, df


def _postings(store: Store, field: str, variant: Variant) -> list[tuple[int, float]]:
    if len(variant.terms) == 1:
        return store.postings(field, variant.terms[0])
    return [
        (article, starts / store.length_norm(field, article))
        for article, starts in _phrase_counts(store, field, variant.terms).items()
    ]


def _phrase_counts(store: Store, field: str, terms: tuple[str, ...]) -> dict[int, int]:
    """Article -> how often the terms stand next to each other in its `field`."""
    starts = {article: set(places) for article, places in store.positions(field, terms[0]).items()}
    for offset, term in enumerate(terms[1:], start=1):
        places = store.positions(field, term)
        both = starts.keys() & places.keys()
        starts = {article: starts[article].intersection(place - offset for place in places[article]) for article in both}
    return {article: len(begun) for article, begun in starts.items() if begun}
