"""Functions, methods, natives, modules: attributes and texts."""

from __future__ import annotations

from objects.both import check_same


def test_functions() -> None:
    check_same("""
def f(a, b=2, *c, d=4, **e):
    'doc f'
    return a
print(f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__module__, f.__closure__, f.__dict__)
f.attr = 5; f.__name__ = 'g'; f.__doc__ = None; f.__defaults__ = None
print(f.attr, vars(f), f.__name__, f.__doc__, f.__defaults__, f.__annotations__)
def g(x: int, y: 'str' = 's') -> bool: pass
print(g.__annotations__)
for text in ["f.__name__ = 5", "f.__defaults__ = 5", "f.__closure__ = None", "f.nope", "del f.nope", "f.__code__ = 5",
             "f.__kwdefaults__ = 5", "del f.__name__", "f.__dict__ = 5", "f()"]:
    try: exec(text); print(text)
    except (TypeError, AttributeError) as e: print(e)
def outer():
    n = 5
    def inner(): return n
    return inner
print(outer().__closure__[0].cell_contents, outer().__qualname__)
f.__code__ = (lambda a, *b: (a, b)).__code__; print(f(1, 2))
""")


def test_code_and_tracebacks() -> None:
    check_same("""
def f(a, b=1, *c, d, **e):
    x = 1
    def g(): return x, a
    return g
c = f.__code__
print(c.co_name, c.co_varnames, c.co_argcount, c.co_kwonlyargcount, c.co_posonlyargcount, c.co_nlocals, c.co_flags)
print(c.co_freevars, c.co_cellvars, f(1, d=2).__code__.co_freevars, c.co_firstlineno, repr(c)[:14], c.co_qualname)
def fail(): return 1 / 0
try: fail()
except ZeroDivisionError as e: t = e.__traceback__
print(t.tb_lineno, t.tb_next.tb_lineno, t.tb_next.tb_next)
try: c.co_name = 'x'
except AttributeError as e: print(e)
""")


def test_methods_and_natives() -> None:
    check_same("""
class A:
    def m(self): return self
    @classmethod
    def c(cls): pass
a = A()
print(a.m.__self__ is a, a.m.__func__ is A.m, a.m == a.m, a.m is a.m)
print(hash(a.m) == hash(a.m), a.m.__name__, A.c.__self__ is A)
print(len, [].append.__name__, str.upper, [].append.__self__, type(len))
print(type(str.upper), type(int.__add__), int.__add__, int.real)
print(str(a.m)[:20], repr([].append)[:36], str(dict.fromkeys)[:41], str(int.__new__)[:34], repr('a'.upper)[:38])
print([].append == [].append, A.m.__get__(a)() is a, (lambda: 0).__get__(5, int).__self__)
for text in ["a.m.x = 1", "a.m.nope", "len.x = 1", "str.upper(5)", "str.upper()", "[].append()",
             "[].append(1, 2)", "len()", "len(1, 2)"]:
    try: exec(text)
    except (TypeError, AttributeError) as e: print(e)
""")


def test_modules() -> None:
    check_same("""
import math
math.q = 5; print(math.q, math.__name__, type(math), 'q' in math.__dict__, 'q' in dir(math)); del math.q
for text in ["math.q", "del math.q", "math.__dict__ = {}"]:
    try: exec(text)
    except AttributeError as e: print(e)
""")


def test_dir() -> None:
    check_same("""
class A:
    x = 1
    def __init__(self): self.y = 2
class B(A): z = 3
print([n for n in dir(B()) if n[0] != '_'], [n for n in dir(B) if n[0] != '_'])
print(dir(A) == sorted(dir(A)), sorted(vars(B())))
class D:
    def __dir__(self): return ['b', 'a']
print(dir(D()))
def f():
    b = a = 1
    return dir()
print(f())
""")


def test_dir_of_modules() -> None:
    check_same("""
import time
print(type(time).__dir__, 'sleep' in dir(time), '__class__' in dir(time), dir(time) == sorted(time.__dict__))
time.__dir__ = lambda: ['b', 'a']
print(dir(time), time.__dir__())
del time.__dir__
try: type(time).__dir__(5)
except TypeError as e: print(e)
""")
