"""What `mcp` does: serves the Model Context Protocol to the program that started it."""

import argparse

from assistant.settings import load_settings


def serve_mcp(_options: argparse.Namespace) -> int:
    """Answer messages on standard input until it is closed."""
    import anyio

    from assistant.assembly import open_assistant
    from assistant.web.api.mcp_stdio import serve_stdio

    with open_assistant(load_settings(), "mcp") as assistant:
        anyio.run(serve_stdio, assistant)
    return 0
