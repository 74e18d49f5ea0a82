"""The memory manager. It knows no type by name, only the layout that each type describes itself with.

    words layout* statics               the address space: its arrays, every fixed address and offset in it
    vecs floatlane stack hoststack      ... what it is made of, its second lane, its run-time stack, the host's own
    obmalloc arena largealloc           where memory comes from: blocks of a pool, pools of an arena, large blocks
    objalloc sizes                      a block becomes an object: header, collector's head, payload
    refcount traverse                   an object whose count falls to 0 goes, and with it what only it held
    weakref weaklist                    who is told when an object goes that was referred to weakly
    gc gcreach gclist gcphases          cycles: which objects only each other keep alive
    fullheap                            ... the collection made when nothing else helps
    options switches guards hook        limits, and the stress switches that make faults show
    check* gcvalidate gcdebug describe  all invariants once more, as code that checks them and sentences about them
    census usage owners tally mallocstats       figures of the whole heap, for whoever looks at it

It imports nothing of minipy but itself.

CPython counterpart: Objects/obmalloc.c, Modules/gcmodule.c, Objects/weakrefobject.c, Include/object.h.
"""
