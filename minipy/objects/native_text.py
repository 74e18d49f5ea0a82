"""The built-in types' repr, str and format, chosen by TP_SOLID.

CPython counterpart: the tp_repr and tp_str slots, `__format__` methods of the built-in types.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import WRAPPED_FUNCTION
from minipy.memory.statics import (
    T_BASE_EXCEPTION,
    T_BIGINT,
    T_BOOL,
    T_BUILTIN,
    T_BYTEARRAY,
    T_BYTES,
    T_CELL,
    T_CLASSMETHOD,
    T_CLASSMETHOD_DESCRIPTOR,
    T_CODE,
    T_COMPLEX,
    T_DEQUE,
    T_DICT,
    T_DICT_ITEMS,
    T_DICT_KEYS,
    T_DICT_VALUES,
    T_ELLIPSIS,
    T_FLOAT,
    T_FROZENSET,
    T_FUNCTION,
    T_GENERATOR,
    T_GENERIC_ALIAS,
    T_GETSET,
    T_INT,
    T_ITERTOOL,
    T_LIST,
    T_MAPPINGPROXY,
    T_MEMBER,
    T_METHOD,
    T_METHOD_DESCRIPTOR,
    T_METHOD_WRAPPER,
    T_MODULE,
    T_NONE,
    T_NOT_IMPLEMENTED,
    T_RANGE,
    T_SET,
    T_SIMPLE_NAMESPACE,
    T_SLICE,
    T_STATICMETHOD,
    T_STR,
    T_SUPER,
    T_TUPLE,
    T_TYPE,
    T_UNION,
    T_WRAPPER,
)
from minipy.objects.bytearrayobject import bytearray_repr
from minipy.objects.bytesobject import bytes_repr
from minipy.objects.cellobject import cell_repr
from minipy.objects.codeobject import code_repr
from minipy.objects.complexobject import complex_repr
from minipy.objects.deque_sequence import deque_repr
from minipy.objects.descrobject import wrapped_repr
from minipy.objects.dict_methods import dict_repr
from minipy.objects.dictviews import view_repr
from minipy.objects.exctext import exception_repr, exception_str
from minipy.objects.float_methods import float_repr
from minipy.objects.formatting import format_complex, format_float, format_int, format_str
from minipy.objects.funcobject import function_repr, generator_repr
from minipy.objects.genericalias import alias_repr
from minipy.objects.itertool_next import tool_repr
from minipy.objects.list_methods import list_repr
from minipy.objects.long_methods import bool_repr, long_repr
from minipy.objects.machine import Machine
from minipy.objects.mappingproxy import proxy_repr
from minipy.objects.methodobject import method_repr
from minipy.objects.methodobject import native_repr as descriptor_repr
from minipy.objects.moduleobject import module_repr
from minipy.objects.namespaceobject import namespace_repr
from minipy.objects.object_methods import object_format
from minipy.objects.range_methods import range_repr
from minipy.objects.reprs import default_repr
from minipy.objects.set_operators import set_repr
from minipy.objects.slice_methods import slice_repr
from minipy.objects.superobject import super_repr
from minipy.objects.tupleobject import tuple_repr
from minipy.objects.type_methods import type_repr
from minipy.objects.unicode_methods import str_repr
from minipy.objects.unicode_slice import exact_str
from minipy.objects.unicodeobject import new_str


def native_repr(m: Machine, solid: i64, o: i64) -> i64:
    """repr(o) as the built-in type `solid` writes it, owned."""
    if solid == T_STR:
        return str_repr(m, o)
    if solid == T_INT or solid == T_BIGINT:
        return long_repr(m, o)
    if solid == T_FLOAT:
        return float_repr(m, o)
    if solid == T_NONE:
        return new_str(m, "None")
    if solid == T_BOOL:
        return bool_repr(m, o)
    if solid == T_LIST:
        return list_repr(m, o)
    if solid == T_TUPLE:
        return tuple_repr(m, o)
    if solid == T_DICT:
        return dict_repr(m, o)
    if solid == T_SET or solid == T_FROZENSET:
        return set_repr(m, o)
    if solid == T_TYPE:
        return type_repr(m, o)
    if solid == T_BASE_EXCEPTION:
        return exception_repr(m, o)
    return repr_of_values(m, solid, o)


def repr_of_values(m: Machine, solid: i64, o: i64) -> i64:
    """The rest of native_repr: values."""
    if solid == T_BYTES:
        return bytes_repr(m, o)
    if solid == T_BYTEARRAY:
        return bytearray_repr(m, o)
    if solid == T_COMPLEX:
        return complex_repr(m, o)
    if solid == T_RANGE:
        return range_repr(m, o)
    if solid == T_SLICE:
        return slice_repr(m, o)
    if solid == T_DICT_KEYS or solid == T_DICT_VALUES or solid == T_DICT_ITEMS:
        return view_repr(m, o)
    if solid == T_ELLIPSIS:
        return new_str(m, "Ellipsis")
    if solid == T_NOT_IMPLEMENTED:
        return new_str(m, "NotImplemented")
    if solid == T_SIMPLE_NAMESPACE:
        return namespace_repr(m, o)
    if solid == T_MAPPINGPROXY:
        return proxy_repr(m, o)
    if solid == T_GENERIC_ALIAS or solid == T_UNION:
        return alias_repr(m, o)
    return repr_of_machinery(m, solid, o)


def repr_of_machinery(m: Machine, solid: i64, o: i64) -> i64:
    """The rest of native_repr: functions, descriptors, modules; then the default."""
    if solid == T_FUNCTION:
        return function_repr(m, o)
    if solid == T_BUILTIN or solid == T_METHOD_WRAPPER or solid == T_METHOD_DESCRIPTOR or solid == T_WRAPPER:
        return descriptor_repr(m, o)
    if solid == T_GETSET or solid == T_MEMBER or solid == T_CLASSMETHOD_DESCRIPTOR:
        return descriptor_repr(m, o)
    if solid == T_METHOD:
        return method_repr(m, o)
    if solid == T_MODULE:
        return module_repr(m, o)
    if solid == T_STATICMETHOD or solid == T_CLASSMETHOD:
        return wrapped_repr(m, o)
    if solid == T_SUPER:
        return super_repr(m, o)
    if solid == T_GENERATOR:
        return generator_repr(m, o)
    if solid == T_DEQUE:
        return deque_repr(m, o)
    if solid == T_ITERTOOL:
        return tool_repr(m, o)
    if solid == T_CODE:
        return code_repr(m, o)
    if solid == T_CELL:
        return cell_repr(m, o)
    return new_str(m, default_repr(m, o))


def has_own_str(solid: i64) -> bool:
    """Has the built-in type a str() other than its repr()?"""
    return solid == T_STR or solid == T_BASE_EXCEPTION or solid == T_MAPPINGPROXY


def native_str(m: Machine, solid: i64, o: i64) -> i64:
    """str(o) as the built-in type `solid` (has_own_str) writes it, owned."""
    if solid == T_STR:
        return exact_str(m, o)
    if solid == T_BASE_EXCEPTION:
        return exception_str(m, o)
    return m.str(m.words[o + WRAPPED_FUNCTION])


def native_format(m: Machine, solid: i64, o: i64, spec: i64) -> i64:
    """format(o, spec) as the built-in type `solid` does it, owned."""
    if solid == T_STR:
        return format_str(m, o, spec)
    if solid == T_INT or solid == T_BIGINT or solid == T_BOOL:
        return format_int(m, o, spec)
    if solid == T_FLOAT:
        return format_float(m, o, spec)
    if solid == T_COMPLEX:
        return format_complex(m, o, spec)
    return object_format(m, o, spec)
