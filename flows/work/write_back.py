"""What a run writes into the book: codes before anything is filed, states and findings after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain import row_codes
from flows.domain.columns import system_columns
from flows.domain.errors import TryLater
from flows.domain.people import declensions
from flows.domain.register import life
from flows.domain.register.life import Action, Step
from flows.domain.statuses import CANCELLED
from flows.domain.tabs import DECLENSIONS, MENTEES, MENTORS, PAIRS, REGISTER, ROADMAP, SCHEME, SURVEYS
from flows.work.look import look
from flows.work.think import think
from flows.workspace import codes, moved, writeback
from flows.workspace.layout import CODE
from flows.workspace.register import LOOKED, filed_rows
from flows.workspace.scheme import ROW, scheme_of
from flows.workspace.sheets import quoted
from flows.workspace.writeback import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from flows.domain.book.understanding import Understood
    from flows.domain.model import Facts, Problem
    from flows.domain.people.declensions import Listed
    from flows.work.stages import Errand, Made, Thought
    from flows.workspace.lease import Lease
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request

TRIES = 3


def code_requests(book: Book, understood: Understood) -> list[Request]:
    """Write the codes that rows have not, the greatest numbers given, and what tells each row if its code is wiped."""
    scheme, numbers = (
        book.scheme,
        {f"код/{tab}": number for tab, number in understood.numbers.items() if number},
    )
    fresh = {("счёт", name): str(number) for name, number in numbers.items() if number != scheme.number(name)}
    named: dict[str, str] = {}
    for tab, rows in understood.rows.items():
        named |= {row.code: row_codes.identity(tab, row) for row in rows if row_codes.well_spelt(row.code)}
    fresh |= {(ROW, code): mine for code, mine in named.items() if mine and mine != scheme.get(ROW, code)}
    return codes.requests(book, understood.rows, fresh)


def write_codes(lease: Lease, book: Book, understood: Understood) -> Book:
    """Write codes before anything is filed: keys are made of them. A row that moved meanwhile stops the run unharmed."""
    requests = code_requests(book, understood)
    if not requests:
        return book
    tabs = [
        tab
        for tab in understood.rows
        if any(
            row.code != old.code for row, old in zip(understood.rows[tab], book.tables[tab].rows, strict=True)
        )
    ]
    back = lease.write(requests, [quoted(SCHEME), *(quoted(tab) for tab in tabs)])
    scheme = back.sheet(SCHEME)
    fresh = book if scheme is None else replace(book, scheme=scheme_of(scheme))
    repairs = [
        each
        for tab in tabs
        for each in moved.strayed(book.tables[tab], understood.rows[tab], back.sheet(tab))
    ]
    if repairs:
        lease.write(repairs)
        raise TryLater(
            "Строки в книге переставили, пока шла работа. Коды возвращены на свои места; повторите запуск."
        )
    return _coded(fresh, understood)


def _coded(book: Book, understood: Understood) -> Book:
    """Let the rows carry the codes that the sheet has by now: they tell whether a row moves under the next batch."""
    return replace(
        book,
        tables={
            title: replace(table, rows=understood.rows.get(title, table.rows))
            for title, table in book.tables.items()
        },
    )


def said(book: Book, thought: Thought, today: date, made: Sequence[Made]) -> Said:
    """Tell what the system's cells should say now."""
    facts = thought.understood.facts
    register = life.latest(filed_rows(book.tables[REGISTER])) if REGISTER in book.tables else {}
    rows = {row.code: row.origin.row for row in thought.understood.rows.get(PAIRS, ())}
    doubts = thought.plan.doubts
    wishes = replace(thought.wishes, doubts=doubts)
    in_question = frozenset(each.subject for each in thought.problems if each.origin.tab == ROADMAP)
    cells = {
        ROADMAP: system_columns.with_offers(
            system_columns.roadmap(facts, wishes, thought.plan.planned, register, in_question),
            thought.understood.offers,
        ),
        MENTORS: system_columns.of_role(facts, "mentor", doubts),
        MENTEES: system_columns.of_role(facts, "mentee", doubts),
        PAIRS: system_columns.pairs(facts, thought.plan.planned, register, rows, doubts),
        REGISTER: _on_register(thought),
    }
    forms, surveys = _forms(book, facts, thought.problems), thought.understood.surveys
    counted = {SURVEYS: surveys.counted} if surveys else {}
    asked = [{**row.cells, CODE: row.code} for row in surveys.fresh] if surveys else []
    told = {
        tab: of for tab, of in {**cells, **counted, DECLENSIONS: forms.cells}.items() if tab in book.tables
    }
    return Said(
        told,
        thought.problems,
        today,
        _journal(made, thought, today),
        {DECLENSIONS: forms.fresh, SURVEYS: asked},
        thought.unused,
        thought.news,
    )


def _forms(book: Book, facts: Facts, problems: Iterable[Problem]) -> Listed:
    """Say the forms of everybody; nothing where the tab cannot remember what was offered, and no formula is replaced.

    What to look at is told beside the forms while the question about it is open.
    """
    table = book.tables.get(DECLENSIONS)
    if table is None or declensions.OFFERED not in table.columns:
        return declensions.Listed({}, ())
    risky = frozenset(problem.subject for problem in problems if problem.code == declensions.RISKY)
    listed = declensions.listed(facts, table.rows, risky)
    cells: dict[int, dict[str, str]] = {}
    for row, forms in listed.cells.items():
        ours = (header for header in forms if header in table.columns)
        plain = [header for header in ours if not table.sheet.at(row - 1, table.columns[header]).formula]
        cells[row] = {header: forms[header] for header in plain}
    return declensions.Listed(cells, listed.fresh)


def _on_register(thought: Thought) -> dict[int, dict[str, str]]:
    """Say on each register row what changed and what looking the file over found."""
    told: dict[int, list[str]] = {}
    for each in thought.problems:
        if each.origin.tab == REGISTER and each.origin.column == life.CHANGED:
            told.setdefault(each.origin.row, []).append(each.message)
    rows = {
        step.filed.origin.row: _row(step, told.get(step.filed.origin.row, []))
        for step in thought.steps
        if step.filed and step.action is not Action.CREATE
    }
    fresh = {
        row: {life.CHANGED: "\n".join(dict.fromkeys(lines))} for row, lines in told.items() if row not in rows
    }
    return fresh | {
        row: cells | ({LOOKED: thought.looks[row]} if row in thought.looks else {})
        for row, cells in rows.items()
    }


def _row(step: Step, remarks: Sequence[str]) -> dict[str, str]:
    """Say on a register row what changed; what was begun and is wanted no more is cancelled and keeps its number."""
    told = {
        life.CHANGED: "\n".join(dict.fromkeys([*([change] if (change := _change(step)) else []), *remarks]))
    }
    dead = step.action is Action.ORPHAN and step.filed is not None and life.begun(step.filed)
    return told | ({"Состояние": CANCELLED} if dead else {})


def _change(step: Step) -> str:
    return step.warning or (step.reason if step.action in {Action.ASK, Action.ORPHAN} else "")


def _journal(made: Sequence[Made], thought: Thought, today: date) -> tuple[str | int, ...]:
    if not made:
        return ()
    created = sum(each.action == Action.CREATE.value for each in made)
    told = "; ".join(each.named for each in made)
    return (
        f"{today:%d.%m.%Y}",
        told,
        created,
        len(made) - created,
        len(thought.problems),
        next((each.draft_number for each in reversed(made) if each.draft_number), ""),
    )


def say(errand: Errand, lease: Lease, book: Book, thought: Thought, made: Sequence[Made]) -> None:
    """Write states and findings; where rows moved meanwhile, put back what was hit and say it again on a fresh reading."""
    told = said(book, thought, errand.today, made)
    before = book
    errand = replace(
        errand, at_once=frozenset()
    )  # what was asked for is made: the book says what the next look finds
    for _ in range(TRIES):
        requests = writeback.requests(before, told)
        if not requests:
            return
        back = lease.write(requests, moved.name_ranges(before))
        if not moved.misplaced(before, back, requests):
            return
        now = look(errand)
        lease.write(
            [
                *moved.restored(before, now.book, requests),
                *code_requests(now.book, think(errand, now).understood),
            ]
        )
        now = look(errand)
        thought = think(errand, now)
        before = _coded(now.book, thought.understood)
        told = said(before, thought, errand.today, ())
    raise TryLater(
        "Строки в книге всё время переставляют. Документы готовы и не пропадут; повторите запуск, чтобы обновить отметки."
    )
