"""The built-in `__new__` of each type, as the native functions of FAMILY_NEW.

    at: class | arguments ...            number: the static type whose constructor it is

A type whose instances can change (list, dict, set, ...) fills a new instance here at once, unless its class has an
`__init__` or `__new__` of the program's own: then `__init__` is called next, the program's or the built-in one.

CPython counterpart: tp_new of each type, tp_new_wrapper and object_new of Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.describe import tp_name
from minipy.memory.layout import (
    NATIVE_OWNER,
    OB_TYPE,
    TP_FLAGS,
    TP_GC,
    TP_NATIVE_NEW,
    TP_SOLID,
    TP_VALUES,
    TPFLAGS_ABSTRACT,
    TPFLAGS_NEW,
)
from minipy.memory.objalloc import gc_alloc, new_object
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    ELLIPSIS,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_BASE_EXCEPTION,
    T_BOOL,
    T_BYTEARRAY,
    T_BYTES,
    T_CELL,
    T_CLASSMETHOD,
    T_COMPLEX,
    T_DEQUE,
    T_DICT,
    T_ELLIPSIS,
    T_ENUMERATE,
    T_FILTER,
    T_FLOAT,
    T_FROZENSET,
    T_FUNCTION,
    T_GENERIC_ALIAS,
    T_INT,
    T_LIST,
    T_MAP,
    T_MAPPINGPROXY,
    T_METHOD,
    T_MODULE,
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
    T_TUPLE,
    T_TYPE,
    T_TYPE_ERROR,
    T_WRAPPER,
    T_ZIP,
)
from minipy.memory.words import Raised, vec
from minipy.objects import (
    bytearray_methods,
    bytes_methods,
    cellobject,
    complex_methods,
    descrobject,
    dict_methods,
    enumobject,
    excmethods,
    float_methods,
    function_new,
    genericalias,
    list_methods,
    long_methods,
    mappingproxy,
    methodobject,
    moduleobject,
    namespaceobject,
    range_methods,
    set_methods,
    slice_methods,
    superobject,
    tuple_methods,
    type_methods,
    unicode_methods,
)
from minipy.objects.arguments import has_keywords
from minipy.objects.classobject import new_instance
from minipy.objects.identifiers import ID_ABSTRACTMETHODS, ID_INIT
from minipy.objects.machine import Machine
from minipy.objects.typeobject import is_subtype, is_type, name_of_type, name_of_type_of, type_lookup
from minipy.objects.unicodeobject import host_str


def native_new(m: Machine, kind: i64, at: i64, n: i64) -> i64:
    """kind.__new__(class, ...) with the class and n - 1 arguments at `at`."""
    t: i64 = m.words[at]
    check_class(m, kind, t)
    if kind == T_OBJECT:
        return object_new(m, t, at, n)
    if is_filled_later(m.words, kind, t):
        return gc_alloc(m, t)
    return number_new(m, kind, t, at + 1, n - 1)


def check_class(m: Machine, kind: i64, t: i64) -> None:
    """TypeError unless t is a class whose instances kind's `__new__` can make; kind 0 makes none."""
    w = m.words
    if kind == 0 or not is_type(w, t) or not is_subtype(w, t, kind) or w[t + TP_NATIVE_NEW] != w[kind + TP_NATIVE_NEW]:
        raise unsuitable_class(m, kind, t)


def unsuitable_class(m: Machine, kind: i64, t: i64) -> Raised:
    """What check_class finds wrong with t."""
    w = m.words
    if kind == 0:
        return m.error(T_TYPE_ERROR, "cannot create '" + tp_name(w, t) + "' instances")
    name = name_of_type(m, kind) + ".__new__("
    if not is_type(w, t):
        return m.error(T_TYPE_ERROR, name + "X): X is not a type object (" + name_of_type_of(m, t) + ")")
    if not is_subtype(w, t, kind):
        text = name + name_of_type(m, t) + "): " + name_of_type(m, t) + " is not a subtype of " + name_of_type(m, kind)
        return m.error(T_TYPE_ERROR, text)
    safe = tp_name(w, w[t + TP_SOLID])
    return m.error(T_TYPE_ERROR, name + tp_name(w, t) + ") is not safe, use " + safe + ".__new__()")


def is_filled_later(w: vec[i64], kind: i64, t: i64) -> bool:
    """Is kind one whose built-in `__init__` fills the instance, and t a class for which that is another step?"""
    if kind == T_LIST or kind == T_DICT or kind == T_SET or kind == T_SIMPLE_NAMESPACE or kind == T_PROPERTY:
        return w[t + TP_FLAGS] & TPFLAGS_NEW != 0 or has_own_init(w, t)
    if kind == T_STATICMETHOD or kind == T_CLASSMETHOD or kind == T_BYTEARRAY or kind == T_DEQUE:
        return w[t + TP_FLAGS] & TPFLAGS_NEW != 0 or has_own_init(w, t)
    return False


def ignores_keywords(w: vec[i64], t: i64, init: i64) -> bool:
    """Are keyword arguments for t's program-defined `__init__` alone, because the built-in `__new__` takes none?"""
    solid: i64 = w[t + TP_SOLID]
    return (solid == T_FLOAT or solid == T_TUPLE or solid == T_FROZENSET) and w[init + OB_TYPE] != T_WRAPPER


def has_own_init(w: vec[i64], t: i64) -> bool:
    """Is t's `__init__` a program's own?"""
    return w[type_lookup(w, t, ID_INIT) + OB_TYPE] != T_WRAPPER


def number_new(m: Machine, kind: i64, t: i64, at: i64, n: i64) -> i64:
    """The constructors of numbers, texts and collections; the class is no longer among the arguments."""
    if kind == T_INT:
        return long_methods.new(m, t, at, n)
    if kind == T_STR:
        return unicode_methods.new(m, t, at, n)
    if kind == T_LIST:
        return list_methods.new(m, t, at, n)
    if kind == T_RANGE:
        return range_methods.new(m, t, at, n)
    if kind == T_FLOAT:
        return float_methods.new(m, t, at, n)
    if kind == T_BASE_EXCEPTION:
        return excmethods.new(m, t, at, n)
    if kind == T_DICT:
        return dict_methods.new(m, t, at, n)
    if kind == T_TUPLE:
        return tuple_methods.new(m, t, at, n)
    if kind == T_SET:
        return set_methods.new(m, t, at, n)
    if kind == T_FROZENSET:
        return set_methods.new_frozenset(m, t, at, n)
    if kind == T_BOOL:
        return long_methods.new_bool_of(m, t, at, n)
    if kind == T_BYTES:
        return bytes_methods.new(m, t, at, n)
    if kind == T_BYTEARRAY:
        return bytearray_methods.new(m, t, at, n)
    if kind == T_COMPLEX:
        return complex_methods.new(m, t, at, n)
    return iterator_new(m, kind, t, at, n)


def iterator_new(m: Machine, kind: i64, t: i64, at: i64, n: i64) -> i64:
    """The constructors of iterators and descriptors."""
    if kind == T_ENUMERATE:
        return enumobject.new_enumerate(m, t, at, n)
    if kind == T_ZIP:
        return enumobject.new_zip(m, t, at, n)
    if kind == T_MAP:
        return enumobject.new_map(m, t, at, n)
    if kind == T_FILTER:
        return enumobject.new_filter(m, t, at, n)
    if kind == T_REVERSED:
        return enumobject.new_reversed(m, t, at, n)
    if kind == T_SUPER:
        return superobject.new(m, t, at, n)
    if kind == T_PROPERTY:
        return descrobject.new_property(m, t, at, n)
    if kind == T_STATICMETHOD or kind == T_CLASSMETHOD:
        return descrobject.new_wrapped(m, t, at, n)
    return other_new(m, kind, t, at, n)


def other_new(m: Machine, kind: i64, t: i64, at: i64, n: i64) -> i64:
    """The rest."""
    if kind == T_TYPE:
        return type_methods.new(m, t, at, n)
    if kind == T_SLICE:
        return slice_methods.new(m, t, at, n)
    if kind == T_MODULE:
        return moduleobject.new(m, t, at, n)
    if kind == T_METHOD:
        return methodobject.new_method(m, t, at, n)
    if kind == T_MAPPINGPROXY:
        return mappingproxy.new(m, t, at, n)
    if kind == T_SIMPLE_NAMESPACE:
        return namespaceobject.new(m, t, at, n)
    if kind == T_GENERIC_ALIAS:
        return genericalias.new(m, t, at)
    if kind == T_FUNCTION:
        return function_new.new(m, at)
    if kind == T_CELL:
        return cellobject.new(m, t, at, n)
    return singleton(m, kind)


def singleton(m: Machine, kind: i64) -> i64:
    """The one instance of the type `kind`."""
    o: i64 = NONE
    if kind == T_NOT_IMPLEMENTED:
        o = NOT_IMPLEMENTED_OBJECT
    elif kind == T_ELLIPSIS:
        o = ELLIPSIS
    incref(m.words, o)
    return o


# ---------------------------------------------------------------- object
def object_new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """object.__new__(class, *args, **keywords): the last word is the dict of keywords, or 0."""
    w = m.words
    flags: i64 = w[t + TP_FLAGS]
    if n > 2 or has_keywords(w, w[at + n - 1]):
        if flags & TPFLAGS_NEW != 0:
            text = "object.__new__() takes exactly one argument (the type to instantiate)"
            raise m.error(T_TYPE_ERROR, text)
        if not has_own_init(w, t):
            raise m.error(T_TYPE_ERROR, name_of_type(m, t) + "() takes no arguments")
    return plain_instance(m, t)


def is_plain(w: vec[i64], t: i64, init: i64) -> bool:
    """Are t's instances made by object's `__new__` and initialised by object's `__init__`, that is, by nothing?"""
    if w[init + OB_TYPE] != T_WRAPPER or w[init + NATIVE_OWNER] != T_OBJECT:
        return False
    return w[t + TP_NATIVE_NEW] == w[T_OBJECT + TP_NATIVE_NEW]


def plain_instance(m: Machine, t: i64) -> i64:
    """What object.__new__(t) makes; TypeError if t has abstract methods."""
    w = m.words
    if w[t + TP_FLAGS] & TPFLAGS_ABSTRACT != 0:
        raise abstract_error(m, t)
    if w[t + TP_VALUES] != 0:
        return new_instance(m, t)
    if w[t + TP_GC] != 0:
        return gc_alloc(m, t)
    return new_object(m, t)


def object_init(m: Machine, o: i64, at: i64, n: i64) -> None:
    """object.__init__(self, *args, **keywords): nothing, or TypeError if there are arguments nobody takes."""
    w = m.words
    if n <= 2 and not has_keywords(w, w[at + n - 1]):
        return
    t: i64 = w[o + OB_TYPE]
    init: i64 = type_lookup(w, t, ID_INIT)
    if w[init + OB_TYPE] != T_WRAPPER or w[init + NATIVE_OWNER] != T_OBJECT:
        text = "object.__init__() takes exactly one argument (the instance to initialize)"
        raise m.error(T_TYPE_ERROR, text)
    if w[t + TP_FLAGS] & TPFLAGS_NEW == 0 and w[t + TP_SOLID] == T_OBJECT:
        text = ".__init__() takes exactly one argument (the instance to initialize)"
        raise m.error(T_TYPE_ERROR, name_of_type(m, t) + text)


def abstract_error(m: Machine, t: i64) -> Raised:
    """TypeError that names the abstract methods of t."""
    methods: i64 = type_lookup(m.words, t, ID_ABSTRACTMETHODS)
    names: list[str] = []
    iterator: i64 = m.iter(methods)
    try:
        while True:
            item: i64 = m.next(iterator)
            if item == 0:
                break
            names.append(host_str(m, item))
            decref(m, m.words, item)
    finally:
        decref(m, m.words, iterator)
    names.sort()
    text = "Can't instantiate abstract class " + name_of_type(m, t) + " with abstract method"
    return m.error(T_TYPE_ERROR, text + ("s " if len(names) > 1 else " ") + ", ".join(names))
