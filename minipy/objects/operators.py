"""Numbers of the operators, as operands of instructions and arguments of objects/abstract_*.py.

CPython counterpart: NB_* of Include/opcode.h and Py_LT .. Py_GE of Include/object.h, with the same numbers.
"""

from __future__ import annotations

from typing import Final

NB_ADD: Final = 0
NB_AND: Final = 1
NB_FLOOR_DIVIDE: Final = 2
NB_LSHIFT: Final = 3
NB_MATRIX_MULTIPLY: Final = 4
NB_MULTIPLY: Final = 5
NB_REMAINDER: Final = 6
NB_OR: Final = 7
NB_POWER: Final = 8
NB_RSHIFT: Final = 9
NB_SUBTRACT: Final = 10
NB_TRUE_DIVIDE: Final = 11
NB_XOR: Final = 12
NB_DIVMOD: Final = 13  # divmod(a, b): no instruction has it
NB_INPLACE: Final = 16  # added to an operator number: the augmented assignment

CMP_LT: Final = 0
CMP_LE: Final = 1
CMP_EQ: Final = 2
CMP_NE: Final = 3
CMP_GT: Final = 4
CMP_GE: Final = 5

UNARY_POSITIVE: Final = 0
UNARY_NEGATIVE: Final = 1
UNARY_INVERT: Final = 2

OPERATOR_SYMBOLS: Final = ("+", "&", "//", "<<", "@", "*", "%", "|", "** or pow()", ">>", "-", "/", "^", "divmod()")
COMPARE_SYMBOLS: Final = ("<", "<=", "==", "!=", ">", ">=")
