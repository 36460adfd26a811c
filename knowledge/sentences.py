"""Text -> sentences with offsets, English and Chinese.

sentencex (Wikimedia, MIT) answers the one hard question: which Latin full stops end a sentence and which
belong to an abbreviation, an initial or a number. What is plain from the characters is decided here,
because sentencex 1.0 gets it wrong for our texts: it does not cut "。" before a digit or a Latin letter,
never cuts inside a list item or a bracket however long, needs minutes for a long line of Chinese (it looks
back for a space that is not there), panics on some wide characters and does not know "para. 4" and "Ch. 3".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

import sentencex  # type: ignore[import-untyped]  # 1.0 ships no types

from knowledge.paragraphs import Span, split_paragraphs, width
from knowledge.policy import Language

__all__ = ["Span", "split_sentences"]

_HAN = "\u3400-\u9fff"
# Possessive repetition (++, *+) and look-behinds keep every pattern linear on long runs of one sign.
_CLOSERS = r"[”’\"'»›」』》〉】〗）)\]}]*+(?:\[\d{1,3}\])*+"
_AFTER_STOP = re.compile(_CLOSERS)
_OPENERS = re.compile(r"[\s“‘\"'«‹「『《〈【〖（(\[{*_]*")

# 。！？ end a sentence with all that closes after them, but not where it goes on: “好。”， and “…？”的问题
_WIDE_STOP = re.compile(rf"(?<![!?])[!?]*+[。！？｡][。！？｡!?]*+(?P<closers>{_CLOSERS})")
_GOES_ON = re.compile(r"\s*[，、；：,;:）)]")
_GOES_ON_AFTER_QUOTE = re.compile(r"[的等之]")
# ? and ! end one before white space or Chinese, an ellipsis before white space only: Chinese …… mostly stands
# for words left out of the same sentence.
_MARK = re.compile(
    rf"(?<![!?])[!?]++{_CLOSERS}(?=[\s{_HAN}“「《（])|(?:(?<!…)…++|(?<!\.)\.{{3,}}+){_CLOSERS}(?=\s)"
)
# In Chinese, "." between Chinese words is a 。 typed in half width; after a numeral it is not.
_HALF_WIDTH_STOP = re.compile(
    rf"(?<=[{_HAN}][{_HAN}])(?<![一二三四五六七八九十条款项])[.．]{_CLOSERS}(?=[{_HAN}])"
)

# Enumerations within one paragraph: （一）…；（二）…  and  (a) …; and (b) …
_ITEM = re.compile(
    r"[；;]\s*(?:(?:and|or)\s+|以及|或者|[和或及])?"
    r"(?=[(（](?:\d{1,2}|[a-z]|[ivx]{2,4}|[一二三四五六七八九十]{1,3})[)）]|[①-⑳]|[一二三四五六七八九十]是)"
)
# Columns: shorter items say nothing without their neighbours ("（三）漏报；"), so they stay with them.
_ITEM_WIDTH = 30

# Half a quotation or bracket is no quote: nothing is cut inside one that closes within this distance.
_PAIR = re.compile(
    "|".join(
        rf"{opener}[^{inner}]{{1,300}}{closer}"
        for opener, inner, closer in (
            ("“", "“”", "”"), (r'(?<!\w)"', '"', '"'), ("（", "（）", "）"), (r"\(", "()", r"\)"),
            ("「", "「」", "」"), ("『", "『』", "』"), ("《", "《》", "》"), (r"\[", r"\[\]", r"\]"),
        )
    )
)  # fmt: skip

_HIDDEN = frozenset('"“”„‟«»‹›()[]{}<>`‘!?…•\n')
_FULL_STOPS = (".", "．")
_LOOSE_APOSTROPHE = re.compile(r"(?<!\w)['’]|['’](?!\w)")


class _Shown(dict[int, str]):
    """What sentencex is shown, one ASCII character for one of the text's, worked out when first met.

    It is spared the signs that make it skip whole stretches (quotes, brackets, bullets), the stops that are
    decided here, and line breaks, which it takes for list items. ASCII alone, because sentencex 1.0.32 panics
    where it cuts a character of several bytes in two: "A\u3000." is enough. Chinese becomes white space,
    which ends a word for it ("依据No. 15").
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isascii() and character not in _HIDDEN:
            shown = character
        elif character == "’":
            shown = "'"
        elif character.lower() != character.upper():
            shown = "q" if character.islower() else "Q"
        else:
            shown = "0" if character.isdecimal() else " "
        self[code] = shown
        return shown


_SHOWN = _Shown()

# Abbreviations that sentencex 1.0 cuts after.
_BEFORE_A_NUMBER = re.compile(
    r"\b(?:annex|app|art|ch|cl|dir|ex|l|no|par|para|pub|r|rec|reg|sched|stat|subcl|subpara|subsec|tab|vol)s?\.$",
    re.IGNORECASE,
)
_BEFORE_ANYTHING = re.compile(r"\b(?:approx|ca|est|incl|messrs|resp)\.$", re.IGNORECASE)
_LONGEST_WORD = 12  # characters; longer than any of these abbreviations
_NUMBER = re.compile(r"\d|[IVXLC]+\b|[A-Za-z][)）]")
_ENUMERATOR = re.compile(r"\s*[(（]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlIVXL]{1,5})[.)）]+")


def _ends_sentence(text: str, start: int, stop: int, after: int) -> bool:
    """Whether a full stop just before `stop`, with closing signs up to `after`, ends what `start` began."""
    if after < len(text) and not text[after].isspace():
        return False  # Node.js, www.example.org, 3.5
    opening = _OPENERS.match(text, after)
    following = text[opening.end() : opening.end() + 8] if opening else ""
    if following[:1].islower() or _ENUMERATOR.fullmatch(text, start, stop):
        return False
    word = text[max(start, stop - _LONGEST_WORD) : stop]
    if _BEFORE_ANYTHING.search(word):
        return False
    return not (_BEFORE_A_NUMBER.search(word) and _NUMBER.match(following))


def _closing(text: str, stop: int) -> int:
    """End of the quotation marks, brackets and footnote numbers that close right after `stop`."""
    match = _AFTER_STOP.match(text, stop)
    return match.end() if match else stop


def _after_full_stops(text: str) -> Iterator[int]:
    """Ends of the sentences that a Latin full stop closes."""
    shown = _LOOSE_APOSTROPHE.sub(" ", text).translate(_SHOWN)
    previous = 0
    for found in sentencex.get_sentence_boundaries("en", shown):
        stop = found["start_index"] + len(found["text"].rstrip())
        end = _closing(text, stop)
        if text[stop - 1 : stop] in _FULL_STOPS and _ends_sentence(text, previous, stop, end):
            previous = end
            yield end


def _after_marks(text: str, language: Language) -> Iterator[int]:
    """Ends of the sentences that any other sign closes."""
    for match in _WIDE_STOP.finditer(text):
        quoted = match["closers"] and _GOES_ON_AFTER_QUOTE.match(text, match.end())
        if not quoted and not _GOES_ON.match(text, match.end()):
            yield match.end()
    for match in _MARK.finditer(text):
        opening = _OPENERS.match(text, match.end())
        if opening and not text[opening.end() : opening.end() + 1].islower():
            yield match.end()
    if language == "zh":
        yield from (match.end() for match in _HALF_WIDTH_STOP.finditer(text))


def _items(text: str, start: int, end: int) -> Iterator[int]:
    """Ends of the items of an enumeration that are long enough to stand alone, inside one sentence."""
    for match in _ITEM.finditer(text, start, end):
        cut = match.end()
        # No more is measured than can matter: a paragraph may hold thousands of items.
        before = text[max(start, cut - _ITEM_WIDTH) : cut]
        after = text[cut : min(end, cut + _ITEM_WIDTH)]
        if width(before) >= _ITEM_WIDTH and width(after) >= _ITEM_WIDTH:
            yield cut
            start = cut


def _cuts(text: str, language: Language) -> list[int]:
    """Where one paragraph is cut, in order, its end included."""
    cuts = set(_after_marks(text, language))
    if "." in text or "．" in text:
        cuts.update(_after_full_stops(text))
    cuts.add(len(text))
    if ";" in text or "；" in text:
        ends = sorted(cuts)
        for start, end in zip([0, *ends], ends, strict=False):
            cuts.update(_items(text, start, end))
    ordered = sorted(cuts)
    for pair in _PAIR.finditer(text):
        inside = slice(bisect_left(ordered, pair.start() + 1), bisect_left(ordered, pair.end()))
        cuts.difference_update(ordered[inside])
    return sorted(cuts)


def split_sentences(text: str, language: Language) -> list[Span]:
    """Sentences in order, stripped of outer white space, together covering all that is not white space.

    A paragraph, list item or table row always ends a sentence; ";" ends one only between the items of an
    enumeration inside a paragraph, and only where both sides are long enough to be quoted alone.
    """
    spans: list[Span] = []
    for paragraph in split_paragraphs(text):
        words = text[paragraph.start : paragraph.end]
        start = 0
        for cut in _cuts(words, language):
            sentence = words[start:cut]
            stripped = sentence.lstrip()
            if stripped:
                first = paragraph.start + cut - len(stripped)
                spans.append(Span(first, first + len(stripped.rstrip())))
            start = cut
    return spans
