"""What the figures say: every rule by its id, asked in turn, and the conclusions it draws with what to do about the weak ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain.monitoring.note.finding import Chapter, Finding
from flows.domain.monitoring.note.rules import (
    kept_notes,
    marks_of_meetings,
    odd_pairs,
    paperwork,
    participation,
    past_decisions,
    stopped_months,
    voices_heard,
    what_changed,
    work_of_pairs,
)
from flows.domain.monitoring.note.rules.own_words import chapter_of, own_conclusion
from flows.domain.monitoring.note.rules.view import view_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flows.domain.monitoring.note.counted import Counted
    from flows.domain.monitoring.note.finding import Advice
    from flows.domain.monitoring.note.rules.drawn import Advised, Conclusion
    from flows.domain.monitoring.note.rules.view import View

    Drawing = Callable[[View], Iterator[Conclusion]]

RULES: dict[str, tuple[Chapter, Drawing]] = {
    "no-mentor": (Chapter.PEOPLE, participation.no_mentor),
    "load": (Chapter.PEOPLE, participation.load),
    "staff": (Chapter.PEOPLE, participation.staff),
    "coverage": (Chapter.PEOPLE, participation.coverage),
    "stayed": (Chapter.PEOPLE, participation.stayed),
    "programmes": (Chapter.PAPERS, paperwork.programmes),
    "papers": (Chapter.PAPERS, paperwork.papers),
    "plan": (Chapter.MEETINGS, work_of_pairs.plan),
    "stopped-month": (Chapter.MEETINGS, stopped_months.stopped_month),
    "silent": (Chapter.MEETINGS, odd_pairs.silent),
    "stands-out": (Chapter.MEETINGS, odd_pairs.stands_out),
    "rhythm": (Chapter.MEETINGS, work_of_pairs.rhythm),
    "unfilled": (Chapter.MEETINGS, work_of_pairs.unfilled),
    "unmarked": (Chapter.MEETINGS, work_of_pairs.unmarked),
    "feedback": (Chapter.MEETINGS, work_of_pairs.feedback),
    "falling-marks": (Chapter.MEETINGS, marks_of_meetings.falling_marks),
    "judge-apart": (Chapter.MEETINGS, marks_of_meetings.judge_apart),
    "endings": (Chapter.MEETINGS, work_of_pairs.endings),
    "difficulties": (Chapter.CHANGES, what_changed.difficulties),
    "no-entry-marks": (Chapter.CHANGES, what_changed.no_entry_marks),
    "sphere-still": (Chapter.CHANGES, what_changed.sphere_still),
    "best-growth": (Chapter.CHANGES, what_changed.best_growth),
    "needs-help": (Chapter.CHANGES, what_changed.needs_help),
    "untouched": (Chapter.CHANGES, what_changed.untouched),
    "criteria": (Chapter.CHANGES, voices_heard.criteria),
    "results": (Chapter.CHANGES, voices_heard.results),
    "returns": (Chapter.OPINIONS, voices_heard.returns),
    "satisfaction": (Chapter.OPINIONS, voices_heard.satisfaction),
    "card": (Chapter.OPINIONS, voices_heard.card),
    "decided": (Chapter.DECISIONS, past_decisions.decided),
    "trend": (Chapter.TRENDS, kept_notes.trend),
    "changed": (Chapter.TRENDS, kept_notes.changed),
    "overdue": (Chapter.ROADMAP, paperwork.overdue),
    "uncounted": (Chapter.ROADMAP, voices_heard.uncounted),
}
# Rules that speak of a pair, a person or a figure alone: what they say of it, no other rule says again.
OF_ONE = ("silent", "stands-out", "needs-help")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A conclusion with the rule that drew it."""

    rule: str
    chapter: Chapter
    weight: int
    said: Conclusion


def findings(counted: Counted) -> tuple[Finding, ...]:
    """Say everything the figures support and nothing more, chapter by chapter; of the advice the weightiest stays."""
    view = view_of(counted)
    first = {rule: tuple(_asked(view, rule)) for rule in (*OF_ONE, "trend")}
    view = replace(
        view,
        apart=frozenset(row for rule in OF_ONE for each in first[rule] for row in each.said.line.rows),
        trending=frozenset(code for each in first["trend"] for code in each.said.line.figures),
    )
    drawn = [each for rule in RULES for each in (first[rule] if rule in first else _asked(view, rule))]
    drawn += _own(view)
    order = list(Chapter)
    drawn.sort(key=lambda each: order.index(each.chapter))
    kept = _advice(drawn, counted.evidence.method.rules.most_advice)
    return tuple(
        Finding(
            each.said.line, each.said.good, kept.get(at), each.said.strength,
            each.rule, each.chapter, each.weight, each.said.brief,
        )
        for at, each in enumerate(drawn)
    )  # fmt: skip


def _asked(view: View, rule: str) -> Iterator[Drawn]:
    """Ask one rule, if it is drawn at all."""
    setting = view.counted.evidence.method.conclusions.rules.get(rule)
    if setting:
        chapter, draw = RULES[rule]
        for said in draw(view.under(setting.limits)):
            yield Drawn(rule, chapter, setting.weight, said)


def _own(view: View) -> Iterable[Drawn]:
    for own in view.counted.evidence.method.conclusions.own:
        said = own_conclusion(view, own)
        if said:
            yield Drawn(own.id, chapter_of(own), own.weight, said)


def _advice(drawn: list[Drawn], most: int) -> dict[int, Advice]:
    """Put pieces of advice that say the same to the same people together, and keep the weightiest, by the place of their conclusion."""
    merged: dict[tuple[str, str], tuple[int, Advised]] = {}
    for at, each in enumerate(drawn):
        told = each.said.advice
        if told is None:
            continue
        key = (told.who, told.what)
        if key in merged:
            place, above = merged[key]
            told = replace(
                above,
                rows=tuple(dict.fromkeys((*above.rows, *told.rows))),
                measured=tuple(dict((*above.measured, *told.measured)).items()),
            )
            merged[key] = (place, told)
        else:
            merged[key] = (at, told)
    weightiest = sorted(merged.values(), key=lambda each: (-drawn[each[0]].weight, each[0]))[:most]
    return {at: told.line(drawn[at].rule, drawn[at].said.line.figures) for at, told in weightiest}
