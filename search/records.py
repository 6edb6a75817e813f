"""The answer for a program: JSON."""

from search.hits import Hit, Results
from search.query import Clause


def record(results: Results) -> dict[str, object]:
    """The answer as an object of JSON."""
    return {
        "query": results.query.text,
        "total": results.total,
        "took_ms": round(results.took_ms, 1),
        "suggestion": None,
        "clauses": [_clause(clause, results) for clause in results.query.clauses],
        "hits": [_hit(hit) for hit in results.hits],
    }


def refusal(question: str, error: str) -> dict[str, object]:
    """The object that stands for a question that was not answered."""
    return {"query": question, "hits": [], "error": error}


def _clause(clause: Clause, results: Results) -> dict[str, object]:
    variants = [
        {"term": " ".join(v.terms), "origin": v.origin, "weight": v.weight, "found": list(results.found.get(v, ()))}
        for v in clause.variants
    ]
    return {"word": clause.word, "variants": variants}


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "rank": hit.rank,
        "id": hit.id,
        "path": hit.path,
        "lang": hit.lang,
        "title": hit.title,
        "date": hit.date,
        "score": round(hit.score, 4),
        "snippets": [
            {"field": s.field, "text": s.text, "highlights": [list(span) for span in s.highlights]} for s in hit.snippets
        ],
        "matched": [{"word": m.word, "origin": m.origin, "weight": m.weight, "found": list(m.found)} for m in hit.matched],
    }
