"""The district's own figures: numerators and denominators of the organisations added up, never a mean of percents.

What may not be added stands with the reason in words, and so does every organisation that is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from flows.domain.district.figure_rows import EARLY, LONGEST, OTHERWISE, WHOLE, FigureRow, number
from flows.domain.district.letting_out import CARD, indicator
from flows.domain.monitoring.indicators.counting import DYNAMICS
from flows.domain.monitoring.indicators.figure import COUNT, UNITS, part_text
from flows.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOT_SUMMED = "не складывается: {why}"
OF_CARD = "у каждой организации своя карта и свои уровни, сумма баллов ничего не значит"
GREW = "выросло у {told}"
OF_DYNAMICS = "средние не складываются: анкеты и шкалы у организаций разные"
SILENT = "данных нет"
NOBODY, TOO_EARLY = "нет данных: показателя нет ни у одной организации", f"{EARLY}: {{why}}"
LEVEL = "уровень: "


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure of the district is wanted: for which period, from which organisations, on which day.

    `silent` says of organisations without any row why there is none.
    """

    period: str
    slugs: Sequence[str]
    day: date
    silent: Mapping[str, str]


def whole(code: str, name: str, rows: Mapping[str, FigureRow], asked: Asked) -> FigureRow:
    """Add up one indicator over the organisations that have it; `rows` are its rows by organisation."""
    counted = {slug: rows[slug] for slug in asked.slugs if slug in rows and _counts(rows[slug])}
    left_out = [(slug, _why(slug, rows, asked)) for slug in asked.slugs if slug not in counted]
    if indicator(code) == CARD:
        return _by_levels(code, name, counted, left_out, asked)
    if not counted:
        return _row(code, name, _nobody(rows, asked), asked, why=_listed(left_out))
    part = sum((each.part or Fraction() for each in counted.values()), Fraction())
    of = sum((each.of or Fraction() for each in counted.values()), Fraction())
    text = number(part) if UNITS.get(indicator(code)) == COUNT or not of else part_text(part, of)
    words = [*_stale(counted, asked.day)]
    if indicator(code) == DYNAMICS:
        text, words = GREW.format(told=text), [OF_DYNAMICS, *words]
    why = "; ".join([*words, *([_listed(left_out)] if left_out else [])])
    return _row(code, name, text, asked, (part, of or None), _rows(counted), why)


def _counts(row: FigureRow) -> bool:
    """Tell a figure that may be added: of its own kind, with a whole of its own, or a mere count."""
    counted = UNITS.get(indicator(row.code)) == COUNT or bool(row.of)
    return row.known and not row.otherwise and counted


def _nobody(rows: Mapping[str, FigureRow], asked: Asked) -> str:
    """Say why there is no figure at all: where nothing but time is missing anywhere, that it is early."""
    own = [rows[slug] for slug in asked.slugs if slug in rows]
    if own and len(own) == len(asked.slugs) and all(each.early for each in own):
        return TOO_EARLY.format(why=own[0].why)
    return NOBODY


def _why(slug: str, rows: Mapping[str, FigureRow], asked: Asked) -> str:
    row = rows.get(slug)
    if row is None:
        return asked.silent.get(slug) or SILENT
    return OTHERWISE if row.otherwise else row.why or row.text


def _listed(left_out: Sequence[tuple[str, str]]) -> str:
    """Name the organisations that are not counted, those of one reason together."""
    by_reason: dict[str, list[str]] = {}
    for slug, why in left_out:
        by_reason.setdefault(why, []).append(slug)
    told = (f"{', '.join(slugs)} – {why}" for why, slugs in by_reason.items())
    return f"не посчитаны: {'; '.join(told)}" if left_out else ""


def _stale(counted: Mapping[str, FigureRow], day: date) -> list[str]:
    """Name the organisations whose figures are of an earlier day: their books could not be read since.

    It may be yesterday in an organisation that lies further west.
    """
    old = [
        f"{slug} на {row.day:%d.%m.%Y}"
        for slug, row in counted.items()
        if row.day and day - row.day > timedelta(days=1)
    ]
    return [f"данные прежние: {', '.join(old)}"] if old else []


def _rows(counted: Mapping[str, FigureRow]) -> str:
    """Say whose rows stand behind the sum; where they are too many for a cell, how many organisations."""
    told = "; ".join(f"{slug}: {row.rows}" if row.rows else slug for slug, row in counted.items())
    return told if len(told) <= LONGEST else "; ".join(counted)


def _by_levels(
    code: str, name: str, counted: Mapping[str, FigureRow], left_out: Sequence[tuple[str, str]], asked: Asked
) -> FigureRow:
    """Say of the score card how many organisations stand on which level, instead of a sum."""
    levels: dict[str, list[str]] = {}
    for slug, row in counted.items():
        levels.setdefault(row.text.partition(LEVEL)[2] or "уровень не назван", []).append(slug)
    told = "; ".join(f"{level} – {len(slugs)} ({', '.join(slugs)})" for level, slugs in levels.items())
    why = "; ".join(each for each in (told, *_stale(counted, asked.day), _listed(left_out)) if each)
    text = NOT_SUMMED.format(why=OF_CARD) if counted else _nobody({}, asked)
    return _row(code, name, text, asked, rows=", ".join(counted), why=why)


def _row(  # noqa: PLR0913, PLR0917 - a row is flat
    code: str,
    name: str,
    text: str,
    asked: Asked,
    numbers: tuple[Fraction | None, Fraction | None] = (None, None),
    rows: str = "",
    why: str = "",
) -> FigureRow:
    return FigureRow(asked.period, WHOLE, code, name, text, *numbers, rows, why, asked.day)


def wanted(
    specs: Mapping[str, str], rows: Sequence[FigureRow]
) -> dict[str, tuple[str, dict[str, FigureRow]]]:
    """Sort rows by figure: of each indicator its name and rows by organisation; M12 has one figure for each criterion.

    A criterion is one however it is cased and spaced; an organisation that has none of M12's criteria is asked by M12 itself.
    """
    found: dict[str, tuple[str, dict[str, FigureRow]]] = {code: (name, {}) for code, name in specs.items()}
    spelled: dict[str, str] = {}
    for row in rows:
        code = spelled.setdefault(fold(row.code), row.code)
        found.setdefault(code, (row.name, {}))[1][row.slug] = row
    criteria = [code for code in found if code.startswith(f"{DYNAMICS}:")]
    for code in criteria:
        bare = {slug: row for slug, row in found.get(DYNAMICS, ("", {}))[1].items() if not row.known}
        found[code] = found[code][0], bare | found[code][1]
    if criteria:
        found.pop(DYNAMICS, None)
    return found
