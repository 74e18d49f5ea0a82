"""%, format(), str.format and repr of text against the host's own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from objects.fake_machine import FakeMachine, outcome

from minipy.objects import unicode_methods
from minipy.objects.formatting import format_complex, format_float, format_int, format_str
from minipy.objects.printf import printf
from minipy.objects.str_format import format_map

m = FakeMachine()
floats = st.one_of(st.floats(), st.integers(-1000, 1000).map(lambda n: n / 8))
ints = st.one_of(st.integers(-1000, 1000), st.integers())
values = st.one_of(ints, floats, st.booleans(), st.text(max_size=5), st.none())


# ---------------------------------------------------------------- format()
def spec(kinds: str) -> st.SearchStrategy[str]:
    """Format specs, most of them valid for the presentation types `kinds`."""
    parts = [["", "", "<", ">", "^", "=", "*<", "é>", "0=", "{^"], ["", "", "+", "-", " "], ["", "", "z"],
             ["", "", "#"], ["", "", "0"], ["", "", "1", "8", "20"], ["", "", ",", "_"],
             ["", "", ".0", ".3", ".12", "."], ["", *kinds, "y", "d", "s"]]  # fmt: skip
    return st.tuples(*[st.sampled_from(part) for part in parts]).map("".join)


@given(st.one_of(ints, st.booleans()), spec("bcdoxXneEfFgG%"))
def test_format_int(x: int, text: str) -> None:
    assert outcome(lambda: m.run(format_int, x, text)) == outcome(lambda: format(x, text))


@given(floats, spec("eEfFgGn%"))
def test_format_float(x: float, text: str) -> None:
    assert outcome(lambda: m.run(format_float, x, text)) == outcome(lambda: format(x, text))


@given(st.complex_numbers(max_magnitude=1e9), spec("eEfFgGn"))
def test_format_complex(x: complex, text: str) -> None:
    assert outcome(lambda: m.run(format_complex, x, text)) == outcome(lambda: format(x, text))


@given(st.text(max_size=8), spec("s"))
def test_format_str(x: str, text: str) -> None:
    assert outcome(lambda: m.run(format_str, x, text)) == outcome(lambda: format(x, text))


# ---------------------------------------------------------------- %
class Row:
    """Something with __getitem__ that is no dict."""

    def __getitem__(self, key: str) -> str:
        return key * 2


PIECES = ["%", "%%", "s", "r", "a", "d", "i", "u", "x", "X", "o", "c", "e", "f", "g", "G", "5", "-8", "08", "+", " ",
          "#", ".3", ".", "*", ".*", "(k)", "(", ")", "l", "y", "text ", "é"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.lists(values, max_size=4).map(tuple))
def test_percent_with_a_tuple(text: str, arguments: tuple[Any, ...]) -> None:
    assert outcome(lambda: m.run(printf, text, arguments)) == outcome(lambda: text % arguments)


@given(st.sampled_from("srdixXoceEfFgG"), st.sampled_from(["", "-", "+", " ", "0", "#", "-+", "0#"]), values)
def test_percent_conversions(conversion: str, flags: str, value: Any) -> None:
    for width in ("", "12", "12.4", ".0"):
        text = f"<%{flags}{width}{conversion}>"
        assert outcome(lambda text=text: m.run(printf, text, (value,))) == outcome(lambda text=text: text % (value,))


PERCENT = [
    ("%s", 1), ("%s %s", 1), ("%s", (1, 2)), ("abc", 1), ("abc", ()), ("abc", {}), ("abc", [1]), ("abc", "a"),
    ("%s", [1]),
    ("%(a)s", 1), ("%(a)s", {}), ("%(a", {}), ("%(a)s-%(b)5d", {"a": 1, "b": 2}), ("%", 1), ("%y", 1), ("%y", ()),
    ("%ā", 1), ("%*d", (5, 1)), ("%*d", (-5, 1)), ("%-*d", (5, 1)), ("%.*f", (2, 1.2345)), ("%.*d", (-3, 5)),
    ("%*d", ("a", 1)), ("%*d", (1,)), ("%*d", (1 << 40, 1)), ("%99999999999999999999d", 1),
    ("%.99999999999999999999d", 1), ("%s %(a)s", {"a": 1}), ("%(a)*d", {"a": 1}), ("%((a))s", {"(a)": 1}),
    ("%(a)%", {"a": 1}), ("%5%", ()), ("%(a)s %s", {"a": 1}), ("%c", "ab"), ("%c", 1114112), ("%c", -1), ("%c", 1.5),
    ("%d", "1"), ("%d", b"1"), ("%d", None), ("%d", 1.99), ("%d", 1e300), ("%d", float("nan")), ("%d", float("inf")),
    ("%x", 1.5), ("%x", "a"), ("%f", "a"), ("%f", 1 << 2000), ("%f", 5), ("%ld", 3), ("%r", "é"), ("%a", "é😀"),
    ("%d", 10**5000), ("%x", 1 << 90), ("%s", b"a"), ("%s", 1.0), ("%5s|%-5s|%.2s", ("ab", "cd", "efg")),
    ("%(k)s", Row()), ("%s", None), ("%d%%", 50), ("%g", True), ("%d", 1j), ("%s", {"a": 1}),
]  # fmt: skip


@pytest.mark.parametrize("case", PERCENT, ids=lambda case: case[0])
def test_percent_cases(case: tuple[str, Any]) -> None:
    assert outcome(lambda: m.run(printf, *case)) == outcome(lambda: case[0] % case[1])


# ---------------------------------------------------------------- str.format
class Point:
    """Something with attributes."""

    x = 3
    parts = ["zero", {"k": "v"}]

    def __repr__(self) -> str:
        return "Point<é>"


P = Point()
FORMATS = [
    ("",), ("plain",), ("{}", 1), ("{} {}", 1, 2), ("{1} {0}", 1, 2), ("{0} {0}", 1), ("{}",), ("{1}", 0), ("{a}",),
    ("{",), ("}",), ("{0",), ("{{}}",), ("{{{}}}", 1), ("{0!", 1), ("{0!x}", 1), ("{0!\x01}", 1), ("{0!r", 1),
    ("{0!rr}", 1), ("{!}", 1), ("{!r}", "é"), ("{!a}", "é"), ("{!s:>5}", 1), ("{!s:}", 1), ("{} {0}", 1), ("{0} {}", 1),
    ("{0.x}", P), ("{0.parts[1][k]}", P), ("{0.parts[0]!r:>8}", P), ("{.x}", P), ("{[0]}", ["a"]), ("{0.y}", P),
    ("{0.}", 1), ("{0[}", 1), ("{0[]}", [1]), ("{0[1]a}", [1, 2]), ("{0[a]}", [1]), ("{0[-1]}", {"-1": 5}),
    ("{-1}", 1), ("{ 0}", 1), ("{99999999999999999999}", 1), ("{0[99999999999999999999]}", [1]), ("{:{:{}}}", 1, 2, 3),
    ("{:{}}", "a", 5), ("{:>{}.{}f}", 1.5, 8, 2), ("{0:{1}}", 1, "d"), ("{0:{1}", 1, 2), ("{0:{1", 1, 2), ("{a{b}}",),
    ("{:d}", "a"), ("{:5}", None), ("{!r}", P), ("{0[k]}", {"k": 1}), ("{:%}", 0.5), ("{:,}", 12345678),
    ("{0[0][1]}", [[1, 2]]), ("{:}}", 1), ("{:!r}", "a"), ("{0}{1}{2}", "a", 1.5, None), ("{\u0663}", 0, 1, 2, 3),
]  # fmt: skip


@pytest.mark.parametrize("case", FORMATS, ids=lambda case: case[0])
def test_format_method(case: tuple[Any, ...]) -> None:
    text, *arguments = case
    got = outcome(lambda: m.method(unicode_methods.call, unicode_methods.STR_FORMAT, text, *arguments, ...))
    assert got == outcome(lambda: text.format(*arguments))


@pytest.mark.parametrize("text", ["{a}", "{a} {b!r}", "{c}", "{a:>{b}}", "{}", "{0}", "{a[0]}", "{b.real}", ""])
def test_format_with_names(text: str) -> None:
    names = {"a": "x", "b": 5}
    got = outcome(lambda: m.method(unicode_methods.call, unicode_methods.STR_FORMAT, text, names))
    assert got == outcome(lambda: text.format(**names))
    assert outcome(lambda: m.run(format_map, text, names)) == outcome(lambda: text.format_map(names))


FIELDS = ["{", "}", "{}", "{0}", "{a", "!r", ":", ">5", "x", ".real", "[0]", "{{", "}}"]


@given(st.lists(st.sampled_from(FIELDS), max_size=7))
def test_format_parsing(pieces: list[str]) -> None:
    text = "".join(pieces)
    got = outcome(lambda: m.method(unicode_methods.call, unicode_methods.STR_FORMAT, text, 7, "ab", ...))
    assert got == outcome(lambda: text.format(7, "ab"))


# ---------------------------------------------------------------- repr
@given(st.text())
def test_repr(s: str) -> None:
    assert m.run(unicode_methods.str_repr, s) == repr(s)
    assert m.run(unicode_methods.str_ascii, repr(s)) == ascii(s)
