"""`make faults MINUTES=30 SEED=n`: rounds from outside — real processes, killed at random moments and written beside.

Every round is appended to the file of totals; a started file is continued. `--round KIND:SEED` repeats one round: its
choices are the same, while the moment a signal arrives depends on the machine.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults import clock, totals, tracer
from tests.faults.field import Field, Result
from tests.faults.kills import kill
from tests.faults.served import killed, many, stop, tick
from tests.faults.writers import WAYS, writer
from tests.faults.years import year

if TYPE_CHECKING:
    from collections.abc import Callable

TOTALS = Path(".faults") / "totals.jsonl"
TURN = (
    "kill", "writer", "tick", "tracer", "killed", "kill", "writer", "many", "tracer", "kill", "stop", "writer", "kill", "killed",
    "tracer", "writer", "tick", "kill", "stop", "year",
)  # fmt: skip


def _writer(origin: Field, chance: random.Random, folder: Path) -> Result:
    """Take the ways of saving in turn, as the seeds come."""
    return writer(origin, chance, folder, chance.randrange(len(WAYS)))


ROUNDS: dict[str, Callable[[Field, random.Random, Path], Result]] = {
    "kill": kill,
    "writer": _writer,
    "year": year,
    "tick": tick,
    "killed": killed,
    "many": many,
    "stop": stop,
    "tracer": tracer.tracer,
    "clock": clock.clock,
}


def _lacking(kind: str) -> str:
    """Say what this computer lacks for a kind of round; nothing when it can be played."""
    if kind == "tracer" and not tracer.available():
        return tracer.MISSING
    return clock.MISSING if kind == "clock" and clock.library() is None else ""


def played(origin: Field, name: str, path: Path) -> Result:
    """Play one round, named KIND:SEED, in a folder of its own, and write it down."""
    kind, _, seed = name.partition(":")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=origin.work) as folder:
        result = ROUNDS[kind](origin, random.Random(seed), Path(folder))
    totals.add(path, name, result, time.monotonic() - began)
    if result.violations:
        print(f"{name}: {'; '.join(result.violations)}", flush=True)
    return result


def main() -> int:
    """Play rounds for so many minutes and print the sums of the whole file; 1 when a round violated something."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=30)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--totals", type=Path, default=TOTALS)
    asked.add_argument("--round", default="", help="KIND:SEED")
    asked.add_argument(
        "--warm", action="store_true", help="fork the commands: faster, the same process otherwise"
    )
    asked.add_argument("--with-tracer", action="store_true", help="not without rounds under strace")
    told = asked.parse_args()
    kind = told.round.partition(":")[0] or ("tracer" if told.with_tracer else "")
    if lacking := _lacking(kind):
        print(lacking, file=sys.stderr)
        return 2
    turn = [each for each in TURN if not _lacking(each)]
    if not told.round and len(turn) < len(TURN):
        print(f"Раунды под трассировщиком пропущены. {_lacking('tracer')}", flush=True)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # or what we start would be deaf to Ctrl+C too
    until = time.monotonic() + told.minutes * 60
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        origin = Field(Path(folder) / "field", warm=told.warm)
        if told.round:
            return 1 if played(origin, told.round, told.totals).violations else 0
        number = sum(f":{told.seed}." in each["round"] for each in totals.held(told.totals))
        while time.monotonic() < until:
            played(origin, f"{turn[number % len(turn)]}:{told.seed}.{number}", told.totals)
            number += 1
    rounds = totals.held(told.totals)
    print(totals.spoken(rounds))
    return 1 if any(each["violations"] for each in rounds) else 0


if __name__ == "__main__":
    sys.exit(main())
