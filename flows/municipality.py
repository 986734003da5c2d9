"""Flow: a district over its organisations: rows handed out, data gathered, its own papers made (DESIGN §9).

Gathering is cheap, a look at a book each, so the organisations have no runs of their own: the papers of each are what
`prepare` makes, and workers share that.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the task's parameters are read by their annotations
from typing import TYPE_CHECKING, Any

from prefect import flow, get_run_logger, task
from prefect.states import Completed
from pydantic import Field

from flows import asking, engine, settings
from flows.domain.errors import Misconfigured
from flows.engine import run_page
from flows.engine.forgetting import FLOW, TASK

if TYPE_CHECKING:
    from flows.work.district.run import DistrictReport

NOT_HERE = "Района в этом часовом поясе нет."


class MunicipalityRequest(asking.OfDay):
    """Заявка на обход района: только коды и даты, без имён."""

    dry_run: bool = Field(
        default=False,
        title="Только показать",
        description="Ничего не записывать",
        json_schema_extra={"position": 3},
    )


WHOLE = MunicipalityRequest()


@task(name="walk-district", **TASK)
def district(slug: str, today: date | None, *, dry_run: bool) -> DistrictReport:
    """Walk over the district; what fails tells a sentence and no data."""
    from flows import district_runs  # noqa: PLC0415 - brings the clients

    del slug  # it names the task
    with engine.without_data("nastavnik municipality"):
        return engine.patiently(
            lambda: district_runs.walked(today, dry_run=dry_run, tell=engine.aloud(get_run_logger()))
        )


@flow(name="municipality", **FLOW)
def municipality(request: MunicipalityRequest = WHOLE) -> Any:
    """Walk over the district of this home and say who is missing; the state carries the report."""
    asking.begun(request)
    place = settings.load_home().district
    if place is None or request.zone not in {"", place.zone}:
        if not request.zone:
            raise Misconfigured(NOT_HERE)
        return Completed(message=NOT_HERE)
    state = district(place.slug, request.today, dry_run=request.dry_run, return_state=True)
    if not state.is_completed():
        return run_page.closed([], {place.slug: engine.reason(state)})
    return run_page.of_district(state.result())
