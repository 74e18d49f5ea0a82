"""Every example of the tutorial, in one session from its first line to its last."""

from __future__ import annotations

import re
from pathlib import Path

from tools.sessions import Typist, check_further

import minipy

TUTORIAL = Path(minipy.__file__).parent / "TUTORIAL.md"
ROOT = Path(__file__).parent.parent.parent


def test_its_examples_are_true() -> None:
    examples = re.findall(r"^```\n(.*?)^```$", TUTORIAL.read_text(encoding="utf-8"), re.M | re.S)
    assert len(examples) >= 8
    typist = Typist()
    for example in examples:
        check_further(typist, example)
    assert typist.repl.interpreter.check() == []
    assert typist.repl.close() == []


def test_the_readme_leads_to_it() -> None:
    assert "minipy/TUTORIAL.md" in (ROOT / "README.md").read_text(encoding="utf-8")
