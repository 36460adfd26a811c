"""An assistant whose answers are written down: real documents, sections and citations, no search.

Run `python -m tests.web.scripted_assistant [PORT]` to look at the page with it.
"""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from assistant.answer import Answer, Citation, Conversation, Outcome, Sentence, Verdict
from assistant.answering import Sources, Step
from assistant.claims.claim_alignment import SourceSentence, SourceText
from assistant.claims.claim_support import ClaimSupport, Reason, SentenceSupport
from assistant.errors import BadQuestion
from assistant.guidance.guidance import Facet, FacetGuidance, Guidance, Provision
from assistant.guidance.provisions import provision_of, units_of
from assistant.receipts.receipt import Receipt, receipt_of
from assistant.receipts.verifying import what_no_longer_holds
from knowledge.language import language_of
from knowledge.paragraphs import Span
from knowledge.policy import (
    Document,
    DocumentFacts,
    Entry,
    Filters,
    Language,
    Passage,
    RetrievedPassage,
    Section,
    Validity,
)

SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt"))

MEASURES = """服务贸易便利化试行办法

第一章　总则
第一条　为扩大服务出口，提高贸易便利化水平，制定本办法。
第二章　便利措施
第二条　服务出口企业可以凭合同直接办理跨境收付。
企业应当妥善保存合同及相关凭证，保存期限为五年；
主管部门可以抽查，企业应当配合。
第三条　主管部门应当自受理申请之日起五个工作日内作出决定。
"""

HOSTILE = """<h1>Notice & <script>window.hacked = 1</script></h1>
The fee is <b>waived</b> for "small" firms & <img src=x onerror="window.hacked = 2"> others.
Nothing else ${window.hacked = 3} {{is}} said &amp; done.
"""


def make_document(text: str, facts: DocumentFacts, language: Language) -> Document:
    """A document as the library would hold it."""
    digest = sha256(text.encode()).hexdigest()
    return Document(digest[:16], facts, text, language, digest, f"/documents/{digest[:8]}.txt")


def cut(document: Document, headings: Sequence[tuple[str, ...]], starts: Sequence[str]) -> list[Section]:
    """Sections that begin where the given strings stand, each under its headings."""
    offsets = [document.text.index(start) for start in starts] + [len(document.text)]
    return [
        Section(document, ordinal, path, offsets[ordinal], offsets[ordinal + 1])
        for ordinal, path in enumerate(headings)
    ]


@dataclass(frozen=True)
class MemoryLibrary:
    """A library that is a dictionary."""

    held: Mapping[str, list[Section]]

    changes: int = 0

    def passage_counts(self) -> dict[str, int]:
        return {id_: len(sections) for id_, sections in self.held.items()}

    def documents(self) -> list[Document]:
        return [sections[0].document for sections in self.held.values()]

    def entries(self) -> list[Entry]:
        return [Entry(one.id, one.facts, one.language) for one in self.documents()]

    def document(self, document_id: str) -> Document | None:
        return self.held[document_id][0].document if document_id in self.held else None

    def sections(self, document_id: str) -> list[Section]:
        return self.held[document_id]


def seed_sections() -> list[Section]:
    """The seed directive: no headings, one section."""
    facts = DocumentFacts(
        title="Accelerating the Innovative Development of Service Trade: 15th thematic study session",
        issuer="State Council",
        date="--08-26",
        kind="report of a study session",
    )
    seed = make_document(SEED.read_text("utf-8"), facts, "en")
    return [Section(seed, 0, (), 0, len(seed.text))]


def measures_sections() -> list[Section]:
    """A Chinese document with chapters and articles, made up for the tests."""
    facts = DocumentFacts(title="服务贸易便利化试行办法", date="2021-04-29")
    document = make_document(MEASURES, facts, "zh")
    paths = [("第一章　总则", "第一条"), ("第二章　便利措施", "第二条"), ("第二章　便利措施", "第三条")]
    return cut(document, paths, ["第一章", "第二章", "第三条"])


def hostile_sections() -> list[Section]:
    """A document whose title and text try to be HTML, a script and a template."""
    facts = DocumentFacts(
        title="<script>window.hacked = 4</script> Fees", issuer='<img src=x onerror="hacked=5">'
    )
    document = make_document(HOSTILE, facts, "en")
    return [Section(document, 0, (), 0, len(HOSTILE))]


def full_library() -> MemoryLibrary:
    """Seed, Chinese measures and hostile text."""
    sections = (seed_sections(), measures_sections(), hostile_sections())
    return MemoryLibrary({cut_[0].document.id: cut_ for cut_ in sections})


# What each question quotes; a quote is found in whichever document holds it.
ANSWERS: dict[str, list[str]] = {
    "How should a favourable environment for service imports be created?": [
        "A favorable environment for service imports should be created by facilitating the cross-border "
        "movement of specialized professionals, optimizing cross-border fund management, and promoting the "
        "orderly flow of data across borders.",
        "Accelerating the development of a unified national market, standardizing licenses, qualifications, "
        "and technical standards in the service sector, and eliminating various hidden barriers are also "
        "important.",
    ],
    "What about service exports?": [
        "It was noted that, leveraging China’s comparative advantages, efforts should focus on enhancing the "
        "international competitiveness of service exports and strengthening the scale and quality of service "
        "exports.",
        "Further amplifying the effects of visa-free policies to attract more foreign nationals to travel "
        "and consume in China will help drive the overseas expansion of more high-quality services.",
    ],
    "如何扩大服务出口？": [
        "服务出口企业可以凭合同直接办理跨境收付。",
        "企业应当妥善保存合同及相关凭证，保存期限为五年；\n主管部门可以抽查，企业应当配合。",
        "Expanding exports of producer services in advantageous manufacturing sectors, guiding high-quality "
        "manufacturing enterprises to evolve from product manufacturers into comprehensive service "
        "providers, and better integrating service exports with goods exports to increase comprehensive "
        "added value are key.",
    ],
    "What is the fee?": [
        'The fee is <b>waived</b> for "small" firms & <img src=x onerror="window.hacked = 2"> others.',
        "Nothing else ${window.hacked = 3} {{is}} said &amp; done.",
    ],
}
SLOWLY = " Take your time."
RESTATED = {"What about service exports?": "How should service exports be strengthened?"}


@dataclass(frozen=True)
class ScriptedAssistant:
    """Answers what `answers` holds, declines the rest; `pause` seconds go by before every step.

    A question that ends with SLOWLY is answered as it is without that, `slow` seconds before every step.
    """

    library: MemoryLibrary = field(default_factory=full_library)
    answers: Mapping[str, list[str]] = field(default_factory=lambda: ANSWERS)
    pause: float = 0.0
    slow: float = 0.0
    validities: Mapping[str, Validity] = field(default_factory=dict)  # by document id

    built_with: Mapping[str, str] = field(default_factory=lambda: {"embedder": "none"})

    def validity(self, document_id: str) -> Validity:
        return self.validities.get(document_id, Validity("unknown"))

    def for_collections(self, collections: frozenset[str] | None) -> "ScriptedAssistant":
        return self

    def steps(
        self,
        question: str,
        conversation: Conversation = (),
        filters: Filters = Filters(),  # noqa: B008
    ) -> Iterator[Step]:
        question = question.strip()
        if len(question) > 2_000:
            raise BadQuestion(f"The question has {len(question):,} characters; 2,000 are allowed.")
        if question == "crash":
            raise RuntimeError("secret detail")
        pause = self.slow if question.endswith(SLOWLY) else self.pause
        question = question.removesuffix(SLOWLY)
        standalone = RESTATED.get(question, question) if conversation else question
        quotes = self.answers.get(question, [])
        citations = [self._citation(mark, quote) for mark, quote in enumerate(quotes, 1)]
        found = tuple(
            RetrievedPassage(passage, 0.1, frozenset({"keywords"}), self.validity(passage.document.id))
            for passage in self._passages()
        )
        time.sleep(pause)
        yield Sources(standalone, found)
        sentences = tuple(Sentence(citation.quote, (citation,), Verdict.QUOTED) for citation in citations)
        for sentence in sentences:
            time.sleep(pause)
            yield sentence
        time.sleep(pause)
        yield Answer(
            outcome=Outcome.ANSWERED if sentences else Outcome.NOT_IN_DOCUMENTS,
            question=question,
            standalone_question=standalone,
            language="zh" if any("\u4e00" <= character <= "\u9fff" for character in question) else "en",
            confidence=0.9 if sentences else 0.1,
            sentences=sentences,
            considered=found,
        )

    def found(
        self,
        question: str,
        filters: Filters = Filters(),  # noqa: B008
        limit: int = 10,
    ) -> list[RetrievedPassage]:
        """The first passages of the library, whatever is asked."""
        found = [RetrievedPassage(passage, 0.1, frozenset({"keywords"})) for passage in self._passages()]
        return found[:limit]

    def checked_claim(self, claim: str, sources: Sequence[SourceText]) -> ClaimSupport:
        """Supported is what stands word for word in a source."""
        held = [one for one in sources if claim in one.text]
        evidence = tuple(
            SourceSentence(one, one.text.index(claim), one.text.index(claim) + len(claim)) for one in held
        )
        reason = Reason.SUPPORTED if held else Reason.LITTLE_SAID
        sentence = SentenceSupport(claim, 0, len(claim), float(bool(held)), bool(held), reason, evidence)
        return ClaimSupport(claim, (sentence,))

    def receipt(self, answer: Answer, as_of: str | None = None) -> Receipt:
        return receipt_of(
            answer, as_of=as_of or "2026-01-01", made=datetime(2026, 1, 1, tzinfo=UTC), index={}
        )

    def no_longer_holds(self, receipt: Receipt) -> list[str]:
        return what_no_longer_holds(receipt, self.library, self.validity)

    def guidance(self, description: str, filters: Filters = Filters()) -> Guidance:  # noqa: B008
        """Every provision of the library as one matter, and one matter that is not covered."""
        if len(description) > 2_000:
            raise BadQuestion(f"The question has {len(description):,} characters; 2,000 are allowed.")
        if description == "crash":
            raise RuntimeError("secret detail")
        time.sleep(self.pause)
        span = Span(0, len(description))
        lines: dict[str, Provision] = {}
        for passage in self._passages():
            for unit in units_of(passage):
                provision = provision_of(unit, self.validity(passage.document.id))
                if provision is not None:
                    lines.setdefault(provision.sentence.text, provision)
        covered = Facet("payments", "Payments", description, span, (description,))
        missing = Facet("", "ASEAN", description, span, (description,))
        near = RetrievedPassage(self._passages()[0], 0.1, frozenset({"keywords"}))
        facets = (FacetGuidance(covered, tuple(lines.values())), FacetGuidance(missing, (), (near,)))
        return Guidance(description, language_of(description), facets)

    def _passages(self) -> list[Passage]:
        """One passage a paragraph, over the whole library."""
        passages = []
        for sections in self.library.held.values():
            for section in sections:
                start = section.start
                for line in section.text.splitlines(keepends=True):
                    if line.strip():
                        end = start + len(line.rstrip("\n"))
                        passages.append(Passage(f"{section.document.id}:{start}-{end}", section, start, end))
                    start += len(line)
        return passages

    def _citation(self, mark: int, quote: str) -> Citation:
        for sections in self.library.held.values():
            for section in sections:
                start = section.document.text.find(quote, section.start, section.end)
                if start >= 0:
                    passage = Passage(
                        f"{section.document.id}:{section.start}-{section.end}",
                        section,
                        section.start,
                        section.end,
                    )
                    return Citation(mark, passage, quote, start, start + len(quote))
        raise LookupError(quote)


if __name__ == "__main__":
    from assistant.web.server import serve
    from assistant.web.site import Site
    from tests.network_guard import forbid_network

    forbid_network()
    serve(Site(ScriptedAssistant(slow=0.15)), port=int(sys.argv[1]) if len(sys.argv) > 1 else 7860)
