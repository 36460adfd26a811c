"""A document's facts and layout as the JSON that the library stores."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from knowledge.policy import DocumentFacts, Layout


def stored(part: DocumentFacts | Layout) -> str:
    """The JSON of facts or of a layout, without what is at its default."""
    values = {name: value for name, value in asdict(part).items() if value not in (None, ())}
    return json.dumps(values, ensure_ascii=False)


def stored_facts(text: str) -> DocumentFacts:
    """The facts that `stored` wrote."""
    return DocumentFacts(**_with_tuples(json.loads(text)))


def stored_layout(text: str) -> Layout:
    """The layout that `stored` wrote."""
    return Layout(**_with_tuples(json.loads(text)))


def _with_tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in values.items()}


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
