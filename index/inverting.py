"""Articles turned into postings: each is analysed once, counted into arrays, and what memory should not hold goes to disk."""

import os
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from operator import add, truediv

from index.analysis.readings import term_among
from index.analysis.terms import Readings
from index.analysis.words import split_words
from index.array_writing import ArrayWriter, Data, planes, string_sections, write_arrays
from index.casing import Casing
from index.lexicon.pairs import NO_PAIRS, Pairs
from index.naming import name_sections
from index.numbering import NO_TERM, Numbering
from index.relating import related_sections
from index.runs import Lists, Runs, Spool
from index.segment import KINDS, LISTED, NAME, STORED, STORED_HEAD, TERM, TEXT_ERRORS, length_norm, vocabulary_key
from index.translating import Corpus, translation_sections

_HELD = 3_000_000  # postings in memory, of some 16 bytes and their share of a list each; more of them go to disk
_WRITTEN = 500_000  # postings that are made into arrays at a time
_LEVEL = 1  # of zlib: higher ones take longer and save a twentieth
_SHORT = bytes(range(32))
_UPPER = bytes(distance << 5 & 255 for distance in range(256))
_STREAMED = ("texts", "offsets")


class Inverter:
    """A segment in the making in the folder `path`.

    `known` are words and their terms, as the same analysis gave them before; `lexicon` and the user's `own` words are what
    questions are translated by.
    """

    def __init__(self, path: str, known: Mapping[str, str], lexicon: Pairs = NO_PAIRS, own: Pairs = NO_PAIRS) -> None:
        self._path = path
        self._lexicon, self._own = lexicon, own
        self._stamp = os.urandom(8)
        self._words, self._casing = Numbering(known), Casing()
        self._lists: dict[str, Lists] = {field: defaultdict(list) for field in LISTED}
        self._held = 0
        self._spilled, self._tokens = Runs(path), Spool(path)
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
        body, body_distances, body_lengths = self._tokenize(fields.get("body") or "", self._casing)
        self._tokens.add(array("I", title + body))
        offsets = _packed(title_distances + body_distances, title_lengths + body_lengths)
        self._offset_ends.append(self._streams["offsets"].write(offsets))
        in_title, in_body = Counter(title), Counter(body)
        self._only_in_title.update(in_title.keys() - in_body.keys())
        for field, tokens, counts in (("title", title, in_title), ("body", body, in_body)):
            self._lengths[field].append(len(tokens))
            self._count(field, article, counts)
        for field in ("id", "lang"):
            self._count(field, article, {self._words.number(fields[field]): 1})
        self._ids.append(fields["id"])
        if self._held > _HELD:
            self._spill()

    def close(self) -> None:
        """Writes what can only be known at the end; the segment is whole then."""
        for stream in self._streams.values():
            stream.close()
        self._spill()
        in_body = self._spilled.sizes("body")
        terms, numbers = self._words.settle(lambda number: in_body[number] + self._only_in_title[number])
        sizes, articles = self._write_postings(numbers, len(terms))
        self._write_tokens(numbers, len(terms))
        self._write_terms(terms, sizes, articles)
        self._write_articles()
        words = self._words.vocabulary(numbers, self._casing.marks())
        table = string_sections([word.encode() for word in words])
        self._write("words", [*table, ("I", array("I", words.values())), *name_sections(words, terms)])
        by_term = dict(zip(terms, articles, strict=True))
        self._write("related", related_sections(by_term))

        def term_of(word: str, readings: Readings) -> str:
            known = words.get(vocabulary_key(word))
            return terms[known & TERM] if known is not None else term_among(readings, lambda term: by_term.get(term, 0))

        met = {term: number for number, term in enumerate(terms) if articles[number]}
        corpus = Corpus(met, term_of, self._words.hidden(met, terms, numbers))
        self._write("translations", translation_sections(self._lexicon, self._own, corpus, terms))
        self._close_spilled()

    def discard(self) -> None:
        """Closes the files of a segment that is not going to be; no harm after `close`."""
        for stream in self._streams.values():
            stream.discard()
        self._close_spilled()

    def _tokenize(self, text: str, casing: Casing | None = None) -> tuple[list[int], list[int], list[int]]:
        """For each word the number of its term, the distance from the word before it, and its length.

        `casing` is told of the words.
        """
        parts = split_words(text)
        parts.pop()  # what stands behind the last word
        lengths = list(map(len, parts))
        distances, lengths = lengths[::2], lengths[1::2]
        words = parts[1::2]
        numbers = list(map(self._words.__getitem__, words))
        if casing is not None:
            casing.add(words)
        if self._words.any_empty and NO_TERM in numbers:
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

    def _spill(self) -> None:
        self._spilled.add(self._lists)
        for lists in self._lists.values():
            lists.clear()
        self._held = 0

    def _close_spilled(self) -> None:
        self._spilled.close()
        self._tokens.close()

    def _write_postings(self, numbers: Sequence[int], terms: int) -> "tuple[list[array[int]], list[int]]":
        """Writes all postings, by field and term.

        How many each of the `terms` has, a field an array; and in how many articles each is in the title or the body.
        """
        writers = [self._writer(name) for name in ("postings", "weights")]
        several = {number for number, times in Counter(numbers).items() if times > 1}
        only_in_title = Counter({numbers[number]: times for number, times in self._only_in_title.items()})
        in_titles = {numbers[number] for number in self._spilled.sizes("title")}
        bodies: dict[int, array[int]] = {}  # the articles with each of the several in their body
        all_sizes = []
        for field in LISTED:
            norms = self._norms(field)
            sizes = array("I", bytes(4 * terms))
            pieces, held = [], 0
            for number, piece in self._spilled.merged(field, numbers, several):
                if number in several and number in in_titles:
                    articles = array("I", piece.cast("I")[1::2].tolist())
                    if field == "body":
                        bodies[number] = articles
                    elif field == "title":
                        only_in_title[number] = len(set(articles).difference(bodies.pop(number, ())))
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
        in_body = all_sizes[LISTED.index("body")]
        return all_sizes, [in_body[number] + only_in_title[number] for number in range(terms)]

    def _write_tokens(self, numbers: Sequence[int], terms: int) -> None:
        stream, view = self._writer("tokens"), self._tokens.view()
        ends = accumulate(map(add, *self._lengths.values()), initial=0)
        for start, end in pairwise(ends):
            tokens = array("I", map(numbers.__getitem__, view[start:end]))
            self._token_ends.append(stream.write(planes(tokens, terms)))
        stream.close()

    def _norms(self, field: str) -> list[float] | None:
        """What the frequencies in each article's field are divided by; None where length means nothing."""
        lengths = self._lengths.get(field)
        if lengths is None:
            return None
        average = sum(lengths) / max(1, len(lengths) - lengths.count(0))
        return [length_norm(length, average) for length in lengths]

    def _write_terms(self, names: Sequence[str], sizes: "Iterable[array[int]]", articles: Iterable[int]) -> None:
        terms = [term.encode() for term in names]
        ends = array("I", accumulate(size for field in sizes for size in field))
        in_order = array("I", sorted(range(len(terms)), key=terms.__getitem__))
        self._write("terms", [*string_sections(terms), ("I", in_order), ("I", ends), ("I", array("I", articles))])

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


def _write_lists(writers: Sequence[ArrayWriter], pieces: Iterable[memoryview], norms: list[float] | None) -> None:
    """Takes postings apart into articles and weights."""
    packed = array("I", b"".join(pieces))
    frequencies, articles = packed[::2], packed[1::2]
    weights = map(truediv, frequencies, map(norms.__getitem__, articles)) if norms else frequencies
    for writer, data in zip(writers, (articles, array("f", weights)), strict=True):
        writer.write(data)


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
        if number == NO_TERM:
            passed += distance + length
        else:
            for values, value in zip(kept, (number, passed + distance, length), strict=True):
                values.append(value)
            passed = 0
    return kept
