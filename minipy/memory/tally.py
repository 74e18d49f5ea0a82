"""Counting by key in a table of words: quicker than a dict where a million objects have a few hundred keys.

    table   | key | count | sum |   open addressing, linear probing; key 0: free

CPython counterpart: collections.Counter, whose counts are objects.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.words import new_words, vec

SLOTS: Final = 4096
MOST: Final = 3072
ENTRY: Final = 3


class Tally:
    """For each key (not 0) how often it was added, and the sum of what was added with it."""

    table: vec[i64]
    keys: i64
    counts: dict[int, int]
    sums: dict[int, int]

    def __init__(self) -> None:
        self.table = new_words(SLOTS * ENTRY, 0)
        self.keys = 0
        self.counts = {}
        self.sums = {}

    def add(self, key: i64, n: i64) -> None:
        """Once more."""
        table = self.table
        at: i64 = (key ^ key >> 17) % SLOTS * ENTRY
        while table[at] != key:
            if table[at] == 0:
                if self.keys == MOST:
                    self.settle()
                    self.add(key, n)
                    return
                table[at] = key
                self.keys += 1
                break
            at += ENTRY
            if at == SLOTS * ENTRY:
                at = 0
        table[at + 1] += 1
        table[at + 2] += n

    def settle(self) -> None:
        """Move what the table holds to `counts` and `sums`, which are complete then."""
        at: i64 = 0
        while at < SLOTS * ENTRY:
            if self.table[at] != 0:
                key = int(self.table[at])
                self.counts[key] = self.counts.get(key, 0) + int(self.table[at + 1])
                self.sums[key] = self.sums.get(key, 0) + int(self.table[at + 2])
                self.table[at] = 0
                self.table[at + 1] = 0
                self.table[at + 2] = 0
            at += ENTRY
        self.keys = 0
