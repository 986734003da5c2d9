"""Which table is a list of people, and what each of its columns means; the face is `columns_of_list`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.domain.lists import placing
from flows.domain.lists.header_fields import field_of, is_activity, own_headers, side_of, sides_of
from flows.domain.lists.person_cells import is_name
from flows.domain.roadmap.grids import Merge
from flows.domain.tabs import DECLENSIONS, MEETINGS, MENTEES, MENTORS, PAIRS, SETTINGS
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.lists.placing import Meaning
    from flows.domain.roadmap.grids import Grid, GridCell

__all__ = ["ListColumns", "columns_of_list", "titled"]

DEEPEST_TITLE, MOST_HEADER_ROWS, LEAST_COLUMNS = 12, 3, 2
LONGEST_HEADER, LONGEST_SUBHEADER = 160, 60
NEVER = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{6,}|@")
# A word that every header of a column of persons has: most rows of data are told from a header by it alone.
HINT = re.compile(
    r"ф\W{0,3}[иi]|пар[аы]|фам|имя|настав|молод|мол\.|стаж|педагог|работник|сотрудник|участник|кто|специалист|начинающ|учени|учащ|обучающ|студент|подопеч|реб[её]н|дет|принят|опытн|лицо",
    re.IGNORECASE,
)
BY_NAME: Mapping[str, re.Pattern[str]] = {
    SETTINGS: re.compile(r"^настройк"),
    MEETINGS: re.compile(r"^(?:журнал )?встреч"),
    DECLENSIONS: re.compile(r"^склонени"),
    PAIRS: re.compile(r"(?<![а-я])пар(?:а|ы|ах)?(?![а-я])|закреплени|тандем|наставническ[а-я]{2,3} (?:пар|групп)"),
}  # fmt: skip
TITLES: Mapping[str, str] = {fold(title): title for title in (MENTORS, MENTEES, PAIRS, *BY_NAME)}
# The columns without which rows of these tabs are none.
NEEDED: Mapping[str, frozenset[str]] = {
    MEETINGS: frozenset({"Пара", "Тема"}),
    DECLENSIONS: frozenset({"Именительный"}),
    SETTINGS: frozenset({"Параметр", "Значение"}),
}


@dataclass(frozen=True, slots=True)
class ListColumns:
    """A list in a table: rows are counted from 0, `head` is the first row of its header, `first` the first of its data.

    `tab` is the list it is («Наставники», «Наставляемые», «Пары» for a table that names both sides, …), "" where nothing
    says whose list it is. A meaning is a tab and its canonical header; a table of pairs has meanings of three tabs.
    `unknown` are the headers that mean nothing to us.
    """

    tab: str
    head: int
    first: int
    last: int
    meanings: Mapping[int, Meaning]
    unknown: Mapping[int, str] = field(default_factory=dict)
    headers: Mapping[int, str] = field(default_factory=dict)


def columns_of_list(grid: Grid, *titles: str) -> tuple[ListColumns, ...]:
    """Return the lists of people in a table, the upper first; none for any other table.

    `titles` are what the table is called, the surest first: its tab, the line above it, the title of its file. What stands
    in the table itself is asked before them.
    """
    spans = list(_heads(grid))
    lists: list[ListColumns] = []
    for at, (start, end) in enumerate(spans):
        last = spans[at + 1][0] if at + 1 < len(spans) else len(grid)
        above = spans[at - 1][1] if at else 0
        lists += _of_head(grid, (start, end, last), (*_lines_above(grid, start, above), *titles))
    return tuple(lists)


def titled(text: str) -> str:
    """Tell which list a title names: one of our tabs however it is spelled, a side, or both sides; "" for none."""
    folded = fold(text)
    if folded in TITLES:
        return TITLES[folded]
    named = next((tab for tab, words in BY_NAME.items() if words.search(folded)), "")
    return named or side_of(text)


def _heads(grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield the first row of each header and the row after it."""
    at, good = 0, [number for number, row in enumerate(grid) if _is_head(row)]
    single = [number for number, row in enumerate(grid) if not good and _is_single(grid, number, row)]
    while at < len(grid):
        start = next((number for number in good or single if number >= at), None)
        if start is None:
            return
        end = start + 1
        while end < min(len(grid), start + MOST_HEADER_ROWS) and _goes_on(grid[end], grid[start]):
            end += 1
        if start - 1 >= at and _groups(grid[start - 1]):
            start -= 1
        yield start, end
        at = end


def _own(row: Sequence[GridCell]) -> list[str]:
    return [text for cell in row if (text := cell.text.strip()) and cell.merge is not Merge.ACROSS]


def _is_head(row: Sequence[GridCell]) -> bool:
    """Tell a header: columns of people or the needed ones of another tab of ours, and no cell that is somebody's."""
    own = _own(row)
    if len(own) < LEAST_COLUMNS or any(len(text) > LONGEST_HEADER for text in own):
        return False
    if not any(HINT.search(text) and placing.names_person(text) for text in own):
        exact = {tab for text in own for tab in own_headers(text)}
        return any(
            NEEDED[tab] <= {own_headers(text).get(tab) for text in own} for tab in NEEDED.keys() & exact
        )
    if any(is_activity(text) for text in own) or any(NEVER.search(text) for text in own):
        return False
    known = sum(bool(field_of(text) or own_headers(text)) for text in own)
    return known >= LEAST_COLUMNS and known * 2 >= len(own) and not any(map(_is_somebody, own))


def _is_single(grid: Grid, at: int, row: Sequence[GridCell]) -> bool:
    """Tell the header of a list of one column: it names persons, and the row below holds one."""
    own = _own(row)
    below = next((filled for lower in grid[at + 1 : at + 3] if (filled := _own(lower))), [])
    return len(own) == 1 and placing.names_person(own[0]) and any(map(_is_somebody, below))


def _goes_on(row: Sequence[GridCell], above: Sequence[GridCell]) -> bool:
    """Tell the next row of a header: cells merged downwards beside words that are headers, and no row of data."""
    own = [cell.text.strip() for cell in row if cell.text.strip() and cell.merge is Merge.NONE]
    if not own or any(
        len(text) > LONGEST_SUBHEADER or NEVER.search(text) or _is_somebody(text) for text in own
    ):
        return False
    known = sum(bool(field_of(text) or sides_of(text)) for text in own)
    down = any(cell.merge is Merge.DOWN for cell in row)
    across = any(cell.merge is Merge.ACROSS for cell in above)
    blank = any(
        cell.text.strip() and at < len(above) and not above[at].text.strip() for at, cell in enumerate(row)
    )
    return known * 2 >= len(own) and (down or across or blank) and known > 0


def _groups(row: Sequence[GridCell]) -> bool:
    """Tell a row above a header that says whose the columns below it are: «Наставник», «Наставляемый» over several."""
    own = _own(row)
    return (
        1 < len(own) <= len(row)
        and sum(bool(sides_of(text)) for text in own) > 1
        and not any(map(_is_somebody, own))
    )


def _is_somebody(text: str) -> bool:
    """Tell a cell of data that names a person; «Фамилия Имя Отчество» and «Дата Рождения» are headers."""
    return is_name(text) and not field_of(text) and not sides_of(text)


def _lines_above(grid: Grid, start: int, above: int) -> tuple[str, ...]:
    """Return the titles right above a header, the nearest first: rows of one text each."""
    lines: list[str] = []
    for row in reversed(grid[max(above, start - DEEPEST_TITLE) : start]):
        own = list(dict.fromkeys(_own(row)))
        if len(own) == 1:
            lines.append(own[0])
        elif own:
            break
    return tuple(lines)


def _of_head(grid: Grid, rows: tuple[int, int, int], titles: Sequence[str]) -> Iterator[ListColumns]:
    start, end, last = rows
    texts = _texts(grid[start:end])
    data = grid[end:last]
    for part in placing.parts(texts, data):
        own = {at: texts[at] for at in part}
        whose = next((named for line in titles if (named := titled(line))), "")
        placed = placing.placed(own, whose, data)
        if placed is not None:
            yield ListColumns(placed.tab, start, end, last, placed.meanings, placed.unknown, own)


def _texts(rows: Grid) -> list[str]:
    """Return the header of each column over all rows of the header; a group's word is carried to the right over gaps."""
    width = max(len(row) for row in rows)
    lines: list[list[str]] = []
    for depth, row in enumerate(rows):
        line = [row[at].text.strip() if at < len(row) else "" for at in range(width)]
        if depth + 1 < len(rows) and sum(bool(sides_of(text)) for text in _own(row)) > 1:
            line = _carried(line, rows[depth + 1])
        lines.append(line)
    return ["\n".join(dict.fromkeys(filter(None, column))) for column in zip(*lines, strict=True)]


def _carried(line: Sequence[str], below: Sequence[GridCell]) -> list[str]:
    """Let a group's word stand over the empty places at its right that have a header below."""
    carried: list[str] = []
    for at, text in enumerate(line):
        under = below[at].text.strip() if at < len(below) else ""
        carried.append(text or (carried[-1] if carried and under and sides_of(carried[-1]) else ""))
    return carried
