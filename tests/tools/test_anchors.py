"""Where tracebacks put carets under an expression, as CPython 3.11 prints them."""

from __future__ import annotations

import pytest

from minipy.tools.anchors import operator_range

MARKED = """
1/0
~^~
(1)/0
~~~^~
(1)/(0)
~~~^^~~
((1)) / ((0))
~~~~~~^~~~~~~
1 /(0)
~~^^~~
1// 0
~^^~~
1 ** ''
~~^^~~~
1>>''
~^^~~
'é'+1
~~~^~
1 + (2) + ''
~~~~~~~~^~~~
('a')  %  1
~~~~~~~^~~~
x[5]
~^^^
x [5]
~~^^^
(x) [ (5) ]
~~~~^^^^^^^
x[0][1]
~~~~^^^
x[5:6,1]
~^^^^^^^
y(x)[5]
~~~~^^^
x[y(7)]
~^^^^^^
x[']']
~^^^^^
x['é', é]
~^^^^^^^^
"""
PAIRS = list(zip(MARKED.split("\n")[1:-1:2], MARKED.split("\n")[2::2], strict=True))


@pytest.mark.parametrize(("segment", "marks"), PAIRS)
def test_operators_and_brackets(segment: str, marks: str) -> None:
    assert operator_range(segment) == (marks.index("^"), marks.rindex("^") + 1)


@pytest.mark.parametrize("segment", ["x", "x.y", "f(1)", "not x", "1 and 2", "1 < 2", "a = 1", "1 + 1; 2", "1 +", ""])
def test_other_texts_have_no_operator(segment: str) -> None:
    assert operator_range(segment) == (-1, -1)
