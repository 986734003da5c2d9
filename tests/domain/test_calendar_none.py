"""A year of which no production calendar is known: weekends are free all the same, and whoever counts says that it does not know."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows import settings
from flows.domain import working_days

NOTHING: frozenset[date] = frozenset()


@pytest.mark.parametrize("year", [1990, 2026, 2050, 9998])
def test_without_a_calendar_only_weekends_are_free(year):
    day = date(year, 1, 1)
    for _ in range(14):
        assert working_days.is_working(day, NOTHING) is (day.weekday() < 5)
        day += timedelta(days=1)


@pytest.mark.parametrize("count", [0, 1, 5, 15, 250])
def test_stepping_back_lands_on_a_working_day_before(count):
    day = date(2026, 9, 15)
    back = working_days.working_days_before(day, count, NOTHING)
    assert back <= day
    assert count == 0 or working_days.is_working(back, NOTHING)
    assert (
        sum(
            working_days.is_working(back + timedelta(days=step), NOTHING) for step in range((day - back).days)
        )
        == count
    )


def test_whether_a_year_is_known_is_told_by_its_first_day():
    assert not working_days.knows_year(2026, NOTHING)
    assert working_days.knows_year(2026, settings.days_off(2026, 2026))
    assert not working_days.knows_year(2026, frozenset({date(2026, 5, 9)}))


def test_a_calendar_in_which_every_day_is_free_does_not_hang():
    year = frozenset(date(2026, 1, 1) + timedelta(days=number) for number in range(365))
    assert working_days.on_or_before(date(2026, 12, 1), year) < date(2026, 12, 1)
    assert working_days.on_or_after(date(2026, 1, 1), year) > date(2026, 1, 1)


def test_a_gap_without_known_holidays_is_plain_days():
    assert working_days.gap(date(2026, 12, 28), date(2027, 1, 12), NOTHING) == 15
    assert working_days.gap(date(2026, 12, 28), date(2027, 1, 12), settings.days_off(2026, 2027)) < 15
