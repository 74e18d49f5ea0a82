"""Numbers and text under stress: each allocation failing in turn, freed memory poisoned, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from objects.fake_machine import FakeMachine

from minipy.memory.check import check
from minipy.memory.layout import W_SP
from minipy.memory.options import Options
from minipy.memory.statics import T_COMPLEX, T_FLOAT, T_INT, T_STR
from minipy.memory.switches import apply_switches
from minipy.memory.words import Raised
from minipy.objects import complex_methods, float_methods, long_methods, unicode_methods
from minipy.objects.bytesobject import bytes_concat, bytes_get_item
from minipy.objects.float_arith import float_binary
from minipy.objects.interned import intern
from minipy.objects.long_arith import long_binary
from minipy.objects.operators import NB_ADD, NB_DIVMOD, NB_MULTIPLY, NB_POWER
from minipy.objects.printf import printf
from minipy.objects.unicode_concat import can_append, concat, str_append

Native = Callable[..., int]
LONG = "a long text, " * 40


def method(module: Any, number: int) -> Native:
    """A method as a native of (m, *arguments)."""

    def native(m: FakeMachine, *arguments: int) -> int:
        sp = m.words[W_SP]
        for i, a in enumerate(arguments):
            m.words[sp + i] = a
        m.words[W_SP] = sp + len(arguments)
        try:
            return module.call(m, number, sp, len(arguments))
        finally:
            m.words[W_SP] = sp

    return native


def constructor(module: Any, t: int) -> Native:
    """A constructor as a native of (m, *arguments)."""

    def native(m: FakeMachine, *arguments: int) -> int:
        sp = m.words[W_SP]
        for i, a in enumerate((*arguments, 0, 0)):
            m.words[sp + i] = a
        m.words[W_SP] = sp + 4
        try:
            return module.new(m, t, sp, len(arguments))
        finally:
            m.words[W_SP] = sp

    return native


def text(name: str) -> Native:
    """A method of str."""
    return method(unicode_methods, next(stanza[0] for stanza in unicode_methods.METHODS if stanza[1] == name))


def binary(operator: Native, op: int) -> Native:
    """An operator as a native of (m, a, b)."""
    return lambda m, a, b: operator(m, op, a, b)


def append_twice(m: FakeMachine, a: int, b: int) -> int:
    """(a + b) + b, the second time in place."""
    c = concat(m, a, b)
    try:
        assert can_append(m.words, c, b)
        return str_append(m, c, b)
    except Raised:
        m.release(c)
        raise


CASES: list[tuple[Native, tuple[Any, ...]]] = [
    (binary(long_binary, NB_ADD), (1 << 62, 1 << 62)),
    (binary(long_binary, NB_MULTIPLY), (10**40, 10**40)),
    (binary(long_binary, NB_DIVMOD), (10**60, 10**21)),
    (binary(long_binary, NB_POWER), (10, -2)),
    (binary(float_binary, NB_DIVMOD), (7.5, 2)),
    (binary(float_binary, NB_POWER), (-8.0, 0.5)),
    (constructor(long_methods, T_INT), ("123456789012345678901234567890",)),
    (constructor(float_methods, T_FLOAT), ("1.5",)),
    (constructor(complex_methods, T_COMPLEX), ("1.5+2j",)),
    (constructor(unicode_methods, T_STR), (12345,)),
    (method(long_methods, long_methods.INT_AS_INTEGER_RATIO), (1 << 80,)),
    (method(long_methods, long_methods.INT_TO_BYTES), (1 << 80, 20, "big", False)),
    (method(float_methods, float_methods.FLOAT_AS_INTEGER_RATIO), (1e300,)),
    (concat, ("ab", "cd")),
    (append_twice, ("ab", LONG)),
    (text("split"), ("one two  three four", None, -1)),
    (text("split"), ("one,two,,three", ",", -1)),
    (text("rsplit"), ("one,two,,three", ",", 2)),
    (text("splitlines"), ("one\ntwo\nthree", True)),
    (text("join"), (", ", ["one", "two", "three"])),
    (text("join"), (", ", iter(["one", "two", "three"]))),
    (text("partition"), ("key=value", "=")),
    (text("rpartition"), ("keyvalue", "=")),
    (text("replace"), (LONG, "long", "very long")),
    (text("upper"), (LONG,)),
    (text("center"), ("title", 30)),
    (text("translate"), ("abc", {97: "xyz", 98: None})),
    (text("encode"), (LONG, "utf-8", "strict")),
    (text("format"), ("{0:>10}|{1!r}|{k:>5}", 1 << 70, "text", {"k": "v"})),
    (method(unicode_methods, unicode_methods.STR_MAKETRANS), ("abc", "éx😀", "z")),
    (printf, ("%s and %(key)r %d", {"key": 1 << 70})),
    (printf, ("%5d|%-8s|%r", (1 << 70, "text", "é"))),
    (bytes_concat, (b"one", b"two")),
    (bytes_get_item, (b"abc", 1)),
    (lambda m: intern(m, "a_name_of_this_test"), ()),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case[1])[:30])
def test_every_allocation_may_fail(case: tuple[Native, tuple[Any, ...]]) -> None:
    native, arguments = case
    m = FakeMachine(Options(heap_limit=1 << 24, poison=True))
    apply_switches(m)
    assert check(m) == []
    for n in range(1, 60):
        addresses = [m.load(value) for value in arguments]
        m.options.fail_allocation = n
        apply_switches(m)
        kind = ""
        try:
            result = native(m, *addresses)
        except Raised:
            kind = m.fault()
        m.options.fail_allocation = 0
        apply_switches(m)
        if kind == "":
            m.release(result)
        m.release(*addresses)
        assert check(m) == [], f"with allocation {n} failing"
        if kind != "MemoryError: ":
            return
    raise AssertionError("never succeeds")
