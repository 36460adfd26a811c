"""An answer as it is kept, and the JSON of it and of filters that the records file holds."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from assistant.answer import Answer, Citation, Disagreement, Sentence, Verdict
from assistant.answer_text import locator
from assistant.records.stored import StoredAnswer, StoredCitation, StoredDisagreement, StoredSentence
from assistant.typed_json import built
from knowledge.policy import Filters, Language


def stored_answer(answer: Answer) -> StoredAnswer:
    """What is kept of an answer: all that was shown, and where it stood."""
    return StoredAnswer(
        outcome=answer.outcome.value,
        question=answer.question,
        standalone_question=answer.standalone_question,
        language=answer.language,
        confidence=round(answer.confidence, 4),
        wording=answer.wording.value,
        withheld=answer.withheld,
        sentences=tuple(_sentence(sentence, answer.language) for sentence in answer.sentences),
        clarification=_citation(answer.clarification, answer.language) if answer.clarification else None,
        disagreements=tuple(_disagreement(note) for note in answer.disagreements),
        nearest=tuple(near.passage.id for near in answer.nearest),
    )


def with_masked(answer: StoredAnswer, mask: Callable[[str], str]) -> StoredAnswer:
    """The answer with `mask` applied to everything but the documents' own words."""
    return replace(
        answer,
        question=mask(answer.question),
        standalone_question=mask(answer.standalone_question),
        sentences=tuple(
            sentence if sentence.verdict == Verdict.QUOTED else replace(sentence, text=mask(sentence.text))
            for sentence in answer.sentences
        ),
    )


def answer_as_text(answer: StoredAnswer) -> str:
    """The JSON that is stored."""
    # A lone surrogate, which a question may hold, cannot be written as UTF-8.
    text = json.dumps(asdict(answer), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8")


def answer_from_text(text: str) -> StoredAnswer:
    """The answer that `answer_as_text` wrote; raises ValueError or TypeError for anything else."""
    return built(StoredAnswer, json.loads(text))


def filters_as_json(filters: Filters) -> dict[str, Any]:
    """The filters by name, without what does not restrict."""
    plain = asdict(Filters())
    return {name: value for name, value in asdict(filters).items() if value != plain[name]}


def filters_as_text(filters: Filters) -> str:
    """The JSON that is stored."""
    return json.dumps(filters_as_json(filters), ensure_ascii=False, separators=(",", ":"))


def filters_from_text(text: str) -> Filters:
    """The filters that `filters_as_text` wrote; raises ValueError or TypeError for anything else."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(text).items()
    }
    return Filters(**values)


def _sentence(sentence: Sentence, language: Language) -> StoredSentence:
    citations = tuple(_citation(citation, language) for citation in sentence.citations)
    return StoredSentence(sentence.text, sentence.verdict.value, sentence.reason, citations)


def _citation(citation: Citation, language: Language) -> StoredCitation:
    return StoredCitation(
        mark=citation.mark,
        passage_id=citation.passage.id,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        document_id=citation.document.id,
        document=citation.document.title,
        document_sha256=citation.document.sha256,
        locator=locator(citation, language),
    )


def _disagreement(note: Disagreement) -> StoredDisagreement:
    return StoredDisagreement(
        note.first.mark,
        note.second.mark,
        tuple(difference.value for difference in note.differences),
        note.higher.mark if note.higher else None,
        note.newer.mark if note.newer else None,
    )
