"""A claim against the passages that came with it, or against what the library holds on it."""

from typing import Any

from assistant.answering import accepted_question
from assistant.claims.claim_alignment import SourceText
from assistant.web.api.api_assistant import ApiAssistant
from assistant.web.api.as_objects import check_object
from assistant.web.api.asking_desk import check_filters
from assistant.web.api.requests import LIBRARY_SOURCES, Check, sources_of


def checked_claim(assistant: ApiAssistant, sent: Check) -> dict[str, Any]:
    """The judgement, sentence by sentence; raises BadQuestion for a claim without words."""
    claim = accepted_question(sent.claim)
    if sent.passages is not None:
        return check_object(assistant.checked_claim(claim, sources_of(sent.passages)))
    filters = sent.filters.filters()
    check_filters(assistant, filters)
    found = assistant.found(claim, filters, LIBRARY_SOURCES)
    sources = [SourceText(one.passage.id, one.passage.text) for one in found]
    return check_object(assistant.checked_claim(claim, sources), found)
