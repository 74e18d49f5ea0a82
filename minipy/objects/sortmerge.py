"""Merging two neighbouring sorted runs, the shorter one copied out of the way.

    merge_low:   a a a b b b b b  -->  scratch: a a a    _ _ _ b b b b b     filled from the left
    merge_high:  a a a a a b b b  -->  scratch: b b b    a a a a a _ _ _     filled from the right

Items are taken one by one until one run has won MIN_GALLOP times in a row (or what that number has become: it falls
while galloping pays and rises when it does not); then whole stretches are found by `gallop` and moved together.

The state of a merge (next item of a, of b, how many are left, where the next one goes) is in the Sort object, exact
whenever a comparison may run: what is left in the scratch rows then belongs into the gap, and a comparison that
raises puts it there.

CPython counterpart: merge_lo and merge_hi of Objects/listobject.c, Objects/listsort.txt. The comparisons are the same.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.objects.gallop import gallop_left, gallop_right
from minipy.objects.sortkeys import MIN_GALLOP, Sort, copy_rows, key_less, make_scratch


def take_a(s: Sort, step: i64) -> None:
    """The next item of a goes to the next place; step 1 to the right, -1 to the left."""
    copy_rows(s, s.to, s.a, 1)
    s.to += step
    s.a += step
    s.na -= 1


def take_b(s: Sort, step: i64) -> None:
    """The next item of b goes to the next place."""
    copy_rows(s, s.to, s.b, 1)
    s.to += step
    s.b += step
    s.nb -= 1


# ---------------------------------------------------------------- from the left
def merge_low(s: Sort, a: i64, na: i64, b: i64, nb: i64) -> None:
    """Merge na items at a with nb >= na behind them at b. The first of b goes first, the last of a goes last."""
    make_scratch(s, na)
    copy_rows(s, s.scratch, a, na)
    s.to = a
    s.a = s.scratch
    s.na = na
    s.b = b
    s.nb = nb
    take_b(s, 1)
    try:
        while s.na > 1 and s.nb > 0:
            step_low(s)
            if s.na > 1 and s.nb > 0:
                gallop_low(s)
    finally:
        if s.na == 1:
            copy_rows(s, s.to, s.b, s.nb)
            copy_rows(s, s.to + s.nb, s.a, 1)
        else:
            copy_rows(s, s.to, s.a, s.na)


def step_low(s: Sort) -> None:
    """Take items one by one until a run is used up or wins again and again."""
    w = s.words
    delta: i64 = s.delta
    to: i64 = s.to
    a: i64 = s.a
    b: i64 = s.b
    a_end: i64 = a + s.na - 1
    b_end: i64 = b + s.nb
    enough: i64 = s.min_gallop
    wins: i64 = 0
    try:
        while a < a_end and b < b_end and wins < enough and wins > -enough:
            if key_less(s, w, w[b], w[a]):
                w[to] = w[b]
                if delta != 0:
                    w[to + delta] = w[b + delta]
                b += 1
                wins = wins - 1 if wins < 0 else -1
            else:
                w[to] = w[a]
                if delta != 0:
                    w[to + delta] = w[a + delta]
                a += 1
                wins = wins + 1 if wins > 0 else 1
            to += 1
    finally:
        s.to = to
        s.na -= a - s.a
        s.nb -= b - s.b
        s.a = a
        s.b = b


def gallop_low(s: Sort) -> None:
    """Take stretches until a run is used up or they become short."""
    s.min_gallop += 1
    k: i64 = MIN_GALLOP
    j: i64 = 0
    while k >= MIN_GALLOP or j >= MIN_GALLOP:
        if s.min_gallop > 1:
            s.min_gallop -= 1
        k = gallop_right(s, s.words[s.b], s.a, s.na, 0)
        copy_rows(s, s.to, s.a, k)
        s.to += k
        s.a += k
        s.na -= k
        if s.na <= 1:
            return
        take_b(s, 1)
        if s.nb == 0:
            return
        j = gallop_left(s, s.words[s.a], s.b, s.nb, 0)
        copy_rows(s, s.to, s.b, j)
        s.to += j
        s.b += j
        s.nb -= j
        if s.nb == 0:
            return
        take_a(s, 1)
        if s.na == 1:
            return
    s.min_gallop += 1


# ---------------------------------------------------------------- from the right
def merge_high(s: Sort, a: i64, na: i64, b: i64, nb: i64) -> None:
    """Merge na items at a with nb < na behind them at b. The last of a goes last, the first of b goes first."""
    make_scratch(s, nb)
    copy_rows(s, s.scratch, b, nb)
    s.to = b + nb - 1
    s.a = a + na - 1
    s.na = na
    s.b = s.scratch + nb - 1
    s.nb = nb
    take_a(s, -1)
    try:
        while s.na > 0 and s.nb > 1:
            step_high(s)
            if s.na > 0 and s.nb > 1:
                gallop_high(s)
    finally:
        if s.nb == 1:
            copy_rows(s, s.to + 1 - s.na, s.a + 1 - s.na, s.na)
            copy_rows(s, s.to - s.na, s.b, 1)
        else:
            copy_rows(s, s.to + 1 - s.nb, s.scratch, s.nb)


def step_high(s: Sort) -> None:
    """Take items one by one until a run is used up or wins again and again."""
    w = s.words
    delta: i64 = s.delta
    to: i64 = s.to
    a: i64 = s.a
    b: i64 = s.b
    a_end: i64 = a - s.na
    b_end: i64 = b - s.nb + 1
    enough: i64 = s.min_gallop
    wins: i64 = 0
    try:
        while a > a_end and b > b_end and wins < enough and wins > -enough:
            if key_less(s, w, w[b], w[a]):
                w[to] = w[a]
                if delta != 0:
                    w[to + delta] = w[a + delta]
                a -= 1
                wins = wins + 1 if wins > 0 else 1
            else:
                w[to] = w[b]
                if delta != 0:
                    w[to + delta] = w[b + delta]
                b -= 1
                wins = wins - 1 if wins < 0 else -1
            to -= 1
    finally:
        s.to = to
        s.na -= s.a - a
        s.nb -= s.b - b
        s.a = a
        s.b = b


def gallop_high(s: Sort) -> None:
    """Take stretches until a run is used up or they become short."""
    s.min_gallop += 1
    k: i64 = MIN_GALLOP
    j: i64 = 0
    while k >= MIN_GALLOP or j >= MIN_GALLOP:
        if s.min_gallop > 1:
            s.min_gallop -= 1
        k = s.na - gallop_right(s, s.words[s.b], s.a + 1 - s.na, s.na, s.na - 1)
        s.to -= k
        s.a -= k
        s.na -= k
        copy_rows(s, s.to + 1, s.a + 1, k)
        if s.na == 0:
            return
        take_b(s, -1)
        if s.nb == 1:
            return
        j = s.nb - gallop_left(s, s.words[s.a], s.scratch, s.nb, s.nb - 1)
        s.to -= j
        s.b -= j
        s.nb -= j
        copy_rows(s, s.to + 1, s.b + 1, j)
        if s.nb <= 1:
            return
        take_a(s, -1)
        if s.na == 0:
            return
    s.min_gallop += 1
