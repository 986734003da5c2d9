"""A pair's plan covers its term by its cadence: working days only, evenly, typed meetings in their places; the stages part the term."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.domain.model import Meeting, Origin, Pair
from flows.domain.people.meeting_plan import plan_of, proposed_days, stage_of, stages

TERMS = st.tuples(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(0, 800)).map(
    lambda told: (told[0], told[0] + timedelta(told[1]))
)
CADENCES = st.integers(1, 8)
HOLIDAYS = st.frozensets(st.dates(date(2024, 1, 1), date(2030, 12, 31)), max_size=60)
YEAR = (date(2026, 9, 15), date(2027, 5, 31))
PUBLIC = {*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
FEW = settings(max_examples=25)
NEW_YEAR = frozenset({date(2026, 11, 4), *(date(2027, 1, day) for day in range(1, 11))})


def pair(term=YEAR, a_month=2, **more):
    told = {"code": "П-001", "group": "", "codes": ("П-001",)} | more
    return Pair(
        mentor="Н-001", mentees=("Л-001",), form="", kind="", goal="", tasks=(), start=term[0], end=term[1], status="", origin=Origin(),
        meetings_a_month=a_month, **told,
    )  # fmt: skip


def meeting(number, planned, held=None, of="П-001"):
    return Meeting(f"В-{number:03d}", of, planned, held, "", f"тема {number}", Origin())


def public(day):
    return (day.month, day.day) in PUBLIC


def month(day):
    return day.year, day.month


def whole_months(start, end):
    """The months of which every day lies in the term, each with its days."""
    days = [start + timedelta(count) for count in range((end - start).days + 1)]
    counted = Counter(map(month, days))
    return {
        name: [day for day in days if month(day) == name]
        for name, count in counted.items()
        if count == monthrange(*name)[1]
    }


def working(days, off):
    return [day for day in days if day.weekday() < 5 and day not in off]


@FEW
@given(TERMS, CADENCES, HOLIDAYS)
def test_no_meeting_falls_on_a_day_off_and_every_whole_month_has_its_meetings(term, a_month, off):
    days = proposed_days(*term, a_month, off)
    assert list(days) == sorted(set(days))
    assert all(term[0] <= day <= term[1] for day in days)
    assert working(days, off) == list(days)
    held = Counter(map(month, days))
    for name, own in whole_months(*term).items():
        able = len(working(own, off | set(filter(public, own))))
        assert held[name] == min(a_month, able)


@FEW
@given(TERMS, CADENCES)
def test_a_part_of_a_month_has_its_part_of_the_meetings(term, a_month):
    days = proposed_days(*term, a_month, frozenset())
    months = (term[1] - term[0]).days / 30.44
    assert abs(len(days) - a_month * months) <= max(2.5, a_month * 0.35)


def test_meetings_are_spread_evenly():
    for a_month, widest in ((1, 45), (2, 24), (4, 15), (8, 14)):
        days = proposed_days(*YEAR, a_month, NEW_YEAR)
        assert max((two - one).days for one, two in pairwise(days)) <= widest, a_month
        assert len(days) == round(a_month * (16 / 30 + 8))


@FEW
@given(TERMS, CADENCES, HOLIDAYS, st.lists(st.integers(-40, 840), max_size=30), st.randoms())
def test_typed_meetings_take_places_and_none_is_lost_or_doubled(term, a_month, off, at, random):
    typed = [meeting(number, term[0] + timedelta(day)) for number, day in enumerate(at)]
    typed += [meeting(900 + number, None) for number in range(len(at) % 4)]
    own = pair(term, a_month)
    plan = plan_of(own, typed, off)
    assert Counter(line.meeting.code for line in plan if line.meeting) == Counter(each.code for each in typed)
    assert {line.meeting.code: line.day for line in plan if line.meeting and line.meeting.planned} == {
        each.code: each.planned for each in typed if each.planned
    }
    proposed = Counter(month(day) for day in proposed_days(*term, a_month, off))
    there = Counter(month(each.planned) for each in typed if each.planned)
    lines = Counter(month(line.day) for line in plan if line.day)
    assert all(lines[name] == max(proposed[name], there[name]) for name in lines | proposed | there)
    days = [line.day for line in plan if line.day]
    assert days == sorted(days)
    random.shuffle(typed)
    assert plan_of(own, typed, off) == plan


def test_a_typed_meeting_takes_the_nearest_place_and_the_others_stay():
    free = proposed_days(*YEAR, 2, NEW_YEAR)
    october = [day for day in free if day.month == 10]
    near = october[1] - timedelta(2)
    plan = plan_of(pair(), [meeting(1, near)], NEW_YEAR)
    assert [line.day for line in plan] == sorted({*free, near} - {october[1]})
    assert [line.proposed for line in plan].count(False) == 1


def test_what_was_typed_without_a_day_takes_the_first_places_left_and_the_rest_comes_last():
    term = (date(2026, 10, 1), date(2026, 10, 31))
    typed = [meeting(1, None), meeting(2, date(2026, 10, 9)), meeting(3, None)]
    plan = plan_of(pair(term), typed, frozenset())
    assert [line.meeting.code for line in plan] == ["В-002", "В-001", "В-003"]
    assert [line.proposed for line in plan] == [False, True, False]
    assert plan[2].day is None


def test_the_day_a_meeting_was_held_stands_for_a_day_that_nobody_planned():
    held = date(2026, 10, 8)
    assert held in [
        line.day for line in plan_of(pair(), [meeting(1, None, held)], frozenset()) if line.meeting
    ]


def test_a_meeting_typed_twice_stands_once_and_a_group_has_the_meetings_of_all_its_rows():
    day = date(2026, 10, 9)
    own = pair(group="Группа", codes=("П-001", "П-002"))
    typed = [
        meeting(1, day),
        meeting(1, day, of="П-002"),
        meeting(1, day, of="Группа"),
        meeting(2, day, of="П-009"),
    ]
    assert [line.day for line in plan_of(own, typed, frozenset()) if line.meeting] == [day]


@pytest.mark.parametrize("a_month", [None, 0, -2])
def test_without_a_cadence_no_day_is_invented(a_month):
    typed = [meeting(1, date(2026, 10, 8)), meeting(2, None)]
    plan = plan_of(pair(a_month=a_month), typed, frozenset())
    assert [(line.day, line.proposed) for line in plan] == [(date(2026, 10, 8), False), (None, False)]


def test_terms_that_are_short_begin_on_a_day_off_or_are_a_slip_of_the_year():
    monday = date(2026, 10, 5)
    assert len(proposed_days(monday, monday + timedelta(13), 1, frozenset())) == 1
    assert len(proposed_days(monday, monday + timedelta(13), 8, frozenset())) == 4
    saturday = date(2026, 10, 3)
    assert proposed_days(saturday, saturday + timedelta(2), 2, frozenset()) == (monday,)
    assert proposed_days(saturday, saturday + timedelta(1), 2, frozenset()) == ()
    assert proposed_days(*YEAR, 2, frozenset(YEAR[0] + timedelta(day) for day in range(300))) == ()
    assert proposed_days(monday, date(2126, 10, 5), 2, frozenset()) == ()
    assert proposed_days(monday, monday - timedelta(1), 2, frozenset()) == ()


def test_public_holidays_of_a_year_whose_calendar_is_not_known_yet_are_days_off_all_the_same():
    days = proposed_days(date(2035, 1, 1), date(2035, 12, 31), 30, frozenset())
    assert len(days) > 200
    assert not any(map(public, days))


@FEW
@given(TERMS)
def test_stages_part_the_term_and_leave_no_day_out(term):
    parts = stages(*term)
    days = [term[0] + timedelta(at) for at in range((term[1] - term[0]).days + 1)]
    assert (parts == ()) == (len([day for day in working(days, ()) if not public(day)]) < 8)
    if parts:
        assert [part.name for part in parts] == ["адаптационный", "основной", "контрольно-оценочный"]
        assert (parts[0].start, parts[2].end) == term
        assert all(one.end + timedelta(1) == two.start for one, two in pairwise(parts))
        assert all(part.start <= part.end for part in parts)
        assert stage_of(parts[1].start, parts) == parts[1]
        assert stage_of(term[1] + timedelta(9), parts) == parts[2]


def test_stages_of_a_school_year_are_whole_months_and_those_of_two_weeks_are_working_days():
    assert [(part.start, part.end) for part in stages(*YEAR)] == [
        (date(2026, 9, 15), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2027, 4, 30)),
        (date(2027, 5, 1), date(2027, 5, 31)),
    ]
    assert [(part.start, part.end) for part in stages(date(2026, 10, 5), date(2026, 10, 18))] == [
        (date(2026, 10, 5), date(2026, 10, 6)),
        (date(2026, 10, 7), date(2026, 10, 14)),
        (date(2026, 10, 15), date(2026, 10, 18)),
    ]
    assert stages(date(2026, 10, 5), date(2026, 10, 12)) == ()
