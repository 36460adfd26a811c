"""Made documents to measure with: stretches of the shipped text under article numbers, all of them different.

The numbers in them are new everywhere, so that no sentence repeats another and none is embedded only once.
A document may hold notes: a sentence about a station that no other document names, which a question can ask
for and by which an answer can be recognised.
"""

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SEED_TEXTS = Path(__file__).resolve().parents[2] / "seeds"
ARTICLES = 40  # of a document
_WORDS = 120  # of an article
_NAME_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Note:
    """What one sentence of one document says of a station."""

    station: str
    days: int

    @property
    def sentence(self) -> str:
        """The sentence as it stands in the document."""
        return f"Station {self.station} files its yearly report within {self.days} days."

    @property
    def question(self) -> str:
        """What it answers."""
        return f"Within how many days does station {self.station} file its yearly report?"


def made_notes(count: int) -> list[Note]:
    """So many notes, the same every time; no two stations have one name."""
    draw = random.Random(0)  # noqa: S311 (the same names every time)
    names: dict[str, None] = {}
    while len(names) < count:
        names["".join(draw.choices(string.ascii_lowercase, k=_NAME_LENGTH)).capitalize()] = None
    return [Note(name, draw.randrange(100, 1_000)) for name in names]


def write_documents(folder: Path, count: int, turn: int, notes: list[Note] | None = None) -> None:
    """Write `count` documents of ARTICLES articles into a new folder, the notes spread over them."""
    words = " ".join(
        path.read_text(encoding="utf-8-sig") for path in sorted(_SEED_TEXTS.glob("*.txt"))
    ).split()
    draw = random.Random(turn)  # noqa: S311 (the same documents every time)
    folder.mkdir()
    for number in range(count):
        lines = [f"# Measure {turn}.{number}"]
        own = (notes or [])[number::count]
        for article, stretch in enumerate(_articles(words, draw), start=1):
            noted = f" {own[article - 1].sentence}" if article <= len(own) else ""
            lines += [f"Article {article}", stretch + noted]
        Path(folder, f"{number}.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def _articles(words: list[str], draw: random.Random) -> Iterator[str]:
    for _ in range(ARTICLES):
        first = draw.randrange(len(words) - _WORDS)
        sentences = " ".join(words[first : first + _WORDS]).split(". ")
        yield ". ".join(f"In {draw.randrange(10**6)}, {sentence}" for sentence in sentences) + "."
