"""Why a word matches: what becomes of each word of a text, on its own and among the articles of an index."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from index.analysis.terms import fold, readings_of
from index.analysis.words import find_words, script_of
from index.printable import printable
from index.store import Store
from index.variants import Variant, variants_of


@dataclass(frozen=True, slots=True)
class AnalyzedWord:
    """A word, where it stands in code points, and what it is looked up as.

    `readings` are the terms that it may have: one, or two between which a corpus decides. `articles` says how many of an index
    have the term; it is None, and there are no `variants`, where no index is asked.
    """

    word: str
    start: int
    end: int
    script: str
    folded: str
    readings: tuple[str, ...]
    term: str
    stop_word: bool | None
    articles: int | None
    variants: tuple[Variant, ...]


def analyze_words(text: str, store: Store | None) -> Iterator[AnalyzedWord]:
    """Each word of `text`; its term is the one of the corpus of `store`, or else as far as no corpus is asked."""
    for start, end in find_words(text):
        word = text[start:end]
        term = store.term_of(word) if store else readings_of(word)[0]
        yield AnalyzedWord(
            word=word,
            start=start,
            end=end,
            script=script_of(word),
            folded=fold(word),
            readings=tuple(filter(None, readings_of(word))),
            term=term,
            stop_word=store.is_stop_word(word) if store else None,
            articles=store.articles_with(term) if store and term else None,
            variants=tuple(variants_of(store, word, term)) if store and term else (),
        )


def lines(analyzed: AnalyzedWord) -> Iterator[str]:
    """The lines that tell a person of a word."""
    yield printable(analyzed.word)
    yield f"  script    {analyzed.script}"
    yield f"  folded    {printable(analyzed.folded)}"
    if len(analyzed.readings) > 1:
        yield f"  readings  {', '.join(map(printable, analyzed.readings))}"
    stop_word = ", a stop word: asked for only where a question has no other" if analyzed.stop_word else ""
    articles = "" if analyzed.articles is None else f" (in {analyzed.articles:,} article{'s' * (analyzed.articles != 1)})"
    yield f"  term      {printable(analyzed.term) or 'none: nothing of it is left'}{articles}{stop_word}"
    for terms, origin, weight in analyzed.variants:
        yield f"  variant   {printable(' '.join(terms))} ({origin}, weight {weight:g})"


def record(analyzed: AnalyzedWord) -> dict[str, object]:
    """The same for a program."""
    variants = [{"term": " ".join(terms), "origin": origin, "weight": weight} for terms, origin, weight in analyzed.variants]
    return asdict(analyzed) | {"variants": variants}
