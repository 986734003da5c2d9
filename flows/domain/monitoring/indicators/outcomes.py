"""M13, M15 and M16: how the programmes ended, what people achieved, and the curator's score card."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.monitoring.indicators.coverage import NO_PAIRS
from flows.domain.monitoring.indicators.evidence import (
    Evidence,
    listed,
    pairs_in,
    registered,
)
from flows.domain.monitoring.indicators.figure import COUNT, POINTS, Figure, Scope, Spec, absent, share
from flows.domain.monitoring.tabs import ScoreCard, covers
from flows.domain.statuses import ACHIEVEMENTS, BROKEN, FINISHED

if TYPE_CHECKING:
    from flows.domain.model import Pair


def completed(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M13: finished programmes out of those begun; early ends are named with their reasons."""
    pairs = pairs_in(evidence, scope)
    if not pairs:
        return absent(spec, scope, NO_PAIRS)
    finished = [pair.code for pair in pairs if pair.status == FINISHED and _over(pair, evidence, scope)]
    early = broken(evidence, scope)
    if not finished and not early and all(pair.end > scope.limit for pair in pairs):
        return absent(spec, scope, "срок ни одной программы ещё не закончился")
    figure = share(spec, scope, finished, [pair.code for pair in pairs])
    reasons = Counter(pair.end_reason.strip() or "причина не указана" for pair in early)
    remarks = [f"досрочно прекращены: {listed(pair.code for pair in early)}"] if early else []
    remarks += [f"{reason}: {number}" for reason, number in sorted(reasons.items())]
    return replace(figure, remarks=tuple(remarks))


def broken(evidence: Evidence, scope: Scope) -> tuple[Pair, ...]:
    """Return the pairs that ended early by the scope's end."""
    return tuple(
        pair for pair in pairs_in(evidence, scope) if pair.status == BROKEN and _over(pair, evidence, scope)
    )


def _over(pair: Pair, evidence: Evidence, scope: Scope) -> bool:
    """Tell whether a pair's end was known by the scope's end; a state typed while the paper is open counts at once."""
    return pair.end <= scope.limit or evidence.facts.today <= scope.period.end


def achievements(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M15: results typed as events, and registered papers that tell of them; nothing typed is no data, not zero."""
    events = [
        event for event in evidence.events or () if event.what in ACHIEVEMENTS and scope.holds(event.day)
    ]
    papers = [
        filed
        for kind in record.having("achieved")
        for filed in registered(evidence, scope, kind)
        if filed.day and scope.holds(filed.day)
    ]
    if not events and not papers:
        return absent(spec, scope, "результаты участников не внесены во вкладку «Кадровые события»")
    counts = Counter([event.what for event in events] + [record.of(filed.kind).achieved for filed in papers])
    total = len(events) + len(papers)
    text = "; ".join(f"{what} – {number}" for what, number in sorted(counts.items()))
    rows = (*(event.person for event in events), *(filed.key for filed in papers))
    return Figure(
        spec.code,
        spec.name,
        f"{total} ({text})",
        total,
        None,
        Fraction(total),
        COUNT,
        rows,
        period=scope.period,
        cut_off=scope.cut_off,
    )


def card_of(evidence: Evidence, scope: Scope) -> ScoreCard | None:
    """Return the last score card whose period belongs to the scope; one with a readable period goes first."""
    mine = [card for card in evidence.cards if covers(card.window, scope.period) and _not_later(card, scope)]
    dated = [card for card in mine if card.window] or mine
    return dated[-1] if dated else None


def _not_later(card: ScoreCard, scope: Scope) -> bool:
    return card.window is None or (card.window.start or card.window.end or scope.limit) <= scope.limit


def card_sum(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M16: the sum of the nine marks and its level; a card with blanks gives no sum."""
    card = card_of(evidence, scope)
    method = evidence.method
    if card is None:
        return absent(spec, scope, "карта оценки за этот период не заполнена")
    points = {name: card.points.get(name) for name in method.card_names}
    given = [value for value in points.values() if value is not None]
    if len(given) < len(points):
        return absent(spec, scope, f"в карте оценки заполнено {len(given)} из {len(points)} показателей")
    total, best = sum(given), len(points) * method.card_best
    level = method.level(total)
    text = f"{total} из {best} баллов" + (f", уровень: {level}" if level else "")
    source = f"шкала: {method.own or method.card_source}"
    return Figure(
        spec.code, spec.name, text, total, best, Fraction(total), POINTS,
        tuple(name for name, value in points.items() if value),
        period=scope.period, cut_off=scope.cut_off, remarks=(f"карта за: {card.period or 'период не указан'}", source),
    )  # fmt: skip
