"""A citation as it stands in a letter or a ruling: title, issuer, number, date and clause.

《对外贸易法》（全国人民代表大会常务委员会，主席令第十五号，2004年4月6日）第十条第二款
“Foreign Trade Law” (Standing Committee, No. 15, 6 April 2004), Article 10, paragraph 2
"""

from assistant.answer import Citation
from assistant.answer_text import locator
from assistant.web.words import Words


def official_citation(citation: Citation, words: Words) -> str:
    """One line in the style of the page's language; what nobody has stated is left out."""
    facts = citation.document.facts
    dated = words.date(facts.date) if facts.date else None
    known = [part for part in (facts.issuer, facts.number, dated) if part]
    clause = locator(citation, words.language)
    if words.language == "zh":
        title = facts.title if facts.title.startswith("《") else f"《{facts.title}》"
        return f"{title}{'（' + '，'.join(known) + '）' if known else ''}{clause}"
    return f"“{facts.title}”{' (' + ', '.join(known) + ')' if known else ''}, {clause}"
