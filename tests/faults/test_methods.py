"""More than two hundred faults of single calls over TCP: whatever befalls a call, its effect is there once and nothing is re-sent blindly."""

from __future__ import annotations

import pytest

from tests.faults import methods

COUNT, SEED = 220, 1


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with methods.bench(tmp_path_factory.mktemp("methods")) as made:
        yield made


def test_whatever_befalls_a_call_its_effect_is_there_once_and_nothing_is_sent_again_blindly(
    served, pytestconfig
):
    """Every method meets every fault; of two faults in a row some are drawn, all of them with `--every`."""
    points = methods.drawn(10_000 if pytestconfig.getoption("--every") else COUNT, SEED)
    assert len(points) >= COUNT
    told = [(point, found) for point in points if (found := methods.tried(served, point))]
    assert told == []
