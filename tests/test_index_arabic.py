import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarabic import araby

from index.analysis.arabic import readings
from index.analysis.arabic_spelling import fold

NOUNS = ("صواريخ", "حكومة", "طائرة", "هجوم", "رئيس", "مدينة", "حرب", "دفاع", "مسؤول", "أسلحة", "وزير", "ولاية", "وفد")
CLITICS = ("و", "ال", "وال", "فال", "بال", "كال", "وبال", "لل", "ولل")
PRONOUNS = ("ه", "ها", "هم", "هن", "هما", "كم", "كما", "نا")

TANWIN = pytest.mark.xfail(strict=True, reason="the alef of a short word may be its own: only a corpus tells")


def term(word: str) -> str:
    return readings(word)[0]


MEET = [
    # inflection
    pytest.param("صواريخ", "وصواريخ", id="conjunction"),
    pytest.param("صواريخ", "الصواريخ", id="article"),
    pytest.param("طائرة", "للطائرات", id="preposition and article, feminine plural"),
    pytest.param("وزير", "الوزير", id="article before a word's own waw"),
    pytest.param("وزير", "ووزير", id="conjunction before a word's own waw"),
    pytest.param("وزير", "وزيرهم", id="pronoun after a word with a waw of its own"),
    pytest.param("وزارة", "وزارات", id="feminine plural"),
    pytest.param("ولاية", "الولايات", id="feminine plural of the United States"),
    pytest.param("ولاية", "والولايات", id="conjunction and article before a word's own waw"),
    pytest.param("وكالة", "ووكالة", id="conjunction before وكالة"),
    pytest.param("وكالة", "الوكالات", id="article before وكالات"),
    pytest.param("وكالة", "وكالات", id="agencies: its first letters look like clitics"),
    pytest.param("وكالة", "وكالتها", id="her agency: its first letters look like clitics"),
    pytest.param("والد", "والده", id="his father: its first letters look like clitics"),
    pytest.param("والدة", "والدته", id="his mother: its first letters look like clitics"),
    pytest.param("والدة", "الوالدة", id="the mother"),
    pytest.param("وفاة", "وفاته", id="his death"),
    pytest.param("حكومة", "حكومته", id="before a pronoun ة is written ت"),
    pytest.param("حكومة", "وحكومتها", id="conjunction and pronoun"),
    pytest.param("حكومة", "حكوماتهم", id="pronoun after a feminine plural"),
    pytest.param("سلاح", "سلاحهم", id="pronoun"),
    pytest.param("أسلحة", "أسلحتهم", id="pronoun after a broken plural in ة"),
    pytest.param("شركة", "شركاتها", id="pronoun after a feminine plural of a short word"),
    pytest.param("بالغ", "البالغة", id="what looks like a second article leaves three letters or more"),
    pytest.param("بالغ", "بالغة", id="what looks like بال leaves a letter and an ending"),
    pytest.param("شحنة", "الشحنات", id="article and feminine plural together"),
    pytest.param("عملية", "عمليات", id="plural of a word in ية"),
    pytest.param("عملية", "عملياتها", id="plural of a word in ية, with a pronoun"),
    pytest.param("مسؤول", "مسؤولين", id="masculine plural, oblique"),
    pytest.param("مسؤول", "والمسؤولون", id="masculine plural, nominative"),
    pytest.param("كتب", "كتبوا", id="they wrote"),
    pytest.param("حل", "الحل", id="the first article may leave two letters"),
    pytest.param("حل", "والحل", id="the first article may leave two letters after a conjunction"),
    pytest.param("آلة", "الآلة", id="two letters between article and ending"),
    pytest.param("حياة", "حياتهم", id="ت for ة after an alef, in a short word"),
    pytest.param("مباراة", "مباراته", id="ت for ة after an alef, in a long word"),
    pytest.param("مباراة", "مباريات", id="plural of a word in اة"),
    pytest.param("صفات", "صفاته", id="ت of a plural in a short word"),
    pytest.param("إصابة", "إصاباتهم", id="ت of a plural in a long word"),
    pytest.param("آلاف", "والآلاف", id="thousands: conjunction and article"),
    pytest.param("آلاف", "الآلاف", id="thousands: a madda is no article"),
    pytest.param("آلية", "الآلية", id="mechanism: a madda is no article"),
    pytest.param("آلية", "آليات", id="mechanisms: a madda is no article"),
    # countries and those who come from there
    pytest.param("ألمانيا", "الألمانية", id="the hamza of ألمانيا looks like an article"),
    pytest.param("روسيا", "روسي", id="Russia, Russian"),
    pytest.param("روسيا", "الروسية", id="Russia, the Russian (feminine)"),
    pytest.param("فرنسا", "الفرنسيين", id="France, the French"),
    pytest.param("إيران", "الإيرانية", id="Iran, the Iranian: ان belongs to the word"),
    pytest.param("لبنان", "اللبناني", id="Lebanon, the Lebanese"),
    pytest.param("إسرائيل", "الإسرائيليون", id="Israel, the Israelis"),
    # spelling
    pytest.param("أوكرانيا", "اوكرانيا", id="hamza left out"),
    pytest.param("إنهاء", "انهاء", id="hamza below left out"),
    pytest.param("مسؤول", "مسئول", id="hamza on either seat"),
    pytest.param("قرآن", "قران", id="madda left out"),
    pytest.param("مستشفى", "مستشفي", id="final yeh, with dots in the Levant, without in Egypt"),
    pytest.param("علی", "على", id="Farsi yeh"),
    pytest.param("کييف", "كييف", id="Farsi kaf"),
    pytest.param("حكومه", "حكومة", id="ه for ة"),
    pytest.param("هجومًا", "هجوم", id="tanwin before its alef"),
    pytest.param("هجوماً", "هجوم", id="tanwin after its alef"),
    pytest.param("هجوما", "هجوم", id="tanwin not written"),
    pytest.param("قويا", "قوي", id="tanwin not written after a final ي"),
    pytest.param("شخصًا", "شخص", id="tanwin of a short word"),
    pytest.param("شخصًا", "شخصا", id="tanwin of a short word, not written", marks=TANWIN),
    pytest.param("مهمًّا", "مهم", id="tanwin beside a shadda"),
    pytest.param("صَوارِيخُ", "صواريخ", id="vowel marks"),
    pytest.param("ٱلرَّحْمَٰن", "الرحمن", id="Quranic spelling"),
    pytest.param("صـــواريخ", "صواريخ", id="tatweel"),
    pytest.param("\ufebb\ufeee\ufe8d\ufead\ufef3\ufea6", "صواريخ", id="presentation forms"),
    pytest.param("\ufeb3\ufefc\ufee1", "سلام", id="presentation form of lam with alef"),
    pytest.param("صوا\u200fريخ", "صواريخ", id="right-to-left mark"),
    pytest.param("صوا\u200cريخ", "صواريخ", id="zero-width non-joiner"),
    pytest.param("صوا\u2067ريخ", "صواريخ", id="bidi isolate"),
    pytest.param("صوا\u00adريخ", "صواريخ", id="soft hyphen"),
    pytest.param("صوا\ufeffريخ", "صواريخ", id="zero-width no-break space"),
]

DIFFER = [
    pytest.param("وزير", "زير", id="its own waw: minister, jar"),
    pytest.param("وفد", "فد", id="its own waw: delegation"),
    pytest.param("وطن", "طن", id="its own waw: homeland, ton"),
    pytest.param("وحدة", "حدة", id="its own waw: unity, sharpness"),
    pytest.param("ورد", "رد", id="its own waw: it was reported, answer"),
    pytest.param("وجهة", "جهة", id="its own waw: destination, side"),
    pytest.param("وسائل", "سائل", id="its own waw: means, liquid"),
    pytest.param("واشنطن", "اشنطن", id="its own waw: Washington"),
    pytest.param("وثب", "ثب", id="too short for a conjunction: leapt"),
    pytest.param("عملية", "عمل", id="ي of a short stem stays: operation, work"),
    pytest.param("بيان", "بي", id="ان is no dual: statement, by me"),
    pytest.param("لبنان", "لبن", id="ان is no dual: Lebanon, milk"),
    pytest.param("طالبان", "طالب", id="ان is no dual: Taliban, student"),
    pytest.param("سلام", "إسلام", id="no roots: peace, Islam"),
    pytest.param("السلام", "الإسلام", id="no roots, with the article"),
    pytest.param("جمعة", "جامعة", id="no roots: Friday, university"),
    pytest.param("علم", "عالم", id="no roots: flag, world"),
    pytest.param("فرنسا", "رنس", id="ف alone is no prefix: France"),
    pytest.param("فلاديمير", "لاديمير", id="ف alone is no prefix: Vladimir"),
    pytest.param("بوتين", "وتين", id="ب alone is no prefix: Putin"),
    pytest.param("بنك", "نك", id="ب alone is no prefix: bank"),
    pytest.param("كتاب", "تاب", id="ك alone is no prefix: book, repented"),
    pytest.param("لواء", "واء", id="ل alone is no prefix: brigade"),
    pytest.param("ألم", "م", id="an article leaves two letters or more: pain"),
    pytest.param("بيت", "بي", id="ت without a pronoun is a letter of the word: house"),
    pytest.param("باتريوت", "باتريو", id="ت without a pronoun is a letter of the word: Patriot"),
    pytest.param("دين", "د", id="ين leaves three letters or more: religion"),
    pytest.param("شبه", "شب", id="a pronoun leaves three letters or more: semi-, blazed"),
    pytest.param("الله", "له", id="God, to him"),
    pytest.param("الآن", "أن", id="now, that"),
    pytest.param("ألفي", "في", id="two thousand, in"),
    pytest.param("إلهية", "هي", id="divine, she"),
]


LETTERS = [
    pytest.param("أإآٱ", "ا", id="alef with hamza, madda, wasla"),
    pytest.param("ؤئ", "ء", id="the seats of hamza"),
    pytest.param("ىیے", "ي", id="alef maksura, Farsi yeh, yeh barree"),
    pytest.param("کگ", "ك", id="keheh and gaf"),
    pytest.param("ہھەۀ", "ه", id="goal heh, two-eyed heh, ae, heh with yeh above"),
    pytest.param("ۃ", "ة", id="goal teh marbuta"),
]


@pytest.mark.parametrize(("letters", "plain"), LETTERS)
def test_letters_that_writers_exchange_are_folded(letters: str, plain: str) -> None:
    assert {fold(letter) for letter in letters} == {plain}


@pytest.mark.parametrize(("one", "other"), MEET)
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert term(one) == term(other)


@pytest.mark.parametrize(("one", "other"), DIFFER)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert term(one) != term(other)


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("clitic", CLITICS)
def test_conjunction_article_and_preposition_come_off(clitic: str, noun: str) -> None:
    assert term(clitic + noun) == term(noun)


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("pronoun", PRONOUNS)
def test_an_attached_pronoun_comes_off(noun: str, pronoun: str) -> None:
    owned = noun.removesuffix("ة") + "ت" * noun.endswith("ة") + pronoun
    assert term(owned) == term(noun)


def own_waw() -> list[str]:
    lines = files("index.analysis").joinpath("own_waw.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


SPELLED_AS_WOODY = {"ودي", "ودية"}  # after the conjunction they are وودي, which is on the list itself


@pytest.mark.parametrize("word", own_waw())
def test_a_word_on_the_list_keeps_its_waw(word: str) -> None:
    assert term(word).startswith("و")


@pytest.mark.parametrize("word", sorted(set(own_waw()) - SPELLED_AS_WOODY))
def test_a_word_on_the_list_gives_up_the_conjunction(word: str) -> None:
    assert term("و" + word) == term(word)


def test_the_list_of_own_waw_holds_words_that_begin_with_it() -> None:
    assert [word for word in own_waw() if not word.startswith("و")] == []


# Not fathatan, which takes its alef along, and no hamza, which makes another letter of what it stands on.
MARKS = [mark for mark in araby.TASHKEEL if mark != araby.FATHATAN] + [araby.TATWEEL, "\u0670", "\u06d6", "\u200c", "\u200f"]


@given(
    st.lists(st.tuples(st.sampled_from("ابتحدرسصعفقكلمنهوي" + "ةىأؤء"), st.sampled_from(["", *MARKS])), min_size=1, max_size=9)
)
def test_marks_and_controls_do_not_tell_words_apart(letters: list[tuple[str, str]]) -> None:
    bare = "".join(letter for letter, _ in letters)
    assert term("".join(letter + mark for letter, mark in letters)) == term(bare)


@given(
    st.text(st.characters(min_codepoint=0x600, max_codepoint=0x8FF) | st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFC))
)
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_presentation_forms_are_the_letters_they_show() -> None:
    forms = [character for character in map(chr, range(0xFB50, 0xFEFD)) if character.isalpha()]
    shown = {form: unicodedata.normalize("NFKC", form).replace(" ", "") for form in forms}
    assert len(forms) > 600
    assert {form for form in forms if fold(form) != fold(shown[form])} == set()
