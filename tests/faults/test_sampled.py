"""A few whole commands broken at a call that is drawn; `python -m tests.faults --sample 1500` breaks all of them everywhere."""

from __future__ import annotations

import pytest

from tests.faults import sampled
from tests.faults.scenes import scenes
from tests.road import breaking

COUNT, SEED = 6, 15
SCENES = ("prepare",)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return scenes(tmp_path_factory.mktemp("scenes"), SCENES)


def test_a_fault_of_any_kind_at_any_command_is_mended_by_one_plain_run(made, tmp_path):
    by_name = {each.name: each for each in made}
    points = sampled.drawn(made, COUNT, SEED)
    assert len({point.kind for point in points}) > COUNT / 2
    told = [sampled.tried(by_name[point.scene], point, tmp_path) for point in points]
    assert breaking.say(told) == ""
