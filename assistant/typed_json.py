"""Frozen dataclasses from what JSON gave, every field checked: what `asdict` wrote comes back as it was."""

import types
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_T = TypeVar("_T")


def built(kind: type[_T], value: object, place: str = "it") -> _T:
    """The dataclass of that kind with exactly its fields. Raises TypeError naming the place."""
    if not isinstance(value, dict):
        raise TypeError(f"{place} is not an object")
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    for name in (*(name for name in names if name not in value), *(one for one in value if one not in names)):
        raise TypeError(
            f"{place} lacks {name}" if name in names else f"{place} has {name!r}, which is unknown"
        )
    return kind(**{name: _value(hints[name], value[name], name) for name in names})


def _value(hint: Any, value: object, place: str) -> object:
    if is_dataclass(hint) and isinstance(hint, type):
        return built(hint, value, place)
    if get_origin(hint) in (Union, types.UnionType):
        other = next(one for one in get_args(hint) if one is not type(None))
        return None if value is None else _value(other, value, place)
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if not isinstance(value, list) or (inner[-1] is not Ellipsis and len(value) != len(inner)):
            raise TypeError(f"{place} is not a list as it should be")
        if inner[-1] is Ellipsis:
            return tuple(_value(inner[0], one, place) for one in value)
        return tuple(_value(one, part, place) for one, part in zip(inner, value, strict=True))
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        raise TypeError(f"{place} is not a {'text' if hint is str else 'number'}")
    return value
