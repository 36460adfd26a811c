"""Texts made up for the tests of clauses, locators and references, with what stands where told by hand."""

from knowledge.policy import Document, DocumentFacts, Language, Layout, Section
from knowledge.sectioning import split_sections

LAW = """第一章 总则

第十二条 从事下列活动的，应当登记：

（一）进口；

（二）出口，包括：

1. 货物；

2. 服务；

（三）其他。

前款规定的登记，由海关办理。有下列情形之一的除外：

（一）甲；

（二）乙。

第十二条之二 登记免费。

第一百零二条 有下列情形之一的，责令改正：（一）未登记的；（二）逾期的。

第一百零三条 定义

本法所称海关，是指口岸海关。
"""

TREATY = """第三条

一、缔约双方应当：

（一）开放；（二）合作。

双方可以另行约定。

二、缔约一方可以保留。
"""

AGREEMENT = """CHAPTER 1 General

ARTICLE 5 Scope

1. This Agreement applies to: (a) goods; (b) services, including: (i) banks; and (ii) insurers; and (c) more.

2. It does not apply to:

(g) seven;

(h) eight;

(i) nine;

(j) ten.

The flush text, under paragraph 1. Nothing begins here.

Article 6
Market access

Each Party shall open its market.

Under paragraph 1:

(a) one:

(i) Roman one;

(ii) Roman two;

(b) two.

as appropriate.

Another paragraph.

Article 7 Fees

(a) No fee.

(b) A fee.

Article 8

8.1 The Parties shall meet.

8.2 They may:

(a) meet again.

Annex 2-B

Article 7 Tables

1. Fees | 20 yuan
2. Certificates | 10 yuan
"""


def made(text: str, language: Language = "en", layout: Layout = Layout()) -> Document:  # noqa: B008
    """A document of that text."""
    return Document("0123456789abcdef", DocumentFacts("T"), text, language, "0" * 64, "/a.txt", layout)


def section_with(document: Document, words: str) -> Section:
    """The section in which these words stand for the first time."""
    place = document.text.index(words)
    return next(one for one in split_sections(document) if one.start <= place < one.end)
