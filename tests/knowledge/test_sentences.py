import time

import pytest
from hypothesis import given, settings

from knowledge.policy import Language
from knowledge.sentences import Span, split_sentences
from tests.knowledge.odd_text import gaps, is_blank, odd_texts


def sentences(text: str, language: Language = "en") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


# Each case is a list of sentences that must come back when they are joined by single spaces.
ENGLISH = {
    "titles and initials": ["Mr. Li met Dr. J. R. Brown of Acme Inc. in May.", "They agreed."],
    "countries": ["Goods from the U.S. and the U.K. enter free of duty.", "Others do not."],
    "country at the end": ["The goods came from the U.S.", "The rule applies."],
    "latin": ["Some services, e.g. consulting, i.e. advice, etc. are open.", "It grew vs. 2020."],
    "references": ["See Art. 5, No. 15, para. 4, Ch. 3, Vol. II and Reg. (EU) No. 608/2013.", "Then stop."],
    "numbers": ["The rate is 3.5%.", "It was 2.75 in 2019.", "20 services were listed."],
    "dates": ["On Aug. 26, 2024 it met.", "In Sept. 2024 it met again."],
    "approximately": ["Approx. 40 were counted.", "The body (est. 1995) agreed."],
    "quotation": ["It spoke of “AI + service trade.”", "Deeply exploring it is vital."],
    "straight quotation": ['It said "we will act."', "Then it left."],
    "question in a quotation": ["“Why now?” the Minister asked.", "Nobody knew."],
    "sentences in a quotation": ["The text reads: “The rule applies. It has no exception.”", "That is all."],
    "bracket": ["(See Annex 2.)", "The rest follows."],
    "stop in a bracket": ["A Party (see Art. 3. It defines it.) may act.", "It need not."],
    "marks": ["Really?!", "Yes!", "Why?", "Because it said so…", "So it goes."],
    "dots": ["It was said... and done.", "So be it..."],
    "addresses": ["See www.example.org or write to a.b@example.org for Node.js.", "Good."],
    "footnote": ["This was noted.[3]", "It was accepted."],
    "possessive": ["The Parties’ duties end.", "The U.S.’s duties do not."],
    "semicolon in prose": ["They may act; they need not."],
}
CHINESE = {
    "stops": ["海关负责监管。", "违者处罚！", "如何处罚？", "依法处罚。"],
    "digit or letter after the stop": ["本办法由海关解释。", "2020年起施行。", "e类商品除外。"],
    "quotation": ["负责人说：“可以。”", "随后离开。"],
    "quotation that goes on": ["关于“是否合法？”的问题，由海关答复。", "他说“好。”，就走了。"],
    "bracket": ["（见附件。）", "其他事项另行规定。"],
    "decimals": ["税率为3.5%，依据No. 15号文件。", "自公布之日起施行。"],
    "half-width marks": ["什么是服务贸易?", "请说明!", "谢谢。"],
    "half-width stops": ["海关负责监管.", "违者处罚.", "罚款1.5倍以下。"],
    "words left out": ["第八条规定：“……可以……处罚。”", "从其规定。"],
    "semicolons in prose": ["期限以月计算的，届满日为相应日；没有相应日的，为最后一日。"],
    "short items": ["有下列情形的：（一）未申报；（二）少报；（三）漏报。"],
    "long items": [
        "有下列情形之一的：（一）未按照规定的期限向海关申报货物的；",
        "（二）伪造、变造、买卖进出口许可证件和其他单证的；",
        "（三）拒绝接受海关对其账簿、单证和货物进行查验的。",
    ],
    "astral and combining characters": ["𠮷野家进口货物。", "cafe\u0301 😀 也进口。"],
}


@pytest.mark.parametrize("expected", ENGLISH.values(), ids=ENGLISH)
def test_english(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize("expected", CHINESE.values(), ids=CHINESE)
def test_chinese(expected: list[str]) -> None:
    assert sentences("".join(expected), "zh") == expected


def test_long_english_items_are_cut_and_short_ones_stay_together() -> None:
    long = [
        "The Parties shall: (a) cooperate in the mutual recognition of professional licences; and",
        "(b) publish every measure that affects trade in services before it takes effect.",
    ]
    assert sentences(" ".join(long)) == long
    assert sentences("They shall: (a) act; (b) report.") == ["They shall: (a) act; (b) report."]


def test_an_enumerator_is_no_sentence() -> None:
    assert sentences("1. Open the market. 2. Relax access.\n(a) Do it.\nIV. Later.") == [
        "1. Open the market.",
        "2. Relax access.",
        "(a) Do it.",
        "IV. Later.",
    ]


def test_paragraph_breaks_list_items_and_table_rows_end_a_sentence() -> None:
    text = "# Scope\nNo stop here\n\n- one\n- two\n\n| a. B | c |\n| d | e |"
    assert sentences(text) == ["# Scope", "No stop here", "- one", "- two", "| a. B | c |", "| d | e |"]


def test_a_hard_wrap_ends_no_sentence() -> None:
    text = "The rules of origin that apply to goods exported from the U.S.\nCustoms Territory are kept."
    assert sentences(text) == [text]


def test_offsets_leave_white_space_out() -> None:
    assert split_sentences("  One.  Two. \n", "en") == [Span(2, 6), Span(8, 12)]
    assert split_sentences(" \n\t", "en") == []


@settings(deadline=None)
@given(odd_texts)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_sentences_are_in_order_and_cover_all_that_is_visible(language: Language, text: str) -> None:
    spans = split_sentences(text, language)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(is_blank(gap) for gap in gaps(text, [*spans]))


def test_a_lone_surrogate_stops_nothing() -> None:
    assert sentences("Half \ud800 a pair. The rest.") == ["Half \ud800 a pair.", "The rest."]


@pytest.mark.parametrize(
    "piece",
    [
        "海关依法监管货物。",
        "The Party shall act. ",
        "海?",
        "Why? ",
        ".",
        "“",
        "(a. ",
        "；（一）货物",
        "a\n",
        "1.",
        "。”",
    ],
)
def test_a_megabyte_of_anything_takes_seconds(piece: str) -> None:
    text = piece * (1_000_000 // len(piece.encode()))
    start = time.perf_counter()
    split_sentences(text, "zh")
    # Measured at 0.2 to 4 s; the bound is wide because what it guards against takes minutes.
    assert time.perf_counter() - start < 30
