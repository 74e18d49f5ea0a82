"""The fields of objects that belong to native modules, and of some rarer ones; memory/layout.py has all other offsets.

A raw word is a figure of the object itself, all others are references.
"""

from __future__ import annotations

from typing import Final

from minipy.memory.layout import W_ROOTS

W_GC_GARBAGE: Final = W_ROOTS + 2  # the list gc.garbage, 0: none yet
W_GC_CALLBACKS: Final = W_ROOTS + 3  # the list gc.callbacks, 0: none yet
W_ATEXIT: Final = W_ROOTS + 4  # the list of what the program's end calls, 0: none yet
TPFLAGS_SEQUENCE: Final = 1 << 20  # flags of a type: sequence patterns match its instances (objects/specialnames.py)
TPFLAGS_MAPPING: Final = 1 << 21  # ... mapping patterns do
TPFLAGS_SEALED: Final = 1 << 22  # a class of the library that is built in in CPython: named and guarded like one
W_TEE_CLASS: Final = W_ROOTS + 8  # itertools._tee
W_DEQUE_ITERATOR: Final = W_ROOTS + 9  # the classes of iter() and reversed() of a deque
W_DEQUE_REVERSED: Final = W_ROOTS + 10
W_STRUCT_TIME: Final = W_ROOTS + 11  # time.struct_time

WR_OBJECT: Final = 2  # weak references, proxies; raw: the object referred to, 0: it is dead
WR_HASH: Final = 3  # raw: the object's hash once it was asked for, -1 before
WR_NEXT: Final = 4  # raw: links of the object's list
WR_PREVIOUS: Final = 5
WR_DUE: Final = 6  # raw: the callback while its call is due
WR_CALLBACK: Final = 7  # or 0; last, so that the slots of subclasses follow it
WR_WORDS: Final = 8

TOOL_KIND: Final = 2  # the iterators of itertools: which class's (objects/itertool.py), then raw figures
TOOL_INDEX: Final = 3
TOOL_LIMIT: Final = 4
TOOL_STEP: Final = 5
TOOL_NEXT: Final = 6
TOOL_NUMBERS: Final = 7  # -> raw figures, one or two an item; 0: none
TOOL_NUMBERS_WORDS: Final = 8
TOOL_SOURCE: Final = 9  # references, what for says each class
TOOL_EXTRA: Final = 10
TOOL_A: Final = 11
TOOL_B: Final = 12
TOOL_C: Final = 13
DEQUE_LENGTH: Final = 2
DEQUE_START: Final = 3  # index of the first item in the ring
DEQUE_ITEMS: Final = 4  # -> the ring: a power of two of words, 0 where there is no item
DEQUE_ROOM: Final = 5
DEQUE_MAXLEN: Final = 6  # -1: unlimited
DEQUE_STATE: Final = 7  # counts the changes that an iterator must not survive
DEQUE_WEAKLIST: Final = 8
PARTIAL_FUNCTION: Final = 2
PARTIAL_ARGS: Final = 3  # tuple
PARTIAL_KEYWORDS: Final = 4  # dict
PARTIAL_DICT: Final = 5
PARTIAL_WEAKLIST: Final = 6
LRU_MAXSIZE: Final = 2  # raw: -1: unlimited
LRU_TYPED: Final = 3  # raw
LRU_HITS: Final = 4  # raw
LRU_MISSES: Final = 5  # raw
LRU_FIRST: Final = 6  # raw: the entries of LRU_RESULTS before this one are deleted ones, as long as
LRU_ENTRIES: Final = 7  # raw: its entries lie here
LRU_FUNCTION: Final = 8
LRU_RESULTS: Final = 9  # dict from the arguments to the result, the one used longest ago first
LRU_INFO: Final = 10  # the class of what cache_info() gives
LRU_DICT: Final = 11
LRU_WEAKLIST: Final = 12
GETTER_KIND: Final = 2  # raw: itemgetter, attrgetter or methodcaller
GETTER_NAMES: Final = 3  # tuple of items or names; the method's name
GETTER_ARGS: Final = 4  # tuple: a method's arguments, attrgetter's names in parts
GETTER_KEYWORDS: Final = 5  # dict or 0
WRAPPED_DICT: Final = 3  # staticmethod, classmethod: behind WRAPPED_FUNCTION of layout.py
ALIAS_WEAKLIST: Final = 2  # list[int], int | None: raw
ALIAS_ORIGIN: Final = 3  # 0: a union
ALIAS_ARGS: Final = 4  # tuple
ALIAS_PARAMETERS: Final = 5  # tuple of the type variables in ALIAS_ARGS, 0: not asked for yet
ALIAS_STARRED: Final = 6  # True for *list[int], else 0
RANDOM_DICT: Final = 7  # behind RANDOM_GAUSS of layout.py: the attributes a program gave the instance, or 0
FRAME_OBJECT_FUNCTION: Final = 2
FRAME_OBJECT_LOCALS: Final = 3  # the last f_locals, or 0
FRAME_OBJECT_BACK: Final = 4  # frame object, or 0
FRAME_OBJECT_GENERATOR: Final = 5  # the generator whose record it is, or 0
FRAME_OBJECT_BASE: Final = 6  # raw: the activation record's base; 0 for a generator's or a traceback's frame
FRAME_OBJECT_MARK: Final = 7  # raw: what FRAME_RETURN >> MARK_SHIFT was then
FRAME_OBJECT_OFFSET: Final = 8  # raw: the last known offset of the instruction in the code
MARK_SHIFT: Final = 43
MARK_MASK: Final = (1 << 20) - 1
RETURN_FLAGS: Final = (1 << MARK_SHIFT) - 1
"""FRAME_RETURN's bits from MARK_SHIFT on are a frame object's mark (vm/frameobject.py), those below pc and flags."""
HANDLER_START: Final = 0  # an entry of a code object's exception table: offsets of what is guarded,
HANDLER_END: Final = 1
HANDLER_TARGET: Final = 2  # of the handler,
HANDLER_DEPTH: Final = 3  # and the depth of the stack there * 2 + lasti
HANDLER_WORDS: Final = 4
POSITION_WORDS: Final = 2  # an entry of the table of lines and columns behind that
