"""How quantities are written, in English and Chinese: dates, shares, fractions, amounts with their units."""

import re

from assistant.claims.number_words import CHINESE_NUMBER, ENGLISH_NUMBER, MONTH

# Every repetition is bounded, so that no text, however long and odd, takes more than linear time.
DIGITS = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,12})?|\d{1,24}(?:\.\d{1,12})?"
_VALUE = rf"(?:(?:{DIGITS})\s?[百千万亿萬億]{{0,4}}|{ENGLISH_NUMBER}|{CHINESE_NUMBER})"

# Name of the unit -> how it is written. Longer names stand first: a working day is not a day.
UNITS = {
    "working day": r"(?:working|business)[\s-]days?|个?工作日|個?工作日",
    "day": r"days?\b|日|天",
    "week": r"weeks?\b|个?星期|周|週",
    "month": r"months?\b|个月|個月",
    "year": r"years?\b|周年|年",
    "hour": r"hours?\b|个?小时|小時",
    "minute": r"minutes?\b|分钟|分鐘",
    "yuan": r"yuan\b|renminbi\b|rmb\b|元|人民币",
    "dollar": r"(?:us\s)?dollars?\b|usd\b|美元|美金",
    "euro": r"euros?\b|eur\b|欧元",
    "pound": r"pounds?\b|gbp\b|英镑",
}
_UNIT = "|".join(f"(?P<{name.replace(' ', '_')}>{written})" for name, written in UNITS.items())
SIGNS = {"¥": "yuan", "￥": "yuan", "$": "dollar", "€": "euro", "£": "pound"}

_YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
DATES = (
    re.compile(rf"{_YEAR}-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)(?!\d)"),
    re.compile(
        rf"\b{MONTH}\.?\s{{1,3}}{_DAY}\b(?!\s{{0,3}}[:%])(?:\s{{0,3}},?\s{{0,3}}{_YEAR}\b)?", re.IGNORECASE
    ),
    re.compile(
        rf"\b{_DAY}\s{{1,3}}(?:of\s{{1,3}})?{MONTH}\b\.?(?:\s{{0,3}},?\s{{0,3}}{_YEAR}\b)?", re.IGNORECASE
    ),
    re.compile(rf"\b{MONTH}\.?\s{{0,3}},?\s{{1,3}}(?:of\s{{1,3}})?{_YEAR}\b", re.IGNORECASE),
    re.compile(
        r"(?:(?P<year>[12]\d{3}|[一二][〇零○一二三四五六七八九]{3})\s{0,3}年\s{0,3})?"
        r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s{0,3}月"
        r"(?:份|\s{0,3}(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s{0,3}[日号號])?"
    ),
    re.compile(r"(?P<year>[12]\d{3}|[一二][〇零○一二三四五六七八九]{3})\s{0,3}年"),
)
SHARE = re.compile(
    rf"(?P<value>{_VALUE})\s{{0,3}}(?:%|per\s?cent\b|percent\b|个百分点|percentage points?\b)"
    rf"|百分之(?P<hundredths>{DIGITS}|{CHINESE_NUMBER})|(?P<tenths>[一二三四五六七八九])成(?![为立员果])",
    re.IGNORECASE,
)
NAMED_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}
FRACTION = re.compile(
    rf"\b(?P<parts>one|two|three|four)[\s-](?P<whole>{'|'.join(NAMED_PARTS)})s?\b"
    r"|(?P<whole_zh>[二三四五六七八九十])分之(?P<parts_zh>[一二三四五六七八九十])",
    re.IGNORECASE,
)
_SCALE = r"(?P<scale>hundred|thousand|million|billion|trillion|bn|[mk](?![a-z]))"
AMOUNT = re.compile(
    rf"(?:(?P<sign>[¥￥$€£])\s?)?(?P<value>{_VALUE})(?:\s{{0,3}}{_SCALE}\b)?"
    rf"(?P<ordinal>st|nd|rd|th)?[\s-]{{0,3}}(?:of\s)?(?:{_UNIT})?",
    re.IGNORECASE,
)
# Where a bare Chinese numeral is part of a word ("统一", "十分") it counts nothing; before these it does.
COUNTED = re.compile(
    r"[个個名人次元件项項条條款章家种種位份倍年月日天周时時分小部国國座所台批期届屆级級类類\s%]"
)
ONE_COUNTED = re.compile(r"年|月|日|天|周|小时|分钟|个月|个?工作日|元|倍|成")
VERY = re.compile("分(?!钟|鐘|之)")
PRONOUN_ONE = re.compile(
    r"one(?![\s-]{1,3}(?:working|business|day|week|month|year|hour|minute|yuan|dollar|copy|time|half|third|quarter|fifth|hundred|thousand|million|billion))"
)
