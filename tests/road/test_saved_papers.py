"""A person saves a paper while a run renews it, over real TCP: the paper stays as saved, a new version comes beside."""

from __future__ import annotations

from datetime import date

import pytest

from flows.domain.errors import TryLater
from flows.office import Faults
from tests.office import person
from tests.road import desk as desks

MINE = b"what a person saved"
KIND = "order.pairs"


@pytest.fixture(scope="module")
def home(founded, tmp_path_factory):
    empty, place = founded
    root = desks.copied(empty, tmp_path_factory.mktemp("saved") / "home")
    with desks.opened(root, place) as desk:
        desks.furnish(desk, 1, unready=0, plan=desks.PLAN[1:2])
        desk.run()
    return root, place


@pytest.fixture
def copied(home, tmp_path):
    return desks.copied(home[0], tmp_path / "home"), home[1]


def renewing(request, row):
    return request.method == "PATCH" and "/upload/" in request.path and row.file_id in request.path


def changed(desk):
    """Change what the order of pairs says; return its row and its file."""
    row = desk.filed(KIND)
    desk.type_cells("Пары", 2, {"Дата начала": date(2026, 9, 16)})
    return row, desk.file(row)


def versions(desk, kind=KIND):
    return [(row.version, row.state, row.intended) for row in desk.register() if row.kind == kind]


def quiet(desk):
    since = desk.now
    assert not desk.run().made
    assert desk.writes(since) == 0


@pytest.mark.sampled(2)
@pytest.mark.parametrize("how", ["rename", "truncate"])
def test_a_paper_saved_between_our_look_and_our_renewal_stays_and_a_version_comes_beside(copied, how):
    with desks.opened(*copied) as desk:
        row, path = changed(desk)
    coming = [MINE]

    def saving(_, request):
        if coming and renewing(request, row):
            person.save(path, coming.pop(), how)

    with desks.served(*copied, Faults(saving)) as (desk, _):
        report = desk.run()
        assert not coming
        assert path.read_bytes() == MINE
        assert [each.action for each in report.made if KIND in each.key] == ["создать"]
        assert not {each.code for each in report.problems} & {"not-filed"}
        assert versions(desk) == [(1, "заменён", ""), (2, "проект", "")]
        assert "16 сентября 2026" in desk.text(desk.filed(KIND, "проект"))
        quiet(desk)
        assert path.read_bytes() == MINE


def test_a_renewal_whose_answer_was_lost_meets_its_own_bytes_and_makes_no_version(copied):
    with desks.opened(*copied) as desk:
        row, _ = changed(desk)
    lost = ["after"]
    with desks.served(
        *copied, Faults(lambda _, request: lost.pop() if lost and renewing(request, row) else None)
    ) as (desk, _):
        desk.run()
        assert not lost
        assert versions(desk) == [(1, "проект", "")]
        quiet(desk)


def test_a_draft_that_a_broken_run_began_and_a_person_edited_is_left_and_made_beside(copied):
    """Not tried again for ever: before, every run said that the file had been edited while the work went on."""
    root, place = copied
    with desks.opened(root, place) as desk:
        desks.add_pair(desk, 1)
        known = set(desk.papers())
    laid = []

    def breaking(_, request):
        if laid:
            return "before"
        laid.extend(["x"] if request.method == "POST" and "/upload/" in request.path else [])
        return None

    with desks.served(root, place, Faults(breaking)) as (desk, _), pytest.raises(TryLater):
        desk.run()
    with desks.opened(root, place) as desk:
        (path,) = set(desk.papers()) - known
        (begun,) = [row for row in desk.register() if desk.office.link(row.file_id) == path]
        assert begun.intended
        path.write_bytes(MINE)
        assert "not-filed" not in {each.code for each in desk.run().problems}
        assert path.read_bytes() == MINE
        rows = [row for row in desk.register() if row.key == begun.key]
        assert [(row.version, row.state, row.intended) for row in rows] == [
            (1, "заменён", ""),
            (2, "проект", ""),
        ]
        quiet(desk)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("typed_again", [True, False])
def test_a_book_that_a_synchronised_folder_took_back_still_knows_our_own_papers(copied, typed_again):
    with desks.opened(*copied) as desk:
        before = desk.xlsx().read_bytes()
        changed(desk)
        desk.run()
        desk.xlsx().write_bytes(before)
        if typed_again:
            changed(desk)
        desk.run()
        assert versions(desk) == [(1, "проект", "")]
        assert ("16 сентября 2026" in desk.text(desk.filed(KIND))) == typed_again
        quiet(desk)
