"""Guard words: behind each block a word or more that nobody may write to, under the switch `guard`.

    | the n words its owner asked for | GUARD | ... | GUARD_LAST + n |
    a                                                                 a + room

So a write past a block's end is found when the block is given back, or by heap.check(); one before its beginning, too,
where a guarded block lies there. The last word also remembers n, which a block knows nowhere else.

CPython counterpart: the forbidden bytes of PYTHONMALLOC=debug (Objects/obmalloc.c).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.largealloc import block_size
from minipy.memory.layout import BLOCK_HEADER, POOL_CLASS, POOL_WORDS, SMALL_LIMIT
from minipy.memory.words import vec

GUARD: Final = 0x4DFDFDFDFDFDFDFD
GUARD_LAST: Final = 0x4DFD000000000000


def block_room(w: vec[i64], a: i64, n: i64) -> i64:
    """All words of the block that was handed out at `a` for a request of `n`."""
    return w[(a & -POOL_WORDS) + POOL_CLASS] * 2 if n <= SMALL_LIMIT else large_room(w, a)


def large_room(w: vec[i64], a: i64) -> i64:
    """All words of the large block at `a`, its header excepted."""
    return block_size(w, a - BLOCK_HEADER) - BLOCK_HEADER


def set_guard(w: vec[i64], a: i64, n: i64) -> None:
    """Write the guard words of a block just handed out for a request of `n`."""
    last: i64 = a + block_room(w, a, n) - 1
    i: i64 = a + n
    while i < last:
        w[i] = GUARD
        i += 1
    w[last] = GUARD_LAST + n


def guarded_words(w: vec[i64], a: i64, room: i64) -> i64:
    """The words that were asked for, of a guarded block with `room` words; -1: somebody wrote on its guard."""
    last: i64 = a + room - 1
    n: i64 = w[last] - GUARD_LAST
    if n < 1 or n >= room:
        return -1
    i: i64 = a + n
    while i < last:
        if w[i] != GUARD:
            return -1
        i += 1
    return n
