"""What a batch asks back of a tab, and how the tab is known after it (DESIGN §7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.workspace import rows_back
from flows.workspace.cells import appended, changes
from flows.workspace.sheets import Sheet, SheetCell

HEADERS = ("⚙ ID файла", "Состояние", "Заголовок")


def sheet(*lines):
    cells = tuple(tuple(SheetCell(text, text) for text in line) for line in (HEADERS, *lines))
    return Sheet(7, "Документы", hidden=False, rows=40, columns=3, cells=cells)


KNOWN = sheet(
    ("а", "новый", "Приказ"), ("б", "новый", "Справка"), ("в", "новый", "Согласие"), ("г", "новый", "План")
)
MARKS = changes(KNOWN, {(2, 1): "готов", (3, 1): "готов"})
ROW = ("д", "новый", "Протокол")
NEW = [appended(7, [ROW])]


def asked(*requests):
    return rows_back.asked(KNOWN, (0,), requests)


def answered(ask, book):
    """The tab as an answer shows it: nothing stands in it but what was asked for."""
    lines = {*ask.names, 0, *(range(ask.below, len(book.cells)) if ask.below else ())}
    return replace(book, cells=tuple(line if at in lines else () for at, line in enumerate(book.cells)))


def edited(book, places):
    lines = [list(line) for line in book.cells]
    for (row, column), text in places.items():
        lines[row][column] = SheetCell(text, text)
    return replace(book, cells=tuple(map(tuple, lines)))


DONE = {(2, 1): "готов", (3, 1): "готов"}


def test_rows_that_are_written_are_asked_with_the_header_and_no_others():
    assert asked(*MARKS).ranges == ["'Документы'!A1:C1", "'Документы'!A3:C4"]


def test_where_rows_are_added_the_last_one_and_everything_below_it_is_asked():
    assert asked(*NEW).ranges == ["'Документы'!A1:C1", "'Документы'!A5:C5", "'Документы'!A6:C"]


def test_after_a_batch_the_tab_is_known_as_it_stands():
    ask = asked(*MARKS, *NEW)
    stands = edited(sheet(*(line_of(line) for line in KNOWN.cells[1:]), ROW), DONE)
    assert ask.merged(answered(ask, stands)) == stands
    assert sorted(ask.lines(stands)) == [2, 3, 4, 5]


def line_of(cells):
    return tuple(cell.value for cell in cells)


LINES = [line_of(line) for line in KNOWN.cells[1:]]
MOVED = {
    "sorted": sheet(*reversed(LINES)),
    "one inserted": sheet(("", "", "чужая"), *LINES),
    "one deleted": sheet(*LINES[1:]),
    "all deleted": sheet(),
}


@pytest.mark.parametrize("name", MOVED)
def test_where_rows_moved_under_marks_the_tab_has_to_be_read_whole(name):
    ask = asked(*MARKS)
    assert ask.merged(answered(ask, edited(MOVED[name], {} if name == "all deleted" else DONE))) is None


@pytest.mark.parametrize("name", ["one inserted", "one deleted", "all deleted"])
def test_where_new_rows_stand_elsewhere_than_below_the_last_known_the_tab_has_to_be_read_whole(name):
    ask = asked(*NEW)
    lines = [line_of(line) for line in MOVED[name].cells[1:]]
    assert ask.merged(answered(ask, sheet(*lines, ROW))) is None


def test_where_new_rows_were_wiped_at_once_the_tab_has_to_be_read_whole():
    ask = asked(*NEW)
    assert ask.merged(answered(ask, KNOWN)) is None


def test_where_columns_moved_or_the_tab_is_gone_it_has_to_be_read_whole():
    ask = asked(*MARKS)
    assert ask.merged(None) is None
    assert ask.merged(answered(ask, edited(KNOWN, DONE | {(0, 1): "Статус"}))) is None
    assert ask.merged(replace(KNOWN, cells=())) is None


def test_a_row_that_staff_add_right_below_new_ones_is_known_too():
    ask = asked(*NEW)
    stands = sheet(*LINES, ROW, ("", "", "чужая"))
    assert ask.merged(answered(ask, stands)) == stands
