"""Which module's tables give each static type its methods, attributes and constructor.

CPython counterpart: tp_methods, tp_getset and tp_new of the static types.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import TP_DICT, TP_NATIVE_NEW, W_REFUSE_NEW
from minipy.memory.statics import (
    T_BASE_EXCEPTION,
    T_BASE_EXCEPTION_GROUP,
    T_BOOL,
    T_BUILTIN,
    T_BYTEARRAY,
    T_BYTES,
    T_CELL,
    T_CLASSMETHOD,
    T_CLASSMETHOD_DESCRIPTOR,
    T_CODE,
    T_COMPLEX,
    T_DICT,
    T_DICT_ITEMS,
    T_DICT_KEYS,
    T_DICT_VALUES,
    T_ELLIPSIS,
    T_ENUMERATE,
    T_FILTER,
    T_FLOAT,
    T_FROZENSET,
    T_FUNCTION,
    T_GENERIC_ALIAS,
    T_GETSET,
    T_INT,
    T_LIST,
    T_MAP,
    T_MAPPINGPROXY,
    T_MEMBER,
    T_METHOD,
    T_METHOD_DESCRIPTOR,
    T_METHOD_WRAPPER,
    T_MODULE,
    T_NONE,
    T_NOT_IMPLEMENTED,
    T_OBJECT,
    T_PROPERTY,
    T_RANGE,
    T_REVERSED,
    T_SET,
    T_SIMPLE_NAMESPACE,
    T_SLICE,
    T_STATICMETHOD,
    T_STR,
    T_SUPER,
    T_TRACEBACK,
    T_TUPLE,
    T_TYPE,
    T_UNION,
    T_WRAPPER,
    T_ZIP,
)
from minipy.objects import (
    bytearray_methods,
    bytes_methods,
    cellobject,
    codeobject,
    complex_methods,
    descrobject,
    dict_methods,
    dictview_methods,
    enumobject,
    excgroup_split,
    excmethods,
    float_methods,
    funcobject,
    function_new,
    genericalias,
    iterobject,
    list_methods,
    long_methods,
    mappingproxy,
    methodobject,
    moduleobject,
    namespaceobject,
    object_methods,
    range_methods,
    set_methods,
    slice_methods,
    superobject,
    tuple_methods,
    type_methods,
    unicode_methods,
)
from minipy.objects.machine import Machine
from minipy.objects.natives import (
    FAMILY_BYTEARRAY,
    FAMILY_BYTES,
    FAMILY_CELL,
    FAMILY_CODE,
    FAMILY_COMPLEX,
    FAMILY_DESCRIPTOR,
    FAMILY_DICT,
    FAMILY_DICT_VIEW,
    FAMILY_EXCEPTION,
    FAMILY_FLOAT,
    FAMILY_FUNCTION,
    FAMILY_GENERIC_ALIAS,
    FAMILY_INT,
    FAMILY_ITER,
    FAMILY_LIST,
    FAMILY_MAPPINGPROXY,
    FAMILY_METHOD,
    FAMILY_MODULE,
    FAMILY_NEW,
    FAMILY_OBJECT,
    FAMILY_RANGE,
    FAMILY_SET,
    FAMILY_SLICE,
    FAMILY_STR,
    FAMILY_SUPER,
    FAMILY_TUPLE,
    FAMILY_TYPE,
    Getsets,
    Methods,
    add_class_methods,
    add_getsets,
    add_methods,
    add_static_methods,
    new_native,
    put,
    set_owner,
    set_parameters,
)


# ---------------------------------------------------------------- tables
# functions, because a module body cannot use what mypy infers of another module compiled with it
def method_tables() -> tuple[tuple[int, int, Methods], ...]:
    """The methods of each type: its family and table."""
    return (
        (T_OBJECT, FAMILY_OBJECT, object_methods.METHODS),
        (T_TYPE, FAMILY_TYPE, type_methods.METHODS),
        (T_INT, FAMILY_INT, long_methods.METHODS),
        (T_FLOAT, FAMILY_FLOAT, float_methods.METHODS),
        (T_COMPLEX, FAMILY_COMPLEX, complex_methods.METHODS),
        (T_STR, FAMILY_STR, unicode_methods.METHODS),
        (T_BYTES, FAMILY_BYTES, bytes_methods.METHODS),
        (T_BYTES, FAMILY_BYTES, bytes_methods.OWN_METHODS),
        (T_BYTEARRAY, FAMILY_BYTES, bytes_methods.METHODS),
        (T_BYTEARRAY, FAMILY_BYTEARRAY, bytearray_methods.METHODS),
        (T_TUPLE, FAMILY_TUPLE, tuple_methods.METHODS),
        (T_LIST, FAMILY_LIST, list_methods.METHODS),
        (T_DICT, FAMILY_DICT, dict_methods.METHODS),
        (T_DICT_KEYS, FAMILY_DICT_VIEW, dictview_methods.METHODS),
        (T_DICT_ITEMS, FAMILY_DICT_VIEW, dictview_methods.METHODS),
        (T_DICT_VALUES, FAMILY_DICT_VIEW, dictview_methods.VALUES_METHODS),
        (T_SET, FAMILY_SET, set_methods.METHODS),
        (T_FROZENSET, FAMILY_SET, set_methods.FROZENSET_METHODS),
        (T_RANGE, FAMILY_RANGE, range_methods.METHODS),
        (T_SLICE, FAMILY_SLICE, slice_methods.METHODS),
        (T_PROPERTY, FAMILY_DESCRIPTOR, descrobject.PROPERTY_METHODS),
        (T_MAPPINGPROXY, FAMILY_MAPPINGPROXY, mappingproxy.METHODS),
        (T_GENERIC_ALIAS, FAMILY_GENERIC_ALIAS, genericalias.METHODS),
        (T_UNION, FAMILY_GENERIC_ALIAS, genericalias.UNION_METHODS),
        (T_MODULE, FAMILY_MODULE, moduleobject.METHODS),
        (T_BASE_EXCEPTION, FAMILY_EXCEPTION, excmethods.METHODS),
        (T_BASE_EXCEPTION_GROUP, FAMILY_EXCEPTION, excgroup_split.METHODS),
    )


def class_method_tables() -> tuple[tuple[int, int, Methods], ...]:
    """The class methods of each type."""
    return (
        (T_OBJECT, FAMILY_OBJECT, object_methods.CLASS_METHODS),
        (T_TYPE, FAMILY_TYPE, type_methods.CLASS_METHODS),
        (T_INT, FAMILY_INT, long_methods.CLASS_METHODS),
        (T_FLOAT, FAMILY_FLOAT, float_methods.CLASS_METHODS),
        (T_BYTES, FAMILY_BYTES, bytes_methods.CLASS_METHODS),
        (T_BYTEARRAY, FAMILY_BYTES, bytes_methods.CLASS_METHODS),
        (T_DICT, FAMILY_DICT, dict_methods.CLASS_METHODS),
        (T_LIST, FAMILY_GENERIC_ALIAS, genericalias.CLASS_METHODS),
        (T_DICT, FAMILY_GENERIC_ALIAS, genericalias.CLASS_METHODS),
        (T_TUPLE, FAMILY_GENERIC_ALIAS, genericalias.CLASS_METHODS),
        (T_SET, FAMILY_GENERIC_ALIAS, genericalias.CLASS_METHODS),
        (T_FROZENSET, FAMILY_GENERIC_ALIAS, genericalias.CLASS_METHODS),
        (T_MAPPINGPROXY, FAMILY_GENERIC_ALIAS, genericalias.CLASS_METHODS),
        (T_BASE_EXCEPTION_GROUP, FAMILY_GENERIC_ALIAS, genericalias.CLASS_METHODS),
    )


def getset_tables() -> tuple[tuple[int, int, Getsets], ...]:
    """The computed attributes of each type."""
    return (
        (T_OBJECT, FAMILY_OBJECT, object_methods.GETSETS),
        (T_TYPE, FAMILY_TYPE, type_methods.GETSETS),
        (T_INT, FAMILY_INT, long_methods.GETSETS),
        (T_FLOAT, FAMILY_FLOAT, float_methods.GETSETS),
        (T_COMPLEX, FAMILY_COMPLEX, complex_methods.GETSETS),
        (T_RANGE, FAMILY_RANGE, range_methods.GETSETS),
        (T_SLICE, FAMILY_SLICE, slice_methods.GETSETS),
        (T_DICT_KEYS, FAMILY_DICT_VIEW, dictview_methods.GETSETS),
        (T_DICT_VALUES, FAMILY_DICT_VIEW, dictview_methods.GETSETS),
        (T_DICT_ITEMS, FAMILY_DICT_VIEW, dictview_methods.GETSETS),
        (T_FUNCTION, FAMILY_FUNCTION, funcobject.GETSETS),
        (T_METHOD, FAMILY_METHOD, methodobject.METHOD_GETSETS),
        (T_BUILTIN, FAMILY_METHOD, methodobject.BUILTIN_GETSETS),
        (T_METHOD_WRAPPER, FAMILY_METHOD, methodobject.METHOD_WRAPPER_GETSETS),
        (T_METHOD_DESCRIPTOR, FAMILY_METHOD, methodobject.DESCRIPTOR_GETSETS),
        (T_WRAPPER, FAMILY_METHOD, methodobject.DESCRIPTOR_GETSETS),
        (T_CLASSMETHOD_DESCRIPTOR, FAMILY_METHOD, methodobject.DESCRIPTOR_GETSETS),
        (T_GETSET, FAMILY_METHOD, methodobject.DESCRIPTOR_GETSETS),
        (T_MEMBER, FAMILY_METHOD, methodobject.DESCRIPTOR_GETSETS),
        (T_PROPERTY, FAMILY_DESCRIPTOR, descrobject.PROPERTY_GETSETS),
        (T_STATICMETHOD, FAMILY_DESCRIPTOR, descrobject.WRAPPED_GETSETS),
        (T_CLASSMETHOD, FAMILY_DESCRIPTOR, descrobject.WRAPPED_GETSETS),
        (T_STATICMETHOD, FAMILY_OBJECT, namespaceobject.GETSETS),
        (T_CLASSMETHOD, FAMILY_OBJECT, namespaceobject.GETSETS),
        (T_SUPER, FAMILY_SUPER, superobject.GETSETS),
        (T_MODULE, FAMILY_MODULE, moduleobject.GETSETS),
        (T_CELL, FAMILY_CELL, cellobject.GETSETS),
        (T_CODE, FAMILY_CODE, codeobject.CODE_GETSETS),
        (T_TRACEBACK, FAMILY_CODE, codeobject.TRACEBACK_GETSETS),
        (T_SIMPLE_NAMESPACE, FAMILY_OBJECT, namespaceobject.GETSETS),
        (T_GENERIC_ALIAS, FAMILY_GENERIC_ALIAS, genericalias.GETSETS),
        (T_UNION, FAMILY_GENERIC_ALIAS, genericalias.UNION_GETSETS),
        (T_BASE_EXCEPTION, FAMILY_EXCEPTION, excmethods.GETSETS),
    )


def constructors() -> tuple[tuple[int, tuple[int, int, str]], ...]:
    """The parameters of each type's constructor."""
    return (
        (T_OBJECT, (0, -1, "**")),
        (T_TYPE, type_methods.NEW),
        (T_NONE, (0, 0, "")),
        (T_NOT_IMPLEMENTED, (0, 0, "")),
        (T_ELLIPSIS, (0, 0, "")),
        (T_INT, long_methods.NEW),
        (T_BOOL, long_methods.NEW_BOOL),
        (T_FLOAT, float_methods.NEW),
        (T_COMPLEX, complex_methods.NEW),
        (T_STR, unicode_methods.NEW),
        (T_BYTES, bytes_methods.NEW),
        (T_BYTEARRAY, bytearray_methods.NEW),
        (T_TUPLE, tuple_methods.NEW),
        (T_LIST, list_methods.NEW),
        (T_DICT, dict_methods.NEW),
        (T_SET, set_methods.NEW),
        (T_FROZENSET, set_methods.NEW_FROZENSET),
        (T_RANGE, range_methods.NEW),
        (T_SLICE, slice_methods.NEW),
        (T_FUNCTION, function_new.NEW),
        (T_METHOD, methodobject.NEW_METHOD),
        (T_PROPERTY, descrobject.NEW_PROPERTY),
        (T_STATICMETHOD, descrobject.NEW_WRAPPED),
        (T_CLASSMETHOD, descrobject.NEW_WRAPPED),
        (T_SUPER, superobject.NEW),
        (T_MODULE, moduleobject.NEW),
        (T_MAPPINGPROXY, mappingproxy.NEW),
        (T_ENUMERATE, enumobject.NEW_ENUMERATE),
        (T_ZIP, enumobject.NEW_ZIP),
        (T_MAP, enumobject.NEW_MAP),
        (T_FILTER, enumobject.NEW_FILTER),
        (T_REVERSED, enumobject.NEW_REVERSED),
        (T_SIMPLE_NAMESPACE, namespaceobject.NEW),
        (T_GENERIC_ALIAS, genericalias.NEW),
        (T_CELL, cellobject.NEW),
        (T_BASE_EXCEPTION, excmethods.NEW),
    )


def add_natives(m: Machine) -> None:
    """Fill the static types' dicts with methods, class methods, static methods and computed attributes."""
    for t, family, methods in method_tables():
        add_methods(m, t, family, methods)
    for t, family, methods in class_method_tables():
        add_class_methods(m, t, family, methods)
    add_static_methods(m, T_STR, FAMILY_STR, unicode_methods.STATIC_METHODS)
    add_static_methods(m, T_BYTES, FAMILY_BYTES, bytes_methods.STATIC_METHODS)
    add_static_methods(m, T_BYTEARRAY, FAMILY_BYTES, bytes_methods.STATIC_METHODS)
    for t in iterobject.LENGTH_HINT_TYPES:
        add_methods(m, t, FAMILY_ITER, iterobject.METHODS)
    for t, family, getsets in getset_tables():
        add_getsets(m, t, family, getsets)
    for t, getsets in excmethods.KIND_GETSETS:
        add_getsets(m, t, FAMILY_EXCEPTION, getsets)


def add_constructors(m: Machine) -> None:
    """Give the types with a constructor their `__new__`, and all others one that refuses."""
    for t, signature in constructors():
        add_constructor(m, t, FAMILY_NEW, t, signature)
    refuse: i64 = new_native(m, T_BUILTIN, FAMILY_NEW, 0, "__new__", 1, -1)
    set_parameters(m, refuse, "**")
    m.words[W_REFUSE_NEW] = refuse


def add_constructor(m: Machine, t: i64, family: i64, number: i64, signature: tuple[int, int, str]) -> None:
    """Give the static type t its `__new__`; the class comes before the arguments that `signature` counts."""
    fewest, most, parameters = signature
    if most >= 0:
        most += 1
    o: i64 = new_native(m, T_BUILTIN, family, number, "__new__", fewest + 1, most)
    set_owner(m, o, t)
    set_parameters(m, o, parameters)
    m.words[t + TP_NATIVE_NEW] = o
    put(m, m.words[t + TP_DICT], o, o)
