"""A file that a docstring, a comment or a page names exists: whoever follows it arrives."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FOLDERS = "building|bytecode|compiler|lib|memory|modules|objects|syntax|tools|vm|minipy|grammar|programs|tests"
NAMED = re.compile(rf"(?<![\w/.])(?:{FOLDERS})/[\w/]+\.(?:py|mp|md|lark)\b")
"""With the folder: names without one may be CPython's (whose folders begin with capitals), or made up."""


def exists(name: str) -> bool:
    """Is there such a file, named from the root or from the package?"""
    return (ROOT / name).exists() or (ROOT / "minipy" / name).exists()


def test_named_files_exist() -> None:
    pages = [ROOT / "README.md", ROOT / "tests" / "README.md", *(ROOT / "minipy").rglob("*.md")]
    files = [*pages, *(ROOT / "minipy").rglob("*.py")]
    named = {(str(file.relative_to(ROOT)), name) for file in files for name in NAMED.findall(file.read_text())}
    assert len(named) > 100
    assert [pair for pair in named if not exists(pair[1])] == []
