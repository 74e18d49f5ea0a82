"""Numbers and ASCII texts that are converted in words, without a text of the host: the same as the host's."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import minipy

WORD = st.integers(-(2**62), 2**62 - 1)


@pytest.fixture(scope="module")
def interpreter() -> minipy.Interpreter:
    return minipy.Interpreter(capture=True)


def printed(interpreter: minipy.Interpreter, source: str) -> str:
    before = len(interpreter.stdout_text)
    assert interpreter.run_source(source) == 0, interpreter.stderr_text
    return interpreter.stdout_text[before:-1]


@settings(deadline=None)
@given(WORD)
@example(0)
@example(9)
@example(10)
@example(-10)
@example(-(2**62))
@example(2**62 - 1)
def test_numbers_as_text(interpreter: minipy.Interpreter, n: int) -> None:
    assert printed(interpreter, f"print({n})") == str(n)
    assert printed(interpreter, f"print(int(str({n})) == {n})") == "True"


@pytest.mark.parametrize("text", ["+7", " 7 ", "1_000", "-0", "007", "9" * 18, "9" * 19, "-" + "9" * 18, "٣"])
def test_numbers_from_text(interpreter: minipy.Interpreter, text: str) -> None:
    assert printed(interpreter, f"print(int({text!r}))") == str(int(text))


@pytest.mark.parametrize("text", ["", "-", "7x", "--7", "7-", "1__0"])
def test_texts_that_are_no_numbers(interpreter: minipy.Interpreter, text: str) -> None:
    source = f"try:\n int({text!r})\nexcept ValueError as e:\n print(e)"
    assert printed(interpreter, source) == f"invalid literal for int() with base 10: {text!r}"


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0x17F, exclude_categories=["Cc"]), max_size=20))
@example("@AZ[`az{")
@example("seven letters, then more than a word Of Them")
def test_case(interpreter: minipy.Interpreter, text: str) -> None:
    shown = printed(interpreter, f"print({text!r}.lower() + '|' + {text!r}.upper())")
    assert shown == text.lower() + "|" + text.upper()
