"""The addresses of the library and of the desk."""

from typing import TYPE_CHECKING

from assistant.web.library.reading_routes import add_reading

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.desk.desk import Desk
    from assistant.web.chat.exchange import PageAssistant


def add_library(app: "FastAPI", assistant: "PageAssistant", desk: "Desk | None") -> None:
    """Add what everybody reads and, where there is a desk, what maintainers do."""
    add_reading(app, assistant, manage=desk is not None)
    if desk is not None:
        from assistant.web.library.desk_routes import add_desk

        add_desk(app, desk)
