"""What stands at the head of a document, before its first clause: who adopted it when, and labelled lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.facts.dates_in_text import CHINESE_DATE, dates_in
from knowledge.paragraphs import CHINESE_LABEL, CHINESE_NUMBER

ActKind = Literal["issue", "revision", "approval", "effect"]

_LONGEST_HEAD = 4_000  # characters
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BODY = re.compile(
    rf"[ \t\u3000]*(?:\#{{1,6}}[ \t]*)?(?:{CHINESE_LABEL}(?=[\s：:【（]|$)|目[ \u3000]*[录次]|[一二三四]、"
    r"|(?:Article|Chapter|Section|Part|CHAPTER|ARTICLE|SECTION|PART)\s+(?:[1I]\b|One\b|ONE\b)"
    r"|(?:Preamble|PREAMBLE|(?:TABLE OF )?CONTENTS|Contents)\b)"
)
_HEADING = re.compile(r"#{2,6}\s")
QUOTED = re.compile(r"《(?:[^《》]|《[^《》]*》)*》|〈[^〈〉]*〉|<[^<>]*>")
_EFFECT = re.compile(r"[\s\u3000]*起?(?:施行|实施|生效)")
_VERBS: tuple[tuple[ActKind, re.Pattern[str]], ...] = (
    ("revision", re.compile("修正|修订")),
    ("issue", re.compile("通过|公布|发布|印发|颁布")),
    ("approval", re.compile("批准")),
)
# A line that tells an act begins with its date; "2021年4月29日，…" begins a piece of news.
_NOTE = re.compile(rf"[\s\u3000（(]*(?:根据|自)?[\s\u3000]*(?>{CHINESE_DATE})(?![，,、])")
_NOW_ISSUED = re.compile("现予(?:公布|发布)")
_PUBLISHED = re.compile("公布|发布|印发|颁布")
_CONGRESS = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{2,12}}?)?(?:第{CHINESE_NUMBER}届)?(?P<national>全国)?"
    r"人民代表大会(?P<standing>常务委员会)?"
)
_ORDER = re.compile(
    rf"(?P<by>[\u4e00-\u9fff、\s\u3000]{{2,60}}?)(?P<what>令|公告)[\s\u3000]*[（(]?第[\s\u3000]*"
    rf"(?P<number>{CHINESE_NUMBER})[\s\u3000]*号"
)
_ISSUED_BY = re.compile(
    r"[\s\u3000经]*(?P<by>[\u4e00-\u9fff、\s\u3000]{2,60}?)(?:联合)?(?:发布|公布|印发|颁布|批准)"
)
_STATE_COUNCIL = re.compile(rf"国务院(?:第{CHINESE_NUMBER}次常务会议|关于|批准|修订|修改)?")


@dataclass(frozen=True, slots=True)
class Act:
    """One step in a document's life as its head tells it: "2021年4月29日第十三届…第二十八次会议通过"."""

    date: str  # ISO 8601
    kind: ActKind
    published: bool  # whether it was made public by this act
    by: str | None  # who acted
    number: str | None  # of the order by which it was done


def seen_text(text: str) -> str:
    """The text with every HTML comment replaced by as many blanks, so that offsets stay."""
    return _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)


def head_of(text: str) -> str:
    """What stands before the first clause, chapter or table of contents, without the line of the title."""
    lines: list[str] = []
    length = 0
    for number, line in enumerate(seen_text(text).split("\n")):
        if number and (_BODY.match(line) or _HEADING.match(line)):
            break
        lines.append(line)
        length += len(line)
        if length > _LONGEST_HEAD:
            break
    return "\n".join(lines)


def acts_in(head: str) -> list[Act]:
    """The acts that a head tells, in order; each goes from its date to the next one.

    A date that nothing is said of is no act, but for one alone on its line below an order, which signs it.
    """
    noted = {start for start, line in _lines(head) if _NOTE.match(line) or _NOW_ISSUED.search(line)}
    dates = [
        found
        for found in dates_in(head)
        if len(found.iso) == len("2021-04-29") and head.rfind("\n", 0, found.start) + 1 in noted
    ]
    ends = [found.start for found in dates[1:]] + [len(head)]
    order = _ORDER.search(head[: dates[0].start]) if dates else None
    acts = [_act(found.iso, head[found.end : end]) for found, end in zip(dates, ends, strict=False)]
    told = [act for act in acts if act is not None]
    if order is not None:
        signed = [found for found in dates if _is_alone(head, found.start, found.end)]
        told += [
            Act(found.iso, "issue", True, _name(order["by"]), _order_number(order)) for found in signed[:1]
        ]
    return told


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _act(date: str, words: str) -> Act | None:
    if not words.partition("\n")[0].strip():
        return None  # what stands below a date that is alone on its line is said of something else
    bare = QUOTED.sub("", words)
    if _EFFECT.match(bare):
        return Act(date, "effect", False, None, None)
    bare = re.split("[。；;]|，现予", bare, maxsplit=1)[0]  # it is made public on the day of the signature
    kind = next((kind for kind, verb in _VERBS if verb.search(bare)), None)
    if kind is None:
        return None
    order = _ORDER.match(bare.lstrip())
    return Act(
        date, kind, _PUBLISHED.search(bare) is not None, _actor(bare), _order_number(order) if order else None
    )


def _actor(words: str) -> str | None:
    congress = _CONGRESS.search(words)
    if congress is not None:
        place = "全国" if congress["national"] else re.sub("第.*", "", congress["place"] or "").strip()
        return f"{place}人民代表大会{congress['standing'] or ''}" if place else None
    words = words.strip("\u3000 \n（(")
    if _STATE_COUNCIL.match(words.removeprefix("中华人民共和国").removeprefix("经")) and not re.match(
        "(?:中华人民共和国)?国务院(?:办公厅|[\u4e00-\u9fff]{2,10}(?:委员会|局|办))", words
    ):
        joint = _ISSUED_BY.match(words)
        return _name(joint["by"]) if joint and "\n" in joint["by"] else "国务院"
    found = _ORDER.match(words) or _ISSUED_BY.match(words)
    return _name(found["by"]) if found else None


def _name(by: str) -> str:
    return "、".join(re.sub("^中华人民共和国", "", part) for part in re.split(r"[、\s\u3000]+", by) if part)


def _order_number(order: re.Match[str]) -> str:
    by = re.sub(rf"第{CHINESE_NUMBER}届", "", _name(order["by"]))
    return f"{by}{order['what']}第{order['number']}号"


def _is_alone(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    return not before.strip() and not after.strip()
