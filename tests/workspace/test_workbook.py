"""Bringing a book up to date: what people have stays where it is, new columns come right of all that stands there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.domain.errors import Misconfigured
from flows.workspace import workbook
from flows.workspace.layout import Column
from tests.workspace.tabs import LAYOUT, cell, sheet, tab, whole

FRESH = Column("Новое", "text", "people", 100, "", since=99)


def grown(title="Наставники"):
    """The layout of a program that has one more column."""
    tabs = tuple(
        replace(each, columns=(*each.columns, FRESH)) if each.title == title else each for each in LAYOUT.tabs
    )
    return replace(LAYOUT, schema=99, tabs=tabs)


def version(number):
    rows = (("Что", "Ключ", "Значение"), ("схема", "версия", str(number)))
    return replace(
        next(each for each in whole().sheets if each.title == "_схема"),
        cells=tuple(tuple(map(cell, row)) for row in rows),
    )


def book(*mine, schema=LAYOUT.schema):
    snap = whole(*mine)
    lock = replace(snap.sheets[0], title="⚙ замок свободен", sheet_id=770_001, cells=())
    return replace(
        snap, sheets=(*(each for each in snap.sheets if each.title != "_схема"), version(schema), lock)
    )


def places(requests):
    """Where headers are written: (sheet, column)."""
    return [
        (each["repeatCell"]["range"]["sheetId"], each["repeatCell"]["range"]["startColumnIndex"])
        for each in requests
        if "note" in each.get("repeatCell", {}).get("fields", "")
    ]


def test_a_book_of_this_program_needs_nothing():
    assert workbook.migrations(book(), LAYOUT) == []


def test_a_new_column_comes_after_the_last_header():
    assert places(workbook.migrations(book(), grown())) == [
        (
            next(each.sheet_id for each in book().sheets if each.title == "Наставники"),
            len(tab("Наставники").columns),
        )
    ]


@pytest.mark.parametrize(
    ("heads", "rows", "at"),
    [
        (["", "", *(column.printed for column in tab("Наставники").columns)], [], 2),
        ([*(column.printed for column in tab("Наставники").columns), "Телефон", "Телефон"], [], 2),
        (
            [column.printed for column in tab("Наставники").columns],
            [[None] * len(tab("Наставники").columns) + ["заметка справа", "ещё одна"]],
            2,
        ),
    ],
    ids=["empty headers on the left", "people's own columns", "notes right of the headers"],
)
def test_a_new_column_never_lands_on_anything_that_people_have(heads, rows, at):
    mine = sheet("Наставники", *rows, heads=heads)
    requests = workbook.migrations(book(mine), grown())
    assert places(requests) == [(mine.sheet_id, len(tab("Наставники").columns) + at)]


def test_a_column_that_people_took_away_stays_away():
    heads = [column.printed for column in tab("Наставники").columns if column.header != "Примечание"]
    assert workbook.migrations(book(sheet("Наставники", heads=heads)), LAYOUT) == []


def test_a_short_tab_is_dressed_only_as_far_as_it_goes():
    short = replace(sheet("Наставники"), rows=12)
    areas = [
        each["repeatCell"]["range"]
        for each in workbook.migrations(book(short), grown())
        if "repeatCell" in each
    ]
    assert max(area["endRowIndex"] for area in areas) == 12


def test_a_tab_that_is_gone_comes_back_and_nothing_else_changes():
    snap = book()
    requests = workbook.migrations(
        replace(snap, sheets=tuple(each for each in snap.sheets if each.title != "Встречи")), LAYOUT
    )
    assert [each["addSheet"]["properties"]["title"] for each in requests if "addSheet" in each] == ["Встречи"]
    known = {each.sheet_id for each in snap.sheets if each.title != "Встречи"}
    touched = {
        (
            each.get("repeatCell")
            or each.get("setDataValidation")
            or each.get("updateDimensionProperties")
            or {}
        )
        .get("range", {})
        .get("sheetId")
        for each in requests
    }
    assert not touched & known


def test_a_book_of_a_newer_program_is_left_alone():
    with pytest.raises(Misconfigured, match="Обновите программу"):
        workbook.migrations(book(schema=LAYOUT.schema + 1), LAYOUT)
