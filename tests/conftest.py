"""The long matrices: a sample of their points in the suite, all of them with `--every` (`make faults`).

Property tests draw the same examples in every run of the suite; `make faults` draws new ones.
"""

from __future__ import annotations

from collections import defaultdict

from hypothesis import HealthCheck, settings

# No deadline and no check of slowness: a busy machine is no fault of the program.
settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "faults", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("suite")

STEP = 8
SAMPLED = {
    "test_bad_input.py",
    "test_every_trait.py",
    "test_extreme_days.py",
    "test_moved_rows.py",
    "test_patterns.py",
    "test_silence.py",
}
FEW = 6
# The longest files go first: two workers then end together.
LONGEST = (
    "test_faults.py",
    "test_bad_input.py",
    "test_engine.py",
    "test_silence.py",
    "test_recipes.py",
    "test_outside.py",
    "test_keeping.py",
    "test_witness.py",
)


def pytest_addoption(parser):
    parser.addoption("--every", action="store_true", help="every point of the long matrices, not a sample")


def pytest_collection_modifyitems(config, items):
    """Keep every eighth point of a matrix, always the same ones, so that the suite stays short."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))
    if config.getoption("--every"):
        return
    points = defaultdict(list)
    for item in items:
        if item.path.name in SAMPLED:
            points[item.path.name, getattr(item, "originalname", item.name)].append(item)
    left = {
        item for found in points.values() if len(found) > FEW for at, item in enumerate(found) if at % STEP
    }
    if left:
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]
