"""Guidance over a made-up regulation, without search."""

from assistant.guidance.guidance import Facet, FacetGuidance, Guidance, Provision
from assistant.guidance.provisions import provision_of, units_of
from knowledge.paragraphs import Span
from knowledge.policy import Document, Passage, RetrievedPassage, Validity
from tests.assistant.small_documents import make_document, passages_of, retrieved_from

RULES = """数据出境试行办法

第一条 为规范数据出境，制定本办法。

第二条 企业向境外提供个人信息的，应当具备下列条件之一：

（一）通过安全评估；

（二）取得认证。

法律另有规定的，从其规定。

第三条 企业可以自行选择认证机构。但是，法律另有规定的除外。未经批准，任何企业不得出境<核心|数据>。

第四条 主管部门应当自受理申请之日起五日内作出决定。
"""


def rules() -> Document:
    """A Chinese regulation with a list, an exception and signs of Markdown and HTML."""
    return make_document(RULES, "数据出境试行办法", "zh")


def provisions(document: Document | None = None) -> list[Provision]:
    """Every provision of the regulation, in order."""
    seen: dict[tuple[int, int], Provision] = {}
    for passage in passages_of(document or rules()):
        for unit in units_of(passage):
            provision = provision_of(unit, Validity("unknown"))
            if provision:
                seen[(provision.citations[0].start, provision.citations[0].end)] = provision
    return list(seen.values())


def made_guidance(language: str = "en") -> Guidance:
    """One facet with every provision of the regulation, and one that is not covered."""
    covered = Facet("data_abroad", "Moving data abroad", "move data abroad", Span(8, 24), ("data",))
    missing = Facet("", "ASEAN", "ASEAN", Span(28, 33), ("ASEAN",))
    near: tuple[RetrievedPassage, ...] = tuple(retrieved_from(rules()))[:1]
    return Guidance(
        "We want move data abroad to ASEAN",
        "zh" if language == "zh" else "en",
        (FacetGuidance(covered, tuple(provisions())), FacetGuidance(missing, (), near)),
        withheld=1,
        places_left_out=2,
    )


def one_passage(document: Document, words: str) -> Passage:
    """The passage of a document that holds the words."""
    return next(one for one in passages_of(document) if words in one.text)
