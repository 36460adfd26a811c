"""An answer as the content of a chat message, for front ends that show Markdown and know no citations.

The sentences come first, each with its marks; what must be said with them and the list of sources follow. The
quotes themselves travel untouched in the extension field.
"""

import re

from assistant.answer import Answer, Citation, Outcome, Sentence, Wording
from assistant.answer_text import framing, locator, place
from assistant.disagreement_text import disagreement_note
from assistant.validity_text import validity_of, warning
from assistant.web.api.as_objects import link
from knowledge.policy import Language

_SOURCES: dict[Language, str] = {"en": "Sources:", "zh": "来源："}
_MAY_LOOK: dict[Language, str] = {"en": "You may look at:", "zh": "可供参阅："}
_RULE = "\n\n---\n"  # between what is said and what is listed
# What Markdown or the HTML in it would take for a sign: a document must not draw a picture from elsewhere.
_SIGNS = re.compile(r"([\\`<\[\]!*_~|])")


def sentence_content(sentence: Sentence, *, first: bool) -> str:
    """One sentence with its marks, behind those that are shown already."""
    marks = "".join(f"[{citation.mark}]" for citation in sentence.citations)
    return f"{'' if first else ' '}{plain(sentence.text)} {marks}".rstrip()


def closing_content(answer: Answer, shown: tuple[Sentence, ...], base: str) -> str:
    """What follows the sentences that were shown: remarks, warnings and the sources, with links below `base`.

    Where the answer stands in place of the shown sentences, because a draft broke off, it is told whole.
    """
    parts = []
    if shown != answer.sentences:
        whole = "".join(
            sentence_content(sentence, first=not index) for index, sentence in enumerate(answer.sentences)
        )
        parts += [plain(framing(answer)), whole]
    elif (
        not answer.sentences or answer.outcome is not Outcome.ANSWERED or answer.wording is not Wording.QUOTED
    ):
        parts.append(plain(framing(answer)))
    parts += [plain(disagreement_note(note, answer.language)) for note in answer.disagreements]
    said = "\n\n".join(part for part in parts if part)
    lead = "\n\n" if shown and said else ""
    return f"{lead}{said}{_listed(answer, base)}"


def without_sources(content: str) -> str:
    """What was said in an earlier answer, without the list of sources below it."""
    return content.partition(_RULE)[0]


def plain(text: str) -> str:
    """Words on one line, read as they are by whoever renders Markdown, with nothing loaded for them."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def _listed(answer: Answer, base: str) -> str:
    if answer.citations:
        lines = [_source(citation, answer, base) for citation in answer.citations]
        return f"{_RULE}{_SOURCES[answer.language]}\n\n" + "\n\n".join(lines)
    if answer.nearest:
        lines = [
            f"- {plain(place(one))}: {base}{link(one.document.id, one.start, one.end)}"
            for one in (near.passage for near in answer.nearest)
        ]
        return f"{_RULE}{_MAY_LOOK[answer.language]}\n\n" + "\n".join(lines)
    return ""


def _source(citation: Citation, answer: Answer, base: str) -> str:
    where = f"{plain(citation.document.title)}, {plain(locator(citation, answer.language))}"
    told = warning(validity_of(citation.document, answer.considered), answer.language)
    warned = f" ({plain(told)})" if told else ""
    address = f"{base}{link(citation.document.id, citation.start, citation.end)}"
    return f"[{citation.mark}] {where}{warned}: {address}"
