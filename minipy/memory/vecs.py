"""Where `vec` comes from: librt's packed vector of words when compiled, a list when not.

mypyc resolves the names statically, so compiled modules use librt.vecs whatever this module binds at run time;
uncompiled a list, and exactly a list, is quicker than librt's boxed access, and works where librt has no wheel. Only
memory/words.py makes vectors; every other module uses the name in annotations alone. This module is never compiled.
"""

from __future__ import annotations

MYPY = False  # true for the type checker alone
if MYPY:
    from librt.vecs import extend as extend
    from librt.vecs import vec as vec
else:

    class vec:
        """`vec[item](buffer, capacity=...)` gives a plain list: the host's subscripts are quickest for exactly that."""

        def __class_getitem__(cls, item):
            return cls

        def __new__(cls, buffer, capacity=0):
            return list(buffer)

    def extend(words, more):
        """Append `more` in place, as librt's extend does within the reserved capacity."""
        words += more
        return words
