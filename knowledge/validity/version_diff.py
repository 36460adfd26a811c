"""What changed between two versions of a document, clause by clause and word by word.

Clauses are paired by what they say, in order, because a clause put in gives all after it new numbers; what is
left between pairs is paired where at least two fifths of its words are shared.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from knowledge.clauses.headings import heading_of
from knowledge.policy import Section

ChangeKind = Literal["added", "removed", "changed"]
PieceKind = Literal["same", "removed", "added"]

_ALIKE = 0.4  # Dice coefficient of words and word pairs from which two clauses are one that changed
_MARKDOWN = (".md", ".markdown")
_HEADING_SIGN = re.compile(r"^#{1,6}(?:[ \t]+|$)")  # how it is written, not what it says
_TOKEN = re.compile(r"[^\W\d_\u3400-\u9fff]+|\d+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that both versions have, or only one."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One clause that differs; the label of a version that does not have it is None."""

    kind: ChangeKind
    old_label: str | None  # such as "第十条"
    new_label: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    label: str
    body: str  # without the label and the blanks around lines

    @property
    def plain(self) -> str:
        return "".join(unicodedata.normalize("NFKC", self.body).split())


def differences(old: Sequence[Section], new: Sequence[Section]) -> list[Change]:
    """Every clause that was added, removed or changed, in the order of the newer version.

    A clause that only got another number has not changed, nor has one whose marks are only set wider.
    """
    before, after = _clauses(old), _clauses(new)
    found: list[Change] = []
    matcher = SequenceMatcher(
        None, [one.plain for one in before], [one.plain for one in after], autojunk=False
    )
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            found += _paired(before[old_start:old_end], after[new_start:new_end])
    return found


def _clauses(sections: Sequence[Section]) -> list[_Clause]:
    clauses: list[_Clause] = []
    for section in sections:
        label = section.heading_path[-1] if section.heading_path else ""
        lines = [line.strip() for line in section.text.split("\n")]
        if section.document.path.endswith(_MARKDOWN):
            lines = [_HEADING_SIGN.sub("", line) for line in lines]
        body = "\n".join(line for line in lines if line)
        heading = heading_of(body.split("\n", 1)[0])
        if heading is not None and label and body.lstrip("#* ").startswith(label):
            body = body.lstrip("#* ")[len(label) :].lstrip(" \u3000*.:：\n")
        if body:  # a chapter's heading says nothing by itself
            clauses.append(_Clause(label, body))
    return clauses


def _paired(before: Sequence[_Clause], after: Sequence[_Clause]) -> Iterator[Change]:
    """The changes in a stretch where no clause stayed as it was: the pairing that shares most words."""
    likeness = [[_likeness(one, other) for other in after] for one in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            paired = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < len(before) or j < len(after):
        if i < len(before) and best[i][j] == best[i + 1][j]:
            yield Change("removed", before[i].label, None, (Piece("removed", before[i].body),))
            i += 1
        elif j < len(after) and best[i][j] == best[i][j + 1]:
            yield Change("added", None, after[j].label, (Piece("added", after[j].body),))
            j += 1
        else:
            pieces = tuple(_pieces(before[i].body, after[j].body))
            yield Change("changed", before[i].label, after[j].label, pieces)
            i, j = i + 1, j + 1


def _likeness(one: _Clause, other: _Clause) -> float:
    """Dice coefficient of the two clauses' pairs of neighbouring characters."""
    pairs = [Counter(pairwise(text)) for text in (one.plain, other.plain)]
    shared, total = sum((pairs[0] & pairs[1]).values()), sum(sum(some.values()) for some in pairs)
    return 2 * shared / total if total else 0.0


def _pieces(old: str, new: str) -> Iterator[Piece]:
    """What stayed, went and came: words in English, characters in Chinese; "：" and ":" are the same."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    plain = [[unicodedata.normalize("NFKC", token) for token in tokens] for tokens in (before, after)]
    matcher = SequenceMatcher(None, plain[0], plain[1], autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(after[j:j_end]))
            continue
        if i < i_end:
            yield Piece("removed", "".join(before[i:i_end]))
        if j < j_end:
            yield Piece("added", "".join(after[j:j_end]))
