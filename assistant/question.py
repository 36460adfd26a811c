"""A follow-up becomes a question that can be understood, and searched, on its own.

By rules, without a model: a question that leans on what was said before is searched together with the
question it leans on; any other question is left exactly as it was asked.
"""

import re

from assistant.answer import Conversation
from assistant.clause_pointing import with_clause_named
from assistant.contrast import with_word_exchanged
from assistant.replies import is_reply
from knowledge.terms import content_terms

# Words that open a question which only continues another one.
_CONTINUES = re.compile(
    r"(?:and|but|so|or|also|then|plus)\b(?! (?:far|called)\b)|(?:what|how) about\b|(?:what|anything) else\b|"
    r"why(?: not| so| is that)?\s*\?*$|which ones?\b|tell me more|more details?|how (?:so|come)\b|"
    r"(?:which|who|where|when|how|whose)\s*\?*$|"
    r"(?:in|for|on|by|of|with) (?:what|which) (?:way|case|ones?)\b|(?:and )?(?:for|to) (?:whom|what)\s*\?*$|"
    r"(?:那么?(?!些|曲)|还有|另外|此外|再者|再说|再讲|详细|以及|可是|但(?!书)|而|所以|其中)",
    re.IGNORECASE,
)
# Words that point at something said before. "This session", "the text" point at the documents instead.
_POINTS_BACK = re.compile(
    r"\b(?:(?:it|its|itself|they|them|their|theirs|he|him|his|she|her|hers|"
    r"(?<!is )(?<!are )(?<!was )(?<!were )there(?! (?:is|are|was|were))|"
    r"the (?:former|latter|same)|other ones?)\b|"
    r"(?:th(?:is|at|ese|ose)|such)\b(?! (?:text|document|directive|policy|notice|law|regulation|act|"
    r"agreement|session|meeting|file|speech|article|chapter|section)s?\b))",
    re.IGNORECASE,
)
# "barriers that remain", "it is said that the list", "is it true that", "how is it that"
_SAID = "said|stated|emphasi[sz]ed|stressed|noted|true|possible|necessary|allowed|required|important|legal"
_CONJUNCTION = re.compile(
    r"(?<=\w )(?<!does )(?<!do )(?<!did )(?<!is )(?<!was )(?<!can )(?<!will )(?<!of )(?<!for )that "
    r"(?=(?:remain|exist|apply|go|come|need|want|have|the|a|an|is|are|was|were|has|will|would|"
    r"must|can|may|should|do|does|\w+s)\b)"
    rf"|\bit (?=(?:is|was) (?:{_SAID})\b)|\b(?:is|was|would be|be) it (?=(?:{_SAID})\b)",
    re.IGNORECASE,
)
_OWN_WORDS = 2
_OWN_BIGRAMS = 6
_POINTS_BACK_ZH = re.compile(
    r"(?:这|該|该|此|那)(?!次|份|篇|场|届|项?(?:文件|讲话|政策|条例|法|规定|会议|学习))|它|其(?!他|它|实|中|余)"
    r"|他们|她们|上述|前者|后者|前述|同样|^[^，。]{1,12}呢[？?]?$"
)


# What is said around a topic when one asks what a document says of it.
_FRAME = re.compile(
    r"^(?:please |can you |could you )?(?:tell me )?what (?:does|did|do|is|was) (?:the |this |that )?"
    r"[\w ]{0,40}?"
    r"(?:says?|said|states?|stated|mentions?|mentioned|stress(?:ed)?|emphasi[sz]ed?|proposed?)"
    r"(?: there)? (?:about|on|regarding|concerning|of) (?=\S+)"
    r"|^(?:这次|本次|该|这份)?(?:会议|文件|讲话|政策|学习会?|材料)(?:里|中|上)?(?:对于?|关于|就|在)"
    r"(?=[^，。？]{3,}(?:提出|有何|有什么|怎么说|如何|是怎么))",
    re.IGNORECASE,
)
# The same for whether it speaks of something at all: "Does the text mention brands?", "文件提到品牌了吗？"
_DOCUMENT = (
    r"(?:text|documents?|directives?|polic(?:y|ies)|notices?|laws?|speech|session|meeting|regulations?)"
)
_SPEAKS_OF = re.compile(
    rf"(?:does|did|do) (?:(?:the |this |that )?{_DOCUMENT}|it) (?:also |even |ever )?"
    r"(?:mentions?|talk about|speak (?:of|about)|refer to|say anything (?:about|on)|cover|discuss|address|"
    r"touch on) (?P<whether>[^?]{3,80}?)(?: at all| anywhere)?\s*\?*"
    r"|(?:is|are|was|were) (?P<is_it>[^?]{3,80}?) (?:mentioned|discussed|covered|addressed|talked about)"
    rf"(?: at all| anywhere)?(?: in (?:the |this |that )?{_DOCUMENT})?\s*\?*"
    r"|is there (?:any |a )?(?:mention|word|talk) (?:of|about|on) (?P<mention>[^?]{3,80}?)\s*\?*"
    r"|(?:这次|本次|该|这份)?(?:会议|文件|讲话|政策|学习会?|材料|文中)(?:里面?|中|上)?(?:有没有|是否|有)?"
    r"(?:提到|提及|涉及|谈到|讲到)(?:过|了)?(?P<zh>[^，。？]{2,40}?)(?:了|过)?(?:吗|没有|没)?[？?]*",
    re.IGNORECASE,
)


def topic_of(question: str) -> str:
    """The question without the words that only ask what a document says, which would mislead search.

    "What did the session say about importing services?" becomes "importing services?", and "Does the text
    mention brands?" becomes "brands".
    """
    whether = _SPEAKS_OF.fullmatch(question.strip())
    if whether is not None:
        return next(topic for topic in whether.groups() if topic)
    return _FRAME.sub("", question) or question


def restate(question: str, conversation: Conversation) -> str:
    """The question as it is to be searched: itself, or led by the ones it leans on.

    Those are the last question that stands alone and the one asked just before; more would drown the new one.
    "That article" is replaced by the name of the clause that the last answer cites.
    """
    asked = [turn.text for turn in conversation if turn.role == "user"]
    named = with_clause_named(question, conversation)
    if named is not None:
        return named
    replies = is_reply(question, conversation)
    if not asked or not (replies or leans_on_context(question)):
        return question
    exchanged = with_word_exchanged(asked[-1], question)
    if exchanged is not None and not replies:
        return exchanged
    before = asked[-1:]
    if leans_on_context(asked[-1]):
        before = [*[text for text in asked[:-1] if not leans_on_context(text)][-1:], *before]
    return " ".join((*before, question))


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
