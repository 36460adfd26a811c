"""Receipts: one answer as a file that can be checked again, without asking again."""
