"""The watcher of ticks: cheap looks outward, and one run for all ticks of an organisation (DESIGN §9)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound

from flows import engine
from flows.domain.errors import TryLater

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun

    from flows.settings import Home

DEPLOYMENT = "on-request/on-request"
RETRY = timedelta(minutes=10)
OVERLAP = timedelta(minutes=3)
MOST_LOOKS = 30
Print = dict[str, tuple[int, int]]


class Looker:
    """Asks a process of its own for looks; in a local home it lives for one look, with Google for some."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._looks = 0

    def ask(self, question: dict[str, Any], *, keep: bool) -> dict[str, Any]:
        """Have one look; raise `TryLater` when the process ends without an answer."""
        process = self._process or self._begun()
        self._looks += 1
        line = ""
        if process.stdin and process.stdout:
            with suppress(OSError):
                process.stdin.write(json.dumps(question) + "\n")
                process.stdin.flush()
                line = process.stdout.readline()
        if not keep or not line or self._looks >= MOST_LOOKS:
            self.stop()
        if not line:
            raise TryLater("Чтение прервалось, повторю.")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _begun(self) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "flows.engine.looking"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": engine.import_path(), "PYTHONIOENCODING": "utf-8"},
        )
        self._looks = 0
        return self._process

    def stop(self) -> None:
        """Let the process go."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        process.wait()


def books(home: Home) -> Print:
    """Look at the workbooks of a local home from outside: changed when size or time is; nothing is opened."""
    found: Print = {}
    waiting = [str(home.path)]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != engine.SIDE:
                        waiting.append(entry.path)
                elif entry.name.endswith(".xlsx") and not entry.name.startswith("~$"):
                    stat = entry.stat()
                    found[os.path.relpath(entry.path, home.path)] = (stat.st_mtime_ns, stat.st_size)
    return found


class Watcher:
    """What is ticked now, and the runs that were asked for it."""

    def __init__(self) -> None:
        self._looker = Looker()
        self._books: Print | None = None
        self._since = ""
        self._ticked: dict[str, str] = {}
        self._unread: frozenset[str] = frozenset()
        self._runs: dict[str, UUID] = {}

    def look(self, home: Home) -> list[str]:
        """Look for ticks where a book may have changed; return our sentences about what was not read.

        A book that was not read is asked for again at every look and keeps none of the others from being read or passed over.
        """
        now = datetime.now(UTC)
        books_now = {} if home.google else books(home)
        folders = None if self._books is None else sorted(_changed(self._books, books_now))
        if not home.google and folders == [] and not self._unread:
            return []
        again = sorted(self._unread.union(self._ticked))
        question = {"folders": folders, "since": self._since, "known": again}
        answer = self._looker.ask(question, keep=home.google)
        self._ticked = {slug: told for slug, told in {**self._ticked, **answer["ticked"]}.items() if told}
        troubles: dict[str, str] = answer["troubles"]
        if "" not in troubles:
            self._unread = frozenset(troubles)
            self._books, self._since = books_now, f"{now - OVERLAP:%Y-%m-%dT%H:%M:%S}"
        return [f"{slug}: {why}" if slug else why for slug, why in troubles.items()]

    def ask(self, home: Home) -> int:
        """Ask for a run for each organisation with ticks; return for how many a run was made or goes on."""
        if not self._ticked:
            return 0
        with get_client(sync_client=True) as client:
            try:
                deployment = client.read_deployment_by_name(DEPLOYMENT)
            except ObjectNotFound:
                raise TryLater(
                    "На сервере Prefect нет развёртывания on-request. Выполните: prefect deploy --all."
                ) from None
            return sum(
                self._run(client, deployment.id, home, slug, told) for slug, told in self._ticked.items()
            )

    def _run(self, client: SyncPrefectClient, deployment: UUID, home: Home, slug: str, told: str) -> bool:
        """Have one living run for an organisation: its key is what is ticked and the number of the try, never the clock."""
        last = self._runs.get(slug)
        if last is not None and _goes_on(client, last):
            return True
        request = {"organisation": slug, "home": engine.mark(home)}
        for number in count():
            run = client.create_flow_run_from_deployment(
                deployment,
                parameters={"request": request},
                idempotency_key=f"{slug}:{told}:{number}",
                tags=[slug],
            )
            self._runs[slug] = run.id
            if not (run.state and run.state.is_final()):
                return True
            if _lately(run):
                return False
        return False

    def trim(self, home: Home) -> None:
        """Have the office of a local home forget the calls it answered long ago; Prefect's server trims its own story."""
        if not home.google:
            self._looker.ask({"trim": engine.KEPT_DAYS}, keep=False)

    def stop(self) -> None:
        """Let go of what looks."""
        self._looker.stop()


def _changed(before: Print, now: Print) -> set[str]:
    """Return the folders at the top of the home in which a book changed, came or went."""
    paths = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
    return {PurePath(path).parts[0] for path in paths}


def _goes_on(client: SyncPrefectClient, run: UUID) -> bool:
    try:
        state = client.read_flow_run(run).state
    except ObjectNotFound:
        return False
    return not (state and state.is_final())


def _lately(run: FlowRun) -> bool:
    """Tell whether a run ended of itself so lately that another would meet the same; one that was killed may be repeated at once."""
    if run.state_type is StateType.CRASHED or run.end_time is None:
        return False
    return bool(datetime.now(UTC) - run.end_time < RETRY)
