"""Checking the heap's blocks: the row of boundary tags, the bins, arenas, pools and their free lists.

    census = survey(w)      census.live       address -> words, for each block in use: all it has, or, where guard
                                              words are behind it, those asked for
                            census.problems   a sentence for each broken invariant, with word addresses
                            live_words + free_words + header_words == W_HEAP_TOP - HEAP_BASE

Nothing is trusted: a size that makes no sense ends the walk, a list that does not end is cut, no walk leaves the heap.

CPython counterpart: pool_is_in_list, address_in_range's assertions, _PyObject_DebugMallocStats (Objects/obmalloc.c).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.guards import guarded_words
from minipy.memory.largealloc import aligned, bin_of, block_kind, block_size
from minipy.memory.layout import (
    ARENA_FREEPOOLS,
    ARENA_FRESH,
    ARENA_LISTS,
    ARENA_NEXT,
    ARENA_NFREE,
    ARENA_NPOOLS,
    ARENA_WORDS,
    BLOCK_ARENA,
    BLOCK_FREE,
    BLOCK_HEADER,
    BLOCK_NEXT_FREE,
    BLOCK_PREVIOUS,
    BLOCK_UNIT,
    HEAP_BASE,
    LARGE_BIN_COUNT,
    LARGE_BINS,
    POOL_ARENA,
    POOL_CLASS,
    POOL_COUNT,
    POOL_FREE,
    POOL_FRESH,
    POOL_HEADER,
    POOL_HIDDEN,
    POOL_NEXT,
    POOL_WORDS,
    SIZE_CLASSES,
    USEDPOOLS,
    W_ALLOC_HOOK,
    W_ARENA_WORDS,
    W_ARENAS,
    W_GUARD,
    W_HEAP_TOP,
    W_LAST_BLOCK,
)
from minipy.memory.words import vec


class Census:
    """What a walk over the heap's blocks found."""

    live: dict[int, int]
    problems: list[str]
    free_words: int
    header_words: int
    free_blocks: set[int]
    arenas: set[int]
    used_pools: dict[int, int]

    def __init__(self) -> None:
        self.live = {}
        self.problems = []
        self.free_words = 0
        self.header_words = 0
        self.free_blocks = set()
        self.arenas = set()
        self.used_pools = {}

    def expect(self, condition: bool, problem: str) -> None:
        """Note a problem unless the condition holds."""
        if not condition:
            self.problems.append(problem)

    def live_words(self) -> int:
        """Words of all blocks in use, what their size class rounded them up to included, guard words not."""
        return sum(self.live.values())


def survey(w: vec[i64]) -> Census:
    """Walk all blocks and lists of the allocator."""
    census = Census()
    survey_row(census, w)
    if not census.problems:
        survey_bins(census, w)
        survey_lists(census, w)
    if not census.problems:
        words = census.live_words() + census.free_words + census.header_words
        space = int(w[W_HEAP_TOP] - HEAP_BASE)
        census.expect(words == space, f"live, free and header words add up to {words}, the heap has {space}")
    return census


def survey_row(census: Census, w: vec[i64]) -> None:
    """Walk the row of blocks from HEAP_BASE to W_HEAP_TOP."""
    b: i64 = HEAP_BASE
    before: i64 = 0
    top: i64 = w[W_HEAP_TOP]
    last: i64 = 0
    was_free: bool = False
    while b < top:
        size: i64 = block_size(w, b)
        kind: i64 = block_kind(w, b)
        if size < BLOCK_UNIT or size % BLOCK_UNIT != 0 or b + size > top or kind > BLOCK_ARENA:
            census.problems.append(f"block {b}: its size {size} or kind {kind} makes no sense")
            return
        census.expect(w[b + BLOCK_PREVIOUS] == before, f"block {b}: BLOCK_PREVIOUS is not {before}")
        census.expect(not (was_free and kind == BLOCK_FREE), f"block {b}: two free blocks are neighbours")
        survey_block(census, w, b, size, kind)
        was_free = kind == BLOCK_FREE
        last, before = b, size
        b += size
    census.expect(w[W_LAST_BLOCK] == last, f"W_LAST_BLOCK is {w[W_LAST_BLOCK]}, the last block is {last}")
    census.expect(not was_free or aligned(last, w[W_ARENA_WORDS]) == top, f"block {last}: the top could be lower")
    census.expect(w[W_ARENAS] == len(census.arenas), f"W_ARENAS is not the number of arenas, {len(census.arenas)}")


def survey_block(census: Census, w: vec[i64], b: i64, size: i64, kind: i64) -> None:
    """Note one block of the row; an arena's pools are walked."""
    if kind == BLOCK_FREE:
        census.free_blocks.add(int(b))
        census.free_words += int(size - BLOCK_HEADER)
        census.header_words += BLOCK_HEADER
    elif kind == BLOCK_ARENA:
        survey_arena(census, w, b, size)
    else:
        survey_owned(census, w, b + BLOCK_HEADER, size - BLOCK_HEADER)
        census.header_words += BLOCK_HEADER


def survey_owned(census: Census, w: vec[i64], a: i64, room: i64) -> None:
    """Note a block in use, guarded or not."""
    n: i64 = guarded_words(w, a, room) if w[W_GUARD] != 0 else room
    if n < 0:
        census.problems.append(f"block {a} of {room} words: something wrote on the guard words at its end")
        n = room
    census.live[int(a)] = int(n)
    census.header_words += int(room - n)


# ---------------------------------------------------------------- arenas and pools
def survey_arena(census: Census, w: vec[i64], arena: i64, size: i64) -> None:
    """Walk the pools of an arena."""
    words: i64 = w[W_ARENA_WORDS]
    if size != words or arena % words != 0 or w[arena + ARENA_NPOOLS] != words // POOL_WORDS - 1:
        census.problems.append(f"arena {arena}: its size, address or number of pools is wrong")
        return
    census.arenas.add(int(arena))
    census.header_words += POOL_WORDS
    free = chain(census, w, w[arena + ARENA_FREEPOOLS], POOL_NEXT, f"free pools of arena {arena}", HEAP_BASE)
    fresh: i64 = w[arena + ARENA_FRESH]
    pool: i64 = arena + POOL_WORDS
    found: i64 = 0
    while pool < arena + words:
        if pool >= fresh or int(pool) in free:
            found += 1
            census.free_words += POOL_WORDS
        else:
            survey_pool(census, w, pool, arena)
        pool += POOL_WORDS
    census.expect(
        w[arena + ARENA_NFREE] == found, f"arena {arena}: counts {w[arena + ARENA_NFREE]} free pools, has {found}"
    )


def survey_pool(census: Census, w: vec[i64], pool: i64, arena: i64) -> None:
    """Walk the blocks of a pool in use."""
    size_class: i64 = w[pool + POOL_CLASS]
    if w[pool + POOL_ARENA] != arena or size_class < 1 or size_class > SIZE_CLASSES:
        census.problems.append(f"pool {pool}: its arena or size class is wrong")
        return
    size: i64 = size_class * 2
    hooked: bool = w[W_ALLOC_HOOK] != 0
    head: i64 = w[pool + POOL_HIDDEN] if hooked else w[pool + POOL_FREE]
    free = chain(census, w, head, 0, f"free blocks of pool {pool}", pool + POOL_HEADER)
    other: i64 = w[pool + POOL_FREE] if hooked else w[pool + POOL_HIDDEN]
    census.expect(other == 0, f"pool {pool}: its free list is in the wrong word for the hook")
    if free:
        census.used_pools[int(pool)] = int(size_class)
    fresh: i64 = w[pool + POOL_FRESH]
    a: i64 = pool + POOL_HEADER
    used: i64 = 0
    while a + size <= pool + POOL_WORDS:
        if int(a) in free:
            free.discard(int(a))
            census.free_words += int(size)
        elif fresh != 0 and a >= fresh:
            census.free_words += int(size)
        else:
            survey_owned(census, w, a, size)
            used += 1
        a += size
    census.header_words += int(POOL_HEADER + pool + POOL_WORDS - a)
    census.expect(w[pool + POOL_COUNT] == used, f"pool {pool}: counts {w[pool + POOL_COUNT]} blocks in use, has {used}")
    census.expect(not free, f"pool {pool}: its free list holds {sorted(free)}, which are no blocks of it")


# ---------------------------------------------------------------- lists
def chain(census: Census, w: vec[i64], first: i64, link: i64, what: str, lowest: i64) -> set[int]:
    """The members of a list linked at `link` and ended by 0; a problem if it leaves the heap or does not end."""
    found: set[int] = set()
    a: i64 = first
    while a != 0:
        if a < lowest or a + link >= w[W_HEAP_TOP]:
            census.problems.append(f"{what}: the list leads to {a}")
            break
        if int(a) in found:
            census.problems.append(f"{what}: the list comes back to {a}")
            break
        found.add(int(a))
        a = w[a + link]
    return found


def chain_both_ways(census: Census, w: vec[i64], first: i64, link: i64, what: str) -> set[int]:
    """As chain, for a list whose members link back in the word behind `link`."""
    found = chain(census, w, first, link, what, HEAP_BASE)
    before: i64 = 0
    a: i64 = first
    for _ in found:
        census.expect(w[a + link + 1] == before, f"{what}: {a} does not link back to {before}")
        before = a
        a = w[a + link]
    return found


def survey_bins(census: Census, w: vec[i64]) -> None:
    """Each free block is in the bin of its size, and nothing else is."""
    missing = set(census.free_blocks)
    head: i64 = LARGE_BINS
    while head < LARGE_BINS + LARGE_BIN_COUNT:
        for b in sorted(chain_both_ways(census, w, w[head], BLOCK_NEXT_FREE, f"bin {head}")):
            good: bool = b in missing and bin_of(block_size(w, b)) == head
            census.expect(good, f"bin {head}: holds {b}, which does not belong there")
            missing.discard(b)
        head += 1
    census.expect(not missing, f"free blocks in no bin: {sorted(missing)}")


def survey_lists(census: Census, w: vec[i64]) -> None:
    """Each pool with a free block is in its size class's list, each arena with a free pool in its list."""
    pools = dict(census.used_pools)
    size_class: i64 = 1
    while size_class <= SIZE_CLASSES:
        head: i64 = USEDPOOLS + w[W_ALLOC_HOOK] + size_class
        for pool in sorted(chain_both_ways(census, w, w[head], POOL_NEXT, f"used pools of class {size_class}")):
            expected = pools.pop(pool, 0)
            census.expect(expected == size_class, f"pool {pool}: wrongly in the list of class {size_class}")
        size_class += 1
    census.expect(not pools, f"pools with free blocks in no list: {sorted(pools)}")
    arenas = {arena for arena in census.arenas if w[arena + ARENA_NFREE] != 0}
    n: i64 = 1
    while n < ARENA_WORDS // POOL_WORDS:
        for arena in sorted(chain_both_ways(census, w, w[ARENA_LISTS + n], ARENA_NEXT, f"arena list {n}")):
            good: bool = arena in arenas and w[arena + ARENA_NFREE] == n
            census.expect(good, f"arena {arena}: wrongly in list {n}")
            arenas.discard(arena)
        n += 1
    census.expect(not arenas, f"arenas with free pools in no list: {sorted(arenas)}")
