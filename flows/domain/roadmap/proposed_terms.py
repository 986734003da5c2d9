"""Dated proposals for a roadmap without dates, by the calendar of the letter АЗ-1128/08.

They stand beside the book's terms; a person takes them over, one by one or all at once, or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from flows.domain.catalogue import record
from flows.domain.model import Origin, Problem, Severity
from flows.domain.tabs import ROADMAP
from flows.domain.terms.printing import say
from flows.domain.terms.reading import Term, Window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.model import Activity, Row
    from flows.domain.periods import Period

HEADER = "⚙ Предложение системы"
CODE = "no-dates"
Months = tuple[int, int]
AUGUST = 8
BY_LETTER = "По календарю письма АЗ-1128/08"

# The times of the year by the letter, in the order in which a row's papers are asked: months and why these.
TIMES: dict[str, tuple[Months, str]] = {
    "local acts": ((8, 9), "локальные акты готовят к началу учебного года, в августе и сентябре"),
    "gathering": ((9, 9), "базы наставляемых и наставников собирают в сентябре"),
    "closing": ((5, 5), "итоги подводят в мае"),
    "pairing": ((10, 10), "пары закрепляют и программы утверждают в октябре"),
    "working": ((11, 5), "пары работают с ноября по май"),
    "all year": ((9, 5), "сайт обновляют весь учебный год"),
}
BY_STAGE: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(words, re.IGNORECASE), time, reason)
    for words, time, reason in (
        (
            r"подготовк\w{0,40} условий|нормативн|локальн",
            "local acts",
            "подготовительный этап приходится на август и сентябрь",
        ),
        (r"(?:банк|баз)\w{0,40} наставляем|(?:банк|баз)\w{0,40} наставник", "gathering", ""),
        (r"отбор|обучени", "pairing", "отбор и обучение наставников идут в октябре"),
        (r"завершени|итог", "closing", ""),
        (r"информационн|освещени", "all year", ""),
        (
            r"(?:организаци|осуществлени|работ)(?:(?!организаци|осуществлени|работ)[^.])*(?:пар|групп)",
            "working",
            "",
        ),
    )
)
"""Words of a stage, the time they speak of, and why, where it is not the time's own reason."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Days proposed for a row: its code, the windows, and why these; nothing runs until a person takes them over."""

    code: str
    windows: tuple[Window, ...]
    reason: str


def propose(activities: Sequence[Activity], year: Period) -> tuple[Proposal, ...]:
    """Propose days of one school year for every row of a roadmap that has no dates at all; nothing for a dated one.

    `year` begins on 1 September; August before it belongs to the preparation.
    """
    if any(each.term.windows or each.term.kind not in {"empty", "unreadable"} for each in activities):
        return ()
    return tuple(_proposal(each, year.start.year) for each in activities)


def bare(text: str) -> str:
    """Leave out the reason of a proposal that a person copied whole into the cell of the term."""
    return re.sub(rf"(?:(?<!\s)\s+)?{BY_LETTER}.*", "", text, flags=re.DOTALL)


def proposals(
    activities: Sequence[Activity], rows: Sequence[Row], year: Period | None
) -> dict[str, Proposal]:
    """Propose a term for every row of a plan that has none, by the row's code; nothing without a school year.

    Once people have taken over some of the terms, the other rows keep theirs until they get their own.
    """
    if year is None:
        return {}
    offered = {row.code for row in rows if row.text(HEADER)}
    whole = {each.code: each for each in propose(activities, year)}
    single = {
        each.code: propose([each], year)
        for each in activities
        if each.code in offered and each.term.kind == "empty"
    }
    offers = whole or {code: told[0] for code, told in single.items() if told}
    return {
        code: replace(each, windows=tuple(_within(window, year) for window in each.windows))
        for code, each in offers.items()
    }


def _within(window: Window, year: Period) -> Window:
    """Let what begins before the school year have only its last day: the plan's own period begins with the year."""
    return Window(None, window.end) if window.start and window.start < year.start else window


def shown(proposal: Proposal) -> str:
    """Spell a proposal as its cell shows it: a term that can be copied, and the reason below."""
    return "\n".join(("; ".join(map(say, proposal.windows)), proposal.reason))


def cells(rows: Sequence[Row], offers: Mapping[str, Proposal], year: Period | None) -> dict[int, str]:
    """Say what the proposal's column holds, by row as people number it; nothing while the school year is not known."""
    return (
        {row.origin.row: shown(offers[row.code]) if row.code in offers else "" for row in rows}
        if year
        else {}
    )


def question(
    activities: Sequence[Activity], offers: Mapping[str, Proposal], year: Period | None
) -> tuple[Problem, ...]:
    """Ask once whether all that is proposed is taken over."""
    if not offers or year is None:
        return ()
    which = (
        "В дорожной карте нет ни одного срока"
        if len(offers) == len(activities)
        else "У части строк дорожной карты нет срока"
    )
    told = f"{which}, поэтому документы по ним не готовятся. Предложенные сроки стоят в столбце «{HEADER}»: перенесите подходящие в «Срок (как в документе)» или ответьте «да», чтобы принять все."
    proposal = "\n".join(
        f"{each.number or each.code}: {'; '.join(map(say, offers[each.code].windows))}"
        for each in activities
        if each.code in offers
    )
    printed = f"{year.start.year}-{year.end.year} учебный год"
    return (
        Problem(
            Severity.QUESTION,
            CODE,
            Origin(activities[0].origin.book, ROADMAP, 0, ""),
            told,
            proposal,
            printed,
        ),
    )


def taken(activities: Sequence[Activity], offers: Mapping[str, Proposal]) -> tuple[Activity, ...]:
    """Read the rows as if each had the term proposed to it."""
    return tuple(
        replace(each, term=Term("dated", offers[each.code].windows, frozenset({"proposed"}), each.printed_term)) if each.code in offers else each
        for each in activities
    )  # fmt: skip


def _proposal(activity: Activity, first: int) -> Proposal:
    months, reason = _months(activity)
    return Proposal(activity.code, (_window(months, first),), f"{BY_LETTER}: {reason}.")


def _months(activity: Activity) -> tuple[Months, str]:
    """Tell the months by the papers of the row, then by the words of its stage; pairs work from November on."""
    called = {record.of(kind).proposed for kind in activity.documents}
    for time, told in TIMES.items():
        if time in called:
            return told
    for words, time, reason in BY_STAGE:
        if words.search(activity.stage):
            months, usual = TIMES[time]
            return months, reason or usual
    return TIMES["working"]


def _window(months: Months, first: int) -> Window:
    opens, closes = (first if month >= AUGUST else first + 1 for month in months)
    last = date(closes + months[1] // 12, months[1] % 12 + 1, 1).toordinal() - 1
    return Window(date(opens, months[0], 1), date.fromordinal(last))
