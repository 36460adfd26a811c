"""How documents disagree, in words and for programs; the same wherever an answer is shown."""

from typing import Any

import prompts
from assistant.answer import Citation, Difference, Disagreement
from assistant.disagreement import day_of
from knowledge.policy import Language, Level

_LEVEL_ZH: dict[Level, str] = {
    "constitution": "宪法",
    "law": "法律",
    "treaty": "条约",
    "regulation": "行政法规",
    "ministry rule": "部门规章",
    "local regulation": "地方性法规",
    "local rule": "地方政府规章",
    "notice": "规范性文件",
    "speech": "讲话",
}


def disagreement_note(note: Disagreement, language: Language) -> str:
    """That two sources differ, then which has the higher authority and which is newer; by their marks."""
    kind = "content" if Difference.CONTENT in note.differences else "standing"
    marks = {"first": str(note.first.mark), "second": str(note.second.mark)}
    told = [prompts.fill(f"disagreement_{kind}.{language}", **marks)]
    if note.higher is not None:
        pair = (note.higher, _other(note, note.higher))
        levels = [_level(one.document.facts.level, language) for one in pair]
        told.append(
            prompts.fill(
                f"higher_authority.{language}", mark=str(note.higher.mark), level=levels[0], other=levels[1]
            )
        )
    if note.newer is not None:
        days = day_of(note.newer.document) or "", day_of(_other(note, note.newer).document) or ""
        told.append(prompts.fill(f"newer.{language}", mark=str(note.newer.mark), date=days[0], other=days[1]))
    return (" " if language == "en" else "").join(told)


def disagreement_as_json(note: Disagreement, language: Language) -> dict[str, Any]:
    """The same for programs; citations by their marks."""
    return {
        "first": note.first.mark,
        "second": note.second.mark,
        "differences": [difference.value for difference in note.differences],
        "higher": note.higher.mark if note.higher else None,
        "newer": note.newer.mark if note.newer else None,
        "note": disagreement_note(note, language),
    }


def _other(note: Disagreement, one: Citation) -> Citation:
    return note.second if one is note.first else note.first


def _level(level: Level | None, language: Language) -> str:
    if level is None:
        return ""
    return level if language == "en" else _LEVEL_ZH[level]
