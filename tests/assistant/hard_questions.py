"""Questions that the seed does not answer, and questions that it answers in one half only."""

from evals.cases.case import SEED_CASES, load_cases

_CASES = load_cases(SEED_CASES)
UNANSWERABLE = tuple(
    one.question for one in _CASES if not one.answerable and not one.conversation and one.tags != ("typo",)
)
_ANSWERABLE = tuple(
    one.question for one in _CASES if one.answerable and not one.conversation and one.language == "en"
)
_ENGLISH = tuple(one for one in UNANSWERABLE if one.isascii())


def _joined(first: str, second: str) -> str:
    return f"{first.rstrip('?. ')}, and {second[0].lower()}{second[1:]}"


# Every third: whole questions side by side, the answerable half now first, now last.
HALF_ANSWERABLE = tuple(
    _joined(*pair) if place % 2 else _joined(*reversed(pair))
    for place, pair in enumerate(zip(_ANSWERABLE[::3], _ENGLISH[::2], strict=False))
)
HARD_QUESTIONS = (*UNANSWERABLE, *HALF_ANSWERABLE)
