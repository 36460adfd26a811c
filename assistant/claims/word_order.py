"""How far one text keeps the order of another's words, which tells a quotation from a medley of its words."""

from collections.abc import Sequence

_MOST_TERMS = 400  # of each text; the time taken grows with both, and no sentence is so long


def kept_in_order(one: Sequence[str], other: Sequence[str]) -> float:
    """The longest common subsequence as a share (0..1) of `one`; 0 for no words.

    Only the first 400 terms of each are compared.

    Source: the recall of ROUGE-L, C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004).
    """
    one, other = one[:_MOST_TERMS], other[:_MOST_TERMS]
    before = [0] * (len(other) + 1)
    for term in one:
        row = [0]
        for place, same in enumerate(other):
            row.append(before[place] + 1 if term == same else max(row[place], before[place + 1]))
        before = row
    return before[-1] / len(one) if one else 0.0
