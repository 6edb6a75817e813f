"""What comes off the end of an Arabic word: a pronoun, then what says number and gender, then that it is an adjective."""

from collections.abc import Sequence

from pyarabic import araby

from index.analysis.arabic_spelling import fold
from index.analysis.listed import listed

Endings = dict[str, list[tuple[str, int]]]  # last letter -> endings and how many letters each must leave, longest first


def _by_last_letter(endings: Sequence[tuple[str, int]]) -> Endings:
    table: Endings = {}
    for ending, left in endings:
        table.setdefault(ending[-1], []).append((ending, left))
    return table


_PRONOUNS = _by_last_letter(
    [("هما", 3), ("كما", 3), ("ها", 3), ("هم", 3), ("هن", 3), ("كم", 3), ("نا", 3), ("ه", 2)],
)
# ان is not among them: it belongs to the word in بيان, إيران, لبنان far more often than it makes a dual.
_ENDINGS = _by_last_letter(
    [("تين", 2), ("ات", 3), ("اة", 3), ("ون", 3), ("ين", 3), ("وا", 3), ("ة", 2), ("ا", 4), ("و", 4)],
)
_PLURALS = _by_last_letter([("ون", 3), ("ين", 3)])
_UNSURE = _by_last_letter([("تان", 2), ("ان", 3), ("ت", 3), ("ا", 3)])
_TEH_MARBUTA: str = araby.TEH_MARBUTA
_YEH: str = araby.YEH
_FEMININE = ("ة", "تين", "ات")
_FEMININE_OWNED = (araby.TEH, *_FEMININE)
_LAST_LETTERS = frozenset((*_PRONOUNS, *_ENDINGS, araby.YEH))
_SHORT_TANWIN = 4  # letters: alef comes off longer words in any case


def without_ending(word: str) -> str:
    """A folded word without pronoun and endings, as far as they are not its own."""
    if word[-1:] in _LAST_LETTERS and word not in _OWN_ENDING:
        owned = _cut(word, _PRONOUNS)
        if word[:2] in _TEH_BEGINNINGS:
            own_teh = _with_own_teh(owned, _FEMININE if owned == word else _FEMININE_OWNED)
            if own_teh:
                return own_teh
        word = owned if owned == word else _as_alone(owned)
        if word not in _OWN_ENDING:
            word = _without_number(word)
        if word[-1] == araby.YEH and len(word) > 4 and word not in _OWN_ENDING:
            word = word[:-1]  # روسيا, روسي and روسية are one word, but عملية is not عمل
        # A plural comes off what other endings leave, because it does so in the bare word too: لاعبي, لاعبين.
        if word[-1] == araby.NOON and word not in _OWN_ENDING:
            word = _cut(word, _PLURALS)
    return _EXCEPTIONS.get(word, word)


def _with_own_teh(word: str, endings: Sequence[str]) -> str:
    """The listed word with a ة of its own that `word` is a form of, else empty."""
    for ending in endings:
        if word.endswith(ending) and word[: -len(ending)] + _TEH_MARBUTA in _OWN_TEH:
            return word[: -len(ending)] + _TEH_MARBUTA
    return ""


def _as_alone(owned: str) -> str:
    """A word that a pronoun came off, as it is written without one.

    Before a pronoun the feminine ة is written ت, and ى is written ا: حكومته is حكومة + ه, مستواه is مستوى + ه.
    """
    if owned[-1] == araby.TEH and len(owned) > 3 and owned[-2] != araby.ALEF:
        return owned[:-1]
    if owned[-1] == araby.ALEF and owned[-2] != araby.YEH:
        return owned[:-1] + _YEH
    return owned


def without_unsure_ending(word: str) -> str:
    """A folded word without an ending that may as well be its own: of a verb, of a dual, or the alef of tanwin."""
    if word in _OWN_ENDING or word.endswith("ات") or (word[-1:] == araby.ALEF and len(word) != _SHORT_TANWIN):
        return word
    rest = _cut(word, _UNSURE)
    return rest + _TEH_MARBUTA if word.endswith("تان") and rest != word else rest


def _without_number(word: str) -> str:
    if word[-1:] == araby.ALEF and len(word) > 3 and word[-2] == araby.YEH:
        return word[:-1]  # روسيا
    if len(word) == 4 and word.endswith("ات"):
        return word[:-1]  # حياته is حياة + ه
    return _cut(word, _ENDINGS)


def _cut(word: str, endings: Endings) -> str:
    of_last = endings.get(word[-1:])
    if not of_last:
        return word
    for ending, left in of_last:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            # وا and نا: what "we" do ends in نا alike, and loses it there as little as here.
            return word[: -len(ending)] if ending != "نا" or word[-3] != araby.WAW else word
    return word


def _folded(name: str) -> frozenset[str]:
    return frozenset(map(fold, listed(name)))


_OWN_ENDING, _OWN_TEH = map(_folded, ("own_ending.txt", "own_teh.txt"))
_TEH_BEGINNINGS = {word[:2] for word in _OWN_TEH}
_EXCEPTIONS: dict[str, str] = {}
_EXCEPTIONS.update(
    (without_ending(fold(form)), without_ending(fold(forms[0])))
    for forms in map(str.split, listed("arabic_exceptions.txt"))
    for form in forms
)
