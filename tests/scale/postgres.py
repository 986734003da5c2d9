"""PostgreSQL of Debian for a while: a cluster of its own in a folder, under a user who is not root, on loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DEBIAN, USER, WORD, DATABASE = Path("/usr/lib/postgresql"), "postgres", "nastavnik", "prefect"
NEEDED = ("initdb", "pg_ctl", "createdb")


class MissingError(Exception):
    """What is needed is not here; the text says what to install."""


def programs() -> Path:
    """Find the folder of PostgreSQL's programs, the newest; raise `MissingError`."""
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda each: int(each.parent.name), reverse=True)
    for folder in folders:
        if all((folder / name).exists() for name in NEEDED):
            return folder
    raise MissingError("Нет PostgreSQL. В Debian и Ubuntu: apt-get install postgresql")


def free_port() -> int:
    """Return a port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running() -> Iterator[str]:
    """Have a cluster in a folder of its own; give the address of its database as Prefect's server takes it."""
    where, port = programs(), free_port()
    with tempfile.TemporaryDirectory(prefix="scale-pg-") as told:
        folder = Path(told)
        (folder / "word").write_text(WORD, "utf-8")
        if os.geteuid() == 0:
            _given(folder)
        data = folder / "data"
        asks = ("-U", WORD, "-A", "scram-sha-256", "-E", "UTF8", "--pwfile", folder / "word")
        _run(where / "initdb", "-D", data, *asks)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        _run(where / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            _run(where / "createdb", "-h", "127.0.0.1", "-p", port, "-U", WORD, DATABASE)
            yield f"postgresql+asyncpg://{WORD}:{WORD}@127.0.0.1:{port}/{DATABASE}"
        finally:
            _run(where / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")


def _given(folder: Path) -> None:
    """Give a folder to PostgreSQL's own user: it refuses to work for root."""
    try:
        pwd.getpwnam(USER)
    except KeyError:
        raise MissingError(f"Нет пользователя {USER}, а от имени root PostgreSQL не работает.") from None
    for each in (folder, folder / "word"):
        shutil.chown(each, USER, USER)


def _run(program: Path, *words: object) -> None:
    """Run a program of PostgreSQL as its own user; `MissingError` with its last words when it does not do its work."""
    root = os.geteuid() == 0
    done = subprocess.run(
        [program, *map(str, words)], user=USER if root else None, group=USER if root else None,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PGPASSWORD": WORD}, cwd="/",
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise MissingError(f"PostgreSQL не работает: {program.name}: {done.stderr.strip()[-300:]}")
