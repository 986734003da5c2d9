"""The flows on a real Prefect: papers made, ticks answered, schedules that produce runs, and no person's name kept anywhere."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import Mock
from zoneinfo import ZoneInfo

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
        rows = {row.text("Что нужно"): row for row in desk.rows("Запросы")}
        row = rows["проект приказа о парах"]
        desk.type_cells("Запросы", row.origin.row, {"Подготовить": True})
        code = row.code
    on_request(TickRequest(organisation=desks.SLUG, code=code, today=datetime(2026, 12, 10, 9, 30)))  # noqa: DTZ001 - the row shows local time
    with desks.opened(root, place) as desk:
        assert desk.cell("Запросы", row.origin.row, "Подготовить") in {False, None}
        assert desk.cell("Запросы", row.origin.row, "⚙ Статус") == "готово"
        table = desk.tab("Запросы")
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


@pytest.mark.spare("test_the_flow_of_notes_makes_the_one_asked_for_and_tells_of_notes_only")
def test_the_flow_of_councils_lays_the_folder_of_the_day_named(server, sample):
    from flows.council import CouncilRequest, council  # noqa: PLC0415 - brings Prefect

    root, place = sample
    with desks.opened(root, place) as desk:
        desks.type_councils(desk, date(2027, 1, 22))
    report, folder = council(CouncilRequest(organisation=desks.SLUG, council="22.01.2027", today=desks.TODAY))
    assert folder.path == "2026-2027/05 Педсоветы/2027-01-22 Педсовет №1"
    assert f"{desks.SLUG}/pack.contents/2027-01-22/2026-2027" in {each.key for each in report.made}


def test_reports_of_the_others_survive_the_one_that_fails_and_it_is_named(server, sample):
    from flows.prepare import PrepareRequest, prepare  # noqa: PLC0415 - brings Prefect

    root, _ = sample
    home = settings.load_home(root)
    settings.save_place(home, settings.Place("broken", "no-folder", "no-such-book", "x", "y"))
    try:
        state = prepare(PrepareRequest(today=desks.TODAY), return_state=True)
    finally:
        (root / settings.REGISTRY).write_text(
            (root / settings.REGISTRY).read_text("utf-8").replace('book = "no-such-book"', 'book = ""'),
            "utf-8",
        )
    assert state.is_failed()
    assert "Не подготовлены: broken" in state.message
    reports = {report.organisation: report for report in state.result(raise_on_failure=False)}
    assert reports.keys() == {desks.SLUG, "broken"}
    assert reports[desks.SLUG].steps
    assert [each.code for each in reports["broken"].problems] == ["cannot-run"]


def test_a_failed_run_and_a_refused_parameter_leave_no_exception_behind(server, sample):
    """Prefect keeps the exception of a failed flow as a file, whatever is said of results."""
    from flows.prepare import prepare  # noqa: PLC0415 - brings Prefect

    secret = f"net-takoj-{time.monotonic_ns()}"
    failed = prepare({"organisation": secret}, return_state=True)
    refused = prepare({"organisatoin": secret}, return_state=True)
    assert failed.is_failed()
    assert refused.is_failed()
    kept = [path.read_bytes() for path in (server / "storage").rglob("*") if path.is_file()]
    assert not [data for data in kept if data]


def test_a_runs_page_says_what_it_did_by_codes_and_counts(server, sample):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect

    prepared(organisation=desks.SLUG)
    with get_client(sync_client=True) as client:
        run = max(client.read_flow_runs(limit=50), key=lambda each: each.start_time or each.created)
        artifacts = client.read_artifacts()
    assert run.name == f"prepare {desks.SLUG} {desks.TODAY}"
    assert run.tags == [desks.SLUG]
    assert run.state.message.startswith("Организаций: 1, документов сделано:")
    assert any(f"| {desks.SLUG} |" in each.data and "стоп `" in each.data for each in artifacts)


def test_a_run_meant_for_another_working_folder_is_refused(server, sample):
    from flows.prepare import PrepareRequest, prepare  # noqa: PLC0415 - brings Prefect

    state = prepare(PrepareRequest(home="0" * 12), return_state=True)
    assert state.is_failed()
    assert "другой рабочей папки" in str(state.result(raise_on_failure=False))


@pytest.fixture
def deployed(server, sample):
    """The deployments as `serve` makes them, for the sample's home."""
    from flows import engine  # noqa: PLC0415 - brings Prefect
    from flows.engine import runners  # noqa: PLC0415 - brings Prefect

    home = settings.load_home()
    return home, {
        each.name: each.apply() for each in runners.deployments(runners.zones(home), engine.mark(home))
    }


def made(deployment, **request):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect

    with get_client(sync_client=True) as client:
        return client.create_flow_run_from_deployment(deployment, parameters={"request": request})


def test_a_misspelt_parameter_is_refused_and_starts_nothing(deployed):
    _, ids = deployed
    for wrong in ({"organisatoin": "x"}, {"organisation": "Садик"}, {"home": "../.."}):
        with pytest.raises(Exception, match=r"409|422|400"):
            made(ids["prepare"], **wrong)


def test_what_a_dead_engine_left_is_closed_and_what_is_to_come_stays(deployed):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect
    from prefect.exceptions import ObjectNotFound  # noqa: PLC0415 - brings Prefect
    from prefect.states import Pending, Running, Scheduled  # noqa: PLC0415 - brings Prefect

    from flows.engine import healing  # noqa: PLC0415 - brings Prefect

    _, ids = deployed
    running, waiting, late, future = (made(ids["prepare"]) for _ in range(4))
    now = datetime.now(UTC)
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(running.id, Running(), force=True)
        client.set_flow_run_state(waiting.id, Pending(), force=True)
        client.set_flow_run_state(late.id, Scheduled(scheduled_time=now - timedelta(hours=3)), force=True)
        client.set_flow_run_state(future.id, Scheduled(scheduled_time=now + timedelta(hours=3)), force=True)
        assert healing.set_right() >= 3
        assert [client.read_flow_run(each.id).state.name for each in (running, waiting, future)] == [
            "Crashed",
            "Crashed",
            "Scheduled",
        ]
        with pytest.raises(ObjectNotFound):
            client.read_flow_run(late.id)
        client.delete_flow_run(future.id)
    assert healing.set_right() == 0


def test_a_leftover_run_that_vanishes_meanwhile_keeps_no_other_from_being_closed(deployed, monkeypatch):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect
    from prefect.states import Running  # noqa: PLC0415 - brings Prefect

    from flows.engine import healing  # noqa: PLC0415 - brings Prefect

    vanished, left = (made(deployed[1]["prepare"]) for _ in range(2))
    monkeypatch.setattr(healing, "_every", lambda *_: iter((vanished, left)))
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(left.id, Running(), force=True)
        client.delete_flow_run(vanished.id)
        healing.set_right()
        remain = {run.id for run in client.read_flow_runs(limit=100) if not run.state.is_final()}
    assert left.id not in remain


def test_a_missed_morning_is_made_up_for_once_and_again_only_when_it_was_cut_off(deployed):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect
    from prefect.states import Completed, Crashed  # noqa: PLC0415 - brings Prefect

    from flows.engine import healing  # noqa: PLC0415 - brings Prefect

    home, _ = deployed
    # Yesterday's: its morning is over at whatever hour the test runs, and what is made up for it starts after it.
    yesterday = datetime.now(ZoneInfo("Europe/Moscow")) - timedelta(days=1)
    evening = yesterday.replace(hour=23, minute=0)
    mornings = healing.Mornings()
    first = mornings.make_up(home, evening)
    assert [(each.flow, each.zone) for each in first] == [("prepare", "Europe/Moscow")]
    assert mornings.make_up(home, evening) == []
    with get_client(sync_client=True) as client:

        def end(state):
            alive = [
                run
                for run in client.read_flow_runs(limit=100)
                if "наверстано" in run.tags and not run.state.is_final()
            ]
            for run in alive:
                client.set_flow_run_state(run.id, state, force=True)
            return len(alive)

        assert end(Crashed()) == 1
        assert [each.flow for each in mornings.make_up(home, evening)] == ["prepare"]
        assert end(Completed()) == 1
        assert [each.flow for each in mornings.make_up(home, evening)] == ["monitor"]
        assert end(Completed()) == 1
    assert mornings.make_up(home, evening) == []
    assert healing.Mornings().make_up(home, evening.replace(hour=5)) == []


def test_a_morning_that_is_not_scheduled_or_is_paused_is_not_made_up_for(deployed):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect

    from flows.engine import healing, runners  # noqa: PLC0415 - brings Prefect

    home, ids = deployed
    zone = "Asia/Magadan"
    there = replace(home, places=tuple(replace(place, zone=zone) for place in home.places))
    evening = (datetime.now(ZoneInfo(zone)) - timedelta(days=1)).replace(hour=23, minute=0)
    assert healing.Mornings().make_up(there, evening) == []
    with get_client(sync_client=True) as client:
        for each in runners.deployments([zone], ""):
            each.apply()
        client.pause_deployment(ids["prepare"])
        client.pause_deployment(ids["monitor"])
        assert healing.Mornings().make_up(there, evening) == []
        client.resume_deployment(ids["prepare"])
        assert [each.flow for each in healing.Mornings().make_up(there, evening)] == ["prepare"]
        for run in client.read_flow_runs(limit=100):
            if zone in run.tags:
                client.delete_flow_run(run.id)


def test_all_ticks_of_an_organisation_get_one_run_and_a_killed_one_is_repeated(deployed, sample):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect
    from prefect.states import Crashed  # noqa: PLC0415 - brings Prefect

    from flows.engine import watching  # noqa: PLC0415 - brings Prefect

    (root, place), (home, _) = sample, deployed
    with desks.opened(root, place) as desk:
        for row in desk.rows("Запросы")[:3]:
            desk.type_cells("Запросы", row.origin.row, {"Подготовить": True})
    watcher = watching.Watcher()
    assert watcher.look(home) == []

    def runs():
        with get_client(sync_client=True) as client:
            return [
                run
                for run in client.read_flow_runs(limit=100)
                if (run.idempotency_key or "").startswith(f"{desks.SLUG}:")
            ]

    before = len(runs())
    assert [watcher.ask(home), watcher.ask(home), len(runs()) - before] == [1, 1, 1]
    again = watching.Watcher()
    assert again.look(home) == []
    assert [again.ask(home), len(runs()) - before] == [1, 1]
    with get_client(sync_client=True) as client:
        for run in runs():
            client.set_flow_run_state(run.id, Crashed(), force=True)
    assert [watcher.ask(home), len(runs()) - before] == [1, 2]
    assert watcher.look(home) == []
    with get_client(sync_client=True) as client:
        for run in runs():
            client.delete_flow_run(run.id)


class Answering:
    """Looks as a book after another makes them: each answer is what was ticked and what was not read."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def ask(self, question, *, keep):
        self.asked.append(question)
        ticked, troubles = self.answers.pop(0)
        return {"ticked": ticked, "troubles": troubles}


@pytest.mark.parametrize("google", [True, False], ids=["Google", "local"])
def test_a_book_that_is_not_read_is_named_asked_for_again_and_keeps_back_no_other(
    google, tmp_path, monkeypatch
):
    from flows.engine import watching  # noqa: PLC0415 - brings Prefect

    home = settings.Home(
        tmp_path, google=google, places=tuple(settings.Place(slug, book=slug) for slug in ("a", "b"))
    )
    asked: list[str] = []
    watcher = watching.Watcher()
    looker = Answering(
        ({"b": "tick"}, {"a": "нет доступа"}), ({"a": "tick"}, {}), ({}, {"": "нет связи"}), ({}, {})
    )
    monkeypatch.setattr(watcher, "_looker", looker)
    monkeypatch.setattr(
        watcher, "_run", lambda _client, _deployment, _home, slug, _told: asked.append(slug) or True
    )
    monkeypatch.setattr(watching, "get_client", lambda **_: nullcontext(Mock()))
    assert watcher.look(home) == ["a: нет доступа"]
    watcher.ask(home)
    assert asked == ["b"]
    assert watcher.look(home) == []
    assert looker.asked[1]["known"] == ["a", "b"]
    assert looker.asked[1]["since"]
    assert looker.asked[1]["folders"] == []
    if google:
        assert [watcher.look(home), watcher.look(home)] == [["нет связи"], []]
        assert looker.asked[3] == looker.asked[2]


def test_several_ticks_are_answered_in_one_run(server, sample):
    from flows.on_request import TickRequest, on_request  # noqa: PLC0415 - brings Prefect

    root, place = sample
    with desks.opened(root, place) as desk:
        rows = [
            row
            for row in desk.rows("Запросы")
            if row.text("Что нужно") in {"проект приказа о парах", "обновить сводку", "все программы"}
        ]
        for row in rows:
            desk.type_cells("Запросы", row.origin.row, {"Подготовить": True})
    (report,) = on_request(TickRequest(organisation=desks.SLUG, today=datetime(2026, 12, 10, 9, 40)))  # noqa: DTZ001 - the row shows local time
    assert report.organisation == desks.SLUG
    with desks.opened(root, place) as desk:
        assert {desk.cell("Запросы", row.origin.row, "⚙ Готов") for row in rows} == {"10.12.2026 09:40"}
        assert not any(desk.cell("Запросы", row.origin.row, "Подготовить") for row in rows)


def test_a_deployed_schedule_produces_scheduled_runs(server, sample):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect

    from flows.engine.runners import deployments  # noqa: PLC0415 - brings Prefect

    deployment_id = next(each for each in deployments(["Europe/Moscow"]) if each.name == "prepare").apply()

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


def test_runs_of_before_are_set_right_though_the_first_try_fails(server, sample, monkeypatch):
    from flows.engine import healing, polling  # noqa: PLC0415 - brings Prefect

    tries = []

    def failing():
        tries.append(1)
        if len(tries) < 3:
            raise OSError
        return 2

    monkeypatch.setattr(healing, "set_right", failing)
    monkeypatch.setattr(polling, "BETWEEN_TRIES", 0)
    monkeypatch.setattr(
        polling, "Runners", lambda _: SimpleNamespace(wait=lambda: None, follow=lambda _: None)
    )
    said, stop = [], threading.Event()
    stop.set()
    polling.Polling(settings.Home(sample[0]), said.append, SimpleNamespace()).work(
        "Работаю", lambda: None, stop
    )
    assert len(tries) == 3
    assert any("Они закрыты" in line for line in said)
    assert said[-1] == "Работаю"


def test_a_server_that_does_not_answer_is_told_in_plain_words(server, sample):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect

    from flows.engine import polling  # noqa: PLC0415 - brings Prefect

    said = []
    rounds = polling.Polling(settings.Home(sample[0]), said.append, None)

    def call():
        with get_client(sync_client=True, httpx_settings={"base_url": "http://127.0.0.1:9/api"}) as client:
            client.hello()

    assert not rounds._safely("Расписание", call)
    assert said[0].endswith("Расписание. Сервер расписания не отвечает, повторю.")
