"""The conditions that a clause makes: "if …", "unless …", "for enterprises in pilot zones", …的，."""

import re
import unicodedata
from collections.abc import Iterator

from knowledge.paragraphs import Span

_WHO = (
    r"(?:enterprises|companies|firms|businesses|importers|exporters|traders|operators|entities|persons|people"
    r"|applicants|individuals|workers|employers|institutions|organi[sz]ations|providers|suppliers|employees)"
)
_SUBJECT = (
    r"(?:an?|the|any|no|such|it|its|they|their|he|she|you|your|there|this|that|these|those|one|either|both|all"
    r"|goods|" + _WHO[3:]
)
_OPENS = (
    rf"(?:only |except |and |or )?(?:if|unless|provided(?: that)?(?= {_SUBJECT}\b)|providing that"
    r"|on condition that|(?:as|so) long as|in case|in the event (?:that|of)|subject to"
    rf"|where(?= {_SUBJECT}\b)|when(?= {_SUBJECT}\b))"
)
_ZONE = (
    r"(?:only )?(?:in|within|from) (?:the |an? )?(?:[\w-]+ ){0,3}?"
    r"(?:pilot|designated|special|bonded|free[- ]trade|approved)"
    r" (?:[\w-]+ ){0,3}?(?:zones?|areas?|cities|regions?|provinces?|ports?|programmes?|programs?)"
)
# The main clause goes on after the comma.
_MAIN = (
    r"(?:the|it|he|she|they|you|we|an?|no|this|these|such|there|its|shall|must|may|because|but|and|then|any|all"
    r"|" + _WHO[3:]
)
_ENGLISH = re.compile(
    rf"\b{_OPENS}\b(?P<if>[^;]{{3,400}}?)(?=, {_MAIN}\b|[;.]?\s*$|;)"
    rf"|\b(?:only )?(?:for|to|by) (?:[\w-]+ ){{0,2}}{_WHO} "
    r"(?:in|with|that|which|who|whose|of|not|under|above|having)\b"
    r"[^,;.]{3,120}"
    rf"|\b{_WHO} (?:that|which|who|whose)\b[^,;.]{{3,120}}?(?= (?:shall|must|may|can|will|are|is)\b)"
    rf"|\b{_ZONE}\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:(?<=[，。；：,;])|(?<=^))(?:但|并且?|或者?)?(?:如果|倘若|假如|凡是?|除非|若|如(?![何下上图表实此同])|当)[^，。；,;]{2,80}"
    r"|(?:(?<=[，。；：,;])|(?<=^))[^，。；：,;]{3,80}的(?=[，,])"
    r"|(?:仅限?)?在[^，。；,;]{0,24}(?:试点|自由贸易|自贸|保税|特定)[^，。；,;]{0,12}(?:试验区|地区|区域|城市|港|区)(?:内)?"
    r"|[^，。；,;]{0,16}(?:试点|自贸试验区|自由贸易港|保税区)[^，。；,;]{0,8}(?:企业|机构|单位)"
    r"|(?:对于?|由)?(?:符合|具备|满足|取得|持有)[^，。；,;]{2,40}的(?=[企机单个申经人外])"
)


def conditions(sentence: str) -> list[Span]:
    """Where the sentence makes a condition, in order; offsets into the sentence, without outer blanks."""
    return list(_found(sentence))


def _found(sentence: str) -> Iterator[Span]:
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in sentence)
    body = _after_label(sentence) if chinese else 0
    for match in (_CHINESE if chinese else _ENGLISH).finditer(sentence[body:]):
        start, end = match.start() + body, match.end() + body
        while start < end and (sentence[start].isspace() or unicodedata.category(sentence[start]) == "Po"):
            start += 1
        while end > start and (sentence[end - 1].isspace() or sentence[end - 1] in ".:：,，"):
            end -= 1
        if start < end:
            yield Span(start, end)


def _after_label(sentence: str) -> int:
    label = re.match(
        r"\s*(?:第[一二三四五六七八九十百千零〇\d]+条|[（(][一二三四五六七八九十\d]+[)）])[\s\u3000]*",
        sentence,
    )
    return label.end() if label else 0
