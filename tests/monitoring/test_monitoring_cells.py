# ruff: noqa: DTZ001 - a response tab knows no time zones
"""One cell at a time: marks, time marks and ticked options as people and spreadsheets leave them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.domain.marks import mark
from flows.domain.monitoring.answers.answer_cells import choices, moment, month_first


@pytest.mark.parametrize(
    ("cell", "scale", "value", "out_of"),
    [
        (8, 10, 8, 10), (8.0, 10, 8, 10), ("8", 10, 8, 10), (" 8 ", 10, 8, 10), ("8,5", 10, 8.5, 10), ("8.5", 10, 8.5, 10),
        ("10/10", 10, 10, 10), ("9 из 10", 0, 9, 10), ("4/5", 10, 4, 5), ("8 баллов", 10, 8, 10), ("5 – полностью согласна", 5, 5, 5),
        ("9 (отлично)", 10, 9, 10), ("да", 0, 1, 1), ("Скорее нет", 1, 0, 1), ("8\N{NO-BREAK SPACE}", 10, 8, 10),
    ],
)  # fmt: skip
def test_a_mark_is_read_however_it_is_typed(cell, scale, value, out_of):
    read = mark(cell, scale)
    assert (read.value, read.scale, read.fault) == (value, out_of, "")


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "—", "н/д", "Нет ответа", "Затрудняюсь ответить"])
def test_a_blank_is_a_blank_and_no_zero(cell):
    assert mark(cell, 10).value is None
    assert mark(cell, 10).fault == ""


@pytest.mark.parametrize(
    ("cell", "scale", "fault"),
    [
        ("хорошо", 10, "text"), ("5-6", 10, "text"), (True, 10, "text"), ("да", 10, "text"), (date(2026, 10, 8), 10, "date"),
        (0, 10, "range"), (11, 10, "range"), (7, 5, "range"), ("8/20", 10, "range"), (float("nan"), 10, "range"), (float("inf"), 10, "range"),
    ],
)  # fmt: skip
def test_what_is_no_mark_says_why(cell, scale, fault):
    assert mark(cell, scale).fault == fault
    assert mark(cell, scale).value is None


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("19.09.2023 18:07:33", datetime(2023, 9, 19, 18, 7, 33)),
        ("1.9.2023 8:07:03", datetime(2023, 9, 1, 8, 7, 3)),
        ("9/6/2018 0:06:16", datetime(2018, 9, 6, 0, 6, 16)),
        ("2026/09/27 3:00:00 PM GMT+3", datetime(2026, 9, 27, 15, 0)),
        ("2026/09/27 12:05:00 AM GMT+3", datetime(2026, 9, 27, 0, 5)),
        ("2026-09-08T14:03:21.5Z", datetime(2026, 9, 8, 14, 3, 21)),
        ("Mon Sep 08 2025 13:58:23 GMT-0500 (Central Daylight Time)", datetime(2025, 9, 8, 13, 58, 23)),
        (45_541.5, datetime(2024, 9, 6, 12, 0)),
        (datetime(2026, 9, 8, 1, 2), datetime(2026, 9, 8, 1, 2)),
        (date(2026, 9, 8), datetime(2026, 9, 8)),
        ("08.09.2026", datetime(2026, 9, 8)),
    ],
)
def test_a_time_mark_is_read_in_every_shape_seen(cell, when):
    assert moment(cell) == when


@pytest.mark.parametrize("cell", [None, "", "вчера", "31.02.2026 10:00:00", 7, True, "99.99.2026"])
def test_what_is_no_time_gives_none(cell):
    assert moment(cell) is None


def test_slashes_read_days_first_once_a_first_part_exceeds_twelve():
    assert month_first(["9/6/2018 0:06:16"])
    assert not month_first(["9/6/2018 0:06:16", "27/6/2018 0:06:16"])
    assert moment("9/6/2018 0:06:16", months_first=False) == datetime(2018, 6, 9, 0, 6, 16)


OPTIONS = ("Планы", "Планы, конспекты и сценарии", "Работа с родителями, в том числе трудными", "Да", "Игры")


@pytest.mark.parametrize(
    ("cell", "chosen"),
    [
        ("Планы", ("Планы",)),
        ("Планы, конспекты и сценарии", ("Планы, конспекты и сценарии",)),
        ("Планы, Планы, конспекты и сценарии, Игры", ("Планы", "Планы, конспекты и сценарии", "Игры")),
        ("Работа с родителями, в том числе трудными, Да", ("Работа с родителями, в том числе трудными", "Да")),
        ("Игры, песни, танцы и многое другое", ("Игры", "песни, танцы и многое другое")),
        ("своё, с запятой, Игры", ("своё, с запятой", "Игры")),
        ("", ()), (None, ()), (5, ("5",)),
    ],
)  # fmt: skip
def test_options_with_commas_are_told_apart(cell, chosen):
    assert choices(cell, OPTIONS) == chosen


def test_without_known_options_a_small_letter_goes_on():
    assert choices("Работа с родителями, в том числе трудными, Игры", ()) == (
        "Работа с родителями, в том числе трудными",
        "Игры",
    )


@given(st.lists(st.sampled_from(OPTIONS), unique=True))
def test_any_set_of_options_comes_back(chosen):
    ordered = [option for option in OPTIONS if option in chosen]
    assert choices(", ".join(ordered), OPTIONS) == tuple(ordered)


@given(
    st.one_of(
        st.text(max_size=60), st.floats(), st.integers(), st.booleans(), st.none(), st.dates(), st.datetimes()
    ),
    st.sampled_from([0, 1, 5, 10]),
)
def test_no_cell_breaks_the_reading(cell, scale):
    mark(cell, scale)
    moment(cell)
    choices(cell, OPTIONS)
    choices(cell, ())
