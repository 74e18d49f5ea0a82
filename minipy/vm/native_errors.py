"""The TypeErrors of a native function that is called with arguments it does not take, with CPython's words.

CPython has several ways to take arguments apart, each with its own messages. Which one a native would use there can
be told from its table: with names of parameters it is `by_name`; exactly none or one without names is METH_NOARGS or
METH_O; str.find and its kin, which take one to three, use PyArg_ParseTuple; the rest are counted only.

CPython counterpart: Python/getargs.c (_PyArg_UnpackKeywords, _PyArg_CheckPositional), Objects/methodobject.c
(cfunction_vectorcall_O, cfunction_check_kwargs), Objects/typeobject.c (check_num_args).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    NATIVE_FAMILY,
    NATIVE_MAX,
    NATIVE_MIN,
    NATIVE_NAME,
    NATIVE_NUMBER,
    NATIVE_OWNER,
    NATIVE_PARAMETERS,
    NATIVE_POSITIONAL,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
)
from minipy.memory.statics import (
    T_ELLIPSIS,
    T_ENUMERATE,
    T_NONE,
    T_NOT_IMPLEMENTED,
    T_STR,
    T_SUPER,
    T_TYPE,
    T_TYPE_ERROR,
)
from minipy.memory.words import Raised, vec
from minipy.objects.identifiers import ID_INIT, ID_NEW
from minipy.objects.machine import Machine
from minipy.objects.natives import FAMILY_BYTES, FAMILY_NEW, FAMILY_SLOT, FAMILY_STR, takes_rest
from minipy.objects.typeobject import is_type, name_of_type
from minipy.objects.unicodeobject import host_str
from minipy.vm.call_errors import joined
from minipy.vm.module_families import FAMILY_RANDOM


# ---------------------------------------------------------------- names
def plain_name(m: Machine, f: i64) -> str:
    """The native's name; a constructor and an `__init__` are named as their type."""
    w = m.words
    if w[f + NATIVE_FAMILY] == FAMILY_NEW:
        return name_of_type(m, w[f + NATIVE_NUMBER])
    if w[f + NATIVE_NAME] == ID_INIT or is_constructor(m, f):
        return name_of_type(m, w[f + NATIVE_OWNER])
    return host_str(m, w[f + NATIVE_NAME])


def qualified(m: Machine, f: i64, bound: i64) -> str:
    """The name with its type or module: `list.append`, `math.sqrt`, but `len`."""
    w = m.words
    name = plain_name(m, f)
    owner: i64 = w[f + NATIVE_OWNER]
    if is_constructor(m, f):
        return name
    if owner != 0 and w[owner + OB_TYPE] == T_TYPE:
        return f"{name_of_type(m, owner)}.{name}"
    if owner != 0 and w[owner + OB_TYPE] == T_STR and host_str(m, owner) != "builtins":
        return f"{host_str(m, owner)}.{name}"
    if bound != 0:
        return f"{name_of_type(m, bound) if is_type(w, bound) else m.type_name(bound)}.{name}"
    return name


def hidden(m: Machine, f: i64) -> i64:
    """How many of the positional arguments the messages do not count: a constructor's class."""
    return 1 if is_constructor(m, f) else 0


def is_constructor(m: Machine, f: i64) -> bool:
    """Is the native a `__new__`, of a built-in type or of a native module's class?"""
    w = m.words
    if w[f + NATIVE_FAMILY] == FAMILY_NEW:
        return True
    return w[f + NATIVE_NAME] == ID_NEW and w[f + NATIVE_OWNER] != 0


def rest_count(m: Machine, f: i64) -> i64:
    """1 if the native takes any other keywords too, else 0."""
    return 1 if takes_rest(m.words, m.words[f + NATIVE_PARAMETERS]) else 0


def is_by_name(m: Machine, f: i64) -> bool:
    """Has the native parameters with names, and a largest number of them?"""
    w = m.words
    if w[f + NATIVE_PARAMETERS] == 0 or w[f + NATIVE_MAX] < 0:
        return False
    return w[w[f + NATIVE_PARAMETERS] + OB_SIZE] > rest_count(m, f)


def is_search(family: i64) -> bool:
    """str's and bytes' find and its like are parsed in another way, which words its errors otherwise."""
    return family == FAMILY_STR or family == FAMILY_BYTES


def plural(n: i64) -> str:
    """The ending of a noun after n."""
    return "" if n == 1 else "s"


# ---------------------------------------------------------------- counts
def most_arguments(m: Machine, f: i64) -> i64:
    """How many arguments a native with named parameters takes in all; -1: any number."""
    w = m.words
    if not is_by_name(m, f) or rest_count(m, f) == 1 or is_function(m, f):
        return -1
    return w[f + NATIVE_MAX] + w[w[f + NATIVE_PARAMETERS] + OB_SIZE] - w[f + NATIVE_POSITIONAL]


def too_many(m: Machine, f: i64, given: i64, keywords: i64) -> Raised:
    """More arguments than there are parameters."""
    most: i64 = most_arguments(m, f) - hidden(m, f)
    given -= hidden(m, f)
    kind = "keyword " if given == 0 else ""
    text = f"{plain_name(m, f)}() takes at most {most} {kind}argument{plural(most)} ({given + keywords} given)"
    return m.error(T_TYPE_ERROR, text)


def wrong_count(m: Machine, f: i64, bound: i64, given: i64) -> Raised:
    """Too few or too many positional arguments, `given` without self."""
    w = m.words
    own: i64 = hidden(m, f)
    if given < own:
        return m.error(T_TYPE_ERROR, f"{plain_name(m, f)}.__new__(): not enough arguments")
    if is_of_singleton(w, f):
        return nothing_taken(m, w[f + NATIVE_NUMBER])
    if is_by_name(m, f):
        return wrong_count_by_name(m, f, given)
    least: i64 = w[f + NATIVE_MIN] - own
    most: i64 = w[f + NATIVE_MAX] - own
    given -= own
    full = qualified(m, f, bound)
    if least == most and own == 0 and w[f + NATIVE_FAMILY] != FAMILY_SLOT:
        if least == 0:
            return m.error(T_TYPE_ERROR, f"{full}() takes no arguments ({given} given)")
        if least == 1:
            return m.error(T_TYPE_ERROR, f"{full}() takes exactly one argument ({given} given)")
    count: i64 = least if given < least else most
    how = "" if least == most else ("at least " if given < least else "at most ")
    if is_search(w[f + NATIVE_FAMILY]) and least == 1 and most == 3:
        return m.error(T_TYPE_ERROR, f"{plain_name(m, f)}() takes {how}{count} argument{plural(count)} ({given} given)")
    name = "super() " if own == 1 and w[f + NATIVE_NUMBER] == T_SUPER else plain_name(m, f) + " "
    if w[f + NATIVE_FAMILY] == FAMILY_SLOT:
        name = "" if most < 2 else " "
    return m.error(T_TYPE_ERROR, f"{name}expected {how}{count} argument{plural(count)}, got {given}")


def is_of_singleton(w: vec[i64], f: i64) -> bool:
    """Is the native the `__new__` of a type that has one instance, which it gives?"""
    t: i64 = w[f + NATIVE_NUMBER]
    return w[f + NATIVE_FAMILY] == FAMILY_NEW and (t == T_NONE or t == T_ELLIPSIS or t == T_NOT_IMPLEMENTED)


def nothing_taken(m: Machine, t: i64) -> Raised:
    """Arguments for such a type."""
    name = "EllipsisType" if t == T_ELLIPSIS else name_of_type(m, t)
    return m.error(T_TYPE_ERROR, f"{name} takes no arguments")


def wrong_count_by_name(m: Machine, f: i64, given: i64) -> Raised:
    """The same for a native with named parameters."""
    if is_function(m, f):
        return too_many_positional(m, f, given)
    w = m.words
    own: i64 = hidden(m, f)
    least: i64 = w[f + NATIVE_MIN] - own
    most: i64 = w[f + NATIVE_MAX] - own
    given -= own
    if given + own > most_arguments(m, f) and rest_count(m, f) == 0:
        return too_many(m, f, given + own, 0)
    if most == 0:
        return m.error(T_TYPE_ERROR, f"{plain_name(m, f)}() takes no positional arguments")
    count: i64 = most
    how = "at most" if least < most else "exactly"
    if given <= most:
        count = min(least, most - w[f + NATIVE_POSITIONAL])
        how = "at least" if count < most else "exactly"
    text = f"{plain_name(m, f)}() takes {how} {count} positional argument{plural(count)} ({given} given)"
    return m.error(T_TYPE_ERROR, text)


# ---------------------------------------------------------------- keywords
def no_keywords(m: Machine, f: i64, bound: i64) -> Raised:
    """Keyword arguments for a native that takes none."""
    if is_of_singleton(m.words, f):
        return nothing_taken(m, m.words[f + NATIVE_NUMBER])
    if m.words[f + NATIVE_FAMILY] == FAMILY_SLOT:
        return m.error(T_TYPE_ERROR, f"wrapper {plain_name(m, f)}() takes no keyword arguments")
    return m.error(T_TYPE_ERROR, f"{qualified(m, f, bound)}() takes no keyword arguments")


def parameter_name(m: Machine, f: i64, i: i64) -> str:
    """The name of the parameter for positional argument i."""
    w = m.words
    index: i64 = i - (w[f + NATIVE_MAX] - w[f + NATIVE_POSITIONAL])
    return host_str(m, w[w[f + NATIVE_PARAMETERS] + TUPLE_ITEMS + index])


def missing(m: Machine, f: i64, first: i64, i: i64) -> Raised:
    """Of the arguments at `first`, number i and perhaps further ones are not given at all."""
    if is_function(m, f):
        return missing_positional(m, f, first, i)
    w = m.words
    argument = parameter_name(m, f, i)
    text = f"{plain_name(m, f)}() missing required argument '{argument}'"
    if w[f + NATIVE_FAMILY] == FAMILY_NEW and w[f + NATIVE_NUMBER] == T_ENUMERATE:
        return m.error(T_TYPE_ERROR, text)
    return m.error(T_TYPE_ERROR, f"{text} (pos {i + 1 - hidden(m, f)})")


def twice(m: Machine, f: i64, name: i64, index: i64) -> Raised:
    """The parameter with this index among the named ones is given by position and by name."""
    if is_function(m, f):
        text = f"{qualified(m, f, 0)}() got multiple values for argument '{host_str(m, name)}'"
        return m.error(T_TYPE_ERROR, text)
    w = m.words
    position: i64 = w[f + NATIVE_MAX] - w[f + NATIVE_POSITIONAL] + index + 1 - hidden(m, f)
    text = f"argument for {plain_name(m, f)}() given by name ('{host_str(m, name)}') and position ({position})"
    return m.error(T_TYPE_ERROR, text)


def unexpected(m: Machine, f: i64, name: i64) -> Raised:
    """A name that no parameter has. sorted hands its keywords on to list.sort."""
    if is_function(m, f):
        text = f"{qualified(m, f, 0)}() got an unexpected keyword argument '{host_str(m, name)}'"
        return m.error(T_TYPE_ERROR, text)
    function = plain_name(m, f)
    if function == "sorted":
        function = "sort"
    text = f"'{host_str(m, name)}' is an invalid keyword argument for {function}()"
    return m.error(T_TYPE_ERROR, text)


# ---------------------------------------------------------------- what CPython writes in Python
def is_function(m: Machine, f: i64) -> bool:
    """Is the native a function written in Python there, the methods of random.Random?"""
    w = m.words
    return w[f + NATIVE_FAMILY] == FAMILY_RANDOM and w[f + NATIVE_PARAMETERS] != 0


def too_many_positional(m: Machine, f: i64, given: i64) -> Raised:
    """... takes from 2 to 4 positional arguments but 5 were given; self counts."""
    w = m.words
    least: i64 = w[f + NATIVE_MIN] + 1
    most: i64 = w[f + NATIVE_MAX] + 1
    takes = f"{most}" if least == most else f"from {least} to {most}"
    text = f"{qualified(m, f, 0)}() takes {takes} positional argument{plural(most)} but {given + 1} were given"
    return m.error(T_TYPE_ERROR, text)


def missing_positional(m: Machine, f: i64, first: i64, i: i64) -> Raised:
    """... missing 2 required positional arguments: 'a' and 'b'."""
    names: list[str] = []
    while i < m.words[f + NATIVE_MIN]:
        if m.words[first + i] == 0:
            names.append(parameter_name(m, f, i))
        i += 1
    count: i64 = len(names)
    text = f"{qualified(m, f, 0)}() missing {count} required positional argument{plural(count)}: {joined(names)}"
    return m.error(T_TYPE_ERROR, text)
