"""A run of twelve papers broken at every call, over real TCP: nothing doubled, nothing lost, mended by one plain re-run."""

from __future__ import annotations

import contextlib
import shutil
from datetime import date

import pytest

from flows.domain.errors import TryLater
from flows.office import Faults
from tests.road import breaking
from tests.road import desk as desks

PLAN = [
    *desks.PLAN[:4],
    ("2.0", "Входной мониторинг", "Октябрь 2026", "Старший воспитатель", "Аналитическая справка"),
    ("2.3", "Мониторинг встреч", "Ноябрь 2026", "Старший воспитатель", "Аналитическая справка"),
]
PAPERS, ROWS = 12, 14

pytestmark = pytest.mark.sweep


@pytest.fixture(scope="module")
def twelve(founded, tmp_path_factory):
    """An organisation with one registered order, where a run has twelve papers to make."""
    root, place = founded
    home = desks.copied(root, tmp_path_factory.mktemp("twelve") / "home")
    with desks.opened(home, place) as desk:
        desks.furnish(desk, 0, plan=PLAN[:1])
        desk.run(date(2026, 9, 1))
        row = desk.filed("order.introduce")
        desk.type_cells(
            "Документы",
            row.origin.row,
            {"Рег. №": "118", "Дата регистрации": date(2026, 9, 2), "Состояние": "зарегистрирован"},
        )
        desk.run(date(2026, 9, 2))
        final = desk.filed("order.introduce", "зарегистрирован")
        desks.furnish(desk, 8, unready=1, plan=PLAN)
        report = desk.run(dry_run=True)
        assert sum(step.action.value == "создать" for step in report.steps) == PAPERS
        names = [desk.file(row).name, desk.file(final).name]
        typed = desk.typed()
    return home, place, typed, breaking.registered_sums(home, names)


@pytest.fixture(scope="module")
def calls(twelve, tmp_path_factory):
    """How many calls an unbroken run makes."""
    home, place, *_ = twelve
    with desks.served(desks.copied(home, tmp_path_factory.mktemp("count") / "home"), place) as (desk, _):
        before = desk.now
        desk.run()
        since = desk.now
        report = desk.run()
        assert desk.writes(since) == 0
        assert not report.written
        return since - before


def _point(twelve, tmp_path, name, act):
    """Break one run, look at the moment of death, run once more, look again."""
    home, place, white, registered = twelve
    root = desks.copied(home, tmp_path / name)
    try:
        faults = act.get("faults")
        with desks.served(root, place, faults) as (desk, base):
            if "adapter" in act:
                code = breaking.ended(breaking.in_child(base, place, act["adapter"]))
                assert code in {-9, 0}, code
            else:
                with contextlib.suppress(TryLater):
                    desk.run()
            dead = breaking.untouched(desk, white, registered)
            desk.run()
            return name, dead + breaking.broken(desk, white, registered, ROWS)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def test_killed_before_and_after_any_call_it_is_whole_after_one_run(twelve, calls, tmp_path, pytestconfig):
    """Death after a call's answer is death before the next call: the two leave the same; `--every` tries both all the same.

    The suite tries every forty-eighth call and the last, `--every` each.
    """
    every = pytestconfig.getoption("--every")
    before, after = (
        (range(1, calls + 1), range(1, calls + 1)) if every else (range(1, calls + 1, 48), [calls])
    )
    points = [*((at, "before") for at in before), *((at, "after") for at in after)]

    def point(told):
        return _point(twelve, tmp_path, f"{told[1]} call {told[0]}", {"adapter": breaking.Dying(*told)})

    assert not breaking.say(breaking.spread(points, point))


def test_any_lost_answer_leaves_it_whole_after_one_run(twelve, calls, tmp_path, pytestconfig):
    """The suite loses the answers that come right after the deaths it tries, every forty-eighth; `--every` loses each."""
    lost = range(1, calls + 1) if pytestconfig.getoption("--every") else range(2, calls + 1, 48)

    def point(at):
        return _point(
            twelve,
            tmp_path,
            f"answer {at}",
            {"faults": Faults(lambda number, _: "after" if number == at else None)},
        )

    assert not breaking.say(breaking.spread(lost, point))


def test_two_runs_at_once_make_each_paper_once(twelve, tmp_path, pytestconfig):
    """Once in the suite, four times with `--every`."""
    home, place, white, registered = twelve
    told = []
    for turn in range(4 if pytestconfig.getoption("--every") else 1):
        root = desks.copied(home, tmp_path / f"both{turn}")
        with desks.served(root, place) as (desk, base):
            children = [breaking.in_child(base, place), breaking.in_child(base, place)]
            codes = sorted(breaking.ended(child) for child in children)
            assert set(codes) <= {0, 3}, codes
            desk.run()
            told.append((f"turn {turn}, codes {codes}", breaking.broken(desk, white, registered, ROWS)))
    assert not breaking.say(told)


def test_nothing_that_may_not_be_repeated_is_sent_twice(twelve, tmp_path):
    """A batch whose answer was lost is looked for instead of being sent again, so the run goes on to its end."""
    home, place, white, registered = twelve
    root = desks.copied(home, tmp_path / "once")
    sent: list[bytes] = []

    def rule(_, request):
        if request.path.endswith(":batchUpdate"):
            sent.append(request.body)
            return "after"
        return None

    with desks.served(root, place, Faults(rule)) as (desk, _):
        desk.run()
        assert len(sent) == len(set(sent)) > 4
        assert not breaking.broken(desk, white, registered, ROWS)
