"""`minipy check`: is each file a program, and is the code made of it sound? Nothing is run.

CPython counterpart: `python -m py_compile`; it has no verifier.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from minipy import compiler
from minipy.bytecode.verify import verify
from minipy.errors import SourceError, Span
from minipy.syntax import parser
from minipy.syntax.source import decode
from minipy.tools.jsonlistings import fault_data, span_data


class Checked(NamedTuple):
    """What is wrong with one file: faults as data and as the text to be shown; warnings do not count as wrong."""

    file: str
    ok: bool
    errors: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    text: str


def check(path: str) -> Checked:
    """Compile and verify one file."""
    warnings: list[dict[str, Any]] = []
    lines: list[str] = []

    def warn(message: str, span: Span) -> None:
        warnings.append({"message": message, **span_data(span)})
        lines.append(f"{path}:{span.lineno}: SyntaxWarning: {message}\n")

    try:
        text = decode(Path(path).read_bytes(), path)
        faults = verify(compiler.compile_module(parser.parse(text, path), path, source=text, warn=warn))
    except SourceError as fault:
        return Checked(path, False, [fault_data(fault)], warnings, "".join(lines) + fault.format(from_file=True))
    except OSError as error:
        message = f"can't open file: [Errno {error.errno}] {error.strerror}"
        return Checked(path, False, [{"type": "OSError", "message": message}], [], f"minipy: {path}: {message}\n")
    errors = [{"type": "Unsound", "message": fault} for fault in faults]
    lines += [f"{path}: unsound code: {fault}\n" for fault in faults]
    return Checked(path, not faults, errors, warnings, "".join(lines))


def report(checked: list[Checked]) -> dict[str, Any]:
    """What `--json` says of the files."""
    rows = [{key: value for key, value in row._asdict().items() if key != "text"} for row in checked]
    return {"ok": all(row.ok for row in checked), "files": rows}
