"""Sampled faults: points drawn from command x call x kind of fault; one plain re-run mends, the run after it writes nothing.

`python -m tests.faults --sample 1500 --seed 1`. A point is named by its scene, its kind and its calls, and can be repeated
by that name: `--point prepare/lost/7`.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.office import Request, switches
from flows.office.switches import Lagging
from tests.faults.processes import PEOPLE
from tests.road import breaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from flows.office import Rule
    from tests.faults.scenes import Scene, Store

KILLS = ("killed before", "killed after", "killed twice")
WIRE = ("lost", "never came", "cut", "late", "stale listing")
REFUSALS = ("429", "403 limit", "500", "503", "503 after", "502", "401", "403 rights", "page")
ELSEWHERE = ("protected cell", "storage full")
KINDS = (*KILLS, *WIRE, *REFUSALS, *ELSEWHERE)
LONGEST = 3600.0
"""Seconds of waiting by the clock of the run after which it counts as hanging."""
HIDING = 10_000
BROKEN = frozenset({"408", "500", "502", "503", "504"})


class Death(BaseException):
    """The process is dead: nothing of it may be heard again."""


class Dead(BaseAdapter):
    """Sends over TCP until the process dies at a call: before it leaves or after its answer came."""

    def __init__(self, at: int, when: str) -> None:
        super().__init__()
        self.inner, self.left, self.when = HTTPAdapter(), at, when

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        self.left -= 1
        if self.left < 0 or (self.left == 0 and self.when == "before"):
            raise Death
        response = self.inner.send(request, *args, **options)
        _ = response.content
        if self.left == 0 and self.when == "after":
            raise Death
        return response

    def close(self) -> None:
        self.inner.close()


class Late(BaseAdapter):
    """Sends over TCP; the answer to one call comes later than the client waits for it."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.inner, self.left = HTTPAdapter(), at

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        self.left -= 1
        response = self.inner.send(request, *args, **options)
        _ = response.content
        if self.left == 0:
            raise requests.ReadTimeout(request=request)
        return response

    def close(self) -> None:
        self.inner.close()


@dataclass(frozen=True)
class Point:
    """One fault: in which scene, of which kind, at which call; `again` is the call of the second death, `when` of both."""

    scene: str
    kind: str
    at: int
    again: int = 0

    def __str__(self) -> str:
        return f"{self.scene}/{self.kind}/{self.at}" + (f"/{self.again}" if self.again else "")


def drawn(scenes: Sequence[Scene], count: int, seed: int) -> list[Point]:
    """Draw points: scene and kind evenly, the call among those that the fault can befall."""
    chance = random.Random(seed)
    told: list[Point] = []
    while len(told) < count:
        scene, kind = chance.choice(scenes), chance.choice(KINDS)
        calls = fitting(scene, kind)
        if calls:
            again = chance.choice(calls) if kind == "killed twice" else 0
            told.append(Point(scene.name, kind, chance.choice(calls), again))
    return told


def fitting(scene: Scene, kind: str) -> list[int]:
    """Return the calls of a command that a kind of fault can befall."""
    one = {"protected cell": "sheets.spreadsheets.batchUpdate", "storage full": "drive.files.create"}.get(
        kind
    )
    return [at for at, name in enumerate(scene.calls, 1) if one in {None, name}]


def named(scenes: Sequence[Scene], name: str) -> list[Point]:
    """Read the name of a point; `*` in the place of the call means every call."""
    wanted, kind, at, *again = name.split("/")
    scene = next(each for each in scenes if each.name == wanted)
    calls = fitting(scene, kind) if at == "*" else [int(at)]
    return [Point(wanted, kind, call, int(again[0]) if again else 0) for call in calls]


def played(kind: str, at: int) -> Rule:
    """Make the rule of a fault that the server plays at a call; one that plays nothing for what befalls the client."""
    told: dict[str, Rule] = {
        "lost": switches.at(at, "after"),
        "stale listing": switches.at(at, "after"),
        "never came": switches.at(at, "before"),
        "cut": switches.at(at, "cut"),
        "429": switches.at(at, lambda asked: switches.limited(asked, 3)),
        "403 limit": switches.at(at, lambda asked: switches.limited(asked, None, "rateLimitExceeded")),
        "503 after": switches.at(at, lambda asked: lambda _: switches.broken(asked, 503)),
        "401": switches.since(at, switches.revoked),
        "403 rights": switches.at(at, switches.forbidden),
        "page": switches.at(at, switches.page),
        "protected cell": switches.at(at, switches.protected),
        "storage full": _full(at),
    }
    if kind in BROKEN:
        return switches.at(at, lambda asked: switches.broken(asked, int(kind)))
    return told.get(kind, lambda *_: None)


def _full(at: int) -> Rule:
    def no_more(number: int, request: Request) -> Any:
        return (
            switches.no_room(request)
            if number >= at and switches.of(request) == "drive.files.create"
            else None
        )

    return no_more


def tried(scene: Scene, point: Point, folder: Path, *, real: bool = False) -> tuple[str, list[str]]:
    """Break a command, run it again, look; then once more, and nothing is written. `real` kills a process by the system."""
    home = folder / f"{point}".replace("/", " ")
    lagging = Lagging(calls=HIDING) if point.kind == "stale listing" else None
    try:
        with scene.opened(home) as store:
            told = _broken(scene, store, point, lagging, real=real)
            store.recorder.begin(lagging)
            told += _run(scene, store)
            told += [f"mending run: {each}" for each in store.recorder.blind()]
            store.recorder.begin()
            told += scene.violations(store)
            since = store.desk.now
            told += _run(scene, store)
            told += ["the run after wrote"] if store.desk.writes(since) else []
            return f"{point}", told
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _broken(scene: Scene, store: Store, point: Point, lagging: Lagging | None, *, real: bool) -> list[str]:
    """Run the command under the fault."""
    told: list[str] = []
    whens = {"killed before": ("before",), "killed after": ("after",), "killed twice": ("before", "after")}
    deaths = zip((point.at, point.again), whens.get(point.kind, ()), strict=False)
    for at, when in deaths:
        store.recorder.begin()
        told += _killed(scene, store, at, when, real=real)
    if point.kind not in KILLS:
        rule = played(point.kind, point.at)
        store.recorder.begin(switches.together(rule, lagging) if lagging else rule)
        told += _run(scene, store, Late(point.at) if point.kind == "late" else None, mends=False)
    return told + store.recorder.blind()


def _killed(scene: Scene, store: Store, at: int, when: str, *, real: bool) -> list[str]:
    if not real:
        with contextlib.suppress(Death, TryLater, Refused, Misconfigured):
            scene.do(store, Dead(at, when))
        return []
    child = os.fork()
    if child == 0:
        code = 1
        try:
            scene.do(store, breaking.Dying(at, when))
            code = 0
        except (TryLater, Refused, Misconfigured):
            code = 3
        finally:
            os._exit(code)
    code = breaking.ended(child)
    return [] if code in {0, 3, -signal.SIGKILL} else [f"the run fell over, code {code}"]


def _run(scene: Scene, store: Store, adapter: BaseAdapter | None = None, *, mends: bool = True) -> list[str]:
    """Run the command to its end, I7 and I9: it says in words what is in the way, and in time; a mending one says nothing."""
    began = store.clock.now()
    told: list[str] = []
    try:
        scene.do(store, adapter)
    except (TryLater, Refused, Misconfigured) as said:
        told += [f"not mended: {said}"] if mends else []
        told += [f"name of a person told: {name}" for name in PEOPLE if name.split()[0] in str(said)]
    except Exception as raw:  # noqa: BLE001 - whatever a person would see as a traceback
        told.append(f"raw {type(raw).__name__}: {raw}"[:200])
    waited = store.clock.now() - began
    return told + ([f"waited {waited:.0f} s"] if waited > LONGEST else [])


def judged(results: Iterable[tuple[str, list[str]]]) -> tuple[str, int]:
    """Spell the totals by scene and kind, and every violation; tell how many points violated something."""
    rows = list(results)
    scenes, kinds = (
        Counter(name.split("/")[0] for name, _ in rows),
        Counter(name.split("/")[1] for name, _ in rows),
    )
    bad = [(name, told) for name, told in rows if told]
    blind = sum("blind" in each for _, told in rows for each in told)
    lines = [
        f"точек {len(rows)}, нарушений {len(bad)}, повторов вслепую {blind}",
        "  команды: " + ", ".join(f"{name} {scenes[name]}" for name in sorted(scenes)),
        "  сбои: " + ", ".join(f"{name} {kinds[name]}" for name in sorted(kinds)),
        *(f"{name}: {'; '.join(told)}" for name, told in bad),
    ]
    return "\n".join(lines), len(bad)
