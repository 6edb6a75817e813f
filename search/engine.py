"""Question in, results out: the one place where the stages of an answer are put together."""

import time
from _collections_abc import Sequence

from index.errors import UsageError
from index.printable import encodable, printable, shown_path
from index.store import Store
from search.hits import Hit, Results, Snippet
from search.query import Query, parse
from search.rescoring import RESCORED, rescore
from search.scoring import Postings, best, count, look_up
from search.snippets import Forms, beginnings, explain, mark, rows
from search.widening import widen

DEFAULT_LIMIT = 10


def answer(
    store: Store,
    question: str,
    *,
    limit: int = DEFAULT_LIMIT,
    language: str | None = None,
    plain: bool = False,
    exact: bool = False,
    translate: bool = True,
    counted: bool = True,
) -> Results:
    """The best `limit` articles for `question`, only those in `language` if it is given.

    `plain` takes every character as text, `exact` every word for itself: nothing else is looked for, and nothing but the
    scores of the clauses counts. Without `translate` nothing of the other language is looked for. Without `counted` the
    articles that answer are not counted. The same store,
    question and options give the same results in every process, but for the time they took. Raises `UsageError` for a
    question that cannot be asked.
    """
    started = time.perf_counter()
    query = parse(question, store.term_of, store.is_stop_word, plain=plain)
    if not exact:
        query = widen(store, query, translate=translate)
    results = find(store, query, limit=limit, language=language, exact=exact, counted=counted)
    results.took_ms = 1000 * (time.perf_counter() - started)
    return results


def similar(
    store: Store,
    id: str,
    *,
    limit: int = DEFAULT_LIMIT,
    language: str | None = None,
    translate: bool = True,
    counted: bool = True,
) -> Results:
    """The `limit` articles nearest to the one with an id, which is not among them; raises `UsageError` where there is none."""
    from search.similar import query_of  # few ask for it

    started = time.perf_counter()
    number = store.number_of_article(encodable(id))
    if number is None:
        raise UsageError(f"no article has the id {printable(id)}: take one that --json shows")
    query = widen(store, query_of(store, number), translate=translate)
    results = find(store, query, limit=limit, language=language, exact=True, counted=counted, without=number)
    results.took_ms = 1000 * (time.perf_counter() - started)
    return results


def find(
    store: Store,
    query: Query,
    *,
    limit: int = DEFAULT_LIMIT,
    language: str | None = None,
    exact: bool = False,
    counted: bool = True,
    without: int | None = None,
) -> Results:
    """The best `limit` articles for a query, as `answer` gives them for a question; not the one numbered `without`."""
    postings = look_up(store, query)
    wanted = store.in_language(language) if language else None
    if without is not None:
        wanted = set(range(store.article_count) if wanted is None else wanted) - {without}
    begins, idfs = beginnings(store, query), [clause.idf for clause in postings]
    hits = []
    found: Forms = {}
    for rank, (number, score) in enumerate(ranked(store, query, postings, limit, wanted, exact=exact), start=1):
        article = store.article(number)
        snippets, forms = explain(store, article, begins, idfs)
        for variant, its in forms.items():
            found.setdefault(variant, {}).update(its)
        hits.append(
            Hit(
                rank=rank,
                number=number,
                id=article.id,
                path=shown_path(article.path),
                lang=article.lang,
                title=printable(article.display_title),
                date=article.date,
                score=score,
                snippets=snippets,
                matched=rows(query, forms),
            )
        )
    shown = {variant: tuple(forms) for variant, forms in found.items()}
    return Results(query, count(postings, wanted) if counted else None, tuple(hits), shown)


def ranked(
    store: Store, query: Query, postings: Sequence[Postings], limit: int, wanted: set[int] | None, *, exact: bool = False
) -> list[tuple[int, float]]:
    """The best `limit` articles, of the `wanted` ones if given, and their scores, best first."""
    if exact:
        return best(store, postings, limit, wanted)
    return rescore(store, query, best(store, postings, max(limit, RESCORED), wanted))[:limit]


def read(store: Store, hit: Hit, query: Query) -> list[Snippet]:
    """The whole article of a hit, a snippet a line, the words that answer `query` marked; its title first, if it has one."""
    return mark(store, store.article(hit.number), query)
