"""Real answers over the seed text, built by hand: what a fake product returns in these tests."""

from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer, Citation, Conversation, Outcome, Sentence, Verdict
from evals.cases.case import Case
from knowledge.policy import Document, DocumentFacts, Passage, RetrievedPassage, Section

SEED_PATH = Path(__file__).parents[2] / "seeds" / "000_ee836371e256b8c8.txt"
SEED_TEXT = SEED_PATH.read_text(encoding="utf-8")
CASES_PATH = Path(__file__).parents[2] / "evals" / "cases" / "seed.jsonl"

GAPS = (
    "In recent years, China’s service trade has developed rapidly, with its scale ranking among the top "
    "globally, but there are still gaps compared to world-leading standards in many areas."
)
OPENNESS = (
    "Efforts should be made to advance institutional openness in service trade, strengthen alignment with "
    "high-standard international economic and trade rules, further shorten the negative list for "
    "cross-border service trade, and orderly relax market access in the service sector."
)
ENVIRONMENT = (
    "A favorable environment for service imports should be created by facilitating the cross-border movement "
    "of specialized professionals, optimizing cross-border fund management, and promoting the orderly flow "
    "of data across borders."
)
MARKET = (
    "Accelerating the development of a unified national market, standardizing licenses, qualifications, and "
    "technical standards in the service sector, and eliminating various hidden barriers are also important."
)
VISA = (
    "Further amplifying the effects of visa-free policies to attract more foreign nationals to travel and "
    "consume in China will help drive the overseas expansion of more high-quality services."
)


def document(text: str = SEED_TEXT, name: str = SEED_PATH.name) -> Document:
    return Document(
        id=name[:16],
        facts=DocumentFacts(title="Service trade"),
        text=text,
        language="en",
        sha256="0" * 64,
        path=f"/library/{name}",
    )


def passage(start: int, end: int, source: Document | None = None) -> Passage:
    held = source or document()
    section = Section(held, ordinal=0, heading_path=(), start=0, end=len(held.text))
    return Passage(id=f"{held.id}:{start}-{end}", section=section, start=start, end=end)


def retrieved(sentence: str, source: Document | None = None) -> RetrievedPassage:
    """A passage that is exactly this sentence."""
    held = source or document()
    start = held.text.index(sentence)
    found = passage(start, start + len(sentence), held)
    return RetrievedPassage(found, score=0.5, found_by=frozenset({"keywords"}))


def citation(quote: str, source: Document | None = None) -> Citation:
    held = source or document()
    start = held.text.index(quote)
    whole = passage(0, len(held.text), held)
    return Citation(mark=1, passage=whole, quote=quote, start=start, end=start + len(quote))


def answered(*citations: Citation, question: str = "?", confidence: float = 0.9) -> Answer:
    return Answer(
        outcome=Outcome.ANSWERED,
        question=question,
        standalone_question=question,
        language="en",
        confidence=confidence,
        sentences=tuple(
            Sentence(one.quote, (replace(one, mark=mark),), Verdict.QUOTED)
            for mark, one in enumerate(citations, start=1)
        ),
        considered=tuple(retrieved(one.quote, one.document) for one in citations if one.holds),
    )


def declined(
    question: str = "?", *, confidence: float = 0.1, outcome: Outcome = Outcome.NOT_IN_DOCUMENTS
) -> Answer:
    return Answer(outcome, question, question, "en", confidence)


def case(
    *gold: str,
    also_fine: tuple[str, ...] = (),
    documents: tuple[str, ...] = (SEED_PATH.name,),
    case_id: str = "c1",
    question: str = "How?",
    conversation: Conversation = (),
    topic: str = "flows",
    tags: tuple[str, ...] = (),
    language: str = "en",
    split: str = "tuning",
) -> Case:
    return Case(
        id=case_id,
        question=question,
        conversation=conversation,
        documents=documents,
        gold=gold,
        also_fine=also_fine,
        outcome=Outcome.ANSWERED if gold else Outcome.NOT_IN_DOCUMENTS,
        language="zh" if language == "zh" else "en",
        topic=topic,
        tags=tags,
        split="held_out" if split == "held_out" else "tuning",
    )
