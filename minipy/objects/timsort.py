"""Timsort: find the runs that are there, make short ones longer by insertion, merge neighbours of like size.

    rows:   | run 0        | run 1 | run 2          | still to be looked at ...
    power:         3           5

A new run's boundary to the one before has a power: how deep in a perfectly halved tree of the whole row the two
would meet. Runs with a higher power than the new boundary's are merged first, so that sizes stay alike.

CPython counterpart: list_sort_impl's main loop, count_run, binarysort, found_new_run, merge_at of
Objects/listobject.c (3.11: powersort). The comparisons are the same, one for one; Objects/listsort.txt explains them.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.words import vec
from minipy.objects.gallop import gallop_left, gallop_right
from minipy.objects.sortkeys import Sort, drop_scratch, key_less, reverse_rows
from minipy.objects.sortmerge import merge_high, merge_low


def sort_rows(s: Sort) -> None:
    """Sort the keys and what belongs to them. When a comparison raises, all of them are still there."""
    least: i64 = least_run(s.n)
    at: i64 = s.start
    end: i64 = s.start + s.n
    try:
        while at < end:
            n: i64 = next_run(s, at, end)
            if n < least:
                longer: i64 = least if least < end - at else end - at
                insertion_sort(s, at, at + longer, at + n)
                n = longer
            merge_older(s, n)
            s.run_starts.append(int(at))
            s.run_lengths.append(int(n))
            s.run_powers.append(0)
            at += n
        merge_all(s)
    finally:
        drop_scratch(s)


def least_run(n: i64) -> i64:
    """The length short runs are brought to: 32 .. 64, such that n is a power of two of them, or just under."""
    odd: i64 = 0
    while n >= 64:
        odd |= n & 1
        n >>= 1
    return n + odd


def next_run(s: Sort, at: i64, end: i64) -> i64:
    """The length of the run at `at`; one that falls strictly is turned round."""
    w = s.words
    i: i64 = at + 1
    if i == end:
        return 1
    if key_less(s, w, w[i], w[at]):
        i += 1
        while i < end and key_less(s, w, w[i], w[i - 1]):
            i += 1
        reverse_rows(s, at, i - at)
    else:
        i += 1
        while i < end and not key_less(s, w, w[i], w[i - 1]):
            i += 1
    return i - at


def insertion_sort(s: Sort, at: i64, end: i64, i: i64) -> None:
    """Sort the row at .. end, which is sorted up to i, by inserting each next key where halving finds its place."""
    w = s.words
    while i < end:
        key: i64 = w[i]
        low: i64 = at
        high: i64 = i
        while low < high:
            middle: i64 = low + ((high - low) >> 1)
            if key_less(s, w, key, w[middle]):
                high = middle
            else:
                low = middle + 1
        rotate(w, low, i)
        if s.delta != 0:
            rotate(w, low + s.delta, i + s.delta)
        i += 1


def rotate(w: vec[i64], low: i64, high: i64) -> None:
    """Move the word at `high` down to `low` and the ones between up."""
    v: i64 = w[high]
    while high > low:
        w[high] = w[high - 1]
        high -= 1
    w[low] = v


# ---------------------------------------------------------------- which runs to merge
def merge_older(s: Sort, n: i64) -> None:
    """Before a run of length n is added: give the boundary to the last run its power, merge runs of higher power."""
    last: int = len(s.run_starts) - 1
    if last < 0:
        return
    power: int = int(power_of(i64(s.run_starts[last]) - s.start, i64(s.run_lengths[last]), n, s.n))
    while last > 0 and s.run_powers[last - 1] > power:
        merge_at(s, last - 1)
        last -= 1
    s.run_powers[last] = power


def power_of(start: i64, n1: i64, n2: i64, n: i64) -> i64:
    """The power of the boundary between runs of n1 items at `start` and n2 behind it, in a row of n.

    The first binary digit in which the places of the two runs' middles, as fractions of n, differ.
    """
    a: i64 = 2 * start + n1
    b: i64 = a + n1 + n2
    power: i64 = 1
    while a >= n or b < n:
        if a >= n:
            a -= n
            b -= n
        a += a
        b += b
        power += 1
    return power


def merge_all(s: Sort) -> None:
    """Merge the runs that are left, from the last."""
    while len(s.run_starts) > 1:
        i: int = len(s.run_starts) - 2
        if i > 0 and s.run_lengths[i - 1] < s.run_lengths[i + 1]:
            i -= 1
        merge_at(s, i)


def merge_at(s: Sort, i: int) -> None:
    """Merge run i with the next one: only what is not in its place already."""
    a: i64 = s.run_starts[i]
    na: i64 = s.run_lengths[i]
    b: i64 = s.run_starts[i + 1]
    nb: i64 = s.run_lengths[i + 1]
    s.run_lengths[i] = int(na + nb)
    s.run_powers[i] = s.run_powers[i + 1]
    del s.run_starts[i + 1]
    del s.run_lengths[i + 1]
    del s.run_powers[i + 1]
    k: i64 = gallop_right(s, s.words[b], a, na, 0)
    a += k
    na -= k
    if na == 0:
        return
    nb = gallop_left(s, s.words[a + na - 1], b, nb, nb - 1)
    if nb == 0:
        return
    if na <= nb:
        merge_low(s, a, na, b, nb)
    else:
        merge_high(s, a, na, b, nb)
