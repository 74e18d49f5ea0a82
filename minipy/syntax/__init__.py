"""The front end: source text to syntax tree, and the names in it."""
from __future__ import annotations
