"""`--trace-events`: a well-formed trace that says what the run did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tools.command import command_here

SOURCE = """
import gc
class Finalized:
    def __del__(self): pass
def turns(n):
    for i in range(n):
        yield i
def key(x): return -x
def fail(n):
    if n == 0: raise ValueError
    fail(n - 1)
print(sorted([1, 2], key=key), sum(turns(2)))
try: fail(1)
except ValueError: pass
x = Finalized()
x.me = x
del x
gc.collect(1)
big = [None] * 50000
for i in range(3000): key(i)
"""


def trace(folder: Path, *options: str, source: str = SOURCE, code: int = 0) -> list[dict[str, Any]]:
    """The events of a run, each looked at as Perfetto's importer does."""
    (folder / "t.mp").write_text(source)
    assert command_here("run", "--trace-events", "t.json", *options, "t.mp", folder=folder)[2] == code
    data = json.loads((folder / "t.json").read_text())
    assert set(data) == {"traceEvents", "displayTimeUnit", "otherData"}
    events: list[dict[str, Any]] = data["traceEvents"]
    open_slices: dict[int, int] = {}
    last = 0.0
    for event in events:
        assert event["pid"] == 1 and event["tid"] in (1, 2)
        if event["ph"] == "M":
            assert event["name"] in ("process_name", "thread_name") and isinstance(event["args"]["name"], str)
            continue
        assert event["ts"] >= last, "in the order of time"
        last = event["ts"]
        if event["ph"] == "C":
            assert event["args"] and all(isinstance(value, int) and value >= 0 for value in event["args"].values())
        elif event["ph"] == "B":
            assert event["name"] and event["cat"] in ("call", "gc")
            open_slices[event["tid"]] = open_slices.get(event["tid"], 0) + 1
        else:
            assert event["ph"] == "E" and open_slices[event["tid"]] > 0, "ends what began"
            open_slices[event["tid"]] -= 1
    assert set(open_slices.values()) <= {0}
    return events


def calls(events: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """The program's calls: how deep, and of what."""
    depth, found = 0, []
    for event in events:
        if event["ph"] == "B" and event["tid"] == 1:
            found.append((depth, event["name"]))
            depth += 1
        elif event["ph"] == "E" and event["tid"] == 1:
            depth -= 1
    return found


@pytest.mark.parametrize("clock", ["wall", "steps"])
def test_calls_and_collections(clock: str, tmp_path: Path) -> None:
    events = trace(tmp_path, "--trace-clock", clock)
    assert calls(events)[:10] == [
        (0, "<module>"), (1, "Finalized"), (1, "key"), (1, "key"), (1, "turns"), (1, "turns"), (1, "turns"),
        (1, "fail"), (2, "fail"), (1, "Finalized.__del__"),
    ]  # fmt: skip
    begun = [event["name"] for event in events if event["ph"] == "B" and event["tid"] == 2]
    at = begun.index("collection of generation 1")
    assert begun[at : at + 4] == ["collection of generation 1", "update_refs", "subtract_refs", "move_unreachable"]
    (place,) = {json.dumps(event["args"]) for event in events if event.get("name") == "fail"}
    assert json.loads(place) == {"file": "t.mp", "line": 9}


def test_counters(tmp_path: Path) -> None:
    events = trace(tmp_path, "--trace-clock", "steps")
    sizes = [event["args"]["bytes"] for event in events if event.get("name") == "live bytes"]
    assert len(sizes) >= 4
    assert max(sizes) - sizes[0] > 50000 * 8, "the list"
    objects = [event["args"] for event in events if event.get("name") == "objects"]
    assert set(objects[0]) == {"generation 0", "generation 1", "generation 2"}


def test_by_steps_a_run_gives_the_same_file_twice(tmp_path: Path) -> None:
    first = trace(tmp_path, "--trace-clock", "steps")
    assert trace(tmp_path, "--trace-clock", "steps") == first


def test_what_a_limit_stops_is_a_whole_trace(tmp_path: Path) -> None:
    events = trace(tmp_path, "--max-steps", "50", source="def f(): pass\nwhile True: f()\n", code=123)
    assert len(calls(events)) > 10
    trace(tmp_path, source="def f(): 1 / 0\nf()\n", code=1)


def test_together_with_statistics(tmp_path: Path) -> None:
    events = trace(tmp_path, "--stats-json", "s.json")
    figures = json.loads((tmp_path / "s.json").read_text())
    assert figures["calls"] == len(calls(events))
    assert sum(row["pauses_seconds"] for row in figures["generations"]) > 0
