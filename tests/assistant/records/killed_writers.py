"""Eight threads that keep, rate and delete until their process is killed.

`python -m tests.assistant.records.killed_writers FILE` is that process.
Each line on standard output acknowledges something: "kept CONVERSATION EXCHANGE", "rated EXCHANGE",
"deleting CONVERSATION" before it is tried and "deleted CONVERSATION" once it is done, or "error SENTENCE".
"""

import itertools
import os
import random
import sys
import threading
from pathlib import Path

from assistant.errors import AssistantError
from assistant.records.records import Records
from assistant.records.stored import Kept, Rating, Reason
from tests.assistant.records.made_records import stored
from tests.web.scripted_assistant import ANSWERS

WRITERS = 8
_ONE_IN = 25  # of what is kept is deleted again


def _write(records: Records, number: int) -> None:
    person, chance = f"writer {number}", random.Random(number)  # noqa: S311
    answers = {question: stored(question) for question in ANSWERS}
    kept: list[Kept] = []
    for count in itertools.count():
        question = chance.choice(list(answers))
        before = chance.choice(kept).conversation if kept and chance.random() < 0.5 else None
        kept.append(records.keep(person, before, f"{question} {count}", answers[question]))
        _acknowledge(f"kept {kept[-1].conversation} {kept[-1].exchange}")
        if chance.random() < 0.3:
            records.feedback.give(person, kept[-1].exchange, Rating.DOWN, Reason.OTHER, "why")
            _acknowledge(f"rated {kept[-1].exchange}")
        if chance.random() < 1 / _ONE_IN:
            gone = chance.choice(kept).conversation
            _acknowledge(f"deleting {gone}")
            records.delete(person, gone)
            _acknowledge(f"deleted {gone}")
            kept = [one for one in kept if one.conversation != gone]


def _acknowledge(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # at once and whole, so that a killed process has said what it has done


def _guarded(records: Records, number: int) -> None:
    try:
        _write(records, number)
    except AssistantError as error:
        _acknowledge(f"error {error}")


if __name__ == "__main__":
    held = Records(Path(sys.argv[1]), 90)
    for writer in range(WRITERS):
        threading.Thread(target=_guarded, args=(held, writer)).start()
