"""The front end: source text to syntax tree, and the names in it.

    source lastline                     bytes to text
    lexer token                         text to tokens; lexical: its faults; softwords: match, case, `with (`
    parser lalr                         tokens to tree, by the tables that Lark made of grammar/minipy.lark
    build_* targets                     what each rule of the grammar becomes: nodes (ast, node)
    literals escapes fstring            ... and what a literal means
    messages site say_*                 where the parser is stuck: CPython's words for it
    symtable symcollect symresolve      where each name lives
    depth                               how deep all of this may be nested

CPython counterpart: Parser/, Grammar/python.gram, Python/symtable.c.
"""
