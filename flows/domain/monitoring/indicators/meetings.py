"""M6-M8: meetings held against the plan, the gaps between them, and feedback after each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from flows.domain import working_days
from flows.domain.monitoring.indicators.evidence import (
    Evidence,
    Log,
    listed,
    log_of,
    pairs_in,
)
from flows.domain.monitoring.indicators.figure import Figure, Scope, Spec, absent, exact, ratio, share
from flows.domain.people.meeting_log import was_held
from flows.domain.statuses import CALLED_OFF, HELD, MOVED
from flows.russian import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.domain.model import Meeting, Pair

NO_LOG = "в журнале нет встреч за этот срок"
LONGEST_MONTH = 31
UNFILLED = "журнал не заполнен, не посчитаны"
UNMARKED = "не отмечено, состоялась ли встреча"


@dataclass(frozen=True, slots=True)
class PairMeetings:
    """A pair's meetings up to the cut-off; `longest` is its longest gap in days without days off, from which day to which.

    What was called off is not planned any more: it is neither held nor missed. `filled` tells a log that somebody keeps from one
    that says of no meeting whether it took place.
    """

    pair: str
    planned: int
    held: int
    cancelled: int
    moved: int
    undated: int
    unmarked: int
    feedback: int
    longest: int
    gap_start: date | None
    gap_end: date | None
    last: date | None
    breaks_norm: bool
    too_early: bool
    by_month: bool = False
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """A wait of a pair from one day to another; `days` leaves days off out."""

    pair: str
    start: date
    end: date
    days: int


def meetings_of(evidence: Evidence, scope: Scope) -> tuple[PairMeetings, ...]:
    """Count each pair's meetings; a pair without any stands there with zeros."""
    log = log_of(evidence, scope)
    return tuple(_counted(pair, log, evidence, scope) for pair in pairs_in(evidence, scope))


def norm_days(evidence: Evidence, pair: Pair | None = None) -> int:
    """Return the longest allowed gap in days: the organisation's own norm, else the roadmap's strictest, else ours.

    Ours gives way to what a pair's own programme plans: twice a month is once in sixteen days.
    """
    if _own_norm(evidence):
        return evidence.method.rules.gap_days
    if evidence.norms:
        return evidence.norms[0].max_gap_days
    return max(evidence.method.rules.gap_days, by_plan(pair) if pair else 0)


def stated(evidence: Evidence) -> bool:
    """Tell whether the organisation stated a norm itself, in its method or in the roadmap."""
    return bool(_own_norm(evidence) or evidence.norms)


def by_plan(pair: Pair) -> int:
    """Return the gap in days that a pair's own plan leaves between meetings, 0 when it has none."""
    return -(-LONGEST_MONTH // pair.meetings_a_month) if pair.meetings_a_month else 0


def _own_norm(evidence: Evidence) -> bool:
    return bool(evidence.method.own) and evidence.method.rules.gap_source == evidence.method.own


def norm_text(evidence: Evidence) -> str:
    """Say in words which norm is used and whence it is."""
    rules = evidence.method.rules
    if evidence.norms and not _own_norm(evidence):
        return f"не более {_of_days(evidence.norms[0].max_gap_days)} между встречами (дорожная карта{f', пункт {evidence.norms[0].source}' if evidence.norms[0].source else ''})"
    longest = _longest_norm(evidence)
    more = (
        f"; для пар со своим числом встреч в месяц – не более {longest}" if longest > rules.gap_days else ""
    )
    return f"не более {_of_days(rules.gap_days)} между встречами ({rules.gap_source or 'методика'}){more}"


def norm_label(evidence: Evidence) -> str:
    """Write the norm in a few words: «не реже раза в 14 дней», and what the pairs' own plans make of it."""
    norm, longest = norm_days(evidence), _longest_norm(evidence)
    often = f"не реже раза в {words.count(norm, 'день')}"
    own = f", для пар со своим числом встреч в месяц – в {words.count(longest, 'день')}"
    return often + (own if longest > norm else "")


def _of_days(number: int) -> str:
    """Write days in the genitive: «14 дней», «31 дня»."""
    return f"{number} {'дня' if words.count(number, 'день').endswith('день') else 'дней'}"


def _longest_norm(evidence: Evidence) -> int:
    return max((norm_days(evidence, pair) for pair in evidence.facts.pairs), default=0)


def _counted(pair: Pair, log: Log, evidence: Evidence, scope: Scope) -> PairMeetings:
    norm = norm_days(evidence, pair)
    rows = log.by_pair.get(pair.code, ())
    held = log.held(pair.code)
    planned = sum(scope.holds(each.planned) and each.status != CALLED_OFF for each in rows)
    by_month = bool(pair.meetings_a_month and held) and not any(each.planned for each in rows)
    filled = any(each.status or each.held for each in rows)
    longest, start, end = _longest(pair, held, evidence, scope)
    return PairMeetings(
        pair.code,
        planned=_by_month(pair, scope) if by_month else planned,
        held=len(held),
        cancelled=sum(each.status == CALLED_OFF for each in rows),
        moved=sum(each.status == MOVED and not was_held(each) for each in rows),
        undated=sum(each.status == HELD and not was_held(each) for each in rows),
        unmarked=sum(each.status == "" and not was_held(each) for each in rows),
        feedback=sum(each.mentee_score is not None or each.mentor_score is not None for each in held),
        longest=longest,
        gap_start=start,
        gap_end=end,
        last=held[-1].held if held else None,
        breaks_norm=filled and longest > norm,
        too_early=not held and longest <= norm,
        by_month=by_month,
        filled=filled,
    )


def _by_month(pair: Pair, scope: Scope) -> int:
    """Count the meetings that «встреч в месяц» asks for in the whole months gone by; a log never filled has no plan."""
    start, end = _span(pair, scope)
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return max(months, 0) * (pair.meetings_a_month or 0)


def _span(pair: Pair, scope: Scope) -> tuple[date, date]:
    start = max(pair.start, scope.period.start)
    return start, min(pair.end, scope.cut_off)


def _longest(
    pair: Pair, held: tuple[Meeting, ...], evidence: Evidence, scope: Scope
) -> tuple[int, date | None, date | None]:
    waits = waits_of(pair, held, evidence, scope)
    longest = max(waits, key=lambda wait: wait.days, default=None)
    return (longest.days, longest.start, longest.end) if longest else (0, None, None)


def waits_of(pair: Pair, held: tuple[Meeting, ...], evidence: Evidence, scope: Scope) -> list[Gap]:
    """Return every wait: from the pair's start, between meetings, and up to the cut-off or the pair's end."""
    start, end = _span(pair, scope)
    if end <= start:
        return []
    days = [start, *(each.held for each in held if each.held), end]
    return [
        Gap(pair.code, one, two, working_days.gap(one, two, evidence.days_off)) for one, two in pairwise(days)
    ]


def gaps_over(evidence: Evidence, scope: Scope, norm: int | None = None) -> tuple[Gap, ...]:
    """Name every wait longer than a norm, without one than the pair's own, pair by pair; days off are not counted."""
    log = log_of(evidence, scope)
    return tuple(
        gap
        for pair in pairs_in(evidence, scope)
        for gap in waits_of(pair, log.held(pair.code), evidence, scope)
        if gap.days > (norm_days(evidence, pair) if norm is None else norm)
    )


def plan_done(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M6: held against planned up to the cut-off; cancelled and unmarked ones are named, more than planned is shown as is.

    A pair whose log nobody fills and one without a plan count neither way, they are named: the meetings of one would make
    up for those that another missed.
    """
    met = meetings_of(evidence, scope)
    pairs = tuple(each for each in met if each.filled and each.planned)
    planned, held = sum(each.planned for each in pairs), sum(each.held for each in pairs)
    if not pairs:
        unplanned = sum(each.held for each in met)
        return absent(
            spec, scope, f"встречи не запланированы, проведено {unplanned}" if unplanned else NO_LOG
        )
    log = log_of(evidence, scope)
    done = [label(meeting) for each in pairs for meeting in log.held(each.pair)]
    undone = [
        label(meeting)
        for each in pairs
        for meeting in log.by_pair[each.pair]
        if not was_held(meeting) and meeting.status != CALLED_OFF
    ]
    figure = ratio(spec, scope, held, planned)
    left = (_unmet(met), _unfilled(met), _unplanned(met))
    remarks = (*_plan_remarks(pairs, held, planned), *(remark for remark in left if remark))
    return replace(figure, rows=tuple(done), others=tuple(undone), remarks=remarks)


def _unmet(met: Sequence[PairMeetings]) -> str:
    empty = [each.pair for each in met if not each.held and (each.filled or each.too_early)]
    return f"нет ни одной встречи: {listed(empty)}" if empty else ""


def _unfilled(met: Sequence[PairMeetings]) -> str:
    empty = [each.pair for each in met if not each.filled and not each.too_early]
    return f"{UNFILLED}: {listed(empty)}" if empty else ""


def _unplanned(met: Sequence[PairMeetings]) -> str:
    free = [each.pair for each in met if each.filled and not each.planned]
    return f"встречи не запланированы, не посчитаны: {listed(free)}" if free else ""


def _plan_remarks(pairs: tuple[PairMeetings, ...], held: int, planned: int) -> tuple[str, ...]:
    cancelled, unmarked = sum(each.cancelled for each in pairs), sum(each.unmarked for each in pairs)
    moved, undated = sum(each.moved for each in pairs), sum(each.undated for each in pairs)
    by_month = [each.pair for each in pairs if each.by_month]
    remarks = (
        f"отменено встреч: {cancelled}" if cancelled else "",
        f"перенесено без нового дня: {moved}" if moved else "",
        f"отмечено «состоялась» без дня: {undated}" if undated else "",
        f"{UNMARKED}: {unmarked}" if unmarked else "",
        f"план взят из числа встреч в месяц: {listed(by_month)}" if by_month else "",
        "проведено больше, чем запланировано" if held > planned else "",
    )
    return tuple(remark for remark in remarks if remark)


def regular(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M7: pairs none of whose gaps is longer than the norm; one too young to judge or with a log that nobody fills is left out and named."""
    pairs = meetings_of(evidence, scope)
    judged = [each for each in pairs if each.filled and not each.too_early]
    if not judged:
        return absent(spec, scope, NO_LOG)
    early = [each.pair for each in pairs if each.too_early]
    figure = share(
        spec, scope, [each.pair for each in judged if not each.breaks_norm], [each.pair for each in judged]
    )
    told = (f"судить рано: {listed(early)}" if early else "", _unfilled(pairs))
    return replace(figure, remarks=tuple(remark for remark in told if remark))


def feedback_given(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M8: held meetings after which at least one side left its mark."""
    log = log_of(evidence, scope)
    held = [meeting for pair in log.by_pair for meeting in log.held(pair)]
    if not held:
        return absent(spec, scope, NO_LOG)
    marked = [label(each) for each in held if each.mentee_score is not None or each.mentor_score is not None]
    return share(spec, scope, marked, [label(each) for each in held])


def label(meeting: Meeting) -> str:
    """Name a log row: its code, or its row before the first run gave it one."""
    return meeting.code or f"строка {meeting.origin.row}"


def disagreements(evidence: Evidence, scope: Scope) -> tuple[tuple[str, int], ...]:
    """Find pairs whose two sides judge their meetings far apart: the pair and how many meetings both judged."""
    log = log_of(evidence, scope)
    found: list[tuple[str, int]] = []
    for pair in log.by_pair:
        both = [(each.mentor_score, each.mentee_score) for each in log.held(pair)]
        apart = [abs(exact(one) - exact(two)) for one, two in both if one is not None and two is not None]
        if apart and sum(apart) > evidence.method.rules.talk_gap * len(apart):
            found.append((pair, len(apart)))
    return tuple(found)
