"""The module math gives the host's values and faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from modules.agreement import differences

NUMBERS = """
import math
class Index:
    def __index__(self): return 5
class Floating:
    def __float__(self): return 2.25
class Whole:
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
class Wrong:
    def __float__(self): return "text"
class Float(float): pass
class Int(int): pass
"""
ONE = (
    "0", "0.0", "-0.0", "1", "0.5", "-1", "2", "1e308", "1e-320", "math.inf", "-math.inf", "math.nan", "10 ** 400",
    "-10 ** 400", "True", "'4'", "None", "[1.5, 2]", "Index()", "Floating()", "Whole()", "170.5", "171", "3.7", "-3.7",
    "1000", "Float(2.5)", "Int(7)", "1j", "Wrong()",
)  # fmt: skip
TWO = ("0", "-0.0", "1.5", "-2", "10", "math.inf", "math.nan", "'x'", "[1]", "(3, 4)", "1e300", "5e-324", "None")
OF_ONE = (
    "acos acosh asin asinh atan atanh cbrt ceil cos cosh degrees erf erfc exp exp2 expm1 fabs floor frexp gamma"
    " isfinite isinf isnan lgamma log log10 log1p log2 modf radians sin sinh sqrt tan tanh trunc ulp"
)
OF_INTEGERS = "factorial isqrt gcd lcm perm comb fsum prod hypot dist"
OF_TWO = "pow atan2 fmod copysign remainder nextafter ldexp log comb perm gcd lcm hypot isclose"
OTHERS = [
    "math.isclose(1, 1.1, rel_tol=0.2)", "math.isclose(1, 1.1, abs_tol=0.2)", "math.isclose(1, 1.1, 0.2)",
    "math.isclose(1, 2, rel_tol=-1)", "math.isclose(a=1, b=1)", "math.prod([1, 2.5, 3])", "math.prod([1, 2], start=10)",
    "math.prod(['a', 3])", "math.prod([[1], 2])", "math.prod([1, 'a'])", "math.prod(start=1)",
    "math.fsum([1e308, 1e308])", "math.fsum([math.inf, -math.inf])", "math.fsum([0.1] * 10)", "math.fsum(['a'])",
    "math.fsum([1e100, 1, -1e100])", "math.hypot(1, 2, 3)", "math.hypot()", "math.hypot(*[1e200] * 3)",
    "math.dist([1, 2], [4, 6])", "math.dist((1, 2), (4, 6, 7))", "math.dist((1,), 5)", "math.gcd(12, 18, 27)",
    "math.lcm(4, 6, 10)", "math.lcm()", "math.lcm(0, 3)", "math.comb(100, 50)", "math.comb(5, -1)", "math.comb(-5, 1)",
    "math.perm(10, 3)", "math.perm(3, 5)", "math.perm(-1)", "math.perm(5, None)", "math.factorial(200)",
    "math.factorial(-1)", "math.factorial(2 ** 64)", "math.log(10 ** 400, 10)", "math.log(8, 2)", "math.log(8, 1)",
    "math.log(2 ** 2000)", "math.log2(2 ** 2000)", "math.log10(10 ** 500)", "math.log2(2 ** 1023)", "math.log(1, 2, 3)",
    "math.isqrt(10 ** 100)", "math.isqrt(-1)", "math.ldexp(1, 10 ** 10)", "math.ldexp(1, -10 ** 10)",
    "math.floor(1e300)", "math.ceil(-0.5)", "math.trunc(1e20)", "math.trunc(2 ** 70)", "math.floor(-2 ** 70)",
    "[math.sin(x / 7) for x in range(50)]", "[math.exp(x / 7) for x in range(-50, 50)]", "math.sqrt(x=1)",
    "(math.pi, math.e, math.tau, math.inf, math.nan)", "sorted(x for x in dir(math) if x[0] != '_')", "math.sqrt",
]  # fmt: skip


def test_functions_of_one_number(tmp_path: Path) -> None:
    calls = [f"math.{name}({x})" for name in OF_ONE.split() for x in ("", *ONE)]
    assert differences(NUMBERS, calls, tmp_path) == []


@pytest.mark.parametrize("name", OF_INTEGERS.split())
def test_functions_of_integers_and_sequences(name: str, tmp_path: Path) -> None:
    assert differences(NUMBERS, [f"math.{name}({x})" for x in ("", *ONE)], tmp_path) == []


@pytest.mark.parametrize("name", OF_TWO.split())
def test_functions_of_two_numbers(name: str, tmp_path: Path) -> None:
    assert differences(NUMBERS, [f"math.{name}({x}, {y})" for x in TWO for y in TWO], tmp_path) == []


def test_other_calls(tmp_path: Path) -> None:
    assert differences(NUMBERS, OTHERS, tmp_path) == []
