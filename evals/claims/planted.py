"""Claims with one planted error, and harmless rewordings, made by rule from sentences of public texts.

People's labels hardly hold the errors that policy texts suffer most from: another number, date or name, a
"not" more or less, "may" for "shall", an "only" that nobody wrote, half of one sentence joined to half of
another. These are made here, in English and Chinese, each beside the text it came from.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from assistant.claims.claim_alignment import SourceText, sentence_spans
from evals.claims.labelled import LabelledClaim
from evals.claims.planted_words import SAME_EN, SAME_ZH, SWAPS_EN, SWAPS_ZH
from evals.claims.texts import PublicText

_SHORTEST, _LONGEST = 30, 350  # columns of a sentence that is used; a wide character counts as three
_BE_EN = re.compile(r"\b(is|are|was|were|will|may|must|shall|can|could|should|would|has|have|had)\b(?! not)")
_BE_ZH = re.compile("是|有|能|会|由|为")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+|(?<![\w.])\d+(?![\w.]\d)")
_NUMBER_ZH = re.compile("[二三四五六七八九](?=[年月日天个名人次元件项种位十百千万])")
_ASIDE = re.compile(r"\s*\([^()]{3,60}\)|（[^（）]{2,30}）")
_LEAD = re.compile(r"^(?:In|On|By|During|After|At) [^,]{3,40}, (?=[a-z])")
_TAIL = re.compile(r", (?:which|where|who|including|such as|although|while|but|and) [^.]{5,}(?=\.$)")
_TAIL_ZH = re.compile("[，；][^，；]{4,}(?=。$)")
_WORDS_OF = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMERALS = "〇一二三四五六七八九十"

# A change that needs less than all three still takes them, so that all kinds can be listed together.
Change = Callable[[str, "Surroundings", random.Random], str | None]


class Surroundings:
    """What stands around a sentence: the other sentences of its text, and those of another text."""

    def __init__(self, others: Sequence[str], elsewhere: Sequence[str], *, chinese: bool) -> None:
        self.others, self.elsewhere, self.chinese = others, elsewhere, chinese


def planted(texts: Sequence[PublicText], *, of_each: int, seed: int = 0) -> Iterator[LabelledClaim]:
    """From each text up to `of_each` wrong claims and as many right ones, the kinds of both in turn."""
    generator = random.Random(seed)  # noqa: S311 (sampling data)
    for number, text in enumerate(texts):
        spans = [text.text[start:end] for start, end in sentence_spans(text.text)]
        another = texts[(number + 1) % len(texts)].text
        elsewhere = [another[start:end] for start, end in sentence_spans(another)]
        usable = [
            one for one in spans if _SHORTEST <= len(one) * (3 if text.language == "zh" else 1) <= _LONGEST
        ]
        source = (SourceText(text.id, text.text),)
        for changes, supported in ((WRONG, False), (RIGHT, True)):
            made = 0
            for kind in generator.sample(list(changes), len(changes)):
                if made == of_each or not usable:
                    break
                sentence = generator.choice(usable)
                around = Surroundings(
                    [one for one in usable if one != sentence], elsewhere, chinese=text.language == "zh"
                )
                claim = changes[kind](sentence, around, generator)
                if claim and (claim != sentence or supported):
                    made += 1
                    yield LabelledClaim(claim, source, supported, text.id, kind=kind)


def _number(sentence: str, around: Surroundings, generator: random.Random) -> str | None:  # noqa: ARG001
    match = _any(_NUMBER, sentence, generator)
    if match:
        value = int(match.group().replace(",", ""))
        other = value + generator.choice([1, 2, -1, 5, 10, 100] if value > 100 else [1, 2, 3, 10])
        return _with(sentence, match, f"{other:,}" if "," in match.group() else str(other))
    match = _any(_NUMBER_ZH, sentence, generator)
    if match:
        return _with(sentence, match, generator.choice([n for n in "二三四五六七八九" if n != match.group()]))
    return None


def _name(sentence: str, around: Surroundings, generator: random.Random) -> str | None:
    match = _any(_NAME, sentence, generator)
    names = {name for other in (*around.others, *around.elsewhere) for name in _NAME.findall(other)}
    names = {name for name in names if name not in sentence}
    return _with(sentence, match, generator.choice(sorted(names))) if match and names else None


def _negation(sentence: str, around: Surroundings, generator: random.Random) -> str | None:
    if around.chinese:
        match = _any(_BE_ZH, sentence, generator)
        return (
            _with(sentence, match, "不" + match.group() if match.group() != "有" else "没有")
            if match
            else None
        )
    for denied in (" not ", " never "):
        if denied in sentence:
            return sentence.replace(denied, " ", 1)
    match = _any(_BE_EN, sentence, generator)
    return _with(sentence, match, match.group() + " not") if match else None


def _swapped(sentence: str, around: Surroundings, generator: random.Random) -> str | None:
    return _exchanged(sentence, SWAPS_ZH if around.chinese else SWAPS_EN, around, generator)


def _only(sentence: str, around: Surroundings, generator: random.Random) -> str | None:
    match = _any(re.compile("可以|应当|由|向|在") if around.chinese else _BE_EN, sentence, generator)
    if match is None:
        return None
    return _with(sentence, match, f"只{match.group()}" if around.chinese else f"{match.group()} only")


def _joined_halves(sentence: str, around: Surroundings, generator: random.Random) -> str | None:
    mark = re.compile("[，,]|应当|可以|不得|是" if around.chinese else rf", |{_BE_EN.pattern}")
    if not around.others:
        return None
    here, there = mark.search(sentence), mark.search(generator.choice(around.others))
    if not here or not there or min(here.start(), there.start()) < (4 if around.chinese else 12):
        return None
    joined = sentence[: here.start()] + there.string[there.start() :]
    return None if joined in (sentence, there.string) else joined


def _from_elsewhere(sentence: str, around: Surroundings, generator: random.Random) -> str | None:  # noqa: ARG001
    return generator.choice(around.elsewhere) if around.elsewhere else None


def _verbatim(sentence: str, around: Surroundings, generator: random.Random) -> str | None:  # noqa: ARG001
    return sentence


def _shortened(sentence: str, around: Surroundings, generator: random.Random) -> str | None:  # noqa: ARG001
    for pattern in (_ASIDE, _LEAD, _TAIL, _TAIL_ZH):
        shorter = pattern.sub("", sentence, count=1)
        if shorter != sentence and "不" not in sentence and "除" not in sentence and "not " not in sentence:
            return shorter[0].upper() + shorter[1:]
    return None


def _reworded(sentence: str, around: Surroundings, generator: random.Random) -> str | None:
    return _exchanged(sentence, SAME_ZH if around.chinese else SAME_EN, around, generator)


def _number_respelt(sentence: str, around: Surroundings, generator: random.Random) -> str | None:  # noqa: ARG001
    for number in range(2, 11):
        digits, word = str(number), _NUMERALS[number] if around.chinese else _WORDS_OF[number]
        boundary = "" if around.chinese else r"\b"
        after = "(?=[年月日天个名人次元件项种位])" if around.chinese else rf"{boundary}(?![,.]\d|[:%])"
        before = r"(?<![\d.,第〇一二三四五六七八九十百])"
        for one, other in ((digits, word), (word, digits)):
            match = re.search(f"{before}{boundary}{one}{after}", sentence)
            if match:
                return _with(sentence, match, other)
    return None


def _two_joined(sentence: str, around: Surroundings, generator: random.Random) -> str | None:
    if not around.others:
        return None
    other = generator.choice(around.others)
    if around.chinese:
        return sentence.rstrip("。；") + "，" + other
    return sentence.rstrip(".") + ", and " + other[0].lower() + other[1:]


WRONG: dict[str, Change] = {
    "number": _number, "name": _name, "negation": _negation, "other word": _swapped, "only": _only,
    "joined halves": _joined_halves, "joined halves again": _joined_halves, "elsewhere": _from_elsewhere,
}  # fmt: skip
RIGHT: dict[str, Change] = {
    "verbatim": _verbatim, "shortened": _shortened, "reworded": _reworded, "number respelt": _number_respelt,
    "two joined": _two_joined, "shortened again": _shortened,
}  # fmt: skip


def _exchanged(
    sentence: str, pairs: Sequence[tuple[str, str]], around: Surroundings, generator: random.Random
) -> str | None:
    for one, other in generator.sample(pairs, len(pairs)):
        edge = "" if around.chinese or not one.isalpha() else r"\b"
        match = re.search(f"{edge}{re.escape(one)}{edge}", sentence)
        if match:
            return _with(sentence, match, other)
    return None


def _any(pattern: re.Pattern[str], text: str, generator: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return generator.choice(found) if found else None


def _with(text: str, match: re.Match[str], replaced: str) -> str:
    return text[: match.start()] + replaced + text[match.end() :]
