"""Words that say the same in the language of policy, from synonyms.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from knowledge.terms import terms


def with_synonyms(wanted: Iterable[str]) -> frozenset[str]:
    """The terms and every term that says the same as one of them."""
    groups = _groups()
    return frozenset().union(*(groups.get(term, frozenset([term])) for term in wanted))


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    """The group of each term, itself included; raises ValueError when a word stands in two groups."""
    stored = tomllib.loads(files("assistant.quotes").joinpath("synonyms.toml").read_text("utf-8"))
    found: dict[str, frozenset[str]] = {}
    for line in (line for lines in stored.values() for line in lines):
        group = frozenset(terms(line))
        for term in group:
            if term in found:
                raise ValueError(f"synonyms.toml: {term} stands in two groups")
            found[term] = group
    return found
