"""Filled questionnaires written into the book: a tab of answers for each, new rows below the old, nothing written over."""

from __future__ import annotations

import re
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.domain.monitoring.answers import filled_tables
from flows.domain.monitoring.answers.question_headers import TIME_WORDS, key
from flows.domain.monitoring.answers.ready_forms import ANSWERS, own
from flows.domain.text import fold
from flows.work.bring_roadmap import Brought, Source, Writing
from flows.workspace import answer_tabs
from flows.workspace.answer_tabs import Filled
from flows.workspace.forms import FORM_TITLE, response_tabs
from flows.workspace.journal import noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.monitoring.answers.filled_tables import FilledRow
    from flows.domain.monitoring.answers.ready_forms import Questionnaire
    from flows.intake.answers import Sheet as Told
    from flows.workspace.layout import Layout
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request, Sheet

LONGEST_TITLE = 31  # Excel's
BAD_SIGNS = re.compile(r"[\[\]:*?/\\\x00-\x1f']+")
GOOGLE_TAIL = re.compile(
    r"(?:(?<!\s)\s+)?(?:\((?:ответы|responses)\)|[-–—]\s*(?:ответы на форму|form responses)).*$",
    re.IGNORECASE,
)
EMPTY = "В файле нет ни одного ответа: под заголовками пусто. Заполните хотя бы одну строку и сохраните файл."
OTHER = "Во вкладке «{title}» этой книги стоят другие вопросы, поэтому ответы не перенесены. Переименуйте файл или вкладку и повторите."
DIFFERS = "В книге эта строка другая, чем в файле; оставлено то, что в книге. Если верно в файле, исправьте строку в книге."
GONE = "Эта строка уже была перенесена, но в книге её удалили или исправили в ней код либо день, поэтому снова она не перенесена."


def checked(
    sheets: Sequence[Told], name: str, forms: Sequence[Questionnaire], layout: Layout
) -> tuple[tuple[Filled, ...], tuple[Problem, ...]]:
    """Name the tab of each sheet and look our own tables over; a download of Google Forms is taken as it is."""
    found: list[Filled] = []
    problems: list[Problem] = []
    for sheet in sheets:
        google = not sheet.title or bool(FORM_TITLE.match(sheet.title))
        form = None if google else own(sheet.grid[0], forms, PurePath(name).stem)
        if form:
            problems += filled_tables.faults(sheet.grid, form, Origin(name, sheet.title))
        title = (
            form.title
            if form and fold(sheet.title) == fold(ANSWERS)
            else _title(
                GOOGLE_TAIL.sub("", PurePath(name).stem) if google or not form else sheet.title, layout
            )
        )
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
    return (
        plain
        if plain and plain.casefold() not in taken
        else f"Ответы – {plain or 'из файла'}"[:LONGEST_TITLE].strip()
    )


def _second(title: str, taken: Sequence[str]) -> str:
    """Give the second, third … tab of one file a number."""
    if title not in taken:
        return title
    return next(
        each
        for each in (f"{title[: LONGEST_TITLE - 5].rstrip()} ({number})" for number in count(2))
        if each not in taken
    )


def plan(book: Book, sheets: Sequence[Filled], source: Source, layout: Layout) -> Writing:
    """Say what has to be written so that the book has the file's answers."""
    name = source.name
    strange = [each.title for each in sheets if not _fits(book.snapshot.sheet(each.title), each.grid)]
    if strange:
        return Writing(
            Brought(
                {},
                problems=tuple(
                    Problem(Severity.STOP, "answers-other", Origin(name), OTHER.format(title=title))
                    for title in strange
                ),
            )
        )
    requests: list[Request] = []
    added: dict[str, int] = {}
    problems: list[Problem] = []
    ids = answer_tabs.free_ids(book.snapshot)
    for sheet in sheets:
        fresh, gone, differing = _sorted(book, sheet, layout)
        added[sheet.title] = added.get(sheet.title, 0) + len(fresh)
        problems += [
            Problem(Severity.NOTE, code, Origin(name, row=line.row), told)
            for code, told, lines in (("answers-differ", DIFFERS, differing), ("answers-gone", GONE, gone))
            for line in lines
        ]
        if fresh:
            target = book.snapshot.sheet(sheet.title)
            requests += answer_tabs.added(target, book.scheme, sheet, fresh, ids)
    if requests:
        requests += noted(
            book,
            (
                f"Перенос из файла «{name}»: вкладка «{title}», добавлено ответов — {number}."
                for title, number in added.items()
                if number
            ),
            source.day,
        )
    return Writing(Brought(added, problems=tuple(problems), written=bool(requests)), (), tuple(requests))


def _fits(target: Sheet | None, grid: answer_tabs.Grid) -> bool:
    """Tell whether a tab of that title is one of these answers: a time mark first, and half of the questions."""
    if target is None:
        return True
    heads = [key(cell.value) for cell in (target.cells[0] if target.cells else ())]
    asked = {key(cell) for cell in grid[0]} - TIME_WORDS - {""}
    return not target.hidden and bool(TIME_WORDS & set(heads)) and 2 * len(asked & set(heads)) >= len(asked)


def _sorted(
    book: Book, sheet: Filled, layout: Layout
) -> tuple[list[FilledRow], list[FilledRow], list[FilledRow]]:
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
    brought = answer_tabs.remembered(book.scheme, sheet.title) if target else frozenset()
    fresh = [line for line in sheet.lines if line.name not in {*there, *beside, *brought}]
    gone = [line for line in sheet.lines if line.name in brought and line.name not in {*there, *beside}]
    return fresh, gone, [line for line in sheet.lines if there.get(line.name, line.content) != line.content]


def _grid(sheet: Sheet) -> answer_tabs.Grid:
    return tuple(tuple(cell.value for cell in line) for line in sheet.cells)
