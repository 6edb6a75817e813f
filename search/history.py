"""Line editing at the prompt, and the lines typed there kept from one session to the next."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

try:
    import readline
except ImportError:  # Python on some systems is built without it: lines are typed plainly then
    readline = None  # type: ignore[assignment]  # the module is what is missing

_LONGEST = 1_000  # lines


@contextmanager
def remembered() -> Iterator[None]:
    """Within it `input()` has editing and history; the history is saved at the end, if it can be."""
    if not readline:
        yield
        return
    path = _path()
    with suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(_LONGEST)
    try:
        yield
    finally:
        # A home that cannot be written to is no reason to trouble somebody who is leaving.
        with suppress(OSError):
            os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
            readline.write_history_file(path)
            os.chmod(path, 0o600)


def _path() -> str:
    state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return os.path.join(state, "bilingual-news-search", "history")
