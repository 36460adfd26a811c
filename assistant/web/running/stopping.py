"""A server that is stopped in order: what is being answered is finished, what comes now is turned away."""

import socket
import threading
from types import FrameType

import uvicorn
from anyio.to_thread import current_default_thread_limiter

from assistant.admission import Admission

PATIENCE = 10.0  # seconds that running answers get
_SPARE_THREADS = 40
_LAST_WORDS = 1.0  # seconds in which the end of a finished answer reaches its reader


class OrderlyServer(uvicorn.Server):
    """Closes the door on the first SIGTERM or SIGINT, stops when all have left; at a second one at once.

    It ends by itself then, unlike uvicorn's own, which raises the signal anew: stores are closed after it and
    the program ends with exit code 0.
    """

    def __init__(self, config: uvicorn.Config, door: Admission) -> None:
        super().__init__(config)
        self._door = door
        self._asked_to_stop = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, with a thread for each question in line beside those that open documents."""
        current_default_thread_limiter().total_tokens = self._door.most + _SPARE_THREADS
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 (uvicorn's own)
        """Begin to stop, or stop without more patience."""
        if self._asked_to_stop:
            self.should_exit = self.force_exit = True
            return
        self._asked_to_stop = True
        threading.Thread(target=self._stop, daemon=True, name="stopping").start()

    @property
    def is_stopping(self) -> bool:
        """Whether it has been asked to stop."""
        return self._asked_to_stop

    def _stop(self) -> None:
        self._door.close(PATIENCE)
        threading.Event().wait(_LAST_WORDS)
        self.should_exit = True
