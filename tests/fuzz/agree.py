"""Random programs in both interpreters: `python tests/fuzz/agree.py COUNT [SEED]`, 10,000 programs by default.

A batch of programs is one text that runs each in a namespace of its own, statement by statement, and prints what they
raise; minipy and the host run the same text, and what they print must be the same. A program that differs is printed,
cut down to the statements that matter.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import Program  # noqa: E402

import minipy  # noqa: E402

BATCH: Final = 50
HOST_SECONDS: Final = 60
HOST_BYTES: Final = 4 << 30
LIMITED: Final = f"""\
import resource
resource.setrlimit(resource.RLIMIT_CPU, ({HOST_SECONDS}, {HOST_SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({HOST_BYTES}, {HOST_BYTES}))
"""
"""What bounds the process that runs it."""
PLAIN_OUTPUT: Final = "import sys\nsys.stdout.reconfigure(encoding='utf-8', errors='surrogatepass', newline='')\n"
FRAME: Final = '''
import functools, itertools, math

class Guard:
    def __init__(self, value, swallow): self.value, self.swallow = value, swallow
    def __enter__(self): return self.value
    def __exit__(self, kind, error, tb):
        print("exit", kind and kind.__name__, error)
        return self.swallow

def attempt(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)

def listed(function):
    return lambda *arguments: list(function(*arguments))

for number, statements in enumerate(PROGRAMS):
    print("-----", number)
    namespace = {"Guard": Guard, "attempt": attempt, "listed": listed, "math": math, "itertools": itertools,
                 "functools": functools}
    for statement in statements:
        try:
            exec(statement, namespace)
        except BaseException as error:
            print("raised", type(error).__name__, error)
'''


def run_host(text: str) -> str:
    """What CPython prints, in a process of its own: a program that was cut down may need for ever, or all memory.

    The process limits itself: for a function to be called before it starts this one would have to be forked, which the
    memory that its machines reserve may forbid.
    """
    done = subprocess.run([sys.executable, "-I", "-W", "ignore", "-"], input=(LIMITED + PLAIN_OUTPUT + text).encode(),
                          capture_output=True)  # fmt: skip
    output = done.stdout.decode("utf-8", "surrogatepass")
    return output if done.returncode == 0 else f"{output}host: exit status {done.returncode}\n"


def run_minipy(text: str) -> str:
    """What minipy prints; a fault of its own, an unsound heap or a leak is printed, too."""
    gc.collect()  # the last batch's machine, which is a cycle of the host
    options = minipy.Options()
    options.timeout = 120
    interpreter = minipy.Interpreter(capture=True, options=options)
    try:
        interpreter.run_source(text, "<batch>")
        unsound = interpreter.check()
    except Exception as error:
        return f"{interpreter.stdout_text}\nfault of minipy: {type(error).__name__}: {error}"
    leaked = interpreter.close()
    return interpreter.stdout_text + "".join(f"unsound: {line}\n" for line in [*unsound, *leaked])


def batch(programs: list[str]) -> str:
    """The text that runs the programs, statement by statement."""
    return f"PROGRAMS = {[statements(source) for source in programs]!r}\n{FRAME}"


def differs(programs: list[str]) -> bool:
    """Do the two print different things?"""
    text = batch(programs)
    return run_host(text) != run_minipy(text)


def statements(source: str) -> list[str]:
    """The statements at module level."""
    found: list[str] = []
    for line in source.splitlines(keepends=True):
        if found and (line.startswith((" ", "elif", "else", "except", "finally")) or found[-1].startswith("@")):
            found[-1] += line
        else:
            found.append(line)
    return found


def reduced(source: str) -> str:
    """The program without the statements, and then lines, that it differs without."""
    for pieces in (statements, str.splitlines):
        parts = [piece.removesuffix("\n") + "\n" for piece in pieces(source)]
        i = 0
        while i < len(parts):
            fewer = parts[:i] + parts[i + 1 :]
            if differs(["".join(fewer)]):
                parts = fewer
            else:
                i += 1
        source = "".join(parts)
    return source


def program(seed: int) -> str:
    """The program with this number."""
    return Program(Random(seed)).text()


def faulty(seeds: range) -> list[str]:
    """The programs with these numbers that differ, cut down."""
    sources = [program(seed) for seed in seeds]
    if not differs(sources):
        return []
    return [reduced(source) for source in sources if differs([source])] or ["only together: " + repr(seeds)]


def main(count: int, seed: int) -> int:
    """The command."""
    found = 0
    for start in range(seed, seed + count, BATCH):
        for source in faulty(range(start, min(start + BATCH, seed + count))):
            found += 1
            text = batch([source])
            print(source, "host:  ", run_host(text), "minipy:", run_minipy(text), sep="\n", flush=True)
    print(f"{count} programs, {found} different")
    return int(found > 0)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*numbers, *(10_000, 0)[len(numbers) :]))
