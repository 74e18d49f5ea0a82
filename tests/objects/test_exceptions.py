"""Exceptions: classes, arguments, texts, chains, handlers, recursion limits."""

from __future__ import annotations

from objects.both import check_same

SHOW = """
def show(lines):
    for text in lines.strip().split(chr(10)):
        try: print(repr(eval(text)))
        except BaseException as e: print(type(e).__name__, '|', e, '|', repr(e), '|', e.args)
"""


def test_texts() -> None:
    check_same(SHOW + """
show('''
ValueError()
ValueError('x')
ValueError('x', 1)
str(ValueError())
str(ValueError('x', 1))
str(KeyError('k'))
{}['a']
int('z')
OSError(2, 'No such', 'file')
str(OSError(2, 'No such', 'file'))
OSError(2, 'No').errno
OSError('x').errno
type(OSError(13, 'x'))
FileNotFoundError(2, 'a', 'b').filename
StopIteration(5).value
StopIteration().value
SystemExit(3).code
SystemExit(1, 2).code
ImportError('m', name='n', path='p').name
AttributeError('m', name='n', obj=5).obj
NameError('m', name='q').name
ValueError(x=1)
ImportError('a', z=1)
str(SyntaxError('bad', ('f.py', 3, 4, 'text')))
SyntaxError('bad', ('f.py', 3, 4, 'text')).lineno
undefined
str(UnicodeDecodeError('utf-8', b'\\xff', 0, 1, 'invalid start byte'))
UnicodeDecodeError('a', b'', 0, 1, 'r').reason
str(UnicodeEncodeError('ascii', 'e', 0, 1, 'ordinal'))
ExceptionGroup.__mro__
issubclass(KeyError, LookupError)
''')
""")


def test_program_classes() -> None:
    check_same(SHOW + """
class A(Exception):
    def __init__(self, a, b=2, *, code=None): super().__init__(a); self.b = b; self.code = code
class B(A):
    def __str__(self): return f'B {self.code}'
class C(Exception): pass
class S(StopIteration, ValueError): pass
show('''
A('x', 3, code=7)
A('x', 3, code=7).code
A('q').args
str(B(1))
C('a', 'b')
C(a=1)
S(5).value
''')
try: raise B(1, code=5)
except A as e: print('caught', e, e.b, e.__dict__)
""")


def test_chains() -> None:
    check_same("""
def attempt(how):
    try:
        try: 1 / 0
        except ZeroDivisionError as e:
            if how == 'from e': raise ValueError('v') from e
            if how == 'from None': raise ValueError('v') from None
            if how == 'again': raise
            raise ValueError('v')
    except Exception as e: print(how, repr(e), repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
for how in 'from e', 'from None', 'again', 'plain': attempt(how)
e = ValueError('n'); e.add_note('note 1'); e.add_note('note 2'); print(e.__notes__)
e.__cause__ = KeyError('c'); print(repr(e.__cause__), e.__suppress_context__)
e.args = [1, 2]; print(e.args, e); e.__suppress_context__ = False; print(e.__suppress_context__)
for text in ['e.add_note(5)', 'ValueError().__notes__', 'e.__cause__ = 5', 'e.__context__ = 5', 'e.__traceback__ = 5',
             'del e.args']:
    try: exec(text)
    except (TypeError, AttributeError) as x: print(x)
print(e.with_traceback(None) is e, e.__traceback__)
a, b = ValueError('a'), ValueError('b')
try:
    try: raise a
    except ValueError:
        try: raise b
        except ValueError: raise a
except ValueError as x: print(repr(x), repr(x.__context__), repr(x.__context__.__context__))
""")


def test_handlers() -> None:
    check_same("""
for x in 5, 'x', int, None:
    try: raise x
    except TypeError as e: print(e)
for spec in (ValueError, 5), 'a', ((KeyError,),):
    try:
        try: raise KeyError('k')
        except spec: print('taken')
    except Exception as e: print(repr(e))
try: raise KeyError
except (ValueError, LookupError) as e: print(repr(e))
try: raise ValueError('a') from 5
except TypeError as e: print(e)
class Ctx:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): print('exit', t and t.__name__, v); return v is not None and v.args == ('swallow',)
with Ctx(): raise ValueError('swallow')
try:
    with Ctx(): raise ValueError('pass on')
except ValueError as e: print(e)
""")


def test_recursion() -> None:
    check_same("""
def rec(): return rec()
class R:
    def __repr__(self): return repr(self)
def nested(n):
    a = []
    for _ in range(n): a = [a]
    return a
def attempt(f):
    try: f(); print('fine')
    except RecursionError as e: print(str(e)[:32])
attempt(rec); attempt(lambda: repr(R())); attempt(lambda: repr(nested(3000)))
attempt(lambda: nested(3000) == nested(3000))
attempt(lambda: repr(nested(300))); attempt(lambda: nested(300) == nested(300))
x = [1]; x.append(x); print(x); y = {}; y['y'] = y; print(y)
""")


def test_groups() -> None:
    check_same("""
def show(make):
    try: print(repr(make()))
    except BaseException as e: print(type(e).__name__, e)
V, K = ValueError(1), KeyboardInterrupt()
class S(ExceptionGroup): pass
class B(BaseExceptionGroup): pass
class C(BaseExceptionGroup, ValueError): pass
class I(ExceptionGroup):
    def __init__(self, *args, **keywords): self.extra = keywords
for kind in ExceptionGroup, BaseExceptionGroup, S, B, C, I:
    for arguments in [('x', [V]), ('x', [V, K]), ('x', (V, V)), ('x',), (5, [V]), ('x', []), ('x', {}), ('x', [5])]:
        show(lambda: kind(*arguments))
    group = kind('x', [V, TypeError()])
    print(group.message, group.exceptions, group.args, group, group.__class__.__mro__)
show(lambda: ExceptionGroup(x=5))
show(lambda: I('x', [V], k=1).extra)
group.__init__(1, 2, 3)
BaseException.__init__(group, 1)
print(group.args, group.message)
try: raise ExceptionGroup('x', [V])
except Exception as e: print(type(e), e)
""")
