"""People for tests of the page: users with known passwords, tokens, and a clock that is turned by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.people.ask_quota import AskQuota
from assistant.people.audit import AuditLog
from assistant.people.log_in import LogIn
from assistant.people.oidc import OidcLogIn
from assistant.people.passwords import hash_password
from assistant.people.people import Entrance, People
from assistant.people.person import Role
from assistant.people.sessions import Sessions
from assistant.people.throttle import LogInThrottle
from assistant.people.tokens import Tokens
from assistant.people.users import User
from assistant.people.users_file import UsersFile

PASSWORD = "correct horse battery"  # noqa: S105
HASH = hash_password(PASSWORD)  # of all users; it takes a while
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class TurnedClock:
    """A clock that stands still until it is turned."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        """The same as a time."""
        return BEGINNING + timedelta(seconds=self.seconds)


@dataclass
class MadePeople:
    """One user of each role, whose name is the role's, in a data folder."""

    home: Path
    clock: TurnedClock = field(default_factory=TurnedClock)
    entrance: Entrance = field(default_factory=Entrance)
    asks_per_minute: int = 15
    oidc: Callable[[UsersFile], OidcLogIn] | None = None

    def __post_init__(self) -> None:
        self.users = UsersFile(self.home / "users.toml")
        for role in Role:
            self.users.add(User(str(role), role, None, HASH))
        self.tokens = Tokens(self.home / "tokens.toml", self.clock.now)
        self.audit = AuditLog(self.home, self.clock.now)

    def people(self) -> People:
        """What the page is given."""
        log_in = LogIn(
            self.users,
            self.tokens,
            self.audit,
            Sessions(clock=self.clock),
            LogInThrottle(self.clock),
            self.oidc(self.users) if self.oidc else None,
        )
        return People(log_in, AskQuota(self.asks_per_minute, self.clock), self.audit, self.entrance)
