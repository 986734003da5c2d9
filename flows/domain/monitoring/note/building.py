"""From evidence to a paper: the sections each focus has, numbered, with the charts they need."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flows.domain.catalogue.named import NOTE
from flows.domain.keys import Key
from flows.domain.monitoring.indicators.evidence import Evidence, school_period, scope_of
from flows.domain.monitoring.note import appendices, chapters, closing, opening, year_report
from flows.domain.monitoring.note.comparison import iso_day, kept_figures, last_before
from flows.domain.monitoring.note.counted import Counted, counted
from flows.domain.monitoring.note.focus import Ask, Focus, ask_of, title_of
from flows.domain.monitoring.note.outline import outline
from flows.domain.monitoring.note.pictures import illustrated
from flows.domain.monitoring.note.reports import one_pair, survey_report
from flows.domain.monitoring.note.shape import Note
from flows.domain.periods import Period
from flows.domain.terms.reading import EVENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from flows.domain.model import Activity
    from flows.domain.monitoring.note.chapters import Part
    from flows.domain.monitoring.note.outline import Outline
    from flows.domain.monitoring.note.shape import NoteLine, Section, Table

A_YEAR = timedelta(days=365)


def _of_counted(part: Callable[[Counted], Section | None]) -> Part:
    """Return a part that looks at what was counted alone."""
    return lambda told: part(told.counted)


ENDING: tuple[Part, ...] = (closing.conclusions, closing.recommendations, closing.decisions)
WHOLE: tuple[Part, ...] = (opening.grounds, *chapters.ALL, *ENDING)
BRIEF: tuple[Part, ...] = (opening.grounds, chapters.main, closing.recommendations, closing.decisions)
PARTS: dict[Focus, tuple[Part, ...]] = {
    Focus.STAGE: (opening.grounds, closing.stage, *chapters.ALL, *ENDING),
    Focus.QUALITY: (opening.grounds, chapters.results, *chapters.OF_QUALITY, *ENDING),
    Focus.SURVEY: (survey_report, *chapters.ALL, closing.conclusions, closing.recommendations),
    Focus.COLLECTION: tuple(map(_of_counted, year_report.PARTS)),
    Focus.MENTOR: (one_pair,),
}


def period_of(activity: Activity | None, evidence: Evidence) -> Period:
    """Bound a paper: from the start of the school year (or of the stage) to the end of the row's window."""
    facts = evidence.facts
    last = facts.window.end if facts.window and facts.window.end else facts.today
    start = facts.period.start if facts.period else None
    if activity is None or ask_of(activity).focus is not Focus.STAGE:
        worked = facts.window.start if facts.window and activity and activity.term.kind == EVENT else None
        return Period(school_period(worked or last, start).start, last)
    windows = [
        window for each in facts.activities if each.stage == activity.stage for window in each.term.windows
    ]
    starts = [window.start or window.end for window in windows]
    first = min((day for day in starts if day and last - A_YEAR < day <= last), default=None)
    return Period(first, last) if first else school_period(last, start)


def note(evidence: Evidence, kind: str = NOTE) -> Note:
    """Write the paper that `evidence.facts.activity` asks for in `evidence.facts.window`.

    A row about municipal monitoring gives the organisation's own note; the district's is `municipal_note`.
    The latest earlier one of `evidence.previous` is compared with. Depends on today only as far as today bounds the data.
    """
    activity = evidence.facts.activity
    ask = ask_of(activity, kind)
    if ask.focus is Focus.MUNICIPAL:
        ask = replace(ask, focus=Focus.PROGRAMME)
    return note_for(evidence, ask, period_of(activity, evidence))


def note_for(evidence: Evidence, ask: Ask, period: Period) -> Note:
    """Write a paper about a given period, whatever the roadmap says."""
    told = _settled(counted(evidence, scope_of(evidence, period), ask))
    told = replace(told, previous=last_before(ask, evidence.facts.subject, told.scope, evidence.previous))
    return _assembled(told)


def _settled(told: Counted) -> Counted:
    """Keep the cut-off that the paper was written with while no figure has changed since: a day alone moves nothing."""
    standing = next((each for each in told.evidence.previous if _same_paper(each, told)), None)
    day = iso_day((standing or {}).get("cut_off"))
    if standing is None or day is None or not told.scope.period.start <= day < told.scope.cut_off:
        return told
    before = counted(told.evidence, scope_of(told.evidence, told.scope.period, day), told.ask)
    same = standing.get("figures") == kept_figures(told.figures) == kept_figures(before.figures)
    return before if same else told


def _same_paper(kept: Mapping[str, Any], told: Counted) -> bool:
    period = {"start": told.scope.period.start.isoformat(), "end": told.scope.period.end.isoformat()}
    subject = Key.parse(str(kept.get("key", ""))).subject
    return bool(subject) and (subject, kept.get("focus"), kept.get("period")) == (
        told.evidence.facts.subject, str(told.ask.focus), period
    )  # fmt: skip


def _assembled(counted: Counted) -> Note:
    activity = counted.evidence.facts.activity
    told, appended = appendices.held(illustrated(outline(counted)))
    parts = _brief(told) if told.short else PARTS.get(counted.ask.focus, WHOLE)
    body, lines = _renumbered([section for part in parts if (section := part(told))])
    last = None if told.short else appendices.sources(lines, counted)
    numbered = tuple(numbered_sections((*body, *appended, *((last,) if last else ()))))
    return Note(
        ask=counted.ask,
        title=title_of(counted.ask, counted.scope.period),
        period=counted.scope.period,
        cut_off=counted.scope.cut_off,
        basis=f"п. {activity.number}" if activity and activity.number else "",
        sections=numbered[: len(body)],
        figures=counted.figures,
        charts=tuple(chart for section in body for chart in section.charts),
        conclusions=tuple(each.line for each in (*told.said, *told.left, *told.unknown)),
        recommendations=tuple(advice for advice, _ in closing.advised(told)),
        also=counted.ask.also,
        appendices=tuple(replace(section, number=at) for at, section in enumerate(numbered[len(body) :], 1)),
    )


def _brief(told: Outline) -> tuple[Part, ...]:
    """Return the parts of a note of two pages: what matters most and what to do; of a stage, how its rows stand."""
    stage = (closing.stage,) if told.counted.ask.focus is Focus.STAGE else ()
    return (*BRIEF[:1], *stage, *BRIEF[1:])


def _renumbered(sections: Sequence[Section]) -> tuple[tuple[Section, ...], tuple[NoteLine, ...]]:
    """Return the sections with their conclusions numbered as they are read, and these."""
    order = [line.source for section in sections for line in section.lines if line.source]
    number = {source: at for at, source in enumerate(order, 1)}
    made = tuple(
        replace(
            section,
            lines=tuple(replace(line, source=number.get(line.source, 0)) for line in section.lines),
        )
        for section in sections
    )
    return made, tuple(line for section in made for line in section.lines if line.source)


def numbered_sections(sections: Iterable[Section]) -> Iterable[Section]:
    """Give sections numbers from 1 and tables through the whole paper; a table without rows is left out."""
    at = 0
    for number, section in enumerate(sections, 1):
        tables: list[Table] = []
        for table in section.tables:
            if table.rows:
                at += 1
                tables.append(replace(table, number=at))
        yield replace(section, number=number, tables=tuple(tables))
