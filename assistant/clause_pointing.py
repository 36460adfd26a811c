""" "That article", "this provision", 该条: the clause that the last answer cited, by its name."""

import re

from assistant.answer import Citation, Conversation
from knowledge.clauses.clause_labels import clause_path
from knowledge.clauses.locators import locate
from knowledge.language import language_of

# "This section of the market", 该条例 and 本条约 point at no clause.
_POINTS = re.compile(
    r"\b(?:th(?:is|at)|the (?:same|said|above|cited|quoted|former|latter)|such an?)"
    r" (?:article|provision|clause|section|paragraph)\b(?! of\b)",
    re.IGNORECASE,
)
_POINTS_ZH = re.compile(
    r"(?:该|这一?|那一?|此|上述|前述|本|同一)(?:条款|条文|条规定|条|项规定|规定)(?![例约件目款])"
)


def cited_last(conversation: Conversation) -> tuple[Citation, ...]:
    """What the last answer that cites anything cites; () when none does."""
    cited = (turn.citations for turn in reversed(conversation) if turn.role == "assistant" and turn.citations)
    return next(cited, ())


def with_clause_named(question: str, conversation: Conversation) -> str | None:
    """The question with "that article" replaced by the name of the clause; None when it points at none.

    The clause is the first that the last answer cites, if it has a number or a heading.
    """
    language = language_of(question)
    pattern = _POINTS if language == "en" else _POINTS_ZH
    if not pattern.search(question):
        return None
    for citation in cited_last(conversation)[:1]:
        section, title = citation.passage.section, citation.document.title
        if clause_path(section.heading_path):
            place = locate(section, section.start, section.end, language).split(", page ")[0].split("，第")[0]
        elif section.heading_path:
            place = f"“{section.heading_path[-1]}”"
        else:
            return None
        named = f"{place} of “{title}”" if language == "en" else f"《{title.strip('《》')}》{place}"
        return pattern.sub(named.replace("\\", r"\\"), question, count=1)
    return None
