"""Which surface words an answer marks in the articles that it finds."""

from collections import Counter

from index.store import Store
from search.engine import answer, read


def marked(store: Store, question: str) -> dict[str, dict[str, int]]:
    """How often each surface word is marked in the whole of each article that answers, by the language of that, best first."""
    results = answer(store, question)
    return {
        hit.lang: dict(
            Counter(snippet.text[start:end] for snippet in read(store, hit, results.query) for start, end in snippet.highlights)
        )
        for hit in results.hits
    }
