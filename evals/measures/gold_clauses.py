"""Whether a passage stands in a clause that a case names: "Article 5", "第二十四条"."""

import re
import unicodedata

from evals.cases.case import Case
from evals.measures.gold_spans import belongs
from knowledge.policy import Passage

_SPACE = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"(?:\.\d+|\([^()]*\)|第[一二三四五六七八九十百零〇两\d]+[款项])+$")


def stands_in_a_gold_clause(case: Case, passage: Passage) -> bool:
    """Whether a heading over the passage is one of the case's clauses, in a document that the case names.

    A heading is the clause when it begins with its name: "第二十四条 进口货物的收货人…". A clause's paragraph
    ("Article 5.3", "第二十四条第二款") counts as found with the clause, for headings number no paragraphs.
    """
    if not belongs(case, passage.document):
        return False
    headings = [_plain(heading) for heading in passage.section.heading_path]
    names = {_plain(clause) for clause in case.gold_clauses}
    names |= {_PARAGRAPH.sub("", name) for name in names}
    return any(_begins(heading, name) for heading in headings for name in names if name)


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _begins(heading: str, name: str) -> bool:
    # "Article 5" is not "Article 52" or "Article 5.1".
    if not heading.startswith(name):
        return False
    after = heading[len(name) :]
    return not (name[-1].isdigit() and re.match(r"\d|\.\d", after))
