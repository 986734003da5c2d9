"""Prefect's runners of one home in a thread: one for schedules, one for ticks, so that neither waits behind the other."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows import engine, schedule
from flows.domain.errors import TryLater

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.settings import Home

MOST_RUNS, LOOK_EVERY, PAUSE, PATIENCE = 2, 5.0, 5.0, 90.0
TICKS = "on-request"


def deployments(zones: Iterable[str], home: str = "", district: Iterable[str] = ()) -> list[Any]:
    """Build the deployments of `schedule` for this process, with schedules for these zones and the mark of a home.

    `district` are the zones of a district, whose own deployments have hours there alone.
    """
    built: list[Any] = []
    for each in schedule.DEPLOYMENTS:
        schedules = [
            Cron(told["cron"], timezone=told["timezone"], slug=told["slug"], parameters=told["parameters"])
            for told in each.schedules(district if each.over_others else zones, home)
        ]
        flow = schedule.flow_of(each.name)
        built.append(
            flow.to_deployment(each.name, schedules=schedules, entrypoint_type=EntrypointType.MODULE_PATH)
        )
    return built


def zones(home: Home) -> tuple[str, ...]:
    """Return the time zones that have organisations."""
    return tuple(sorted({place.zone for place in home.led}))


def district_zones(home: Home) -> tuple[str, ...]:
    """Return the time zone of the home's district; none where there is no district."""
    return (home.district.zone,) if home.district and home.district.book else ()


class Runners:
    """Both runners in one thread; begun anew when they break, until the process ends."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._deployed: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self._standing = Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._runners: tuple[Runner, Runner] | None = None
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        pause = Event()
        while True:
            with suppress(Exception):
                asyncio.run(self._both())
            pause.wait(PAUSE)

    async def _both(self) -> None:
        self._loop = asyncio.get_running_loop()
        schedules, ticks = (
            Runner(name, query_seconds=LOOK_EVERY, limit=MOST_RUNS, pause_on_shutdown=False)
            for name in ("schedules", "ticks")
        )
        self._runners = schedules, ticks
        await self._deploy(self._home)
        self._standing.set()
        await asyncio.gather(schedules.start(), ticks.start())

    async def _deploy(self, home: Home) -> None:
        if self._runners is None:
            return
        schedules, ticks = self._runners
        told, district = zones(home), district_zones(home)
        for each in await asyncio.to_thread(deployments, told, engine.mark(home), district):
            await (ticks if each.name == TICKS else schedules).aadd_deployment(each)
        self._home, self._deployed = home, (told, district)

    def wait(self) -> None:
        """Wait until the deployments stand; raise `TryLater` when they do not."""
        if not self._standing.wait(PATIENCE):
            raise TryLater("Расписание не завелось в Prefect, пробую снова.")

    def follow(self, home: Home) -> None:
        """Give a time zone that appeared, or lost its last organisation, or a district, what it should have."""
        if self._loop is None or self._deployed is None:
            return
        if (zones(home), district_zones(home)) != self._deployed:
            asyncio.run_coroutine_threadsafe(self._deploy(home), self._loop).result(PATIENCE)
