"""Which term each word stands for, by the script of the word."""

from functools import lru_cache

from index.analysis import arabic, english
from index.analysis.words import find_words, is_arabic, words_of

# Beyond this many code points a "word" is noise; its first part is its term, and folding and stemming stay cheap.
MAX_WORD = 256


def term_of(word: str) -> str:
    """The term that `word`, as found by `find_words`, is indexed and looked up under; empty where nothing of it is left."""
    return _term_of(word[:MAX_WORD])


@lru_cache(maxsize=1 << 12)  # a memo for the words that every article begins with
def _term_of(head: str) -> str:
    head = head.replace(".", "")  # only an acronym holds dots: U.S. is US
    return arabic.term(head) if is_arabic(head) else english.term(head)


def analyze(text: str) -> list[tuple[int, int, str]]:
    """(start, end, term) of each word of `text` that has a term; its place in the list is its position."""
    return [(start, end, term) for start, end in find_words(text) if (term := term_of(text[start:end]))]


def has_words(text: str) -> bool:
    """Whether `text` holds a word that has a term."""
    return any(map(term_of, words_of(text)))
