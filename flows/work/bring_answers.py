"""Filled questionnaires written into the book: a tab of answers for each, new rows below the old, nothing written over."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from flows.domain.model import Origin, Problem, Severity
from flows.domain.monitoring.answers import filled_tables
from flows.domain.monitoring.answers.question_headers import TIME_WORDS, key
from flows.domain.monitoring.answers.ready_forms import ANSWERS, own
from flows.domain.text import fold
from flows.work.bring_roadmap import Brought, Writing, journal
from flows.workspace.cells import appended, changes, entered
from flows.workspace.forms import FORM_TITLE, response_tabs
from flows.workspace.workbook import BLUE, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.monitoring.answers.answer_cells import Value
    from flows.domain.monitoring.answers.filled_tables import FilledRow
    from flows.domain.monitoring.answers.ready_forms import Questionnaire
    from flows.intake.answers import Sheet as Told
    from flows.workspace.cells import Written
    from flows.workspace.layout import Layout
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request, Sheet

Grid: TypeAlias = "Sequence[Sequence[Value]]"
MEMORY = "ответы"
PIECE = 3000
LONGEST_TITLE = 31  # Excel's
FIRST_ID = 300
BAD_SIGNS = re.compile(r"[\[\]:*?/\\\x00-\x1f']+")
GOOGLE_TAIL = re.compile(r"\s*(?:\((?:ответы|responses)\)|[-–—]\s*(?:ответы на форму|form responses)).*$", re.IGNORECASE)
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
DAY_SECONDS = 86_400
TIME, SHORT, LONG = 130, 150, 320  # widths of columns, pixels
LONG_TEXT = 40
EMPTY = "В файле нет ни одного ответа: под заголовками пусто. Заполните хотя бы одну строку и сохраните файл."
OTHER = "Во вкладке «{title}» этой книги стоят другие вопросы, поэтому ответы не перенесены. Переименуйте файл или вкладку и повторите."
DIFFERS = "В книге эта строка другая, чем в файле; оставлено то, что в книге. Если верно в файле, исправьте строку в книге."
GONE = "Эта строка уже была перенесена, но в книге её удалили или исправили в ней код либо день, поэтому снова она не перенесена."


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet of answers and the title of the tab it belongs to."""

    title: str
    grid: Grid
    lines: tuple[FilledRow, ...]


def checked(sheets: Sequence[Told], name: str, forms: Sequence[Questionnaire], layout: Layout) -> tuple[tuple[Filled, ...], tuple[Problem, ...]]:
    """Name the tab of each sheet and look our own tables over; a download of Google Forms is taken as it is."""
    found: list[Filled] = []
    problems: list[Problem] = []
    for sheet in sheets:
        google = not sheet.title or bool(FORM_TITLE.match(sheet.title))
        form = None if google else own(sheet.grid[0], forms, PurePath(name).stem)
        if form:
            problems += filled_tables.faults(sheet.grid, form, Origin(name, sheet.title))
        title = form.title if form and fold(sheet.title) == fold(ANSWERS) else _title(GOOGLE_TAIL.sub("", PurePath(name).stem) if google or not form else sheet.title, layout)
        lines = filled_tables.lines_of(sheet.grid)
        if lines:
            found.append(Filled(_second(title, [each.title for each in found]), sheet.grid, lines))
    if not found and not problems:
        problems.append(Problem(Severity.STOP, "answers-empty", Origin(name), EMPTY))
    return tuple(found), tuple(problems)


def _title(text: str, layout: Layout) -> str:
    """Make a tab's title of a file's name: such as Excel allows, and none of ours."""
    plain = " ".join(BAD_SIGNS.sub(" ", text).split())[:LONGEST_TITLE].strip()
    taken = {tab.title.casefold() for tab in layout.tabs}
    return plain if plain and plain.casefold() not in taken else f"Ответы – {plain or 'из файла'}"[:LONGEST_TITLE].strip()


def _second(title: str, taken: Sequence[str]) -> str:
    """Give the second, third … tab of one file a number."""
    if title not in taken:
        return title
    return next(each for each in (f"{title[: LONGEST_TITLE - 5].rstrip()} ({number})" for number in count(2)) if each not in taken)


def plan(book: Book, sheets: Sequence[Filled], name: str, today: str, layout: Layout) -> Writing:
    """Say what has to be written so that the book has the file's answers; `today` is the day printed in `Журнал`."""
    strange = [each.title for each in sheets if not _fits(book.snapshot.sheet(each.title), each.grid)]
    if strange:
        return Writing(Brought({}, problems=tuple(Problem(Severity.STOP, "answers-other", Origin(name), OTHER.format(title=title)) for title in strange)))
    requests: list[Request] = []
    added: dict[str, int] = {}
    problems: list[Problem] = []
    ids = _free_ids(book)
    for sheet in sheets:
        fresh, gone, differing = _sorted(book, sheet, layout)
        added[sheet.title] = added.get(sheet.title, 0) + len(fresh)
        problems += [Problem(Severity.NOTE, code, Origin(name, row=line.row), told) for code, told, lines in (("answers-differ", DIFFERS, differing), ("answers-gone", GONE, gone)) for line in lines]
        if fresh:
            requests += _written(book, sheet, fresh, ids)
    if requests:
        requests += journal(book, (f"Перенос из файла «{name}»: вкладка «{title}», добавлено ответов — {number}." for title, number in added.items() if number), today)
    return Writing(Brought(added, problems=tuple(problems), written=bool(requests)), (), tuple(requests))


def _fits(target: Sheet | None, grid: Grid) -> bool:
    """Tell whether a tab of that title is one of these answers: a time mark first, and half of the questions."""
    if target is None:
        return True
    heads = [key(cell.value) for cell in (target.cells[0] if target.cells else ())]
    asked = {key(cell) for cell in grid[0]} - TIME_WORDS - {""}
    return not target.hidden and bool(TIME_WORDS & set(heads)) and 2 * len(asked & set(heads)) >= len(asked)


def _sorted(book: Book, sheet: Filled, layout: Layout) -> tuple[list[FilledRow], list[FilledRow], list[FilledRow]]:
    """Part the file's rows: new ones, those that people took out of the book, those that differ from the book's."""
    target = book.snapshot.sheet(sheet.title)
    there = {line.name: line.content for line in filled_tables.lines_of(_grid(target))} if target else {}
    asked = {key(cell) for cell in sheet.grid[0]} - {""}
    beside = {
        line.name
        for title, grid in response_tabs(book.snapshot, layout).items()
        if title.casefold() != sheet.title.casefold() and grid and asked <= {key(cell) for cell in grid[0]}
        for line in filled_tables.lines_of(grid)
    }  # fmt: skip
    brought = _remembered(book, sheet.title) if target else frozenset()
    fresh = [line for line in sheet.lines if line.name not in {*there, *beside, *brought}]
    gone = [line for line in sheet.lines if line.name in brought and line.name not in {*there, *beside}]
    return fresh, gone, [line for line in sheet.lines if there.get(line.name, line.content) != line.content]


def _grid(sheet: Sheet) -> Grid:
    return tuple(tuple(cell.value for cell in line) for line in sheet.cells)


def _remembered(book: Book, title: str) -> frozenset[str]:
    """Return the names of all rows ever brought into a tab: one that people take out or change stays so."""
    pieces = (book.scheme.get(MEMORY, _piece(title, number)) for number in count())
    told: list[str] = []
    for piece in pieces:
        if not piece:
            break
        told += piece.split()
    return frozenset(told)


def _piece(title: str, number: int) -> str:
    return f"{title}/{number}" if number else title


def _memory(book: Book, title: str, names: frozenset[str]) -> list[Request]:
    listed = sorted(names)
    told = {(MEMORY, _piece(title, at // PIECE)): " ".join(listed[at : at + PIECE]) for at in range(0, len(listed), PIECE)}
    cells, fresh = book.scheme.lines(told)
    return [*changes(book.scheme.sheet, cells), *([appended(book.scheme.sheet.sheet_id, fresh)] if fresh else [])]


def _free_ids(book: Book) -> Iterator[int]:
    taken = {sheet.sheet_id for sheet in book.snapshot.sheets}
    return (number for number in count(FIRST_ID) if number not in taken)


def _written(book: Book, sheet: Filled, fresh: Sequence[FilledRow], ids: Iterator[int]) -> list[Request]:
    """Add the rows below what the tab holds, making the tab and the columns it lacks; remember their names."""
    target = book.snapshot.sheet(sheet.title)
    heads = [str(cell or "") for cell in sheet.grid[0]]
    sheet_id = target.sheet_id if target else next(ids)
    requests = [] if target else _new_tab(sheet_id, sheet, heads)
    places, wider = _places(target, heads) if target else ({at: at for at in range(len(heads))}, [])
    stamps = filled_tables.stamps_of(sheet.grid)
    rows = [_line(sheet.grid[line.row - 1], places, heads, stamps[line.row - 1]) for line in fresh]
    names = (_remembered(book, sheet.title) if target else frozenset()) | {line.name for line in sheet.lines}
    return [*requests, *wider, appended(sheet_id, rows), *_memory(book, sheet.title, names)]


def _places(target: Sheet, heads: Sequence[str]) -> tuple[dict[int, int], list[Request]]:
    """Find the tab's column of each header of the file, the n-th of equal ones; a header that is new goes to the right."""
    standing: dict[tuple[str, int], int] = {}
    seen: Counter[str] = Counter()
    for at, cell in enumerate(target.cells[0]):
        seen[key(cell.value)] += 1
        standing[key(cell.value), seen[key(cell.value)]] = at
    places: dict[int, int] = {}
    requests: list[Request] = []
    mine: Counter[str] = Counter()
    wide = max(map(len, target.cells))
    for at, head in enumerate(heads):
        name = key(head)
        mine[name] += 1
        if name and (name, mine[name]) not in standing:
            standing[name, mine[name]] = wide
            requests += _new_column(target, wide, head)
            wide += 1
        if name:
            places[at] = standing[name, mine[name]]
    return places, requests


def _new_column(target: Sheet, at: int, head: str) -> Iterator[Request]:
    if at >= target.columns:
        yield {"insertDimension": {"range": {"sheetId": target.sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}, "inheritFromBefore": True}}
    yield from _header(target.sheet_id, at, head)


def _header(sheet_id: int, at: int, head: str) -> Iterator[Request]:
    look = {"backgroundColor": BLUE, "textFormat": {"bold": True}, "wrapStrategy": "WRAP", "verticalAlignment": "MIDDLE"}
    area = {"sheetId": sheet_id, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": at, "endColumnIndex": at + 1}
    yield {"repeatCell": {"range": area, "cell": {"userEnteredValue": entered(head), "userEnteredFormat": look}, "fields": "userEnteredValue,userEnteredFormat"}}


def _new_tab(sheet_id: int, sheet: Filled, heads: Sequence[str]) -> list[Request]:
    """Add a tab that looks as the others do: a frozen header, days that look like days, texts that wrap."""
    height = max(ROWS, len(sheet.grid))
    grid = {"rowCount": height, "columnCount": max(len(heads), 2), "frozenRowCount": 1}
    requests: list[Request] = [{"addSheet": {"properties": {"sheetId": sheet_id, "title": sheet.title, "gridProperties": grid}}}]
    days_only = all(stamp.endswith(filled_tables.MIDNIGHT) for stamp in filled_tables.stamps_of(sheet.grid)[1:] if stamp)
    marked = {"numberFormat": {"type": "DATE", "pattern": "dd.mm.yyyy"} if days_only else {"type": "DATE_TIME", "pattern": "dd.mm.yyyy hh:mm"}}
    for at, head in enumerate(heads):
        timed = key(head) in TIME_WORDS
        body = {"sheetId": sheet_id, "startRowIndex": 1, "endRowIndex": height, "startColumnIndex": at, "endColumnIndex": at + 1}
        long = any(len(str(row[at] or "")) > LONG_TEXT for row in sheet.grid[1:] if at < len(row))
        look = {"wrapStrategy": "WRAP", "verticalAlignment": "TOP", "horizontalAlignment": "LEFT" if long else "CENTER", **(marked if timed else {})}
        width = TIME if timed else LONG if long else SHORT
        requests += [
            *_header(sheet_id, at, head),
            {"repeatCell": {"range": body, "cell": {"userEnteredFormat": look}, "fields": "userEnteredFormat"}},
            {"updateDimensionProperties": {"range": {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}, "properties": {"pixelSize": width}, "fields": "pixelSize"}},
        ]  # fmt: skip
    return requests


def _line(row: Sequence[Value], places: Mapping[int, int], heads: Sequence[str], stamp: str) -> list[Written]:
    line: list[Written] = [None] * (max(places.values()) + 1)
    for at, place in places.items():
        cell = row[at] if at < len(row) else None
        line[place] = _serial(stamp) if key(heads[at]) in TIME_WORDS else f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell
    return line


def _serial(stamp: str) -> Written:
    """Turn a time mark into the number a sheet keeps; what is none stays a text."""
    try:
        seconds = (datetime.fromisoformat(stamp) - EPOCH).total_seconds()
    except ValueError:
        return stamp
    return int(seconds // DAY_SECONDS) if seconds % DAY_SECONDS == 0 else seconds / DAY_SECONDS
