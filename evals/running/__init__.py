"""Runs cases through the product and records all that one needs to repeat it."""
