"""Flow: monitoring notes on the roadmap's dates, and a note on a stage or on two days when asked (DESIGN §9)."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the request is read by its annotations
from typing import TYPE_CHECKING, Any, Self

from prefect import flow, get_run_logger, task
from pydantic import Field, model_validator

from flows import asking, engine, settings
from flows.domain.periods import Period
from flows.engine import sharing
from flows.engine.forgetting import FLOW, TASK

if TYPE_CHECKING:
    from flows.work import Report
    from flows.work.monitoring import Asked


class MonitorRequest(asking.OfMany):
    """Заявка на справки мониторинга: только коды и даты, без имён."""

    now: bool = Field(
        default=False,
        title="Справка сейчас",
        description="Ближайшая справка дорожной карты, не дожидаясь её срока",
        json_schema_extra={"position": 3},
    )
    stage: int | None = Field(
        default=None,
        title="Этап",
        description="Справка по итогам этапа с этим номером",
        ge=1,
        json_schema_extra={"position": 4},
    )
    start: date | None = Field(
        default=None, title="Период с", description="Справка за эти дни", json_schema_extra={"position": 5}
    )
    end: date | None = Field(default=None, title="Период по", json_schema_extra={"position": 6})

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.start is None) != (self.end is None) or (self.start and self.end and self.end < self.start):
            raise ValueError("У периода справки нужны оба дня, и второй не раньше первого.")
        return self

    @property
    def asked(self) -> Asked | None:
        """Return what a note is asked for about; `None` when only what is due is wanted."""
        from flows.work.monitoring import Asked  # noqa: PLC0415 - brings the clients

        period = Period(self.start, self.end) if self.start and self.end else None
        return Asked(self.stage, period) if self.now or self.stage or period else None


EVERYTHING = MonitorRequest()


@task(name="monitor-organisation", **TASK)
def organisation(slug: str, today: date, asked: Asked | None) -> Report:
    """Make the notes of one organisation; what fails tells a sentence and no data."""
    from flows import doors  # noqa: PLC0415 - brings the clients
    from flows.work import Errand  # noqa: PLC0415 - brings the clients
    from flows.work.monitoring import monitor as walk  # noqa: PLC0415 - brings the clients

    home = settings.load_home()

    def monitored() -> Report:
        with doors.open_workspace(home, tell=engine.aloud(get_run_logger())) as space:
            place = home.place(slug)
            return walk(Errand(space, place, today, doors.supplies(today, place)), asked)

    with engine.without_data(f"nastavnik note --organisation {slug}"):
        return engine.patiently(monitored)


@flow(name="monitor", **FLOW)
def monitor(request: MonitorRequest = EVERYTHING) -> Any:
    """Make the notes due in every organisation asked for; one that fails does not stop the others."""
    asking.begun(request)
    return sharing.shared(
        request,
        asking.places(request.organisation, request.zone),
        lambda place, today: organisation(place.slug, today, request.asked, return_state=True),
    )
