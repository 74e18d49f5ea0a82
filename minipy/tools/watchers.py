"""One machine has one observer; this one passes what it hears on to several: the log of collections, the narrator, ...

CPython counterpart: none; sys.settrace has one function, too, and debuggers fight about it.
"""

from __future__ import annotations

from minipy import Interpreter
from minipy.vm.host import Observer


class Watchers(Observer):
    """Passes on. `observed` members want code compiled with marks; the others hear of collections and unwinding."""

    def __init__(self, interpreter: Interpreter) -> None:
        super().__init__()
        self.interpreter = interpreter
        self.members: list[Observer] = []
        self.observed: list[Observer] = []

    def add(self, member: Observer, observed: bool) -> None:
        """From now on tell a member, too."""
        self.members.append(member)
        if observed:
            self.observed.append(member)
        self.settle()

    def remove(self, member: Observer) -> None:
        """No longer tell a member."""
        self.members = [other for other in self.members if other is not member]
        self.observed = [other for other in self.observed if other is not member]
        self.settle()

    def settle(self) -> None:
        """Be the machine's observer if there is anybody to tell; compile with marks if somebody wants them."""
        self.every_unwind = bool(self.observed)
        self.every_step = any(member.every_step for member in self.observed)
        self.interpreter.observe(self if self.members else None)
        self.interpreter.host.observed = bool(self.observed)

    def line(self, number: int) -> None:
        self.interpreter.host.observed = False  # what is compiled from now on is none of the statement's text
        for member in self.observed:
            member.line(number)

    def step(self) -> None:
        for member in self.observed:
            if member.every_step:
                member.step()

    def record(self, entered: bool) -> None:
        for member in self.observed:
            member.record(entered)

    def unwind(self) -> None:
        for member in self.members:
            member.unwind()

    def phase(self, number: int) -> None:
        for member in self.members:
            member.phase(number)
