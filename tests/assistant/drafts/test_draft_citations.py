"""The sentences of a passage that a drafted sentence rests on, whole and where they stand."""

import pytest

from assistant.answer import Sentence, Verdict
from assistant.checking import word_for_word
from assistant.claims.claim_weights import claim_weights
from assistant.drafts.draft_citations import UNMARKED, Evidence
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.policy import Passage
from tests.assistant.small_documents import law, measures, passages_of

FEES = next(one for one in passages_of(law()) if "No fee" in one.text)
FIRST = next(one for one in passages_of(law()) if "applies to service" in one.text)
KEPT = next(one for one in passages_of(measures()) if "保存期限" in one.text)


@pytest.fixture
def evidence(embedder: Embedder, dictionary: ChineseDictionary) -> Evidence:
    return Evidence(embedder, dictionary, claim_weights())


@pytest.mark.parametrize(
    ("text", "passage", "quote"),
    [
        ("For a paper certificate 20 yuan have to be paid.", FEES, "(b) A fee of 20 yuan is charged"),
        ("Registration is free of any fee.", FEES, "(a) No fee is charged for registration."),
        ("Service exports come under the Act.", FIRST, "This Act applies to service exports."),
        ("合同及凭证应当保存五年。", KEPT, "企业应当妥善保存合同及相关凭证，保存期限为五年。"),
        ("Contracts shall be kept for five years.", KEPT, "保存期限为五年。"),
    ],
)
def test_the_sentence_that_carries_it_is_quoted(
    evidence: Evidence, text: str, passage: Passage, quote: str
) -> None:
    citations = evidence.citations(text, [passage])

    assert any(quote in citation.quote for citation in citations)
    for citation in citations:
        assert citation.holds
        assert citation.mark == UNMARKED
        whole = Sentence(citation.quote, (citation,), Verdict.UNSUPPORTED)
        assert word_for_word(whole).verdict is Verdict.QUOTED


def test_words_that_repeat_a_passage_cite_just_those(evidence: Evidence) -> None:
    (one,) = evidence.citations("This Act applies  to service exports.", [FEES, FIRST])
    (two,) = evidence.citations("This Act applies to service exports. It does not apply to goods.", [FIRST])

    assert one.quote == "This Act applies to service exports."
    assert two.quote == "This Act applies to service exports. It does not apply to goods."


def test_each_passage_that_is_named_is_quoted_and_headings_are_not(evidence: Evidence) -> None:
    citations = evidence.citations("The Act applies to exports, and no fee is charged.", [FIRST, FEES])

    assert {citation.passage.id for citation in citations} == {FIRST.id, FEES.id}
    assert not any(citation.quote.startswith("#") for citation in citations)


def test_a_text_without_words_cites_nothing(evidence: Evidence) -> None:
    assert evidence.citations("…", [FEES]) == ()
