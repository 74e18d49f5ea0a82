"""The object model: what each built-in type is and does, as functions over words. A file's name says which part it is.

    *object                     what an object of the type is, and what the machine itself does with it
    *_methods                   what a program can do with it: the table of methods, and what runs for each

    long_* bigdigits float_arith numbers                    numbers: operators; digits of large ints
    decimal_text digitlimit formatting                      ... as text
    unicode_* ascii_case unicodeerrors printf str_format    text: its parts, what is made of it, formatting
    bytes_* packed                                          bytes and bytearrays; packed bytes read, written, searched
    list_slice listsort sort* timsort gallop                lists: subscripts, sorting
    dicttable dict_merge dictviews set_* hashing            dicts and sets: tables, algebra, comparing keys quickly
    deque_* itertool* resulttuple                           deques; the iterators of itertools
    exceptions exc* oserror                                 exceptions: making, matching, texts, groups
    function_new mappingproxy genericalias weakproxy        rarer types

    machine                     what all of these may ask of the machine that runs them
    abstract_*                  any object: a + b, a == b, a[i], str(a), isinstance, by a type's or a program's method
    native_*                    the same of built-in types alone: which function, by the type
    attributes* attribute_errors        o.name, read and set
    type* mro                   classes: making them, their order, what they remember; typetable: every layout
    slot* specialnames          special methods: which a type has, which a class defines
    natives families            functions of the machine as objects: from their number to the module that has them
    nativedocs libraryfunctions         ... their sentences; what they leave to functions written in minipy,
    deprecated                          ... warnings of what later versions will refuse among it
    identifiers intern* statics operators       names, static objects and numbers that all know
    arguments recursion reprs spans     what many need: checking arguments, counting recursion, texts, rows of words

CPython counterpart: Objects/.
"""
