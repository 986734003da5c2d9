"""A roadmap's tables read into activities, whatever their layout (DESIGN §5)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.catalogue.called_for import kinds_for
from flows.domain.model import Activity, Origin, Problem, Row, Severity
from flows.domain.roadmap import (
    district_trace,
    file_doubts,
    file_trace,
    plan_years,
    proposed_terms,
    spreadsheet_slips,
)
from flows.domain.roadmap.as_json import as_json
from flows.domain.roadmap.audience import REACH, in_reach, marked
from flows.domain.roadmap.checks.run import check
from flows.domain.roadmap.grids import Document, Grid
from flows.domain.roadmap.responsible import people
from flows.domain.roadmap.table_layout import (
    ACTIVITY,
    CONTENT,
    NUMBER,
    RESPONSIBLE,
    RESULT,
    STAGE,
    TERM,
    Layout,
    recognise,
)
from flows.domain.roadmap.table_lines import LEADING, Line, lines
from flows.domain.statuses import OUTSIDE_PERIOD, REVERSED
from flows.domain.terms.reading import Term, Window, lies_outside, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.periods import Period

__all__ = ["Sheet", "as_json", "from_grids", "from_rows", "people", "period_of"]

Found = tuple[tuple[Activity, ...], tuple[Problem, ...]]
ITEM = re.compile(r"(?m)^[^\S\n]*+(\d{1,2}\))\s*")
NO_PAPER, PROOF = "не готовить", "Подтверждение"
CHOSEN = (
    "chosen"  # a fact of a row in the book: a person said in «Готовить документ» which papers it calls for
)
TYPED = {TERM: "Срок (как в документе)", RESPONSIBLE: "Ответственный", RESULT: "Результат, вид документа"}
NO_HEADER = (
    "Не видно шапки таблицы, поэтому неясно, где мероприятие, а где срок. "
    "Подпишите столбцы: «№ п/п», «Мероприятие», «Срок», «Ответственный», «Результат»."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the file and the name of its tab, page or part, "" when there is one only.

    `first` rows stand above it on its tab; `anew` when no stage of a table before it goes on here.
    """

    grid: Grid
    tab: str = ""
    caption: str = ""
    first: int = 0
    anew: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row on its way to an activity: its line, its stage, the year its heading names, and where it stands."""

    line: Line
    stage: str
    year: Period | None
    layout: Layout
    origin: Origin
    facts: frozenset[str] = field(default=frozenset())


def from_grids(sheets: Sequence[Sheet], document: Document, book: str = "") -> Found:
    """Read one roadmap printed as several tables: numbers, stages and checks run through all of them."""
    entries, layouts, mends = _entries(sheets, book)
    place = Origin(book, sheets[0].tab if sheets else "")
    if not layouts:
        return (), (Problem(Severity.STOP, "no-header", place, NO_HEADER),)
    period = document.period or plan_years.derived(entry.line[TERM] for entry in entries)
    activities = marked(_coded(entries, [_activity(entry, period) for entry in entries]), document)
    activities = tuple(
        replace(each, facts=entry.facts) for each, entry in zip(activities, entries, strict=True)
    )
    facts = {each.code: each.facts for each in activities}
    roles = frozenset().union(*(layout.roles for layout in layouts))
    problems = check(activities, document, period, roles, facts)
    whole = file_doubts.of_file(layouts, mends, place)
    return activities, (*whole, *file_doubts.of_period(document, period, place), *problems)


def period_of(sheets: Sequence[Sheet], document: Document) -> Period | None:
    """Return the plan's period: the one its title prints, else the years of its dated cells, else `None`."""
    return document.period or plan_years.derived(entry.line[TERM] for entry in _entries(sheets, "")[0])


def from_rows(
    rows: Sequence[Row],
    period: Period | None,
    titles: Mapping[str, str] | None = None,
    heading: tuple[str, str, str, str] = ("",) * 4,
    names: frozenset[str] = frozenset(),
) -> Found:
    """Read the tab `Дорожная карта`; `titles` maps kinds' titles to ids. What a person typed wins over what is derived.

    `heading` is the plan's title, the organisation's short and its full name, the order that approved the plan; `names`
    are people whom the book knows. A column that no row fills is one note. Of rows that a district has handed out
    nothing is asked here, as long as the term is the district's: the district was asked.
    """
    title, short, full, approved = heading
    kept = [row for row in rows if row.text("Мероприятие") or row.text("Содержание")]
    stamps = (f"Приказ {re.sub('(?i)^приказ', '', approved).strip()}",) if approved else ()
    document = Document(
        title=title, organisation=short or full, period=period, stamps=stamps, notes=file_trace.notes(kept)
    )
    columns = frozenset(role for role, header in TYPED.items() if any(row.text(header) for row in kept))
    districts = any(REACH in row.cells for row in kept)
    activities = marked(
        tuple(_from_row(row, period, titles or {}, columns) for row in kept), document, districts=districts
    )
    activities = in_reach(activities, kept)
    facts = {each.code: each.facts for each in activities}
    given = frozenset(row.code for row in kept if row.code and district_trace.untouched(row, TYPED[TERM]))
    whole = replace(document, organisation=f"{full} {short}".strip())
    found = check(activities, whole, period, columns, facts, names, given)
    return activities, (*file_trace.doubts(document, period), *(file_trace.on_tab(each) for each in found))


def _from_row(
    row: Row, period: Period | None, titles: Mapping[str, str], columns: frozenset[str]
) -> Activity:
    told, printed = row.text("Мероприятие"), _printed(row, "Срок (как в документе)")
    result, content = row.text(TYPED[RESULT]), row.text("Содержание")
    term = district_trace.term(row, term_of(printed, row.text("Раздел / этап"), period))
    named = (result or content) if RESULT in columns else content or told
    return Activity(
        row.code, row.text("№ п/п"), row.text("Раздел / этап"), told, content,
        _typed_term(row, term), people(row.text("Ответственный")), result,
        _typed_kinds(row, titles) if row.text("Готовить документ") else kinds_for(named, told),
        row.origin, district_trace.status(row), printed, row.text("Ответственный"),
        facts=file_trace.source(row).facts | district_trace.facts(row) | ({CHOSEN} if row.text("Готовить документ") else frozenset()),
        proof=row.text(PROOF),
    )  # fmt: skip


def term_of(text: str, stage: str, period: Period | None) -> Term:
    """Read a term typed in the tab by the years of its section, else of the plan; a proposal copied whole is its term."""
    return parse(proposed_terms.bare(text), _own(stage, period))


def _own(stage: str, period: Period | None) -> Period | None:
    """Return the years that a row's section names, unless they lie before the plan."""
    year = plan_years.of_title(stage)
    return year if year and (period is None or year.start.year >= period.start.year) else period


def _printed(row: Row, column: str) -> str:
    day = row.day(column)
    return day.strftime("%d.%m.%Y") if day else row.text(column)


def _typed_term(row: Row, term: Term) -> Term:
    """Let dates typed by a person win, unless they only repeat one of the printed windows."""
    start, end = row.day("Дата начала"), row.day("Контрольная дата")
    if end is None and start is None:
        return term
    if start and end and start > end:
        return replace(term, kind="dated", windows=(Window(end, start),), flags=frozenset({REVERSED}))
    typed = Window(start, end or start)
    if any(typed.end == window.end and start in {None, window.start} for window in term.windows):
        return term
    return replace(term, kind="dated", windows=(typed,), flags=frozenset())


def _typed_kinds(row: Row, titles: Mapping[str, str]) -> tuple[str, ...]:
    typed = [part.strip() for part in row.text("Готовить документ").split(";") if part.strip()]
    return tuple(dict.fromkeys(titles.get(part, part) for part in typed if part.lower() != NO_PAPER))


def _entries(sheets: Sequence[Sheet], book: str) -> tuple[list[_Entry], list[Layout], list[tuple[str, str]]]:
    """Walk the tables in their order; one without a header goes on with the columns of the one before."""
    entries: list[_Entry] = []
    layouts: list[Layout] = []
    mends: list[tuple[str, str]] = []
    stage = ""
    for sheet in sheets:
        layout = _layout(sheet.grid, layouts)
        if layout is None:
            continue
        layouts.append(layout)
        grid, put = spreadsheet_slips.mended(sheet.grid, layout)
        mends += put
        stage = sheet.caption or ("" if sheet.anew else stage)
        place = Origin(book, sheet.tab, 0, layout.names.get(ACTIVITY, "Мероприятие"))
        for line in lines(grid, layout):
            if line.kind == "section":
                stage = line[STAGE]
            elif line.kind == "rest" and entries:
                entries[-1] = _joined(entries[-1], line)
            else:
                entries += _split(line, stage, layout, replace(place, row=sheet.first + line.at + 1))
    return entries, layouts, mends


def _layout(grid: Grid, before: Sequence[Layout]) -> Layout | None:
    layout = recognise(grid)
    if (
        before
        and (layout is None or layout.head < 0)
        and max(map(len, grid), default=0) > max(max(ats, default=0) for ats in before[-1].columns.values())
    ):
        return replace(before[-1], head=-1, first=0, guessed=frozenset())
    return layout


def _split(line: Line, stage: str, layout: Layout, origin: Origin) -> Iterator[_Entry]:
    """Give an entry for the row; where no other column speaks of it, one for each numbered item of its text."""
    own = line[STAGE] or stage
    year = plan_years.of_title(own) or plan_years.of_title(stage)
    facts = frozenset(f"merged-{role}" for role in line.merged)
    if TERM not in layout.roles and _is_term(own):
        line = replace(line, cells={**line.cells, TERM: own})
    items = list(ITEM.finditer(line[ACTIVITY])) if not layout.roles & {TERM, RESPONSIBLE, RESULT} else []
    if len(items) < 1 or line[ACTIVITY][: items[0].start()].strip():
        yield _Entry(line, own, year, layout, origin, facts)
        return
    for item, end in zip(items, [*(after.start() for after in items[1:]), len(line[ACTIVITY])], strict=True):
        cells = {
            **line.cells,
            NUMBER: f"{line[NUMBER]}{item[1]}",
            ACTIVITY: line[ACTIVITY][item.end() : end].strip(),
        }
        yield _Entry(replace(line, cells=cells), own, year, layout, origin, facts)


def _is_term(heading: str) -> bool:
    """Tell whether a section is a month or another term of the rows below it."""
    term = parse(heading, None)
    return bool(term.windows) or "no-year" in term.flags


def _joined(above: _Entry, rest: Line) -> _Entry:
    cells = {
        role: f"{above.line[role]} {rest[role]}".strip() if rest[role] else above.line[role]
        for role in {*above.line.cells, *rest.cells}
    }
    own = dict(above.line.others)
    others = own | {name: f"{own.get(name, '')} {text}".strip() for name, text in rest.others}
    line = replace(above.line, cells=cells, others=tuple(others.items()))
    return replace(above, line=line, facts=above.facts | {"joined"})


def _activity(entry: _Entry, period: Period | None) -> Activity:
    line = entry.line
    told, number = line[ACTIVITY], line[NUMBER]
    inside = LEADING.match(told) if not number else None
    if inside:
        number, told = inside[1], told[inside.end() :]
    result = line[RESULT] if RESULT in entry.layout.roles else line[CONTENT] or told
    term = parse(
        line[TERM],
        entry.year
        if entry.year and (period is None or entry.year.start.year >= period.start.year)
        else period,
    )
    return Activity(
        "", number, entry.stage, told, line[CONTENT], _within(term, period), people(line[RESPONSIBLE]), line[RESULT],
        kinds_for(result, told), entry.origin, "", line[TERM], line[RESPONSIBLE], others=line.others,
    )  # fmt: skip


def _within(term: Term, period: Period | None) -> Term:
    """Mark a term read by its section's year that still lies outside the plan."""
    outside = (
        period is not None
        and term.kind == "dated"
        and any(lies_outside(window, period) for window in term.windows)
    )
    return replace(term, flags=term.flags | {OUTSIDE_PERIOD}) if outside else term


def _coded(entries: Sequence[_Entry], read: Sequence[Activity]) -> tuple[Activity, ...]:
    """Give each row an internal id: its number, and «2.1#2» when the number comes again."""
    seen: Counter[str] = Counter()
    taken: defaultdict[str, int] = defaultdict(int)
    coded: list[Activity] = []
    for activity, _ in zip(read, entries, strict=True):
        base = re.sub(r"\s+", " ", activity.number).rstrip(".)") or "без номера"
        seen[base] += 1
        code = base if seen[base] == 1 else f"{base}#{seen[base]}"
        while taken[code]:
            seen[base] += 1
            code = f"{base}#{seen[base]}"
        taken[code] += 1
        coded.append(replace(activity, code=code))
    return tuple(coded)
