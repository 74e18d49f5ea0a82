"""How minipy is compiled. The source is Python and is right as it stands; everything here only makes it quick.

    the source folder
        | __main__            copied: a compiled module beside its source would hide the source's changes
    the copy
        | source_constants    in the copy, names of constants become their values, tables of constants become bytes
        | compiling           mypycify: all modules that are worth it become one C file
    C
        | c_improve           that C, improved part by part: c_hints, c_calls, c_lanes, c_bounds, c_switch, c_imports,
        |                     c_order, each a pattern of mypyc's that gcc would make slow code of
    better C
        | compiling           gcc
    libraries in the copy
        | hook                pip's way: they go into the wheel, beside the source
    the installed package

    pip install .                            compiled where a C compiler works, else the same source uncompiled
    MINIPY_PURE=1 pip install .              uncompiled in any case
    python minipy/building FOLDER            for developers: a compiled copy of the tree, used by PYTHONPATH=FOLDER

A `source_*` module reads Python and writes Python, a `c_*` module reads C and writes C; none of them runs anything. Any
of them may find nothing, and all is right without it.

Invariant: nothing outside this package imports it, so no start of minipy reads it. The wheel has it all the same: the
source that is installed is the source that was built, and the tests, which run on what is installed, test how it was.
"""
