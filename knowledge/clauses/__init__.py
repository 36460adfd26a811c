"""Clauses: where they begin, what they are called, and which of them a text names."""
