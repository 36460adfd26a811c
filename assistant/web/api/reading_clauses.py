"""One clause of one document, by its name."""

from assistant.web.api.api_assistant import ApiAssistant
from assistant.web.api.error_forms import Refusal
from knowledge.clauses.clause_finding import FoundClause, find_clauses
from knowledge.clauses.locators import locate
from knowledge.policy import Document

_MOST_TOLD = 10


def document_of(assistant: ApiAssistant, document_id: str) -> Document:
    """The document; raises Refusal for an id that the asker's library does not hold."""
    found = assistant.library.document(document_id)
    if found is None:
        raise Refusal(404, "There is no document of this id in the library; list the documents to find it.")
    return found


def read_clause(assistant: ApiAssistant, document_id: str, name: str) -> FoundClause:
    """The clause; raises Refusal where the document or the clause is not there, or several are meant."""
    document = document_of(assistant, document_id)
    found = find_clauses(assistant.library.sections(document_id), name)
    if not found:
        raise Refusal(
            404,
            f"“{document.title}” has no clause of that name; its sections have theirs under “locator”.",
        )
    if len(found) > 1:
        named = "; ".join(
            locate(one.section, one.start, one.end, document.language) for one in found[:_MOST_TOLD]
        )
        raise Refusal(
            409, f"“{document.title}” has several clauses of that name: {named}. Name one of these."
        )
    return found[0]
