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
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # TextIOWrapper in every process
    try:
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
