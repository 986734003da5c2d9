"""A district shared by workers: a run for each organisation, one that fails or is lost among them, and none asked for twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows import settings, telling
from flows.domain.errors import Misconfigured, Refused
from flows.office import Office

pytestmark = pytest.mark.engine
FLOW, WHOLE, BROKEN, POOL = "prepare", "whole", "broken", "nastavnik"
TODAY, REASON = date(2026, 12, 10), "Книга не открывается. Откройте её и сохраните."


@pytest.fixture(scope="module")
def district(server, tmp_path_factory):
    """Two organisations, one of them refused whatever is done, on a server where the flow is deployed for workers.

    No paper is made: what is asked here is about runs.
    """
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect
    from prefect.client.schemas.actions import WorkPoolCreate  # noqa: PLC0415 - brings Prefect
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings  # noqa: PLC0415 - brings Prefect

    from flows.prepare import prepare  # noqa: PLC0415 - brings Prefect

    root = tmp_path_factory.mktemp("district")
    Office(root).close()
    for slug in (WHOLE, BROKEN):
        settings.save_place(settings.load_home(root), settings.Place(slug, "folder", "book", "x", "y"))
    with (
        pytest.MonkeyPatch.context() as patch,
        get_client(sync_client=True) as client,
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),  # its thread is waited for at each end
    ):
        patch.setenv(settings.HOME, str(root))
        patch.setattr("flows.work.prepare", made)
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"), overwrite=True)
        deployment = prepare.to_deployment(FLOW)
        deployment.work_pool_name = POOL
        yield client, deployment.apply()


def made(_space, place, *_, **__):
    """Do as the road does for an organisation: tell what there is, or refuse."""
    if place.slug == BROKEN:
        raise Refused(REASON)
    return telling.unable(place.slug, "Дорожной карты нет.")


def parent(district, *tags, **request):
    """Run a parent as a worker would: the run of the deployment that somebody asked for; return how it ended."""
    from prefect.flow_engine import run_flow  # noqa: PLC0415 - brings Prefect

    from flows.prepare import prepare  # noqa: PLC0415 - brings Prefect

    client, deployment = district
    told = {"today": f"{TODAY}", **request}
    run = client.create_flow_run_from_deployment(deployment, parameters={"request": told}, tags=tags)
    run_flow(prepare, flow_run=run, return_type="state")
    return client.read_flow_run(run.id)


def of(district, slug):
    """The runs of an organisation, the first one first."""
    client, _ = district
    runs = [run for run in client.read_flow_runs(limit=200) if f"/{slug}/" in (run.idempotency_key or "")]
    return sorted(runs, key=lambda run: run.idempotency_key)


def test_each_organisation_has_a_run_of_its_own_and_one_that_fails_is_named_with_the_reason(district):
    run = parent(district)
    (done,), (failed,) = of(district, WHOLE), of(district, BROKEN)
    assert done.idempotency_key.startswith(f"{FLOW}/{WHOLE}/{TODAY}/")
    assert [done.state_name, failed.state_name, run.state_name] == ["Completed", "Failed", "Failed"]
    assert run.state.message == f"Организаций: 2, готово: 1. Не подготовлены: {BROKEN}. {REASON}"
    client, _ = district
    (page,) = [each.data for each in client.read_artifacts() if each.flow_run_id == run.id]
    assert page.splitlines()[2].endswith(f"| не готово | {REASON} |")
    assert "| готово | Организаций: 1," in page.splitlines()[3]


def test_a_morning_asked_for_again_repeats_what_failed_and_a_person_has_everything_looked_at_anew(district):
    before = len(of(district, WHOLE)), len(of(district, BROKEN))
    parent(district, "наверстано")
    assert (len(of(district, WHOLE)), len(of(district, BROKEN))) == (before[0], before[1] + 1)
    parent(district)
    assert (len(of(district, WHOLE)), len(of(district, BROKEN))) == (before[0] + 1, before[1] + 2)


@pytest.fixture
def unattended(district, monkeypatch):
    """Runs that a worker took are lost: what is done to a run of the broken organisation when the parent looks at it."""
    from flows.engine import sharing  # noqa: PLC0415 - brings Prefect

    client, _ = district
    monkeypatch.setattr(sharing, "PAUSE", 0)
    taken = sharing._District._taken

    def begin(become):
        def lost(self, run):
            if BROKEN not in run.tags:
                return taken(self, run)
            client.set_flow_run_state(run.id, become(), force=True)
            return False

        monkeypatch.setattr(sharing._District, "_taken", lost)

    return begin


def test_a_run_lost_with_its_worker_is_asked_for_again_once_and_then_named(district, unattended):
    from prefect.states import Crashed  # noqa: PLC0415 - brings Prefect

    from flows.engine import sharing  # noqa: PLC0415 - brings Prefect

    unattended(Crashed)
    before = len(of(district, BROKEN))
    run = parent(district)
    assert len(of(district, BROKEN)) == before + 2
    assert run.state.message == f"Организаций: 2, готово: 1. Не подготовлены: {BROKEN}. {sharing.TWICE}"


def test_a_run_that_shows_no_end_is_closed_and_named_and_one_that_people_cancelled_too(
    district, unattended, monkeypatch
):
    from prefect.client.schemas.objects import StateType  # noqa: PLC0415 - brings Prefect
    from prefect.states import Cancelled, Running  # noqa: PLC0415 - brings Prefect

    from flows.engine import sharing  # noqa: PLC0415 - brings Prefect

    monkeypatch.setitem(sharing.LONGEST, StateType.RUNNING, timedelta(0))
    unattended(Running)
    assert parent(district).state.message.endswith(sharing.TWICE)
    assert [run.state_name for run in of(district, BROKEN)[-2:]] == ["Crashed", "Crashed"]
    unattended(Cancelled)
    assert parent(district).state.message.endswith(sharing.CANCELLED)


def test_two_parents_of_one_hour_share_the_runs_of_organisations(district):
    from flows.engine import sharing  # noqa: PLC0415 - brings Prefect

    client, deployment = district
    request = {"organisation": BROKEN, "today": f"{TODAY}"}
    number = len(of(district, BROKEN))
    key = sharing._key(FLOW, BROKEN, request)
    other = client.create_flow_run_from_deployment(
        deployment, parameters={"request": request}, idempotency_key=f"{key}/{number}", tags=[BROKEN]
    )
    parent(district)
    assert of(district, BROKEN)[-1].id == other.id
    assert client.read_flow_run(other.id).state_name == "Failed"


def test_a_flow_that_serve_runs_stays_in_one_process(district):
    from prefect.flow_engine import run_flow  # noqa: PLC0415 - brings Prefect

    from flows.engine import runners  # noqa: PLC0415 - brings Prefect
    from flows.prepare import prepare  # noqa: PLC0415 - brings Prefect

    client, _ = district
    served = next(each for each in runners.deployments(["Europe/Moscow"]) if each.name == FLOW)
    served.name = "served"
    run = client.create_flow_run_from_deployment(
        served.apply(), parameters={"request": {"today": f"{TODAY}"}}
    )
    before = len(of(district, WHOLE)), len(of(district, BROKEN))
    run_flow(prepare, flow_run=run, return_type="state")
    assert (len(of(district, WHOLE)), len(of(district, BROKEN))) == before
    assert client.read_flow_run(run.id).state.message.endswith(f"Не подготовлены: {BROKEN}. {REASON}")


def test_the_process_of_an_organisations_run_does_the_next_one_that_nobody_has_begun(district):
    from prefect.flow_engine import run_flow  # noqa: PLC0415 - brings Prefect

    from flows.prepare import prepare  # noqa: PLC0415 - brings Prefect

    client, deployment = district
    first, second, other = (
        client.create_flow_run_from_deployment(
            deployment,
            parameters={"request": {"organisation": slug, "today": f"{TODAY}"}},
            idempotency_key=key,
        )
        for slug, key in (
            (WHOLE, f"{FLOW}/{WHOLE}/next"),
            (BROKEN, f"{FLOW}/{BROKEN}/next"),
            (BROKEN, f"{FLOW}/asked by hand"),
        )
    )
    run_flow(prepare, flow_run=first, return_type="state")
    states = [client.read_flow_run(run.id).state_name for run in (first, second, other)]
    assert states == ["Completed", "Failed", "Scheduled"]
    client.delete_flow_run(other.id)


def test_the_rule_about_signs_of_life_is_laid_once_and_laid_anew_when_people_changed_it(server):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect

    from flows.engine import heartbeats  # noqa: PLC0415 - brings Prefect

    assert [heartbeats.watched(), heartbeats.watched()] == [True, False]
    with get_client(sync_client=True) as client:
        (known,) = client.read_automations_by_name(heartbeats.NAME)
        off = heartbeats.automation().model_copy(update={"enabled": False})
        client.update_automation(known.id, off)
        assert heartbeats.watched()
        assert len(client.read_automations_by_name(heartbeats.NAME)) == 1


def test_a_worker_without_a_working_folder_is_told_what_it_lacks_and_ends_nothing_well(tmp_path, monkeypatch):
    from flows import asking, engine  # noqa: PLC0415 - brings Prefect

    monkeypatch.setenv(settings.HOME, str(tmp_path))
    assert asking.places("", "Europe/Moscow") == []
    monkeypatch.setenv(engine.RUN, "6f1f0e0c")
    with pytest.raises(Misconfigured, match="NASTAVNIK_HOME"):
        asking.places("", "Europe/Moscow")
