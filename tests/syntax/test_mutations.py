"""Texts nobody would write: never anything but a tree the host makes as well, or a SourceError."""
from __future__ import annotations

import ast as host

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from syntax.samples import samples

from minipy.errors import SourceError
from minipy.syntax import ast, parser

PIECES = (
    "( ) [ ] { } : , ; = == := + - * ** / . ... -> @ ! $ \\ if else elif for in while def class return yield lambda "
    "not and or is None True import from as with try except finally async await pass break x y print match case "
    "_ 1 2.5 0x 'a' b'a' f'{x}' f'{x!r:>{y}}' ''' \"\"\" ' \" # é “ \t"
).split(" ") + ["\n", "\n    ", "\n  ", " ", "\\\n"]
SNIPPETS = samples("snippets.txt") + samples("broken.txt")
FEW = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


def check(source: str) -> None:
    """The host accepts what minipy accepts, with the same tree."""
    try:
        tree = parser.parse(source, "<sample>")
    except SourceError as error:
        assert error.format().endswith("\n")
        try:
            host.parse(source)
        except (SyntaxError, ValueError):
            return
        raise AssertionError("the host accepts it") from error
    assert ast.dump(tree, None, True) == host.dump(host.parse(source), include_attributes=True)


@FEW
@given(st.text())
def test_any_text(source: str) -> None:
    check(source)


@FEW
@given(st.text(alphabet="()[]{}:=,.'\"\\\n\t #fab01_@*-é"))
def test_text_of_signs(source: str) -> None:
    check(source)


@FEW
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_pieces(pieces: list[str]) -> None:
    check(" ".join(pieces))


@FEW
@given(st.sampled_from(SNIPPETS), st.integers(0, 200), st.integers(0, 10), st.sampled_from(["", *PIECES]))
def test_mutated_snippet(source: str, start: int, length: int, piece: str) -> None:
    start = min(start, len(source))
    check(source[:start] + piece + source[start + length :])


@FEW
@given(st.binary())
def test_any_bytes(source: bytes) -> None:
    try:
        parser.parse(source, "<sample>")
    except SourceError:
        pass
