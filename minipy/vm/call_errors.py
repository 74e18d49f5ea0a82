"""The TypeErrors of a call whose arguments do not fit the function, with CPython's words.

CPython counterpart: Python/ceval.c (missing_arguments, format_missing, too_many_positional, ...).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_ARGCOUNT,
    CO_KWONLYARGCOUNT,
    CO_POSONLYARGCOUNT,
    CO_VARNAMES,
    FUNC_CODE,
    FUNC_DEFAULTS,
    FUNC_QUALNAME,
    OB_SIZE,
    TUPLE_ITEMS,
)
from minipy.memory.statics import T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str, str_equal


def function_name(m: Machine, function: i64) -> str:
    """`Class.method`, as the messages name it."""
    return host_str(m, m.words[function + FUNC_QUALNAME])


def parameter_name(m: Machine, function: i64, i: i64) -> str:
    """The name of the parameter with this index."""
    w = m.words
    return host_str(m, w[w[w[function + FUNC_CODE] + CO_VARNAMES] + TUPLE_ITEMS + i])


def joined(names: list[str]) -> str:
    """'a', 'a' and 'b', or 'a', 'b', and 'c'."""
    quoted = [f"'{name}'" for name in names]
    if len(quoted) < 3:
        return " and ".join(quoted)
    return ", ".join(quoted[:-1]) + ", and " + quoted[-1]


def missing(m: Machine, function: i64, kind: str, names: list[str]) -> Raised:
    """... missing 2 required positional arguments: 'a' and 'b'."""
    plural = "" if len(names) == 1 else "s"
    text = f"{function_name(m, function)}() missing {len(names)} required {kind} argument{plural}: {joined(names)}"
    return m.error(T_TYPE_ERROR, text)


def missing_positional(m: Machine, function: i64, new: i64, first_default: i64) -> Raised:
    """Parameters before the first default whose local at `new` is empty."""
    names: list[str] = []
    i: i64 = 0
    while i < first_default:
        if m.words[new + i] == 0:
            names.append(parameter_name(m, function, i))
        i += 1
    return missing(m, function, "positional", names)


def missing_keyword_only(m: Machine, function: i64, new: i64) -> Raised:
    """Keyword-only parameters whose local at `new` is empty."""
    w = m.words
    code: i64 = w[function + FUNC_CODE]
    names: list[str] = []
    i: i64 = w[code + CO_ARGCOUNT]
    end: i64 = i + w[code + CO_KWONLYARGCOUNT]
    while i < end:
        if m.words[new + i] == 0:
            names.append(parameter_name(m, function, i))
        i += 1
    return missing(m, function, "keyword-only", names)


def too_many(m: Machine, function: i64, given: i64, new: i64) -> Raised:
    """... takes from 1 to 2 positional arguments but 3 were given."""
    w = m.words
    code: i64 = w[function + FUNC_CODE]
    most: i64 = w[code + CO_ARGCOUNT]
    defaults: i64 = w[w[function + FUNC_DEFAULTS] + OB_SIZE] if w[function + FUNC_DEFAULTS] != 0 else 0
    keyword_given: i64 = 0
    i: i64 = most
    while i < most + w[code + CO_KWONLYARGCOUNT]:
        if w[new + i] != 0:
            keyword_given += 1
        i += 1
    takes = f"{most}" if defaults == 0 else f"from {most - defaults} to {most}"
    plural = "s" if defaults != 0 or most != 1 else ""
    were = f"{given} {'was' if given == 1 and keyword_given == 0 else 'were'}"
    if keyword_given > 0:
        were = f"{given} positional argument{'s' if given != 1 else ''} (and {keyword_given} keyword-only argument"
        were += f"{'s' if keyword_given != 1 else ''}) were"
    text = f"{function_name(m, function)}() takes {takes} positional argument{plural} but {were} given"
    return m.error(T_TYPE_ERROR, text)


def multiple_values(m: Machine, function: i64, name: i64) -> Raised:
    """... got multiple values for argument 'a'."""
    text = f"{function_name(m, function)}() got multiple values for argument '{host_str(m, name)}'"
    return m.error(T_TYPE_ERROR, text)


def unexpected_keyword(m: Machine, function: i64, name: i64, names: i64) -> Raised:
    """... got an unexpected keyword argument 'z', or positional-only parameters given by name."""
    by_name = positional_only_given(m, function, names)
    if by_name:
        text = f"{function_name(m, function)}() got some positional-only arguments passed as keyword arguments: "
        return m.error(T_TYPE_ERROR, text + f"'{', '.join(by_name)}'")
    text = f"{function_name(m, function)}() got an unexpected keyword argument '{host_str(m, name)}'"
    return m.error(T_TYPE_ERROR, text)


def positional_only_given(m: Machine, function: i64, names: i64) -> list[str]:
    """The positional-only parameters that the call names."""
    w = m.words
    code: i64 = w[function + FUNC_CODE]
    found: list[str] = []
    i: i64 = 0
    while i < w[code + CO_POSONLYARGCOUNT]:
        parameter: i64 = w[w[code + CO_VARNAMES] + TUPLE_ITEMS + i]
        j: i64 = 0
        while j < w[names + OB_SIZE]:
            if str_equal(w, parameter, w[names + TUPLE_ITEMS + j]):
                found.append(host_str(m, parameter))
            j += 1
        i += 1
    return found
