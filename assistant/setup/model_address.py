"""Whether a language model's server can be reached; the only check that opens a connection."""

import socket
from urllib.parse import urlsplit

from assistant.setup.finding import SetupFinding, fine, warning

_PATIENCE = 1.0  # seconds
_OWN = {
    "openai": "https://api.openai.com",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://127.0.0.1:11434",
}
_PORTS = {"http": 80, "https": 443}


def check_model(name: str, url: str | None) -> SetupFinding:
    """Whether something listens where the model "provider:name" is; nothing is asked of it."""
    parts = urlsplit(url or _OWN.get(name.partition(":")[0], ""))
    port = parts.port or _PORTS.get(parts.scheme, 443)
    where = f"{parts.hostname}:{port}"
    try:
        socket.create_connection((parts.hostname or "", port), _PATIENCE).close()
    except OSError as fault:
        return warning(
            f"The language model {name} cannot be reached at {where} ({fault.strerror or fault}); start its "
            "server or correct model_url. Until then answers are in quotes."
        )
    return fine(f"The language model {name} can be reached at {where}")
