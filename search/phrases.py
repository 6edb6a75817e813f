"""Where terms stand next to each other."""

import struct
from _collections_abc import Sequence

from index.store import Store


def find_phrase(store: Store, field: str, terms: Sequence[str]) -> tuple[Sequence[int], Sequence[float]]:
    """The articles in whose `field` the terms stand next to each other, rising, and how often, over `length_norm`."""
    numbers = [store.number_of(term) for term in terms]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return [], []
    shortest, *others = sorted((store.postings(field, number)[0] for number in set(known)), key=len)
    phrase = struct.pack(f"={len(known)}I", *known)
    articles, weights = [], []
    for article in sorted(set(shortest).intersection(*others)):
        times = _count(bytes(store.tokens(field, article)), phrase)
        if times:
            articles.append(article)
            weights.append(times / store.length_norm(field, article))
    return articles, weights


def _count(tokens: bytes, phrase: bytes) -> int:
    """How often `phrase` stands in `tokens`, both of four bytes a term; one may begin within another."""
    times, here = 0, tokens.find(phrase)
    while here >= 0:
        times += here % 4 == 0
        here = tokens.find(phrase, here + 1)
    return times
