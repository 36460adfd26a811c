"""An assistant for every state of asking: five formats, filters, a condition, warnings, hostile text.

Run `python -m tests.web.asking_assistant FOLDER [PORT]` to look at the page with it; FOLDER gets the files.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answer import Answer, Citation, Conversation, Outcome, Sentence, Verdict, Wording
from assistant.answering import Sources, Step
from knowledge.findable import passes
from knowledge.policy import DocumentFacts, Filters, RetrievedPassage, Section, Validity
from tests.web.hostile_payloads import payloads
from tests.web.many_formats import FORMATS, quotes_of, sections_of_files
from tests.web.scripted_assistant import (
    ANSWERS,
    MemoryLibrary,
    ScriptedAssistant,
    make_document,
    measures_sections,
)

FEES = {format_: f"What do the rules say as {format_.upper()}?" for format_ in FORMATS}
APPLIES, CONDITION = "Does the waiver apply to us?", "for firms of fewer than ten people & for <new> firms"
APPLIES_ZH, CONDITION_ZH = "我们是否可以直接办理跨境收付？", "凭合同"
DRAFTED = "What does a model make of the fee?"
ENDING = "办理跨境收付有什么便利？"
HOSTILE = "Say everything hostile."
FOLLOW_UP = "And why?"
_A_DOCUMENT = 12  # hostile texts


def hostile_documents() -> list[list[Section]]:
    """Documents whose titles, issuers and every line are texts that try to be more."""
    found = []
    texts = payloads()
    for start in range(0, len(texts), _A_DOCUMENT):
        some = texts[start : start + _A_DOCUMENT]
        named = " ".join(some)
        facts = DocumentFacts(
            title=f"{start} {named}", issuer=named, kind=some[0], number=named, date="2020-01-01"
        )
        document = make_document("\n".join([*some, ""]), facts, "en")
        found.append([Section(document, 0, (some[0],), 0, len(document.text))])
    return found


@dataclass(frozen=True)
class AskingAssistant(ScriptedAssistant):
    """Answers the questions above; of documents that pass the filters alone."""

    def steps(
        self,
        question: str,
        conversation: Conversation = (),
        filters: Filters = Filters(),  # noqa: B008
    ) -> Iterator[Step]:
        asked_back = conversation[-1].asked_for if conversation else None
        told = f"{conversation[-2].text} {question}" if asked_back or question == FOLLOW_UP else question
        found = tuple(
            RetrievedPassage(passage, 0.1, frozenset({"keywords"}), self.validity(passage.document.id))
            for passage in self._passages()
            if passes(passage.document, filters)
        )
        yield Sources(told, found[:60])
        quotes = self._quotes(told)
        cited = [
            one
            for one in map(self._citation, range(1, len(quotes) + 1), quotes)
            if passes(one.document, filters)
        ]
        sentences = tuple(self._sentence(one, told) for one in cited)
        yield from sentences[:10]
        clarification = None if asked_back else self._condition(question, cited)
        outcome = Outcome.ANSWERED if sentences else Outcome.NOT_IN_DOCUMENTS
        yield Answer(
            outcome=Outcome.NEEDS_CLARIFICATION if clarification else outcome,
            question=question,
            standalone_question=told,
            language="zh" if any("\u4e00" <= sign <= "\u9fff" for sign in told) else "en",
            confidence=0.9 if sentences else 0.1,
            sentences=sentences,
            considered=found,
            clarification=clarification,
            withheld=2 if told == DRAFTED else 0,
            wording=Wording.DRAFTED if told == DRAFTED else Wording.QUOTED,
        )

    def _quotes(self, told: str) -> list[str]:
        by_question = {question: quotes_of(format_) for format_, question in FEES.items()}
        by_question |= {
            DRAFTED: quotes_of("md"),
            APPLIES: quotes_of("txt")[1:],
            APPLIES_ZH: ["服务出口企业可以凭合同直接办理跨境收付。"],
            ENDING: ["服务出口企业可以凭合同直接办理跨境收付。"],
            HOSTILE: [one for one in payloads() if one.strip()],
        }
        return next((quotes for question, quotes in by_question.items() if told.startswith(question)), [])

    def _sentence(self, citation: Citation, told: str) -> Sentence:
        if told == DRAFTED and citation.mark == 1:
            return Sentence("Exporters owe a yearly fee.", (citation,), Verdict.SUPPORTED)
        if told == HOSTILE and citation.mark % 2:
            return Sentence(citation.quote, (citation,), Verdict.SUPPORTED)
        return Sentence(citation.quote, (citation,), Verdict.QUOTED)

    def _condition(self, question: str, cited: list[Citation]) -> Citation | None:
        words = {APPLIES: CONDITION, APPLIES_ZH: CONDITION_ZH}.get(question)
        if words is None or not cited:
            return None
        start = cited[0].start + cited[0].quote.index(words)
        return replace(cited[0], quote=words, start=start, end=start + len(words))


def asking_assistant(folder: Path) -> AskingAssistant:
    """With files of five formats; the Chinese measures soon end, the rules as text were superseded."""
    files = sections_of_files(folder)
    measures = measures_sections()
    held = [*files.values(), measures, *hostile_documents()]
    later = files["pdf"][0].document
    validities: Mapping[str, Validity] = {
        measures[0].document.id: Validity("in force", ends="2027-01-31", ends_soon=True),
        files["txt"][0].document.id: Validity(
            "superseded", begins="2020-05-01", by=later.id, by_title=later.title, by_date="2024-05-01"
        ),
    }
    library = MemoryLibrary({sections[0].document.id: sections for sections in held})
    return AskingAssistant(library=library, answers=ANSWERS, validities=validities)


if __name__ == "__main__":
    from assistant.web.server import serve
    from assistant.web.site import Site
    from tests.network_guard import forbid_network

    forbid_network()
    serve(Site(asking_assistant(Path(sys.argv[1]))), port=int(sys.argv[2]) if len(sys.argv) > 2 else 7860)
