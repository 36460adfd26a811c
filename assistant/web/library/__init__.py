"""The library in the browser: its table, a document's own page, and the desk of the maintainers."""
