"""What kind of thing a question asks for, and whether a sentence holds one of that kind.

"How many days …?" wants a number, "Which ministry …?" an authority. A sentence on the right topic that
holds nothing of the kind asked for does not answer the question, however near its meaning is. This is
the *expected answer type* of question answering (Li and Roth, "Learning Question Classifiers", COLING
2002), kept to the kinds that a pattern can recognise with confidence in English and in Chinese.
"""

import re
from enum import StrEnum


class AnswerKind(StrEnum):
    """A kind of thing that a sentence visibly holds or does not hold."""

    NUMBER = "number"  # an amount, share, rate, count or limit
    TIME = "time"  # a date, a period, a deadline, or an event that something comes before or after
    YEAR = "year"
    AGENT = "agent"  # a person or body that does something
    PERSON = "person"  # somebody by name or title
    AUTHORITY = "authority"  # a public body by name or by office
    NAMES = "names"  # particular places, companies or persons by name


_AMOUNT_NOUNS = (
    "amount|budget|ceiling|charge|cost|count|cap|duty|fee|figure|fine|limit|maximum|minimum|number|penalty|"
    "percentage|price|proportion|quota|rate|ratio|salary|score|share|size|sum|tariff|tax|threshold|total|value|"
    "volume|wage"
)
_AUTHORITY_NOUNS = (
    "agency|agencies|authority|authorities|board|body|bureau|commission|committee|council|court|department|"
    "departments|institution|ministry|ministries|office|organi[sz]ation|regulator"
)
_NAMED_NOUNS = (
    "airports?|banks?|cit(?:y|ies)|compan(?:y|ies)|countr(?:y|ies)|enterprises?|firms?|nationalit(?:y|ies)|"
    "nations?|ports?|provinces?|regions?|states?|universit(?:y|ies)|zones?"
)
_PERSON_NOUNS = "chair(?:man|person)?|expert|leader|lecturer|minister|official|person|premier|president|professor"

_ASKED: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (AnswerKind.NUMBER, r"\bhow (?:much|many)\b"),
        (AnswerKind.NUMBER, rf"\b(?:what|which)(?:'s| is| are| was| were)? (?:the |an? )?(?:[\w-]+ ){{0,4}}(?:{_AMOUNT_NOUNS})s?\b"),
        (AnswerKind.NUMBER, r"\bwhat per ?cent(?:age)?\b|\bhow (?:high|low) (?:is|are|was|were)\b"),
        (AnswerKind.NUMBER, r"多少|百分之几|百分比|几(?:个|家|项|名|次|种|条|倍|成|人|元|类|级)|多大比例"),
        (AnswerKind.NUMBER, r"(?:税率|利率|汇率|费率|比例|比重|限额|额度|金额|总额|总量|规模|标准|上限|下限|门槛|价格|数量|人数)(?:是|为|有|达)?(?:什么|多大|多高|几|怎么规定|如何规定)"),
        (AnswerKind.TIME, r"^(?:and |so |but )?when\b(?! (?:services|goods|an?|the|it|they|we|you|I)\b)|\bwhen (?:is|are|was|were|did|do|does|will|should|must|can|has|have)\b"),
        (AnswerKind.TIME, r"\b(?:what|which) (?:date|day|month|time|year)\b|\b(?:by|since|until) when\b|\bhow (?:long|soon|often)\b|\bdeadline\b|\bhow many (?:days|weeks|months|years|hours)\b"),
        (AnswerKind.TIME, r"什么时候|何时|几时|哪(?:一)?(?:年|月|天|日)|几(?:月|号|日|年|天|周|小时)|日期|多久|多长时间|期限|截止"),
        (AnswerKind.YEAR, r"\b(?:what|which) year\b|哪(?:一)?年|几几年|何年"),
        (AnswerKind.AGENT, rf"^(?:and |so |but )?who\b|\bwho (?:is|are|was|were|will|has|must|may|can|should)\b|\bby whom\b"),
        (AnswerKind.PERSON, rf"\b(?:which|what) (?:{_PERSON_NOUNS})s?\b|哪(?:一)?位|哪个人|何人"),
        (AnswerKind.AGENT, r"谁|由哪"),
        (AnswerKind.AUTHORITY, rf"\b(?:which|what) (?:[\w-]+ )?(?:{_AUTHORITY_NOUNS})\b"),
        (AnswerKind.AUTHORITY, r"(?:哪个|哪些|哪一?家|什么|何)(?:主管|监管|政府)?(?:部门|部委|机构|机关|单位|政府|法院|委员会)"),
        (AnswerKind.NAMES, rf"\b(?:which|what) (?:[\w-]+ ){{0,2}}(?:{_NAMED_NOUNS})\b"),
        (AnswerKind.NAMES, r"(?:哪个|哪些|哪几个|什么)(?:国家|城市|地区|省份?|省市|企业|公司|银行|口岸|港口|高校|大学)|(?:国家|城市|企业|公司)有哪些"),
    )
)

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|"
    "eighty|ninety|hundred|thousand|million|billion|trillion|half|double|twice|third|quarter|per ?cent"
)
_MONTHS = "January|February|March|April|June|July|August|September|October|November|December"
_HAN_DIGITS = "一二三四五六七八九十百千万亿两零〇"
_DATE = re.compile(
    rf"\b(?:{_MONTHS}|May)\s+\d{{1,2}}\b|\b\d{{1,2}}\s+(?:{_MONTHS}|May)\b|\b(?:19|20)\d\d\b|\b(?:{_MONTHS})\b"
    rf"|[\d{_HAN_DIGITS}]{{1,4}}年|[\d{_HAN_DIGITS}]{{1,3}}月[\d{_HAN_DIGITS}]{{0,3}}日?"
)
_REFERENCE = re.compile(
    rf"\b\d+(?:st|nd|rd|th)\b|\b(?:Article|Section|Chapter|Rule|Annex|No)\.? ?\d+(?:\.\d+)*|"
    rf"第[\d{_HAN_DIGITS}]+[条章节款项编届次号]|[（(][\d{_HAN_DIGITS}]+[)）]"
)
_HELD: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.NUMBER: re.compile(
        rf"\d|\b(?:{_NUMBER_WORDS})\b|百分之|[{_HAN_DIGITS}]+(?:分之|个|家|项|名|次|种|条|倍|成|人|元|类|级|日|天|年|月|周|小时|点)"
    ),
    AnswerKind.TIME: re.compile(
        rf"{_DATE.pattern}|\b(?:within|before|after|until|upon|prior to|no later than|by the end|annually|monthly|"
        r"daily|every|days?|weeks?|months?|hours?)\b"
        rf"|[\d{_HAN_DIGITS}]+(?:个?工作日|日|天|个?月|年|周|小时)|之日|之前|之后|以前|以后|届满|当日|及时|立即|每年|定期"
    ),
    AnswerKind.YEAR: re.compile(rf"\b(?:1[89]|20)\d\d\b|[\d〇零{_HAN_DIGITS}]{{2,4}}年"),
    AnswerKind.AGENT: re.compile(
        rf"\b(?:Mr|Ms|Mrs|Dr|Prof)\b|\b(?:President|Premier|Minister|Professor|Chairman|Director|Governor)\b"
        rf"|\b(?:{_AUTHORITY_NOUNS})\b|\b[A-Z][a-z]+(?: [A-Z]\.)? (?:de |van |von |bin )?[A-Z][a-z]+\b"
        r"|\b(?:applicants?|operators?|importers?|exporters?|consign(?:ee|or)s?|employers?|owners?|persons?|"
        r"firms?|suppliers?|licensees?|members?|part(?:y|ies)|government|customs|tenants?|parents?)\b"
        r"|国务院|委员会|主席|总理|部长|部门|机关|机构|政府|海关|法院|[^，。；]{1,12}[局署部院厅会](?![议计展])|收货人|发货人|经营者|申请人|当事人|企业|个人|单位|组织|负责人"
    ),
    AnswerKind.PERSON: re.compile(
        r"\b(?:Mr|Ms|Mrs|Dr|Prof)\b|\b(?:President|Premier|Minister|Professor|Chairman|Director|Governor)\b"
        r"|主席|总理|部长|主任|教授|专家|院士|先生|女士|同志"
        r"|\b(?!State |Central |People|National |United )[A-Z][a-z]+(?: [A-Z]\.)? (?:de |van |von |bin )?"
        rf"(?!(?:{_AUTHORITY_NOUNS})\b)(?!Council|Committee|Ministry|Court|Republic|Government|States|Party)[A-Z][a-z]+\b"
    ),
    AnswerKind.AUTHORITY: re.compile(
        rf"\b(?:{_AUTHORITY_NOUNS})\b|\b(?:Administration|customs|government)\b"
        r"|国务院|委员会|部门|机关|机构|政府|海关|法院|[局署部院厅](?=[，。；、（和会负应可])",
        re.IGNORECASE,
    ),
    AnswerKind.NAMES: re.compile(
        r"(?<=[a-z,;:] )(?!(?:State|Central|Article|Section|Chapter|Party|Part|Annex|China|Chinese|I)\b)[A-Z][A-Za-z-]{2,}"
        r"|《[^》]+》|[\u4e00-\u9fff]{2,6}(?:市|省|自治区|特别行政区|公司|银行|大学|港)"
    ),
}


def kinds_asked(question: str) -> frozenset[AnswerKind]:
    """The kinds of thing that the question asks for; empty when no pattern is sure of one."""
    return frozenset(kind for kind, pattern in _ASKED if pattern.search(question))


def holds_kind(text: str, kind: AnswerKind, question: str) -> bool:
    """Whether the text holds a thing of the kind that is not merely repeated from the question."""
    if kind is AnswerKind.NUMBER:
        text = _REFERENCE.sub(" ", _DATE.sub(" ", text))
    known = question.casefold()
    return any(match.group().casefold() not in known for match in _HELD[kind].finditer(text))
