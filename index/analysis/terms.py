"""Which term each word stands for, by the script of the word."""

from functools import lru_cache

from index.analysis import arabic, arabic_spelling, english, english_spelling
from index.analysis.words import find_words, is_arabic, words_of

# Beyond this many code points a "word" is noise; its first part is its term, and folding and stemming stay cheap.
MAX_WORD = 256
Readings = tuple[str, str, str]


def readings_of(word: str) -> Readings:
    """The term of `word`, as found by `find_words`, empty where nothing of it is left, and what else it may stand for.

    These are the terms of two shorter readings, the second one of what the first leaves; they are empty where there is none.
    `index.analysis.readings` decides.
    """
    head = word[:MAX_WORD]
    if is_arabic(head):
        return arabic.readings(head.replace(".", ""))  # only an acronym holds dots
    return english.term(head), "", ""


def term_of(word: str) -> str:
    """The first of the `readings_of` a word: its term as far as no corpus is asked."""
    return _term_of(word[:MAX_WORD])


def bare(word: str) -> str:
    """`word` without what an Arabic word has before it: conjunctions and articles; any other word folded."""
    head = word[:MAX_WORD]
    return arabic.bare(head) if is_arabic(head) else english_spelling.fold(head)


@lru_cache(maxsize=1 << 12)  # a memo for the words that every article begins with
def _term_of(head: str) -> str:
    return readings_of(head)[0]


def fold(word: str) -> str:
    """A word as found by `find_words` in the one spelling that stands for all of its spellings."""
    head = word[:MAX_WORD]
    return arabic_spelling.fold(head) if is_arabic(head) else english_spelling.fold(head)


def analyze(text: str) -> list[tuple[int, int, str]]:
    """(start, end, term) of each word of `text` that has a term; its place in the list is its position."""
    return [(start, end, term) for start, end in find_words(text) if (term := term_of(text[start:end]))]


def has_words(text: str) -> bool:
    """Whether `text` holds a word that has a term."""
    return any(map(term_of, words_of(text)))
