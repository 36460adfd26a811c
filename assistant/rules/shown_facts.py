"""What a reader sees beside a quote, in words: title, issuer, number, dates and the place it stands at."""

from collections.abc import Iterable

from assistant.answer import Citation
from knowledge.clauses.locators import locate
from knowledge.policy import Document


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
