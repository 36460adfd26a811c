"""The four tools of the MCP server: what each says of itself, and what it does for a person."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from mcp_types import Tool, ToolAnnotations
from pydantic import BaseModel

from assistant.answer_text import as_json as answer_as_json
from assistant.people.person import Person
from assistant.web.api.api_assistant import ApiAssistant
from assistant.web.api.as_objects import clause_object, found_object, link
from assistant.web.api.asking_desk import AskingDesk, check_filters
from assistant.web.api.checking_claims import checked_claim
from assistant.web.api.mcp_arguments import AskPolicies, CheckClaim, ReadClause, SearchPolicies
from assistant.web.api.reading_clauses import read_clause
from assistant.web.api.requests import Check, conversation_of

_READS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


@dataclass(frozen=True, slots=True)
class PolicyTool:
    """A tool: how it is told, what it takes, and what it gives as one JSON object."""

    told: Tool
    arguments: type[BaseModel]
    use: Callable[[AskingDesk, Person, Any], Awaitable[dict[str, Any]]]


async def _search(desk: AskingDesk, person: Person, sent: SearchPolicies) -> dict[str, Any]:
    filters = sent.filters.filters()

    def find(assistant: ApiAssistant) -> list[dict[str, Any]]:
        check_filters(assistant, filters)
        return [found_object(one) for one in assistant.found(sent.question, filters, sent.limit)]

    return {"question": sent.question, "passages": await desk.asked(person, "mcp", find)}


async def _ask(desk: AskingDesk, person: Person, sent: AskPolicies) -> dict[str, Any]:
    conversation, filters = conversation_of(sent.conversation), sent.filters.filters()
    answer = answer_as_json(await desk.answer(person, "mcp", sent.question, conversation, filters))
    for sentence in answer["sentences"]:
        for citation in sentence["citations"]:
            citation["link"] = link(citation["document_id"], citation["start"], citation["end"])
    return answer


async def _read(desk: AskingDesk, person: Person, sent: ReadClause) -> dict[str, Any]:
    return await desk.looked_up(
        person, lambda assistant: clause_object(read_clause(assistant, sent.document_id, sent.locator))
    )


async def _check(desk: AskingDesk, person: Person, sent: CheckClaim) -> dict[str, Any]:
    asked = Check(claim=sent.claim, passages=sent.passages, filters=sent.filters)
    return await desk.asked(person, "mcp", lambda assistant: checked_claim(assistant, asked))


def _told(name: str, title: str, description: str, takes: type[BaseModel], gives: dict[str, Any]) -> Tool:
    return Tool(
        name=name,
        title=title,
        description=description,
        input_schema=takes.model_json_schema(),
        output_schema={"type": "object", "properties": gives, "required": list(gives)},
        annotations=_READS_ONLY,
    )


_TEXT, _LIST, _WHOLE = {"type": "string"}, {"type": "array", "items": {"type": "object"}}, {"type": "integer"}
_CITED = (
    "Quotes are verbatim: a document's stored text from `start` to `end`. Cite them with their document and "
    "locator; `link` opens the document at the quote on the server."
)

_TOOLS = (
    PolicyTool(
        _told(
            "search_policies",
            "Search policy documents",
            "Find the passages of policy documents that a question, in English or Chinese, is about. "
            f"{_CITED}",
            SearchPolicies,
            {"question": _TEXT, "passages": _LIST},
        ),
        SearchPolicies,
        _search,
    ),
    PolicyTool(
        _told(
            "ask_policies",
            "Ask policy documents",
            "Answer a question in the words of policy documents; every sentence has been checked against "
            "what it cites. The outcome says when the documents do not answer: then do not answer either. "
            f"{_CITED}",
            AskPolicies,
            {
                "question": _TEXT,
                "outcome": _TEXT,
                "text": _TEXT,
                "framing": _TEXT,
                "sentences": _LIST,
                "nearest": _LIST,
            },
        ),
        AskPolicies,
        _ask,
    ),
    PolicyTool(
        _told(
            "read_clause",
            "Read a clause",
            f"Read one clause of a document by its name, such as Article 12(2) or 第十二条第二款. {_CITED}",
            ReadClause,
            {"document_id": _TEXT, "document": _TEXT, "text": _TEXT, "start": _WHOLE, "end": _WHOLE},
        ),
        ReadClause,
        _read,
    ),
    PolicyTool(
        _told(
            "check_claim",
            "Check a claim",
            "Say of a claim, sentence by sentence, whether passages, or else the library, support it, why or "
            "why not, and on which sentences it rests. Use it on what you are about to say.",
            CheckClaim,
            {
                "claim": _TEXT,
                "supported": {"type": "boolean"},
                "score": {"type": "number"},
                "sentences": _LIST,
            },
        ),
        CheckClaim,
        _check,
    ),
)
TOOLS = {tool.told.name: tool for tool in _TOOLS}
