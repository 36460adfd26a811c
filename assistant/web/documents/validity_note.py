"""What the page says beside a document that is not in force, with a link to what has taken its place."""

from html import escape

from assistant.validity_text import warning
from assistant.web.words import Words
from knowledge.policy import Validity


def validity_note(validity: Validity, words: Words, *, linked: bool = True) -> str:
    """The warning as HTML, empty for a document that is in force."""
    told = warning(validity, words.language)
    if told is None:
        return ""
    link = ""
    if linked and validity.by:
        address = escape(f"/documents/{validity.by}?lang={words.language}")
        link = f' <a data-open href="{address}">{escape(words("open_successor"))}</a>'
    return f'<p class="validity">{escape(told)}{link}</p>'
