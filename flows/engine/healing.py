"""What a dead engine left behind is set right (own engine only), and a morning that was missed is made up for once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows import engine, schedule
from flows.domain.errors import TryLater

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun
    from prefect.client.schemas.responses import DeploymentResponse

    from flows.settings import Home

PAGE = 200
UNDER_WAY = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING, StateType.PAUSED]
MOST_TRIES, MOST_CUT_OFF = 3, 20
BETWEEN_TRIES = timedelta(minutes=10)


def set_right() -> int:
    """End the runs that nobody works on any more and drop those whose hour has passed; return how many.

    At the start of the one process that runs this home's work there can be no living run.
    """
    now = datetime.now(UTC)
    with get_client(sync_client=True) as client:
        dead = list(_every(client, FlowRunFilter(state=_of(UNDER_WAY))))
        for run in dead:
            with suppress(
                ObjectNotFound
            ):  # a run that is gone is set right too, also by our own call sent twice
                client.set_flow_run_state(run.id, Crashed(message="Прерван вместе с программой."), force=True)
        late = [
            run for run in _every(client, FlowRunFilter(state=_of([StateType.SCHEDULED]))) if _past(run, now)
        ]
        for run in late:
            with suppress(ObjectNotFound):
                client.delete_flow_run(run.id)
    return len(dead) + len(late)


def _past(run: FlowRun, now: datetime) -> bool:
    """Tell whether a run that has not begun should have, or waits for a place that a dead run holds."""
    due = run.next_scheduled_start_time
    return due is None or due <= now or run.state_name == "AwaitingConcurrencySlot"


def _of(types: list[StateType]) -> FlowRunFilterState:
    return FlowRunFilterState(type=FlowRunFilterStateType(any_=types))


def _every(
    client: SyncPrefectClient, wanted: FlowRunFilter, deployments: DeploymentFilter | None = None
) -> Iterator[FlowRun]:
    offset = 0
    while page := client.read_flow_runs(
        flow_run_filter=wanted, deployment_filter=deployments, limit=PAGE, offset=offset
    ):
        yield from page
        offset += len(page)


@dataclass(frozen=True, slots=True)
class Morning:
    """A flow's scheduled hour of one day in one time zone."""

    flow: str
    zone: str
    start: datetime

    @property
    def key(self) -> str:
        """What the run that makes up for it is known by: a second one is never made."""
        return f"{self.flow}/{self.zone}/{self.start:%Y-%m-%d}"


def mornings(home: Home, now: datetime) -> Iterator[Morning]:
    """Give today's scheduled hours that are over, where organisations are; `now` in any zone."""
    for zone in sorted({place.zone for place in home.led}):
        here = now.astimezone(ZoneInfo(zone))
        for each in schedule.DEPLOYMENTS:
            if each.cron and (not each.over_others or _leads(home, zone)):
                minute, hour = (int(part) for part in each.cron.split()[:2])
                start = datetime.combine(here.date(), time(hour, minute), here.tzinfo)
                if start <= here:
                    yield Morning(each.name, zone, start)


def _leads(home: Home, zone: str) -> bool:
    """Tell whether the home's district lives in a time zone."""
    return home.district is not None and bool(home.district.book) and home.district.zone == zone


class Mornings:
    """Sees to it that every morning is run: once seen well, it is not looked at again."""

    def __init__(self) -> None:
        self._done: set[str] = set()

    def make_up(self, home: Home, now: datetime) -> list[Morning]:
        """Ask for a run of each of today's mornings that had none that ended well; return those asked for."""
        due = [each for each in mornings(home, now) if each.key not in self._done]
        self._done &= {each.key for each in mornings(home, now)}
        if not due:
            return []
        asked: list[Morning] = []
        busy: set[str] = set()
        with get_client(sync_client=True) as client:
            for each in due:
                runs = _runs_of(client, each)
                if any(run.state_type is StateType.COMPLETED for run in runs):
                    self._done.add(each.key)
                elif any(not (run.state and run.state.is_final()) for run in runs):
                    busy.add(each.zone)
                elif each.zone not in busy and self._asked(client, home, each, runs, now):
                    busy.add(each.zone)  # the next flow of the same books waits until this one is over
                    asked.append(each)
        return asked

    def _asked(
        self, client: SyncPrefectClient, home: Home, each: Morning, runs: list[FlowRun], now: datetime
    ) -> bool:
        failed = [run for run in runs if run.state_type is not StateType.CRASHED]
        if len(failed) >= MOST_TRIES or len(runs) >= MOST_CUT_OFF:
            return False
        if any(run.end_time and now - run.end_time < BETWEEN_TRIES for run in failed):
            return False
        deployment = _deployed(client, each)
        if deployment is None:
            return False
        request = {"zone": each.zone, "home": engine.mark(home)}
        client.create_flow_run_from_deployment(
            deployment.id,
            parameters={"request": request},
            idempotency_key=f"{each.key}/{len(runs)}",
            tags=[each.zone, "наверстано"],
        )
        return True


def _deployed(client: SyncPrefectClient, each: Morning) -> DeploymentResponse | None:
    """Find the deployment that a morning's hour is scheduled by; `None` where people paused it or gave it another hour."""
    try:
        deployment = client.read_deployment_by_name(f"{each.flow}/{each.flow}")
    except ObjectNotFound:
        raise TryLater(
            f"На сервере Prefect нет развёртывания {each.flow}. Выполните: prefect deploy --all."
        ) from None
    cron = next(known.cron for known in schedule.DEPLOYMENTS if known.name == each.flow)
    hours = [
        told.active
        and getattr(told.schedule, "cron", "") == cron
        and getattr(told.schedule, "timezone", "") == each.zone
        for told in deployment.schedules
    ]
    return deployment if any(hours) and not deployment.paused else None


def _runs_of(client: SyncPrefectClient, each: Morning) -> list[FlowRun]:
    """Find the runs of a morning: scheduled for it or made up, not those of one organisation."""
    since = FlowRunFilterExpectedStartTime.model_validate(
        {"after_": each.start - timedelta(minutes=1), "before_": datetime.now(UTC)}
    )
    deployments = DeploymentFilter(name=DeploymentFilterName(any_=[each.flow]))
    runs = _every(client, FlowRunFilter(expected_start_time=since), deployments)
    return [run for run in runs if _about(run.parameters.get("request"), each.zone)]


def _about(request: Any, zone: str) -> bool:
    return (
        isinstance(request, dict)
        and not request.get("organisation")
        and request.get("zone", "") in {"", zone}
    )
