"""What a district is asked about the rows that it hands out: whom it meant, and what goes to nobody because its days are over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.district import handing
from flows.domain.model import NO_ROW, Problem, Severity
from flows.domain.roadmap import audience, district_trace
from flows.domain.roadmap.file_trace import PRINTED
from flows.domain.statuses import SETTLED, STOPPING
from flows.domain.tabs import ORGANISATIONS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from flows.domain.model import Activity, Row

STRANGER, PAST, COPIED = "district-reach", "district-past", "district-copied"
TERM = "Срок (как в документе)"
TYPED = (district_trace.KINDS, "Дата начала", "Контрольная дата", audience.REACH)
TOLD_BY = ("Код ОО", "Краткое наименование")


def doubts(
    activities: Iterable[Activity], rows: Sequence[Row], organisations: Sequence[Row], today: date
) -> Iterator[Problem]:
    """Ask about «Охват» that names nobody of the list, and tell of rows that nobody gets any more.

    `rows` and `organisations` are those of the district's tabs as answers make them read.
    """
    known = {
        fold(told)
        for row in organisations
        for told in (row.code, *(row.text(each) for each in TOLD_BY))
        if told
    }
    typed = {row.code: row for row in rows}
    for each in activities:
        row = typed.get(each.code, NO_ROW)
        named = audience.reach(row)
        if strangers := sorted(named - known - {audience.EVERYBODY, *audience.BODIES}):
            yield _stranger(row, strangers)
        goes = audience.EVERYBODY in named or bool(named & known) if named else each.fan_out
        settled = each.status in SETTLED or each.term.flags & STOPPING
        if goes and not settled and handing.stale(each.term.windows, today):
            yield _past(row)
        elif goes and not settled and (first := _first_like(row, typed)):
            yield _copied(row, first)


def _stranger(row: Row, names: Sequence[str]) -> Problem:
    said = (
        f"В «{audience.REACH}» названо то, чего нет во вкладке «{ORGANISATIONS}»: {', '.join(f'«{each}»' for each in names)}. "
        "Впишите УО, ИМО, ОО (всем) либо коды или краткие наименования организаций через точку с запятой."
    )
    place = replace(row.origin, column=audience.REACH)
    return Problem(
        Severity.QUESTION, STRANGER, place, said, printed=row.text(audience.REACH), subject=row.code
    )


def _first_like(row: Row, rows: Mapping[str, Row]) -> Row | None:
    """Find the row above that says the same, cell by cell."""
    told = _cells(row)
    return next(
        (each for each in rows.values() if each.origin.row < row.origin.row and _cells(each) == told), None
    )


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(fold(row.text(header)) for header in (*PRINTED, *TYPED))


def _copied(row: Row, first: Row) -> Problem:
    said = (
        f"Строка слово в слово повторяет строку {first.origin.row}, поэтому организациям она не раздаётся второй раз. "
        "Удалите лишнюю; если это другое мероприятие, напишите, чем оно отличается."
    )
    return Problem(
        Severity.QUESTION, COPIED, replace(row.origin, column="Мероприятие"), said, subject=row.code
    )


def _past(row: Row) -> Problem:
    said = (
        "Срок прошёл ещё в прошлом учебном году: организациям, у которых этой строки нет, она не раздаётся, у остальных остаётся как есть. "
        "Если строка нужна, исправьте срок; если нет, ответьте «да»."
    )
    return Problem(Severity.NOTE, PAST, replace(row.origin, column=TERM), said, subject=row.code)
