"""A plan without any dates in the book: terms are proposed beside it, and a person takes them over, one by one or all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.domain.model import Origin, Problem, Severity
from flows.domain.roadmap.proposed_terms import Proposal, propose
from flows.domain.tabs import ROADMAP
from flows.domain.terms.printing import say
from flows.domain.terms.reading import Term, Window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.columns.system_columns import Cells
    from flows.domain.model import Activity, Row
    from flows.domain.periods import Period

HEADER = "⚙ Предложение системы"
CODE = "no-dates"
UNDATED = frozenset({"empty", "unreadable"})


def proposals(activities: Sequence[Activity], rows: Sequence[Row], year: Period | None) -> dict[str, Proposal]:
    """Propose a term for every row of a plan that has none, by the row's code; nothing without a school year.

    Once people have taken over some of the terms, the other rows keep theirs until they get their own.
    """
    if year is None:
        return {}
    offered = {row.code for row in rows if row.text(HEADER)}
    whole = {each.code: each for each in propose(activities, year)}
    single = {each.code: propose([each], year) for each in activities if each.code in offered and each.term.kind == "empty"}
    found = whole or {code: told[0] for code, told in single.items() if told}
    return {code: replace(each, windows=tuple(_within(window, year) for window in each.windows)) for code, each in found.items()}


def _within(window: Window, year: Period) -> Window:
    """Let what begins before the school year have only its last day: the plan's own period begins with the year."""
    return Window(None, window.end) if window.start and window.start < year.start else window


def shown(proposal: Proposal) -> str:
    """Spell a proposal as its cell shows it: a term that can be copied, and the reason below."""
    return "\n".join(("; ".join(map(say, proposal.windows)), proposal.reason))


def cells(rows: Sequence[Row], found: Mapping[str, Proposal], year: Period | None) -> dict[int, str]:
    """Say what the proposal's column holds, by row as people number it; nothing while the school year is not known."""
    return {row.origin.row: shown(found[row.code]) if row.code in found else "" for row in rows} if year else {}


def question(activities: Sequence[Activity], found: Mapping[str, Proposal], year: Period | None) -> tuple[Problem, ...]:
    """Ask once whether all that is proposed is taken over."""
    if not found or year is None:
        return ()
    which = "В дорожной карте нет ни одного срока" if len(found) == len(activities) else "У части строк дорожной карты нет срока"
    told = f"{which}, поэтому документы по ним не готовятся. Предложенные сроки стоят в столбце «{HEADER}»: перенесите подходящие в «Срок (как в документе)» или ответьте «да», чтобы принять все."
    proposal = "\n".join(f"{each.number or each.code}: {'; '.join(map(say, found[each.code].windows))}" for each in activities if each.code in found)
    printed = f"{year.start.year}-{year.end.year} учебный год"
    return (Problem(Severity.QUESTION, CODE, Origin(activities[0].origin.book, ROADMAP, 0, ""), told, proposal, printed),)


def taken(activities: Sequence[Activity], found: Mapping[str, Proposal]) -> tuple[Activity, ...]:
    """Read the rows as if each had the term proposed to it."""
    return tuple(
        replace(each, term=Term("dated", found[each.code].windows, frozenset({"proposed"}), each.printed_term)) if each.code in found else each
        for each in activities
    )  # fmt: skip


def beside(states: Cells, offers: Mapping[int, str]) -> Cells:
    """Add the column of proposals to what the tab's other columns say, by row as people number it."""
    return {row: {**states.get(row, {}), **({HEADER: offers[row]} if row in offers else {})} for row in {**states, **offers}}
