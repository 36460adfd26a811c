"""An answer as plain text for a terminal and as JSON for other programs."""

from typing import Any

import prompts
from assistant.answer import Answer, Citation, Outcome, Sentence, Verdict, Wording
from assistant.disagreement_text import disagreement_as_json, disagreement_note
from assistant.validity_text import validity_of, warning, warnings_as_json
from knowledge.clauses.locators import locate
from knowledge.policy import Language, Passage, RetrievedPassage

_MAY_LOOK: dict[Language, str] = {"en": "You may look at:", "zh": "可供参阅："}
# Told of each sentence where not all are the documents' own words.
_VERDICTS: dict[Language, dict[Verdict, str]] = {
    "en": {Verdict.QUOTED: "word for word", Verdict.SUPPORTED: "checked"},
    "zh": {Verdict.QUOTED: "原文", Verdict.SUPPORTED: "已核对"},
}
_BETWEEN_HEADINGS = " › "
_SHORTENED = 160  # characters shown of a passage that is only offered
# A document must not move the cursor, colour the window or reverse the reading direction of a terminal.
_NOT_FOR_TERMINALS = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
) | {ord("\n"): "\n", ord("\t"): "\t"}


def locator(citation: Citation, language: Language) -> str:
    """Where in its document a quote stands, as it is cited: "Article 12, paragraph 2(a)", 第十二条第二款."""
    return locate(citation.passage.section, citation.start, citation.end, language)


def framing(answer: Answer) -> str:
    """The one sentence that says what became of the question, in the asker's language."""
    if answer.clarification is not None:
        condition = answer.clarification.quote
        return prompts.fill(f"condition_to_clarify.{answer.language}", condition=condition)
    said = answer.outcome.value
    if answer.outcome is Outcome.ANSWERED and answer.wording is not Wording.QUOTED:
        said = answer.wording.value
    return prompts.fill(f"{said}.{answer.language}")


def as_text(answer: Answer) -> str:
    """The answer as a terminal shows it: framing, sentences with marks, then the sources."""
    lines = [framing(answer), ""]
    for sentence in answer.sentences:
        marks = "".join(f"[{citation.mark}]" for citation in sentence.citations)
        lines.append(f"  {sentence.text} {marks}{_sign(sentence, answer)}")
    lines += [f"  ! {disagreement_note(note, answer.language)}" for note in answer.disagreements]
    if answer.citations:
        lines.append("")
    for citation in answer.citations:
        lines.append(f"[{citation.mark}] {citation.document.title}, {locator(citation, answer.language)}")
        told = warning(validity_of(citation.document, answer.considered), answer.language)
        lines += [f"    ! {told}"] if told else []
    if answer.nearest:
        lines.append(_MAY_LOOK[answer.language])
    for near in answer.nearest:
        told = warning(near.validity, answer.language)
        warned = f"\n    ! {told}" if told else ""
        lines.append(f"  - {place(near.passage)}{warned}\n    {_shortened(near.passage.text)}")
    return for_terminal("\n".join(lines).rstrip())


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as the object that `ask --json` prints; offsets are into the document's stored text."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "outcome": answer.outcome.value,
        "confidence": round(answer.confidence, 4),
        "text": " ".join(sentence.text for sentence in answer.sentences),
        "framing": framing(answer),
        "sentences": [
            sentence_as_json(sentence, answer.language, answer.considered) for sentence in answer.sentences
        ],
        "clarification": _citation_as_json(answer.clarification, answer.language, answer.considered)
        if answer.clarification
        else None,
        "disagreements": [disagreement_as_json(note, answer.language) for note in answer.disagreements],
        "nearest": [_nearest_as_json(near) for near in answer.nearest],
        "wording": answer.wording.value,
        "fault": answer.fault,
        "withheld": answer.withheld,
        "unknown_marks": answer.unknown_marks,
        "seconds": {step: round(seconds, 4) for step, seconds in answer.seconds},
    }


def sentence_as_json(
    sentence: Sentence, language: Language, considered: tuple[RetrievedPassage, ...]
) -> dict[str, Any]:
    """One sentence of that object; `language` is that of the question, `considered` what search returned."""
    return {
        "text": sentence.text,
        "verdict": sentence.verdict.value,
        "reason": sentence.reason,
        "citations": [_citation_as_json(citation, language, considered) for citation in sentence.citations],
    }


def place(passage: Passage) -> str:
    """A passage's document and headings on one line."""
    return _BETWEEN_HEADINGS.join((passage.document.title, *passage.section.heading_path))


def for_terminal(text: str) -> str:
    """The text with every character that would command a terminal instead of being shown replaced by "�"."""
    return text.translate(_NOT_FOR_TERMINALS)


def _sign(sentence: Sentence, answer: Answer) -> str:
    if answer.wording is not Wording.DRAFTED:
        return ""
    return f" ({_VERDICTS[answer.language][sentence.verdict]})"


def _citation_as_json(
    citation: Citation, language: Language, considered: tuple[RetrievedPassage, ...]
) -> dict[str, Any]:
    return {
        "mark": citation.mark,
        "passage_id": citation.passage.id,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "document_id": citation.document.id,
        "document": citation.document.title,
        "document_sha256": citation.document.sha256,
        "locator": locator(citation, language),
        "warnings": warnings_as_json(validity_of(citation.document, considered)),
    }


def _nearest_as_json(near: RetrievedPassage) -> dict[str, Any]:
    passage = near.passage
    return {
        "passage_id": passage.id,
        "document": passage.document.title,
        "text": passage.text,
        "warnings": warnings_as_json(near.validity),
    }


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _SHORTENED else one_line[: _SHORTENED - 1] + "…"
