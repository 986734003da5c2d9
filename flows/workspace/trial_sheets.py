"""The steps of a trial that write into a workbook: the lock, batches that are refused whole, typed values, notes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flows.domain.terms.serial_days import serial_of_day
from flows.workspace.cells import entered
from flows.workspace.lease import FIRST_ID, free_lock
from flows.workspace.refusals import Unmet
from flows.workspace.sheets import quoted
from flows.workspace.trial_bench import REPORT, Bench, Step, Unfit, unless
from flows.workspace.workbook import in_russian

if TYPE_CHECKING:
    from flows.workspace.cells import Written
    from flows.workspace.sheets import Request

VALUES: tuple[Written, ...] = ("=1+1", "0042", 12.5, True, date(2026, 9, 1))
READ = ["=1+1", "0042", 12.5, True, serial_of_day(date(2026, 9, 1))]
NO_SHEET = 1_999_999_999
LOCK = "⚙ замок проба 1"


def _lock(bench: Bench) -> str:
    sheets, book = bench.space.sheets, bench.workbook.id
    first = sheets.outline(book).sheets[0]
    bench.sheet = first.sheet_id, first.title
    sheets.batch(book, [in_russian(), free_lock()])
    return ""


def _fence(bench: Bench) -> str:
    requests = [_titled(FIRST_ID, LOCK), _row(bench, 0, VALUES)]
    area = quoted(bench.sheet[1], "A1:E1")
    back = bench.space.sheets.batch(bench.workbook.id, requests, [area]).sheet(bench.sheet[1])
    cells = back.cells[0] if back and back.cells else ()
    told = [cell.value for cell in cells[: len(READ)]]
    unless(told == READ and not any(cell.formula for cell in cells), "Записанное прочлось другим.")
    return ""


def _gone(bench: Bench) -> str:
    requests = [_row(bench, 4, ("до",)), _titled(NO_SHEET, "нет"), _row(bench, 5, ("после",))]
    _refused(bench, requests, "Пакет, который называет исчезнувший лист, принят.")
    sheet = bench.space.sheets.read(bench.workbook.id, bench.sheet[1]).sheet(bench.sheet[1])
    left = [at for at in (4, 5) if sheet and sheet.at(at, 0).value is not None]
    unless(not left, "Пакет отвергнут, но часть его записана.")
    return ""


def _taken(bench: Bench) -> str:
    again = {"addSheet": {"properties": {"sheetId": FIRST_ID + 1, "title": LOCK}}}
    _refused(bench, [again], "Лист с занятым названием создан.")
    return ""


def _refused(bench: Bench, requests: list[Request], wrong: str) -> None:
    try:
        bench.space.sheets.batch(bench.workbook.id, requests)
    except Unmet:
        return
    raise Unfit(f"{wrong} {REPORT}")


def _note(bench: Bench) -> str:
    start = {"sheetId": bench.sheet[0], "rowIndex": 0, "columnIndex": 0}
    request = {"updateCells": {"start": start, "rows": [{"values": [{"note": "Проба"}]}], "fields": "note"}}
    area = quoted(bench.sheet[1], "A1:A1")
    back = bench.space.sheets.batch(bench.workbook.id, [request], [area]).sheet(bench.sheet[1])
    unless(back is not None and back.at(0, 0).note == "Проба", "Примечание не прочлось.")
    return ""


def _protected(bench: Bench) -> str:
    area = {"sheetId": bench.sheet[0], "startRowIndex": 0, "endRowIndex": 1}
    guard = {"addProtectedRange": {"protectedRange": {"range": area, "description": "Проба"}}}
    bench.space.sheets.batch(bench.workbook.id, [guard])
    bench.space.sheets.batch(bench.workbook.id, [_row(bench, 0, VALUES)])
    return ""


def _titled(sheet_id: int, title: str) -> Request:
    return {"updateSheetProperties": {"properties": {"sheetId": sheet_id, "title": title}, "fields": "title"}}


def _row(bench: Bench, row: int, values: tuple[Written, ...]) -> Request:
    cells = [{"userEnteredValue": entered(value)} for value in values]
    start = {"sheetId": bench.sheet[0], "rowIndex": row, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": [{"values": cells}], "fields": "userEnteredValue"}}


BOOK = ("book",)
STEPS = (
    Step(
        "lock", "Скрытый лист-замок добавляется", _lock,
        "без него два запуска сразу могли бы испортить книгу друг другу", BOOK,
    ),
    Step(
        "fence", "Пакет под замком записан; текст «=1+1» остался текстом, числа, дата и галочка прочлись теми же", _fence,
        "без этого в книгу нечего писать: программа пишет только так", ("lock",),
    ),
    Step(
        "gone", "Пакет, который называет исчезнувший лист, отвергнут целиком", _gone,
        "на этом держится замок: прерванный запуск не должен писать в занятую книгу", ("lock",),
    ),
    Step(
        "taken", "Лист с занятым названием не создаётся", _taken,
        "на этом держится замок: занять его может только один запуск", ("fence",),
    ),
    Step("note", "Примечание встаёт на ячейку", _note, "замечания не встали бы на свои ячейки", BOOK),
    Step(
        "protected", "Защищённый столбец правится той же учётной записью", _protected,
        "если в школе защищают столбцы, программа не заполнит их", ("lock",),
    ),
)  # fmt: skip
