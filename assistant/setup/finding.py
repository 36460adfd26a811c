"""What one check of a set-up found."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a finding matters."""

    FINE = "fine"
    WARNING = "warning"  # it works, but not as well or not for long
    ERROR = "error"  # it does not work, or must not be used like this


@dataclass(frozen=True, slots=True)
class SetupFinding:
    """One sentence: what is there, or what is wrong and the remedy."""

    weight: Weight
    sentence: str


def fine(sentence: str) -> SetupFinding:
    """All is well with what the sentence names."""
    return SetupFinding(Weight.FINE, sentence)


def warning(sentence: str) -> SetupFinding:
    """Something that can be lived with."""
    return SetupFinding(Weight.WARNING, sentence)


def error(sentence: str) -> SetupFinding:
    """Something that must be mended first."""
    return SetupFinding(Weight.ERROR, sentence)
