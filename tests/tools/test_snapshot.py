"""The .heapsnapshot: its form, what it says of a known heap, and that Chrome's own loader takes it.

Node and npm are needed for the last; DevTools' package is fetched once and kept as one file in the temporary folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tools.command import command_here

import minipy
from minipy.memory.layout import W_HEAP_TOP, WORD_BYTES
from minipy.tools import heapview
from minipy.tools.snapshot import write_snapshot

DEVTOOLS = "chrome-devtools-frontend@1.0.1705227"
BUNDLER = "esbuild@0.28.1"
SCRIPTS = Path(__file__).parent / "devtools"
NODE = shutil.which("node")
NPM = shutil.which("npm")
SOURCE = """
import gc, weakref
gc.collect()
class Node:
    def __init__(self, name):
        self.name = name
        self.other = None
kept = Node("kept")
kept.other = Node("inner")
lost = Node("lost")
lost.other = lost
del lost
table = {"key": kept, 7: "seven", (1, 2): None}
row = ["zeroth", 2.5, 10**30]
def outer(captured):
    def inner():
        return captured
    return inner
closure = outer("a captured text")
weak = weakref.ref(kept)
"""


class Edge(NamedTuple):
    """An edge as read back."""

    type: str
    name: str | int
    to: Node


class Node(NamedTuple):
    """A node as read back."""

    number: int
    type: str
    name: str
    id: int
    size: int
    edges: list[Edge]

    def edge(self, name: str | int) -> Node:
        """Where the one edge of this name leads."""
        (found,) = (edge.to for edge in self.edges if edge.name == name)
        return found


def read(path: Path) -> list[Node]:
    """The nodes of a snapshot, every field of the file looked at."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert list(data)[0] == "snapshot" and list(data)[-1] == "strings", "DevTools reads the sections as they come"
    meta, strings = data["snapshot"]["meta"], data["strings"]
    assert len(meta["node_fields"]) == len(meta["node_types"]) == 7
    rows = [data["nodes"][i : i + 7] for i in range(0, len(data["nodes"]), 7)]
    ends = [data["edges"][i : i + 3] for i in range(0, len(data["edges"]), 3)]
    assert (len(rows), len(ends)) == (data["snapshot"]["node_count"], data["snapshot"]["edge_count"])
    kinds = meta["node_types"][0]
    nodes = [Node(i, kinds[row[0]], strings[row[1]], row[2], row[3], []) for i, row in enumerate(rows)]
    at = 0
    for node, row in zip(nodes, rows, strict=True):
        for kind, name, to in ends[at : at + row[4]]:
            edge = meta["edge_types"][0][kind]
            target, rest = divmod(to, 7)
            assert rest == 0
            node.edges.append(Edge(edge, name if edge in ("element", "hidden") else strings[name], nodes[target]))
        at += row[4]
    assert at == len(ends)
    return nodes


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[minipy.Interpreter, Path]:
    """An interpreter after SOURCE, and its snapshot."""
    interpreter = minipy.Interpreter(capture=True)
    assert interpreter.run_source(SOURCE) == 0, interpreter.stderr_text
    path = tmp_path_factory.mktemp("snapshot") / "x.heapsnapshot"
    before = list(interpreter.heap.words[: int(interpreter.heap.words[W_HEAP_TOP])])
    written = write_snapshot(interpreter.heap, str(path))
    assert list(interpreter.heap.words[: int(interpreter.heap.words[W_HEAP_TOP])]) == before, "looking changes nothing"
    assert written.nodes == len(read(path))
    return interpreter, path


def named(nodes: list[Node], name: str) -> Node:
    """The one node of that name."""
    (found,) = (node for node in nodes if node.name == name)
    return found


def reached(root: Node, weakly: bool) -> set[int]:
    """The numbers of the nodes that can be reached."""
    seen = {root.number}
    waiting = [root]
    while waiting:
        for edge in waiting.pop().edges:
            if edge.to.number not in seen and (weakly or edge.type != "weak"):
                seen.add(edge.to.number)
                waiting.append(edge.to)
    return seen


def test_every_live_object_is_there_once_and_reached(taken: tuple[minipy.Interpreter, Path]) -> None:
    interpreter, path = taken
    nodes = read(path)
    ids = [node.id for node in nodes]
    assert len(set(ids)) == len(ids)
    assert {a * WORD_BYTES for a in heapview.live_objects(interpreter.heap)} <= set(ids)
    assert reached(nodes[0], weakly=False) == set(range(len(nodes)))
    sizes = {node.id: node.size for node in nodes}
    for a in heapview.live_objects(interpreter.heap):
        assert sizes[a * WORD_BYTES] == heapview.object_size(interpreter.heap, a)


def test_ids_are_what_id_gives(taken: tuple[minipy.Interpreter, Path]) -> None:
    interpreter, path = taken
    address = interpreter.global_address("kept") * WORD_BYTES
    (node,) = (node for node in read(path) if node.id == address)
    assert (node.type, node.name) == ("object", "Node")
    assert all(node.id % 2 == 1 for node in read(path) if node.type == "synthetic")


def test_edges_have_the_names_of_the_program(taken: tuple[minipy.Interpreter, Path]) -> None:
    interpreter, path = taken
    nodes = read(path)
    by_id = {node.id: node for node in nodes}
    kept, table, row, closure = (
        by_id[interpreter.global_address(name) * WORD_BYTES] for name in ("kept", "table", "row", "closure")
    )
    assert (kept.edge("name").type, kept.edge("name").name) == ("string", "kept")
    assert kept.edge("other").edge("name").name == "inner"
    assert table.edge("key") is kept
    assert table.edge("7").name == "seven"
    assert table.edge("tuple of 2 items").name == "NoneType"
    assert [(row.edge(i).type, row.edge(i).name) for i in range(3)] == [
        ("string", "zeroth"), ("number", "2.5"), ("bigint", str(10**30)),
    ]  # fmt: skip
    assert (closure.type, closure.name) == ("closure", "outer.<locals>.inner")
    assert "a captured text" in [nodes[number].name for number in reached(closure, weakly=False)]


def test_weak_references_keep_nothing_alive(taken: tuple[minipy.Interpreter, Path]) -> None:
    interpreter, path = taken
    by_id = {node.id: node for node in read(path)}
    weak, kept = (by_id[interpreter.global_address(name) * WORD_BYTES] for name in ("weak", "kept"))
    assert [(edge.type, edge.to) for edge in weak.edges if edge.name == "object"] == [("weak", kept)]
    assert reached(weak, weakly=False) == {weak.number}


def test_what_keeps_only_itself_is_garbage(taken: tuple[minipy.Interpreter, Path]) -> None:
    nodes = read(taken[1])
    garbage = named(nodes, "(cyclic garbage)")
    assert [edge.to.name for edge in garbage.edges if edge.to.type != "string"] == ["Node"]
    lost = next(edge.to for edge in garbage.edges if edge.to.name == "Node")
    assert lost.edge("other") is lost
    assert lost.number not in reached(named(nodes, "(GC roots)"), weakly=False)


def test_records_of_the_stack(tmp_path: Path) -> None:
    (tmp_path / "p.mp").write_text("def f(text):\n    pass\nf('a local text')\n")
    arguments = ["heap", "--at", "2", "--heapsnapshot", "p.heapsnapshot", "p.mp"]
    output, errors, code = command_here(*arguments, folder=tmp_path)
    assert (output, code) == ("", 0)
    nodes = read(tmp_path / "p.heapsnapshot")
    assert errors == f"p.heapsnapshot: {len(nodes):,} nodes, {sum(len(node.edges) for node in nodes):,} edges\n"
    records = [edge.to for edge in named(nodes, "(run-time stack)").edges]
    (record,) = (node for node in records if node.name.startswith("f, line "))
    assert record.edge("text").name == "a local text"
    assert [edge.type for edge in record.edges if edge.name == "text"] == ["context"]


# ---------------------------------------------------------------- Chrome's loader
@pytest.fixture(scope="module")
def bundle() -> Path:
    """DevTools' snapshot loader as one file for node."""
    if NODE is None or NPM is None:
        pytest.skip("node or npm is missing: DevTools' own loader cannot be run")
    path = Path(tempfile.gettempdir()) / f"minipy-{DEVTOOLS}-{os.getuid()}.mjs"
    if not path.exists():
        with tempfile.TemporaryDirectory() as folder:
            install = [NPM, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", DEVTOOLS, BUNDLER]
            done = subprocess.run(install, cwd=folder, capture_output=True, text=True, timeout=300)
            if done.returncode:
                pytest.skip(f"npm cannot get {DEVTOOLS}: {done.stderr.strip()[:200]}")
            made = Path(folder) / "bundle.mjs"
            subprocess.run([NODE, SCRIPTS / "bundle.mjs", made], cwd=folder, check=True, timeout=120)
            shutil.move(made, path)
    return path


def test_chromes_loader_takes_it(bundle: Path, taken: tuple[minipy.Interpreter, Path]) -> None:
    interpreter, path = taken
    assert NODE is not None
    done = subprocess.run([NODE, SCRIPTS / "load.mjs", bundle, path], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    shown = json.loads(done.stdout)
    nodes = read(path)
    assert [(node["id"], node["name"], node["self"]) for node in shown["nodes"]] == [
        (node.id, node.name, node.size) for node in nodes
    ]
    assert shown["total"] == sum(node.size for node in nodes)
    assert shown["classes"]["Node"]["count"] == 3
    rows = {row.name: row for row in heapview.types(interpreter.heap)}
    for name in ("list", "dict", "tuple", "module"):
        assert shown["classes"][name]["count"] >= rows[name].objects
    kept = next(n for n in shown["nodes"] if n["id"] == interpreter.global_address("kept") * WORD_BYTES)
    assert kept["retained"] == 2 * kept["self"], "the inner Node dies with it, the names are constants, too"
    assert all(0 <= node["distance"] < 100 for node in shown["nodes"])
