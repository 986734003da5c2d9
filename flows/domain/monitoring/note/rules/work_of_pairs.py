"""How pairs work: the plan of meetings, their rhythm, feedback, logs that nobody fills, pairs that fell silent, how programmes end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import listed
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.indicators.meetings import UNFILLED, UNMARKED, norm_label
from flows.domain.monitoring.indicators.outcomes import broken
from flows.domain.monitoring.note.rules.chance import unusual
from flows.domain.monitoring.note.rules.drawn import (
    CURATOR,
    FULL,
    MENTORS,
    Advised,
    Conclusion,
    all_of_several,
    among,
    line_of,
    sentence,
    some,
    strength_of,
    whole_of,
)
from flows.domain.monitoring.note.rules.reasons import main_reason, reasons
from flows.domain.monitoring.note.rules.stopped_months import MONTHS, only_then, stopped
from flows.domain.monitoring.note.rules.view import Season
from flows.domain.monitoring.note.shape import NoteLine
from flows.domain.people import through_time
from flows.domain.statuses import CALLED_OFF
from flows.russian import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.model import Pair
    from flows.domain.monitoring.indicators.figure import Figure
    from flows.domain.monitoring.note.rules.stopped_months import Month
    from flows.domain.monitoring.note.rules.view import PairLook, View

CANCELLED = "отменено встреч"


def plan(view: View) -> Iterator[Conclusion]:
    """Judge whether the planned meetings took place."""
    figure = view.known("M6")
    if figure is None:
        return
    tail = _beside(figure, view)
    if (figure.value or 0) >= FULL:
        text = "План встреч выполнен"
        yield Conclusion(line_of(figure, f"{text}: {figure.text}.{tail}"), good=True, brief=f"{text}.")
        return
    behind = {
        each.pair: each.planned - each.held
        for each in view.counted.meetings
        if each.filled and each.held < each.planned
    }
    full = tuple(each.pair for each in view.counted.meetings if 0 < each.planned <= each.held)
    yield Conclusion(
        line_of(figure, f"План встреч выполнен не полностью: {figure.text}.{tail}", tuple(behind)),
        good=False if (figure.value or 0) < view.limits["percent"] else None,
        advice=_catch_up(view, behind),
        strength=strength_of(figure, "План встреч выполнен полностью", full, len(view.counted.meetings)),
        brief="План встреч выполнен не полностью.",
    )


def _beside(figure: Figure, view: View) -> str:
    """Write what has to be said beside the plan, what was called off with what the log says of it first."""
    looks = [look for look in view.kept() if look.met.planned]
    off = [each for look in looks for each in look.rows if each.status == CALLED_OFF]
    plain = (UNMARKED, UNFILLED, CANCELLED)
    remarks = [each for each in figure.remarks if not each.startswith(plain)]
    if off and any(each.startswith(CANCELLED) for each in figure.remarks):
        causes = reasons(off, view.counted.evidence.method.conclusions.reasons).most_common()
        why = ", ".join(f"{name} – {number}" if len(off) > 1 else name for name, number in causes)
        meetings = words.count(len(off), "встреча")
        ending = {"а": "а", "и": "ы"}.get(meetings[-1], "о")
        remarks = [f"отменен{ending} {meetings} ({why})", *remarks]
    return f" {sentence('; '.join(remarks))}." if remarks else ""


def _catch_up(view: View, behind: dict[str, int]) -> Advised | None:
    """Advise to hold what was missed while there is time for it; when the year is over, to plan the next one otherwise."""
    looks = {code: view.looks[code].met for code in behind}
    parts = [
        (max(each.planned - each.held, 0), each.planned) for each in view.counted.meetings if each.filled
    ]
    far = {
        code: number
        for code, number in behind.items()
        if number >= view.limits["missed"]
        and looks[code].held * FULL < looks[code].planned * view.limits["percent"]
        and unusual(number, looks[code].planned, parts)
    }
    if not far:
        return None
    if view.season is Season.OVER:
        what = "разобрать с наставниками, почему встречи не состоялись, и учесть это в программах следующего учебного года"
        return Advised(CURATOR, what)
    going = view.going_on(tuple(far))
    what = "провести пропущенные встречи или перенести их с указанием причины"
    return Advised(MENTORS, what, going, tuple((code, far[code]) for code in going)) if going else None


def rhythm(view: View) -> Iterator[Conclusion]:
    """Name the gaps that are longer than the norm; what the log says of them stands where a pair is spoken of alone."""
    figure = view.known("M7")
    if figure is None:
        return
    norm = norm_label(view.counted.evidence)
    if figure.value == FULL:
        text = "Промежутки между встречами в пределах нормы"
        yield Conclusion(line_of(figure, f"{text} ({norm}): {figure.text}."), good=True, brief=f"{text}.")
        return
    months = stopped(view)
    then = {code for code in figure.others if only_then(view.looks[code], months)}
    longest = sorted(
        (each for each in view.counted.meetings if each.breaks_norm and each.pair not in view.apart | then),
        key=lambda each: (-each.longest, each.pair),
    )
    gaps = some(
        [
            f"{each.pair} ({words.count(each.longest, 'день')}, с {days(each.gap_start)} по {days(each.gap_end)})"
            for each in longest
        ]
    )
    own = [code for code in figure.others if code not in then | view.apart]
    going = view.going_on(own) if view.season is Season.RUNNING else ()
    often = words.count(max((view.looks[code].norm for code in going), default=0), "день")
    judged = len(figure.rows) + len(figure.others)
    yield Conclusion(
        line_of(
            figure,
            f"Промежутки между встречами длиннее нормы ({norm}), в норме пар: {figure.text}.{_only_in(months, then, view)}{f' Дольше нормы: {gaps}.' if gaps else ''}",
            figure.others,
        ),
        good=None if then.issuperset(figure.others) else False,
        advice=Advised(
            MENTORS,
            f"встречаться не реже, чем раз в {often}",
            going,
            tuple((code, view.looks[code].met.longest) for code in going),
        )
        if going
        else None,
        strength=strength_of(figure, "Промежутки в пределах нормы", figure.rows, judged),
        brief=_longer(len(figure.others) - len(then), judged),
    )


def _only_in(months: Sequence[Month], then: set[str], view: View) -> str:
    """Say how many pairs waited longer only when many stopped, and why: that is no fault of theirs."""
    if not then:
        return ""
    groups = view.counted.evidence.method.conclusions.reasons
    causes = dict.fromkeys(filter(None, (main_reason(reasons(month.missed, groups))[0] for month in months)))
    names = dict.fromkeys(MONTHS[month.start.month - 1] for month in months)
    why = f" ({', '.join(causes)})" if causes else ""
    return f" Дольше нормы только в {words.listed(names)}, когда встречи сорвались у многих{why}, – пар: {len(then)}."


def _longer(number: int, judged: int) -> str:
    """Say in words how many pairs waited longer than the norm, but for a month in which many stopped."""
    what = "промежутки между встречами длиннее нормы"
    if number <= 0:
        return f"{sentence(what)} только тогда, когда встречи сорвались у многих пар."
    if number == judged:
        return f"У всех пар, чьи встречи отмечены, {what}."
    return f"{sentence(among(number, judged))} {what}."


def feedback(view: View) -> Iterator[Conclusion]:
    """Judge whether feedback is left after every meeting."""
    figure = view.known("M8")
    if figure is None:
        return
    if figure.value == FULL:
        yield whole_of(figure, "Обратная связь заполнена после всех встреч")
        return
    met = [each for each in view.counted.meetings if each.held]
    lacking = {each.pair: each.held - each.feedback for each in met if each.feedback < each.held}
    often = [
        each.pair
        for each in met
        if each.held - each.feedback >= view.limits["missed"]
        and each.feedback * FULL < each.held * view.limits["percent"]
        and unusual(
            each.held - each.feedback, each.held, [(one.held - one.feedback, one.held) for one in met]
        )
    ]
    going = view.going_on(often)
    yield Conclusion(
        line_of(figure, f"Обратная связь заполнена не после всех встреч: {figure.text}."),
        good=False if (figure.value or 0) < view.limits["percent"] else None,
        advice=_fill_in(view, going, lacking, everywhere=(figure.value or 0) < view.limits["percent"]),
        strength=strength_of(
            figure,
            "Обратная связь есть после каждой встречи",
            tuple(each.pair for each in met if each.pair not in lacking),
            len(met),
        ),
        brief="Обратная связь заполняется не после каждой встречи.",
    )


def _fill_in(
    view: View, going: tuple[str, ...], lacking: dict[str, int], *, everywhere: bool
) -> Advised | None:
    """Advise the pairs that often leave feedback out, or all mentors where it is left out everywhere."""
    what = "заполнять обратную связь после каждой встречи"
    rows = view.going_on(tuple(lacking)) if everywhere else going
    measured = tuple((code, lacking[code]) for code in rows)
    return Advised(MENTORS, what, rows, measured, named=everywhere) if rows else None


def unfilled(view: View) -> Iterator[Conclusion]:
    """Name the pairs whose log nobody fills: that is not the same as not meeting."""
    looks = [each for each in view.looks.values() if not each.met.filled and not each.met.too_early]
    if not looks or not view.of_meetings or not view.counted.evidence.facts.meetings:
        return
    codes = tuple(each.pair.code for each in looks)
    open_ = tuple(each.pair.code for each in looks if not each.over)
    named = some([f"{each.pair.code} ({_untold(each)})" for each in looks])
    yield Conclusion(
        NoteLine(
            f"Журнал встреч не заполняется: {named}. Встречались ли эти пары, по журналу не видно.", (), codes
        ),
        good=False,
        advice=Advised(MENTORS, "внести в журнал прошедшие встречи", open_) if open_ else None,
        brief=f"Журнал встреч не заполняется: {listed(codes)}.",
    )


def _untold(look: PairLook) -> str:
    return f"встреч по плану {len(look.rows)}, ни одна не отмечена" if look.rows else "записей нет"


def unmarked(view: View) -> Iterator[Conclusion]:
    """Name the pairs of whose planned meetings nobody says whether they took place; a slip or two are no such pair."""
    parts = [(each.met.unmarked, each.due) for each in view.kept()]
    most = sum(part for part, _ in parts) * FULL >= sum(whole for _, whole in parts) * view.limits["percent"]
    looks = [
        each
        for each in view.kept()
        if each.met.unmarked >= view.limits["meetings"]
        and each.met.unmarked * FULL >= each.due * view.limits["percent"]
        and (most or unusual(each.met.unmarked, each.due, parts))
    ]
    if not looks or not view.of_meetings:
        return
    codes = tuple(each.pair.code for each in looks)
    left = {each.pair.code: each.met.unmarked for each in looks if not each.over}
    named = some([f"{each.pair.code} ({each.met.unmarked} из {each.due})" for each in looks])
    what = "отметить в журнале, какие встречи состоялись"
    yield Conclusion(
        NoteLine(f"Не отмечено, состоялись ли встречи, день которых прошёл: {named}.", (), codes),
        good=False,
        advice=Advised(MENTORS, what, tuple(left), tuple(left.items())) if left else None,
        brief=f"Не все прошедшие встречи отмечены в журнале: {listed(codes)}.",
    )


def endings(view: View) -> Iterator[Conclusion]:
    """State how programmes ended; an early end is a weakness to look into."""
    figure = view.known("M13")
    if figure is None:
        return
    ends = broken(view.counted.evidence, view.counted.scope)
    early = tuple(pair.code for pair in ends)
    text = f"{figure.name}: {figure.text}." + (
        f" {sentence('; '.join(figure.remarks))}." if figure.remarks else ""
    )
    whole = all_of_several(figure)
    yield Conclusion(
        line_of(figure, text, early or figure.rows),
        good=False if early else True if whole else None,
        advice=_after_early_ends(view, ends),
        strength=None
        if figure.value == FULL
        else strength_of(figure, "Программа завершена", figure.rows, len(figure.rows) + len(figure.others)),
        brief=f"Досрочно прекращены программы пар: {listed(early)}."
        if early
        else "Программы, срок которых закончился, завершены."
        if whole
        else "",
    )


def _after_early_ends(view: View, ends: Sequence[Pair]) -> Advised | None:
    """Advise what to do after early ends: a new mentor is found for a mentee who stays, and a reason is sought that nobody has told."""
    facts = view.counted.evidence.facts
    asked = [
        (
            "выяснить причины досрочного прекращения",
            [pair.code for pair in ends if not pair.end_reason.strip()],
        ),
        (
            "решить вопрос о новых наставниках",
            [pair.code for pair in ends if not through_time.gone(facts, pair).issuperset(pair.mentees)],
        ),
    ]
    told = [f"{what}: {listed(codes)}" for what, codes in asked if codes]
    rows = tuple(dict.fromkeys(code for _, codes in asked for code in codes))
    return Advised(CURATOR, "; ".join(told), rows, named=True) if told else None
