"""What the asker says to a condition that the last answer asked about: "Yes, we are.", 不是."""

import re

from assistant.answer import Citation, Conversation

_YES_OR_NO = re.compile(
    r"\s*(?:yes|yeah|yep|no|nope|not yet|correct|right|indeed|of course"
    r"|we (?:are|do|have|did|will|were)(?:n.t| not)?"
    r"|i (?:am|do|have|did|will|was)(?:n.t| not)?"
    r"|是的?|不是|否|对的?|不对|有的?|没有|符合|不符合|属于|不属于|满足|不满足|在|不在)"
    r"(?:\b|(?=[，。,.!！\s\u4e00-\u9fff])|$)",
    re.IGNORECASE,
)
_DOES_NOT_KNOW = re.compile(
    r"\s*(?:(?:i|we) (?:do not|don.t) know|(?:i am|we are|i.m|we.re)? ?not sure|不清楚|不知道|不确定|不了解)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？吗呢]\s*$|^\s*(?:what|which|who|whom|whose|when|where|why|how|can|may|could|must|should|shall|do|does|did|are"
    r"|am|is|was|were|will|would)\b|什么|哪|怎么|如何|为何|多少|几",
    re.IGNORECASE,
)


def asked_back(conversation: Conversation) -> Citation | None:
    """The condition that the last answer asked about, None when it asked nothing."""
    return conversation[-1].asked_for if conversation and conversation[-1].role == "assistant" else None


def says_yes_or_no(message: str) -> bool:
    """Whether a message begins by affirming or denying: "Yes", "We are not", 符合, 没有."""
    return _YES_OR_NO.match(message) is not None


def does_not_know(message: str) -> bool:
    """Whether a message begins by saying that the asker does not know: "I do not know", 不清楚."""
    return _DOES_NOT_KNOW.match(message) is not None


def is_reply(message: str, conversation: Conversation) -> bool:
    """Whether the message says what the last answer asked about, and is no new question."""
    if asked_back(conversation) is None:
        return False
    return _ASKS.search(message) is None
