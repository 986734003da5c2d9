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


def folder(root, name):
    (root / name).mkdir()
    return root / name


def test_a_run_killed_at_a_random_moment_is_mended_by_one_plain_run(origin, tmp_path, pytestconfig):
    """The suite plays one round, `--every` eight."""
    every = pytestconfig.getoption("--every")
    told = [
        kill(origin, random.Random(seed), folder(tmp_path, f"{seed}")) for seed in range(8 if every else 1)
    ]
    assert not [each.violations for each in told if each.violations]
    assert all(each.counts["commands"] >= 3 for each in told)


def test_a_save_beside_a_run_loses_no_cell_and_doubles_no_number(origin, tmp_path, pytestconfig):
    """The suite saves a fresh copy by rename and a stale one in place, `--every` each in each way."""
    chosen = range(len(WAYS)) if pytestconfig.getoption("--every") else (0, 3)
    told = [writer(origin, random.Random(way), folder(tmp_path, f"{way}"), way) for way in chosen]
    assert not [each.violations for each in told if each.violations]
    assert not sum(each.counts["edits lost"] for each in told)
