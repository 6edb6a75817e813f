"""The fields of an article, as Whoosh is told of them."""

from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, STORED, TEXT, Schema

from index.analysis.analyzer import NewsAnalyzer

# Whoosh keeps a field's length in one byte, exact to about a hundred words: our own scores need the true lengths.
_LENGTH = COLUMN(NumericColumn("I"))
_WORDS = TEXT(analyzer=NewsAnalyzer(), phrase=True, stored=True)

FIELDS = ("title", "body")  # those that are searched
SCHEMA = Schema(
    id=ID(stored=True, unique=True),
    lang=ID(stored=True),
    title=_WORDS,
    title_length=_LENGTH,
    body=_WORDS,
    body_length=_LENGTH,
    path=STORED(),
    date=STORED(),
    display_title=STORED(),
)
