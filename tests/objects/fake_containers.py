"""A machine for tests of containers and iterators: their own code answers for each other, as in the real machine.

`FakeContainers` asks the native repr, hash, comparison and iteration of containers, and the host for everything else.
An opaque host object's special methods see host values; a test whose callback must change a container under the
feet of native code captures the machine and the container's address.

`twins(host)` is the way to compare: it applies each method to a host container and to its copy in the heap, and
asserts the same result or exception, and the same contents afterwards.
"""

from __future__ import annotations

from typing import Any

from objects.fake_machine import FakeMachine, Fault, outcome

from minipy.memory.check import leaks
from minipy.memory.layout import (
    GC_NEXT,
    GENERATION0,
    OB_TYPE,
    RANGE_START,
    RANGE_STEP,
    RANGE_STOP,
    SET_USED,
    TP_BASE,
    TP_SOLID,
    VIEW_DICT,
    W_SP,
)
from minipy.memory.statics import (
    NOT_IMPLEMENTED_OBJECT,
    T_BOOL,
    T_DICT,
    T_DICT_ITEMS,
    T_DICT_KEYS,
    T_DICT_VALUES,
    T_FROZENSET,
    T_KEY_ERROR,
    T_LIST,
    T_OBJECT,
    T_RANGE,
    T_SET,
    T_SLICE,
    T_STR,
    T_TUPLE,
    T_TYPE_ERROR,
    TRUE,
)
from minipy.memory.words import Raised
from minipy.objects import (
    dict_methods,
    dictview_methods,
    dictviews,
    iterobject,
    list_methods,
    list_slice,
    range_methods,
    rangeobject,
    set_methods,
    set_operators,
    setobject,
    slice_methods,
    sliceobject,
    tuple_methods,
    tupleobject,
)
from minipy.objects.operators import CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT, CMP_NE

VIEWS = (T_DICT_KEYS, T_DICT_VALUES, T_DICT_ITEMS)
REFLECTED = {CMP_LT: CMP_GT, CMP_LE: CMP_GE, CMP_EQ: CMP_EQ, CMP_NE: CMP_NE, CMP_GT: CMP_LT, CMP_GE: CMP_LE}
MODULES = {T_LIST: list_methods, T_DICT: dict_methods, T_SET: set_methods, T_FROZENSET: set_methods,
           T_TUPLE: tuple_methods, T_RANGE: range_methods, T_SLICE: slice_methods}  # fmt: skip
REPRS = {T_LIST: list_methods.list_repr, T_TUPLE: tupleobject.tuple_repr, T_DICT: dict_methods.dict_repr,
         T_SET: set_operators.set_repr, T_FROZENSET: set_operators.set_repr, T_RANGE: range_methods.range_repr,
         T_SLICE: slice_methods.slice_repr, T_DICT_KEYS: dictviews.view_repr, T_DICT_VALUES: dictviews.view_repr,
         T_DICT_ITEMS: dictviews.view_repr}  # fmt: skip
COMPARES = {T_LIST: list_methods.list_compare, T_TUPLE: tupleobject.tuple_compare, T_DICT: dict_methods.dict_compare,
            T_SET: set_operators.set_compare, T_FROZENSET: set_operators.set_compare,
            T_RANGE: range_methods.range_compare, T_SLICE: slice_methods.slice_compare,
            T_DICT_KEYS: dictview_methods.view_compare, T_DICT_ITEMS: dictview_methods.view_compare}  # fmt: skip
GET_ITEMS = {T_LIST: list_slice.list_get_item, T_TUPLE: tupleobject.tuple_get_item,
             T_DICT: dict_methods.dict_get_item, T_RANGE: range_methods.range_get_item}  # fmt: skip


class FakeContainers(FakeMachine):
    """See the module's text."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way: set[int] = set()

    def solid(self, a: int) -> int:
        """The static type whose layout the object has."""
        return self.words[self.words[a + OB_TYPE] + TP_SOLID]

    # ------------------------------------------------------------ values in and out
    def load(self, value: Any) -> int:
        if type(value) in (set, frozenset):
            s = setobject.new_set(self, T_SET if type(value) is set else T_FROZENSET)
            for item in value:
                a = self.load(item)
                setobject.set_add(self, s, a)
                self.release(a)
            return s
        if type(value) is slice or type(value) is range:
            parts = [self.load(part) for part in (value.start, value.stop, value.step)]
            make = sliceobject.new_slice if type(value) is slice else rangeobject.new_range
            a = make(self, *parts)
            self.release(*parts)
            return a
        return super().load(value)

    def read(self, a: int) -> Any:
        w = self.words
        t = self.solid(a)
        if t in (T_SET, T_FROZENSET):
            return (set if t == T_SET else frozenset)(self.keys(a))
        if t in (T_SLICE, T_RANGE):
            parts = [self.read(w[a + i]) for i in (RANGE_START, RANGE_STOP, RANGE_STEP)]
            return (slice if t == T_SLICE else range)(*parts)
        if t in VIEWS:
            d = self.read_dict(w[a + VIEW_DICT])
            return [d.keys(), d.values(), d.items()][VIEWS.index(t)]
        if t == T_OBJECT or not iterobject.is_native_iterator(w, a):
            return super().read(a)
        return ("iterator", a)

    def keys(self, s: int) -> list[Any]:
        """The host values of a set's keys, in the set's order."""
        w = self.words
        result = []
        i = setobject.set_next(w, s, 0)
        while i >= 0:
            result.append(self.read(w[setobject.set_entry(w, s, i) + setobject.SET_KEY]))
            i = setobject.set_next(w, s, i + 1)
        assert len(result) == w[s + SET_USED]
        return result

    def shown(self, a: int) -> str:
        """The text `shown` has for the host value: of a set, in the order of its own table."""
        names = {T_SET: "set", T_FROZENSET: "frozenset"}
        if self.solid(a) in names:
            return names[self.solid(a)] + "[" + ", ".join([shown(x, True) for x in self.keys(a)]) + "]"
        return shown(self.read(a))

    def invoke(self, call: Any, number: int, *addresses: int) -> int:
        """A module's `call` with self and arguments (0: missing) on the run-time stack; an owned result."""
        sp = self.words[W_SP]
        for i, a in enumerate(addresses):
            self.words[sp + i] = a
        self.words[W_SP] = sp + len(addresses)
        try:
            return call(self, number, sp, len(addresses))
        finally:
            self.words[W_SP] = sp

    def drain(self, iterator: int) -> list[Any]:
        """The host values of what an owned iterator gives; it is released."""
        result = []
        try:
            v = self.next(iterator)
            while v != 0:
                result.append(self.take(v))
                v = self.next(iterator)
        finally:
            self.release(iterator)
        return result

    def tracked(self) -> int:
        """How many objects the collector sees."""
        n = 0
        a = self.words[GENERATION0 + GC_NEXT]
        while a != GENERATION0:
            n += 1
            a = self.words[a + GC_NEXT]
        return n

    def clean(self) -> bool:
        """Nothing is left in the heap but what the machine itself needs, and that is sound."""
        assert leaks(self) == []
        return self.tracked() == 0

    # ------------------------------------------------------------ what types ask
    def error(self, kind: int, message: str) -> Raised:
        return super().error(kind, repr(message) if kind == T_KEY_ERROR else message)

    def error_object(self, kind: int, argument: int) -> Raised:
        return super().error(kind, repr(self.read(argument)) if argument else "")

    def catch(self, kind: int) -> bool:
        t = self.kind
        while t != 0 and t != kind:
            t = self.words[t + TP_BASE]
        if t == 0:
            return False
        self.kind = 0
        return True

    def repr(self, o: int) -> int:
        native = REPRS.get(self.solid(o))
        return native(self, o) if native else super().repr(o)

    def repr_enter(self, o: int) -> bool:
        if o in self.under_way:
            return False
        self.under_way.add(o)
        return True

    def repr_leave(self, o: int) -> None:
        self.under_way.remove(o)

    def hash(self, o: int) -> int:
        t = self.solid(o)
        if t == T_TUPLE:
            return tupleobject.tuple_hash(self, o)
        if t == T_FROZENSET:
            return set_operators.frozenset_hash(self.words, o)
        if t == T_RANGE:
            return range_methods.range_hash(self, o)
        if t in (T_LIST, T_DICT, T_SET):
            raise self.error(T_TYPE_ERROR, f"unhashable type: '{self.type_name(o)}'")
        return super().hash(o)

    def compare(self, op: int, a: int, b: int) -> int:
        for x, y, o in ((a, b, op), (b, a, REFLECTED[op])):
            native = COMPARES.get(self.solid(x))
            if native:
                r = native(self, o, x, y)
                if r != NOT_IMPLEMENTED_OBJECT:
                    return r
                self.release(r)
        if self.solid(a) in COMPARES or self.solid(b) in COMPARES:
            if op in (CMP_EQ, CMP_NE):
                return self.load((a == b) == (op == CMP_EQ))
            symbol = ("<", "<=", "==", "!=", ">", ">=")[op]
            names = f"'{self.type_name(a)}' and '{self.type_name(b)}'"
            raise self.error(T_TYPE_ERROR, f"'{symbol}' not supported between instances of {names}")
        return super().compare(op, a, b)

    def equal(self, a: int, b: int) -> bool:
        return a == b or self.truth(self.compare(CMP_EQ, a, b))

    def less(self, a: int, b: int) -> bool:
        return self.truth(self.compare(CMP_LT, a, b))

    def truth(self, r: int) -> bool:
        """The truth of an owned bool or opaque object."""
        flag = r == TRUE if self.solid(r) == T_BOOL else bool(self.read(r))
        self.release(r)
        return flag

    def iter(self, o: int) -> int:
        it = iterobject.iter_native(self, o)
        if it != 0:
            return it
        value = self.read(o)
        if hasattr(type(value), "__getitem__") and not hasattr(type(value), "__iter__"):
            return iterobject.seq_iter(self, o)
        return super().iter(o)

    def next(self, iterator: int) -> int:
        if iterobject.is_native_iterator(self.words, iterator):
            return iterobject.next_native(self, iterator)
        for value in (self.host(lambda: list(zip([0], self.read(iterator), strict=False)))):
            return self.load(value[1])
        return 0

    def length_hint(self, o: int) -> int:
        t = self.solid(o)
        return len(self.read(o)) if t in (T_LIST, T_TUPLE, T_DICT, T_SET, T_FROZENSET, T_STR) else 0

    def get_item(self, o: int, key: int) -> int:
        native = GET_ITEMS.get(self.solid(o))
        return native(self, o, key) if native else super().get_item(o, key)

    def set_item(self, o: int, key: int, value: int) -> None:
        self.host(lambda: self.read(o).__setitem__(self.read(key), self.read(value)))

    def contains(self, o: int, value: int) -> bool:
        t = self.solid(o)
        if t in (T_SET, T_FROZENSET):
            return set_methods.set_has(self, o, value)
        return super().contains(o, value)

    def call(self, function: int, arguments: int, n: int) -> int:
        values = [self.read(self.words[arguments + i]) for i in range(n)]
        return self.load(self.host(lambda: self.read(function)(*values)))

    def find_attribute(self, o: int, name: int) -> int:
        value = self.read(o)
        return self.load(getattr(value, self.read(name))) if hasattr(value, self.read(name)) else 0

    def find_special(self, o: int, name: int) -> int:
        module = MODULES.get(self.solid(o))
        if module:
            numbers = [row[0] for row in getattr(module, "METHODS", ()) if row[1] == self.read(name)]
            if not numbers:
                return self.load(None) if hasattr(type(self.read(o)), self.read(name)) else 0
            return self.load(lambda: Address(self.invoke(module.call, numbers[0], o)))
        return super().find_special(o, name)

    def call0(self, function: int) -> int:
        value = self.host(self.read(function))
        return value.address if isinstance(value, Address) else self.load(value)


class Address:
    """An owned object that a host callable hands to native code."""

    def __init__(self, address: int) -> None:
        self.address = address


class Twins:
    """A host container and its copy in the heap, treated alike."""

    def __init__(self, value: Any) -> None:
        self.m = FakeContainers()
        self.host = value
        self.twin = self.m.load(value)
        self.module = MODULES[self.m.solid(self.twin)]

    def same(self, expected: Any, native: Any) -> None:
        """Both thunks end alike, and the containers are alike."""
        wanted = outcome(lambda: shown(expected()))
        assert outcome(lambda: self.safe(native)) == wanted
        assert self.m.shown(self.twin) == shown(self.host)

    def safe(self, native: Any) -> str:
        """The text of an owned result; minipy's exception as a Fault."""
        try:
            a = native()
        except Raised:
            raise Fault(self.m.fault()) from None
        if a is None or isinstance(a, bool):
            return shown(a)
        try:
            return self.m.shown(a)
        finally:
            self.m.release(a)

    def call(self, name: str, *arguments: Any) -> None:
        """Call the method of both; ... stands for a missing keyword."""
        number = next(row[0] for row in self.module.METHODS if row[1] == name)
        given = [again(x) for x in arguments if x is not ...]
        addresses = [0 if x is ... else self.m.load(x) for x in arguments]
        self.same(lambda: getattr(self.host, name)(*given),
                  lambda: self.m.invoke(self.module.call, number, self.twin, *addresses))  # fmt: skip
        self.m.release(*[a for a in addresses if a])

    def apply(self, expected: Any, native: Any, *arguments: Any) -> None:
        """expected(host, *arguments) against native(m, twin, *loaded arguments)."""
        addresses = [self.m.load(x) for x in arguments]
        given = [again(x) for x in arguments]
        self.same(lambda: expected(self.host, *given), lambda: native(self.m, self.twin, *addresses))
        self.m.release(*addresses)


def again(value: Any) -> Any:
    """A set made by adding the items one by one, as `load` does: how a set was made shows in its order."""
    return type(value)(list(value)) if isinstance(value, (set, frozenset)) else value


def shown(value: Any, inside: bool = False) -> str:
    """A text in which equal values of different types differ, and the order of dicts and the outermost set shows."""
    if isinstance(value, (list, tuple, set, frozenset)):
        parts = [shown(x, True) for x in value]
        if inside and isinstance(value, (set, frozenset)):
            parts.sort()
        return type(value).__name__ + "[" + ", ".join(parts) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join([shown(k, True) + ": " + shown(v, True) for k, v in value.items()]) + "}"
    return repr(value)
