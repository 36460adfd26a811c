"""Talk that is no question about a document: greetings, thanks, weather, insults, jobs for another program.

It is answered in one polite sentence and not searched. A message is taken for such talk only when all of it
is: its patterns, in scope.toml, match whole messages and never words inside one.
"""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

_LONGEST = 300  # characters; whoever writes more has something to ask
_ENDS = " \t\n.!?…~,;:。！？，；：、～\"'“”‘’()（）"
_PARTS = re.compile(r"[.!?。！？~～…\n]+|[,，;；]\s*(?=\S)")
_PLEASE_AFTER = re.compile(r"[,， ]+(?:please|pls|thanks|thank you|谢谢)$")


def is_out_of_scope(message: str) -> bool:
    """Whether the whole message is talk that no document answers; every part of it has to be."""
    if len(message) > _LONGEST:
        return False
    plain = _plain(message)
    if not plain:
        return False
    parts = [_plain(part) for part in _PARTS.split(plain)]
    return _is_talk(plain) or all(_is_talk(part) for part in parts if part)


def _is_talk(text: str) -> bool:
    asked = _PLEASE_AFTER.sub("", text)
    while True:
        if any(pattern.fullmatch(asked) for pattern in _talk()):
            return True
        polite = _politeness().match(asked)
        if polite is None or not polite.end():
            return False
        asked = asked[polite.end() :].strip(_ENDS)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("’", "'").replace("'", "").casefold()
    # Pictures say nothing that is asked: "Thanks 😊".
    written = "".join(" " if unicodedata.category(sign) in ("So", "Sk", "Cf") else sign for sign in folded)
    return " ".join(written.split()).strip(_ENDS)


@cache
def _politeness() -> re.Pattern[str]:
    stored = _stored()["politeness"]
    return re.compile(rf"(?:(?:{'|'.join(stored['en'])})\b[, ]*|(?:{'|'.join(stored['zh'])}))")


@cache
def _talk() -> tuple[re.Pattern[str], ...]:
    stored = _stored()
    words = stored["words"]
    kinds = [kind for name, kind in stored.items() if name not in ("words", "politeness")]
    return tuple(re.compile(_filled(one, words)) for kind in kinds for one in (*kind["en"], *kind["zh"]))


def _filled(pattern: str, words: dict[str, str]) -> str:
    for name, meant in words.items():
        pattern = pattern.replace("{" + name + "}", meant)
    return pattern


def _stored() -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "scope.toml").read_text("utf-8"))
