"""A clause by its name, in either style: 第十二条第二款第（三）项, Article 12(2)(a), "Scope › paragraph 3".

The inverse of `locators.locate`: whatever it writes is read here, and so is what references are written like.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from knowledge.clauses.chinese_references import chinese_references
from knowledge.clauses.clause_labels import Path, clause_path
from knowledge.clauses.clause_places import clauses_of
from knowledge.clauses.cross_references import Clauses
from knowledge.clauses.english_references import english_references
from knowledge.clauses.locators import locate
from knowledge.policy import Language, Section
from knowledge.sectioning import opening

LANGUAGES: tuple[Language, Language] = ("en", "zh")
LONGEST_NAME = 300  # characters; a clause under five long headings has fewer

_PAGE = re.compile(r"(?:,\s*page\s*(\d{1,6})|[，,]\s*第(\d{1,6})页)\s*$")
_ENGLISH_RANGE = re.compile(
    r"(?P<outer>.*?)(?P<unit>(?:paragraph|item|subitem|point)s )?(?P<first>\(?[\w.]{1,12}\)?)"
    r" to (?P<last>\(?[\w.]{1,12}\)?)",
    re.IGNORECASE,
)
_CHINESE_RANGE = re.compile(
    r"(?P<outer>.*?)(?P<unit>)(?P<first>第[^第]+[款项目点])至(?P<last>第[^第]+[款项目点])"
)
_BLANK = re.compile(r"[\s,，]+")


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A clause of a document: `section.document.text[start:end]`."""

    section: Section
    start: int
    end: int

    @property
    def text(self) -> str:
        """The clause's own words, what stands below it included."""
        return self.section.document.text[self.start : self.end]


def _found(section: Section, start: int, end: int) -> FoundClause:
    """The clause at a stretch, without the blanks around it."""
    stretch = section.document.text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    return FoundClause(section, start, start + len(stretch.strip()))


def find_clauses(sections: Sequence[Section], name: str) -> tuple[FoundClause, ...]:
    """The clauses of one document that a name means: none, one, or several where it is not clear which.

    `sections` are those of the document, in order. A name with a page means what begins on it; an article
    whose number stands in several chapters is named with its chapter, or all of them are meant.
    """
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        return ()
    plain, page = _without_page(name.strip())
    found = (
        _named(sections, _key(plain))
        or _between(sections, plain)
        or _referred(sections, plain)
        or _ending(sections, _key(plain))
    )
    on_page = tuple(one for one in found if page is None or _page_of(one) == page)
    return on_page or found


def _without_page(name: str) -> tuple[str, int | None]:
    match = _PAGE.search(name)
    if match is None:
        return name, None
    return name[: match.start()], int(match[1] or match[2])


def _page_of(clause: FoundClause) -> int:
    return sum(start <= clause.start for start in clause.section.document.layout.pages)


def _key(name: str) -> str:
    """A name without what is only a manner of writing: width, capitals, blanks and commas."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", name)).casefold()


def _named(sections: Sequence[Section], key: str) -> tuple[FoundClause, ...]:
    """The clauses that `locate` calls so, in either language."""
    found: list[FoundClause] = []
    for section in sections:
        # To name every clause of a long law takes a second; only those below a fitting heading are named.
        english, chinese = _names(section, section.start, section.end)
        # Article 8.2 is 第8.2条 and stands in 第8条.
        if key.startswith((_key("›".join(section.heading_path)), english, chinese.rstrip("条"))):
            # The only paragraph of an article is called like the article, which comes first.
            named = (one for one in _stretches(section) if key in _names(section, *one))
            found += [_found(section, start, end) for start, end in islice(named, 1)]
    return tuple(found)


def _names(section: Section, start: int, end: int) -> tuple[str, str]:
    english, chinese = (locate(section, start, end, language) for language in LANGUAGES)
    return _key(_without_page(english)[0]), _key(_without_page(chinese)[0])


def _ending(sections: Sequence[Section], key: str) -> tuple[FoundClause, ...]:
    """The sections whose names end so: "Article 7" of every chapter that has one."""
    return tuple(
        _found(section, section.start, section.end)
        for section in sections
        if any(name.endswith(key) for name in _names(section, section.start, section.end))
        and clause_path(section.heading_path)
    )


def _stretches(section: Section) -> Iterator[tuple[int, int]]:
    """A numbered section, and its clauses at every level, each whole; the paragraphs of any other section."""
    if clause_path(section.heading_path):
        yield section.start, section.end
    held: dict[Path, tuple[int, int]] = {}
    for clause in clauses_of(section):
        for depth in range(1, len(clause.inside) + 1):
            path = clause.inside[:depth]
            held[path] = (held.get(path, (clause.start, 0))[0], clause.end)
    yield from held.values()
    if not held:
        paragraphs, heading = opening(section)
        headed = heading is not None and heading.is_whole(section.document.text[slice(*paragraphs[0])])
        yield from paragraphs[headed:] or paragraphs


def _between(sections: Sequence[Section], name: str) -> tuple[FoundClause, ...]:
    """What stands from one clause to another of its kind: "Article 5, paragraphs 2 to 4"."""
    match = _ENGLISH_RANGE.fullmatch(name) or _CHINESE_RANGE.fullmatch(name)
    if match is None:
        return ()
    outer = match["outer"] + (match["unit"].removesuffix("s ") + " " if match["unit"] else "")
    ends = [
        _named(sections, _key(outer + one)) or _referred(sections, outer + one)
        for one in (match["first"], match["last"])
    ]
    if [len(end) for end in ends] != [1, 1] or ends[0][0].section != ends[1][0].section:
        return ()
    first, last = ends[0][0], ends[1][0]
    return (_found(first.section, first.start, last.end),) if first.start < last.end else ()


def _referred(sections: Sequence[Section], name: str) -> tuple[FoundClause, ...]:
    """What a name means that is written as a reference: "Article 12(2)(a)", 第12条第2款."""
    name = name[:1].upper() + name[1:]
    for find in (chinese_references, english_references):
        references = list(find(name, 0, len(name)))
        if len(references) == 1 and references[0].document is None:
            target = Clauses(sections).target(references[0], None)
            if target is not None:
                section, (start, end) = target
                return (_found(section, start, end),)
    return ()
