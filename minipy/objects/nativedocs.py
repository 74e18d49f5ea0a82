"""`__doc__` of built-in functions and methods: a sentence each, found when it is asked for.

A line is a name and its sentence. A method is looked up with its type, then without: what all sequences do, say, is
written once.

CPython counterpart: the PyDoc_STRVAR texts beside each function.
"""

from __future__ import annotations

MYPY = False  # true for the type checker alone: importing typing takes longer than this table
if MYPY:
    from typing import Final

SENTENCES: Final = """
abs                  The absolute value of a number.
all                  Are all values of an iterable true?
any                  Is any value of an iterable true?
ascii                The repr of an object, with escapes for all that is not ASCII.
bin                  The binary text of an integer, as in 0b101.
callable             Can the object be called?
chr                  The character with a code point.
compile              Compile a source text for exec or eval.
delattr              Delete a named attribute.
dir                  The sorted names in scope, or those of an object's attributes.
divmod               The pair (x // y, x % y).
eval                 The value of an expression given as text or code.
exit                 Leave the program.
exec                 Run statements given as text or code.
format               A value as text, as a format spec says.
getattr              A named attribute; a default if there is none and one is given.
globals              The dict of the running module's names.
hasattr              Has the object an attribute of this name?
hash                 The hash of an object; equal objects have equal ones.
hex                  The hexadecimal text of an integer, as in 0x1f.
id                   The address of an object, its own as long as it lives.
input                A line of standard input, without its end, after a prompt.
isinstance           Is the object an instance of a class, or of one of several?
issubclass           Is a class derived from another, or from one of several?
iter                 An iterator over an object, or over calls until a sentinel.
len                  The number of items.
locals               The dict of the names in the running scope.
max                  The largest of several values.
min                  The smallest of several values.
next                 The next value of an iterator; a default where it ends, if one is given.
oct                  The octal text of an integer, as in 0o17.
ord                  The code point of a character.
open                 There is none: a program here cannot leave its own memory.
breakpoint           There is none: a program here cannot leave its own memory.
memoryview           There is none: a program here cannot leave its own memory.
pow                  base to the power of exp, modulo mod if that is given.
print                Write values as text, with sep between and end behind them.
quit                 Leave the program.
repr                 The text that stands for an object in a program.
round                A number rounded to ndigits places, half to even.
setattr              Set a named attribute.
sorted               A new sorted list of the values of an iterable.
sum                  start plus all values of an iterable.
vars                 The names in scope, or the __dict__ of an object.
__build_class__      What a class statement calls.
__import__           What an import statement calls.
str.capitalize       The text with its first letter in title case and all others in lower case.
str.casefold         The text for comparisons that ignore case.
capitalize           A copy with its first letter in upper case and all others in lower case.
center               Centered in a field of the given width.
count                How often a value, or a part, occurs.
encode               The text as bytes in a coding.
decode               The bytes as text from a coding.
endswith             Does it end with a part, or with one of several?
startswith           Does it begin with a part, or with one of several?
expandtabs           Tabs replaced by blanks up to the next column that tabsize divides.
find                 The first place of a part, -1 if there is none.
rfind                The last place of a part, -1 if there is none.
format_map           The text with its fields filled from a mapping.
str.format           The text with its fields filled from the arguments.
index                The first place of a value or part; ValueError if there is none.
rindex               The last place of a part; ValueError if there is none.
isalnum              Letters and digits only, at least one?
isalpha              Letters only, at least one?
isascii              ASCII characters only?
isdecimal            Decimal digits only, at least one?
isdigit              Digits only, at least one?
isidentifier         Could it be a name in a program?
islower              Are all letters small, and is there one?
isnumeric            Numeric characters only, at least one?
isprintable          Printable characters only?
isspace              White space only, at least one?
istitle              Does each word begin with its only capital letter?
isupper              Are all letters capital, and is there one?
join                 The parts of an iterable with this between them.
ljust                At the left of a field of the given width.
rjust                At the right of a field of the given width.
lower                With all letters small.
upper                With all letters capital.
swapcase             With small letters capital and capital ones small.
title                With each word's first letter capital and all others small.
lstrip               Without the given or white characters at the start.
rstrip               Without the given or white characters at the end.
strip                Without the given or white characters at both ends.
maketrans            A table for translate.
translate            Each character replaced as a table says.
partition            What comes before the first separator, the separator, what comes after it.
rpartition           What comes before the last separator, the separator, what comes after it.
removeprefix         Without a part it begins with.
removesuffix         Without a part it ends with.
replace              A copy with occurrences of one part replaced by another.
split                The parts between separators, or between white space.
rsplit               The parts between separators, the last ones split first.
splitlines           The lines.
zfill                Padded with zeros at the left, behind a sign.
bytes.hex            The bytes as hexadecimal digits.
bytearray.hex        The bytes as hexadecimal digits.
float.hex            The exact value in hexadecimal digits.
fromhex              What a text of hexadecimal digits stands for.
append               Add a value at the end.
bytearray.extend     Add the bytes of an iterable at the end.
extend               Add all values of an iterable at the end.
insert               Put a value in front of the one at an index.
pop                  Remove and return an item.
remove               Remove the first item equal to a value; ValueError if there is none.
list.pop             Remove and return the item at an index, the last one without.
reverse              Turn the order of the items round.
sort                 Sort the items in place, equal ones in their old order.
clear                Remove everything.
copy                 A shallow copy.
fromkeys             A new dict with keys from an iterable and one value.
dict.get             The value of a key, a default if there is none.
dict.items           The pairs of keys and values, as a view.
dict.keys            The keys, as a view.
dict.values          The values, as a view.
dict.pop             Remove a key and return its value; a default if there is none and one is given.
dict.popitem         Remove and return the pair that was added last.
dict.setdefault      The value of a key, which a default becomes if there is none.
dict.update          Add the pairs of a mapping or iterable, and keywords.
set.add              Add an element.
discard              Remove an element if it is there.
set.remove           Remove an element; KeyError if there is none.
set.pop              Remove and return any element.
set.update           Add the elements of iterables.
union                The elements of this and of others, as a new set.
intersection         The elements also in all others, as a new set.
difference           The elements in none of the others, as a new set.
symmetric_difference The elements in exactly one of the two, as a new set.
intersection_update  Keep only what all others have, too.
difference_update    Remove what any other has.
symmetric_difference_update Keep what exactly one of the two has.
isdisjoint           Have the two nothing in common?
issubset             Does the other contain all of this?
issuperset           Does this contain all of the other?
bit_length           How many bits the absolute value needs.
bit_count            How many bits of the absolute value are 1.
as_integer_ratio     The number as a pair: numerator and positive denominator.
to_bytes             The number as bytes.
from_bytes           The number that bytes stand for.
conjugate            The number with its imaginary part negated.
is_integer           Is it a whole number?
indices              start, stop and step for a sequence of a length.
add_note             Add a line to be printed below the message.
with_traceback       Set the traceback and return the exception.
BaseExceptionGroup.split The group of what matches, and the group of what does not.
subgroup             The group of what matches.
derive               A group of the same kind of other exceptions.
mro                  The order in which attributes are looked for.
send                 Resume with a value for the yield.
throw                Resume by raising an exception at the yield.
close                Raise GeneratorExit at the yield.
__add__              self + value
__radd__             value + self
__sub__              self - value
__rsub__             value - self
__mul__              self * value
__rmul__             value * self
__mod__              self % value
__rmod__             value % self
__truediv__          self / value
__rtruediv__         value / self
__floordiv__         self // value
__rfloordiv__        value // self
__divmod__           divmod(self, value)
__rdivmod__          divmod(value, self)
__trunc__            The number without its fraction.
__floor__            The largest whole number not above this one.
__ceil__             The smallest whole number not below this one.
__pow__              self ** value
__rpow__             value ** self
__and__              self & value
__rand__             value & self
__or__               self | value
__ror__              value | self
__xor__              self ^ value
__rxor__             value ^ self
__lshift__           self << value
__rlshift__          value << self
__rshift__           self >> value
__rrshift__          value >> self
__iadd__             self += value
__imul__             self *= value
__ior__              self |= value
__neg__              -self
__pos__              +self
__invert__           ~self
__abs__              abs(self)
__bool__             bool(self)
__int__              int(self)
__float__            float(self)
__index__            self as an index
__lt__               self < value
__le__               self <= value
__eq__               self == value
__ne__               self != value
__gt__               self > value
__ge__               self >= value
__len__              len(self)
__getitem__          self[key]
__setitem__          self[key] = value
__delitem__          del self[key]
__contains__         key in self
__iter__             iter(self)
__next__             next(self)
__reversed__         reversed(self)
__repr__             repr(self)
__str__              str(self)
__hash__             hash(self)
__call__             self(...)
__getnewargs__       What __new__ is to be given for a copy.
__complex__          complex(self)
__format__           format(self, spec)
__round__            round(self, ndigits)
__init__             Initialize self as its class says.
__new__              Make an instance of a class.
__getattribute__     getattr(self, name)
__setattr__          setattr(self, name, value)
__delattr__          delattr(self, name)
__get__              The attribute as an instance or its class has it.
__set__              Set the attribute of an instance.
__delete__           Delete the attribute of an instance.
__dir__              The names of the attributes.
__sizeof__           The bytes the object takes.
__reduce__           What a copy is made of.
__reduce_ex__        What a copy is made of, by a protocol.
__getstate__         The attributes a copy gets.
__init_subclass__    Called when a class is derived from this one.
__subclasshook__     Asked by issubclass of abstract classes.
"""


def sentence(owner: str, name: str) -> str:
    """What `owner.name`, or else `name`, does; "" if nobody has written it down."""
    for wanted in (f"\n{owner}.{name} ", f"\n{name} "):
        start = SENTENCES.find(wanted)
        if start >= 0:
            end = SENTENCES.index("\n", start + 1)
            return SENTENCES[start + len(wanted) : end].strip()
    return ""
