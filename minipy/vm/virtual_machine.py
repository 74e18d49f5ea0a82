"""VM: the machine put together. It answers what the types may ask (objects/machine.py) and runs code.

CPython counterpart: PyInterpreterState and PyThreadState, Python/pylifecycle.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory import refcount, weaklist, weakref
from minipy.memory.fullheap import collect_quietly
from minipy.memory.layout import (
    OB_TYPE,
    TP_FLAGS,
    TPFLAGS_DEL,
    W_MODULES,
    W_NATIVE_DEPTH,
    W_RESULT,
    W_SP,
)
from minipy.memory.options import Options
from minipy.memory.statics import T_GENERATOR, T_TRACEBACK, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects import (
    abstract_compare,
    abstract_number,
    abstract_sequence,
    abstract_text,
    attributes,
    exceptions,
    interned,
    statics,
    typeobject,
    typestart,
)
from minipy.objects.dictobject import new_dict
from minipy.objects.list_methods import list_from_iterable
from minipy.objects.natives import add_getsets, add_methods
from minipy.objects.typeobject import name_of_type_of
from minipy.vm import (
    ceval,
    clearing,
    collecting,
    dispatch,
    displayhook,
    do_call,
    entry,
    finalization,
    frameobject,
    generator_attributes,
    generator_methods,
    suggestions,
    syntax_errors,
)
from minipy.vm.call import call_pushed
from minipy.vm.host import Host
from minipy.vm.hosted_machine import HostedMachine
from minipy.vm.importing import Importer
from minipy.vm.loader import Loader
from minipy.vm.module_families import FAMILY_FRAME, FAMILY_GENERATOR
from minipy.vm.native_call import push
from minipy.vm.operands import spread_tuple


class VM(HostedMachine):
    """One interpreter's machine: its memory, its run-time stack, its door to the host."""

    def __init__(self, options: Options, host: Host) -> None:
        super().__init__(options, host)
        w = self.words
        w[W_SP] += 2
        statics.make_static_objects(self)
        typestart.make_static_types(self)
        add_methods(self, T_GENERATOR, FAMILY_GENERATOR, generator_methods.METHODS)
        add_getsets(self, T_GENERATOR, FAMILY_GENERATOR, generator_attributes.GETSETS)
        add_getsets(self, T_TRACEBACK, FAMILY_FRAME, frameobject.TRACEBACK_GETSETS)
        self.words[T_GENERATOR + TP_FLAGS] |= TPFLAGS_DEL
        self.loader = Loader(self)
        self.importer = Importer(host, self.loader)
        self.reprs: list[int] = []
        d: i64 = new_dict(self)
        self.words[W_MODULES] = d

    # ------------------------------------------------------------ errors
    def error(self, kind: i64, message: str) -> Raised:
        return exceptions.set_error(self, kind, message)

    def error_object(self, kind: i64, argument: i64) -> Raised:
        return exceptions.set_error_object(self, kind, argument)

    def no_memory(self) -> Raised:
        return exceptions.set_memory_error(self)

    def make_room(self) -> None:
        collect_quietly(self)

    def catch(self, kind: i64) -> bool:
        return exceptions.catch(self, kind)

    # ------------------------------------------------------------ calls
    def evaluate(self) -> i64:
        """Run the loop; what native code called from it nests is counted."""
        w = self.words
        depth: i64 = w[W_NATIVE_DEPTH]
        w[W_NATIVE_DEPTH] = depth + 1
        try:
            return ceval.run(self)
        finally:
            self.words[W_NATIVE_DEPTH] = depth

    def call(self, function: i64, arguments: i64, n: i64) -> i64:
        """Push the function and copies of the arguments, and call."""
        at: i64 = self.words[W_SP] + 1
        push(self, function)
        i: i64 = 0
        while i < n:
            push(self, self.words[arguments + i])
            i += 1
        return call_pushed(self, at, n, 0)

    def call0(self, function: i64) -> i64:
        at: i64 = self.words[W_SP] + 1
        push(self, function)
        return call_pushed(self, at, 0, 0)

    def call1(self, function: i64, a: i64) -> i64:
        at: i64 = self.words[W_SP] + 1
        push(self, function)
        push(self, a)
        return call_pushed(self, at, 1, 0)

    def call2(self, function: i64, a: i64, b: i64) -> i64:
        at: i64 = self.words[W_SP] + 1
        push(self, function)
        push(self, a)
        push(self, b)
        return call_pushed(self, at, 2, 0)

    def call3(self, function: i64, a: i64, b: i64, c: i64) -> i64:
        """Push the function and three arguments, and call."""
        at: i64 = self.words[W_SP] + 1
        push(self, function)
        push(self, a)
        push(self, b)
        push(self, c)
        return call_pushed(self, at, 3, 0)

    def call_object(self, function: i64, args: i64, keywords: i64) -> i64:
        """Spread a tuple and a dict (0: none) on the stack, and call."""
        if keywords == 0:
            at: i64 = self.words[W_SP] + 1
            push(self, function)
            return call_pushed(self, at, spread_tuple(self, args), 0)
        return do_call.call_with_names(self, function, args, keywords)

    def call_method(self, o: i64, name: i64, a: i64, b: i64) -> i64:
        method: i64 = attributes.lookup_special(self, o, name)
        if method == 0:
            raise self.error(T_TYPE_ERROR, f"'{self.type_name(o)}' object does not support this operation")
        return attributes.call_special(self, method, o, a, b)

    def native_call(self, family: i64, number: i64, at: i64, n: i64) -> i64:
        return dispatch.call(self, family, number, at, n)

    def native_get(self, family: i64, number: i64, o: i64) -> i64:
        return dispatch.get(self, family, number, o)

    def native_set(self, family: i64, number: i64, o: i64, value: i64) -> None:
        dispatch.set(self, family, number, o, value)

    # ------------------------------------------------------------ questions
    def repr(self, o: i64) -> i64:
        return abstract_text.repr_object(self, o)

    def type_name(self, o: i64) -> str:
        return name_of_type_of(self, o)

    def format(self, o: i64, spec: i64) -> i64:
        return abstract_text.format_object(self, o, spec)

    def hash(self, o: i64) -> i64:
        return abstract_compare.hash_object(self, o)

    def equal(self, a: i64, b: i64) -> bool:
        return abstract_compare.equal(self, a, b)

    def less(self, a: i64, b: i64) -> bool:
        return abstract_compare.less(self, a, b)

    def compare(self, op: i64, a: i64, b: i64) -> i64:
        return abstract_compare.compare(self, op, a, b)

    def binary(self, op: i64, a: i64, b: i64) -> i64:
        return abstract_number.binary(self, op, a, b)

    def is_true(self, o: i64) -> bool:
        return abstract_compare.is_true(self, o)

    def iter(self, o: i64) -> i64:
        return abstract_sequence.get_iter(self, o)

    def next(self, iterator: i64) -> i64:
        """The next item; nobody asks here what an exhausted generator returned."""
        if self.words[iterator + OB_TYPE] == T_GENERATOR:
            item: i64 = generator_methods.next_value(self, iterator)
            if item == 0:
                refcount.store(self, self.words, W_RESULT, 0)
            return item
        return abstract_sequence.iter_next(self, iterator)

    def length(self, o: i64) -> i64:
        return abstract_sequence.length(self, o)

    def length_hint(self, o: i64) -> i64:
        return abstract_sequence.length_hint(self, o)

    def index(self, o: i64) -> i64:
        return abstract_number.index_word(self, o)

    def index_object(self, o: i64) -> i64:
        return abstract_number.index_object(self, o)

    def get_item(self, o: i64, key: i64) -> i64:
        return abstract_sequence.get_item(self, o, key)

    def set_item(self, o: i64, key: i64, value: i64) -> None:
        abstract_sequence.set_item(self, o, key, value)

    def contains(self, o: i64, value: i64) -> bool:
        return abstract_sequence.contains(self, o, value)

    def get_attribute(self, o: i64, name: i64) -> i64:
        return attributes.get_attr(self, o, name)

    def find_attribute(self, o: i64, name: i64) -> i64:
        return attributes.find_attr(self, o, name)

    def find_special(self, o: i64, name: i64) -> i64:
        return attributes.special(self, o, name)

    def is_iterable(self, o: i64) -> bool:
        return abstract_sequence.is_iterable(self, o)

    def list_of(self, iterable: i64) -> i64:
        return list_from_iterable(self, iterable)

    # ------------------------------------------------------------ reprs under way
    def repr_enter(self, o: i64) -> bool:
        address = int(o)
        if address in self.reprs:
            return False
        self.reprs.append(address)
        return True

    def repr_leave(self, o: i64) -> None:
        self.reprs.remove(int(o))

    # ------------------------------------------------------------ the end of objects
    def finalize(self, a: i64) -> bool:
        return finalization.finalize(self, a)

    def forget(self, a: i64) -> None:
        typeobject.forget(self.words, a)
        if weaklist.is_weakref(self.words, a):
            weaklist.unlink(self.words, a)

    def forget_interned(self, a: i64) -> None:
        interned.forget_interned(self, a)
        typeobject.forget_name(self.words, a)

    def clear_weakrefs(self, a: i64) -> None:
        weakref.clear_weakrefs(self, a)

    def call_back(self, r: i64, callback: i64) -> None:
        collecting.call_back(self, r, callback)

    def clear_classes(self) -> None:
        clearing.clear_classes(self)

    def clear_object(self, a: i64) -> bool:
        return clearing.clear_object(self, a)

    # ------------------------------------------------------------ what the collector tells
    def collection_starts(self, generation: i64) -> None:
        collecting.tell(self, "start", generation, 0, 0)

    def collection_ends(self, generation: i64, collected: i64, uncollectable: i64) -> None:
        collecting.tell(self, "stop", generation, collected, uncollectable)

    def save_garbage(self, a: i64) -> None:
        collecting.save_garbage(self, a)

    def report(self, text: str) -> None:
        collecting.report(self, text)

    # ------------------------------------------------------------ running
    def display(self, o: i64) -> None:
        displayhook.display(self, o)

    def run_code(self, code: i64, module_dict: i64, namespace: i64) -> i64:
        return entry.run_code(self, code, module_dict, namespace)

    def compile_text(self, text: str, filename: str, mode: str, own_namespace: bool) -> i64:
        return syntax_errors.compile_text(self, self.host, self.loader, text, filename, mode, own_namespace)

    def decode_source(self, source: bytes, filename: str) -> str:
        return syntax_errors.decode_source(self, self.host, source, filename)

    def import_module(self, name: str) -> i64:
        return self.importer.import_module(self, name)

    def is_initializing(self, module: i64) -> bool:
        return int(module) in self.importer.running

    def suggestion(self, e: i64) -> str:
        return suggestions.suggestion(self, e)

    # ------------------------------------------------------------ stays last: behind it `str` means the method
    def str(self, o: i64) -> i64:
        return abstract_text.str_object(self, o)
