"""The figure every indicator gives: a share, a mean or a count with the rows behind it, or an honest «нет данных»."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.domain.periods import Period

PERCENT, POINTS, COUNT = "%", "балл", "шт."
UNITS = {"M12": POINTS, "M15": COUNT, "M16": POINTS}
Number = int | float | Fraction


@dataclass(frozen=True, slots=True)
class Scope:
    """What a note looks at: days from `period.start` to `period.end`, data known up to `limit`.

    `last_entry` is the last day about which anybody wrote anything inside the scope; `None` when there is none at all.
    """

    period: Period
    limit: date
    last_entry: date | None = None

    @property
    def cut_off(self) -> date:
        """Return the day up to which everything is counted, silence too: the earlier of the limit and the period's end."""
        return min(self.limit, self.period.end)

    def holds(self, day: date | None) -> bool:
        """Tell whether a day lies in the period and was known by the cut-off."""
        return day is not None and self.period.start <= day <= self.cut_off


@dataclass(frozen=True, slots=True)
class Spec:
    """An indicator as `config/monitoring.toml` states it: code, name, formula and source of its data in words.

    One that is about the staff alone says nothing where no worker takes part. Its unit comes from how it is counted.
    """

    code: str
    name: str
    formula: str = ""
    data: str = ""
    workers: bool = False

    @property
    def unit(self) -> str:
        """Return the unit of its figures: percent, but for means, sums and counts."""
        return UNITS.get(self.code, PERCENT)


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator counted: `rows` are the codes counted in the numerator, `others` the rest of the denominator.

    `value` is in `unit` (percent, points or pieces). When there is nothing to count from, `missing` says why and
    `text` reads «нет данных: …»; when too few answered, `value` alone is withheld. It is too `early` for a figure
    when nothing but time is missing: there is nothing for people to type.
    """

    code: str
    name: str
    text: str
    numerator: Number | None = None
    denominator: Number | None = None
    value: Fraction | None = None
    unit: str = PERCENT
    rows: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    period: Period | None = None
    cut_off: date | None = None
    missing: str = ""
    early: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Tell whether there were data; the mean itself may still be withheld (`value` is then `None`)."""
        return not self.missing


def exact(value: Number) -> Fraction:
    """Return the number as it is written: 8.3 is 83/10, not its binary neighbour."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def decimal(value: Number, places: int = 1) -> str:
    """Write a number the way a Russian paper does: a comma, halves rounded up."""
    told = exact(value)
    quantum = Decimal(1).scaleb(-places)
    rounded = (Decimal(told.numerator) / Decimal(told.denominator)).quantize(quantum, ROUND_HALF_UP)
    return f"{rounded + 0:f}".replace(".", ",").replace("-", "−")


def plain(value: Number) -> str:
    """Write a number without needless decimals: 12, 7,5."""
    return str(int(value)) if exact(value).denominator == 1 else decimal(value)


def part_text(part: Number, whole: Number) -> str:
    """Write a share with both its numbers: «4 из 5 (80,0 %)»."""
    return f"{plain(part)} из {plain(whole)} ({decimal(Fraction(part) / Fraction(whole) * 100)} %)"


def absent(spec: Spec, scope: Scope, why: str, *, early: bool = False) -> Figure:
    """Say that there is nothing to count from, and why; `early` when only time will tell."""
    return Figure(
        spec.code,
        spec.name,
        f"нет данных: {why}",
        unit=spec.unit,
        period=scope.period,
        cut_off=scope.cut_off,
        missing=why,
        early=early,
    )


def share(spec: Spec, scope: Scope, counted: Sequence[str], among: Sequence[str]) -> Figure:
    """Count a share from the codes of the rows; `among` holds the whole denominator, not empty."""
    chosen = frozenset(counted)
    others = tuple(code for code in among if code not in chosen)
    figure = ratio(spec, scope, len(counted), len(among))
    return replace(figure, rows=tuple(counted), others=others)


def ratio(spec: Spec, scope: Scope, part: Number, whole: Number) -> Figure:
    """Count a share of two numbers; the whole is above zero."""
    return Figure(
        spec.code, spec.name, part_text(part, whole), part, whole, Fraction(part) / Fraction(whole) * 100,
        PERCENT, period=scope.period, cut_off=scope.cut_off,
    )  # fmt: skip


def mean(values: Sequence[Number]) -> Fraction:
    """Return the exact mean of at least one value."""
    return sum((exact(value) for value in values), Fraction()) / len(values)


def days(day: date | None) -> str:
    """Write a day the way the papers do, «—» when there is none."""
    return f"{day:%d.%m.%Y}" if day else "—"


def signed(value: Fraction) -> str:
    """Write a change with its sign."""
    shown = decimal(value)
    return f"+{shown}" if value > 0 else shown
