"""Texts, questions and labels of other people's evals: their types, and one reader a format."""
