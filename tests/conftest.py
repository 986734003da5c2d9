"""The long matrices: a sample of their points in the suite, all of them with `--every` (`make faults`).

A file in `SAMPLED` gives every eighth point of a matrix of more than six, a test marked `sampled` every eighth of any matrix,
`sampled(4)` every fourth. A test marked `long` plays a whole year, one marked `spare` is of a family of which the suite
plays the test named in the mark: both run with `--every` alone.

Property tests draw the same examples in every run of the suite, more of them with `--every`; `make faults` draws new ones.
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

from tests import shares

# No deadline and no check of slowness: a busy machine is no fault of the program.
settings.register_profile(
    "suite", max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "faults", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("sample", settings.get_profile("suite"), max_examples=25)
settings.load_profile("sample")

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


def pytest_addoption(parser):
    parser.addoption("--every", action="store_true", help="every point of the long matrices, not a sample")
    parser.addoption(
        "--shares", action="store_true", help="with -n and --dist each: each process has its own files"
    )


def pytest_configure(config):
    """Let Ctrl+C reach what tests start (a suite in the background is deaf to it), and keep their folders in memory.

    Every write of the office waits for the disk; where memory serves as a folder, that costs nothing.
    """
    if config.getoption("--every") and not config.getoption("--hypothesis-profile", None):
        settings.load_profile("suite")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    free = shutil.disk_usage(MEMORY).free if os.access(MEMORY, os.W_OK) else 0
    if free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_ignore_collect(collection_path, config):
    """Leave the files of the other processes alone, where several share the suite; a file asked for by name is everybody's."""
    worker = getattr(config, "workerinput", None)
    if not worker or not config.getoption("--shares") or not collection_path.match("test_*.py"):
        return None
    return not shares.of_worker(collection_path, worker["workerid"], worker["workercount"]) or None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Count what all processes have together: the rest is xdist's own way of letting each run all that it has read."""
    if not config.getoption("--shares"):
        return None
    from xdist.scheduler import EachScheduling  # noqa: PLC0415 - only where processes share

    class Sharing(EachScheduling):
        def schedule(self):
            config.pluginmanager.get_plugin("session").testscollected = sum(
                map(len, self.node2collection.values())
            )
            super().schedule()

    return Sharing(config, log)


def pytest_collection_finish():
    """Leave modules and items out of the looks for garbage, and look for it seldom: a walk makes much and leaves little."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(config, items):
    """Keep some points of a matrix, always the same ones, no whole years and no spares, so that the suite stays short."""
    items.sort(key=lambda item: shares.long_first(item.path))
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
    left |= {item for item in items if item.get_closest_marker("long") or item.get_closest_marker("spare")}
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
