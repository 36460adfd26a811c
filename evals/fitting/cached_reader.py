"""A reader that remembers its readings by content, so that a second fit takes seconds."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.reader import Reader, Reading, TextToRead


class CachedReader:
    """The same readings as the reader's own; kept in one SQLite file."""

    def __init__(self, reader: Reader, file: Path) -> None:
        self.name = reader.name
        self._reader = reader
        self._known = sqlite3.connect(file)
        self._known.execute("create table if not exists reading (key text primary key, value text)")

    def read(self, question: str, texts: Sequence[TextToRead]) -> list[Reading]:
        """One reading a text, in order."""
        return [self._one(question, text) for text in texts]

    def close(self) -> None:
        """Write and let go of the file."""
        self._known.commit()
        self._known.close()

    def _one(self, question: str, text: TextToRead) -> Reading:
        asked = json.dumps([self.name, question, text.title, text.sentences], ensure_ascii=False)
        key = hashlib.sha256(asked.encode()).hexdigest()
        found = self._known.execute("select value from reading where key = ?", (key,)).fetchone()
        if found is None:
            (reading,) = self._reader.read(question, [text])
            value = json.dumps([reading.answerable, reading.evidence.tolist(), reading.short_answer.tolist()])
            self._known.execute("insert into reading values (?, ?)", (key, value))
            return reading
        answerable, evidence, short = json.loads(found[0])
        return Reading(answerable, np.array(evidence, np.float32), np.array(short, np.float32))
