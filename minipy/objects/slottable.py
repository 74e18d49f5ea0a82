"""Which special methods each built-in type has: the wrappers that stand in its dict.

`list.__len__` is an object (T_WRAPPER) that calls the list's own length, past any override in a subclass; slots.py is
what such a call runs. A stanza names a static type and its special methods, separated by blanks.

Invariant: every name stands in objects/identifiers.py.

CPython counterpart: slotdefs of Objects/typeobject.c, from which add_operators fills each type's dict by the slots
it defines.
"""

from __future__ import annotations

from minipy.memory.statics import (
    T_BASE_EXCEPTION,
    T_BOOL,
    T_BUILTIN,
    T_BYTEARRAY,
    T_BYTES,
    T_BYTES_ITERATOR,
    T_CALLABLE_ITERATOR,
    T_CELL,
    T_CLASSMETHOD,
    T_CLASSMETHOD_DESCRIPTOR,
    T_CODE,
    T_COMPLEX,
    T_DICT,
    T_DICT_ITEMITERATOR,
    T_DICT_ITEMS,
    T_DICT_KEYITERATOR,
    T_DICT_KEYS,
    T_DICT_REVERSEKEYITERATOR,
    T_DICT_VALUEITERATOR,
    T_DICT_VALUES,
    T_ENUMERATE,
    T_FILTER,
    T_FLOAT,
    T_FROZENSET,
    T_FUNCTION,
    T_GENERATOR,
    T_GENERIC_ALIAS,
    T_GETSET,
    T_INT,
    T_ITERTOOL,
    T_LIST,
    T_LIST_ITERATOR,
    T_LIST_REVERSEITERATOR,
    T_LONGRANGE_ITERATOR,
    T_MAP,
    T_MAPPINGPROXY,
    T_MEMBER,
    T_METHOD,
    T_METHOD_DESCRIPTOR,
    T_METHOD_WRAPPER,
    T_MODULE,
    T_NONE,
    T_OBJECT,
    T_PROPERTY,
    T_RANGE,
    T_RANGE_ITERATOR,
    T_REVERSED,
    T_SEQ_ITERATOR,
    T_SET,
    T_SET_ITERATOR,
    T_SIMPLE_NAMESPACE,
    T_SLICE,
    T_STATICMETHOD,
    T_STR,
    T_STR_ASCII_ITERATOR,
    T_STR_ITERATOR,
    T_SUPER,
    T_TUPLE,
    T_TUPLE_ITERATOR,
    T_TYPE,
    T_UNICODE_DECODE_ERROR,
    T_UNICODE_ENCODE_ERROR,
    T_UNICODE_TRANSLATE_ERROR,
    T_UNION,
    T_WRAPPER,
    T_ZIP,
)

MYPY = False  # true for the type checker alone: importing typing takes longer than this table
if MYPY:
    from typing import Final

ORDER: Final = "__lt__ __le__ __eq__ __ne__ __gt__ __ge__ "
EQUAL: Final = "__eq__ __ne__ "
INTEGER: Final = (
    "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __floordiv__ __rfloordiv__ __truediv__ __rtruediv__ __mod__ "
    "__rmod__ __divmod__ __rdivmod__ __pow__ __rpow__ __and__ __rand__ __or__ __ror__ __xor__ __rxor__ __lshift__ "
    "__rlshift__ __rshift__ __rrshift__ __neg__ __pos__ __abs__ __invert__ __bool__ __int__ __float__ __index__ "
)
REAL: Final = (
    "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __floordiv__ __rfloordiv__ __truediv__ __rtruediv__ __mod__ "
    "__rmod__ __divmod__ __rdivmod__ __pow__ __rpow__ __neg__ __pos__ __abs__ __bool__ __int__ __float__ "
)
COMPLEX: Final = (
    "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ __pow__ __rpow__ __neg__ __pos__ "
    "__abs__ __bool__ "
)
SEQUENCE: Final = "__len__ __getitem__ __contains__ __iter__ __add__ __mul__ __rmul__ "
LOGIC: Final = "__and__ __rand__ __or__ __ror__ __xor__ __rxor__ __sub__ __rsub__ "
CHANGE: Final = "__setitem__ __delitem__ "
ITERATOR: Final = "__iter__ __next__ "

WRAPPERS: Final[tuple[tuple[int, str], ...]] = (
    (
        T_OBJECT,
        EQUAL + "__lt__ __le__ __gt__ __ge__ __hash__ __repr__ __str__ __init__ __getattribute__ __setattr__ "
        "__delattr__",
    ),
    (T_TYPE, "__repr__ __call__ __init__ __getattribute__ __setattr__ __delattr__ __or__ __ror__"),
    (T_NONE, "__repr__ __bool__ __hash__"),
    (T_INT, ORDER + INTEGER + "__hash__ __repr__"),
    (T_BOOL, "__and__ __rand__ __or__ __ror__ __xor__ __rxor__ __repr__"),
    (T_FLOAT, ORDER + REAL + "__hash__ __repr__"),
    (T_COMPLEX, ORDER + COMPLEX + "__hash__ __repr__"),
    (T_STR, ORDER + SEQUENCE + "__mod__ __rmod__ __hash__ __repr__ __str__"),
    (T_BYTES, ORDER + SEQUENCE + "__mod__ __rmod__ __hash__ __repr__ __str__"),
    (T_BYTEARRAY, ORDER + SEQUENCE + CHANGE + "__iadd__ __imul__ __mod__ __rmod__ __init__ __repr__ __str__"),
    (T_TUPLE, ORDER + SEQUENCE + "__hash__ __repr__"),
    (T_LIST, ORDER + SEQUENCE + CHANGE + "__iadd__ __imul__ __init__ __repr__"),
    (
        T_DICT,
        ORDER + CHANGE + "__len__ __getitem__ __contains__ __iter__ __or__ __ror__ __ior__ __init__ __repr__",
    ),
    (
        T_SET,
        ORDER + LOGIC + "__len__ __contains__ __iter__ __iand__ __ior__ __isub__ __ixor__ __init__ __repr__",
    ),
    (T_FROZENSET, ORDER + LOGIC + "__len__ __contains__ __iter__ __hash__ __repr__"),
    (T_RANGE, ORDER + "__len__ __getitem__ __contains__ __iter__ __bool__ __hash__ __repr__"),
    (T_SLICE, ORDER + "__repr__"),
    (T_CELL, ORDER + "__repr__"),
    (T_CODE, "__repr__"),
    (T_FUNCTION, "__call__ __get__ __repr__"),
    (T_BUILTIN, EQUAL + "__call__ __hash__ __repr__"),
    (T_METHOD_WRAPPER, EQUAL + "__call__ __hash__ __repr__"),
    (T_METHOD, EQUAL + "__call__ __get__ __hash__ __repr__"),
    (T_METHOD_DESCRIPTOR, "__call__ __get__ __repr__"),
    (T_WRAPPER, "__call__ __get__ __repr__"),
    (T_GETSET, "__get__ __set__ __delete__ __repr__"),
    (T_MEMBER, "__get__ __set__ __delete__ __repr__"),
    (T_PROPERTY, "__get__ __set__ __delete__ __init__"),
    (T_STATICMETHOD, "__get__ __call__ __init__ __repr__"),
    (T_CLASSMETHOD, "__get__ __init__ __repr__"),
    (T_CLASSMETHOD_DESCRIPTOR, "__call__ __get__ __repr__"),
    (T_SUPER, "__get__ __getattribute__ __init__ __repr__"),
    (T_MODULE, "__getattribute__ __init__ __repr__"),
    (T_GENERATOR, ITERATOR + "__repr__"),
    (T_MAPPINGPROXY, EQUAL + "__len__ __getitem__ __contains__ __iter__ __or__ __ror__ __ior__ __repr__ __str__"),
    (T_LIST_ITERATOR, ITERATOR),
    (T_LIST_REVERSEITERATOR, ITERATOR),
    (T_TUPLE_ITERATOR, ITERATOR),
    (T_STR_ASCII_ITERATOR, ITERATOR),
    (T_STR_ITERATOR, ITERATOR),
    (T_BYTES_ITERATOR, ITERATOR),
    (T_RANGE_ITERATOR, ITERATOR),
    (T_LONGRANGE_ITERATOR, ITERATOR),
    (T_DICT_KEYITERATOR, ITERATOR),
    (T_DICT_VALUEITERATOR, ITERATOR),
    (T_DICT_ITEMITERATOR, ITERATOR),
    (T_DICT_REVERSEKEYITERATOR, ITERATOR),
    (T_SET_ITERATOR, ITERATOR),
    (T_SEQ_ITERATOR, ITERATOR),
    (T_CALLABLE_ITERATOR, ITERATOR),
    (T_ENUMERATE, ITERATOR),
    (T_ZIP, ITERATOR),
    (T_MAP, ITERATOR),
    (T_FILTER, ITERATOR),
    (T_REVERSED, ITERATOR),
    (T_ITERTOOL, ITERATOR + "__repr__"),
    (T_DICT_KEYS, ORDER + LOGIC + "__len__ __contains__ __iter__ __repr__"),
    (T_DICT_VALUES, "__len__ __iter__ __repr__"),
    (T_DICT_ITEMS, ORDER + LOGIC + "__len__ __contains__ __iter__ __repr__"),
    (T_SIMPLE_NAMESPACE, EQUAL + "__init__ __repr__"),
    (T_GENERIC_ALIAS, EQUAL + "__call__ __getitem__ __iter__ __hash__ __repr__ __or__ __ror__"),
    (T_UNION, EQUAL + "__getitem__ __hash__ __repr__ __or__ __ror__"),
    (T_BASE_EXCEPTION, "__init__ __repr__ __str__"),
    (T_UNICODE_DECODE_ERROR, "__init__"),
    (T_UNICODE_ENCODE_ERROR, "__init__"),
    (T_UNICODE_TRANSLATE_ERROR, "__init__"),
)

UNHASHABLE: Final = (T_BYTEARRAY, T_LIST, T_DICT, T_SET, T_SLICE, T_CELL, T_MAPPINGPROXY, T_DICT_KEYS, T_DICT_ITEMS,
                     T_SIMPLE_NAMESPACE)  # fmt: skip
"""Types with `__hash__ = None`."""
