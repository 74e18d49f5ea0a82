"""Runs the driver on one of CPython's test files: `python one.py TIMEOUT test_list`; started by run.py.

A file is refused as a whole for one `async def`, so that its other methods could not be tried. Here the tree is
changed before it is compiled: an async function raises NotImplementedError when it is called. The methods that need it
fail, the others run.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from minipy.interpreter import Interpreter
from minipy.memory.options import Options
from minipy.syntax import ast, parser
from minipy.syntax.node import POSITION

REFUSED = "raise NotImplementedError('not supported by minipy')"


def refuse(node: Any, raising: Any) -> Any:
    """The node, or what stands for it, changed in place."""
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            setattr(node, name, [refuse(item, raising) if isinstance(item, ast.AST) else item for item in value])
        elif isinstance(value, ast.AST):
            setattr(node, name, refuse(value, raising))
    if isinstance(node, ast.AsyncFunctionDef):
        position = {name: getattr(node, name) for name in POSITION}
        return ast.FunctionDef(node.name, node.args, [raising], node.decorator_list, node.returns, **position)
    return node


def main(timeout: str, *arguments: str) -> int:
    """Run the driver with the arguments."""
    raising = parser.parse(REFUSED, "<refused>").body[0]
    original = parser.parse

    def parse(text: Any, filename: str = "<unknown>", mode: str = "exec") -> Any:
        tree = original(text, filename, mode)
        return refuse(tree, raising) if os.path.basename(filename).startswith("test_") else tree

    parser.parse = parse  # type: ignore[assignment]
    options = Options()
    options.timeout = float(timeout)
    interpreter = Interpreter(argv=["driver.mp", *arguments], path="", options=options)
    code = interpreter.run_file("driver.mp")
    interpreter.finish()
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
