"""What a native raised, as the tests of single modules compare it: `Type: text`."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from minipy.memory.layout import EXC_ARGS, OB_TYPE, TYPE_WORDS, W_PENDING
from minipy.memory.statics import FIRST_TYPE
from minipy.objects.typetable import TYPE_TABLE


class Fault(Exception):
    """What a native raised: the name of its type and its text."""


def outcome(compute: Callable[[], Any]) -> Any:
    """The value, or `Type: text` of what the host or a native raised."""
    try:
        return compute()
    except Fault as e:
        return str(e)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def pending_fault(m: Any) -> str:
    """The exception that a native made an object of, with the text of the host's exception; it is dropped."""
    e = int(m.words[W_PENDING])
    name = TYPE_TABLE[(m.words[e + OB_TYPE] - FIRST_TYPE) // TYPE_WORDS][0]
    error = getattr(builtins, name)(*m.read(int(m.words[e + EXC_ARGS])))
    m.words[W_PENDING] = 0
    m.release(e)
    return f"{name}: {error}"
