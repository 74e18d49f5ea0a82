"""The option that records listings anew."""
from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden`, unless another folder's tests have added it."""
    try:
        parser.addoption("--update-golden", action="store_true", help="record the golden listings anew")
    except ValueError:
        pass
