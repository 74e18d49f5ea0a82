"""Every fixed address, size and offset of the machine, in words of 8 bytes.

    0        8          1024        12288       16384                163840
    +--------+----------+-----------+-----------+--------------------+-----------------------+ - - -
    |  NULL  | control  |  static   |  static   |  run-time stack    |  heap: arena | arena  |
    |  page  |  block   |  types    |  objects  |  grows upward ->   |  ... | large blocks   |
    +--------+----------+-----------+-----------+--------------------+-----------------------+ - - -

An address is a word index; a program sees it times 8 (`id()`). Address 0 is NULL.

An object:                                  a tracked container has a head in front (CPython up to 3.7):

    a+0  ob_refcnt                              a-3  gc_next
    a+1  ob_type   address of its type          a-2  gc_prev
    a+2  ...       the type's own fields        a-1  gc_refs << 1 | finalized

Invariants
- Each constant here is a literal for mypyc; nothing else in minipy writes an offset as a number.
- A var-sized object keeps in word 2 (ob_size) how many words follow its `TP_BASICSIZE` words.
- A type object's words TP_GC .. TP_RAW2_SIZE are its layout descriptor: deallocation, the collector, `check`
  and every view read an object through it and know no type by name.

CPython counterpart: Include/object.h, Include/internal/pycore_*.h, Objects/obmalloc.c.
"""

from __future__ import annotations

from typing import Final

WORD_BYTES: Final = 8
MASK62: Final = (1 << 62) - 1
SMALL_INT_LIMIT: Final = 1 << 62  # T_INT: -SMALL_INT_LIMIT <= value < SMALL_INT_LIMIT in one word; else T_BIGINT
IMMORTAL: Final = 1 << 40  # the count static objects start with; no program reaches 0 or twice this from it

# ---------------------------------------------------------------- regions
CONTROL: Final = 8
METHOD_CACHE: Final = 384
METHOD_CACHE_ENTRIES: Final = 128  # of 4 words, see objects/typeobject.py: version, name, value (borrowed), 1 + index
TYPES: Final = 1024
TYPE_WORDS: Final = 64
STATICS: Final = 12288
STACK_BASE: Final = 16384
HEAP_BASE: Final = 163840
STACK_END: Final = HEAP_BASE

# ---------------------------------------------------------------- control block: registers of the machine
W_EVAL_BREAKER: Final = CONTROL + 0  # safe points to pass before the loop visits vm/breaker.py; 0 asks for it now
W_SP: Final = CONTROL + 1  # first free word of the run-time stack, exact whenever native code runs
W_BASE: Final = CONTROL + 2  # base of the running activation record (its first local)
W_PC: Final = CONTROL + 3  # address behind the instruction being executed, exact whenever native code runs
W_EXC_INFO: Final = CONTROL + 4  # address of the two words (handled exception, link) of the running thread/generator
W_EXC_VALUE: Final = CONTROL + 5  # the thread's own handled exception (owned), followed by
W_EXC_PREVIOUS: Final = CONTROL + 6  # its link, always 0: see W_EXC_INFO
W_PENDING: Final = CONTROL + 7  # the exception in flight (owned) while host `Raised` propagates; else 0
W_DEPTH: Final = CONTROL + 8  # activation records now on the stack, generators' and native re-entries included
W_RECURSION_LIMIT: Final = CONTROL + 9
W_VERSION: Final = CONTROL + 10  # last version handed to a dict's keys or a type; versions are never reused
W_BUILTINS: Final = CONTROL + 11  # dict of the module builtins (owned)
W_MODULES: Final = CONTROL + 12  # dict sys.modules (owned)
W_INTERNED: Final = CONTROL + 13  # raw block: the table of interned strings, not counted (objects/interntable.py)
INTERNED_HEADER: Final = 2  # its first word says how many slots follow this many words
W_NATIVE_DEPTH: Final = CONTROL + 14  # how deep native code has called back into the loop
W_HEAP_TYPES: Final = CONTROL + 15  # first of the linked list of all heap types (borrowed), see TP_NEXT_TYPE
W_ROOTS: Final = CONTROL + 16  # 16 words for references native modules must keep (owned), named below
W_MEMORY_ERROR: Final = W_ROOTS + 0  # the MemoryError that is raised when none can be made
W_REFUSE_NEW: Final = W_ROOTS + 1  # the `__new__` of types a program cannot make instances of
W_ROOTS_END: Final = CONTROL + 32
W_NATIVE_LIMIT: Final = CONTROL + 32  # W_NATIVE_DEPTH never passes it (memory/hoststack.py)
W_STEPS: Final = CONTROL + 33  # counters the limits and statistics read
W_STOPPING: Final = CONTROL + 34  # 1: the host ended the program; no handler and no finalizer runs any more
W_SIGNAL: Final = CONTROL + 35  # nonzero: Ctrl-C arrived
W_PART: Final = CONTROL + 36  # 1: the first load of a fused instruction failed (its place is bytecode's first_loads)
W_RESULT: Final = CONTROL + 37  # what an exhausted generator returned (owned), 0: None; read with iter_next's NULL
W_BREAKER_RELOAD: Final = CONTROL + 38  # what W_EVAL_BREAKER was last set to
W_DATA_DEPTH: Final = CONTROL + 39  # how deep native code recurses over nested data (objects/recursion.py)

# the allocator's registers (memory/obmalloc.py, memory/largealloc.py)
W_INT_FREE: Final = CONTROL + 40  # int blocks kept ready, linked through word 0, type word set
W_FLOAT_FREE: Final = CONTROL + 41  # float blocks kept ready, linked through word 0, type and lane slot set
W_FLOAT_SLOTS: Final = CONTROL + 42  # slots of the float lane handed out so far
W_HEAP_TOP: Final = CONTROL + 43  # end of the address space in use; arena aligned
W_HEAP_LIMIT: Final = CONTROL + 44  # W_HEAP_TOP never passes it
W_ALLOCATOR: Final = CONTROL + 45  # 15 words for the allocator's own registers, named below
W_ARENA_WORDS: Final = W_ALLOCATOR + 0  # words of an arena: ARENA_WORDS, or fewer under the switch tiny_arenas
W_LAST_BLOCK: Final = W_ALLOCATOR + 1  # the block that ends at W_HEAP_TOP; 0: the heap is empty
W_FLOAT_SLOT_FREE: Final = W_ALLOCATOR + 2  # free slots of the float lane, linked through the lane; 0: none
W_POISON: Final = W_ALLOCATOR + 3  # 1: fill blocks when they are handed out and given back
W_ARENAS: Final = W_ALLOCATOR + 4  # arenas now in the heap
W_ARENAS_ALLOCATED: Final = W_ALLOCATOR + 5  # arenas ever made
W_HIGHEST_TOP: Final = W_ALLOCATOR + 6  # the highest W_HEAP_TOP so far
W_ARENAS_HIGHEST: Final = W_ALLOCATOR + 7  # the most arenas there were at a time
W_GUARD: Final = W_ALLOCATOR + 8  # words behind each block that nobody may write to (memory/guards.py); 0: none
W_RESERVE_OPEN: Final = W_ALLOCATOR + 9  # 1: the last arena below W_HEAP_LIMIT may be used (memory/largealloc.py)
W_ALLOCATIONS: Final = CONTROL + 60  # blocks handed out while W_ALLOC_HOOK was set
W_FREES: Final = CONTROL + 61  # blocks given back while W_ALLOC_HOOK was set
W_ALLOC_HOOK: Final = CONTROL + 62  # 0, or HOOK_DISTANCE: a stress switch wants each allocation on the slow path
W_FAIL_AT: Final = CONTROL + 63  # value of W_ALLOCATIONS at which an allocation fails, 0 for none
USEDPOOLS: Final = CONTROL + 64  # one list head per size class, 34 words (class = words / 2)
W_MAX_STR_DIGITS: Final = CONTROL + 98  # sys.get_int_max_str_digits(); 0: no limit (objects/digitlimit.py)

# the collector's registers (memory/gc.py)
W_GC_COUNT: Final = CONTROL + 100  # [3]: generation.count
W_GC_THRESHOLD: Final = CONTROL + 103  # [3]: generation.threshold
W_GC_ENABLED: Final = CONTROL + 106
W_GC_COLLECTING: Final = CONTROL + 107
W_LONG_LIVED_TOTAL: Final = CONTROL + 108
W_LONG_LIVED_PENDING: Final = CONTROL + 109
W_GC_DEBUG: Final = CONTROL + 110
W_GC_TRIGGER: Final = CONTROL + 111  # when generation 0's count passes it, a collection is due
W_GC_STATS: Final = CONTROL + 112  # [3] x (collections, collected, uncollectable)
W_SLICE_START: Final = CONTROL + 123  # what slice_indices (objects/sliceobject.py) found, until its next call
W_SLICE_STOP: Final = CONTROL + 124
W_SLICE_STEP: Final = CONTROL + 125
W_TRASH: Final = CONTROL + 121  # objects waiting for deallocation, linked through ob_refcnt
GC_HEAD_WORDS: Final = 3
GC_NEXT: Final = -3
GC_PREV: Final = -2
GC_REFS: Final = -1
GENERATION0: Final = CONTROL + 128 + 3  # list heads look like objects: links at head-3, head-2
GENERATION_WORDS: Final = 4
GENERATION1: Final = GENERATION0 + GENERATION_WORDS
GENERATION2: Final = GENERATION1 + GENERATION_WORDS
PERMANENT: Final = GENERATION2 + GENERATION_WORDS
UNREACHABLE: Final = PERMANENT + GENERATION_WORDS
FINALIZERS: Final = UNREACHABLE + GENERATION_WORDS
WRCB_TO_CALL: Final = FINALIZERS + GENERATION_WORDS  # the last list: weak references a collection will call back

GC_FINALIZED: Final = 1  # bit 0 of gc_refs: the finalizer has run (PEP 442); a count or state stands above it
GC_REFS_ONE: Final = 2  # a reference in gc_refs during a collection
GC_REFS_UNTRACKED: Final = -4
GC_REFS_REACHABLE: Final = -6
GC_REFS_TENTATIVELY_UNREACHABLE: Final = -8

# the allocator's lists (memory/obmalloc.py, memory/largealloc.py)
HOOKED_POOLS: Final = CONTROL + 160  # where USEDPOOLS' lists are kept while W_ALLOC_HOOK is set
HOOK_DISTANCE: Final = HOOKED_POOLS - USEDPOOLS
ARENA_LISTS: Final = CONTROL + 200  # [64]: arenas by their number of free pools
LARGE_BINS: Final = CONTROL + 264  # [96]: free blocks by size, four bins a power of two, from 4 words on
LARGE_BIN_COUNT: Final = 96

# ---------------------------------------------------------------- the heap's blocks, arenas and pools
"""The heap is a row of blocks without gaps, from HEAP_BASE to W_HEAP_TOP. A block is free, large or an arena; an
arena's first pool holds its headers, the other pools hold small blocks of one size class each."""
ARENA_WORDS: Final = 32768
TINY_ARENA_WORDS: Final = 4096
POOL_WORDS: Final = 512
SMALL_LIMIT: Final = 64  # words; a larger request is a large block of its own
SIZE_CLASSES: Final = 33  # class c serves requests of 2c-1 and 2c words, the last one only with guard words

BLOCK_SIZE: Final = 0  # words of the whole block, a multiple of BLOCK_UNIT, + its kind
BLOCK_PREVIOUS: Final = 1  # words of the block before it; 0: this is the first
BLOCK_HEADER: Final = 2  # then the owner's words, or, in a free block, the two links of its bin:
BLOCK_NEXT_FREE: Final = 2
BLOCK_PREVIOUS_FREE: Final = 3
BLOCK_UNIT: Final = 4
BLOCK_KIND: Final = 3  # mask
BLOCK_FREE: Final = 0
BLOCK_LARGE: Final = 1
BLOCK_ARENA: Final = 2
BLOCK_SPLIT: Final = 68  # a rest smaller than this could not serve a large request: it stays with its block

ARENA_NEXT: Final = 2  # behind the block's header: links of the list in ARENA_LISTS
ARENA_PREVIOUS: Final = 3
ARENA_NFREE: Final = 4  # pools not in use
ARENA_FREEPOOLS: Final = 5  # pools used before and given back, linked through POOL_NEXT
ARENA_FRESH: Final = 6  # the first pool never used
ARENA_NPOOLS: Final = 7  # pools in all, the arena's own first one not counted

POOL_FREE: Final = 0  # first free block, linked through their word 0; 0: the pool is full
POOL_COUNT: Final = 1  # blocks in use
POOL_NEXT: Final = 2  # links of the list in USEDPOOLS
POOL_PREVIOUS: Final = 3
POOL_ARENA: Final = 4
POOL_CLASS: Final = 5
POOL_FRESH: Final = 6  # the first block never used; 0: all have been
POOL_HIDDEN: Final = 7  # stands in for POOL_FREE while W_ALLOC_HOOK is set
POOL_HEADER: Final = 8

# ---------------------------------------------------------------- object header
OB_REFCNT: Final = 0
OB_TYPE: Final = 1
OB_SIZE: Final = 2

# ---------------------------------------------------------------- type object
TP_VERSION: Final = 2  # 0: not valid; else unique. Changes whenever an attribute found through the type may
TP_GC: Final = 3  # words in front of the header: 0, GC_HEAD_WORDS, or more (see objects/typelayout.py)
TP_BASICSIZE: Final = 4  # words of the fixed part, header included, gc head not
TP_ITEMSIZE: Final = 5  # 1: ob_size more words follow
TP_SLOTS: Final = 6  # offset of the first of TP_NSLOTS adjacent references
TP_NSLOTS: Final = 7
TP_ITEMS: Final = 8  # offset of ob_size inline references, 0: none
TP_BUF: Final = 9  # offset of the pointer to a counted buffer with references, 0: none
TP_BUF_COUNT: Final = 10  # offset of its count of entries
TP_BUF_STRIDE: Final = 11  # words an entry
TP_BUF_FIRST: Final = 12  # first word of an entry that is a reference; all up to the stride are
TP_RAW1: Final = 13  # offset of the pointer to an owned raw buffer, 0: none (TP_BUF's own buffer is named here)
TP_RAW1_SIZE: Final = 14  # offset of its size in words
TP_RAW2: Final = 15
TP_RAW2_SIZE: Final = 16
TP_SOLID: Final = 17  # the built-in type whose layout and native behaviour instances have (T_OBJECT for most classes)
TP_CLASS: Final = 18  # the type a program sees: itself but for T_BIGINT
TP_FLAGS: Final = 19
TP_DICTOFFSET: Final = 20  # offset of the instance's dict (0 until one is asked for), 0: has none
TP_VALUES: Final = 21  # offset of the pointer to inline attribute values (see objects/classobject.py), 0: none
TP_NKEYS: Final = 22  # names in TP_KEYS
TP_WEAKLIST: Final = 23  # offset of the instance's weak reference list, 0: not weakly referable
TP_NEXT_TYPE: Final = 24  # all heap types, doubly linked, borrowed
TP_PREV_TYPE: Final = 25
TP_NATIVE_NEW: Final = 26  # the built-in `__new__` that makes instances (T_BUILTIN, borrowed), inherited
TP_FIRST_REF: Final = 32
TP_NAME: Final = 32  # str, what __name__ gives
TP_QUALNAME: Final = 33
TP_BASE: Final = 34
TP_BASES: Final = 35
TP_MRO: Final = 36
TP_DICT: Final = 37
TP_KEYS: Final = 38  # dict name -> small int: index of the attribute among the inline values; 0: none yet
TP_MODULE: Final = 39
TP_LAST_REF: Final = 40
TP_WEAKREFS: Final = 40  # weak references to the type itself, raw
TYPE_BASICSIZE: Final = 42

# flags of a type
TPFLAGS_HEAPTYPE: Final = 1
TPFLAGS_BASETYPE: Final = 2  # may be subclassed
TPFLAGS_EXCEPTION: Final = 4  # derives from BaseException
TPFLAGS_TYPE: Final = 8  # derives from type: instances are classes
TPFLAGS_READY: Final = 16
TPFLAGS_DEL: Final = 32  # the class or a base defines __del__
TPFLAGS_GETATTR: Final = 64  # ... __getattr__
TPFLAGS_GETATTRIBUTE: Final = 128  # ... __getattribute__ (a program's own)
TPFLAGS_SETATTR: Final = 256  # ... __setattr__ or __delattr__ (a program's own)
TPFLAGS_EQ: Final = 512  # ... __eq__ (a program's own)
TPFLAGS_HASH: Final = 1024  # ... __hash__ (a program's own)
TPFLAGS_NEW: Final = 2048  # ... __new__ (a program's own)
TPFLAGS_SPECIAL: Final = 4096  # ... any other special method (a program's own): operators look it up
TPFLAGS_FORGET: Final = 8192  # a dying instance is shown to Heap.forget (type, weakref, float's subclasses); inherited
TPFLAGS_ABSTRACT: Final = 16384  # has abstract methods: no instances

# ---------------------------------------------------------------- objects' own fields
INT_VALUE: Final = 2  # int, bool: the value
INT_LARGE: Final = 3  # instance of a program's subclass of int: the T_BIGINT that is its value, or 0
FLOAT_SLOT: Final = 2  # float: index into the float lane
COMPLEX_REAL: Final = 2  # complex: two references to float objects
BIG_SIGN: Final = 3  # T_BIGINT: -1 or 1; then ob_size digits of 62 bits, least significant first
BIG_DIGITS: Final = 4
STR_HASH: Final = 3  # -1: not computed
STR_LENGTH: Final = 4  # length in code points << STR_KIND_BITS | STR_INTERNED or 0 | bytes a code point (1, 2, 4)
STR_DATA: Final = 5
STR_KIND_BITS: Final = 4
STR_INTERNED: Final = 8  # the str is the one of its text that W_INTERNED knows
STR_KIND: Final = 7
BYTES_HASH: Final = 3
BYTES_LENGTH: Final = 4
BYTES_DATA: Final = 5
TUPLE_ITEMS: Final = 3
LIST_LENGTH: Final = 2
LIST_ALLOCATED: Final = 3
LIST_ITEMS: Final = 4
DICT_USED: Final = 2  # live entries
DICT_NENTRIES: Final = 3  # entries ever added, deleted ones included
DICT_ENTRIES: Final = 4  # -> entries of 3 words: hash, key, value (key 0: deleted)
DICT_ENTRIES_WORDS: Final = 5
DICT_INDEX: Final = 6  # -> open-addressed table of words: 0 free, else entry number + 1, negative if deleted
DICT_INDEX_WORDS: Final = 7
DICT_VERSION: Final = 8  # changes when a key is added or removed or entries move, not when a value changes
SET_USED: Final = 2
SET_FILL: Final = 3
SET_TABLE: Final = 4  # -> entries of 2 words: hash, key (key 0: free or, with hash -1, dummy)
SET_TABLE_WORDS: Final = 5
SET_COUNT: Final = 6  # entries in the table, mask + 1
SET_HASH: Final = 7  # frozenset: cached hash, -1: not computed
SET_FINGER: Final = 7  # set: where pop looks first
CELL_CONTENTS: Final = 2
RANGE_START: Final = 2  # range, slice: three references
RANGE_STOP: Final = 3
RANGE_STEP: Final = 4
RANGE_LENGTH: Final = 5  # range: int object
ITER_INDEX: Final = 2  # every iterator: raw position
ITER_LIMIT: Final = 3  # raw: end, or dict's used count at start
ITER_STEP: Final = 4  # raw: step
ITER_SOURCE: Final = 5  # what is iterated (reference, 0 when exhausted)
ITER_EXTRA: Final = 6  # second reference (callable, strict zip's tuple, ...) or 0
ITER_BASICSIZE: Final = 7
VIEW_DICT: Final = 2  # dict_keys, dict_values, dict_items: the dict
METHOD_FUNCTION: Final = 2  # bound method: function, self
METHOD_SELF: Final = 3
NATIVE_SELF: Final = 2  # builtin function or method: bound self or 0, then
NATIVE_NAME: Final = 3  # its name (str)
NATIVE_OWNER: Final = 4  # defining type or module name, or 0
NATIVE_PARAMETERS: Final = 5  # tuple of parameter names if it takes keyword arguments (see natives.py), or 0
NATIVE_FAMILY: Final = 6  # raw: which module implements it (objects/natives.py)
NATIVE_NUMBER: Final = 7  # raw: its number there
NATIVE_MIN: Final = 8  # raw: fewest arguments; -1 in NATIVE_MAX means any number
NATIVE_MAX: Final = 9
NATIVE_POSITIONAL: Final = 10  # raw: how many of the parameters may be given by position
FUNC_CODE: Final = 2
FUNC_GLOBALS: Final = 3
FUNC_DEFAULTS: Final = 4  # tuple or 0
FUNC_KWDEFAULTS: Final = 5  # dict or 0
FUNC_CLOSURE: Final = 6  # tuple of cells or 0
FUNC_NAME: Final = 7
FUNC_QUALNAME: Final = 8
FUNC_MODULE: Final = 9
FUNC_DOC: Final = 10
FUNC_ANNOTATIONS: Final = 11
FUNC_DICT: Final = 12
FUNC_WEAKLIST: Final = 13
CO_NAME: Final = 3  # word 2 is ob_size; references first
CO_QUALNAME: Final = 4
CO_FILENAME: Final = 5
CO_CONSTS: Final = 6
CO_NAMES: Final = 7
CO_VARNAMES: Final = 8  # tuple: parameters and locals
CO_CELLVARS: Final = 9
CO_FREEVARS: Final = 10
CO_DOC: Final = 11
CO_LAST_REF: Final = 12
CO_ARGCOUNT: Final = 12
CO_POSONLYARGCOUNT: Final = 13
CO_KWONLYARGCOUNT: Final = 14
CO_FLAGS: Final = 15
CO_NLOCALS: Final = 16
CO_NLOCALSPLUS: Final = 17  # locals, cells, free variables
CO_STACKSIZE: Final = 18
CO_FIRSTLINENO: Final = 19
CO_INSTRUCTIONS: Final = 20  # words of instructions; then come
CO_NEXCEPTIONS: Final = 21  # entries of 4 words: start, end, target (offsets), depth * 2 + lasti; then
CO_NPOSITIONS: Final = 22  # entries of 2 words: see objects/codeobject.py
CO_SIMPLE: Final = 23  # 1: only positional parameters, no cells, no generator: the loop's fast call applies
CO_WEAKLIST: Final = 24
CO_FIRST: Final = 25  # the first instruction
GEN_CODE: Final = 2
GEN_NAME: Final = 3
GEN_QUALNAME: Final = 4
GEN_YIELD_FROM: Final = 5
GEN_EXC_VALUE: Final = 6  # handled exception inside the generator; with GEN_EXC_PREVIOUS what W_EXC_INFO points to
GEN_EXC_PREVIOUS: Final = 7  # raw address
GEN_STATE: Final = 8  # raw: created, suspended, running, closed (vm/generator.py)
GEN_PC: Final = 9  # raw: where to resume
GEN_FRAME: Final = 10  # -> the suspended activation record's words from its function up, all references
GEN_FRAME_COUNT: Final = 11
GEN_FRAME_WORDS: Final = 12
GEN_WEAKLIST: Final = 13
MODULE_DICT: Final = 2
TEXT_STREAM_NUMBER: Final = 2  # raw: 0 standard input, 1 output, 2 error
RANDOM_STATE: Final = 2  # -> 624 words of the Mersenne Twister
RANDOM_STATE_WORDS: Final = 3
RANDOM_INDEX: Final = 4  # raw: next word to use
RANDOM_GAUSS: Final = 6  # behind the weak list: the second value of gauss (float), 0: none
PROPERTY_GET: Final = 2  # property: fget, fset, fdel, doc; each may be 0
PROPERTY_SET: Final = 3
PROPERTY_DEL: Final = 4
PROPERTY_DOC: Final = 5
PROPERTY_NAME: Final = 6  # str that __set_name__ gave, or 0
PROPERTY_GETTER_DOC: Final = 7  # True if the doc is the getter's, else 0
WRAPPED_FUNCTION: Final = 2  # staticmethod, classmethod
SUPER_TYPE: Final = 2
SUPER_OBJECT: Final = 3
SUPER_OBJECT_TYPE: Final = 4
INSTANCE_DICT: Final = 2  # plain instance: its dict or 0; while 0 the inline values hold the attributes
INSTANCE_WEAKLIST: Final = 3  # raw
INSTANCE_VALUES: Final = 4  # -> values, one a name of TP_KEYS; 0: not set
INSTANCE_COUNT: Final = 5  # values in use: the highest index set + 1; set in the order of the indices
INSTANCE_ALLOCATED: Final = 6  # words of the values' buffer
INSTANCE_BASICSIZE: Final = 7
EXC_DICT: Final = 2  # BaseException: references
EXC_ARGS: Final = 3
EXC_TRACEBACK: Final = 4
EXC_CONTEXT: Final = 5
EXC_CAUSE: Final = 6
EXC_VALUE: Final = 7  # StopIteration.value, SystemExit.code, KeyError.key, NameError.name, ...
EXC_EXTRA: Final = 8
EXC_SUPPRESS: Final = 9  # __suppress_context__: True, or 0 for False
TB_NEXT: Final = 2
TB_FUNCTION: Final = 3  # the function whose code ran
TB_OFFSET: Final = 4  # raw: offset of the instruction in the code object

# ---------------------------------------------------------------- activation record
"""From the function word up; offsets behind the locals count from FRAME_LOCALS + CO_NLOCALSPLUS.

    base - 1                 function (owned)
    base + 0 ..              parameters and locals, then cells and free variables (owned or 0)
    base + nlocalsplus + 0   FRAME_BACK     base of the caller's or interrupted record; 0: the first
    base + nlocalsplus + 1   FRAME_RETURN   where the caller goes on
    base + nlocalsplus + 2   FRAME_NAMES    namespace of a class body or exec (owned), else 0
    base + nlocalsplus + 3 ..               operand stack
"""
FRAME_BACK: Final = 0
FRAME_RETURN: Final = 1
FRAME_NAMES: Final = 2
FRAME_HEADER: Final = 3
RETURN_TO_NATIVE: Final = 1 << 40
"""In FRAME_RETURN: the record was entered by native code; returning leaves the loop. The rest is the caller's pc."""
RETURN_INSTANCE: Final = 1 << 41
"""In FRAME_RETURN: an __init__ called by its class; below lie arguments that are kept, a NULL, the new instance."""
RETURN_SPREAD: Final = 1 << 42  # in W_PC: the call has stars, a tuple holds its arguments already
RETURN_PC: Final = RETURN_TO_NATIVE - 1
STACK_MARGIN: Final = 2048  # words of the stack kept free above any record, for arguments that native code pushes
