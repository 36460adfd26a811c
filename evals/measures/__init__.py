"""One measure a file. A measure that does not apply to a case is None, never 0."""
