"""Bringing files that staff already have into the workbook: a roadmap or lists of people in any layout, answers (workbook A3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.errors import TryLater
from flows.domain.lists.tables import people_tables
from flows.domain.model import Origin, Problem, Severity
from flows.domain.tabs import MENTORS
from flows.intake import guards, limits
from flows.intake.answers import read_answers
from flows.intake.reader import MISSING, read_bytes
from flows.intake.roadmap import understood
from flows.work import bring_answers, bring_people, bring_roadmap
from flows.work.bring_roadmap import Brought, Source, Writing, together
from flows.workspace import lease as leases
from flows.workspace import moved, reading, workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from flows.settings import Place
    from flows.work.stages import Supplies
    from flows.workspace.lease import Lease
    from flows.workspace.linked import Fetched
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request
    from flows.workspace.space import Workspace

__all__ = ["Ask", "Brought", "bring", "bring_linked"]

Ask = Callable[[Brought], bool]
_Plan = Callable[["Book"], Writing]
TRIES = 3
ELSEWHERE = "Людей и ответы на анкеты ведут в книгах организаций: в книгу района они не переносятся. Укажите организацию: --organisation КОД."


def bring(  # noqa: PLR0913, PLR0917 - what an import is told
    space: Workspace,
    place: Place,
    path: Path,
    supplies: Supplies,
    today: date | None = None,
    ask: Ask | None = None,
) -> Brought:
    """Bring a file into the workbook. What people typed there stays; a file that cannot be read changes nothing.

    `today` is the day that `Журнал` tells. `ask` is shown what would be written, before anything is; where it says no,
    the book stays as it is.
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
    return _bring(space, place, supplies, _source(path.name, data, today), ask)


def bring_linked(  # noqa: PLR0913, PLR0917 - what an import is told
    space: Workspace,
    place: Place,
    file: Fetched,
    supplies: Supplies,
    today: date | None = None,
    ask: Ask | None = None,
) -> Brought:
    """Bring a file that a link named, wherever it lay, into the book of an organisation."""
    return _bring(space, place, supplies, _source(file.name, file.data, today, file.tab), ask)


def _source(name: str, data: bytes, today: date | None, tab: str = "") -> Source:
    return Source(name, data, f"{today:%d.%m.%Y}" if today else "", tab)


def _bring(space: Workspace, place: Place, supplies: Supplies, source: Source, ask: Ask | None) -> Brought:
    document, problems = read_bytes(source.data, source.name)
    unread = any(each.severity is Severity.STOP for each in problems)
    tables = () if unread else people_tables(document, source.name)
    sheets = () if any(table.is_ours for table in tables) else read_answers(source.data, source.name)
    elsewhere = (sheets or tables) and all(tab.title != MENTORS for tab in supplies.layout.tabs)
    if elsewhere:
        problems = (*problems, Problem(Severity.STOP, "people-elsewhere", Origin(source.name), ELSEWHERE))
        sheets = ()
    if sheets:
        filled, faults = bring_answers.checked(sheets, source.name, supplies.forms, supplies.layout)
        if faults:  # a table of ours with a wrong cell changes nothing until it is mended
            return Brought({}, problems=faults)
        return _write(
            space,
            place,
            supplies,
            lambda book: bring_answers.plan(book, filled, source, supplies.layout),
            ask,
        )
    document, activities, findings = understood(document, problems, source.name, source.tab, tables)
    if elsewhere and not activities:
        return Brought({}, problems=problems[-1:])
    if not (tables or activities):
        return Brought({}, problems=findings)

    def plan(book: Book) -> Writing:
        people = (
            bring_people.lists(book, tables, source, supplies.layout, problems)
            if tables and not elsewhere
            else None
        )
        if not activities:
            return people or Writing(Brought({}, problems=findings))
        roadmap = bring_roadmap.roadmap(book, document, activities, findings, source)
        return together(people, roadmap) if people else roadmap

    return _write(space, place, supplies, plan, ask)


def _write(space: Workspace, place: Place, supplies: Supplies, plan: _Plan, ask: Ask | None) -> Brought:
    book = reading.read(space.sheets.read(place.book), supplies.layout)
    old = workbook.outdated(book.snapshot, supplies.layout)
    writing = plan(book)
    something = bool(writing.upon or writing.beside)
    if not (old or something):
        return writing.brought
    if ask is not None and not ask(writing.brought):
        return replace(writing.brought, written=False, waiting=something)
    lease = leases.take(space, place.book, leases.lock_of(book.snapshot))
    try:
        if old:
            space.keep(place.book)
            lease.write(workbook.migrations(space.sheets.read(place.book), supplies.layout))
        writing = _under(lease, space, place, supplies, _remembering(plan, book, writing))
    except BaseException:
        lease.let_go()
        raise
    lease.release(writing.beside)
    return writing.brought


def _remembering(plan: _Plan, book: Book, writing: Writing) -> _Plan:
    """Plan anew only where the book says something else than when `writing` was planned."""
    seen = [table.sheet for table in book.tables.values()]

    def planned(now: Book) -> Writing:
        return writing if [table.sheet for table in now.tables.values()] == seen else plan(now)

    return planned


def _under(lease: Lease, space: Workspace, place: Place, supplies: Supplies, plan: _Plan) -> Writing:
    """Write upon the rows that stand there; where people moved them meanwhile, put back what was hit and begin anew."""
    for _ in range(TRIES):
        book = reading.read(space.sheets.read(place.book), supplies.layout)
        writing = plan(book)
        if not writing.upon:
            return writing
        back = lease.write(writing.upon, moved.name_ranges(book))
        hit = moved.misplaced(book, back, writing.upon)
        if not (hit or writing.strayed):
            return writing
        now = reading.read(space.sheets.read(place.book), supplies.layout)
        strayed = writing.strayed(now) if writing.strayed else []
        if not (hit or strayed):
            return writing
        lease.write([*_back(book, now, writing.upon), *strayed])
    raise TryLater(
        "Строки в книге всё время переставляют. Повторите перенос, когда в книге никто не работает."
    )


def _back(book: Book, now: Book, upon: Sequence[Request]) -> list[Request]:
    return [
        each
        for title, table in book.tables.items()
        if title in now.tables and moved.name_header(table)
        for each in moved.put_back(table, now.tables[title], upon)
    ]
