"""What else could have been meant: each word of a query gains the other ways to write it that the articles have."""

from index.store import Store
from index.variants import variants_of
from search.query import Clause, Query, Variant


def widen(store: Store, query: Query, *, translate: bool = True) -> Query:
    """`query` with what else its words may be written as for variants; what stands in quotes stays as it is.

    With `translate` they may be of the other language.
    """
    return Query(query.text, tuple(_widened(store, clause, translate=translate) for clause in query.clauses), query.terms)


def _widened(store: Store, clause: Clause, *, translate: bool) -> Clause:
    if clause.quoted:
        return clause
    (typed,) = clause.variants
    others = variants_of(store, clause.word, typed.terms[0], translate=translate)
    return Clause(clause.word, (typed, *(Variant((term,), weight, origin) for term, origin, weight in others)))
