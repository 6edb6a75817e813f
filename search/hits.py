"""What was found: the answer to a question, ready to be drawn or written. All its text but ids and questions is printable."""

from _collections_abc import Mapping

from search.query import Query, Variant


class Snippet:
    """A passage of a hit's `field` on one line; `highlights` are (start, end) in code points of `text`, rising, apart."""

    __slots__ = ("field", "highlights", "text")

    def __init__(self, field: str, text: str, highlights: tuple[tuple[int, int], ...]) -> None:
        self.field = field
        self.text = text
        self.highlights = highlights


class Matched:
    """A word of the question that a hit answers: by which kind of variant, and the forms `found` in the article.

    `weight` is that of the surest of these variants.
    """

    __slots__ = ("found", "origin", "weight", "word")

    def __init__(self, word: str, origin: str, weight: float, found: tuple[str, ...]) -> None:
        self.word = word
        self.origin = origin
        self.weight = weight
        self.found = found


class Hit:
    """One article of an answer. `number` opens it in the store that answered; `title` is what a list shows, never empty."""

    __slots__ = ("date", "id", "lang", "matched", "number", "path", "rank", "score", "snippets", "title")

    def __init__(
        self,
        *,
        rank: int,
        number: int,
        id: str,
        path: str,
        lang: str,
        title: str,
        date: str | None,
        score: float,
        snippets: tuple[Snippet, ...],
        matched: tuple[Matched, ...],
    ) -> None:
        self.rank = rank
        self.number = number
        self.id = id
        self.path = path
        self.lang = lang
        self.title = title
        self.date = date
        self.score = score
        self.snippets = snippets
        self.matched = matched


class Results:
    """The answer to `query`: the best `hits` of `total` articles (None: not counted), and the milliseconds it took.

    `found` has the forms in which the hits have each variant that they have.
    """

    __slots__ = ("found", "hits", "query", "took_ms", "total")

    def __init__(
        self,
        query: Query,
        total: int | None,
        hits: tuple[Hit, ...],
        found: Mapping[Variant, tuple[str, ...]],
        took_ms: float = 0.0,
    ) -> None:
        self.query = query
        self.total = total
        self.hits = hits
        self.found = found
        self.took_ms = took_ms
