"""Terms in pieces: that no letter is lost, and that short ones have a piece too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.grams import grams_of


@pytest.mark.parametrize(
    ("term", "grams"),
    [
        pytest.param("missil", ["_mis", "miss", "issi", "ssil", "sil_"], id="a word"),
        pytest.param("كييف", ["_كيي", "كييف", "ييف_"], id="an Arabic word"),
        pytest.param("550", ["_550", "550_"], id="three letters"),
        pytest.param("us", ["_us_"], id="two letters: the whole"),
        pytest.param("w", ["_w_"], id="one letter: the whole, shorter than any other"),
        pytest.param("", ["__"], id="no letter"),
        pytest.param("aaaaa", ["_aaa", "aaaa", "aaa_"], id="a piece that comes twice stands once"),
        pytest.param("\U0001f680b", ["_\U0001f680b_"], id="letters are code points"),
    ],
)
def test_a_term_is_cut_into_runs_of_four_letters(term: str, grams: list[str]) -> None:
    assert grams_of(term) == grams


@given(st.text("ab", max_size=12) | st.text(max_size=30))
def test_the_pieces_are_all_runs_of_four_letters_each_once(term: str) -> None:
    marked, grams = f"_{term}_", grams_of(term)
    assert len(set(grams)) == len(grams)
    assert set(grams) == {"".join(letters) for letters in zip(*(marked[start:] for start in range(4)), strict=False)} or (
        len(marked) < 4 and grams == [marked]
    )
    assert [marked.index(gram) for gram in grams] == sorted(marked.index(gram) for gram in grams)
