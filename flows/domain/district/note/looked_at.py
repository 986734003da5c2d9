"""What a municipal note is written from: figures added up over those who sent data, and who stands below what is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.district.debtors import debtors
from flows.domain.district.letting_out import CARD, indicator
from flows.domain.district.whole import Asked, wanted, whole
from flows.domain.monitoring.indicators.counting import DYNAMICS, ORDER
from flows.domain.monitoring.indicators.evidence import school_period
from flows.domain.monitoring.indicators.figure import PERCENT, UNITS, Figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from flows.domain.district.data import DistrictData, Measured
    from flows.domain.district.debtors import Debtor
    from flows.domain.district.figure_rows import FigureRow
    from flows.domain.district.members import Member
    from flows.domain.model import Activity
    from flows.domain.monitoring.indicators.method import Method
    from flows.domain.periods import Period
    from flows.domain.terms.reading import Window

FULL = Fraction(100)
# What the law or the model asks of every pair: no target has to be typed for it.
ALWAYS = frozenset({"M4", "M5"})
RETURNED = "M9"
# Shares of which «less than the district as a whole» says that something is to be done; coverage has no level.
JUDGED = frozenset({"M1", "M6", "M7", "M8", "M10", "M11", "M13", "M14"})


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the district with its rows by organisation: what is wanted of it, who stands below that.

    `limit` is in percent or pieces; `typed` tells a target of the tab from what the model asks of everybody. Without
    a limit an organisation is held against the district as a whole.
    """

    figure: Figure
    rows: Mapping[str, FigureRow]
    limit: Fraction | None = None
    typed: str = ""
    below: tuple[str, ...] = ()

    @property
    def reached(self) -> bool | None:
        """Tell whether the district has what is wanted; `None` where nothing is, or there is no figure."""
        value = self.figure.value
        return None if self.limit is None or value is None else value >= self.limit


@dataclass(frozen=True, slots=True)
class LookedAt:
    """All that the sections of a note look at."""

    data: DistrictData
    method: Method
    rows: tuple[Activity, ...]
    activity: Activity | None
    period: Period
    window: Window
    members: tuple[Member, ...]
    owing: tuple[Debtor, ...]
    compared: tuple[Compared, ...] = ()
    cut_off: date | None = None
    previous: Mapping[str, Any] | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def year(self) -> str:
        """Return the school year of the figures."""
        return periods.school_year(self.period.end)

    @property
    def counted(self) -> tuple[Member, ...]:
        """Return those whose data are in the note."""
        silent = {each.member.slug for each in self.owing if each.silent}
        return tuple(each for each in self.members if each.slug not in silent)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the figures of the district."""
        return tuple(each.figure for each in self.compared)

    def named(self, slugs: Sequence[str]) -> tuple[str, ...]:
        """Return what the organisations are called."""
        return tuple(self.names.get(slug, slug) for slug in slugs)


def looked_at(  # noqa: PLR0913, PLR0917 - all that a note is written from
    data: DistrictData,
    method: Method,
    rows: Sequence[Activity],
    window: Window,
    activity: Activity | None = None,
    start: date | None = None,
) -> LookedAt:
    """Count for a window, from those who sent data since its start; `start` is the first day of the plan."""
    last = window.end or window.start
    assert last is not None
    members, owing = data.taking_part(last), debtors(data, rows, window)
    silent = {each.member.slug for each in owing if each.silent}
    told = LookedAt(
        data, method, tuple(rows), activity, school_period(last, start), window, members, owing,
        names={each.slug: each.name for each in data.members},
    )  # fmt: skip
    own = [row for each in members if each.slug not in silent for row in data.of_member(told.year, each.slug)]
    cut_off = max((row.day for row in own if row.day), default=None)
    return replace(told, compared=_compared(told, own, cut_off), cut_off=cut_off)


def _compared(told: LookedAt, own: Sequence[FigureRow], cut_off: date | None) -> tuple[Compared, ...]:
    specs = {code: told.method.specs[code].name for code in ORDER if code in told.method.specs}
    slugs = [each.slug for each in told.counted]
    asked = Asked(told.year, slugs, cut_off or told.period.end, {})
    found = []
    for code, (name, rows) in wanted(specs, own).items():
        figure = _figure(whole(code, name, rows, asked), rows, told, cut_off)
        found.append(_held_against(figure, rows, told.data.measured.get(indicator(code)), told.method))
    return tuple(found)


def _figure(row: FigureRow, rows: Mapping[str, FigureRow], told: LookedAt, cut_off: date | None) -> Figure:
    unit = UNITS.get(indicator(row.code), PERCENT)
    there = tuple(each.slug for each in told.counted if each.slug in rows and _adds(rows[each.slug]))
    others = tuple(each.slug for each in told.members if each.slug not in there)
    shown = Figure(
        row.code,
        row.name,
        row.text,
        unit=unit,
        rows=there,
        others=others,
        period=told.period,
        cut_off=cut_off,
    )
    if row.part is None:
        return replace(shown, missing=row.text)
    share = row.part / row.of * 100 if row.of else None
    return replace(
        shown,
        numerator=row.part,
        denominator=row.of,
        value=share if unit == PERCENT else row.part,
    )


def _adds(row: FigureRow) -> bool:
    return row.known and not row.otherwise


def _held_against(
    figure: Figure, rows: Mapping[str, FigureRow], measured: Measured | None, method: Method
) -> Compared:
    typed, code = measured.target if measured else "", indicator(figure.code)
    limit = measured.wanted if measured else None
    if limit is None and not typed:
        limit = FULL if code in ALWAYS else Fraction(method.rules.return_from) if code == RETURNED else None
    if code in {CARD, DYNAMICS}:
        return Compared(figure, rows, None, typed)
    bar = limit if limit is not None else figure.value if code in JUDGED else None
    below = tuple(
        slug
        for slug in figure.rows
        if bar is not None and (value := value_of(rows[slug], figure.unit)) is not None and value < bar
    )
    return Compared(figure, rows, limit, typed, below)


def value_of(row: FigureRow, unit: str = PERCENT) -> Fraction | None:
    """Return an organisation's figure in percent or pieces, nothing where there is none."""
    if row.part is None:
        return None
    if unit != PERCENT:
        return row.part
    return row.part / row.of * 100 if row.of else None
