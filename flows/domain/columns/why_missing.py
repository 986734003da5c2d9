"""Why a paper that a roadmap row calls for is not there: in one plain phrase, so that no row is left without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue import record
from flows.domain.planning import pairs, past_years
from flows.domain.planning.doubt import ABOUT_PERSON
from flows.domain.planning.due import windows_of
from flows.domain.planning.events import after_order
from flows.domain.planning.planners import of_others, of_people
from flows.domain.planning.wanted import unharmed
from flows.domain.register.in_force import in_force, number_and_day
from flows.domain.statuses import DONE, ENDED, NOT_NEEDED, PROPOSED, STOPPING
from flows.domain.terms.reading import Window

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Filed, Pair
    from flows.domain.planning.promises import Promise, Promises

UNDATED = {
    "empty": "срок не указан, впишите его", "unreadable": "срок не прочитан, исправьте его или впишите «Контрольную дату»",
    "external": "срок задают другие, впишите «Контрольную дату», когда он известен", "event": "готовится после события, впишите «Контрольную дату»",
    "council": "готовится к педсовету, впишите его дату в «Настройки»",
    "ongoing": "готовится к дню, впишите «Контрольную дату» или закажите во вкладке «Запросы»",
}  # fmt: skip
LOOK = "готовить не из чего, посмотрите вкладку «Проверка»"
NOTHING = "сейчас готовить не из чего; если документ нужен к другому дню, впишите «Контрольную дату»"
SIGNED = "всё уже подписано или не требуется"
AFTER_ORDER = "срок считается со дня приказа: впишите номер и дату приказа во вкладку «Документы»"
REFUSED = "ждёт согласия наставника и соглашения"
OTHERS = "готовят организации, нашего документа по этой строке нет"
IN_TAB = "ведётся во вкладке «{tab}», её заполняют данные организаций"
SENT, UNHANDED = "присылают организации", "чтобы строка легла в их планы, впишите «ОО» в «Охват»"
OVER = "план закончился, ответьте на вопрос о нём во вкладке «Проверка»"
NO_PAIR = "к этому сроку ни одна пара ещё не работает"
EXPERT = ("letter", "minutes")


def missing(
    activity: Activity, promises: Promises, there: Collection[str], asked: Collection[str] = ()
) -> list[str]:
    """Return «title: reason» for each paper of a row that is not planned today; `there` are the kinds that are.

    `asked` are codes of rows with a finding in `Проверка`: only they are sent there.
    """
    if activity.status == NOT_NEEDED:
        return []
    kinds = promises.wishes.kinds
    return [
        f"{kinds[kind].title}: {reason(kinds[kind], activity, promises, asked)}"
        for kind in activity.documents
        if kind in kinds and kind not in there
    ]


def reason(kind: Kind, activity: Activity, promises: Promises, asked: Collection[str] = ()) -> str:
    """Say why a kind's paper is not made for a row today, or on which day planning will make it."""
    held = _elsewhere(kind, activity, promises.facts) or _held(activity, promises.wishes.doubts.codes)
    if held:
        return held
    promise = promises.of(kind, activity)
    if promise:
        return _dated(kind, promise)
    why = _undated(kind, activity, promises)
    return LOOK if why == NOTHING and activity.code in asked else why


def _elsewhere(kind: Kind, activity: Activity, facts: Facts) -> str:
    """Say why nobody makes a paper here, or who else does."""
    theirs = of_others(activity, facts)
    if facts.district is not None and kind.kept_in and not theirs:
        return IN_TAB.format(tab=kind.kept_in)
    if not kind.made or (kind.of_district and facts.district is None):
        return kind.why_not.rstrip(".")
    if periods.over(facts.period, facts.today):
        return OVER
    return _of_organisations(kind, activity, facts) if theirs or of_people(kind.id, facts) else ""


def _of_organisations(kind: Kind, activity: Activity, facts: Facts) -> str:
    """Say that organisations make a paper; of data that they send, whether their plans have the row at all."""
    if not kind.for_district or facts.district is None:
        return OTHERS
    handed = any(code == activity.code for code, _ in facts.district.states)
    return SENT if handed or activity.fan_out else f"{SENT}; {UNHANDED}"


def _held(activity: Activity, doubted: Collection[str]) -> str:
    if activity.code in doubted or activity.term.flags & STOPPING:
        return "ждёт, пока исправят срок или замечание «стоп»"
    return "отмечено как выполненное, черновик программы не нужен" if activity.status == DONE else ""


def _dated(kind: Kind, promise: Promise) -> str:
    said = f"появится {promise.day:%d.%m.%Y}"
    return f"{said}, за {kind.lead_days} раб. дн. до {promise.before:%d.%m.%Y}" if promise.before else said


def _undated(kind: Kind, activity: Activity, promises: Promises) -> str:
    """Say what a paper waits for of which planning cannot name the day."""
    if kind.on_change:
        return kind.on_change
    dated = kind.closes or kind.occasion
    if not dated and (kind.subject in ABOUT_PERSON | {"pair"} or kind.of_pairs):
        return _of_pairs(kind, promises)
    windows = windows_of(activity, promises.facts, kind, promises.wishes.days_off)
    ends = [window.end for window in windows if window.end]
    if not ends:
        return (
            AFTER_ORDER if after_order(activity) else UNDATED.get(activity.term.kind, UNDATED["unreadable"])
        )
    if max(ends) < promises.facts.today:
        return _too_late(kind, activity, max(ends), promises.facts.today)
    works = kind.of_district or any(_works(pair, max(ends)) for pair in promises.facts.pairs)
    if dated and not works:
        return NO_PAIR
    return UNDATED["council"] if kind.subject == "council" else NOTHING


def _too_late(kind: Kind, activity: Activity, last: date, today: date) -> str:
    if past_years.closed(Window(None, last), today):
        return f"подтверждение: {activity.proof}" if activity.proof else past_years.CELL
    return f"срок прошёл {last:%d.%m.%Y}, {_of_the_past(kind)}"


def _works(pair: Pair, last: date) -> bool:
    return pair.status != PROPOSED and pair.start <= last


def _of_pairs(kind: Kind, promises: Promises) -> str:
    living = [pair for pair in promises.facts.pairs if pair.status not in ENDED]
    if not living:
        return "нет действующих пар"
    if any(pairs.withheld(kind, pair, promises.facts) for pair in living):
        return REFUSED
    waiting = [pair.code for pair in living if pair not in unharmed(promises.facts, promises.wishes)]
    if len(waiting) == len(living):
        return f"ждёт, пока исправят замечания «стоп» к парам: {', '.join(waiting)}"
    return SIGNED if kind.given else NOTHING


def _of_the_past(kind: Kind) -> str:
    """Say what to do about a paper whose days are over and that was never made."""
    ordered = " или закажите во вкладке «Запросы»" if kind.asked_by else ""
    return f"за прошедший срок не готовится: если документ есть, отметьте «выполнено», если нужен, впишите новую «Контрольную дату»{ordered}"


def approval(activity: Activity, register: Mapping[str, Filed]) -> str:
    """Say how the approval by an expert council stands, for a row that sends papers to it: by letter, minutes and the row's status."""
    if not {record.of(kind).expert for kind in activity.documents} >= {*EXPERT}:
        return ""
    own = [row for row in in_force(register.values()) if row.parts.about == activity.code]
    letter, minutes = (
        next((row for row in own if record.of(row.kind).expert == what), None) for what in EXPERT
    )
    if minutes:
        word = (
            "согласовано" if activity.status == DONE else "рассмотрено, отметьте в «Статусе», согласовано ли"
        )
        return f"Экспертный совет: {word}, протокол {number_and_day(minutes)}"
    return (
        f"Экспертный совет: на согласовании, письмо {number_and_day(letter)}"
        if letter
        else "Экспертный совет: ещё не направлено"
    )
