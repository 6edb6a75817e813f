"""Question in, results out: the one place where the stages of an answer are put together."""

import time

from index.printable import printable, shown_path
from index.store import Store
from search.hits import Hit, Results, Snippet
from search.query import Query, parse
from search.scoring import best, score
from search.snippets import explain, mark

DEFAULT_LIMIT = 10


def answer(
    store: Store, question: str, *, limit: int = DEFAULT_LIMIT, language: str | None = None, plain: bool = False
) -> Results:
    """The best `limit` articles for `question`, only those in `language` if it is given.

    `plain` takes every character as text. The same store, question and options give the same results in every process,
    but for the time they took. Raises `UsageError` for a question that cannot be asked.
    """
    started = time.perf_counter()
    query = parse(question, plain=plain)
    scores, idfs = score(store, query)
    if language:
        wanted = store.in_language(language)
        scores = {article: value for article, value in scores.items() if article in wanted}
    hits = []
    for rank, (number, value) in enumerate(best(store, scores, limit), start=1):
        article = store.article(number)
        snippets, matched = explain(store, article, query, idfs)
        hits.append(
            Hit(
                rank=rank,
                number=number,
                id=article.id,
                path=shown_path(article.path),
                lang=article.lang,
                title=printable(article.display_title),
                date=article.date,
                score=value,
                snippets=snippets,
                matched=matched,
            )
        )
    return Results(query, len(scores), tuple(hits), 1000 * (time.perf_counter() - started))


def read(store: Store, hit: Hit, query: Query) -> list[Snippet]:
    """The whole article of a hit, a snippet a line, the words that answer `query` marked; its title first, if it has one."""
    return mark(store, store.article(hit.number), query)
