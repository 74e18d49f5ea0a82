"""The instruction set: one stanza per opcode, from which everything else about it is derived.

An instruction is one word: the opcode in bits 0-7, above it the operand. With two operands the first takes 16 bits
and the second the rest. `caches` more words behind the instruction belong to it (inline caches, 0 at first).
In a laid-out code object (vm/loader.py) a jump operand is the absolute address of its target, a const operand the
address of the constant, a name operand the address of the interned name; before that, in bytecode/code.py, each is
an index (an instruction offset for a jump).

A stanza: name, stack picture (`left right -- sum`, top on the right; `values*n` n of them, `x?` perhaps), operands,
cache words, one sentence. Invariant: a stanza's place in OPCODES is its number.

CPython counterpart: Lib/opcode.py, Python/bytecodes.c (3.12). Where they differ: jumps are absolute, operators have
opcodes of their own where they are hot, and the fused ones (`A_B`) are made by compiler/assemble.py.
"""

from __future__ import annotations

from typing import Final

NOP: Final = 0
RESUME: Final = 1
LOAD_CONST: Final = 2
LOAD_FAST: Final = 3
STORE_FAST: Final = 4
LOAD_FAST_LOAD_FAST: Final = 5
LOAD_FAST_LOAD_CONST: Final = 6
STORE_FAST_LOAD_FAST: Final = 7
POP_TOP: Final = 8
LOAD_GLOBAL: Final = 9
LOAD_GLOBAL_MODULE: Final = 10
LOAD_GLOBAL_BUILTIN: Final = 11
STORE_GLOBAL: Final = 12
LOAD_ATTR: Final = 13
LOAD_FAST_LOAD_ATTR: Final = 14
STORE_ATTR: Final = 15
LOAD_METHOD: Final = 16
CALL: Final = 17
CALL_METHOD: Final = 18
RETURN_VALUE: Final = 19
JUMP_FORWARD: Final = 20
JUMP_BACKWARD: Final = 21
POP_JUMP_IF_FALSE: Final = 22
POP_JUMP_IF_TRUE: Final = 23
FOR_ITER: Final = 24
FOR_ITER_STORE_FAST: Final = 25
LT_JUMP_IF_FALSE: Final = 26
LE_JUMP_IF_FALSE: Final = 27
EQ_JUMP_IF_FALSE: Final = 28
NE_JUMP_IF_FALSE: Final = 29
GT_JUMP_IF_FALSE: Final = 30
GE_JUMP_IF_FALSE: Final = 31
BINARY_ADD: Final = 32
BINARY_SUBTRACT: Final = 33
BINARY_MULTIPLY: Final = 34
BINARY_FLOOR_DIVIDE: Final = 35
BINARY_REMAINDER: Final = 36
BINARY_TRUE_DIVIDE: Final = 37
ADD_FAST_CONST: Final = 38
SUBTRACT_FAST_CONST: Final = 39
BINARY_OP: Final = 40
COMPARE_OP: Final = 41
BINARY_SUBSCR: Final = 42
STORE_SUBSCR: Final = 43
UNPACK_SEQUENCE: Final = 44
BUILD_TUPLE: Final = 45
BUILD_LIST: Final = 46
LIST_APPEND: Final = 47
GET_ITER: Final = 48
LOAD_DEREF: Final = 49
STORE_DEREF: Final = 50
IS_OP: Final = 51
CONTAINS_OP: Final = 52
UNARY_NOT: Final = 53
POP_JUMP_IF_NONE: Final = 54
POP_JUMP_IF_NOT_NONE: Final = 55
JUMP_IF_FALSE_OR_POP: Final = 56
JUMP_IF_TRUE_OR_POP: Final = 57
YIELD_VALUE: Final = 58
COPY: Final = 59
SWAP: Final = 60
UNARY_NEGATIVE: Final = 61
UNARY_POSITIVE: Final = 62
UNARY_INVERT: Final = 63
DELETE_FAST: Final = 64
MAKE_CELL: Final = 65
COPY_FREE_VARS: Final = 66
LOAD_CLOSURE: Final = 67
LOAD_CLASSDEREF: Final = 68
DELETE_DEREF: Final = 69
LOAD_NAME: Final = 70
STORE_NAME: Final = 71
DELETE_NAME: Final = 72
DELETE_GLOBAL: Final = 73
DELETE_ATTR: Final = 74
DELETE_SUBSCR: Final = 75
BUILD_SLICE: Final = 76
BUILD_SET: Final = 77
BUILD_MAP: Final = 78
BUILD_STRING: Final = 79
FORMAT_VALUE: Final = 80
SET_ADD: Final = 81
MAP_ADD: Final = 82
LIST_EXTEND: Final = 83
SET_UPDATE: Final = 84
DICT_UPDATE: Final = 85
DICT_MERGE: Final = 86
LIST_TO_TUPLE: Final = 87
UNPACK_EX: Final = 88
CALL_KW: Final = 89
CALL_FUNCTION_EX: Final = 90
MAKE_FUNCTION: Final = 91
LOAD_BUILD_CLASS: Final = 92
LOAD_ASSERTION_ERROR: Final = 93
RETURN_GENERATOR: Final = 94
GET_YIELD_FROM_ITER: Final = 95
SEND: Final = 96
PUSH_EXC_INFO: Final = 97
POP_EXCEPT: Final = 98
CHECK_EXC_MATCH: Final = 99
RERAISE: Final = 100
RAISE_VARARGS: Final = 101
BEFORE_WITH: Final = 102
WITH_EXCEPT_START: Final = 103
IMPORT_NAME: Final = 104
IMPORT_FROM: Final = 105
IMPORT_STAR: Final = 106
SETUP_ANNOTATIONS: Final = 107
PRINT_EXPR: Final = 108
GET_LEN: Final = 109
MATCH_MAPPING: Final = 110
MATCH_SEQUENCE: Final = 111
MATCH_KEYS: Final = 112
MATCH_CLASS: Final = 113
LINE: Final = 114
STEP: Final = 115
GENERATOR_RETURN: Final = 116
CHECK_EG_MATCH: Final = 117
PREP_RERAISE_STAR: Final = 118
BINARY_SLICE: Final = 119
STORE_SLICE: Final = 120

AUGMENTED: Final = 1 << 15
"""In ADD_FAST_CONST and SUBTRACT_FAST_CONST: `x += 1`, which an object may do in place."""


class Opcode:
    """One stanza; `operands` are kinds of OPERAND_KINDS."""

    __slots__ = ("name", "picture", "operands", "caches", "sentence")

    def __init__(self, name: str, picture: str, operands: str, caches: int, sentence: str) -> None:
        self.name: Final = name
        self.picture: Final = picture
        self.operands: Final = tuple(operands.split())
        self.caches: Final = caches
        self.sentence: Final = sentence


OPERAND_KINDS: Final = (
    ("local", "index of a local variable"),
    ("augmented", "index of a local variable, plus AUGMENTED for an augmented assignment"),
    ("cell", "index of a cell or free variable among all locals"),
    ("const", "a constant"),
    ("name", "a name"),
    ("jump", "a target"),
    ("count", "a number of values"),
    ("operator", "NB_*, plus NB_INPLACE for an augmented assignment"),
    ("inplace", "NB_INPLACE for an augmented assignment, else 0"),
    ("compare", "CMP_*"),
    ("invert", "1: negated"),
    ("flag", "0 or 1"),
    ("flags", "a set of bits"),
    ("format", "conversion and whether there is a spec"),
    ("unpack", "values before and behind the star"),
    ("line", "a line number"),
)

STANZAS: Final[tuple[tuple[str, str, str, int, str], ...]] = (
    ("NOP", "--", "", 0, "Do nothing."),
    ("RESUME", "--", "", 0, "Mark where a function, or a generator after a yield, starts to run."),
    ("LOAD_CONST", "-- value", "const", 0, "Push a constant of the code object."),
    ("LOAD_FAST", "-- value", "local", 0, "Push a local variable; UnboundLocalError if it has no value."),
    ("STORE_FAST", "value --", "local", 0, "Bind a local variable."),
    ("LOAD_FAST_LOAD_FAST", "-- first second", "local local", 0, "Push two local variables."),
    ("LOAD_FAST_LOAD_CONST", "-- local value", "local const", 0, "Push a local variable, then a constant."),
    (
        "STORE_FAST_LOAD_FAST", "value -- local", "local local", 0,
        "Bind the first local variable, push the second.",
    ),
    ("POP_TOP", "value --", "", 0, "Drop the top of the stack."),
    (
        "LOAD_GLOBAL", "-- value", "name", 2,
        "Push a global or built-in name; the first success turns it into one of the next two.",
    ),
    (
        "LOAD_GLOBAL_MODULE", "-- value", "name", 2,
        "Push a global found at a remembered place of the module's dict.",
    ),
    (
        "LOAD_GLOBAL_BUILTIN", "-- value", "name", 2,
        "Push a built-in found at a remembered place, the module's dict not having the name.",
    ),
    ("STORE_GLOBAL", "value --", "name", 2, "Bind a global name."),
    ("LOAD_ATTR", "owner -- value", "name", 2, "Replace an object by one of its attributes."),
    ("LOAD_FAST_LOAD_ATTR", "-- value", "local name", 2, "Push an attribute of a local variable's object."),
    ("STORE_ATTR", "value owner --", "name", 2, "Set an attribute."),
    (
        "LOAD_METHOD", "owner -- function self", "name", 2,
        "Look a method up for a call: the function and its self, or NULL and the attribute.",
    ),
    ("CALL", "callable arguments*n -- result", "count", 0, "Call with n positional arguments."),
    (
        "CALL_METHOD", "function self arguments*n -- result", "count", 0,
        "Call what LOAD_METHOD pushed with n more arguments.",
    ),
    ("RETURN_VALUE", "value --", "", 0, "Pop the activation record and give the value to the caller."),
    ("JUMP_FORWARD", "--", "jump", 0, "Go on at a later instruction."),
    ("JUMP_BACKWARD", "--", "jump", 0, "Go on at an earlier instruction; a safe point."),
    ("POP_JUMP_IF_FALSE", "value --", "jump", 0, "Jump if the value is false."),
    ("POP_JUMP_IF_TRUE", "value --", "jump", 0, "Jump if the value is true."),
    (
        "FOR_ITER", "iterator -- iterator next", "jump", 0,
        "Push the iterator's next value, or pop the iterator and jump when there is none.",
    ),
    (
        "FOR_ITER_STORE_FAST", "iterator -- iterator", "local jump", 0,
        "Bind a local variable to the iterator's next value, or pop the iterator and jump.",
    ),
    ("LT_JUMP_IF_FALSE", "left right --", "jump", 0, "Jump unless left < right."),
    ("LE_JUMP_IF_FALSE", "left right --", "jump", 0, "Jump unless left <= right."),
    ("EQ_JUMP_IF_FALSE", "left right --", "jump", 0, "Jump unless left == right."),
    ("NE_JUMP_IF_FALSE", "left right --", "jump", 0, "Jump unless left != right."),
    ("GT_JUMP_IF_FALSE", "left right --", "jump", 0, "Jump unless left > right."),
    ("GE_JUMP_IF_FALSE", "left right --", "jump", 0, "Jump unless left >= right."),
    ("BINARY_ADD", "left right -- sum", "inplace", 0, "left + right (or left += right)."),
    ("BINARY_SUBTRACT", "left right -- difference", "inplace", 0, "left - right."),
    ("BINARY_MULTIPLY", "left right -- product", "inplace", 0, "left * right."),
    ("BINARY_FLOOR_DIVIDE", "left right -- quotient", "inplace", 0, "left // right."),
    ("BINARY_REMAINDER", "left right -- remainder", "inplace", 0, "left % right."),
    ("BINARY_TRUE_DIVIDE", "left right -- quotient", "inplace", 0, "left / right."),
    ("ADD_FAST_CONST", "-- sum", "augmented const", 0, "Push the sum of a local variable and a constant."),
    (
        "SUBTRACT_FAST_CONST", "-- difference", "augmented const", 0,
        "Push the difference of a local variable and a constant.",
    ),
    ("BINARY_OP", "left right -- result", "operator", 0, "Any other binary operator, augmented ones included."),
    ("COMPARE_OP", "left right -- result", "compare", 0, "left < right and its five sisters."),
    ("BINARY_SUBSCR", "container key -- value", "", 0, "container[key]."),
    ("STORE_SUBSCR", "value container key --", "", 0, "container[key] = value."),
    ("UNPACK_SEQUENCE", "sequence -- values*n", "count", 0, "Push the n items of a sequence, the first on top."),
    ("BUILD_TUPLE", "values*n -- tuple", "count", 0, "Make a tuple of the n topmost values."),
    ("BUILD_LIST", "values*n -- list", "count", 0, "Make a list of the n topmost values."),
    (
        "LIST_APPEND", "list ... value -- list ...", "count", 0,
        "Append to the list that lies n values below (comprehensions).",
    ),
    ("GET_ITER", "iterable -- iterator", "", 0, "iter(iterable)."),
    ("LOAD_DEREF", "-- value", "cell", 0, "Push what a cell or free variable holds."),
    ("STORE_DEREF", "value --", "cell", 0, "Bind a cell or free variable."),
    ("IS_OP", "left right -- result", "invert", 0, "left is right, or is not."),
    ("CONTAINS_OP", "item container -- result", "invert", 0, "item in container, or not in."),
    ("UNARY_NOT", "value -- result", "", 0, "not value."),
    ("POP_JUMP_IF_NONE", "value --", "jump", 0, "Jump if the value is None."),
    ("POP_JUMP_IF_NOT_NONE", "value --", "jump", 0, "Jump if the value is not None."),
    (
        "JUMP_IF_FALSE_OR_POP", "value -- value?", "jump", 0,
        "Jump and keep the value if it is false, else drop it.",
    ),
    ("JUMP_IF_TRUE_OR_POP", "value -- value?", "jump", 0, "Jump and keep the value if it is true, else drop it."),
    (
        "YIELD_VALUE", "value -- sent", "", 0,
        "Hand a value to who resumed the generator; later push what is sent in.",
    ),
    ("COPY", "-- value", "count", 0, "Push the n-th value from the top once more (1 is the top)."),
    ("SWAP", "--", "count", 0, "Exchange the top with the n-th value from the top."),
    ("UNARY_NEGATIVE", "value -- result", "", 0, "-value."),
    ("UNARY_POSITIVE", "value -- result", "", 0, "+value."),
    ("UNARY_INVERT", "value -- result", "", 0, "~value."),
    ("DELETE_FAST", "--", "local", 0, "Unbind a local variable."),
    (
        "MAKE_CELL", "--", "cell", 0,
        "Put a local's value (or nothing) into a new cell, at the start of a function.",
    ),
    ("COPY_FREE_VARS", "--", "count", 0, "Copy the function's n closure cells into the activation record."),
    ("LOAD_CLOSURE", "-- cell", "cell", 0, "Push the cell itself."),
    ("LOAD_CLASSDEREF", "-- value", "cell", 0, "Push a free variable of a class body, its namespace first."),
    ("DELETE_DEREF", "--", "cell", 0, "Empty a cell."),
    ("LOAD_NAME", "-- value", "name", 0, "Push a name from the namespace, the globals or the builtins."),
    ("STORE_NAME", "value --", "name", 0, "Bind a name in the namespace."),
    ("DELETE_NAME", "--", "name", 0, "Unbind a name in the namespace."),
    ("DELETE_GLOBAL", "--", "name", 0, "Unbind a global name."),
    ("DELETE_ATTR", "owner --", "name", 0, "Delete an attribute."),
    ("DELETE_SUBSCR", "container key --", "", 0, "del container[key]."),
    ("BUILD_SLICE", "start stop step? -- slice", "count", 0, "Make a slice of 2 or 3 values."),
    ("BUILD_SET", "values*n -- set", "count", 0, "Make a set of the n topmost values."),
    ("BUILD_MAP", "pairs*2n -- dict", "count", 0, "Make a dict of n pairs, key below value."),
    ("BUILD_STRING", "strings*n -- string", "count", 0, "Join n strings (f-strings)."),
    (
        "FORMAT_VALUE", "value spec? -- string", "format", 0,
        "Convert by !s !r !a (operand & 3: 1 str, 2 repr, 3 ascii), then format; operand & 4: a spec lies on top.",
    ),
    ("SET_ADD", "set ... value -- set ...", "count", 0, "Add to the set that lies n values below."),
    ("MAP_ADD", "dict ... key value -- dict ...", "count", 0, "Add a pair to the dict that lies n values below."),
    ("LIST_EXTEND", "list ... iterable -- list ...", "count", 0, "Extend the list that lies n values below."),
    ("SET_UPDATE", "set ... iterable -- set ...", "count", 0, "Update the set that lies n values below."),
    (
        "DICT_UPDATE", "dict ... mapping -- dict ...", "count", 0,
        "Update the dict that lies n values below (displays).",
    ),
    (
        "DICT_MERGE", "callable arguments dict mapping -- callable arguments dict", "count", 0,
        "Update the keyword dict of a call; TypeError on a repeated keyword.",
    ),
    ("LIST_TO_TUPLE", "list -- tuple", "", 0, "Make a tuple of a list."),
    (
        "UNPACK_EX", "sequence -- values*", "unpack", 0,
        "Unpack with a star: operand & 255 values before it, operand >> 8 behind it.",
    ),
    (
        "CALL_KW", "callable arguments*n -- result", "count const", 0,
        "Call with n arguments, the last of them named by a tuple of names.",
    ),
    (
        "CALL_FUNCTION_EX", "callable tuple dict? -- result", "flag", 0,
        "Call with a tuple of arguments and, if the operand is 1, a dict of keywords.",
    ),
    (
        "MAKE_FUNCTION", "defaults? kwdefaults? annotations? closure? code -- function", "flags", 0,
        "Make a function; flags 1 defaults, 2 keyword defaults, 4 annotations, 8 closure say what lies below the code.",
    ),
    ("LOAD_BUILD_CLASS", "-- function", "", 0, "Push __build_class__."),
    ("LOAD_ASSERTION_ERROR", "-- type", "", 0, "Push AssertionError."),
    (
        "RETURN_GENERATOR", "--", "", 0,
        "Move the activation record into a new generator and give that to the caller.",
    ),
    ("GET_YIELD_FROM_ITER", "iterable -- iterator", "", 0, "As GET_ITER, but a generator stays itself."),
    (
        "SEND", "receiver value -- receiver yielded", "jump", 0,
        "Resume the receiver; when it is exhausted pop both, push its result and jump.",
    ),
    (
        "PUSH_EXC_INFO", "exception -- previous exception", "", 0,
        "Make the exception the handled one, keeping the previous below it.",
    ),
    ("POP_EXCEPT", "previous --", "", 0, "Make the previous handled exception current again."),
    (
        "CHECK_EXC_MATCH", "exception type -- exception result", "", 0,
        "Does the exception match the except clause's type or tuple?",
    ),
    (
        "RERAISE", "values*n exception --", "count", 0,
        "Raise the exception again; with operand 1 the traceback's position comes from the value below it.",
    ),
    ("RAISE_VARARGS", "exception? cause? --", "count", 0, "raise with 0 (again), 1 or 2 (from) values."),
    ("BEFORE_WITH", "manager -- exit result", "", 0, "Look up __exit__, call __enter__."),
    (
        "WITH_EXCEPT_START", "exit lasti previous exception -- exit lasti previous exception result", "", 0,
        "Call __exit__ with the exception in flight.",
    ),
    ("IMPORT_NAME", "level fromlist -- module", "name", 0, "Import a module."),
    ("IMPORT_FROM", "module -- module value", "name", 0, "Push an attribute or submodule of the module below."),
    ("IMPORT_STAR", "module --", "", 0, "Bind the module's public names in the namespace."),
    ("SETUP_ANNOTATIONS", "--", "", 0, "Make sure the namespace has __annotations__."),
    ("PRINT_EXPR", "value --", "", 0, "Show the value of an interactive expression and bind it to _."),
    ("GET_LEN", "object -- object length", "", 0, "Push len(object)."),
    ("MATCH_MAPPING", "object -- object result", "", 0, "Is the object a mapping?"),
    ("MATCH_SEQUENCE", "object -- object result", "", 0, "Is the object a sequence (not text)?"),
    (
        "MATCH_KEYS", "object keys -- object keys values", "", 0,
        "Push a tuple of the mapping's values for the keys, or None.",
    ),
    (
        "MATCH_CLASS", "object type names -- attributes", "count", 0,
        "Push a tuple of the attributes for n positional and the named patterns, or None.",
    ),
    ("LINE", "--", "line", 0, "A source line starts (observed runs only)."),
    ("STEP", "--", "", 0, "An instruction follows (observed runs only)."),
    (
        "GENERATOR_RETURN", "value --", "", 0,
        "As RETURN_VALUE where the loader found it in a generator: the generator is exhausted.",
    ),
    (
        "CHECK_EG_MATCH", "group type -- rest match", "", 0,
        "Split the group into what an except* clause takes, the handled one from now on, and the rest; or None.",
    ),
    (
        "PREP_RERAISE_STAR", "group raised -- exception", "", 0,
        "What is to be raised after all except* clauses, of the list of what they raised and left; None: nothing.",
    ),
    ("BINARY_SLICE", "container start stop step? -- value", "count", 0, "container[start:stop] by 2 or 3 bounds."),
    ("STORE_SLICE", "value container start stop step? --", "count", 0, "container[start:stop] = value, likewise."),
)

OPCODES: Final = tuple(Opcode(*stanza) for stanza in STANZAS)
