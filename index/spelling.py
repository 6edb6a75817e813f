"""Whether two terms look like spellings of one word: by how long they are, and by what parts them."""

_VOWELS = {True: "aeiouy", False: "اوي"}  # of an English word, of any other
_SURE = {True: 8, False: 7}  # letters of the longer one: a vowel more or another, or a doubled consonant, is no other word then
_LIKELY = 6  # letters that do where one of the two is seldom, or is in no article
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
    longer, english = max(len(one), len(other)), one.isascii()
    one, other = one.translate(_WAVERING), other.translate(_WAVERING)
    if longer < _LIKELY or one[0] != other[0]:
        return False
    left, right = _difference(one, other)
    if not left and not right:
        return True
    sure = longer >= (_LIKELY if seldom or unknown else _SURE[english])
    if len(left) == len(right) == 2:
        return left == right[::-1] and (unknown or longer > _SWAPPED)
    if len(left) == len(right) == 1:
        return sure and english and left in _VOWELS[english] and right in _VOWELS[english]
    if len(left) + len(right) != 1:
        return False
    added, longest, shorter = left + right, *((one, other) if left else (other, one))
    if unknown:
        return True
    if added * 2 in longest:
        return sure and (added not in _VOWELS[english] or longest.endswith(added * 2))
    return sure and (added in _VOWELS[english] or added == "h") and not longest.startswith(shorter)


def _difference(one: str, other: str) -> tuple[str, str]:
    """What is left of two strings without what they begin and end with alike."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
