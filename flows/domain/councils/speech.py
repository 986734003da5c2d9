"""What the curator says before a council: what was done, what changed, who needs help, what is asked; in words, each figure once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.councils.deserving import deserving
from flows.domain.councils.seasons import year_of
from flows.domain.monitoring.indicators.evidence import scope_of
from flows.domain.monitoring.note.comparison import last_before
from flows.domain.monitoring.note.conclusions import findings
from flows.domain.monitoring.note.counted import counted
from flows.domain.monitoring.note.finding import Chapter
from flows.domain.people.named_codes import by_name, pair_by_name, short
from flows.domain.people.through_time import works_on
from flows.domain.statuses import DONE, ENDED, SETTLED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.domain.councils.pack import Pack
    from flows.domain.model import Activity, Facts, Pair
    from flows.domain.monitoring.note.finding import Finding

MOST = 4
ROWS = 6
HEARD = 12
DETAILS = re.compile(r" (?:По сферам|Примечание)\b")
WORK = frozenset({Chapter.PEOPLE, Chapter.PAPERS, Chapter.MEETINGS, Chapter.ROADMAP})


@dataclass(frozen=True, slots=True)
class Theses:
    """A part of a speech: what it is about and what is said, one sentence or two in a line."""

    heading: str
    lines: tuple[str, ...]


def speaks(pack: Pack, facts: Facts) -> bool:
    """Tell whether there is anything to speak of: a note that the council hears, or rows of the roadmap for its school year."""
    return pack.note is not None or bool(_rows_of_year(pack, facts))


def speech(pack: Pack, facts: Facts) -> tuple[Theses, ...]:
    """Draft the parts of a speech; a part with nothing to say is left out."""
    heard = _heard(pack, facts)
    decided = [each for each in heard if each.chapter is Chapter.DECISIONS]
    rest = [each for each in heard if each.chapter is not Chapter.DECISIONS]
    weak = [each for each in rest if each.good is False]
    well = [each for each in rest if each.good]
    parts = (
        Theses(
            "Что сделано",
            (*_done(pack, facts), *_said([each for each in well if each.chapter in WORK], facts)),
        ),
        Theses("Что изменилось", _said([each for each in well if each.chapter not in WORK], facts)),
        Theses("Что решали раньше", _briefly(decided, facts)),
        Theses("Кому нужна помощь", (*_whose(weak, facts), *_alone(pack, facts))),
        Theses("Что предстоит", _ahead(pack, facts)),
        Theses("О чём просим педагогический совет", _asked(pack)),
    )
    return tuple(part for part in parts if part.lines)


def _heard(pack: Pack, facts: Facts) -> list[Finding]:
    """Return what the note concludes, the weightiest first; nothing where the council hears none or nothing was counted."""
    if pack.note is None or facts.evidence is None:
        return []
    evidence = replace(facts.evidence, facts=replace(facts, evidence=None, pack=None))
    scope = scope_of(evidence, pack.note.period)
    before = last_before(pack.note.ask, pack.note_about, scope, evidence.previous)
    found = findings(counted(evidence, scope, pack.note.ask, before))
    return sorted(found, key=lambda each: -each.weight)


def _said(found: Sequence[Finding], facts: Facts) -> tuple[str, ...]:
    """Say conclusions with the figure they stand on, but without the details that are read and not heard."""
    return tuple(
        by_name(DETAILS.split(each.line.text)[0], facts.pairs, facts.people) for each in found[:MOST]
    )


def _briefly(found: Sequence[Finding], facts: Facts) -> tuple[str, ...]:
    """Say conclusions without figures, where they can be said so: the figures stand in the note."""
    return tuple(by_name(each.brief or each.line.text, facts.pairs, facts.people) for each in found[:MOST])


def _whose(found: Sequence[Finding], facts: Facts) -> tuple[str, ...]:
    """Say where it does not go well, without figures and by name: whoever is to help must hear whom."""
    pairs = {pair.code: pair for pair in facts.pairs}
    told: list[str] = []
    for each, said in zip(found, _briefly(found, facts), strict=False):
        names = [pair_by_name(pairs[code], facts.people) for code in each.line.rows if code in pairs]
        known = not names or any(name in said for name in names)
        rest = f" и ещё {len(names) - ROWS}" if len(names) > ROWS else ""
        told.append(
            said if known else f"{said.rstrip('.')}: {'; '.join(names[:ROWS])}{rest}".rstrip(".") + "."
        )
    return tuple(told)


def _alone(pack: Pack, facts: Facts) -> tuple[str, ...]:
    taken = {code for pair in _living(facts, pack.day) for code in pair.mentees}
    alone = [
        short(each, code)
        for code, each in sorted(facts.people.items())
        if each.role == "mentee" and code not in taken and works_on(each, pack.day)
    ]
    return (f"Наставника пока нет: {_some(alone, ', ').rstrip('.')}.",) if alone else ()


def _living(facts: Facts, day: date) -> list[Pair]:
    return [pair for pair in facts.pairs if pair.status not in ENDED and pair.end >= day]


def _done(pack: Pack, facts: Facts) -> tuple[str, ...]:
    """Name the rows of the roadmap that are done, and the pairs that are proposed for a new year or worked through an old one."""
    done = [f"«{row.activity.rstrip('. ')}»" for row in _rows_of_year(pack, facts) if row.status == DONE]
    rest = f" и ещё {len(done) - ROWS}" if len(done) > ROWS else ""
    told = [f"По дорожной карте выполнено: {', '.join(done[:ROWS])}{rest}"] if done else []
    if pack.season == "август":
        pairs = [pair_by_name(pair, facts.people) for pair in _living(facts, pack.day)]
        told += [f"На новый учебный год предлагаются пары: {_some(pairs, '; ')}"] if pairs else []
    if pack.season == "май":
        names = [short(facts.people.get(code), code) for code, _ in deserving(facts, pack.day)]
        told += [f"С наставляемыми работали: {_some(names, ', ')}"] if names else []
    return tuple(f"{each.rstrip('.')}." for each in told)


def _some(names: Sequence[str], comma: str) -> str:
    """Say as many names as are listened to; the rest stand in the lists of the folder."""
    rest = len(names) - HEARD
    return comma.join(names[:HEARD]) + (f" и ещё {rest}" if rest > 0 else "")


def _ahead(pack: Pack, facts: Facts) -> tuple[str, ...]:
    """Name the rows whose days are still to come, the nearest first, each with the last of those days."""
    coming = [
        (min(ends), row)
        for row in facts.activities
        if row.status not in SETTLED
        and (ends := [window.end for window in row.term.windows if window.end and window.end >= pack.day])
    ]
    coming.sort(key=lambda each: (each[0], each[1].code))
    return tuple(f"{row.activity.rstrip('. ')} – до {day:%d.%m.%Y}." for day, row in coming[:ROWS])


def _rows_of_year(pack: Pack, facts: Facts) -> list[Activity]:
    first = int(year_of(pack.day)[:4])
    span = periods.of_years(first, first + 1)
    return [
        row
        for row in facts.activities
        if any(window.end and span.start <= window.end <= span.end for window in row.term.windows)
    ]


def _asked(pack: Pack) -> tuple[str, ...]:
    """Return the draft decisions in the order of the agenda; that the council takes note of what it heard goes without saying."""
    told = [each for point in pack.agenda for each in point.decisions]
    return tuple(dict.fromkeys(each for each in told if not each.startswith("Принять к сведению")))
