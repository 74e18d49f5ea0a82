"""Numbers of the native families that belong to vm and modules; objects/natives.py numbers the object model's.

vm/dispatch.py finds the module by these.
"""

from __future__ import annotations

from typing import Final

from minipy.objects.natives import FAMILY_GENERATOR as FAMILY_GENERATOR
from minipy.objects.natives import FAMILY_MODULES

FAMILY_BUILTINS: Final = FAMILY_MODULES
FAMILY_SYS: Final = FAMILY_MODULES + 2
FAMILY_GC: Final = FAMILY_MODULES + 3
FAMILY_MATH: Final = FAMILY_MODULES + 4
FAMILY_TIME: Final = FAMILY_MODULES + 5
FAMILY_RANDOM: Final = FAMILY_MODULES + 6
FAMILY_TEXT_STREAM: Final = FAMILY_MODULES + 7
FAMILY_FRAME: Final = FAMILY_MODULES + 8
FAMILY_WEAKREF_MODULE: Final = FAMILY_MODULES + 16
FAMILY_ATEXIT: Final = FAMILY_MODULES + 17
FAMILY_TRACEBACK: Final = FAMILY_MODULES + 18
FAMILY_OPERATOR: Final = FAMILY_MODULES + 20
FAMILY_ITERTOOLS: Final = FAMILY_MODULES + 21
FAMILY_COLLECTIONS: Final = FAMILY_MODULES + 22
FAMILY_ABC: Final = FAMILY_MODULES + 23
FAMILY_FUNCTOOLS: Final = FAMILY_MODULES + 24
FAMILY_STRUCTSEQ: Final = FAMILY_MODULES + 25
FAMILY_CMATH: Final = FAMILY_MODULES + 26
