"""Rule 2, for clauses and documents: Article 12 and 第十二条, 国务院令第666号 and Order No. 666."""

import re
import unicodedata
from dataclasses import dataclass

from assistant.rules.statement import Statement
from knowledge.clauses.clause_labels import CHINESE_UNITS
from knowledge.clauses.clause_numbers import chinese_number, english_number
from knowledge.dictionary import ChineseDictionary

UNKNOWN_CLAUSE = "a clause or document number does not stand in what is cited"
_HAN_NUMBER = r"[〇零一二三四五六七八九十百千\d]{1,9}"
_CHINESE = re.compile(rf"第\s?({_HAN_NUMBER})\s?(部分|分编|[编章节条款项目])")
_UNIT = (
    r"articles?|sections?|chapters?|parts?|annex(?:es)?|appendi(?:x|ces)|schedules?|"
    r"paragraphs?|items?|clauses?|art\.|sec\.|§"
)
_ENGLISH = re.compile(
    rf"(?<!\w)({_UNIT})\s?((?:\d{{1,4}}[a-z]?|[ivxlc]{{1,6}}\b)(?:\.\d{{1,3}}){{0,3}}"
    r"(?:(?:,\s?|\s?,?\s(?:and|or|to)\s|\s?[-–]\s?)\d{1,4}[a-z]?){0,8})",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"(?:(?:19|20)\d\d[)〕\]】]?\s?第?\s?)?(\d{1,6})\s?号|第\s?([〇零一二三四五六七八九十百千]{1,9})\s?号|(?<!\w)nos?\.?\s?(\d{1,6})",
    re.IGNORECASE,
)
_NAMES = {
    "art.": "article",
    "sec.": "section",
    "§": "section",
    "annexes": "annex",
    "appendices": "appendix",
    "clause": "article",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A clause or a document by its number; `unit` is "number" for a document's."""

    unit: str
    number: str


def named_in(text: str) -> tuple[frozenset[Named], str]:
    """The clauses and document numbers that a text names, and the text without them."""
    rest = unicodedata.normalize("NFKC", text)
    found: set[Named] = set()
    for pattern, read in ((_CHINESE, _of_chinese), (_ENGLISH, _of_english), (_ISSUE, _of_issue)):
        for match in pattern.finditer(rest):
            found |= read(match)
        rest = pattern.sub(" ", rest)
    return frozenset(found), rest


def unknown_reference(statement: Statement, dictionary: ChineseDictionary) -> str | None:  # noqa: ARG001
    """Refuses a clause or document number that neither the cited words nor their locators hold."""
    wanted, _rest = named_in(statement.text)
    known = named_in(f"{statement.cited}\n{statement.facts}")[0] if wanted else frozenset()
    return None if wanted <= known else UNKNOWN_CLAUSE


def _of_chinese(match: re.Match[str]) -> set[Named]:
    number = int(match[1]) if match[1].isdigit() else chinese_number(match[1])
    return {Named(CHINESE_UNITS[match[2]], str(number))}


def _of_english(match: re.Match[str]) -> set[Named]:
    written = match[1].lower()
    unit = _NAMES.get(written) or _NAMES.get(written.rstrip("s"), written.rstrip("s"))
    numbers = re.findall(r"\d+[a-z]?(?:\.\d+)*|[ivxlc]+(?![a-z])", match[2].lower())
    return {Named(unit, ".".join(str(part) for part in english_number(one.upper()))) for one in numbers}


def _of_issue(match: re.Match[str]) -> set[Named]:
    written = match[1] or match[3] or str(chinese_number(match[2]))
    return {Named("number", str(int(written)))}
