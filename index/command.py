"""What both commands do alike around their work: streams, errors, a closed pipe, Ctrl-C."""

import os
import sys
from collections.abc import Callable, Sequence

from index.errors import UserError

EXIT_ERROR = 2
EXIT_INTERRUPTED = 130


def run_command(name: str, run: Callable[[Sequence[str]], int]) -> int:
    """Calls `run` with the arguments of the process and returns its exit code.

    A `UserError` becomes one line on stderr and exit 2; Ctrl-C ends with 130; a closed pipe ends in silence.
    """
    _prepare_streams()
    try:
        _check_folder()
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except UserError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return EXIT_ERROR
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Python flushes stdout once more at exit, and would complain of the pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _prepare_streams() -> None:
    """Whatever the locale says, text goes out as UTF-8; a stream that the caller closed takes everything in silence."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open as long as the process
        getattr(sys, name).reconfigure(encoding="utf-8", errors="replace")


def _check_folder() -> None:
    try:
        os.getcwd()
    except OSError:
        raise UserError("the current folder is gone: change to one that is there") from None
