"""Working days by the days off that are passed in, and norms about days read from words."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.domain import working_days

NEW_YEAR = frozenset(date(2027, 1, day) for day in range(1, 9))
MAY = frozenset({date(2027, 5, 1), date(2027, 5, 3), date(2027, 5, 10)})
DAYS = st.dates(date(2023, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Встречи не реже одного раза в две недели", 14),
        ("не реже 1 раза в 2 недели", 14),
        ("раз в неделю", 7),
        ("встречи проводятся еженедельно", 7),
        ("каждые две недели", 14),
        ("не реже двух раз в месяц", 15),
        ("дважды в месяц", 15),
        ("не менее одной встречи в месяц", 31),
        ("2 раза в неделю", 3),
        ("1 раз в 10 дней", 10),
        ("не реже раза в квартал", 92),
        ("1 раз в полугодие", 184),
    ],
)
def test_a_norm_is_read_from_words(text, days):
    assert working_days.gap_norm(text).max_gap_days == days


@pytest.mark.parametrize(
    "text", ["", "Встречи для планирования", "в течение года", "постоянно", "по мере потребности"]
)
def test_words_without_a_norm_give_none(text):
    assert working_days.gap_norm(text) is None


def row(**cells):
    empty = {"number": "6.3", "code": "М-1", "activity": "", "content": "", "result": "", "printed_term": ""}
    return SimpleNamespace(**{**empty, **cells})


def test_only_rows_about_meetings_give_norms_the_strictest_first():
    rows = [
        row(activity="Отчёт о встречах раз в квартал"),
        row(activity="Регулярные встречи", result="Встречи не реже одного раза в две недели"),
        row(number="6.9", activity="Встречи пар", printed_term="раз в неделю"),
        row(activity="Обновление сайта раз в месяц"),
    ]
    assert [(norm.max_gap_days, norm.source) for norm in working_days.meeting_norms(rows)] == [
        (7, "6.9"),
        (14, "6.3"),
    ]


def test_a_deadline_on_a_free_day_moves_back_and_a_beginning_moves_on():
    assert working_days.on_or_before(date(2027, 1, 8), NEW_YEAR) == date(2026, 12, 31)
    assert working_days.on_or_after(date(2027, 1, 1), NEW_YEAR) == date(2027, 1, 11)


def test_days_off_shorten_a_gap_and_weekends_do_not():
    assert working_days.gap(date(2026, 12, 28), date(2027, 1, 18), NEW_YEAR) == 13
    assert working_days.gap(date(2027, 2, 1), date(2027, 2, 15), NEW_YEAR) == 14


def test_a_year_whose_first_day_is_not_off_is_not_known():
    assert working_days.knows_year(2027, NEW_YEAR)
    assert not working_days.knows_year(2028, NEW_YEAR)


@given(DAYS, st.integers(0, 40))
def test_stepping_back_gives_a_working_day_with_so_many_working_days_between(day, count):
    start = working_days.working_days_before(day, count, NEW_YEAR | MAY)
    between = [start + timedelta(days=at) for at in range((day - start).days)]
    assert sum(working_days.is_working(each, NEW_YEAR | MAY) for each in between) == count


@given(DAYS)
def test_a_year_of_nothing_but_days_off_does_not_hang(day):
    every = frozenset(day + timedelta(days=at) for at in range(-100, 101))
    assert abs((working_days.on_or_before(day, every) - day).days) <= 60


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2026, 9, 15), 12, date(2027, 9, 15)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_on_stay_in_the_month_they_fall_into(day, count, later):
    assert working_days.months_later(day, count) == later
