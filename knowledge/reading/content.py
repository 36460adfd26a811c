"""Text and layout of one document, put together paragraph by paragraph while a format is read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge.errors import UnreadableFile
from knowledge.policy import Layout
from knowledge.reading.invisible import left_out_sentence, without_invisible

# A book of 3,000 pages has about 10 MB; a longer text is a dump of many documents.
LONGEST_TEXT = 20_000_000  # characters
PAGE_BREAK = "\f"  # in the words given to `ContentBuilder.paragraph`: a page begins here

_DEEPEST_HEADING = 9  # as in Word

_SPACES = re.compile(r"[^\S\n\f\u3000]+")
_AROUND_BREAK = re.compile(r"[ \u3000]*\n\s*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_NOT_BEFORE = re.compile(r"^[ \n]+|[ \n\u3000]+$")


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader of one format makes of a file; `stated` are fields of DocumentFacts by their names."""

    text: str = field(repr=False)
    layout: Layout = field(default=Layout(), repr=False)
    stated: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class ContentBuilder:
    """Collects paragraphs in reading order and keeps their offsets; `name` stands for the file in messages.

    Paragraphs are divided by a blank line, so that none is taken for the continuation of the one above.
    """

    name: str
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _headings: list[tuple[int, int]] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)
    _left_out: dict[str, tuple[int, str]] = field(default_factory=dict)

    def paragraph(self, words: str, level: int | None = None) -> None:
        """Add a paragraph, a heading where `level` is given; blank words add page breaks only."""
        tidy, invisible = without_invisible(_CONTROL.sub("", words))
        for kind, sample in invisible:
            self.left_out(kind, sample)
        tidy = _NOT_BEFORE.sub("", _AROUND_BREAK.sub("\n", _SPACES.sub(" ", tidy)))
        pieces = tidy.split(PAGE_BREAK)
        plain = "".join(pieces)
        blank = not plain.strip()
        start = self._length + (2 if self._parts and not blank else 0)
        within = 0
        for piece in pieces[:-1]:
            within += len(piece)
            self._pages.append(start if blank else start + within)
        if blank:
            return
        if self._parts:
            self._parts.append("\n\n")
        if level is not None:
            self._headings.append((start, min(max(level, 1), _DEEPEST_HEADING)))
        self._parts.append(plain)
        self._length = start + len(plain)
        if self._length > LONGEST_TEXT:
            raise UnreadableFile(
                f"{self.name} holds more than {LONGEST_TEXT // 1_000_000} million characters of text: "
                "split it into smaller files.",
                f"{self.name} 的文字超过 {LONGEST_TEXT // 1_000_000} 百万字符：请拆分为较小的文件。",
            )

    def row(self, cells: Iterable[str]) -> None:
        """Add a row of a table as one line, its cells joined by " | "; blank rows add nothing."""
        tidy = [" ".join(cell.split()) for cell in cells]
        if any(tidy):
            self.paragraph(" | ".join(tidy).strip())

    def left_out(self, kind: str, words: str) -> None:
        """Note words that a reader of the file cannot see: `kind` completes "…: was left out"."""
        sample = " ".join(words.split())
        if sample:
            count, first = self._left_out.get(kind, (0, sample))
            self._left_out[kind] = (count + 1, first)

    def words(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def kinds_left_out(self) -> list[tuple[str, str]]:
        """(kind, first words) of what was left out so far."""
        return [(kind, sample) for kind, (_, sample) in self._left_out.items()]

    def is_empty(self) -> bool:
        """Whether there are no words yet."""
        return not self._parts

    def finished(self, stated: Mapping[str, str | tuple[str, ...]] | None = None) -> Content:
        """The document so far; raises UnreadableFile when it has no words."""
        text = "".join(self._parts)
        if not any(character.isprintable() and not character.isspace() for character in text):
            hidden = " that a reader can see" if self._left_out else ""
            raise UnreadableFile(
                f"{self.name} holds no text{hidden}: put the document's text into it or take it away.",
                f"{self.name} 没有{'读者可见的' if hidden else ''}文字：请补入正文，或不再上传该文件。",
            )
        # A page that begins behind the last words has none of its own.
        pages = tuple(min(page, len(text)) for page in self._pages)
        return Content(text, Layout(tuple(self._headings), pages, self.hidden()), stated or {})

    def hidden(self) -> tuple[str, ...]:
        """One sentence for each kind of text that was left out."""
        return tuple(left_out_sentence(kind, *found) for kind, found in self._left_out.items())
