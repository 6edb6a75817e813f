"""What an article would be asked for by: its most telling words, for the articles nearest to it to be found."""

from index.errors import UsageError
from index.printable import printable
from index.store import Store
from search.query import Clause, Query, Variant
from search.scoring import FIELD_WEIGHTS, idf

_MOST_TELLING = 25  # words: fewer find fewer translations, more take longer


def query_of(store: Store, number: int) -> Query:
    """The query of the words that tell most about an article, by tf-idf, in reading order; its text is the article's id.

    Raises `UsageError` where none of its words tells anything.
    """
    article = store.article(number)
    frequencies: dict[int, float] = {}
    words: dict[int, str] = {}
    for field, boost in FIELD_WEIGHTS:
        text = article.text(field)
        tokens, bounds = store.words(article, field)
        for token, start, end in zip(tokens, bounds[::2], bounds[1::2], strict=True):
            frequencies[token] = boost + frequencies.get(token, 0.0)
            words.setdefault(token, text[start:end])
    weights = {
        token: (1 + times) * idf(store.article_count, store.article_frequency(token))
        for token, times in frequencies.items()
        if not store.is_stop_word(words[token])
    }
    telling = set(sorted(weights, key=lambda token: -weights[token])[:_MOST_TELLING])  # among equals, the first
    terms = {token: store.term(token) for token in words if token in telling}
    clauses = (Clause(words[token], (Variant((term,), 1.0, "typed"),)) for token, term in terms.items())
    if not terms:
        raise UsageError(f"the article {printable(article.id)} has no words that another could share: name another one")
    return Query(article.id, tuple(clauses), tuple(terms.values()))
