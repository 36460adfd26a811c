"""Check guidance: what the documents lay down on a business that somebody describes, as a table."""
