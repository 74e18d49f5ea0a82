"""`:explain` and `:step`: code that runs while somebody watches each line, or each instruction.

CPython counterpart: none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minipy.tools.stepper import Stepper

if TYPE_CHECKING:
    from minipy.tools.repl import Repl


def explain(repl: Repl, argument: str) -> list[str]:
    """Narrate what follows, stop that, or narrate one statement."""
    if argument in ("on", "off"):
        repl.explain_all(argument == "on")
        return []
    if not argument:
        return [f"explaining is {'on' if repl.narrator else 'off'}; :explain on, :explain off, :explain STATEMENT"]
    before = repl.narrator
    repl.explain_all(True)
    repl.run(argument + "\n")
    if before is None:
        repl.explain_all(False)
    return []


def step(repl: Repl, source: str) -> list[str]:
    """Run code and show each instruction."""
    if not source:
        return ["say what to run: :step x + 1"]
    stepper = Stepper(repl.heap, repl.screen.show, repl.go_on)
    repl.screen.show("  function   at   instruction                        operand stack before it")
    repl.watchers.add(stepper, observed=True)
    try:
        repl.run(source + "\n")
    finally:
        repl.watchers.remove(stepper)
    return []
