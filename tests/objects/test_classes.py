"""Making classes: resolution order, layouts, slots, metaclasses, hooks."""

from __future__ import annotations

from objects.both import check_same


def test_resolution_order() -> None:
    check_same("""
class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass
print([c.__name__ for c in D.__mro__], D.__bases__, D.__base__, D.mro() == list(D.__mro__))
for bases in [(A, B), (A, A), (bool,), (int, str), (5,), (B, C, A)]:
    try: print(type('X', bases, {}).__mro__)
    except TypeError as e: print(e)
""")


def test_names_and_dict() -> None:
    check_same("""
class A:
    'doc'
    x = 1
    def f(self): pass
    class Inner: pass
class B(A): pass
print(A, A.__name__, A.__qualname__, A.Inner.__qualname__, A.__module__, A.__doc__, B.__doc__)
print(list(A.__dict__), list(B.__dict__), type(A.__dict__), A.__dict__['x'], A.__dict__['__dict__'])
A.__name__ = 'Z'; A.__doc__ = 'new'; print(A, A.__name__, A.__doc__)
for change in ["A.__name__ = 5", "A.__mro__ = ()", "int.x = 1", "del A.q", "A.__dict__['x'] = 2"]:
    try: exec(change)
    except (TypeError, AttributeError) as e: print(e)
print(A.__subclasses__(), type('T', (A,), {'q': 5}).q)
def local():
    class L: pass
    return L
print(local(), local().__qualname__)
""")


def test_slots() -> None:
    check_same("""
class A:
    __slots__ = ('a', '__private')
    def __init__(self): self.__private = 1
    def get(self): return self.__private
class B(A): pass
class C(B): __slots__ = 'c'
class D(C): __slots__ = ['d', '__weakref__'] if not hasattr(C, '__weakref__') else ['d']
a, b, c, d = A(), B(), C(), D()
for o in a, b, c, d:
    o.a = 2
    print(o.get(), o.a, hasattr(o, '__dict__'))
b.x = 1; c.c = 3; c.y = 4; d.d = 5; d.z = 6
print(b.__dict__, c.__dict__, c.c, d.__dict__, d.d, A.a, C.c)
for change in ["a.x = 1", "del a.a; a.a", "del a.a", "A.a.__get__(5)"]:
    try: exec(change)
    except (TypeError, AttributeError) as e: print(e)
for slots in ["5", "['1x']", "[5]", "['__dict__', '__dict__']", "['a', 'a']", "'ab'", "()"]:
    try: exec('class X: __slots__ = ' + slots); print(X.__slots__)
    except TypeError as e: print(e)
class P: pass
class M(P, A): pass
m = M(); m.a = 1; m.b = 2; print(m.a, m.__dict__)
class Q: __slots__ = ['q']
try:
    class R(A, Q): pass
except TypeError as e: print(e)
""")


def test_metaclass() -> None:
    check_same("""
class Meta(type):
    @classmethod
    def __prepare__(m, name, bases, **k): return {'prepared': name, **k}
    def __new__(m, name, bases, ns, **k):
        print('new', name, sorted(k)); return super().__new__(m, name, bases, ns)
    def __init__(c, name, bases, ns, **k): super().__init__(name, bases, ns); c.made = True
    def __call__(c, *a): o = super().__call__(*a); print('called', c.__name__, a); return o
    def __getitem__(c, k): return 'item', k
    def __len__(c): return 7
    def __instancecheck__(c, o): return o == 5
    def __subclasscheck__(c, o): return o is int
    @property
    def p(c): return 'p of ' + c.__name__
class A(metaclass=Meta, key=1):
    def __init__(self, *a): self.a = a
class B(A): pass
print(type(B), B.prepared, A.key, B.made, B.p, A[3], len(A), A(1, 2).a, isinstance(5, A), issubclass(int, B))
class Other(type): pass
class C(metaclass=Other): pass
try:
    class D(A, C): pass
except TypeError as e: print(e)
print(type('E', (A,), {}).__class__)
""")


def test_hooks_of_a_class() -> None:
    check_same("""
class Base:
    def __init_subclass__(cls, tag=None, **k): super().__init_subclass__(**k); cls.tag = tag
class Sub(Base, tag='t'): pass
class Named:
    def __set_name__(self, owner, name): print('set_name', owner.__name__, name)
    def __get__(self, o, t): return 'got', o is None, t.__name__
    def __set__(self, o, v): print('set', v)
    def __delete__(self, o): print('delete')
class H: n = Named()
h = H(); print(h.n, H.n, Sub.tag); h.n = 1; del h.n
try:
    class Bad(Base, other=1): pass
except TypeError as e: print(e)
class BadName:
    def __set_name__(self, o, n): 1 / 0
try:
    class I: x = BadName()
except RuntimeError as e: print(e, repr(e.__cause__))
class G:
    def __class_getitem__(cls, k): return cls.__name__, k
print(G[5], G[1, 2])
class Abstract: pass
Abstract.__abstractmethods__ = frozenset(['b', 'a'])
try: Abstract()
except TypeError as e: print(e)
""")


def test_arguments_of_classes() -> None:
    check_same("""
class A: pass
class B:
    def __init__(self, x): pass
class C:
    def __new__(cls, *a, **k): return super().__new__(cls)
class D(list):
    def __init__(self, n): super().__init__(range(n))
class E:
    def __new__(cls): return 5
print(type(C(1, a=2)), D(3), E())
for call in ["A(1)", "A(a=1)", "object(1)", "B()", "B(1, 2)", "object.__new__(int)", "int.__new__(str)",
             "int.__new__(5)", "type(len)()",
             "type(None)()", "type('X', (), 5)", "type(5, (), {})", "type('X', 5, {})", "type(1, 2)"]:
    try: print(eval(call))
    except TypeError as e: print(e)
""")


def test_init_after_a_new_of_the_programs_own() -> None:
    check_same("""
class M(list):
    def __new__(cls, *a): return super().__new__(cls)
class N(Exception):
    def __new__(cls, *a): return super().__new__(cls, 'x')
class D(dict):
    def __new__(cls, *a, **k): return super().__new__(cls)
class Q:
    def __new__(cls, *a): return object.__new__(cls)
class Other(list):
    def __new__(cls, *a): return M([7])
class Base:
    def __new__(cls, *a): return object.__new__(Sub)
    def __init__(self, *a): print('base', a)
class Sub(Base):
    def __init__(self, *a): print('sub', a)
class Called:
    def __call__(self, *a, **k): print('called', a, k)
class J: __init__ = Called()
class Meta(type): __call__ = Called()
class K(metaclass=Meta): pass
class Meta2(type):
    def __init__(cls, *a): print('class', cls.__name__, len(a))
class A(metaclass=Meta2): pass
print(M([1, 2]), N('zz').args, D({1: 2}, a=3), type(Q(1, 2)).__name__, Other([1]), type(Base(1)).__name__)
J(1, a=2); K(1, b=2); type('C', (A,), {})
class V(list):
    def __new__(cls, *a, **k): return super().__new__(cls)
    def more(self): return 1
print(V(x=2))
class I:
    def __init__(self): return 5
class Abstract:
    def __init__(self): pass
Abstract.__abstractmethods__ = {'f'}
for call in [lambda: V(1, 2), lambda: I(), lambda: type.__call__(I), lambda: Abstract()]:
    try: print(call())
    except TypeError as e: print(e)
""")


def test_wrappers_count_their_arguments() -> None:
    check_same("""
for text in [
    "(2).__pow__()", "int.__pow__(2)", "int.__pow__(2, 1, 2, 3)", "int.__pow__(2, x=1)", "(2).__pow__(x=1)",
    "int.__pow__(x=1)", "int.__add__(2)", "int.__add__(2.0, 1)", "[].__setitem__(1)", "list.__len__()",
    "list.__len__([1])", "list.__init__([], 2, 3)", "set().__init__(2, 3)", "{}.__init__(2, 3)", "{}.__init__(a=2)",
    "set().__init__(a=2)", "[].__init__(a=2)", "property().__init__(fget=2)", "property().__init__(bad=2)",
    "property().__init__(1, 2, 3, 4, 5)", "staticmethod(1).__init__(a=1)", "staticmethod(1).__init__()",
    "Exception().__init__(a=1)", "type.__call__()", "type.__call__(int, 5)", "type.__init__(int)",
    "type.__init__(int, 1)", "type.__init__(int, 1, a=4)", "type.__init__(int, 1, 2, 3)", "object.__init__()",
    "object.__init__(3, 3)", "object.__init__([], 3)", "object.__new__()", "int.__new__(x=1)", "dict.__new__()",
    "enumerate.__new__(iterable=1)", "list.__init__.__call__([], 3)", "list.append(x=1)"]:
    try: print(text, eval(text))
    except TypeError as e: print(text, e)
""")
