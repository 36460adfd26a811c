"""MCP over standard input and output, for a program on this machine that started the server itself."""

from mcp.server.stdio import stdio_server

from assistant.people.person import LOCAL_PERSON
from assistant.web.api.answer_threads import AnswerThreads
from assistant.web.api.api_assistant import ApiAssistant
from assistant.web.api.asking_desk import AskingDesk
from assistant.web.api.mcp_server import policy_server
from assistant.web.api.metrics import Metrics
from assistant.web.api.software import software_version


async def serve_stdio(assistant: ApiAssistant) -> None:
    """Serve until standard input is closed; whoever started the program may read everything."""
    threads = AnswerThreads()
    desk = AskingDesk(assistant, threads, Metrics(lambda: threads.held))
    server = policy_server(desk, lambda _context: LOCAL_PERSON, software_version())
    try:
        async with stdio_server() as (received, sent):
            await server.run(received, sent, server.create_initialization_options())
    finally:
        threads.close()
