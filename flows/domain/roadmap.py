"""A roadmap's table read into activities, whatever its layout (DESIGN §5)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.kinds import kinds_for
from flows.domain.layout import ACTIVITY, CONTENT, NUMBER, RESPONSIBLE, RESULT, STAGE, TERM, Columns, header
from flows.domain.model import Activity, Origin, Problem, Row, Severity
from flows.domain.periods import Period
from flows.domain.report import as_json
from flows.domain.responsible import people
from flows.domain.roadmap_checks import check
from flows.domain.tables import Document, Grid, GridCell, Merge
from flows.domain.terms import Term, Window, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["as_json", "from_grid", "from_rows", "people"]

Found = tuple[tuple[Activity, ...], tuple[Problem, ...]]
LEADING = re.compile(r"^\s*(\d+(?:\.\d+)+\.?|\d+[.)])\s*(?=\D)")
NO_PAPER = "не готовить"
NEAR = 2


def from_grid(grid: Grid, document: Document, book: str = "", tab: str = "") -> Found:
    """Read one table; the document gives the period. Findings carry the table's row and column."""
    found = header(grid)
    if found is None:
        message = "Не видно шапки таблицы, поэтому неясно, где мероприятие, а где срок. Подпишите столбцы: «№ п/п», «Мероприятие», «Срок», «Ответственный», «Результат»."
        return (), (Problem(Severity.STOP, "no-header", Origin(book, tab), message),)
    at, columns = found
    period = document.period or _derived(grid[at + 1 :], columns)
    activities = _activities(grid, at, columns, period, Origin(book, tab))
    problems = check(activities, document, period, frozenset(columns))
    return activities, (*_period_problem(document, period, Origin(book, tab)), *problems)


def from_rows(rows: Sequence[Row], period: Period | None, titles: Mapping[str, str] | None = None) -> Found:
    """Read the tab `Дорожная карта`; `titles` maps kinds' titles to ids. What a person typed wins over what is derived."""
    kept = [row for row in rows if row.text("Мероприятие") or row.text("Содержание")]
    activities = tuple(_from_row(row, period, titles or {}) for row in kept)
    columns = frozenset((TERM, RESPONSIBLE, RESULT))
    return activities, check(activities, Document(period=period), period, columns)


def _from_row(row: Row, period: Period | None, titles: Mapping[str, str]) -> Activity:
    told, printed = row.text("Мероприятие"), _printed(row, "Срок (как в документе)")
    result = row.text("Результат, вид документа")
    return Activity(
        row.code, row.text("№ п/п"), row.text("Раздел / этап"), told, row.text("Содержание"),
        _typed_term(row, parse(printed, period)), people(row.text("Ответственный")), result,
        _typed_kinds(row, titles) if row.text("Готовить документ") else kinds_for(result or row.text("Содержание"), told),
        row.origin, row.text("Статус"), printed, row.text("Ответственный"),
    )  # fmt: skip


def _printed(row: Row, column: str) -> str:
    day = row.day(column)
    return day.strftime("%d.%m.%Y") if day else row.text(column)


def _typed_term(row: Row, term: Term) -> Term:
    """Let dates typed by a person win, unless they only repeat one of the printed windows."""
    start, end = row.day("Дата начала"), row.day("Контрольная дата")
    if end is None and start is None:
        return term
    if start and end and start > end:
        return replace(term, kind="dated", windows=(Window(end, start),), flags=frozenset({"reversed"}))
    typed = Window(start, end or start)
    if any(typed.end == window.end and start in {None, window.start} for window in term.windows):
        return term
    return replace(term, kind="dated", windows=(typed,), flags=frozenset())


def _typed_kinds(row: Row, titles: Mapping[str, str]) -> tuple[str, ...]:
    typed = [part.strip() for part in row.text("Готовить документ").split(";") if part.strip()]
    return tuple(dict.fromkeys(titles.get(part, part) for part in typed if part.lower() != NO_PAPER))


def _activities(grid: Grid, head: int, columns: Columns, period: Period | None, place: Origin) -> tuple[Activity, ...]:
    read: list[Activity] = []
    stage = ""
    names = {role: grid[head][at].text for role, at in columns.items()}
    for at, row in enumerate(grid[head + 1 :], head + 2):
        if _nothing(row, grid[head]):
            continue
        if _is_section(row, columns):
            stage = _section(row)
        elif read and _is_continuation(row, columns):
            read[-1] = _join(read[-1], row, columns)
        else:
            origin = replace(place, row=at, column=names[ACTIVITY])
            read.append(_activity(row, columns, stage, period, origin))
    return _coded(read)


def _nothing(row: tuple[GridCell, ...], head: tuple[GridCell, ...]) -> bool:
    texts = [cell.text for cell in row]
    counted = [text for text in texts if text] == [str(number) for number in range(1, len(texts) + 1)]
    return not any(texts) or counted or texts == [cell.text for cell in head]


def _is_section(row: tuple[GridCell, ...], columns: Columns) -> bool:
    own = [cell.text for cell in row if cell.text and cell.merge is not Merge.ACROSS]
    if len(own) <= NEAR and any(cell.merge is Merge.ACROSS for cell in row):
        return True
    if STAGE in columns:
        return False
    others = [_cell(row, columns, role) for role in (TERM, RESPONSIBLE, RESULT, CONTENT)]
    number = _cell(row, columns, NUMBER) or row[0].text.split(" ")[0]
    return not any(others) and bool(re.fullmatch(r"\d+[.)]?|[IVX]+[.)]?|Этап|Раздел|Блок", number))


def _section(row: tuple[GridCell, ...]) -> str:
    return " ".join(cell.text for cell in row if cell.text and cell.merge is Merge.NONE).split("\n")[0].strip()


def _is_continuation(row: tuple[GridCell, ...], columns: Columns) -> bool:
    """Tell a row that a page break tore off its upper half: text, but no number, stage, term or responsible."""
    if NUMBER not in columns:
        return False
    return not any(_cell(row, columns, role) for role in (NUMBER, STAGE, TERM, RESPONSIBLE))


def _join(above: Activity, row: tuple[GridCell, ...], columns: Columns) -> Activity:
    joined = replace(
        above,
        activity=f"{above.activity} {_cell(row, columns, ACTIVITY)}".strip(),
        content=f"{above.content} {_cell(row, columns, CONTENT)}".strip(),
        result=f"{above.result} {_cell(row, columns, RESULT)}".strip(),
    )
    return replace(joined, documents=kinds_for(joined.result or joined.content, joined.activity))


def _cell(row: tuple[GridCell, ...], columns: Columns, role: str) -> str:
    at = columns.get(role)
    return row[at].text if at is not None and at < len(row) else ""


def _activity(row: tuple[GridCell, ...], columns: Columns, stage: str, period: Period | None, origin: Origin) -> Activity:
    told, number = _cell(row, columns, ACTIVITY), _cell(row, columns, NUMBER)
    inside = LEADING.match(told) if not number else None
    if inside:
        number, told = inside[1], told[inside.end() :]
    content, result, printed = (_cell(row, columns, role) for role in (CONTENT, RESULT, TERM))
    responsible = _cell(row, columns, RESPONSIBLE)
    kinds = kinds_for(result if RESULT in columns else content, told)
    own = _cell(row, columns, STAGE) or stage
    return Activity("", number, own, told, content, parse(printed, period), people(responsible), result, kinds, origin, "", printed, responsible)


def _coded(read: list[Activity]) -> tuple[Activity, ...]:
    """Give each row an internal id: its number, and «2.1#2» when the number comes again."""
    seen: Counter[str] = Counter()
    coded: list[Activity] = []
    for activity in read:
        base = activity.number.rstrip(".)") or "без номера"
        seen[base] += 1
        coded.append(replace(activity, code=base if seen[base] == 1 else f"{base}#{seen[base]}"))
    return tuple(coded)


def _derived(rows: Grid, columns: Columns) -> Period | None:
    """Take the plan's years from its dated cells, leaving out years far from the middle one (a typing slip)."""
    ends = [window.end for row in rows for window in parse(_cell(row, columns, TERM), None).windows if window.end]
    if not ends:
        return None
    middle = sorted(ends)[len(ends) // 2].year
    near = [day.year for day in ends if abs(day.year - middle) <= NEAR]
    return Period(min(ends).replace(year=min(near), month=1, day=1), min(ends).replace(year=max(near), month=12, day=31))


def _period_problem(document: Document, period: Period | None, origin: Origin) -> tuple[Problem, ...]:
    if document.period:
        return ()
    proposal = f"{period.start.year}-{period.end.year}" if period else ""
    message = "В названии дорожной карты не указано, на какие годы она рассчитана, поэтому сроки без года не прочитать. Допишите в название годы, например «на 2026-2027 учебный год»."
    return (Problem(Severity.QUESTION, "period-derived" if period else "no-period", origin, message, proposal),)
