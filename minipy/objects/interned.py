"""Interned strings, one object for each text: the interface.

CPython counterpart: PyUnicode_InternFromString and PyUnicode_InternInPlace of Objects/unicodeobject.c. The strings are
made in unicodeobject.py, the table that knows them is in interntable.py.
"""

from __future__ import annotations

from minipy.objects.interntable import forget_interned as forget_interned
from minipy.objects.interntable import intern_statics as intern_statics
from minipy.objects.unicodeobject import intern as intern
from minipy.objects.unicodeobject import intern_in_place as intern_in_place
