"""The long matrices: a sample of their points in the suite, all of them with `--every` (`make faults`).

A file in `SAMPLED` gives every eighth point of a matrix of more than six, a test marked `sampled` every eighth of any matrix,
`sampled(4)` every fourth. A test marked `long` plays a whole year and runs with `--every` alone.

Property tests draw the same examples in every run of the suite; `make faults` draws new ones.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No deadline and no check of slowness: a busy machine is no fault of the program.
settings.register_profile(
    "suite", max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "faults", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("suite")

# A folder held in memory, as Linux has it, and how much of it the suite may need.
MEMORY, ROOM = Path("/dev/shm"), 4 << 30

STEP = 8
SAMPLED = {
    "test_bad_input.py",
    "test_every_trait.py",
    "test_extreme_days.py",
    "test_moved_rows.py",
    "test_silence.py",
}
FEW = 6
# The longest files go first, and before them the one that waits for a server: the workers then end together.
LONGEST = (
    "test_engine.py",
    "test_bad_input.py",
    "test_cli.py",
    "test_prepare.py",
    "test_requests.py",
    "test_forms.py",
    "test_declensions.py",
    "test_answers.py",
    "test_faults.py",
    "test_registering.py",
    "test_notes.py",
    "test_year_at_rest.py",
    "test_planning_table.py",
    "test_rows.py",
    "test_recipes.py",
    "test_keeping.py",
    "test_witness.py",
)


def pytest_addoption(parser):
    parser.addoption("--every", action="store_true", help="every point of the long matrices, not a sample")


def pytest_configure():
    """Let Ctrl+C reach what tests start (a suite in the background is deaf to it), and keep their folders in memory.

    Every write of the office waits for the disk; where memory serves as a folder, that costs nothing.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    free = shutil.disk_usage(MEMORY).free if os.access(MEMORY, os.W_OK) else 0
    if free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish():
    """Leave modules and items out of the looks for garbage, and look for it seldom: a walk makes much and leaves little."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(config, items):
    """Keep some points of a matrix, always the same ones, and no whole years, so that the suite stays short."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))
    if config.getoption("--every"):
        return
    points = defaultdict(list)
    for item in items:
        marker = item.get_closest_marker("sampled")
        if marker or item.path.name in SAMPLED:
            step = next(iter(marker.args), STEP) if marker else STEP
            points[item.path.name, getattr(item, "originalname", item.name), step, bool(marker)].append(item)
    left = {
        item
        for (_, _, step, marked), found in points.items()
        if marked or len(found) > FEW
        for at, item in enumerate(found)
        if at % step
    }
    left |= {item for item in items if item.get_closest_marker("long")}
    if left:
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]


@pytest.fixture
def google(tmp_path):
    """Google on loopback with a shared drive; this process is led there."""
    from tests.front import front  # noqa: PLC0415 - a certificate and a server, for those who ask

    with front(tmp_path) as opened:
        opened.shared_drive()
        with opened.here():
            yield opened
        assert opened.broken == []
