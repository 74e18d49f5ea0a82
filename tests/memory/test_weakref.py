"""Lists of weak references, what the checker says of them, and the machine's reports."""

from __future__ import annotations

import pytest

import minipy
from minipy.memory.layout_modules import WR_NEXT, WR_OBJECT, WR_PREVIOUS
from minipy.memory.weaklist import first_alive, list_word, referent

SOURCE = """
import _weakref
class C: pass
c = C()
r, p, k = _weakref.ref(c), _weakref.proxy(c), _weakref.ref(c, id)
"""


def prepared() -> tuple[minipy.Interpreter, dict[str, int]]:
    """An interpreter whose `c` has three weak references, and the addresses of the four."""
    interpreter = minipy.Interpreter(capture=True)
    assert interpreter.run_source(SOURCE) == 0
    addresses = {name: interpreter.session.global_address(name) for name in "crpk"}
    return interpreter, addresses


def test_the_order_of_the_list() -> None:
    interpreter, at = prepared()
    w = interpreter.heap.words
    found = [int(w[list_word(w, at["c"])])]
    while w[found[-1] + WR_NEXT] != 0:
        found.append(int(w[found[-1] + WR_NEXT]))
    assert found == [at["r"], at["p"], at["k"]]
    assert [int(w[r + WR_PREVIOUS]) for r in found] == [0, at["r"], at["p"]]
    assert {int(referent(w, r)) for r in found} == {at["c"]}
    assert interpreter.check() == []
    assert interpreter.close() == []


def test_what_waits_for_deallocation_is_dead() -> None:
    interpreter, at = prepared()
    w = interpreter.heap.words
    count, w[at["r"]] = w[at["r"]], 0
    assert first_alive(w, at["r"]) == at["p"]
    w[at["r"]] = count
    count, w[at["c"]] = w[at["c"]], -at["p"]
    assert referent(w, at["r"]) == 0
    w[at["c"]] = count


@pytest.mark.parametrize(("word", "value", "complaint"), [
    (WR_PREVIOUS, 12345, "what is before"), (WR_OBJECT, 0, "refers to 0"), (WR_NEXT, 8, "8 is none")])
def test_the_checker_finds_broken_lists(word: int, value: int, complaint: str) -> None:
    interpreter, at = prepared()
    w = interpreter.heap.words
    good, w[at["p"] + word] = w[at["p"] + word], value
    assert any(complaint in problem for problem in interpreter.check())
    w[at["p"] + word] = good
    assert interpreter.check() == []


def test_the_checker_finds_references_in_no_list() -> None:
    interpreter, at = prepared()
    w = interpreter.heap.words
    w[at["p"] + WR_NEXT] = 0
    assert any("whose list does not have it" in problem for problem in interpreter.check())
