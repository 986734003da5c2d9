"""What a row of `Дорожная карта` was in the plan of the district that handed it out, kept in its hidden cell `⚙ Из района`.

The district's text is kept as short checksums, as `file_trace` keeps a file's: a cell that still has its checksum was
not touched by people, so a change in the district's plan may change it. Beside them stands the term as the district read it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.roadmap.file_trace import PRINTED, checksum
from flows.domain.row_codes import well_spelt
from flows.domain.statuses import DONE, NOT_NEEDED
from flows.domain.terms.reading import Term, Window

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.domain.model import Row

HEADER, SHOWN, REASON = "⚙ Из района", "⚙ Район", "Не для нас: почему"
TERM, KINDS = "Срок (как в документе)", "Готовить документ"
COLUMNS = (*PRINTED, KINDS)
FACT = "of-district"  # a fact of a row in an organisation's book: its district's plan handed it out
MARK, TO = "|", "/"
PARTS = 3


@dataclass(frozen=True, slots=True)
class DistrictTrace:
    """What the hidden cell says: the district's row, a checksum for each cell that it fills, its term's kind and windows."""

    code: str = ""
    sums: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    windows: tuple[Window, ...] = ()

    @property
    def spelled(self) -> str:
        """The text of the hidden cell."""
        days = [f"{_iso(each.start)}{TO}{_iso(each.end)}" for each in self.windows]
        parts = (self.code, " ".join(self.sums[header] for header in COLUMNS), " ".join([self.kind, *days]))
        return f" {MARK} ".join(parts).rstrip(f" {MARK}")


def sums_of(cells: Mapping[str, str]) -> dict[str, str]:
    """Remember the cells that a district's row fills, by the tab's headers."""
    return {header: checksum(cells[header]) for header in COLUMNS}


def of(row: Row) -> DistrictTrace:
    """Read the hidden cell; a row that is no district's, or a spoilt code, has none. What else is spoilt is left out."""
    parts = [part.strip() for part in row.text(HEADER).split(MARK)]
    if not well_spelt(parts[0]):
        return DistrictTrace()
    code, told, read = (*parts, "", "")[:PARTS]
    sums = told.split()
    kind, *days = read.split() or [""]
    windows = tuple(window for each in days if (window := _window(each)))
    return DistrictTrace(
        code,
        dict(zip(COLUMNS, sums, strict=True)) if len(sums) == len(COLUMNS) else {},
        kind,
        windows if len(windows) == len(days) else (),
    )


def untouched(row: Row, header: str) -> bool:
    """Tell a cell of a district's row that nobody has changed since the district filled it."""
    known = of(row).sums.get(header)
    return known is not None and known == checksum(row.text(header))


def term(row: Row, read: Term) -> Term:
    """Return the term as the district read it, as long as nobody has touched the cell; else as it was read here.

    The years of the organisation's own plan say nothing of the district's days.
    """
    trace = of(row)
    if not trace.windows or not untouched(row, TERM):
        return read
    return replace(read, kind=trace.kind or read.kind, windows=trace.windows, flags=frozenset())


def status(row: Row) -> str:
    """Return what people marked; a row with a reason why it is not for them is not needed, unless it is done."""
    typed = row.text("Статус")
    return NOT_NEEDED if row.text(REASON) and typed != DONE else typed


def facts(row: Row) -> frozenset[str]:
    """Tell of a row that a district has handed it out."""
    return frozenset({FACT}) if of(row).code else frozenset()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _window(text: str) -> Window | None:
    start, stroke, end = text.partition(TO)
    try:
        window = Window(*(date.fromisoformat(each) if each else None for each in (start, end)))
    except ValueError:
        return None
    return window if stroke and (window.start or window.end) else None
