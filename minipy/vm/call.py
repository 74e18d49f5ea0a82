"""Calls of everything callable: functions, natives, bound methods, classes, objects with `__call__`.

Two entries:
- `call_names`, for the loop: callable and arguments lie on the operand stack; a minipy function gets its record pushed
  and the loop goes on in it, anything else gives its result.
- `call_pushed`, for native code: the same to the end, through a loop of its own if need be, and popped.

The caller's address goes into FRAME_RETURN from W_PC, flags included: native code sets RETURN_TO_NATIVE there first.

CPython counterpart: Objects/call.c, Objects/typeobject.c (type_call), Python/ceval.c (CALL).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.bytecode.code import CO_GENERATOR
from minipy.memory.layout import (
    CO_FIRST,
    CO_FLAGS,
    CO_NLOCALSPLUS,
    CO_SIMPLE,
    CO_STACKSIZE,
    DICT_USED,
    FUNC_CODE,
    METHOD_FUNCTION,
    METHOD_SELF,
    NATIVE_OWNER,
    OB_TYPE,
    RETURN_INSTANCE,
    RETURN_PC,
    RETURN_SPREAD,
    RETURN_TO_NATIVE,
    STACK_END,
    STACK_MARGIN,
    TP_FLAGS,
    TP_SOLID,
    TP_VALUES,
    TPFLAGS_ABSTRACT,
    TPFLAGS_EXCEPTION,
    TPFLAGS_NEW,
    TPFLAGS_TYPE,
    TUPLE_ITEMS,
    W_BASE,
    W_DEPTH,
    W_NATIVE_DEPTH,
    W_PC,
    W_RECURSION_LIMIT,
    W_SP,
    WRAPPED_FUNCTION,
)
from minipy.memory.layout_modules import PARTIAL_ARGS, PARTIAL_FUNCTION, PARTIAL_KEYWORDS
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    NONE,
    T_BUILTIN,
    T_CLASSMETHOD_DESCRIPTOR,
    T_FUNCTION,
    T_METHOD,
    T_METHOD_DESCRIPTOR,
    T_METHOD_WRAPPER,
    T_OBJECT,
    T_PARTIAL,
    T_STATICMETHOD,
    T_TYPE,
    T_TYPE_ERROR,
    T_WEAKREF,
    T_WRAPPER,
)
from minipy.memory.words import Raised, copy_many
from minipy.objects import attributes
from minipy.objects.classobject import counted_instance
from minipy.objects.identifiers import ID_CALL, ID_INIT, ID_NEW
from minipy.objects.machine import Machine
from minipy.objects.recursion import CALLING, count_native, enter, enter_call, leave, leave_call
from minipy.objects.typecall import is_filled_later, is_plain, plain_instance
from minipy.objects.typeobject import is_subtype, type_lookup, type_of
from minipy.objects.unicodeerrors import is_coding_error
from minipy.objects.weakrefobject import dereference
from minipy.vm.binding import bind
from minipy.vm.frame import pop_values, push_record, recursion_error
from minipy.vm.native_call import call_native, make_instance, push
from minipy.vm.operands import empty_operands, held_copies, keep_arguments, push_all, spread_tuple


def call_slow(m: Machine, at: i64, n: i64) -> i64:
    """`call_names` without keyword arguments."""
    return call_names(m, at, n, 0)


def call_names(m: Machine, at: i64, n: i64, names: i64) -> i64:
    """Call the object at `at` - 1 with n arguments at `at`, the last ones named by the tuple `names` (0: none).

    W_SP is the end of the arguments. Returns the result (owned; callable and arguments are still on the stack), or
    0: a record was pushed in their place and W_BASE, W_SP, W_PC are its own.
    """
    w = m.words
    f: i64 = w[at - 1]
    t: i64 = w[f + OB_TYPE]
    if t == T_BUILTIN or t == T_METHOD_DESCRIPTOR or t == T_WRAPPER or t == T_METHOD_WRAPPER or (
            t == T_CLASSMETHOD_DESCRIPTOR):
        return call_native(m, f, at, n, names)
    if t == T_FUNCTION:
        enter_function(m, at, n, names)
        return 0
    if w[t + TP_FLAGS] & TPFLAGS_TYPE != 0:
        return call_type(m, at, n, names)
    if t == T_METHOD:
        return call_bound(m, f, at, n, names)
    if t == T_WEAKREF and n == 0:
        return dereference(m, f)
    return call_object(m, f, at, n, names)


def enter_function(m: Machine, at: i64, n: i64, names: i64) -> None:
    """Bind the arguments of the function at `at` - 1 and make it the running record."""
    w = m.words
    f: i64 = w[at - 1]
    code: i64 = w[f + FUNC_CODE]
    if w[code + CO_SIMPLE] != n + 1 or names != 0:
        room: i64 = w[W_SP] + w[code + CO_NLOCALSPLUS] + w[code + CO_STACKSIZE]
        if w[W_DEPTH] >= w[W_RECURSION_LIMIT] or room >= STACK_END - STACK_MARGIN:
            raise recursion_error(m)
        bind(m, f, at, n, names)
        w = m.words
    w[W_SP] = push_record(m, w, code, w[W_SP], at, w[W_BASE], w[W_PC])
    w[W_PC] = code + CO_FIRST


def call_bound(m: Machine, f: i64, at: i64, n: i64, names: i64) -> i64:
    """Call the bound method at `at` - 1; the contract is that of call_names.

    bound method | arguments    becomes    function | self | arguments
    """
    w = m.words
    function: i64 = w[f + METHOD_FUNCTION]
    if w[function + OB_TYPE] != T_FUNCTION:
        return call_again(m, function, w[f + METHOD_SELF], at, n, names, 0)
    copy_many(w, at + 1, at, n)
    w[at] = w[f + METHOD_SELF]
    w[w[at]] += 1
    w[function] += 1
    w[at - 1] = function
    w[W_SP] = at + n + 1
    decref(m, w, f)
    try:
        enter_function(m, at, n + 1, names)
    except Raised:
        empty_operands(m, at - 1, at + n)
        raise
    return 0


def call_pushed(m: Machine, at: i64, n: i64, names: i64) -> i64:
    """Call what native code pushed: callable at `at` - 1, arguments to W_SP; all of it is popped, also on an error."""
    return call_flagged(m, at, n, names, RETURN_TO_NATIVE)


def call_spread(m: Machine, at: i64, n: i64, names: i64) -> i64:
    """As call_pushed, for arguments that lie in a tuple, too, which is held."""
    return call_flagged(m, at, n, names, RETURN_TO_NATIVE | RETURN_SPREAD)


def call_flagged(m: Machine, at: i64, n: i64, names: i64, flags: i64) -> i64:
    """As call_pushed, with the flags for W_PC; native code that calls native code counts as the loop does."""
    w = m.words
    pc: i64 = w[W_PC]
    depth: i64 = w[W_NATIVE_DEPTH]
    w[W_PC] = pc & RETURN_PC | flags
    try:
        count_native(m, depth)
        result: i64 = call_names(m, at, n, names)
    except Raised:
        pop_values(m, m.words, at - 1, m.words[W_SP])
        w = m.words
        w[W_SP] = at - 1
        w[W_PC] = pc
        w[W_NATIVE_DEPTH] = depth
        raise
    m.words[W_NATIVE_DEPTH] = depth
    if result == 0:
        return m.evaluate()
    pop_values(m, m.words, at - 1, m.words[W_SP])
    w = m.words
    w[W_SP] = at - 1
    w[W_PC] = pc
    return result


def call_again(m: Machine, function: i64, first: i64, at: i64, n: i64, names: i64, held: i64) -> i64:
    """Call `function` with `first` (0: nothing) put before the n arguments at `at`, as copies on top of the stack.

    `held` more copies of the arguments lie below for the time of the call, if there are names one of `first`, too.
    """
    bottom: i64 = m.words[W_SP]
    try:
        if names != 0 and (m.words[W_PC] & RETURN_SPREAD == 0 or m.words[at - 1] != first):
            push(m, first)
        while held > 0:
            push_all(m, at, n)
            held -= 1
        start: i64 = m.words[W_SP] + 1
        push(m, function)
        if first != 0:
            push(m, first)
        push_all(m, at, n)
        return call_pushed(m, start, m.words[W_SP] - start, names)
    finally:
        if m.words[W_SP] != bottom:
            empty_operands(m, bottom, bottom)


def tuple_items(m: Machine, at: i64) -> i64:
    """Release callable and arguments of a call with stars, at `at` - 1; return where the arguments lie in their tuple.

    The tuple lies below, below it the callable once more: see do_call.call_function_ex.
    """
    empty_operands(m, at - 1, at - 1)
    return m.words[at - 2] + TUPLE_ITEMS


def call_object(m: Machine, f: i64, at: i64, n: i64, names: i64) -> i64:
    """Call an object through its type's `__call__`; TypeError if there is none."""
    special: i64 = attributes.lookup_special(m, f, ID_CALL)
    if special == 0:
        raise m.error(T_TYPE_ERROR, f"'{m.type_name(f)}' object is not callable")
    w = m.words
    kind: i64 = w[special + OB_TYPE]
    if kind == T_METHOD_DESCRIPTOR and w[w[f + OB_TYPE] + TP_SOLID] == T_PARTIAL and (
            w[w[f + PARTIAL_KEYWORDS] + DICT_USED] == 0):
        return call_partial(m, f, at if held_copies(w, names) >= 0 else tuple_items(m, at), n, names)
    enter(m, CALLING)
    try:
        if kind == T_METHOD_DESCRIPTOR:
            return call_native(m, special, at - 1, n + 1, names)
        held: i64 = held_copies(m.words, names)
        if kind == T_FUNCTION:
            return call_again(m, special, f, at if held >= 0 else tuple_items(m, at), n, names, held)
        return call_bound_special(m, f, ID_CALL, at, n, names, held)
    finally:
        leave(m.words)


def call_partial(m: Machine, f: i64, at: i64, n: i64, names: i64) -> i64:
    """Call a functools.partial without keywords of its own: its function with its arguments and then these."""
    bottom: i64 = m.words[W_SP]
    try:
        push(m, m.words[f + PARTIAL_FUNCTION])
        spread_tuple(m, m.words[f + PARTIAL_ARGS])
        push_all(m, at, n)
        return call_pushed(m, bottom + 1, m.words[W_SP] - bottom - 1, names)
    finally:
        if m.words[W_SP] != bottom:
            empty_operands(m, bottom, bottom)


def call_bound_special(m: Machine, o: i64, name: i64, at: i64, n: i64, names: i64, held: i64) -> i64:
    """Call the special method of o, whatever it is, bound to o first."""
    bound: i64 = attributes.special(m, o, name)
    try:
        return call_again(m, bound, 0, at, n, names, held)
    finally:
        decref(m, m.words, bound)


# ---------------------------------------------------------------- classes
def call_type(m: Machine, at: i64, n: i64, names: i64) -> i64:
    """Call the class at `at` - 1: make an instance, initialise it. The contract is that of call_names."""
    w = m.words
    t: i64 = w[at - 1]
    meta: i64 = w[t + OB_TYPE]
    if meta != T_TYPE:
        call: i64 = type_lookup(w, meta, ID_CALL)
        if w[call + OB_TYPE] == T_FUNCTION:
            held: i64 = held_copies(w, names)
            return call_again(m, call, t, at if held >= 0 else tuple_items(m, at), n, names, held)
        if w[call + OB_TYPE] != T_WRAPPER:
            return call_object(m, t, at, n, names)
    elif t == T_TYPE and n == 1 and names == 0:
        kind: i64 = type_of(w, w[at])
        w[kind] += 1
        return kind
    flags: i64 = w[t + TP_FLAGS]
    if flags & TPFLAGS_NEW != 0:
        held = held_copies(w, names)
        return new_and_init(m, t, at if held >= 0 else tuple_items(m, at), n, names, held)
    init: i64 = type_lookup(w, t, ID_INIT)
    if w[init + OB_TYPE] == T_FUNCTION and w[t + TP_VALUES] != 0 and flags & TPFLAGS_ABSTRACT == 0 and (
            w[w[init + FUNC_CODE] + CO_FLAGS] & CO_GENERATOR == 0):
        return enter_init(m, t, init, at, n, names)
    if n == 0 and is_plain(w, t, init):
        return plain_instance(m, t)
    if is_filled_later(w, w[t + TP_SOLID], t):
        return initialised(m, gc_alloc(m, t), t, at, n, names, held_copies(w, names))
    held = 0 if names == 0 and flags & TPFLAGS_EXCEPTION != 0 else held_copies(w, names)
    o: i64 = make_instance(m, t, init, at, n, names)
    w = m.words
    if (w[init + OB_TYPE] == T_WRAPPER or t == T_WEAKREF) and w[o + OB_TYPE] == t and (
            not is_coding_error(w[init + NATIVE_OWNER])):
        return o
    return initialised(m, o, t, at, n, names, held)


def new_and_init(m: Machine, t: i64, at: i64, n: i64, names: i64, held: i64) -> i64:
    """An instance by the class's own `__new__`, initialised."""
    enter_call(m)
    try:
        return initialised(m, call_new(m, t, at, n, names, held), t, at, n, names, held)
    finally:
        leave_call(m.words)


def call_new(m: Machine, t: i64, at: i64, n: i64, names: i64, held: i64) -> i64:
    """Call the class's own `__new__`, a static method or whatever t.__new__ is."""
    w = m.words
    new: i64 = type_lookup(w, t, ID_NEW)
    if w[new + OB_TYPE] == T_STATICMETHOD:
        return call_again(m, w[new + WRAPPED_FUNCTION], t, at, n, names, held)
    new = m.get_attribute(t, ID_NEW)
    try:
        return call_again(m, new, t, at, n, names, held)
    finally:
        decref(m, m.words, new)


def initialised(m: Machine, o: i64, t: i64, at: i64, n: i64, names: i64, held: i64) -> i64:
    """Run `__init__` of what `__new__` made, o (stolen), if it is an instance of t; return o."""
    w = m.words
    kind: i64 = w[o + OB_TYPE]
    init: i64 = type_lookup(w, kind, ID_INIT)
    native: bool = w[init + OB_TYPE] == T_WRAPPER
    if not is_subtype(w, kind, t) or (native and w[init + NATIVE_OWNER] == T_OBJECT):
        return o
    try:
        result: i64 = call_init(m, init, o, at, n, names, held)
    except Raised:
        decref(m, m.words, o)
        raise
    if result != NONE:
        text = f"__init__() should return None, not '{m.type_name(result)}'"
        decref(m, m.words, result)
        decref(m, m.words, o)
        raise m.error(T_TYPE_ERROR, text)
    decref(m, m.words, result)
    return o


def call_init(m: Machine, init: i64, o: i64, at: i64, n: i64, names: i64, held: i64) -> i64:
    """Call the `__init__` found in the class of o: a function, a wrapper, or anything else, bound to o first."""
    kind: i64 = m.words[init + OB_TYPE]
    if kind == T_FUNCTION or kind == T_WRAPPER:
        return call_again(m, init, o, at, n, names, held)
    return call_bound_special(m, o, ID_INIT, at, n, names, held)


def enter_init(m: Machine, t: i64, init: i64, at: i64, n: i64, names: i64) -> i64:
    """Make a plain instance and push the record of `__init__`, in the loop itself.

    class | arguments    becomes    instance | NULL | arguments, as often as kept | __init__ | instance | arguments

    If there are names, the instance is kept with the arguments once.
    """
    w = m.words
    times: i64 = held_copies(w, names) + 1
    kept: i64 = n * times
    if at + kept + n >= STACK_END - STACK_MARGIN:
        raise recursion_error(m)
    o: i64 = counted_instance(m, t)
    w = m.words
    keep_arguments(w, at, n, times, 3 if names == 0 else 4)
    place: i64 = at + 1 + kept
    w[init] += 1
    w[o] += 1
    w[at - 1] = o
    w[at] = 0
    if names != 0:
        w[o] += 1
        w[place] = o
        place += 1
    w[place] = init
    w[place + 1] = o
    w[W_SP] = place + 2 + n
    w[W_PC] = w[W_PC] | RETURN_INSTANCE
    w[t] -= 1
    try:
        enter_function(m, place + 1, n + 1, names)
    except Raised:
        m.words[W_PC] = m.words[W_PC] & RETURN_PC
        leave_call(m.words)
        empty_operands(m, at - 1, at + n)
        raise
    return 0
