"""The heap in the format of Chrome's DevTools: Memory panel, "Load profile". `minipy heap --heapsnapshot OUT FILE`.

    (root) --> (GC roots) --> (run-time stack) --> f, line 3     --> locals and operands
       |            |-------> (registers)      --> builtins, sys.modules, the exception being handled ...
       |            |-------> (interned strings) ~~> weak
       |            `-------> (static objects) --> None, small ints, built-in types that something refers to
       `--> __main__            (cyclic garbage) --> what only references among itself keep alive

    nodes   an object's type name; of a str its text, of a number its value, of a function or code its name
    edges   element i of a sequence, property k of a dict or an instance, otherwise the name of the word that refers
    ids     what id() gives, so an object has the same one in two snapshots; made-up nodes have odd ones
    sizes   bytes of the object and the buffers it owns

A weak reference refers by a weak edge, which keeps nothing alive. Nothing in the heap is changed by looking.

The format is that of V8's HeapSnapshotJSONSerializer (src/profiler/heap-snapshot-generator.cc).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple

from minipy.memory.layout import WORD_BYTES
from minipy.memory.words import Heap
from minipy.tools.snapshotgraph import ROOT, HeapGraph, Key

NODE_TYPES: Final = (
    "hidden", "array", "string", "object", "code", "closure", "regexp", "number", "native", "synthetic",
    "concatenated string", "sliced string", "symbol", "bigint", "object shape",
)  # fmt: skip
EDGE_TYPES: Final = ("context", "element", "property", "internal", "hidden", "shortcut", "weak")
META: Final = {
    "node_fields": ["type", "name", "id", "self_size", "edge_count", "trace_node_id", "detachedness"],
    "node_types": [NODE_TYPES, "string", "number", "number", "number", "number", "number"],
    "edge_fields": ["type", "name_or_index", "to_node"],
    "edge_types": [EDGE_TYPES, "string_or_number", "node"],
    "trace_function_info_fields": ["function_id", "name", "script_name", "script_id", "line", "column"],
    "trace_node_fields": ["id", "function_info_index", "count", "size", "children"],
    "sample_fields": ["timestamp_us", "last_assigned_id"],
    "location_fields": ["object_index", "script_id", "line", "column"],
}
NODE_WORDS: Final = 7


class Written(NamedTuple):
    """How much a snapshot holds."""

    nodes: int
    edges: int


class Snapshot:
    """The sections of a snapshot, filled from the root on: a node's number is its place in the order of discovery."""

    def __init__(self, graph: HeapGraph) -> None:
        self.graph = graph
        self.numbers: dict[Key, int] = {ROOT: 0}
        self.strings: dict[str, int] = {}
        self.nodes: list[str] = []
        self.edges: list[str] = []
        waiting: list[Key] = [ROOT]
        for key in waiting:  # it grows meanwhile
            self.add(key, waiting)

    def add(self, key: Key, waiting: list[Key]) -> None:
        """Write a node and its edges; what it refers to for the first time waits."""
        before = len(self.edges)
        for edge in self.graph.edges(key):
            if edge.to not in self.numbers:
                self.numbers[edge.to] = len(waiting)
                waiting.append(edge.to)
            name = edge.name if isinstance(edge.name, int) else self.string(edge.name)
            self.edges.append(f"{EDGE_TYPES.index(edge.type)},{name},{self.numbers[edge.to] * NODE_WORDS}")
        kind, name_text = self.graph.kind(key)
        identity = key * WORD_BYTES if isinstance(key, int) else 2 * len(self.nodes) + 1
        fields = NODE_TYPES.index(kind), self.string(name_text), identity, self.graph.size(key)
        self.nodes.append(f"{','.join(map(str, fields))},{len(self.edges) - before},0,0")

    def string(self, text: str) -> int:
        """The number of a string."""
        return self.strings.setdefault(text, len(self.strings))

    def text(self) -> str:
        """The file's text: a section a line, then a node or an edge a line."""
        counts = {"node_count": len(self.nodes), "edge_count": len(self.edges), "trace_function_count": 0}
        sections = {
            "snapshot": json.dumps({"meta": META, **counts}),
            "nodes": bracketed(self.nodes),
            "edges": bracketed(self.edges),
            **dict.fromkeys(("trace_function_infos", "trace_tree", "samples", "locations"), "[]"),
            "strings": json.dumps(list(self.strings)),
        }
        return "{" + ",\n".join(f'"{name}":{section}' for name, section in sections.items()) + "}\n"


def bracketed(lines: list[str]) -> str:
    """A JSON array of lines of numbers."""
    return "[" + ",\n".join(lines) + "]"


def write_snapshot(heap: Heap, path: str) -> Written:
    """Write a snapshot of the heap as it is now. OSError if the file cannot be written."""
    snapshot = Snapshot(HeapGraph(heap))
    Path(path).write_text(snapshot.text(), encoding="utf-8")
    return Written(len(snapshot.nodes), len(snapshot.edges))
