"""What must exist on a day: the roadmap, the pairs and the catalogue give the planned papers (DESIGN §3)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.documents.common import FIGURES, FILE_TITLE
from flows.domain.errors import Refused
from flows.domain.model import Activity, Facts, Filed, Origin, Pair, Planned, Problem, Severity
from flows.domain.planning import councils, planners
from flows.domain.planning.doubt import needs, silent
from flows.domain.planning.due import KINDS, State
from flows.domain.planning.wanted import NO_DOUBTS, Doubts, Wanted, Wishes, key_of
from flows.domain.register.life import begun, latest
from flows.domain.statuses import NOT_NEEDED, OVER, STOPPING
from flows.russian import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.domain.model import Organisation

OF_MONITORING = frozenset(KINDS)
LATE = State.LATE.value


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned papers, what was found on the way, and what cannot be judged today: that is never superfluous."""

    planned: tuple[Planned, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubts: Doubts = NO_DOUBTS


def plan(facts: Facts, wishes: Wishes) -> Plan:
    """Plan every paper due on `facts.today`. A builder that cannot write one paper gives a finding, the others go on."""
    found = _plan(facts, wishes)
    again = _remembering(facts, found.planned)
    return found if again is None else _plan(again, wishes)


def _plan(facts: Facts, wishes: Wishes) -> Plan:
    kinds = (kind for kind in wishes.kinds.values() if kind.made)
    unknown = frozenset(kind.id for kind in kinds if needs(kind) & wishes.doubts.tabs)
    doubts = replace(wishes.doubts, kinds=unknown)
    planned: list[Planned] = []
    problems: list[Problem] = []
    # The folders of councils come last: they point at everything else that is planned.
    for stage in (lambda facts, wishes, _: _every(facts, wishes), councils.notes, councils.papers):
        for each in stage(facts, wishes, tuple(planned)):
            if isinstance(each, Problem):
                problems.append(each)
            elif each.kind.id not in unknown:
                _take(each, facts, wishes, planned, problems)
    doubts = replace(doubts, papers=silent(facts, wishes.kinds, doubts))
    return Plan(tuple(planned), tuple(dict.fromkeys(problems)), doubts)


def _take(each: Wanted, facts: Facts, wishes: Wishes, planned: list[Planned], problems: list[Problem]) -> None:
    try:
        planned.append(_planned(each, facts, wishes))
    except (Refused, Doubt) as refusal:
        problems.append(_refused(each, refusal))


def _remembering(facts: Facts, planned: Sequence[Planned]) -> Facts | None:
    """Return the facts with the figures of notes made in this run kept, as the next run would find them; `None` when nothing changes.

    Figures do not depend on a comparison, so one more plan settles them.
    """
    if facts.evidence is None:
        return None
    known, before = latest(facts.register), {each.get("key"): each for each in facts.evidence.previous}
    fixed = {key for key, filed in known.items() if filed.registered or filed.state in OVER}
    made = {each.key: {**json.loads(each.kept), "key": each.key} for each in planned if each.kept and each.key not in fixed}
    after = before | made
    return None if after == before else replace(facts, evidence=replace(facts.evidence, previous=tuple(after[key] for key in sorted(after, key=str))))


def _refused(each: Wanted, refusal: Refused | Doubt) -> Problem:
    told: Sequence[Activity | Pair] = (*each.activities, *each.pairs)
    return Problem(Severity.QUESTION, "paper-refused", told[0].origin if told else Origin(), str(refusal), subject=told[0].code if told else "")


def _every(facts: Facts, wishes: Wishes) -> Iterator[Wanted | Problem]:
    called: dict[str, list[Activity]] = {}
    for activity in facts.activities:
        if activity.status != NOT_NEEDED and activity.code not in wishes.doubts.stopped and not activity.term.flags & STOPPING:
            for called_for in dict.fromkeys((*activity.documents, *planners.beside(activity))):
                called.setdefault(called_for, []).append(activity)
    for kind in wishes.kinds.values():
        rows = called.get(kind.id, [])
        if not kind.made or kind.id not in wishes.builders or not (rows or kind.id in planners.FORCED):
            continue
        yield from planners.planner_of(kind)(kind, rows, facts, wishes)


def _planned(each: Wanted, facts: Facts, wishes: Wishes) -> Planned:
    told = replace(
        facts, organisation=_in_its_year(each, facts), subject=each.subject, heading=each.kind.heading or each.kind.title, activities=facts.activities, window=each.window,
        activity=each.activities[0] if each.activities else None, pairs=each.pairs or facts.pairs, pack=each.pack,
    )  # fmt: skip
    resting = _at_rest(each, facts)
    context = {} if resting else dict(wishes.builders[each.kind.id](told))
    figures, short = context.pop(FIGURES, ""), context.pop(FILE_TITLE, "")
    title = (resting.title if resting else context.get("заголовок")) or each.kind.heading or each.kind.title
    late_mark = (LATE,) if each.late and each.kind.id in OF_MONITORING else ()
    return Planned(
        key=key_of(facts, each.kind, each.subject, each.period), kind=each.kind.id, subject=each.subject, period=each.period, title=title,
        template=each.kind.template, folder=tuple(part.format(school_year=each.year or each.period, pair=each.named) for part in each.kind.folder),
        name=each.kind.name, context=context, basis=(*(f"п. {activity.number}" for activity in each.activities), *_of_council(each), *late_mark), due=each.window,
        late=each.late, covers=each.covers, rows=tuple(activity.code for activity in each.activities), who=each.who, frozen=each.frozen,
        kept=figures, file_title=short, links=councils.links(each.pack) if each.pack and each.kind.id == councils.CONTENTS else (),
    )  # fmt: skip


def _in_its_year(each: Wanted, facts: Facts) -> Organisation:
    """Return the card as it stands in the paper's own school year: in August papers are made for the next one."""
    year = each.year or each.period
    return replace(facts.organisation, school_year=year) if periods.parse(year) else facts.organisation


def _at_rest(each: Wanted, facts: Facts) -> Filed | None:
    """Return the row of a closed paper that nothing will be done about: what it would say today need not be counted."""
    filed = latest(facts.register).get(key_of(facts, each.kind, each.subject, each.period)) if each.frozen else None
    if filed is None or not filed.fingerprint or filed.again or begun(filed) or filed.state in OVER:
        return None
    return None if filed.number and filed.day and not filed.final else filed


def _of_council(each: Wanted) -> tuple[str, ...]:
    return (f"педсовет №{each.pack.number} {each.pack.day:%d.%m.%Y}",) if each.pack else ()
