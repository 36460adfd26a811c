"""Texts of documents and people inside a page that may be in the other language, marked so.

A screen reader then speaks them with the right voice, and a browser breaks and draws them rightly.
"""

from html import escape

from knowledge.language import language_of


def in_own_language(text: str) -> str:
    """The text as HTML, said to be in its own language; empty for an empty one."""
    return f'<span lang="{language_of(text)}">{escape(text)}</span>' if text else ""
