"""What the lexicon says of a corpus: what is looked up by which key, in the terms that the corpus has."""

from collections.abc import Callable, Mapping, Sequence
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis.readings import term_among
from index.analysis.terms import Readings, readings_of, term_of
from index.array_writing import Data
from index.inverting import Inverter
from index.keyed_lists import KEYED_KINDS, KeyedLists
from index.lexicon.entries import parse_entry
from index.lexicon.pairs import NO_PAIRS, Pairs, pairs_of
from index.numbering import Numbering
from index.segment import HEADWORD, HUNDREDTHS, KINDS, Segment
from index.store import Store
from index.translating import Corpus, translation_sections

MOST = 12
Translated = dict[str, int]


def pairs_from(*lines: str) -> Pairs:
    """The pairs of entries; those with a leading `-` are taken out."""
    return pairs_of((parse_entry(line.removeprefix("-").split("\t")), float(not line.startswith("-"))) for line in lines)


def corpus_of(words: str, hidden: Mapping[str, Sequence[str]] | None = None) -> Corpus:
    """A corpus of words, each of which has the longest of its readings that the corpus has."""
    terms = list(dict.fromkeys(map(term_of, words.split())))
    numbers = {term: number for number, term in enumerate(terms)}

    def decided(_: str, readings: Readings) -> str:
        return term_among(readings, lambda term: int(term in numbers))

    return Corpus(numbers, decided, hidden or {})


class Sections:
    """The sections of translations of a corpus, as they are read."""

    def __init__(self, sections: Sequence[tuple[str, Data]], terms: Sequence[str]) -> None:
        assert "".join(kind for kind, _ in sections) == KINDS["translations"] == f"II{KEYED_KINDS}"
        ends, phrases, *keyed = (memoryview(bytes(data)).cast(kind) for kind, data in sections)  # type: ignore[call-overload]
        self._terms = terms
        self._phrases = [tuple(phrases[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
        assert len(set(self._phrases)) == len(self._phrases)
        self._lists = KeyedLists(keyed)

    def find(self, key: str) -> Translated:
        found = {}
        for packed in self._lists.find(key):
            target, hundredths = divmod(packed, HUNDREDTHS)
            phrase = (target,) if target < len(self._terms) else self._phrases[target - len(self._terms)]
            found[" ".join(self._terms[part] for part in phrase)] = hundredths
        assert len(found) == len(self._lists.find(key)), "nothing is said twice"
        return found


def translated(lexicon: Sequence[str], words: str, own: Sequence[str] = (), **hidden: Sequence[str]) -> Sections:
    corpus = corpus_of(words, hidden)
    terms = list(corpus.numbers)
    return Sections(translation_sections(pairs_from(*lexicon), pairs_from(*own), corpus, terms), terms)


# Words

MISSILE = "missile\tصاروخ/صواريخ, قذيفة\tمقذوف"
FOUND = [
    pytest.param(MISSILE, "صاروخ", "missil", {"صاروخ": 100}, id="a rendering that the corpus has"),
    pytest.param(MISSILE, "قذيفة صاروخ", "missil", {"صاروخ": 100, "قذيف": 75}, id="two of them, the likeliest first"),
    pytest.param(MISSILE, "مقذوف", "missil", {"مقذوف": 70}, id="the only one, no likelier for that"),
    pytest.param(MISSILE, "missile", "missil", {}, id="none that the corpus has"),
    pytest.param(MISSILE, "missile", "صاروخ", {"missil": 100}, id="from the Arabic"),
    pytest.param(MISSILE, "missile", "صواريخ", {"missil": 100}, id="from a plural"),
    pytest.param(MISSILE, "missile", "مقذوف", {"missil": 70}, id="from a less likely sense"),
    pytest.param(MISSILE, "صاروخ", "صاروخ", {}, id="no English word in the corpus"),
    pytest.param(MISSILE, "والصواريخ", "missil", {"صواريخ": 100}, id="behind a conjunction and an article"),
    pytest.param("shipment\tشحنة", "الشحنات", "shipment", {"شحنة": 100}, id="a plural that a rule makes"),
    pytest.param("missiles\tصواريخ", "missile", "صواريخ", {"missil": 100}, id="a headword in another form"),
    pytest.param("Missile\tصاروخ", "صاروخ", "missil", {"صاروخ": 100}, id="a headword with a capital"),
    pytest.param("ceasefire\tهدنة", "الهُدنةُ", "ceasefir", {"هدن": 100}, id="vowel marks"),
]


@pytest.mark.parametrize(("line", "words", "key", "found"), FOUND)
def test_a_word_is_looked_up_by_its_term_and_found_where_the_corpus_has_it(
    line: str, words: str, key: str, found: Translated
) -> None:
    assert translated([line], words).find(key) == found
    assert list(translated([line], words).find(key)) == list(found), "the likeliest first"


def test_a_word_that_two_entries_state_is_found_at_its_likeliest() -> None:
    sections = translated(["rocket\tقذيفة, صاروخ", "rockets\tصاروخ", "missile\tصاروخ"], "صاروخ قذيفة rocket missile")
    assert sections.find("rocket") == {"صاروخ": 100, "قذيف": 100}
    assert sections.find("صاروخ") == {"rocket": 100, "missil": 100}


def test_no_lexicon_says_nothing() -> None:
    sections = translation_sections(NO_PAIRS, NO_PAIRS, corpus_of("missile صاروخ"), ["missil", "صاروخ"])
    assert [bytes(data) for _, data in sections] == [b""] * len(sections)


# Forms that the lexicon lacks

FORMS = [
    pytest.param("cause\tتسبب/يتسبب", "سيتسبب", {"سيتسبب": 100}, id="the future"),
    pytest.param("cause\tتسبب/يتسبب", "يتسبب نتسبب", {"يتسبب": 100, "نتسبب": 100}, id="besides the word itself"),
    pytest.param("carry\tحمل/يحمل", "نحمل", {"نحمل": 100}, id="another person"),
    pytest.param("attack\tهجوم", "هجومان", {"هجومان": 100}, id="two of a noun"),
    pytest.param("attack\tهجوم", "missile صاروخ", {}, id="of another word"),
    pytest.param("attack\tattacks", "attacking attack", {"attack": 100}, id="English has its rules"),
]


@pytest.mark.parametrize(("line", "words", "found"), FORMS)
def test_a_form_that_the_lexicon_lacks_is_found_by_its_plainer_one(line: str, words: str, found: Translated) -> None:
    assert translated([line], words).find(term_of(line.partition("\t")[0])) == found


def test_a_form_of_which_the_lexicon_has_its_own_entry_is_no_other() -> None:
    lines = ["attack\tهجوم", "twice\tهجومان"]
    assert translated(lines, "هجومان").find("attack") == {}
    assert translated(lines, "هجومان").find("twice") == {"هجومان": 100}


@pytest.mark.parametrize("words", ["سيتسبب نتسبب يتسبب", "يتسبب سيتسبب نتسبب", "نتسبب يتسبب سيتسبب"])
def test_what_is_as_likely_is_in_the_order_of_the_alphabet_wherever_the_corpus_has_it(words: str) -> None:
    found = translated(["cause\tيتسبب"], words).find("caus")
    assert list(found.items()) == [("سيتسبب", 100), ("نتسبب", 100), ("يتسبب", 100)]


# Readings that the corpus decides


def test_a_word_has_the_reading_that_the_corpus_has_decided() -> None:
    line = "to Kyiv\tلكييف"
    assert translated([line, "tokyiv\tلكييف"], "كييف").find("tokyiv") == {"كييف": 100}
    assert translated([line, "tokyiv\tلكييف"], "كييف لكييف").find("tokyiv") == {"لكييف": 100}
    assert translated([line, "tokyiv\tلكييف"], "tokyiv كييف").find("كييف") == {"tokyiv": 100}
    assert translated([line, "tokyiv\tلكييف"], "tokyiv").find("لكييف") == {"tokyiv": 100}


def test_what_hides_in_a_word_of_the_corpus_is_found_there() -> None:
    words = "لإطلاق وقف النار"
    assert translated(["release\tإطلاق"], words).find("releas") == {}
    assert translated(["release\tإطلاق"], words, اطلاق=["لاطلاق"]).find("releas") == {"لاطلاق": 100}
    phrase = translated(["ceasefire\tوقف إطلاق النار"], words, اطلاق=["لاطلاق"])
    assert phrase.find("ceasefir") == {"وقف لاطلاق نار": 100}


HIDDEN = [
    pytest.param("لإطلاق", {"اطلاق": ["لاطلاق"]}, id="behind a preposition, and nowhere alone"),
    pytest.param("لإطلاق إطلاق", {}, id="it stands alone too"),
    pytest.param("لإطلاق بإطلاق", {"اطلاق": ["لاطلاق", "باطلاق"]}, id="behind two prepositions"),
    pytest.param("ولإطلاق لإطلاق", {"اطلاق": ["لاطلاق"]}, id="two words of the same readings"),
    pytest.param("لإطلاق لكييف كييف", {"اطلاق": ["لاطلاق"]}, id="of two words one stands alone"),
    pytest.param("إطلاق missiles صاروخ", {}, id="nothing is unsure"),
    pytest.param("", {}, id="nothing"),
]


@pytest.mark.parametrize(("words", "hidden"), HIDDEN)
def test_readings_that_stand_nowhere_alone_are_hidden_in_the_words_that_have_them(
    words: str, hidden: dict[str, list[str]]
) -> None:
    numbering = Numbering({})
    counts = dict.fromkeys((numbering[word] for word in words.split()), 1)
    terms, last = numbering.settle(counts.__getitem__)
    assert numbering.hidden(terms, terms, last) == hidden


@given(st.lists(st.sampled_from("لإطلاق بإطلاق إطلاق لكييف كييف يتسببان بعملان عمل missile ـ".split())))  # noqa: SIM905
def test_hidden_readings_are_no_terms_and_the_words_that_hide_them_have_them(words: list[str]) -> None:
    numbering = Numbering({})
    counts = dict.fromkeys((numbering[word] for word in [*words, "a"]), 1)
    terms, last = numbering.settle(lambda number: counts.get(number, 0))
    readings = [readings_of(word) for word in words]
    for shorter, wholes in numbering.hidden(terms, terms, last).items():
        assert shorter
        assert shorter not in terms
        assert len(set(wholes)) == len(wholes) > 0
        assert all(any(shorter in its[1:] and whole in its for its in readings) for whole in wholes)


# Phrases

CEASEFIRE = "ceasefire\tوقف إطلاق النار, هدنة"


def test_a_phrase_is_found_where_the_corpus_has_all_of_its_words() -> None:
    assert translated([CEASEFIRE], "وقف إطلاق النار هدنة").find("ceasefir") == {"وقف اطلاق نار": 100, "هدن": 75}
    assert translated([CEASEFIRE], "وقف إطلاق هدنة").find("ceasefir") == {"هدن": 75}


def test_a_phrase_is_looked_up_by_the_terms_of_its_words_together() -> None:
    sections = translated([CEASEFIRE], "ceasefire")
    assert sections.find("وقف اطلاق نار") == {"ceasefir": 100}
    assert sections.find("وقف") == sections.find("اطلاق نار") == {}


def test_a_phrase_is_found_in_each_form_of_its_words_but_not_in_too_many() -> None:
    line = "cause attack\tيتسبب هجوم"
    found = translated([line], "سيتسبب يتسببان هجومان").find("caus attack")
    assert found == dict.fromkeys(["سيتسبب هجومان", "يتسببان هجومان"], 100)
    many = "سيتسبب يتسببان يتسببون هجوم هجومان هجومين"
    assert len(translated([line], many).find("caus attack")) == 4


KEYS = [
    pytest.param("Ministry of Defense\tوزارة الدفاع", "ministri defens", 100, id="of"),
    pytest.param("the White House\tالبيت الأبيض", "white hous", 100, id="the"),
    pytest.param("carry out\tنفذ", "carri", 25, id="of a phrase of which one word is left that is seldom meant"),
    pytest.param("carry out\tأنجز, نفذ", "carri", 19, id="and less where it is a later rendering"),
    pytest.param("The Hague\tلاهاي", "hagu", 25, id="whatever the case"),
    pytest.param("White House\tالبيت الأبيض", "white hous", 100, id="none"),
]


@pytest.mark.parametrize(("line", "key", "likely"), KEYS)
def test_stop_words_are_no_part_of_what_is_looked_up(line: str, key: str, likely: int) -> None:
    headword, arabic = line.split("\t")
    sections = translated([line], arabic.rpartition(", ")[2])
    assert list(sections.find(key).values()) == [likely]
    whole = " ".join(map(term_of, headword.split()))
    assert whole == key or sections.find(whole) == {}


def test_arabic_stop_words_are_no_part_of_what_is_looked_up_either_but_of_what_is_found() -> None:
    sections = translated(["abroad\tفي الخارج"], "abroad في الخارج")
    assert sections.find(term_of("الخارج")) == {"abroad": 25}
    assert sections.find("abroad") == {f"في {term_of('الخارج')}": 100}


def test_what_a_word_means_alone_is_not_made_less_likely_by_a_phrase_of_it_and_stop_words() -> None:
    for lines in (["carry out\tنفذ", "carry\tنفذ"], ["carry\tنفذ", "carry out\tنفذ"]):
        assert translated(lines, "نفذ").find("carri") == {"نفذ": 100}


@pytest.mark.parametrize("line", ["the\tنصزخ", "The\tنصزخ", "of the\tنصزخ", "don't\tنصزخ", "zorblax\tفي", "zorblax\tوهذه"])
def test_stop_words_alone_are_not_looked_up(line: str) -> None:
    headword, arabic = line.split("\t")
    sections = translated([line], f"{headword} {arabic}")
    for text in (headword, arabic):
        assert sections.find(" ".join(map(term_of, text.split()))) == {} or text in {"نصزخ", "zorblax"}
    assert sections.find("") == {}


# Headwords of one term

GENERAL = ["general\tعام", "generally\tعموما"]


def test_words_of_one_term_are_told_apart_by_their_headwords() -> None:
    sections = translated(GENERAL, "عام عموما")
    assert sections.find("general") == {"عام": 100, term_of("عموما"): 100}
    assert sections.find(f"{HEADWORD}general") == {"عام": 100}
    assert sections.find(f"{HEADWORD}generally") == {term_of("عموما"): 100}


def test_a_word_whose_term_is_its_own_has_no_key_but_that() -> None:
    sections = translated(["missile\tصاروخ", *GENERAL], "صاروخ عام")
    assert sections.find(f"{HEADWORD}missile") == sections.find(f"{HEADWORD}general election") == {}


# Own words

OWN = [
    pytest.param(["missile\tمسيرة"], {"صاروخ": 100, "قذيف": 75, "مسير": 100}, id="added"),
    pytest.param(["-missile\tصاروخ"], {"قذيف": 75, "صاروخ": 0}, id="taken out, behind all else"),
    pytest.param(["-missiles\tالصاروخ"], {"قذيف": 75, "صاروخ": 0}, id="taken out in other forms"),
    pytest.param(["-missile\tصاروخ, قذيفة"], {"صاروخ": 0, "قذيف": 0}, id="all of them"),
    pytest.param(["missile\tقذيفة"], {"قذيف": 100, "صاروخ": 100}, id="made likelier"),
    pytest.param(["missile\tمقذوف, صاروخ"], {"صاروخ": 100, "قذيف": 75}, id="none is made less likely"),
    pytest.param(["-missile\tمسيرة"], {"صاروخ": 100, "قذيف": 75, "مسير": 0}, id="what was not there is taken out"),
    pytest.param(["-missile\tصاروخ", "missile\tصاروخ"], {"صاروخ": 100, "قذيف": 75}, id="taken out and added"),
    pytest.param(["missile\tصاروخ", "-missile\tصاروخ"], {"صاروخ": 100, "قذيف": 75}, id="added and taken out"),
    pytest.param(["-missile\tنصزخ"], {"صاروخ": 100, "قذيف": 75}, id="what the corpus has not"),
    pytest.param(["-drone\tصاروخ"], {"صاروخ": 100, "قذيف": 75}, id="of another word"),
]


@pytest.mark.parametrize(("own", "found"), OWN)
def test_own_words_are_added_and_taken_out(own: list[str], found: Translated) -> None:
    made = translated(["missile\tصاروخ, قذيفة"], "صاروخ قذيفة مسيرة", own).find("missil")
    assert made == found
    assert list(made.values()) == sorted(found.values(), reverse=True)


def test_own_words_hold_in_both_directions() -> None:
    sections = translated(
        ["missile\tصاروخ", "rocket\tصاروخ"], "missile rocket drone صاروخ", ["-missile\tصاروخ", "drone\tصاروخ"]
    )
    assert sections.find("صاروخ") == {"rocket": 100, "drone": 100, "missil": 0}
    assert (sections.find("missil"), sections.find("drone")) == ({"صاروخ": 0}, {"صاروخ": 100})


def test_own_words_hold_for_all_headwords_of_a_term() -> None:
    sections = translated([*GENERAL, "generals\tجنرالات"], "عام عموما نصزخ", ["general\tنصزخ", "-generally\tعام"])
    own = {"نصزخ": 100, "عام": 0}
    assert sections.find(f"{HEADWORD}general") == own
    assert sections.find(f"{HEADWORD}generally") == sections.find("general") == {term_of("عموما"): 100, **own}
    assert sections.find(f"{HEADWORD}generals") == own


def test_own_phrases_are_added_and_taken_out() -> None:
    words = "وقف إطلاق النار هدنة ceasefire truce"
    sections = translated([CEASEFIRE], words, ["-ceasefire\tوقف إطلاق النار", "truce\tوقف إطلاق النار"])
    assert sections.find("ceasefir") == {"هدن": 75, "وقف اطلاق نار": 0}
    assert sections.find(term_of("truce")) == {"وقف اطلاق نار": 100}
    assert sections.find("وقف اطلاق نار") == {term_of("truce"): 100, "ceasefir": 0}


def test_own_words_do_without_a_lexicon() -> None:
    assert translated([], "صاروخ", ["missile\tصاروخ"]).find("missil") == {"صاروخ": 100}


# How many

LETTERS = "بتجدرسصطعفقلمنه"
MANY = ["ز" + letter + "خ" + letter + "ر" for letter in LETTERS]


def test_the_likeliest_of_many_are_found() -> None:
    line = "zorblax\t" + "\t".join(", ".join(MANY[place : place + 3]) for place in range(0, len(MANY), 3))
    found = translated([line], " ".join(reversed(MANY))).find("zorblax")
    weights = {term_of(word): round(100 * 0.7 ** (place // 3) * 0.75 ** (place % 3)) for place, word in enumerate(MANY)}
    assert len(weights) == len(MANY) > MOST
    assert list(found.values()) == sorted(weights.values(), reverse=True)[:MOST]
    assert all(weights[term] == hundredths for term, hundredths in found.items())


def test_what_is_taken_out_does_not_count_among_them() -> None:
    out = [f"-zorblax\t{word}" for word in MANY[:2]]
    found = translated([f"zorblax\t{'/'.join(MANY)}"], " ".join(MANY), out).find("zorblax")
    assert list(found.values()) == [100] * MOST + [0, 0]


def test_what_is_hardly_likely_is_left_out() -> None:
    line = "zorblax\t" + ", ".join(MANY)
    assert all(hundredths >= 2 for hundredths in translated([line], " ".join(MANY)).find("zorblax").values())
    far = "zorblax\t" + "\t".join(MANY)
    found = translated([far], " ".join(MANY[11:])).find("zorblax")
    assert list(found.values()) == [2]


# Any lexicon and any corpus

HEADWORDS = ["general", "generally", "missile", "Missiles", "cease-fire", "of", "Kyiv", "the Kremlin", "attack"]
RENDERINGS = ["صاروخ", "صواريخ", "لكييف", "كييف", "يتسبب", "إطلاق", "وقف إطلاق النار", "في", "هجوم", "عام", "عموما"]
CORPUS = [
    *("general", "missiles", "cease", "fire", "Kyiv", "Kremlin", "attack", "صاروخ", "صواريخ", "كييف", "لكييف", "بكييف"),
    *("سيتسببان", "يتسبب", "إطلاق", "لإطلاق", "وقف", "النار", "في", "هجومين", "عام", "عموما", "وعام"),
]
ENTRY_LINES = st.lists(
    st.builds(
        "{}{}\t{}".format,
        st.sampled_from(["", "", "-"]),
        st.sampled_from(HEADWORDS),
        st.lists(st.sampled_from(RENDERINGS), min_size=1, max_size=4).map(", ".join),
    ),
    max_size=8,
)


@given(
    ENTRY_LINES.map(lambda lines: [line.removeprefix("-") for line in lines]), ENTRY_LINES, st.lists(st.sampled_from(CORPUS))
)
@example(["missile\tصاروخ"], ["-missile\tصاروخ"], CORPUS)
def test_what_is_found_is_of_the_corpus_and_what_both_directions_say_is_the_same(
    lexicon: list[str], own: list[str], words: list[str]
) -> None:
    corpus = corpus_of(" ".join([*words, "x"]))
    terms = list(corpus.numbers)
    sections = translation_sections(pairs_from(*lexicon), pairs_from(*own), corpus, terms)
    found = Sections(sections, terms)
    for key in [*map(term_of, CORPUS), "wqf", "ceas fire", *terms]:
        its = found.find(key)
        likely = [hundredths for hundredths in its.values() if hundredths]
        assert len(likely) <= MOST
        assert list(its.values()) == sorted(its.values(), reverse=True)
        assert all(2 <= hundredths <= 100 for hundredths in likely)
        assert all(part in corpus.numbers for phrase in its for part in phrase.split())
        for other, hundredths in its.items():
            back = found.find(other)
            if key in terms and key in back and key.isascii() != other.isascii():
                assert back[key] == hundredths


# In a segment


def test_a_segment_has_what_the_lexicon_and_the_own_words_say_of_its_articles() -> None:
    lexicon = pairs_from("ceasefire\tوقف إطلاق النار", "missile\tصاروخ/صواريخ", *GENERAL)
    own = pairs_from("-missile\tصاروخ", "zorblax\tكييف")
    with TemporaryDirectory() as folder:
        inverter = Inverter(folder, {}, lexicon, own)
        inverter.add({"id": "ar", "lang": "ar", "title": "صاروخ صواريخ", "body": "وقف لإطلاق النار لكييف عام"})
        inverter.add({"id": "en", "lang": "en", "title": "Ceasefire", "body": "general"})
        inverter.close()
        segment = Segment(folder)

        def found(key: str) -> dict[str, float]:
            return {" ".join(map(segment.term, numbers)): likely for numbers, likely in segment.translations(key)}

        assert found("ceasefir") == {"وقف لاطلاق نار": 1.0}
        assert found("وقف اطلاق نار") == {"ceasefir": 1.0}
        assert found("missil") == {"صواريخ": 1.0, "صاروخ": 0.0}
        assert found("zorblax") == {"لكييف": 1.0}, "the title is asked, and what hides"
        assert found(f"{HEADWORD}general") == {"عام": 1.0}
        assert found("عام") == {"general": 1.0}
        assert found("صاروخ") == found("none") == found("") == {}, "no missile is in the articles"
        segment.close()


def test_what_is_least_likely_is_not_taken_out() -> None:
    many = ", ".join(f"ك{letter}ر" for letter in "ابتثجحخدذرزسشصضطظعغفق")
    pairs = pairs_of([(parse_entry(["zorblax", many]), 1.0)])
    assert min(pairs.hundredths) == 1


def test_an_id_that_is_a_reading_does_not_hide_the_word_that_has_it(store_of: Callable[..., Store]) -> None:
    store = store_of({"id": "كييف", "text": "kyiv لكييف"})
    assert store.translations("kyiv")
