"""What was asked: a query of clauses, each the variants of what one word or phrase could be written as."""

from _collections_abc import Callable, Sequence

from index.errors import UsageError
from index.printable import encodable

LONGEST_QUESTION = 4_000
_QUOTES = {'"': '"', "“": "”", "«": "»"}
# Between words of these letters and these marks nothing has to be decided; all else is left to the analysis.
_DIGITS = "0123456789"
_LATIN = f"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz{_DIGITS}"
_ARABIC = "".join(map(chr, range(0x621, 0x64B)))
_JOINING = "-,:"
_SEPARATORS = dict.fromkeys(map(ord, '\t\n,;:!?()"«»“”-،؛؟'), " ")


class Variant:
    """One way to write what a clause asks for: a term, or several in their order.

    `weight` is how surely it is meant, 1 for what was typed; `origin` is where it comes from; up to `slop` words may stand
    between one term and the next.
    """

    __slots__ = ("origin", "slop", "terms", "weight")

    def __init__(self, terms: tuple[str, ...], weight: float, origin: str, slop: int = 0) -> None:
        self.terms = terms
        self.weight = weight
        self.origin = origin
        self.slop = slop


class Clause:
    """A word or a phrase of the question as it was typed, and its variants, at least one; whether it stood in quotes."""

    __slots__ = ("quoted", "variants", "word")

    def __init__(self, word: str, variants: tuple[Variant, ...], *, quoted: bool = False) -> None:
        self.word = word
        self.variants = variants
        self.quoted = quoted


class Query:
    """A question as it was typed, its clauses, at least one, no two of them the same, and the terms of all of its words."""

    __slots__ = ("clauses", "terms", "text")

    def __init__(self, text: str, clauses: tuple[Clause, ...], terms: tuple[str, ...]) -> None:
        self.text = text
        self.clauses = clauses
        self.terms = terms


def parse(text: str, term_of: Callable[[str], str], is_stop_word: Callable[[str], bool], *, plain: bool = False) -> Query:
    """The query that `text` asks: a clause a word, and one for what stands in double quotes, unless `plain`.

    A stop word has no clause of its own, unless it is quoted or there is nothing else. `term_of` gives the term of a word,
    empty where it has none. Raises `UsageError` where the text is too long or holds no word.
    """
    if len(text) > LONGEST_QUESTION:
        raise UsageError(f"the question has {len(text):,} characters: shorten it to {LONGEST_QUESTION:,}")
    text = encodable(text)
    phrases = _unquoted(text) if plain else _phrases(text)
    capitals = not text.isupper()  # IT and IS are names, unless everything is in capitals
    asked = [
        (words, quoted)
        for words, quoted in phrases
        if quoted or not is_stop_word(words[0]) or (capitals and len(words[0]) > 1 and words[0].isupper())
    ]
    clauses = _clauses(asked, term_of) or _clauses(phrases, term_of)
    if not clauses:
        raise UsageError("the question holds no word to look for: type at least one")
    terms = dict.fromkeys(term for words, _ in phrases for word in words if (term := term_of(word)))
    return Query(text, clauses, tuple(terms))


def _clauses(phrases: Sequence[tuple[Sequence[str], bool]], term_of: Callable[[str], str]) -> tuple[Clause, ...]:
    clauses: dict[tuple[str, ...], Clause] = {}
    for words, quoted in phrases:
        terms = tuple(term for word in words if (term := term_of(word)))
        if terms:
            clauses.setdefault(terms, Clause(" ".join(words), (Variant(terms, 1.0, "typed"),), quoted=quoted))
    return tuple(clauses.values())


def _phrases(text: str) -> list[tuple[list[str], bool]]:
    """The words of `text` one by one, and those between a pair of quotation marks together; and whether they were quoted.

    A mark without its partner is no mark.
    """
    phrases = []
    start = here = 0
    while here < len(text):
        end = text.find(_QUOTES[text[here]], here + 1) if text[here] in _QUOTES else -1
        if end < 0:
            here += 1
            continue
        phrases += _unquoted(text[start:here])
        phrases.append((_words(text[here + 1 : end]), True))
        start = here = end + 1
    return phrases + _unquoted(text[start:])


def _unquoted(text: str) -> list[tuple[list[str], bool]]:
    return [([word], False) for word in _words(text)]


def _words(text: str) -> list[str]:
    """The words of `text`, as `index.analysis.words` finds them, which takes long to load and is needed for few."""
    words = text.translate(_SEPARATORS).split(" ")
    joined = any(mark in text for mark in _JOINING) and any(digit in text for digit in _DIGITS)  # 8,000 and F-16 are words
    if not joined and all(not word.strip(_LATIN) or not word.strip(_ARABIC) for word in words):
        return [word for word in words if word]
    from index.analysis.words import words_of

    return list(words_of(text))
