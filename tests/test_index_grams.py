"""Terms in pieces: that no letter is lost, and that short ones have a piece too."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.grams import gram_key, grams_of


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


@given(st.text(max_size=9) | st.text(st.characters(), max_size=4))
def test_a_piece_is_filed_under_a_number_of_32_bits_that_never_changes(gram: str) -> None:
    assert gram_key(gram) == gram_key(gram) == zlib.crc32(gram.encode("utf-8", "surrogatepass"))
    assert 0 <= gram_key(gram) < 2**32


def test_pieces_of_four_plain_letters_share_no_number() -> None:
    # A crc32 of four bytes is a number for each; of the Arabic ones, which take eight, two in four billion may share one.
    letters = "_aeimnorst19"
    grams = [a + b + c + d for a in letters for b in letters for c in letters for d in letters]
    assert len(set(map(gram_key, grams))) == len(grams)


def test_half_a_character_is_a_piece_like_any_other() -> None:
    assert isinstance(gram_key("\ud800"), int)
