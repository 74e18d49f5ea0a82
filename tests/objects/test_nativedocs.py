"""Docstrings of what is built in: every function and public method has its sentence."""

from __future__ import annotations

from minipy import Interpreter
from minipy.objects.nativedocs import SENTENCES, sentence

PROGRAM = """
import builtins
kinds = (int, float, complex, str, bytes, bytearray, tuple, list, dict, set, frozenset, range, slice)
kinds += (BaseExceptionGroup,)
for owner in (builtins, *kinds):
    for name in dir(owner):
        value = getattr(owner, name)
        public = not name.startswith("_") or (owner is int and name != "__doc__")
        if public and callable(value) and not isinstance(value, type) and not value.__doc__:
            print(owner, name)
print(len.__doc__, [].append.__doc__, str.format.__doc__, int.__add__.__doc__, BaseExceptionGroup.split.__doc__)
"""


def test_all_have_one() -> None:
    interpreter = Interpreter(capture=True)
    assert interpreter.run_source(PROGRAM, "docs.mp") == 0
    *missing, last = interpreter.stdout_text.splitlines()
    assert missing == []
    assert last.startswith("The number of items. Add a value at the end. The text with its fields filled")
    assert interpreter.close() == []


def test_no_name_stands_twice() -> None:
    names = [line.split()[0] for line in SENTENCES.strip().splitlines()]
    assert len(names) == len(set(names))
    assert sentence("list", "no_such_method") == ""
