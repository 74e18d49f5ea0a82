"""Operators and built-in protocols on any objects: special methods, their order, CPython's messages."""

from __future__ import annotations

from objects.both import check_same

SHOW = """
def show(lines):
    for text in lines.strip().split(chr(10)):
        try: print(eval(text))
        except Exception as e: print(type(e).__name__, e)
def do(lines):
    for text in lines.strip().split(chr(10)):
        try: exec(text)
        except Exception as e: print(type(e).__name__, e)
"""


ARITHMETIC_METHODS = """
class V:
    def __init__(self, x): self.x = x
    def __repr__(self): return f'V({self.x})'
    def __add__(self, o): return V(self.x + o.x) if isinstance(o, V) else NotImplemented
    def __radd__(self, o): return V(self.x + o) if isinstance(o, int) else NotImplemented
    def __mul__(self, o): return V(self.x * o) if isinstance(o, int) else NotImplemented
    __rmul__ = __mul__
    def __iadd__(self, o): self.x += 100; return self
    def __neg__(self): return V(-self.x)
    def __abs__(self): return 'abs'
    def __index__(self): return self.x
    def __round__(self, n=None): return 'round', n
    def __divmod__(self, o): return 'divmod'
    def __pow__(self, o, m=None): return 'pow', o, m
    def __rpow__(self, o): return 'rpow', o
v = V(3)
show('''
v + V(1)
v + 1
1 + v
v + 'a'
'a' + v
[1] + v
v * 2
2 * v
v * 'a'
'ab' * v
v - 1
-v
~v
+v
abs(v)
round(v)
round(v, 2)
divmod(v, 1)
v ** 2
pow(v, 2, 3)
2 ** v
[1, 2, 3, 4][v]
range(v)
int(v)
float(v)
hex(v)
''')
w = v; w += 1; print(w, w is v)
class A:
    def __add__(self, o): return 'A.add'
class B(A):
    def __radd__(self, o): return 'B.radd'
class C(A): pass
show('''
A() + B()
A() + A()
B() + A()
A() + C()
C() + A()
A() + 1
1 + A()
''')
"""


def test_arithmetic_methods() -> None:
    check_same(SHOW + ARITHMETIC_METHODS)


ARITHMETIC_MESSAGES = """
show('''
1 + 'a'
'a' + 1
[] + 1
() + []
1 + []
[] * 1.5
'a' * 'b'
{} + {}
None + 1
-'a'
~1.5
2 ** 'a'
pow(2, 'a', 3)
divmod(1, 'a')
1 // 0
1 % 0
1.0 / 0
1 << 'a'
1 & 1.5
1 @ 2
abs('a')
round('a')
{1: 2} | {3: 4}
{1} | {2}
{1} + {2}
True + True
True & False
True | 2
int | None
list[int] | str
isinstance(1, int | str)
pow(2.0, 2, 3)
[] * (1 << 70)
''')
do('''
a=1; a += 'x'
a=[]; a += 5
a=(1,); a += [1]
a={1}; a |= {2}; print(a)
a=[1]; a *= 2; print(a)
a=1; a **= 'x'
a=1.5; a //= 'x'
a={1: 2}; a |= {3: 4}; print(a)
a='x'; a *= 3; print(a)
''')
"""


def test_arithmetic_messages() -> None:
    check_same(SHOW + ARITHMETIC_MESSAGES)


COMPARISON = """
class E:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x if isinstance(o, E) else NotImplemented
    def __lt__(self, o): return self.x < o.x if isinstance(o, E) else NotImplemented
class S(E):
    def __gt__(self, o): return 'S.gt'
class N:
    def __eq__(self, o): print('eq'); return NotImplemented
class Odd:
    def __eq__(self, o): return 'odd'
    def __ne__(self, o): return 'ne'
    __hash__ = None
show('''
E(1) == E(1)
E(1) != E(1)
E(1) != E(2)
E(1) == 1
1 == E(1)
E(1) < E(2)
E(1) > E(2)
E(1) <= E(2)
E(1) < 5
E(1) < S(2)
S(1) > E(1)
N() == N()
N() != N()
Odd() == 1
Odd() != 1
Odd() in [1]
1 < 'a'
[] < 1
None < None
{} < {}
object() < object()
1j < 2j
[1, 2] < [1, 3]
(1,) == [1]
1 == 1.0
'a' < 'b'
{1} < {1, 2}
2 ** 70 > 1.5
hash(E(1))
hash(Odd())
hash([])
{[]: 1}
''')
print([e.x for e in sorted([E(3), E(1), E(2)])], max([E(1), E(3)]).x, E(1) in [E(1)], [E(1)] == [E(1)])
"""


def test_comparison() -> None:
    check_same(SHOW + COMPARISON)


COLLECTIONS = """
class Seq:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * i
    def __len__(self): return 4
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 3: raise StopIteration
        return self.i
class Bad:
    __iter__ = None
    def __contains__(self, x): return 'yes'
    def __len__(self): return -1
    def __bool__(self): return 1
class NoIter:
    def __iter__(self): return 5
show('''
list(Seq())
9 in Seq()
5 in Seq()
len(Seq())
list(reversed(Seq()))
bool(Seq())
list(It())
2 in It()
[*It()]
dict(zip(It(), It()))
sum(It())
iter(Bad())
1 in Bad()
len(Bad())
bool(Bad())
list(NoIter())
len(5)
iter(5)
next(5)
5()
1 in 5
1 in 'a'
1[0]
None[0]
int[0]
list[int]
{}[1]
[][0]
[1]['a']
range(3)[5]
'abc'[9]
(1,)[5]
''')
do('''
a='x'; a[0]='y'
a=(1,); a[0]=2
a=5; a[0]=1
del (1,)[0]
a='x'; del a[0]
a=5; del a[0]
a, b = 5
a, b = 1, 2, 3
a, b = (1,)
for x in 5: pass
a, *b = It(); print(a, b)
''')
"""


def test_collections() -> None:
    check_same(SHOW + COLLECTIONS)


SUBCLASSES_OF_BUILTINS = """
class L(list):
    def __repr__(self): return 'L' + super().__repr__()
    def __add__(self, o): return 'L.add'
class D(dict):
    def __missing__(self, k): return 'missing ' + k
class I(int):
    def __new__(cls, v, extra): self = super().__new__(cls, v); self.extra = extra; return self
    def __add__(self, o): return I(int(self) + o, 'sum')
class F(float): pass
class S(str):
    def shout(self): return self.upper() + '!'
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
class X(Exception): pass
l = L([1, 2]); l.append(3); l.attr = 5
show('''
l
l + [1]
[0] + l
len(l)
l == [1, 2, 3]
l[0:1]
type(l[:]).__name__
sorted(l, reverse=True)
vars(l)
''')
d = D(a=1)
show('''
d['a']
d['z']
d.get('z')
d
'z' in d
''')
i = I(5, 'e')
show('''
i
i.extra
i + 1
(i + 1).extra
type(i * 2).__name__
i == 5
{5: "five"}[i]
-i
i < 6
''')
f = F(2.5)
show('''
f
f + 1
type(f + 1).__name__
f == 2.5
vars(f)
''')
s = S('abc')
show('''
s
s.shout()
s + 'd'
{'abc': 1}[s]
len(s)
T(1, 2)
T(1, 2) == (1, 2)
X(1).args
''')
class P(tuple):
    def __new__(cls, x): return super().__new__(cls, (x,))
    def __init__(self, x): print('init', x)
show('''
P(3)
''')
"""


def test_subclasses_of_builtins() -> None:
    check_same(SHOW + SUBCLASSES_OF_BUILTINS)


def test_wrappers() -> None:
    check_same(SHOW + """
show('''
list.__len__([1, 2])
int.__add__(1, 2)
str.__eq__('a', 'a')
dict.__getitem__({1: 2}, 1)
(5).__add__(6)
[1, 2].__len__()
'a'.__add__('b')
int.__add__
list.__len__(5)
int.__add__(1, 'a')
(1).__lt__(2.5)
list.append([1])
[].append()
(5).__radd__(6)
[1].__contains__(1)
object.__eq__(1, 1)
object.__eq__(1, 2)
object.__repr__(5)[:17]
object.__str__(5)
type.__call__(int, 5)
type.__repr__(int)
(5).__bool__()
[3].__iter__().__next__()
iter([]).__next__()
{}.__setitem__(1, 2)
True.__and__(3)
(2).__pow__(3, 5)
''')
""")
