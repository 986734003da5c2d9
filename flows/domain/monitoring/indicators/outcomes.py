"""M13, M15 and M16: how the programmes ended, what people achieved, and the curator's score card."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.monitoring.indicators.coverage import NO_PAIRS
from flows.domain.monitoring.indicators.evidence import (
    Evidence,
    human,
    listed,
    pairs_in,
    registered,
)
from flows.domain.monitoring.indicators.figure import COUNT, POINTS, Figure, Scope, Spec, absent, share
from flows.domain.monitoring.tabs import ScoreCard, covers
from flows.domain.statuses import ACHIEVEMENTS, BROKEN, FINISHED
from flows.domain.terms.reading import Window
from flows.domain.text import fold

if TYPE_CHECKING:
    from flows.domain.model import Pair

SUMMERS_END = (8, 31)


def completed(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M13: finished programmes out of those that came to an end by the cut-off; early ends are named with their reasons.

    A programme that goes on is neither a success nor a failure yet: it is told beside the figure, not counted in it.
    """
    pairs = pairs_in(evidence, scope)
    if not pairs:
        return absent(spec, scope, NO_PAIRS)
    finished = [pair.code for pair in pairs if pair.status == FINISHED and _over(pair, evidence, scope)]
    early = broken(evidence, scope)
    ended = {
        *finished,
        *(pair.code for pair in early),
        *(pair.code for pair in pairs if pair.end <= scope.cut_off),
    }
    if not ended:
        return absent(spec, scope, "срок ни одной программы ещё не закончился", early=True)
    figure = share(spec, scope, finished, [pair.code for pair in pairs if pair.code in ended])
    unmarked = sorted(ended - {*finished, *(pair.code for pair in early)})
    reasons = Counter(pair.end_reason.strip() or "причина не указана" for pair in early)
    why = ", ".join(f"{reason} – {number}" for reason, number in sorted(reasons.items()))
    remarks = (
        f"досрочно прекращены: {listed(pair.code for pair in early)} ({why})" if early else "",
        f"срок закончился, а чем закончилась работа, не отмечено: {listed(unmarked)}" if unmarked else "",
        f"продолжаются и не посчитаны: {len(pairs) - len(ended)}" if len(pairs) > len(ended) else "",
    )
    return replace(figure, remarks=tuple(remark for remark in remarks if remark))


def broken(evidence: Evidence, scope: Scope) -> tuple[Pair, ...]:
    """Return the pairs that ended early by the scope's end."""
    return tuple(
        pair for pair in pairs_in(evidence, scope) if pair.status == BROKEN and _over(pair, evidence, scope)
    )


def _over(pair: Pair, evidence: Evidence, scope: Scope) -> bool:
    """Tell whether a pair's end was known by the scope's end; a state typed while the paper is open counts at once."""
    return pair.end <= scope.cut_off or evidence.facts.today <= scope.period.end


def achievements(evidence: Evidence, scope: Scope, spec: Spec) -> Figure:
    """M15: results typed as events, and registered papers that tell of them; nothing typed is no data, not zero.

    One result of one human counts once, however often it was typed and by whichever of his codes.
    """
    people = evidence.facts.people
    typed = {
        (event.day, human(people.get(event.person), event.person), event.what, fold(event.value)): event
        for event in reversed(evidence.events or ())
        if event.what in ACHIEVEMENTS and scope.holds(event.day)
    }
    events = list(typed.values())[::-1]
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
    """Return the score card that speaks of the scope: the latest of those whose period ended with it, never a later one.

    A card of a longer period (of the year, for a note in December) and one without a readable period count where no
    other does, and only while the paper is open: who fills it in then means these days.
    """
    mine = [
        card for card in evidence.cards if covers(card.window, scope.period) and _known(card, evidence, scope)
    ]
    closed = [card for card in mine if card.window and _last_month(card.window) <= _month(scope.period.end)]
    longer = sorted((card for card in mine if card.window and card not in closed), key=_dated, reverse=True)
    vague = [card for card in mine if card.window is None]
    found = (*vague, *longer, *sorted(closed, key=_dated))
    return found[-1] if found else None


def _known(card: ScoreCard, evidence: Evidence, scope: Scope) -> bool:
    """Tell whether a card can have been filled in by the cut-off."""
    if card.window is None:
        return evidence.facts.today <= scope.period.end
    begun = (card.window.start or card.window.end or scope.cut_off) <= scope.cut_off
    return begun and (
        evidence.facts.today <= scope.period.end or _last_month(card.window) <= _month(scope.period.end)
    )


def _dated(card: ScoreCard) -> tuple[date, date]:
    window = card.window or Window(None, None)
    return window.end or window.start or date.min, window.start or date.min


def _last_month(window: Window) -> tuple[int, int]:
    """Return the month a card's work ended in: a school year's work ends in May, whatever August the period runs to."""
    end = window.end or window.start or date.max
    return (end.year, 5) if (end.month, end.day) == SUMMERS_END else _month(end)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


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
