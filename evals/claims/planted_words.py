"""Pairs of words: exchanged, the first ones change what a sentence claims, the others do not."""

SWAPS_EN = (
    ("must", "may"), ("shall", "may"), ("may", "must"), ("can", "cannot"), ("before", "after"),
    ("after", "before"), ("increased", "decreased"), ("more", "less"), ("all", "some"), ("least", "most"),
    ("first", "last"), ("north", "south"), ("never", "always"), ("allowed", "forbidden"), ("without", "with"),
)  # fmt: skip
SWAPS_ZH = (
    ("应当", "可以"), ("应当", "不得"), ("可以", "应当"), ("可以", "不得"), ("不得", "可以"),
    ("以上", "以下"), ("以下", "以上"), ("之前", "之后"), ("增加", "减少"), ("提高", "降低"),
    ("出口", "进口"), ("进口", "出口"), ("允许", "禁止"), ("禁止", "允许"), ("全部", "部分"),
    ("至少", "至多"),
)  # fmt: skip
SAME_EN = (
    ("must", "shall"), ("shall", "must"), ("may", "can"), ("before", "prior to"), ("however, ", ""),
    ("also ", ""), ("because", "since"), ("more than", "over"), ("began", "started"), ("often", "frequently"),
)  # fmt: skip
SAME_ZH = (
    ("应当", "必须"), ("应当", "应该"), ("及其", "和"), ("以及", "和"), ("并且", "并"), ("根据", "依据"),
    ("应当", "须"), ("可以", "可"),
)  # fmt: skip
