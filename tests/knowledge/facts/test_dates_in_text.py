import pytest

from knowledge.facts.dates_in_text import dates_in


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2021年4月29日通过", ["2021-04-29"]),
        ("自2016年9月 1日起", ["2016-09-01"]),
        ("一九九三年三月一日，二〇二一年十月二十八日", ["1993-03-01", "2021-10-28"]),
        ("二○二一年十二月，2021年", ["2021-12", "2021"]),
        ("on 29 April 2021 and on April 3rd, 2007", ["2021-04-29", "2007-04-03"]),
        ("this 17th day of June in the year 2015", ["2015-06-17"]),
        ("this twenty-ninth day of June 2005", ["2005-06-29"]),
        ("in April 2007", ["2007-04"]),
        ("2021-04-29, 2021/4/9 and 2021.4.29", ["2021-04-29", "2021-04-09", "2021-04-29"]),
        ("31 June 2009", []),
        ("二〇二〇年三十月", []),
        ("Article 2021 of 1994", []),
        ("May 2000 people come?", ["2000-05"]),
        ("12021年", ["2021"]),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert [found.iso for found in dates_in(text)] == dates


def test_a_date_says_where_it_stands() -> None:
    (found,) = dates_in("Done on 29 April 2021.")
    assert (found.start, found.end) == (8, 21)
