"""The maintainers' desk: what they send, approve, correct, remove and index anew, one job at a time."""
