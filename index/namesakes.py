"""Which words of a corpus are, by their sound, the same name as a word of a question in the other script."""

from index.analysis.names import LONGEST, asked_under, letters_of, spelling_of, starts_of
from index.store import Store

Namesake = tuple[str, float]  # a term, and the probability that it is meant
# Chosen so that names asked among 40,000 words bring fewer than .2 ordinary ones besides, and headlines find their articles.
_SURE = 5.5  # the score from which on not only the best name is meant
_TIE = 0.1  # below the best score: as good
_NEAR, _FAR, _FARTHEST = 0.75, 2.5, 4.5  # below the best score: of other spellings, of long ones, of such with capitals
_LONG = 7  # letters
# What comes off a score.
_PREPOSITION = 1.5  # where a letter is no preposition or is one, unlike what the corpus settled on
_SMALL = 1.2  # where the corpus writes one of the two small
_ENOUGH = 80  # names to compare with
_MOST = 12  # terms
# Fitted to names that were sought among 40,000 words, the right one being among these four times in five: half of the best
# ones with a score of 3.3 were right, and the odds grew by 2.5 with each point.
_EVEN, _ODDS = 3.3, 2.5
_SUREST = 0.99  # nothing is as sure as what was typed

Filed = dict[str, list[tuple[int, int]]]  # the letters of a name -> the numbers of the words that hold it, and where it starts
Candidates = dict[str, tuple[float, list[tuple[int, int]]]]  # the same, with the score of the name


def namesakes(store: Store, word: str, term: str) -> list[Namesake]:
    """The terms of the corpus' words in the other script that sound like a word, the likeliest first; `term` is its own."""
    scored = sorted(_candidates(store, word, term).items(), key=lambda candidate: (-candidate[1][0], candidate[0]))
    found: dict[str, float] = {}
    for name, (score, places) in scored:
        best, (highest, _) = scored[0]
        if score >= min(_SURE, highest - _TIE) or _is_spelling(store, name, best, highest - score):
            for number, _ in places:
                found.setdefault(store.word_term(number), score)
    in_order = sorted(found.items(), key=lambda namesake: (-namesake[1], namesake[0]))
    return [(other, _probability(score)) for other, score in in_order[:_MOST]]


def _candidates(store: Store, word: str, term: str) -> Candidates:
    """The names that sound like the one that a word may be, or else like the one behind or with its first preposition."""
    scored: Candidates = {}
    letters, small, off = letters_of(word), store.is_small(word), 0.0
    for start in starts_of(letters, term, settled=store.is_settled(word)) if letters else ():
        for name, (score, places) in _sounding_like(store, letters[start:], off, small=small).items():
            if name not in scored or score > scored[name][0]:
                scored[name] = (score, places)
        off = _PREPOSITION
    return scored


def _sounding_like(store: Store, name: str, off: float, *, small: bool) -> Candidates:
    """The names that sound like `name`; `off` comes off their scores, and more where the one (`small`) or the other is so."""
    filed = _filed(store, name)
    if not filed:
        return {}
    from index.analysis.transliteration import LEAST, Sounding  # its units take a while to load

    scored: Candidates = {}
    for other, sounds in Sounding(name).scores(sorted(filed), LEAST + off + _SMALL * small):
        score = sounds - off - _SMALL * (small or store.is_small(other))
        if score >= LEAST:
            settled = any(_is_settled_on(store, *place) for place in filed[other])
            scored[other] = (score if settled else score - _PREPOSITION, filed[other])
    return scored


def _is_settled_on(store: Store, number: int, start: int) -> bool:
    """Whether a name starts in a word where the corpus has settled that it does."""
    return starts_of(letters_of(store.word(number)), store.word_term(number))[:1] == [start]


def _filed(store: Store, name: str) -> Filed:
    """Names of the other script that have a key of `name`, the likeliest keys first."""
    filed: Filed = {}
    for key in asked_under(name):
        for number, start in store.names(key):
            places = filed.setdefault(letters_of(store.word(number))[start:], [])
            if (number, start) not in places:
                places.append((number, start))
        if len(filed) >= _ENOUGH:
            break
    return {other: places for other, places in filed.items() if 0 < len(other) <= LONGEST}


def _is_spelling(store: Store, name: str, best: str, worse: float) -> bool:
    """Whether a name, worse by so much than the best one, is likely another spelling of that."""
    (vowels, consonants), (its_vowels, its_consonants) = spelling_of(name), spelling_of(best)
    if name.isascii():
        capital = worse <= _FARTHEST and store.is_capital(name) and store.is_capital(best)
        return capital and (vowels == its_vowels or consonants == its_consonants)
    return consonants == its_consonants and worse <= (_FAR if len(name) >= _LONG else _NEAR)


def _probability(score: float) -> float:
    return min(_SUREST, round(1 / (1 + float(_ODDS ** (_EVEN - score))), 2))
