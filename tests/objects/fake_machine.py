"""A machine for tests of single type modules: real memory, static objects and layouts, host answers.

`FakeMachine.load(value)` lays a host value into the heap, `read(address)` gives it back; both know None, bool, int,
float, complex, str, bytes, tuple, list and dict. Any other host object is held as an opaque instance of `object`
whose special methods are the host object's. What types ask of the machine is answered by reading the operands and
asking the host, so a test compares a native function with the host's own result:

    assert m.run(lambda: concat(m, m.load("a"), m.load("b"))) == "ab"
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from objects.faults import Fault, outcome, pending_fault

from minipy.memory.layout import (
    BYTES_DATA,
    BYTES_LENGTH,
    COMPLEX_REAL,
    GC_REFS,
    GC_REFS_UNTRACKED,
    IMMORTAL,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    TP_BASE,
    TP_CLASS,
    TP_DICTOFFSET,
    TP_FLAGS,
    TP_GC,
    TP_SOLID,
    TP_WEAKLIST,
    TUPLE_ITEMS,
    TYPE_WORDS,
    W_GC_TRIGGER,
    W_PENDING,
    W_SP,
)
from minipy.memory.objalloc import new_object
from minipy.memory.options import Options
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    ELLIPSIS,
    FALSE,
    FIRST_TYPE,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_BIGINT,
    T_BOOL,
    T_BYTES,
    T_COMPLEX,
    T_DICT,
    T_FLOAT,
    T_INT,
    T_LIST,
    T_OBJECT,
    T_STR,
    T_TUPLE,
    T_TYPE,
    T_TYPE_ERROR,
    TRUE,
)
from minipy.memory.words import Raised, read_bytes
from minipy.objects.dictobject import dict_set, new_dict
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, dict_next, entry_at
from minipy.objects.floatobject import float_value, new_float
from minipy.objects.identifiers import IDENTIFIER_NAMES
from minipy.objects.interned import forget_interned, intern_statics
from minipy.objects.listobject import list_append, new_list
from minipy.objects.longobject import host_int, is_int, new_int_host
from minipy.objects.machine import Machine
from minipy.objects.statics import make_static_objects
from minipy.objects.tupleobject import new_tuple
from minipy.objects.typetable import TYPE_TABLE
from minipy.objects.unicodeobject import host_str, new_str

BINARY = (
    operator.add, operator.and_, operator.floordiv, operator.lshift, operator.matmul, operator.mul, operator.mod,
    operator.or_, operator.pow, operator.rshift, operator.sub, operator.truediv, operator.xor, divmod,
)  # fmt: skip
COMPARE = (operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge)


class FakeMachine(Machine):
    """See the module's text."""

    def __init__(self, options: Options | None = None) -> None:
        Machine.__init__(self, options or Options(heap_limit=1 << 28))
        self.kind = 0
        self.message: object = ""
        self.opaque: dict[int, Any] = {}
        self.words[W_GC_TRIGGER] = 1 << 40
        make_static_objects(self)
        self.lay_out_types()
        intern_statics(self)

    def lay_out_types(self) -> None:
        """The layout descriptors of all built-in types; no dicts, names or method resolution orders."""
        w = self.words
        for i, (_, base, descriptor, flags, _) in enumerate(TYPE_TABLE):
            t = FIRST_TYPE + i * TYPE_WORDS
            w[t + OB_REFCNT] = IMMORTAL
            w[t + OB_TYPE] = T_TYPE
            w[t + GC_REFS] = GC_REFS_UNTRACKED
            for k, value in enumerate(descriptor[:-2]):
                w[t + TP_GC + k] = value
            w[t + TP_DICTOFFSET] = descriptor[-2]
            w[t + TP_WEAKLIST] = descriptor[-1]
            w[t + TP_BASE] = base
            w[t + TP_SOLID] = t
            w[t + TP_CLASS] = t
            w[t + TP_FLAGS] = flags
        w[T_BIGINT + TP_CLASS] = T_INT

    # ------------------------------------------------------------ values in and out
    def load(self, value: Any) -> int:
        """An owned object of the host value."""
        w = self.words
        if value is None or value is ... or value is NotImplemented or isinstance(value, bool):
            a = {None: NONE, ...: ELLIPSIS, NotImplemented: NOT_IMPLEMENTED_OBJECT, True: TRUE, False: FALSE}[value]
            w[a] += 1
            return a
        if type(value) is int:
            return new_int_host(self, value)
        if type(value) is float:
            return new_float(self, value)
        if type(value) is str:
            return new_str(self, value)
        if type(value) in (tuple, list, dict, complex, bytes):
            return self.load_container(value)
        a = new_object(self, T_OBJECT)
        self.opaque[a] = value
        return a

    def load_container(self, value: Any) -> int:
        """An owned tuple, list, dict, complex or bytes."""
        if isinstance(value, bytes):
            from minipy.objects.bytesobject import new_bytes

            return new_bytes(self, value)
        if isinstance(value, complex):
            from minipy.objects.complexobject import from_host

            return from_host(self, value)
        if isinstance(value, dict):
            d = new_dict(self)
            for key, item in value.items():
                k = self.load(key)
                v = self.load(item)
                dict_set(self, d, k, v)
                self.release(k, v)
            return d
        if isinstance(value, list):
            a = new_list(self, 0)
            for item in value:
                v = self.load(item)
                list_append(self, a, v)
                self.release(v)
            return a
        a = new_tuple(self, len(value))
        for i, item in enumerate(value):
            v = self.load(item)
            self.words[a + TUPLE_ITEMS + i] = v
        return a

    def read(self, a: int) -> Any:
        """The host value of an object."""
        w = self.words
        t = w[w[a + OB_TYPE] + TP_SOLID]
        singletons = {NONE: None, TRUE: True, FALSE: False, ELLIPSIS: ..., NOT_IMPLEMENTED_OBJECT: NotImplemented}
        if a in singletons:
            return singletons[a]
        if t == T_INT or t == T_BIGINT:
            return int(host_int(self, a))
        if t == T_FLOAT:
            return float_value(self, a)
        if t == T_COMPLEX:
            return complex(float_value(self, w[a + COMPLEX_REAL]), float_value(self, w[a + COMPLEX_REAL + 1]))
        if t == T_STR:
            return host_str(self, a)
        if t == T_BYTES:
            return read_bytes(w, a + BYTES_DATA, w[a + BYTES_LENGTH])
        if t == T_TUPLE:
            return tuple([self.read(w[a + TUPLE_ITEMS + i]) for i in range(w[a + OB_SIZE])])
        if t == T_LIST:
            return [self.read(w[w[a + LIST_ITEMS] + i]) for i in range(w[a + LIST_LENGTH])]
        if t == T_DICT:
            return self.read_dict(a)
        return self.opaque[a]

    def read_dict(self, d: int) -> dict[Any, Any]:
        """The host dict of a dict object."""
        w = self.words
        result = {}
        n = dict_next(w, d, 0)
        while n >= 0:
            e = entry_at(w, d, n)
            result[self.read(w[e + ENTRY_KEY])] = self.read(w[e + ENTRY_VALUE])
            n = dict_next(w, d, n + 1)
        return result

    def take(self, a: int) -> Any:
        """The host value of an owned object, which is released."""
        value = self.read(a)
        self.release(a)
        return value

    def release(self, *objects: int) -> None:
        """Give up owned references."""
        for a in objects:
            decref(self, self.words, a)

    def run(self, native: Callable[..., int], *arguments: Any) -> Any:
        """The host value of native(m, *arguments loaded); a `Fault` with type and text if it raises."""
        addresses = [self.load(value) for value in arguments]
        try:
            return self.take(native(self, *addresses))
        except Raised:
            raise Fault(self.fault()) from None
        finally:
            self.release(*addresses)

    def method(self, call: Callable[..., int], number: int, *arguments: Any) -> Any:
        """The result of a module's `call`, with self and arguments laid out on the run-time stack (... : missing)."""
        sp = self.words[W_SP]
        addresses = [0 if value is ... else self.load(value) for value in arguments]
        for i, a in enumerate(addresses):
            self.words[sp + i] = a
        self.words[W_SP] = sp + len(addresses)
        try:
            return self.take(call(self, number, sp, len(addresses)))
        except Raised:
            raise Fault(self.fault()) from None
        finally:
            self.words[W_SP] = sp
            self.release(*[a for a in addresses if a])

    def fault(self) -> str:
        """The pending exception as `Type: text`; it is dropped."""
        if self.words[W_PENDING] != 0:
            return pending_fault(self)
        name = TYPE_TABLE[(self.kind - FIRST_TYPE) // TYPE_WORDS][0]
        message, self.kind, self.message = self.message, 0, ""
        return f"{name}: {message}"

    # ------------------------------------------------------------ what types ask
    def error(self, kind: int, message: str) -> Raised:
        assert self.kind == 0, f"an exception is pending: {self.message}"
        self.kind = kind
        self.message = message
        return Raised()

    def error_object(self, kind: int, argument: int) -> Raised:
        return self.error(kind, repr(self.read(argument)) if argument else "")

    def no_memory(self) -> Raised:
        from minipy.memory.statics import T_MEMORY_ERROR

        return self.error(T_MEMORY_ERROR, "")

    def catch(self, kind: int) -> bool:
        t = self.kind
        while t != 0 and t != kind:
            t = self.words[t + TP_BASE]
        if t != 0:
            self.kind = 0
        return t != 0

    def forget_interned(self, a: int) -> None:
        forget_interned(self, a)

    def host(self, compute: Callable[[], Any]) -> Any:
        """What the host computes; its exception becomes a pending one of the same name."""
        try:
            return compute()
        except Raised:
            raise
        except Exception as e:
            names = [stanza[0] for stanza in TYPE_TABLE]
            raise self.error(FIRST_TYPE + names.index(type(e).__name__) * TYPE_WORDS, str(e)) from None

    def repr(self, o: int) -> int:
        return new_str(self, self.host(lambda: repr(self.read(o))))

    def str(self, o: int) -> int:
        return new_str(self, self.host(lambda: str(self.read(o))))

    def format(self, o: int, spec: int) -> int:
        return new_str(self, self.host(lambda: format(self.read(o), self.read(spec))))

    def hash(self, o: int) -> int:
        return self.host(lambda: hash(self.read(o)))

    def equal(self, a: int, b: int) -> bool:
        return self.host(lambda: self.read(a) == self.read(b))

    def less(self, a: int, b: int) -> bool:
        return self.host(lambda: self.read(a) < self.read(b))

    def compare(self, op: int, a: int, b: int) -> int:
        return self.load(self.host(lambda: COMPARE[op](self.read(a), self.read(b))))

    def binary(self, op: int, a: int, b: int) -> int:
        return self.load(self.host(lambda: BINARY[op & 15](self.read(a), self.read(b))))

    def is_true(self, o: int) -> bool:
        return self.host(lambda: bool(self.read(o)))

    def iter(self, o: int) -> int:
        return self.load(self.host(lambda: iter(self.read(o))))

    def next(self, iterator: int) -> int:
        for value in self.read(iterator):
            return self.load(value)
        return 0

    def length_hint(self, o: int) -> int:
        return 0

    def length(self, o: int) -> int:
        return self.host(lambda: len(self.read(o)))

    def index(self, o: int) -> int:
        return self.host(lambda: operator.index(self.read(o)))

    def index_object(self, o: int) -> int:
        if is_int(self.words, o):
            self.words[o] += 1
            return o
        value = self.read(o)
        if not hasattr(type(value), "__index__"):
            return 0
        return self.load(self.host(lambda: operator.index(value)))

    def get_attribute(self, o: int, name: int) -> int:
        return self.load(self.host(lambda: getattr(self.read(o), self.read(name))))

    def get_item(self, o: int, key: int) -> int:
        return self.load(self.host(lambda: self.read(o)[self.read(key)]))

    def contains(self, o: int, value: int) -> bool:
        return self.host(lambda: self.read(value) in self.read(o))

    def find_special(self, o: int, name: int) -> int:
        value = self.read(o)
        if value is None or not hasattr(type(value), self.read(name)):
            return 0
        method = getattr(type(value), self.read(name))
        return self.load(lambda *arguments: method(value, *arguments))

    def call0(self, function: int) -> int:
        return self.load(self.host(self.read(function)))

    def call1(self, function: int, a: int) -> int:
        return self.load(self.host(lambda: self.read(function)(self.read(a))))

    def call2(self, function: int, a: int, b: int) -> int:
        return self.load(self.host(lambda: self.read(function)(self.read(a), self.read(b))))

    def call_method(self, o: int, name: int, a: int, b: int) -> int:
        arguments = [self.read(x) for x in (a, b) if x]
        return self.load(self.host(lambda: getattr(self.read(o), self.read(name))(*arguments)))

    def type_name(self, o: int) -> str:
        return type(self.read(o)).__name__

    def repr_enter(self, o: int) -> bool:
        return True

    def repr_leave(self, o: int) -> None:
        return None


def identifier(name: str) -> int:
    """The address of the interned name."""
    from minipy.memory.statics import IDENTIFIER_STRIDE, IDENTIFIERS

    return IDENTIFIERS + IDENTIFIER_NAMES.index(name) * IDENTIFIER_STRIDE


__all__ = ["FakeMachine", "Fault", "T_BOOL", "T_TYPE_ERROR", "identifier", "outcome"]
