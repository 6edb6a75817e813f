import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.manifest import FORMAT, Manifest, describe, dump, load

# What a file may be called and no careless row survives: row and cell ends, the escape itself, undecodable bytes, line
# separators that only some programs know.
NASTY = "\t\n\r\\ux\x00\x0b\x1c\x85\u2028\udc80\udcff\ud800ص\U0001f680 .-"
TEXT = st.text(st.one_of(st.sampled_from(NASTY), st.characters()), max_size=12)
NAME = TEXT.map(lambda text: text.replace("/", "").replace("\0", "")).filter(lambda name: name not in {"", ".", ".."})
FOLDER = st.lists(NAME, min_size=1, max_size=4).map(lambda names: "/" + "/".join(names))
MANIFESTS = st.builds(
    Manifest,
    sources=st.lists(FOLDER, max_size=3),
    fingerprint=TEXT,
    watched=st.dictionaries(FOLDER, st.integers(-(2**63), 2**63), max_size=3),
    seconds=st.integers(0, 10**9).map(lambda milliseconds: milliseconds / 1000),
    counts=st.dictionaries(TEXT, st.integers(0, 2**63), max_size=3),
    versions=st.dictionaries(TEXT, TEXT, max_size=3),
    files=st.dictionaries(NAME, st.tuples(st.integers(0, 2**63), st.integers(0, 2**32 - 1)), max_size=3),
)
HEAD = f"format\t{FORMAT}\n".encode()


def facts(manifest: Manifest) -> dict[str, object]:
    return {name: getattr(manifest, name) for name in Manifest.__slots__}


def example(**changed: object) -> Manifest:
    plain = {"sources": [], "fingerprint": "", "watched": {}, "seconds": 0.0, "counts": {}, "versions": {}, "files": {}}
    return Manifest(**(plain | changed))  # type: ignore[arg-type]  # the values are those of the fields


def test_a_file_outside_its_generation_is_refused() -> None:
    row = dump(example(files={"one.seg": (1, 1)}), "/").replace(b"one.seg", b"../one.seg")
    with pytest.raises(ValueError, match="no known kind"):
        load(row, "/")


@given(MANIFESTS, FOLDER)
def test_what_is_dumped_is_loaded(manifest: Manifest, folder: str) -> None:
    assert facts(load(dump(manifest, folder), folder)) == facts(manifest)


@given(MANIFESTS, FOLDER)
def test_a_manifest_is_ascii_with_one_line_for_each_fact(manifest: Manifest, folder: str) -> None:
    rows = dump(manifest, folder).decode("ascii").split("\n")
    lists = (manifest.sources, manifest.watched, manifest.counts, manifest.versions, manifest.files)
    assert len(rows) == len(["format", "fingerprint", "seconds", "after the last end"]) + sum(map(len, lists))


@given(FOLDER, st.lists(NAME, min_size=1, max_size=3), FOLDER)
def test_sources_beside_the_index_move_with_it(before: str, inside: list[str], after: str) -> None:
    source = "/".join([before, *inside])
    data = dump(example(sources=[source]), before + "/index")
    assert load(data, after + "/index").sources == ["/".join([after, *inside])]


@given(FOLDER, st.lists(NAME, min_size=1, max_size=3), FOLDER)
def test_what_is_watched_beside_the_index_moves_with_it(before: str, inside: list[str], after: str) -> None:
    data = dump(example(watched={"/".join([before, *inside]): 1}), before + "/index")
    assert load(data, after + "/index").watched == {"/".join([after, *inside]): 1}


def test_a_manifest_can_be_read_by_people() -> None:
    rows = dump(example(sources=["/news/a b"], files={"x.seg": (3, 255)}), "/news/index").decode().splitlines()
    assert rows[1] == "source\t../a b"
    assert rows[-1] == "file\tx.seg\t3\t000000ff"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\n", id="an empty line"),
        pytest.param(b"format\n", id="a format without its number"),
        pytest.param(f"format\t{FORMAT + 1}\n".encode(), id="the next format"),
        pytest.param(b"format\t2\n", id="the format before, which knew nothing of how terms relate"),
        pytest.param(f"format\t{FORMAT}\textra\n".encode(), id="a format with one cell too many"),
        pytest.param(b"source\tx\n" + HEAD, id="the format not first"),
        pytest.param(HEAD + b"\n", id="an empty row"),
        pytest.param(HEAD + b"colour\tblue\n", id="a row of no known kind"),
        pytest.param(HEAD + b"source\n", id="a row with a cell too few"),
        pytest.param(HEAD + b"file\tx\t1\t00\t\n", id="a row with a cell too many"),
        pytest.param(HEAD + b"count\tarticles\tmany\n", id="a count that is no number"),
        pytest.param(HEAD + b"count\tarticles\t" + b"1" * 5000 + b"\n", id="a number of more digits than Python reads"),
        pytest.param(HEAD + b"watched\t../seeds\tnow\n", id="a time that is no number"),
        pytest.param(HEAD + b"seconds\tsoon\n", id="seconds that are no number"),
        pytest.param(HEAD + b"file\tx\t1\txyz\n", id="a checksum that is not hexadecimal"),
        pytest.param(HEAD + b"source\t\xff\n", id="a byte that is not ASCII"),
        pytest.param(HEAD + b"source\t\\x4\n", id="an escape cut short"),
        pytest.param(HEAD + b"source\t\\U00110000\n", id="an escape beyond Unicode"),
        pytest.param(HEAD + b"source\ta\\", id="an escape at the end of the file"),
    ],
)
def test_bytes_that_are_no_manifest_are_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        load(data, "/index")


@given(st.binary(max_size=60))
def test_no_bytes_lead_to_another_error(data: bytes) -> None:
    for start, end in product((b"", HEAD), (b"", b"\n")):
        try:
            load(start + data + end, "/index")
        except ValueError:
            continue


@given(MANIFESTS, st.data())
def test_no_damage_to_a_manifest_leads_to_another_error(manifest: Manifest, data: st.DataObject) -> None:
    written = bytearray(dump(manifest, "/news/index"))
    place = data.draw(st.integers(0, len(written) - 1))
    written[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        load(bytes(written), "/news/index")
    except ValueError:
        return


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        pytest.param({"articles": 1, "lang ar": 1}, "1 article (1 ar)", id="one"),
        pytest.param(
            {"articles": 7, "lang en": 4, "lang und": 1, "lang ar": 2}, "7 articles (2 ar, 4 en, 1 und)", id="by name"
        ),
        pytest.param({"articles": 2, "body words": 9, "lang en": 2}, "2 articles (2 en)", id="words are no language"),
    ],
)
def test_a_manifest_is_described_by_its_articles(counts: dict[str, int], said: str) -> None:
    assert describe(example(counts=counts)) == said


@given(st.dictionaries(st.from_regex(re.compile("[a-z]{2,3}"), fullmatch=True), st.integers(1, 99), min_size=1))
def test_every_language_is_described(languages: dict[str, int]) -> None:
    counts = {"articles": sum(languages.values())} | {f"lang {name}": number for name, number in languages.items()}
    said = describe(example(counts=counts))
    assert re.findall(r"(\d+) ([a-z]+)[,)]", said) == [(str(languages[name]), name) for name in sorted(languages)]
