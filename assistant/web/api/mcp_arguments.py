"""What each tool of the MCP server takes, with its limits; a field that is not here is refused."""

from typing import Annotated

from pydantic import Field

from assistant.web.api.requests import (
    LONGEST_SOURCES,
    MOST_FOUND,
    FilterFields,
    Name,
    Question,
    Request,
    Sources,
    Turns,
)


class SearchPolicies(Request):
    """Arguments of search_policies."""

    question: Question
    limit: Annotated[int, Field(ge=1, le=MOST_FOUND)] = 5
    filters: FilterFields = FilterFields()


class AskPolicies(Request):
    """Arguments of ask_policies."""

    question: Question
    conversation: Turns = Field(default=[], description="The messages before it, oldest first.")
    filters: FilterFields = FilterFields()


class ReadClause(Request):
    """Arguments of read_clause."""

    document_id: Annotated[str, Field(pattern="^[0-9a-f]{1,64}$", description="As other tools give it.")]
    locator: Name = Field(
        description="In either style: Article 12, paragraph 2(a); 第十二条第二款第（一）项; or a heading."
    )


class CheckClaim(Request):
    """Arguments of check_claim."""

    claim: Question
    passages: Sources | None = Field(
        default=None,
        description="Texts to check it against, together at most "
        f"{LONGEST_SOURCES:,} characters; without them it is checked against the library.",
    )
    filters: FilterFields = Field(default=FilterFields(), description="Of the library, without passages.")
