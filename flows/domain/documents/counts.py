"""Счёт встреч, участников и документов пар по листам книги: для сведений и отчётов, где нужны одни числа."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.documents.norms import paper_day
from flows.domain.documents.pairs import agreed_on, pair_record
from flows.domain.people import pupils
from flows.domain.people.meeting_log import in_its_days, meeting_day, was_held
from flows.domain.statuses import CALLED_OFF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.domain.model import Context, Facts, Meeting, Pair

SEPTEMBER = 9


def tally(facts: Facts) -> Context:
    """Count what the tabs hold from 1 September up to the last meeting day of the window."""
    begin, end = span(facts)
    cut = cut_off(facts, begin, end)
    working = [pair for pair in facts.pairs if pair.start <= end and pair.end >= begin]
    pairs = [counted(facts, pair, begin, cut) for pair in working]
    return {
        "срез": cut,
        "итог": total(pairs),
        "состав": make_up(facts, pairs, working),
    }


def span(facts: Facts) -> tuple[date, date]:
    """Return the days counted: from 1 September to the end of its window."""
    end = (facts.window.end if facts.window else None) or paper_day(facts)
    first = int(periods.school_year(end)[:4])
    return date(first, SEPTEMBER, 1), end


def cut_off(facts: Facts, begin: date, end: date) -> date | None:
    """Return the last meeting day not after today and the window: the count reaches so far, and a new day alone moves nothing."""
    last = min(facts.today, end)
    days = [day for meeting in facts.meetings if (day := meeting_day(meeting)) and begin <= day <= last]
    return max(days, default=None)


def counted(facts: Facts, pair: Pair, begin: date, cut: date | None) -> Context:
    """Return a pair with its meetings counted: planned, held, cancelled, not marked."""
    own = [
        meeting
        for meeting in facts.meetings
        if meeting.pair in {pair.code, pair.group, *pair.codes} - {""}
        and within(meeting, begin, cut)
        and in_its_days(meeting, pair)
    ]
    held = [meeting for meeting in own if was_held(meeting)]
    cancelled = sum(meeting.status == CALLED_OFF for meeting in own)
    record = pair_record(facts, pair)
    return {
        **record,
        "план": len(own),
        "проведено": len(held),
        "отменено": cancelled,
        "не_отмечено": len(own) - len(held) - cancelled,
        "доля": percent(len(held), len(own)),
        "последняя": max((day for meeting in held if (day := meeting_day(meeting))), default=None),
        "документы_есть": _agreed(facts, pair),
    }


def _agreed(facts: Facts, pair: Pair) -> bool:
    """Tell whether everybody who must has agreed that the mentor mentors; whose own job it is needs neither."""
    mentor = facts.people[pair.mentor]
    if mentor.job_function and pupils.employed(pair):
        return True
    asked = pupils.employed(pair) or pupils.by_employer(pair)
    return pupils.consented(mentor, pair.start) and (not asked or bool(agreed_on(pair)))


def within(meeting: Meeting, begin: date, cut: date | None) -> bool:
    """Tell whether a meeting falls into the note's days."""
    day = meeting_day(meeting)
    return day is not None and cut is not None and begin <= day <= cut


def total(pairs: list[Context]) -> Context:
    """Add the pairs' meetings up."""
    sums: Context = {
        name: sum(pair[name] for pair in pairs) for name in ("план", "проведено", "отменено", "не_отмечено")
    }
    return {**sums, "доля": percent(sums["проведено"], sums["план"])}


def make_up(facts: Facts, pairs: list[Context], working: Iterable[Pair]) -> Context:
    """Count who takes part; shares are given only where the card tells the whole, of teachers only teachers count."""
    people = {code for pair in working for code in (pair.mentor, *pair.mentees)}
    taught = {code for pair in working for code in pupils.teachers(pair, facts.people)}
    known = [facts.people[code] for code in people if code in facts.people]
    card = facts.organisation
    young = sum(bool(person.young) for person in known if person.role == "mentee")
    return {
        "наставников": len({pair["наставник"]["код"] for pair in pairs}),
        "наставляемых": len({person["код"] for pair in pairs for person in pair["наставляемые"]}),
        "пар": sum(not pair["это_группа"] for pair in pairs),
        "групп": sum(pair["это_группа"] for pair in pairs),
        "педагогов": card.teachers,
        "охват": of(len({facts.people[code].name for code in taught if code in facts.people}), card.teachers),
        "молодых": of(young, card.young_teachers),
        "с_документами": of(sum(pair["документы_есть"] for pair in pairs), len(pairs)),
    }


def of(part: int, whole: int | None) -> str | None:
    """Return «4 из 5 (80,0 %)», or nothing when the whole is not told or smaller than its part."""
    share = percent(part, whole or 0)
    return f"{part} из {whole} ({share}\u00a0%)" if share and whole and part <= whole else None


def percent(part: int, whole: int) -> str | None:
    """Return a share in percent with one decimal, «66,7», or nothing of an empty whole."""
    if not whole:
        return None
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10}"
