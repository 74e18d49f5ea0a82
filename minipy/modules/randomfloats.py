"""Random numbers from continuous distributions.

Each draws in CPython's order and computes by its formulas, so the values agree to the last bit.

CPython counterpart: the same methods of Lib/random.py, where the papers are named. Arguments become floats first.
"""

from __future__ import annotations

import math
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import RANDOM_GAUSS
from minipy.memory.refcount import incref, store
from minipy.memory.statics import NONE, T_OVERFLOW_ERROR, T_VALUE_ERROR, T_ZERO_DIVISION_ERROR
from minipy.modules.randomdraws import draw
from minipy.objects.floatobject import as_float, float_value, new_float
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods

UNIFORM: Final = 30
TRIANGULAR: Final = 31
NORMALVARIATE: Final = 32
GAUSS: Final = 33
LOGNORMVARIATE: Final = 34
EXPOVARIATE: Final = 35
VONMISESVARIATE: Final = 36
GAMMAVARIATE: Final = 37
BETAVARIATE: Final = 38
PARETOVARIATE: Final = 39
WEIBULLVARIATE: Final = 40

METHODS: Final[Methods] = (
    (UNIFORM, "uniform", 2, 2, "a b"),
    (TRIANGULAR, "triangular", 0, 3, "low high mode"),
    (NORMALVARIATE, "normalvariate", 0, 2, "mu sigma"),
    (GAUSS, "gauss", 0, 2, "mu sigma"),
    (LOGNORMVARIATE, "lognormvariate", 2, 2, "mu sigma"),
    (EXPOVARIATE, "expovariate", 1, 1, "lambd"),
    (VONMISESVARIATE, "vonmisesvariate", 2, 2, "mu kappa"),
    (GAMMAVARIATE, "gammavariate", 2, 2, "alpha beta"),
    (BETAVARIATE, "betavariate", 2, 2, "alpha beta"),
    (PARETOVARIATE, "paretovariate", 1, 1, "alpha"),
    (WEIBULLVARIATE, "weibullvariate", 2, 2, "alpha beta"),
)
TWO_PI: Final = 2.0 * math.pi


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The methods of METHODS; see objects/natives.py."""
    if number == TRIANGULAR:
        return triangular(m, at)
    o: i64 = m.words[at]
    x: float = argument(m, m.words[at + 1], 0.0)
    y: float = argument(m, m.words[at + 2], 1.0) if n > 2 else 0.0
    try:
        return new_float(m, variate(m, number, o, x, y))
    except ValueError:
        raise m.error(T_VALUE_ERROR, "math domain error") from None
    except ZeroDivisionError:
        raise m.error(T_ZERO_DIVISION_ERROR, "float division by zero") from None
    except OverflowError:
        text = "math range error" if number == LOGNORMVARIATE else "(34, 'Numerical result out of range')"
        raise m.error(T_OVERFLOW_ERROR, text) from None


def argument(m: Machine, o: i64, default: float) -> float:
    """The value of an argument; 0: not given."""
    return default if o == 0 else as_float(m, o)


def variate(m: Machine, number: i64, o: i64, x: float, y: float) -> float:
    """A number from the distribution with the parameters x and y. The host's arithmetic errors."""
    if number == UNIFORM:
        return x + (y - x) * draw(m, o)
    elif number == GAUSS:
        return gauss(m, o, x, y)
    elif number == NORMALVARIATE:
        return normal(m, o, x, y)
    elif number == LOGNORMVARIATE:
        return math.exp(normal(m, o, x, y))
    elif number == EXPOVARIATE:
        return -math.log(1.0 - draw(m, o)) / x
    elif number == VONMISESVARIATE:
        return von_mises(m, o, x, y)
    elif number == GAMMAVARIATE:
        return gamma(m, o, x, y)
    elif number == BETAVARIATE:
        first: float = gamma(m, o, x, 1.0)
        return first / (first + gamma(m, o, y, 1.0)) if first != 0.0 else 0.0
    elif number == PARETOVARIATE:
        return math.pow(1.0 - draw(m, o), -1.0 / x)
    return x * math.pow(-math.log(1.0 - draw(m, o)), 1.0 / y)


def triangular(m: Machine, at: i64) -> i64:
    """triangular(low=0.0, high=1.0, mode=None): falling on both sides of the mode."""
    w = m.words
    low: float = argument(m, w[at + 1], 0.0)
    high: float = argument(m, m.words[at + 2], 1.0)
    mode: i64 = m.words[at + 3]
    u: float = draw(m, m.words[at])
    c: float = 0.5
    if mode != 0 and mode != NONE:
        peak: float = as_float(m, mode)
        if high == low:
            return shared(m, m.words[at + 1]) if m.words[at + 1] != 0 else new_float(m, low)
        c = (peak - low) / (high - low)
    if u > c:
        u = 1.0 - u
        c = 1.0 - c
        low, high = high, low
    if u * c < 0.0:
        raise m.error(T_VALUE_ERROR, "math domain error")
    return new_float(m, low + (high - low) * math.sqrt(u * c))


def shared(m: Machine, o: i64) -> i64:
    """o, owned."""
    incref(m.words, o)
    return o


def normal(m: Machine, o: i64, mu: float, sigma: float) -> float:
    """The normal distribution, by the ratio of two uniform numbers (Kinderman and Monahan 1977)."""
    ratio: float = 4.0 * math.exp(-0.5) / math.sqrt(2.0)
    while True:
        u1: float = draw(m, o)
        u2: float = 1.0 - draw(m, o)
        z: float = ratio * (u1 - 0.5) / u2
        if z * z / 4.0 <= -math.log(u2):
            return mu + z * sigma


def gauss(m: Machine, o: i64, mu: float, sigma: float) -> float:
    """The normal distribution, two values at a time; the second is kept for the next call."""
    second: i64 = m.words[o + RANDOM_GAUSS]
    if second != 0:
        z: float = float_value(m, second)
        store(m, m.words, o + RANDOM_GAUSS, 0)
        return mu + z * sigma
    angle: float = draw(m, o) * TWO_PI
    radius: float = math.sqrt(-2.0 * math.log(1.0 - draw(m, o)))
    other: i64 = new_float(m, math.sin(angle) * radius)
    store(m, m.words, o + RANDOM_GAUSS, other)
    return mu + math.cos(angle) * radius * sigma


def von_mises(m: Machine, o: i64, mu: float, kappa: float) -> float:
    """The normal distribution's counterpart on the circle (Fisher 1993)."""
    if kappa <= 1e-6:
        return TWO_PI * draw(m, o)
    s: float = 0.5 / kappa
    r: float = s + math.sqrt(1.0 + s * s)
    while True:
        z: float = math.cos(math.pi * draw(m, o))
        d: float = z / (r + z)
        u: float = draw(m, o)
        if u < 1.0 - d * d or u <= (1.0 - d) * math.exp(d):
            break
    q: float = 1.0 / r
    f: float = (q + z) / (1.0 + q * z)
    if draw(m, o) > 0.5:
        return (mu + math.acos(f)) % TWO_PI
    return (mu - math.acos(f)) % TWO_PI


def gamma(m: Machine, o: i64, alpha: float, beta: float) -> float:
    """The gamma distribution."""
    if alpha <= 0.0 or beta <= 0.0:
        raise m.error(T_VALUE_ERROR, "gammavariate: alpha and beta must be > 0.0")
    if alpha > 1.0:
        return gamma_above(m, o, alpha) * beta
    if alpha == 1.0:
        return -math.log(1.0 - draw(m, o)) * beta
    return gamma_below(m, o, alpha) * beta


def gamma_above(m: Machine, o: i64, alpha: float) -> float:
    """The gamma distribution for alpha > 1, beta = 1 (Cheng 1977)."""
    root: float = math.sqrt(2.0 * alpha - 1.0)
    b: float = alpha - math.log(4.0)
    c: float = alpha + root
    while True:
        u1: float = draw(m, o)
        if not 1e-7 < u1 < 0.9999999:
            continue
        u2: float = 1.0 - draw(m, o)
        v: float = math.log(u1 / (1.0 - u1)) / root
        x: float = alpha * math.exp(v)
        z: float = u1 * u1 * u2
        r: float = b + c * v - x
        if r + (1.0 + math.log(4.5)) - 4.5 * z >= 0.0 or r >= math.log(z):
            return x


def gamma_below(m: Machine, o: i64, alpha: float) -> float:
    """The gamma distribution for alpha < 1, beta = 1 (algorithm GS of Kennedy and Gentle)."""
    while True:
        u: float = draw(m, o)
        b: float = (math.e + alpha) / math.e
        p: float = b * u
        x: float
        if p <= 1.0:
            x = math.pow(p, 1.0 / alpha)
        else:
            x = -math.log((b - p) / alpha)
        v: float = draw(m, o)
        if p > 1.0:
            if v <= math.pow(x, alpha - 1.0):
                return x
        elif v <= math.exp(-x):
            return x
