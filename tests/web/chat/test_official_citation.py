"""Citations as officials write them, in the style of either language."""

from typing import Any

import pytest

from assistant.answer import Citation
from assistant.web.chat.official_citation import official_citation
from assistant.web.words import Words
from knowledge.policy import Language, Passage, Section
from tests.knowledge.made_documents import made_document

ZH_TEXT = "第十条　外贸经营者应当备案。\n第二款的内容。\n"
EN_TEXT = "Article 2\n\nFirms pay a fee.\n\nFirms file accounts.\n"


def citation(text: str, heading: str, quote: str, language: Language, **facts: Any) -> Citation:
    document = made_document(text, language=language, **facts)
    section = Section(document, 0, (heading,), 0, len(text))
    start = text.index(quote)
    return Citation(1, Passage("p", section, 0, len(text)), quote, start, start + len(quote))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {
                "title": "对外贸易法",
                "issuer": "全国人大常委会",
                "number": "主席令第十五号",
                "date": "2004-04-06",
            },
            "《对外贸易法》（全国人大常委会，主席令第十五号，2004年4月6日）第十条第二款",
        ),
        ({"title": "《对外贸易法》", "date": "2004"}, "《对外贸易法》（2004）第十条第二款"),
        ({"title": "对外贸易法"}, "《对外贸易法》第十条第二款"),
    ],
)
def test_chinese_style(facts: dict[str, Any], expected: str) -> None:
    cited = citation(ZH_TEXT, "第十条", "第二款的内容。", "zh", **facts)

    assert official_citation(cited, Words("zh")) == expected


def test_english_style() -> None:
    facts = {"title": "Fee Rules", "issuer": "Ministry", "number": "No. 3", "date": "2021-05-01"}

    cited = citation(EN_TEXT, "Article 2", "Firms file accounts.", "en", **facts)

    assert (
        official_citation(cited, Words("en"))
        == "“Fee Rules” (Ministry, No. 3, 1 May 2021), Article 2, paragraph 2"
    )
    bare = citation(EN_TEXT, "Article 2", "Firms file accounts.", "en", title="Fee Rules")
    assert official_citation(bare, Words("en")) == "“Fee Rules”, Article 2, paragraph 2"
