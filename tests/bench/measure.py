"""How much time and memory something takes: always time of the processor, because others work on the machine too."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median, quantiles

_KILOBYTE = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss
_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SEARCH_"))}


def cpu_of(argv: Sequence[str | os.PathLike[str]], **env: str) -> tuple[float, int]:
    """The seconds of processor time of a command and the bytes of memory that it held at most.

    Its output goes to a pipe. `env` is added to the environment, less its settings of Python and of our commands: kept from
    writing compiled modules, say, a command would compile them every time. The memory is never less than that of this
    process, in which it began. Raises `RuntimeError`, with what it said on stderr, where the command fails.
    """
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=errors, env=_ENVIRONMENT | env)
        assert process.stdout
        with process.stdout:
            process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            said = errors.read().decode(errors="replace")
            raise RuntimeError(f"{' '.join(map(str, argv))} ended with {process.returncode}:\n{said}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _KILOBYTE


def cpu_here(work: Callable[[], object]) -> float:
    """The seconds of processor time that `work` takes in this process."""
    started = time.process_time()
    work()
    return time.process_time() - started


def alternating(contenders: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """All readings of each contender; they take turns, in an order that is turned round every round."""
    readings: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name in list(contenders)[:: -1 if number % 2 else 1]:
            readings[name].append(contenders[name]())
    return readings


def p50(readings: Sequence[float]) -> float:
    return median(readings)


def p99(readings: Sequence[float]) -> float:
    return quantiles(readings, n=100, method="inclusive")[-1]
