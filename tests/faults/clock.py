"""Round `clock` (`make faults-year`): four days of a year by the deployed schedules, under a moved clock.

`serve` with its own Prefect lives those days: faketime moves the clock of all its processes, so a run is made by the
deployment's schedule and by nothing else. `serve` starts before the morning; once it works, the clock is moved on to
just before the hour. The days: first orders, a morning that was missed (made up for once, also over a restart), a
council's papers, a note. Timers go by the clock that only counts on, which is not moved.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.faults import totals
from tests.faults.commands import CHECKOUT
from tests.faults.field import Field, Result
from tests.faults.serving import Serving, flow_runs
from tests.faults.years import COUNCIL, MORNINGS
from tests.road import breaking
from tests.road import desk as desks

if TYPE_CHECKING:
    import random

LIBRARY, PLACES = "libfaketimeMT.so.1", (Path("/usr/lib"), Path("/usr/local/lib"))
MISSING = "Не хватает faketime. В Debian и Ubuntu: apt-get install faketime"
PATIENCE, WATCHED = 300.0, 60.0
HOURS = {"prepare": "06:30", "monitor": "06:50"}
START = "05:50"
SLEEP = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds)\n"
"""The library reads an absolute deadline of a sleep by the wrong clock: sleeping goes another way."""


def library() -> Path | None:
    """Find what moves the clock of a process, or nothing."""
    if shutil.which("faketime") is None:
        return None
    return next((path for place in PLACES for path in sorted(place.rglob(LIBRARY))), None)


@dataclass(frozen=True)
class Sitting:
    """One start of `serve`: when, the flows that run in it, kinds of papers that stand after it, whether a pair came before."""

    day: date
    start: str
    flows: tuple[str, ...]
    kinds: tuple[str, ...]
    scheduled: bool = True
    pair: bool = False


SITTINGS = (
    Sitting(MORNINGS[0], START, ("prepare",), ("order.pairs",)),
    Sitting(MORNINGS[1], "10:00", ("prepare", "monitor"), ("order.pairs",), scheduled=False, pair=True),
    Sitting(MORNINGS[1], "10:40", (), ("order.pairs",), scheduled=False),
    Sitting(MORNINGS[2], START, ("prepare",), ("pack.contents",)),
    Sitting(MORNINGS[3], START, ("prepare", "monitor"), ("note.monitoring",)),
)


class Moved:
    """A clock that all processes of a serving home share, apart from ours, and that may be moved while they live."""

    def __init__(self, folder: Path, zone: str) -> None:
        self._file, self._zone = folder / "clock", ZoneInfo(zone)
        sleeping = folder / "sleeping"
        sleeping.mkdir()
        (sleeping / "sitecustomize.py").write_text(SLEEP, "utf-8")
        self.around = {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "PYTHONPATH": f"{sleeping}:{CHECKOUT}",
        }

    def to(self, day: date, hour: str, seconds: float = 0.0) -> None:
        """Move it to an hour of a day where the organisation is, and so many seconds on."""
        moment = datetime.strptime(f"{day} {hour}", "%Y-%m-%d %H:%M").replace(tzinfo=self._zone)
        self._file.write_text(f"{moment.timestamp() + seconds - time.time():+.0f}\n", "utf-8")


def clock(origin: Field, chance: random.Random, folder: Path) -> Result:
    """Live the days; each morning's run is made once, by the schedule or made up for, and leaves its papers."""
    del chance
    result = Result()
    moved = Moved(folder, origin.place.zone)
    serving = Serving(origin, folder, result, moved.around)
    with desks.opened(serving.home.root, origin.place) as desk:
        desks.type_councils(desk, COUNCIL)
        white = desk.typed()
    try:
        for sitting in SITTINGS:
            if sitting.pair:
                with desks.opened(serving.home.root, origin.place) as desk:
                    desks.add_pair(desk, origin.pairs, start=sitting.day)
                    white = desk.typed()
            _sat(serving, moved, sitting)
    finally:
        serving.cleared()
    with desks.opened(serving.home.root, origin.place) as desk:
        result.violations += breaking.broken(desk, white, origin.registered, len(desk.register()))
    return result


def _sat(serving: Serving, moved: Moved, sitting: Sitting) -> None:
    result, name = serving.result, f"{sitting.day} {sitting.start}"
    before = _kinds(serving)
    moved.to(sitting.day, sitting.start)
    serving.start()
    if not serving.greeted():
        return
    for flow in sitting.flows:
        if sitting.scheduled:
            moved.to(sitting.day, HOURS[flow], -10.0)
        if not serving.running.within(PATIENCE, lambda flow=flow: _done(serving, sitting, flow)):
            result.violations.append(f"{name}: serve ended")
        if not _done(serving, sitting, flow):
            result.violations.append(f"{name}: {flow} did not run: {_of_day(serving, sitting.day)}")
    if not sitting.flows:
        serving.running.within(WATCHED)
    serving.ended(signal.SIGINT)
    result.counts["mornings"] += len(sitting.flows)
    _judged(serving, sitting, name, before)


def _judged(serving: Serving, sitting: Sitting, name: str, before: list[str]) -> None:
    result, kinds, runs = serving.result, _kinds(serving), _of_day(serving, sitting.day)
    result.violations += [f"{name}: no {kind}" for kind in sitting.kinds if kind not in kinds]
    if sitting.pair and kinds.count("program.personal") <= before.count("program.personal"):
        result.violations.append(f"{name}: nothing was made for the new pair")
    if not sitting.flows and kinds != before:
        result.violations.append(f"{name}: made again: {kinds}")
    expected = set(sitting.flows) or {
        flow for other in SITTINGS if other.day == sitting.day for flow in other.flows
    }
    counted = sorted((flow, scheduled) for flow, scheduled, state in runs if state == "COMPLETED")
    if counted != sorted((flow, sitting.scheduled) for flow in expected):
        result.violations.append(f"{name}: runs {runs}")
    result.counts["runs by schedule" if sitting.scheduled else "mornings made up for"] += len(sitting.flows)


def _kinds(serving: Serving) -> list[str]:
    with desks.opened(serving.home.root, serving.home.origin.place) as desk:
        return sorted(row.kind for row in desk.register())


def _of_day(serving: Serving, day: date) -> list[tuple[str, bool, str]]:
    """Runs begun on a day: flow, whether the deployment's schedule made it for its hour, state."""
    told = []
    for run in _remembered(serving):
        if str(run["start_time"] or "").startswith(f"{day}"):
            due = datetime.fromisoformat(str(run["expected_start_time"])).replace(tzinfo=UTC)
            here = due.astimezone(ZoneInfo(serving.home.origin.place.zone))
            scheduled = bool(run["auto_scheduled"]) and f"{here:%H:%M:%S}" == f"{HOURS[run['deployment']]}:00"
            told.append((str(run["deployment"]), scheduled, str(run["state_type"])))
    return told


def _done(serving: Serving, sitting: Sitting, flow: str) -> bool:
    time.sleep(1)
    return any(name == flow and state == "COMPLETED" for name, _, state in _of_day(serving, sitting.day))


def _remembered(serving: Serving) -> list[dict[str, Any]]:
    try:
        return flow_runs(serving.home.root)
    except sqlite3.OperationalError:
        return []


def main() -> int:
    """Play rounds of the year by the clock; 2 when there is nothing to move it with."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=1)
    asked.add_argument("--totals", type=Path, default=Path(".faults") / "totals.jsonl")
    told = asked.parse_args()
    if library() is None:
        print(MISSING, file=sys.stderr)
        return 2
    from tests.faults.outside import played  # noqa: PLC0415 - it knows this round by its name

    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        origin = Field(Path(folder) / "field", warm=True)
        number = sum(each["round"].startswith("clock:") for each in totals.held(told.totals))
        results = [played(origin, f"clock:{number + at}", told.totals) for at in range(told.rounds)]
    print(totals.spoken(totals.held(told.totals)))
    return 1 if any(each.violations for each in results) else 0


if __name__ == "__main__":
    sys.exit(main())
