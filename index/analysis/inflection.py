"""Which words a word may be a form of, for a lexicon that has only some of the forms: guesses, each to be looked up."""

from _collections_abc import Iterator

_ENGLISH = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))
_FUTURE = "س"
_PRESENT = "ي"
_PERSONS = "تنا"  # what the other persons begin with in the present
_ARABIC = ("تما", "ان", "ون", "ين", "وا", "نا", "تم", "تا", "ن", "ا", "ت")  # of verbs in the past and the present, of duals
_TEH = "ت"  # what ة becomes before a pronoun
_SHORTEST = 3  # letters of an Arabic word


def english_headwords(word: str) -> Iterator[str]:
    """The words that an English word in lower case may be a form of, itself first."""
    yield word
    for ending, instead in _ENGLISH:
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead


def plainer_terms(term: str) -> Iterator[str]:
    """The terms that an Arabic term may be a form of: سيتسببان of يتسببان and يتسبب, مدينت "my city" of مدينة."""
    for whole in _without_future(term):
        for stem in (whole, *_without_endings(whole)):
            if stem != term:
                yield stem
            if stem[0] in _PERSONS:
                yield _PRESENT + stem[1:]
    if term[-1] == _TEH and len(term) > _SHORTEST:
        yield term[:-1] + "ة"


def _without_future(term: str) -> Iterator[str]:
    yield term
    if term[0] == _FUTURE and len(term) > _SHORTEST + 1 and term[1] in _PRESENT + _PERSONS:
        yield term[1:]


def _without_endings(term: str) -> Iterator[str]:
    for ending in _ARABIC:
        if term.endswith(ending) and len(term) - len(ending) >= _SHORTEST:
            yield term[: -len(ending)]
