"""The same expressions, evaluated by the host and by minipy.

    assert differences("import math", ["math.sqrt(2)", "math.sqrt(-1)"]) == []

An expression's outcome is the repr of its value, or the type and text of what it raises. Both sides run one program
made of the preamble and a line for each expression, so that what an expression changes is there for the next.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from pathlib import Path

import minipy

OUTCOME = """
def outcome(compute):
    try:
        result = repr(compute())
    except BaseException as error:
        print(type(error).__name__, "|", repr(str(error)))
    else:
        print(result)
"""
ADDRESS = re.compile("0x[0-9a-f]+")


def program(preamble: str, expressions: list[str]) -> str:
    """The text that both run."""
    return "\n".join([preamble, OUTCOME, *[f"outcome(lambda: ({text}))" for text in expressions], ""])


def by_the_host(text: str) -> list[str]:
    """What the host prints, line for line."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(text, "<expressions>", "exec"), {"__name__": "__main__"})
    return out.getvalue().splitlines()


def by_minipy(text: str, folder: Path) -> list[str]:
    """What minipy prints; its heap is sound at the end, and empty when all is torn down."""
    file = folder / "expressions.mp"
    file.write_text(text)
    interpreter = minipy.Interpreter(argv=[file.name], capture=True)
    interpreter.run_file(str(file))
    assert interpreter.stderr_text == ""
    assert list(interpreter.check()) == []
    lines = interpreter.stdout_text.splitlines()
    assert list(interpreter.close()) == []
    return lines


def differences(preamble: str, expressions: list[str], folder: Path) -> list[tuple[str, str, str]]:
    """Expression, outcome by the host, outcome by minipy, where these are not the same but for addresses."""
    text = program(preamble, expressions)
    pairs = zip(expressions, by_the_host(text), by_minipy(text, folder), strict=True)
    return [found for found in pairs if ADDRESS.sub("0x", found[1]) != ADDRESS.sub("0x", found[2])]
