"""Rows that a district handed out laid beside the rows of an organisation's roadmap: what is new, changed, withdrawn, removed.

A row is laid once. One like a row that the organisation has is asked about first; one that people took out stays out.
In a changed row the cells that people did not touch follow, the others stay. Everything that is done has its word.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.district import fan_out_words as words
from flows.domain.district.handing import SENT, WITHDRAWN
from flows.domain.district.twins import twins
from flows.domain.roadmap import district_trace
from flows.domain.roadmap.district_trace import HEADER, REASON, SHOWN
from flows.domain.row_codes import CODE
from flows.domain.statuses import NOT_NEEDED, SETTLED
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from flows.domain.district.handing import Handed
    from flows.domain.model import Problem, Row

    Verdict = Callable[[Problem], bool | None]

STANDS = "строка района"  # a kind of the hidden tab: how each row of the district stands here
LAID, CHANGED, REMOVED = "laid", "changed", "removed"
PARTED = "; "


@dataclass(frozen=True, slots=True)
class Stand:
    """How a district's row stands here and since when; of a changed one which cells followed and which people's word kept."""

    state: str = ""
    day: date | None = None
    followed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def spelled(self) -> str:
        """The value in the hidden tab."""
        day = self.day.isoformat() if self.day else ""
        return "|".join([self.state, day, PARTED.join(self.followed), PARTED.join(self.kept)]).rstrip("|")


def stand_of(text: str) -> Stand:
    """Read what `spelled` wrote; of a spoilt cell only that the row is known."""
    state, day, followed, kept = (*text.split("|"), "", "", "")[:4]
    if state not in {LAID, CHANGED, REMOVED, WITHDRAWN}:
        return Stand(LAID if text else "")
    return Stand(state, _day(day), _listed(followed), _listed(kept))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(PARTED) if part)


@dataclass(frozen=True, slots=True)
class Laying:
    """What has to be written: new rows, cells by row as people number it, the hidden tab's words; what is told and asked."""

    fresh: tuple[Mapping[str, str], ...] = ()
    cells: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    stands: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def due(self) -> bool:
        """Tell whether anything has to be written."""
        return bool(self.fresh or self.cells or self.stands)


@dataclass(frozen=True, slots=True)
class Here:
    """What an organisation's book says: rows of the roadmap, how the district's stand by the hidden tab, how a question was answered.

    An answer is yes, no, or not yet. `seen` are the rows as answers make them read.
    """

    rows: Sequence[Row]
    known: Mapping[str, str]
    verdict: Verdict
    today: date
    seen: Sequence[Row] = ()


def merged(here: Here, handed: Mapping[str, Handed]) -> Laying:
    """Lay what was handed out, by the codes of the district's rows, beside the rows of the tab."""
    work, known = _Work(here), here.known
    work.unbind_copies()
    fresh = [each for each in _in_order(handed) if work.stands(each, stand_of(known.get(each.code, "")))]
    pairs = twins(fresh, work.own())
    for each in fresh:
        work.lay(each, pairs.get(each.code))
    stands = {code: told.spelled for code, told in work.now.items() if told.spelled != known.get(code, "")}
    cells = {at: cells for at, cells in work.cells.items() if cells}
    return Laying(tuple(work.fresh), cells, stands, tuple(work.lines), tuple(work.problems))


def _in_order(handed: Mapping[str, Handed]) -> list[Handed]:
    """Order rows as they were coded in the district."""
    return sorted(
        handed.values(), key=lambda each: int(found[2]) if (found := CODE.fullmatch(each.code)) else 0
    )


class _Work:
    """The laying while it is worked out."""

    def __init__(self, here: Here) -> None:
        self.rows, self.today, self.verdict = here.rows, here.today, here.verdict
        self.seen = {row.origin.row: row for row in here.seen}
        self.bound: dict[str, Row] = {}
        self.taken: set[int] = set()
        self.fresh: list[Mapping[str, str]] = []
        self.cells: dict[int, dict[str, str]] = {}
        self.now: dict[str, Stand] = {}
        self.lines: list[str] = []
        self.problems: list[Problem] = []

    def unbind_copies(self) -> None:
        """Find the district's rows; one that was copied with its hidden cell is the organisation's own."""
        for row in self.rows:
            code = district_trace.of(row).code
            if code and code not in self.bound:
                self.bound[code] = row
                self.taken.add(row.origin.row)
            elif code:
                self._write(row, {HEADER: "", SHOWN: ""})
                self.lines.append(words.copied(row))

    def own(self) -> list[Row]:
        """Return the rows that are no district's."""
        return [row for row in self.rows if row.origin.row not in self.taken]

    def _write(self, row: Row, cells: Mapping[str, str]) -> None:
        wanted = {
            header: text for header, text in cells.items() if header in row.cells and row.text(header) != text
        }
        self.cells.setdefault(row.origin.row, {}).update(wanted)

    def stands(self, handed: Handed, known: Stand) -> bool:
        """Bring a row that was laid before up to date; tell whether it still has to be laid."""
        row = self.bound.get(handed.code) or self._lost(handed, known)
        if row is not None:
            self._follow(handed, known, row)
            return False
        if handed.state == WITHDRAWN:
            if known.state:
                self.now[handed.code] = replace(known, state=WITHDRAWN)
            return False
        if known.state in {LAID, CHANGED}:
            self.now[handed.code] = Stand(REMOVED, self.today)
            self.lines.append(words.removed(handed))
        return known.state in {"", WITHDRAWN}

    def _lost(self, handed: Handed, known: Stand) -> Row | None:
        """Find a row whose hidden cell was spoilt: the only one with the district's very words."""
        if known.state not in {LAID, CHANGED}:
            return None
        alike = [
            row
            for row in self.own()
            if all(fold(row.text(each)) == fold(handed.cells[each]) for each in words.TELLING)
        ]
        if len(alike) != 1:
            return None
        self.taken.add(alike[0].origin.row)
        return alike[0]

    def _follow(self, handed: Handed, known: Stand, row: Row) -> None:
        now = (
            self._withdrawn(handed, known) if handed.state == WITHDRAWN else self._changed(handed, known, row)
        )
        self.now[handed.code] = now
        self._write(row, {SHOWN: words.origin(handed, now.state, now.day)})
        self.problems += _asked(handed, now, self.seen.get(row.origin.row, row))

    def _withdrawn(self, handed: Handed, known: Stand) -> Stand:
        if known.state == WITHDRAWN:
            return known
        self.lines.append(words.withdrawn(handed))
        return Stand(WITHDRAWN, self.today)

    def _changed(self, handed: Handed, known: Stand, row: Row) -> Stand:
        """Let the cells that nobody touched follow the district's; tell of the others."""
        followed: list[str] = []
        kept: list[str] = []
        sums = district_trace.of(row).sums
        for header, text in handed.cells.items():
            here, base = row.text(header), sums.get(header)
            if _same(here, text) or base == district_trace.sums_of(handed.cells)[header]:
                continue
            if base is not None and district_trace.untouched(row, header):
                self._write(row, {header: text})
                self.lines.append(words.followed(handed, header, here))
                followed.append(header)
            elif base is not None:
                self.lines.append(words.kept(handed, header, here))
                kept.append(header)
            elif not sums:  # its hidden cell is lost: nobody can say who wrote this one
                self.lines.append(words.known_again(handed, header, here))
        self._write(row, {HEADER: handed.trace})
        if followed or kept:
            return Stand(CHANGED, self.today, tuple(followed), tuple(kept))
        if known.state == WITHDRAWN:
            self.lines.append(words.again(handed))
        return known if known.state in {LAID, CHANGED} else Stand(LAID, self.today)

    def lay(self, handed: Handed, twin: Row | None) -> None:
        """Add a row; where the organisation has one like it, do what people said, or ask."""
        question = words.same(handed, twin) if twin is not None else None
        said = self.verdict(question) if question else False
        if question is not None and said is None:
            self.problems.append(question)
            return
        self.now[handed.code] = Stand(LAID, self.today)
        shown = words.origin(handed, LAID, None)
        if said and twin is not None:
            self._write(twin, {HEADER: handed.trace, SHOWN: shown})
            self.lines.append(words.bound(handed, twin))
            return
        self.fresh.append({**handed.cells, HEADER: handed.trace, SHOWN: shown})
        self.lines.append(words.laid(handed))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _asked(handed: Handed, now: Stand, row: Row) -> Iterator[Problem]:
    """Say what is to be known or decided of a district's row that stands here."""
    status = row.text("Статус")
    if now.state == WITHDRAWN:
        if status not in SETTLED:
            yield words.is_withdrawn(handed, row)
        return
    if now.state == CHANGED:
        yield words.is_changed(handed, row, now.followed, now.kept)
    if status == NOT_NEEDED and not row.text(REASON):
        yield words.no_reason(row)
    late = now.state == LAID and now.day is not None and handed.over(now.day)
    if late and status not in SETTLED and not row.text(REASON) and handed.state == SENT:
        yield words.came_late(handed, row)
