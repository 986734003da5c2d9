"""The flows on a real Prefect: papers made, ticks answered, schedules that produce runs, and no person's name kept anywhere."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from datetime import date, datetime

import pytest

from flows import settings
from tests.road import desk as desks

pytestmark = pytest.mark.engine
WAIT = 40


def prepared(**options):
    from flows.prepare import PrepareRequest, prepare  # noqa: PLC0415 - brings Prefect

    return prepare(PrepareRequest(today=desks.TODAY, **options))


def test_the_flow_makes_the_papers_and_a_second_run_writes_nothing(server, sample):
    first, second = prepared(organisation=desks.SLUG), prepared(organisation=desks.SLUG)
    assert len(first[0].made) >= 7
    assert [report.written for report in second] == [False]


def test_a_tick_gives_a_link_in_the_same_row_and_goes_away(server, sample):
    from flows.on_request import TickRequest, on_request  # noqa: PLC0415 - brings Prefect

    root, place = sample
    with desks.opened(root, place) as desk:
        rows = {row.text("Что нужно"): row for row in desk.book().rows("Запросы")}
        row = rows["проект приказа о парах"]
        desk.type_cells("Запросы", row.origin.row, {"Подготовить": True})
        code = row.code
    on_request(TickRequest(organisation=desks.SLUG, code=code, today=datetime(2026, 12, 10, 9, 30)))  # noqa: DTZ001 - the row shows local time
    with desks.opened(root, place) as desk:
        assert desk.cell("Запросы", row.origin.row, "Подготовить") in {False, None}
        assert desk.cell("Запросы", row.origin.row, "⚙ Статус") == "готово"
        table = desk.book().tables["Запросы"]
        assert "HYPERLINK" in table.sheet.at(row.origin.row - 1, table.columns["⚙ Результат"]).formula
        assert desk.cell("Запросы", row.origin.row, "⚙ Готов") == "10.12.2026 09:30"


def test_the_flow_of_notes_makes_the_one_asked_for_and_tells_of_notes_only(server, sample):
    from flows.monitor import MonitorRequest, monitor  # noqa: PLC0415 - brings Prefect

    (report,) = monitor(
        MonitorRequest(
            organisation=desks.SLUG, today=desks.TODAY, start=date(2026, 9, 1), end=date(2026, 11, 30)
        )
    )
    assert [each.key for each in report.made] == [
        f"{desks.SLUG}/note.monitoring/срок@2026-09-01..2026-11-30/2026-2027"
    ]
    with pytest.raises(ValueError, match="оба дня"):
        MonitorRequest(start=date(2026, 9, 1))


def test_the_flow_of_councils_lays_the_folder_of_the_day_named(server, sample):
    from flows.council import CouncilRequest, council  # noqa: PLC0415 - brings Prefect

    root, place = sample
    with desks.opened(root, place) as desk:
        desks.type_councils(desk, date(2027, 1, 22))
    report, folder = council(CouncilRequest(organisation=desks.SLUG, council="22.01.2027", today=desks.TODAY))
    assert folder.path == "2026-2027/05 Педсоветы/2027-01-22 Педсовет №1"
    assert f"{desks.SLUG}/pack.contents/2027-01-22/2026-2027" in {each.key for each in report.made}


def test_one_organisation_that_fails_does_not_stop_the_others_and_is_named(server, sample):
    root, _ = sample
    home = settings.load_home(root)
    settings.save_place(home, settings.Place("broken", "no-folder", "no-such-book", "x", "y"))
    try:
        with pytest.raises(Exception, match="broken"):
            prepared()
    finally:
        (root / settings.REGISTRY).write_text(
            (root / settings.REGISTRY).read_text("utf-8").replace('book = "no-such-book"', 'book = ""'),
            "utf-8",
        )


def test_a_deployed_schedule_produces_scheduled_runs(server, sample):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect

    from flows.serving import deployments  # noqa: PLC0415 - brings Prefect

    made = next(each for each in deployments() if each.name == "prepare")
    deployment_id = made.apply()

    async def scheduled() -> int:
        from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId  # noqa: PLC0415 - brings Prefect

        async with get_client() as client:
            runs = await client.read_flow_runs(
                deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment_id]))
            )
            return sum(run.state_name == "Scheduled" for run in runs)

    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if asyncio.run(scheduled()):
            return
        time.sleep(0.5)
    pytest.fail("no scheduled run appeared")


def test_no_name_of_a_person_stands_anywhere_in_prefects_database(server, sample):
    time.sleep(2)  # the server writes its events a little later
    with sqlite3.connect(server / "prefect.db") as database:
        assert database.execute("select count(*) from flow_run").fetchone()[0] >= 4
    files = [path for path in server.rglob("*") if path.is_file()]
    names = {
        part
        for name in (*desks.NAMES, *desks.MENTORS, desks.CARD["ФИО руководителя"])
        for part in name.split()[:1]
    }
    held = b"\n".join(path.read_bytes() for path in files)
    assert b"prepare" in held
    assert not [name for name in names if name.encode() in held or name.encode("unicode_escape") in held]
