"""What the library's pages work out: order and filter, places, clauses, the line of time, the bar."""

import re
from datetime import date

import pytest

from assistant.people.person import Person, Role
from assistant.web.library.clause_tree import clause_tree_html
from assistant.web.library.inside_search import places
from assistant.web.library.table_page import table_page
from assistant.web.library.table_query import A_PAGE, Row, TableQuery
from assistant.web.library.timeline import Version, timeline_html
from assistant.web.navigation import bar
from assistant.web.words import Words
from knowledge.policy import DocumentFacts, Entry, Validity
from knowledge.sectioning import split_sections
from tests.assistant.small_documents import law, make_document, measures

EN, ZH = Words("en"), Words("zh")


def row(title: str, passages: int = 1, status: str = "in force", **facts: str) -> Row:
    entry = Entry(title.encode().hex()[:16], DocumentFacts(title, **facts), "en")  # type: ignore[arg-type]
    return Row(entry, Validity(status), passages)  # type: ignore[arg-type]


ROWS = [row("b", 3, number="No. 7"), row("A", 1, "repealed", kind="act"), row("c", 2, date="2020")]


class TestTable:
    @pytest.mark.parametrize(
        ("asked", "titles"),
        [
            ({}, "Abc"),
            ({"sort": "-title"}, "cbA"),
            ({"sort": "passages"}, "Acb"),
            ({"sort": "date"}, "cAb"),
            ({"sort": "; drop"}, "Abc"),
            ({"words": "NO. 7"}, "b"),
            ({"status": "repealed"}, "A"),
            ({"status": "nonsense"}, "Abc"),
            ({"kind": "act"}, "A"),
            ({"page": "x"}, "Abc"),
        ],
    )
    def test_rows_are_those_asked_for_in_order(self, asked: dict[str, str], titles: str) -> None:
        assert "".join(one.entry.facts.title for one in TableQuery.of(asked).rows(ROWS)) == titles

    def test_an_address_says_the_query_again(self) -> None:
        query = TableQuery.of({"words": "a b", "sort": "-date", "page": "2"})

        assert query.address("zh") == "/library?words=a+b&sort=-date&page=2&lang=zh"
        assert query.address("en", page=1, falling=False) == "/library?words=a+b&sort=date&lang=en"

    def test_a_long_table_has_pages(self) -> None:
        rows = [row(f"t{n:04}") for n in range(A_PAGE + 1)]

        html = table_page(rows, TableQuery(page=2), EN, "")

        assert html.count('role="rowheader"') == 1
        assert 'rel="prev"' in html
        assert 'rel="next"' not in html

    def test_what_a_document_is_called_is_text(self) -> None:
        html = table_page([row("<script>x</script>", issuer='"><img>')], TableQuery(), EN, "")

        assert "<script" not in html
        assert "<img" not in html


class TestInside:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("service exports", ["service exports"]),
            ("SERVICE  EXPORTS", ["service exports"]),
            ("contract years", ["contract for 5 years"]),
            ("nowhere", []),
            ("  ", []),
            ("(", ["(", "("]),
        ],
    )
    def test_places_are_where_the_words_stand(self, query: str, found: list[str]) -> None:
        document = law()

        hits = places(document, split_sections(document), query)

        assert [document.text[hit.start : hit.end] for hit in hits] == found

    def test_a_place_knows_its_clause(self) -> None:
        document = measures()

        (hit,) = places(document, split_sections(document), "五个工作日")

        assert hit.section is not None
        assert hit.section.heading_path[-1] == "第三条"


def test_clauses_are_a_tree_with_links_to_their_places() -> None:
    sections = split_sections(law())

    html = clause_tree_html(sections)

    assert html.count("<details") == 2
    anchors = re.findall(r'href="#(s\d+)"', html)
    assert set(anchors) <= {section.anchor for section in sections}
    assert "This Act applies to service exports" in html


def test_a_document_without_headings_has_no_tree() -> None:
    assert clause_tree_html(split_sections(make_document("Some words.\n"))) == ""


class TestTimeline:
    def version(self, id_: str, begins: str | None, ends: str | None, status: str) -> Version:
        entry = Entry(id_, DocumentFacts("Trade Act"), "en")
        return Version(entry, Validity(status, begins=begins, ends=ends))  # type: ignore[arg-type]

    def test_each_version_is_a_bar_and_a_line_in_words(self) -> None:
        versions = [
            self.version("old", "2010-01-01", "2019-12-31", "superseded"),
            self.version("new", "2020-01-01", None, "in force"),
        ]

        html = timeline_html(versions, "new", date(2026, 1, 1), EN)

        lefts = [float(x) for x in re.findall(r'<rect class="[^"]*" x="([\d.]+)"', html)]
        assert lefts == sorted(lefts)
        assert len(lefts) == 2
        assert "from 1 January 2010 to 31 December 2019" in html
        assert "today, 1 January 2026" in html
        assert "/documents/new/diff?with=old" in html

    def test_without_any_day_there_is_no_picture_and_it_is_said(self) -> None:
        html = timeline_html([self.version("one", None, None, "unknown")], "one", date(2026, 1, 1), ZH)

        assert "<svg" not in html
        assert "日期不详" in html


def test_the_bar_shows_what_a_role_allows_and_where_one_is() -> None:
    reader, maintainer = Person("a", Role.READER), Person("b", Role.MAINTAINER)

    assert "/library/desk" not in bar(EN, reader, "library")
    assert "/evals" not in bar(EN, reader, "library")
    assert "/library/desk" in bar(EN, maintainer, "library")
    assert bar(ZH, reader, "library").count('aria-current="page"') == 1
