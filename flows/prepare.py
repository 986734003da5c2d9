"""Flow: the papers the roadmap calls for today, one organisation after another (DESIGN §9)."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the request is read by its annotations
from typing import TYPE_CHECKING, Any

from prefect import flow, get_run_logger, task
from pydantic import Field

from flows import asking, engine, settings
from flows.engine import sharing
from flows.engine.forgetting import FLOW, TASK

if TYPE_CHECKING:
    from flows.work import Report


class PrepareRequest(asking.OfMany):
    """Заявка на подготовку документов: только коды и даты, без имён."""

    dry_run: bool = Field(
        default=False,
        title="Только показать",
        description="Ничего не записывать",
        json_schema_extra={"position": 3},
    )


EVERYTHING = PrepareRequest()


@task(name="prepare-organisation", **TASK)
def organisation(slug: str, today: date, *, dry_run: bool) -> Report:
    """Make the papers of one organisation; what fails tells a sentence and no data."""
    from flows import doors  # noqa: PLC0415 - brings the clients, which the process that only watches does without
    from flows.work import prepare as prepare_papers  # noqa: PLC0415 - brings the clients

    home = settings.load_home()

    def prepared() -> Report:
        with doors.open_workspace(home, tell=engine.aloud(get_run_logger())) as space:
            place = home.place(slug)
            return prepare_papers(space, place, today, doors.supplies(today, place), dry_run=dry_run)

    with engine.without_data(f"nastavnik prepare --organisation {slug}"):
        return engine.patiently(prepared)


@flow(name="prepare", **FLOW)
def prepare(request: PrepareRequest = EVERYTHING) -> Any:
    """Make what is due in every organisation asked for; one that fails does not stop the others."""
    asking.begun(request)
    return sharing.shared(
        request,
        asking.places(request.organisation, request.zone),
        lambda place, today: organisation(place.slug, today, dry_run=request.dry_run, return_state=True),
    )
