from assistant.claims.claim_support import ClaimSupport, SentenceSupport
from evals.claims.labelled import LabelledClaim
from evals.public.claims import claim_figures


def claim(*, supported: bool, kind: str = "") -> LabelledClaim:
    return LabelledClaim("A claim.", (), supported, "one", kind=kind)


def judged(score: float) -> ClaimSupport:
    """Supported from .5 on."""
    return ClaimSupport("A claim.", (SentenceSupport("A claim.", 0, 8, score, score >= 0.5, "", ()),))


def test_agreement_and_what_passes_of_each_kind() -> None:
    claims = [
        claim(supported=True, kind="reworded"),
        claim(supported=True, kind="reworded"),
        claim(supported=False, kind="number"),
        claim(supported=False, kind="number"),
    ]

    figures = claim_figures(claims, [judged(0.9), judged(0.4), judged(0.6), judged(0.1)])

    assert {one.name: None if one.value is None else round(one.value, 9) for one in figures} == {
        "AUROC": 0.75,  # of four pairs, three in the right order
        "balanced accuracy": 0.5,  # one of two, one of two
        "calibration error": 0.35,  # |.9-1| + |.4-1| + |.6-0| + |.1-0| = 1.4, over four
        "pass, true: reworded": 0.5,
        "pass, false: number": 0.5,
    }


def test_claims_without_a_kind_have_no_figure_of_one() -> None:
    figures = claim_figures([claim(supported=True), claim(supported=False)], [judged(0.9), judged(0.1)])

    assert [one.name for one in figures] == ["AUROC", "balanced accuracy", "calibration error"]
