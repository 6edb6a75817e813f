"""What else a word of a question may be written as in the articles of a store: plurals, look-alikes, names in either script."""

from _collections_abc import Iterable

from index.grams import grams_of
from index.store import Store

Variant = tuple[tuple[str, ...], str, float]  # terms, origin, weight: how surely it is meant, 1 for what was typed
PLURAL, ALIKE, NAME, TRANSLATION = "plural", "alike", "name", "translation"
TRANSLATED = frozenset((NAME, TRANSLATION))  # of the other language
_PLURAL_WEIGHT = 0.25  # of a plural that no rule makes: more of them lowers the ranking
_ALIKE_WEIGHT = 0.5
_MOST_ALIKE = 8  # terms, those of most articles
_SELDOM = 8  # times as many articles have the one as the other: the other may be a slip
_SHARED = 0.3  # of its grams: less is not worth a closer look, unless nothing else is there
_DIGITS = "0123456789"
_HYPHENS = "-\u2010\u2011"
_SHORTEST_NAME = 3  # letters before a number
_BESIDE_LEXICON = 0.5  # what a name is worth where the lexicon answers too
_LEAST_NAME = 0.15  # what less sure ones bring there is seldom right: call, قال


def variants_of(store: Store, word: str, term: str, *, translate: bool = True) -> list[Variant]:
    """The terms of the corpus, besides its own, that a word may be met by; `term` is its own, in the corpus or not.

    With `translate` they may be of the other language.
    """
    found: dict[tuple[str, ...], Variant] = {}
    for number in store.forms(term):
        other = store.term(number)
        found[other,] = ((other,), PLURAL, _PLURAL_WEIGHT)
    for other in _alike(store, word, term):
        found.setdefault((other,), ((other,), ALIKE, _ALIKE_WEIGHT))
    if translate and not store.is_stop_word(word):
        for variant in _translations(store, word, term):
            found.setdefault(variant[0], variant)
    return list(found.values())


def _translations(store: Store, word: str, term: str) -> Iterable[Variant]:
    """What a word is called in the other language, by the lexicon or by its sound."""
    from index.namesakes import namesakes  # --exact and --no-translate need neither
    from index.translations import translations_of

    known = translations_of(store, word, term)
    found = {terms: (terms, TRANSLATION, weight) for terms, weight in known.items() if weight}
    believed = _BESIDE_LEXICON if found else 1.0
    for name, weight in namesakes(store, word, term):
        likely = max(known.get((name,), 0.0), believed * weight)
        if known.get((name,)) != 0 and likely >= _LEAST_NAME:
            found[name,] = (name,), NAME, round(likely, 2)
    return found.values()


def _alike(store: Store, word: str, term: str) -> list[str]:
    """The terms of the corpus that look like spellings of a word, those of most articles."""
    articles = store.articles_with(term)
    near = _neighbours(store, term, unknown=not articles)
    alike = [other for other, count in near.items() if _looks_alike(term, articles, other, count)]
    alike += _numbered(store, word, near)
    if not articles:
        alike += _behind_prepositions(word, term)
    counted = sorted((-(near.get(other) or store.articles_with(other)), other) for other in dict.fromkeys(alike))
    return [other for count, other in counted[:_MOST_ALIKE] if count]


def _looks_alike(term: str, articles: int, other: str, others: int) -> bool:
    from index.spelling import look_alike  # for few words something near enough stands in the articles

    fewer, more = sorted((articles, others))
    return look_alike(term, other, seldom=fewer * _SELDOM <= more, unknown=not articles)


def _neighbours(store: Store, term: str, *, unknown: bool) -> dict[str, int]:
    """The other terms of the corpus that share enough grams with a term to look like it, and how many articles have each."""
    grams = grams_of(term)
    shared: dict[int, int] = {}
    for gram in grams:
        for number in store.with_gram(gram):
            shared[number] = shared.get(number, 0) + 1
    enough = 1 if unknown or len(term) <= _SHORTEST_NAME else max(2, _SHARED * len(grams))
    near = {store.term(number): store.article_frequency(number) for number, times in shared.items() if times >= enough}
    near.pop(term, None)
    return near


def _numbered(store: Store, word: str, near: Iterable[str]) -> list[str]:
    """The terms of names with and without a number, of those that are `near`: COVID, COVID-19."""
    name = word.lower().rstrip(_DIGITS)
    if len(name) == len(word):
        return [other for other in near if len(other) > len(name) >= _SHORTEST_NAME and other.rstrip(_DIGITS) == name]
    name = name.rstrip(_HYPHENS)
    known = store.known_term(name) if len(name) >= _SHORTEST_NAME else None
    return [known] if known else []


def _behind_prepositions(word: str, term: str) -> list[str]:
    """The words that nobody can tell to be this one behind a preposition, because it stands nowhere alone: لكييف."""
    if word.isascii():
        return []
    from index.analysis.names import PREPOSITIONS
    from index.analysis.terms import readings_of  # loaded already: the word is in no article

    behind = [readings_of(preposition + word) for preposition in PREPOSITIONS]
    return [whole for whole, *shorter in behind if term in shorter]
