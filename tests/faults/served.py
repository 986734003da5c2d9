"""Rounds of `serve`: ticks set before it, kills of it and of what it started, many ticks at once, and Ctrl+C.

Real processes with a real Prefect server over TCP. The seconds are written into the totals whatever they are; a tick
that waits longer than two minutes is a violation. They are of the machine as it was: a busy one is slower.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.faults import processes
from tests.faults.commands import How
from tests.faults.field import Home, Result
from tests.faults.serving import PROGRAMS, SERVED, STOPPED, SUMMARY, Serving, flow_runs, papers_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.field import Field

VICTIMS = ("serve", "serve", "server", "run", "serve and server")
MANY = 50
TWO = (PROGRAMS, SUMMARY)
COMMANDS = ("prepare", "prepare", "serve")
HALTED = "Остановлено."


@contextmanager
def _serving(origin: Field, folder: Path, result: Result) -> Iterator[Serving]:
    serving = Serving(origin, folder, result)
    try:
        yield serving
    finally:
        serving.cleared()


def tick(origin: Field, chance: random.Random, folder: Path) -> Result:
    """Ticks that stand before `serve` starts are served, and it says of the row that it is done."""
    result = Result()
    with _serving(origin, folder, result) as serving:
        papers = papers_of(serving, folder)
        serving.ask(*TWO)
        serving.start()
        if serving.answered(*TWO):
            result.measured("tick before start", time.monotonic() - serving.began, SERVED)
            serving.done(3)
        result.counts["ticks served"] += len(TWO)
        result.measured(
            "serve stopped", serving.ended(chance.choice((signal.SIGINT, signal.SIGTERM))), STOPPED
        )
        serving.judged(papers)
    return result


def killed(origin: Field, chance: random.Random, folder: Path) -> Result:
    """Kill `serve`, its server or its run while a run goes on; a tick is served after it, nothing stays, nothing is lost."""
    result, victim, before = Result(), chance.choice(VICTIMS), chance.random() < 0.5
    with _serving(origin, folder, result) as serving:
        papers = papers_of(serving, folder)
        if before:
            serving.ask(*TWO)
        serving.start()
        serving.running.within(SERVED, lambda: bool(processes.runs(serving.home.root, serving.running.pid)))
        serving.running.within(chance.random() * 5)
        result.counts[f"kills of {victim}"] += 1
        result.counts["kills"] += _kill(serving, victim)
        if serving.running.over():
            serving.ended(signal.SIGKILL)
            result.figures["orphans gone, s"] = result.figures.pop("processes gone, s")
            serving.start()
        since = time.monotonic()
        if not before:
            serving.greeted()
            serving.ask(*TWO)
        if serving.answered(*TWO):
            result.measured("tick after kill -9", time.monotonic() - since, SERVED)
            serving.done(3)
        result.counts["ticks served"] += len(TWO)
        result.measured("serve stopped", serving.ended(signal.SIGINT), STOPPED)
        serving.judged(papers)
    return result


def _kill(serving: Serving, victim: str) -> bool:
    root, own = serving.home.root, serving.running
    chosen = processes.server(root) if "server" in victim else []
    chosen += processes.runs(root, own.pid)[:1] if victim == "run" else []
    dead = [processes.killed(pid) for pid in chosen]
    dead += [own.kill()] if victim.startswith("serve") and victim != "server" else []
    return any(dead)


def many(origin: Field, chance: random.Random, folder: Path) -> Result:
    """Fifty ticks of one organisation are one run, and every row has its answer."""
    result = Result()
    wanted = [chance.choice(TWO) for _ in range(MANY)]
    with _serving(origin, folder, result) as serving:
        papers = papers_of(serving, folder)
        serving.ask(*wanted)
        serving.start()
        if serving.answered(*wanted):
            result.measured(f"{MANY} ticks", time.monotonic() - serving.began, SERVED)
        result.counts["ticks served"] += MANY
        result.measured("serve stopped", serving.ended(signal.SIGINT), STOPPED)
        made = [each for each in flow_runs(serving.home.root) if each["deployment"] == "on-request"]
        result.counts[f"runs for {MANY} ticks"] += len(made)
        if len(made) != 1:
            result.violations.append(f"{len(made)} runs for {MANY} ticks")
        serving.judged(papers)
    return result


def stop(origin: Field, chance: random.Random, folder: Path) -> Result:
    """Ctrl+C in the midst of a `prepare` or of `serve`: over in two seconds with one sentence, and nothing is lost."""
    if chance.choice(COMMANDS) == "prepare":
        return _prepare_stopped(origin, chance, folder)
    result = Result()
    with _serving(origin, folder, result) as serving:
        papers = papers_of(serving, folder)
        serving.start()
        serving.running.within(chance.random() * 60)
        result.counts["stops of serve"] += 1
        result.measured("serve stopped", serving.ended(signal.SIGINT), STOPPED)
        lines = serving.running.out.read_text("utf-8").splitlines()
        halted = [line for line in lines if line.startswith(HALTED)]
        result.violations += [] if len(halted) == 1 else [f"stopped with {halted}"]
        serving.judged(papers)
    return result


def _prepare_stopped(origin: Field, chance: random.Random, folder: Path) -> Result:
    result, home = Result(), Home(origin, folder / "home")
    running = home.start(warm=False, how=How(group=True))
    lives = home.after(chance, running)
    began = time.monotonic()
    if lives:
        os.killpg(running.pid, signal.SIGINT)
    said = result.heard(running.ended())
    if lives:
        result.counts["stops of prepare"] += 1
        result.measured("prepare stopped", time.monotonic() - began, STOPPED)
        lines = (said.out + said.err).strip().splitlines()
        told = len(lines) == 1 and lines[0].startswith(HALTED)
        result.counts["ended before the stop"] += said.code in {0, 1}
        result.violations += [] if told or said.code in {0, 1} else [f"stopped with {lines}"]
    home.mended(result)
    result.violations += home.broken()
    return result
