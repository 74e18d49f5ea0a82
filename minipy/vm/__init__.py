"""The virtual machine: it runs code objects, and is the Machine that all types ask.

    ceval instructions              the loop, and the instructions it does not write out
    operations names attribute_cache do_*               what those do, a family of instructions a file
    frame cells generator*          activation records: on the stack, and a generator's in the heap; frameobject: seen
    call binding operands entry     calls: finding what is called, binding the arguments, entering the loop
    native_call dispatch module_families        ... of native functions: from a number to the module that has it
    call_errors native_errors       ... and what is said if the arguments do not fit
    unwind                          from a raised exception to its handler
    tracebacks exception_print suggestions      ... or to what is printed of it
    excepthook unraisable failure   who else is told of it
    loader importing syntax_errors  from the compiler's Code to a code object in memory; modules; faults in a text
    breaker collecting clearing finalization    safe points: limits, signals, collections, what the dying may still say
    bltin* displayhook              the module builtins
    class_bases                     what a class statement makes of its bases
    hosted_machine virtual_machine session      the machine put together
    host exchange                   the world outside, and values on their way there and back

CPython counterpart: Python/ceval.c, Python/bltinmodule.c, Python/errors.c, Python/import.c, Objects/call.c.
"""
