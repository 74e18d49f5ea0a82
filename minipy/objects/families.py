"""From the number of a native's family to the module of objects that implements it.

CPython counterpart: the C function pointers in PyMethodDef and PyGetSetDef. Modules outside objects have families
from FAMILY_MODULES on.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.statics import T_SYSTEM_ERROR
from minipy.objects import (
    bytearray_methods,
    bytes_methods,
    cellobject,
    codeobject,
    complex_methods,
    descrobject,
    dict_methods,
    dictview_methods,
    excmethods,
    float_methods,
    funcobject,
    genericalias,
    iterobject,
    list_methods,
    long_methods,
    mappingproxy,
    methodobject,
    moduleobject,
    object_methods,
    range_methods,
    set_methods,
    slice_methods,
    slots,
    superobject,
    tuple_methods,
    type_methods,
    typecall,
    unicode_methods,
    weakproxy,
    weakrefobject,
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
    FAMILY_SLOT,
    FAMILY_STR,
    FAMILY_SUPER,
    FAMILY_TUPLE,
    FAMILY_TYPE,
    FAMILY_WEAKPROXY,
    FAMILY_WEAKREF,
)


def call(m: Machine, family: i64, number: i64, at: i64, n: i64) -> i64:
    """Run the native: n borrowed arguments (self first) at `at` on the run-time stack. Owned result."""
    if family == FAMILY_LIST:
        return list_methods.call(m, number, at, n)
    if family == FAMILY_STR:
        return unicode_methods.call(m, number, at, n)
    if family == FAMILY_DICT:
        return dict_methods.call(m, number, at, n)
    if family == FAMILY_NEW:
        return typecall.native_new(m, number, at, n)
    if family == FAMILY_SLOT:
        return slots.call(m, number, at, n)
    if family == FAMILY_SET:
        return set_methods.call(m, number, at, n)
    if family == FAMILY_INT:
        return long_methods.call(m, number, at, n)
    if family == FAMILY_FLOAT:
        return float_methods.call(m, number, at, n)
    if family == FAMILY_TUPLE:
        return tuple_methods.call(m, number, at, n)
    if family == FAMILY_DICT_VIEW:
        return dictview_methods.call(m, number, at, n)
    if family == FAMILY_RANGE:
        return range_methods.call(m, number, at, n)
    return call_rarer(m, family, number, at, n)


def call_rarer(m: Machine, family: i64, number: i64, at: i64, n: i64) -> i64:
    """The rest of `call`."""
    if family == FAMILY_OBJECT:
        return object_methods.call(m, number, at, n)
    if family == FAMILY_TYPE:
        return type_methods.call(m, number, at, n)
    if family == FAMILY_DESCRIPTOR:
        return descrobject.call(m, number, at, n)
    if family == FAMILY_EXCEPTION:
        return excmethods.call(m, number, at, n)
    if family == FAMILY_BYTES:
        return bytes_methods.call(m, number, at, n)
    if family == FAMILY_BYTEARRAY:
        return bytearray_methods.call(m, number, at, n)
    if family == FAMILY_COMPLEX:
        return complex_methods.call(m, number, at, n)
    if family == FAMILY_SLICE:
        return slice_methods.call(m, number, at, n)
    if family == FAMILY_ITER:
        return iterobject.call(m, number, at, n)
    if family == FAMILY_MAPPINGPROXY:
        return mappingproxy.call(m, number, at, n)
    if family == FAMILY_GENERIC_ALIAS:
        return genericalias.call(m, number, at, n)
    if family == FAMILY_MODULE:
        return moduleobject.call(m, number, at, n)
    if family == FAMILY_WEAKREF:
        return weakrefobject.call(m, number, at, n)
    if family == FAMILY_WEAKPROXY:
        return weakproxy.call(m, number, at, n)
    raise m.error(T_SYSTEM_ERROR, "no such family of natives")


def get(m: Machine, family: i64, number: i64, o: i64) -> i64:
    """A computed attribute of o, owned."""
    if family == FAMILY_OBJECT:
        return object_methods.get(m, number, o)
    if family == FAMILY_TYPE:
        return type_methods.get(m, number, o)
    if family == FAMILY_FUNCTION:
        return funcobject.get(m, number, o)
    if family == FAMILY_EXCEPTION:
        return excmethods.get(m, number, o)
    if family == FAMILY_METHOD:
        return methodobject.get(m, number, o)
    if family == FAMILY_DESCRIPTOR:
        return descrobject.get(m, number, o)
    if family == FAMILY_MODULE:
        return moduleobject.get(m, number, o)
    if family == FAMILY_CELL:
        return cellobject.get(m, number, o)
    if family == FAMILY_CODE:
        return codeobject.get(m, number, o)
    if family == FAMILY_SUPER:
        return superobject.get(m, number, o)
    if family == FAMILY_GENERIC_ALIAS:
        return genericalias.get(m, number, o)
    return get_value(m, family, number, o)


def get_value(m: Machine, family: i64, number: i64, o: i64) -> i64:
    """The rest of `get`: attributes of numbers, ranges, views."""
    if family == FAMILY_INT:
        return long_methods.get(m, number, o)
    if family == FAMILY_FLOAT:
        return float_methods.get(m, number, o)
    if family == FAMILY_COMPLEX:
        return complex_methods.get(m, number, o)
    if family == FAMILY_RANGE:
        return range_methods.get(m, number, o)
    if family == FAMILY_SLICE:
        return slice_methods.get(m, number, o)
    if family == FAMILY_DICT_VIEW:
        return dictview_methods.get(m, number, o)
    if family == FAMILY_WEAKREF:
        return weakrefobject.get(m, number, o)
    raise m.error(T_SYSTEM_ERROR, "no such family of natives")


def set(m: Machine, family: i64, number: i64, o: i64, value: i64) -> None:
    """Set (value 0: delete) a computed attribute of a family that natives.has_setters."""
    if family == FAMILY_OBJECT:
        object_methods.set(m, number, o, value)
    elif family == FAMILY_TYPE:
        type_methods.set(m, number, o, value)
    elif family == FAMILY_FUNCTION:
        funcobject.set(m, number, o, value)
    elif family == FAMILY_EXCEPTION:
        excmethods.set(m, number, o, value)
    elif family == FAMILY_DESCRIPTOR:
        descrobject.set(m, number, o, value)
    elif family == FAMILY_MODULE:
        moduleobject.set(m, number, o, value)
    else:
        cellobject.set_contents(m, o, value)
