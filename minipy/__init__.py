"""minipy: a Python interpreter that is also a glass machine. `Interpreter` runs programs and shows their memory.

The machine is loaded when one of its names is first asked for.
"""

from __future__ import annotations

from minipy.version import __version__

MYPY = False  # true for the type checker alone
if MYPY:
    from minipy.interpreter import Interpreter, LimitReached, ProgramError
    from minipy.memory.options import Options

    COMPILED: bool
    """Whether this installation runs compiled by mypyc."""

__all__ = ["COMPILED", "Interpreter", "LimitReached", "Options", "ProgramError", "__version__"]


def __getattr__(name: str) -> object:
    """Load the machine (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'minipy' has no attribute '{name}'")
    from minipy import interpreter
    from minipy.memory import options, words

    values = {
        "COMPILED": not words.__file__.endswith(".py"),
        "Interpreter": interpreter.Interpreter,
        "LimitReached": interpreter.LimitReached,
        "Options": options.Options,
        "ProgramError": interpreter.ProgramError,
    }
    globals().update(values)
    return values[name]
