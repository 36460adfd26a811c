"""Eval cases of our own: their type, the files here that hold them, and what checks and adds to them."""
