"""Every figure of a note is the one that a careful person counts from the same rows, however awkwardly they are typed.

The person is `recount`: plain functions that know nothing of the program. Here a sample of the generated organisations; all hundred,
with every cut-off: `python -m tests.monitoring.recount_all`.
"""

import ast
from pathlib import Path

import pytest

from tests.monitoring import awkward_logs, by_the_road, recount_all

SAMPLE = range(0, 100, 9)


@pytest.fixture(scope="module")
def counted():
    """Each organisation of the sample with one of its cut-offs, in turn, counted both ways."""
    told = {}
    for turn, seed in enumerate(SAMPLE):
        spans = awkward_logs.spans(seed)
        span = spans[turn % len(spans)]
        book = awkward_logs.on_the_day(seed, span.today)
        told[seed] = recount_all.hand(book, span), recount_all.program(by_the_road.figures(book, span))
    return told


@pytest.mark.sampled(3)
@pytest.mark.parametrize("seed", SAMPLE)
def test_a_careful_person_and_the_program_count_the_same(counted, seed):
    by_hand, by_program = counted[seed]
    assert by_program == by_hand


def test_the_sample_has_every_indicator_counted_and_every_one_left_without_data(counted):
    known, missing = set(), set()
    for by_hand, _ in counted.values():
        known |= {code.partition(":")[0] for code, value in by_hand.items() if value is not None}
        missing |= {code for code, value in by_hand.items() if value is None}
    assert known == {f"M{number}" for number in range(1, 18)}
    assert missing >= {"M1", "M2", "M3", "M10", "M11", "M13", "M14", "M15", "M16"}


def test_the_recount_takes_nothing_from_the_program():
    for path in Path(__file__).parent.glob("recount*.py"):
        if path.stem != "recount_all":
            tree = ast.parse(path.read_text("utf-8"))
            imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
            imported += [
                each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names
            ]
            assert not [name for name in imported if name.split(".")[0] == "flows"]
