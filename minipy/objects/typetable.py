"""One stanza per built-in type, in the order of memory/statics.py: name, base, layout, flags, one sentence.

`layout(...)` gives the words TP_GC .. TP_RAW2_SIZE of the type, then its dict and weak list offsets:

    gc | basicsize | itemsize | slots | nslots | items | buf count stride first | raw1 size | raw2 size | dict | weak

Invariants
- Stanza i describes the type at FIRST_TYPE + i * TYPE_WORDS (a test compares the names with memory/statics.py).
- A base stands before the types derived from it.
- The sentence is the type's `__doc__`, made only when a program asks for it.

CPython counterpart: the static PyTypeObject definitions at the end of each Objects/*object.c, and the exceptions'
macros of Objects/exceptions.c. There each file fills its own; here the layouts stand side by side to be compared.
"""

from __future__ import annotations

from minipy.memory.layout import (
    BIG_DIGITS,
    BYTES_DATA,
    CO_FIRST,
    CO_LAST_REF,
    CO_NAME,
    CO_WEAKLIST,
    DICT_ENTRIES,
    DICT_ENTRIES_WORDS,
    DICT_INDEX,
    DICT_INDEX_WORDS,
    DICT_NENTRIES,
    DICT_VERSION,
    EXC_DICT,
    EXC_SUPPRESS,
    FUNC_CODE,
    FUNC_DICT,
    FUNC_WEAKLIST,
    GC_HEAD_WORDS,
    GEN_CODE,
    GEN_FRAME,
    GEN_FRAME_COUNT,
    GEN_FRAME_WORDS,
    GEN_WEAKLIST,
    ITER_BASICSIZE,
    ITER_SOURCE,
    LIST_ALLOCATED,
    LIST_ITEMS,
    LIST_LENGTH,
    MODULE_DICT,
    NATIVE_PARAMETERS,
    NATIVE_POSITIONAL,
    NATIVE_SELF,
    PROPERTY_GETTER_DOC,
    RANDOM_GAUSS,
    RANDOM_STATE,
    RANDOM_STATE_WORDS,
    SET_COUNT,
    SET_TABLE,
    SET_TABLE_WORDS,
    STR_DATA,
    TB_OFFSET,
    TP_FIRST_REF,
    TP_LAST_REF,
    TP_WEAKREFS,
    TPFLAGS_BASETYPE,
    TPFLAGS_EXCEPTION,
    TPFLAGS_TYPE,
    TUPLE_ITEMS,
    TYPE_BASICSIZE,
    WRAPPED_FUNCTION,
)
from minipy.memory.layout_modules import (
    ALIAS_ORIGIN,
    ALIAS_STARRED,
    ALIAS_WEAKLIST,
    DEQUE_ITEMS,
    DEQUE_ROOM,
    DEQUE_WEAKLIST,
    FRAME_OBJECT_FUNCTION,
    FRAME_OBJECT_OFFSET,
    GETTER_KEYWORDS,
    GETTER_NAMES,
    LRU_DICT,
    LRU_FUNCTION,
    LRU_WEAKLIST,
    PARTIAL_DICT,
    PARTIAL_FUNCTION,
    PARTIAL_WEAKLIST,
    RANDOM_DICT,
    TOOL_C,
    TOOL_NUMBERS,
    TOOL_NUMBERS_WORDS,
    TOOL_SOURCE,
    TPFLAGS_MAPPING,
    TPFLAGS_SEQUENCE,
    WR_CALLBACK,
    WR_WORDS,
    WRAPPED_DICT,
)
from minipy.memory.statics import (
    T_ARITHMETIC_ERROR,
    T_BASE_EXCEPTION,
    T_BASE_EXCEPTION_GROUP,
    T_CONNECTION_ERROR,
    T_EXCEPTION,
    T_IMPORT_ERROR,
    T_INDENTATION_ERROR,
    T_INT,
    T_LOOKUP_ERROR,
    T_NAME_ERROR,
    T_OBJECT,
    T_OS_ERROR,
    T_RUNTIME_ERROR,
    T_SYNTAX_ERROR,
    T_UNICODE_ERROR,
    T_VALUE_ERROR,
    T_WARNING,
)

MYPY = False  # true for the type checker alone: importing typing takes longer than this table
if MYPY:
    from typing import Final

Layout = tuple[int, ...]
Stanza = tuple[str, int, Layout, int, str]

BASE: Final = TPFLAGS_BASETYPE


def layout(
    basicsize: int,
    gc: int = 0,
    itemsize: int = 0,
    slots: int = 0,
    nslots: int = 0,
    items: int = 0,
    buffer: tuple[int, int, int, int] = (0, 0, 0, 0),
    raw1: tuple[int, int] = (0, 0),
    raw2: tuple[int, int] = (0, 0),
    dictoffset: int = 0,
    weaklist: int = 0,
) -> Layout:
    """The words TP_GC .. TP_RAW2_SIZE in their order, then TP_DICTOFFSET and TP_WEAKLIST."""
    return (gc * GC_HEAD_WORDS, basicsize, itemsize, slots, nslots, items, *buffer, *raw1, *raw2, dictoffset, weaklist)


def referable(fields: Layout) -> Layout:
    """The layout with a word behind its others: the list of weak references to the object."""
    return (fields[0], fields[1] + 1, *fields[2:-1], fields[1])


PLAIN: Final = layout(2)
TYPE: Final = layout(
    TYPE_BASICSIZE, gc=1, slots=TP_FIRST_REF, nslots=TP_LAST_REF - TP_FIRST_REF, weaklist=TP_WEAKREFS
)
WORD: Final = layout(3)
COMPLEX: Final = layout(4, slots=2, nslots=2)
BIGINT: Final = layout(BIG_DIGITS, itemsize=1)
STR: Final = layout(STR_DATA, itemsize=1)
BYTES: Final = layout(BYTES_DATA, itemsize=1)
BYTEARRAY: Final = layout(5, raw1=(LIST_ITEMS, LIST_ALLOCATED))
TUPLE: Final = layout(TUPLE_ITEMS, gc=1, itemsize=1, items=TUPLE_ITEMS)
LIST: Final = layout(5, gc=1, buffer=(LIST_ITEMS, LIST_LENGTH, 1, 0), raw1=(LIST_ITEMS, LIST_ALLOCATED))
DICT: Final = layout(
    DICT_VERSION + 1,
    gc=1,
    buffer=(DICT_ENTRIES, DICT_NENTRIES, 3, 1),
    raw1=(DICT_ENTRIES, DICT_ENTRIES_WORDS),
    raw2=(DICT_INDEX, DICT_INDEX_WORDS),
)
SET: Final = referable(layout(8, gc=1, buffer=(SET_TABLE, SET_COUNT, 2, 1), raw1=(SET_TABLE, SET_TABLE_WORDS)))
RANGE: Final = layout(6, slots=2, nslots=4)
SLICE: Final = layout(5, gc=1, slots=2, nslots=3)
ONE: Final = layout(3, gc=1, slots=2, nslots=1)
TWO: Final = layout(4, gc=1, slots=2, nslots=2)
WRAPPED: Final = layout(WRAPPED_DICT + 1, gc=1, slots=WRAPPED_FUNCTION, nslots=2, dictoffset=WRAPPED_DICT)
THREE: Final = layout(5, gc=1, slots=2, nslots=3)
PROPERTY: Final = layout(PROPERTY_GETTER_DOC + 1, gc=1, slots=2, nslots=6)
CODE: Final = layout(CO_FIRST, itemsize=1, slots=CO_NAME, nslots=CO_LAST_REF - CO_NAME, weaklist=CO_WEAKLIST)
FUNCTION: Final = layout(
    FUNC_WEAKLIST + 1,
    gc=1,
    slots=FUNC_CODE,
    nslots=FUNC_WEAKLIST - FUNC_CODE,
    dictoffset=FUNC_DICT,
    weaklist=FUNC_WEAKLIST,
)
NATIVE_REFS: Final = NATIVE_PARAMETERS + 1 - NATIVE_SELF
GETSET: Final = layout(NATIVE_POSITIONAL + 1, gc=1, slots=NATIVE_SELF, nslots=NATIVE_REFS)
NATIVE: Final = referable(GETSET)
DESCRIPTOR: Final = layout(NATIVE_POSITIONAL + 1, slots=NATIVE_SELF, nslots=NATIVE_REFS)
MODULE: Final = referable(layout(3, gc=1, slots=MODULE_DICT, nslots=1, dictoffset=MODULE_DICT))
GENERATOR: Final = layout(
    GEN_WEAKLIST + 1,
    gc=1,
    slots=GEN_CODE,
    nslots=5,
    buffer=(GEN_FRAME, GEN_FRAME_COUNT, 1, 0),
    raw1=(GEN_FRAME, GEN_FRAME_WORDS),
    weaklist=GEN_WEAKLIST,
)
FRAME: Final = layout(FRAME_OBJECT_OFFSET + 1, gc=1, slots=FRAME_OBJECT_FUNCTION, nslots=4)
TRACEBACK: Final = layout(TB_OFFSET + 1, gc=1, slots=2, nslots=2)
ITERATOR: Final = layout(ITER_BASICSIZE, gc=1, slots=ITER_SOURCE, nslots=2)
NUMBERS: Final = layout(ITER_BASICSIZE, slots=ITER_SOURCE, nslots=2)
WEAKREF: Final = layout(WR_WORDS, gc=1, slots=WR_CALLBACK, nslots=1)
METHOD: Final = referable(TWO)
ALIAS: Final = layout(ALIAS_STARRED + 1, gc=1, slots=ALIAS_ORIGIN, nslots=4, weaklist=ALIAS_WEAKLIST)
STREAM: Final = referable(WORD)
RANDOM: Final = layout(
    RANDOM_DICT + 1,
    gc=1,
    slots=RANDOM_GAUSS,
    nslots=2,
    raw1=(RANDOM_STATE, RANDOM_STATE_WORDS),
    dictoffset=RANDOM_DICT,
    weaklist=RANDOM_GAUSS - 1,
)
NAMESPACE: Final = layout(3, gc=1, slots=2, nslots=1, dictoffset=2)
EXCEPTION: Final = layout(
    EXC_SUPPRESS + 1, gc=1, slots=EXC_DICT, nslots=EXC_SUPPRESS + 1 - EXC_DICT, dictoffset=EXC_DICT
)

ITERTOOL: Final = layout(TOOL_C + 1, gc=1, slots=TOOL_SOURCE, nslots=5, raw1=(TOOL_NUMBERS, TOOL_NUMBERS_WORDS))
DEQUE: Final = layout(
    DEQUE_WEAKLIST + 1,
    gc=1,
    buffer=(DEQUE_ITEMS, DEQUE_ROOM, 1, 0),
    raw1=(DEQUE_ITEMS, DEQUE_ROOM),
    weaklist=DEQUE_WEAKLIST,
)
PARTIAL: Final = layout(
    PARTIAL_WEAKLIST + 1, gc=1, slots=PARTIAL_FUNCTION, nslots=4, dictoffset=PARTIAL_DICT, weaklist=PARTIAL_WEAKLIST
)
LRU_CACHE: Final = layout(
    LRU_WEAKLIST + 1, gc=1, slots=LRU_FUNCTION, nslots=4, dictoffset=LRU_DICT, weaklist=LRU_WEAKLIST
)
GETTER: Final = layout(GETTER_KEYWORDS + 1, gc=1, slots=GETTER_NAMES, nslots=3)

TYPE_TABLE: Final[tuple[Stanza, ...]] = (
    ("type", T_OBJECT, TYPE, BASE | TPFLAGS_TYPE, "The type of an object, or a new class."),
    ("object", 0, PLAIN, BASE, "The base of every class; its instances have no attributes of their own."),
    ("NoneType", T_OBJECT, PLAIN, 0, "The type of None."),
    ("NotImplementedType", T_OBJECT, PLAIN, 0, "The type of NotImplemented."),
    ("ellipsis", T_OBJECT, PLAIN, 0, "The type of Ellipsis."),
    ("int", T_OBJECT, WORD, BASE, "A whole number of any size."),
    ("int", T_INT, BIGINT, 0, "A whole number of more than 62 bits; a program sees its class as int."),
    ("bool", T_INT, WORD, 0, "True or False."),
    ("float", T_OBJECT, WORD, BASE, "A floating-point number of double precision."),
    ("complex", T_OBJECT, COMPLEX, BASE, "A complex number."),
    ("str", T_OBJECT, STR, BASE, "An immutable text."),
    ("bytes", T_OBJECT, BYTES, BASE, "An immutable sequence of bytes."),
    ("bytearray", T_OBJECT, BYTEARRAY, BASE, "A mutable sequence of bytes."),
    ("tuple", T_OBJECT, TUPLE, BASE | TPFLAGS_SEQUENCE, "An immutable sequence of any objects."),
    ("list", T_OBJECT, LIST, BASE | TPFLAGS_SEQUENCE, "A mutable sequence of any objects."),
    ("dict", T_OBJECT, DICT, BASE | TPFLAGS_MAPPING, "A mapping of hashable keys to values, in insertion order."),
    ("set", T_OBJECT, SET, BASE, "A mutable collection of distinct hashable objects."),
    ("frozenset", T_OBJECT, SET, BASE, "An immutable, hashable set."),
    ("range", T_OBJECT, RANGE, TPFLAGS_SEQUENCE, "The whole numbers from start to before stop in equal steps."),
    ("slice", T_OBJECT, SLICE, 0, "What stands between the brackets of x[start:stop:step]."),
    ("cell", T_OBJECT, ONE, 0, "Holds a variable that an inner function shares."),
    ("code", T_OBJECT, CODE, 0, "The instructions and constants of a function, class body or module."),
    ("function", T_OBJECT, FUNCTION, 0, "A function made by def or lambda."),
    ("builtin_function_or_method", T_OBJECT, NATIVE, 0, "A function of the machine, perhaps bound to an object."),
    ("method", T_OBJECT, METHOD, 0, "A function bound to an instance."),
    ("method_descriptor", T_OBJECT, DESCRIPTOR, 0, "A method of a built-in type, not bound."),
    ("wrapper_descriptor", T_OBJECT, DESCRIPTOR, 0, "A special method of a built-in type, not bound."),
    ("getset_descriptor", T_OBJECT, GETSET, 0, "A computed attribute of a built-in type."),
    ("member_descriptor", T_OBJECT, GETSET, 0, "An attribute that __slots__ names."),
    ("property", T_OBJECT, PROPERTY, BASE, "An attribute computed by functions."),
    ("staticmethod", T_OBJECT, WRAPPED, BASE, "A function in a class that gets no self."),
    ("classmethod", T_OBJECT, WRAPPED, BASE, "A function in a class that gets the class."),
    ("super", T_OBJECT, THREE, BASE, "The attributes that follow a class in an object's method resolution order."),
    ("module", T_OBJECT, MODULE, BASE, "A module: a named dictionary of globals."),
    ("generator", T_OBJECT, GENERATOR, 0, "A suspended call of a function that yields."),
    ("traceback", T_OBJECT, TRACEBACK, 0, "Where an exception passed."),
    ("frame", T_OBJECT, FRAME, 0, "A view of an activation record."),
    ("mappingproxy", T_OBJECT, ONE, TPFLAGS_MAPPING, "A dictionary that can be read only."),
    ("list_iterator", T_OBJECT, ITERATOR, 0, "Iterator over a list."),
    ("list_reverseiterator", T_OBJECT, ITERATOR, 0, "Iterator over a list from its end."),
    ("tuple_iterator", T_OBJECT, ITERATOR, 0, "Iterator over a tuple."),
    ("str_ascii_iterator", T_OBJECT, ITERATOR, 0, "Iterator over a text of ASCII characters."),
    ("str_iterator", T_OBJECT, ITERATOR, 0, "Iterator over any other text."),
    ("bytes_iterator", T_OBJECT, ITERATOR, 0, "Iterator over bytes."),
    ("range_iterator", T_OBJECT, NUMBERS, 0, "Iterator over a range."),
    ("longrange_iterator", T_OBJECT, NUMBERS, 0, "Iterator over a range of large numbers."),
    ("dict_keyiterator", T_OBJECT, ITERATOR, 0, "Iterator over a dict's keys."),
    ("dict_valueiterator", T_OBJECT, ITERATOR, 0, "Iterator over a dict's values."),
    ("dict_itemiterator", T_OBJECT, ITERATOR, 0, "Iterator over a dict's items."),
    ("dict_reversekeyiterator", T_OBJECT, ITERATOR, 0, "Iterator over a dict's keys from the last."),
    ("set_iterator", T_OBJECT, ITERATOR, 0, "Iterator over a set."),
    ("iterator", T_OBJECT, ITERATOR, 0, "Iterator over what only has __getitem__."),
    ("callable_iterator", T_OBJECT, ITERATOR, 0, "Calls a function until it gives the sentinel."),
    ("enumerate", T_OBJECT, ITERATOR, BASE, "Pairs of a number and a value."),
    ("zip", T_OBJECT, ITERATOR, BASE, "Tuples of one value from each iterable."),
    ("map", T_OBJECT, ITERATOR, BASE, "A function's results for the values of iterables."),
    ("filter", T_OBJECT, ITERATOR, BASE, "The values for which a function is true."),
    ("reversed", T_OBJECT, ITERATOR, BASE, "The values of a sequence from its end."),
    ("itertool", T_OBJECT, ITERTOOL, BASE, "What the classes of the module itertools are made of."),
    ("dict_keys", T_OBJECT, ONE, 0, "The keys of a dict as they are now."),
    ("dict_values", T_OBJECT, ONE, 0, "The values of a dict as they are now."),
    ("dict_items", T_OBJECT, ONE, 0, "The items of a dict as they are now."),
    ("ReferenceType", T_OBJECT, WEAKREF, BASE, "A reference that does not keep its object alive."),
    ("ProxyType", T_OBJECT, WEAKREF, 0, "Stands for an object without keeping it alive."),
    ("Random", T_OBJECT, RANDOM, BASE, "A generator of pseudo-random numbers."),
    ("SimpleNamespace", T_OBJECT, NAMESPACE, BASE, "An object with the attributes it was made with."),
    ("TextIOWrapper", T_OBJECT, STREAM, 0, "A stream of text: standard input, output or error."),
    ("GenericAlias", T_OBJECT, ALIAS, BASE, "A type with parameters, as in list[int]."),
    ("deque", T_OBJECT, DEQUE, BASE | TPFLAGS_SEQUENCE, "A sequence that grows and shrinks at both ends."),
    ("partial", T_OBJECT, PARTIAL, BASE, "A function with some of its arguments given already."),
    ("_lru_cache_wrapper", T_OBJECT, LRU_CACHE, 0, "A function that remembers its results."),
    ("getter", T_OBJECT, GETTER, BASE, "What itemgetter, attrgetter and methodcaller are made of."),
    ("BaseException", T_OBJECT, EXCEPTION, BASE | TPFLAGS_EXCEPTION, "The base of all exceptions."),
    ("SystemExit", T_BASE_EXCEPTION, EXCEPTION, BASE, "A request to end the program."),
    ("KeyboardInterrupt", T_BASE_EXCEPTION, EXCEPTION, BASE, "The user interrupted the program."),
    ("GeneratorExit", T_BASE_EXCEPTION, EXCEPTION, BASE, "A generator is asked to finish."),
    ("Exception", T_BASE_EXCEPTION, EXCEPTION, BASE, "The base of all exceptions a program should handle."),
    ("StopIteration", T_EXCEPTION, EXCEPTION, BASE, "An iterator has no more values."),
    ("StopAsyncIteration", T_EXCEPTION, EXCEPTION, BASE, "An asynchronous iterator has no more values."),
    ("ArithmeticError", T_EXCEPTION, EXCEPTION, BASE, "The base of arithmetic faults."),
    ("FloatingPointError", T_ARITHMETIC_ERROR, EXCEPTION, BASE, "A floating-point operation failed."),
    ("OverflowError", T_ARITHMETIC_ERROR, EXCEPTION, BASE, "A result is too large to be represented."),
    ("ZeroDivisionError", T_ARITHMETIC_ERROR, EXCEPTION, BASE, "The divisor is zero."),
    ("AssertionError", T_EXCEPTION, EXCEPTION, BASE, "An assertion does not hold."),
    ("AttributeError", T_EXCEPTION, EXCEPTION, BASE, "The object has no such attribute."),
    ("BufferError", T_EXCEPTION, EXCEPTION, BASE, "A buffer cannot be changed now."),
    ("EOFError", T_EXCEPTION, EXCEPTION, BASE, "Input ended while a line was wanted."),
    ("ImportError", T_EXCEPTION, EXCEPTION, BASE, "A name or module cannot be imported."),
    ("ModuleNotFoundError", T_IMPORT_ERROR, EXCEPTION, BASE, "There is no such module."),
    ("LookupError", T_EXCEPTION, EXCEPTION, BASE, "The base of failed lookups."),
    ("IndexError", T_LOOKUP_ERROR, EXCEPTION, BASE, "The index is out of range."),
    ("KeyError", T_LOOKUP_ERROR, EXCEPTION, BASE, "The mapping has no such key."),
    ("MemoryError", T_EXCEPTION, EXCEPTION, BASE, "The heap is full."),
    ("NameError", T_EXCEPTION, EXCEPTION, BASE, "The name is not defined."),
    ("UnboundLocalError", T_NAME_ERROR, EXCEPTION, BASE, "The local variable has no value yet."),
    ("OSError", T_EXCEPTION, EXCEPTION, BASE, "The operating system reports a failure."),
    ("BlockingIOError", T_OS_ERROR, EXCEPTION, BASE, "The operation would block."),
    ("ChildProcessError", T_OS_ERROR, EXCEPTION, BASE, "A child process failed."),
    ("ConnectionError", T_OS_ERROR, EXCEPTION, BASE, "The base of connection faults."),
    ("BrokenPipeError", T_CONNECTION_ERROR, EXCEPTION, BASE, "The other end of the pipe is closed."),
    ("ConnectionAbortedError", T_CONNECTION_ERROR, EXCEPTION, BASE, "The connection was aborted."),
    ("ConnectionRefusedError", T_CONNECTION_ERROR, EXCEPTION, BASE, "The connection was refused."),
    ("ConnectionResetError", T_CONNECTION_ERROR, EXCEPTION, BASE, "The connection was reset."),
    ("FileExistsError", T_OS_ERROR, EXCEPTION, BASE, "The file exists already."),
    ("FileNotFoundError", T_OS_ERROR, EXCEPTION, BASE, "There is no such file."),
    ("InterruptedError", T_OS_ERROR, EXCEPTION, BASE, "A signal interrupted the call."),
    ("IsADirectoryError", T_OS_ERROR, EXCEPTION, BASE, "The operation does not work on a directory."),
    ("NotADirectoryError", T_OS_ERROR, EXCEPTION, BASE, "The operation works on directories only."),
    ("PermissionError", T_OS_ERROR, EXCEPTION, BASE, "The operation is not permitted."),
    ("ProcessLookupError", T_OS_ERROR, EXCEPTION, BASE, "There is no such process."),
    ("TimeoutError", T_OS_ERROR, EXCEPTION, BASE, "The time ran out."),
    ("ReferenceError", T_EXCEPTION, EXCEPTION, BASE, "A weakly referenced object no longer exists."),
    ("RuntimeError", T_EXCEPTION, EXCEPTION, BASE, "A fault of no other kind."),
    ("NotImplementedError", T_RUNTIME_ERROR, EXCEPTION, BASE, "The method is still to be written."),
    ("RecursionError", T_RUNTIME_ERROR, EXCEPTION, BASE, "Calls are nested too deeply."),
    ("SyntaxError", T_EXCEPTION, EXCEPTION, BASE, "The text is not a program."),
    ("IndentationError", T_SYNTAX_ERROR, EXCEPTION, BASE, "The indentation is wrong."),
    ("TabError", T_INDENTATION_ERROR, EXCEPTION, BASE, "Tabs and spaces are mixed."),
    ("SystemError", T_EXCEPTION, EXCEPTION, BASE, "The interpreter itself is at fault."),
    ("TypeError", T_EXCEPTION, EXCEPTION, BASE, "The object's type does not fit."),
    ("ValueError", T_EXCEPTION, EXCEPTION, BASE, "The type fits, the value does not."),
    ("UnicodeError", T_VALUE_ERROR, EXCEPTION, BASE, "The base of text coding faults."),
    ("UnicodeDecodeError", T_UNICODE_ERROR, EXCEPTION, BASE, "The bytes are not text in this coding."),
    ("UnicodeEncodeError", T_UNICODE_ERROR, EXCEPTION, BASE, "The text has no bytes in this coding."),
    ("UnicodeTranslateError", T_UNICODE_ERROR, EXCEPTION, BASE, "The text cannot be translated."),
    ("Warning", T_EXCEPTION, EXCEPTION, BASE, "The base of warnings."),
    ("BytesWarning", T_WARNING, EXCEPTION, BASE, "Bytes are used as text."),
    ("DeprecationWarning", T_WARNING, EXCEPTION, BASE, "A feature will go away, for programmers."),
    ("EncodingWarning", T_WARNING, EXCEPTION, BASE, "A coding is not named."),
    ("FutureWarning", T_WARNING, EXCEPTION, BASE, "A feature will change, for users."),
    ("ImportWarning", T_WARNING, EXCEPTION, BASE, "An import may be mistaken."),
    ("PendingDeprecationWarning", T_WARNING, EXCEPTION, BASE, "A feature may go away."),
    ("ResourceWarning", T_WARNING, EXCEPTION, BASE, "A resource was not released."),
    ("RuntimeWarning", T_WARNING, EXCEPTION, BASE, "The behaviour is doubtful."),
    ("SyntaxWarning", T_WARNING, EXCEPTION, BASE, "The syntax is doubtful."),
    ("UnicodeWarning", T_WARNING, EXCEPTION, BASE, "The text is doubtful."),
    ("UserWarning", T_WARNING, EXCEPTION, BASE, "A program's own warning."),
    ("BaseExceptionGroup", T_BASE_EXCEPTION, EXCEPTION, BASE, "Several exceptions at once."),
    ("ExceptionGroup", T_BASE_EXCEPTION_GROUP, EXCEPTION, BASE, "Several exceptions a program should handle."),
    ("CallableProxyType", T_OBJECT, WEAKREF, 0, "Stands for an object that can be called without keeping it alive."),
    ("UnionType", T_OBJECT, ALIAS, 0, "A union of types, as in int | str."),
    ("method-wrapper", T_OBJECT, NATIVE, 0, "A special method of the machine, bound to an object."),
    ("classmethod_descriptor", T_OBJECT, GETSET, 0, "A class method of a built-in type."),
)
"""ExceptionGroup derives from Exception too: typestart gives it both bases."""

PUBLIC_TYPES: Final = frozenset(
    (
        "type", "object", "int", "bool", "float", "complex", "str", "bytes", "bytearray", "tuple", "list", "dict",
        "set", "frozenset", "range", "slice", "property", "staticmethod", "classmethod", "super", "enumerate", "zip",
        "map", "filter", "reversed",
    )
)  # fmt: skip
"""The names of builtins among the types; all exceptions are too."""
