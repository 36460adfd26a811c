"""What kind of document a title names, and with what authority it was issued.

Only what title and adoption note say for certain is said. Sources of the rules on names: 立法法 (2023)
articles 10, 72, 80 and 91, 行政法规制定程序条例 article 5, 规章制定程序条例 article 7: no ministry's
rule is a 条例.
"""

import re
from collections.abc import Sequence

from knowledge.facts.head_of_text import QUOTED, Act
from knowledge.policy import Level

_CHINESE_KIND = re.compile(
    "(宪法|修正案|法|实施条例|条例|实施细则|细则|实施办法|暂行办法|办法|暂行规定|规定|规则|规程|准则|章程"
    "|通知|通告|公告|公报|意见|决定|决议|批复|函|复函|命令|方案|规划|纲要|指南|清单|讲话|致辞|发言"
    "|协定|协议|条约|公约|议定书|谅解备忘录|换文|联合声明)$"
)
_NOT_A_LAW = re.compile("[办方作想说看用做书文司执守违合非]法$")
_NOTICES = frozenset(
    ["通知", "通告", "公告", "公报", "意见", "批复", "函", "复函", "命令", "方案", "规划", "纲要"]
)
_SPEECHES = frozenset(["讲话", "致辞", "发言"])
_TREATIES = frozenset(["协定", "条约", "公约", "议定书", "换文"])
_RULES = frozenset(
    ["条例", "实施条例", "实施细则", "细则", "实施办法", "暂行办法", "办法", "暂行规定", "规定", "规则"]
)

_ENGLISH_KIND = re.compile(
    r"\b(Constitution|Act|Law|Regulations?|Rules|Measures|Provisions|Decree|Order|Directive|Guidelines|Policy"
    r"|Notice|Circular|Announcement|Communiqué|Press Release|Speech|Remarks|Address|Agreement|Treaty"
    r"|Convention|Protocol|Memorandum of Understanding)\b"
)
_ENGLISH_LEVELS: dict[str, Level] = {
    "Act": "law", "Law": "law", "Notice": "notice", "Circular": "notice", "Announcement": "notice",
    "Communiqué": "notice", "Press Release": "notice", "Speech": "speech", "Remarks": "speech",
}  # fmt: skip
_ENGLISH_TREATIES = frozenset(["Agreement", "Treaty", "Convention", "Protocol"])
_STATES = re.compile(
    r"\bGovernments? of\b|\bRepublic of\b|\bKingdom of\b|Contracting (?:Parties|States)|\bEuropean Union\b"
    r"|\bEFTA States\b|政府|共和国|缔约"
)
_PROVINCE = re.compile(
    "(?:北京|天津|上海|重庆)市|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    "|云南|陕西|甘肃|青海)省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区"
)
_YEAR = re.compile(r"\s*[（(][^（）()]*\d{4}[^（）()]*[）)]\s*$")


def kind_of(title: str) -> str | None:
    """The word of a title that says what kind of document it is: "条例", "通知", "Act"; None without one."""
    plain = _YEAR.sub("", title).strip()
    found = _CHINESE_KIND.search(plain)
    if found is not None:
        return None if found[1] == "法" and _NOT_A_LAW.search(plain) else found[1]
    # The first words of an English title say what it is: "Agreement between …", "Notice on the … Law".
    named = _ENGLISH_KIND.search(QUOTED.sub("", plain))
    return named[1] if named else None


def issuer_of(acts: Sequence[Act]) -> str | None:
    """Who issued the document in the first place: later acts may be those of others who changed it."""
    issued = [act.by for act in acts if act.kind == "issue" and act.by]
    approved = [act.by for act in acts if act.kind == "approval" and act.by]
    return next(iter([*issued, *approved]), None)


def level_of(title: str, acts: Sequence[Act], text: str) -> Level | None:
    """The level of authority that title and adoption note show, None where they leave it open."""
    kind = kind_of(title) or ""
    if kind in _SPEECHES or kind in ("Speech", "Remarks"):
        return "speech"
    if kind in _TREATIES or kind in _ENGLISH_TREATIES:
        return "treaty" if _STATES.search(title + text[:3_000]) else None
    if kind in _NOTICES:
        return "notice"
    return _by_acts(kind, [act.by for act in acts if act.by]) or _by_title(title, kind)


def _by_acts(kind: str, actors: Sequence[str]) -> Level | None:
    if any(by.startswith("全国人民代表大会") for by in actors):
        return "constitution" if kind == "宪法" else None if kind in ("决定", "决议") else "law"
    if any("人民代表大会" in by for by in actors):
        return None if kind in ("决定", "决议") else "local regulation"
    if kind not in _RULES:
        return None
    if any(by.split("、")[0] == "国务院" for by in actors):
        return "regulation"
    if any("人民政府" in by for by in actors):
        return "local rule"
    of_ministries = re.compile("(?:部|委员会|总署|总局|局|人民银行|审计署)$")
    return "ministry rule" if actors and all(of_ministries.search(by) for by in actors) else None


def _by_title(title: str, kind: str) -> Level | None:
    if kind == "宪法":
        return "constitution" if title.startswith("中华人民共和国") else None
    if kind == "法":
        return "law" if title.startswith("中华人民共和国") else None
    if kind in ("条例", "实施条例") and _PROVINCE.match(title):
        return "local regulation"
    if kind in _RULES and re.match("(?:中华人民共和国)?国务院关于", title):
        return "regulation"
    return _ENGLISH_LEVELS.get(kind)
