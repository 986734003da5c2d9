"""What can be told today: the tabs each kind of paper stands on, and the filed papers of which nothing can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.model import Origin, Problem, Severity
from flows.domain.monitoring.gathering import TABS
from flows.domain.planning import past_years
from flows.domain.planning.due import undated, windows_of
from flows.domain.row_codes import well_spelt
from flows.domain.statuses import NOT_NEEDED, OVER, STOPPING
from flows.domain.tabs import DECLENSIONS, MEETINGS, MENTEES, MENTORS, PAIRS, ROADMAP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Filed
    from flows.domain.planning.wanted import Doubts

PEOPLE = frozenset({MENTORS, MENTEES, PAIRS})
ABOUT_PERSON = frozenset({"mentor", "mentee", "participant"})
PAIR = "П-"


def needs(kind: Kind) -> frozenset[str]:
    """Name the tabs without which nothing can be said about papers of a kind; forms of names stand in every paper.

    What only a row of the roadmap calls for stands on the roadmap too.
    """
    if kind.needs:
        return frozenset(kind.needs)
    if kind.subject == "event":
        return PEOPLE | {ROADMAP, MEETINGS, DECLENSIONS} | (TABS if kind.closes else frozenset())
    unasked = kind.forced and kind.subject in ABOUT_PERSON | {"pair"}
    return PEOPLE | {DECLENSIONS} | (frozenset() if unasked else {ROADMAP})


def kept(facts: Facts, kinds: Mapping[str, Kind], doubts: Doubts) -> Iterator[Problem]:
    """Say of each tab that could not be read which papers are left as they are until it can."""
    living = {row.kind for row in facts.register if row.state not in OVER}
    for tab in sorted(doubts.tabs):
        titles = [kind.title for kind in kinds.values() if kind.id in living and tab in needs(kind)]
        if titles:
            told = f"Вкладка «{tab}» не прочитана, поэтому документы, которым нужны её строки, оставлены как есть: {'; '.join(titles)}. Исправьте вкладку: они обновятся сами."
            yield Problem(Severity.NOTE, "kept-unread", Origin(tab=tab), told)


def silent(facts: Facts, kinds: Mapping[str, Kind], doubts: Doubts) -> frozenset[str]:
    """Return the keys of filed papers of which no plan can tell whether they are still called for.

    A roadmap row without a readable day is in doubt too: it still calls for its papers. So is a row whose term gives
    a day to some kinds only: «постоянно» dates a register, but no minutes. Nothing becomes superfluous because its
    school year or the years of the plan are over.
    """
    if periods.over(facts.period, facts.today):
        return frozenset(row.key for row in facts.register)
    asking = [row for row in facts.activities if row.status != NOT_NEEDED]
    rows = [row for row in asking if in_doubt(row, facts, doubts)]
    shared = frozenset(kind for row in rows for kind in row.documents)
    harmed = (pair for pair in facts.pairs if doubts.codes & {*pair.codes, pair.mentor, *pair.mentees})
    codes = doubts.codes | {row.code for row in rows} | {code for pair in harmed for code in pair.codes}
    dateless = {
        (row.code, kind)
        for row in asking
        for kind in row.documents
        if kind in kinds and not windows_of(row, facts, kinds[kind], frozenset())
    }
    return frozenset(
        row.key
        for row in facts.register
        if row.kind in doubts.kinds
        or past_years.of_past_year(row.parts.period, facts.today)
        or (row.parts.about, row.kind) in dateless
        or _untold(row, kinds.get(row.kind), codes, shared)
    )


def in_doubt(activity: Activity, facts: Facts, doubts: Doubts) -> bool:
    """Tell a roadmap row of which nobody can say today when its papers are due."""
    wrong = activity.code in doubts.codes or bool(activity.term.flags & STOPPING)
    return wrong or undated(activity, facts)


def _untold(row: Filed, kind: Kind | None, codes: frozenset[str], shared: frozenset[str]) -> bool:
    """Tell whether a filed paper speaks of a row that is in doubt, or is of a kind the catalogue no longer makes.

    A code that somebody typed over may have been anybody's: then no paper about one row is superfluous.
    """
    if kind is None or not kind.made:
        return True
    if kind.subject in ABOUT_PERSON and any(code.startswith(PAIR) for code in codes):
        return True
    if kind.subject != "organisation" and not all(map(well_spelt, codes)):
        return True
    subject = row.parts.about
    return (
        subject in codes
        or bool(codes & set(row.covers))
        or (kind.subject == "organisation" and row.kind in shared)
    )
