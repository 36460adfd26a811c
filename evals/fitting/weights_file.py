"""The weights as a file: written whole or not at all, and set against what is there."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_POINT = re.compile(r"\[\s+([^\[\]{}\"]+?)\s+\]")  # a list of bare numbers


def write_weights(stored: Mapping[str, Any], path: Path) -> None:
    """Write the weights as JSON, each point of a curve on a line of its own; may raise OSError."""
    text = json.dumps(stored, indent=1, ensure_ascii=False)
    text = _POINT.sub(lambda point: f"[{' '.join(point[1].split())}]", text)
    part = path.with_name(f"{path.name}.part")
    part.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    part.replace(path)


def largest_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> float | None:
    """By how much the most changed weight, bias or threshold differs; None when they are not the same ones.

    Only the models are compared, not the figures, the data or the curve.
    """
    old, new = dict(_weights(before)), dict(_weights(after))
    if old.keys() != new.keys():
        return None
    return max((abs(new[name] - old[name]) for name in new), default=0.0)


def _weights(stored: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, float]]:
    for name, value in stored.items():
        if not path and name in ("figures", "fitted_on", "data_sha256", "curve"):
            continue
        if isinstance(value, Mapping):
            yield from _weights(value, f"{path}/{name}")
        elif isinstance(value, int | float):
            yield f"{path}/{name}", value
