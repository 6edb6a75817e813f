"""Terms in pieces: runs of four letters, by which terms that have much in common are found."""

_LENGTH = 4  # letters; McNamee & Mayfield 2004, "Character N-Gram Tokenization for European Language Text Retrieval"
_EDGE = "_"


def grams_of(term: str) -> list[str]:
    """The different runs of four letters of a term, its edges marked; the whole of a shorter one."""
    marked = f"{_EDGE}{term}{_EDGE}"
    return list(dict.fromkeys(marked[start : start + _LENGTH] for start in range(max(1, len(marked) - _LENGTH + 1))))
