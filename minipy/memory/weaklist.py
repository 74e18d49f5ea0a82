"""The weak references to an object: the list that its word at TP_WEAKLIST begins.

    object:  ... | weak list --> ref <--> ref <--> proxy <--> ref      WR_NEXT, WR_PREVIOUS; the first one's is 0
                                  |        |        |          |
                                  `--------+--------+----------`--> WR_OBJECT, the object: a raw address, not counted

First comes the plain reference without a callback, then the plain proxy without one: they are shared. Behind them all
others, the newest first; callbacks run in this order.

Invariants
- WR_OBJECT is 0 or an object whose list holds the weak reference.
- An object whose count fell to 0 is dead at once, though it may still wait for deallocation (memory/refcount.py): for
  whoever asks there is no such object (`referent`), and no such weak reference (`is_dead`).

CPython counterpart: the list functions of Objects/weakrefobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_SOLID, TP_WEAKLIST
from minipy.memory.layout_modules import WR_NEXT, WR_OBJECT, WR_PREVIOUS
from minipy.memory.statics import T_CALLABLE_PROXY, T_WEAKPROXY, T_WEAKREF
from minipy.memory.words import vec


# ---------------------------------------------------------------- asking
def list_word(w: vec[i64], o: i64) -> i64:
    """The address of the word that begins the list of weak references to `o`; 0: its type has no such list."""
    offset: i64 = w[w[o + OB_TYPE] + TP_WEAKLIST]
    return 0 if offset == 0 else o + offset


def is_proxy(w: vec[i64], o: i64) -> bool:
    """Is `o` a proxy, callable or not?"""
    t: i64 = w[o + OB_TYPE]
    return t == T_WEAKPROXY or t == T_CALLABLE_PROXY


def is_weakref(w: vec[i64], o: i64) -> bool:
    """Is `o` a weak reference, a proxy, or an instance of a subclass?"""
    solid: i64 = w[w[o + OB_TYPE] + TP_SOLID]
    return solid == T_WEAKREF or solid == T_WEAKPROXY or solid == T_CALLABLE_PROXY


def is_dead(w: vec[i64], r: i64) -> bool:
    """Does the object or weak reference `r` only wait for its deallocation?"""
    return w[r] <= 0


def referent(w: vec[i64], r: i64) -> i64:
    """The object that the weak reference `r` refers to, borrowed; 0: it is dead."""
    o: i64 = w[r + WR_OBJECT]
    return 0 if o == 0 or is_dead(w, o) else o


def first_alive(w: vec[i64], r: i64) -> i64:
    """The weak reference `r` or the first one behind it in its list that is not dead; 0: none."""
    while r != 0 and is_dead(w, r):
        r = w[r + WR_NEXT]
    return r


# ---------------------------------------------------------------- an object's list
def insert_after(w: vec[i64], at: i64, previous: i64, r: i64) -> None:
    """Put `r` behind `previous`, or first (0), into the list that begins at the word `at`."""
    following: i64 = w[at] if previous == 0 else w[previous + WR_NEXT]
    w[r + WR_PREVIOUS] = previous
    w[r + WR_NEXT] = following
    if following != 0:
        w[following + WR_PREVIOUS] = r
    if previous == 0:
        w[at] = r
    else:
        w[previous + WR_NEXT] = r


def unlink(w: vec[i64], r: i64) -> None:
    """The weak reference leaves its object's list and refers to nothing; its callback stays."""
    o: i64 = w[r + WR_OBJECT]
    if o == 0:
        return
    previous: i64 = w[r + WR_PREVIOUS]
    following: i64 = w[r + WR_NEXT]
    if previous == 0:
        w[list_word(w, o)] = following
    else:
        w[previous + WR_NEXT] = following
    if following != 0:
        w[following + WR_PREVIOUS] = previous
    w[r + WR_OBJECT] = 0
    w[r + WR_NEXT] = 0
    w[r + WR_PREVIOUS] = 0
