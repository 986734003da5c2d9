"""Where a table's header stands, over how many rows, and what it says above each column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.roadmap.grids import GridCell, Merge
from flows.domain.roadmap.header_words import (
    ACTIVITY,
    CONTENT,
    END,
    MONTH_NAMES,
    NUMBER,
    OTHER,
    RESPONSIBLE,
    RESULT,
    STAGE,
    START,
    TERM,
    is_edge,
    of_one_work,
    period_label,
    role_of,
    spare_role,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.roadmap.grids import Grid

__all__ = ["WEEKDAY", "Heading", "claims", "header"]

DEEPEST_HEADER = 60
MOST_HEADER_ROWS = 4
LEAST_ROLES, LEAST_PERIODS, MANY_PERIODS = 2, 2, 3
MONTHS = range(1, 13)
LEAST_BELOW = 2
MAIN = {ACTIVITY, CONTENT, STAGE}
SHORT_HEADER, LONGEST_HEADER = 40, 120
NUMBERED = re.compile(r"\d\.\d")
PLAIN_NUMBER = re.compile(r"\d{1,3}[.)]?")
WEEKDAY = re.compile(r"(?:понедельник|вторник|среда|четверг|пятница|суббота)", re.IGNORECASE)
OF_MONTHS = re.compile(r"месяц|срок", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column, from the top line to the lowest; `group` when the top line spans several columns."""

    parts: tuple[str, ...] = ()
    group: bool = False

    @property
    def text(self) -> str:
        """The words of all lines."""
        return (": " if self.group and len(self.parts) > 1 else " ").join(self.parts)

    @property
    def role(self) -> str:
        """The role that the words claim, "" for none."""
        if not self.parts:
            return ""
        if not self.group or len(self.parts) == 1:
            return role_of(" ".join(self.parts))
        return _under(role_of(" ".join(self.parts[:-1])), self.parts[-1])

    @property
    def label(self) -> str:
        """The month, quarter, half or year that the column stands for, "" for another column."""
        if not self.parts or (self.group and role_of(self.parts[0]) == OTHER):
            return ""
        if len(self.parts) > 1 and self.parts[-1] in map(str, MONTHS) and OF_MONTHS.match(self.parts[0]):
            return MONTH_NAMES[int(self.parts[-1]) - 1]
        dated = [part for part in self.parts if period_label(part)]
        stripped = re.sub(r"(?i)^(?:срок\w{0,40}|период\w{0,40})(?: \w{1,40})? ", "", " ".join(self.parts))
        return _dated(dated) or period_label(" ".join(self.parts)) or period_label(stripped)


def _dated(parts: Sequence[str]) -> str:
    whole = period_label(" ".join(reversed(parts))) or period_label(" ".join(parts))
    return whole or (period_label(parts[-1]) if parts else "")


def _under(upper: str, lower: str) -> str:
    """Tell the role of a column under a header that spans several: its own words first, then the common ones."""
    own = role_of(lower)
    if upper == OTHER:
        return OTHER
    if upper == TERM:
        return is_edge(lower) or (own if own in {OTHER, RESPONSIBLE, RESULT} else TERM)
    if upper in {RESPONSIBLE, RESULT} and own in {"", OTHER}:
        return own if re.match(r"(?i)контрол|отметк|примеч", lower.strip()) else upper
    if own in {START, END} and upper:
        return upper
    return own or upper


def header(grid: Grid, after: int = 0) -> tuple[int, int, tuple[Heading, ...]] | None:
    """Find the first header at or below a row: its first row, the row below its last, and its words above each column."""
    start = next(
        (at for at in range(after, min(len(grid), after + DEEPEST_HEADER)) if claims(grid, at)), None
    )
    if start is None:
        return None
    end = start + 1
    while end < min(len(grid), start + MOST_HEADER_ROWS) and _goes_on(grid[end], grid[end - 1]):
        end += 1
    width = max(len(row) for row in grid)
    rows = [(*row, *[GridCell("")] * (width - len(row))) for row in grid[start:end]]
    return start, end, tuple(_heading(rows, at) for at in range(width))


def claims(grid: Grid, at: int) -> bool:
    """Tell a header by at least two roles, one of them what is done, and no cell that belongs to a row of data."""
    row = grid[at]
    own = [cell.text for cell in row if cell.text.strip() and cell.merge is not Merge.ACROSS]
    if len(own) < LEAST_ROLES or any(NUMBERED.search(text) or len(text) > LONGEST_HEADER for text in own):
        return False
    if any(PLAIN_NUMBER.fullmatch(text.strip()) for text in own):
        return False
    told = [role_of(text) for text in own]
    roles = set(told) - {"", OTHER}
    labels = sum(bool(period_label(text)) for text in own)
    weekly = sum(bool(WEEKDAY.fullmatch(text.strip())) for text in own)
    if weekly >= MANY_PERIODS or (labels >= MANY_PERIODS and labels + LEAST_PERIODS >= len(own)):
        return True
    if roles & MAIN or any(spare_role(text) == ACTIVITY for text in own):
        claimed = sum(bool(each) for each in told) + labels
        several = len(roles) >= LEAST_ROLES or (roles and not roles & MAIN)
        return labels >= LEAST_PERIODS or (bool(several) and claimed * 2 >= len(own)) or _of_works(grid, at)
    named = [text for text in own if not text.lower().startswith("ф")]
    if {TERM, RESPONSIBLE} <= {role_of(text) for text in named} and len(own) > LEAST_ROLES:
        return True
    return (len(roles) > LEAST_ROLES and NUMBER in roles) or _of_works(grid, at)


def _of_works(grid: Grid, at: int) -> bool:
    """Tell the header of a grid: months stand below one of its cells, kinds of work are its others."""
    for column, cell in enumerate(grid[at]):
        if cell.text.strip() and role_of(cell.text) != TERM:
            continue
        below = [row[column].text.strip() for row in grid[at + 1 :] if column < len(row)]
        months = [text for text in below if text and period_label(text)]
        others = [
            each.text
            for where, each in enumerate(grid[at])
            if where != column and each.text.strip() and each.merge is Merge.NONE
        ]
        works = [text for text in others if of_one_work(text) and len(text) <= LONGEST_HEADER]
        if (
            len(months) >= LEAST_BELOW
            and len(months) * 2 >= len([each for each in below if each])
            and len(works) >= LEAST_ROLES
        ):
            return True
    return False


def _goes_on(row: Sequence[GridCell], above: Sequence[GridCell]) -> bool:
    """Tell a lower line of a header: cells under one that spans them, cells merged downwards, periods, or words that go on."""
    own = [
        (at, cell.text.strip())
        for at, cell in enumerate(row)
        if cell.text.strip() and cell.merge is Merge.NONE
    ]
    texts = [text for _, text in own]
    if not own or any(len(text) > SHORT_HEADER or NUMBERED.search(text) for text in texts):
        return False
    if all(PLAIN_NUMBER.fullmatch(text) for text in texts):
        return _months_under(own, above)
    spanned = len(own) >= LEAST_ROLES and all(_spanned(above, at) for at, _ in own)
    if spanned or any(cell.merge is Merge.DOWN and cell.text.strip() for cell in row):
        return True
    if len(own) == 1:
        return False
    periods = sum(bool(period_label(text)) for text in texts) >= max(LEAST_PERIODS, len(texts) - 1)
    words = [text for text in texts if not re.fullmatch(r"[\d.()]+", text)]
    return periods or (
        len(words) == len(texts)
        and all(text[:1].islower() or role_of(text) for text in words)
        and len(texts) <= len([cell for cell in above if cell.text.strip()])
    )


def _months_under(own: Sequence[tuple[int, str]], above: Sequence[GridCell]) -> bool:
    """Tell months in figures under «месяц» from the numbers of columns."""
    over = next((at for at, cell in enumerate(above) if OF_MONTHS.match(cell.text)), None)
    months = [at for at, text in own if int(text.strip(".)")) in MONTHS]
    return over is not None and len(own) >= LEAST_PERIODS and len(months) == len(own) and own[0][0] >= over


def _spanned(above: Sequence[GridCell], at: int) -> bool:
    return any(where < len(above) and above[where].merge is Merge.ACROSS for where in (at, at + 1))


def _heading(rows: Sequence[Sequence[GridCell]], at: int) -> Heading:
    """Gather what stands above a column; an empty cell right of a filled one is spanned by it where both go on below."""
    parts: list[str] = []
    group = False
    for number, row in enumerate(rows):
        lower = [each[at].text.strip() for each in rows[number + 1 :]]
        text = row[at].text.strip()
        leads = (
            any(lower)
            and at + 1 < len(row)
            and not row[at + 1].text.strip()
            and bool(_spanning(rows, number, at + 1))
        )
        if not text and any(lower):
            text = _spanning(rows, number, at)
            leads = leads or bool(text)
        group = group or bool(
            text and (leads or (_spanned(row, at) and any(low not in {"", text} for low in lower)))
        )
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return Heading(tuple(parts), group)


def _spanning(rows: Sequence[Sequence[GridCell]], number: int, at: int) -> str:
    """Give the cell that spans an empty one: the nearest filled one to its left, where every column between has words below."""
    if not any(each[at].text.strip() for each in rows[number + 1 :]):
        return ""
    for left in range(at - 1, -1, -1):
        if not any(
            each[left].text.strip() and each[left].merge is not Merge.DOWN for each in rows[number + 1 :]
        ):
            return ""
        if rows[number][left].text.strip():
            return rows[number][left].text.strip()
    return ""
