"""A follow-up becomes a question that can be understood, and searched, on its own.

By rules, without a model: a question that leans on what was said before is searched together with the
question it leans on; any other question is left exactly as it was asked.
"""

import re

from assistant.answer import Conversation
from knowledge.terms import content_terms

# Words that open a question which only continues another one.
_CONTINUES = re.compile(
    r"(?:and|but|so|or|also|then|plus)\b(?! (?:far|called)\b)|(?:what|how) about\b|what else\b|anything else\b|"
    r"why(?: not| so| is that)?\s*\?*$|how (?:so|come)\b|(?:which|who|where|when|how|whose)\s*\?*$|"
    r"(?:in|for|on|by|of|with) (?:what|which) (?:way|case|ones?)\b|(?:and )?(?:for|to) (?:whom|what)\s*\?*$|"
    r"(?:那么?|还有|另外|此外|再者|以及|可是|但是?|而|所以|其中)(?!些国家)",
    re.IGNORECASE,
)
# Words that point at something said before. "This session", "the text" point at the documents instead.
_POINTS_BACK = re.compile(
    r"\b(?:(?:it|its|itself|they|them|their|theirs|he|him|his|she|her|hers|there|the (?:former|latter|same|other))\b|"
    r"(?:th(?:is|at|ese|ose)|such)(?! (?:text|document|directive|policy|notice|law|regulation|act|agreement|session|"
    r"meeting|file|speech|article|chapter|section)s?\b)(?= ?(?:[?.,!]|$)| (?:good|for|mean|work|apply|be|do|does|is|are|"
    r"was|were|and|or|to|in|on|at|by|from|help|cover|include|change|happen)\b| \w+s?\b))",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(  # "barriers that remain", "it is said that the list", "is it true that", "how is it that"
    r"(?<=\w )that (?=(?:the|a|an|is|are|was|were|has|have|will|would|must|can|may|should|do|does|\w+s)\b)"
    r"|\bit (?=(?:is|was) (?:said|stated|true|possible|necessary|allowed|required|planned|important)\b)"
    r"|\b(?:is|was|would be|be) it (?=(?:said|true|possible|necessary|allowed|required|planned|important|ok|legal)\b)",
    re.IGNORECASE,
)
_OWN_WORDS = 2
_OWN_BIGRAMS = 6
_POINTS_BACK_ZH = re.compile(
    r"(?:这|該|该|此|那)(?!次|份|篇|场|届|项?(?:文件|讲话|政策|条例|法|规定|会议|学习))|它|其(?!他|它|实|中)|他们|她们|上述|前者|后者|前述|同样"
    r"|^[^，。]{1,12}呢[？?]?$"
)


def restate(question: str, conversation: Conversation) -> str:
    """The question as it is to be searched: itself, or together with the one it leans on."""
    standing = ""  # the last question of the conversation, itself restated
    for turn in conversation:
        if turn.role == "user":
            standing = _with(standing, turn.text)
    return _with(standing, question)


def leans_on_context(question: str) -> bool:
    """Whether the question can only be understood with what was said before it."""
    plain = _CONJUNCTION.sub("", question.strip())
    if _CONTINUES.match(plain):
        return True
    # After a few words of its own a question names what its pronouns mean: "How can firms … what they do?"
    pointer = _POINTS_BACK.search(plain)
    if pointer is not None and len(content_terms(plain[: pointer.start()])) <= _OWN_WORDS:
        return True
    pointer = _POINTS_BACK_ZH.search(plain)
    return pointer is not None and len(content_terms(plain[: pointer.start()])) <= _OWN_BIGRAMS


def _with(standing: str, question: str) -> str:
    return f"{standing} {question}" if standing and leans_on_context(question) else question
