"""Operators on large ints, digit by digit, against the host's ints."""

from __future__ import annotations

import operator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from objects.fake_machine import BINARY, COMPARE, FakeMachine, outcome

from minipy.memory.layout import BIG_DIGITS, OB_SIZE, OB_TYPE, W_ALLOCATIONS, W_FAIL_AT, W_FREES
from minipy.memory.obmalloc import release_reserves
from minipy.memory.options import Options
from minipy.memory.refcount import decref
from minipy.memory.statics import T_BIGINT
from minipy.memory.switches import apply_switches
from minipy.memory.words import Raised
from minipy.objects import bigdigits, long_big
from minipy.objects.long_arith import long_absolute, long_binary, long_unary
from minipy.objects.longobject import fits_word, host_int, int_word, long_compare, long_hash, new_int, new_int_host
from minipy.objects.operators import NB_DIVMOD, NB_LSHIFT, NB_RSHIFT

m = FakeMachine()
DIGIT = 1 << 62


@st.composite
def sized(draw: Any, most: int = 3000) -> int:
    """An int of 1 .. most bits; or one of few long runs of equal bits, where carries and wrong guesses happen."""
    bits = draw(st.integers(1, most))
    if draw(st.booleans()):
        value = draw(st.integers(1 << (bits - 1), (1 << bits) - 1))
    else:
        value = 0
        for at in draw(st.lists(st.integers(0, bits), max_size=6)):
            value ^= (1 << at) - 1
        value += draw(st.integers(-1, 1))
    return draw(st.sampled_from([value, -value]))


words = st.sampled_from([0, 1, 2, 3, 10, 2**31 - 1, 2**31, 2**61, DIGIT - 1, DIGIT, 2**63 - 1, 2**63, 2**64])
values = st.one_of(sized(), sized(200), words, words.map(operator.neg), st.integers(-1000, 1000))
FRACTIONS = (2, 5, 6, 10, 13, 0)
"""Multiplication, quotients and sums: numbers of BINARY."""


def by_digits(op: int, x: int, y: int) -> Any:
    """`x op y` by long_big.py alone, whatever the sizes."""

    def operate(m: FakeMachine, a: int, b: int) -> int:
        p = long_big.big_form(m, a)
        q = long_big.big_form(m, b)
        if op == 5:
            r = long_big.big_product(m, p, q)
        elif op in (2, 6, 13):
            r = long_big.big_divide(m, op, p, q)
        else:
            r = long_big.big_operator(m, op, p, q)
        decref(m, m.words, p)
        decref(m, m.words, q)
        return r

    return m.run(operate, x, y)


@settings(max_examples=300)
@given(values, values, st.sampled_from(FRACTIONS))
def test_operators_by_digits(x: int, y: int, op: int) -> None:
    if y != 0 or op not in (2, 6, 13):
        assert by_digits(op, x, y) == BINARY[op](x, y)


@settings(max_examples=300)
@given(values, values, st.sampled_from([op for op in range(14) if op not in (3, 4, 8, 9)]))
def test_operators(x: int, y: int, op: int) -> None:
    got = outcome(lambda: m.run(lambda m, a, b: long_binary(m, op, a, b), x, y))
    assert got == outcome(lambda: BINARY[op](x, y))


@given(sized(400), sized(400), st.integers(-3, 3), st.sampled_from([2, 6, 13]))
def test_quotients_near_a_multiple(x: int, y: int, d: int, op: int) -> None:
    if y != 0:
        assert by_digits(op, x * y + d, y) == BINARY[op](x * y + d, y)


def test_quotient_digits_guessed_too_large() -> None:
    for n in range(2, 5):
        y = (1 << (62 * n - 1)) + DIGIT - 1
        for x in (y * (DIGIT - 1), y * (DIGIT - 1) - 1, (DIGIT ** (n - 1) << 61) * DIGIT - 1, y * DIGIT - 1):
            for divisor in (y, -y):
                assert by_digits(NB_DIVMOD, x, divisor) == divmod(x, divisor)


@given(values, st.integers(0, 400), st.sampled_from([NB_LSHIFT, NB_RSHIFT]))
def test_shifts(x: int, y: int, op: int) -> None:
    assert m.run(lambda m, a, b: long_binary(m, op, a, b), x, y) == BINARY[op](x, y)


@given(values)
def test_one_int(x: int) -> None:
    a = new_int_host(m, x)
    big = not -DIGIT <= x < DIGIT
    assert (m.words[a + OB_TYPE] == T_BIGINT) == big
    if big:
        n = m.words[a + OB_SIZE]
        digits = m.words[a + BIG_DIGITS : a + BIG_DIGITS + n]
        assert sum(d << (62 * i) for i, d in enumerate(digits)) == abs(x)
        assert digits[-1] > 0 and all(0 <= d < DIGIT for d in digits)
    assert host_int(m, a) == x
    assert long_hash(m, a) == hash(x)
    fits = -(1 << 63) <= x < 1 << 63
    assert fits_word(m.words, a) == fits
    if fits:
        assert int_word(m, a) == x
        m.release(new_int(m, x))
    m.release(a)
    for op, unary in enumerate((operator.pos, operator.neg, operator.invert)):
        assert m.run(lambda m, a, op=op: long_unary(m, op, a), x) == unary(x)
    assert m.run(long_absolute, x) == abs(x)


@given(st.integers(-(1 << 63), (1 << 63) - 1))
def test_any_word_is_an_int(x: int) -> None:
    a = new_int(m, x)
    assert host_int(m, a) == x
    m.release(a)


@given(values, values)
def test_order(x: int, y: int) -> None:
    for op, compare in enumerate(COMPARE):
        for p, q in ((x, y), (x, x), (x, x + 1), (x, -x)):
            assert m.run(lambda m, a, b, op=op: long_compare(m, op, a, b), p, q) is compare(p, q)


@given(st.integers(0, DIGIT - 1), st.integers(0, DIGIT - 1), st.integers(1 << 61, DIGIT - 1))
def test_two_digits_by_one(high: int, low: int, v: int) -> None:
    high %= v
    assert bigdigits.divide_two(high, low, v) == (high * DIGIT + low) // v
    assert bigdigits.digit_length(low) == low.bit_length()


PAIRS = [(7**90, 7**60), (-(7**90), 7**60), (7**90, 10), (-(2**63), 2**62), (3, 5**80), (2**62 - 1, 2**62 - 1)]


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_no_memory_leaves_nothing_behind(x: int, y: int) -> None:
    """Each allocation fails once; afterwards as many blocks are in use as before."""
    for op in (*FRACTIONS, NB_LSHIFT, NB_RSHIFT):
        if op in (NB_LSHIFT, NB_RSHIFT):
            y = 100
        k = 1
        while fails(op, x, y, k):
            k += 1
        assert k > 1 or abs(x) < DIGIT


def fails(op: int, x: int, y: int, k: int) -> bool:
    """Whether the operator's k-th allocation exists, and so failed; nothing may be left in use."""
    small = FakeMachine(Options(heap_limit=1 << 24, count_allocations=True))
    apply_switches(small)
    a = small.load(x)
    b = small.load(y)
    release_reserves(small)
    w = small.words
    used = w[W_ALLOCATIONS] - w[W_FREES]
    w[W_FAIL_AT] = w[W_ALLOCATIONS] + k
    try:
        decref(small, small.words, long_binary(small, op, a, b))
    except Raised:
        used += 1
    failed = w[W_ALLOCATIONS] >= w[W_FAIL_AT]
    release_reserves(small)
    assert w[W_ALLOCATIONS] - w[W_FREES] == used, (op, x, y, k)
    return failed
