"""What the system's own cells should say after a run: codes, states, remarks, notes, `Проверка`, `Журнал`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.book import answers, causes, trifles
from flows.domain.book.answers import key_of
from flows.domain.difficulties import proposals
from flows.domain.tabs import FINDINGS, JOURNAL
from flows.domain.text import fold
from flows.domain.yes_and_no import ASSENT
from flows.workspace.cells import Link, appended, changes, notes
from flows.workspace.layout import REMARK, SYSTEM
from flows.workspace.table import as_line, placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from flows.domain.model import Problem, Row
    from flows.workspace.cells import Place, Written
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request
    from flows.workspace.table import Table

KEY, TOLD = "⚙ Ключ", "⚙ Учтено"
SYSTEM_CHECK = (
    "Важность",
    "Лист",
    "Ячейка",
    "Как написано",
    "Что не так",
    "Предложение",
    "Впервые",
    TOLD,
    KEY,
)
ANSWERED = ("Ответ", "Кто ответил", "Не показывать")
JOURNALED = ("Когда", "Что сделано", "Создано", "Обновлено", "Замечаний", "⚙ Код")
PASSING = frozenset({"code-copied"})
# Told beside an answer: on its cell and in its row, never as a row of their own.
BESIDE = frozenset({answers.REFUSED, answers.UNUSED})
# Told in `Проверка` alone: nothing is wrong with the row.
ASIDE = frozenset({proposals.CODE})
MOST_SAID = 100
CLOSED = "закрыто"


@dataclass(frozen=True, slots=True)
class Said:
    """What a run wants the system cells of people's tabs to say: tab -> row as people number it -> header -> value.

    `fresh` are lines that a tab still lacks, `unused` what is told beside answers whose question is gone,
    `news` what only `Журнал` is told.
    """

    cells: Mapping[str, Mapping[int, Mapping[str, Written]]]
    problems: tuple[Problem, ...]
    today: date
    journal: tuple[Written, ...] = ()
    fresh: Mapping[str, Sequence[Mapping[str, Written]]] = field(default_factory=dict)
    unused: tuple[Problem, ...] = ()
    news: tuple[str, ...] = ()


def requests(book: Book, said: Said) -> list[Request]:
    """Return what has to be written so that the book says it; an up-to-date book gives nothing."""
    out: list[Request] = []
    passing = [each for each in said.problems if each.code in PASSING]
    said = replace(said, problems=tuple(each for each in said.problems if each.code not in PASSING))
    for table in book.tables.values():
        out += changes(table.sheet, _wanted(table, said))
        out += notes(table.sheet, _notes(table, (*said.problems, *said.unused)))
        lines = said.fresh.get(table.tab.title)
        out += [appended(table.sheet.sheet_id, [as_line(table, each) for each in lines])] if lines else []
    check = book.tables.get(FINDINGS)
    if check is not None:
        out += findings(check, book, said)
    journal = book.tables.get(JOURNAL)
    entries: list[list[Written]] = [
        [f"{said.today:%d.%m.%Y}", f"«{each.origin.tab}», строка {each.origin.row}. {each.message}"]
        for each in passing
    ]
    entries += [[f"{said.today:%d.%m.%Y}", told] for told in heard(check, said)] if check is not None else []
    entries += [[f"{said.today:%d.%m.%Y}", told] for told in said.news]
    entries += [list(said.journal)] if said.journal else []
    if journal is not None and entries:
        out.append(
            appended(
                journal.sheet.sheet_id,
                [as_line(journal, dict(zip(JOURNALED, entry, strict=False))) for entry in entries],
            )
        )
    return out


def _wanted(table: Table, said: Said) -> dict[Place, Written]:
    wanted: dict[Place, Written] = {}
    remarks = _remarks(table, said.problems)
    told = said.cells.get(table.tab.title, {})
    for row in table.rows:
        cells = dict(told.get(row.origin.row, {}))
        if REMARK in table.columns:
            cells[REMARK] = remarks.get(row.origin.row, "")
        wanted |= placed(table, row.origin.row, cells)
    return wanted | _left_behind(table)


def _left_behind(table: Table) -> dict[Place, Written]:
    """Clear the system's cells of rows that people emptied: whoever is typed there next must not inherit a code."""
    if table.tab.owner != "people":
        return {}
    taken = {row.origin.row - 1 for row in table.rows}
    own = [at for header, at in table.columns.items() if header.startswith(SYSTEM)]
    bare = (line for line in range(1, len(table.sheet.cells)) if line not in taken)
    return {
        (line, at): None for line in bare for at in own if table.sheet.at(line, at).value not in {None, ""}
    }


def _remarks(table: Table, problems: Sequence[Problem]) -> dict[int, str]:
    lines: dict[int, list[str]] = {}
    for each in problems:
        if each.origin.tab == table.tab.title and each.origin.row > 1 and each.code not in ASIDE:
            lines.setdefault(each.origin.row, []).append(f"{each.severity.value}: {each.message}")
    return {row: "\n".join(dict.fromkeys(told)) for row, told in lines.items()}


def _notes(table: Table, problems: Sequence[Problem]) -> dict[Place, str]:
    wanted: dict[Place, list[str]] = {}
    for each in problems:
        at = table.columns.get(each.origin.column)
        if (
            each.origin.tab == table.tab.title
            and each.origin.row > 1
            and at is not None
            and each.code not in ASIDE
        ):
            wanted.setdefault((each.origin.row - 1, at), []).append(each.message)
    return {place: "\n".join(dict.fromkeys(lines)) for place, lines in wanted.items()}


def heard(check: Table, said: Said) -> list[str]:
    """Tell of each answer that `Журнал` does not know yet, whether it helped; none where the tab cannot remember that."""
    if TOLD not in check.columns:
        return []
    still = {(key_of(each), each.printed.strip()) for each in said.problems}
    refused, gone = _beside(said.problems), _beside(said.unused)
    told: list[str] = []
    for row in check.rows:
        if row.text("Ответ") and row.text("Ответ") != row.text(TOLD) and row.text(KEY):
            where = ", ".join(part for part in (f"«{row.text('Лист')}»", row.text("Ячейка")) if part)
            asked = f" (было «{row.text('Как написано')}»)" if row.text("Как написано") else ""
            who = f" Ответил: {row.text('Кто ответил')}." if row.text("Кто ответил") else ""
            open_ = (row.text(KEY), row.text("Как написано")) in still
            verdict = (
                "не принят" if row.origin.row in refused
                else "не понадобился: этого замечания уже нет" if row.origin.row in gone
                else "не снял замечание: исправьте ячейку или впишите верное значение" if open_
                else "учтён"
            )  # fmt: skip
            what = row.text("Что не так").partition("\n")[0]
            told.append(
                f"Ответ «{_short(row.text('Ответ'))}» в «Проверке» {verdict}. {where}{asked}: {what}{who}"
            )
    return told


def _short(text: str) -> str:
    return text if len(text) <= MOST_SAID else f"{text[:MOST_SAID].rstrip()}…"


def _beside(problems: Iterable[Problem]) -> dict[int, str]:
    """Return what is told beside answers, by the row of `Проверка`."""
    return {each.origin.row: each.message for each in problems if each.code in BESIDE}


def unlisted(book: Book, problems: Iterable[Problem]) -> frozenset[str]:
    """Return the keys of findings that `Проверка` does not list as open; none where it lists nothing yet: all would be new."""
    rows = book.tables[FINDINGS].rows if FINDINGS in book.tables else ()
    listed = {row.text(KEY) for row in rows if row.text(KEY) and row.text("Важность") != CLOSED}
    told = {key_of(each) for each in problems if each.code not in BESIDE and not trifles.is_trifle(each)}
    return frozenset(told - listed) if listed else frozenset()


def findings(check: Table, book: Book, said: Said) -> list[Request]:
    """Keep `Проверка` true: mended findings leave, but a row that a person answered stays, marked closed.

    An answer is to what was printed then: when the cell says something else, the finding gets a row of its own.
    A row without a key is a person's own and is left alone. One finding is one row, so that each can be answered and
    hidden; the heaviest stand first and those of one cause together. Rows that people answered keep their places.
    Small remarks on wording have one row together, save those that a person has answered already.
    """
    wanted = {key_of(each): each for each in _listed(check, said.problems)}
    refused = _beside(said.problems)
    today = f"{said.today:%d.%m.%Y}"
    cells: dict[Place, Written] = {}
    since: dict[str, str] = {}
    ours: dict[int, Row] = {}
    for row in check.rows:
        key = row.text(KEY)
        problem = wanted.get(key)
        if key and not any(row.cells.get(header) for header in ANSWERED):
            ours[row.origin.row] = row
            since.setdefault(key, row.text("Впервые"))
        elif problem is not None and (
            not row.text("Ответ") or row.text("Как написано") == problem.printed.strip()
        ):
            del wanted[key]
            line = _line(problem, book, row.text("Впервые"))
            if fold(row.text("Ответ")) in ASSENT:
                del line["Предложение"]  # a yes is to the proposal it was typed beside, never to a later one
            beside = refused.get(row.origin.row, "")
            line |= {"Что не так": f"{problem.message}\n{beside}"} if beside else {}
            cells |= placed(check, row.origin.row, line | {TOLD: row.text("Ответ")})
        elif key:
            cells |= placed(check, row.origin.row, {"Важность": CLOSED, TOLD: row.text("Ответ")})
    lines = {key: _line(each, book, since.get(key) or today) | {TOLD: ""} for key, each in wanted.items()}
    places = _places(ours, wanted) or sorted({*ours, *_holes(check)})
    cells |= {
        place: value
        for at in {*ours} - {*places[: len(lines)]}
        for place, value in placed(check, at, dict.fromkeys(SYSTEM_CHECK)).items()
    }
    for at, line in zip(places, lines.values(), strict=False):
        cells |= placed(check, at, line)
    fresh = [*lines.values()][len(places) :]
    below = [appended(check.sheet.sheet_id, [as_line(check, each) for each in fresh])] if fresh else []
    return [*changes(check.sheet, cells), *below]


def _listed(check: Table, problems: Sequence[Problem]) -> list[Problem]:
    """Return the findings that have a row of their own, in the order of the tab."""
    talked = {row.text(KEY) for row in check.rows if any(row.cells.get(header) for header in ANSWERED)}
    return [
        each
        for each in causes.ordered(problems)
        if each.code not in BESIDE and (not trifles.is_trifle(each) or key_of(each) in talked)
    ]


def _places(ours: Mapping[int, Row], wanted: Mapping[str, Problem]) -> list[int]:
    """Return the rows where the findings stand already, if none came or went: people may have sorted them their way."""
    standing = {row.text(KEY): row for row in ours.values()}
    listed = {key: row.text("Важность") for key, row in standing.items()}
    same = len(ours) == len(wanted) and listed == {key: each.severity.value for key, each in wanted.items()}
    return [standing[key].origin.row for key in wanted] if same else []


def _holes(check: Table) -> list[int]:
    """Rows between findings that hold nothing at all."""
    used = {row.origin.row for row in check.rows}
    return [
        at + 1
        for at in range(1, len(check.sheet.cells))
        if at + 1 not in used and not any(cell.value or cell.note for cell in check.sheet.cells[at])
    ]


def _line(problem: Problem, book: Book, since: str) -> dict[str, Written]:
    table = book.tables.get(problem.origin.tab)
    at = table.address(problem.origin.row, problem.origin.column) if table and problem.origin.row else ""
    first = f"A{at}" if at.isdecimal() else at
    place = Link(f"#gid={table.sheet.sheet_id}&range={first}", at) if table and at else at
    return {
        "Важность": problem.severity.value, "Лист": problem.origin.tab, "Ячейка": place, "Как написано": problem.printed, "Что не так": problem.message,
        "Предложение": problem.proposal, "Впервые": since, KEY: key_of(problem),
    }  # fmt: skip
