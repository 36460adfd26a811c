"""Section -> passages: stretches of at most 220 tokens that are searched and cited as units."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import category

from knowledge.paragraphs import Span
from knowledge.policy import Language, Passage, Section
from knowledge.sectioning import has_only_headings, opening
from knowledge.sentences import split_sentences
from knowledge.token_count import count_tokens

PASSAGE_TOKENS = 220
# What an index records: one that was made with another version or limit holds other passages.
CUTTING = f"passages 2, sentencex 1, cl100k_base, {PASSAGE_TOKENS} tokens"

# "1,000" and "10:30" are not cut: an ASCII sign ends a clause only before white space.
_CLAUSE = re.compile(r".+?(?:(?:[，、；：—]|[,;:–](?=\s))[”’\"')）]*+|\Z)", re.DOTALL)
_WORD = re.compile(r"\S+")
# UTF-8 needs at most four bytes for a character and a token holds at least one byte.
_MOST_TOKENS_A_CHARACTER = 4
_FINEST = 3  # sentences 0, clauses 1, words 2, characters 3


def _hard_parts(text: str, span: Span, limit: int) -> Iterator[Span]:
    """Parts of a few characters that cannot exceed `limit`, not cut before a combining or joining mark."""
    start = span.start
    while start < span.end:
        furthest = min(start + max(1, limit // _MOST_TOKENS_A_CHARACTER), span.end)
        end = furthest
        while start < end < span.end and (
            category(text[end])[0] == "M" or "\u200d" in text[end - 1 : end + 1]
        ):
            end -= 1
        end = end if end > start else furthest
        yield Span(start, end)
        start = end


def _parts(text: str, span: Span, limit: int, language: Language, finer: int) -> Iterator[Span]:
    """The sentences of a span, its clauses, its words or its characters: each step is finer."""
    words = text[span.start : span.end]
    if finer == 0:
        found = [(start, end) for start, end in split_sentences(words, language)]
    elif finer < _FINEST:
        pattern = _CLAUSE if finer == 1 else _WORD
        found = [match.span() for match in pattern.finditer(words) if match[0].strip()]
    else:
        yield from _hard_parts(text, span, limit)
        return
    for start, end in found:
        part = words[start:end]
        lead = len(part) - len(part.lstrip())
        yield Span(span.start + start + lead, span.start + start + len(part.rstrip()))


def _pieces(text: str, span: Span, limit: int, language: Language, finer: int = 0) -> Iterator[Span]:
    """Pieces of a span within `limit` tokens: sentences, and finer parts only of what is still too long."""
    if finer > _FINEST or count_tokens(text[span.start : span.end]) <= limit:
        yield span
        return
    for part in _parts(text, span, limit, language, finer):
        yield from _pieces(text, part, limit, language, finer + 1)


def _evenly(sizes: list[int], limit: int) -> list[int]:
    """First indices of as few groups of neighbours as keep within `limit`, as even as that allows.

    Groups are filled in order up to the smallest bound that needs no further group, so the last is no tiny
    tail. A size above `limit` makes a group of its own.
    """

    def filled(bound: int) -> list[int]:
        firsts, total = [0], 0
        for index, size in enumerate(sizes):
            if total and total + size > bound:
                firsts.append(index)
                total = 0
            total += size
        return firsts

    fewest = len(filled(limit))
    bounds = range(-(-sum(sizes) // fewest), limit)
    return filled(bounds.start + bisect_left(bounds, -fewest, key=lambda bound: -len(filled(bound))))


def _packed(text: str, units: list[Span], limit: int) -> list[Span]:
    """Units, each within `limit` tokens, joined with their neighbours while they stay within it."""
    ends = [units[0].start, *(unit.end for unit in units)]
    sizes = [count_tokens(text[start:end]) for start, end in pairwise(ends)]
    bound = limit
    while True:
        firsts = [*_evenly(sizes, bound), len(units)]
        groups = [Span(units[first].start, units[after - 1].end) for first, after in pairwise(firsts)]
        # Tokens of parts need not add up to those of the whole, so what was packed is counted once more.
        if bound == 0 or all(count_tokens(text[start:end]) <= limit for start, end in groups):
            return groups
        bound = bound * 9 // 10


def _led(text: str, lead: Span, paragraph: Span, limit: int, language: Language) -> list[Span]:
    """Pieces of a paragraph, the first of them together with the words that lead to it."""
    first, *others = _pieces(text, paragraph, limit, language)
    room = limit - count_tokens(text[lead.start : paragraph.start])
    while room > 0 and count_tokens(text[lead.start : first.end]) > limit:
        first, *rest = _pieces(text, first, room, language)
        others = [*rest, *others]
        room -= 1  # where the tokens of the two add up to less than those of the whole
    return [Span(lead.start, first.end), *others]


def _blocks(
    text: str, paragraphs: list[Span], headed: bool, limit: int, language: Language
) -> Iterator[list[Span]]:
    """Units to be packed: neighbouring paragraphs that fit, or the pieces of one that does not.

    A heading line, or a paragraph that ends with a colon, is one unit with what follows it.
    """
    fitting: list[Span] = []
    lead: Span | None = None
    for index, paragraph in enumerate(paragraphs):
        whole = Span(lead.start, paragraph.end) if lead else paragraph
        tokens = count_tokens(text[whole.start : whole.end])
        leads = (index == 0 and headed) or text[paragraph.end - 1] in ":："
        if leads and tokens <= limit // 2 and paragraph is not paragraphs[-1]:
            lead = whole
            continue
        if tokens <= limit:
            fitting.append(whole)
        else:
            if fitting:
                yield fitting
                fitting = []
            yield (
                _led(text, lead, paragraph, limit, language)
                if lead
                else [*_pieces(text, paragraph, limit, language)]
            )
        lead = None
    if fitting:
        yield fitting


def cut_passages(section: Section, *, limit: int = PASSAGE_TOKENS) -> list[Passage]:
    """Passages of at most `limit` tokens (32 or more), in order, together covering the section's words.

    Whole paragraphs are packed together while they fit; a longer one is cut between sentences, and a longer
    sentence between clauses. A heading without text gives a passage only where the document has nothing else.
    """
    document = section.document
    text = document.text
    paragraphs, heading = opening(section)
    headed = heading is not None and heading.is_whole(text[slice(*paragraphs[0])])
    if headed and len(paragraphs) == 1 and not has_only_headings(document):
        return []
    spans = [
        span
        for block in _blocks(text, paragraphs, headed, limit, document.language)
        for span in _packed(text, block, limit)
    ]
    return [Passage(f"{document.id}:{start}-{end}", section, start, end) for start, end in spans]
