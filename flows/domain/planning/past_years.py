"""What a past school year still owes: it is asked for, once for the whole plan, and never made from the people of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue import record
from flows.domain.model import Origin, Problem, Severity
from flows.domain.roadmap.activities import PROOF
from flows.domain.statuses import SETTLED
from flows.domain.tabs import ROADMAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from flows.domain.model import Facts
    from flows.domain.planning.wanted import Wanted
    from flows.domain.terms.reading import Window

MOST = 12
CELL = f"прошлый учебный год: если издан, впишите номер и дату в «{PROOF}»"


def past(wanted: Wanted, facts: Facts) -> bool:
    """Tell a paper whose days and whose school year are over. A journal only lists what is registered: it is no such paper."""
    if wanted.kind.id in _journals() or wanted.window is None:
        return False
    return closed(wanted.window, facts.today) and of_past_year(wanted.year or wanted.period, facts.today)


def of_past_year(period: str, today: date) -> bool:
    """Tell a school year that is over, as a key spells it."""
    year = periods.parse(period)
    return year is not None and year.end < today


def closed(window: Window, today: date) -> bool:
    """Tell a window that ended before today's school year."""
    year = periods.parse(periods.school_year(today))
    return year is not None and window.end is not None and window.end < year.start


def question(papers: Iterable[Wanted], facts: Facts) -> Problem | None:
    """Ask once for all that past years owe, by the rows' numbers; rows that are settled or tell a paper owe nothing."""
    owed = {
        row.code: row.number.rstrip(". ") or row.code
        for paper in papers
        for row in paper.activities
        if row.status not in SETTLED and not row.proof
    }
    if not owed:
        return None
    said = (
        f"За прошлые учебные годы дорожная карта обещала документы, которых нет в «Документах»: пункты {_listed(list(owed.values()))}. "
        f"Программа их не готовит: люди и пары теперь другие. Изданы ли они? Впишите номер и дату в «{PROOF}» строки; "
        "если изданы все или не нужны, ответьте «да»."
    )
    place = Origin(tab=ROADMAP, column=PROOF)
    return Problem(Severity.QUESTION, "past-years", place, said, subject=periods.school_year(facts.today))


def _listed(numbers: Sequence[str]) -> str:
    tail = f" и ещё {len(numbers) - MOST}" if len(numbers) > MOST else ""
    return ", ".join(numbers[:MOST]) + tail


def _journals() -> frozenset[str]:
    return frozenset(kind.journal for kind in record.kinds().values() if kind.journal)
