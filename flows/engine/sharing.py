"""A district shared by workers: a run for each organisation, asked for by a parent that works along and gathers (DESIGN §9).

The parent holds a worker's place and does not waste it: a run that no worker has begun it does itself, so one worker with
one place gets through a district too. Nothing here is a lock: the lease of each workbook is the only one.
"""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from prefect import get_run_logger, runtime
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import Abort, ObjectNotFound
from prefect.flow_engine import run_flow
from prefect.states import Crashed, Pending

from flows import engine, schedule, settings
from flows.domain.errors import Misconfigured, TryLater
from flows.engine import run_page, server
from flows.engine.run_page import Share

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun, State

    from flows.asking import OfMany
    from flows.settings import Place

PAGE, PAUSE = 100, 3.0
SILENCE = 600.0
LONGEST = {
    StateType.PENDING: timedelta(minutes=10),
    StateType.RUNNING: timedelta(hours=1),
    StateType.CANCELLING: timedelta(minutes=10),
}
MOST_LOST = 2
MORNING = frozenset({"auto-scheduled", "наверстано"})
TWICE = "Запуск оборвался дважды: работник остановился или не отвечает. Проверьте работников и повторите."
CANCELLED = "Запуск отменён."
T = TypeVar("T")
_ALONG: ContextVar[bool] = ContextVar("along", default=False)
NO_ANSWER = (
    "Сервер Prefect не отвечает десять минут. Начатое работники закончат сами; повторите, когда он ответит."
)


def shared(request: OfMany, places: Sequence[Place], run: Callable[[Place, date], Any]) -> State[Any]:
    """Do a thing for each organisation: in runs of their own where workers share a district, else one after another here.

    `request` is what this run was asked for, `run` gives the state of a task for an organisation and its day. Return the
    state that this run ends in; one organisation that fails stops no other and is named.
    """
    if request.organisation or len(places) < 2 or not by_workers():  # noqa: PLR2004 - one is nothing to share
        return run_page.closed(*engine.one_after_another(places, request.today, run, get_run_logger()))
    asked = request.model_dump(mode="json", exclude_defaults=True, exclude={"zone"})
    wanted = {
        place.slug: {
            **asked,
            "organisation": place.slug,
            "today": f"{request.today or engine.local_day(place)}",
        }
        for place in places
    }
    return run_page.gathered(spread(str(runtime.flow_run.flow_name), wanted))


def by_workers() -> bool:
    """Tell whether this run is one of a deployment that workers of a pool take: what `serve` runs has no pool."""
    if not runtime.deployment.id:
        return False
    with get_client(sync_client=True) as client:
        return bool(client.read_deployment(runtime.deployment.id).work_pool_name)


def spread(flow: str, wanted: Mapping[str, Mapping[str, Any]]) -> list[Share]:
    """Ask for a run of a flow's deployment for each organisation, by its code, work along, and wait until all have ended.

    `wanted` gives for each code the whole request of its run, the day `today` in it: flow, code and day are the run's key,
    so that two parents of one morning ask for one run. A run that was lost is asked for again once. To be called inside a
    run. Raise `TryLater` when the server stays silent, `Misconfigured` when the flow is not deployed there.
    """
    with get_client(sync_client=True) as client:
        return _District(client, flow, wanted).gathered()


class _District:
    """The runs of one parent: `_open` are those that have not ended, `_lost` how often each was lost."""

    def __init__(self, client: SyncPrefectClient, flow: str, wanted: Mapping[str, Mapping[str, Any]]) -> None:
        self._client, self._flow, self._wanted = client, flow, wanted
        self._deployment = self._heard(self._deployed)
        tags: list[str] = runtime.flow_run.tags
        self._morning = not MORNING.isdisjoint(tags)
        self._since: datetime = runtime.flow_run.scheduled_start_time
        self._open: dict[str, FlowRun] = {}
        self._lost: dict[str, int] = {}
        self._ended: dict[str, Share] = {}

    def gathered(self) -> list[Share]:
        """Have all runs ended; return how, in the order that they were asked for."""
        for slug in self._wanted:
            self._open[slug] = self._asked(slug)
        while self._open:
            self._settle()
            if self._open and not self._works_along():
                time.sleep(PAUSE)
        return [self._ended[slug] for slug in self._wanted]

    def _deployed(self) -> UUID:
        try:
            return self._client.read_deployment_by_name(f"{self._flow}/{self._flow}").id
        except ObjectNotFound:
            raise Misconfigured(
                f"На сервере Prefect нет развёртывания {self._flow}. Выполните: prefect deploy --all."
            ) from None

    def _asked(self, slug: str) -> FlowRun:
        """Ask for an organisation's run: the one of this key that goes on, one that counts already, or a new one."""
        request = dict(self._wanted[slug])
        key = _key(self._flow, slug, request)
        for number in count():
            run = self._heard(partial(self._created, slug, request, f"{key}/{number}"))
            if not (run.state and run.state.is_final()) or self._counts(run):
                break
        return run

    def _created(self, slug: str, request: dict[str, Any], key: str) -> FlowRun:
        return self._client.create_flow_run_from_deployment(
            self._deployment, parameters={"request": request}, idempotency_key=key, tags=[slug]
        )

    def _counts(self, run: FlowRun) -> bool:
        """Tell whether a run that ended needs no repeating: the morning's own that went well, or one ended for this parent."""
        mine = run.end_time is not None and run.end_time >= self._since
        if run.state_type is StateType.COMPLETED:
            return mine or self._morning
        return mine and run.state_type is StateType.FAILED

    def _settle(self) -> None:
        """Look at all that has not ended: what has is told, what was lost is asked for again once."""
        runs = self._heard(self._looked)
        for slug, known in list(self._open.items()):
            run = runs.get(known.id)
            share = _ended(slug, run) if run and not self._overdue(run) else None
            if run and not share and not _is_lost(run):
                self._open[slug] = run
                continue
            if not share:
                self._lost[slug] = self._lost.get(slug, 0) + 1
                if self._lost[slug] < MOST_LOST:
                    self._open[slug] = self._asked(slug)
                    continue
                share = Share(slug, False, TWICE, known.id)
            del self._open[slug]
            self._ended[slug] = share
            get_run_logger().info("%s: %s", slug, "готово" if share.ready else "не готово")

    def _looked(self) -> dict[UUID, FlowRun]:
        ids = [run.id for run in self._open.values()]
        found: dict[UUID, FlowRun] = {}
        for start in range(0, len(ids), PAGE):
            wanted = FlowRunFilter(id=FlowRunFilterId(any_=ids[start : start + PAGE]))
            found |= {run.id: run for run in self._client.read_flow_runs(flow_run_filter=wanted, limit=PAGE)}
        return found

    def _overdue(self, run: FlowRun) -> bool:
        """End a run that stands in one state for longer than anything takes; tell whether it is so."""
        longest = LONGEST.get(run.state_type) if run.state_type else None
        if longest is None or run.state is None or datetime.now(UTC) - run.state.timestamp < longest:
            return False
        over: State[Any] = Crashed(message="Не отвечает дольше, чем что-либо длится.")
        self._heard(lambda: self._client.set_flow_run_state(run.id, over, force=True))
        run.state = over
        return True

    def _works_along(self) -> bool:
        """Do one run that no worker has begun, the last of all; tell whether there was one."""
        for run in reversed(self._open.values()):
            if run.state_type is StateType.SCHEDULED and self._taken(run):
                _do(self._flow, run)
                return True
        return False

    def _taken(self, run: FlowRun) -> bool:
        """Take a run as a worker does: of two that try, the server lets one."""
        pending: State[Any] = Pending()
        answer = self._heard(lambda: self._client.set_flow_run_state(run.id, pending))
        return bool(answer.status is SetStateStatus.ACCEPT)

    def _heard(self, ask: Callable[[], T]) -> T:
        """Ask the server; one that is away for a while is waited for."""
        last = time.monotonic() + SILENCE
        while True:
            try:
                return ask()
            except Exception as error:
                if not server.unanswered(error):
                    raise
                if time.monotonic() >= last:
                    raise TryLater(NO_ANSWER) from None
            time.sleep(PAUSE)


def _do(flow: str, run: FlowRun) -> None:
    """Do a run in this process, as its worker's process would; how it ended is read from the server with the others."""
    before = _ALONG.set(True)
    try:
        run_flow(schedule.flow_of(flow), flow_run=run, return_type="state")
    except Abort:  # it was ended from outside meanwhile
        return
    finally:
        _ALONG.reset(before)


def goes_on(flow: Any, run: FlowRun, _: State[Any]) -> None:
    """Once an organisation's run has ended, do in its process the next one that nobody has begun, until there is none.

    A hook of every flow; a new process takes longer to begin than an organisation without news takes.
    """
    if _ALONG.get() or not _of_district(flow.name, run):
        return
    with suppress(Exception), get_client(sync_client=True) as client:
        while following := _next(client, flow.name, run):
            _do(flow.name, following)


def _next(client: SyncPrefectClient, flow: str, run: FlowRun) -> FlowRun | None:
    """Take the next run of an organisation in the deployment of one that has ended."""
    waiting = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[run.deployment_id] if run.deployment_id else []),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": datetime.now(UTC)}),
    )
    for each in client.read_flow_runs(flow_run_filter=waiting, limit=PAGE):
        if _of_district(flow, each):
            pending: State[Any] = Pending()
            if client.set_flow_run_state(each.id, pending).status is SetStateStatus.ACCEPT:
                return each
    return None


def _of_district(flow: str, run: FlowRun) -> bool:
    """Tell a run that a parent asked for, by its key."""
    request = run.parameters.get("request")
    slug = request.get("organisation") if isinstance(request, dict) else ""
    return bool(slug and (run.idempotency_key or "").startswith(f"{flow}/{slug}/"))


def _key(flow: str, slug: str, request: Mapping[str, Any]) -> str:
    """Spell what a run is known by: flow, organisation, day, the home's mark, and a digest of what else is asked for."""
    rest = {name: told for name, told in request.items() if name not in {"organisation", "today", "home"}}
    digest = hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()[:8] if rest else ""
    parts = (flow, slug, str(request["today"]), engine.mark(settings.load_home()), digest)
    return "/".join(filter(None, parts))


def _ended(slug: str, run: FlowRun) -> Share | None:
    """Say how a run ended; `None` of one that goes on or was lost."""
    message = (run.state.message if run.state else "") or ""
    if run.state_type is StateType.COMPLETED:
        return Share(slug, True, message, run.id)
    if run.state_type is StateType.FAILED:
        return Share(slug, False, run_page.why(slug, message), run.id)
    if run.state_type is StateType.CANCELLED:
        return Share(slug, False, CANCELLED, run.id)
    return None


def _is_lost(run: FlowRun) -> bool:
    return run.state_type is StateType.CRASHED
