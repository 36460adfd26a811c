"""How far the claim checker agrees with people, as the one line that every report shows."""

from collections.abc import Mapping, Sequence
from typing import Any


def checker_line(agreement: Sequence[Mapping[str, Any]]) -> str:
    """The line, from the fields of `CheckerAgreement`, a set each."""
    sets = "; ".join(f"{one['name']} {_shares(one)}" for one in agreement)
    return (
        f"Support checker, agreement with people's labels (balanced accuracy): {sets}. Unseen: fitted "
        "without the set and its like. Quotes need none of it: they are compared character by character."
    )


def _shares(one: Mapping[str, Any]) -> str:
    in_folds, unseen = one["balanced_accuracy"], one["unseen_balanced_accuracy"]
    told = [] if in_folds is None else [f"{100 * in_folds:.0f} %"]
    told += [] if unseen is None else [f"unseen {100 * unseen:.0f} %"]
    return ", ".join(told) or "not measured"
