"""Отчёт наставника о работе пары: только то, что записано в журнале встреч."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.common import common, the_pair
from flows.domain.documents.counts import percent
from flows.domain.documents.pairs import pair_record
from flows.domain.monitoring.indicators.evidence import school_period
from flows.domain.monitoring.indicators.figure import plain
from flows.domain.people.meeting_log import in_its_days, meeting_day, was_held

if TYPE_CHECKING:
    from flows.domain.model import Context, Facts, Meeting, Pair

KIND = "report.mentor"


def build(facts: Facts) -> Context:
    """Return the report's context; results and difficulties are left to the mentor."""
    pair = the_pair(facts)
    record = pair_record(facts, pair)
    own = logged(facts, pair)
    kept = held(facts, pair)
    gaps = [
        {**gap, "кто": person["кратко"]} for person in record["наставляемые"] for gap in person["дефициты"]
    ]
    figures = {"записано": len(own), "проведено": len(kept), "доля": percent(len(kept), len(own))}
    return {
        **common(facts, KIND),
        "пара": record,
        "наставник": record["наставник"],
        "встречи": kept,
        "итог": figures,
        "дефициты": gaps,
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
