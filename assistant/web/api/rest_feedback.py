"""What programs say of answers: an answer is kept for its asker when that is asked for, and then rated.

Whoever asks reaches what was kept for them alone, by whichever way in it was asked.
"""

from functools import partial
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from assistant.answer import Answer
from assistant.people.person import Person
from assistant.records.records import Records
from assistant.records.stored_answer import stored_answer
from assistant.web.api.asking_desk import AskingDesk
from assistant.web.api.error_forms import Refusal, json_response
from assistant.web.api.requests import GiveFeedback
from assistant.web.api.responses import FeedbackAnswer, told
from assistant.web.asker import asker_of
from knowledge.policy import Filters


def add_feedback(app: FastAPI, desk: AskingDesk) -> None:
    """The address below /api/v1 at which an answer is rated."""

    @app.post("/feedback", summary="Say whether an answer was of help", responses=told(FeedbackAnswer))
    async def feedback(request: Request, sent: GiveFeedback) -> Response:
        person, records = asker_of(request.scope), check_keeps(desk)
        if not await desk.threads.run(partial(_give, records, person, sent)):
            raise Refusal(404, "No answer of this name is kept for you, or nothing was said of it.")
        return json_response({"exchange": sent.exchange, "rating": sent.rating})


def check_keeps(desk: AskingDesk) -> Records:
    """The records; refuses where nothing is kept."""
    if desk.records is None:
        raise Refusal(422, "Nothing is kept here (keep_days is 0): ask without keep, and give no feedback.")
    return desk.records


async def kept(
    desk: AskingDesk, person: Person, question: str, answer: Answer, filters: Filters
) -> dict[str, Any]:
    """Keep an answer, in a conversation of its own; what it is called there."""
    keep = partial(check_keeps(desk).keep, person.name, None, question, stored_answer(answer), filters)
    put = await desk.threads.run(keep)
    return {"exchange": put.exchange, "conversation": put.conversation}


def _give(records: Records, person: Person, sent: GiveFeedback) -> bool:
    if sent.rating is None:
        return records.feedback.take_back(person.name, sent.exchange)
    return records.feedback.give(person.name, sent.exchange, sent.rating, sent.reason, sent.comment)
