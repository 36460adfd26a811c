"""One module a program: how it is told to index a folder and to search, in its own words.

Each runs in an environment of its own, where only that program and the standard library are installed.
"""
