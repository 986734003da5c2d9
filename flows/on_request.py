"""Flow: what curators ticked in the sheet; a light loop watches, a run is made only for a real tick (DESIGN §9)."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.deployments import run_deployment
from pydantic import BaseModel, Field

from flows import doors, engine, settings
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.work import Errand, Report, ticks

if TYPE_CHECKING:
    from threading import Event

DEPLOYMENT = "on-request/on-request"
POLL, RETRY = 60.0, 600


class TickRequest(BaseModel):
    """Одна галочка: организация и код строки вкладки «Запросы»."""

    organisation: str = Field(title="Организация", pattern=r"^[a-z0-9-]+$", json_schema_extra={"position": 0})
    code: str = Field(title="Код строки", pattern=r"^З-\d+$", json_schema_extra={"position": 1})
    today: datetime | None = Field(
        default=None, title="Когда", description="Пусто — сейчас", json_schema_extra={"position": 2}
    )


@task(name="serve-tick", cache_policy=NO_CACHE, persist_result=False, log_prints=False)
def serve_tick(slug: str, code: str, now: datetime) -> Report | None:
    """Serve one ticked row; a tick that was served or taken away meanwhile is nothing to do."""
    home = settings.load_home()
    try:
        with doors.open_workspace(home) as space:
            place, supplies = home.place(slug), doors.supplies(now.date())
            wish = next((each for each in ticks.ticked(space, place, supplies) if each.code == code), None)
            return (
                None if wish is None else ticks.serve(Errand(space, place, now.date(), supplies), wish, now)
            )
    except (Misconfigured, TryLater, Refused):
        raise
    except Exception as error:  # noqa: BLE001 - a traceback may carry what people typed
        raise Refused(f"Внутренняя ошибка {type(error).__name__} при запросе {code}.") from None


@flow(name="on-request", persist_result=False, log_prints=False)
def on_request(request: TickRequest) -> Report | None:
    """Make what one tick asks for and answer in its row."""
    now = request.today or datetime.now(ZoneInfo(settings.load_home().place(request.organisation).zone))
    return serve_tick(request.organisation, request.code, now)


def submit(home: settings.Home) -> int:
    """Look once at every organisation's ticks and ask for a run for each.

    A tick that has its run gets no second one for a while; one whose run failed is still ticked then and gets another.
    """
    asked = 0
    with doors.open_workspace(home) as space:
        for place in home.places:
            if not place.book:
                continue
            for wish in ticks.ticked(space, place, doors.supplies(engine.local_day(place))):
                key = f"{wish.key}:{int(time.time() // RETRY)}"
                run_deployment(
                    DEPLOYMENT,
                    parameters={"request": {"organisation": place.slug, "code": wish.code}},
                    timeout=0,
                    idempotency_key=key,
                )
                asked += 1
    return asked


def watch(stop: Event, every: float = POLL) -> None:
    """Look at the ticks until told to stop; a look that fails is said and tried again."""
    while not stop.is_set():
        try:
            submit(settings.load_home())
        except (Misconfigured, TryLater, Refused) as trouble:
            print(f"{time.strftime('%H:%M')} Запросы не прочитаны. {trouble}", flush=True)
        stop.wait(every)
