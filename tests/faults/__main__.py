"""`make faults`: the long sweeps — every call in five ways, crashes of the mending run too, and broken servers for each method."""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from flows.domain.errors import Misconfigured, TryLater
from flows.office import Faults, Request, Response
from tests.faults import sampled
from tests.faults.scenes import NAMES, scenes
from tests.road import breaking
from tests.road import desk as desks
from tests.road.test_faults import PLAN, ROWS

STATUSES = (408, 429, 500, 502, 503, 504)
PORTION = 100
BODY = b'{"error": {"code": %d, "message": "fault", "errors": [{"domain": "global", "reason": "backendError", "message": "fault"}]}}'


class Field:
    """The organisation whose run of twelve papers is broken, made once and copied for each point."""

    def __init__(self, work: Path) -> None:
        self.work, self.home = work, work / "home"
        self.home.mkdir(parents=True)
        self.place = desks.founded(self.home)
        with desks.opened(self.home, self.place) as desk:
            desks.furnish(desk, 0, plan=PLAN[:1])
            desk.run(date(2026, 9, 1))
            row = desk.filed("order.introduce")
            desk.type_cells(
                "Документы",
                row.origin.row,
                {"Рег. №": "118", "Дата регистрации": date(2026, 9, 2), "Состояние": "зарегистрирован"},
            )
            desk.run(date(2026, 9, 2))
            final = desk.filed("order.introduce", "зарегистрирован")
            desks.furnish(desk, 8, unready=1, plan=PLAN)
            self.white = desk.typed()
            self.registered = breaking.registered_sums(
                self.home, [desk.file(row).name, desk.file(final).name]
            )
        with desks.served(desks.copied(self.home, work / "count"), self.place) as (desk, _):
            before = desk.now
            desk.run()
            self.calls = desk.now - before

    def point(
        self, name: str, faults: Faults | None = None, deaths: tuple[breaking.Dying, ...] = ()
    ) -> tuple[str, list[str]]:
        """Break a run, and the runs that mend it, as told; then let one plain run finish, and name every violation."""
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            root = desks.copied(self.home, Path(folder) / "home")
            with desks.served(root, self.place, faults) as (desk, base):
                dead: list[str] = []
                for death in deaths:
                    breaking.ended(breaking.in_child(base, self.place, death))
                    dead += breaking.untouched(desk, self.white, self.registered)
                if faults:
                    with contextlib.suppress(TryLater, Misconfigured):
                        desk.run()
                    dead += breaking.untouched(desk, self.white, self.registered)
                desk.run()
                return name, dead + breaking.broken(desk, self.white, self.registered, ROWS)


def sweeps(field: Field, pairs: int, seed: int) -> list[tuple[str, list[tuple[str, Any, Any]]]]:
    """Every sweep by name: its points, each with its faults and its deaths."""
    every = range(1, field.calls + 1)
    chance = random.Random(seed)
    return [
        ("убит до обращения", [(f"before {at}", None, (breaking.Dying(at, "before"),)) for at in every]),
        ("убит после обращения", [(f"after {at}", None, (breaking.Dying(at, "after"),)) for at in every]),
        ("ответ потерян", [(f"lost {at}", _once(at, "after"), ()) for at in every]),
        ("пол-ответа", [(f"cut {at}", _once(at, "cut"), ()) for at in every]),
        ("запрос не дошёл", [(f"never {at}", _once(at, "before"), ()) for at in every]),
        ("убит дважды", [(f"twice {a} {b}", None, (breaking.Dying(a, chance.choice(("before", "after"))), breaking.Dying(b, chance.choice(("before", "after"))))) for a, b in ((chance.choice(every), chance.choice(every)) for _ in range(pairs))]),
        *((f"код {status}", [(f"{status} at {at}", _once(at, Response(status, {"Content-Type": "application/json"}, BODY % status)), ()) for at in every]) for status in STATUSES),
    ]  # fmt: skip


def _once(at: int, verdict: Any) -> Faults:
    def rule(number: int, request: Request) -> Any:
        del request
        return verdict if number == at else None

    return Faults(rule)


def _sampled(count: int, seed: int, names: list[str]) -> int:
    """Try points drawn from all commands, killed by the system itself; print the totals and every violation."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        wanted = {name.partition("/")[0] for name in names} or NAMES
        made = {each.name: each for each in scenes(Path(folder) / "scenes", wanted)}
        calls = ", ".join(f"{name} {len(each.calls)}" for name, each in made.items())
        print(f"Обращений: {calls}; зерно {seed}", flush=True)
        every = list(made.values())
        points = [point for name in names for point in sampled.named(every, name)]
        points = points or sampled.drawn(every, count, seed)
        results: list[tuple[str, list[str]]] = []
        for begin in range(0, len(points), PORTION):
            portion = breaking.spread(
                points[begin : begin + PORTION],
                lambda at: sampled.tried(made[at.scene], at, Path(folder) / f"{os.getpid()}", real=True),
            )
            results += portion
            bad = sum(bool(told) for _, told in results)
            print(
                f"{len(results)} из {len(points)}, нарушений {bad}, {time.monotonic() - began:.0f} с",
                flush=True,
            )
            if said := breaking.say(portion):
                print(said, flush=True)
    told, bad = sampled.judged(results)
    print(f"{told}\n{time.monotonic() - began:.0f} с")
    return 1 if bad else 0


def main() -> int:
    """Run the sweeps and print how many points each had and every violation."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pairs", type=int, default=60, help="сколько двойных обрывов")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--sample", type=int, default=0, help="столько сбоев наугад по всем командам")
    asked.add_argument(
        "--point", action="append", default=[], help="сбой по его имени: prepare/lost/7, prepare/lost/*"
    )
    told = asked.parse_args()
    if told.sample or told.point:
        return _sampled(told.sample, told.seed, told.point)
    started, bad, count = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        field = Field(Path(folder) / "field")
        print(f"Обращений в запуске: {field.calls}; зерно {told.seed}")
        for name, points in sweeps(field, told.pairs, told.seed):
            results = breaking.spread(points, lambda point: field.point(*point))
            violations = breaking.say(results)
            print(
                f"{name}: точек {len(points)}, нарушений {sum(bool(found) for _, found in results)}",
                flush=True,
            )
            if violations:
                print(violations)
            bad += sum(bool(found) for _, found in results)
            count += len(points)
    print(f"Всего точек {count}, нарушений {bad}, {time.monotonic() - started:.0f} с")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
