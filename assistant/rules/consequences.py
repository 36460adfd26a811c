"""Rule 3, for what follows: a penalty, a liability, an exemption or a subsidy is never added."""

import re

from assistant.rules.statement import Statement
from knowledge.dictionary import ChineseDictionary

CONSEQUENCE = "a consequence such as a penalty or an exemption is not in what is cited"
# Each kind in both languages: where the sentence names one, what is cited names one of its kind.
_KINDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:penalt|penali[sz]|punish|sanction|fined?\b|fines\b|imprison|prosecut|crim(?:e|inal)|offen[cs]e"
        r"|confiscat|revo(?:ke|cation)|violat)\w*|罚|处分|刑|没收|吊销|犯罪|违法|违反|制裁",
        r"\b(?:liab(?:le|ilit)|compensat|damages\b|indemnif)\w*|赔偿|法律责任|补偿",
        r"\b(?:exempt|waive|free of charge|duty-free|tax-free)\w*"
        r"|免税|免征|免除|免缴|豁免|减免|免予|免于|免费",
        r"\b(?:subsid|grants?\b|reimburs|rebate)\w*|补贴|补助|资助|退税|退还",
        r"\b(?:null and void|invalid|void\b)\w*|无效|作废|撤销",
    )
)


def unknown_consequence(statement: Statement, dictionary: ChineseDictionary) -> str | None:  # noqa: ARG001
    """Refuses a consequence of a kind that what is cited does not name."""
    held = f"{statement.cited}\n{statement.facts}"
    added = any(kind.search(statement.text) and not kind.search(held) for kind in _KINDS)
    return CONSEQUENCE if added else None
