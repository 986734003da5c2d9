"""One number, one paper: whatever old copy of the book comes back in the middle of a run, and whatever it left behind (F-C2)."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import suppress

import pytest

from flows.domain.errors import TryLater
from flows.workspace.doubled_numbers import doubled
from tests.road import desk as desks
from tests.road import hands


def whole(desk):
    """Each number on one row and one file, each file with a row of its own, nothing left half made."""
    rows = [row for row in desk.register() if row.draft_number]
    numbers = Counter(row.draft_number for row in rows)
    assert not [number for number, times in numbers.items() if times > 1], numbers
    assert len({row.file_id for row in rows}) == len(rows)
    assert not [row.key for row in rows if row.state == "создаётся"]
    carried = Counter(path.name for path in desk.papers())
    assert all(row.draft_number in desk.file(row).name for row in rows), carried
    assert {desk.file(row) for row in rows} == set(desk.papers())


@pytest.fixture(scope="module")
def effects(furnished, tmp_path_factory):
    """The calls of a first run that change something."""
    root, place = furnished
    with desks.opened(desks.copied(root, tmp_path_factory.mktemp("effects") / "home"), place) as desk:
        since = desk.now
        desk.run()
        return [at for at, call in enumerate(desk.office.journal[since:], 1) if call.effect]


def test_an_old_copy_saved_in_the_middle_of_a_run_gives_no_number_twice(
    furnished, effects, tmp_path, pytestconfig
):
    """The suite tries every fortieth change of the run and the first after the promise, `--every` each."""
    root, place = furnished
    chosen = effects if pytestconfig.getoption("--every") else [effects[3], *effects[4::40]]
    for at in chosen:
        with desks.opened(desks.copied(root, tmp_path / str(at)), place) as desk:
            old, book = tmp_path / f"{at}.xlsx", desk.xlsx()
            shutil.copy(book, old)

            def stale(_, old=old, book=book):
                shutil.copy(old, book)

            with suppress(TryLater):
                hands.meddled(desk, at, stale).run()
            for _ in range(3):
                with suppress(TryLater):
                    desk.run()
            whole(desk)
            assert not desk.run().written


def test_a_number_that_two_papers_bear_stays_with_one_and_the_other_gets_the_next(furnished, tmp_path):
    root, place = furnished
    with desks.opened(desks.copied(root, tmp_path / "home"), place) as desk:
        desk.run()
        first, second = desk.filed("order.introduce"), desk.filed("consent.duty")
        desk.type_cells("Документы", second.origin.row, {"№ проекта": first.draft_number})
        report = desk.run()
        kept, mended = desk.filed("order.introduce"), desk.filed("consent.duty")
        assert kept.draft_number == first.draft_number
        assert mended.draft_number not in {first.draft_number, second.draft_number}
        assert mended.draft_number in desk.file(mended).name
        assert [each.code for each in report.problems if "был у двух документов" in each.message] == [
            "number-doubled"
        ]
        assert any("был у двух документов" in row.text("Что сделано") for row in desk.rows("Журнал"))
        whole(desk)
        assert not desk.run().written


def test_a_registered_paper_keeps_its_number_though_a_draft_above_it_bears_the_same(furnished, tmp_path):
    root, place = furnished
    with desks.opened(desks.copied(root, tmp_path / "home"), place) as desk:
        desk.run()
        rows = sorted((row for row in desk.register() if row.draft_number), key=lambda row: row.origin.row)
        upper, lower = rows[0], rows[-1]
        desk.type_cells(
            "Документы",
            lower.origin.row,
            {"№ проекта": upper.draft_number, "Рег. №": "7", "Состояние": "зарегистрирован"},
        )
        assert [row.key for row in doubled(desk.register())] == [upper.key]
