"""`serve` as a process of its own over a home of a round: started, ticked, killed, stopped, looked at from outside."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from contextlib import closing, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flows.work.ticks import BUSY, DONE
from tests.faults import processes
from tests.faults.commands import ENGLISH, How
from tests.faults.field import Home, Result
from tests.road import breaking
from tests.road import desk as desks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from tests.faults.commands import Running
    from tests.faults.field import Field

GREETING = "Работаю"
RAW = re.compile(
    r"Внутренняя ошибка|\d\d:\d\d:\d\d\.\d+ \||prefect\.|\bTraceback\b|\b(?:ERROR|WARNING|INFO|CRITICAL)\b"
)
SERVED, STOPPED, ENDED, WAIT = 120.0, 2.0, 30.0, 300.0
TAB, TICK, STATE, WHAT, READY = "Запросы", "Подготовить", "⚙ Статус", "Что нужно", "⚙ Готов"
SUMMARY, PROGRAMS = "обновить сводку", "все программы"
FIRST = 2
MORE = {"program.personal", "note.monitoring"}
"""Kinds that a tick or the morning's second flow makes beside what `prepare` makes."""


class Serving:
    """A home of a round with `serve` over it; `around` is set around the process, a moved clock for one."""

    def __init__(
        self, origin: Field, folder: Path, result: Result, around: Mapping[str, str] | None = None
    ) -> None:
        self.home, self.result = Home(origin, folder / "home"), result
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.around = {"TMPDIR": str(self.temporary), **(around or {})}
        self.process: Running | None = None
        self.began = time.monotonic()

    @property
    def day(self) -> date:
        """The day it is where the organisation is."""
        return datetime.now(ZoneInfo(self.home.origin.place.zone)).date()

    @property
    def running(self) -> Running:
        """The process that serves now."""
        assert self.process is not None
        return self.process

    def start(self) -> None:
        """Start `serve`, in a group of its own as a terminal has it."""
        self.began = time.monotonic()
        how = How(around=self.around, group=True)
        self.process = self.home.start(("serve",), warm=False, how=how)
        self.result.counts["serves"] += 1

    def greeted(self) -> bool:
        """Wait until it says that it works; one that does not is a violation."""
        if self.running.within(WAIT, lambda: GREETING in self.running.out.read_text("utf-8")):
            return True
        self.result.violations.append(f"serve did not begin: {self.running.out.read_text('utf-8').strip()}")
        return False

    def ask(self, *wanted: str) -> None:
        """Tick so many rows of requests, from the first one."""
        with desks.opened(self.home.root, self.home.origin.place) as desk:
            for row, what in enumerate(wanted, FIRST):
                desk.type_cells(TAB, row, {WHAT: what, TICK: True})

    def answered(self, *wanted: str, seconds: float = WAIT) -> bool:
        """Wait until those rows have their answers; the first that stands unanswered for too long is a violation."""
        last, seen = time.monotonic() + seconds, -1
        rows = range(FIRST, FIRST + len(wanted))
        while time.monotonic() < last and not self.running.over():
            with suppress(FileNotFoundError):
                now = self.home.book.stat().st_mtime_ns
                if now != seen and not self._open(rows):
                    return True
                seen = now
            time.sleep(0.5)
        states = self._states(rows)
        self.result.violations.append(f"ticks not served: {states}")
        return False

    def _open(self, rows: range) -> list[int]:
        return [
            row
            for row, (ticked, state, when) in self._states(rows).items()
            if ticked or state in {"", BUSY} or not when
        ]

    def _states(self, rows: range) -> dict[int, tuple[Any, str, str]]:
        with desks.opened(self.home.root, self.home.origin.place) as desk:
            told = {row.origin.row: row for row in desk.book().rows(TAB)}
            return {at: (told[at].flag(TICK), told[at].text(STATE), told[at].text(READY)) for at in rows}

    def done(self, row: int) -> None:
        """A row that must say it is done, says so."""
        state = self._states(range(row, row + 1))[row][1]
        self.result.violations += [] if state == DONE else [f"the answer says «{state}»"]

    def ended(self, how: signal.Signals) -> float:
        """End `serve` by a signal to its group, as a terminal sends it; return the seconds it took. Its words are judged."""
        began = time.monotonic()
        if not self.running.over():
            os.killpg(self.running.pid, how) if how == signal.SIGINT else os.kill(self.running.pid, how)
        said = self.running.ended()
        seconds = time.monotonic() - began
        self.result.heard(said)
        self.result.violations += _raw(said.out + said.err)
        began = time.monotonic()
        self.result.violations += [f"orphan: {each}" for each in processes.gone(self.home.root, ENDED)]
        self.result.figures["processes gone, s"] = round(time.monotonic() - began, 1)
        return seconds

    def cleared(self) -> None:
        """End everything of this home, whatever happened in the round."""
        for pid in processes.of_home(self.home.root):
            processes.killed(pid)
        if self.process is not None:
            self.process.ended()

    def judged(self, papers: list[tuple[str, int]]) -> None:
        """Finish by hand on this day; then nothing is lost, doubled or half made, and no name stands where it must not."""
        words = ("prepare", "--plain", "--organisation", desks.SLUG, "--today", f"{self.day}")
        self.home.mended(self.result, 2, words)
        origin = self.home.origin
        with desks.opened(self.home.root, origin.place) as desk:
            rows = desk.register()
            told = breaking.broken(desk, origin.white, origin.registered, len(rows))
        found = {(row.key, row.version) for row in rows}
        told += [f"papers lost: {sorted(set(papers) - found)}"] if set(papers) - found else []
        more = [key for key, _ in found - set(papers) if key.split("/")[1] not in MORE]
        told += [f"papers more: {more}"] if more else []
        self.result.counts["numbers doubled"] += sum(
            each.startswith(("number doubled", "numbers")) for each in told
        )
        self.result.counts["edits lost"] += sum(each.startswith("typed cells") for each in told)
        prefect = self.home.root / ".nastavnik" / "prefect"
        self.result.violations += [*told, *processes.names_in((prefect, self.temporary, self.home.said))]


def _raw(text: str) -> list[str]:
    raw, english = RAW.search(text), ENGLISH.search(text)
    told = [f"Prefect on the screen: {raw[0]}"] if raw else []
    return told + ([f"english: {english[0]}"] if english else [])


_BY_DAY: dict[date, list[tuple[str, int]]] = {}


def papers_of(serving: Serving, folder: Path) -> list[tuple[str, int]]:
    """The papers that an unbroken run by hand leaves on this day: the same for every round of the field."""
    day = serving.day
    if day not in _BY_DAY:
        home = Home(serving.home.origin, folder / f"whole {day}")
        words = ("prepare", "--plain", "--organisation", desks.SLUG, "--today", f"{day}")
        said = home.start(words, warm=True).ended()
        assert not said.faults, said
        with desks.opened(home.root, home.origin.place) as desk:
            _BY_DAY[day] = sorted((row.key, row.version) for row in desk.register())
    return _BY_DAY[day]


def flow_runs(root: Path) -> list[dict[str, Any]]:
    """Runs of flows that the home's own Prefect remembers; to be read when nothing serves it."""
    path = root / ".nastavnik" / "prefect" / "prefect.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        asked = (
            "select run.*, deployment.name as deployment from flow_run run "
            "left join deployment on deployment.id = run.deployment_id"
        )
        return [dict(row) for row in database.execute(asked)]
