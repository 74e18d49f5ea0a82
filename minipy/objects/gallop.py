"""Galloping: where a key belongs in a sorted row, found in steps of 1, 3, 7, 15, ... from a hint, then by halving.

Quick where the place is near the hint, and never much worse than halving the whole row.

CPython counterpart: gallop_left and gallop_right of Objects/listobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.objects.sortkeys import Sort, key_less


def gallop_left(s: Sort, key: i64, row: i64, n: i64, hint: i64) -> i64:
    """The k with row[k-1] < key <= row[k]: before all equal ones. 0 <= hint < n is where to begin."""
    w = s.words
    at: i64 = row + hint
    low: i64 = 0
    high: i64 = 1
    if key_less(s, w, w[at], key):
        most: i64 = n - hint
        while high < most and key_less(s, w, w[at + high], key):
            low = high
            high = high * 2 + 1
        if high > most:
            high = most
        low += hint
        high += hint
    else:
        most = hint + 1
        while high < most and not key_less(s, w, w[at - high], key):
            low = high
            high = high * 2 + 1
        if high > most:
            high = most
        k: i64 = low
        low = hint - high
        high = hint - k
    low += 1
    while low < high:
        k = low + ((high - low) >> 1)
        if key_less(s, w, w[row + k], key):
            low = k + 1
        else:
            high = k
    return high


def gallop_right(s: Sort, key: i64, row: i64, n: i64, hint: i64) -> i64:
    """The k with row[k-1] <= key < row[k]: behind all equal ones. 0 <= hint < n is where to begin."""
    w = s.words
    at: i64 = row + hint
    low: i64 = 0
    high: i64 = 1
    if key_less(s, w, key, w[at]):
        most: i64 = hint + 1
        while high < most and key_less(s, w, key, w[at - high]):
            low = high
            high = high * 2 + 1
        if high > most:
            high = most
        k: i64 = low
        low = hint - high
        high = hint - k
    else:
        most = n - hint
        while high < most and not key_less(s, w, key, w[at + high]):
            low = high
            high = high * 2 + 1
        if high > most:
            high = most
        low += hint
        high += hint
    low += 1
    while low < high:
        k = low + ((high - low) >> 1)
        if key_less(s, w, key, w[row + k]):
            high = k
        else:
            low = k + 1
    return high
