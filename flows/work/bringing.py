"""Bringing files that staff already have into the workbook: a roadmap in any layout, lists of people in ours, answers (workbook A3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl

from flows.domain.errors import TryLater
from flows.domain.model import Origin, Problem, Severity
from flows.domain.tabs import DECLENSIONS, MEETINGS, MENTEES, MENTORS, PAIRS, SETTINGS
from flows.domain.text import cleaned, fold, unescaped
from flows.intake import guards, limits
from flows.intake.answers import read_answers
from flows.intake.reader import MISSING
from flows.intake.roadmap import understand_bytes
from flows.intake.weight import weighed
from flows.work import bring_answers, bring_roadmap
from flows.work.bring_roadmap import Brought, Source, Writing
from flows.workspace import fresh_rows, moved, reading, settings_tab, workbook
from flows.workspace import lease as leases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from flows.domain.model import Row
    from flows.settings import Place
    from flows.work.stages import Supplies
    from flows.workspace.cells import Written
    from flows.workspace.lease import Lease
    from flows.workspace.linked import Fetched
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request
    from flows.workspace.space import Workspace
    from flows.workspace.table import Table

__all__ = ["Brought", "bring", "bring_linked"]

_Plan = Callable[["Book"], Writing]
TRIES = 3
KEYS: Mapping[str, tuple[str, ...]] = {
    MENTORS: ("ФИО",), MENTEES: ("ФИО",), PAIRS: ("Наставник", "Наставляемый"), MEETINGS: ("Пара", "Дата по плану", "Тема"),
    DECLENSIONS: ("Именительный",),
}  # fmt: skip


def bring(
    space: Workspace, place: Place, path: Path, supplies: Supplies, today: date | None = None
) -> Brought:
    """Bring a file into the workbook. What people typed there stays; a file that cannot be read changes nothing.

    `today` is the day that `Журнал` tells.
    """
    try:
        small = path.stat().st_size <= limits.MOST_BYTES
        data = path.read_bytes() if small else b""
    except OSError:
        return Brought({}, problems=(Problem(Severity.STOP, "file-missing", Origin(path.name), MISSING),))
    if not small:
        return Brought(
            {}, problems=(Problem(Severity.STOP, guards.HUGE[0], Origin(path.name), guards.HUGE[1]),)
        )
    return _bring(space, place, supplies, _source(path.name, data, today))


def bring_linked(
    space: Workspace, place: Place, file: Fetched, supplies: Supplies, today: date | None = None
) -> Brought:
    """Bring a file that a link named, wherever it lay, into the book of an organisation."""
    return _bring(space, place, supplies, _source(file.name, file.data, today, file.tab))


def _source(name: str, data: bytes, today: date | None, tab: str = "") -> Source:
    return Source(name, data, f"{today:%d.%m.%Y}" if today else "", tab)


def _bring(space: Workspace, place: Place, supplies: Supplies, source: Source) -> Brought:
    lists = _lists(source.data, source.name)
    if lists:
        return _write(space, place, supplies, lambda book: _people(book, lists))
    sheets = read_answers(source.data, source.name)
    if sheets:
        filled, faults = bring_answers.checked(sheets, source.name, supplies.forms, supplies.layout)
        if faults:  # a table of ours with a wrong cell changes nothing until it is mended
            return Brought({}, problems=faults)
        return _write(
            space, place, supplies, lambda book: bring_answers.plan(book, filled, source, supplies.layout)
        )
    document, activities, problems = understand_bytes(source.data, source.name, source.tab)
    if not activities:
        return Brought({}, problems=problems)
    return _write(
        space,
        place,
        supplies,
        lambda book: bring_roadmap.roadmap(book, document, activities, problems, source),
    )


def _write(space: Workspace, place: Place, supplies: Supplies, plan: _Plan) -> Brought:
    book = reading.read(space.sheets.read(place.book), supplies.layout)
    old = workbook.outdated(book.snapshot, supplies.layout)
    writing = plan(book)
    if not (old or writing.upon or writing.beside):
        return writing.brought
    lease = leases.take(space, place.book, leases.lock_of(book.snapshot))
    try:
        if old:
            space.keep(place.book)
            lease.write(workbook.migrations(space.sheets.read(place.book), supplies.layout))
        writing = _under(lease, space, place, supplies, plan)
    except BaseException:
        lease.let_go()
        raise
    lease.release(writing.beside)
    return writing.brought


def _under(lease: Lease, space: Workspace, place: Place, supplies: Supplies, plan: _Plan) -> Writing:
    """Write upon the rows that stand there; where people moved them meanwhile, put back what was hit and begin anew."""
    for _ in range(TRIES):
        book = reading.read(space.sheets.read(place.book), supplies.layout)
        writing = plan(book)
        if not writing.upon:
            return writing
        back = lease.write(writing.upon, moved.name_ranges(book))
        if not moved.misplaced(book, back, writing.upon):
            return writing
        now = reading.read(space.sheets.read(place.book), supplies.layout)
        lease.write(
            [
                each
                for title, table in book.tables.items()
                if title in now.tables and moved.name_header(table)
                for each in moved.put_back(table, now.tables[title], writing.upon)
            ]
        )
    raise TryLater(
        "Строки в книге всё время переставляют. Повторите перенос, когда в книге никто не работает."
    )


Lists = dict[str, list[dict[str, object]]]


def _lists(data: bytes, name: str) -> Lists:
    """Read a workbook whose tabs are called as ours; anything else gives nothing."""
    if not name.lower().endswith(".xlsx") or guards.refusal(data, ".xlsx"):
        return {}
    try:
        weighed(data, ".xlsx")
        book = openpyxl.load_workbook(BytesIO(data), data_only=True, read_only=True)
    except Exception:  # noqa: BLE001 - whatever openpyxl raises, the roadmap reader says what is wrong with the file
        return {}
    found: Lists = {}
    for sheet in book.worksheets:
        last = min(sheet.max_row or limits.MOST_ROWS, limits.MOST_ROWS)
        rows = list(sheet.iter_rows(max_row=last, max_col=limits.MOST_COLUMNS, values_only=True))
        if sheet.title in {*KEYS, SETTINGS} and rows:
            heads = [str(each or "").removesuffix(" *").strip() for each in rows[0]]
            found[sheet.title] = [
                dict(zip(heads, row, strict=False))
                for row in rows[1:]
                if any(value not in {None, ""} for value in row)
            ]
    book.close()
    return found


def _people(book: Book, lists: Lists) -> Writing:
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
            requests.append(fresh_rows.below(table, [_written(table, row) for row in fresh]))
    told = {str(row.get("Параметр") or ""): _plain(row.get("Значение")) for row in lists.get(SETTINGS, [])}
    requests += settings_tab.filled(book, told, _councils(told))
    return Writing(Brought(added, problems=book.problems, written=bool(requests)), (), tuple(requests))


def _councils(values: Mapping[str, Written]) -> list[dict[str, Written]]:
    days = [
        value for name, value in values.items() if name.startswith("Педсовет ") and isinstance(value, date)
    ]
    first = {
        "Протокол №": values.get("Протокол педсовета №"),
        "Дата протокола": values.get("Дата протокола педсовета"),
        "Что принято": values.get("Принято педсоветом"),
    }
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
    if isinstance(value, int | float | bool) or value is None:
        return value
    return cleaned(unescaped(str(value)))


def _written(table: Table, row: Mapping[str, object]) -> dict[str, Written]:
    told: dict[str, Written] = {}
    for column in table.tab.columns:
        value = _plain(row.get(column.header))
        told[column.header] = (
            str(value)
            if column.kind == "text" and isinstance(value, int | float) and not isinstance(value, bool)
            else value
        )
    return told
