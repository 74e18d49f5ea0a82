"""One text, two interpreters: what the host's Python prints is what minipy must print, and its heap stays sound."""

from __future__ import annotations

import contextlib
import difflib
import inspect
import io
import sys
import types
import warnings

from minipy import Interpreter


def host_output(source: str) -> str:
    """What the host prints for the text, run as a main program."""
    module = types.ModuleType("__main__")
    saved = sys.modules["__main__"]
    sys.modules["__main__"] = module
    out = io.StringIO()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1000 + len(inspect.stack()))
    try:
        with contextlib.redirect_stdout(out), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(source, "<string>", "exec", dont_inherit=True), vars(module))
    finally:
        sys.modules["__main__"] = saved
        sys.setrecursionlimit(limit)
    return out.getvalue()


def check_same(source: str) -> None:
    """Run the text in both and compare; afterwards minipy's heap must be sound and then empty.

    SyntaxWarnings do not count.
    """
    interpreter = Interpreter(capture=True)
    code = interpreter.run_source(source)
    expected = host_output(source).splitlines()
    differences = list(difflib.unified_diff(expected, interpreter.stdout_text.splitlines(), "host", "minipy", n=0))
    assert not differences, "\n".join(differences)
    errors = [line for line in interpreter.stderr_text.splitlines() if ": SyntaxWarning: " not in line]
    assert (errors, code) == ([], 0)
    assert interpreter.check() == []
    assert interpreter.close() == []
