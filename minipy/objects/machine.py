"""What a type's code may ask of the whole machine, without knowing who answers.

A list's repr needs the repr of any object, a dict's lookup may run a program's `__eq__`, a conversion may raise a
program-visible exception. Those answers come from objects/abstract_*.py and the vm, which know all types; the types
know only this class. VM (vm/virtual_machine.py) is the one that implements it; everything in objects, vm and
modules takes it as its first argument `m`.

Ownership: results are owned references unless a name says borrow; arguments are borrowed.
Errors: `raise m.error(T_VALUE_ERROR, "text")`: the exception object is made in the heap and set pending, the host
exception `Raised` only carries the control flow.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.words import Heap, Raised


class Machine(Heap):
    """The heap and the operations every type may need; see the module's text."""

    def error(self, kind: i64, message: str) -> Raised:
        """Make an exception of the type at `kind` with one str argument pending; to be raised by the caller."""
        raise NotImplementedError

    def error_object(self, kind: i64, argument: i64) -> Raised:
        """As `error`, with any object (borrowed) as the one argument; 0: no argument at all."""
        raise NotImplementedError

    def call(self, function: i64, arguments: i64, n: i64) -> i64:
        """Call with `n` arguments that lie at the address `arguments` (borrowed, anywhere in words)."""
        raise NotImplementedError

    def call0(self, function: i64) -> i64:
        """Call without arguments."""
        raise NotImplementedError

    def call1(self, function: i64, a: i64) -> i64:
        """Call with one argument."""
        raise NotImplementedError

    def call2(self, function: i64, a: i64, b: i64) -> i64:
        """Call with two arguments."""
        raise NotImplementedError

    def call3(self, function: i64, a: i64, b: i64, c: i64) -> i64:
        """Call with three arguments."""
        raise NotImplementedError

    def call_method(self, o: i64, name: i64, a: i64, b: i64) -> i64:
        """Look the special method `name` up on type(o) and call it with a and b (0: not given)."""
        raise NotImplementedError

    def repr(self, o: i64) -> i64:
        """repr(o): an owned str."""
        raise NotImplementedError

    def type_name(self, o: i64) -> str:
        """type(o).__name__ as host text, for messages."""
        raise NotImplementedError

    def format(self, o: i64, spec: i64) -> i64:
        """format(o, spec) with a str object spec: an owned str."""
        raise NotImplementedError

    def hash(self, o: i64) -> i64:
        """hash(o) as a word; TypeError if unhashable."""
        raise NotImplementedError

    def equal(self, a: i64, b: i64) -> bool:
        """a is b or a == b, as containers compare. May run a program's code."""
        raise NotImplementedError

    def less(self, a: i64, b: i64) -> bool:
        """a < b as a truth value. May run a program's code."""
        raise NotImplementedError

    def compare(self, op: i64, a: i64, b: i64) -> i64:
        """Rich comparison with a number of objects/operators.py."""
        raise NotImplementedError

    def binary(self, op: i64, a: i64, b: i64) -> i64:
        """Binary operator with a number of objects/operators.py."""
        raise NotImplementedError

    def is_true(self, o: i64) -> bool:
        """The truth value. May run a program's code."""
        raise NotImplementedError

    def iter(self, o: i64) -> i64:
        """iter(o); TypeError if not iterable."""
        raise NotImplementedError

    def next(self, iterator: i64) -> i64:
        """The next value, owned, or 0 when exhausted (StopIteration is not raised)."""
        raise NotImplementedError

    def length_hint(self, o: i64) -> i64:
        """len(o) or what `__length_hint__` says; -1: neither."""
        raise NotImplementedError

    def index(self, o: i64) -> i64:
        """o as a word through __index__; TypeError if not an integer, IndexError if it does not fit."""
        raise NotImplementedError

    def get_attribute(self, o: i64, name: i64) -> i64:
        """getattr(o, name) with an interned str."""
        raise NotImplementedError

    def repr_enter(self, o: i64) -> bool:
        """Begin o's repr. False: o's repr is under way already (print `[...]`, and do not leave)."""
        raise NotImplementedError

    def repr_leave(self, o: i64) -> None:
        """End what a repr_enter that gave True began, on every path."""
        raise NotImplementedError

    def catch(self, kind: i64) -> bool:
        """After `except Raised`: if the pending exception is of the type at `kind`, drop it and return True."""
        raise NotImplementedError

    def index_object(self, o: i64) -> i64:
        """o as an int object through __index__; 0 (nothing raised) if its type has no __index__."""
        raise NotImplementedError

    def length(self, o: i64) -> i64:
        """len(o); TypeError if it has none."""
        raise NotImplementedError

    def get_item(self, o: i64, key: i64) -> i64:
        """o[key]."""
        raise NotImplementedError

    def set_item(self, o: i64, key: i64, value: i64) -> None:
        """o[key] = value."""
        raise NotImplementedError

    def contains(self, o: i64, value: i64) -> bool:
        """value in o."""
        raise NotImplementedError

    def find_attribute(self, o: i64, name: i64) -> i64:
        """As get_attribute, but 0 where that raises AttributeError."""
        raise NotImplementedError

    def find_special(self, o: i64, name: i64) -> i64:
        """The special method `name` found on type(o), bound to o; 0 if the type has none."""
        raise NotImplementedError

    def evaluate(self) -> i64:
        """Run the loop from W_PC in the record at W_BASE, which native code pushed, until it returns."""
        raise NotImplementedError

    def call_object(self, function: i64, args: i64, keywords: i64) -> i64:
        """Call with a tuple of arguments and a dict of keyword arguments (0: none)."""
        raise NotImplementedError

    def native_call(self, family: i64, number: i64, at: i64, n: i64) -> i64:
        """Run a native function (objects/natives.py) with the n borrowed arguments at `at` on the run-time stack."""
        raise NotImplementedError

    def native_get(self, family: i64, number: i64, o: i64) -> i64:
        """The value of a native's computed attribute of o."""
        raise NotImplementedError

    def native_set(self, family: i64, number: i64, o: i64, value: i64) -> None:
        """Set (value 0: delete) a native's computed attribute of o; AttributeError if it cannot be."""
        raise NotImplementedError

    def poll(self) -> None:
        """Let the host handle signals, and look at the limits; called at safe points."""

    def next_poll(self, passed: i64) -> i64:
        """How many safe points to let pass to the next poll, after `passed` since the last."""
        return 1

    def sleep(self, seconds: float) -> None:
        """Let so much time pass; KeyboardInterrupt on Ctrl-C."""

    def display(self, o: i64) -> None:
        """Show the value of an interactive expression and bind it to `_` (sys.displayhook)."""

    def observe_line(self, number: i64) -> None:
        """A source line starts, in an observed run."""

    def observe_step(self) -> None:
        """The instruction at W_PC follows, in an observed run."""

    def observe_unwind(self) -> None:
        """The pending exception leaves the record at W_BASE, where nothing handles it: the record is popped next."""

    def is_iterable(self, o: i64) -> bool:
        """Would iter(o) succeed?"""
        raise NotImplementedError

    def list_of(self, iterable: i64) -> i64:
        """list(iterable)."""
        raise NotImplementedError

    def write(self, stream: int, text: str) -> None:
        """Write to standard output (1) or standard error (2) of the program."""

    def flush(self, stream: int) -> None:
        """Pass on what was written to stream 1 or 2."""

    def read_line(self) -> str:
        """The next line of standard input with its newline; "" at its end."""
        return ""

    def compile_text(self, text: str, filename: str, mode: str, own_namespace: bool) -> i64:
        """Compile text ("exec", "eval", "single") to a code object; a SyntaxError is pending on a fault.

        own_namespace: names are looked up in a namespace first, as exec with locals of its own wants.
        """
        raise NotImplementedError

    def decode_source(self, source: bytes, filename: str) -> str:
        """The text of a source that the program has as bytes; SyntaxError if it is in no known encoding."""
        raise NotImplementedError

    def run_code(self, code: i64, module_dict: i64, namespace: i64) -> i64:
        """Run a code object with its globals and a namespace (0: the globals), all borrowed."""
        raise NotImplementedError

    def import_module(self, name: str) -> i64:
        """The module with this dotted name (its last part), imported if it was not: owned. ModuleNotFoundError."""
        raise NotImplementedError

    def is_initializing(self, module: i64) -> bool:
        """Is the module's code running its first time?"""
        return False

    def program_path(self) -> str:
        """The folder of the program, "" if it has none."""
        return ""

    def library_path(self) -> str:
        """The folder of minipy's library."""
        return ""

    def program_arguments(self) -> list[str]:
        """sys.argv as host text."""
        return [""]

    def source_line(self, filename: str, number: int) -> str:
        """A line of a source file, without its newline; "" if there is none."""
        return ""

    def anchors(self, segment: str) -> tuple[int, int]:
        """Where the operator of the expression `segment` begins and ends, (-1, -1) if it is none with an operator."""
        return -1, -1

    def suggestion(self, e: i64) -> str:
        """`. Did you mean: 'x'?` for an exception about a name, or ""."""
        return ""

    # ------------------------------------------------------------ stays last: behind it `str` means the method
    def str(self, o: i64) -> i64:
        """str(o): an owned str."""
        raise NotImplementedError
