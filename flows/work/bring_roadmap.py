"""A roadmap's file written into the book: new rows where the file has them, changed cells, lines of `Журнал`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.book import whose_plan
from flows.domain.book.card import NATURE
from flows.domain.district import fan_out_words, twins
from flows.domain.lists.rows import UNCLAIMED
from flows.domain.model import Origin, Problem, Severity
from flows.domain.roadmap import district_trace, file_merge, file_trace
from flows.domain.roadmap.checks.view import points_of, row_name
from flows.domain.tabs import ROADMAP, SETTINGS
from flows.domain.text import fold
from flows.work import bring_columns
from flows.workspace import fresh_rows, settings_tab
from flows.workspace.cells import changes
from flows.workspace.journal import noted
from flows.workspace.table import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from flows.domain.model import Activity, Row
    from flows.domain.roadmap.file_merge import CellChange, FileMerge
    from flows.domain.roadmap.grids import Document
    from flows.workspace.cells import Written
    from flows.workspace.reading import Book
    from flows.workspace.sheets import Request
    from flows.workspace.table import Table

FIRST_ROWS = 3
SHOWN = (file_merge.NUMBER, file_merge.ACTIVITY, "Срок (как в документе)")
BROUGHT_IN = ("файл", "строки")
ORDER = re.compile(r"приказ\w{0,40}\s.{0,300}\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did, or would do: rows added by tab, cells changed and kept, rows that the file no longer has, findings.

    `dropped` are the file's rows that people took out of the book: they are not brought in again. `points` tell what
    the reader of the file calls its rows. Of lists: `matched` and `repeated` count by tab the people whom the book has and
    whom the file names twice, `filled` and `differing` are cells of known rows that were empty and that say otherwise and
    stay, `places` are where the new rows stand in the file. `first` are the first new rows of a roadmap, as printed.
    `waiting` says that nothing was written and something would be.
    """

    added: Mapping[str, int]
    changed: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: bool = False
    kept: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    points: Mapping[tuple[str, int], str] = field(default_factory=dict)
    matched: Mapping[str, int] = field(default_factory=dict)
    repeated: Mapping[str, int] = field(default_factory=dict)
    filled: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is brought in, and the day under which `Журнал` tells of it (as printed there, empty for none).

    `tab` is the title of the tab to read first (empty: any).
    """

    name: str
    data: bytes
    day: str
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """An import as requests: `upon` write on rows that stand already (people may move them meanwhile), `beside` do not.

    `strayed` returns, of the book as it stands after, what puts back cells of rows that no code names.
    """

    brought: Brought
    upon: tuple[Request, ...] = ()
    beside: tuple[Request, ...] = ()
    strayed: Callable[[Book], list[Request]] | None = None


def together(people: Writing, plan: Writing) -> Writing:
    """Put the lists and the roadmap of one file into one writing; beside a plan a list of nobody knows whom is a note."""
    one, two = people.brought, plan.brought
    aside = [
        replace(each, severity=Severity.NOTE) if each.code == UNCLAIMED else each for each in one.problems
    ]
    brought = replace(
        two,
        added={**two.added, **one.added},
        problems=tuple(dict.fromkeys((*aside, *two.problems))),
        written=one.written or two.written,
        matched=one.matched,
        repeated=one.repeated,
        filled=one.filled,
        differing=one.differing,
        places=one.places,
    )
    return Writing(brought, (*plan.upon, *people.upon), (*people.beside, *plan.beside), people.strayed)


def roadmap(
    book: Book,
    document: Document,
    activities: Sequence[Activity],
    problems: tuple[Problem, ...],
    source: Source,
) -> Writing:
    """Say what has to be written so that the book has the file's roadmap."""
    table = book.tables.get(ROADMAP)
    if table is None:
        return Writing(Brought({}, problems=(*problems, *book.problems)))
    activities = bring_columns.apart(table, activities)
    own = bring_columns.beside(table, activities)
    table = own.table
    known = frozenset(book.scheme.get(*BROUGHT_IN).split())
    merge, dropped = file_merge.without(
        file_merge.merged(table.rows, activities, file_trace.noted(problems)), known, table.rows
    )
    told = about(document)
    upon = list(own.requests)
    upon += [
        request
        for row, cells in merge.cells.items()
        for request in changes(table.sheet, placed(table, row, cells))
    ]
    upon += settings_tab.filled(book, told)
    names = known | {file_merge.name(file_merge.printed(each)) for each in activities}
    upon += book.scheme.remembering({BROUGHT_IN: " ".join(sorted(names))})
    below, inside = fresh_rows.laid(table, merge.fresh)
    if upon or below or inside:
        upon += noted(book, (*own.lines(source.name), *_lines(merge, source.name)), source.day)
    brought = Brought(
        {ROADMAP: len(merge.fresh)}, _named(merge, kept=False), tuple(_point(row) for row in merge.gone),
        (
            *problems, *own.doubts(book.snapshot.title), *_card_differs(book, told),
            *_whose(book, document, activities), *_alike(table, merge),
        ),
        bool(upon or below or inside), _named(merge, kept=True), dropped, points_of(activities), first=_first(merge),
    )  # fmt: skip
    return Writing(brought, (*upon, *below), inside)


def _first(merge: FileMerge) -> tuple[str, ...]:
    """Return the first new rows by number, activity and term, as printed."""
    shown = [cells for _, cells in merge.fresh[:FIRST_ROWS]]
    return tuple(
        " · ".join(" ".join(str(cells.get(header) or "").split()) for header in SHOWN if cells.get(header))
        for cells in shown
    )


def _point(row: Row, changes: Sequence[CellChange] = ()) -> str:
    """Call a row of the book as the reader of the file does: by the number that the file gives it now, else by its first words."""
    number = next(
        (
            each.now
            for each in changes
            if each.row is row and each.header == file_merge.NUMBER and not each.kept
        ),
        row.text(file_merge.NUMBER),
    )
    told = row_name(number, row.text(file_merge.ACTIVITY))
    return told if told.startswith("«") else f"п. {told}"


def _named(merge: FileMerge, *, kept: bool) -> tuple[str, ...]:
    """Name the changed cells by point; what stands in them is told in the book only."""
    rows: dict[str, list[str]] = {}
    for each in merge.changes:
        if each.kept is kept:
            rows.setdefault(_point(each.row, merge.changes), []).append(each.header)
    return tuple(f"{point}: {', '.join(headers)}" for point, headers in rows.items())


def _lines(merge: FileMerge, name: str) -> Iterator[str]:
    if merge.fresh:
        yield f"Перенос из файла «{name}»: добавлено строк — {len(merge.fresh)}."
    for each in merge.changes:
        where = f"Перенос из файла «{name}»: {_point(each.row, merge.changes)}, «{each.header}»"
        yield (
            f"{where}: в файле теперь «{each.now}», в книге вписано «{each.was}»; вписанное оставлено."
            if each.kept
            else f"{where}: было «{each.was}», стало «{each.now}»."
        )
    for row in merge.newly_gone:
        yield f"Перенос из файла «{name}»: {_point(row)} в файле больше нет; в книге строка оставлена."


def about(document: Document) -> dict[str, Written]:
    """Return the values of `Настройки` that a roadmap's file tells."""
    order = next((line for line in document.stamps if ORDER.match(line)), "")
    told: dict[str, Written] = {
        "Название дорожной карты": document.title,
        "Краткое наименование": document.organisation,
        "Приказ о дорожной карте": order,
    }
    if document.period:
        told |= {
            "Период дорожной карты (с)": document.period.start,
            "Период дорожной карты (по)": document.period.end,
        }
    return told


def _whose(book: Book, document: Document, activities: Sequence[Activity]) -> Iterator[Problem]:
    """Ask who we are where the file is a district's plan and nobody said it in `Настройки`."""
    table = book.tables.get(SETTINGS)
    for row in table.rows if table else ():
        if fold(row.text("Параметр")) == fold(NATURE) and not row.text("Значение"):
            asked = whose_plan.question(document, activities, replace(row.origin, column="Значение"))
            yield from (asked,) if asked else ()


def _alike(table: Table, merge: FileMerge) -> Iterator[Problem]:
    """Tell of new rows that are nearly rows of the district: nobody but people can say whether they are the same."""
    given = [row for row in table.rows if district_trace.of(row).code]
    for _, cells in merge.fresh if given else ():
        row = twins.alike(given, cells)
        if row is not None:
            yield fan_out_words.nearly_same(row, cells.get(file_merge.NUMBER, ""))


def _card_differs(book: Book, values: Mapping[str, Written]) -> Iterator[Problem]:
    """Note where `Настройки` says otherwise than the file: what is typed there stays."""
    table = book.tables.get(SETTINGS)
    for row in table.rows if table else ():
        value = values.get(row.text("Параметр"))
        if (
            isinstance(value, str)
            and value
            and row.text("Значение")
            and fold(value) != fold(row.text("Значение"))
        ):
            said = f"«{row.text('Параметр')}» в файле другое, чем вписано в «Настройки»; оставлено вписанное. Если верно в файле, исправьте там."
            yield Problem(
                Severity.NOTE,
                "card-differs",
                Origin(row.origin.book, SETTINGS, row.origin.row, "Значение"),
                said,
            )
