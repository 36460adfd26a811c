"""Datamarking: a sign between the words of a quoted text, so that a model can tell it from instructions.

Source: K. Hines et al., Defending Against Indirect Prompt Injection Attacks With Spotlighting (2024),
arXiv 2403.14720, section 3.2. It helps models that heed it; what is shown is decided by checks all the same.
"""

import re

MARKER = "^"  # one token in every vocabulary and rare in texts; where it stands in one, it is taken out
_WORDS_BETWEEN = 4  # Han characters, which have no spaces to put it in
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SPACE = re.compile(r"\s+")
_HAN_GROUP = re.compile(rf"([{_HAN}]{{{_WORDS_BETWEEN}}})(?=[{_HAN}])")
_WIDE = rf"[{_HAN}\u3000-\u303f\uff00-\uffef]"
_BETWEEN_WIDE = re.compile(rf"(?<={_WIDE}){re.escape(MARKER)}+(?={_WIDE})")


def datamarked(text: str) -> str:
    """The text on one line with the marker for every white space and after every few Chinese characters."""
    words = _SPACE.sub(" ", text.replace(MARKER, " ")).strip()
    return _HAN_GROUP.sub(rf"\1{MARKER}", words).replace(" ", MARKER)


def without_datamarks(text: str) -> str:
    """A text written in imitation of marked ones as people write: nothing between Chinese, else a space."""
    return _BETWEEN_WIDE.sub("", text).replace(MARKER, " ")
