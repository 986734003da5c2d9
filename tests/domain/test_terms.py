"""Deadline cells as schools type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.domain import periods
from flows.domain.terms import Window, parse

SCHOOL = periods.of_years(2023, 2024)
PLAN = periods.of_years(2023, 2025)


def window(start, end):
    return Window(date.fromisoformat(start) if start else None, date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("До 15.09.2023", [(None, "2023-09-15")]),
        ("до  30.09. 2023 г", [(None, "2023-09-30")]),
        ("не позднее 10.10.23", [(None, "2023-10-10")]),
        ("Март \n2024 г.", [("2024-03-01", "2024-03-31")]),
        ("Май- Август 2023", [("2023-05-01", "2023-08-31")]),
        ("Апрель 2024\nАпрель 2025", [("2024-04-01", "2024-04-30"), ("2025-04-01", "2025-04-30")]),
        ("Апрель – май 2024\n\nАпрель – май 2025", [("2024-04-01", "2024-05-31"), ("2025-04-01", "2025-05-31")]),
        ("сентябрь, декабрь 2023 г.", [("2023-09-01", "2023-09-30"), ("2023-12-01", "2023-12-31")]),
        ("с 1 по 15 сентября 2023", [("2023-09-01", "2023-09-15")]),
        ("1 сентября 2023 г.", [("2023-09-01", "2023-09-01")]),
        ("IV квартал 2023 года", [("2023-10-01", "2023-12-31")]),
        ("осень 2023", [("2023-09-01", "2023-11-30")]),
        ("09.2023", [("2023-09-01", "2023-09-30")]),
    ],
)
def test_a_date_a_range_or_several_are_windows(text, windows):
    term = parse(text, PLAN)
    assert term.kind == "dated"
    assert term.windows == tuple(window(*pair) for pair in windows)
    assert not term.flags


@pytest.mark.parametrize(("text", "day"), [("сентябрь", "2023-09-30"), ("в мае", "2024-05-31"), ("до 10.10.", "2023-10-10")])
def test_a_bare_month_takes_its_year_from_a_school_year_plan_and_says_so(text, day):
    term = parse(text, SCHOOL)
    assert term.windows[0].end == date.fromisoformat(day)
    assert term.flags == {"year-derived"}


def test_a_bare_month_in_a_plan_of_several_years_is_not_guessed():
    assert parse("сентябрь", PLAN).kind == "unreadable"
    assert parse("сентябрь", None).kind == "unreadable"


def test_a_year_lent_across_new_year_is_marked_as_derived():
    term = parse("декабрь, май 2024", PLAN)
    assert [w.start.isoformat() for w in term.windows] == ["2023-12-01", "2024-05-01"]
    assert term.flags == {"year-derived"}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Сентябрь (ежегодно)", ["2023-09-30", "2024-09-30", "2025-09-30"]),
        ("Май (в течение периода реализации)", ["2023-05-31", "2024-05-31", "2025-05-31"]),
        ("ежегодно до 15 сентября", ["2023-09-15", "2024-09-15", "2025-09-15"]),
        ("2 раза в год (декабрь, май)", ["2023-05-31", "2023-12-31", "2024-05-31", "2024-12-31", "2025-05-31", "2025-12-31"]),
    ],
)
def test_a_yearly_term_has_a_window_in_each_year_of_the_plan(text, ends):
    term = parse(text, PLAN)
    assert term.kind == "yearly"
    assert [w.end.isoformat() for w in term.windows] == ends


@pytest.mark.parametrize(
    ("text", "kind", "flags"),
    [
        ("Постоянно", "ongoing", {"continuous"}),
        ("В течение учебного года", "ongoing", {"school-year"}),
        ("ежемесячно", "ongoing", {"monthly"}),
        ("раз в две недели", "ongoing", {"biweekly"}),
        ("2 раза в год", "ongoing", {"half-yearly"}),
        ("По завершении работы\nпар/групп (ежегодно)", "event", set()),
        ("в течение 3 месяцев со дня назначения", "event", set()),
        ("По отдельному графику", "external", set()),
        ("В соответствии со сроками, которые ставит министерство", "external", set()),
        (" \n", "empty", set()),
    ],
)
def test_a_term_without_a_day_keeps_its_kind_and_has_no_window(text, kind, flags):
    term = parse(text, PLAN)
    assert (term.kind, term.windows, term.flags, term.text) == (kind, (), flags, text)


@pytest.mark.parametrize("text", ["09.15", "в 14.30", "5-9", "№ 231 от 01.09.2023", "273-ФЗ", "как получится"])
def test_what_only_looks_like_a_term_is_unreadable(text):
    assert parse(text, SCHOOL).kind == "unreadable"


def test_an_impossible_or_distant_day_is_flagged_and_never_mended():
    assert parse("30.02.2024", SCHOOL).flags == {"impossible-date"}
    assert parse("До 13.09.2024", SCHOOL).flags == {"outside-period"}
    assert parse("Апрель 2032г.", SCHOOL).windows == (window("2032-04-01", "2032-04-30"),)
    assert "reversed" in parse("20.05.2024-10.05.2024", SCHOOL).flags


WORDS = st.sampled_from(
    ["до", "с", "по", "сентябрь", "мая", "2024", "31.02.2024", "ежегодно", "-", "—", "(", ")", "квартал", "I", "99.99", "\n", "г.", "0", "зима", "0000"],
)


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)), st.sampled_from([None, SCHOOL, PLAN]))
def test_no_text_makes_the_reader_fail_and_windows_are_ordered(text, period):
    term = parse(text, period)
    assert term.text == text
    for each in term.windows:
        assert each.end is not None
        assert each.start is None or each.start <= each.end
