"""Hostile text made fit to be shown: nothing that steers a terminal, and nothing that no encoding can write."""

import os

# C0 and C1 controls, bidi and zero-width controls, tag characters, and line separators that only some programs know.
# Every escape sequence begins with one of them. ZWNJ and ZWJ stay: Persian and emoji are written with them.
_GONE = (
    *range(0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F),
    *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
)  # fmt: skip
_SPACES = (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_TABLE: dict[int, int | None] = {**dict.fromkeys(_GONE), **dict.fromkeys(_SPACES, 0x20)}

CONTROLS = tuple(map(chr, sorted({*_GONE, *_SPACES})))


def printable(text: str) -> str:
    """`text` on one line: controls deleted, white space of every line as a space, lone surrogates as U+FFFD."""
    return text if text.isprintable() else encodable(text).translate(_TABLE)


def encodable(text: str) -> str:
    """`text` with lone surrogates as U+FFFD, every other character and every offset as it was."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(dict.fromkeys(range(0xD800, 0xE000), 0xFFFD))
    return text


def shown_path(path: str) -> str:
    """`path` as a message shows it: relative to the current folder where it lies below, and printable."""
    here = os.getcwd()
    full = os.path.abspath(path)
    below = here if here.endswith(os.sep) else here + os.sep
    return printable(full.removeprefix(below))
