"""The fields of an article, as Whoosh is told of them."""

from typing import Any

from whoosh.fields import ID, STORED, TEXT, Schema

from index.analysis.analyzer import NewsAnalyzer


class Given(str):
    """A value on its way through Whoosh's writer to the codec, which takes it apart by itself."""

    __slots__ = ()


class _Words(TEXT):
    """Text whose words the codec counts, so that an article is analysed once."""

    def index(self, value: str, **_: Any) -> tuple[()]:
        return _left_to_the_codec(value)


class _Whole(ID):
    """A value that is one term."""

    def index(self, value: str, **_: Any) -> tuple[()]:
        return _left_to_the_codec(value)


def _left_to_the_codec(value: str) -> tuple[()]:
    if not isinstance(value, Given):
        raise NotImplementedError("an index of news is built whole, by index: no article can be added to it")
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
