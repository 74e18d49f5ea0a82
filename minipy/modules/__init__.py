"""The native modules: what a program imports that is not written in minipy itself.

    *module             a module: the table of its functions (FUNCTIONS), `fill`, which puts them into the module's dict
                        when it is imported, and `call`, which runs one by its number
    math* random* mersenne time* sys* textstream               parts of math, random, time, sys
    getters countelements lrucache partialclass itertoolsnew    parts of _operator, _collections, _functools, itertools
    namedtuplenew structseq nativeclass constants sizeof        what several of them need

vm/importing.py lists the modules, vm/module_families.py numbers them, objects/natives.py has the picture. Most of
functools, collections, abc, operator and weakref is written in minipy (minipy/lib): their native half begins with an
underscore.

CPython counterpart: Modules/.
"""
