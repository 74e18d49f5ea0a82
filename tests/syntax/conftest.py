"""The host is the oracle: where it is not CPython 3.11, what is compared with it is left out."""
from __future__ import annotations

import sys
import warnings

import pytest

collect_ignore = [] if sys.version_info[:2] == (3, 11) else ["test_trees.py", "test_messages.py", "test_mutations.py"]


@pytest.fixture(autouse=True)
def quiet_host() -> None:
    """The host warns about escapes and comparisons in the samples."""
    warnings.simplefilter("ignore")
