"""The seam to the audit log: every action at the desk is told to it once, when it is begun."""

from collections.abc import Callable

from assistant.people.person import Person

# (who, what they do, to which document or file)
Audit = Callable[[Person, str, str], None]


def no_audit(person: Person, action: str, thing: str) -> None:
    """Keeps nothing: there is no audit log."""
