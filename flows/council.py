"""Flow: the folder before a pedagogical council, by its number or day, whenever it is asked for (DESIGN §9)."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the request is read by its annotations
from typing import TYPE_CHECKING

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel, Field

from flows import doors, engine, settings
from flows.work import Errand
from flows.work.councils import Folder, pack

if TYPE_CHECKING:
    from flows.work import Report

WHICH = r"^[0-9№ .\-]{0,12}$"


class CouncilRequest(BaseModel):
    """Заявка на пакет к педсовету: код организации и номер или дата."""

    organisation: str = Field(title="Организация", pattern=r"^[a-z0-9-]+$", json_schema_extra={"position": 0})
    council: str = Field(
        default="",
        title="Педсовет",
        description="Номер или дата; пусто — ближайший",
        pattern=WHICH,
        json_schema_extra={"position": 1},
    )
    today: date | None = Field(
        default=None, title="На какой день", description="Пусто — сегодня", json_schema_extra={"position": 2}
    )


@task(name="pack-council", cache_policy=NO_CACHE, persist_result=False, log_prints=False)
def pack_council(slug: str, which: str, today: date) -> tuple[Report, Folder]:
    """Make or renew the folder of one council; what fails tells a sentence and no data."""
    home = settings.load_home()
    with (
        engine.without_data(f"nastavnik council --plain --organisation {slug}"),
        doors.open_workspace(home) as space,
    ):
        return pack(Errand(space, home.place(slug), today, doors.supplies(today)), which)


@flow(name="council", persist_result=False, log_prints=False, validate_parameters=True)
def council(request: CouncilRequest) -> tuple[Report, Folder]:
    """Make or renew the folder of one council."""
    today = request.today or engine.local_day(settings.load_home().place(request.organisation))
    return pack_council(request.organisation, request.council, today)
