"""A district on two workers, one of them killed midway; or, with `--measure`, how much sooner two are ready than one.

    make scaleout                                          a worker dies: all organisations done, nothing doubled
    python -m tests.scale --measure                       two workers against one, every answer 300 ms late

Exit: 0 as wanted, 1 not so, 2 something needed is missing (it says what).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import urllib.error
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.road import desk as desks
from tests.scale import postgres
from tests.scale.district import District, district
from tests.scale.engine import at_work, ended, engine, killed, worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.scale.engine import Engine

DAY = f"{desks.TODAY}"
FINAL = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
WAIT, LOOK, TIMES = 1500.0, 2.0, 1.7
TICK_WAIT, ROW = 300.0, 2
PLACES, REFUSED = 1, {400, 409, 422}


class NotSoError(Exception):
    """Something is not as it must be; the text says what."""


def say(sentence: str, began: float = 0.0) -> None:
    """Say a thing, with the seconds since a moment."""
    print(f"{time.monotonic() - began:6.0f} с  {sentence}" if began else sentence, flush=True)


def until(what: str, is_so: Callable[[], Any], seconds: float = WAIT) -> Any:
    """Wait until something is so, and give it; `NotSoError` when it does not become so in that many seconds."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if told := is_so():
            return told
        time.sleep(LOOK)
    raise NotSoError(f"не дождались за {seconds:.0f} с: {what}")


def parent_of(made: Engine, run: str) -> dict[str, Any]:
    """Return a run as it stands."""
    return dict(made.ask(f"/flow_runs/{run}", method="GET"))


def children_of(made: Engine) -> list[dict[str, Any]]:
    """Return the runs of organisations that a parent asked for."""
    return [run for run in made.runs("prepare") if slug_of(run)]


def slug_of(run: dict[str, Any]) -> str:
    """Return the organisation of a run; empty for a parent's."""
    return str(run["parameters"].get("request", {}).get("organisation", ""))


def over(made: Engine, run: str) -> dict[str, Any] | None:
    """Return a run that has ended; nothing of one that goes on."""
    now = parent_of(made, run)
    return now if now["state_type"] in FINAL else None


@contextmanager
def put_up(organisations: int, pairs: int) -> Iterator[tuple[Engine, District]]:
    """Put up a district, PostgreSQL and a Prefect server with the shipped deployments, whose own hours are paused."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="scale-")))
        database = stack.enter_context(postgres.running())
        told = stack.enter_context(district(folder / "district", organisations, pairs))
        made = stack.enter_context(engine(folder / "engine", database))
        for flow in ("prepare", "monitor"):
            known = made.ask(f"/deployments/name/{flow}/{flow}", method="GET")["id"]
            made.ask(f"/deployments/{known}", {"paused": True}, "PATCH")
        yield made, told


def killing(organisations: int, milliseconds: int) -> None:
    """Kill one of two workers midway and look that nothing is lost or doubled; then have a tick served without `serve`."""
    with put_up(organisations, pairs=3) as (made, told), ExitStack() as stack:
        began = time.monotonic()
        watcher = made.started("watcher", "flows", "serve", "--ticks", around=_whole(made, told, "watcher"))
        stack.callback(ended, watcher)
        until("наблюдатель галочек", lambda: "Смотрю" in (made.folder / "watcher.log").read_text("utf-8"))
        until("правило о признаках жизни", lambda: made.ask("/automations/count", {}))
        say("PostgreSQL, сервер Prefect, развёртывания, наблюдатель и его правило стоят", began)
        _refused(made)
        told.late(milliseconds)
        workers = {
            name: stack.enter_context(worker(made, name, told.machine(name)))
            for name in ("worker-1", "worker-2")
        }
        parent = made.asked("prepare", {"today": DAY})
        lost = until("второй работник начал организацию", lambda: _other(made, workers, parent))
        name, run = lost
        killed(workers[name])
        say(f"{name} убит со всем, что начал: {run['name']}", began)
        done = until("район готов", lambda: over(made, parent["id"]))
        say(f"{done['state_name']}: {done['state']['message']}", began)
        told.late(0)
        _judged(made, told, done, run)
        _ticked(made, told, began)


def _refused(made: Engine) -> None:
    """Ask with a misspelt parameter: the server itself must refuse it, and no run may begin."""
    try:
        made.asked("prepare", {"organisatoin": "school-1"})
    except urllib.error.HTTPError as refusal:
        if refusal.code in REFUSED and not children_of(made):
            return
    raise NotSoError("опечатка в заявке принята")


def _whole(made: Engine, told: District, name: str) -> dict[str, str]:
    """Return the environment of a machine on which something of ours asks the server."""
    return {**made.around, **told.machine(name)}


def _other(
    made: Engine, workers: dict[str, Any], parent: dict[str, Any]
) -> tuple[str, dict[str, Any]] | None:
    """Find a worker that does an organisation's run and not the parent, and that run, under way."""
    for name, process in workers.items():
        ids = at_work(process.pid)
        if ids and parent["id"] not in ids:
            run = parent_of(made, min(ids))
            if run["state_type"] == "RUNNING":
                return name, run
    return None


def _judged(made: Engine, told: District, done: dict[str, Any], lost: dict[str, Any]) -> None:
    dead = parent_of(made, lost["id"])
    papers, wrong = told.papers(), told.broken() + told.google.broken
    say(f"убитый запуск: {dead['state_name']} ({dead['state']['message']}); документов: {papers}")
    number = len(told.home.places)
    wrong += (
        []
        if done["state"]["message"] == f"Организаций: {number}, готово: {number}."
        else ["район готов не весь"]
    )
    wrong += [] if dead["state_name"] == "Crashed" else ["убитый запуск не закрыт"]
    wrong += [] if len(set(papers.values())) == 1 and min(papers.values()) else ["документов не поровну"]
    runs = children_of(made)
    again = [run for run in runs if slug_of(run) == slug_of(lost)]
    wrong += [] if (len(again), len(runs)) == (2, number + 1) else ["повторён не один запуск"]
    if wrong:
        raise NotSoError("; ".join(wrong))


def _ticked(made: Engine, told: District, began: float) -> None:
    """Tick a row and wait for its answer: the watcher asks for a run, the worker that is left serves it."""
    place = told.home.places[0]
    with told.desk(place) as desk:
        desk.type_cells("Запросы", ROW, {"Что нужно": "обновить сводку", "Подготовить": True})

    def answered() -> bool:
        with told.desk(place) as desk:
            return bool(desk.cell("Запросы", ROW, "⚙ Готов")) and not desk.cell("Запросы", ROW, "Подготовить")

    until("галочка выполнена", answered, TICK_WAIT)
    say("галочка без nastavnik serve выполнена", began)


def measuring(organisations: int, pairs: int, milliseconds: int) -> None:
    """Measure a first pass over the district with one worker and with two: seconds from the parent's beginning to its end."""
    took: dict[int, float] = {}
    for number in (1, 2):
        with put_up(organisations, pairs) as (made, told), ExitStack() as stack:
            told.late(milliseconds)
            for at in range(number):
                name = f"worker-{at + 1}"
                stack.enter_context(worker(made, name, told.machine(name), PLACES))
            parent = made.asked("prepare", {"today": DAY})
            done = until("район готов", lambda made=made, parent=parent: over(made, parent["id"]))
            told.late(0)
            took[number] = float(done["total_run_time"])
            wrong = told.broken() + told.google.broken
            if wrong or done["state_type"] != "COMPLETED":
                raise NotSoError("; ".join([done["state"]["message"], *wrong]))
            papers = sum(told.papers().values())
            say(
                f"работников {number}: {took[number]:.0f} с; документов {papers}, обращений {len(told.google.calls())}"
            )
    times = took[1] / took[2]
    say(
        f"два работника быстрее одного в {times:.2f} раза (нужно {TIMES}); ответ через {milliseconds} мс, мест у каждого {PLACES}"
    )
    if times < TIMES:
        raise NotSoError("два работника быстрее одного меньше, чем нужно")


def main() -> int:
    """Play what is asked for."""
    words = argparse.ArgumentParser(prog="python -m tests.scale")
    words.add_argument("--measure", action="store_true", help="два работника против одного")
    words.add_argument(
        "--organisations", type=int, default=0, help="сколько организаций; по-своему 6, для --measure 12"
    )
    words.add_argument("--pairs", type=int, default=8, help="пар в каждой, для --measure")
    words.add_argument("--delay", type=int, default=300, help="через сколько миллисекунд отвечает Google")
    told = words.parse_args()
    try:
        if told.measure:
            measuring(told.organisations or 12, told.pairs, told.delay)
        else:
            killing(told.organisations or 6, told.delay)
    except postgres.MissingError as missing:
        say(str(missing))
        return 2
    except NotSoError as wrong:
        say(f"НЕ ТАК: {wrong}")
        return 1
    say("Всё так.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
