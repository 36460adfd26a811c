"""Public texts, free to learn from, whose sentences claims are made of."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.policy import Language

TEXT_FILES = ("squad2/dev-v2.0.json", "or_sharc/id2snippet.json", "drcd/DRCD_dev.json", "zh_trade_laws")
_LAW_STRETCH = 1200  # characters of a law, as much as a passage or two


@dataclass(frozen=True, slots=True)
class PublicText:
    """A text of a few paragraphs."""

    id: str
    text: str
    language: Language


def public_texts(public: Path, *, of_each: int, seed: int = 0) -> list[PublicText]:
    """A random sample of each of: squad2 paragraphs, or_sharc rules, drcd paragraphs, stretches of laws."""
    generator = random.Random(seed)  # noqa: S311 (sampling data)
    sampled: list[PublicText] = []
    for read in (_squad2, _or_sharc, _drcd, _laws):
        texts = sorted(read(public), key=lambda one: one.id)
        sampled += generator.sample(texts, min(of_each, len(texts)))
    return sampled


def _squad2(public: Path) -> Iterator[PublicText]:
    yield from _paragraphs(public / "squad2" / "dev-v2.0.json", "squad2", "en")


def _drcd(public: Path) -> Iterator[PublicText]:
    yield from _paragraphs(public / "drcd" / "DRCD_dev.json", "drcd", "zh")


def _paragraphs(path: Path, name: str, language: Language) -> Iterator[PublicText]:
    for number, article in enumerate(json.loads(path.read_text("utf-8"))["data"]):
        for place, paragraph in enumerate(article["paragraphs"]):
            yield PublicText(f"{name} {number} {place}", paragraph["context"], language)


def _or_sharc(public: Path) -> Iterator[PublicText]:
    rules = json.loads((public / "or_sharc" / "id2snippet.json").read_text("utf-8"))
    for name, text in rules.items():
        yield PublicText(f"or_sharc {name}", text, "en")


def _laws(public: Path) -> Iterator[PublicText]:
    for path in sorted((public / "zh_trade_laws").glob("*/**/*.md")):
        text = path.read_text("utf-8")
        for start in range(0, len(text) - _LAW_STRETCH, 20 * _LAW_STRETCH):
            begin = text.find("\n", start)
            yield PublicText(f"{path.stem} {start}", text[begin : begin + _LAW_STRETCH].strip(), "zh")
