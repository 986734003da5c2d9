"""Columns that only the file has: kept in the book to the right, found again, and never written over what people typed."""

from __future__ import annotations

from datetime import date

import openpyxl

from flows.domain.text import fold
from flows.work.bringing import bring
from flows.workspace.headers import printed_row
from tests.road import desk as desks

DAY = date(2026, 11, 24)
TAB = "Дорожная карта"
HEAD = ("№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат", "Классы", "Статус", "Контроль")
ROWS = [
    ("1.1", "Утвердить дорожную карту", "Сентябрь 2026", "Директор", "Приказ", "1–4", "план", "директор"),
    ("1.2", "Провести встречи пар", "Октябрь 2026", "Наставники", "Дневник", "5–9", "", "завуч"),
    ("1.3", "Подвести итоги", "Май 2027", "Куратор", "Справка", "", "", ""),
]


def plan(path, rows, head=HEAD):
    book = openpyxl.Workbook()
    for row in [("Дорожная карта на 2026-2027 учебный год",), head, *rows]:
        book.active.append(row)
    book.save(path)
    return path


def brought(desk, path):
    return bring(desk.space, desk.place, path, desks.supplies(), DAY)


def headers(desk):
    return printed_row(desk.tab(TAB).sheet, 0)


def column(desk, header):
    """Return what stands in a column, row by row, as people see it."""
    sheet = desk.tab(TAB).sheet
    at = [fold(text) for text in headers(desk)].index(fold(header))
    return [sheet.at(row, at).shown for row in range(1, len(ROWS) + 1)]


def typed(desk, row, header, text):
    """Type into a column that only the file has."""
    at = headers(desk).index(header)
    cell = {"userEnteredValue": {"stringValue": text}} if text else {}
    start = {"sheetId": desk.tab(TAB).sheet.sheet_id, "rowIndex": row - 1, "columnIndex": at}
    desk.send([{"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}])


def test_columns_of_the_file_stand_to_the_right_once_and_word_for_word(empty, tmp_path):
    ours = headers(empty)
    path = plan(tmp_path / "План.xlsx", ROWS)
    told = brought(empty, path)
    assert headers(empty) == [*ours, "Классы", "Статус (в файле)", "Контроль"]
    assert [column(empty, header) for header in ("Классы", "Статус (в файле)", "Контроль")] == [
        ["1–4", "5–9", ""], ["план", "", ""], ["директор", "завуч", ""],
    ]  # fmt: skip
    assert [row.text("Статус") for row in empty.rows(TAB)] == ["", "", ""]
    (note,) = [each for each in told.problems if each.code == "own-columns"]
    assert "«Классы», «Статус», «Контроль»" in note.message
    since = empty.now
    assert (brought(empty, path).written, empty.writes(since)) == (False, 0)
    empty.run()
    assert column(empty, "Классы") == ["1–4", "5–9", ""]


def test_what_people_typed_in_such_a_column_stays_and_what_only_the_file_changed_follows_it(empty, tmp_path):
    path = plan(tmp_path / "План.xlsx", ROWS)
    brought(empty, path)
    typed(empty, 2, "Классы", "1–3")
    typed(empty, 4, "Контроль", "совет школы")
    assert not brought(empty, path).written
    changed = [(*ROWS[0][:5], "1–5", *ROWS[0][6:]), (*ROWS[1][:7], "директор"), ROWS[2]]
    told = brought(empty, plan(path, changed))
    assert column(empty, "Классы") == ["1–3", "5–9", ""]
    assert column(empty, "Контроль") == ["директор", "директор", "совет школы"]
    assert (told.changed, told.kept) == (("п. 1.2: Контроль",), ("п. 1.1: Классы",))


def test_a_column_that_people_took_out_is_not_added_again_and_this_is_told(empty, tmp_path):
    path = plan(tmp_path / "План.xlsx", ROWS)
    brought(empty, path)
    at = headers(empty).index("Классы")
    area = {
        "sheetId": empty.tab(TAB).sheet.sheet_id,
        "dimension": "COLUMNS",
        "startIndex": at,
        "endIndex": at + 1,
    }
    empty.send([{"deleteDimension": {"range": area}}])
    told = brought(empty, path)
    assert "Классы" not in headers(empty)
    assert column(empty, "Контроль") == ["директор", "завуч", ""]
    assert any("из вкладки их убрали" in each.message for each in told.problems)
    assert not told.written


def test_a_book_filled_before_gets_the_columns_of_the_same_file(empty, tmp_path):
    path = plan(tmp_path / "План.xlsx", [row[:5] for row in ROWS], HEAD[:5])
    brought(empty, path)
    told = brought(empty, plan(path, ROWS))
    assert column(empty, "Классы") == ["1–4", "5–9", ""]
    assert (told.added, told.changed, told.kept) == ({TAB: 0}, (), ())
