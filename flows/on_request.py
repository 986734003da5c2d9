"""Flow: what curators ticked in the sheet, all ticks of one organisation in one run (DESIGN §9)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger, task
from pydantic import Field

from flows import asking, engine, settings, telling
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.engine import run_page
from flows.engine.forgetting import FLOW, TASK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.work import Errand, Report
    from flows.work.ticks import Wish


class TickRequest(asking.OfOne):
    """Галочки вкладки «Запросы» одной организации: все или одна, по коду строки."""

    code: str = Field(
        default="",
        title="Код строки",
        description="Пусто — все отмеченные",
        pattern=r"^(З-\d+)?$",
        json_schema_extra={"position": 1},
    )
    today: datetime | None = Field(
        default=None, title="Когда", description="Пусто — сейчас", json_schema_extra={"position": 2}
    )


@task(name="serve-ticks", **TASK)
def serve_ticks(slug: str, code: str, now: datetime) -> list[Report]:
    """Serve the ticked rows; what was served or taken away meanwhile is nothing to do, a busy book is waited for."""
    with engine.without_data(f"nastavnik prepare --organisation {slug}"):
        return engine.patiently(lambda: _served(slug, code, now))


def _served(slug: str, code: str, now: datetime) -> list[Report]:
    from flows import doors  # noqa: PLC0415 - brings the clients
    from flows.work import Errand, ticks  # noqa: PLC0415 - brings the clients

    home = settings.load_home()
    with doors.open_workspace(home, tell=engine.aloud(get_run_logger())) as space:
        place = home.place(slug)
        supplies = doors.supplies(now.date(), place)
        wishes = [wish for wish in ticks.ticked(space, place, supplies) if code in {"", wish.code}]
        return _together(Errand(space, place, now.date(), supplies), wishes, now) if wishes else []


def _together(errand: Errand, wishes: Sequence[Wish], now: datetime) -> list[Report]:
    """Serve rows in one walk; where that breaks, one by one, so that one bad row keeps no other waiting."""
    from flows.work import ticks  # noqa: PLC0415 - brings the clients

    try:
        return [ticks.serve(errand, wishes, now)]
    except (Misconfigured, TryLater):
        raise
    except Exception as error:
        if len(wishes) == 1:
            why = str(error) if isinstance(error, Refused) else f"Внутренняя ошибка {type(error).__name__}."
            ticks.refuse(
                errand, wishes[0], now, f"{why} Покажите эту строку тому, кто устанавливал программу."
            )
            raise
    return [report for wish in wishes for report in _alone(errand, wish, now)]


def _alone(errand: Errand, wish: Wish, now: datetime) -> list[Report]:
    try:
        return _together(errand, [wish], now)
    except (Misconfigured, TryLater):
        raise
    except Exception as error:  # noqa: BLE001 - its row has the answer; its text may name people
        return [telling.unable(errand.place.slug, f"Запрос {wish.code}: {type(error).__name__}.")]


@flow(name="on-request", **FLOW)
def on_request(request: TickRequest) -> Any:
    """Make what the ticks of an organisation ask for and answer in their rows."""
    asking.begun(request)
    now = request.today or datetime.now(ZoneInfo(settings.load_home().place(request.organisation).zone))
    state = serve_ticks(request.organisation, request.code, now, return_state=True)
    if not state.is_completed():
        return run_page.closed([], {request.organisation: engine.reason(state)})
    return run_page.closed(state.result(), {})
