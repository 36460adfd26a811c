"""What programs may send, field by field, each with its limit; a field that is not here is refused."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.answer import Conversation, Turn
from assistant.answering import LONGEST_QUESTION
from assistant.claims.claim_alignment import SourceText
from assistant.records.stored import LONGEST_COMMENT, Rating, Reason
from knowledge.clauses.clause_finding import LONGEST_NAME
from knowledge.facts.iso_dates import first_day, is_date
from knowledge.policy import Filters, Language, Level

MOST_TURNS = 40
LONGEST_TURN = 20_000  # characters; an answer of four long sentences has 2,000
MOST_FILTERED = 100  # values of one filter
MOST_FOUND = 50  # passages of one search
MOST_SOURCES = 50  # texts that one claim is checked against
LONGEST_SOURCES = 30_000  # characters of all of them; each new sentence takes 15 ms
LIBRARY_SOURCES = 10  # passages of the library that a claim is checked against


def _date(value: str) -> str:
    if not is_date(value) or first_day(value) is None:
        raise ValueError("write a date as YYYY-MM-DD, YYYY-MM or YYYY")
    return value


def _day(value: str) -> str:
    if first_day(value) != value:
        raise ValueError("write a day as YYYY-MM-DD")
    return value


Question = Annotated[str, Field(max_length=LONGEST_QUESTION, description="In English or Chinese.")]
Date = Annotated[str, AfterValidator(_date), Field(max_length=10, examples=["2021-04"])]
Day = Annotated[str, AfterValidator(_day), Field(max_length=10, examples=["2021-04-29"])]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Names = Annotated[list[Name], Field(max_length=MOST_FILTERED)]


class Request(BaseModel):
    """An object in which every field is known."""

    model_config = ConfigDict(extra="forbid")


class FilterFields(Request):
    """Which documents may answer; what is left out does not restrict."""

    documents: Names = Field(default=[], description="Ids of documents.")
    issuers: Names = []
    kinds: Names = []
    levels: Annotated[list[Level], Field(max_length=MOST_FILTERED)] = []
    languages: Annotated[list[Language], Field(max_length=2)] = []
    date_from: Date | None = Field(default=None, description="Documents dated so or later.")
    date_to: Date | None = Field(default=None, description="Documents dated so or earlier.")
    as_of: Day | None = Field(default=None, description="What was in force on that day; today by default.")
    superseded: bool = Field(
        default=False, description="Also what is superseded, repealed, expired or not in force yet, marked."
    )

    def filters(self) -> Filters:
        """The same for search."""
        return Filters(
            document_ids=tuple(self.documents),
            issuers=tuple(self.issuers),
            languages=tuple(self.languages),
            date_from=self.date_from,
            date_to=self.date_to,
            as_of=self.as_of,
            include_superseded=self.superseded,
            kinds=tuple(self.kinds),
            levels=tuple(self.levels),
        )


class TurnFields(Request):
    """One message of the conversation before a question."""

    role: Literal["user", "assistant"]
    text: Annotated[str, Field(max_length=LONGEST_TURN)]


Turns = Annotated[list[TurnFields], Field(max_length=MOST_TURNS)]


def conversation_of(turns: list[TurnFields]) -> Conversation:
    """The same as the assistant takes it."""
    return tuple(Turn(turn.role, turn.text) for turn in turns)


class Ask(Request):
    """A question, and how it is to be answered."""

    question: Question
    conversation: Turns = Field(default=[], description="The messages before it, oldest first.")
    filters: FilterFields = FilterFields()
    stream: bool = Field(default=False, description="Server-sent events: sources, sentence, answer, error.")
    receipt: bool = Field(default=False, description="Add a receipt, to be verified later.")
    keep: bool = Field(
        default=False,
        description="Keep question and answer in the history of who asks; the answer then has `exchange`.",
    )


class GiveFeedback(Request):
    """What somebody says of an answer that was kept for them."""

    exchange: Annotated[str, Field(pattern="^[0-9a-f]{32}$", description="As the kept answer named it.")]
    rating: Rating | None = Field(description="null takes back what was said before.")
    reason: Reason | None = Field(default=None, description="Why it was no help.")
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] = ""


class SearchFields(Request):
    """A question whose passages are wanted, and no answer."""

    question: Question
    filters: FilterFields = FilterFields()
    limit: Annotated[int, Field(ge=1, le=MOST_FOUND)] = 10


class SourceFields(Request):
    """A text that a claim is checked against."""

    id: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    text: Annotated[str, Field(max_length=LONGEST_SOURCES)]


def _few_enough(passages: list[SourceFields]) -> list[SourceFields]:
    total = sum(len(passage.text) for passage in passages)
    if total > LONGEST_SOURCES:
        raise ValueError(f"the passages have {total:,} characters together; {LONGEST_SOURCES:,} are allowed")
    if len({passage.id for passage in passages}) < len(passages):
        raise ValueError("two passages have one id; give each its own")
    return passages


Sources = Annotated[list[SourceFields], Field(max_length=MOST_SOURCES), AfterValidator(_few_enough)]


class Check(Request):
    """A claim; without passages it is checked against what the library holds on it."""

    claim: Question
    passages: Sources | None = Field(
        default=None, description=f"Together at most {LONGEST_SOURCES:,} characters."
    )
    filters: FilterFields = Field(default=FilterFields(), description="Of the library, without passages.")


class Guide(Request):
    """A business or a plan that is described."""

    description: Question
    filters: FilterFields = FilterFields()


class Verify(Request):
    """A receipt as `"receipt": true` or `policy-assistant ask --receipt` gave it."""

    receipt: dict[str, Any]


def sources_of(passages: list[SourceFields]) -> list[SourceText]:
    """The same as a claim is checked against them."""
    return [SourceText(passage.id, passage.text) for passage in passages]
