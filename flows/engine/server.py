"""The Prefect server of our own: one child process that ends with the process that started it (`python -m flows.engine.server PORT`)."""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import engine
from flows.domain.errors import Misconfigured, TryLater

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE, STOPPING, REACHING = 120.0, 1.5, 5.0
SERVERS_WORD = "PREFECT_SERVER_API_AUTH_STRING"
DATABASE = "prefect.db"
BUSY, UNREADABLE = 1, 3
NOT_REACHED = (
    "Сервер Prefect по адресу из переменной PREFECT_API_URL не отвечает. Проверьте адрес и сеть или уберите переменную. "
    "Документы готовятся и без него: nastavnik prepare."
)
NOT_STARTED = (
    "Сервер расписания (Prefect) не запустился. Проверьте место на диске и права на папку .nastavnik в рабочей папке и "
    "повторите. Документы готовятся и без него: nastavnik prepare."
)


class Server:
    """A child that serves Prefect on loopback. Its standard input is a pipe that nobody writes to: it ends when we do."""

    def __init__(self) -> None:
        os.environ.setdefault(SERVERS_WORD, f"nastavnik:{secrets.token_urlsafe(24)}")
        os.environ[engine.CLIENT_SECRET] = os.environ[SERVERS_WORD]
        self.port = _free_port()
        self.process = self._begun()
        self.address = os.environ[engine.API] = f"http://127.0.0.1:{self.port}/api"

    def _begun(self) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if name != engine.API}
        environment["PYTHONPATH"] = engine.import_path()
        own_group: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            own_group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        return subprocess.Popen(
            [sys.executable, "-m", "flows.engine.server", str(self.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            **own_group,
        )

    def wait(self) -> None:
        """Wait until it answers; a database that it cannot read is set aside once: only the story of runs is in it."""
        if self._answered():
            return
        aside = self.process.returncode == UNREADABLE and _set_aside()
        if aside:
            print(
                "Журнал запусков Prefect не читается: он отложен, начат новый. Документов и книг это не касается.",
                file=sys.stderr,
            )
        if aside or self.process.poll() is not None:
            self.again()
        if self.process.poll() is not None or not self._answered():
            raise TryLater(NOT_STARTED)

    def again(self) -> None:
        """Start it anew at the same address."""
        self.stop()
        self.process = self._begun()

    def _answered(self) -> bool:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if answers(self.address, 1):
                return True
            time.sleep(0.1)
        return False

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Let it go, then end it."""
        if self.process.stdin:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOPPING)
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True, slots=True)
class Start:
    """A server that is coming up: ours, or `None` when the person named one. Called, it waits until that answers."""

    server: Server | None

    def __call__(self) -> None:
        """Wait."""
        if self.server:
            self.server.wait()


def unanswered(error: BaseException) -> bool:
    """Tell a call of Prefect's client that its server did not answer, by the library that carried it."""
    return type(error).__module__.partition(".")[0] in {"httpx", "httpcore"}


def answers(address: str, patience: float) -> bool:
    """Tell whether a Prefect server answers at an address within so many seconds."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=patience) as answer:  # noqa: S310 - the address a person named
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's «fine»
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _set_aside() -> bool:
    """Rename a database that cannot be read, in a Prefect home of our own only; tell whether it was done."""
    folder = Path(os.environ.get(engine.OWN_HOME, ""))
    if engine.SIDE not in folder.parts or not (folder / DATABASE).exists():
        return False
    try:
        for file in sorted(folder.glob(f"{DATABASE}*")):
            if not file.name.endswith(".old"):
                file.replace(file.with_name(f"{file.name}.old"))
    except OSError:
        raise Misconfigured(NOT_STARTED) from None
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def starting() -> Iterator[Start]:
    """Begin to start a server, name its address to Prefect, and give what waits until it answers.

    A new server brings its database up first, which takes longer than anything we do: what is prepared meanwhile is
    free. A server that the person named is only asked whether it answers.
    """
    named = os.environ.get(engine.API)
    if named:
        if not answers(named, REACHING):
            raise TryLater(NOT_REACHED)
        yield Start(None)
        return
    _ours.append(Server())
    try:
        yield Start(_ours[-1])
    finally:
        atexit.register(_hush)


_ours: list[Server] = []
"""Kept until this process ends, and ended by that: what Prefect has still to tell at the exit finds it alive."""


def _hush() -> None:
    """Let nothing of Prefect's last words onto the screen; registered after Prefect's own, so it comes first."""
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the process is over


@contextmanager
def running() -> Iterator[None]:
    """Have the Prefect server that is named, or one started here that ends with this process; Prefect may be imported inside."""
    with starting() as ready:
        ready()
        yield


def _serve(port: int) -> int:
    """Serve until the parent ends; `UNREADABLE` when the application could not start, as over a damaged database."""
    import uvicorn  # noqa: PLC0415 - only in the child

    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="critical",
        lifespan="on",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)

    def until_the_parent_ends() -> None:
        while os.read(0, 1):  # not through sys.stdin: its lock would be held while the interpreter ends
            pass
        server.should_exit = True
        time.sleep(STOPPING * 2)
        os._exit(0)

    threading.Thread(target=until_the_parent_ends, daemon=True).start()
    try:
        server.run()
    except SystemExit as over:
        return over.code if isinstance(over.code, int) else BUSY
    except Exception:  # noqa: BLE001 - nobody reads what it says
        return UNREADABLE
    return 0 if server.started else UNREADABLE


if __name__ == "__main__":
    os._exit(_serve(int(sys.argv[1])))
