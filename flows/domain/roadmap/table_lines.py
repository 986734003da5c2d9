"""Rows of a table told apart: headings of stages, activities, and lower halves that a page break tore off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.domain.roadmap.column_contents import NUMBER_CELL
from flows.domain.roadmap.grids import Merge
from flows.domain.roadmap.header_rows import WEEKDAY
from flows.domain.roadmap.header_words import (
    ACTIVITY,
    CONTENT,
    END,
    NUMBER,
    RESPONSIBLE,
    RESULT,
    STAGE,
    START,
    TERM,
)
from flows.domain.roadmap.period_marks import MARKS, said, term_of
from flows.domain.roadmap.phantom_rows import JUNK, heads_of, is_phantom, last_of_plan
from flows.domain.terms.reading import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.roadmap.grids import Grid, GridCell
    from flows.domain.roadmap.table_layout import Layout

__all__ = ["LEADING", "SECTION_WORDS", "Line", "lines"]

LEADING = re.compile(r"^\s*(?:п\.\s?)?(\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)])(?!\d)\s*(?=[^\s\d.)])")
SECTION_WORDS = re.compile(
    r"\s*(?:этап|раздел|блок|направлени|модул|[IVX]+\.|[IVX]+ (?:этап|раздел|блок))", re.IGNORECASE
)
UPPER_NUMBER = re.compile(r"(?:\d{1,2}[.)]?|[IVX]+[.)]?|этап|раздел|блок)", re.IGNORECASE)
OPEN_END = re.compile(
    r"(?:[,(–—-]|(?:^|\s)(?:и|в|на|по|с|со|о|об|для|при|к|от|до|из|за|или|а))\s*$", re.IGNORECASE
)
TASK = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+задач", re.IGNORECASE)
LONG_MARK, LONGEST_TITLE = 40, 160


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `kind` is `section`, `activity` or `rest`; cells by role; `merged` are the roles repeated from above.

    `others` are the cells of columns that play no part, word for word, by their headers.
    """

    kind: str
    at: int
    cells: Mapping[str, str]
    merged: frozenset[str] = field(default=frozenset())
    others: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, role: str) -> str:
        return self.cells.get(role, "")


def lines(grid: Grid, layout: Layout) -> Iterator[Line]:
    """Walk the rows of data; rows that are no activities (`phantom_rows`) are left out."""
    heads = heads_of(grid, layout.head, layout.first)
    grid = grid[: last_of_plan(grid, layout.first)]
    nested = _nested(grid, layout)
    outside = frozenset() if nested else _uncounted(grid, layout)
    above: Line | None = None
    for at, row in enumerate(grid[layout.first :], layout.first):
        if is_phantom(row, heads):
            continue
        others = _others(row, layout)
        for line in _read(row, at, layout, above, nested=nested or at in outside):
            if others and line.kind != "section":
                line = replace(line, others=others)  # noqa: PLW2901 - the same, whole
            above = line if line.kind == "activity" else above
            yield line


def _nested(grid: Grid, layout: Layout) -> bool:
    """Tell whether numbers have levels: then «2.» alone is a section, not an activity."""
    column = (*layout.columns.get(NUMBER, ()), *layout.columns[ACTIVITY], 0)[0]
    return any(
        re.match(r"\s*\d{1,2}\.\d", row[column].text) for row in grid[layout.first :] if column < len(row)
    )


def _uncounted(grid: Grid, layout: Layout) -> frozenset[int]:
    """Find rows of a plain list that hold a number and a text alone and that the count of the list passes over: headings."""
    column = layout.columns.get(NUMBER, (0,))[0]
    counted: list[tuple[int, int, bool]] = []
    for at, row in enumerate(grid[layout.first :], layout.first):
        number = re.fullmatch(r"(\d{1,3})[.)]?", row[column].text.strip()) if column < len(row) else None
        if number:
            counted.append((at, int(number[1]), sum(bool(cell.text.strip()) for cell in row) > 2))  # noqa: PLR2004 - a number and a text
    found: set[int] = set()
    last = 0
    for order, (at, count, full) in enumerate(counted):
        after = next((value for _, value, whole in counted[order + 1 :] if whole), None)
        if full:
            last = count
        elif after in {1, last + 1} and not (count == last + 1 and after == count + 1):
            found.add(at)
    return frozenset(found)


def _others(row: Sequence[GridCell], layout: Layout) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, row[at].text.strip())
        for at, name in layout.others
        if at < len(row) and row[at].text.strip() and row[at].merge is not Merge.ACROSS
    )


def _read(
    row: Sequence[GridCell], at: int, layout: Layout, above: Line | None, *, nested: bool
) -> list[Line]:
    cells = {role: _cell(row, columns) for role, columns in layout.columns.items()}
    section = _section(row, cells, layout, above, nested=nested)
    if section:
        return [Line("section", at, {STAGE: section})]
    merged = frozenset(
        role
        for role, columns in layout.columns.items()
        if columns and columns[0] < len(row) and row[columns[0]].merge is Merge.DOWN
    )
    if layout.works:
        return _by_works(row, at, _dated(cells), layout)
    if layout.periods:
        return _by_periods(row, at, cells, merged, layout)
    cells = _dated(cells)
    if above and _is_rest(cells, above, layout):
        return [Line("rest", at, cells, merged)]
    return [Line("activity", at, cells, merged)]


def _cell(row: Sequence[GridCell], columns: Sequence[int]) -> str:
    texts = [
        row[at].text.strip()
        for at in columns
        if at < len(row) and not (row[at].merge is Merge.ACROSS and at - 1 in columns)
    ]
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _dated(cells: dict[str, str]) -> dict[str, str]:
    """Put a beginning and an end that stand in columns of their own into one term."""
    if TERM in cells or not (START in cells or END in cells):
        return cells
    start, end = cells.get(START, ""), cells.get(END, "")
    term = f"{start} – {end}" if start and end else start or (f"до {end}" if end else "")
    return {**cells, TERM: term}


def _section(
    row: Sequence[GridCell], cells: Mapping[str, str], layout: Layout, above: Line | None, *, nested: bool
) -> str:
    """Give the heading of a stage that the row is, "" for an activity."""
    own = [cell.text.strip() for cell in row if cell.text.strip() and cell.merge is Merge.NONE]
    across = sum(cell.merge is Merge.ACROSS for cell in row)
    if across and len(own) <= 2 and across >= len(row) - len(own) - 1 and any(len(text) > 1 for text in own):  # noqa: PLR2004 - a number and a title
        return _title(own)
    others = [cells.get(role, "") for role in (TERM, RESPONSIBLE, RESULT, CONTENT)]
    if (
        any(others)
        or not own
        or (STAGE in layout.columns and cells.get(STAGE))
        or len(own) > 2  # noqa: PLR2004 - a number and a title
        or (layout.periods and _marked(row, layout))
    ):
        return ""
    number, text = (own[0], own[-1]) if len(own) > 1 else ("", own[0])
    if not number:
        return _lone(text, cells, layout, above)
    upper = UPPER_NUMBER.fullmatch(number) and (
        nested or text.isupper() or SECTION_WORDS.match(text) or not number.strip(".)").isdigit()
    )
    return _title(own) if upper else ""


def _lone(text: str, cells: Mapping[str, str], layout: Layout, above: Line | None) -> str:
    """Tell a heading from an activity without cells and from the lower half of a torn row: all stand alone in their row."""
    inside = LEADING.match(text)
    if NUMBER not in layout.columns:
        upper = inside and re.fullmatch(r"\d{1,2}[.)]?", inside[1]) and above and _level(above) > 1
        plain = (
            not inside
            and text[:1].isupper()
            and not (above and OPEN_END.search(above[ACTIVITY]))
            and len(text) <= LONGEST_TITLE
        )
        return TASK.split(text)[0] if SECTION_WORDS.match(text) or text.isupper() or upper or plain else ""
    if cells.get(NUMBER) and cells.get(NUMBER) != text:
        return ""
    if text[:1].islower() or NUMBER_CELL.fullmatch(text) or (above and OPEN_END.search(above[ACTIVITY])):
        return ""
    return TASK.split(text)[0]


def _level(line: Line) -> int:
    inside = LEADING.match(line[ACTIVITY])
    return len(re.findall(r"\d+", inside[1])) if inside else 0


def _title(own: Sequence[str]) -> str:
    return re.sub(r"(?<!\s)[^\S\n]*+\n\s*+", " ", TASK.split(" ".join(own))[0]).strip()


def _is_rest(cells: Mapping[str, str], above: Line, layout: Layout) -> bool:
    """Tell a row that a page break tore off its upper half: no number or stage of its own, and words that go on."""
    if NUMBER not in layout.columns and not any(LEADING.match(text) for text in (above[ACTIVITY],)):
        return False
    if cells.get(NUMBER) or cells.get(STAGE) or LEADING.match(cells.get(ACTIVITY, "")):
        return False
    filled = {role: text for role, text in cells.items() if text}
    if not set(filled) & {TERM, RESPONSIBLE}:
        return not filled.get(ACTIVITY) or _goes_on(filled[ACTIVITY], above[ACTIVITY])
    return all(_goes_on(text, above[role]) or _completes(role, text, above) for role, text in filled.items())


def _goes_on(text: str, above: str) -> bool:
    return text[:1].islower() or bool(OPEN_END.search(above)) or text[:1] in "-–—•)»"


def _completes(role: str, text: str, above: Line) -> bool:
    """Tell a term of which the upper half alone cannot be read."""
    return (
        role == TERM
        and parse(above[TERM], None).kind == "unreadable"
        and parse(f"{above[TERM]} {text}", None).kind != "unreadable"
    )


def _marked(row: Sequence[GridCell], layout: Layout) -> bool:
    return any(row[at].text.strip() for at, _ in layout.periods if at < len(row))


def _by_periods(
    row: Sequence[GridCell], at: int, cells: dict[str, str], merged: frozenset[str], layout: Layout
) -> list[Line]:
    """Read months, quarters or years that stand as columns: marks give one activity its terms, texts are activities of their own."""
    filled = [
        (label, row[column].text.strip(), row[column].merge)
        for column, label in layout.periods
        if column < len(row) and row[column].text.strip()
    ]
    texts = [text for _, text, merge in filled if merge is not Merge.ACROSS and _is_text(text)]
    if texts:
        stage = cells.get(STAGE) or cells.get(ACTIVITY, "")
        return [
            Line("activity", at, {**cells, STAGE: stage, ACTIVITY: text, TERM: label})
            for label, text, merge in filled
            if merge is not Merge.ACROSS
        ]
    return [Line("activity", at, {**cells, TERM: term_of(filled)}, merged)]


def _by_works(row: Sequence[GridCell], at: int, cells: Mapping[str, str], layout: Layout) -> list[Line]:
    """Read kinds of work that stand as columns: each filled cell is an activity of its row's term."""
    return [
        Line(
            "activity",
            at,
            {**cells, **_of_work(name, cells.get(TERM, "")), ACTIVITY: row[column].text.strip()},
        )
        for column, name in layout.works
        if column < len(row)
        and row[column].merge is Merge.NONE
        and row[column].text.strip()
        and row[column].text.strip() not in JUNK
    ]


def _of_work(name: str, term: str) -> dict[str, str]:
    """Give a cell its column as the stage; in a week's timetable the day is the term, and the hours are the stage."""
    if WEEKDAY.fullmatch(name) and parse(term, None).kind == "unreadable":
        return {STAGE: term, TERM: name}
    return {STAGE: name, TERM: said(name, term)}


def _is_text(text: str) -> bool:
    return len(text) > LONG_MARK or (
        text.lower() not in MARKS
        and parse(text, None).kind == "unreadable"
        and not parse(text, None).flags
        and len(text) > len("100 %")
    )
