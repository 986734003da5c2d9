"""The witness: everything the program says, asks for and writes on invented organisations, held as digests.

A change that must change nothing (a move of modules, say) is shown to by `python -m tests.witness --check`.
"""
