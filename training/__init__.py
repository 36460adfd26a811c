"""Trains the reader, a small cross-encoder; README.md beside this file says how."""
