"""Chinese clauses edited by fixed rules: five edits that change what a clause says, and five that do not.

The laws are read at run time. Nothing is drawn at random: the clauses of every law are tried in order, each
with the false edit that has been made least often.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.claims.claim_alignment import SourceText, sentence_spans
from evals.claims.labelled import LabelledClaim

PAIRS = 150
_FIRST = 3
_SHORTEST, _LONGEST = 18, 110  # characters of a sentence that is edited
_CLAUSE = re.compile(r"^\s*第[一二三四五六七八九十百]+条[　\s]*(.{20,400})$", re.MULTILINE)
_MARKUP = re.compile(r"[*#>]+")
_NEXT = dict(zip("一二三四五六七八九", "三四五六七八九二六", strict=True))
_COUNTED = re.compile(
    r"(?<![第〇零一二三四五六七八九十百千万\d])([二三四五六七八九])(?=[年日个倍次名人种十百千万])"
)
_DIGITS = re.compile(r"(?<!\d)([1-9]\d{0,3})(?=[年日个倍次名人%％万])")
_FORCE = (("应当", "可以"), ("可以", "应当"), ("不得", "应当"), ("必须", "可以"))
_NEGATION = (
    ("不得", "可以"),
    ("可以", "不得"),
    ("应当", "不应当"),
    ("不予", "予以"),
    ("有权", "无权"),
    ("禁止", "允许"),
)
_SCOPE = (
    re.compile(r"^[^，。；]{4,40}的，"),
    re.compile(r"在[^，。；、内]{3,24}?(?:地区|区域内|区内|境内|期间|情况下)，?"),
    re.compile(r"经[^，。；、]{3,20}(?:批准|同意|许可)，?"),
    re.compile(r"^[^，。；]{4,30}时，"),
    re.compile(r"从事[^，。；、]{3,20}的(?=[^，。；]{2,8}(?:应当|不得|可以))"),
)
_NAMES = (
    ("商务部", "教育部"),
    ("国务院", "最高人民法院"),
    ("海关总署", "财政部"),
    ("海关", "法院"),
    ("银行业监督管理机构", "农业部"),
    ("外汇管理机关", "公安机关"),
    ("税务机关", "审计机关"),
    ("县级", "乡级"),
    ("中国", "日本"),
    ("公安机关", "税务机关"),
)
_SAME = (
    ("应当", "必须"),
    ("应当", "应该"),
    ("可以", "可"),
    ("根据", "依据"),
    ("以及", "和"),
    ("及其", "和"),
    ("并且", "并"),
)
_INTRODUCED = re.compile(r"^(?:为了?[^，。；]{4,40}，|根据[^，。；]{4,40}，|依照[^，。；]{4,30}，)(?=.{12})")
_LISTED = re.compile(r"(?<=、)([^、，。；的和或及等]{2,6})、([^、，。；的和或及等]{2,6})(?=、)")
_NUMERALS = {str(number): sign for number, sign in enumerate("零一二三四五六七八九")}

Edit = Callable[[str], str | None]


def clause_pairs(public: Path, pairs: int = PAIRS) -> Iterator[LabelledClaim]:
    """`pairs` clauses of zh_trade_laws, each with a true and a false claim, of each kind as many."""
    made: dict[str, int] = dict.fromkeys((kind for kind, _edit in FALSE), 0)
    seen: set[str] = set()
    for law, clause in _in_turn(public / "zh_trade_laws"):
        wanted = sorted(
            (kind for kind in made if made[kind] < pairs / len(FALSE)), key=lambda kind: made[kind]
        )
        if not wanted:
            return
        for start, end in sentence_spans(clause):
            sentence = clause[start:end]
            if sentence in seen or not _SHORTEST <= len(sentence) <= _LONGEST:
                continue
            false = _edited([(kind, dict(FALSE)[kind]) for kind in wanted], sentence, 0)
            true = _edited(TRUE, sentence, len(seen))
            if false is None or true is None:
                continue
            seen.add(sentence)
            made[false[0]] += 1
            source = (SourceText(law, clause),)
            yield LabelledClaim(true[1], source, True, law, kind=true[0])
            yield LabelledClaim(false[1], source, False, law, kind=false[0])
            break


def _in_turn(folder: Path) -> Iterator[tuple[str, str]]:
    """The clauses of all laws, the fourth of each, then the fifth, and so on: the first are all alike."""
    laws = [(path.stem, _clauses(path)) for path in sorted(folder.glob("*/**/*.md"))]
    for place in range(_FIRST, max((len(clauses) for _law, clauses in laws), default=0)):
        yield from ((law, clauses[place]) for law, clauses in laws if place < len(clauses))


def _clauses(path: Path) -> list[str]:
    return [match[1].strip() for match in _CLAUSE.finditer(_MARKUP.sub("", path.read_text("utf-8")))]


def _edited(edits: Sequence[tuple[str, Edit]], sentence: str, turn: int) -> tuple[str, str] | None:
    """The first edit from the turn on that changes the sentence, with its kind."""
    for place in range(len(edits)):
        kind, edit = edits[(turn + place) % len(edits)]
        changed = edit(sentence)
        if changed is not None and changed != sentence:
            return kind, changed
    return None


def _other_number(sentence: str) -> str | None:
    if match := _DIGITS.search(sentence):
        return sentence[: match.start()] + str(int(match[1]) * 2 + 1) + sentence[match.end() :]
    match = _COUNTED.search(sentence)
    return None if match is None else sentence[: match.start()] + _NEXT[match[1]] + sentence[match.end() :]


def _first_of(pairs: Sequence[tuple[str, str]]) -> Edit:
    def edit(sentence: str) -> str | None:
        found = [(sentence.index(one), one, other) for one, other in pairs if one in sentence]
        if not found:
            return None
        start, one, other = min(found)
        return sentence[:start] + other + sentence[start + len(one) :]

    return edit


def _without_scope(sentence: str) -> str | None:
    for pattern in _SCOPE:
        match = pattern.search(sentence)
        if match and len(sentence) - len(match.group()) >= _SHORTEST // 2:
            return sentence[: match.start()] + sentence[match.end() :]
    return None


def _without_introduction(sentence: str) -> str | None:
    return _INTRODUCED.sub("", sentence) if _INTRODUCED.match(sentence) else None


def _listed_otherwise(sentence: str) -> str | None:
    match = _LISTED.search(sentence)
    if match is None or match[1] == match[2]:
        return None
    return f"{sentence[: match.start()]}{match[2]}、{match[1]}{sentence[match.end() :]}"


def _number_respelt(sentence: str) -> str | None:
    match = re.search(
        r"(?<![第〇零一二三四五六七八九十百千万亿\d])([二三四五六七八九])(?=[年日个倍次名人种])", sentence
    )
    if match is None:
        return None
    digits = next(digit for digit, sign in _NUMERALS.items() if sign == match[1])
    return sentence[: match.start()] + digits + sentence[match.end() :]


FALSE: tuple[tuple[str, Edit], ...] = (
    ("number", _other_number),
    ("negation", _first_of(_NEGATION)),
    ("force", _first_of(_FORCE)),
    ("scope", _without_scope),
    ("name", _first_of(_NAMES)),
)
TRUE: tuple[tuple[str, Edit], ...] = (
    ("reworded", _first_of(_SAME)),
    ("introduction left out", _without_introduction),
    ("listed otherwise", _listed_otherwise),
    ("number respelt", _number_respelt),
    ("verbatim", lambda sentence: sentence.rstrip("。；") + "。"),
)
