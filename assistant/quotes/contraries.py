"""Opposite sides of one matter: a sentence on imports is no answer to a question on exports."""

import tomllib
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from importlib.resources import files

from knowledge.terms import terms

Sides = tuple[frozenset[str], frozenset[str]]  # the terms of either side, in both languages


def speaks_of_the_contrary(question_terms: frozenset[str], sentence_terms: AbstractSet[str]) -> bool:
    """Whether the question names one side of a pair, and the sentence the other side alone."""
    return any(_only(sentence_terms, other, side) for side, other in _asked_about(question_terms))


@lru_cache(maxsize=64)  # one question is held against many sentences
def _asked_about(question_terms: frozenset[str]) -> tuple[Sides, ...]:
    """The pairs of which the question names one side alone, that side first."""
    return tuple(
        (side, other)
        for pair in contrary_pairs()
        for side, other in (pair, pair[::-1])
        if _only(question_terms, side, other)
    )


@cache
def contrary_pairs() -> tuple[Sides, ...]:
    """Every pair of contraries.toml as the terms that texts are compared by."""
    stored = tomllib.loads(files("assistant.quotes").joinpath("contraries.toml").read_text("utf-8"))["pairs"]
    return tuple((_terms_of(one), _terms_of(other)) for one, other in stored)


def _only(held: AbstractSet[str], side: frozenset[str], other: frozenset[str]) -> bool:
    return not side.isdisjoint(held) and other.isdisjoint(held)


def _terms_of(words: list[str]) -> frozenset[str]:
    # Of a longer Chinese word the first two characters stand for it: 收货人 and 发货人 share the last two.
    return frozenset(terms(word)[0] for word in words)
