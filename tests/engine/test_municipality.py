"""The flow of a district on a real Prefect: the walk made, who is missing named by code, nobody's name kept."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from flows import settings
from tests.district import ground as grounds


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """A district with one organisation in its list, in a working folder that the environment names."""
    root = tmp_path_factory.mktemp("district") / "home"
    grounds.founded(root, {"malysh": grounds.NAMES["malysh"]})
    with grounds.opened(root) as ground:
        ground.add("malysh")
        ground.type_cells(3, {"Код ОО": "nobody", "Краткое наименование": "«Никто»", "Участвует": True})
    before = os.environ.get(settings.HOME)
    os.environ[settings.HOME] = str(root)
    yield root
    if before is None:
        del os.environ[settings.HOME]
    else:
        os.environ[settings.HOME] = before


def test_the_flow_of_a_district_walks_over_it_and_names_who_is_missing(server, district):
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - brings Prefect

    from flows.municipality import MunicipalityRequest, municipality  # noqa: PLC0415 - brings Prefect

    state = municipality(MunicipalityRequest(today=grounds.TODAY), return_state=True)
    assert state.is_completed()
    assert "Данные собраны: 1 из 2. Не прислали: nobody." in state.message
    done = state.result()
    assert [each.member.slug for each in done.missing] == ["nobody"]
    with get_client(sync_client=True) as client:
        told = " ".join(each.data for each in client.read_artifacts() if each.key == "district")
    assert "| malysh | есть |" in told
    assert "| nobody | нет организации |" in told
    for name in ("«Малыш»", "«Никто»", "Соколова"):
        assert name not in told + state.message
    other = municipality(MunicipalityRequest(zone="Asia/Omsk"), return_state=True)
    assert other.is_completed()
    assert "нет" in other.message


def test_a_home_has_an_hour_for_its_district_in_the_districts_zone_alone(server, district):
    from flows.engine import healing, runners  # noqa: PLC0415 - brings Prefect

    home = settings.load_home(district)
    assert runners.district_zones(home) == ("Europe/Moscow",)
    hours = {
        each.name: len(each.schedules)
        for each in runners.deployments(("Asia/Omsk", "Europe/Moscow"), "", ("Europe/Moscow",))
    }
    assert (hours["prepare"], hours["municipality"]) == (2, 1)
    alone = {each.name: len(each.schedules) for each in runners.deployments(("Asia/Omsk",))}
    assert alone["municipality"] == 0
    due = {(each.flow, each.zone) for each in healing.mornings(home, datetime(2026, 12, 10, 12, tzinfo=UTC))}
    assert ("municipality", "Europe/Moscow") in due
