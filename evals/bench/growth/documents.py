"""Made documents by the thousand passages: known clauses, first as they are, then with other numbers in them.

Folder k holds passages 1,000 k to 1,000 k + 999, and what is in it does not depend on how many folders there
are, so a library of a thousand passages is a part of one of a million. A tenth of the documents are earlier
versions of others and no longer in force; a tenth are in the collection "tenth", a hundredth in "hundredth".
"""

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

from evals.bench.growth.clauses import OF_A_DOCUMENT, Clause

OF_A_FOLDER = 1_000  # passages
DOCUMENTS = OF_A_FOLDER // OF_A_DOCUMENT  # of a folder
_DIGITS = re.compile(r"\d+")
_MARK = re.compile(r"^\((?:No\.|编号) \d{9}\) ")
_FIRST_YEAR, _YEARS = 1990, 35
_VERSIONED_EVERY, _TENTH, _HUNDREDTH = 10, 5, 47


def folder_of(documents: Path, number: int) -> Path:
    """Where folder `number` lies."""
    return documents / f"{number:04}"


def write_folder(documents: Path, number: int, clauses: Sequence[Clause]) -> None:
    """Write the documents of one folder, each in one language, and a catalogue that states their facts."""
    folder = folder_of(documents, number)
    folder.mkdir(parents=True)
    draw = random.Random(number)  # noqa: S311 (the same documents every time)
    entries = []
    for place in range(DOCUMENTS):
        serial = number * DOCUMENTS + place
        entries.append(_facts(serial, draw))
        lines = [
            f"Article {article}\n\n{_of(clauses, serial * OF_A_DOCUMENT + article - 1, draw)}"
            for article in range(1, OF_A_DOCUMENT + 1)
        ]
        Path(folder, f"{serial}.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    Path(folder, "catalog.toml").write_text("\n".join(entries), encoding="utf-8")


def clause_of(text: str) -> str:
    """The clause that a passage's text is a copy of, the same for all its copies."""
    return _DIGITS.sub("0", _MARK.sub("", text.rpartition("\n")[2]))


def _of(clauses: Sequence[Clause], place: int, draw: random.Random) -> str:
    """The clause for the passage with that number: as it is the first time, then marked and with other numbers."""
    turn, which = divmod(place, len(clauses))
    clause = clauses[which]
    if turn == 0:
        return clause.text
    mark = f"({'编号' if clause.language == 'zh' else 'No.'} {draw.randrange(10**9):09}) "
    return mark + _DIGITS.sub(lambda found: _other(found[0], draw), clause.text)


def _other(digits: str, draw: random.Random) -> str:
    first = str(draw.randrange(1, 10))
    return first + "".join(str(draw.randrange(10)) for _ in digits[1:])


def _facts(serial: int, draw: random.Random) -> str:
    """What the catalogue states; every tenth document is an earlier version of the one after it."""
    is_earlier = serial % _VERSIONED_EVERY == 0
    instrument = serial + 1 if is_earlier else serial
    year = _FIRST_YEAR + instrument % _YEARS - is_earlier
    collection = (
        "hundredth" if serial % 100 == _HUNDREDTH else "tenth" if serial % 10 == _TENTH else "general"
    )
    stated = {
        "file": f"{serial}.md",
        "title": f"Measure {instrument} on Trade",
        "issuer": f"Office {instrument % 20}",
        "date": f"{year}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}",
        "collection": collection,
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in stated.items()]
    return "\n".join(["[[document]]", *lines, ""])
