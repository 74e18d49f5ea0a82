"""Reading, setting and deleting attributes; descriptors; inline values and the dict behind them."""

from __future__ import annotations

from objects.both import check_same


def test_messages() -> None:
    check_same("""
class A:
    x = 1
    @property
    def ro(self): return 1
    @property
    def rw(self): return self._rw
    @rw.setter
    def rw(self, v): self._rw = v * 2
    wo = property(None, lambda self, v: None)
a = A(); a.rw = 4; print(a.rw, A.rw.fget.__name__, A.ro.__doc__)
for text in ["a.y", "A.y", "del a.y", "del A.y", "(1).y", "a.ro = 1", "del a.rw", "a.wo", "(1).y = 1", "(1).real = 1",
             "int.y = 1", "'x'.upper = 1", "len.y", "print.__name__ = 'q'", "a.f()", "super(A, a).y", "None.y = 1",
             "getattr(a, 5)", "setattr(a, 5, 1)", "[].y", "(lambda: 0).y", "A().__class__ = 5", "a.__dict__ = 5"]:
    try: exec(text); print(text)
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
try: a.y
except AttributeError as e: print(e.name, e.obj is a)
print(getattr(a, 'y', 'default'), hasattr(a, 'y'), hasattr(a, 'x'))
""")


def test_order_of_the_dict() -> None:
    check_same("""
class A: pass
def show(*names):
    o = A()
    for n in names:
        if n[0] == '-': delattr(o, n[1:])
        else: setattr(o, n, n)
    print(list(vars(o).items()), [getattr(o, n, None) for n in 'abcd'])
show('a', 'b'); show('b', 'a'); show('a', 'c', 'b')
show('a', 'b', '-a', 'a'); show('a', '-a'); show('c', 'd', '-c', 'a')
o = A(); o.a = 1; d = o.__dict__; d['z'] = 2; o.b = 3; del d['a']; print(o.z, d, hasattr(o, 'a'), o.__dict__ is d)
o.__dict__ = {'q': 1}; print(o.q, hasattr(o, 'z'), vars(o))
for i in range(100): setattr(o, f'n{i}', i)
p = A()
for i in range(100): setattr(p, f'n{i}', i)
print(p.n99, p.n0, len(vars(p)), len(vars(o)))
class B: pass
o.__class__ = B; print(type(o).__name__, o.n5)
""")


def test_hooks() -> None:
    check_same("""
class G:
    def __getattr__(self, n):
        if n.startswith('x'): return n * 2
        raise AttributeError('no ' + n)
    @property
    def p(self): raise AttributeError('inside')
class H:
    def __getattribute__(self, n):
        return 42 if n == 'k' else super().__getattribute__(n)
    def __setattr__(self, n, v): print('set', n); object.__setattr__(self, n, v)
    def __delattr__(self, n): print('del', n); super().__delattr__(n)
class Both(H):
    def __getattr__(self, n): return 'hook ' + n
g, h, b = G(), H(), Both()
print(g.xy, hasattr(g, 'y'), h.k, b.k, b.other)
h.z = 1; print(h.z, vars(h)); del h.z
for text in ["g.y", "g.p", "h.z", "del h.z"]:
    try: print(eval(text) if text[0] != 'd' else exec(text))
    except AttributeError as e: print(e)
G.__getattr__ = lambda self, n: 'new ' + n; print(g.y, g.p)
del G.__getattr__
try: g.y
except AttributeError as e: print(e)
""")


def test_descriptors() -> None:
    check_same("""
class Lazy:
    def __init__(self, f): self.f = f
    def __get__(self, o, t=None):
        if o is None: return self
        v = self.f(o); o.__dict__[self.f.__name__] = v; return v
class Data:
    def __get__(self, o, t): return 'data'
    def __set__(self, o, v): print('set', v)
class A:
    @Lazy
    def v(self): print('computed'); return 42
    d = Data()
    @classmethod
    def c(cls, *a): return cls.__name__, a
    @staticmethod
    def s(*a): return a
a = A(); print(a.v, a.v, a.__dict__); a.d = 5; a.__dict__['d'] = 6; print(a.d)
print(a.c(1), A.c(2), a.s(1), A.s(2), A.__dict__['c'].__func__.__name__, A.__dict__['s'](7))
print(A.c == A.c, a.c.__self__ is A, A.__dict__['s'].__wrapped__(8))
class M(property): pass
class B:
    @M
    def p(self): return 'M property'
print(B().p, type(B.__dict__['p']).__name__)
class C:
    f = len
    g = lambda self: 'g'
    h = 5
c = C(); print(c.f([1, 2]), c.g(), C.g(c)); c.g = 'own'; print(c.g)
""")


def test_super() -> None:
    check_same("""
class A:
    def f(self): return 'A'
    @property
    def p(self): return 'A.p'
    @classmethod
    def c(cls): return 'A.c ' + cls.__name__
    def __getitem__(self, i): return 'item', i
class B(A):
    def f(self): return 'B' + super().f()
    @property
    def p(self): return 'B' + super().p
    @classmethod
    def c(cls): return 'B' + super().c()
    def __getitem__(self, i): return super().__getitem__(i) + ('B',)
    def no(self): return super().nothing
class C(A):
    def f(self): return 'C' + super().f()
class D(B, C): pass
d = D(); print(d.f(), d.p, d.c(), D.c(), d[1], super(B, d).f(), super(D, D).f(d))
print(super(B, d).__self__ is d, super(B, d).__thisclass__.__name__)
for text in ["d.no()", "super(int, d)", "super(5, d)", "super(D, 5)"]:
    try: eval(text)
    except (TypeError, AttributeError) as e: print(e)
""")


def test_classes_change_while_used() -> None:
    check_same("""
class A: x = 1
class B(A): pass
b = B()
def read(): return b.x, b.f() if hasattr(b, 'f') else None
for _ in range(3):
    print(read()); A.x += 1
B.x = 'B'; print(read()); del B.x; print(read())
A.f = lambda self: 'f'; print(read()); B.f = lambda self: 'Bf'; print(read()); b.f = lambda: 'own'; print(read())
A.__add__ = lambda s, o: 'added'; print(b + 1); A.__len__ = lambda s: 3; print(len(b), bool(b))
del A.__len__
try: len(b)
except TypeError as e: print(e)
""")
