"""Public data sets: what is measured on each, and the record of it."""
