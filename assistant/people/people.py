"""What every way in knows of people: who logs in, how much they may ask, what is written down, where from."""

from dataclasses import dataclass, field

from assistant.people.ask_quota import AskQuota
from assistant.people.audit import Audit, Unrecorded
from assistant.people.log_in import LogIn


@dataclass(frozen=True, slots=True)
class Entrance:
    """How the page is reached from other machines."""

    hosts: frozenset[str] = frozenset()  # names by which people open it
    https: bool = False  # people reach it over https, which a proxy in front of it provides
    proxies: str = ""  # addresses of proxies whose X-Forwarded-For is believed, comma separated


@dataclass(frozen=True, slots=True)
class People:
    """Who uses the page. Without a log-in, whoever sits at this machine."""

    log_in: LogIn | None = None
    quota: AskQuota = field(default_factory=AskQuota)
    audit: Audit = field(default_factory=Unrecorded)
    entrance: Entrance = Entrance()

    def close(self) -> None:
        """Let go of where log-ins are kept."""
        if self.log_in is not None:
            self.log_in.sessions.close()
