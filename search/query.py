"""What was asked: a query of clauses, each the variants of what one word or phrase could be written as."""

import re

from index.analysis import find_words, term_of
from index.errors import UsageError
from index.printable import encodable

LONGEST_QUESTION = 4_000
_PHRASE = re.compile('"([^"]*)"|“([^”]*)”|«([^»]*)»')


class Variant:
    """One way to write what a clause asks for: a term, or several that stand next to each other.

    `weight` is how surely it is meant, 1 for what was typed; `origin` is where it comes from.
    """

    __slots__ = ("origin", "terms", "weight")

    def __init__(self, terms: tuple[str, ...], weight: float, origin: str) -> None:
        self.terms = terms
        self.weight = weight
        self.origin = origin


class Clause:
    """A word or a phrase of the question as it was typed, and its variants, at least one."""

    __slots__ = ("variants", "word")

    def __init__(self, word: str, variants: tuple[Variant, ...]) -> None:
        self.word = word
        self.variants = variants


class Query:
    """A question as it was typed, and its clauses, at least one, no two of them the same."""

    __slots__ = ("clauses", "text")

    def __init__(self, text: str, clauses: tuple[Clause, ...]) -> None:
        self.text = text
        self.clauses = clauses


def parse(text: str, *, plain: bool = False) -> Query:
    """The query that `text` asks: a clause a word, and one for what stands in double quotes, unless `plain`.

    Raises `UsageError` where the text is too long or holds no word.
    """
    if len(text) > LONGEST_QUESTION:
        raise UsageError(f"the question has {len(text):,} characters: shorten it to {LONGEST_QUESTION:,}")
    text = encodable(text)
    clauses: dict[tuple[str, ...], Clause] = {}
    for phrase in [[word] for word in _words(text)] if plain else _phrases(text):
        terms = tuple(term for word in phrase if (term := term_of(word)))
        if terms:
            clauses.setdefault(terms, Clause(" ".join(phrase), (Variant(terms, 1.0, "typed"),)))
    if not clauses:
        raise UsageError("the question holds no word to look for: type at least one")
    return Query(text, tuple(clauses.values()))


def _phrases(text: str) -> list[list[str]]:
    """The words of `text`, those between a pair of quotation marks together. A mark without its partner is no mark."""
    phrases = []
    end = 0
    for match in _PHRASE.finditer(text):
        phrases += [[word] for word in _words(text[end : match.start()])]
        phrases.append(_words(match[match.lastindex or 0]))
        end = match.end()
    return phrases + [[word] for word in _words(text[end:])]


def _words(text: str) -> list[str]:
    return [text[start:end] for start, end in find_words(text)]
