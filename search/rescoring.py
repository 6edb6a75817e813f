"""A closer look at the articles that are best so far: how much of the question their words share, letter by letter.

Runs of four letters meet where terms do not: in words of one root, in spellings, in endings that no rule takes off. They are
scored as terms are, by BM25F (`scoring`), and the stop words of the question count here too. Only articles that some clause
meets are looked at, so that what is found does not depend on it.
"""

from _collections_abc import Sequence

from index.grams import grams_of
from index.store import Store
from search.query import Query
from search.scoring import FIELD_WEIGHTS, SATURATION, idf

RESCORED = 12  # articles: more of them change next to nothing among the first ten
# Of a gram beside a clause, by whether it is English: where words have fewer forms, less is left for it to find.
_WEIGHTS = {True: 0.2, False: 0.4}


def rescore(store: Store, query: Query, ranked: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """`ranked` articles and their scores, the first `RESCORED` of them scored anew, best first, ties in the order of ids."""
    grams = dict.fromkeys(gram for term in query.terms for gram in grams_of(term))
    terms = [store.with_gram(gram) for gram in grams]
    grams_by_term: dict[int, list[int]] = {}
    for place, numbers in enumerate(terms):
        for number in numbers:
            grams_by_term.setdefault(number, []).append(place)
    idfs = [
        _WEIGHTS[gram.isascii()] * idf(store.article_count, store.article_frequency(*numbers))
        for gram, numbers in zip(grams, terms, strict=True)
    ]
    scored = [(article, score + _gram_score(store, article, grams_by_term, idfs)) for article, score in ranked[:RESCORED]]
    return sorted([*scored, *ranked[RESCORED:]], key=lambda pair: (-pair[1], store.rank(pair[0])))


def _gram_score(store: Store, article: int, grams_by_term: dict[int, list[int]], idfs: Sequence[float]) -> float:
    frequencies: dict[int, float] = {}  # of the grams that the article has, by their places
    known = frequencies.get
    tokens = store.all_tokens(article)
    for field, boost in FIELD_WEIGHTS:
        met = list(filter(grams_by_term.__contains__, tokens[field]))
        if met:
            weight = boost / store.length_norm(field, article)
            for number in met:
                for place in grams_by_term[number]:
                    frequencies[place] = known(place, 0.0) + weight
    return sum(idfs[place] * (SATURATION + 1) * tf / (SATURATION + tf) for place, tf in frequencies.items())
