"""Where a PostgreSQL is: an address without a password, which stands in the environment or in ~/.pgpass."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from knowledge.errors import BadAddress

_SCHEMES = ("postgresql", "postgres")
# A server that does not answer is told of within seconds, whatever the system's own patience is.
_PATIENCE = {
    "connect_timeout": "2",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "5000",
}
_LONGEST_NAME = 63  # of what a connection is called


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """An address such as postgresql://policy@db.example.org/policy; its text holds no secret."""

    url: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in _SCHEMES:
            raise BadAddress(f"{self.url} is no address of a PostgreSQL; it begins with postgresql://.")
        if parts.password is not None or re.search(r"[?&]password=", self.url):
            raise BadAddress(
                "An address of a PostgreSQL must not hold the password; set the variable PGPASSWORD, or "
                "write it into ~/.pgpass."
            )

    def __str__(self) -> str:
        return self.url

    def conninfo(self, called: str) -> str:
        """How psycopg is told to connect; what is in the address itself comes first."""
        from psycopg.conninfo import conninfo_to_dict, make_conninfo

        named = conninfo_to_dict(self.url)
        return make_conninfo(
            self.url,
            **{name: value for name, value in _PATIENCE.items() if name not in named},
            application_name=called[:_LONGEST_NAME],
        )
