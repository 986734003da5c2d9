"""Which column of a table is what: by the words of its header and, where they are cut or missing, by what stands below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.domain.roadmap.column_contents import Profiles
from flows.domain.roadmap.grids import Merge
from flows.domain.roadmap.header_words import (
    ACTIVITY,
    CONTENT,
    END,
    NUMBER,
    OTHER,
    RESPONSIBLE,
    RESULT,
    STAGE,
    START,
    TERM,
    period_label,
    role_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.roadmap.grids import Grid, GridCell

__all__ = [
    "ACTIVITY",
    "CONTENT",
    "END",
    "NUMBER",
    "RESPONSIBLE",
    "RESULT",
    "STAGE",
    "START",
    "TERM",
    "Layout",
    "recognise",
]

DEEPEST_HEADER = 60
MOST_HEADER_ROWS = 4
LEAST_ROLES, LEAST_PERIODS = 2, 2
MAIN = {ACTIVITY, CONTENT, STAGE}
SPARE = (TERM, RESPONSIBLE, RESULT)
SHORT_HEADER = 40
NUMBERED = re.compile(r"\d\.\d")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header stands, what each column is, which columns are periods, and which roles were told by contents."""

    head: int
    first: int
    columns: Mapping[str, tuple[int, ...]]
    names: Mapping[str, str]
    periods: tuple[tuple[int, str], ...] = ()
    guessed: frozenset[str] = field(default=frozenset())

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles of the usual columns; periods as columns, or a beginning and an end, make a term."""
        dated = {TERM} if self.periods or START in self.columns or END in self.columns else set()
        return frozenset(self.columns) | dated


def recognise(grid: Grid) -> Layout | None:
    """Tell the table's layout; `None` when it does not look like a plan of activities."""
    start = next((at for at, row in enumerate(grid[:DEEPEST_HEADER]) if _is_header(row)), None)
    if start is None:
        return _by_contents(grid)
    end = start + 1
    while end < min(len(grid), start + MOST_HEADER_ROWS) and _goes_on(grid[end], grid[start]):
        end += 1
    texts = [
        _joined([row[at].text if at < len(row) else "" for row in grid[start:end]])
        for at in range(_width(grid))
    ]
    return _settled(grid, start, end, texts)


def _width(grid: Grid) -> int:
    return max(len(row) for row in grid)


def _joined(parts: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _is_header(row: Sequence[GridCell]) -> bool:
    """Tell a header by at least two roles, one of them what is done, and no cell that belongs to a row of data."""
    own = [cell.text for cell in row if cell.text.strip() and cell.merge is not Merge.ACROSS]
    if any(NUMBERED.search(text) or len(text) > SHORT_HEADER * 3 for text in own):
        return False
    roles = {role for role in map(role_of, own) if role} - {OTHER}
    labels = sum(bool(period_label(text)) for text in own)
    if not roles & MAIN:
        return len(roles) > LEAST_ROLES and NUMBER in roles
    return len(roles) >= LEAST_ROLES or labels >= LEAST_PERIODS


def _goes_on(row: Sequence[GridCell], above: Sequence[GridCell]) -> bool:
    """Tell the second line of a header: cells merged downwards, periods under «Сроки», or words that go on."""
    own = [cell.text.strip() for cell in row if cell.text.strip() and cell.merge is Merge.NONE]
    if not own or any(len(text) > SHORT_HEADER or NUMBERED.search(text) for text in own):
        return False
    if len(own) == 1 and not any(cell.merge is Merge.DOWN for cell in row):
        return False
    if any(cell.merge is Merge.DOWN for cell in row):
        return True
    if sum(bool(period_label(text)) for text in own) >= max(LEAST_PERIODS, len(own) - 1):
        return True
    words = [text for text in own if not re.fullmatch(r"[\d.()]+", text)]
    return (
        bool(words)
        and len(words) == len(own)
        and all(text[:1].islower() or role_of(text) for text in words)
        and len(own) <= len([cell for cell in above if cell.text.strip()])
    )


def _settled(grid: Grid, start: int, end: int, texts: Sequence[str]) -> Layout | None:
    labels = [(at, label) for at, text in enumerate(texts) if (label := _label(text))]
    periods = tuple(labels) if len(labels) >= LEAST_PERIODS else ()
    taken = {at for at, _ in periods}
    found: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        role = "" if at in taken else role_of(text)
        if role and not (at and text == texts[at - 1] and grid[start][at].merge is Merge.ACROSS):
            found.setdefault(role, []).append(at)
    columns = _parts(found)
    below = Profiles(grid[end:])
    known, guessed = _completed(columns, texts, below, taken)
    if ACTIVITY not in known:
        return None
    names = {role: texts[ats[0]] for role, ats in known.items()}
    return Layout(start, end, known, names, periods, frozenset(guessed))


def _label(text: str) -> str:
    return period_label(text) or period_label(
        re.sub(r"(?i)^(?:срок\w{0,40}|период\w{0,40})(?: \w{1,40})? ", "", text)
    )


def _parts(places: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    """Share the columns out: a second activity is its content; without an activity its content or stage takes the place."""
    columns = {role: list(ats) for role, ats in places.items() if role != OTHER}
    if len(columns.get(ACTIVITY, ())) > 1:
        columns.setdefault(CONTENT, []).extend(columns[ACTIVITY][1:])
        columns[ACTIVITY] = columns[ACTIVITY][:1]
    for role in (CONTENT, STAGE):
        if ACTIVITY not in columns and role in columns:
            columns[ACTIVITY] = columns.pop(role)
    if TERM in columns:
        columns.pop(START, None)
        columns.pop(END, None)
    if NUMBER in columns:
        columns[NUMBER] = columns[NUMBER][:1]
    return {role: tuple(sorted(ats)) for role, ats in columns.items()}


def _completed(
    columns: dict[str, tuple[int, ...]], texts: Sequence[str], below: Profiles, taken: set[int],
) -> tuple[dict[str, tuple[int, ...]], set[str]]:  # fmt: skip
    """Give a role that no header claims to a column whose contents fit it; move a term that stands under a wrong header."""
    known, guessed = dict(columns), set[str]()
    free = [
        at
        for at, text in enumerate(texts)
        if at not in taken and not role_of(text) and not any(at in ats for ats in known.values())
    ]
    dated = bool(taken) or START in known or END in known
    for role in SPARE if not dated else SPARE[1:]:
        best = max(free, key=lambda at: below[at].fit(role), default=None)
        if role not in known and best is not None and below[best].fits(role):
            known[role] = (best,)
            free.remove(best)
            guessed.add(role)
    wrong = known.get(TERM, ())
    if len(wrong) == 1 and below[wrong[0]].contradicts(TERM):
        right = next(
            (
                role
                for role, ats in known.items()
                if role not in {TERM, NUMBER} and len(ats) == 1 and below[ats[0]].fits(TERM)
            ),
            None,
        )
        if right:
            known[TERM], known[right] = known[right], known[TERM]
            guessed |= {TERM, right}
    if ACTIVITY not in known and free:
        known[ACTIVITY] = (max(free, key=lambda at: below[at].length),)
        guessed.add(ACTIVITY)
    return known, guessed


def _by_contents(grid: Grid) -> Layout | None:
    """Tell columns that nobody named: a term column, a long text beside it, and what fits the rest."""
    width = max((len(row) for row in grid), default=0)
    below = Profiles(grid)
    columns: dict[str, tuple[int, ...]] = {}
    free = [at for at in range(width) if below[at].filled]
    for role in (NUMBER, TERM, RESPONSIBLE):
        best = max(free, key=lambda at: below[at].fit(role), default=None)
        if best is not None and below[best].fits(role):
            columns[role] = (best,)
            free.remove(best)
    if TERM not in columns or not free:
        return None
    longest = max(free, key=lambda at: below[at].length)
    columns[ACTIVITY] = (longest,)
    later = [at for at in free if at > longest and below[at].fits(RESULT)]
    if later:
        columns[RESULT] = (max(later, key=lambda at: below[at].fit(RESULT)),)
    rest = [at for at in free if at not in {longest, *columns.get(RESULT, ())}]
    if rest:
        columns[CONTENT if rest[0] > longest else STAGE] = (rest[0],)
    if below[longest].length < below[columns[TERM][0]].length or len(columns) <= LEAST_ROLES:
        return None
    return Layout(-1, 0, columns, {}, (), frozenset(columns))
