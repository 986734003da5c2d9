"""Журнал протоколов: зарегистрированные за учебный год и вписанные в «Педсоветы», по порядку дней; августовский педсовет открывает новый год."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue.record import of
from flows.domain.councils.seasons import year_of
from flows.domain.documents.common import common
from flows.domain.documents.kinds.journal_orders import entered, lines

if TYPE_CHECKING:
    from datetime import date

    from flows.domain.model import Context, Facts

KIND = "journal.protocols"
COUNCIL = "Протокол педагогического совета"


def build(facts: Facts) -> Context:
    """Return the journal's context: one school year, that of the window; numbers and days are only those that people typed."""
    end = facts.window.end if facts.window else None
    year = periods.school_year(end) if end else facts.organisation.school_year
    rows = lines(row for row in entered(facts, KIND) if row.day and year_of(row.day) == year)
    known = {(row["номер"], row["дата"]) for row in rows}
    typed = [
        (each.protocol, each.protocol_day, each.topic)
        for each in facts.councils
        if each.protocol and each.protocol_day and year_of(each.protocol_day) == year
    ]
    rows += [
        {
            "название": f"{COUNCIL}: {topic}" if topic else COUNCIL,
            "номер": number,
            "дата": day,
            "отметка": None,
            "подписал": None,
        }
        for number, day, topic in typed
        if (number, day) not in known
    ]
    rows.sort(key=_day)
    return {
        **common(facts, KIND),
        "записи": rows,
        "заголовок": f"{of(KIND).heading} за {year.replace('-', '/')} учебный год",
        "год": None,
    }


def _day(row: Context) -> date:
    day: date = row["дата"]
    return day
