"""A session: the machine with its modules `__main__`, builtins and sys, what runs code in them, and their end.

CPython counterpart: Python/pylifecycle.c (Py_InitializeFromConfig, finalize_modules), Python/pythonrun.c.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mypy_extensions import i64

from minipy.bytecode.code import Code
from minipy.memory.check import check, leaks
from minipy.memory.gc import collect, collect_at_exit
from minipy.memory.layout import (
    DICT_NENTRIES,
    EXC_VALUE,
    MODULE_DICT,
    OB_TYPE,
    W_BUILTINS,
    W_EXC_VALUE,
    W_GC_DEBUG,
    W_GC_ENABLED,
    W_MEMORY_ERROR,
    W_MODULES,
    W_PC,
    W_RESULT,
    W_ROOTS,
    W_ROOTS_END,
    W_STOPPING,
)
from minipy.memory.options import Options
from minipy.memory.refcount import decref, store
from minipy.memory.statics import NONE, T_KEYBOARD_INTERRUPT, T_SYSTEM_EXIT
from minipy.memory.switches import apply_switches
from minipy.memory.words import Raised
from minipy.modules import atexitmodule, sysmodule
from minipy.objects import exceptions
from minipy.objects.dictobject import dict_clear, dict_del, dict_get_str, dict_set_str
from minipy.objects.dicttable import ENTRY_KEY, entry_at
from minipy.objects.identifiers import ID_ANNOTATIONS, ID_BUILTINS, ID_CACHED, ID_FILE, ID_MAIN, NAME_BUILTINS, NAME_SYS
from minipy.objects.longobject import host_int, is_int
from minipy.objects.moduleobject import new_module
from minipy.objects.typeobject import is_subtype
from minipy.objects.unicodeobject import intern, new_str
from minipy.vm import bltinmodule, tracebacks
from minipy.vm.collecting import show_garbage
from minipy.vm.entry import call_with, run_code
from minipy.vm.excepthook import call_excepthook, failed_hook
from minipy.vm.exception_print import format_exception
from minipy.vm.exchange import host_value, new_value
from minipy.vm.failure import Failure, failure_of
from minipy.vm.host import STDERR, STDOUT, Host
from minipy.vm.importing import native_module
from minipy.vm.virtual_machine import VM

EXIT_INTERRUPTED: Final = 130
"""What a shell reports of a process that Ctrl-C ended."""


class Session:
    """One machine and its `__main__`."""

    def __init__(self, options: Options, host: Host) -> None:
        self.host = host
        self.vm = VM(options, host)
        self.failure: Failure | None = None
        """The exception that ended the last run, if one did."""
        vm = self.vm
        self.add_module(NAME_BUILTINS, bltinmodule.make_builtins(vm))
        self.main_dict = 0
        main: i64 = new_module(vm, "__main__")
        decref(vm, vm.words, vm.get_attribute(main, ID_ANNOTATIONS))
        dict_set_str(vm, vm.words[main + MODULE_DICT], ID_BUILTINS, self.module(NAME_BUILTINS))
        self.main_dict = int(vm.words[main + MODULE_DICT])
        self.add_module(ID_MAIN, main)
        self.add_module(NAME_SYS, native_module(vm, "sys"))
        apply_switches(vm)

    def add_module(self, name: i64, module: i64) -> None:
        """Put a module (stolen) into sys.modules."""
        dict_set_str(self.vm, self.vm.words[W_MODULES], name, module)
        decref(self.vm, self.vm.words, module)

    def module(self, name: i64) -> i64:
        """A module of sys.modules, borrowed."""
        return dict_get_str(self.vm.words, self.vm.words[W_MODULES], name)

    # ------------------------------------------------------------ running
    def run_main(self, code: Code, filename: str) -> int:
        """Run a program's code in `__main__`; print what it does not handle; the exit code."""
        self.begin()
        try:
            self.name_main(filename)
            self.execute(code)
        except Raised:
            return self.report()
        self.host.flush(STDOUT)
        return 0

    def begin(self) -> None:
        """A program that was stopped before does not stop this one."""
        self.failure = None
        self.vm.stopped = None
        self.vm.words[W_STOPPING] = 0

    def name_main(self, filename: str) -> None:
        """`__file__` of `__main__`."""
        vm = self.vm
        path: i64 = new_str(vm, filename)
        try:
            dict_set_str(vm, self.main_dict, ID_FILE, path)
            dict_set_str(vm, self.main_dict, ID_CACHED, NONE)
        finally:
            decref(vm, vm.words, path)

    def name_path(self) -> None:
        """sys.path: the program's folder, which is known only now, and the library's."""
        sysmodule.add_path(self.vm, self.vm.words[self.module(NAME_SYS) + MODULE_DICT])

    def run_interactive(self, code: Code) -> int | None:
        """Run one statement in `__main__`; print what it does not handle. SystemExit's code, else None."""
        self.begin()
        try:
            self.execute(code)
        except Raised:
            leaving: bool = exceptions.pending_matches(self.vm.words, T_SYSTEM_EXIT)
            status = self.report()
            return status if leaving else None
        self.host.flush(STDOUT)
        return None

    def call(self, name: str, arguments: Sequence[object]) -> object:
        """Call a global of `__main__` with copies of the host's values; a copy of the result (vm/exchange.py).

        The host's KeyError if there is no such global, TypeError if a value cannot cross. Raised if the program's
        exception left the call: `failure` has it then, printed it is not.
        """
        self.begin()
        vm = self.vm
        function: i64 = self.global_address(name)
        if function == 0:
            raise KeyError(name)
        given: i64 = 0
        result: i64 = 0
        try:
            given = new_value(vm, tuple(arguments))
            result = call_with(vm, function, given)
            return host_value(vm, result)
        except Raised:
            self.keep_failure()
            raise
        finally:
            for value in (given, result):
                if value != 0:
                    decref(vm, vm.words, value)

    def keep_failure(self) -> None:
        """Take the pending exception and keep it as data; if the host ended the program, raise what it said."""
        vm = self.vm
        e: i64 = exceptions.take_pending(vm.words)
        vm.words[W_PC] = 0
        try:
            self.raise_stop()
            self.failure = failure_of(vm, e, format_exception(vm, e))
        finally:
            decref(vm, vm.words, e)

    def execute(self, code: Code) -> None:
        """Lay the code out, run it in `__main__`, forget it."""
        vm = self.vm
        laid: i64 = vm.loader.load(code)
        try:
            result: i64 = run_code(vm, laid, self.main_dict, 0)
            decref(vm, vm.words, result)
        finally:
            decref(vm, vm.words, laid)

    def report(self) -> int:
        """Print the pending exception, or do what SystemExit says; the exit code.

        If the host ended the program, raise what it said.
        """
        vm = self.vm
        e: i64 = exceptions.take_pending(vm.words)
        vm.words[W_PC] = 0
        try:
            self.raise_stop()
            if is_subtype(vm.words, vm.words[e + OB_TYPE], T_SYSTEM_EXIT):
                return self.exit_code(e)
            text = format_exception(vm, e)
            self.raise_stop()
            self.failure = failure_of(vm, e, text)
            status = self.tell(e, text)
            if status is not None:
                return status
            return EXIT_INTERRUPTED if is_subtype(vm.words, vm.words[e + OB_TYPE], T_KEYBOARD_INTERRUPT) else 1
        finally:
            decref(vm, vm.words, e)

    def tell(self, e: i64, text: str) -> int | None:
        """Have the program's excepthook tell of the exception e, or print the text; its exit code if the hook exits."""
        vm = self.vm
        try:
            if not call_excepthook(vm, e):
                self.complain(self.host.decorate(text))
            self.host.flush(STDOUT)
            return None
        except Raised:
            error: i64 = exceptions.take_pending(vm.words)
        try:
            self.raise_stop()
            if is_subtype(vm.words, vm.words[error + OB_TYPE], T_SYSTEM_EXIT):
                return self.exit_code(error)
            self.complain(self.host.decorate(failed_hook(vm, error, text)))
            return None
        finally:
            decref(vm, vm.words, error)

    def raise_stop(self) -> None:
        """If the host ended the program, raise what it said."""
        if self.vm.stopped is not None:
            store(self.vm, self.vm.words, W_EXC_VALUE, 0)
            raise self.vm.stopped

    def complain(self, text: str) -> None:
        """Write to standard error, behind all that went to standard output."""
        self.host.flush(STDOUT)
        self.host.write(STDERR, text)
        self.host.flush(STDERR)

    def exit_code(self, e: i64) -> int:
        """SystemExit: None is 0, an int itself, anything else is printed and 1."""
        vm = self.vm
        w = vm.words
        value: i64 = w[e + EXC_VALUE]
        if value == 0 or value == NONE:
            self.host.flush(STDOUT)
            return 0
        if is_int(w, value):
            self.host.flush(STDOUT)
            number = host_int(vm, value)
            return number & 0xFF if -1 << 63 <= number < 1 << 63 else 0xFF
        text = tracebacks.text_of(vm, value) + "\n"
        self.raise_stop()
        self.complain(text)
        return 1

    # ------------------------------------------------------------ looking
    def global_address(self, name: str) -> int:
        """The address of a global of `__main__`, 0 if there is none, or none any more."""
        if self.main_dict == 0:
            return 0
        try:
            key: i64 = intern(self.vm, name)
        except Raised:
            exceptions.clear_pending(self.vm)
            return 0
        found: i64 = dict_get_str(self.vm.words, self.main_dict, key)
        decref(self.vm, self.vm.words, key)
        return int(found)

    def check(self) -> list[str]:
        """What is wrong with the heap."""
        return check(self.vm)

    # ------------------------------------------------------------ the end
    def finish(self) -> None:
        """End the program as CPython does.

        Functions of atexit are called, garbage is collected (unless gc.disable() was), all modules but sys and
        builtins are taken out of sys.modules, what is garbage then is collected.
        So finalizers run while what they use is still there. The first collection has an effect on their order.
        """
        if self.main_dict == 0:
            return
        self.main_dict = 0
        vm = self.vm
        atexitmodule.run_all(vm)
        if vm.words[W_GC_ENABLED] != 0:
            collect(vm, 2)
        d: i64 = vm.words[W_MODULES]
        i: i64 = 0
        while i < vm.words[d + DICT_NENTRIES]:
            key: i64 = vm.words[entry_at(vm.words, d, i) + ENTRY_KEY]
            if key != 0 and key != NAME_BUILTINS and key != NAME_SYS:
                vm.words[key] += 1
                dict_del(vm, d, key)
                decref(vm, vm.words, key)
            i += 1
        collect_at_exit(vm)
        show_garbage(vm)
        self.host.flush(STDOUT)

    def close(self) -> list[str]:
        """Finish, empty the modules that are left, drop the machine's own references; what lives on then."""
        vm = self.vm
        self.finish()
        self.clear_modules()
        vm.words[W_GC_DEBUG] = 0
        i: i64 = W_ROOTS
        while i < W_ROOTS_END:
            store(vm, vm.words, i, 0)
            i += 1
        store(vm, vm.words, W_RESULT, 0)
        store(vm, vm.words, W_MEMORY_ERROR, 0)
        store(vm, vm.words, W_BUILTINS, 0)
        store(vm, vm.words, W_MODULES, 0)
        collect_at_exit(vm)
        self.host.flush(STDOUT)
        return leaks(vm)

    def clear_modules(self) -> None:
        """Empty sys, then builtins."""
        vm = self.vm
        module: i64 = self.module(NAME_SYS)
        if module != 0:
            dict_clear(vm, vm.words[module + MODULE_DICT])
        dict_clear(vm, vm.words[W_BUILTINS])
        dict_clear(vm, vm.words[W_MODULES])
