"""Which other documents a text says that it repeals, replaces or changes."""

import re
from collections.abc import Iterator

from knowledge.facts.head_of_text import seen_text

_NAME = re.compile(
    r"(?:《((?:[^《》]|《[^《》]*》)+)》)((?:[\s\u3000]*[（(][^（）()\n]{1,20}?[〔\[（(]?\d{4}[〕\])）]?[^（）()\n]{0,10}号[）)])?)"
)
_SENTENCE = re.compile(r"[^。；;\n]+")
_END = "\ue000"  # stands for a name, whose own words must not be read as part of the sentence
# What may stand between the last name and the verb: "…等文件同时废止"; "《…》第三条同时废止" is no document.
_REPEALED = re.compile(
    rf"{_END}[^{_END}第与]{{0,12}}?(?:同时|一并|均|自行|即行|即|相应|予以)*(?:废止|停止执行|停止施行)"
    r"(?=[，,、）)\s\u3000]|$)"
)
_REPEALS = re.compile(rf"(?:决定|予以|兹|现)\s*废止\s*(?:[^，。{_END}]{{0,60}}?{_END})+")
_REPLACED = re.compile(rf"(?:代替|取代|替代)(?:[^，。{_END}]{{0,40}}?{_END})+")
_GROUND = re.compile(r"(?:根据|依照|按照|依据|与|同|以|违反|以及和)[^，,]{0,12}$")
_CHANGES = re.compile(r"关于(?:修改|修订|修正)(?P<names>.*)的(?:决定|决议|通知|公告)")
_ENDS = re.compile(r"关于废止(?P<names>《.*》)的(?:决定|决议|通知|公告)")

_ENGLISH_NAME = (
    r"(?P<name>(?!The\s)[A-Z][\w'’&,/() -]{2,120}?\b(?:Act|Law|Regulations?|Rules|Order|Ordinance|Decree"
    r"|Policy|Circular|Notice|Directive|Measures|Provisions|Guidelines|Agreement)"
    r"(?:\s+(?:of\s+)?\d{4})?(?:\s+\(?No\.\s?\d+(?:/\d+)?\)?)?)"
)
_ENGLISH_REPEALED = re.compile(
    rf"(?:^|[.;\d)]\s+|\b[Tt]he\s+){_ENGLISH_NAME}\s+(?:is|are|shall\s+be)\s+(?:hereby\s+)?(?:repealed|revoked|rescinded)\b",
    re.MULTILINE,
)
_ENGLISH_REPEALS = re.compile(
    rf"\b(?:[Tt]his|[Tt]hese)\s+\w+\s+(?:hereby\s+)?(?:repeals?|revokes?|rescinds?)\s+the\s+{_ENGLISH_NAME}"
)
_ENGLISH_REPLACES = re.compile(
    rf"\b(?:[Tt]his|[Tt]hese)\s+\w+\s+(?:hereby\s+)?(?:supersedes?|replaces?)(?:\s+and\s+(?:supersedes?|replaces?))?\s+"
    rf"(?:the\s+)?{_ENGLISH_NAME}"
)


def repealed_by(title: str, text: str) -> tuple[str, ...]:
    """Names of the documents that end with this one, as it writes them, with their number if it gives one."""
    seen = seen_text(text)
    names = [
        name for sentence in _SENTENCE.finditer(seen) for name in _named(sentence[0], _REPEALED, _REPEALS)
    ]
    ends = _ENDS.search(title)
    if ends is not None:
        names += [_written(match) for match in _NAME.finditer(ends["names"])]
    names += [_flat(match["name"]) for match in _ENGLISH_REPEALED.finditer(seen)]
    names += [_flat(match["name"]) for match in _ENGLISH_REPEALS.finditer(seen)]
    return tuple(dict.fromkeys(names))


def superseded_by(text: str) -> tuple[str, ...]:
    """Names of the documents that this one says it takes the place of."""
    seen = seen_text(text)
    names = [
        name
        for sentence in _SENTENCE.finditer(seen)
        if re.search("本[\u4e00-\u9fff]{1,6}(?:代替|取代|替代)", sentence[0])
        for name in _named(sentence[0], None, _REPLACED)
    ]
    names += [_flat(match["name"]) for match in _ENGLISH_REPLACES.finditer(seen)]
    return tuple(dict.fromkeys(names))


def amended_by(title: str) -> tuple[str, ...]:
    """Names of the documents that a decision with this title changes: "关于修改《…》的决定"."""
    found = _CHANGES.search(title)
    return tuple(_written(match) for match in _NAME.finditer(found["names"])) if found else ()


def _named(sentence: str, before: re.Pattern[str] | None, behind: re.Pattern[str]) -> Iterator[str]:
    """The names that stand before one verb, or behind another, in a sentence."""
    matches = list(_NAME.finditer(sentence))
    if not matches:
        return
    bare = _NAME.sub(_END, sentence)
    places = [place for place, character in enumerate(bare) if character == _END]
    up_to = max((match.end() for match in before.finditer(bare)), default=0) if before else 0
    stretches = [match.span() for match in behind.finditer(bare)]
    for match, place in zip(matches, places, strict=True):
        is_ground = _GROUND.search(bare[:place].rpartition(_END)[2])
        if (place < up_to and not is_ground) or any(start <= place < end for start, end in stretches):
            yield _written(match)


def _written(name: re.Match[str]) -> str:
    return _flat(name[1] + re.sub(r"\s", "", name[2]))


def _flat(name: str) -> str:
    return " ".join(name.split())
