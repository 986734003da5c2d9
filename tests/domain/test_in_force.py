"""Which registered papers hold: one answer for orders, notes, journals and cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.model import Filed
from flows.domain.register.in_force import in_force, number_and_day
from flows.domain.statuses import CANCELLED, DRAFT, REGISTERED, REPLACED, SIGNED

DAY = date(2026, 9, 14)
ROW = Filed(
    "o/order.pairs/o/2026-2027", 1, "order.pairs", "", "", REGISTERED, "f", "", "", "", "", number="26/1", day=DAY
)  # fmt: skip


@pytest.mark.parametrize("state", [CANCELLED, REPLACED])
def test_what_was_cancelled_or_replaced_holds_no_more(state):
    assert in_force([replace(ROW, state=state)]) == []


@pytest.mark.parametrize(
    "row", [ROW, replace(ROW, state=SIGNED, number="", day=None), replace(ROW, state=DRAFT)]
)
def test_what_is_signed_or_has_a_number_holds(row):
    assert in_force([row]) == [row]


def test_a_draft_holds_nothing_and_takes_nothing_away():
    draft = replace(ROW, version=2, state=DRAFT, number="", day=None)
    assert in_force([ROW, draft]) == [ROW]
    assert in_force([draft]) == []


def test_of_two_registered_versions_the_newer_holds_whatever_their_order():
    later = replace(ROW, version=2, day=date(2026, 10, 1))
    assert in_force([ROW, later]) == in_force([later, ROW]) == [later]
    assert in_force([replace(later, state=CANCELLED), ROW]) == [ROW]


@pytest.mark.parametrize(("by", "held"), [(date(2026, 9, 13), 0), (DAY, 1), (date(2026, 9, 15), 1)])
def test_by_a_day_only_what_was_registered_until_then_holds(by, held):
    assert len(in_force([ROW], by=by)) == held


def test_by_a_day_before_the_newer_version_the_older_holds():
    later = replace(ROW, version=2, day=date(2026, 10, 1))
    assert in_force([ROW, later], by=date(2026, 9, 30)) == [ROW]
    assert in_force([replace(ROW, day=None)], by=date(2020, 1, 1)) == [replace(ROW, day=None)]


def test_a_paper_is_cited_by_number_and_day():
    assert number_and_day(ROW) == "№ 26/1 от 14.09.2026"
    assert number_and_day(replace(ROW, number="", day=None)) == "№ ____"
