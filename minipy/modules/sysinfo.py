"""What sys tells of the interpreter and its numbers: version_info, implementation, float_info and their like.

CPython counterpart: Python/sysmodule.c and the *_info structures that it collects. All but version_info are
namespaces here.
"""

from __future__ import annotations

import sys
from typing import Final

from mypy_extensions import i64

from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref
from minipy.memory.statics import T_SIMPLE_NAMESPACE
from minipy.memory.words import Raised
from minipy.modules.constants import add_float, add_int, add_object, add_text
from minipy.modules.structseq import new_struct, new_struct_class
from minipy.objects.classobject import instance_dict
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import intern

FLOAT_INFO: Final = (
    ("max_exp", 1024),
    ("max_10_exp", 308),
    ("min_exp", -1021),
    ("min_10_exp", -307),
    ("dig", 15),
    ("mant_dig", 53),
    ("radix", 2),
    ("rounds", 1),
)
HASH_INFO: Final = (
    ("width", 64),
    ("modulus", (1 << 61) - 1),
    ("inf", 314159),
    ("nan", 0),
    ("imag", 1000003),
    ("hash_bits", 64),
    ("seed_bits", 128),
    ("cutoff", 0),
)
INT_INFO: Final = (
    ("bits_per_digit", 30),
    ("sizeof_digit", 4),
    ("default_max_str_digits", 4300),
    ("str_digits_check_threshold", 640),
)
FLAGS: Final = tuple(
    (name, 0)
    for name in (
        "debug inspect interactive optimize dont_write_bytecode no_user_site no_site ignore_environment verbose "
        "bytes_warning quiet hash_randomization isolated dev_mode utf8_mode warn_default_encoding"
    ).split()
)
HEX_VERSION: Final = 0x030B00F0


def fill(m: Machine, d: i64) -> None:
    """Put them into the module's dict."""
    add_int(m, d, "hexversion", HEX_VERSION)
    add_object(m, d, "float_info", float_info(m))
    add_object(m, d, "hash_info", hash_info(m))
    add_object(m, d, "int_info", named_numbers(m, INT_INFO))
    add_object(m, d, "flags", named_numbers(m, FLAGS))
    version: i64 = version_info(m)
    add_object(m, d, "version_info", version)
    add_object(m, d, "implementation", implementation(m, version))


def version_info(m: Machine) -> i64:
    """sys.version_info: the language that minipy runs, 3.11.0 final; its class is there only once."""
    t: i64 = new_struct_class(m, "sys", "version_info", ("major", "minor", "micro", "releaselevel", "serial"))
    try:
        return new_struct(m, t, [new_int(m, 3), new_int(m, 11), new_int(m, 0), intern(m, "final"), new_int(m, 0)])
    finally:
        decref(m, m.words, t)


def implementation(m: Machine, version: i64) -> i64:
    """Who runs the program, as a namespace."""
    o: i64 = gc_alloc(m, T_SIMPLE_NAMESPACE)
    try:
        d: i64 = instance_dict(m, o)
        add_text(m, d, "name", "minipy")
        m.words[version] += 1
        add_object(m, d, "version", version)
        add_int(m, d, "hexversion", HEX_VERSION)
        add_text(m, d, "cache_tag", "minipy-311")
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def named_numbers(m: Machine, table: tuple[tuple[str, int], ...]) -> i64:
    """A namespace of ints; CPython has named tuples."""
    o: i64 = gc_alloc(m, T_SIMPLE_NAMESPACE)
    try:
        d: i64 = instance_dict(m, o)
        for name, value in table:
            add_int(m, d, name, value)
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def float_info(m: Machine) -> i64:
    """The limits of floats."""
    info = sys.float_info
    o: i64 = named_numbers(m, FLOAT_INFO)
    try:
        d: i64 = instance_dict(m, o)
        add_float(m, d, "max", info.max)
        add_float(m, d, "min", info.min)
        add_float(m, d, "epsilon", info.epsilon)
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def hash_info(m: Machine) -> i64:
    """How hashes are made."""
    o: i64 = named_numbers(m, HASH_INFO)
    try:
        add_text(m, instance_dict(m, o), "algorithm", "siphash13")
    except Raised:
        decref(m, m.words, o)
        raise
    return o
