"""Bringing files that staff already have into the workbook: a roadmap in any layout, or lists of people in ours (workbook A3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import openpyxl

from flows.domain.text import fold
from flows.intake.roadmap import understand
from flows.workspace import lease as leases
from flows.workspace import reading
from flows.workspace.cells import appended, changes
from flows.workspace.register import as_line, placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from flows.domain.model import Activity, Problem, Row
    from flows.domain.tables import Document
    from flows.settings import Place
    from flows.work.stages import Supplies
    from flows.workspace.cells import Place as Spot
    from flows.workspace.cells import Written
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request
    from flows.workspace.space import Workspace
    from flows.workspace.table import Table

_Plan = Callable[["Book"], tuple["Brought", list["Request"]]]
ROADMAP, SETTINGS = "Дорожная карта", "Настройки"
ALIKE = 0.8
KEYS: Mapping[str, tuple[str, ...]] = {
    "Наставники": ("ФИО",), "Наставляемые": ("ФИО",), "Пары": ("Наставник", "Наставляемый"), "Встречи": ("Пара", "Дата по плану", "Тема"),
    "Склонения": ("Именительный",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did: rows added and changed by tab, rows of the book that the file no longer has, findings of the file."""

    added: Mapping[str, int]
    changed: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: bool = False


def bring(space: Workspace, place: Place, path: Path, supplies: Supplies) -> Brought:
    """Bring a file into the workbook. What people typed there stays; a file that cannot be read changes nothing."""
    lists = _lists(path)
    if lists:
        return _write(space, place, supplies, lambda book: _people(book, lists))
    document, activities, problems = understand(path)
    if not activities:
        return Brought({}, problems=problems)
    return _write(space, place, supplies, lambda book: _roadmap(book, document, activities, problems))


def _write(space: Workspace, place: Place, supplies: Supplies, plan: _Plan) -> Brought:
    book = reading.read(space.sheets.read(place.book), supplies.layout)
    brought, requests = plan(book)
    if not requests:
        return brought
    lease = leases.take(space.sheets, place.book, leases.lock_of(book.snapshot), space.holder, space.new_sheet_id, space.clock)
    brought, requests = plan(reading.read(space.sheets.read(place.book), supplies.layout))
    lease.release(requests)
    return brought


def _roadmap(book: Book, document: Document, activities: Sequence[Activity], problems: tuple[Problem, ...]) -> tuple[Brought, list[Request]]:
    table = book.tables.get(ROADMAP)
    if table is None:
        return Brought({}, problems=(*problems, *book.problems)), []
    matched, fresh = _matched(table.rows, activities)
    cells: dict[Spot, Written] = {}
    changed: list[str] = []
    for row, activity in matched:
        told = {header: value for header, value in printed(activity).items() if fold(row.text(header)) != fold(value)}
        if told:
            changed.append(f"{row.code or row.origin.row}: {', '.join(told)}")
            cells |= placed(table, row.origin.row, told)
    gone = tuple(row.code or str(row.origin.row) for row in table.rows if row not in [each for each, _ in matched])
    requests = changes(table.sheet, cells)
    if fresh:
        requests.append(appended(table.sheet.sheet_id, [as_line(table, printed(each)) for each in fresh]))
    requests += _card(book, _about(document))
    return Brought({ROADMAP: len(fresh)}, tuple(changed), gone, problems, written=bool(requests)), requests


def printed(activity: Activity) -> dict[str, str]:
    """Spell an activity's cells verbatim, by the tab's headers."""
    return {
        "№ п/п": activity.number, "Раздел / этап": activity.stage, "Мероприятие": activity.activity or activity.content, "Содержание": activity.content if activity.activity else "",
        "Срок (как в документе)": activity.printed_term, "Ответственный": activity.printed_responsible, "Результат, вид документа": activity.result,
    }  # fmt: skip


def _matched(rows: Sequence[Row], activities: Sequence[Activity]) -> tuple[list[tuple[Row, Activity]], list[Activity]]:
    """Pair the file's rows with the book's: same number and text, then same number, then the likest text."""
    left = list(rows)
    pairs: list[tuple[Row, Activity]] = []
    rest = list(activities)
    numbers = Counter(fold(each.number) for each in activities)
    for alike in (_same, lambda row, each: numbers[fold(each.number)] == 1 and fold(row.text("№ п/п")) == fold(each.number), _near):
        for each in list(rest):
            found = next((row for row in left if alike(row, each)), None)
            if found is not None:
                left.remove(found)
                rest.remove(each)
                pairs.append((found, each))
    return pairs, rest


def _same(row: Row, each: Activity) -> bool:
    told = printed(each)
    return all(fold(row.text(header)) == fold(told[header]) for header in ("№ п/п", "Мероприятие", "Содержание"))


def _near(row: Row, each: Activity) -> bool:
    return SequenceMatcher(None, fold(row.text("Мероприятие")), fold(printed(each)["Мероприятие"])).ratio() >= ALIKE


def _about(document: Document) -> dict[str, Written]:
    told: dict[str, Written] = {"Название дорожной карты": document.title, "Краткое наименование": document.organisation}
    if document.period:
        told |= {"Период дорожной карты (с)": document.period.start, "Период дорожной карты (по)": document.period.end}
    return told


def _card(book: Book, told: Mapping[str, Written], councils: Sequence[Mapping[str, Written]] = ()) -> list[Request]:
    """Fill the empty values of `Настройки`; what people typed there stays."""
    table = book.tables.get(SETTINGS)
    if table is None:
        return []
    sheet, columns = table.sheet, [table.columns[column.header] for column in table.tab.columns if column.header in table.columns]
    cells: dict[Spot, Written] = {}
    values = {fold(name): value for name, value in told.items()}
    block = ""
    for at in range(1, len(sheet.cells)):
        name = fold(str(sheet.at(at, columns[0]).value or ""))
        if name == fold("Педсоветы"):
            block = "councils"
        elif not name:
            block = ""
        if values.get(name) and sheet.at(at, columns[1]).value in {None, ""}:
            cells[at, columns[1]] = values[name]
        if block and name.isdecimal() and int(name) <= len(councils) and sheet.at(at, columns[1]).value in {None, ""}:
            cells |= {(at, column): value for column, value in zip(columns[1:], councils[int(name) - 1].values(), strict=False) if value}
    return changes(sheet, cells)


Lists = dict[str, list[dict[str, object]]]


def _lists(path: Path) -> Lists:
    """Read a workbook whose tabs are called as ours; anything else gives nothing."""
    if path.suffix.lower() != ".xlsx":
        return {}
    try:
        book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    except Exception:  # noqa: BLE001 - whatever openpyxl raises, the roadmap reader says what is wrong with the file
        return {}
    found: Lists = {}
    for sheet in book.worksheets:
        rows = list(sheet.iter_rows(values_only=True))
        if sheet.title in {*KEYS, SETTINGS} and rows:
            heads = [str(each or "").removesuffix(" *").strip() for each in rows[0]]
            found[sheet.title] = [dict(zip(heads, row, strict=False)) for row in rows[1:] if any(value not in {None, ""} for value in row)]
    book.close()
    return found


def _people(book: Book, lists: Lists) -> tuple[Brought, list[Request]]:
    requests: list[Request] = []
    added: dict[str, int] = {}
    for title, keys in KEYS.items():
        table = book.tables.get(title)
        if table is None or title not in lists:
            continue
        known = {_key(_cells(row), keys) for row in table.rows}
        fresh = [row for row in lists[title] if _key(row, keys) not in known]
        added[title] = len(fresh)
        if fresh:
            requests.append(appended(table.sheet.sheet_id, [as_line(table, _written(table, row)) for row in fresh]))
    told = {str(row.get("Параметр") or ""): _plain(row.get("Значение")) for row in lists.get(SETTINGS, [])}
    requests += _card(book, told, _councils(told))
    return Brought(added, problems=book.problems, written=bool(requests)), requests


def _councils(told: Mapping[str, Written]) -> list[dict[str, Written]]:
    days = [value for name, value in told.items() if name.startswith("Педсовет ") and isinstance(value, date)]
    first = {"Протокол №": told.get("Протокол педсовета №"), "Дата протокола": told.get("Дата протокола педсовета")}
    return [{"Дата": day, "Тема": None, **(first if at == 0 else {})} for at, day in enumerate(days)]


def _cells(row: Row) -> Mapping[str, object]:
    return row.cells


def _key(row: Mapping[str, object], keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(_told(row.get(key)) for key in keys)


def _told(value: object) -> str:
    plain = _plain(value)
    return plain.isoformat() if isinstance(plain, date) else fold(str(plain or ""))


def _plain(value: object) -> Written:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _written(table: Table, row: Mapping[str, object]) -> dict[str, Written]:
    told: dict[str, Written] = {}
    for column in table.tab.columns:
        value = _plain(row.get(column.header))
        told[column.header] = str(value) if column.kind == "text" and isinstance(value, int | float) and not isinstance(value, bool) else value
    return told
