"""The instruction set, and code as plain data of the host: what the compiler makes and the machine loads.

    compiler --> code.Code --> cache (a file beside the program) --> vm/loader.py
                     |
                     +--> verify, dis: by opcodes (what each instruction is), effects, decode

CPython counterpart: Include/opcode.h, Lib/dis.py, Python/marshal.c.
"""
