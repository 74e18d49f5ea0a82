"""The stanzas of the static types: their order, their layouts, the names they use."""

from __future__ import annotations

import builtins

import pytest

from minipy.memory import statics
from minipy.memory.layout import TP_BASICSIZE, TP_CLASS, TP_MRO, TP_NATIVE_NEW, TP_SOLID, TUPLE_ITEMS, TYPE_WORDS
from minipy.memory.options import Options
from minipy.objects import slottable, typetable
from minipy.objects.identifiers import IDENTIFIER_NAMES
from minipy.objects.machine import Machine
from minipy.objects.statics import make_static_objects
from minipy.objects.typeobject import is_subtype, name_of_type
from minipy.objects.typestart import make_static_types, type_address

CONSTANTS = {name: value for name, value in vars(statics).items() if name.startswith("T_")}
OTHER_NAMES = {
    "T_NONE": "NoneType", "T_NOT_IMPLEMENTED": "NotImplementedType", "T_BIGINT": "int", "T_GETSET": "getset_descriptor",
    "T_BUILTIN": "builtin_function_or_method", "T_WRAPPER": "wrapper_descriptor", "T_MEMBER": "member_descriptor",
    "T_SEQ_ITERATOR": "iterator",
    "T_WEAKREF": "ReferenceType", "T_WEAKPROXY": "ProxyType", "T_CALLABLE_PROXY": "CallableProxyType",
    "T_TEXT_STREAM": "TextIOWrapper", "T_UNION": "UnionType",
    "T_LRU_CACHE": "_lru_cache_wrapper", "T_METHOD_WRAPPER": "method-wrapper",
}  # fmt: skip


@pytest.fixture(scope="module")
def machine() -> Machine:
    """A machine with its static objects and types, and nothing else."""
    m = Machine(Options())
    make_static_objects(m)
    make_static_types(m)
    return m


def test_stanzas_stand_in_the_order_of_the_addresses() -> None:
    assert len(typetable.TYPE_TABLE) == statics.TYPE_COUNT == len(CONSTANTS)
    for constant, address in CONSTANTS.items():
        name = typetable.TYPE_TABLE[(address - statics.FIRST_TYPE) // TYPE_WORDS][0]
        expected = OTHER_NAMES.get(constant, name)
        assert name == expected
        if constant not in OTHER_NAMES:
            assert name.replace("_", "").lower() == constant[2:].replace("_", "").lower()


def test_a_base_stands_before_its_types() -> None:
    for i, (name, base, _, _, doc) in enumerate(typetable.TYPE_TABLE):
        assert doc.endswith(".")
        if name != "type" and base:
            assert base < type_address(i)


def test_exceptions_derive_as_in_cpython(machine: Machine) -> None:
    for i, stanza in enumerate(typetable.TYPE_TABLE):
        host = getattr(builtins, stanza[0], None)
        if not isinstance(host, type) or stanza[1] == 0 or type_address(i) == statics.T_BIGINT:
            continue
        mro = machine.words[type_address(i) + TP_MRO]
        names = [name_of_type(machine, machine.words[mro + TUPLE_ITEMS + k]) for k in range(len(host.__mro__))]
        assert names == [c.__name__ for c in host.__mro__]


def test_special_method_names_are_identifiers() -> None:
    for _, names in slottable.WRAPPERS:
        assert set(names.split()) <= set(IDENTIFIER_NAMES)


def test_every_type_is_complete(machine: Machine) -> None:
    w = machine.words
    for i in range(statics.TYPE_COUNT):
        t = type_address(i)
        assert w[t + TP_NATIVE_NEW] and w[t + TP_BASICSIZE] >= 2 and w[t + TP_CLASS] and w[t + TP_SOLID]
        assert is_subtype(w, t, statics.T_OBJECT)
