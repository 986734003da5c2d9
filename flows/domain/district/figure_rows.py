"""Rows of the district's «Мониторинг»: a figure of one organisation spelled into cells, and read back from them.

What stands in the tab is all that the district knows: its own sum is counted from these rows, also from those that an
organisation sent before its book was lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from flows.domain.district.letting_out import TOO_FEW, indicator
from flows.domain.keys import FigureKey
from flows.domain.monitoring.indicators.figure import exact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flows.domain.model import Cell, Row
    from flows.domain.monitoring.indicators.figure import Figure, Number

PERIOD, WHOSE, WHICH, VALUE = "Период", "Организация", "Показатель", "Значение"
PART, OF, ROWS, WHY, EXPLAINED = (
    "Числитель",
    "Знаменатель",
    "Строки",
    "Не вошли и почему",
    "Пояснение ОО",
)
DAY, KEY = "⚙ Получено", "⚙ Ключ"
WHOLE, OF_DISTRICT = "-", "Всего по району"
EARLY, OTHERWISE = "рано", "считает иначе"
NUMBERED = re.compile(r"([А-ЯЁ])-(\d+)")
LONGEST, PLACES, PAIR = 8000, 10_000, 2
SMALL = TOO_FEW.partition("{")[0]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as its row tells it; numbers are `None` where there is no figure, and `why` says then why."""

    period: str  # «2026-2027»
    slug: str  # of the organisation, `WHOLE` for the district
    code: str  # M4, M12:климат
    name: str
    text: str
    part: Fraction | None
    of: Fraction | None
    rows: str  # codes counted in the numerator, shortened
    why: str
    day: date | None
    explained: str = ""  # «Пояснение ОО»

    @property
    def key(self) -> str:
        """The key of the row: «2026-2027/malysh/M4»."""
        return str(FigureKey(self.period, self.slug, self.code))

    @property
    def known(self) -> bool:
        """Tell whether there is a number."""
        return self.part is not None

    @property
    def otherwise(self) -> bool:
        """Tell a figure that is counted in another way than the district counts: it may not be added."""
        return self.why.startswith(OTHERWISE)

    @property
    def early(self) -> bool:
        """Tell a figure for which nothing but time is missing."""
        return not self.known and self.text.startswith(EARLY)

    @property
    def withheld(self) -> bool:
        """Tell a figure that is kept back because too few answered."""
        return not self.known and self.why.startswith(SMALL)


def number(value: Number | None) -> str:
    """Spell a number exactly: «4», «8,7», «26/3»; nothing for none."""
    if value is None:
        return ""
    told = exact(value)
    if told.denominator == 1:
        return str(told.numerator)
    if PLACES % told.denominator:
        return f"{told.numerator}/{told.denominator}"
    return f"{float(told):.4f}".rstrip("0").replace(".", ",")


def read_number(text: str) -> Fraction | None:
    """Read what `number` spelled; nothing for what is none."""
    try:
        return Fraction(text.replace(" ", "").replace(",", ".")) if text else None
    except (ValueError, ZeroDivisionError):
        return None


def shortened(codes: Sequence[str]) -> str:
    """Write codes in a row, neighbours as a span: «П-001–П-004, П-007»; a row too long for a cell is only counted."""
    spans: list[list[str]] = []
    for code in codes:
        if spans and _follows(spans[-1][-1], code):
            spans[-1].append(code)
        else:
            spans.append([code])
    told = ", ".join(f"{own[0]}–{own[-1]}" if len(own) > PAIR else ", ".join(own) for own in spans)
    return told if len(told) <= LONGEST else f"строк: {len(codes)}"


def _follows(one: str, two: str) -> bool:
    first, second = NUMBERED.fullmatch(one), NUMBERED.fullmatch(two)
    return bool(first and second and first[1] == second[1] and int(second[2]) == int(first[2]) + 1)


def row_of(figure: Figure, period: str, slug: str, day: date, otherwise: str = "") -> FigureRow:
    """Return the row of an organisation's figure; `otherwise` says how it counts where the district counts in another way."""
    text = figure.text
    if not figure.known:
        text = f"{EARLY}: {figure.missing}" if figure.early else figure.text
        return FigureRow(period, slug, figure.code, figure.name, text, None, None, "", figure.missing, day)
    why = (
        f"{OTHERWISE}: {otherwise}" if otherwise else "",
        f"не в числителе: {shortened(sorted(figure.others))}" if figure.others else "",
        *figure.remarks,
    )
    return FigureRow(
        period, slug, figure.code, figure.name, text,
        exact(figure.numerator) if figure.numerator is not None else None,
        exact(figure.denominator) if figure.denominator is not None else None,
        shortened(sorted(figure.rows)), "; ".join(each for each in why if each), day,
    )  # fmt: skip


def cells(row: FigureRow, organisation: str) -> dict[str, Cell]:
    """Spell a row for the tab; people's column is not among its cells."""
    return {
        PERIOD: row.period,
        WHOSE: organisation,
        WHICH: f"{indicator(row.code)}. {row.name}",
        VALUE: row.text,
        PART: number(row.part),
        OF: number(row.of),
        ROWS: row.rows,
        WHY: row.why,
        DAY: row.day,
        KEY: row.key,
    }


UNCOUNTED: Mapping[str, Cell] = {VALUE: "не считается", PART: "", OF: "", ROWS: "", WHY: "данных больше нет"}


def read(row: Row) -> FigureRow | None:
    """Read a row of the tab; nothing where its key is spoilt."""
    key = FigureKey.parse(row.text(KEY))
    if not (key.period and key.slug and key.code):
        return None
    return FigureRow(
        key.period, key.slug, key.code, row.text(WHICH).partition(". ")[2], row.text(VALUE),
        read_number(row.text(PART)), read_number(row.text(OF)), row.text(ROWS), row.text(WHY),
        row.day(DAY), row.text(EXPLAINED),
    )  # fmt: skip


def in_tab(rows: Mapping[str, Row]) -> dict[str, FigureRow]:
    """Read the rows of the tab by their keys; what is spoilt is left out."""
    found = {name: read(row) for name, row in rows.items()}
    return {name: row for name, row in found.items() if row is not None}
