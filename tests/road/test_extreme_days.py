"""The first and the last day of a calendar, and days that only a spreadsheet has, in every cell that holds a day."""

import pytest

from flows.domain.terms.typed_days import FIRST_YEAR, LAST_YEAR
from flows.work import prepare
from flows.workspace.cells import changes
from tests.road import desk as desks
from tests.road.desk import TODAY

DAYS = (
    2_958_465,
    1,
    0,
    -1,
    2_958_466,
    "31.12.9999",
    "01.01.0001",
    "0001-01-01",
    "9999-12-31",
    "29.02.2026",
    1e300,
)
CARD = "Настройки"


@pytest.mark.parametrize("shift", range(len(DAYS)))
def test_an_extreme_day_in_every_cell_of_days_is_told_and_the_rest_is_made(desk, shift):
    at = shift
    for tab in desk.book().tables.values():
        days = [
            column
            for column in tab.tab.columns
            if column.kind == "date" and not column.header.startswith("⚙")
        ]
        typed = {}
        for row in range(1, 5):
            for column in days:
                at += 1
                typed[row, tab.columns[column.header]] = DAYS[at % len(DAYS)]
        if typed:
            desk.space.sheets.batch(desk.place.book, changes(tab.sheet, typed))
    sheet = desk.space.sheets.read(desk.place.book).sheet(CARD)
    dated = {
        (row, 1): DAYS[(row + shift) % len(DAYS)]
        for row in range(1, len(sheet.cells))
        if "ата" in str(sheet.at(row, 0).value)
    }
    desk.space.sheets.batch(desk.place.book, changes(sheet, dated))
    report = desk.run()
    assert "order.introduce" in {each.key.split("/")[1] for each in report.made}
    assert {"not-a-date"} & {each.code for each in report.problems}
    assert not desk.run().written


@pytest.mark.parametrize(
    "term",
    [
        "31.12.9999",
        "01.01.0001",
        "ежегодно с 9999",
        "декабрь 9999 – январь",
        "9999/10000 учебный год",
        "до 01.01.0001",
        "в течение месяца со дня 31.12.9999",
    ],
)
def test_an_extreme_term_stops_nothing_but_its_own_row(desk, term):
    desk.type_cells("Дорожная карта", 3, {"Срок (как в документе)": term})
    report = desk.run()
    assert "order.introduce" in {each.key.split("/")[1] for each in report.made}
    assert not desk.run().written


@pytest.mark.parametrize("year", [FIRST_YEAR, LAST_YEAR])
def test_the_edges_of_the_calendar_that_a_school_may_mean_are_days_like_others(desk, year):
    prepare(desk.space, desk.place, TODAY.replace(year=year), desks.supplies(), dry_run=True)
