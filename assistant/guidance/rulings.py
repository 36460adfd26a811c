"""What a sentence of a document lays down: required, permitted, prohibited …, for whom, and if what.

A sentence is read clause by clause. The first word of force in a clause decides; look-alikes are taken out
before. A condition is what the text itself puts before or behind it (…的，应当…; 未经…，不得…; if, unless),
verbatim. What a rule says of the authorities is told apart from what it says of those in business.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.guidance.guidance import Bearer, Condition, Force, Ruling
from knowledge.paragraphs import Span
from knowledge.policy import Language

_FORCES = {
    "penalty": Force.CONDITIONAL,
    "exempt": Force.PERMITTED,
    "prohibited": Force.PROHIBITED,
    "restricted": Force.RESTRICTED,
    "once": Force.PERMITTED,
    "required": Force.REQUIRED,
    "permitted": Force.PERMITTED,
    "encouraged": Force.ENCOURAGED,
    "promoted": Force.ENCOURAGED,
}
# Of these the authority speaks, and the business is meant.
_MEANT_FOR_BUSINESS = {Force.RESTRICTED, Force.ENCOURAGED}
_SEGMENT_END = re.compile(r"[；。;!?！？]|\.(?=\s|$)")
_CLAUSE_END: dict[Language, re.Pattern[str]] = {"zh": re.compile(r"[，：,:\n]"), "en": re.compile(r"[,:]\s")}
_ASIDE = re.compile(r"[（(][^（()）]*[)）]|《[^《》]*》")
# Why a rule was made, and what is put before an authority, which nobody but the business does.
_PURPOSE = re.compile(r"为了?[^。]*制定本|In order to [^.]*(?:enacted|formulated|made)")
_TO_AUTHORITY = re.compile(r"(?:如实|及时|依法)?(?:向|到)[^，。；]{0,16}?(?:海关|部门|机关|机构)")
_TOWARDS = re.compile(
    r"\s*[^，。；对]{0,24}(?:者|人|企业|单位|公司|组织|个人)对"
)  # "网络运营者对…检查，应当"
# What an authority goes on to do, in a clause that does not name it again.
_GOES_ON = re.compile("畅通|完善|加大|加强|建立|健全|推动|优化|提高|落实|保障")
_BUT = re.compile(r"^[\s,，]*(?:但是?，?|but\b)\s*")
_GRANTS = re.compile("准许|允许|准予|平等|享|给予")  # of these the State is the giver
_STATE = re.compile(r"国家(?!机关|工作|[^，。；]{0,8}(?:部门|机关|局|委员会))")


@dataclass(frozen=True, slots=True)
class _Words:
    forces: tuple[tuple[str, re.Pattern[str]], ...]  # in the order in which they are looked for
    nothing: re.Pattern[str]
    authority: re.Pattern[str]
    business: re.Pattern[str]
    by_the_way: re.Pattern[str]
    acts: re.Pattern[str]
    official: re.Pattern[str]
    if_clause: re.Pattern[str]
    inside: re.Pattern[str]
    excepting: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Said:
    kind: str
    at: int  # where the word stands
    end: int


def rulings_in(text: str, span: Span, language: Language) -> tuple[Ruling, ...]:
    """What `text[span.start:span.end]` lays down, in order; empty for a definition or a mere description.

    Offsets of the rulings and their conditions are into `text`.
    """
    words = _words(language)
    if _PURPOSE.match(text, span.start, span.end):
        return ()
    masked = _masked(text[span.start : span.end], words)
    found: list[Ruling] = []
    subject: Bearer | None = None
    for segment in _pieces(masked, Span(0, len(masked)), _SEGMENT_END):
        said = list(_of_segment(text, masked, segment, span.start, language, subject))
        for ruling, _subject in said:
            found = _with(found, ruling)
        subject = said[-1][1] if said else subject
        found = _with_exception(found, text, masked, segment, span.start, words)
    return tuple(found)


def _of_segment(
    text: str, masked: str, segment: Span, base: int, language: Language, inherited: Bearer | None
) -> Iterator[tuple[Ruling, Bearer]]:
    """Each ruling with who is its subject, which a clause without a subject of its own goes on with."""
    words = _words(language)
    condition: Span | None = None  # of the clauses that stand before what hangs on them
    subject = segment.start
    bearer, ruled, spoken = inherited, False, False
    for clause in _pieces(masked, segment, _CLAUSE_END[language]):
        part = masked[clause.start : clause.end]
        if words.excepting.fullmatch(part):
            continue
        said = _first_said(part, words)
        hypothesis = _is_hypothesis(part, said, language, words)
        if hypothesis:
            begins = subject if language == "zh" and not ruled else clause.start
            condition = Span(condition.start if condition and not ruled else begins, clause.end)
            ruled = False
            continue
        if said is None or (said.kind == "promoted" and spoken):
            continue  # a clause without force of its own goes on with what was said
        zone = masked[subject : clause.start + said.at]
        if condition is not None and language == "zh":
            zone = masked[condition.end : clause.start + said.at] or zone
        bearer = _bearer(zone, part[said.at : said.end], part[said.end :], said, bearer, words, language)
        inside = _inside(masked, clause, said, words, language)
        yield _ruling(text, clause, base, said, bearer, condition or inside, words.official), bearer
        subject, ruled, spoken = clause.end, True, True


def _ruling(
    text: str,
    clause: Span,
    base: int,
    said: _Said,
    bearer: Bearer,
    hangs_on: Span | None,
    official: re.Pattern[str],
) -> Ruling:
    force = _FORCES[said.kind]
    start, end = base + clause.start, base + clause.end
    condition = None
    if hangs_on is not None:
        begin, stop = base + hangs_on.start, base + hangs_on.end
        quote = _quote(text[begin:stop])
        begin = text.index(quote, begin)
        condition = Condition("if", quote, begin, begin + len(quote))
    if said.kind == "penalty":
        of_officials = condition is not None and official.match(condition.quote) is not None
        whose: Bearer = "authority" if of_officials else "business"
        return Ruling(Force.CONDITIONAL, None, whose, condition, start, end)
    if force in _MEANT_FOR_BUSINESS or text.startswith("不予", base + clause.start + said.at):
        bearer = "business"
    if condition is not None:
        return Ruling(Force.CONDITIONAL, force, bearer, condition, start, end)
    return Ruling(force, None, bearer, None, start, end)


def _with(found: list[Ruling], ruling: Ruling) -> list[Ruling]:
    """The rulings with one more; one that only goes on with the last is made one with it."""
    if found:
        last = found[-1]
        same = (last.force, last.once_met, last.bearer) == (ruling.force, ruling.once_met, ruling.bearer)
        if ruling.force is Force.RESTRICTED and (last.force, last.bearer) == (Force.PERMITTED, "authority"):
            return [*found[:-1], replace(ruling, start=last.start)]  # what the authority may do is restrict
        if same and (ruling.condition is None or last.condition == ruling.condition):
            return [*found[:-1], replace(last, end=ruling.end)]
    return [*found, ruling]


def _with_exception(
    found: list[Ruling], text: str, masked: str, segment: Span, base: int, words: _Words
) -> list[Ruling]:
    """The last ruling with what is excepted from it, where it hangs on nothing else."""
    for clause in _pieces(masked, segment, re.compile("(?!)")):
        match = words.excepting.search(masked, clause.start, clause.end)
        if match and match.group() and found and found[-1].condition is None:
            begin, stop = base + match.start(), base + match.end()
            quote = _quote(text[begin:stop])
            begin = text.index(quote, begin)
            excepted = Condition("except", quote, begin, begin + len(quote))
            return [*found[:-1], replace(found[-1], condition=excepted)]
    return found


def _quote(words: str) -> str:
    """The words without the "but" that leads to them and the comma that follows."""
    return _BUT.sub("", words).strip(" ,，\n")


def _pieces(masked: str, within: Span, end_mark: re.Pattern[str]) -> Iterator[Span]:
    start = within.start
    for match in end_mark.finditer(masked, within.start, within.end):
        if masked[start : match.start()].strip():
            yield Span(start, match.start())
        start = match.end()
    if masked[start : within.end].strip():
        yield Span(start, within.end)


def _masked(sentence: str, words: _Words) -> str:
    """The sentence without what only looks like force, every other character where it was."""

    def blank(match: re.Match[str]) -> str:
        return "\x00" * len(match.group())

    return words.nothing.sub(blank, _ASIDE.sub(blank, sentence.lower()))


def _first_said(part: str, words: _Words) -> _Said | None:
    """The first word of force in a clause; where two begin together, the one that is looked for first."""
    rest, found = part, list[_Said]()
    for kind, pattern in words.forces:
        for match in pattern.finditer(rest):
            found.append(_Said(kind, match.start(), match.end()))
        rest = pattern.sub(lambda match: "\x01" * len(match.group()), rest)
    penalties = [said for said in found if said.kind == "penalty"]
    return min(penalties or found, key=lambda said: said.at, default=None)


def _is_hypothesis(part: str, said: _Said | None, language: Language, words: _Words) -> bool:
    stripped = part.strip()
    if not words.if_clause.search(stripped):
        return False
    # "经批准的企业应当…": a 的 inside; a clause with its own 应当 is a hypothesis only when it ends with 的.
    return said is None or stripped.endswith("的") or language == "en"


def _inside(masked: str, clause: Span, said: _Said, words: _Words, language: Language) -> Span | None:
    for match in words.inside.finditer(masked, clause.start, clause.end):
        before = match.start() < clause.start + said.at
        if match.group().strip() and (before or language == "en"):
            return Span(match.start(), match.end())
    return None


def _bearer(
    zone: str, word: str, rest: str, said: _Said, inherited: Bearer | None, words: _Words, language: Language
) -> Bearer:
    plain = words.by_the_way.sub("", zone).strip(" ,，:：\n\x00")
    if words.business.search(plain) or _TOWARDS.match(zone):
        return "business"
    if language == "zh" and not plain and _TO_AUTHORITY.match(rest):
        return "business"
    if words.acts.search(rest):
        return "authority"
    grants = said.kind in ("exempt", "prohibited") or _GRANTS.match(word) is not None
    if language == "zh" and grants and _STATE.search(plain):
        return "business"
    if words.authority.search(plain):
        return "authority"
    if language == "en" and said.kind in ("required", "encouraged"):
        return "authority"  # "efforts should be made", "it is necessary": nobody in business is named
    return inherited or "business" if not plain or _GOES_ON.match(plain) else "business"


@cache
def _words(language: Language) -> _Words:
    stored: dict[str, Any] = tomllib.loads(
        files("assistant.guidance").joinpath("ruling_words.toml").read_text("utf-8")
    )
    edge = r"\b" if language == "en" else ""

    def one(patterns: list[str]) -> re.Pattern[str]:
        joined = "|".join(p if p.startswith(("^", r"\b")) else edge + p for p in patterns) or "(?!)"
        return re.compile(joined)

    own = stored[language]
    forces = tuple((kind, one(own[kind])) for kind in _FORCES)
    bearers, conditions = stored["bearers"][language], stored["conditions"][language]
    return _Words(
        forces,
        one(own["nothing"]),
        *(re.compile(bearers[name]) for name in ("authority", "business", "by_the_way", "acts", "official")),
        *(re.compile(conditions[name]) for name in ("if_clause", "inside", "except")),
    )
