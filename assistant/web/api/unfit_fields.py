"""One sentence on a request that does not have the form it should have."""

from collections.abc import Sequence
from typing import Any

_SHOWN = 80  # characters of a field's name, which may be anything that was sent


def sentence_on(errors: Sequence[Any]) -> tuple[int, str]:
    """The status and the sentence on what pydantic found, which is the first thing to mend.

    415 for a body that is no JSON object, 422 for a field.
    """
    first = errors[0]
    place = [str(part) for part in first["loc"] if part not in ("body", "query", "path")]
    if first["type"] in ("json_invalid", "model_attributes_type", "missing") and not place:
        return 422, "The request has no JSON object in its body; send one with content-type application/json."
    if first["type"] == "json_invalid":
        return 422, f"The body of the request is not JSON: {first['ctx']['error']}."
    name = ".".join(place)
    name = name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…"
    if first["type"] == "extra_forbidden":
        return 422, f"There is no field {name!r}; leave it out."
    if first["type"] == "missing":
        return 422, f"The field {name!r} is missing; add it."
    said = str(first["msg"]).removeprefix("Value error, ")
    return 422, f"The field {name!r} is not accepted: {said[:1].lower()}{said[1:]}."
