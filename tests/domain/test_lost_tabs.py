"""A paper that stands on a tab which could not be read is left as it is: none is planned with less in it, none is called superfluous."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows import doors, settings
from flows.domain.book.understanding import BookContents, Supplied, understand
from flows.domain.documents.builders import BUILDERS
from flows.domain.planning.plan import plan
from flows.domain.planning.wanted import Doubts, Wishes
from flows.domain.statuses import BROKEN
from flows.domain.tabs import (
    DECLENSIONS,
    MEETINGS,
    MENTEES,
    MENTORS,
    NOTE_FIGURES,
    PAIRS,
    REGISTER,
    ROADMAP,
    SCORE_CARD,
    STAFF_EVENTS,
    SURVEYS,
)
from flows.domain.terms.reading import Window
from flows.workspace import reading, snapshots
from flows.workspace.forms import response_tabs
from flows.workspace.register import filed_rows
from tests.road import desk as desks

BOOK = Path(__file__).parents[1] / "road" / "books_before" / "rodnik.xlsx"
TODAY = date(2026, 12, 10)
TABS = (ROADMAP, MENTORS, MENTEES, PAIRS, MEETINGS, SURVEYS, SCORE_CARD, STAFF_EVENTS, DECLENSIONS)
SUPPLIES = doors.supplies(TODAY)
CALLED = [
    kind
    for kind in SUPPLIES.kinds.values()
    if kind.made and kind.id in BUILDERS and kind.subject != "council"
]
# A mentor from elsewhere, an employer's pair, a changed order, a registered order of programmes, and a mentor who has agreed but has no addendum yet are in none of the books.
UNTRIED = {
    "addendum", "agreement.employer", "consent.mentor", "notice.early_end", "order.pairs_change", "report.survey", "site.registry.programs",
}  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = tmp_path_factory.mktemp("rodnik")
    shutil.copy(BOOK, root / "book.xlsx")
    with desks.opened(root, settings.Place("rodnik")) as desk:
        (found,) = desk.space.drive.found("name = 'book'")
        return reading.read(desk.space.sheets.read(found.id), settings.book_layout())


def planned(book, lost=""):
    """Plan everything at once: a row of the roadmap for every kind, councils, an ended pair; `lost` is a tab not read."""
    rows = {title: table.rows for title, table in book.tables.items() if title != lost}
    layout = settings.book_layout()
    grids = response_tabs(book.snapshot, layout, {row.text("Анкета") for row in rows.get(SURVEYS, ())})
    kept = snapshots.kept(book.snapshot.sheet(NOTE_FIGURES))
    unread = frozenset({lost} - {""})
    register = tuple(filed_rows(book.tables[REGISTER]))
    contents = BookContents(
        "книга", rows, reading.lines(book), register, {}, unread=unread, grids=grids, kept=kept
    )
    told = understand(
        "rodnik",
        contents,
        TODAY,
        Supplied(SUPPLIES.kinds, SUPPLIES.norms, SUPPLIES.monitoring, SUPPLIES.days_off, SUPPLIES.forms),
    )
    councils = {f"council/{each.day.isoformat()}" for each in told.card.councils if each.day}
    wishes = Wishes(
        told.kinds,
        SUPPLIES.builders,
        SUPPLIES.days_off,
        Doubts(unread, told.stopped, told.unsure),
        frozenset({*told.kinds, *councils}),
    )
    return plan(calling_for_everything(told.facts), wishes)


def calling_for_everything(facts):
    pairs = tuple(
        replace(each, status=BROKEN, end_reason="заявление наставника") if each is facts.pairs[-1] else each
        for each in facts.pairs
    )
    window = Window(date(2026, 12, 1), date(2026, 12, 20))
    rows = (
        replace(
            row,
            code=f"М-{900 + at}",
            documents=(kind.id,),
            status="",
            term=replace(row.term, kind="dated", windows=(window,), flags=frozenset()),
        )
        for row in facts.activities[:1]
        for at, kind in enumerate(CALLED)
    )
    unsigned = {code for pair in pairs[:1] for code in (pair.mentor, *pair.mentees)}
    people = {
        code: replace(each, consent_duty=None, consent_data=None) if code in unsigned else each
        for code, each in facts.people.items()
    }
    pairs = (*(replace(each, addendum_number="") for each in pairs[:1]), *pairs[1:])
    return replace(facts, activities=(*facts.activities, *rows), pairs=pairs, people=people)


@pytest.fixture(scope="module")
def whole(book):
    return {each.key: each for each in planned(book).planned}


def test_nearly_every_kind_is_tried(whole):
    tried = {each.kind for each in whole.values()}
    assert {kind.id for kind in CALLED} - tried == UNTRIED


@pytest.mark.parametrize("tab", TABS)
def test_no_paper_is_planned_with_less_in_it_when_a_tab_is_lost(book, whole, tab):
    now = planned(book, tab)
    for each in now.planned:
        assert each.key in whole, f"{each.kind} is planned only because {tab} is lost"
        assert each.context == whole[each.key].context, f"{each.kind} loses what {tab} says"
    kept = {each.key for each in now.planned}
    gone = {each.kind for key, each in whole.items() if key not in kept} - now.doubts.kinds
    assert gone == set(), f"without {tab} they are called superfluous"
