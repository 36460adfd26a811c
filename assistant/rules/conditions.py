"""Rule 3, for conditions and scope: "if", "provided that", …的，应当, "in pilot zones", "firms with …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.rules.statement import Statement
from knowledge.dictionary import ChineseDictionary
from knowledge.language import language_of
from knowledge.terms import content_terms

CONDITION = "it leaves out a condition of what is cited"
SCOPE = "it leaves out for whom or where this holds in what is cited"
_SEGMENT = re.compile(r"[;；。]|\.\s|\n")
_ENGLISH_LEADING = re.compile(
    r"^\W*((?:[\w\s]{0,30}, )?(?:if|where|when|whenever|unless|in case|in the event|"
    r"subject to|provided|upon|once|during|as long as|so long as|with the (?:approval|"
    r"consent))\b[^,;]{3,240}),",
    re.IGNORECASE,
)
_ENGLISH_LATER = re.compile(
    r"\s(?:only )?((?:without|after (?:an?|the|its|their)|on request|at the request|"
    r"upon request|if|unless|provided|providing|on condition|in case|in the event|subject to|"
    r"as long as|so long as|upon|where|when|once|with the (?:approval|consent|"
    r"permission))\b[^,;.]{0,240})",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"((?:如果|如(?!何|下)|若(?!干)|凡|倘若|只要|当(?!事|地|前|年|月|日))[^，；。]{2,60})"
    r"|([^，；。]{2,60}的)(?=，)|((?:经|未经|报)[^，；。、]{0,30}?(?:批准|同意|许可|核准|审核|备案|评估|认定))"
    r"|(在[^，；。]{2,40}?(?:情况下|条件下|前提下|情形下|期间))|([^，；。]{2,40}(?:时|后|之日起))(?=，)|(除[^，；。]{2,40}外)"
)
_ENGLISH_SUBJECT = re.compile(
    r"(?:^|[,;:]\s|\.\s)[^,;:.]{0,80}?\b((?:with|trained|leased|made|produced|provided|whose|"
    r"that|which|who|registered|established|located|holding|having|engaged|employing|"
    r"operating|in|from|under)\s[^,;:.]{2,160}?),?\s(?:shall|must|may|should|can|will|(?:is|"
    r"are) (?:exempt|entitled|allowed|permitted|admitted|required|encouraged|eligible))\b",
    re.IGNORECASE,
)
_CHINESE_SUBJECT = re.compile(
    r"(?:^|[，；。：])([^，；。：]{3,60}的)[^，；。：的]{1,14}?(?:应当|可以|不得|必须|应|可|须|享受|免)"
)
_PLACES = re.compile(
    r"\b((?:in|within|for|at)\s(?:the\s)?(?:[\w-]+\s){0,4}?(?:pilot|trial|free[- ]trade|"
    r"bonded|special|designated|border|demonstration|test)\b(?:\s[\w-]+){0,3})"
    r"|((?:在|于)?[^，；。、的]{0,14}(?:试点|试验区|自贸区|自由贸易|保税|特区|示范区|边境|综合试验)[^，；。、的]{0,6})"
    r"|(在[^，。；、]{2,24}?(?:境内|区域内|范围内|区内|地区))",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"(?P<kind>重要|敏感|核心|特殊|危险|大型|小型|中小|微型|境外|外商投资|限制类|鼓励类)(?P<of>[\u4e00-\u9fff]{2})"
    r"|\b(?P<sort>important|sensitive|major|small|large|hazardous|dangerous|licensed|registered|certified)\s(?P<thing>[a-z]{3,})",
    re.IGNORECASE,
)
_DENIED = re.compile(
    "未经|without|unless", re.IGNORECASE
)  # a condition of what is not so: 未经批准 is not 经批准
_DENIES = re.compile(r"未|不经|非经|没有|无|除|only|without|unless|except|\bnot?\b|只", re.IGNORECASE)
_KEPT, _KEPT_ACROSS = 0.34, 0.2  # share of a condition's words that the sentence must have
_KEPT_SCOPE = 0.5  # the same of words for a place or a subject, whose parts return in other words of a law
_RESTS_ON = 0.3  # share of the words it governs from which on a sentence rests on them
_RESTS_ON_CLAUSE = 0.6  # the same, of one clause of them
_CLAUSE = re.compile("[，,]")
_ANOTHER = re.compile(r"\b(?:and|but)\s(?=(?:\w+\s){0,3}(?:shall|must|may|should|can)\b)")
_SAID_SHORTLY = frozenset(content_terms("per cent percent shall must may 的"))


@dataclass(frozen=True, slots=True)
class Restriction:
    """Words that restrict what stands beside them, and those."""

    words: str
    governed: str
    reason: str


def restrictions(sentence: str) -> Iterator[Restriction]:
    """Every condition and scope of a sentence, each with the part of the sentence that it governs."""
    chinese = language_of(sentence) == "zh"
    for segment in filter(None, (part.strip() for part in _SEGMENT.split(sentence))):
        patterns = (
            ((_CHINESE, CONDITION), (_CHINESE_SUBJECT, SCOPE))
            if chinese
            else ((_ENGLISH_LEADING, CONDITION), (_ENGLISH_LATER, CONDITION), (_ENGLISH_SUBJECT, SCOPE))
        )
        for pattern, reason in (*patterns, (_PLACES, SCOPE)):
            for match in pattern.finditer(segment):
                words = next(group for group in match.groups() if group)
                yield Restriction(words, _governed(segment, match, pattern), reason)


def dropped_condition(statement: Statement, dictionary: ChineseDictionary) -> str | None:  # noqa: ARG001
    """Refuses a sentence that says what a cited sentence says only under a condition or for some."""
    least, least_scope = (_KEPT_ACROSS, 0.0) if statement.across else (_KEPT, _KEPT_SCOPE)
    for sentence in statement.evidence:
        for one in restrictions(sentence):
            kept = _share(statement, one.words) >= (
                least if one.reason == CONDITION else max(least, least_scope)
            )
            turned = bool(_DENIED.match(one.words)) and not _DENIES.search(statement.text)
            if (turned or not kept) and _rests_on(statement, one.governed):
                return one.reason
    return None if statement.across else _other_kind(statement)


def _governed(segment: str, match: re.Match[str], pattern: re.Pattern[str]) -> str:
    """A condition that stands before what it governs governs all that follows, another what goes before."""
    if pattern in (_ENGLISH_LEADING, _CHINESE):
        return segment[match.end() :]
    if pattern is _ENGLISH_LATER:
        return _ANOTHER.split(segment[: match.start()])[-1]
    return segment[: match.start()] + " " + segment[match.end() :]


def _rests_on(statement: Statement, governed: str) -> bool:
    if not set(content_terms(governed)) - _SAID_SHORTLY:
        return False
    if _share(statement, governed) >= _RESTS_ON:
        return True
    clauses = (one for one in _CLAUSE.split(governed) if len(content_terms(one)) > 1)
    return any(_share(statement, one) >= _RESTS_ON_CLAUSE for one in clauses)


def _share(statement: Statement, words: str) -> float:
    wanted = set(content_terms(words)) - _SAID_SHORTLY
    return len(wanted & statement.spoken) / len(wanted) if wanted else 1.0


def _other_kind(statement: Statement) -> str | None:
    """Whether "important data" of the best evidence has become "data"."""
    said = statement.text.lower()
    for match in _KINDS.finditer(statement.evidence[0].lower()) if statement.evidence else ():
        kind, thing = match["kind"] or match["sort"], match["of"] or match["thing"]
        if thing in said and kind not in said:
            return SCOPE
    return None
