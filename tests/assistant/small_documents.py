"""Small documents cut as the product cuts them, and citations of their sentences."""

from hashlib import sha256
from pathlib import Path

from assistant.answer import Citation, Sentence, Verdict
from knowledge.passage_cutting import cut_passages
from knowledge.policy import Document, DocumentFacts, Language, Passage, RetrievedPassage
from knowledge.sectioning import split_sections

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = next(SEEDS.glob("*.txt"))
SEED_TEXT = SEED.read_text("utf-8")

ENVIRONMENT = (
    "A favorable environment for service imports should be created by facilitating the cross-border movement "
    "of specialized professionals, optimizing cross-border fund management, and promoting the orderly flow "
    "of data across borders."
)

# In the first paragraph of Article 2 a sentence goes on over a line break, as in hard-wrapped text.
LAW = """# Service Trade Facilitation Act

This text comes before the first chapter.

## Chapter 1 General

### Article 1

This Act applies to service exports. It does not apply to goods.

### Article 2

The authority may inspect the contracts at any time, and exporters shall give it all that it asks for, and
they shall not delay the inspection.

They shall keep each contract for 5 years.

## Chapter 2 Fees

### Article 3 Fees

(a) No fee is charged for registration.
(b) A fee of 20 yuan is charged for a paper certificate.
"""

MEASURES = """服务贸易便利化试行办法

第一章　总则
第一条　为扩大服务出口，提高贸易便利化水平，制定本办法。
第二章　便利措施
第二条　服务出口企业可以凭合同直接办理跨境收付。
企业应当妥善保存合同及相关凭证，保存期限为五年。主管部门可以抽查，企业应当配合。
第三条　主管部门应当自受理申请之日起五个工作日内作出决定。
"""


def make_document(text: str, title: str = "A document", language: Language = "en") -> Document:
    """A document as the library would hold it."""
    digest = sha256(text.encode()).hexdigest()
    return Document(digest[:16], DocumentFacts(title), text, language, digest, f"/documents/{digest[:8]}.txt")


def seed_document() -> Document:
    """The seed document with a short title."""
    return make_document(SEED_TEXT, "Innovative Development of Service Trade")


def law() -> Document:
    """An English law in Markdown, made up for the tests."""
    return make_document(LAW, "Service Trade Facilitation Act")


def measures() -> Document:
    """A Chinese regulation in plain text, made up for the tests."""
    return make_document(MEASURES, "服务贸易便利化试行办法", "zh")


def passages_of(document: Document, *, limit: int = 220) -> list[Passage]:
    """The passages of a document, in order."""
    return [passage for section in split_sections(document) for passage in cut_passages(section, limit=limit)]


def retrieved_from(document: Document) -> list[RetrievedPassage]:
    """The passages of a document as if search had returned them in order."""
    return [
        RetrievedPassage(passage, 1 / rank, frozenset({"keywords"}))
        for rank, passage in enumerate(passages_of(document), start=1)
    ]


def citation_of(document: Document, quote: str, mark: int = 1) -> Citation:
    """A citation of words that stand in the document, in the passage that holds them."""
    start = document.text.index(quote)
    end = start + len(quote)
    passage = next(one for one in passages_of(document) if one.start <= start and end <= one.end)
    return Citation(mark, passage, quote, start, end)


def quoted(document: Document, quote: str, mark: int = 1) -> Sentence:
    """A sentence that quotes the document."""
    return Sentence(quote, (citation_of(document, quote, mark),), Verdict.QUOTED)
