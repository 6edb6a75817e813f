"""The analysis of this package in the form that Whoosh asks for."""

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token

from index.analysis.terms import analyze


class NewsAnalyzer(Analyzer):
    """A Whoosh analyzer whose tokens are the words of a text, each under the term of its own script.

    Positions count the words that have a term; character offsets are those of the whole surface word.
    """

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """The tokens of `value`; of Whoosh's keywords, those that shift positions and offsets are heeded."""
        token = Token(positions=True, chars=True, removestops=True, mode=options.get("mode", ""))
        shift = options.get("start_char", 0)
        for position, (start, end, term) in enumerate(analyze(value), start=options.get("start_pos", 0)):
            token.text, token.original = term, value[start:end]
            token.pos, token.startchar, token.endchar = position, shift + start, shift + end
            yield token
