"""Every address that is answered, and who may use it: what no rule names is not there.

Gradio brings routes that this page never uses (uploads, files of the machine, a proxy); having no rule here
closes them.
"""

import re
from dataclasses import dataclass

from assistant.people.person import Role

LARGEST_BODY = 1_000_000  # bytes; a question of 2,000 characters needs a few thousand

ANYONE = None  # also who has not logged in


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may send a request with one of these methods to the addresses that the pattern matches whole."""

    methods: str  # "GET", "GET POST"; GET allows HEAD
    path: str  # regular expression
    least: Role | None
    largest_body: int = LARGEST_BODY  # bytes


RULES = (
    # The page: its own files are the same for everybody and hold no document.
    Rule("GET", r"/page-files/[a-z.]+", ANYONE),
    Rule("GET", r"/(favicon\.ico|manifest\.json|robots\.txt|theme\.css|(assets|static)/.+)", ANYONE),
    Rule("GET", r"/|/config", Role.READER),
    Rule("GET", r"/gradio_api/(queue/data|heartbeat/\w+|startup-events)", Role.READER),
    Rule("POST", r"/gradio_api/(queue/join|cancel|reset)/?", Role.READER),
    # Documents and guidance.
    Rule("GET", r"/documents(/[0-9a-f]{1,64})?", Role.READER),
    Rule("GET", r"/guidance-file", Role.READER),
    # Running it.
    Rule("GET", r"/alive", ANYONE),
)


def rule_for(method: str, path: str) -> Rule | None:
    """The rule of a request; None when there is nothing at that address for that method."""
    asked = "GET" if method == "HEAD" else method
    for rule in RULES:
        if asked in rule.methods.split() and re.fullmatch(rule.path, path):
            return rule
    return None
