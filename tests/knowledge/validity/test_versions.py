from datetime import date

import pytest

from knowledge.policy import DocumentFacts, Entry, Status
from knowledge.validity.versions import Span, instruments, spans, validity

LAW = "中华人民共和国贸易法"
CONGRESS = "全国人民代表大会常务委员会"


def entry(id_: str, title: str = LAW, **facts: object) -> Entry:
    return Entry(id_, DocumentFacts(title, **({"issuer": CONGRESS} | facts)), "zh")  # type: ignore[arg-type]


def groups(*entries: Entry) -> list[list[str]]:
    return sorted([one.id for one in some] for some in instruments(entries))


OLD = entry("old", date="2016-11-07", in_force_from="2004-07-01")
NEW = entry("new", "贸易法（2022年修正）", date="2022-12-30", in_force_from="2004-07-01")


def test_versions_stand_together_the_earliest_first() -> None:
    assert groups(NEW, OLD) == [["old", "new"]]


def test_a_changed_law_is_in_force_from_its_own_date_until_the_next() -> None:
    assert spans([NEW, OLD]) == {
        "old": Span("2016-11-07", "2022-12-29", "superseded", "new"),
        "new": Span("2022-12-30"),
    }


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [
        ("2016-11-06", "not yet in force", "not yet in force"),
        ("2016-11-07", "in force", "not yet in force"),
        ("2022-12-29", "in force", "not yet in force"),
        ("2022-12-30", "superseded", "in force"),
        ("2099-01-01", "superseded", "in force"),
    ],
)
def test_the_status_changes_on_the_day(day: str, old: Status, new: Status) -> None:
    known = spans([NEW, OLD])
    assert (known["old"].status(day), known["new"].status(day)) == (old, new)


def test_a_version_that_takes_effect_later_leaves_the_former_in_force_until_then() -> None:
    late = entry("late", date="2026-01-01", in_force_from="2026-07-01")
    known = spans([OLD, late])
    assert known["old"].status("2026-06-30") == "in force"
    assert known["late"].status("2026-06-30") == "not yet in force"
    assert known["old"].status("2026-07-01") == "superseded"


@pytest.mark.parametrize(
    "other",
    [
        entry("b", "中华人民共和国贸易法实施条例", date="2020-01-01"),
        entry("b", issuer="国务院", date="2020-01-01"),
        entry("b", issuer=None, level="notice", date="2020-01-01"),
        entry("b", issuer=None, date="2020-01-01"),  # known by its title alone
    ],
)
def test_what_is_no_version(other: Entry) -> None:
    assert groups(OLD, other) == [["b"], ["old"]]
    assert spans([OLD, other])["old"] == Span("2016-11-07")


def test_levels_decide_where_an_issuer_is_not_known() -> None:
    law = entry("law", level="law", date="2016-01-01")
    same = entry("same", issuer=None, level="law", date="2020-01-01")
    assert groups(law, same) == [["law", "same"]]
    local = entry("local", issuer=None, level="local regulation", date="2020-01-01")
    assert groups(law, local) == [["law"], ["local"]]


def test_notices_and_speeches_with_one_title_are_many() -> None:
    speeches = [
        entry("a", "新年讲话", level="speech", date="2020"),
        entry("b", "新年讲话", level="speech", date="2021"),
    ]
    assert spans(speeches)["a"] == Span("2020-01-01")


def test_two_copies_of_one_version_do_not_end_each_other() -> None:
    copy = entry("copy", date="2016-11-07")
    known = spans([OLD, copy, NEW])
    assert known["old"] == known["copy"] == Span("2016-11-07", "2022-12-29", "superseded", "new")
    assert spans([OLD, copy])["old"] == Span("2016-11-07")


def test_what_has_no_date_is_unknown_and_ends_nobody() -> None:
    undated = entry("undated")
    known = spans([OLD, undated])
    assert known["undated"].status("2026-01-01") == "unknown"
    assert known["old"] == Span("2016-11-07")
    assert entry("x", date="--08-26").facts.date
    assert spans([entry("x", date="--08-26")])["x"].status("2026-01-01") == "unknown"


def test_a_term_ends_on_its_last_day() -> None:
    span = spans([entry("a", date="2021-01-01", in_force_until="2025-12")])["a"]
    assert span == Span("2021-01-01", "2025-12-31", "expired")
    assert [span.status(day) for day in ("2025-12-31", "2026-01-01")] == ["in force", "expired"]


class TestRepeals:
    TARIFF = entry(
        "tariff", "中华人民共和国关税条例", issuer="国务院", number="国务院令第392号", date="2017-03-01"
    )

    def ended(self, **facts: object) -> Span:
        ender = entry("ender", "关税法", date="2024-04-26", in_force_from="2024-12-01", **facts)
        return spans([self.TARIFF, ender])["tariff"]

    @pytest.mark.parametrize("name", ["中华人民共和国关税条例", "关税条例", "国务院令第392号"])
    def test_by_title_or_number_from_the_day_of_effect(self, name: str) -> None:
        assert self.ended(repeals=(name,)) == Span("2017-03-01", "2024-11-30", "repealed", "ender")
        assert self.ended(supersedes=(name,)) == Span("2017-03-01", "2024-11-30", "superseded", "ender")

    def test_what_nobody_names_stays(self) -> None:
        assert self.ended(repeals=("关税条例细则",)) == Span("2017-03-01")

    def test_a_clause_cannot_mean_what_is_younger_than_its_effect(self) -> None:
        changed = entry("law", "海关法", date="2021-04-29", in_force_from="1987-07-01", repeals=("关税条例",))
        assert spans([self.TARIFF, changed])["tariff"] == Span("2017-03-01")

    def test_a_name_of_its_own_means_versions_before_its_first(self) -> None:
        old = entry("old", "细则", date="2010-01-09", in_force_from="2001-07-01", repeals=("细则",))
        new = entry("new", "细则", date="2023-12-11", in_force_from="2001-07-01", repeals=("细则",))
        assert spans([old, new])["old"] == Span("2010-01-09", "2023-12-10", "superseded", "new")

    def test_the_first_end_counts(self) -> None:
        ended = entry("a", "甲条例", date="2010-01-01", in_force_until="2012-12-31")
        late = entry("b", "乙条例", date="2015-01-01", repeals=("甲条例",))
        assert spans([ended, late])["a"] == Span("2010-01-01", "2012-12-31", "expired")


@pytest.mark.parametrize("status", ["已废止", "失效", "Repealed"])
def test_what_is_stated_to_have_ended_is_never_in_force(status: str) -> None:
    assert spans([entry("a", date="2010-01-01", status=status)])["a"].status("2011-01-01") == "repealed"


def test_a_validity_names_what_has_ended_the_document() -> None:
    known = {"old": OLD, "new": NEW}
    found = validity(spans([OLD, NEW])["old"], date(2026, 1, 1).isoformat(), known)
    assert (found.status, found.by, found.by_title, found.by_date) == (
        "superseded",
        "new",
        "贸易法（2022年修正）",
        "2022-12-30",
    )
    assert not found.holds


@pytest.mark.parametrize(
    ("day", "soon"),
    [("2025-10-01", False), ("2025-10-02", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_an_end_within_90_days_is_near_until_it_has_come(day: str, soon: bool) -> None:
    ends = spans([entry("a", date="2021-01-01", in_force_until="2025-12-31")])["a"]

    assert validity(ends, day, {}).ends_soon is soon
