"""What else could have been meant: each word of a query gains the other ways to write it that the articles have."""

from _collections_abc import Sequence

from index.store import Store
from index.translations import Translations, translations_of_phrase
from index.variants import TRANSLATION, variants_of
from search.query import Clause, Query, Variant

_LONGEST_PHRASE = 5  # words of the lexicon
_SLOP = 1  # word between two of a phrase: وقف فوري لإطلاق النار
_PART = 0.3  # what a word of a phrase is worth by itself: not every رئيس is a رئيس الوزراء


def widen(store: Store, query: Query, *, translate: bool = True) -> Query:
    """`query` with what else its words may be written as for variants; what stands in quotes stays as it is.

    With `translate` they may be of the other language.
    """
    phrases = _phrases(store, query.clauses) if translate else {}
    clauses = (
        _widened(store, clause, phrases.get(place, {}), translate=translate) for place, clause in enumerate(query.clauses)
    )
    return Query(query.text, tuple(clauses), query.terms)


def _widened(store: Store, clause: Clause, phrase: Translations, *, translate: bool) -> Clause:
    if clause.quoted:
        return clause
    (typed,) = clause.variants
    found = {terms: (TRANSLATION, weight) for terms, weight in phrase.items() if weight}
    parts = {term for terms in found for term in terms}
    for terms, origin, alone in variants_of(store, clause.word, typed.terms[0], translate=translate):
        weight = alone
        if phrase and origin == TRANSLATION:
            # What a word of a phrase means elsewhere, it does not mean here: White House.
            weight = round(_PART * alone, 2) if parts.issuperset(terms) else 0.0
        if weight > found.get(terms, (origin, 0.0))[1]:
            found[terms] = origin, weight
    return Clause(clause.word, (typed, *(Variant(terms, weight, origin, _SLOP) for terms, (origin, weight) in found.items())))


def _phrases(store: Store, clauses: Sequence[Clause]) -> dict[int, Translations]:
    """What the phrases of a query are called, by the place of each of their clauses: the longest first, none within another."""
    found: dict[int, Translations] = {}
    here = 0
    while here < len(clauses):
        for end in range(min(len(clauses), here + _LONGEST_PHRASE), here + 1, -1):
            known = _phrase(store, clauses[here:end])
            if any(known.values()):
                found.update(dict.fromkeys(range(here, end), known))
                here = end - 1
                break
        here += 1
    return found


def _phrase(store: Store, clauses: Sequence[Clause]) -> Translations:
    if any(clause.quoted for clause in clauses):
        return {}
    return translations_of_phrase(store, [clause.variants[0].terms[0] for clause in clauses])
