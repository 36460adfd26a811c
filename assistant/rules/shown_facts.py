"""What a reader sees beside a quote, in words: title, issuer, number, dates and the place it stands at."""

import re
from collections.abc import Iterable

from assistant.answer import Citation
from assistant.rules.references import named_in
from knowledge.clauses.locators import locate
from knowledge.policy import Document

_SHORTEST_FACT = 4  # characters
# What is left of "under Article 2 of the Act," and 根据第二条，
_ACCORDING = re.compile(
    r"\b(?:according to|under|pursuant to|as provided (?:in|by)|"
    r"in accordance with)(?:\s+(?:of|the|and))*\s*(?=,|\.|$|\s{2})"
    r"|(?:根据|依据|依照|按照)[\s的规定]*(?=，|,)",
    re.IGNORECASE,
)


def shown_facts(citations: Iterable[Citation]) -> str:
    """The facts of the cited documents and the locators of the quotes, a line each, in both languages."""
    lines: dict[str, None] = {}
    for citation in citations:
        lines |= dict.fromkeys(_of_document(citation.document))
        lines |= dict.fromkeys(citation.passage.section.heading_path)
        section = citation.passage.section
        lines[locate(section, citation.start, citation.end, "en")] = None
        lines[locate(section, citation.start, citation.end, "zh")] = None
    return "\n".join(lines)


def without_shown(text: str, facts: str) -> str:
    """A sentence without what it repeats of those facts: "Under Article 2, firms pay" says that firms pay.

    Whether the facts are right is for the rules to judge; as they stand beside the quote and not in it, the
    quote cannot be asked to say them.
    """
    shorter = named_in(text)[1]
    for fact in sorted(facts.split("\n"), key=len, reverse=True):
        if len(fact) >= _SHORTEST_FACT:
            shorter = re.sub(rf"《?{re.escape(fact)}》?", " ", shorter, flags=re.IGNORECASE)
    shorter = _ACCORDING.sub(" ", shorter)
    return shorter.strip() if any(map(str.isalnum, shorter)) else text


def _of_document(document: Document) -> list[str]:
    facts = document.facts
    stated = [facts.title, facts.issuer, facts.kind, facts.number]
    stated += [_in_words(day) for day in (facts.date, facts.in_force_from, facts.in_force_until) if day]
    return [one for one in stated if one]


def _in_words(day: str) -> str:
    """The date as a sentence writes it: 2021年4月29日; "--08-26", whose year is not known, is 8月26日."""
    parts = day.lstrip("-").split("-")
    signs = "月日" if day.startswith("--") else "年月日"
    return "".join(f"{int(part)}{sign}" for part, sign in zip(parts, signs, strict=False))
