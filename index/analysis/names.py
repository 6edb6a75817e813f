"""Words as names, whatever their script: their letters, and the keys under which those that may sound alike meet."""

from itertools import groupby

from index.analysis.listed import listed

START, END = "^", "$"
_ARABIC_LETTERS = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
# What `arabic_spelling` folds, whose libraries a question has no time to load, and more: a name is compared by its sound.
_ARABIC = str.maketrans(
    dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("ؤئ", "ء")
    | dict.fromkeys("ىیے", "ي")
    | dict.fromkeys("ةھہە", "ه")
    # Letters for sounds that Arabic lacks, by what most newsrooms write for them: p, ch, zh, v, g.
    | {"پ": "ب", "چ": "تش", "ژ": "ج", "ڤ": "ف", "گ": "غ", "ڭ": "غ", "ڨ": "غ", "ک": "ك"}
    | dict.fromkeys(map(chr, (*range(0x64B, 0x660), 0x640, 0x670)), "")
)
_VOWELS = "aeiouاوي"
_CONSONANTS = str.maketrans("ج", "غ", f"{_VOWELS}hwyء")  # g is written with either
VOWEL = "."
_WITH_H = "cdgkpstz"  # letters that sound otherwise with an h behind them
_MOST_KEYS = 12  # of a name: the likeliest
_MOST_ASKED = 128  # those of seven vowels that may be written or not
_SHORTEST, LONGEST = 3, 24  # letters of a name
PREPOSITIONS = "بلفك"


def letters_of(word: str) -> str:
    """The letters of a word that names are compared by, of a-z or of the Arabic alphabet; empty where it has others."""
    if word.isascii():
        return _latin_letters(word)
    letters = word.translate(_ARABIC)
    if letters.strip(_ARABIC_LETTERS):
        from index.analysis.english_spelling import fold  # a typed word is seldom neither

        word = fold(word)
        letters = word.translate(_ARABIC)
    return _latin_letters(word) if letters.strip(_ARABIC_LETTERS) else letters


def _latin_letters(word: str) -> str:
    letters = word.lower().removesuffix("'s").replace("'", "")
    return letters if letters.isascii() and letters.isalpha() else ""


def starts_of(letters: str, term: str, *, settled: bool = False) -> list[int]:
    """Where in the letters of a word of this term the name may start that it may be, the likeliest first.

    It is where the term starts, or what begins like it, behind all that was taken off in front. Where it was for a corpus to
    settle on the term (`settled`), one letter more or less may be a preposition all the same: in لكييف, where nothing says that
    كييف is a word.
    """
    start = 0
    if not letters.isascii() and not letters.startswith(term):
        begins = letters_of(term)
        start = max(0, letters.find(begins), letters.find(begins[:_SHORTEST]))
    starts = [start]
    if settled and letters[start : start + 1] in PREPOSITIONS:
        starts.append(start + 1)
    if settled and start and letters[start - 1] in PREPOSITIONS:
        starts.append(start - 1)
    return [start for start in starts if _SHORTEST <= len(letters) - start <= LONGEST]


def spelling_of(name: str) -> tuple[str, str]:
    """The vowels of a name and its consonants as it is spelled, doubled letters once; h, w, y and hamza alone are neither."""
    once = "".join(letter for letter, before in zip(name, f" {name}", strict=False) if letter != before)
    for letter in _WITH_H:
        once = once.replace(f"{letter}h", letter.upper())
    return "".join(filter(_VOWELS.__contains__, once)), once.translate(_CONSONANTS)


def filed_under(name: str) -> list[str]:
    """The keys that a name, by its letters, is filed under: how its consonants may sound, and where vowels are written.

    A skeleton of consonant classes as in Soundex (Russell 1918), with alternatives as in Double Metaphone (Philips 2000).
    """
    return [_of_script(key, latin=name.isascii()) for key in _skeletons(name)]


def asked_under(name: str) -> list[str]:
    """The keys that names of the other script may be filed under which sound like `name`.

    Latin writes all vowels and Arabic some; but one that a name begins with, both do.
    """
    latin = name.isascii()
    asked: dict[str, None] = {}
    for key in _skeletons(name):
        keys = [""]
        for sound, following in zip(key, f"{key[1:]} ", strict=True):
            ways = [sound]
            if latin and sound == VOWEL and keys != [""]:
                ways = [sound, ""]
            elif not latin and VOWEL not in (sound, following):
                ways = [sound, sound + VOWEL]
            keys = [_joined(before, way) for way in ways for before in keys][:_MOST_ASKED]
        asked.update((_of_script(one, latin=not latin), None) for one in keys)
    return list(asked)[:_MOST_ASKED]


def _of_script(key: str, *, latin: bool) -> str:
    return key.lower() if latin else key


def _skeletons(name: str) -> list[str]:
    if not name.isascii():
        # Between two consonants of a kind there may be a vowel, as in Mamdouh, or not.
        runs = [(sound, len(list(run))) for sound, run in groupby(name.translate(_ARABIC_SOUNDS))]
        apart = "".join([sound if sound == VOWEL else sound * times for sound, times in runs])
        together = "".join([sound for sound, _ in runs])
        return list(dict.fromkeys((together, apart))) if together != VOWEL else []
    keys = [""]
    here, end = 0, len(name)
    while here < end:
        alone = _ALONE.get(name[here])
        size, sounds = (1, alone) if alone else _sounds_at(name, here)
        here += size
        if len(keys) == len(sounds) == 1:  # as most are
            keys = [_joined(keys[0], sounds[0])]
        else:
            keys = list(dict.fromkeys(_joined(key, sound) for sound in sounds for key in keys))[:_MOST_KEYS]
    return [key for key in keys if key.strip(VOWEL)]


def _sounds_at(name: str, here: int) -> tuple[int, list[str]]:
    """How many letters of a Latin `name` from a place on are one sound, and which it may be."""
    for size in range(min(_LONGEST_AT.get(name[here], 0), len(name) - here), 0, -1):
        spelling = name[here : here + size]
        if here + size == len(name) and spelling + END in _SOUNDS:
            return size, _SOUNDS[spelling + END]
        if spelling in _SOUNDS:
            return size, _SOUNDS[spelling]
    return 1, [""]


def _joined(key: str, sound: str) -> str:
    for kind in sound:
        if not key.endswith(kind):
            key += kind
    return key


_SOUNDS = {
    spelling: [sound.replace("-", "") for sound in sounds]
    for spelling, *sounds in (line.split(" ") for line in listed("name_keys.txt"))
}
_ARABIC_SOUNDS = str.maketrans({letter: _SOUNDS[letter][0] for letter in _ARABIC_LETTERS})
_LONGEST_AT: dict[str, int] = {}  # letters of the spellings that begin with a letter
for _spelling in _SOUNDS:
    _LONGEST_AT[_spelling[0]] = max(_LONGEST_AT.get(_spelling[0], 0), len(_spelling))
_ALONE = {letter: _SOUNDS[letter] for letter, longest in _LONGEST_AT.items() if longest == 1}
