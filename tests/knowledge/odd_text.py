"""Texts as no author writes them, for properties that must hold for every text."""

from hypothesis import strategies as st

# Every sign that the knowledge room gives a meaning to, and characters that are easy to miscount: combining
# marks, astral characters, zero-width and full-width ones, line separators that are not line breaks.
FRAGMENTS = [
    *"abAB .。！？!?…；;：:，,“”‘’\"'()（）[]《》「」#|-*`~<>0123一二的海関",
    *(
        "\n",
        "\n\n",
        "\t",
        "\u3000",
        "\u00a0",
        "\u2028",
        "\x0b",
        "\x85",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u202e",
    ),
    *("\u0301", "e\u0301", "\ufe0f", "😀", "👩\u200d👩\u200d👧", "𠮷", "Ａ", "１", "．", "3.5%"),
    *(
        "第一条 ",
        "第十二条第二款",
        "第二章 总则\n",
        "一、",
        "（一）",
        "；（二）",
        "Article 5 ",
        "ARTICLE IV\n",
        "(a) ",
        "1. ",
    ),
    *("## ", "# T\n", "<!-- ", " -->", "```\n", "U.S. ", "No. 15 ", "e.g. ", "Mr. ", "J. ", "A\u3000."),
]

odd_texts = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=60).map("".join)

INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", " "))


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing of a text."""
    return not text.translate(INVISIBLE).strip()


def gaps(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """What of a text lies outside of spans that are in order and do not overlap."""
    starts = [start for start, _ in spans]
    ends = [end for _, end in spans]
    return [text[start:end] for start, end in zip([0, *ends], [*starts, len(text)], strict=True)]
