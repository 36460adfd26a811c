"""Made documents by the thousand passages: known clauses, each as it is, then by twos with other numbers.

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
_BETWEEN = "\n\n"  # two clauses of one passage
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


def clauses_of(text: str) -> tuple[str, ...]:
    """The one or two clauses that a passage holds, each written the same for all its copies."""
    return tuple(_DIGITS.sub("0", part) for part in text.partition(_BETWEEN)[2].split(_BETWEEN))


def _of(clauses: Sequence[Clause], place: int, draw: random.Random) -> str:
    """The words of the passage with that number: a clause as it is, or with another of its language."""
    if place < len(clauses):
        return clauses[place].text
    clause = other = clauses[place % len(clauses)]
    while other is clause or other.language != clause.language:
        other = draw.choice(clauses)
    return _BETWEEN.join(
        _DIGITS.sub(lambda found: _other(found[0], draw), one.text) for one in (clause, other)
    )


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
