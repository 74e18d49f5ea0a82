"""Calls inside the group of compiled modules: direct where they are virtual, and of functions nobody else can call.

`direct`: the machine the objects see (objects/machine.py) is an abstract class, so that the layers point one way;
compiled, every machine is a VM, since an interpreted class cannot derive from a compiled one. So each call through the
machine's table of methods becomes a call of the VM's method, which gcc can put in its place.

`static`: mypyc declares all functions for other C files to see. There are none, and gcc inlines what is called once.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Final

ONLY_CLASSES: Final = {"machine___Machine": "virtual_machine___VM"}
"""An abstract class and the one class its instances have (module___class)."""

_TABLE: Final = r"CPyVTableItem {}_vtable_scratch\[\] = \{{\n(.*?)\n\s*\}};"
_VIRTUAL: Final = r"CPY_GET_METHOD\(\w+, CPyType_{}, (\d+), \w+, [^;\n]*?\)\)(?=\()"
_EXTERN: Final = re.compile(r"^extern (?=\S[^(\n]*\bCPyDef_\w+\()", re.M)


def call_directly(text: str, only: dict[str, str] = ONLY_CLASSES) -> tuple[str, int]:
    """Name the method in every call of a method of `only`'s classes."""
    count = 0
    for abstract, concrete in only.items():
        found = re.search(_TABLE.format(concrete), text, re.S)
        if found is None:
            continue
        methods = re.findall(r"\(CPyVTableItem\)(\w+)", found[1])
        text, calls = re.subn(_VIRTUAL.format(abstract), partial(_method, methods), text)
        count += calls
    return text, count


def _method(methods: list[str], call: re.Match[str]) -> str:
    """The method that a virtual call calls by its number."""
    return methods[int(call[1])]


def make_static(header: str) -> tuple[str, int]:
    """The group's internal header with its functions declared static, which their definitions then are, too."""
    return _EXTERN.subn("static ", header)
