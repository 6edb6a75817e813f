"""JSON for programs that read lines."""

import json

from index.printable import CONTROLS

# JSON allows controls above U+007F in a string; a terminal obeys them, and some readers of lines take U+2028 for an end.
_ESCAPES = {ord(c): json.dumps(c)[1:-1] for c in CONTROLS if c > "~"}


def to_json(record: dict[str, object]) -> str:
    """One object of JSON on one line, by whatever rule a reader splits lines."""
    return json.dumps(record, ensure_ascii=False).translate(_ESCAPES)
