"""What a folder's catalog.toml says of the documents in it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from knowledge.errors import CatalogError
from knowledge.facts.document_facts import CHOICES, DATES, FACT_NAMES, LISTS
from knowledge.facts.iso_dates import first_day, is_date, last_day
from knowledge.policy import DocumentFacts

CATALOG_NAME = "catalog.toml"

_KEYS = ("file", *FACT_NAMES)


def _checked(entry: Mapping[str, object], where: str) -> dict[str, Any]:
    """An entry's values, all of them known keys with text in them; `where` names the file and the entry."""
    values: dict[str, Any] = {}
    for key, value in entry.items():
        if key not in _KEYS:
            raise CatalogError(f'{where}: there is no key "{key}"; the keys are {", ".join(_KEYS)}.')
        values[key] = _names(key, value, where) if key in LISTS else _text(key, value, where)
    for key in ("file", "title"):
        if key not in values:
            raise CatalogError(f'{where}: "{key}" is missing.')
    for key, choices in CHOICES.items():
        if values.get(key, choices[0]) not in choices:
            known = " or ".join((", ".join(f'"{one}"' for one in choices[:-1]), f'"{choices[-1]}"'))
            raise CatalogError(f'{where}: "{key}" is "{values[key]}"; it can be {known}.')
    for key in sorted(DATES & values.keys()):
        _check_date(key, values[key], where)
    begins, ends = first_day(values.get("in_force_from")), last_day(values.get("in_force_until"))
    if begins and ends and ends < begins:
        raise CatalogError(
            f'{where}: "in_force_until" is "{values["in_force_until"]}", which is before "in_force_from",'
            f' "{values["in_force_from"]}".'
        )
    return values


def _text(key: str, value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CatalogError(f'{where}: "{key}" must be text in quotation marks, and not blank.')
    return value


def _names(key: str, value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise CatalogError(
            f'{where}: "{key}" must be a list of titles or numbers in quotation marks, such as ["Trade Act"].'
        )
    return tuple(value)


def _check_date(key: str, value: str, where: str) -> None:
    if not is_date(value):
        raise CatalogError(
            f'{where}: "{key}" is "{value}", which is not a date of the form'
            ' "2021-04-29", "2021-04", "2021" or "--08-26" (a day without its year).'
        )
    if key != "date" and first_day(value) is None:
        raise CatalogError(f'{where}: "{key}" is "{value}", which names no year; write "2021-04-29".')


def _entries(path: Path) -> list[dict[str, object]]:
    """The [[document]] tables of a catalogue."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CatalogError(f"{path} cannot be read ({error.strerror}): check its permissions.") from error
    except ValueError as error:  # not TOML, or not UTF-8
        raise CatalogError(f"{path} is not TOML in UTF-8: {error}.") from error
    surplus = [key for key in content if key != "document"]
    if surplus:
        raise CatalogError(
            f'{path}: "{surplus[0]}" stands outside a [[document]] table; only those are read.'
        )
    entries = content.get("document", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CatalogError(f"{path}: write each entry as a [[document]] table, with double brackets.")
    return entries


def load_catalog(folder: Path) -> dict[str, DocumentFacts]:
    """Facts of the documents that a folder's catalog.toml describes, by file path relative to the folder.

    A folder without a catalogue gives {}. Raises CatalogError, naming the file, the entry and the key, for
    anything that is not understood, for a file that is described twice and for one that does not exist.
    """
    path = folder / CATALOG_NAME
    catalog: dict[str, DocumentFacts] = {}
    for number, entry in enumerate(_entries(path), start=1):
        where = f"{path}, entry {number}"
        values = _checked(entry, where)
        relative = PurePosixPath(values.pop("file"))
        file = relative.as_posix()
        if relative.is_absolute() or ".." in relative.parts:
            raise CatalogError(
                f'{where}: "file" is "{file}", which is outside the folder; describe it there.'
            )
        if file in catalog:
            raise CatalogError(f'{where}: "file" is "{file}", which an entry above describes already.')
        if not (folder / file).is_file():
            raise CatalogError(f'{where}: "file" is "{file}", but there is no such file in {folder}.')
        catalog[file] = DocumentFacts(**values)
    return catalog
