import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import SEEDS
from index.analysis.terms import term_of
from index.cleaning import clean
from index.document import display_title
from index.store import Store

ENGLISH = "000_0cad0c9ee405b3bf.txt"
ARABIC = "002_362e55c88550be0e.txt"

# Line, rule: read off the two files by eye. Everything else in them is the article.
IN_THE_ENGLISH_SEED = [(41, "source link")]
IN_THE_ARABIC_SEED = [
    (1, "title"),
    (3, "repeated title"),
    (5, "shortcode"),
    (7, "sign-up"),
    (19, "gallery"),
    (21, "caption"),
    (49, "shortcode"),
    (51, "source link"),
]
ARABIC_TITLE = "يتحدث ترامب وبوتين بعد توقف البنتاغون عن شحنات الصواريخ الأوكرانية"


def seed(name: str) -> str:
    return (SEEDS / name).read_bytes().decode()


def rules(text: str) -> list[tuple[int, str]]:
    return [(removal.line, removal.rule) for removal in clean(text).removed]


@pytest.mark.parametrize(("name", "expected"), [(ENGLISH, IN_THE_ENGLISH_SEED), (ARABIC, IN_THE_ARABIC_SEED)])
def test_the_lines_that_are_no_article_leave_a_seed_each_by_its_rule(name: str, expected: list[tuple[int, str]]) -> None:
    assert rules(seed(name)) == expected


@pytest.mark.parametrize(("name", "expected"), [(ENGLISH, IN_THE_ENGLISH_SEED), (ARABIC, IN_THE_ARABIC_SEED)])
def test_every_other_line_of_a_seed_stays_as_it_is(name: str, expected: list[tuple[int, str]]) -> None:
    gone = {line for line, _ in expected}
    lines = seed(name).split("\n")
    assert clean(seed(name)).body == "\n".join(line for number, line in enumerate(lines, start=1) if number not in gone)
    assert [removal.text for removal in clean(seed(name)).removed] == [lines[number - 1] for number in sorted(gone)]


def test_only_the_seed_that_bears_its_title_twice_has_one() -> None:
    assert clean(seed(ARABIC)).title == ARABIC_TITLE
    assert clean(seed(ENGLISH)).title is None


ARTICLE = "The talks went on.\nNobody gave way.\n"


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("[ad_1]", "shortcode"),
        ("  [/ad_12]\t", "shortcode"),
        ("Sign up for our free daily newsletter", "sign-up"),
        ("sign up to The Daily Inside Washington Email for exclusive coverage sent to your inbox", "sign-up"),
        ("Subscribe to our newsletter and never miss a story", "sign-up"),
        ("سجلوا في النشرة البريدية", "sign-up"),
        ("اشتركوا في نشرتنا اليومية لتصلكم آخر الأخبار", "sign-up"),
        ("سجل في النشرة البريدية", "sign-up"),
        ("اشترك في نشرتنا اليومية لتصلك آخر الأخبار", "sign-up"),
        ("للاشتراك في الخدمة أدخل بريدك الإلكتروني", "sign-up"),
        ("Open image in gallery", "gallery"),
        ("Open the image in gallery", "gallery"),
        ("فتح الصورة في المعرض", "gallery"),
        ("A launcher in Poland (Getty Images)", "caption"),
        ("President Trump [Copyright 2025 The Associated Press. All rights reserved]", "caption"),
        ("(© AFP)", "caption"),
        ("ترامب هجرة (جميع الحقوق محفوظة)", "caption"),
    ],
)
def test_a_line_of_the_page_leaves_wherever_it_stands(line: str, rule: str) -> None:
    assert rules(f"{line}\n{ARTICLE}") == [(1, rule)]
    assert rules(f"The day began.\n{line}\n{ARTICLE}") == [(2, rule)]
    assert clean(f"The day began.\n{line}\r\n{ARTICLE}").body == f"The day began.\n{ARTICLE}"


@pytest.mark.parametrize("link", ["Source link", "SOURCE LINK", "المصدر", "  المصدر  "])
@pytest.mark.parametrize("tail", ["", "\n", "\n \n\n", "\n[ad_2]\n"])
def test_a_source_link_leaves_only_as_the_last_line(link: str, tail: str) -> None:
    assert (4, "source link") in rules(f"{ARTICLE}\n{link}{tail}")
    assert "source link" not in [rule for _, rule in rules(f"{ARTICLE}{link}\nAnd so it went on.{tail}")]


PROSE = [
    pytest.param("The source link between the two cables was cut.", id="source link in a sentence"),
    pytest.param("Source link: the ministry", id="a source link with more on its line"),
    pytest.param("قال المصدر إن المحادثات توقفت", id="the source said"),
    pytest.param("المصدر: رويترز", id="a source that is named is worth finding"),
    pytest.param("Thousands sign up for the army, the newsletter of the ministry says.", id="sign up inside a sentence"),
    pytest.param("Sign up for the draft began on Monday.", id="a sentence that begins with sign up and names no letter"),
    pytest.param("Subscribers to the newsletter rose to 5,000.", id="a longer word than subscribe"),
    pytest.param("He wants Kyiv to subscribe to the terms sent by email.", id="subscribe inside a sentence"),
    pytest.param("سجلت القوات في المعارك خسائر كبيرة", id="recorded, registered"),
    pytest.param("اشتركوا في الهجوم على المدينة", id="they took part in the attack"),
    pytest.param("The ads [ad_1] and [ad_2] stand in a sentence.", id="a shortcode inside a sentence"),
    pytest.param("[advert]", id="brackets that are no shortcode"),
    pytest.param("They tried to open the image in gallery view.", id="gallery in a sentence"),
    pytest.param("عُرضت الصورة في المعرض يوم الخميس", id="the picture was shown in the exhibition"),
    pytest.param("Getty Images sued over copyright in 2023.", id="credits in a sentence"),
    pytest.param("He won his case (over the copyright of a song).", id="a credit's word in brackets inside a sentence"),
    pytest.param("The two met (for the first time)", id="brackets without a credit"),
    pytest.param("x" * 301 + " (Getty Images)", id="longer than a caption"),
    pytest.param(
        "She won the case. (Copyright law protects such works.)",
        id="a sentence in brackets",
    ),
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_with_the_same_words_stays(line: str) -> None:
    text = f"The day began.\n{line}\n{ARTICLE}"
    assert rules(text) == []
    assert clean(text).body == text


TITLE = "Talks go on"


@pytest.mark.parametrize(
    ("text", "title", "removed"),
    [
        pytest.param(f"{TITLE}\n{TITLE}\nText.", TITLE, [1, 2], id="one under the other"),
        pytest.param(f"\n {TITLE}\n\n{TITLE}\r\n\nText.", TITLE, [2, 4], id="spaces, blank lines and line ends do not count"),
        pytest.param(f"[ad_1]\n{TITLE}\n[ad_2]\n{TITLE}\nText.", TITLE, [1, 2, 3, 4], id="advertising around it"),
        pytest.param(f"{TITLE}?\n{TITLE}?\nText.", f"{TITLE}?", [1, 2], id="a title may ask"),
        pytest.param(f"{TITLE}\n{TITLE}", TITLE, [1, 2], id="nothing follows"),
        pytest.param(f"{TITLE}\n{TITLE}\n{TITLE}\n", TITLE, [1, 2], id="a third time is the article's own"),
        pytest.param(f"{TITLE}\nText.\n", None, [], id="once is no sign"),
        pytest.param(f"{TITLE}\nText.\n{TITLE}\n", None, [], id="repeated later"),
        pytest.param(f"Text.\n{TITLE}\n{TITLE}\n", None, [], id="repeated later, one under the other"),
        pytest.param(f"{TITLE}.\n{TITLE}.\nText.", None, [], id="a sentence that stands twice is no title"),
        pytest.param(f"{TITLE}\n{TITLE.lower()}\nText.", None, [], id="not the same letters"),
        pytest.param("x" * 301 + "\n" + "x" * 301, None, [], id="too long for a title"),
        pytest.param("", None, [], id="no text"),
        pytest.param("\n\n \n", None, [], id="blank lines"),
    ],
)
def test_a_first_line_that_stands_twice_is_the_title(text: str, title: str | None, removed: list[int]) -> None:
    cleaned = clean(text)
    assert cleaned.title == title
    assert [removal.line for removal in cleaned.removed] == removed


LINES = st.sampled_from(
    ["", " ", "Text.", "Talks go on", "[ad_1]", "Source link", "المصدر", "(© AFP)\r", "Sign up for our newsletter"]
)


@given(st.lists(LINES | st.text(st.characters(exclude_characters="\n"))))
def test_every_line_is_either_in_the_body_or_named_as_removed(lines: list[str]) -> None:
    cleaned = clean("\n".join(lines))
    removed = {removal.line: removal.text for removal in cleaned.removed}
    assert cleaned.body == "\n".join(line for number, line in enumerate(lines, start=1) if number not in removed)
    assert removed == {number: lines[number - 1].rstrip("\r") for number in sorted(removed)}


@pytest.mark.parametrize(
    ("title", "body", "shown"),
    [
        pytest.param("Talks go on", "Text. More.", "Talks go on", id="the title where there is one"),
        pytest.param(
            None, "\n \nThe day began. It went on.\nMore.", "The day began.", id="the first sentence of the first line"
        ),
        pytest.param(None, "No full stop here\nMore.", "No full stop here", id="a line without a full stop"),
        pytest.param(None, "He met the U.S. envoy. They talked.", "He met the U.S. envoy.", id="an acronym ends no sentence"),
        pytest.param(None, "J. D. Vance spoke. He left.", "J. D. Vance spoke.", id="initials end no sentence"),
        pytest.param(None, "It rose 3.5 points. Then it fell.", "It rose 3.5 points.", id="a dot in a number"),
        pytest.param(None, "“We go on.” He left.", "“We go on.”", id="closing quotes belong to their sentence"),
        pytest.param(None, "هل يستمر القتال؟ لا أحد يعلم.", "هل يستمر القتال؟", id="the Arabic question mark"),
        pytest.param(None, "Stop! he said.", "Stop!", id="the exclamation mark"),
        pytest.param(None, "", "", id="nothing to show"),
        pytest.param(None, " \n\t\n", "", id="blank lines show nothing"),
        pytest.param(None, "word " * 23 + "stretched out.", "word " * 22 + "word …", id="a long sentence is cut at a word"),
        pytest.param(None, "x" * 500, "x" * 120 + " …", id="a long word is cut"),
        pytest.param(" " * 200 + "word", "Text.", "word", id="a title behind many spaces, which once ended the build"),
        pytest.param(None, "\u200b\nKyiv fell. It rose.", "Kyiv fell.", id="a line of nothing that is seen"),
        pytest.param(
            None,
            "Gen. Caine spoke. He left.",
            "Gen. Caine spoke.",
            id="an abbreviated rank ends no sentence",
        ),
    ],
)
def test_what_a_list_shows_of_an_article(title: str | None, body: str, shown: str) -> None:
    assert display_title(title, body) == shown


def test_what_a_list_shows_of_an_untitled_article_is_never_its_title(seeds_store: Store) -> None:
    articles = [seeds_store.article(number) for number in range(seeds_store.article_count)]
    titles = {article.id: (article.title, article.display_title) for article in articles}
    first = seed(ENGLISH).strip().split("\n")[0]
    assert titles[ENGLISH][0] is None
    assert titles[ENGLISH][1].endswith(" …")  # its first sentence, 196 characters
    assert first.startswith(titles[ENGLISH][1].removesuffix("…"))
    assert titles[ARABIC] == (ARABIC_TITLE, ARABIC_TITLE)
    number = seeds_store.number_of(term_of("Defense"))  # a word of that sentence
    assert number is not None
    assert [len(seeds_store.postings(field, number)[0]) for field in ("title", "body")] == [0, 1]


HOSTILE: list[object] = [
    pytest.param(lambda n: "sign up " + "e-mail " * n, id="a sign-up line without end"),
    pytest.param(lambda n: "سجلوا في " + "نشرتنا " * n, id="an Arabic sign-up line without end"),
    pytest.param(lambda n: "(" * n + "©)", id="opening brackets"),
    pytest.param(lambda n: "(©" * n, id="opening brackets with credits"),
    pytest.param(lambda n: "[ad_1" * n, id="shortcodes without an end"),
    pytest.param(lambda n: "Source link\n" * n, id="source links"),
    pytest.param(lambda n: ".”" * n, id="sentence ends"),
    pytest.param(lambda n: "." + "”" * n, id="closing quotes"),
    pytest.param(lambda n: "A." * n, id="initials"),
    pytest.param(lambda n: "\n" * n, id="blank lines"),
    pytest.param(lambda n: "(" + "©" * n, id="credits in an unclosed bracket"),
]


def seconds(text: str) -> float:
    """The processor's time for `text`, the best of three."""
    times = []
    for _ in range(3):
        started = time.process_time()
        display_title(None, clean(text).body)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("text", HOSTILE)
def test_time_is_linear_on_hostile_lines(text: Callable[[int], str]) -> None:
    # Quadratic time makes four times the text take sixteen times as long.
    assert seconds(text(8_000)) < 10 * seconds(text(2_000)) + 0.05
