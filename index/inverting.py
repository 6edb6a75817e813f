"""Articles turned into postings: each is analysed once, counted into arrays, and what memory should not hold goes to disk."""

import os
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from operator import truediv

from index.analysis.terms import MAX_WORD, term_of
from index.analysis.words import split_words
from index.array_writing import ArrayWriter, Data, string_sections, write_arrays
from index.runs import Lists, Runs
from index.segment import KINDS, LISTED, NAME, STORED, STORED_HEAD, TEXT_ERRORS, length_norm, vocabulary_key

_NO_TERM = 0xFFFF_FFFF  # the number of a word of which nothing is left
_HELD = 3_000_000  # postings in memory, of some 16 bytes and their share of a list each; more of them go to disk
_WRITTEN = 500_000  # postings that are made into arrays at a time
_LEVEL = 1  # of zlib: higher ones take longer and save a twentieth
_SHORT = bytes(range(32))
_UPPER = bytes(distance << 5 & 255 for distance in range(256))
_STREAMED = ("texts", "tokens", "offsets")


class Inverter:
    """A segment in the making in the folder `path`.

    `known` are words and their terms, as the same analysis gave them before.
    """

    def __init__(self, path: str, known: Mapping[str, str]) -> None:
        self._path = path
        self._stamp = os.urandom(8)
        self._numbers: dict[str, int] = {}  # of the terms
        self._words = _Words(self._numbers, known)
        self._lists: dict[str, Lists] = {field: defaultdict(list) for field in LISTED}
        self._held = 0
        self._spilled = Runs(path)
        self._only_in_title: Counter[int] = Counter()  # term -> articles that have it in no other field
        self._ids: list[str] = []
        self._text_ends, self._token_ends, self._offset_ends = array("Q"), array("Q"), array("Q")
        self._lengths = {"title": array("I"), "body": array("I")}
        self._streams = {name: self._writer(name) for name in _STREAMED}

    def add(self, fields: Mapping[str, str]) -> None:
        """Takes the next article, its stored fields by name; those that are missing or empty it has not."""
        article = len(self._ids)
        texts = [fields.get(name) or "" for name in STORED]
        data = STORED_HEAD.pack(*map(len, texts)) + "".join(texts).encode("utf-8", TEXT_ERRORS)
        self._text_ends.append(self._streams["texts"].write(zlib.compress(data, _LEVEL)))
        title, title_distances, title_lengths = self._tokenize(fields.get("title") or "")
        body, body_distances, body_lengths = self._tokenize(fields.get("body") or "")
        self._token_ends.append(self._streams["tokens"].write(_planes(title + body, len(self._numbers))))
        offsets = _packed(title_distances + body_distances, title_lengths + body_lengths)
        self._offset_ends.append(self._streams["offsets"].write(offsets))
        in_title, in_body = Counter(title), Counter(body)
        self._only_in_title.update(in_title.keys() - in_body.keys())
        for field, tokens, counts in (("title", title, in_title), ("body", body, in_body)):
            self._lengths[field].append(len(tokens))
            self._count(field, article, counts)
        for field in ("id", "lang"):
            self._count(field, article, {self._number(fields[field]): 1})
        self._ids.append(fields["id"])
        if self._held > _HELD:
            self._spill()

    def close(self) -> None:
        """Writes what can only be known at the end; the segment is whole then."""
        for stream in self._streams.values():
            stream.close()
        self._spill()
        sizes = self._write_postings()
        self._write_terms(sizes)
        self._write_articles()
        words = self._words.vocabulary()
        self._write("words", [*string_sections([word.encode() for word in words]), ("I", array("I", words.values()))])
        self._spilled.close()

    def discard(self) -> None:
        """Closes the files of a segment that is not going to be; no harm after `close`."""
        for stream in self._streams.values():
            stream.discard()
        self._spilled.close()

    def _tokenize(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """For each word the number of its term, the distance from the word before it, and its length."""
        parts = split_words(text)
        parts.pop()  # what stands behind the last word
        lengths = list(map(len, parts))
        distances, lengths = lengths[::2], lengths[1::2]
        numbers = list(map(self._words.__getitem__, parts[1::2]))
        if self._words.any_empty and _NO_TERM in numbers:
            return _without_empty(numbers, distances, lengths)
        return numbers, distances, lengths

    def _count(self, field: str, article: int, counts: Mapping[int, int]) -> None:
        """Adds a posting a term: the article in the upper half of 64 bits, the frequency in the lower."""
        lists = self._lists[field]
        # Most postings of an article are of a few frequencies: one number for all that are the same saves much memory.
        postings = {frequency: article << 32 | frequency for frequency in set(counts.values())}
        for number, frequency in counts.items():
            lists[number].append(postings[frequency])
        self._held += len(counts)

    def _number(self, term: str) -> int:
        return self._numbers.setdefault(term, len(self._numbers))

    def _spill(self) -> None:
        self._spilled.add(self._lists)
        for lists in self._lists.values():
            lists.clear()
        self._held = 0

    def _write_postings(self) -> "list[array[int]]":
        """Writes all postings, by field and term; how many there are of each term, a field an array."""
        writers = [self._writer(name) for name in ("postings", "weights")]
        all_sizes = []
        for field in LISTED:
            norms = self._norms(field)
            sizes = array("I", bytes(4 * len(self._numbers)))
            pieces, held = [], 0
            for number, _, piece in self._spilled.merged(field):
                pieces.append(piece)
                sizes[number] += len(piece) // 8
                held += len(piece)
                if held > 8 * _WRITTEN:
                    _write_lists(writers, pieces, norms)
                    pieces, held = [], 0
            _write_lists(writers, pieces, norms)
            all_sizes.append(sizes)
        for writer in writers:
            writer.close()
        return all_sizes

    def _norms(self, field: str) -> list[float] | None:
        """What the frequencies in each article's field are divided by; None where length means nothing."""
        lengths = self._lengths.get(field)
        if lengths is None:
            return None
        average = sum(lengths) / max(1, len(lengths) - lengths.count(0))
        return [length_norm(length, average) for length in lengths]

    def _write_terms(self, sizes: "Sequence[array[int]]") -> None:
        terms = [term.encode() for term in self._numbers]
        articles = array("I", sizes[LISTED.index("body")])
        for number, count in self._only_in_title.items():
            articles[number] += count
        ends = array("I", accumulate(size for field in sizes for size in field))
        in_order = array("I", sorted(range(len(terms)), key=terms.__getitem__))
        self._write("terms", [*string_sections(terms), ("I", in_order), ("I", ends), ("I", articles)])

    def _write_articles(self) -> None:
        counts = array("Q")
        for lengths in self._lengths.values():
            counts.extend((sum(lengths), len(lengths) - lengths.count(0)))
        ranks = array("I", bytes(4 * len(self._ids)))
        for rank, article in enumerate(sorted(range(len(self._ids)), key=self._ids.__getitem__)):
            ranks[article] = rank
        ends = (self._text_ends, self._token_ends, self._offset_ends)
        arrays = (counts, *ends, *self._lengths.values(), ranks)
        self._write("articles", [(data.typecode, data) for data in arrays])

    def _writer(self, name: str) -> ArrayWriter:
        return ArrayWriter(self._file(name), KINDS[name], self._stamp)

    def _write(self, name: str, sections: Sequence[tuple[str, Data]]) -> None:
        write_arrays(self._file(name), sections, self._stamp)

    def _file(self, name: str) -> str:
        return os.path.join(self._path, f"{NAME}.{name}")


class _Words(dict[str, int]):
    """word -> number of its term, worked out once a word: words repeat, and stemming is the slow part."""

    def __init__(self, numbers: dict[str, int], known: Mapping[str, str]) -> None:
        super().__init__()
        self.any_empty = False
        self._numbers = numbers
        self._known = known

    def __missing__(self, word: str) -> int:
        key = vocabulary_key(word)
        if key != word:
            number = self[key]
        else:
            term = self._known.get(word) or term_of(word)
            number = self._numbers.setdefault(term, len(self._numbers)) if term else _NO_TERM
            self.any_empty |= not term
        if len(word) <= MAX_WORD:  # what is longer is noise, and memory is not for it
            self[word] = number
        return number

    def vocabulary(self) -> dict[str, int]:
        """The words that a question may be asked with, each by its `vocabulary_key`."""
        return {word: number for word, number in self.items() if number != _NO_TERM and vocabulary_key(word) == word}


def _write_lists(writers: Sequence[ArrayWriter], pieces: Iterable[memoryview], norms: list[float] | None) -> None:
    """Takes postings apart into articles and weights."""
    packed = array("I", b"".join(pieces))
    frequencies, articles = packed[::2], packed[1::2]
    weights = map(truediv, frequencies, map(norms.__getitem__, articles)) if norms else frequencies
    for writer, data in zip(writers, (articles, array("f", weights)), strict=True):
        writer.write(data)


def _planes(tokens: list[int], terms: int) -> Data:
    """The tokens of an article in three bytes each, by the place of the byte; in four where there are too many terms."""
    data = array("I", tokens).tobytes()
    return data[::4] + data[1::4] + data[2::4] if terms < 1 << 24 else data


def _packed(distances: list[int], lengths: list[int]) -> Data:
    """The offsets of an article in a byte a word; in eight where that does not do."""
    try:
        upper, lower = bytes(distances), bytes(lengths)
        fits = not upper.translate(None, _SHORT[:8]) and not lower.translate(None, _SHORT)
    except ValueError:
        fits = False
    if not fits:
        return array("I", chain.from_iterable(zip(distances, lengths, strict=True)))
    both = int.from_bytes(upper.translate(_UPPER), "little") | int.from_bytes(lower, "little")
    return both.to_bytes(len(lower), "little")


def _without_empty(numbers: list[int], distances: list[int], lengths: list[int]) -> tuple[list[int], list[int], list[int]]:
    """Without the words that have no term: they are part of the distance to the next one."""
    kept: tuple[list[int], list[int], list[int]] = ([], [], [])
    passed = 0
    for number, distance, length in zip(numbers, distances, lengths, strict=True):
        if number == _NO_TERM:
            passed += distance + length
        else:
            for values, value in zip(kept, (number, passed + distance, length), strict=True):
                values.append(value)
            passed = 0
    return kept
