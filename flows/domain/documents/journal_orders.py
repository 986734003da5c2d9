"""Журнал приказов: зарегистрированные за календарный год, по порядку дней."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import cited, common, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Context, Facts, Filed

KIND = "journal.orders"
SUBJECT = "organisation"
HEADING = "Журнал регистрации приказов"


def build(facts: Facts) -> Context:
    """Return the journal's context: one calendar year, that of the window; numbers and days are only those that people typed."""
    end = facts.window.end if facts.window else None
    rows = [row for row in in_force(facts) if row.kind.startswith("order.") and row.day and (end is None or row.day.year == end.year)]
    year = f" за {end.year} год" if end else ""
    return {**common(facts, KIND, HEADING), "записи": cited(in_order(rows)), "заголовок": f"{HEADING}{year}", "год": end.year if end else None}


def in_order(rows: Iterable[Filed]) -> list[Filed]:
    """Return registered papers by their days, papers of one day by their numbers: 9 before 26/1, 26 before 26/1."""
    return sorted(rows, key=lambda row: (row.day.toordinal() if row.day else 0, [int(part) for part in "".join(sign if sign.isdigit() else " " for sign in row.number).split()], row.number))
