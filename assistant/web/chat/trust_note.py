"""How far an answer may be trusted: one quiet line, and behind it what is checked and what is estimated."""

from html import escape

from assistant.calibration import HeldOutDecisions, held_out_decisions
from assistant.web.words import Words


def trust_note(words: Words, measured: HeldOutDecisions | None = None) -> str:
    """The line as HTML, closed; the figures are those that the shipped weights were measured at."""
    figures = measured or held_out_decisions()
    slots = {
        "right": f"{100 * figures.right:.0f}",
        "questions": figures.questions,
        "declined": f"{100 * figures.unanswerable_declined:.0f}",
    }
    return (
        f'<details class="trust"><summary>{escape(words("trust", **slots))}</summary>'
        f"<p>{escape(words('trust_text', **slots))}</p></details>"
    )
