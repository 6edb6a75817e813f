"""Every file of an index damaged in every way: one plain sentence or the right answer, never anything else."""

import json
import os
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from conftest import Commands, refusal
from index.analysis.names import filed_under, letters_of
from index.arrays import ALIGNED, HEADER, SECTION
from index.build import build
from index.cli import run as run_index
from index.commit import replace
from index.errors import DamagedIndexError, NoIndexError
from index.generation import CHECKED_AT_OPEN, open_generation
from index.grams import grams_of
from index.json_line import to_json
from index.manifest import Manifest
from index.schema import SCHEMA
from index.segment import HUNDREDTHS, KINDS, LISTED, NAME, SEARCHED, STARTS
from index.store import Store
from search.engine import answer, read
from search.opening import open_store
from search.plain import text
from search.records import record

INDEX = ".search-index"
PROBE = "4711"
ARRAYS = {f"{NAME}.{name}": kinds for name, kinds in KINDS.items()}
TOC = "_MAIN_1.toc"
FILES = (*ARRAYS, TOC)
DAMAGED = "damaged"  # what a look-up gave that said so

Lookups = dict[tuple[Any, ...], Any]


def articles(digits: str) -> list[dict[str, str]]:
    """Four articles in which a number is written by `digits`, its own by default: other words of the same lengths."""
    turned = str.maketrans("123456789", digits)
    seeded = random.Random(20250703)  # noqa: S311  # a seed is wanted, not a secret
    numbers = ["".join(seeded.choices("123456789", k=3)) for _ in range(30)]

    def words(count: int) -> str:
        return " ".join(seeded.choices(numbers, k=count))

    made = [
        {"id": "a", "title": words(3), "text": f"Patriot missiles {PROBE} {words(40)}\n{words(9)}"},
        {"id": "b", "lang": "ar", "text": f"صواريخ باتريوت {words(20)}\nPatriot {words(5)}"},
        {"id": "c", "title": f"{PROBE} {words(2)}", "text": f"{words(30)} {PROBE}"},
        # A word of forty letters does not fit the short form of offsets; the last line has no place to be cut at.
        {"id": "d", "text": f"{words(9)} {'long' * 10} Patriot missiles طفل\nmissile {'x' * 300}"},
    ]
    return [{key: value if key == "id" else value.translate(turned) for key, value in one.items()} for one in made]


OURS = articles("123456789")


def answering(word: str) -> set[str]:
    """The ids of the articles that hold a word as it is."""
    return {one["id"] for one in OURS if word in f"{one.get('title', '')} {one['text']}".split()}


# So short that their bytes are a part of all that are damaged, and each of them can be.
LISTS = {
    "broken_plurals.txt": ["صاروخ صواريخ", "طفل أطفال", "قذيفة قذائف"],
    "english_stop_words.txt": ["the", "we'll"],
    "arabic_stop_words.txt": ["في"],
}
ABOUT = ["صاروخ", "أطفال", "اطفال", "the", "we'll", "وفي"]  # words that are in no article, but in these lists


def sizes(generation: Path) -> dict[str, int]:
    return {name: (generation / name).stat().st_size for name in FILES}


@pytest.fixture(scope="module")
def built_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles and their index, which was built before from others and has files of the same sizes from it."""
    folder = tmp_path_factory.mktemp("twice")
    source, index = folder / "news.jsonl", folder / INDEX
    for seed in range(100):
        digits = list("123456789")
        random.Random(seed).shuffle(digits)  # noqa: S311  # a seed is wanted, not a secret
        for made in (articles("".join(digits)), OURS):
            source.write_text("".join(json.dumps(one) + "\n" for one in made), encoding="utf-8")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("index.relating.listed", LISTS.__getitem__)
                build([str(source)], str(index))
        if sizes(index / "gen-1") == sizes(index / "gen-2"):
            return folder
        shutil.rmtree(index)  # what is packed differs by a few bytes
    pytest.fail("no two generations of the same sizes")


@pytest.fixture
def twice(built_twice: Path, commands: Commands) -> Commands:
    """The commands in a copy of that folder."""
    shutil.copytree(built_twice, commands.folder, dirs_exist_ok=True)
    return commands


def part(folder: Path, name: str) -> Path:
    return folder / INDEX / (name if name == "current" else f"gen-2/{name}")


def flip_a_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def swap_for_the_one_before(path: Path) -> None:
    if path.name == "current":
        path.write_text(path.read_text(encoding="ascii").replace("gen-2", "gen-1"), encoding="ascii")
    elif path.name == TOC:
        path.write_bytes(path.read_bytes()[::-1])  # that of the one before is the same
    else:
        path.write_bytes((path.parent.parent / "gen-1" / path.name).read_bytes())


DAMAGES: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "halved": lambda path: os.truncate(path, path.stat().st_size // 2),
    "zeroed": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "a bit flipped": flip_a_bit,
    "swapped": swap_for_the_one_before,
}
ALL_FILES = ("current", "manifest", *FILES)


def test_the_files_of_a_generation_are_those_that_are_damaged_here(built_twice: Path) -> None:
    assert sorted(os.listdir(built_twice / INDEX / "gen-2")) == sorted({*ALL_FILES} - {"current"})


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", ALL_FILES)
def test_a_damaged_file_is_told_in_one_line_and_cured_by_the_next_question(
    twice: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: str, damage: str
) -> None:
    DAMAGES[damage](part(twice.folder, file))
    assert "run index" in refusal(twice.search("--no-build", PROBE))
    monkeypatch.chdir(twice.folder)
    with pytest.raises((DamagedIndexError, NoIndexError), match="run index"):
        run_index(["--check", "--index", INDEX])
    store = open_store(None)
    assert {hit.id for hit in answer(store, PROBE).hits} == answering(PROBE) == {"a", "c"}
    assert open_generation(INDEX, thorough=True).name == store.generation.name
    store.close()
    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)


@pytest.mark.parametrize(("file", "damage"), [*zip(ALL_FILES, cycle(DAMAGES), strict=False)])
def test_the_commands_themselves_tell_damage_and_cure_it(twice: Commands, file: str, damage: str) -> None:
    DAMAGES[damage](part(twice.folder, file))
    refusal(twice.index("--check"))
    done = twice.search("--json", PROBE)
    assert {hit["id"] for hit in json.loads(done.stdout)["hits"]} == answering(PROBE)
    assert len(done.stderr.splitlines()) == 1
    assert twice.index("--check").returncode == 0


@pytest.mark.parametrize("file", ALL_FILES)
def test_where_the_articles_are_gone_a_damaged_file_is_told_in_one_line(twice: Commands, file: str) -> None:
    flip_a_bit(part(twice.folder, file))
    (twice.folder / "news.jsonl").unlink()
    assert "news.jsonl" in refusal(twice.search(PROBE))


# Of a large index opening verifies no checksum, so that what is read has to make sense by itself.


def give_up(*_: object) -> None:
    pytest.fail("a look-up goes on for ever")


@contextmanager
def bounded() -> Iterator[None]:
    """Within it the process may take a minute of CPU, for what takes a hundredth of a second, and little more memory."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (1 << 28), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def told(error: DamagedIndexError, folder: Path) -> None:
    """The one sentence that is to be said of a damaged index."""
    said = str(error)
    assert len(said.splitlines()) == 1
    assert os.path.basename(folder) in said
    assert said.endswith("run index to build it again")


class Large:
    """An index of which no checksum is verified; `whole` is what its files hold, `truth` what every look-up gives."""

    def __init__(self, folder: Path, questions: tuple[str, ...]) -> None:
        self.folder = folder
        self._questions = questions
        generation = Path(open_generation(str(folder)).path)
        self.whole = {path.name: path.read_bytes() for path in generation.iterdir()}
        self._paths = {path.name: path for path in generation.iterdir()} | {"current": folder / "current"}
        self.whole["current"] = (folder / "current").read_bytes()
        store = Store(open_generation(str(folder)))
        terms = map(store.term, range(store.term_count))
        self._word_count = len(store._words)
        words = list(map(store.word, range(self._word_count)))
        self._words = [*words, *terms, *ABOUT, "unknown", "غائبة", ""]
        names = (letters[start:] for letters in map(letters_of, words) for start in range(len(letters)))
        self._name_keys = list(dict.fromkeys(key for name in names for key in filed_under(name)))
        self._grams = list(dict.fromkeys(gram for number in range(store.term_count) for gram in grams_of(store.term(number))))
        store.close()
        self.truth = self.look_up()

    @contextmanager
    def holding(self, name: str, data: bytes) -> Iterator[None]:
        """Within it a file holds `data`, as long as what it held, and no checksum is verified."""
        assert len(data) == len(self.whole[name])
        self._write(name, data)
        try:
            with pytest.MonkeyPatch.context() as patch, bounded():
                patch.setattr("index.generation.CHECKED_AT_OPEN", 0)
                yield
        finally:
            self._write(name, self.whole[name])

    def with_file(self, name: str, data: bytes) -> Lookups:
        """What look-ups give while a file holds `data`; any error but `DamagedIndexError` comes through."""
        with self.holding(name, data):
            return self.look_up()

    def look_up(self) -> Lookups:
        """What every look-up gives, `DAMAGED` where it raises that; `{(): DAMAGED}` where opening does."""
        try:
            store = Store(open_generation(str(self.folder)))
        except DamagedIndexError as error:
            told(error, self.folder)
            return {(): DAMAGED}
        found: Lookups = {}
        for key in self._keys(store):
            try:
                found[key] = look_up(store, *key)
            except DamagedIndexError as error:
                told(error, self.folder)
                found[key] = DAMAGED
        return found

    def _write(self, name: str, data: bytes) -> None:
        with self._paths[name].open("r+b") as file:
            file.write(data)

    def _keys(self, store: Store) -> Iterator[tuple[Any, ...]]:
        yield ("vocabulary",)
        for number in range(store.term_count):
            yield from (("term", number), ("article_frequency", number))
            for field in LISTED:
                yield from (("postings", field, number), ("frequencies", field, number))
        for word in self._words:
            yield from (("number_of", word), ("known_term", word), ("from_term", word.encode()))
            yield from (("term_of", word), ("articles_with", word), ("forms", word), ("is_stop_word", word))
            yield from (("is_settled", word), ("is_small", word), ("is_capital", word))
        for number in range(self._word_count):
            yield from (("word", number), ("word_term", number))
        yield from (("names", key) for key in [*self._name_keys, "none", ""])
        yield from (("with_gram", gram) for gram in [*self._grams, "none", ""])
        for article in range(store.article_count):
            yield from (("stored", article), ("rank", article))
            for field in SEARCHED:
                yield from (("tokens", field, article), ("bounds", field, article), ("length_norm", field, article))
        yield from (("in_language", language) for language in ("en", "ar", "fr"))
        yield from (("total_length", field) for field in SEARCHED)
        yield from (("answer", question, language) for question in self._questions for language in (None, "ar"))


def look_up(store: Store, name: str, *arguments: Any) -> object:
    """What a method of a store gives, and `answer`, as plain values."""
    if name == "answer":
        return answered(store, *arguments)
    value = getattr(store, name)(*arguments)
    if name == "postings":
        return [list(values) for values in value]
    if name in {"forms", "with_gram"}:
        return list(map(store.term, value))
    if name == "names":
        return [(store.word(number), store.word_term(number), start) for number, start in value]
    return list(value) if name in {"frequencies", "tokens", "bounds"} else value


def answered(store: Store, question: str, language: str | None) -> list[object]:
    """An answer as every output has it but the time it took, and each of its articles as the prompt shows it."""
    results = answer(store, question, language=language)
    shown = record(results) | {"took_ms": 0}
    opened = [[snippet.text for snippet in read(store, hit, results.query)] for hit in results.hits]
    return [to_json(shown), text(results), opened]


@pytest.fixture(scope="module")
def large(built_twice: Path, tmp_path_factory: pytest.TempPathFactory) -> Large:
    folder = tmp_path_factory.mktemp("large")
    shutil.copytree(built_twice, folder, dirs_exist_ok=True)
    title, body = OURS[0]["title"], OURS[0]["text"].split()
    return Large(
        folder / INDEX,
        (
            "Patriot missiles",
            f'"{title}"',
            f'"{" ".join(body[:3])}" {body[5]}',
            "باتريوت",
            f"{PROBE} 0000",
            "the صاروخ of missles",
        ),
    )


def test_a_whole_index_answers_right_however_large(large: Large) -> None:
    assert DAMAGED not in large.truth.values()
    given, *_ = large.truth["answer", f"{PROBE} 0000", None]
    assert {hit["id"] for hit in json.loads(given)["hits"]} == answering(PROBE)


@pytest.mark.parametrize("question", ["باتريوت", "Patriot missiles"])
def test_a_question_asks_for_names_in_either_script(large: Large, question: str) -> None:
    given, *_ = large.truth["answer", question, None]
    assert {"a", "b", "d"} <= {hit["id"] for hit in json.loads(given)["hits"]}
    assert any(row["origin"] == "name" for hit in json.loads(given)["hits"] for row in hit["matched"])


def seen_at_opening(found: Lookups) -> bool:
    return found == {(): DAMAGED}


def spans(data: bytes, kinds: str) -> list[tuple[int, int]]:
    """Where each section of a file starts and ends."""
    start, found = HEADER.size + SECTION.size * len(kinds), []
    for _, length in SECTION.iter_unpack(data[HEADER.size : start]):
        found.append((start, start + length))
        start += length + -length % ALIGNED
    assert start == len(data)
    return found


def with_bytes(data: bytes, place: int, new: bytes) -> bytes:
    return (data[:place] + new + data[place + len(new) :])[: len(data)]


def with_bit(data: bytes, place: int, bit: int) -> bytes:
    return with_bytes(data, place, bytes([data[place] ^ 1 << bit]))


@pytest.mark.parametrize("file", ARRAYS)
def test_a_file_of_another_generation_is_seen_by_its_stamp_though_its_size_is_the_same(large: Large, file: str) -> None:
    before = (large.folder / "gen-1" / file).read_bytes()
    assert before != large.whole[file]
    assert seen_at_opening(large.with_file(file, before))


@pytest.mark.parametrize("file", ARRAYS)
def test_a_file_of_zeros_or_of_noise_is_seen_at_opening(large: Large, file: str) -> None:
    size = len(large.whole[file])
    for data in (bytes(size), b"\xff" * size, random.Random(file).randbytes(size)):  # noqa: S311  # no secret
        assert seen_at_opening(large.with_file(file, data))


@pytest.mark.parametrize("file", ["current", "manifest"])
def test_a_bit_flipped_in_what_names_the_files_is_seen_at_opening_of_any_size(large: Large, file: str) -> None:
    for place in range(len(large.whole[file])):
        assert seen_at_opening(large.with_file(file, with_bit(large.whole[file], place, place % 8)))


@pytest.mark.parametrize("file", ARRAYS)
def test_a_bit_flipped_in_a_header_is_seen_at_opening_or_changes_no_answer(large: Large, file: str) -> None:
    for place in range(HEADER.size + SECTION.size * len(ARRAYS[file])):
        for bit in range(8):
            found = large.with_file(file, with_bit(large.whole[file], place, bit))
            if place < HEADER.size:
                assert seen_at_opening(found)
            assert all(large.truth[key] == value for key, value in found.items() if value != DAMAGED)


ENDS = {  # sections in which any changed bit makes some article's parts unfit for each other
    "text_ends": 1,
    "token_ends": 2,
    "offset_ends": 3,
    "title lengths": 4,
    "body lengths": 5,
}


@pytest.mark.parametrize("name", ENDS)
def test_a_bit_flipped_in_what_parts_the_articles_is_seen_and_leads_to_no_wrong_text(large: Large, name: str) -> None:
    file = f"{NAME}.articles"
    for place in range(*spans(large.whole[file], ARRAYS[file])[ENDS[name]]):
        for bit in range(8):
            found = large.with_file(file, with_bit(large.whole[file], place, bit))
            assert DAMAGED in found.values()
            for article in range(len(OURS)):
                for key in (("stored", article), ("tokens", "body", article), ("bounds", "body", article)):
                    assert found.get(key, DAMAGED) in (DAMAGED, large.truth[key])


@pytest.mark.parametrize("name", ["text_ends", "token_ends", "offset_ends"])
def test_an_article_that_seems_to_have_nothing_does_not_lend_its_own_to_the_next(large: Large, name: str) -> None:
    file = f"{NAME}.articles"
    start, end = spans(large.whole[file], ARRAYS[file])[ENDS[name]]
    ends = struct.unpack_from(f"={len(OURS)}Q", large.whole[file], start)
    assert end - start == 8 * len(OURS)
    for article in range(1, len(OURS) - 1):
        moved = with_bytes(large.whole[file], start + 8 * article, struct.pack("=Q", ends[article - 1]))
        found = large.with_file(file, moved)
        method = {"text_ends": ("stored",), "token_ends": ("tokens", "body"), "offset_ends": ("bounds", "body")}[name]
        assert [found[*method, article], found[*method, article + 1]] == [DAMAGED, DAMAGED]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        pytest.param("articles", 1, id="of texts"),
        pytest.param("articles", 2, id="of tokens"),
        pytest.param("articles", 3, id="of offsets"),
        pytest.param("terms", 5, id="of postings"),
        pytest.param("words", 6, id="of names"),
        pytest.param("related", 11, id="of terms that have a gram"),
    ],
)
def test_the_last_end_is_compared_with_its_file_at_opening(large: Large, name: str, number: int) -> None:
    file = f"{NAME}.{name}"
    _, end = spans(large.whole[file], ARRAYS[file])[number]
    width = struct.calcsize(ARRAYS[file][number])
    for bit in range(8):
        assert seen_at_opening(large.with_file(file, with_bit(large.whole[file], end - width, bit)))


@pytest.mark.parametrize(
    ("name", "number"),
    [
        pytest.param("terms", 1, id="the end of a term"),
        pytest.param("terms", 3, id="the number of a term in its bucket"),
        pytest.param("terms", 4, id="the number of a term by its order"),
        pytest.param("terms", 5, id="the end of its postings"),
        pytest.param("words", 1, id="the end of a word"),
        pytest.param("words", 3, id="the number of a word in its bucket"),
        pytest.param("words", 4, id="the term of a word"),
        pytest.param("words", 6, id="the end of the names that have a key"),
        pytest.param("related", 1, id="the end of a term that has other forms"),
        pytest.param("related", 3, id="the number of such a term in its bucket"),
        pytest.param("related", 4, id="the end of its forms"),
        pytest.param("related", 5, id="the number of a form"),
        pytest.param("related", 7, id="the end of a stop word"),
        pytest.param("related", 9, id="the number of a stop word in its bucket"),
        pytest.param("related", 11, id="the end of the terms that have a gram"),
    ],
)
def test_what_points_outside_of_its_file_is_seen_when_it_is_followed(large: Large, name: str, number: int) -> None:
    file = f"{NAME}.{name}"
    start, end = spans(large.whole[file], ARRAYS[file])[number]
    unseen = []
    for place in range(start, end, 4):
        found = large.with_file(file, with_bytes(large.whole[file], place, b"\xff" * 4))
        if DAMAGED not in found.values():
            unseen.append(place)
    assert unseen == []


@pytest.mark.parametrize(("name", "number"), [("words", 7), ("related", 12)], ids=["the words of names", "the terms of grams"])
def test_what_numbers_more_than_there_is_is_seen_when_it_is_followed(large: Large, name: str, number: int) -> None:
    file = f"{NAME}.{name}"
    start, end = spans(large.whole[file], ARRAYS[file])[number]
    count = (end - start) // 3
    assert count > 0
    for place in range(end - count, end):  # the highest bytes of all numbers stand last
        found = large.with_file(file, with_bytes(large.whole[file], place, b"\xff"))
        assert DAMAGED in found.values()


def test_a_name_that_leads_to_a_word_too_long_for_one_is_survived(tmp_path: Path) -> None:
    source, folder = tmp_path / "news.jsonl", tmp_path / "index"
    source.write_text(json.dumps({"id": "a", "text": f"{'boris' * 4}bor {'boris' * 6}"}), encoding="utf-8")
    build([str(source)], str(folder))
    question = f"{'بوريس' * 4}بور"
    large = Large(folder, (question,))
    given, *_ = large.truth["answer", question, None]
    assert [hit["id"] for hit in json.loads(given)["hits"]] == ["a"]
    file = f"{NAME}.words"
    start, _ = spans(large.whole[file], ARRAYS[file])[7]
    for place in (start, start + 1):
        large.with_file(file, with_bytes(large.whole[file], place, bytes([STARTS])))  # the second word instead of the first


def test_an_article_beyond_the_last_one_is_seen_when_it_is_followed(large: Large) -> None:
    file = f"{NAME}.postings"
    ends = spans(large.whole[f"{NAME}.terms"], ARRAYS[f"{NAME}.terms"])[5]
    of_fields = memoryview(large.whole[f"{NAME}.terms"])[slice(*ends)].cast("I").tolist()
    per_field = len(of_fields) // len(LISTED)
    start = 0
    for field, end in zip(LISTED, of_fields[per_field - 1 :: per_field], strict=True):
        for place in range(start, end) if field in SEARCHED else ():
            first = HEADER.size + SECTION.size + 4 * place
            found = large.with_file(file, with_bytes(large.whole[file], first, struct.pack("=I", len(OURS))))
            assert DAMAGED in found.values()
        start = end


SECTIONS = {f"{name} {number}": (f"{NAME}.{name}", number) for name, kinds in KINDS.items() for number in range(len(kinds))}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_of_zeros_or_of_noise_is_survived(large: Large, section: str) -> None:
    file, number = SECTIONS[section]
    start, end = spans(large.whole[file], ARRAYS[file])[number]
    for fill in (bytes(end - start), b"\xff" * (end - start), random.Random(file).randbytes(end - start)):  # noqa: S311  # no secret
        large.with_file(file, with_bytes(large.whole[file], start, fill))


@pytest.mark.parametrize("file", FILES)
def test_flipped_bits_are_survived_wherever_they_are(large: Large, file: str) -> None:
    seeded = random.Random(file)  # noqa: S311  # a seed is wanted, not a secret
    for flips in (1, 1, 1, 2, 8, 64) * 8:
        data = large.whole[file]
        for _ in range(flips):
            data = with_bit(data, seeded.randrange(len(data)), seeded.randrange(8))
        large.with_file(file, data)


@given(file=st.sampled_from(ALL_FILES), place=st.integers(0, 1 << 16), new=st.binary(min_size=1, max_size=64))
def test_any_bytes_anywhere_are_survived(large: Large, file: str, place: int, new: bytes) -> None:
    whole = large.whole[file]
    large.with_file(file, with_bytes(whole, place % len(whole), new))


def test_words_placed_outside_of_their_text_are_survived(large: Large) -> None:
    # The last article has four bytes for a distance and four for a length, and ends without a space.
    file, last = f"{NAME}.offsets", OURS[-1]["text"].split()
    ((_, end),) = spans(large.whole[file], ARRAYS[file])
    for place in range(end - 8 * len(last), end, 8):
        for distance in range(0, 1_000, 25):
            large.with_file(file, with_bytes(large.whole[file], place, struct.pack("=I", distance)))


def place_of(large: Large, field: str, word: str) -> int:
    """Which of all postings is the first one of a word that is its own term."""
    store = Store(open_generation(str(large.folder)))
    number = store.number_of(word)
    assert number is not None
    data, kinds = large.whole[f"{NAME}.terms"], ARRAYS[f"{NAME}.terms"]
    ends = memoryview(data)[slice(*spans(data, kinds)[5])].cast("I")
    place = LISTED.index(field) * store.term_count + number
    store.close()
    return ends[place - 1] if place else 0


def with_postings(large: Large, name: str, place: int, new: bytes) -> bytes:
    file = f"{NAME}.{name}"
    ((start, _),) = spans(large.whole[file], ARRAYS[file])
    return with_bytes(large.whole[file], start + 4 * place, new)


@pytest.mark.parametrize("weight", ["nan", "inf", "-inf", "-1.2", "-0.0", "3.4e38"])
def test_weights_that_no_build_writes_are_survived(large: Large, weight: str) -> None:
    for field in SEARCHED:
        data = with_postings(large, "weights", place_of(large, field, PROBE), struct.pack("=f", float(weight)))
        large.with_file(f"{NAME}.weights", data)


def test_weights_that_add_up_to_a_division_by_zero_are_survived(large: Large) -> None:
    # In the title of c, and twice in its body instead of once in the one of a: together -1.2, against the 1.2 of BM25's k1.
    in_title, in_body = place_of(large, "title", PROBE), place_of(large, "body", PROBE)
    twice_in_c = with_postings(large, "postings", in_body, struct.pack("=2I", 2, 2))
    weights = with_postings(large, "weights", in_title, struct.pack("=f", -0.6))
    first = struct.unpack("=f", struct.pack("=f", -0.6))[0]
    second = struct.unpack("=f", struct.pack("=f", -1.2 - 2 * first))[0]
    rest = -1.2 - (2 * first + second)
    ((start, _),) = spans(weights, "f")
    weights = with_bytes(weights, start + 4 * in_body, struct.pack("=2f", second, rest))
    with large.holding(f"{NAME}.postings", twice_in_c):
        large.with_file(f"{NAME}.weights", weights)


def test_a_text_packed_to_fill_all_memory_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeded = random.Random(20250703)  # noqa: S311  # a seed is wanted, not a secret
    noise = "".join(map(chr, seeded.choices(range(0x1F300, 0x1F600), k=300_000)))  # nothing that packs well, and no word
    source, folder = tmp_path / "news.jsonl", str(tmp_path / "index")
    source.write_text(json.dumps({"id": "a", "text": f"word {noise}"}), encoding="utf-8")
    build([str(source)], folder)
    path = Path(open_generation(folder).path, f"{NAME}.texts")
    whole = path.read_bytes()
    ((start, end),) = spans(whole, "B")
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 24)) for _ in range(20)) + packer.flush()  # a third of a gigabyte
    assert len(bomb) < end - start
    path.write_bytes(with_bytes(whole, start, bomb))
    monkeypatch.setattr("index.generation.CHECKED_AT_OPEN", 0)
    store = Store(open_generation(folder))
    tracemalloc.start()
    try:
        with pytest.raises(DamagedIndexError, match="texts"):
            store.article(0)
        assert tracemalloc.get_traced_memory()[1] < 1 << 28
    finally:
        tracemalloc.stop()
    store.close()


def test_what_whoosh_alone_reads_changes_no_answer(large: Large) -> None:
    assert large.with_file(TOC, bytes(len(large.whole[TOC]))) == large.truth


@pytest.fixture
def enlarged(twice: Commands) -> Commands:
    """The commands in a folder whose index is too large for the commands to verify its checksums."""
    small = open_generation(str(twice.folder / INDEX))

    def fill(path: str) -> Manifest:
        shutil.copytree(small.path, path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("manifest"))
        Path(path, "padding").touch()
        os.truncate(Path(path, "padding"), CHECKED_AT_OPEN)
        return small.manifest

    replace(small.folder, fill)
    return twice


def overwrite(commands: Commands, name: str, place: int, data: bytes) -> None:
    with (commands.folder / INDEX / "gen-3" / f"{NAME}.{name}").open("r+b") as file:
        file.seek(place)
        file.write(data)


@pytest.mark.parametrize("name", KINDS)
def test_a_large_index_that_cannot_be_opened_is_told_in_one_line_and_cured_by_the_next_question(
    enlarged: Commands, name: str
) -> None:
    overwrite(enlarged, name, 0, bytes(HEADER.size))
    assert name in refusal(enlarged.search("--no-build", PROBE))
    done = enlarged.search("--json", PROBE)
    assert {hit["id"] for hit in json.loads(done.stdout)["hits"]} == answering(PROBE)
    assert len(done.stderr.splitlines()) == 1
    assert enlarged.search("--no-build", PROBE).returncode == 0


def test_what_is_damaged_inside_a_large_index_is_told_in_one_line_by_the_questions_that_meet_it(enlarged: Commands) -> None:
    overwrite(enlarged, "texts", HEADER.size + SECTION.size, bytes(8))  # the first article's
    assert "texts" in refusal(enlarged.search("--no-build", PROBE))
    assert "texts" in refusal(enlarged.index("--check"))
    assert enlarged.search("--no-build", "باتريوت").returncode == 2, "it is about the Patriot, as the first article is"
    assert answering("طفل") == set(enlarged.found("--no-build", "طفل")) == {"d"}


# What Whoosh reads first is a pickle, which can do anything to whoever loads it. Neither command does.


class Trap:
    """A pickle that makes a folder when it is loaded."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.target),)


def plant_toc(folder: Path, number: int, trap: Trap) -> None:
    (folder / f"_MAIN_{number}.toc").unlink(missing_ok=True)
    whoosh_index.TOC(SCHEMA, [trap], number).write(FileStorage(str(folder)), "MAIN")


def plant_newer_toc(folder: Path, trap: Trap) -> None:
    plant_toc(folder, 99, trap)


def plant_toc_in_place(folder: Path, trap: Trap) -> None:
    plant_toc(folder, 1, trap)


def open_with_whoosh(generation: Path) -> None:
    """Whoosh as it comes, in a process where nothing of this project has tamed it."""
    code = "import sys; from whoosh.index import open_dir; open_dir(sys.argv[1]).reader()"
    subprocess.run([sys.executable, "-c", code, str(generation)], capture_output=True, check=False)


PLANTS = [plant_newer_toc, plant_toc_in_place]


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("cure", ["search", "index"])
def test_a_pickle_planted_among_the_files_is_never_loaded(
    twice: Commands, plant: Callable[[Path, Trap], None], cure: str
) -> None:
    sprung, generation = twice.folder / "sprung", twice.folder / INDEX / "gen-2"
    plant(generation, Trap(sprung))
    open_with_whoosh(generation)
    assert sprung.exists(), "the trap must work"
    sprung.rmdir()
    refusal(twice.search("--no-build", PROBE))
    refusal(twice.index("--check"))
    done = twice.search(PROBE) if cure == "search" else twice.index()
    assert done.returncode == 0
    assert twice.found("--no-build", PROBE)
    assert not sprung.exists()


@pytest.mark.parametrize("plant", PLANTS)
def test_a_pickle_in_an_index_that_somebody_else_has_made_is_never_loaded(
    twice: Commands, plant: Callable[[Path, Trap], None]
) -> None:
    genuine = open_generation(str(twice.folder / INDEX))
    sprung = twice.folder / "sprung"

    def fill(path: str) -> Manifest:
        shutil.copytree(genuine.path, path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("manifest"))
        plant(Path(path), Trap(sprung))
        return genuine.manifest

    forged = Path(replace(str(twice.folder / INDEX), fill).path)
    assert twice.index("--check").returncode == 0, "it has the checksums that it should"
    assert set(twice.found(PROBE)) == answering(PROBE)
    assert twice.index().returncode == 0
    assert not sprung.exists()
    assert forged.exists(), "kept until the next build"
    open_with_whoosh(forged)
    assert sprung.exists(), "the trap must work"


# Of the translations every bit and every length: so few words have a file so small that all of it can be tried.


TRANSLATIONS = f"{NAME}.translations"
PHRASE_ENDS, PHRASES, KEYS, LIST_ENDS, NUMBERS = range(5)  # its sections
BY_PHRASE, BY_WORD = ("air defens", "دفاع جوي"), ("air", "defens", "=defense", "دفاع", "جوي")


class Bilingual(Large):
    """A large index of which only what is translated is looked up."""

    def _keys(self, store: Store) -> Iterator[tuple[Any, ...]]:
        yield from (("translations", key) for key in (*BY_PHRASE, *BY_WORD, "unknown", ""))
        yield from (("term", number) for number in range(store.term_count))
        yield from (("answer", question, None) for question in self._questions)


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> Bilingual:
    folder = tmp_path_factory.mktemp("bilingual")
    articles = [{"id": "a", "text": "air defense"}, {"id": "b", "text": "دفاع جوي"}]
    (folder / "news.jsonl").write_text("".join(json.dumps(one) + "\n" for one in articles), encoding="utf-8")
    build([str(folder / "news.jsonl")], str(folder / INDEX))
    return Bilingual(folder / INDEX, ("air defense", "دفاع جوي"))


def numbers_of_terms(large: Large) -> int:
    store = Store(open_generation(str(large.folder)))
    try:
        return store.term_count
    finally:
        store.close()


def section(large: Large, number: int) -> tuple[int, int]:
    return spans(large.whole[TRANSLATIONS], ARRAYS[TRANSLATIONS])[number]


def test_the_small_index_translates_words_and_phrases_in_both_directions(bilingual: Bilingual) -> None:
    assert DAMAGED not in bilingual.truth.values()
    assert all(bilingual.truth["translations", key] for key in BY_PHRASE)
    assert not any(bilingual.truth["translations", key] for key in ("unknown", ""))
    for question in BY_PHRASE:
        given, *_ = bilingual.truth["answer", question.replace("defens", "defense"), None]
        assert {hit["id"] for hit in json.loads(given)["hits"]} == {"a", "b"}
        assert any(row["origin"] == "translation" for hit in json.loads(given)["hits"] for row in hit["matched"])
    assert all(section(bilingual, number)[0] < section(bilingual, number)[1] for number in range(5))


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(PHRASE_ENDS, id="the ends of phrases, of which none may be empty"),
        pytest.param(PHRASES, id="the terms of phrases"),
        pytest.param(KEYS, id="the keys"),
        pytest.param(LIST_ENDS, id="the ends of their lists"),
        pytest.param(NUMBERS, id="what says the same"),
    ],
)
def test_every_bit_of_the_translations_may_be_flipped(bilingual: Bilingual, number: int) -> None:
    whole = bilingual.whole[TRANSLATIONS]
    for place in range(*section(bilingual, number)):
        for bit in range(8):
            bilingual.with_file(TRANSLATIONS, with_bit(whole, place, bit))


def test_a_flipped_bit_of_what_says_the_same_leaves_the_other_translations(bilingual: Bilingual) -> None:
    whole = bilingual.whole[TRANSLATIONS]
    keys = [("translations", key) for key in (*BY_PHRASE, *BY_WORD)]
    start, end = section(bilingual, NUMBERS)
    for place in range(start, end):
        found = bilingual.with_file(TRANSLATIONS, with_bit(whole, place, 5))
        assert sum(found[key] != bilingual.truth[key] for key in keys) <= 1


def test_every_bit_of_the_last_ends_is_seen_at_opening(bilingual: Bilingual) -> None:
    for number in (PHRASE_ENDS, LIST_ENDS):
        _, end = section(bilingual, number)
        for place in range(end - 4, end):
            for bit in range(8):
                assert seen_at_opening(bilingual.with_file(TRANSLATIONS, with_bit(bilingual.whole[TRANSLATIONS], place, bit)))


@pytest.mark.parametrize("by", [pytest.param(1, id="the generation"), pytest.param(0, id="its files alone")])
def test_translations_of_any_other_length_are_seen_at_opening(
    bilingual: Bilingual, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: int
) -> None:
    monkeypatch.setattr("index.generation.CHECKED_AT_OPEN", 0)
    folder = tmp_path / INDEX
    shutil.copytree(bilingual.folder, folder)
    generation = open_generation(str(folder))
    path, whole = Path(generation.path, TRANSLATIONS), bilingual.whole[TRANSLATIONS]
    for size in [*range(len(whole)), len(whole) + 1, len(whole) + 8, 2 * len(whole)]:
        path.write_bytes((whole + whole)[:size])
        with pytest.raises(DamagedIndexError) as raised:
            Store(open_generation(str(folder)) if by else generation)
        told(raised.value, folder)
    path.write_bytes(whole)
    Store(open_generation(str(folder))).close()


def with_numbers(large: Large, target: int) -> bytes:
    """The file where all that says the same is one term or phrase."""
    start, end = section(large, NUMBERS)
    count = (end - start) // 3
    packed = target * HUNDREDTHS + 50
    new = b"".join(bytes([packed >> shift & 255]) * count for shift in (0, 8, 16))
    return with_bytes(large.whole[TRANSLATIONS], start, new)


def test_phrases_are_numbered_behind_the_terms_and_no_further(bilingual: Bilingual) -> None:
    start, end = section(bilingual, PHRASE_ENDS)
    terms, phrases = numbers_of_terms(bilingual), (end - start) // 4
    translated = [("translations", key) for key in (*BY_PHRASE, *BY_WORD) if bilingual.truth["translations", key]]
    for target, length in ((0, 1), (terms - 1, 1), (terms, 2), (terms + phrases - 1, 2)):
        found = bilingual.with_file(TRANSLATIONS, with_numbers(bilingual, target))
        assert {len(numbers) for key in translated for numbers, _ in found[key]} == {length}
    for target in (terms + phrases, terms + phrases + 1, (1 << 24) // HUNDREDTHS - 1):
        found = bilingual.with_file(TRANSLATIONS, with_numbers(bilingual, target))
        assert {found[key] for key in found if key in translated or key[0] == "answer"} == {DAMAGED}
        assert found["translations", "unknown"] == []


@pytest.mark.parametrize("beyond", [0, 1, 1 << 24, (1 << 32) - 1])
def test_a_phrase_of_terms_that_there_are_not_is_seen_when_it_is_followed(bilingual: Bilingual, beyond: int) -> None:
    start, end = section(bilingual, PHRASES)
    number = min(numbers_of_terms(bilingual) + beyond, (1 << 32) - 1)
    for place in range(start, end, 4):
        found = bilingual.with_file(TRANSLATIONS, with_bytes(bilingual.whole[TRANSLATIONS], place, struct.pack("=I", number)))
        assert DAMAGED in found.values()


@pytest.mark.parametrize(
    ("number", "end"),
    [
        pytest.param(PHRASE_ENDS, 1 << 31, id="a phrase that ends outside of the file"),
        pytest.param(LIST_ENDS, 1 << 31, id="a list that ends outside of the file"),
    ],
)
def test_what_ends_outside_of_the_translations_is_seen_when_it_is_followed(bilingual: Bilingual, number: int, end: int) -> None:
    start, stop = section(bilingual, number)
    ends = (stop - start) // 4
    changed = with_bytes(
        bilingual.whole[TRANSLATIONS], start, struct.pack("=I", end) * (ends - 1)
    )  # the last one is compared at opening
    found = bilingual.with_file(TRANSLATIONS, changed)
    assert DAMAGED in [found["translations", key] for key in BY_PHRASE]
    assert DAMAGED in [found["answer", question, None] for question in ("air defense", "دفاع جوي")]


def test_a_translation_that_is_none_likely_or_more_than_sure_is_survived(bilingual: Bilingual) -> None:
    start, end = section(bilingual, NUMBERS)
    count = (end - start) // 3
    for place in range(start, start + count):  # the lowest bytes of all numbers stand first
        for likely in (0, 1, 100, 127):
            low = bilingual.whole[TRANSLATIONS][place] & HUNDREDTHS | likely
            found = bilingual.with_file(TRANSLATIONS, with_bytes(bilingual.whole[TRANSLATIONS], place, bytes([low])))
            assert DAMAGED not in found.values()
