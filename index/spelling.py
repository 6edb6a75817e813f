"""Whether two terms look like spellings of one word: by how long they are, and by what parts them."""

_VOWELS = {True: "aeiouy", False: "اوي"}  # of an English word, of any other
_SURE = {True: 8, False: 7}  # letters of the longer one: a vowel more or another, or a doubled consonant, is no other word then
_LIKELY = 6  # letters of the longer one that do where one of the two is seldom, or is in no article
_VOWELS_APART = str.maketrans(dict.fromkeys(_VOWELS[True], " "))
_FIRST_ARABIC, _LAST_ARABIC = "\u0620", "\u06ff"
_SWAPPED = 8  # letters: casualty and causality, martial and marital are words both
# Letters that writers waver between in names; each stands for all of its kind.
_WAVERING = str.maketrans({"y": "i", "q": "k", "غ": "ج"})


def look_alike(one: str, other: str, *, seldom: bool = False, unknown: bool = False) -> bool:
    """Whether two different terms are likely spellings of one word.

    `seldom` says that one of them is in far fewer articles than the other, which makes it more likely; `unknown`, that one is
    in none: then any one letter too many or too few is forgiven, and two neighbours that changed places.
    """
    if one.isascii() != other.isascii() or not (one.isalpha() and other.isalpha()):
        return False
    if not one.isascii() and not _FIRST_ARABIC <= min(one + other) <= max(one + other) <= _LAST_ARABIC:
        return False  # of other scripts nothing is known
    longer, english = max(len(one), len(other)), one.isascii()
    one, other = one.translate(_WAVERING), other.translate(_WAVERING)
    if longer < _LIKELY or one[0] != other[0]:
        return False
    left, right = _difference(one, other)
    sure = seldom or unknown or longer >= _SURE[english] or (english and _is_slip(one, other))
    if len(left) == len(right):
        return _is_exchanged(left, right, sure and english, unknown or longer > _SWAPPED)
    if len(left) + len(right) != 1:
        return False
    longest, shorter = (one, other) if left else (other, one)
    return unknown or (sure and _is_added(left + right, longest, shorter, _VOWELS[english]))


def _is_exchanged(left: str, right: str, vowels: bool, neighbours: bool) -> bool:  # noqa: FBT001 - what is allowed
    """Whether two letters stand in each other's place: none, vowels of an English word, or neighbours."""
    if len(left) == 1:
        return vowels and left in _VOWELS[True] and right in _VOWELS[True]
    return not left or (len(left) == 2 and left == right[::-1] and neighbours)


def _is_added(letter: str, longest: str, shorter: str, vowels: str) -> bool:
    """Whether a letter more makes no other word: a consonant, or the last letter, twice; a vowel or an h within."""
    if letter * 2 in longest:
        return letter not in vowels or longest.endswith(letter * 2)
    return (letter in vowels or letter == "h") and not longest.startswith(shorter)


def _is_slip(one: str, other: str) -> bool:
    """Whether one of two English words has more consonants in a row than the other, and than can well be said: missl."""
    fewer, more = sorted(map(_consonants_in_a_row, (one, other)))
    return fewer < more and more > 2


def _consonants_in_a_row(word: str) -> int:
    return max(map(len, word.translate(_VOWELS_APART).split(" ")))


def _difference(one: str, other: str) -> tuple[str, str]:
    """What is left of two strings without what they begin and end with alike."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
