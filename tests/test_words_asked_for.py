"""Words of articles that were once taken for others, each by the question that showed it."""

from collections.abc import Callable

import pytest

from index.store import Store
from search.engine import answer

GAS = ["قفزت أسعار الغاز", "ألغاز رمضان", "قرار الحكم نهائي", "عدد الوفيات", "ألوف المتظاهرين", "حكم المحكمة"]
LENGTH = [
    "توقف العمل لمدة يومين",
    "الاجتماع استمر لمدة ساعة",
    "سجن لمدة عام",
    "سافر الوفد لمدينة حلب",
    "المدينة هادئة",
]
ANNOUNCED = ["فأعلنت الحكومة الحداد", "أعلنت الشركة", "أعلن الوزير", "أعلن الرئيس"]
PLURALS = ["ثلاث مرات", "دور المرأة", "جهات دولية", "قوات", "كان وفي البيت", "آليات عسكرية", "ذهب إلى المدرسة", "لغات"]
FOR = ["للأزمة", "للحياة", "للجنة", "للاعبين", "أزمة", "حياة", "لازم"]
SPORT = ["الاتحاد الرياضي", "نادي الرياض", "رياضة", "السنة"]
NAMES = ["أعلن ولي العهد", "عهد جديد", "أم الفحم", "IS attack", "attack", "Social media", "medium range", "the top-10 list"]

QUESTIONS = [
    pytest.param(GAS, "غاز", [0], id="gas is no puzzle, behind the article neither"),
    pytest.param(GAS, "ألغاز", [1], id="puzzles are no gas"),
    pytest.param(GAS, "حكم", [2, 5], id="a ruling is not ألح with a pronoun"),
    pytest.param(GAS, "وفيات", [3], id="deaths are neither thousands nor and-in"),
    pytest.param(LENGTH, "مدينة", [3, 4], id="a city: what others may be read as is no reading of لمدة"),
    pytest.param(LENGTH, "مدة", [0, 1, 2], id="a length of time behind a preposition"),
    pytest.param(ANNOUNCED, "فاعلنت", [0, 1, 2, 3], id="announced, a conjunction and an ending off, without its hamza"),
    pytest.param(ANNOUNCED, "أعلن", [0, 1, 2, 3], id="announced, as it stands behind a conjunction with an ending"),
    pytest.param(PLURALS, "مرة", [0], id="times are not the woman"),
    pytest.param(PLURALS, "جهة", [2], id="a short plural in ات"),
    pytest.param(PLURALS, "قوة", [3], id="forces are the plural of force"),
    pytest.param(PLURALS, "آلية", [5], id="mechanisms are no preposition"),
    pytest.param(PLURALS, "لغة", [7], id="languages"),
    pytest.param(FOR, "أزمة", [0, 4], id="for the crisis is not necessary"),
    pytest.param(FOR, "حياة", [1, 5], id="for life"),
    pytest.param(FOR, "لجنة", [2], id="for the committee"),
    pytest.param(FOR, "لاعب", [3], id="for the players"),
    pytest.param(SPORT, "رياضي", [0, 2], id="sportive is of sport, not of Riyadh"),
    pytest.param(SPORT, "سنة", [3], id="the year is not tongues"),
    pytest.param(NAMES, "ولي العهد", [0, 1], id="ولي is no conjunction with a stop word, so the prince is first"),
    pytest.param(NAMES, "أم", [2], id="a name of a town begins so"),
    pytest.param(NAMES, "IS attack", [3, 4], id="a stop word in capitals is a name, so its attack is first"),
    pytest.param(NAMES, "medium", [6], id="media are no medium"),
    pytest.param(NAMES, "top 10", [7], id="a compound with a number is its words"),
]


@pytest.mark.parametrize(("texts", "question", "found"), QUESTIONS)
def test_a_word_finds_its_own_articles_and_no_others(
    store_of: Callable[..., Store], texts: list[str], question: str, found: list[int]
) -> None:
    store = store_of(*({"id": str(number), "text": text} for number, text in enumerate(texts)))
    ids = [int(hit.id) for hit in answer(store, question).hits]
    assert sorted(ids) == found
    if " " in question:
        assert ids[0] == found[0]


@pytest.mark.parametrize("texts", [LENGTH, ANNOUNCED, GAS])
def test_the_order_of_articles_makes_no_difference_to_terms(store_of: Callable[..., Store], texts: list[str]) -> None:
    words = sorted({word for text in texts for word in text.split()})
    stores = [
        store_of(*({"id": str(number), "text": text} for number, text in enumerate(order))) for order in (texts, texts[::-1])
    ]
    assert len({tuple(map(store.term_of, words)) for store in stores}) == 1


def test_ids_like_a_word_with_a_number_are_no_variants(store_of: Callable[..., Store]) -> None:
    store = store_of(*({"id": f"news{number}", "text": "news"} for number in range(30)))
    assert [variant.terms for variant in answer(store, "news").query.clauses[0].variants] == [("news",)]


def test_words_of_other_scripts_look_like_nothing_but_themselves(store_of: Callable[..., Store]) -> None:
    store = store_of({"id": "a", "text": "зеленскии"})
    assert answer(store, "Зеленски").hits == ()
