"""How long does it take to start, and what memory, compared with the Python minipy runs on: `minipy bench --start`.

    run hello       `python3 hello.py` against `minipy run hello.mp`, whole processes; minipy's code cache is warm
    first prompt    `python3` against `minipy` on a pseudo-terminal, until `>>> ` stands there
    peak memory     resident, of the processes that run hello

Both sides as a user starts them, with all that `site` does. CPython, minipy, CPython, minipy, ...; medians.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

import minipy
from minipy.tools.benchrun import Failure, Run, minipy_command, run

BARS: Final = {"run hello": 3.0, "first prompt": 4.0, "peak memory": 3.0}
"""At most so many times CPython's own; compiled."""
PROMPT: Final = b">>> "
PATIENCE: Final = 60.0
HELLO: Final = 'print("hello")\n'
MILLISECOND: Final = 1e-3
MEGABYTE: Final = 1 << 20


class Measure(NamedTuple):
    """One line of the table: medians of both sides, in its unit."""

    name: str
    host: float
    minipy: float
    unit: str

    @property
    def ratio(self) -> float:
        """Minipy's part of CPython's."""
        return self.minipy / self.host


def minipy_environment(state: str) -> dict[str, str]:
    """Finds this minipy; its history lies in the folder `state`."""
    home = str(Path(minipy.__file__).resolve().parent.parent)
    installed = minipy_command()[0] != sys.executable
    return {"XDG_STATE_HOME": state, **({} if installed else {"PYTHONPATH": home})}


def first_prompt(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Seconds from the start of the process until its prompt stands on its terminal. Raises Failure without one."""
    import pty

    keyboard, terminal = pty.openpty()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
                               env={**os.environ, "TERM": "xterm-256color", **environment})  # fmt: skip
    os.close(terminal)
    try:
        written = b""
        while PROMPT not in written:
            if not select.select([keyboard], [], [], PATIENCE)[0]:
                raise Failure(f"no prompt: {' '.join(command)}: {written.decode(errors='replace')}")
            written += os.read(keyboard, 1 << 16)
        return time.perf_counter() - start
    except OSError as error:
        raise Failure(f"no prompt: {' '.join(command)}: {written.decode(errors='replace')}") from error
    finally:
        process.kill()
        process.wait()
        os.close(keyboard)


def measure(repeat: int) -> list[Measure]:
    """Run both sides in turn, so many times after one that is not counted."""
    runs: tuple[list[Run], list[Run]] = ([], [])
    prompts: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as folder:
        python, program = Path(folder, "hello.py"), Path(folder, "hello.mp")
        python.write_text(HELLO)
        program.write_text(HELLO)
        host, other = [sys.executable], minipy_command()
        mine = minipy_environment(folder)
        for number in range(repeat + 1):
            once = run([*host, str(python)]), run([*other, "run", str(program)], mine)
            if any(done.code or done.stdout != "hello\n" for done in once):
                raise Failure(f"hello failed: {once[0].stderr}{once[1].stderr}")
            asked = first_prompt(host, {}), first_prompt(other, mine)
            if number:
                for side in (0, 1):
                    runs[side].append(once[side])
                    prompts[side].append(asked[side])
    seconds = [median(done.elapsed for done in side) for side in runs]
    waits = [median(side) for side in prompts]
    peaks = [median(done.peak for done in side) for side in runs]
    return [
        Measure("run hello", seconds[0] / MILLISECOND, seconds[1] / MILLISECOND, "ms"),
        Measure("first prompt", waits[0] / MILLISECOND, waits[1] / MILLISECOND, "ms"),
        Measure("peak memory", peaks[0] / MEGABYTE, peaks[1] / MEGABYTE, "MB"),
    ]


def report(measures: Sequence[Measure], repeat: int) -> list[str]:
    """The table."""
    rows = [
        f"{m.name:14}{m.host:8.1f} {m.unit}{m.minipy:8.1f} {m.unit}{m.ratio:8.2f}{BARS[m.name]:8.1f}" for m in measures
    ]
    return [f"{'':17}CPython     minipy   ratio at most", *rows, f"medians of {repeat} runs of each side in turn"]
