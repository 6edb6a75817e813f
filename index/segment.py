"""The arrays of a generation: which files there are, what is in each, and how the one leads to the other.

terms      a table of strings; the terms by rising UTF-8; for each field and term where its postings end; in how many
           articles a term is
postings   for each field and term the articles that have it
weights    the frequency of each posting, normalised by the length of the field
words      a table of the corpus' own words as `vocabulary_key` writes them; the term of each, in the upper bits whether it is
           so in this corpus only, and how the corpus writes the word; the words that may be names, by their keys
articles   counts of words; for each article where its texts, tokens and offsets end, how many words its title and its body
           have, and the place of its id among the ids
texts      the stored fields of each article: the length of each in code points, then all of them in UTF-8, compressed
related    a table of terms, in the corpus or not, and for each where its other forms, which are, end; these; a table of stop
           words; by grams, the terms that have them
translations  of phrases, where the terms of each end, and these; by terms of a question, and by some of its words, what says
           the same: the number of a term, or behind those the one of a phrase, times HUNDREDTHS, and how likely it is
tokens     each article's words in reading order, the title's first, by the number of their term: the low bytes of all, then
           the second, then the third; in an article where three bytes do not do, four bytes a word
offsets    for each word the distance to the word before it, or to the start of its field, in the upper three bits of a byte
           and its length in the lower five; in an article where a byte does not do, four bytes for each of the two
"""

import os
import struct
import zlib
from _collections_abc import Sequence
from itertools import accumulate

from index.arrays import from_planes, low_plane, read_arrays
from index.generation import damaged
from index.keyed_lists import KEYED_KINDS, KeyedLists
from index.strings import STRING_KINDS, StringTable

NAME = "MAIN_news"  # "MAIN" is what Whoosh calls an index, and its segments begin with it
KINDS = {
    "terms": f"{STRING_KINDS}III",
    "postings": "I",
    "weights": "f",
    "words": f"{STRING_KINDS}I{KEYED_KINDS}",
    "articles": "QQQQIII",
    "texts": "B",
    "tokens": "B",
    "offsets": "B",
    "related": f"{STRING_KINDS}II{STRING_KINDS}{KEYED_KINDS}",
    "translations": f"II{KEYED_KINDS}",
}
LISTED = ("body", "id", "lang", "title")  # the fields that have postings, in Whoosh's order
SEARCHED = ("title", "body")
STORED = ("id", "lang", "path", "date", "display_title", "title", "body")
STORED_HEAD = struct.Struct(f"={len(STORED)}I")
TEXT_ERRORS = "surrogatepass"  # the path of a file may hold bytes that are no characters
LENGTH_NORM = 0.75  # BM25's b: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"
# Of stop words: curly apostrophes are straight there, vowel marks and tatweel left out.
_STOP_SPELLING = dict.fromkeys((0x2018, 0x2019, 0x2BC), "'") | dict.fromkeys((*range(0x64B, 0x653), 0x640, 0x670))
# In the number of a word's term.
SETTLED = 1 << 31  # another corpus might have settled on another one
SMALL = 1 << 30  # the corpus writes the word small, so that it is no name
CAPITAL = 1 << 29  # the corpus writes the word with a capital only, as it does names
TERM = CAPITAL - 1
STARTS = 8  # letters of a word in which the name it holds may start: by a word's number times this and that start it is filed
HUNDREDTHS = 128
HEADWORD = "="  # before an English word that is a key by itself, since its term is that of others too
_MISPLACED = "its file related places what it has outside of itself"
_DISTANCE = bytes(packed >> 5 for packed in range(256))
_LENGTH = bytes(packed & 31 for packed in range(256))
_LONGEST_ARTICLE = 1 << 26  # bytes of its stored fields: more than any source can hold


def vocabulary_key(word: str) -> str:
    """A word as the vocabulary has it: no rule of the analysis asks for the case of a word without accents."""
    return word.lower() if word.isascii() else word


def stop_key(word: str) -> str:
    """A word as the stop words are listed."""
    return word.lower().translate(_STOP_SPELLING)


def length_norm(length: int, average: float) -> float:
    """1 - b + b * length / average: what BM25F divides the frequencies in a field by."""
    return 1 - LENGTH_NORM + LENGTH_NORM * length / (average or 1)


class Segment:
    """The arrays in the folder of a generation. Articles and terms are numbered from 0; the numbers are the segment's own.

    Every method raises `DamagedIndexError` where what lies on disk is not what was written.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        stamps, arrays = set(), {}
        for name, kinds in KINDS.items():
            try:
                stamp, arrays[name] = read_arrays(os.path.join(path, f"{NAME}.{name}"), kinds)
            except ValueError as error:
                raise self._damaged(f"its file {name} {error}") from None
            except OSError as error:
                raise self._damaged(f"its file {name} cannot be read ({error.strerror})") from None
            stamps.add(stamp)
        *terms, self.sorted_terms, self._list_ends, self._article_frequencies = arrays["terms"]
        words, self._word_terms, names = arrays["words"][:4], arrays["words"][4], arrays["words"][5:]
        related = arrays["related"]
        self._form_ends, self._forms = related[4:6]
        self._phrase_ends, self._phrases, *translations = arrays["translations"]
        (self._articles,), (self._weights,) = arrays["postings"], arrays["weights"]
        counts, self._text_ends, self._token_ends, self._offset_ends, *lengths, self._ranks = arrays["articles"]
        (self._texts,), (self._tokens,), (self._offsets,) = map(arrays.__getitem__, ("texts", "tokens", "offsets"))
        try:
            self._terms, self._words = StringTable(terms), StringTable(words)
            self._formed, self._stop_words = StringTable(related[:4]), StringTable(related[6:10])
            self._names, self._grams = KeyedLists(names), KeyedLists(related[10:])
            self._translations = KeyedLists(translations)
            self._totals = dict(zip(SEARCHED, zip(counts[::2], counts[1::2], strict=True), strict=True))
            self._lengths = dict(zip(SEARCHED, lengths, strict=True))
        except ValueError as error:
            raise self._damaged(str(error)) from None
        self.article_count = len(self._ranks)
        self.term_count = len(self._terms)
        if len(stamps) != 1 or not self._fits():
            raise self._damaged("its files do not belong to each other")

    def close(self) -> None:
        """Lets the files go; nothing can be looked up afterwards."""
        self.__dict__.clear()

    def number_of(self, term: str) -> int | None:
        """The number of a term, None where no article has it."""
        try:
            return self._terms.find(term.encode())
        except ValueError as error:
            raise self._damaged(f"its file terms {error}") from None

    def term(self, number: int) -> str:
        """The term of a number, never empty."""
        try:
            term = self._terms[number].decode()
        except (ValueError, IndexError) as error:
            raise self._damaged(f"its file terms {error}") from None
        if not term:
            raise self._damaged("its file terms has an empty one")
        return term

    def known_term(self, word: str) -> str | None:
        """The term of a word of the corpus, None for a word that no article has."""
        number = self._word_number(word)
        return None if number is None else self.term(self._word_terms[number] & TERM)

    def vocabulary(self) -> dict[str, str]:
        """Each word, as `vocabulary_key` writes it, and its term, but for those whose term this corpus decided."""
        try:
            terms = self._terms.all()
            words = zip(self._words.all(), self._word_terms, strict=True)
            return {word: terms[number & TERM] for word, number in words if number < SETTLED}
        except (ValueError, IndexError) as error:
            raise self._damaged(f"its vocabulary {error}") from None

    def forms(self, term: str) -> Sequence[int]:
        """The numbers of the terms of the corpus that are other forms of the word of `term`, such as its broken plural."""
        try:
            number = self._formed.find(term.encode())
        except ValueError as error:
            raise self._damaged(f"its file related {error}") from None
        return () if number is None else self._forms[slice(*self._span(self._form_ends, number, self._forms))]

    def is_stop_word(self, word: str) -> bool:
        """Whether a word of a question says nothing about an article."""
        try:
            return self._stop_words.find(stop_key(word).encode("utf-8", TEXT_ERRORS)) is not None
        except ValueError as error:
            raise self._damaged(f"its file related {error}") from None

    def with_gram(self, gram: str) -> Sequence[int]:
        """The numbers of the terms that have a gram."""
        try:
            return self._grams.find(gram)
        except ValueError as error:
            raise self._damaged(f"its file related {error}") from None

    def names(self, key: str) -> list[tuple[int, int]]:
        """What is filed under a key of names: the numbers of words, and where in their letters the names start."""
        try:
            return [divmod(filed, STARTS) for filed in self._names.find(key)]
        except ValueError as error:
            raise self._damaged(f"its file words {error}") from None

    def translations(self, key: str) -> list[tuple[Sequence[int], float]]:
        """What says the same as a word or phrase in the other language: the numbers of its terms, and how likely it is meant.

        `key` are the terms of the words but the stop words, with spaces between, or an English word behind `HEADWORD`. The
        likeliest come first; what is not at all likely is surely not meant.
        """
        try:
            found = [divmod(packed, HUNDREDTHS) for packed in self._translations.find(key)]
        except ValueError as error:
            raise self._damaged(f"its file translations {error}") from None
        return [(self._terms_of(target), hundredths / 100) for target, hundredths in found]

    def word(self, number: int) -> str:
        """A word of the corpus, as `vocabulary_key` writes it."""
        try:
            return self._words[number].decode()
        except (ValueError, IndexError) as error:
            raise self._damaged(f"its file words {error}") from None

    def word_term(self, number: int) -> str:
        """The term of a word, by the word's number."""
        try:
            return self.term(self._word_terms[number] & TERM)
        except IndexError:
            raise self._damaged("it numbers a word that it has not") from None

    def is_settled(self, word: str) -> bool:
        """Whether it was for the corpus to settle on the term of a word, as it is for words that it has not."""
        return self._marks(word) >= SETTLED

    def is_small(self, word: str) -> bool:
        """Whether a word is one that the corpus writes small."""
        return bool(self._marks(word) & SMALL)

    def is_capital(self, word: str) -> bool:
        """Whether a word is one that the corpus writes with a capital only."""
        return bool(self._marks(word) & CAPITAL)

    def from_term(self, start: bytes) -> int:
        """The place in `sorted_terms` of the first term that is not before `start` in UTF-8."""
        low, high = 0, self.term_count
        while low < high:
            middle = (low + high) // 2
            if self.term(self.sorted_terms[middle]).encode() < start:
                low = middle + 1
            else:
                high = middle
        return low

    def article_frequency(self, *numbers: int) -> int:
        """In how many articles a term is, be it in the title or the body; of several terms, the sum of that."""
        try:
            return sum(map(self._article_frequencies.__getitem__, numbers))
        except IndexError:
            raise self._damaged("it numbers a term that it has not") from None

    def postings(self, field: str, number: int) -> tuple[Sequence[int], Sequence[float]]:
        """The articles that have a term in a field, rising, and in each its frequency there divided by `length_norm`."""
        start, end = self._list(field, number)
        if end > start and self._articles[end - 1] >= self.article_count:
            raise self._damaged("it numbers an article that it has not")
        return self._articles[start:end], self._weights[start:end]

    def frequencies(self, field: str, number: int) -> list[int]:
        """How often a term is in each article of its postings."""
        articles, weights = self.postings(field, number)
        if field not in SEARCHED:
            return [1] * len(articles)
        norms = (self.length_norm(field, article) for article in articles)
        try:
            return [round(weight * norm) for weight, norm in zip(weights, norms, strict=True)]
        except (ValueError, OverflowError):
            raise self._damaged("its file weights has what is no number") from None

    def tokens(self, field: str, article: int) -> memoryview:
        """The terms' numbers of the words of a field, in reading order."""
        return self._tokens_of(article, *self._place(field, article))

    def low_tokens(self, field: str, article: int) -> bytes:
        """The lowest bytes of `tokens`: enough to tell that most articles have no phrase, in half of the time."""
        return low_plane(self._part(self._tokens, self._token_ends, article), *self._place(field, article))

    def all_tokens(self, article: int) -> dict[str, memoryview]:
        """The tokens of both fields of an article, by the name of the field."""
        words, _, title = self._place("title", article)
        tokens = self._tokens_of(article, words, 0, words)
        return {"title": tokens[:title], "body": tokens[title:]}

    def bounds(self, field: str, article: int) -> list[int]:
        """Where each word of a field starts and ends in its text: start, end, start, end and so on, in code points."""
        data = self._part(self._offsets, self._offset_ends, article)
        words, start, end = self._place(field, article)
        if len(data) == 8 * words:
            return list(accumulate(data[8 * start : 8 * end].cast("I")))
        if len(data) != words:
            raise self._damaged("its file offsets does not fit its words")
        packed = bytes(data[start:end])
        steps = bytearray(2 * len(packed))
        steps[::2], steps[1::2] = packed.translate(_DISTANCE), packed.translate(_LENGTH)
        return list(accumulate(steps))

    def length(self, field: str, article: int) -> int:
        """How many words an article's field has."""
        self._check(article)
        return int(self._lengths[field][article])

    def total_length(self, field: str) -> int:
        """How many words a field has in all articles together."""
        return int(self._totals[field][0])

    def length_norm(self, field: str, article: int) -> float:
        """The `length_norm` of an article's field among the articles that have the field."""
        words, articles = self._totals[field]
        return length_norm(self.length(field, article), words / max(1, articles))

    def rank(self, article: int) -> int:
        """The place of an article's id among the ids in order."""
        self._check(article)
        return int(self._ranks[article])

    def stored(self, article: int) -> dict[str, str]:
        """The stored fields of an article, empty where its source gave none."""
        data = self._part(self._texts, self._text_ends, article)
        unpacker = zlib.decompressobj()
        try:
            raw = unpacker.decompress(data, _LONGEST_ARTICLE)
            lengths = STORED_HEAD.unpack_from(raw)
            text = str(raw[STORED_HEAD.size :], "utf-8", TEXT_ERRORS)
        except (zlib.error, struct.error, UnicodeDecodeError):
            raise self._damaged("its file texts is not what was written") from None
        ends = list(accumulate(lengths))
        if not unpacker.eof or unpacker.unused_data or ends[-1] != len(text):
            raise self._damaged("its file texts is not what was written")
        return {name: text[end - length : end] for name, end, length in zip(STORED, ends, lengths, strict=True)}

    def _fits(self) -> bool:
        """Whether the arrays are as long as each other say."""
        count = self.article_count
        lasts = (
            (self._list_ends, self._articles),
            (self._text_ends, self._texts),
            (self._offset_ends, self._offsets),
            (self._token_ends, self._tokens),
        )
        last_phrases = self._phrase_ends[-2:].tolist()  # of which none is empty
        last_form = self._form_ends[-1] if len(self._form_ends) else 0
        return (
            min(count, self.term_count) > 0
            and len(self._text_ends) == len(self._offset_ends) == len(self._token_ends) == count
            and all(len(lengths) == count for lengths in self._lengths.values())
            and len(self._articles) == len(self._weights)
            and len(self.sorted_terms) == len(self._article_frequencies) == self.term_count
            and len(self._list_ends) == len(LISTED) * self.term_count
            and len(self._word_terms) == len(self._words)
            and len(self._form_ends) == len(self._formed)
            and len(self._forms) == last_form
            and len(self._phrases) == sum(last_phrases[-1:])
            and len(set(last_phrases)) == len(last_phrases)
            and all(ends[-1] == len(array) for ends, array in lasts)
        )

    def _terms_of(self, target: int) -> Sequence[int]:
        phrase = target - self.term_count
        if phrase < 0:
            return (target,)
        if phrase >= len(self._phrase_ends):
            raise self._damaged("it numbers a phrase that it has not")
        start, end = self._span(self._phrase_ends, phrase, self._phrases, "its file translations places phrases outside itself")
        if start == end:
            raise self._damaged("it numbers a phrase of no words")
        return tuple(self._phrases[start:end])

    def _marks(self, word: str) -> int:
        """What the number of a word's term is marked with, as if it had been settled on for words that the corpus has not."""
        number = self._word_number(word)
        return SETTLED if number is None else int(self._word_terms[number])

    def _word_number(self, word: str) -> int | None:
        try:
            return self._words.find(vocabulary_key(word).encode())
        except ValueError as error:
            raise self._damaged(f"its file words {error}") from None

    def _place(self, field: str, article: int) -> tuple[int, int, int]:
        """How many words an article has, and where among them those of a field start and end."""
        title = self.length("title", article)
        words = title + self.length("body", article)
        return (words, 0, title) if field == "title" else (words, title, words)

    def _tokens_of(self, article: int, words: int, start: int, end: int) -> memoryview:
        try:
            return from_planes(self._part(self._tokens, self._token_ends, article), words, start, end)
        except ValueError as error:
            raise self._damaged(f"its file tokens {error}") from None

    def _list(self, field: str, number: int) -> tuple[int, int]:
        if not 0 <= number < self.term_count:
            raise self._damaged("it numbers a term that it has not")
        place = LISTED.index(field) * self.term_count + number
        return self._span(self._list_ends, place, self._articles, "its file terms places postings outside their file")

    def _part(self, array: memoryview, ends: memoryview, article: int) -> memoryview:
        self._check(article)
        start, end = self._span(ends, article, array, "its file articles places an article outside its files")
        return array[start:end]

    def _span(self, ends: memoryview, place: int, array: Sequence[int], damage: str = _MISPLACED) -> tuple[int, int]:
        """Where in `array` the part of a place starts and ends; `damage` is what is wrong where it does not."""
        start, end = ends[place - 1] if place else 0, ends[place]
        if not start <= end <= len(array):
            raise self._damaged(damage)
        return start, end

    def _check(self, article: int) -> None:
        if not 0 <= article < self.article_count:
            raise self._damaged("it numbers an article that it has not")

    def _damaged(self, what: str) -> Exception:
        return damaged(os.path.dirname(self._path), what)
