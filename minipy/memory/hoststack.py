"""How much of the host's own stack a machine may use.

    host stack    | the caller | loop | natives | loop | natives | ... | repr of repr of ... | free |
                               `---- at most native_levels() of these ---'  recursion.DEEPEST

Compiled code has no guard against running over the end of its stack, so what recurses in it is counted: calls from
native code back into the loop here, native code on nested data in objects/recursion.py.

CPython counterpart: PyOS_CheckStack, C_RECURSION_LIMIT of Include/internal/pycore_ceval.h (3.12).
"""

from __future__ import annotations

import sys
from typing import Final

LEVEL_BYTES: Final = 4096
"""What a call back into the loop takes of the host's stack, compiled; measured 1000 to 3200."""
OTHER_BYTES: Final = 4 << 20
"""What is left to the caller and to native code on nested data."""
FEWEST_LEVELS: Final = 200
MOST_LEVELS: Final = 4000
UNCOMPILED_LEVELS: Final = 1000
"""There the host's own recursion limit is what must not be reached."""
SMALL_STACK: Final = 1 << 20
"""Of a thread that is not the first, and where the host does not say."""


def native_levels() -> int:
    """How deep native code may call back into the loop on the stack of this thread."""
    if __file__.endswith(".py"):
        return UNCOMPILED_LEVELS
    levels = (stack_bytes() - OTHER_BYTES) // LEVEL_BYTES
    return max(FEWEST_LEVELS, min(levels, MOST_LEVELS))


def stack_bytes() -> int:
    """The size of this thread's stack."""
    threads = sys.modules.get("threading")
    if sys.platform == "win32" or (threads is not None and threads.current_thread() is not threads.main_thread()):
        return SMALL_STACK
    import resource

    soft = resource.getrlimit(resource.RLIMIT_STACK)[0]
    return MOST_LEVELS * LEVEL_BYTES if soft == resource.RLIM_INFINITY else soft
