"""A district shared by workers: a run for each organisation, one that fails or is lost among them, and none asked for twice."""

from __future__ import annotations

import pytest

from flows import settings
from tests.road import desk as desks

pytestmark = pytest.mark.engine
FLOW, BROKEN, POOL = "prepare", "broken", "nastavnik"


@pytest.fixture(scope="module")
def district(server, sample):
    """Two organisations with a book, one of which nobody finds, on a server where the flow is deployed for workers."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect
    from prefect.client.schemas.actions import WorkPoolCreate  # noqa: PLC0415 - brings Prefect

    from flows.prepare import prepare  # noqa: PLC0415 - brings Prefect

    root, _ = sample
    settings.save_place(
        settings.load_home(root), settings.Place(BROKEN, "no-folder", "no-such-book", "x", "y")
    )
    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"), overwrite=True)
        deployment = prepare.to_deployment(FLOW)
        deployment.work_pool_name = POOL
        yield client, deployment.apply()


def parent(district, *tags, **request):
    """Run a parent as a worker would: the run of the deployment that somebody asked for; return how it ended."""
    from prefect.flow_engine import run_flow  # noqa: PLC0415 - brings Prefect

    from flows.prepare import prepare  # noqa: PLC0415 - brings Prefect

    client, deployment = district
    told = {"today": f"{desks.TODAY}", **request}
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
    (done,), (failed,) = of(district, desks.SLUG), of(district, BROKEN)
    assert done.idempotency_key.startswith(f"{FLOW}/{desks.SLUG}/{desks.TODAY}/")
    assert [done.state_name, failed.state_name, run.state_name] == ["Completed", "Failed", "Failed"]
    reason = failed.state.message.partition(f"{BROKEN}. ")[2]
    assert reason
    assert run.state.message == f"Организаций: 2, готово: 1. Не подготовлены: {BROKEN}. {reason}"
