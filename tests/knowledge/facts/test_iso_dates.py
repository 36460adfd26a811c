import pytest

from knowledge.facts.iso_dates import first_day, last_day


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2021-04-29", "2021-04-29", "2021-04-29"),
        ("2021-04", "2021-04-01", "2021-04-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("--08-26", None, None),
        ("2021-02-30", None, None),
        (None, None, None),
    ],
)
def test_the_days_of_a_date(date: str | None, first: str | None, last: str | None) -> None:
    assert first_day(date) == first
    assert last_day(date) == last
