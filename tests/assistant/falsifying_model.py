"""A language model that obeys the form and lies: no passage says what it writes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.drafts.datamarking import MARKER
from knowledge.language import language_of
from knowledge.sentences import split_sentences

_FORCE = re.compile(r"\b(should|will|may|can|help|encourage\w*|promot\w+|support\w*)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_BE = re.compile(r"\b(is|are|was|will|should|must|may|can|has|have)\b")
_END = re.compile(r"[.。;；]?\s*$")
# Said of anything: no policy document that the tests hold says one of them.
_INVENTED_ZH = (
    "企业应当在三十日内缴纳五万元罚款。",
    "对服务出口实行百分之十的退税率。",
    "欧洲委员会负责审批跨境数据流动。",
    "文件指出“所有外资企业一律免税”。",
    "服务进口不得用于生产性服务业。",
    "只有国有企业可以扩大服务出口。",
)


def falsified(sentence: str) -> list[str]:
    """Wordings that say something else: another number, force, negation, name, a forged quotation, only."""
    body = _END.sub("", sentence)
    number = _NUMBER.search(body)
    false = [
        f"{body[: number.start()]}{int(number.group()) + 3}{body[number.end() :]}."
        if number
        else f"{body} within 30 days.",
        f"{body} and by 12 percent a year.",
        f"{body}, as decided by the European Commission.",
        f'{body}, and "every exporter is exempt from all taxes".',
    ]
    force, be = _FORCE.search(body), _BE.search(body)
    if force:
        false.append(f"{body[: force.start()]}must under penalty {force.group()}{body[force.end() :]}.")
    if be:
        false.append(f"{body[: be.end()]} not{body[be.end() :]}.")
        false.append(f"{body[: be.end()]} only{body[be.end() :]} in Shanghai.")
    return false


@dataclass
class FalsifyingModel:
    """Writes falsified sentences of the passages under the right marks, one kind after the other."""

    written: list[str] = field(default_factory=list)

    def stream(self, system: str, user: str, *, seconds: float | None = None) -> Iterator[str]:
        shown = user.replace(MARKER, " ")
        question = (shown.rpartition("Question:")[2] or shown.rpartition("问题：")[2]).strip()
        turn = len(self.written)
        for number, passage in enumerate(re.split(r"^\[\d+\] ", shown, flags=re.MULTILINE)[1:5], start=1):
            told = " ".join(passage.split("\n\n")[0].split("\n")[1:])
            for start, end in split_sentences(told, "en")[:3]:
                if language_of(question) == "zh":
                    lie = _INVENTED_ZH[turn % len(_INVENTED_ZH)]
                else:
                    lies = falsified(told[start:end].strip())
                    lie = lies[turn % len(lies)]
                turn += 1
                self.written.append(lie)
                yield f"{lie} [{number}]\n"
