"""Quotations and rewordings pass, planted errors do not, in English and Chinese, with the shipped weights."""

import pytest

from assistant.claims.claim_support import ClaimChecker, Reason, SourceText
from assistant.claims.claim_weights import claim_weights
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder

ENGLISH = SourceText(
    "en",
    "The Ministry of Commerce shall publish the negative list before August 26, 2024. Firms registered in "
    "the pilot zones may apply for a licence within 30 days. The fee is five per cent of the contract value, "
    "except for small firms. A bank shall not disclose the records of its clients to third parties. The "
    "budget for training rose to 260,000 yuan.",
)
CHINESE = SourceText(
    "zh",
    "商务部应当在2024年8月26日前公布负面清单。试点地区注册的企业可以在三十日内申请许可证。费用为合同金额的百分之五，"
    "小型企业除外。银行不得向第三方披露客户记录。培训预算增加到26万元。",
)


@pytest.fixture(scope="module")
def checker(embedder: Embedder, dictionary: ChineseDictionary) -> ClaimChecker:
    return ClaimChecker(embedder, dictionary, claim_weights())


@pytest.mark.parametrize(
    "claim",
    [
        "The Ministry of Commerce shall publish the negative list before August 26, 2024.",
        "Before 26 August 2024 the Ministry of Commerce must publish the negative list.",
        "Firms registered in the pilot zones may apply for a licence within thirty days.",
        "The fee is 5% of the contract value, except for small firms.",
        "A bank must not disclose its clients' records to third parties.",
        "The budget for training rose to 260 thousand yuan.",
        "商务部必须在2024年8月26日前公布负面清单。",
        "试点地区注册的企业可以在30日内申请许可证。",
        "费用为合同金额的5%，小型企业除外。",
        "银行不得向第三方披露客户记录。",
        "培训预算增加到二十六万元。",
    ],
)
def test_quotations_and_light_rewordings_pass(claim: str, checker: ClaimChecker) -> None:
    support = checker.check(claim, [CHINESE if claim[0] > "z" else ENGLISH])

    assert support.supported, support
    assert support.sentences[0].reason is Reason.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (
            "The Ministry of Commerce shall publish the negative list before August 28, 2024.",
            Reason.NUMBER_MISSING,
        ),
        (
            "The Ministry of Commerce shall publish the negative list before August 26, 2023.",
            Reason.NUMBER_MISSING,
        ),
        (
            "Firms registered in the pilot zones may apply for a licence within 30 months.",
            Reason.NUMBER_MISSING,
        ),
        ("The fee is 6% of the contract value, except for small firms.", Reason.NUMBER_MISSING),
        ("The budget for training rose to 26,000 yuan.", Reason.NUMBER_MISSING),
        (
            "The Ministry of Finance shall publish the negative list before August 26, 2024.",
            Reason.NAME_MISSING,
        ),
        ("Firms registered in the pilot zones may not apply for a licence within 30 days.", Reason.NEGATION),
        ("A bank shall disclose the records of its clients to third parties.", Reason.NEGATION),
        ("The Ministry of Commerce may publish the negative list before August 26, 2024.", Reason.OBLIGATION),
        ("Firms registered in the pilot zones must apply for a licence within 30 days.", Reason.OBLIGATION),
        ("Only firms registered in the pilot zones may apply for a licence within 30 days.", Reason.LIMIT),
        ("The fee is five per cent of the contract value.", Reason.LIMIT),
        ("The Ministry of Commerce shall publish the negative list after August 26, 2024.", Reason.DIRECTION),
        ("The budget for training fell to 260,000 yuan.", Reason.DIRECTION),
        ("The council met on a ship and sang of steel.", Reason.LITTLE_SAID),
        ("商务部应当在2024年8月28日前公布负面清单。", Reason.NUMBER_MISSING),
        ("试点地区注册的企业可以在六十日内申请许可证。", Reason.NUMBER_MISSING),
        ("费用为合同金额的百分之六，小型企业除外。", Reason.NUMBER_MISSING),
        ("财政部应当在2024年8月26日前公布负面清单。", Reason.NAME_MISSING),
        ("试点地区注册的企业不得在三十日内申请许可证。", Reason.NEGATION),
        ("银行可以向第三方披露客户记录。", Reason.NEGATION),
        ("商务部可以在2024年8月26日前公布负面清单。", Reason.OBLIGATION),
        ("试点地区注册的企业应当在三十日内申请许可证。", Reason.OBLIGATION),
        ("只有试点地区注册的企业可以在三十日内申请许可证。", Reason.LIMIT),
        ("费用为合同金额的百分之五。", Reason.LIMIT),
        ("培训预算减少到26万元。", Reason.DIRECTION),
        ("理事会讨论了钢铁关税。", Reason.LITTLE_SAID),
    ],
)
def test_a_planted_error_does_not_pass_and_is_named(
    claim: str, reason: Reason, checker: ClaimChecker
) -> None:
    support = checker.check(claim, [CHINESE if claim[0] > "z" else ENGLISH])

    assert not support.supported
    assert support.score < claim_weights().supported_from
    assert support.sentences[0].reason is reason


@pytest.mark.parametrize(
    ("claim", "source", "supported"),
    [
        ("Registered enterprises in pilot areas can apply for a permit within 30 days.", CHINESE, True),
        ("Registered enterprises in pilot areas can apply for a permit within 60 days.", CHINESE, False),
        ("A bank must disclose customer records to third parties.", CHINESE, False),
        ("银行不得向第三方披露客户记录。", ENGLISH, True),
        ("银行可以向第三方披露客户记录。", ENGLISH, False),
        ("培训预算增加到26万元。", ENGLISH, True),
        ("培训预算增加到28万元。", ENGLISH, False),
    ],
)
def test_a_claim_is_checked_against_a_text_in_the_other_language(
    claim: str, source: SourceText, supported: bool, checker: ClaimChecker
) -> None:
    assert checker.check(claim, [source]).supported is supported


def test_a_claim_is_as_strong_as_its_weakest_sentence_and_each_has_its_evidence(
    checker: ClaimChecker,
) -> None:
    claim = (
        "The budget for training rose to 260,000 yuan. "
        "The fee is 6% of the contract value, except for small firms."
    )

    support = checker.check(claim, [CHINESE, ENGLISH])

    right, wrong = support.sentences
    assert (right.supported, wrong.supported, support.supported) == (True, False, False)
    assert support.score == wrong.score < right.score
    assert [claim[one.start : one.end] for one in support.sentences] == [right.text, wrong.text]
    assert "The budget for training rose to 260,000 yuan." in [one.text for one in right.evidence]
    for one in (*right.evidence, *wrong.evidence):
        assert one.source.text[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("claim", "sources"),
    [
        ("The fee is 5%.", []),
        ("The fee is 5%.", [SourceText("a", ""), SourceText("b", " \n ")]),
        ("It is.", [ENGLISH]),  # no word that carries meaning
    ],
)
def test_nothing_to_compare_is_not_supported(
    claim: str, sources: list[SourceText], checker: ClaimChecker
) -> None:
    (sentence,) = checker.check(claim, sources).sentences

    assert (sentence.score, sentence.supported, sentence.evidence) == (0.0, False, ())
    assert sentence.reason is Reason.NOTHING_TO_COMPARE


@pytest.mark.parametrize("claim", ["", " \n", "…", "***"])
def test_a_claim_without_words_is_not_supported(claim: str, checker: ClaimChecker) -> None:
    support = checker.check(claim, [ENGLISH])

    assert (support.sentences, support.score, support.supported) == ((), 0.0, False)
