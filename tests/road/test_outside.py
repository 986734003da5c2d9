"""Real processes on real files: killed by the system, and written beside by a person; a sample of `make faults`."""

from __future__ import annotations

import random

import pytest

from tests.faults.field import Field
from tests.faults.kills import kill
from tests.faults.writers import WAYS, writer

pytestmark = pytest.mark.sweep


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    return Field(tmp_path_factory.mktemp("outside") / "field", pairs=1, warm=True)


@pytest.mark.parametrize("seed", [3, 8])
def test_a_run_killed_at_a_random_moment_is_mended_by_one_plain_run(origin, tmp_path, seed):
    result = kill(origin, random.Random(seed), tmp_path)
    assert not result.violations
    assert result.counts["commands"] >= 3


@pytest.mark.parametrize("way", range(len(WAYS)), ids=[" ".join(each) for each in WAYS])
def test_a_save_beside_a_run_loses_no_cell_and_doubles_no_number(origin, tmp_path, way):
    result = writer(origin, random.Random(way), tmp_path, way)
    assert not result.violations
    assert not result.counts["edits lost"]
