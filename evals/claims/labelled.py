"""A claim with the texts it is judged against and the judgement."""

from dataclasses import dataclass

from assistant.claims.claim_alignment import SourceText

Range = tuple[int, int]  # character offsets into a text, end exclusive


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim, the texts it is judged against, and whether they support it."""

    claim: str
    sources: tuple[SourceText, ...]
    supported: bool
    group: str  # claims of one group share a text, so they are never divided between fitting and testing
    # Each a set of sentences that suffices, as offsets into the one source; empty where nobody marked any.
    evidence: tuple[tuple[Range, ...], ...] = ()
    kind: str = ""  # of a planted error or a rewording
