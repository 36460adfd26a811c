"""Every address that is answered, and who may use it: what no rule names is not there.

Gradio brings routes that this page never uses (uploads, files of the machine, a proxy); having no rule here
closes them.
"""

import re
from dataclasses import dataclass

from assistant.people.person import Role

LARGEST_BODY = 1_000_000  # bytes; a question of 2,000 characters needs a few thousand

LARGEST_UPLOADS = 500_000_000  # bytes of all files that are sent together

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
    # Logging in and out.
    Rule("GET POST", r"/login", ANYONE, 10_000),
    Rule("GET", r"/login/(provider|return)", ANYONE),
    Rule("POST", r"/logout", ANYONE, 10_000),
    # Other programs: REST, OpenAI's protocol, MCP.
    Rule("GET", r"/api/v1/openapi\.json", Role.READER),
    Rule("GET", r"/api/v1/health(/live)?", ANYONE),
    Rule("GET", r"/api/v1/metrics", Role.ADMIN),
    Rule("POST", r"/api/v1/(ask|search|guidance|check|verify|feedback)", Role.READER),
    Rule("GET", r"/api/v1/documents(/[0-9a-f]{1,64}(/clauses)?)?", Role.READER),
    Rule("GET", r"/v1/models(/[\w.:-]{1,100})?", Role.READER),
    Rule("POST", r"/v1/chat/completions", Role.READER),
    Rule("GET POST DELETE", r"/mcp", Role.READER),
    # Conversations: each reaches those of the asker alone.
    Rule("GET", r"/conversations(/([0-9a-f]{32}/)?export)?", Role.READER),
    Rule("POST", r"/conversations/(delete-all|[0-9a-f]{32}/(rename|delete))", Role.READER, 20_000),
    Rule("POST", r"/exchanges/[0-9a-f]{32}/(feedback|forget)", Role.READER, 20_000),
    # Asking: the filters to choose from, answers as files, pages of an original as pictures.
    Rule("GET", r"/filters", Role.READER),
    Rule("GET", r"/answers/[\w-]{16,64}\.(docx|md|json)", Role.READER),
    Rule("GET", r"/documents/[0-9a-f]{1,64}/pages/[0-9]{1,6}(\.png)?", Role.READER),
    # Library: reading, and the desk of the maintainers.
    Rule("GET", r"/library|/bar|/documents/[0-9a-f]{1,64}/diff", Role.READER),
    Rule("GET", r"/library/desk(/findings|/jobs/\d{1,9})?", Role.MAINTAINER),
    Rule("GET", r"/library/desk/documents/[0-9a-f]{16}", Role.MAINTAINER),
    Rule("POST", r"/library/desk/(approve|discard|index)", Role.MAINTAINER),
    Rule(
        "POST",
        r"/library/desk/documents/[0-9a-f]{16}/(approve|discard|correct|remove|restore|index)",
        Role.MAINTAINER,
    ),
    Rule("POST", r"/library/desk/upload", Role.MAINTAINER, largest_body=LARGEST_UPLOADS),
    # Added by the evals room.
    Rule("GET", r"/evals(/case)?", Role.MAINTAINER),
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
