"""What looks at programs and at running machines; nothing here is compiled, and no machine knows of it.

    launch verdict watchdog clioptions statistics       the command line's run: options in, exit code and reports out
    *command checking bench*                            one file a command: heap, explain; check; bench
    listings jsonlistings                               ... ast, dis, symbols, tokens: as text, as JSON (JSON.md)
    repl terminal lineeditor blocks complete screen     the REPL: lines in, lines out
    commands*                                           its :commands, one stanza each
    heapview stackview values wordnames heapcode        what is in memory, as data
    lookup naming places refs                           ... which object a name means, and who refers to it
    heaptext objecttext heapmap heapreport              the same as text, as a map, as JSON
    snapshot* traceevents                               ... and in the formats of other programs' viewers
    narrate changes brief contents                      what a line of the program does, in sentences
    watch* observed stepper gcsteps collectionlog       looking while it runs, or at one step at a time
    postmortem colours anchors                          what an exception leaves; tracebacks in colours, their carets
    astcheck compilecheck filecheck                     the front end against the host's, over many files
"""
