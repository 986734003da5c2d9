"""Which column of a table is what: by the words of its header and, where they are cut or missing, by what stands below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.domain.roadmap.column_contents import Profiles
from flows.domain.roadmap.grids import Merge
from flows.domain.roadmap.header_rows import WEEKDAY, header
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
    of_one_work,
    role_of,
    spare_role,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.roadmap.grids import Grid
    from flows.domain.roadmap.header_rows import Heading

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

LEAST_PERIODS, LEAST_WORKS = 2, 2
SPARE = (TERM, RESPONSIBLE, RESULT)
NAMELESS = "столбец без названия"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header stands, what each column is, which columns are periods, and which roles were told by contents.

    `works` are columns of a grid that stand for kinds of work; `others` have a header, but no part in a roadmap.
    """

    head: int
    first: int
    columns: Mapping[str, tuple[int, ...]]
    names: Mapping[str, str]
    periods: tuple[tuple[int, str], ...] = ()
    guessed: frozenset[str] = field(default=frozenset())
    works: tuple[tuple[int, str], ...] = ()
    others: tuple[tuple[int, str], ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles of the usual columns; periods as columns, or a beginning and an end, make a term."""
        dated = {TERM} if self.periods or START in self.columns or END in self.columns else set()
        return frozenset(self.columns) | dated


def recognise(grid: Grid) -> Layout | None:
    """Tell the table's layout; `None` when it does not look like a plan of activities."""
    found = header(grid)
    return _settled(grid, *found) if found else _by_contents(grid)


def _settled(grid: Grid, start: int, end: int, headings: Sequence[Heading]) -> Layout | None:
    labels = [(at, label) for at, each in enumerate(headings) if (label := each.label)]
    periods = tuple(labels) if len(labels) >= LEAST_PERIODS else ()
    taken = {at for at, _ in periods}
    below = Profiles(grid[end:])
    dated, works = (None, ()) if periods else _works(headings, below)
    taken |= {at for at, _ in works}
    found: dict[str, list[int]] = {}
    for at, each in enumerate(headings):
        role = "" if at in taken else each.role
        doubled = at and each.text == headings[at - 1].text and grid[start][at].merge is Merge.ACROSS
        if role and not doubled:
            found.setdefault(role, []).append(at)
    if dated is not None:
        found[TERM] = [dated]
    columns = _parts(found, whole=bool(works))
    known, guessed = (columns, set[str]()) if works else _completed(columns, headings, below, taken)
    if ACTIVITY not in known and not works and not periods:
        return None
    known.setdefault(ACTIVITY, ())
    names = {role: headings[ats[0]].text for role, ats in known.items() if ats}
    used = taken.union(*known.values())
    return Layout(
        start, end, known, names, periods, frozenset(guessed), works, _others(headings, grid[end:], used)
    )


def _works(headings: Sequence[Heading], below: Profiles) -> tuple[int | None, tuple[tuple[int, str], ...]]:
    """Find the columns of a grid: the one that holds months or other terms, and at least two that are kinds of work."""
    dated = [
        at
        for at, each in enumerate(headings)
        if (each.role == TERM and not of_one_work(each.text)) or (not each.text and below[at].fits(TERM))
    ]
    plain = {ACTIVITY, CONTENT, STAGE}
    weekly = sum(bool(WEEKDAY.fullmatch(each.text)) for each in headings) >= LEAST_WORKS
    if len(dated) != 1 or not (weekly or below[dated[0]].fits(TERM)):
        return None, ()
    if any(each.role in plain and not of_one_work(each.text) for each in headings):
        return None, ()
    found = tuple(
        (at, each.text) for at, each in enumerate(headings) if of_one_work(each.text) and below[at].filled
    )
    sure = [at for at, text in found if role_of(text) != OTHER]
    return (dated[0], found) if len(sure) >= LEAST_WORKS and dated[0] < sure[0] else (None, ())


def _others(headings: Sequence[Heading], below: Grid, used: set[int]) -> tuple[tuple[int, str], ...]:
    """Name the columns that play no part; an empty one is left out, and a name that comes again gets its number."""
    found: list[tuple[int, str]] = []
    for at, each in enumerate(headings):
        name = " ".join(each.text.split()) or NAMELESS
        filled = any(
            at < len(row) and row[at].text.strip() and row[at].merge is not Merge.ACROSS for row in below
        )
        if at in used or not filled or "⚙" in name:
            continue
        again = sum(name == known.rpartition(" (")[0] or name == known for _, known in found)
        found.append((at, f"{name} ({again + 1})" if again else name))
    return tuple(found)


def _parts(places: Mapping[str, list[int]], *, whole: bool) -> dict[str, tuple[int, ...]]:
    """Share the columns out: a second activity is its content; without an activity its content or stage takes the place.

    `whole` when the activities stand in columns of their own.
    """
    columns = {role: list(ats) for role, ats in places.items() if role != OTHER}
    if len(columns.get(ACTIVITY, ())) > 1:
        columns.setdefault(CONTENT, []).extend(columns[ACTIVITY][1:])
        columns[ACTIVITY] = columns[ACTIVITY][:1]
    for role in (CONTENT, STAGE):
        if not whole and ACTIVITY not in columns and role in columns:
            columns[ACTIVITY] = columns.pop(role)
    if TERM in columns:
        columns.pop(START, None)
        columns.pop(END, None)
    if NUMBER in columns:
        columns[NUMBER] = columns[NUMBER][:1]
    return {role: tuple(sorted(ats)) for role, ats in columns.items()}


def _completed(
    columns: dict[str, tuple[int, ...]], headings: Sequence[Heading], below: Profiles, taken: set[int],
) -> tuple[dict[str, tuple[int, ...]], set[str]]:  # fmt: skip
    """Give a role that no header claims to a column that may play it; move a term that stands under a wrong header."""
    known, guessed = dict(columns), set[str]()
    dated = bool(taken) or START in known or END in known
    wanted = [role for role in (ACTIVITY, *SPARE) if role not in known and not (dated and role == TERM)]
    for role in wanted:
        spare = [
            at
            for at, each in enumerate(headings)
            if at not in taken and spare_role(each.text) == role and below[at].filled
        ]
        fit = [at for at in spare if role != TERM or below[at].fits(TERM)]
        if fit:
            known[role] = (fit[0],)
    free = [
        at
        for at, each in enumerate(headings)
        if at not in taken and not each.role and not any(at in ats for ats in known.values())
    ]
    for role in SPARE if not dated else SPARE[1:]:
        best = max(free, key=lambda at: below[at].fit(role), default=None)
        if role not in known and best is not None and below[best].fits(role):
            known[role] = (best,)
            free.remove(best)
            guessed.add(role)
    if NUMBER not in known and 0 in free and below[0].fits(NUMBER):
        known[NUMBER] = (0,)
        free.remove(0)
    if TERM not in known and not dated:
        _claimed_back(known, guessed, below)
    _exchanged(known, guessed, below)
    told = [at for at, each in enumerate(headings) if each.role == OTHER and of_one_work(each.text)]
    if ACTIVITY not in known and (free or told):
        known[ACTIVITY] = (max(free or told, key=lambda at: below[at].length),)
        guessed.add(ACTIVITY)
    return known, guessed


def _claimed_back(known: dict[str, tuple[int, ...]], guessed: set[str], below: Profiles) -> None:
    """Take a column of terms away from a role that its header claims wrongly, where that role has another column."""
    for role, ats in known.items():
        dated = [at for at in ats if below[at].fits(TERM) and below[at].fit(TERM) > below[at].fit(role)]
        if role not in {NUMBER, ACTIVITY} and len(dated) == 1 and len(ats) > 1:
            known[role] = tuple(at for at in ats if at not in dated)
            known[TERM] = (dated[0],)
            guessed |= {TERM, role}
            return


def _exchanged(known: dict[str, tuple[int, ...]], guessed: set[str], below: Profiles) -> None:
    """Move a term that stands under a wrong header."""
    wrong = known.get(TERM, ())
    if len(wrong) != 1 or not below[wrong[0]].contradicts(TERM):
        return
    for role, ats in known.items():
        if role not in {TERM, NUMBER} and len(ats) == 1 and below[ats[0]].fits(TERM):
            known[TERM], known[role] = ats, wrong
            guessed |= {TERM, role}
            return


def _by_contents(grid: Grid) -> Layout | None:
    """Tell columns that nobody named: a term column, a long text beside it, and what fits the rest."""
    width = max((len(row) for row in grid), default=0)
    first = int(
        bool(grid) and any(role_of(cell.text) in {NUMBER, TERM} for cell in grid[0])
    )  # a header all the same
    below = Profiles(grid[first:])
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
    if below[longest].length < below[columns[TERM][0]].length or len(columns) <= LEAST_PERIODS:
        return None
    return Layout(-1, first, columns, {}, (), frozenset(columns))
