"""Texts -> vectors: the embedders, their weights and tokens, and a cache."""
