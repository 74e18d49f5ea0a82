"""Colours: when, as CPython 3.13 decides it; and a traceback's, recorded from CPython 3.13."""

from __future__ import annotations

import io

import pytest
from tools.command import command

from minipy.tools.colours import coloured, wants_colour


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("environment", "terminal", "pipe"), [
    ({}, True, False),
    ({"TERM": "dumb"}, False, False),
    ({"NO_COLOR": "0"}, False, False),
    ({"NO_COLOR": ""}, True, False),
    ({"FORCE_COLOR": ""}, True, False),
    ({"FORCE_COLOR": "1"}, True, True),
    ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
    ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ({"PYTHON_COLORS": "1", "NO_COLOR": "1", "TERM": "dumb"}, True, True),
    ({"PYTHON_COLORS": "0", "FORCE_COLOR": "1"}, False, False),
    ({"PYTHON_COLORS": "2"}, True, False),
])  # fmt: skip
def test_when(environment: dict[str, str], terminal: bool, pipe: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHON_COLORS", "NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (wants_colour(Terminal()), wants_colour(io.StringIO())) == (terminal, pipe)


PLAIN = """\
Traceback (most recent call last):
  File "/b.mp", line 2, in half
    return n / 0 + (
           ~~^~~
ZeroDivisionError: division by zero

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/b.mp", line 8, in g
    raise KeyError("k") from e
KeyError
"""
SHOWN = """\
Traceback (most recent call last):
  File M"/b.mp"-, line M2-, in Mhalf-
    return Rn -B/-R 0- + (
           R~~-B^-R~~-
TZeroDivisionError-: Mdivision by zero-

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File M"/b.mp"-, line M8-, in Mg-
    raise KeyError("k") from e
TKeyError-
"""
CODES = {"M": "\x1b[35m", "R": "\x1b[31m", "B": "\x1b[1;31m", "T": "\x1b[1;35m", "-": "\x1b[0m"}


def decoded(text: str) -> str:
    """A text with escape sequences as their letters."""
    for letter, code in CODES.items():
        text = text.replace(code, letter)
    return text


def test_a_traceback() -> None:
    assert decoded(coloured(PLAIN)) == SHOWN


def test_a_syntax_error_and_a_message_of_two_lines() -> None:
    fault = '  File "x.mp", line 1\n    x y\n      ^\nSyntaxError: invalid syntax\n'
    shown = '  File M"x.mp"-, line M1-\n    x By-\n      B^-\nTSyntaxError-: Minvalid syntax-\n'
    assert decoded(coloured(fault)) == shown
    entry = '  File "x.mp", line 1, in f\n'
    assert decoded(coloured(entry + "E: one\nTwo: two\n")).splitlines()[1:] == ["TE-: Mone-", "Two: two"]


@pytest.mark.parametrize(("source", "last"), [
    ("1 / 0", "TZeroDivisionError-: Mdivision by zero-"), ("x y", "TSyntaxError-: Minvalid syntax-"),
])  # fmt: skip
def test_the_command_colours_what_it_writes(source: str, last: str) -> None:
    errors = command("-c", source, environment={"FORCE_COLOR": "1"})[1]
    assert decoded(errors).splitlines()[-1] == last
    assert "\x1b" not in command("-c", source, environment={"PYTHON_COLORS": "0"})[1]
