"""Журнал приказов: зарегистрированные за календарный год, по порядку дней."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.catalogue.record import of
from flows.domain.documents.common import cited, common
from flows.domain.statuses import OVER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from flows.domain.model import Context, Facts, Filed

KIND = "journal.orders"


def build(facts: Facts) -> Context:
    """Return the journal's context: one calendar year, that of the window; numbers and days are only those that people typed."""
    end = facts.window.end if facts.window else None
    rows = [row for row in entered(facts, KIND) if end is None or (row.day and row.day.year == end.year)]
    year = f" за {end.year} год" if end else ""
    return {
        **common(facts, KIND),
        "записи": lines(rows),
        "заголовок": f"{of(KIND).heading}{year}",
        "год": end.year if end else None,
    }


def entered(facts: Facts, journal: str) -> list[Filed]:
    """Return what was ever entered in a journal with a number or a day, each once: a cancelled paper keeps its line, a final stands for its draft."""
    told = [row for row in facts.register if of(row.kind).journal == journal and row.registered and row.day]
    entries: dict[tuple[str, str, date | None], Filed] = {}
    for row in sorted(told, key=lambda row: row.version):
        entry = row.key, row.number, row.day
        signed_by = row.signed_by or (entries[entry].signed_by if entry in entries else "")
        entries[entry] = replace(row, signed_by=signed_by)
    return list(entries.values())


def lines(rows: Iterable[Filed]) -> list[Context]:
    """Return the journal's lines in their order, with a mark on what is no longer in force."""
    ordered = in_order(rows)
    return [
        {**told, "отметка": row.state if row.state in OVER else None, "подписал": row.signed_by or None}
        for row, told in zip(ordered, cited(ordered), strict=True)
    ]


def in_order(rows: Iterable[Filed]) -> list[Filed]:
    """Return registered papers by their days, papers of one day by their numbers: 9 before 26/1, 26 before 26/1."""
    return sorted(
        rows,
        key=lambda row: (
            row.day.toordinal() if row.day else 0,
            [int(part) for part in "".join(sign if sign.isdigit() else " " for sign in row.number).split()],
            row.number,
        ),
    )
