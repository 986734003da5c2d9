"""A Prefect server of one's own and its workers as processes, put up as README tells an operator to."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.faults.processes import PROCESSES
from tests.scale.postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CHECKOUT = Path(__file__).resolve().parents[2]
SECRET, POOL = "nastavnik:proba", "nastavnik"
PATIENCE = 240.0
RUN = b"PREFECT__FLOW_RUN_ID="


class Engine:
    """The server, as clients see it; `around` is the environment of whoever asks it."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.port = folder, free_port()
        self.api = f"http://127.0.0.1:{self.port}/api"
        clean = {name: told for name, told in os.environ.items() if not name.startswith("PREFECT_")}
        self.around = {
            **clean, "PREFECT_API_URL": self.api, "PREFECT_API_AUTH_STRING": SECRET, "PREFECT_HOME": str(folder / "prefect"),
            "PYTHONPATH": str(CHECKOUT), "DO_NOT_TRACK": "1", "PREFECT_WORKER_QUERY_SECONDS": "2",
        }  # fmt: skip
        self.server = {
            **self.around, "PREFECT_SERVER_DATABASE_CONNECTION_URL": database, "PREFECT_SERVER_API_AUTH_STRING": SECRET,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        }  # fmt: skip

    def started(
        self, name: str, *words: str, around: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program of Prefect or of ours, in a group of its own; what it says goes into a file of that name."""
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *words], env={**self.around, **(around or {})}, cwd=CHECKOUT,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def done(self, *words: str) -> str:
        """Run a command of Prefect to its end; its words, or `RuntimeError` with them."""
        told = subprocess.run(
            [sys.executable, "-m", "prefect", *words], env=self.around, cwd=CHECKOUT, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        if told.returncode:
            raise RuntimeError(f"prefect {' '.join(words)}: {(told.stdout + told.stderr)[-600:]}")
        return told.stdout

    def ask(self, path: str, body: Any = None, method: str = "POST") -> Any:
        """Ask the server over HTTP, as any program may."""
        asked = urllib.request.Request(f"{self.api}{path}", method=method)
        asked.add_header("Authorization", f"Basic {base64.b64encode(SECRET.encode()).decode()}")
        asked.add_header("Content-Type", "application/json")
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(asked, data, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def runs(self, flow: str) -> list[dict[str, Any]]:
        """All runs of a flow, the first one first."""
        wanted = {"flows": {"name": {"any_": [flow]}}, "sort": "START_TIME_ASC", "limit": 200}
        return list(self.ask("/flow_runs/filter", wanted))

    def asked(self, flow: str, request: Mapping[str, Any], *tags: str) -> dict[str, Any]:
        """Ask for a run of a deployment, as its form does."""
        deployment = self.ask(f"/deployments/name/{flow}/{flow}", method="GET")["id"]
        told = {"parameters": {"request": request}, "tags": list(tags)}
        return dict(self.ask(f"/deployments/{deployment}/create_flow_run", told))

    def answers(self) -> bool:
        """Wait until the server is up."""
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last:
            with suppress(OSError, urllib.error.URLError):
                self.ask("/health", method="GET")
                return True
            time.sleep(0.3)
        return False


@contextmanager
def engine(folder: Path, database: str) -> Iterator[Engine]:
    """Have a server over a database, its pool and the shipped deployments; all that it started ends with it."""
    folder.mkdir(parents=True)
    made = Engine(folder, database)
    words = ("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(made.port))
    process = made.started("server", *words, around=made.server)
    try:
        if not made.answers():
            raise RuntimeError(f"server: {(folder / 'server.log').read_text('utf-8')[-600:]}")
        made.done("work-pool", "create", POOL, "--type", "process")
        made.done("--no-prompt", "deploy", "--all")
        yield made
    finally:
        ended(process)


@contextmanager
def worker(
    made: Engine, name: str, around: Mapping[str, str], limit: int = 1
) -> Iterator[subprocess.Popen[bytes]]:
    """Have a worker of the pool with so many places."""
    words = ("worker", "start", "--pool", POOL, "--name", name, "--limit", str(limit))
    process = made.started(name, "prefect", *words, around={**around, **_ours(made)})
    try:
        yield process
    finally:
        killed(process)


def _ours(made: Engine) -> dict[str, str]:
    names = ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING", "PREFECT_WORKER_QUERY_SECONDS", "DO_NOT_TRACK")
    return {name: made.around[name] for name in names} | {"PREFECT_HOME": made.around["PREFECT_HOME"]}


def descendants(pid: int) -> list[int]:
    """Numbers of the processes that a process started, and those that they did."""
    parents: dict[int, list[int]] = {}
    for each in PROCESSES.iterdir():
        with suppress(OSError, ValueError, IndexError):
            told = (each / "stat").read_text("utf-8").rpartition(")")[2].split()
            parents.setdefault(int(told[1]), []).append(int(each.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def at_work(pid: int) -> set[str]:
    """Ids of the runs that a worker's processes do now."""
    told = set()
    for each in descendants(pid):
        with suppress(OSError):
            for piece in (PROCESSES / str(each) / "environ").read_bytes().split(b"\0"):
                if piece.startswith(RUN):
                    told.add(piece.removeprefix(RUN).decode())
    return told


def killed(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started, as a machine that loses its power does."""
    for pid in (process.pid, *descendants(process.pid)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def ended(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end; after a while kill it with what it started."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(20)
    killed(process)
