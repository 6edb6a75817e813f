"""Which term each word stands for, by the script of the word."""

from index.analysis import arabic, english
from index.analysis.words import find_words, is_arabic

# Beyond this many code points a "word" is noise; its first part is its term, and folding and stemming stay cheap.
MAX_WORD = 256


class _Terms(dict[str, str]):
    """surface word -> term, worked out once a word: words repeat, and stemming is the slow part."""

    def __missing__(self, word: str) -> str:
        head = word[:MAX_WORD].replace(".", "")  # only an acronym holds dots: U.S. is US
        term = self[word] = arabic.term(head) if is_arabic(head) else english.term(head)
        return term


_TERMS = _Terms()


def term_of(word: str) -> str:
    """The term that `word`, as found by `find_words`, is indexed and looked up under; empty where nothing of it is left."""
    return _TERMS[word]


def analyze(text: str) -> list[tuple[int, int, str]]:
    """(start, end, term) of each word of `text` that has a term; its place in the list is its position."""
    return [(start, end, term) for start, end in find_words(text) if (term := _TERMS[text[start:end]])]
