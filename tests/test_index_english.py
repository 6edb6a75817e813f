import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.english import term
from index.analysis.english_spelling import fold

FOLDED = [
    pytest.param("Patriot", "patriot", id="case"),
    pytest.param("POTUS", "potus", id="capitals"),
    pytest.param("Straße", "strasse", id="German sharp s"),
    pytest.param("ΣΟΦΟΣ", "σοφοσ", id="Greek capitals, which know no final sigma"),
    pytest.param("σοφός", "σοφοσ", id="Greek final sigma and accent"),
    pytest.param("Путин", "путин", id="Cyrillic case"),
    pytest.param("Erdoğan", "erdogan", id="breve"),
    pytest.param("İstanbul", "istanbul", id="Turkish dotted capital i"),
    pytest.param("naïve", "naive", id="diaeresis"),
    pytest.param("nai\u0308ve", "naive", id="decomposed diaeresis"),
    pytest.param("Vũ", "vu", id="tilde"),
    pytest.param("Łódź", "lodz", id="stroke through an l, which is no accent to Unicode"),
    pytest.param("Ørsted", "orsted", id="stroke through an o"),
    pytest.param("Æsir", "aesir", id="ligature that is a letter"),
    pytest.param("Þór", "thor", id="thorn"),
    pytest.param("Diyarbakır", "diyarbakir", id="Turkish dotless i"),
    pytest.param("٣٫٥", "3.5", id="Arabic decimal point"),
    pytest.param("ﬁre", "fire", id="typographic ligature"),
    pytest.param("Ｐａｔｒｉｏｔ", "patriot", id="full width"),
    pytest.param("don’t", "don't", id="curly apostrophe"),
    pytest.param("don＇t", "don't", id="full-width apostrophe"),
    pytest.param("donʼt", "don't", id="modifier letter apostrophe"),
    pytest.param("٥٥٠", "550", id="Arabic-Indic digits"),
    pytest.param("۵۵۰", "550", id="Persian digits"),
    pytest.param("५५०", "550", id="Devanagari digits"),
    pytest.param("F１６", "f16", id="full-width digits"),
    pytest.param("Pat\u200briot", "patriot", id="zero-width space"),
    pytest.param("mis\u00adsile", "missile", id="soft hyphen"),
    pytest.param("\u2066Patriot\u2069", "patriot", id="bidi isolates"),
    pytest.param("Pat\ufeffriot", "patriot", id="zero-width no-break space"),
    pytest.param("한국", "한국", id="Korean syllables stay whole"),
    pytest.param("हिन्दी", "हिन्दी", id="vowel signs of other scripts are no accents"),
]

MEET = [
    pytest.param("missile", "missiles", id="plural"),
    pytest.param("city", "cities", id="plural in -ies"),
    pytest.param("munition", "Munitions", id="plural and case"),
    pytest.param("strike", "striking", id="participle without its e"),
    pytest.param("defend", "defended", id="past"),
    pytest.param("stop", "stopped", id="doubled consonant"),
    pytest.param("die", "dying", id="an exception that Snowball lists"),
    pytest.param("defense", "defensive", id="adjective"),
    # These four are among the samples on https://snowballstem.org/algorithms/english/stemmer.html.
    pytest.param("consistency", "consistent", id="Snowball's sample: -ency, -ent"),
    pytest.param("consignment", "consigning", id="Snowball's sample: -ment, -ing"),
    pytest.param("knock", "knocked", id="Snowball's sample: -ed"),
    pytest.param("knightly", "knights", id="Snowball's sample: -ly, -s"),
    pytest.param("Trump", "Trump's", id="possessive, straight apostrophe"),
    pytest.param("Trump", "Trump’s", id="possessive, curly apostrophe"),
    pytest.param("Trump", "TRUMP'S", id="possessive in capitals"),
    pytest.param("James", "James’s", id="possessive of a name in s"),
    pytest.param("missiles", "missilesʼ", id="possessive of a plural"),
    pytest.param("missile", "missiles’s", id="possessive, then plural"),
    pytest.param("café", "cafes", id="an accent goes before the ending"),
    pytest.param("Zelensky", "Zelensky\u200b’s", id="control before the possessive"),
    pytest.param("Путин", "ПУТИН", id="case of another script"),
    pytest.param("Erdogan", "Erdoğan’s", id="accent and possessive"),
    pytest.param("Путин", "Путин’s", id="possessive of a word in another script"),
    pytest.param("Путин", "Путинʼ", id="possessive of a plural in another script"),
    pytest.param("fødsel", "fødsels", id="a letter that is folded to a-z is stemmed like them"),
    pytest.param("F16", "F-16", id="a hyphen before a number"),
    pytest.param("F-16", "F-16s", id="plural of a name and its number"),
    pytest.param("F‑16", "F-16’s", id="another hyphen, and a possessive"),
    pytest.param("8000", "8,000", id="a comma between thousands"),
    pytest.param("8000", "٨٬٠٠٠", id="the same in Arabic digits"),
    pytest.param("US", "U.S.", id="dots of an acronym"),
    pytest.param("Sanaa", "Sana’a", id="an apostrophe within a name"),
    pytest.param("organise", "organizing", id="British spelling, in every form that shares its stem"),
    pytest.param("defence", "defense", id="British spelling"),
    pytest.param("AT&T", "at&t’s", id="a possessive behind a name with a sign"),
]

DIFFER = [
    pytest.param("news", "new", id="an exception that Snowball lists"),
    pytest.param("skis", "sky", id="an exception that Snowball lists: ski, sky"),
    pytest.param("police", "policy", id="y and e are told apart"),
    pytest.param("organ", "organization", id="-ization is more than an ending of organ"),
    pytest.param("gas", "ga", id="s after the only vowel stays"),
    pytest.param("Russia", "Rus", id="a name keeps its letters"),
    pytest.param("Путин", "Путина", id="a word of another script is folded, not stemmed"),
    pytest.param("məktəbs", "məktəb", id="a word with a letter outside a-z is folded, not stemmed"),
    pytest.param("3.5", "35", id="a decimal point"),
    pytest.param("10:00", "1000", id="a time is no number"),
    pytest.param("1990s", "1990", id="a decade is no year"),
    pytest.param("we'll", "well", id="a contraction"),
    pytest.param("C", "C++", id="signs that name"),
    pytest.param("AT", "AT&T", id="a company and a preposition"),
    pytest.param("16", "160", id="a number is no stem of another"),
]


@pytest.mark.parametrize(("word", "folded"), FOLDED)
def test_folding(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(("one", "other"), MEET)
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert term(one) == term(other)


@pytest.mark.parametrize(("one", "other"), DIFFER)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert term(one) != term(other)


@given(st.text(st.characters(categories=["L", "Nd"]), max_size=20))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(
    st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1), st.sampled_from(["'s", "’s", "‘s", "'S", "＇s", "ʼs"])
)
def test_a_possessive_never_changes_the_term(word: str, possessive: str) -> None:
    assert term(word + possessive) == term(word)


@given(st.text(st.sampled_from("abcdeinorstuwyz"), min_size=1))
def test_case_width_and_accents_never_change_the_term(word: str) -> None:
    wide = "".join(chr(ord(letter) - ord("a") + ord("ａ")) for letter in word)
    assert term(word.upper()) == term(wide) == term(word[0] + "\u0301" + word[1:]) == term(word)


@pytest.mark.parametrize("digit", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９"])
def test_the_digits_of_every_script_are_the_same_numbers(digit: str) -> None:
    assert term(digit) == "0123456789"
