"""The two lanes are borrowed: no reference is counted where mypyc's C reads `heap.words` or `heap.floats`.

    w = heap.words      r0 = ((...HeapObject *)heap)->_words;
                        if (unlikely(r0.len < 0)) { CPy_AttributeError(...); goto ...; }      dropped
                        VEC_I64_INCREF(r0);                                                   dropped
    ...                 VEC_I64_DECREF(r0);                                                   dropped

The heap holds its lanes as long as it lives, whoever has a heap keeps it alive, and the lanes grow in place
(memory/words.py). So the counting is right without effect: some four memory accesses in each small function.

A function is left as it is if one of its vectors comes from elsewhere (a call, a constructor), if it stores one into an
object, if it returns one, or if it makes a Python object of one: that takes a reference over.
"""

from __future__ import annotations

import re
from typing import Final

_FUNCTION: Final = re.compile(r"^\S[^\n]*\) \{\n.*?^\}\n", re.M | re.S)
_VECTOR: Final = re.compile(r"\bVec(?:I64|Float) (cpy_r_\w+)")
_ASSIGNED: Final = re.compile(r"(cpy_r_\w+) = ([^;]+);")
_LANE: Final = re.compile(r"\(\(\w+ \*\)cpy_r_\w+\)->_(?:words|floats)")
_STORED: Final = re.compile(r"->_\w+ = (cpy_r_\w+);")
_COUNTED: Final = re.compile(r"\s*VEC_(?:I64|FLOAT)_(?:IN|DE)CREF\(cpy_r_\w+\);")
_UNDEFINED: Final = re.compile(
    r"    if \(unlikely\((cpy_r_\w+)\.len < 0\)\) \{\n\s*CPy_AttributeError[^\n]*\n\s*goto \w+;\n\s*\}\n"
)


def borrow_lanes(text: str) -> tuple[str, int]:
    """The text without the counting, and how many instructions of it fell away."""
    before = text.count("CREF(cpy_r_")
    text = _FUNCTION.sub(_borrow, text)
    return text, before - text.count("CREF(cpy_r_")


def _borrow(function: re.Match[str]) -> str:
    """A function that does not count references to lanes, or as it was."""
    body = function[0]
    if "VEC_" not in body or not _has_only_lanes(body):
        return body
    return _UNDEFINED.sub("", _COUNTED.sub("", body))


def _has_only_lanes(body: str) -> bool:
    """Does every vector of the function come from a heap, and none leave but as an argument?"""
    vectors = set(_VECTOR.findall(body))
    if body.startswith("Vec") or "Api.box(" in body or any(stored in vectors for stored in _STORED.findall(body)):
        return False
    sources = [source for name, source in _ASSIGNED.findall(body) if name in vectors]
    return all(source in vectors or _LANE.fullmatch(source) for source in sources)
