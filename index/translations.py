"""What a word or phrase of a question is called in the other language, by the lexicon, in the terms of a corpus."""

from _collections_abc import Iterator, Mapping, Sequence

from index.segment import HEADWORD
from index.store import Store

_SHORTEST_PART = 3  # letters of a word that another one runs together with
_RUN_TOGETHER = 7  # letters of two

Translations = Mapping[tuple[str, ...], float]  # terms next to each other -> how likely they are meant; 0: surely not


def translations_of_phrase(store: Store, terms: Sequence[str]) -> Translations:
    """The translations of words that are an entry of the lexicon together; `terms` are theirs, but for the stop words."""
    return _look_up(store, " ".join(terms))


def translations_of(store: Store, word: str, term: str) -> Translations:
    """The translations of a word; where the lexicon lacks it, of what it may be a form of; `term` is its own."""
    if word.isascii():
        return _of_headword(store, word) or _look_up(store, term)
    return _look_up(store, term) or _of_plainer(store, term) or _of_parts(store, word)


def _look_up(store: Store, key: str) -> Translations:
    return {tuple(map(store.term, numbers)): weight for numbers, weight in store.translations(key)}


def _of_headword(store: Store, word: str) -> Translations:
    """The translations of an English word whose term is that of other words too, so that it has entries of its own."""
    from index.analysis.inflection import english_headwords

    return _first(_look_up(store, HEADWORD + headword) for headword in english_headwords(word.lower()))


def _of_plainer(store: Store, term: str) -> Translations:
    from index.analysis.inflection import plainer_terms  # most words are in the lexicon as they are

    return _first(_look_up(store, plain) for plain in plainer_terms(term)) if term else {}


def _of_parts(store: Store, word: str) -> Translations:
    """The translations of two words that were written without the space between them: كأسالعالم."""
    ways = ((word[:cut], word[cut:]) for cut in range(len(word) - _SHORTEST_PART + 1, _SHORTEST_PART - 1, -1))
    for parts in ways if len(word) >= _RUN_TOGETHER else ():
        found = [store.is_stop_word(part) or _look_up(store, store.term_of(part)) for part in parts]
        translated = [its for its in found if isinstance(its, dict)]
        if all(found) and translated:
            return {terms: weight for its in translated for terms, weight in its.items()}
    return {}


def _first(found: Iterator[Translations]) -> Translations:
    return next(filter(None, found), {})
