"""A clause of a document -> its provisions: sentences that lay something down, with the items they introduce.

Read is the whole clause in which a retrieved passage stands, because search may have cut a list in two. What
cannot be understood alone stays with what it leans on: items with the words that introduce them, 但是… and
"However, …" with the rule they limit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Citation, Sentence, Verdict
from assistant.guidance.guidance import Provision
from assistant.guidance.rulings import rulings_in
from knowledge.clauses.clause_places import clause_at
from knowledge.paragraphs import CHINESE_LABEL, Span
from knowledge.passage_sentences import sentence_spans
from knowledge.policy import Passage, Section, Validity
from knowledge.sectioning import is_heading

_LONGEST_LIST = 480  # characters of items quoted with their introduction
_LIMITS = re.compile(r"(?:但(?:是)?|然而|不过)|(?:However|But|Nevertheless|Notwithstanding the foregoing)\b")
_LEANS = re.compile(
    r"(?:该|此|其|这|上述|其中)(?!他)|确需|因[^，。]{1,12}(?:需要|原因)，|逾期|必要时|情节严重|情况紧急|"
    r"未[^，。]{1,14}的，|经[^，。]{1,16}(?:批准|同意)|"
    r"(?:It|They|These|Those|Such|The (?:above|foregoing|same))\b"
)
_LABEL = re.compile(
    rf"(?:{CHINESE_LABEL}|[（(][一二三四五六七八九十\d]{{1,3}}[)）]|(?:Article|Section|§)\s?[\dIVX.]+|\(?[a-z\d]{{1,3}}[.)])[\s\u3000]*"
)
_PARAGRAPH = re.compile(r"\n\s*\n|\n")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a clause that says one thing: a sentence, what limits it, and its items."""

    passage: Passage  # the clause as a whole
    stated: Span  # the sentence with what leans on it
    items: tuple[Span, ...]  # of the list that it introduces, each of one or more sentences

    @property
    def words(self) -> str:
        """The stated sentence without the label of its clause or item."""
        stated = _after_label(self.passage.document.text, self.stated)
        return self.passage.document.text[stated.start : stated.end]

    @property
    def text(self) -> str:
        """All its words, items included."""
        end = self.items[-1].end if self.items else self.stated.end
        return self.passage.document.text[self.stated.start : end]


def clause_of(passage: Passage) -> Passage:
    """The whole section of a passage, as a passage."""
    section = passage.section
    return Passage(
        f"{section.document.id}:{section.start}-{section.end}", section, section.start, section.end
    )


def units_of(retrieved: Passage) -> Iterator[Unit]:
    """The units of the clause that touch the retrieved passage, in order."""
    passage = clause_of(retrieved)
    document = passage.document
    spans = [span for span in sentence_spans(passage) if not is_heading(document, span)]
    at = 0
    while at < len(spans):
        start, end, at = spans[at].start, spans[at].end, at + 1
        while at < len(spans) and _belongs(document.text, end, spans[at]):
            end, at = spans[at].end, at + 1
        items: list[Span] = []
        if document.text[start:end].rstrip().endswith(("：", ":")):
            while at < len(spans) and _is_item(passage.section, spans[at]):
                items.append(spans[at])
                at += 1
        last = items[-1].end if items else end
        if start < retrieved.end and retrieved.start < last:
            yield Unit(passage, Span(start, end), tuple(items))


def _belongs(text: str, end: int, following: Span) -> bool:
    """Whether a sentence leans on the one before it in its paragraph, which ends at `end`."""
    words = text[following.start : following.end]
    if _PARAGRAPH.search(text, end, following.start):
        return False
    return bool(_LIMITS.match(words) or _LEANS.match(words))


def _is_item(section: Section, span: Span) -> bool:
    inside = clause_at(section, span.start).inside
    return bool(inside) and inside[-1].unit != "paragraph"


def _after_label(text: str, stated: Span) -> Span:
    """The sentence without the label of its clause or item: 第五条, （一）, Article 5."""
    label = _LABEL.match(text, stated.start, stated.end)
    return Span(label.end(), stated.end) if label else stated


def provision_of(unit: Unit, validity: Validity) -> Provision | None:
    """The unit as a line of the table; None when it lays nothing down."""
    document = unit.passage.document
    rulings = rulings_in(document.text, _after_label(document.text, unit.stated), document.language)
    if not rulings:
        return None
    end, goes_on = unit.stated.end, False
    for item in unit.items:
        if item.end - unit.stated.end > _LONGEST_LIST:
            goes_on = True
            break
        end = item.end
    quote = document.text[unit.stated.start : end]
    citation = Citation(1, unit.passage, quote, unit.stated.start, end)
    return Provision(Sentence(quote, (citation,), Verdict.QUOTED), rulings, validity, goes_on)
