"""What is left of a text to be compared with the words on a page."""

_NOT_COMPARED = dict.fromkeys(map(ord, "-\u2010\u00ad"))


def squeezed(text: str) -> str:
    """The text without white space, hyphens at which lines are broken, and what cannot be seen.

    >>> squeezed("trans-\\nport of goods")
    'transportofgoods'
    """
    return "".join(sign for sign in text.translate(_NOT_COMPARED) if sign.isprintable() and sign != " ")
