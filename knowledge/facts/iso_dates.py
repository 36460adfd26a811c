"""Dates as the product keeps them: ISO 8601, of a day, a month, a year, or a day whose year is not known."""

import calendar
import re
from datetime import date

_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|--(?P<any_month>\d\d)-(?P<any_day>\d\d)",
    re.ASCII,
)
_LEAP_YEAR = 2000  # "--02-29" is a date in some years


def is_date(value: str) -> bool:
    """Whether a date has one of the forms of `DocumentFacts.date` and exists in the calendar."""
    match = _DATE.fullmatch(value)
    if match is None:
        return False
    year = int(match["year"] or _LEAP_YEAR)
    month = int(match["month"] or match["any_month"] or 1)
    day = int(match["day"] or match["any_day"] or 1)
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def first_day(value: str | None) -> str | None:
    """The first day of a date that names a year, None for any other: "2021-04" gives "2021-04-01"."""
    if value is None or value.startswith("--") or not is_date(value):
        return None
    return "-".join([*value.split("-"), "01", "01"][:3])


def last_day(value: str | None) -> str | None:
    """The last day of a date that names a year, None for any other: "2021-04" gives "2021-04-30"."""
    first = first_day(value)
    if first is None or value is None:
        return None
    year, month, _day = (int(part) for part in first.split("-"))
    if len(value) == len("2021"):
        return f"{value}-12-31"
    return f"{value}-{calendar.monthrange(year, month)[1]:02d}" if len(value) == len("2021-04") else value
