"""How the rows that a district handed out stand in an organisation: by its states, its register and its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain.catalogue.record import of
from flows.domain.district.handing import SENT, WITHDRAWN
from flows.domain.district.registers import by_title
from flows.domain.district.returns import (
    IN_QUESTION,
    IN_WORK,
    NOT_BEGUN,
    NOT_FOR_US,
    OVERDUE,
    ROW_REMOVED,
    RowState,
)
from flows.domain.model import NO_ROW
from flows.domain.roadmap import district_trace
from flows.domain.roadmap.district_trace import REASON
from flows.domain.statuses import DONE, NOT_NEEDED, SETTLED, STOPPING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from flows.domain.district.handing import Handed
    from flows.domain.district.nameless import Nameless
    from flows.domain.model import Activity, Facts, Filed, Row

DAY = "Дата выполнения"
UNTOLD = "причина не указана"
BY_REGISTER = "документы зарегистрированы"
NAMING = "пояснение называет людей, оно в книге организации"


@dataclass(frozen=True, slots=True)
class Standing:
    """What tells how handed rows stand: the roadmap's rows as people see them, papers by row code, what is remembered.

    `known` says of each row of the district that was laid here what became of it; `can_lay` whether the tab can hold
    such rows at all: an older book cannot, nor one without the column. `titles` name kinds of papers, `nameless` keeps names in.
    """

    rows: Sequence[Row]
    papers: Mapping[str, Sequence[Filed]]
    known: Mapping[str, str]
    can_lay: bool
    titles: Mapping[str, str]
    nameless: Nameless


def row_states(handed: Iterable[Handed], facts: Facts, standing: Standing) -> tuple[RowState, ...]:
    """Tell of each row that still stands in the district how it stands here; of a withdrawn one nothing."""
    bound = {code: row for row in reversed(standing.rows) if (code := district_trace.of(row).code)}
    activities = {each.code: each for each in facts.activities}
    states: list[RowState] = []
    for each in handed:
        if each.state != SENT:
            continue
        row = bound.get(each.code, NO_ROW)
        activity = activities.get(row.code)
        if activity is not None:
            states.append(_state(each, activity, row, facts.today, standing))
        elif standing.can_lay:  # where the tab holds no such rows, nothing can be said of them
            laid = standing.known.get(each.code, "") not in {"", WITHDRAWN}
            # What is not laid though it can be waits for an answer: there is a row like it.
            states.append(RowState(each.code, ROW_REMOVED if laid else IN_QUESTION))
    return tuple(states)


def _state(handed: Handed, activity: Activity, row: Row, today: date, standing: Standing) -> RowState:
    papers = standing.papers.get(activity.code, ())
    state, day, word = _told(handed, activity, row, papers, today)
    return RowState(
        row=handed.code,
        state=state,
        done=day,
        papers=by_title(papers, standing.titles),
        word=standing.nameless(word, NAMING),
        own=activity.code,
        submits=any(of(kind).for_district for kind in activity.documents),
    )


def _told(
    handed: Handed, activity: Activity, row: Row, papers: Sequence[Filed], today: date
) -> tuple[str, date | None, str]:
    """Return the state, the day it was done and the organisation's word. What people typed wins over the register."""
    reason = row.text(REASON)
    if activity.status == DONE:
        return DONE, row.day(DAY) or _last(papers), activity.proof
    if reason or activity.status == NOT_NEEDED:
        return NOT_FOR_US, None, reason or UNTOLD
    if _all_registered(activity, papers):
        return DONE, row.day(DAY) or _last(papers), BY_REGISTER
    if overdue(activity, today, [each.end for each in handed.spans if each.end]):
        return OVERDUE, None, activity.status if activity.status not in {"", NOT_BEGUN} else ""
    begun = papers or activity.status not in {"", NOT_BEGUN}
    return (IN_WORK if begun else NOT_BEGUN), None, ""


def _last(papers: Sequence[Filed]) -> date | None:
    return max((each.day for each in papers if each.day), default=None)


def _all_registered(activity: Activity, papers: Sequence[Filed]) -> bool:
    """Tell a row whose every paper is registered; one that comes again and again is done by its state alone."""
    made = {kind for kind in activity.documents if of(kind).made}
    once = len(activity.term.windows) <= 1
    return (
        once
        and bool(made)
        and made <= {each.kind for each in papers}
        and all(each.registered for each in papers)
    )


def overdue(activity: Activity, today: date, ends: Sequence[date] = ()) -> bool:
    """Tell a row whose every window is over and which is neither done nor needless; `ends` stand in where it has no window."""
    if activity.status in SETTLED or activity.term.flags & STOPPING:
        return False
    own = [window.end for window in activity.term.windows if window.end] or ends
    return bool(own) and max(own) < today
