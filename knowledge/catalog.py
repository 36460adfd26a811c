"""What is known of documents beside their text: from a folder's catalog.toml, or from the text itself."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath

from knowledge.errors import CatalogError
from knowledge.paragraphs import width
from knowledge.policy import DocumentFacts
from knowledge.sectioning import scan

CATALOG_NAME = "catalog.toml"

_KEYS = ("file", "title", "issuer", "kind", "date", "language", "source", "status")
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|--(?P<any_month>\d\d)-(?P<any_day>\d\d)"
)
_LEAP_YEAR = 2000  # "--02-29" is a date in some years

_LONGEST_TITLE = 100  # columns
_ENDS_A_TITLE = re.compile(r"[^.。!！?？;；:：,，、]$")
_LOOKED_AT = 20_000  # characters: a title stands at the top


def _is_date(value: str) -> bool:
    """Whether a date has one of the forms of `DocumentFacts.date` and exists in the calendar."""
    match = _DATE.fullmatch(value)
    if match is None:
        return False
    year = int(match["year"] or _LEAP_YEAR)
    month = int(match["month"] or match["any_month"] or 1)
    day = int(match["day"] or match["any_day"] or 1)
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _checked(entry: Mapping[str, object], where: str) -> dict[str, str]:
    """An entry's values, all of them known keys with text in them; `where` names the file and the entry."""
    values: dict[str, str] = {}
    for key, value in entry.items():
        if key not in _KEYS:
            raise CatalogError(f'{where}: there is no key "{key}"; the keys are {", ".join(_KEYS)}.')
        if not isinstance(value, str) or not value.strip():
            raise CatalogError(f'{where}: "{key}" must be text in quotation marks, and not blank.')
        values[key] = value
    for key in ("file", "title"):
        if key not in values:
            raise CatalogError(f'{where}: "{key}" is missing.')
    if not _is_date(values.get("date", "2000")):
        raise CatalogError(
            f'{where}: "date" is "{values["date"]}", which is not a date of the form'
            ' "2021-04-29", "2021-04", "2021" or "--08-26" (a day without its year).'
        )
    if values.get("language", "en") not in ("en", "zh"):
        raise CatalogError(f'{where}: "language" is "{values["language"]}"; it can be "en" or "zh".')
    return values


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
        catalog[file] = DocumentFacts(**values)  # type: ignore[arg-type]  # `language` is checked above
    return catalog


def _is_title_line(words: str) -> bool:
    """Whether a paragraph looks like a title: a short line of words that no sentence mark ends."""
    is_short = "\n" not in words and width(words) <= _LONGEST_TITLE
    return is_short and words[0].isalpha() and _ENDS_A_TITLE.search(words) is not None


def _title_in(text: str) -> str | None:
    """A title that the top of a text gives: its first line or its first heading without a chapter number."""
    paragraphs = [(text[start:end], heading) for (start, end), heading, _ in scan(text[:_LOOKED_AT])]
    headings = [heading for _, heading in paragraphs if heading and heading.level and heading.rank is None]
    if headings and headings[0].level == 1:
        return headings[0].text
    if len(paragraphs) > 1 and paragraphs[0][1] is None and _is_title_line(paragraphs[0][0]):
        return " ".join(paragraphs[0][0].split())
    return headings[0].text if headings else None


def facts_from_text(text: str, path: Path) -> DocumentFacts:
    """Facts of a document that no catalogue describes: its title, and nothing that would have to be guessed.

    The title is the text's first main Markdown heading, else its first line if that looks like a title, else
    its first other heading, else the file's name without its suffix.
    """
    return DocumentFacts(_title_in(text) or path.stem)
