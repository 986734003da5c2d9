"""Everything counted for one paper, once, so that every section speaks of the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.domain.monitoring.answers.questionnaire import ENTRY, EXIT, MIDDLE
from flows.domain.monitoring.indicators import counting
from flows.domain.monitoring.indicators.evidence import Evidence, Log, log_of, pairs_in
from flows.domain.monitoring.indicators.meetings import PairMeetings, meetings_of
from flows.domain.monitoring.indicators.opinions import AFTER, Change, answers_in, changes
from flows.domain.monitoring.indicators.papers_in_order import Papers, papers_of
from flows.domain.monitoring.note.focus import Ask, Focus
from flows.domain.statuses import SETTLED, STOPPING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.domain.model import Activity, Pair
    from flows.domain.monitoring.answers.questionnaire import Response
    from flows.domain.monitoring.indicators.figure import Figure, Scope

ENTRY_CODES = ("M1", "M2", "M3", "M4", "M5", "M9", "M10", "M11")
CODES_OF: dict[Focus, tuple[str, ...]] = {
    Focus.ENTRY: ENTRY_CODES,
    Focus.STAGE: (*ENTRY_CODES, "M16"),
    Focus.MIDDLE: ("M1", "M2", "M3", "M6", "M7", "M8", "M9", "M10", "M11", "M12", "M13", "M17"),
    Focus.SURVEY: ("M9", "M10", "M11", "M12"),
    Focus.MENTOR: (),
}
WAVES_OF = {
    Focus.ENTRY: (ENTRY,),
    Focus.MIDDLE: (MIDDLE,),
    Focus.FINAL: (EXIT, MIDDLE),
    Focus.COLLECTION: (EXIT, MIDDLE),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures and views of one scope; `previous` is the snapshot of the last paper of the same kind."""

    evidence: Evidence
    scope: Scope
    ask: Ask
    figures: tuple[Figure, ...]
    pairs: tuple[Pair, ...]
    log: Log
    meetings: tuple[PairMeetings, ...]
    papers: tuple[Papers, ...]
    responses: tuple[Response, ...]
    changes: tuple[Change, ...]
    overdue: tuple[Activity, ...]
    unmarked: tuple[Activity, ...]
    previous: Mapping[str, Any] | None = None

    def figure(self, code: str) -> Figure | None:
        """Return a figure by its code."""
        return next((each for each in self.figures if each.code == code), None)

    def starting(self, *codes: str) -> tuple[Figure, ...]:
        """Return the figures of these indicators in the order counted; M12 gives all its criteria."""
        return tuple(each for each in self.figures if each.code.split(":")[0] in codes)


def counted(evidence: Evidence, scope: Scope, ask: Ask, previous: Mapping[str, Any] | None = None) -> Counted:
    """Count everything once for one paper."""
    after = WAVES_OF.get(ask.focus, AFTER)
    overdue, unmarked = _rows_behind(evidence, scope)
    return Counted(
        evidence, scope, ask,
        figures=counting.count(evidence, scope, CODES_OF.get(ask.focus, counting.ORDER), after),
        pairs=pairs_in(evidence, scope),
        log=log_of(evidence, scope),
        meetings=meetings_of(evidence, scope),
        papers=papers_of(evidence, scope),
        responses=answers_in(evidence, scope),
        changes=changes(evidence, scope, after),
        overdue=overdue, unmarked=unmarked, previous=previous,
    )  # fmt: skip


def _rows_behind(evidence: Evidence, scope: Scope) -> tuple[tuple[Activity, ...], tuple[Activity, ...]]:
    """Find rows whose window closed by the cut-off: those not done, and those whose state nobody typed."""
    behind = [
        each for each in evidence.facts.activities
        if each.status not in SETTLED and not each.term.flags & STOPPING
        and any(window.end and scope.period.start <= window.end < scope.cut_off for window in each.term.windows)
    ]  # fmt: skip
    return tuple(each for each in behind if each.status), tuple(each for each in behind if not each.status)
