"""OSError chooses its class by the error's number: OSError(2, ...) is a FileNotFoundError.

CPython counterpart: errnomap of Objects/exceptions.c. The numbers are Linux's on every host, so that a program does
the same everywhere.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import INT_VALUE, OB_SIZE, OB_TYPE, TUPLE_ITEMS
from minipy.memory.statics import (
    T_BLOCKING_IO_ERROR,
    T_BROKEN_PIPE_ERROR,
    T_CHILD_PROCESS_ERROR,
    T_CONNECTION_ABORTED_ERROR,
    T_CONNECTION_REFUSED_ERROR,
    T_CONNECTION_RESET_ERROR,
    T_FILE_EXISTS_ERROR,
    T_FILE_NOT_FOUND_ERROR,
    T_INT,
    T_INTERRUPTED_ERROR,
    T_IS_A_DIRECTORY_ERROR,
    T_NOT_A_DIRECTORY_ERROR,
    T_OS_ERROR,
    T_PERMISSION_ERROR,
    T_PROCESS_LOOKUP_ERROR,
    T_TIMEOUT_ERROR,
)
from minipy.memory.words import vec

ERRNO_CLASSES: Final[tuple[tuple[int, int], ...]] = (
    (1, T_PERMISSION_ERROR),
    (2, T_FILE_NOT_FOUND_ERROR),
    (3, T_PROCESS_LOOKUP_ERROR),
    (4, T_INTERRUPTED_ERROR),
    (10, T_CHILD_PROCESS_ERROR),
    (11, T_BLOCKING_IO_ERROR),
    (13, T_PERMISSION_ERROR),
    (17, T_FILE_EXISTS_ERROR),
    (20, T_NOT_A_DIRECTORY_ERROR),
    (21, T_IS_A_DIRECTORY_ERROR),
    (32, T_BROKEN_PIPE_ERROR),
    (103, T_CONNECTION_ABORTED_ERROR),
    (104, T_CONNECTION_RESET_ERROR),
    (110, T_TIMEOUT_ERROR),
    (111, T_CONNECTION_REFUSED_ERROR),
)

def errno_class(w: vec[i64], args: i64) -> i64:
    """The class of OSError(*args)."""
    if w[args + OB_SIZE] < 2 or w[w[args + TUPLE_ITEMS] + OB_TYPE] != T_INT:
        return T_OS_ERROR
    number: i64 = w[w[args + TUPLE_ITEMS] + INT_VALUE]
    for known, t in ERRNO_CLASSES:
        if known == number:
            return t
    return T_OS_ERROR
