"""How transliteration units are learned: made-up names whose units are known, and what is expected by counting all ways."""

import math
import sqlite3
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from importlib.machinery import ModuleSpec
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from index.analysis import listed, train_names, transliteration
from index.analysis.train_names import (
    _FIRST,
    Pair,
    Unit,
    _expected,
    mixed_up,
    pairs_of,
    ratios,
    share_accepted,
    train,
    written_pairs,
)
from index.analysis.transliteration import Sounding

LETTERS = dict(zip("bdlmnr", "بدلمنر", strict=True))
Known = Mapping[str, Mapping[str, float]]


def names_of(sounds: Mapping[str, str], length: int, weight: float = 5.0) -> dict[Pair, float]:
    """All names of so many sounds, none of them twice, in both scripts, and their weights."""
    rows = permutations(sounds, length)
    return {("".join(row), "".join(map(sounds.__getitem__, row))): weight for row in rows}


PAIRS = names_of(LETTERS, 2)

# What is learned


def test_letters_that_always_stand_for_each_other_are_the_units() -> None:
    ends = {("^", "^"): 1 / 4, ("$", "$"): 1 / 4}
    letters = dict.fromkeys(LETTERS.items(), 1 / 12)
    assert train(PAIRS) == pytest.approx(ends | letters, abs=1e-9)


@pytest.mark.parametrize(
    ("latin", "arabic", "among_units"),
    [
        pytest.param("sh", "ش", [("^sh", "^ش"), ("sh", "ش"), ("sh$", "ش$")], id="two letters for one"),
        pytest.param("sch", "ش", [("sch", "ش")], id="three letters for one"),
        pytest.param("x", "كس", [("x", "كس")], id="one letter for two"),
    ],
)
def test_letters_that_only_stand_together_are_never_parted(latin: str, arabic: str, among_units: list[Unit]) -> None:
    units = train(names_of(LETTERS | {latin: arabic}, 3, weight=20.0))
    assert set(among_units) <= units.keys()
    assert [one for one in units if set(one[0]) & set(latin) and latin not in one[0]] == []
    assert [one for one in units if set(one[1]) & set(arabic) and arabic not in one[1]] == []


WEIGHTED = st.dictionaries(
    st.tuples(st.text("abdk", min_size=1, max_size=4), st.text("ابدك", min_size=1, max_size=4)),
    st.floats(0.1, 50),
    min_size=1,
    max_size=6,
)


@given(WEIGHTED, st.integers(1, 10))
@example({("ab", "اب"): 20.0}, 10)
def test_likelihoods_add_up_to_one(pairs: dict[Pair, float], rounds: int) -> None:
    units = train(pairs, rounds)
    assume(units)
    assert math.fsum(units.values()) == pytest.approx(1, abs=1e-9)
    assert min(units.values()) > 0


@given(WEIGHTED.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(list(pairs.items())))))
def test_the_order_of_the_pairs_changes_no_unit(drawn: tuple[dict[Pair, float], list[tuple[Pair, float]]]) -> None:
    pairs, in_other_order = drawn
    # In two rounds nothing is forgotten by a hair's breadth.
    assert train(dict(in_other_order), 2) == pytest.approx(train(pairs, 2), abs=1e-9)


def test_the_order_of_names_changes_no_unit_in_all_rounds() -> None:
    pairs = names_of(LETTERS | {"sh": "ش", "x": "كس"}, 3)
    assert train(dict(sorted(pairs.items(), reverse=True))) == pytest.approx(train(pairs), abs=1e-9)


@pytest.mark.parametrize(
    "most",
    [
        pytest.param(1, id="so few that no pair can be parted any more"),
        7,
        8,
        9,
    ],
)
def test_there_are_no_more_units_than_asked_for(most: int) -> None:
    assert len(train(PAIRS, units=most)) <= most


def test_the_commonest_units_are_kept() -> None:
    pairs = {pair: 100.0 if "b" in pair[0] else 5.0 for pair in PAIRS}
    units = train(pairs, units=8)
    assert {("^b", "^ب"), ("b$", "ب$")} <= units.keys()
    assert len(units) < len(train(pairs))


def test_a_seldom_unit_is_forgotten() -> None:
    units = train(PAIRS | {("kb", "كب"): 2.0})
    assert ("k", "ك") not in units
    assert ("b", "ب") in units


def test_a_pair_weighs_as_much_as_it_is_given() -> None:
    units = train({pair: 20.0 if "b" in pair[0] else 5.0 for pair in PAIRS})
    of_b, of_d = (sum(likely for (latin, _), likely in units.items() if letter in latin) for letter in "bd")
    assert of_b / of_d == pytest.approx((10 * 20) / (2 * 20 + 8 * 5))


def test_a_pair_that_cannot_be_parted_into_what_is_known_is_passed_over() -> None:
    odd = {("kkkkkkk", "ءءء"): 0.1, ("b", "د"): 0.1}
    assert train(PAIRS | odd) == pytest.approx(train(PAIRS), abs=1e-9)


def test_of_no_pairs_nothing_is_learned() -> None:
    assert train({}) == {}


# What is expected of a pair


def segmentations(latin: str, arabic: str, likely: Callable[[Unit], float]) -> Iterator[tuple[list[Unit], float]]:
    """All ways to part a pair into units, and how likely each way is."""
    if not latin and not arabic:
        yield [], 1.0
    for size, more in _FIRST:
        unit = latin[:size], arabic[:more]
        if tuple(map(len, unit)) == (size, more) and likely(unit):
            for rest, worth in segmentations(latin[size:], arabic[more:], likely):
                yield [unit, *rest], worth * likely(unit)


def counted(latin: str, arabic: str, likely: Callable[[Unit], float]) -> dict[Unit, float]:
    """How often each unit is expected, by the share of each way in which it is."""
    ways = list(segmentations(latin, arabic, likely))
    total = math.fsum(worth for _, worth in ways)
    counts: defaultdict[Unit, float] = defaultdict(float)
    for units, worth in ways:
        for unit in units:
            counts[unit] += worth / total
    return dict(counts)


def expected(latin: str, arabic: str, known: Known | None) -> dict[Unit, float]:
    counts: defaultdict[Unit, float] = defaultdict(float)
    for unit, count in _expected(latin, arabic, known):
        counts[unit] += count
    return {unit: count for unit, count in counts.items() if count}


OF_LATIN, OF_ARABIC = st.text("ab", max_size=4), st.text("اب", max_size=4)
UNITS = st.dictionaries(st.tuples(OF_LATIN, OF_ARABIC).filter(any), st.floats(1e-3, 1), max_size=25)


@given(OF_LATIN, OF_ARABIC)
@example("^abba$", "^ابب$")
@settings(max_examples=100)
def test_at_first_every_way_counts_by_the_shapes_of_its_units(latin: str, arabic: str) -> None:
    by_hand = counted(latin, arabic, lambda unit: _FIRST[len(unit[0]), len(unit[1])])
    assert expected(latin, arabic, None) == pytest.approx(by_hand, abs=1e-9)


@given(OF_LATIN, OF_ARABIC, UNITS)
@example("ab", "اب", {("a", "ا"): 0.5, ("b", "ب"): 0.25, ("ab", "اب"): 0.125})
@example("aab", "اب", {("a", ""): 0.1, ("a", "ا"): 0.4, ("aa", "ا"): 0.2, ("b", "ب"): 0.3})
@settings(max_examples=100)
def test_then_every_way_counts_by_what_is_known_of_its_units(latin: str, arabic: str, units: dict[Unit, float]) -> None:
    assume(units)
    known: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), likely in units.items():
        known[one][other] = likely
    by_hand = counted(latin, arabic, lambda unit: units.get(unit, 0.0))
    assert expected(latin, arabic, known) == pytest.approx(by_hand, abs=1e-9)


def test_nothing_is_expected_of_a_pair_that_cannot_be_parted() -> None:
    assert list(_expected("^ab$", "^اب$", {"a": {"ا": 1.0}})) == []


@given(st.text("abk", min_size=1, max_size=8), st.text("ابك", min_size=1, max_size=8))
def test_the_units_that_are_expected_have_the_letters_of_the_pair(latin: str, arabic: str) -> None:
    counts = expected(latin, arabic, None)
    assert math.fsum(len(one) * count for (one, _), count in counts.items()) == pytest.approx(len(latin))
    assert math.fsum(len(other) * count for (_, other), count in counts.items()) == pytest.approx(len(arabic))


# What a unit is worth


def test_a_unit_is_worth_how_much_likelier_it_is_than_its_letters_by_chance() -> None:
    units = {("^", "^"): 0.2, ("$", "$"): 0.2, ("b", "ب"): 0.3, ("bd", "د"): 0.1, ("d", "ب"): 0.2}
    worth = ratios(units)
    seen = {"b": 0.3 + 0.1, "d": 0.1 + 0.2, "ب": 0.3 + 0.2, "د": 0.1}
    # Among how many letters these are, falls out of a difference of units with as many letters.
    assert worth["b", "ب"] - worth["d", "ب"] == pytest.approx(math.log(0.3 / seen["b"]) - math.log(0.2 / seen["d"]))
    one, other, both = (0.3 / (seen["b"] * seen["ب"]), 0.2 / (seen["d"] * seen["ب"]), 0.1 / (seen["b"] * seen["d"] * seen["د"]))
    of_arabic = seen["ب"] + seen["د"]
    together = worth["bd", "د"] - worth["b", "ب"] - worth["d", "ب"]
    assert together == pytest.approx(math.log(both / one / other / of_arabic))
    assert worth["^", "^"] == worth["$", "$"] == pytest.approx(math.log(0.2))


def test_what_is_oftener_together_is_worth_more() -> None:
    worth = ratios({("b", "ب"): 0.4, ("b", "د"): 0.1, ("d", "د"): 0.4, ("d", "ب"): 0.1})
    assert worth["b", "ب"] - worth["b", "د"] == pytest.approx(math.log(4))
    assert worth["b", "ب"] > 0 > worth["b", "د"]


def test_any_latin_letter_may_be_silent_at_a_price_and_what_was_learned_of_it_counts() -> None:
    worth = ratios({("b", "ب"): 0.5, ("h", "ه"): 0.25, ("h", ""): 0.25})
    silent = {latin: ratio for (latin, arabic), ratio in worth.items() if not arabic}
    assert silent.keys() == set("abcdefghijklmnopqrstuvwxyz")
    assert silent["h"] > silent["b"] == silent["p"]
    assert max(ratio for latin, ratio in silent.items() if latin != "h") < 0


# The file of pairs


@pytest.fixture(name="file")
def file_of_pairs(tmp_path: Path) -> Path:
    rows = [
        ("Putin", "بوتين", "train"),
        ("Erdoğan", "أردوغان", "train"),
        ("Trump", "ترامب", "eval"),
        ("F16", "إف", "train"),
        ("Biden", "بايدن!", "train"),
        ("O'Neill", "أونيل", "train"),
        ("a" * 25, "أ", "train"),
        ("a" * 24, "أ", "train"),
        ("b", "ب" * 25, "train"),
        ("Macron", "ماكرون", "eval"),
    ]
    path = tmp_path / "pairs.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_pairs_of_a_part_are_read_by_their_letters(file: Path) -> None:
    assert list(pairs_of(file, "train")) == [
        ("putin", "بوتين"),
        ("erdogan", "اردوغان"),
        ("oneill", "اونيل"),
        ("a" * 24, "ا"),
    ]
    assert list(pairs_of(file, "eval")) == [("trump", "ترامب"), ("macron", "ماكرون")]


def test_pairs_are_also_read_as_they_are_written(file: Path) -> None:
    assert written_pairs(file, "eval") == [("Trump", "ترامب"), ("Macron", "ماكرون")]
    assert ("Erdoğan", "أردوغان") in written_pairs(file, "train")


# What is measured


@pytest.mark.parametrize(
    ("pairs", "share"),
    [
        pytest.param([("putin", "بوتين")], 1, id="a name"),
        pytest.param([("kremlin", "الكرملين")], 1, id="a name behind an article"),
        pytest.param([("putin", "طرابلس")], 0, id="no key in common"),
        pytest.param([("macron", "مكرونه")], 0, id="no key in common, though they score well"),
        pytest.param([("kyiv", "كهف")], 0, id="a key in common, and hardly a score"),
        pytest.param([("putin", "بوتين"), ("putin", "طرابلس"), ("putin", "كهف"), ("trump", "ترامب")], 0.5, id="half of them"),
    ],
)
def test_the_share_of_pairs_that_are_taken_for_one_name(pairs: list[Pair], share: float) -> None:
    assert share_accepted(pairs) == share


@given(st.lists(st.sampled_from(list(PAIRS)), max_size=12, unique=True))
def test_mixed_up_pairs_are_of_the_same_names_and_none_of_theirs(pairs: list[Pair]) -> None:
    mixed = list(mixed_up(pairs))
    assert set(mixed).isdisjoint(pairs)
    assert [latin for latin, _ in mixed] == [latin for latin, _ in pairs if latin in dict(mixed)]
    arabic = [name for _, name in mixed]
    assert len(set(arabic)) == len(arabic)
    assert set(arabic) <= {name for _, name in pairs}
    assert list(mixed_up(pairs)) == mixed


def test_most_of_many_names_are_mixed_up() -> None:
    assert len(list(mixed_up(list(PAIRS)))) > len(PAIRS) / 2


# The package


@pytest.fixture(name="package")
def made_up_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Pair]]:
    """The pairs that are read from a package with such rows in its data."""

    def pairs(*rows: tuple[str, str, str]) -> list[Pair]:
        folder = tmp_path / "package"
        (folder / "resources").mkdir(parents=True)
        database = sqlite3.connect(folder / "resources" / "names.sqlite3")
        database.execute("CREATE TABLE units (latin TEXT, arabic_key TEXT, country TEXT)")
        database.executemany("INSERT INTO units VALUES (?, ?, ?)", rows)
        database.commit()
        database.close()
        spec = ModuleSpec("arabic_name_romanizer", None, origin=str(folder / "__init__.py"))
        monkeypatch.setattr(train_names, "find_spec", lambda _: spec)
        return list(train_names._package_pairs())

    return pairs


@pytest.mark.parametrize(
    ("row", "pair"),
    [
        pytest.param(("Salah", "صلاح", "EG"), ("salah", "صلاح"), id="a name"),
        pytest.param(("Al-Masri", "المصري", "EG"), ("masri", "مصري"), id="the article comes off both"),
        pytest.param(("el Masri", "المصري", "EG"), ("masri", "مصري"), id="another article"),
        pytest.param(("Almasri", "المصري", "EG"), ("almasri", "المصري"), id="an article that is joined stays"),
        pytest.param(("al-Masri", "مصري", "EG"), None, id="an article that only Latin has makes no letters"),
        pytest.param(("Sana’a", "صنعاء", "YE"), ("sanaa", "صنعاء"), id="a curly apostrophe"),
        pytest.param(("Abd Allah", "عبدالله", "SY"), None, id="two words"),
        pytest.param(("Rouhani", "روحاني", "IR"), None, id="a country that writes another language"),
        pytest.param(("O", "او", "LB"), None, id="one letter"),
        pytest.param(("Bo", "ب", "LB"), None, id="one Arabic letter"),
        pytest.param(("abcdef", "اب", "LB"), ("abcdef", "اب"), id="three times as long"),
        pytest.param(("abcdefg", "اب", "LB"), None, id="longer than that"),
    ],
)
def test_single_names_of_the_package_are_read(
    package: Callable[..., list[Pair]], row: tuple[str, str, str], pair: Pair | None
) -> None:
    assert package(row) == ([pair] if pair else [])


def test_names_of_the_package_come_in_order(package: Callable[..., list[Pair]]) -> None:
    assert package(("nur", "نور", "EG"), ("ali", "علي", "EG")) == [("ali", "علي"), ("nur", "نور")]


# The script


@pytest.fixture(name="learn")
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Runs the script on a file of such rows, and gives the table that it writes, by which names are compared from then on."""
    monkeypatch.setattr(train_names, "__file__", str(tmp_path / "train_names.py"))
    monkeypatch.setattr(train_names, "version", lambda _: "9.9")
    monkeypatch.setattr(listed, "_FOLDER", str(tmp_path))
    none_yet = type(transliteration._UNITS)
    monkeypatch.setattr(transliteration, "_UNITS", none_yet())
    monkeypatch.setattr(transliteration, "_TABLE", [])

    def learn(rows: str) -> str:
        source = tmp_path / "pairs.tsv"
        source.write_text(rows, encoding="utf-8")
        monkeypatch.setattr(sys, "argv", ["train_names", str(source)])
        train_names.main()
        monkeypatch.setattr(transliteration, "_UNITS", none_yet())
        monkeypatch.setattr(transliteration, "_TABLE", [])
        return (tmp_path / "transliteration_units.tsv").read_text(encoding="utf-8")

    return learn


HELD_OUT = [("bdlm", "بدلم"), ("nmrd", "نمرد"), ("rbnl", "ربنل"), ("mndb", "مندب")]
HELD_OUT_ROWS = "".join(f"{latin}\t{arabic}\teval\n" for latin, arabic in HELD_OUT)
TRAIN_ROWS = "".join(f"{latin}\t{arabic}\ttrain\n" for latin, arabic in names_of(LETTERS, 3))


def test_the_script_writes_a_table_by_which_names_are_compared(
    learn: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(train_names, "_package_pairs", lambda: iter([*names_of({"s": "س"} | LETTERS, 3), ("bdl", "بدل")]))
    table = learn(TRAIN_ROWS + HELD_OUT_ROWS)
    head = [line for line in table.splitlines() if line.startswith("#")]
    units = [line.split("\t") for line in table.splitlines()[len(head) :]]
    assert [(latin, arabic) for latin, arabic, _ in units] == sorted({(latin, arabic) for latin, arabic, _ in units})
    assert {("b", "ب"), ("s", "س"), ("q", "")} <= {(latin, arabic) for latin, arabic, _ in units}
    assert all(float(ratio) == round(float(ratio), 2) for *_, ratio in units)
    assert len(units) <= 1_500 + 26
    assert f"{len(units):,} units" in " ".join(head)
    assert "arabic-name-romanizer 9.9" in " ".join(head)
    own, others = 120, 90
    assert f"{own:,} of the training part" in " ".join(head).replace("# ", "")
    assert f"learning from {own:,} pairs of " in (said := capsys.readouterr().err)
    assert f"and {others:,} of arabic_name_romanizer" in said
    assert [name for name, _ in Sounding("bdlm").scores(["بدلم", "بدلن", "رمدب", "سسسس"], 1)] == ["بدلم"]


def test_what_is_to_be_measured_is_not_learned_from(learn: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_names, "_package_pairs", lambda: iter(()))
    strange = "".join(f"{latin}\t{arabic}\teval\n" for latin, arabic in names_of({"g": "ج", "f": "ف", "t": "ت", "b": "ب"}, 3))
    rows = {tuple(line.split("\t")[:2]) for line in learn(TRAIN_ROWS + strange).splitlines() if not line.startswith("#")}
    assert ("g", "ج") not in rows
    assert ("b", "ب") in rows


def test_the_table_says_how_many_of_the_held_out_pairs_are_accepted(
    learn: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_names, "_package_pairs", lambda: iter(()))
    head = learn(TRAIN_ROWS + HELD_OUT_ROWS).split("\n\t")[0].replace("\n# ", " ")
    mixed = len(list(mixed_up(HELD_OUT)))
    assert mixed > 1
    assert f"{len(HELD_OUT)} pairs of its evaluation part 100.0% are accepted, of {mixed} random ones" in head


def test_the_script_learns_the_same_from_rows_in_another_order(
    learn: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_names, "_package_pairs", lambda: iter(()))
    in_other_order = "".join(reversed(TRAIN_ROWS.splitlines(keepends=True)))
    assert in_other_order != TRAIN_ROWS
    assert learn(in_other_order + HELD_OUT_ROWS) == learn(TRAIN_ROWS + HELD_OUT_ROWS)


def test_without_the_package_the_script_names_the_extra_that_has_it(
    learn: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(train_names, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match=r"^the package arabic-name-romanizer is missing: install the extra `train`$"):
        learn(TRAIN_ROWS + HELD_OUT_ROWS)
    assert not (tmp_path / "transliteration_units.tsv").exists()


def test_the_extra_has_the_package() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    extra = project["project"]["optional-dependencies"]["train"]
    assert any(requirement.startswith("arabic-name-romanizer") for requirement in extra)
