"""Flow: the folder before a pedagogical council, by its number or day, whenever it is asked for (DESIGN §9)."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the request is read by its annotations
from typing import TYPE_CHECKING, Any

from prefect import flow, get_run_logger, task
from pydantic import Field

from flows import asking, engine, settings
from flows.engine import run_page
from flows.engine.forgetting import FLOW, TASK

if TYPE_CHECKING:
    from flows.work import Report
    from flows.work.councils import Folder

WHICH = r"^[0-9№ .\-]{0,12}$"


class CouncilRequest(asking.OfOne):
    """Заявка на пакет к педсовету: код организации и номер или дата."""

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


@task(name="pack-council", **TASK)
def pack_council(slug: str, which: str, today: date) -> tuple[Report, Folder]:
    """Make or renew the folder of one council; what fails tells a sentence and no data."""
    from flows import doors  # noqa: PLC0415 - brings the clients
    from flows.work import Errand  # noqa: PLC0415 - brings the clients
    from flows.work.councils import pack  # noqa: PLC0415 - brings the clients

    home = settings.load_home()
    with (
        engine.without_data(f"nastavnik council --organisation {slug}"),
        doors.open_workspace(home, tell=engine.aloud(get_run_logger())) as space,
    ):
        place = home.place(slug)
        return pack(Errand(space, place, today, doors.supplies(today, place)), which)


@flow(name="council", **FLOW)
def council(request: CouncilRequest) -> Any:
    """Make or renew the folder of one council; the state carries the report and the folder, or what is in the way."""
    asking.begun(request)
    today = request.today or engine.local_day(settings.load_home().place(request.organisation))
    state = pack_council(request.organisation, request.council, today, return_state=True)
    if not state.is_completed():
        return run_page.closed([], {request.organisation: engine.reason(state)})
    report, folder = state.result()
    done = run_page.closed([report], {})
    done.data = (report, folder)
    return done
