"""The instruction set's table agrees with itself: a stanza's place is its number, and its text says what it must."""

from __future__ import annotations

import re

from minipy.bytecode import opcodes

NUMBERS = {name: value for name, value in vars(opcodes).items() if name.isupper() and isinstance(value, int)}
PICTURE = re.compile(r"(?:[a-z_]+(?:\*\d?n?|\?)? |\.\.\. )*--(?: [a-z_]+(?:\*\d?n?|\?)?| \.\.\.)*")


def test_a_stanza_stands_at_its_number() -> None:
    stanzas = {stanza.name: number for number, stanza in enumerate(opcodes.OPCODES)}
    assert {name: NUMBERS[name] for name in stanzas} == stanzas
    assert len(stanzas) == len(opcodes.OPCODES)


def test_opcodes_fit_a_byte() -> None:
    assert len(opcodes.OPCODES) <= 256


def test_operands_are_of_known_kinds() -> None:
    kinds = {name for name, _ in opcodes.OPERAND_KINDS}
    for stanza in opcodes.OPCODES:
        assert set(stanza.operands) <= kinds, stanza.name
        assert len(stanza.operands) <= 2, stanza.name


def test_pictures_can_be_read() -> None:
    for stanza in opcodes.OPCODES:
        assert PICTURE.fullmatch(stanza.picture), (stanza.name, stanza.picture)


def test_sentences_are_sentences() -> None:
    for stanza in opcodes.OPCODES:
        assert stanza.sentence.endswith((".", "?")), stanza.name
