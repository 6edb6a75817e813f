"""From text to words to terms; called alike for articles and for questions."""

from index.analysis.terms import analyze, term_of
from index.analysis.words import find_words

__all__ = ["analyze", "find_words", "term_of"]
