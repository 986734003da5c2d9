"""Why a paper that a roadmap row calls for is not there: in one plain phrase, so that no row is left without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.planning.doubt import ABOUT_PERSON
from flows.domain.planning.due import windows_of
from flows.domain.statuses import DONE, ENDED, NOT_NEEDED, STOPPING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from flows.domain.catalogue.kind import Kind
    from flows.domain.model import Activity, Facts, Filed

UNDATED = {
    "empty": "срок не указан, впишите его", "unreadable": "срок не прочитан, исправьте его или впишите «Контрольную дату»",
    "external": "срок задают другие, впишите «Контрольную дату», когда он известен", "event": "готовится после события, впишите «Контрольную дату»",
    "ongoing": "готовится к дню, впишите «Контрольную дату» или закажите во вкладке «Запросы»",
}  # fmt: skip
ON_CHANGE = {
    "order.pairs_change": "готовится, когда пары изменятся после приказа", "order.early_end": "готовится, когда пара прекращена досрочно",
    "notice.early_end": "готовится, когда пара прекращена досрочно",
}  # fmt: skip
SIGNED = frozenset(
    {
        "consent.duty",
        "consent.mentor",
        "consent.pd",
        "consent.mentee",
        "consent.pd_publication",
        "addendum",
        "agreement.employer",
    }
)
EXPERT = frozenset({"cover.letter", "protocol.other"})


def missing(
    activity: Activity,
    facts: Facts,
    kinds: Mapping[str, Kind],
    there: Collection[str],
    stopped: Collection[str] = (),
) -> list[str]:
    """Return «title: reason» for each paper of a row that is not planned today; `there` are the kinds that are."""
    if activity.status == NOT_NEEDED:
        return []
    return [
        f"{kinds[kind].title}: {reason(kinds[kind], activity, facts, stopped)}"
        for kind in activity.documents
        if kind in kinds and kind not in there
    ]


def reason(kind: Kind, activity: Activity, facts: Facts, stopped: Collection[str] = ()) -> str:
    """Say why a kind's paper is not made for a row today."""
    if not kind.made:
        return kind.why_not.rstrip(".")
    if activity.code in stopped or activity.term.flags & STOPPING:
        return "ждёт, пока исправят срок или замечание «стоп»"
    if activity.status == DONE:
        return "отмечено как выполненное, черновик программы не нужен"
    if kind.id in ON_CHANGE:
        return ON_CHANGE[kind.id]
    if kind.subject in ABOUT_PERSON | {"pair"} or kind.id == "order.pairs":
        return _of_pairs(kind, facts)
    windows = activity.term.windows if kind.subject == "event" else windows_of(activity, facts)
    return (
        _dated(kind, [window.start or window.end for window in windows], facts)
        if windows
        else UNDATED.get(activity.term.kind, UNDATED["unreadable"])
    )


def _of_pairs(kind: Kind, facts: Facts) -> str:
    living = [pair for pair in facts.pairs if pair.status not in ENDED]
    if not living:
        return "нет действующих пар"
    coming = [pair.start for pair in living if pair.start > facts.today]
    if len(coming) == len(living):
        return _dated(kind, [*coming], facts)
    return (
        "всё уже подписано или не требуется"
        if kind.id in SIGNED
        else "готовить не из чего, посмотрите вкладку «Проверка»"
    )


def _dated(kind: Kind, days: list[date | None], facts: Facts) -> str:
    ahead = min((day for day in days if day and day > facts.today), default=None)
    if ahead:
        return f"появится за {kind.lead_days} раб. дн. до {ahead:%d.%m.%Y}"
    past = max((day for day in days if day), default=None)
    return f"срок прошёл {past:%d.%m.%Y}" if past else UNDATED["unreadable"]


def approval(activity: Activity, register: Mapping[str, Filed]) -> str:
    """Say how the approval by an expert council stands, for a row that sends papers to it: by letter, minutes and the row's status."""
    if not set(activity.documents) >= EXPERT:
        return ""
    own = [row for row in register.values() if row.registered and row.parts.about == activity.code]
    letter, minutes = (
        next((row for row in own if row.kind == kind), None) for kind in ("cover.letter", "protocol.other")
    )
    if minutes:
        word = (
            "согласовано" if activity.status == DONE else "рассмотрено, отметьте в «Статусе», согласовано ли"
        )
        return f"Экспертный совет: {word}, протокол {_cited(minutes)}"
    return (
        f"Экспертный совет: на согласовании, письмо {_cited(letter)}"
        if letter
        else "Экспертный совет: ещё не направлено"
    )


def _cited(row: Filed) -> str:
    return f"№ {row.number or '____'}" + (f" от {row.day:%d.%m.%Y}" if row.day else "")
