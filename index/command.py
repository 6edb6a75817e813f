"""What both commands do alike around their work: streams, errors, a closed pipe, Ctrl-C."""

import os
import sys
from _collections_abc import Callable, Sequence

from index.errors import UserError
from index.printable import shown_path

EXIT_ERROR = 2
EXIT_INTERRUPTED = 130


def run_command(name: str, run: Callable[[Sequence[str]], int]) -> int:
    """Calls `run` with the arguments of the process and returns its exit code.

    A `UserError` becomes one line on stderr and exit 2; Ctrl-C ends with 130; a closed pipe ends in silence.
    """
    _prepare_streams()
    sys.unraisablehook = _ignore_lost_files
    try:
        _check_folder()
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except UserError as error:
        return _fail(f"{name}: {error}")
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _silence(sys.stdout.fileno())
        return 0
    except OSError as error:
        _silence(sys.stdout.fileno())
        what = f"{shown_path(error.filename)} cannot be used" if error.filename else "the answer cannot be written"
        return _fail(f"{name}: {what} ({error.strerror})")
    return code


def _ignore_lost_files(unraisable: "sys.UnraisableHookArgs") -> None:
    # After a write has failed, and been told, a library's open file fails once more as it is thrown away.
    if not isinstance(unraisable.exc_value, OSError):
        sys.__unraisablehook__(unraisable)


def _fail(line: str) -> int:
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        _silence(sys.stderr.fileno())
    return EXIT_ERROR


def _silence(descriptor: int) -> None:
    # Python flushes both streams once more at exit, and would complain of a closed pipe or a full disk again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


def _prepare_streams() -> None:
    """Whatever the locale says, text goes out as UTF-8; a stream that the caller closed takes everything in silence."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - open as long as the process
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open as long as the process
        getattr(sys, name).reconfigure(encoding="utf-8", errors="replace")


def _check_folder() -> None:
    try:
        os.getcwd()
    except OSError:
        raise UserError("the current folder is gone: change to one that is there") from None
