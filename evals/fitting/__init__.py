"""Fits the weights that the product ships with, from cases and public data sets."""
