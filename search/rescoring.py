"""A closer look at the articles that are best so far: how much of the question their words share, letter by letter.

Runs of four letters meet where terms do not: in words of one root, in spellings, in endings that no rule takes off. Those of
the question and of its translations are scored as terms are, by BM25F (`scoring`), and its stop words count here too. Only
articles that some clause meets are looked at, so that what is found does not depend on it.
"""

from _collections_abc import Sequence

from index.grams import grams_of
from index.store import Store
from index.variants import TRANSLATED
from search.query import Query
from search.scoring import FIELD_WEIGHTS, SATURATION, idf

RESCORED = 12  # articles: more of them change next to nothing among the first ten
# Of a gram beside a clause, by whether it is English: where words have fewer forms, less is left for it to find.
_WEIGHTS = {True: 0.2, False: 0.4}


class _Grams:
    """Some grams of a question: the terms that have each, and what it is worth."""

    __slots__ = ("by_term", "idfs")

    def __init__(self, store: Store, shares: dict[str, float]) -> None:
        terms = [store.with_gram(gram) for gram in shares]
        self.by_term: dict[int, list[int]] = {}
        for place, numbers in enumerate(terms):
            for number in numbers:
                self.by_term.setdefault(number, []).append(place)
        self.idfs = [
            share * _WEIGHTS[gram.isascii()] * idf(store.article_count, store.article_frequency(*numbers))
            for (gram, share), numbers in zip(shares.items(), terms, strict=True)
        ]


def rescore(store: Store, query: Query, ranked: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """`ranked` articles and their scores, the first `RESCORED` of them scored anew, best first, ties in the order of ids.

    The grams that were typed count, or those of their translations, whichever tell more: an article in the other language
    would otherwise stand behind each in the language of the question, and one that glosses its words before both.
    """
    either = [_Grams(store, dict.fromkeys((gram for term in query.terms for gram in grams_of(term)), 1.0))]
    translated = _translated(query)
    if translated:
        either.append(_Grams(store, translated))
    scored = [
        (article, score + max(_gram_score(store, article, grams) for grams in either)) for article, score in ranked[:RESCORED]
    ]
    return sorted([*scored, *ranked[RESCORED:]], key=lambda pair: (-pair[1], store.rank(pair[0])))


def _translated(query: Query) -> dict[str, float]:
    """The grams of what a question is called in the other language, each with the share of its word among all for one."""
    grams: dict[str, float] = {}
    for clause in query.clauses:
        translations = [variant for variant in clause.variants if variant.origin in TRANSLATED]
        sureness = max(1.0, sum(variant.weight for variant in translations))
        for variant in translations:
            for gram in {gram for term in variant.terms for gram in grams_of(term)}:
                grams[gram] = max(variant.weight / sureness, grams.get(gram, 0.0))
    return grams


def _gram_score(store: Store, article: int, grams: _Grams) -> float:
    frequencies: dict[int, float] = {}  # of the grams that the article has, by their places
    known = frequencies.get
    tokens = store.all_tokens(article)
    for field, boost in FIELD_WEIGHTS:
        met = list(filter(grams.by_term.__contains__, tokens[field]))
        if met:
            weight = boost / store.length_norm(field, article)
            for number in met:
                for place in grams.by_term[number]:
                    frequencies[place] = known(place, 0.0) + weight
    return sum(grams.idfs[place] * (SATURATION + 1) * tf / (SATURATION + tf) for place, tf in frequencies.items())
