"""A real PostgreSQL to measure and test with: a cluster of its own in a scratch folder, on loopback."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from evals.bench.served import free_port

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin")
_PROGRAMS = ("initdb", "pg_ctl", "createdb")
NO_POSTGRES = "There is no PostgreSQL on this machine; install it with: apt-get install postgresql"
_USER = "policy"
_numbers = count(1)


def postgres_programs() -> Path | None:
    """The folder of its programs, or None where there is no PostgreSQL."""
    found = []
    for place in _PLACES:
        found += sorted(Path("/").glob(place.lstrip("/")), reverse=True)
    on_path = shutil.which("pg_ctl")
    found += [Path(on_path).parent] if on_path else []
    return next((folder for folder in found if all((folder / one).exists() for one in _PROGRAMS)), None)


class PostgresServer:
    """A cluster that can be stopped, killed and started again."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._data = programs, folder / "data"
        self._log = folder / "log"
        self._as = _ordinary_user(folder)
        self.port = free_port()
        made = ("-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", str(self._data), *made)
        self.start()

    def address(self, database: str) -> str:
        """The address of a database of it."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The address of a database that nobody has used."""
        name = f"test_{next(_numbers)}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", _USER, name)
        return self.address(name)

    def start(self) -> None:
        """Start it, and return when it takes connections."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self._data}"
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self._log), "-o", options, "-w", "start")

    def stop(self) -> None:
        """Stop it as a restart does: every connection is ended."""
        self._run("pg_ctl", "-D", str(self._data), "-m", "fast", "-w", "stop")

    def kill(self) -> None:
        """End it as a power cut does."""
        os.kill(int((self._data / "postmaster.pid").read_text().split("\n")[0]), signal.SIGQUIT)
        self._run("pg_ctl", "-D", str(self._data), "-w", "stop", check=False)

    @property
    def bytes_on_disk(self) -> int:
        """What its databases take, without the log that makes them durable."""
        return sum(path.stat().st_size for path in (self._data / "base").rglob("*") if path.is_file())

    @property
    def is_running(self) -> bool:
        """Whether it takes connections."""
        return self._run("pg_ctl", "-D", str(self._data), "status", check=False) == 0

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        done = subprocess.run(  # noqa: S603 (its own programs)
            [self._programs / program, *arguments],
            check=False,
            stdout=subprocess.DEVNULL,  # not a pipe: the server that is started would keep it open
            stderr=subprocess.STDOUT,
            cwd=self._data.parent,
            **self._as,  # type: ignore[call-overload]
        )
        if check and done.returncode:
            said = self._log.read_text() if self._log.exists() else ""
            raise RuntimeError(f"{program} failed: {said}")
        return int(done.returncode)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A cluster for a while. Raises RuntimeError where there is no PostgreSQL."""
    programs = postgres_programs()
    if programs is None:
        raise RuntimeError(NO_POSTGRES)
    folder = Path(tempfile.mkdtemp(prefix="policy-postgres-"))  # its path is short enough for a socket
    try:
        server = PostgresServer(programs, folder)
        try:
            yield server
        finally:
            if server.is_running:
                server.stop()
    finally:
        shutil.rmtree(folder)


def _ordinary_user(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to be run by root; where tests are, it is run by the system's user for it."""
    if os.getuid():
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        entry = pwd.getpwnam("nobody")
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
