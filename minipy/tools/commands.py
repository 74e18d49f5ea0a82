"""The REPL's commands: one stanza each; `:help` is made of them. Only those said to run or set something change
anything in the machine.

A stanza: name, arguments, one sentence, what else there is to know, an example that `:help NAME` shows, the function.
An example is a session as doctest writes it: prompts, what is typed, what is answered (`...` stands for anything).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from minipy import LimitReached
from minipy.tools import commands_code, commands_explain, commands_gc, commands_look, commands_run
from minipy.tools.screen import Line

if TYPE_CHECKING:
    from minipy.tools.repl import Repl


class Command(NamedTuple):
    """`act` takes the session and the arguments as typed and gives lines to show."""

    name: str
    arguments: str
    sentence: str
    help: str
    example: str
    act: Callable[[Repl, str], Iterable[Line]]


def show_help(repl: Repl, name: str) -> list[str]:
    """The table, or one command's stanza."""
    if not name:
        rows = [f"  :{command.name + ' ' + command.arguments:24} {command.sentence}" for command in COMMANDS]
        return ["Commands; :help NAME says more, with an example. A name may be cut short.", *rows]
    name = name.split()[0].removeprefix(":")
    found = matching(name)
    if len(found) != 1:
        return [unknown(name)]
    command = found[0]
    more = ["", *command.help.splitlines()] if command.help else []
    head = [f":{command.name} {command.arguments}".rstrip(), f"  {command.sentence}"]
    return [*head, *more, "", *command.example.splitlines()]


COMMANDS = (
    Command(
        "heap", "[what]", "all objects by type, the space, the collector; or one type or object",
        """\
:heap               all objects by type, with the change since the last :heap, the address space, the generations
:heap map [ARENA]   every block a cell, by what lies in it; of many arenas every pool, then name one by its number
:heap TYPE          the objects of a class
:heap NAME          one object: every word by name, its bytes, what it refers to, what refers to it
:heap NAME.ATTR     the same of an attribute that is there without running anything; so with :refs and :why
:heap 0x...         the same, by its address: what id() gives, in hexadecimal""",
        """\
>>> x = [10, 'ab']
>>> :heap x
  object          list of 2 items
  type            list
  address         0x...
...
  refers to
    element 0          0x...  10
    element 1          0x...  'ab'
  referred to by
    global x""",
        commands_look.show_heap,
    ),
    Command(
        "refs", "NAME|0x...", "every reference to an object, by where it is",
        "Their number equals the reference count.",
        """\
>>> x = []
>>> y = [x, x]
>>> :refs x
list of 0 items at 0x...: its count is 3; references found: 3
  global x
  element 0 of list of 2 items at 0x...
  element 1 of list of 2 items at 0x...""",
        commands_look.show_refs,
    ),
    Command(
        "why", "NAME|0x...", "what keeps an object alive: the shortest path from a root",
        "Of an object in a cycle that nothing else refers to, it says which collection will find it.",
        """\
>>> x = [[1.5]]
>>> :why x
list of 1 item at 0x... is alive: the shortest path from a root is
  register w_modules: sys.modules (minipy's own)
    -> 0x...  dict of ...
...
  global x
    -> 0x...  list of 1 item""",
        commands_look.show_why,
    ),
    Command(
        "stack", "", "the activation records, from the bottom",
        "Between two statements the stack is empty. After an exception: the records it passed, as they were then.",
        """\
>>> def half(n):
...     return n / 0
...
>>> half(7)
Traceback (most recent call last):
...
ZeroDivisionError: division by zero
>>> :stack
Run-time stack when the exception was raised, from the bottom; it is empty now
  <module>, line 1, at 0x..., no back link: the first record
...
  half, line 2, at 0x..., back link 0x...
    n            0x...  7
    operand      0x...  7
    operand      0x...  0""",
        commands_look.show_stack,
    ),
    Command(
        "gc", "[action]", "the collector: its state, collections at once or step by step, its switches",
        """\
:gc                       generations with count and threshold, collections so far, what comes next
:gc collect [N]           collect generation N and the younger ones; without N all
:gc step [N]              the next collection, or one of generation N, phase by phase
:gc on, :gc off           automatic collections
:gc threshold A [B [C]]   when a generation is collected: as gc.set_threshold
:gc log on, :gc log off   a line for each collection""",
        """\
>>> x = []
>>> x.append(x)
>>> del x
>>> :gc collect 0
collected generation 0: 1 unreachable object
...""",
        commands_gc.run_gc,
    ),
    Command(
        "explain", "on|off|STATEMENT", "tell in plain words what each statement does to names, objects and memory",
        """\
Which name points to which object, new or shared; which objects die, and where their blocks go; activation records
pushed and popped; collections. What the library does is not told.""",
        """\
>>> :explain x = 1000
x points to 1000
  a new int at 0x..., made with the code as its constant
>>> :explain y = x
y points to the same object
  as x
  the count of 1000 rose from 1 to 2
>>> :explain x = x + 1
x points to another object, 1001
...
  the object it pointed to lives on: y points to it
  the count of 1000 fell from 2 to 1
>>> :explain y = None
y points to another object, None; the object it pointed to was destroyed
...
  1000 was destroyed: its block of 32 bytes at 0x... is kept ready for the next int""",
        commands_explain.explain,
    ),
    Command(
        "step", "CODE", "run code instruction by instruction, with the operand stack",
        "Each line: where, the instruction, then the operand stack it finds, its top to the right.",
        """\
>>> n = 20
>>> :step n + 1
  function   at   instruction                        operand stack before it
  <module>      1 RESUME
  <module>      4 LOAD_GLOBAL n
  <module>      8 LOAD_CONST 1                       20
  <module>     10 BINARY_ADD 0                       20 | 1
  <module>     12 PRINT_EXPR                         21
21
  <module>     14 LOAD_CONST None
  <module>     16 RETURN_VALUE                       None""",
        commands_explain.step,
    ),
    Command(
        "dis", "NAME|CODE", "the bytecode of a function as it lies in the heap, or of a statement",
        """\
Of a class, that of its methods; NAME.ATTR is one of them.
In a function that ran, instructions are specialised: LOAD_GLOBAL is then LOAD_GLOBAL_MODULE or _BUILTIN.""",
        """\
>>> def double(x): return 2 * x
...
>>> :dis double
  1           0 RESUME
              1 LOAD_CONST               1 (2)
              2 LOAD_FAST                0 (x)
              3 BINARY_MULTIPLY          0
              4 RETURN_VALUE""",
        commands_code.show_code,
    ),
    Command("ast", "CODE", "the syntax tree of a statement", "As ast.dump(tree, indent=2) of CPython.", """\
>>> :ast f(1)
Module(
  body=[
    Expr(
      value=Call(
        func=Name(id='f', ctx=Load()),
        args=[
          Constant(value=1)],
        keywords=[]))],
  type_ignores=[])""", commands_code.show_ast),
    Command("symbols", "CODE", "where each name of a statement lives", "", """\
>>> :symbols f = lambda x: x + y
module
  f  local: assigned
    lambda (line 1)
      x  local: parameter, used
      y  global: used""", commands_code.show_symbols),
    Command("tokens", "CODE", "the tokens of a statement", "Place, kind, text.", """\
>>> :tokens x = 1
1,0-1,1:            NAME           'x'
1,2-1,3:            EQUAL          '='
...""", commands_code.show_tokens),
    Command("time", "CODE", "run a statement and say how long it took", "", """\
>>> :time sum(range(1000))
499500
... s; collections 0 + 0 + 0; the heap grew by ... bytes""", commands_run.time_code),
    Command("load", "FILE", "run a file in this session", "Its names become the session's.", """\
>>> :load no_such_file.mp
cannot read 'no_such_file.mp': No such file or directory""", commands_run.load_file),
    Command("save", "FILE", "write the statements of this session to a file", "Commands are left out.", """\
>>> x = 1
>>> :save /no/such/folder/session.mp
cannot write '/no/such/folder/session.mp': No such file or directory""", commands_run.save_file),
    Command(
        "set", "[OPTION [VALUE]]", "the machine's switches: all, one, or one changed",
        """\
As `minipy run -X OPTION=VALUE`. For instance poison: freed blocks are filled with a pattern;
collect_every_allocation: a full collection after each container; fail_allocation N: the N-th from now fails.""",
        """\
>>> :set poison on
  poison                     on
>>> :set poison
  poison                     on""",
        commands_run.set_option,
    ),
    Command("reset", "", "go on with a new machine", "", """\
>>> x = 1
>>> :reset
a new machine: all names and objects of the old one are gone""", commands_run.reset),
    Command("help", "[NAME]", "this list, or more about one command", "", """\
>>> :help quit
:quit
  leave (also Ctrl-D, exit)
...""", show_help),
    Command("quit", "", "leave (also Ctrl-D, exit)", "", ">>> :quit", commands_run.leave),
)  # fmt: skip


def matching(name: str) -> list[Command]:
    """The commands a name may mean: the one of this name, else those that begin so."""
    exact = [command for command in COMMANDS if command.name == name]
    return exact or [command for command in COMMANDS if name and command.name.startswith(name)]


def unknown(name: str) -> str:
    """What to say of a name that means no command, or several."""
    if not name:
        return "a command has a name; :help lists them"
    several = matching(name)
    if several:
        return f":{name} may be " + " or ".join(f":{command.name}" for command in several)
    from difflib import get_close_matches

    close = get_close_matches(name, [command.name for command in COMMANDS], 1)
    return f"no command :{name}" + (f"; did you mean :{close[0]}?" if close else ";") + " :help lists them"


def execute(repl: Repl, line: str) -> None:
    """Carry out a command line, without its colon. A fault of a command's own does not end the session."""
    name, _, arguments = line.strip().partition(" ")
    found = matching(name)
    if len(found) != 1:
        repl.screen.show(unknown(name))
        return
    try:
        for shown in found[0].act(repl, arguments.strip()):
            repl.screen.show(shown)
    except (LimitReached, OSError):
        raise
    except Exception as error:
        if os.environ.get("MINIPY_DEBUG"):
            raise
        fault = f"{type(error).__name__}: {error}"
        repl.screen.show(f":{found[0].name} failed: {fault}; this is a fault of minipy, please report it")
