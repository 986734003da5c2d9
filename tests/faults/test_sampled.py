"""A founding broken in the ways that nothing else tries; `python -m tests.faults --sample 1500` breaks every command everywhere."""

from __future__ import annotations

import pytest

from tests.faults import sampled
from tests.faults.scenes import NAMES, scenes
from tests.road import breaking

SUITE = ("init/killed twice/5/3", "init/stale listing/5", "init/late/6")
COUNT, SEED = 60, 15


@pytest.fixture(scope="module")
def made(tmp_path_factory, pytestconfig):
    names = NAMES if pytestconfig.getoption("--every") else ("init",)
    return scenes(tmp_path_factory.mktemp("scenes"), names)


def test_a_fault_of_any_kind_at_any_command_is_mended_by_one_plain_run(made, tmp_path, pytestconfig):
    """Three in the suite; with `--every` some are drawn from all commands besides."""
    by_name = {each.name: each for each in made}
    points = [point for name in SUITE for point in sampled.named(made, name)]
    if pytestconfig.getoption("--every"):
        points += sampled.drawn(made, COUNT, SEED)
    assert breaking.say([sampled.tried(by_name[each.scene], each, tmp_path) for each in points]) == ""
