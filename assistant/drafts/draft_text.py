"""A model's text, piece by piece -> sentences with the marks they end in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.drafts.datamarking import without_datamarks
from knowledge.policy import Language
from knowledge.sentences import split_sentences
from knowledge.terms import content_terms

_MARK = r"[\[【［〔]\s*\d{1,3}(?:\s*[,，、;；]\s*\d{1,3})*\s*[\]】］〕]"
_MARKS = re.compile(_MARK)
_SPACE_BEFORE_MARK = re.compile(rf"[^\S\n]+(?={_MARK})")
_NUMBER = re.compile(r"\d+")
_ENDS = re.compile(r"[.。!！?？;；\n\]】］…]")  # what may have ended a sentence
_LEAD = re.compile(r"\A\s*(?:[-*•·>#]+\s+|#+\s*|\(?\d{1,2}[.)、]\s+|(?:S\d+|Answer|答复?|回答)\s*[:：]\s*)")
_EMPHASIS = re.compile(r"\*\*|__|`+|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_SPACES = re.compile(r"[^\S\n]+")
_SPACE_BEFORE_STOP = re.compile(r"\s+(?=[.,;:。，；：！？])")
_NOTHING = re.compile(r"\W*(?:NONE|N/A)\W*", re.IGNORECASE)
_PAIRS = (("“", "”"), ("（", "）"), ("(", ")"), ("《", "》"), ("「", "」"))
_LEAST_SAID = 3  # content terms; fewer, such as "In summary", only lead over to something


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence as a model wrote it, without the marks at and before its end."""

    text: str
    marks: tuple[int, ...]

    @property
    def says_something(self) -> bool:
        """Whether it is more than a transition, an introduction or the word for nothing."""
        if not self.text or _NOTHING.fullmatch(self.text) or self.text.endswith((":", "：")):
            return False
        return bool(self.marks) or len(content_terms(self.text)) >= _LEAST_SAID


def sentences_in(pieces: Iterable[str], language: Language) -> Iterator[WrittenSentence]:
    """The sentences of a text in order, each as soon as the text goes on after it."""
    waiting = ""
    for piece in pieces:
        waiting += piece
        if _ENDS.search(waiting, 0, len(waiting) - 1) or piece.endswith("\n"):
            complete, waiting = _complete(waiting, language)
            yield from _written(complete, language)
    yield from _written(waiting, language)


def written_sentence(text: str) -> WrittenSentence:
    """One sentence of a model's text: its marks told apart, what imitates markup and datamarks taken off."""
    marks = [int(number) for group in _MARKS.findall(text) for number in _NUMBER.findall(group)]
    bare = _EMPHASIS.sub("", _LEAD.sub("", _MARKS.sub("", text)))
    plain = _SPACES.sub(" ", without_datamarks(bare)).strip()
    return WrittenSentence(_SPACE_BEFORE_STOP.sub("", plain), tuple(dict.fromkeys(marks)))


def _written(text: str, language: Language) -> Iterator[WrittenSentence]:
    joined = _SPACE_BEFORE_MARK.sub("", text)
    for start, end in split_sentences(joined, language):
        sentence = written_sentence(joined[start:end])
        if sentence.text:
            yield sentence


def _complete(waiting: str, language: Language) -> tuple[str, str]:
    """What cannot change any more whatever follows, and the rest: the last line or sentence."""
    cut = waiting.rfind("\n") + 1
    rest = waiting[cut:]
    joined = _SPACE_BEFORE_MARK.sub("", rest)
    spans = split_sentences(joined, language)
    if len(spans) < 2:
        return waiting[:cut], rest
    last = spans[-1].start
    if joined[last] in "[【［〔" or any(
        joined.count(a, 0, last) > joined.count(b, 0, last) for a, b in _PAIRS
    ):
        return waiting[:cut], rest
    return waiting[:cut] + joined[:last], joined[last:]
