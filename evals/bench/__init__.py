"""Timings: how fast passages are embedded, and how long a question takes."""
