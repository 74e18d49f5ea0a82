"""The machine and the world outside: what it asks of the Host, when, and what the host's errors mean to a program.

    host's exception                     what becomes of it
    KeyboardInterrupt                    the program's KeyboardInterrupt
    OSError, UnicodeError, ValueError    the program's exception of that kind
    any other (a limit, a closed pipe)   the program ends: W_STOPPING, see `stop`

CPython counterpart: Python/pythonrun.c, Python/ceval_gil.c; the limits have none.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.bytecode.opcodes import RESUME
from minipy.memory.check import check_now
from minipy.memory.layout import W_BASE, W_BREAKER_RELOAD, W_EVAL_BREAKER, W_PC, W_STEPS, W_STOPPING
from minipy.memory.options import Options
from minipy.memory.statics import (
    T_KEYBOARD_INTERRUPT,
    T_OS_ERROR,
    T_OVERFLOW_ERROR,
    T_SYSTEM_EXIT,
    T_UNICODE_DECODE_ERROR,
    T_UNICODE_ENCODE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects.machine import Machine
from minipy.vm import tracebacks
from minipy.vm.breaker import Pace
from minipy.vm.host import Host, Observer
from minipy.vm.unwind import handled_above


class HostedMachine(Machine):
    """The part of the VM that knows its host."""

    def __init__(self, options: Options, host: Host) -> None:
        super().__init__(options)
        self.host = host
        self.pace = Pace()
        self.stopped: Exception | None = None
        self.sites: dict[int, str] = {}
        """Of each block, with trace_allocations, where it was handed out last."""
        self.observer: Observer | None = None
        self.instructions: i64 = 0
        self.calls: i64 = 0
        self.seen_base: i64 = 0
        first: i64 = self.next_poll(0)
        self.words[W_EVAL_BREAKER] = first
        self.words[W_BREAKER_RELOAD] = first

    # ------------------------------------------------------------ safe points
    def poll(self) -> None:
        """Ask the host; check the heap if that was asked for."""
        every = self.options.check_every
        try:
            self.host.check_limits(int(self.words[W_STEPS]))
            if every and int(self.words[W_STEPS]) % every == 0:
                check_now(self)
        except Exception as error:
            raise self.stop(error) from None

    def next_poll(self, passed: i64) -> i64:
        """By the clock, but in time for the limit on steps and for the next check of the heap."""
        following = self.pace.next(int(passed))
        steps = int(self.words[W_STEPS])
        if self.options.max_steps:
            following = min(following, max(1, self.options.max_steps + 1 - steps))
        if self.options.check_every:
            following = min(following, self.options.check_every - steps % self.options.check_every)
        return following

    def stop(self, error: Exception) -> Raised:
        """End the program: it unwinds past all handlers, and the session raises `error` to whoever ran it."""
        self.stopped = error
        w = self.words
        w[W_STOPPING] = 1
        w[W_BREAKER_RELOAD] -= w[W_EVAL_BREAKER]
        w[W_EVAL_BREAKER] = 0
        return self.error_object(T_SYSTEM_EXIT, 0)

    # ------------------------------------------------------------ an observed run
    def observe_line(self, number: i64) -> None:
        """Tell the observer."""
        if self.observer is not None:
            try:
                self.observer.line(int(number))
            except Exception as error:
                raise self.stop(error) from None

    def observe_step(self) -> None:
        """Count the instruction and, where one begins, the call or turn of a generator; tell the observer."""
        w = self.words
        self.instructions += 1
        entered: bool = w[w[W_PC]] & 255 == RESUME
        if entered:
            self.calls += 1
        changed: bool = entered or w[W_BASE] != self.seen_base
        self.seen_base = w[W_BASE]
        if self.observer is not None and (changed or self.observer.every_step):
            self.show_step(self.observer, entered, changed)

    def show_step(self, observer: Observer, entered: bool, changed: bool) -> None:
        """Tell the observer what is new."""
        try:
            if changed:
                observer.record(entered)
            if observer.every_step:
                observer.step()
        except Exception as error:
            raise self.stop(error) from None

    def observe_unwind(self) -> None:
        """Tell the observer, if it wants to hear of this one."""
        if self.observer is not None and (self.observer.every_unwind or not handled_above(self.words)):
            self.observer.unwind()

    def phase(self, number: i64) -> None:
        """Tell the observer."""
        if self.observer is not None:
            self.observer.phase(int(number))

    def allocated(self, a: i64) -> None:
        """Note where, if that is wanted."""
        if self.options.trace_allocations:
            self.sites[int(a)] = tracebacks.running_place(self)

    # ------------------------------------------------------------ streams, files, the clock
    def write(self, stream: int, text: str) -> None:
        try:
            self.host.write(stream, text)
        except Exception as error:
            raise self.host_error(error) from None

    def flush(self, stream: int) -> None:
        try:
            self.host.flush(stream)
        except Exception as error:
            raise self.host_error(error) from None

    def read_line(self) -> str:
        """The next line of standard input, "" at its end."""
        try:
            return self.host.read_line()
        except KeyboardInterrupt:
            raise self.error_object(T_KEYBOARD_INTERRUPT, 0) from None
        except Exception as error:
            raise self.host_error(error) from None

    def sleep(self, seconds: float) -> None:
        """Let so much time pass."""
        try:
            self.host.sleep(seconds)
        except KeyboardInterrupt:
            raise self.error_object(T_KEYBOARD_INTERRUPT, 0) from None
        except Exception as error:
            raise self.host_error(error) from None

    def host_error(self, error: Exception) -> Raised:
        """What an error of the host's streams is to the program: an exception of the same kind, or its end."""
        if isinstance(error, UnicodeEncodeError):
            return self.error(T_UNICODE_ENCODE_ERROR, f"{error}")
        elif isinstance(error, UnicodeDecodeError):
            return self.error(T_UNICODE_DECODE_ERROR, f"{error}")
        elif isinstance(error, OverflowError):
            return self.error(T_OVERFLOW_ERROR, f"{error}")
        elif isinstance(error, ValueError):
            return self.error(T_VALUE_ERROR, f"{error}")
        elif isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            return self.error(T_OS_ERROR, f"{error}")
        return self.stop(error)

    def program_path(self) -> str:
        return self.host.program_path()

    def library_path(self) -> str:
        return self.host.library_path()

    def program_arguments(self) -> list[str]:
        return self.host.argv

    def source_line(self, filename: str, number: int) -> str:
        return self.host.source_line(filename, number)

    def anchors(self, segment: str) -> tuple[int, int]:
        return self.host.anchors(segment)
