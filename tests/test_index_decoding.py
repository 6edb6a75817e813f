import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.decoding import UndecodableError, decode

TEXT = "صواريخ Patriot"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"", "", id="nothing"),
        pytest.param(TEXT.encode(), TEXT, id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), TEXT, id="a byte order mark is no text"),
        pytest.param(codecs.BOM_UTF8, "", id="a byte order mark alone"),
        pytest.param("a\ufeffb".encode(), "a\ufeffb", id="the same character inside the text stays"),
        pytest.param(b"a\r\nb\rc\n", "a\r\nb\rc\n", id="line ends stay as they are"),
        pytest.param(b"\x1b[31mred\x07", "\x1b[31mred\x07", id="controls are text, and are taken out where they are shown"),
        pytest.param("\u2028\U0010ffff🚀".encode(), "\u2028\U0010ffff🚀", id="code points beyond the first plane"),
    ],
)
def test_utf8_is_decoded_unchanged(data: bytes, text: str) -> None:
    assert decode(data) == text


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_what_is_written_as_utf8_is_read_back(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary", id="an image"),
        pytest.param(b"text\0", "binary", id="one NUL"),
        pytest.param(TEXT.encode("utf-16"), "binary", id="UTF-16 with a byte order mark"),
        pytest.param(TEXT.encode("utf-16-le"), "binary", id="UTF-16 without one, which would pass as UTF-8 with controls"),
        pytest.param("صواريخ باتريوت".encode("utf-16-be"), "binary", id="Arabic UTF-16: its spaces hold the NUL"),
        pytest.param(
            "صواريخ".encode("utf-16"), "byte 0xFF at offset 0", id="Arabic UTF-16 without a space: its mark gives it away"
        ),
        pytest.param("صواريخ".encode("cp1256"), "byte 0xD5 at offset 0", id="Windows Arabic"),
        pytest.param("café".encode("latin-1"), "byte 0xE9 at offset 3", id="Latin-1"),
        pytest.param("صواريخ".encode()[:-1], "byte 0xD8 at offset 10", id="a tail cut off in the middle of a letter"),
        pytest.param(b"one \xff bad byte", "byte 0xFF at offset 4", id="one bad byte"),
        pytest.param(b"overlong \xc0\xaf", "byte 0xC0 at offset 9", id="an overlong form"),
        pytest.param(b"\xed\xa0\x80", "byte 0xED at offset 0", id="a surrogate"),
        pytest.param(
            codecs.BOM_UTF8 + b"abc\xff",
            "byte 0xFF at offset 6",
            id="a bad byte after a byte order mark",
        ),
    ],
)
def test_anything_else_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UndecodableError, match=reason):
        decode(data)
