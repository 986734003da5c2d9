"""Which pairs differ from the others and why: fallen silent, met far less, not met for far longer.

A conclusion is drawn only where chance would hardly do the same: the others' own figures say what is usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.domain import working_days
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.note.rules.chance import UNLIKELY, median, spread, tail, usual_part
from flows.domain.monitoring.note.rules.drawn import CURATOR, Advised, Conclusion
from flows.domain.monitoring.note.rules.participation import LEAVING, happened
from flows.domain.monitoring.note.rules.reasons import main_reason, reasons, why
from flows.domain.monitoring.note.rules.stopped_months import BEFORE, NOTHING, only_then, stopped
from flows.domain.monitoring.note.rules.view import Season, school_end
from flows.domain.monitoring.note.shape import NoteLine
from flows.domain.statuses import BROKEN
from flows.russian import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from flows.domain.monitoring.indicators.meetings import Gap
    from flows.domain.monitoring.note.rules.view import PairLook, View

SIGMAS = 3
RUN = 3  # so many meetings in a row called off for one reason are no chance


# --- a pair that fell silent ------------------------------------------------------------------------------------


def silent(view: View) -> Iterator[Conclusion]:
    """Name each pair that has not met since a day, and what the log and the staff events say of it."""
    if not view.of_meetings:
        return
    usual = usual_part([(len(each.missed), len(each.rows)) for each in view.kept()])
    for look in view.kept():
        since = _silent_since(look, view, usual)
        if since is None:
            continue
        code = look.pair.code
        waited = working_days.gap(since, _last_day(look, view), view.counted.evidence.days_off)
        told = _why(look, Wait(since, _last_day(look, view)), view)
        met = "с начала работы ни одной встречи" if not look.held else f"последняя встреча – {days(since)}"
        yield Conclusion(
            NoteLine(f"{code}: {met}, без встреч {words.count(waited, 'день')}; {told}.", (), (code,)),
            good=False,
            advice=_ask_silent(look, view),
            brief=f"Перестала встречаться пара {code}."
            if look.held
            else f"Не начала встречаться пара {code}.",
        )


def _ask_silent(look: PairLook, view: View) -> Advised | None:
    going = view.going_on((look.pair.code,))
    if going and view.season is not Season.OVER:
        return Advised(
            CURATOR,
            "выяснить, почему пары не встречаются, и решить: возобновить встречи или заменить наставника",
            going,
        )
    return None


def _last_day(look: PairLook, view: View) -> date:
    return min(school_end(view.day), look.pair.end)


def _silent_since(look: PairLook, view: View, usual: float) -> date | None:
    """Return the day since which a pair is silent, `None` where that may be chance; a pair broken off is told of as such."""
    last = look.held[-1].held if look.held else max(look.pair.start, view.counted.scope.period.start)
    end = _last_day(look, view)
    if look.pair.status == BROKEN or last is None or end <= last:
        return None
    waited = working_days.gap(last, end, view.counted.evidence.days_off)
    long = waited >= max(view.limits["days"], look.norm * view.limits["norms"], 2 * look.step)
    if not long:
        return None
    missed = len(look.between(last, end))
    chance = usual ** max(missed, int(waited / look.step) - 1) * len(view.looks)
    return last if chance < UNLIKELY or _events(look, Wait(last, end)) else None


@dataclass(frozen=True, slots=True)
class Wait:
    """Some days without meetings."""

    start: date
    end: date


def _events(look: PairLook, wait: Wait) -> list[str]:
    return [
        happened(event)
        for event in look.events
        if event.what in LEAVING and event.day and wait.start - BEFORE <= event.day <= wait.end
    ]


def _why(look: PairLook, wait: Wait, view: View) -> str:
    """Say what stands behind a wait: staff events, then what the log says of the meetings due in it, or that none was planned."""
    rows = look.between(wait.start, wait.end)
    log = why(rows, view.counted.evidence.method.conclusions.reasons)
    events = ", ".join(_events(look, wait))
    if not rows:
        return (
            f"{events}; встречи на это время не планировались"
            if events
            else "встречи на это время не планировались"
        )
    return "; ".join(part for part in (events, f"в журнале: {log}" if log else "") if part) or NOTHING


# --- a pair that met far less than the others ----------------------------------------------------------------------


def stands_out(view: View) -> Iterator[Conclusion]:
    """Name each pair that missed far more than the others or waited far longer, with the cause that the log gives."""
    looks = [each for each in view.kept() if each.rows and not each.met.too_early]
    if not view.of_meetings or len(looks) < view.limits["pairs"]:
        return
    months = stopped(view)
    for look in looks:
        others = [each for each in looks if each is not look]
        longer = "" if only_then(look, months) else _waited_longer(look, others, view)
        parts = [text for text in (_missed_more(look, others, view), longer) if text]
        if parts:
            code = look.pair.code
            yield Conclusion(
                NoteLine(f"{code}: {'; '.join(parts)}.", (), (code,)),
                good=False,
                advice=_help_to_meet(look, view),
                brief=f"Встречается заметно реже других пара {code}.",
            )


def _help_to_meet(look: PairLook, view: View) -> Advised | None:
    going = view.going_on((look.pair.code,)) if view.season is Season.RUNNING else ()
    what = "обсудить с парами, что мешает встречам, и согласовать удобные дни"
    return Advised(CURATOR, what, going, tuple((code, look.met.longest) for code in going)) if going else None


def _missed_more(look: PairLook, others: Sequence[PairLook], view: View) -> str:
    """Write how much a pair missed, nothing where the others miss as much or chance might do it."""
    due, missed = look.due, look.due - len(look.held)
    parts = [(each.due - len(each.held), each.due) for each in others]
    shares = [part / whole for part, whole in parts]
    apart, usual = missed / due - median(shares), usual_part(parts)
    chance = tail(missed, due, usual) * (len(others) + 1)
    if (
        missed < view.limits["missed"]
        or apart * 100 < view.limits["percent"]
        or apart < SIGMAS * spread(shares)
        or chance >= UNLIKELY
    ):
        return ""
    log = why(look.missed, view.counted.evidence.method.conclusions.reasons)
    events = "; ".join(_events(look, Wait(view.counted.scope.period.start, view.day)))
    free = f"не внесено в журнал – {due - len(look.rows)}" if due > len(look.rows) else ""
    told = "; ".join(part for part in (events, log, free) if part) or NOTHING
    return f"состоялось {len(look.held)} из {due} встреч, заметно меньше, чем у других пар ({told})"


def _waited_longer(look: PairLook, others: Sequence[PairLook], view: View) -> str:
    """Write a pair's longest wait, nothing where the others wait as long, where it still lasts or chance might do it."""
    gap = max(look.waits, key=lambda wait: wait.days, default=None)
    if gap is None or gap.days <= look.norm or gap.end >= _last_day(look, view):
        return ""
    longest = [max((wait.days for wait in each.waits), default=0) for each in others]
    usual, least = median(longest), view.limits["days"]
    far = (
        gap.days - usual >= max(least, SIGMAS * spread(longest))
        and gap.days * 10 >= usual * view.limits["times"]
    )
    if not far or _by_chance(look, gap, others, view):
        return ""
    told = _why(look, Wait(gap.start, gap.end), view)
    return f"с {days(gap.start)} по {days(gap.end)} не было встреч ({words.count(gap.days, 'день')}; {told})"


def _by_chance(look: PairLook, gap: Gap, others: Sequence[PairLook], view: View) -> bool:
    """Tell whether misses in a row may be chance: as many as others miss now and then, and not for one and the same reason."""
    rows = look.between(gap.start, gap.end)
    groups = view.counted.evidence.method.conclusions.reasons
    if main_reason(reasons(rows, groups))[1] >= RUN or _events(look, Wait(gap.start, gap.end)):
        return False
    run = max(len(rows), int(gap.days / look.step) - 1)
    slots = sum(len(each.rows) for each in (look, *others))
    return usual_part([(len(each.missed), len(each.rows)) for each in others]) ** run * slots >= UNLIKELY
