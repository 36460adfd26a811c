"""Moments of the records as people read them, in this machine's time."""

from datetime import datetime

from assistant.web.words import Words


def day_and_time(iso: str, words: Words) -> str:
    """A stored moment in words: "3 May 2026 · 08:30"."""
    here = datetime.fromisoformat(iso).astimezone()
    return words("joiner").join((words.date(here.date().isoformat()), f"{here:%H:%M}"))
