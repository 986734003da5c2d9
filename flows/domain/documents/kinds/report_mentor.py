"""Отчёт наставника о работе пары: что записано в таблице и в журнале; что помогло и что было трудно, пишет он сам."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flows.domain.catalogue.named import ORDER_OF_PAIRS, PROGRAMME
from flows.domain.documents.common import common, registered, the_pair
from flows.domain.documents.counts import percent
from flows.domain.documents.in_a_sentence import inline
from flows.domain.documents.norms import paper_day
from flows.domain.documents.pairs import last_day, pair_record
from flows.domain.monitoring.indicators.evidence import school_period
from flows.domain.monitoring.indicators.figure import plain
from flows.domain.people import difficulty_changes, pauses, programme_outcomes
from flows.domain.people.difficulties import Difficulty
from flows.domain.people.meeting_log import in_its_days, meeting_day, was_held
from flows.domain.people.pair_plans import planned_results, tasks_done
from flows.domain.register.in_force import in_force
from flows.domain.statuses import BROKEN, CALLED_OFF
from flows.domain.text import fold
from flows.russian import words

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts, Meeting, Pair
    from flows.domain.people.pair_plans import PlannedResult

KIND = "report.mentor"
MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")  # fmt: skip


def build(facts: Facts) -> Context:
    """Return the report's context; what helped, what was hard and the proposals are left to the mentor."""
    pair = the_pair(facts)
    record = pair_record(facts, pair)
    own = logged(facts, pair)
    kept = held(facts, pair)
    plan = sum(meeting.status != CALLED_OFF for meeting in own)
    figures = {"записано": plan, "проведено": len(kept), "доля": percent(len(kept), plan)}
    return {
        **common(facts, KIND),
        "пара": record,
        "наставник": record["наставник"],
        "встречи": kept,
        "итог": figures,
        "по_месяцам": _by_month(own),
        "пауза": _pause(facts, own),
        **changes(pair, record),
        **fulfilment(facts, pair),
        "приказ_о_парах": registered(facts, ORDER_OF_PAIRS, pair),
        "программа": _programme(facts, pair),
        "досрочно": _early(pair),
    }


def logged(facts: Facts, pair: Pair) -> list[Meeting]:
    """Return the pair's rows of the log in the school year the report is for, up to the end of its window."""
    own = [
        meeting
        for meeting in facts.meetings
        if meeting.pair in {pair.code, pair.group, *pair.codes} - {""} and in_its_days(meeting, pair)
    ]
    last = facts.window.end if facts.window else None
    if last is None:
        return own
    last = min(last, pair.end)
    span = school_period(last)
    return [
        meeting for meeting in own if (day := meeting_day(meeting)) is None or span.start <= day <= span.end
    ]


def held(facts: Facts, pair: Pair) -> list[Context]:
    """Return the pair's held meetings by their days."""
    own = [meeting for meeting in logged(facts, pair) if was_held(meeting)]
    own.sort(key=lambda meeting: (meeting.held.toordinal() if meeting.held else 0, meeting.code))
    return [
        {
            "день": meeting.held,
            "тема": meeting.topic or None,
            "сделано": meeting.outcome or None,
            "минут": meeting.minutes,
            "оценки": [
                mark if isinstance(mark, int) else plain(mark)
                for mark in (meeting.mentee_score, meeting.mentor_score)
                if mark is not None
            ],
        }
        for meeting in own
    ]


def fulfilment(facts: Facts, pair: Pair) -> Context:
    """Tell what became of each task and what may be concluded of the whole programme on the paper's day; the rest is for the pen."""
    ended = programme_outcomes.outcome(pair, paper_day(facts))
    tasks = [
        {"задача": said, "состояние": state.value if state else None}
        for task, state in tasks_done(pair)
        if (said := inline(task))
    ]
    return {"задачи": tasks, "вывод": ended.value if ended else None}


def changes(pair: Pair, record: Context) -> Context:
    """Tell of each difficulty what was planned, its two marks and which way it went; planned results of no known difficulty stand apart."""
    planned = planned_results(pair)
    rows = [
        {**gap, "кто": person["кратко"], **_planned(gap, planned), "изменение": _way(gap)}
        for person in record["наставляемые"]
        for gap in person["дефициты"]
    ]
    known = {fold(row["сфера"]) for row in rows if row["сфера"]}
    apart = [
        {"сфера": each.sphere or None, "результат": inline(each.result), "цель": each.target or None}
        for each in planned
        if fold(each.sphere) not in known
    ]
    return {"дефициты": rows, "прочие_результаты": apart}


def _planned(gap: Context, planned: tuple[PlannedResult, ...]) -> Context:
    own = [each for each in planned if gap["сфера"] and fold(each.sphere) == fold(gap["сфера"])]
    told = [said for each in own if (said := inline(each.result))]
    return {
        "планировали": "; ".join(told) or None,
        "цель": next((each.target for each in own if each.target), None),
    }


def _way(gap: Context) -> str | None:
    went = difficulty_changes.way(
        Difficulty(gap["сфера"] or "", str(gap["до"] or ""), str(gap["после"] or ""))
    )
    return went.value if went else None


def _by_month(own: list[Meeting]) -> list[str]:
    """Count the held meetings of each month, in the order of time: «сентябрь – 2», each whole on its line."""
    days = sorted(meeting.held for meeting in own if meeting.held and was_held(meeting))
    counts = Counter((day.year, day.month) for day in days)
    return [f"{MONTHS[month - 1]}\u00a0–\u00a0{count}" for (_, month), count in counts.items()]


def _pause(facts: Facts, own: list[Meeting]) -> Context | None:
    """Tell the longest pause between meetings and what the log says of the meetings it swallowed."""
    found = pauses.longest(own, facts.days_off)
    if found is None:
        return None
    causes = [
        f"{f'встреча {each.planned:%d.%m.%Y} ' if each.planned else ''}{each.status} – {inline(each.reason)}"
        for each in found.missed
    ]
    return {"дней": words.count(found.days, "день"), "с": found.start, "по": found.end, "причины": causes}


def _programme(facts: Facts, pair: Pair) -> Context | None:
    own = [
        row
        for row in in_force(facts.register)
        if row.kind == PROGRAMME and row.parts.subject in {pair.code, *pair.codes}
    ]
    last = max(own, key=lambda row: (row.day is not None, row.day or paper_day(facts)), default=None)
    return {"номер": last.number or None, "дата": last.day} if last else None


def _early(pair: Pair) -> Context | None:
    """Tell why a pair ended early and on which day, as far as somebody typed it."""
    if pair.status != BROKEN:
        return None
    return {"причина": inline(pair.end_reason), "последний_день": last_day(pair)}
