"""int, bool, float and complex against the host's own."""

from __future__ import annotations

import math
import operator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from objects.fake_machine import BINARY, COMPARE, FakeMachine, outcome

from minipy.memory.layout import OB_TYPE
from minipy.memory.statics import T_BIGINT, T_INT
from minipy.objects import complex_methods, float_methods, long_methods
from minipy.objects.complexobject import complex_binary, complex_compare, complex_hash, complex_repr
from minipy.objects.float_arith import float_absolute, float_binary, float_round, float_unary
from minipy.objects.floatobject import float_compare, float_hash
from minipy.objects.long_arith import long_absolute, long_binary, long_power, long_round, long_unary
from minipy.objects.longobject import host_int, long_compare, long_hash, new_int_host

m = FakeMachine()
EDGES = [0, 1, 2, 1 << 31, 1 << 53, 1 << 61, (1 << 61) - 1, 1 << 62, 1 << 63, 1 << 64, 10**30]
EDGE_INTS = sorted({s * v + d for v in EDGES for d in (-1, 0, 1) for s in (-1, 1)})
ints = st.one_of(st.integers(-300, 300), st.sampled_from(EDGE_INTS), st.integers(), st.integers(-(1 << 200), 1 << 200))
floats = st.one_of(st.floats(), st.integers(-100, 100).map(float), st.sampled_from([0.5, 1e300, 5e-324, 2.0**53, 1e16]))
complexes = st.complex_numbers(max_magnitude=1e6)
ARITHMETIC = [op for op in range(14) if op not in (3, 4, 8, 9)]
POWER, LSHIFT, RSHIFT = 8, 3, 9


def same(a: Any, b: Any) -> bool:
    """Equality of values and types, with NaN equal to itself and -0.0 unlike 0.0."""
    return type(a) is type(b) and (a == b if isinstance(a, int) else repr(a) == repr(b))


@given(ints, ints, st.sampled_from(ARITHMETIC))
def test_int_operators(x: int, y: int, op: int) -> None:
    got = outcome(lambda: m.run(lambda m, a, b: long_binary(m, op, a, b), x, y))
    assert same(got, outcome(lambda: BINARY[op](x, y)))


@given(ints, st.integers(-2, 140), st.sampled_from([POWER, LSHIFT, RSHIFT]))
def test_int_powers_and_shifts(x: int, y: int, op: int) -> None:
    got = outcome(lambda: m.run(lambda m, a, b: long_binary(m, op, a, b), x, y))
    assert same(got, outcome(lambda: BINARY[op](x, y)))


@pytest.mark.parametrize("x", EDGE_INTS)
def test_int_operators_at_the_edges(x: int) -> None:
    for y in EDGE_INTS:
        for op in ARITHMETIC:
            got = outcome(lambda op=op, y=y: m.run(lambda m, a, b: long_binary(m, op, a, b), x, y))
            assert same(got, outcome(lambda op=op, y=y: BINARY[op](x, y))), (op, x, y)


@given(ints)
def test_ints_are_canonical(x: int) -> None:
    a = new_int_host(m, x)
    assert m.words[a + OB_TYPE] == (T_INT if -(1 << 62) <= x < 1 << 62 else T_BIGINT)
    assert host_int(m, a) == x
    assert -(1 << 61) < long_hash(m, a) == hash(x)
    m.release(a)


@given(ints, ints)
def test_int_comparison(x: int, y: int) -> None:
    for op, compare in enumerate(COMPARE):
        assert m.run(lambda m, a, b, op=op: long_compare(m, op, a, b), x, y) is compare(x, y)


@given(ints, st.integers(-30, 30))
def test_int_unary_and_round(x: int, digits: int) -> None:
    for op, unary in enumerate((operator.pos, operator.neg, operator.invert)):
        assert m.run(lambda m, a, op=op: long_unary(m, op, a), x) == unary(x)
    assert m.run(long_absolute, x) == abs(x)
    assert m.run(long_round, x, digits) == round(x, digits)


@given(st.booleans(), st.booleans(), st.sampled_from(ARITHMETIC))
def test_bools(x: bool, y: bool, op: int) -> None:
    got = outcome(lambda: m.run(lambda m, a, b: long_binary(m, op, a, b), x, y))
    assert same(got, outcome(lambda: BINARY[op](x, y)))


@given(st.integers(-50, 50), st.integers(-5, 50), st.integers(-50, 50))
def test_modular_power(x: int, y: int, z: int) -> None:
    assert same(outcome(lambda: m.run(long_power, x, y, z)), outcome(lambda: pow(x, y, z)))


def test_results_too_large_for_the_heap() -> None:
    for op, x, y in ((LSHIFT, 1, 1 << 40), (POWER, 10, 10**10), (POWER, 1 << 70, 1 << 70)):
        assert outcome(lambda op=op, x=x, y=y: m.run(lambda m, a, b: long_binary(m, op, a, b), x, y)) == "MemoryError: "
    assert outcome(lambda: m.run(lambda m, a, b: long_binary(m, LSHIFT, a, b), 1, 1 << 70)) == (
        "OverflowError: too many digits in integer"
    )


@given(floats, st.one_of(floats, st.integers(-1000, 1000), st.integers()), st.sampled_from([0, 2, 5, 6, 8, 10, 11, 13]))
def test_float_operators(x: float, y: Any, op: int) -> None:
    for left, right in ((x, y), (y, x)):
        got = outcome(lambda a=left, b=right: m.run(lambda m, a, b: float_binary(m, op, a, b), a, b))
        want = outcome(lambda a=left, b=right: BINARY[op](a, b))
        assert same(got, want), (op, left, right)


@given(st.one_of(floats, ints), st.one_of(floats, ints))
def test_float_comparison(x: Any, y: Any) -> None:
    if isinstance(x, float) or isinstance(y, float):
        for op, compare in enumerate(COMPARE):
            assert m.run(lambda m, a, b, op=op: float_compare(m, op, a, b), x, y) is compare(x, y)


@given(ints.filter(lambda v: abs(v) < 1 << 1000))
def test_floats_compare_exactly_with_ints(x: int) -> None:
    for y in (float(x), math.nextafter(float(x), math.inf), math.nextafter(float(x), -math.inf)):
        for op, compare in enumerate(COMPARE):
            assert m.run(lambda m, a, b, op=op: float_compare(m, op, a, b), y, x) is compare(y, x)


@given(floats.filter(lambda x: x == x), st.integers(-330, 330))
def test_float_round_hash_text(x: float, digits: int) -> None:
    assert same(outcome(lambda: m.run(float_round, x, digits)), outcome(lambda: round(x, digits)))
    assert same(outcome(lambda: m.run(lambda m, a: float_round(m, a, 0), x)), outcome(lambda: round(x)))
    assert m.run(lambda m, a: new_int_host(m, float_hash(m, a)), x) == hash(x)
    assert m.run(float_methods.float_repr, x) == repr(x)
    assert same(m.run(lambda m, a: float_unary(m, 1, a), x), -x)
    assert same(m.run(float_absolute, x), abs(x))


@given(complexes, st.one_of(complexes, floats, st.integers(-100, 100)), st.sampled_from([0, 5, 10, 11]))
def test_complex_operators(x: complex, y: Any, op: int) -> None:
    got = outcome(lambda: m.run(lambda m, a, b: complex_binary(m, op, a, b), x, y))
    assert same(got, outcome(lambda: BINARY[op](x, y)))


@given(complexes, st.one_of(complexes, ints))
def test_complex_equality_hash_text(x: complex, y: Any) -> None:
    for op in (2, 3):
        assert m.run(lambda m, a, b, op=op: complex_compare(m, op, a, b), x, y) is COMPARE[op](x, y)
    assert m.run(lambda m, a: new_int_host(m, complex_hash(m, a)), x) == hash(x)
    assert m.run(complex_repr, x) == repr(x)


# ---------------------------------------------------------------- constructors and methods
def construct(module: Any, t: int, *arguments: Any) -> Any:
    return outcome(lambda: m.method(lambda m, number, at, n: module.new(m, t, at, n), 0, *arguments))


class Indexed:
    def __index__(self) -> int:
        return 42


class Wrong:
    def __int__(self) -> Any:
        return "x"

    def __float__(self) -> Any:
        return 1


TEXTS = ["12", " -7\n", "1_000", "1__0", "", "x", "0x1f", "٣", "9" * 4301, "1.5", "-nan", "1e400", "1_0.5", "\0"]
VALUES = [*TEXTS, b"12", b"1x", 1.5, -2.9, 1e300, math.inf, math.nan, True, None, [], 5, 1 << 70]


@pytest.mark.parametrize("value", [*VALUES, Indexed(), Wrong()], ids=lambda v: repr(v)[:20])
def test_int_and_float_of_values(value: Any) -> None:
    assert same(construct(long_methods, T_INT, value, ...), outcome(lambda: int(value)))
    if not isinstance(value, Wrong):
        from minipy.memory.statics import T_FLOAT

        assert same(construct(float_methods, T_FLOAT, value), outcome(lambda: float(value)))


@pytest.mark.parametrize("base", [0, 1, 2, 10, 16, 36, 37, -1, True, "x", 1.5, 1 << 80])
def test_int_of_text_in_a_base(base: Any) -> None:
    for text in ("101", "0b101", "0x1F", "zz", "077", b"11", 5):
        assert same(construct(long_methods, T_INT, text, base), outcome(lambda text=text: int(text, base)))


@given(st.text(alphabet="0123456789_+-. exbo\u0664", max_size=8))
def test_numbers_in_text(text: str) -> None:
    from minipy.memory.statics import T_COMPLEX, T_FLOAT

    assert same(construct(long_methods, T_INT, text, ...), outcome(lambda: int(text)))
    assert same(construct(float_methods, T_FLOAT, text), outcome(lambda: float(text)))
    assert same(construct(complex_methods, T_COMPLEX, text, ...), outcome(lambda: complex(text)))


@given(ints, st.integers(0, 30), st.sampled_from(["big", "little", "middle"]), st.booleans())
def test_int_to_and_from_bytes(x: int, n: int, order: str, signed: bool) -> None:
    got = outcome(lambda: m.method(long_methods.call, long_methods.INT_TO_BYTES, x, n, order, signed))
    want = outcome(lambda: x.to_bytes(n, order, signed=signed))  # type: ignore[arg-type]
    assert got == want
    if isinstance(want, bytes):
        v = m.method(from_bytes, long_methods.INT_FROM_BYTES, None, want, order, signed)
        assert v == int.from_bytes(want, order, signed=signed)  # type: ignore[arg-type]


def from_bytes(m: FakeMachine, number: int, at: int, n: int) -> int:
    m.words[at] = T_INT
    return long_methods.call(m, number, at, n)


@given(ints)
def test_int_methods_and_text(x: int) -> None:
    for number, name, _, most, parameters in long_methods.METHODS:
        if most == 0:
            assert m.method(long_methods.call, number, x) == getattr(x, name)(), (name, parameters)
    assert m.run(long_methods.long_repr, x) == repr(x)
    for number, name in long_methods.GETSETS:
        assert m.run(lambda m, a, number=number: long_methods.get(m, number, a), x) == getattr(x, name)


@given(floats)
def test_float_methods(x: float) -> None:
    for number, name, _, most, _ in float_methods.METHODS:
        if most == 0:
            got = outcome(lambda number=number: m.method(float_methods.call, number, x))
            assert same(got, outcome(lambda name=name: getattr(x, name)())), name


def test_long_text_limit() -> None:
    for x in (10**4299, 10**4300, -(10**4300), 10**5000):
        assert outcome(lambda x=x: m.run(long_methods.long_repr, x)) == outcome(lambda x=x: repr(x))
