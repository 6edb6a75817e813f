"""Which passage of an article shows why it was found, and which of its characters to mark."""

from _collections_abc import Iterator, Mapping, Sequence

from index.printable import printable
from index.store import Article, Store
from search.hits import Matched, Snippet
from search.phrases import runs_of_phrase
from search.query import Clause, Query, Variant

# The number of the first term of a variant -> what may begin with it: the place of a clause in its query, the variant, and
# the numbers of all its terms.
Beginnings = Mapping[int, Sequence[tuple[int, Variant, Sequence[int]]]]
Forms = dict[Variant, dict[str, None]]  # the surface forms in which each variant is met, in reading order
LENGTH = 240  # code points of a passage: two or three lines of a terminal
_REPEATED = 0.2  # what a clause met again in a passage is worth beside a first meeting


class Occurrence:
    """A place in a field where a variant of a clause (by its place in the query) stands, as offsets of whole words.

    Where other words stand in a phrase it has several; `whole` is all of it.
    """

    __slots__ = ("clause", "end", "start", "variant", "whole")

    def __init__(self, start: int, end: int, clause: int, variant: Variant, whole: slice | None = None) -> None:
        self.start = start
        self.end = end
        self.clause = clause
        self.variant = variant
        self.whole = whole or slice(start, end)


def beginnings(store: Store, query: Query) -> Beginnings:
    """What to look for in the articles of `store` to find where they meet `query`."""
    begins: dict[int, list[tuple[int, Variant, Sequence[int]]]] = {}
    for clause, variants in enumerate(clause.variants for clause in query.clauses):
        for variant in variants:
            numbers = [number for term in variant.terms if (number := store.number_of(term)) is not None]
            if len(numbers) == len(variant.terms):
                begins.setdefault(numbers[0], []).append((clause, variant, numbers))
    return begins


def find_occurrences(tokens: list[int], bounds: Sequence[int], begins: Beginnings) -> list[Occurrence]:
    """Where the words of a field, given as a store has them, meet a query, in reading order."""
    found = []
    for place in [place for place, token in enumerate(tokens) if token in begins]:
        for clause, variant, numbers in begins[tokens[place]]:
            runs = runs_of_phrase(tokens, place, numbers, variant.slop)
            for first, end in runs:
                whole = slice(bounds[2 * place], bounds[2 * runs[-1][1] - 1])
                found.append(Occurrence(bounds[2 * first], bounds[2 * end - 1], clause, variant, whole))
    return sorted(found, key=lambda occurrence: occurrence.start)


def explain(store: Store, article: Article, begins: Beginnings, idfs: Sequence[float]) -> tuple[tuple[Snippet, ...], Forms]:
    """Why `article` answers: its marked title if that is met, its best passage, and the forms met of each variant.

    `idfs` are those of the clauses.
    """
    title = find_occurrences(*store.words(article, "title"), begins)
    tokens, bounds = store.words(article, "body")
    body = find_occurrences(tokens, bounds, begins)
    snippets = []
    if title:
        snippets.append(_snippet("title", article.text("title"), 0, len(article.text("title")), _unite(title)))
    if bounds:
        start, end = _passage(article.body, bounds, _densest(article.body, body, idfs) or (bounds[0], bounds[1]))
        snippets.append(_snippet("body", article.body, start, end, _unite(body)))
    forms: Forms = {}
    for field, occurrences in (("title", title), ("body", body)):
        for occurrence in occurrences:
            surface = printable(article.text(field)[occurrence.whole])
            forms.setdefault(occurrence.variant, {})[surface] = None
    return tuple(snippets), forms


def rows(query: Query, forms: Forms) -> tuple[Matched, ...]:
    """The words of `query` that are met, a row for each of their origins."""
    return tuple(row for clause in query.clauses for row in _rows_of(clause, forms))


def _rows_of(clause: Clause, forms: Forms) -> Iterator[Matched]:
    by_origin: dict[str, list[Variant]] = {}
    for variant in clause.variants:
        if variant in forms:
            by_origin.setdefault(variant.origin, []).append(variant)
    for origin, variants in by_origin.items():
        found = dict.fromkeys(form for variant in variants for form in forms[variant])
        yield Matched(clause.word, origin, max(variant.weight for variant in variants), tuple(found))


def mark(store: Store, article: Article, query: Query) -> list[Snippet]:
    """The whole article, a snippet a line: its title first, if it has one."""
    begins = beginnings(store, query)
    marked = []
    for field in ("title", "body"):
        text = article.text(field)
        spans = _unite(find_occurrences(*store.words(article, field), begins))
        start = 0
        for line in text.split("\n") if text else ():
            marked.append(_snippet(field, text, start, start + len(line), spans))
            start += len(line) + 1
    return marked


def _densest(text: str, occurrences: Sequence[Occurrence], idfs: Sequence[float]) -> tuple[int, int] | None:
    """The bounds of the occurrences that together say most within `LENGTH` and one paragraph, if there are any."""
    best, bounds = 0.0, None
    counts: dict[int, int] = {}  # clause -> its occurrences from the first to the last but one
    last = 0
    for first, occurrence in enumerate(occurrences):
        while last < len(occurrences) and (last == first or _reaches(text, occurrence, *occurrences[last - 1 : last + 1])):
            counts[occurrences[last].clause] = counts.get(occurrences[last].clause, 0) + 1
            last += 1
        value = sum(idfs[clause] * (1 + _REPEATED * (times - 1)) for clause, times in sorted(counts.items()) if times)
        if value > best:
            best, bounds = value, (occurrence.start, max(other.end for other in occurrences[first:last]))
        counts[occurrence.clause] -= 1
    return bounds


def _reaches(text: str, first: Occurrence, before: Occurrence, last: Occurrence) -> bool:
    """Whether a passage from `first` to `before` may go on to `last`, the next one."""
    return last.end - first.start <= LENGTH and "\n" not in text[before.end : last.start]


def _passage(text: str, bounds: Sequence[int], wanted: tuple[int, int]) -> tuple[int, int]:
    """`wanted` widened to `LENGTH` within their paragraph, cut at spaces, or between words where there are none.

    `bounds` are where the words of the text start and end, in turn.
    """
    start, end = wanted
    end = min(end, start + LENGTH)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    room = LENGTH - (end - start)
    left = max(first, start - room // 2)
    right = min(last, end + room - (start - left))
    left = max(first, left - (end + room - (start - left) - right))
    left = _cut_left(text, bounds, left, start) if left > first else left
    right = _cut_right(text, bounds, end, right) if right < last else right
    return left + len(text[left:start]) - len(text[left:start].lstrip()), right


def _cut_left(text: str, bounds: Sequence[int], left: int, start: int) -> int:
    """Where a passage begins that may begin at `left` and holds `start`."""
    for offset in range(left - 1, start):
        if text[offset].isspace():
            return offset + 1
    return next((begin for begin in bounds[::2] if left <= begin <= start), left)


def _cut_right(text: str, bounds: Sequence[int], end: int, right: int) -> int:
    """Where a passage ends that holds what ends at `end` and may go on to `right`."""
    for offset in range(right, end - 1, -1):
        if text[offset].isspace():
            return offset
    return max((stop for stop in bounds[1::2] if end <= stop <= right), default=right)


def _snippet(field: str, text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Snippet:
    """`text[start:end]` made printable, with the spans in it marked and an ellipsis where its line goes on."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    shown = "… " if text[line_start:start].strip() else ""
    highlights = []
    here = start
    for first, last in ((max(start, first), min(end, last)) for first, last in spans if first < end and last > start):
        shown += printable(text[here:first])
        marked = printable(text[first:last])
        highlights.append((len(shown), len(shown) + len(marked)))
        shown += marked
        here = last
    shown += printable(text[here:end]).rstrip()
    if text[end : line_end if line_end >= 0 else len(text)].strip():
        shown += " …"
    return Snippet(field, shown, tuple(highlights))


def _unite(occurrences: Sequence[Occurrence]) -> list[tuple[int, int]]:
    """The occurrences as spans that rise and do not overlap."""
    spans: list[tuple[int, int]] = []
    for occurrence in occurrences:
        if spans and occurrence.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(occurrence.end, spans[-1][1]))
        else:
            spans.append((occurrence.start, occurrence.end))
    return spans
