"""What the next instruction of an observed run is about to change, in the words of the narrator.

One function a family of instructions; each reads the operand stack as the stanza in bytecode/opcodes.py pictures it
and says which place will point to which object, which one it pointed to, and what may be released.

CPython counterpart: none.
"""

from __future__ import annotations

from collections.abc import Callable

from minipy.bytecode import opcodes as op
from minipy.memory.layout import (
    CELL_CONTENTS,
    CO_CONSTS,
    FUNC_CODE,
    FUNC_QUALNAME,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    RANGE_START,
    RANGE_STEP,
    RANGE_STOP,
    TP_FLAGS,
    TPFLAGS_TYPE,
    TUPLE_ITEMS,
    W_BASE,
    W_PC,
    W_SP,
)
from minipy.memory.stack import record_header
from minipy.memory.statics import NONE, T_DICT, T_LIST, T_SLICE
from minipy.memory.traverse import referents
from minipy.memory.words import Heap
from minipy.objects.dictobject import dict_get_str
from minipy.objects.longobject import host_int, is_int
from minipy.objects.operators import NB_INPLACE
from minipy.objects.unicodeobject import host_str
from minipy.tools.brief import brief, following, is_static, visible_names
from minipy.tools.contents import Contents, contents
from minipy.tools.values import address_text, type_name
from minipy.vm.names import local_name, namespace

MODULE = "<module>"


class Change:
    """A sentence with its detail ("" for none); the object a place will point to, the one it pointed to; what may die.

    `text` "": nothing is said but of what dies. `tells_static`: worth saying that small ints are shared.
    """

    def __init__(self, text: str, new: int, old: int, released: list[int], detail: str = "") -> None:
        self.text = text
        self.new = new
        self.old = old
        self.released = released
        self.detail = detail
        self.tells_static = False
        self.contents: Contents | None = None
        """Of the object whose method is called."""


def next_change(heap: Heap) -> Change | None:
    """What the instruction at W_PC will change; None if there is nothing to tell."""
    w = heap.words
    word = int(w[w[W_PC]])
    act = ACTS.get(word & 255)
    return act(heap, word >> 8) if act is not None else None


def operand(heap: Heap, n: int) -> int:
    """The n-th value from the top of the operand stack, 1 the top."""
    return int(heap.words[heap.words[W_SP] - n])


# ---------------------------------------------------------------- names
def binding(heap: Heap, name: str, new: int, old: int) -> Change:
    """A name is bound."""
    others = [other for other, a in visible_names(heap).items() if a == new and other != name]
    if old == new:
        return Change(f"{name} points to the same object as before", new, 0, [])
    if others:
        change = Change(f"{name} points to the same object", new, old, [old], "as " + " and ".join(others[:3]))
    else:
        article = "another object, " if old else ""
        change = Change(f"{name} points to {article}{brief(heap, new)}", new, old, [old], newness(heap, new))
    change.tells_static = True
    return change


def newness(heap: Heap, a: int) -> str:
    """Is the object on the stack new: nothing but the stack, and perhaps the code's constants, has it."""
    if is_static(heap, a):
        return ""
    w = heap.words
    header = int(record_header(w, w[W_BASE]))
    copies = sum(1 for i in range(header, int(w[W_SP])) if w[i] == a)
    consts = w[w[w[w[W_BASE] - 1] + FUNC_CODE] + CO_CONSTS]
    constants = sum(1 for i in range(int(w[consts + OB_SIZE])) if w[consts + TUPLE_ITEMS + i] == a)
    kind = type_name(heap, a)
    if w[w[a + OB_TYPE] + TP_FLAGS] & TPFLAGS_TYPE:  # a class is one of its own bases, and its attributes know it
        copies += sum(1 for one in following(heap, [a]) for child in referents(w, one) if child == a)
    if w[a + OB_REFCNT] == copies:
        return f"a new {kind} at {address_text(a)}"
    if w[a + OB_REFCNT] - constants == copies:
        return f"a new {kind} at {address_text(a)}, made with the code as its constant"
    return f"an object that is shared: the {kind} at {address_text(a)}"


def origin(heap: Heap, a: int) -> str:
    """Of what an attribute or element will point to: by which names it is known, else whether it is new."""
    names = [name for name, bound in visible_names(heap).items() if bound == a]
    return "the same object as " + " and ".join(names[:3]) if names and not is_static(heap, a) else newness(heap, a)


def store_fast(heap: Heap, i: int) -> Change:
    """STORE_FAST."""
    w = heap.words
    base = int(w[W_BASE])
    return binding(heap, host_str(heap, local_name(w, base, i)), operand(heap, 1), int(w[base + i]))


def store_deref(heap: Heap, i: int) -> Change:
    """STORE_DEREF."""
    w = heap.words
    base = int(w[W_BASE])
    return binding(heap, host_str(heap, local_name(w, base, i)), operand(heap, 1), int(w[w[base + i] + CELL_CONTENTS]))


def store_name(heap: Heap, name: int) -> Change | None:
    """STORE_NAME and STORE_GLOBAL."""
    text = host_str(heap, name)
    return None if text.startswith("__") else binding(heap, text, operand(heap, 1), bound(heap, name))


def bound(heap: Heap, name: int) -> int:
    """What a name of the running record's namespace is bound to, 0 for nothing."""
    d = namespace(heap.words)
    return int(dict_get_str(heap.words, d, name)) if heap.words[d + OB_TYPE] == T_DICT else 0


def unbinding(heap: Heap, name: str, old: int) -> Change:
    """A name goes."""
    return Change(f"{name} points to nothing any more", 0, old, [old])


def delete_fast(heap: Heap, i: int) -> Change:
    """DELETE_FAST."""
    w = heap.words
    base = int(w[W_BASE])
    return unbinding(heap, host_str(heap, local_name(w, base, i)), int(w[base + i]))


def delete_name(heap: Heap, name: int) -> Change:
    """DELETE_NAME and DELETE_GLOBAL."""
    return unbinding(heap, host_str(heap, name), bound(heap, name))


# ---------------------------------------------------------------- attributes and elements
def store_attr(heap: Heap, name: int) -> Change:
    """STORE_ATTR: value, owner."""
    owner, value = operand(heap, 1), operand(heap, 2)
    text = f"attribute {host_str(heap, name)} of {brief(heap, owner)} points to {brief(heap, value)}"
    return Change(text, value, 0, [owner], origin(heap, value))


def store_subscr(heap: Heap, unused: int) -> Change:
    """STORE_SUBSCR: value, container, key."""
    w = heap.words
    key, container, value = operand(heap, 1), operand(heap, 2), operand(heap, 3)
    if w[key + OB_TYPE] == T_SLICE:
        return store_elements(heap, key, container, value)
    old = 0
    if w[container + OB_TYPE] == T_LIST and is_int(w, key):
        i = host_int(heap, key)
        n = int(w[container + LIST_LENGTH])
        old = int(w[w[container + LIST_ITEMS] + i % n]) if n and -n <= i < n else 0
    text = f"element {brief(heap, key)} of {brief(heap, container)} points to {brief(heap, value)}"
    return Change(text, value, old, [old or container], origin(heap, value))


def store_elements(heap: Heap, key: int, container: int, value: int) -> Change:
    """STORE_SUBSCR whose key is a slice."""
    w = heap.words
    bounds = [int(w[key + part]) for part in (RANGE_START, RANGE_STOP, RANGE_STEP)]
    if bounds[2] == NONE:
        bounds.pop()
    place = ":".join("" if bound == NONE else brief(heap, bound) for bound in bounds)
    text = f"elements {place} of {brief(heap, container)} become those of {brief(heap, value)}"
    return Change(text, 0, 0, [key, container, value])


def delete_attr(heap: Heap, unused: int) -> Change:
    """DELETE_ATTR: owner."""
    return Change("", 0, 0, [operand(heap, 1)])


def delete_subscr(heap: Heap, unused: int) -> Change:
    """DELETE_SUBSCR: container, key."""
    change = Change("", 0, 0, [operand(heap, 1), operand(heap, 2)])
    change.contents = contents(heap, operand(heap, 2))
    return change


def augmented(heap: Heap, operator: int) -> Change | None:
    """BINARY_ADD, BINARY_MULTIPLY, BINARY_OP: left, right. In place, the left one may grow."""
    found = contents(heap, operand(heap, 2)) if operator & NB_INPLACE else None
    if found is None:
        return None
    change = Change("", 0, 0, [operand(heap, 1), operand(heap, 2)])
    change.contents = found
    return change


def call_method(heap: Heap, n: int) -> Change:
    """CALL_METHOD: function, self, arguments."""
    change = Change("", 0, 0, [a for a in (operand(heap, i) for i in range(1, n + 2)) if a])
    change.contents = contents(heap, operand(heap, n + 1))
    return change


def pop_top(heap: Heap, unused: int) -> Change | None:
    """POP_TOP: what an expression gave and nobody keeps."""
    value = operand(heap, 1)
    return Change("", 0, 0, [value]) if value and value != NONE else None


# ---------------------------------------------------------------- records
def return_value(heap: Heap, unused: int) -> Change | None:
    """RETURN_VALUE: the record and what only it held go."""
    w = heap.words
    base = int(w[W_BASE])
    name = host_str(heap, w[w[base - 1] + FUNC_QUALNAME])
    if name == MODULE:
        return None
    held = [int(w[i]) for i in range(base, int(record_header(w, base)))]
    result = brief(heap, operand(heap, 1))
    return Change(f"{name} returns {result}: its activation record is popped", 0, 0, held)


def yield_value(heap: Heap, unused: int) -> Change:
    """YIELD_VALUE."""
    w = heap.words
    name = host_str(heap, w[w[w[W_BASE] - 1] + FUNC_QUALNAME])
    text = f"{name} yields {brief(heap, operand(heap, 1))}: its activation record moves to the heap"
    return Change(text, 0, 0, [])


def return_generator(heap: Heap, unused: int) -> Change:
    """RETURN_GENERATOR."""
    w = heap.words
    name = host_str(heap, w[w[w[W_BASE] - 1] + FUNC_QUALNAME])
    return Change(f"{name} becomes a generator: its activation record moves to the heap", 0, 0, [])


ACTS: dict[int, Callable[[Heap, int], Change | None]] = {
    op.STORE_FAST: store_fast, op.STORE_DEREF: store_deref, op.STORE_NAME: store_name, op.STORE_GLOBAL: store_name,
    op.DELETE_FAST: delete_fast, op.DELETE_NAME: delete_name, op.DELETE_GLOBAL: delete_name,
    op.STORE_ATTR: store_attr, op.STORE_SUBSCR: store_subscr, op.DELETE_SUBSCR: delete_subscr,
    op.DELETE_ATTR: delete_attr, op.BINARY_ADD: augmented, op.BINARY_MULTIPLY: augmented, op.BINARY_OP: augmented,
    op.CALL_METHOD: call_method, op.POP_TOP: pop_top, op.RETURN_VALUE: return_value,
    op.GENERATOR_RETURN: return_value, op.YIELD_VALUE: yield_value, op.RETURN_GENERATOR: return_generator,
}  # fmt: skip
