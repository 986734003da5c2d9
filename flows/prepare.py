"""Flow: the papers the roadmap calls for today, one organisation after another (DESIGN §9)."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the request is read by its annotations

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel, Field

from flows import doors, engine, settings
from flows.domain.errors import Refused
from flows.work import Report
from flows.work import prepare as prepare_papers

SLUG = r"^[a-z0-9-]*$"


class PrepareRequest(BaseModel):
    """Заявка на подготовку документов: только коды и даты, без имён."""

    organisation: str = Field(
        default="",
        title="Организация",
        description="Код организации; пусто — все",
        pattern=SLUG,
        json_schema_extra={"position": 0},
    )
    today: date | None = Field(
        default=None, title="На какой день", description="Пусто — сегодня", json_schema_extra={"position": 1}
    )
    zone: str = Field(
        default="",
        title="Часовой пояс",
        description="Только организации этого пояса; пусто — все",
        json_schema_extra={"position": 2},
    )
    dry_run: bool = Field(
        default=False,
        title="Только показать",
        description="Ничего не записывать",
        json_schema_extra={"position": 3},
    )


@task(name="prepare-organisation", cache_policy=NO_CACHE, persist_result=False, log_prints=False)
def organisation(slug: str, today: date, *, dry_run: bool) -> Report:
    """Make the papers of one organisation; what fails tells a sentence and no data."""
    home = settings.load_home()
    with (
        engine.without_data(f"nastavnik prepare --plain --organisation {slug}"),
        doors.open_workspace(home) as space,
    ):
        return prepare_papers(space, home.place(slug), today, doors.supplies(today), dry_run=dry_run)


@flow(name="prepare", persist_result=False, log_prints=False, validate_parameters=True)
def prepare(request: PrepareRequest) -> list[Report]:
    """Make what is due in every organisation asked for; one that fails does not stop the others."""
    reports, failed = engine.one_after_another(
        places(request.organisation, request.zone),
        request.today,
        lambda place, today: organisation(place.slug, today, dry_run=request.dry_run, return_state=True),
        get_run_logger(),
    )
    if failed:
        raise Refused(
            f"Не подготовлены организации: {', '.join(failed)}. Причина — в состоянии задач этого запуска."
        )
    return reports


def places(organisation: str, zone: str) -> list[settings.Place]:
    """Choose one organisation, or all of a time zone that have a book; an empty zone is any."""
    home = settings.load_home()
    if organisation:
        return [home.place(organisation)]
    return [each for each in home.places if each.book and zone in {"", each.zone}]
