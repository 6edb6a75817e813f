"""This project as a contender: questions put to an open index."""

from collections.abc import Sequence
from pathlib import Path

from index.generation import open_generation
from index.store import Store
from search.engine import DEFAULT_LIMIT, find, ranked
from search.query import Clause, Query, Variant
from search.scoring import look_up


class Warm:
    """An open index that is asked one question after the other."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(open_generation(str(folder)))

    def ask(self, clauses: Sequence[Sequence[str]], *, snippets: bool) -> list[str]:
        """The ids of the ten best articles for clauses of words that mean the same, with their marked passages if asked."""
        clauses_asked = tuple(self._clause(words) for words in clauses)
        query = Query("", clauses_asked, tuple(clause.variants[0].terms[0] for clause in clauses_asked))
        if snippets:
            return [hit.id for hit in find(self._store, query, counted=False).hits]
        found = ranked(self._store, query, look_up(self._store, query), DEFAULT_LIMIT, None)
        return [self._store.article(article).id for article, _ in found]

    def _clause(self, words: Sequence[str]) -> Clause:
        terms = dict.fromkeys(self._store.term_of(word) for word in words)
        return Clause(words[0], tuple(Variant((term,), 0.5, "translation") for term in terms))
