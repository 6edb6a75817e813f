"""Where terms stand next to each other, or near each other."""

from _collections_abc import Sequence

from index.store import Store


def find_phrase(store: Store, field: str, terms: Sequence[str], slop: int) -> tuple[Sequence[int], Sequence[float]]:
    """The articles in whose `field` the terms stand in their order, rising, and how often, over `length_norm`.

    Up to `slop` other words may stand between one of them and the next.
    """
    numbers = [number for term in terms if (number := store.number_of(term)) is not None]
    if len(numbers) < len(terms):
        return [], []
    shortest, *others = sorted((store.postings(field, number)[0] for number in set(numbers)), key=len)
    articles, weights = [], []
    first, second, *_ = [number & 255 for number in numbers]
    for article in sorted(set(shortest).intersection(*others)):
        if not _may_begin(store.low_tokens(field, article), first, second, slop):
            continue
        times = _count(store.tokens(field, article).tolist(), numbers, slop)
        if times:
            articles.append(article)
            weights.append(times / store.length_norm(field, article))
    return articles, weights


def _may_begin(tokens: bytes, first: int, second: int, slop: int) -> bool:
    """Whether a phrase may begin in a field, as far as the lowest bytes tell, of its tokens and of the phrase's first two."""
    here = tokens.find(first)
    while here >= 0:
        if tokens.find(second, here + 1, here + 2 + slop) >= 0:
            return True
        here = tokens.find(first, here + 1)
    return False


def runs_of_phrase(tokens: list[int], start: int, numbers: Sequence[int], slop: int) -> list[tuple[int, int]]:
    """The first places and the ends of the words of a phrase that begins at `start`, where its first term stands.

    Words next to each other are one run; there is none where no phrase begins.
    """
    runs: list[tuple[int, int]] = []
    for place in _places(tokens, start, numbers[1:], slop):
        if runs and runs[-1][1] == place:
            runs[-1] = runs[-1][0], place + 1
        else:
            runs.append((place, place + 1))
    return runs


def _places(tokens: list[int], here: int, rest: Sequence[int], slop: int) -> tuple[int, ...]:
    """Where the words of a phrase stand of which one is `here` and the `rest` is to come; none where it does not."""
    if not rest:
        return (here,)
    for place in range(here + 1, min(here + 2 + slop, len(tokens))):
        if tokens[place] == rest[0] and (found := _places(tokens, place, rest[1:], slop)):
            return (here, *found)
    return ()


def _count(tokens: list[int], numbers: Sequence[int], slop: int) -> int:
    """How often a phrase begins in a field; one may begin within another."""
    times, here = 0, -1
    for _ in range(tokens.count(numbers[0])):
        here = tokens.index(numbers[0], here + 1)
        times += bool(runs_of_phrase(tokens, here, numbers, slop))
    return times
