"""The fields of an article, as Whoosh is told of them."""

from typing import Any

from whoosh.fields import ID, STORED, TEXT, Schema

from index.analysis.analyzer import NewsAnalyzer


class _Words(TEXT):
    """Text whose words the codec counts by itself, so that an article is analysed once."""

    def index(self, *_: Any, **__: Any) -> tuple[()]:
        return ()


class _Whole(ID):
    """A value that is one term, which the codec takes from the article itself."""

    def index(self, *_: Any, **__: Any) -> tuple[()]:
        return ()


SCHEMA = Schema(
    id=_Whole(stored=True, unique=True),
    lang=_Whole(stored=True),
    title=_Words(analyzer=NewsAnalyzer(), phrase=False, stored=True),
    body=_Words(analyzer=NewsAnalyzer(), phrase=False, stored=True),
    path=STORED(),
    date=STORED(),
    display_title=STORED(),
)
