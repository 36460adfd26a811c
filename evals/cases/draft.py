"""Draft cases from a document by rules: a sentence becomes gold, and a question is made from its words.

The rules ask who must do what a sentence demands, what a defined word means, and what stands under a heading.
A person reviews them: a drafted question is phrased like its answer, so it is easier than a real one.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from knowledge.clauses.headings import is_heading_line
from knowledge.language import language_of
from knowledge.policy import Language, Section
from knowledge.sentences import split_sentences

_LENGTH: dict[Language, tuple[int, int]] = {"en": (40, 400), "zh": (12, 150)}  # characters of a gold sentence

_WHO = r"(?P<who>(?:[\w’'-]+ ){1,9}?)"
_MODAL = r"(?P<modal>shall|must|may|should|will)"
_PASSIVE = re.compile(
    rf"{_WHO}{_MODAL} be (?P<done>\w+ed|made|drawn|built|given|kept) (?:by|through|to|in|with|for) .*"
)
_ACTIVE = re.compile(rf"{_WHO}{_MODAL} (?P<what>(?!be )[a-z][^,;.]*).*")
_STATED = re.compile(r"(?P<who>[\w’'-]+(?: [\w’'-]+){1,8}?) (?:is|are|was|were|has|have|had) .*")
_MEANS = re.compile(
    r"(?:In this \w+, )?(?:the term )?[“\"]?(?P<term>[\w -]{3,50}?)[”\"]? (?:means|refers to) .*"
)
# What begins like this is no subject that a question could be about.
_NO_SUBJECT = re.compile(
    r"(?:efforts?|attention|it|there|no|nothing|none|nor|if|where|when|as|in|for|on|at)\b", re.IGNORECASE
)
_SMALL_AT_START = re.compile(r"(?:The|A|An|All|Each|Every|Any|Such)\b")

_ACTIVE_ZH = re.compile(r"[^，。；：,]{2,20}?(?P<modal>应当|必须|不得|可以)(?P<what>[^，。；]{4,60}).*")
_MEANS_ZH = re.compile(r"(?:本\w{1,4}所称的?)?“?(?P<term>[^，。“”]{2,20}?)”?(?:，?是指|，指).*")
_LONGEST_QUESTION = 25  # words
_TITLE = re.compile(
    r"(?:[A-Z][a-z]+ [\dIVXLC]+[.:]?|第.{1,8}?[编章节条]|[一二三四五六七八九十]+、)?\s*(?P<title>.*)"
)
# Not to be understood without what stands before it.
_LEANS_BACK = re.compile(
    r"(?:It|They|These|Those|This|That|Such|He|She)\b|[其该此上]|.*(?:前款|上述|the (?:above|preceding)\b)"
)
_SETTING = re.compile(r"(?:In|At|On|For|By|With|As|Since|During|Under) [^,;]{3,60}, ")  # before the subject


def drafted_lines(sections: Sequence[Section], count: int) -> list[dict[str, Any]]:
    """Up to `count` lines of cases without ids, spread over a document's sections, no question twice."""
    found: dict[str, dict[str, Any]] = {}
    for section in sections:
        for line in _lines_of(section):
            found.setdefault(line["question"], line)
    lines = list(found.values())
    if len(lines) <= count:
        return lines
    return [lines[i * len(lines) // count] for i in range(count)]


def question_from(sentence: str, language: Language) -> str | None:
    """A question that the sentence answers, or None when no rule fits it."""
    plain = " ".join(sentence.split())
    if _LEANS_BACK.match(plain):
        return None  # its subject stands in the sentence before
    question = _english_question(plain) if language == "en" else _chinese_question(plain)
    return question if question and len(question.split()) <= _LONGEST_QUESTION else None


def _english_question(plain: str) -> str | None:
    if found := _MEANS.fullmatch(plain):
        return f"What does “{found['term']}” mean?"
    plain = _SETTING.sub("", plain, count=1)
    if _NO_SUBJECT.match(plain):
        return None
    if found := _PASSIVE.fullmatch(plain):
        return f"How {found['modal']} {_inside(found['who'])} be {found['done']}?"
    if found := _ACTIVE.fullmatch(plain):
        return f"Who or what {found['modal']} {found['what'].strip()}?"
    found = _STATED.fullmatch(plain)
    return f"What is said about {_inside(found['who'])}?" if found else None


def _chinese_question(plain: str) -> str | None:
    if found := _MEANS_ZH.fullmatch(plain):
        return f"“{found['term']}”是指什么？"
    found = _ACTIVE_ZH.fullmatch(plain)
    return f"哪些主体或事项{found['modal']}{found['what'].strip()}？" if found else None


def _inside(subject: str) -> str:
    """A sentence's subject as it is written inside another sentence."""
    plain = subject.strip()
    return plain[0].lower() + plain[1:] if _SMALL_AT_START.match(plain) else plain


def _lines_of(section: Section) -> Iterator[dict[str, Any]]:
    document = section.document
    language = document.language
    least, most = _LENGTH[language]
    under_heading = _heading_question(section)
    for start, end in split_sentences(section.text, language):
        sentence = section.text[start:end]
        if is_heading_line(sentence) or not least <= len(sentence) <= most:
            continue
        question = question_from(sentence, language) or under_heading
        under_heading = None  # the first sentence under a heading answers for it; the others do not
        if question and document.text.count(sentence) == 1:
            yield {
                "id": "",
                "question": question,
                "documents": [Path(document.path).name],
                "gold": [sentence],
                "outcome": "answered",
                "language": language_of(question),
                "topic": section.heading_path[-1] if section.heading_path else document.title,
                "tags": ["drafted"],
                "split": "tuning",
            }


def _heading_question(section: Section) -> str | None:
    found = _TITLE.fullmatch(section.heading_path[-1]) if section.heading_path else None
    title = found["title"].strip(" #*:：（）【】") if found else ""
    if not title or title == section.document.title:
        return None
    return (
        f"What is said about “{title}”?"
        if section.document.language == "en"
        else f"关于“{title}”有什么规定？"
    )
