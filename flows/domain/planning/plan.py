"""What must exist on a day: the roadmap, the pairs and the catalogue give the planned papers (DESIGN §3)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.domain import periods
from flows.domain.catalogue.named import CONTENTS
from flows.domain.documents.common import FIGURES, FILE_TITLE, UNCOUNTED
from flows.domain.errors import Needless, Refused
from flows.domain.model import Activity, Facts, Filed, Origin, Pair, Planned, Problem, Severity
from flows.domain.planning import (
    council_minutes,
    councils,
    days,
    folder_places,
    past_years,
    planners,
    prepared,
)
from flows.domain.planning.awaited import orders_without_number
from flows.domain.planning.doubt import kept, needs, silent
from flows.domain.planning.due import State
from flows.domain.planning.wanted import NO_DOUBTS, Doubts, Wanted, Wishes, exists, key_of
from flows.domain.register.life import begun, latest
from flows.domain.statuses import OVER
from flows.domain.tabs import REGISTER
from flows.russian import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.domain.organisation import Organisation
    from flows.domain.planning.wanted import Plans


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
    owed: list[Wanted] = []
    # The folders of councils come last: they point at everything else that is planned.
    for stage in (
        lambda facts, wishes, _: _every(facts, wishes),
        councils.notes,
        council_minutes.papers,
        prepared.papers,
        councils.papers,
    ):
        for each in stage(facts, wishes, tuple(planned)):
            if isinstance(each, Problem):
                problems.append(each)
            elif each.kind.id not in unknown:
                gone = past_years.past(each, facts)
                if gone and not exists(facts, each.kind, each.subject, each.period):
                    owed.append(each)
                else:
                    standing = replace(each, frozen=True) if gone else each
                    _take(standing, facts, wishes, planned, problems)
    problems += _uncounted(planned)
    asked = past_years.question(owed, facts)
    problems += [asked] if asked else []
    doubts = replace(doubts, papers=silent(facts, wishes.kinds, doubts))
    problems += kept(facts, wishes.kinds, doubts)
    return Plan(tuple(planned), tuple(dict.fromkeys(problems)), doubts)


def _uncounted(planned: Sequence[Planned]) -> list[Problem]:
    """Name once what the notes being written could not count, with what is missing; each note has a line about it."""
    kept = [json.loads(each.kept) for each in planned if each.kept and not each.frozen]
    missing = dict.fromkeys(str(text) for each in kept for text in each.get(UNCOUNTED, ()))
    if not missing:
        return []
    told = f"В справке не посчитано: {'; '.join(missing)}. Внесите данные, если они есть."
    return [Problem(Severity.NOTE, "not-counted", Origin(tab=REGISTER), told)]


def _take(
    wanted: Wanted, facts: Facts, wishes: Wishes, planned: list[Planned], problems: list[Problem]
) -> None:
    try:
        planned.append(_planned(wanted, facts, wishes))
    except (Refused, Doubt) as refusal:
        problems.append(_refused(wanted, refusal))


def _remembering(facts: Facts, planned: Sequence[Planned]) -> Facts | None:
    """Return the facts with the figures of notes made in this run kept, as the next run would find them; `None` when nothing changes.

    Figures do not depend on a comparison, so one more plan settles them.
    """
    if facts.evidence is None:
        return None
    known, before = latest(facts.register), {each.get("key"): each for each in facts.evidence.previous}
    fixed = {key for key, filed in known.items() if filed.registered or filed.state in OVER}
    made = {
        each.key: {**json.loads(each.kept), "key": each.key}
        for each in planned
        if each.kept and each.key not in fixed
    }
    after = before | made
    return (
        None
        if after == before
        else replace(
            facts,
            evidence=replace(facts.evidence, previous=tuple(after[key] for key in sorted(after, key=str))),
        )
    )


def _refused(wanted: Wanted, refusal: Refused | Doubt) -> Problem:
    about: Sequence[Activity | Pair] = (*wanted.activities, *wanted.pairs)
    origin, subject = (about[0].origin, about[0].code) if about else (Origin(), "")
    weight = Severity.NOTE if isinstance(refusal, Needless) else Severity.QUESTION
    return Problem(weight, "paper-refused", origin, str(refusal), subject=subject)


def _every(facts: Facts, wishes: Wishes) -> Plans:
    called = planners.called(facts, wishes)
    for kind in wishes.kinds.values():
        rows = called.get(kind.id, [])
        if not kind.made or kind.id not in wishes.builders or not (rows or kind.forced) or kind.adopts:
            continue
        yield from planners.planner_of(kind)(kind, rows, facts, wishes)


def _planned(wanted: Wanted, facts: Facts, wishes: Wishes) -> Planned:
    kind, resting = wanted.kind, _at_rest(wanted, facts)
    filed = latest(facts.register).get(key_of(facts, kind, wanted.subject, wanted.period))
    meant, signed = days.drafted_on(wanted, facts), days.registered_on(filed)
    build, own = wishes.builders[kind.id], _facts_of(wanted, facts)
    context = {} if resting else dict(build(days.as_of(own, signed or meant)))
    apart = not resting and signed is not None and not days.alike(own, signed, meant)
    drafted = dict(build(days.as_of(own, meant))) if apart else {}
    for name in (FIGURES, FILE_TITLE):
        drafted.pop(name, None)
    figures, short = context.pop(FIGURES, ""), context.pop(FILE_TITLE, "")
    title = resting.title if resting else context.get("заголовок")
    year = wanted.year or wanted.period
    points_at = wanted.pack if kind.id == CONTENTS else None
    return Planned(
        key=key_of(facts, kind, wanted.subject, wanted.period),
        kind=kind.id,
        subject=wanted.subject,
        period=wanted.period,
        title=title or kind.heading or kind.title,
        template=kind.template,
        folder=tuple(
            filter(None, (part.format(school_year=year, pair=wanted.named) for part in kind.folder))
        ),
        name=kind.name,
        context=context,
        basis=_basis(wanted),
        due=wanted.window,
        late=wanted.late,
        covers=wanted.covers,
        rows=tuple(activity.code for activity in wanted.activities),
        who=wanted.who,
        frozen=wanted.frozen,
        held=wanted.held or orders_without_number(wanted, facts, wishes),
        kept=figures,
        file_title=short,
        drafted=drafted,
        links=folder_places.links(points_at) if points_at else (),
    )


def _facts_of(wanted: Wanted, facts: Facts) -> Facts:
    """Return the facts as the builder of one paper sees them."""
    return replace(
        facts,
        organisation=_in_its_year(wanted, facts),
        subject=wanted.subject,
        heading=wanted.kind.heading or wanted.kind.title,
        window=wanted.window,
        activity=wanted.activities[0] if wanted.activities else None,
        pairs=wanted.pairs or facts.pairs,
        pack=wanted.pack,
    )


def _basis(wanted: Wanted) -> tuple[str, ...]:
    """Spell for the register why a paper exists: rows, the council, and that it is caught up."""
    rows = tuple(f"п. {activity.number}" for activity in wanted.activities)
    pack = wanted.pack
    council = (f"педсовет №{pack.number} {pack.day:%d.%m.%Y}",) if pack else ()
    late = (State.LATE.value,) if wanted.late and wanted.kind.closes else ()
    edition = (wanted.edition,) if wanted.edition else ()
    return (*rows, *council, *late, *edition)


def _in_its_year(wanted: Wanted, facts: Facts) -> Organisation:
    """Return the card as it stands in the paper's own school year: in August papers are made for the next one."""
    year = wanted.year or wanted.period
    return replace(facts.organisation, school_year=year) if periods.parse(year) else facts.organisation


def _at_rest(wanted: Wanted, facts: Facts) -> Filed | None:
    """Return the row of a closed paper that nothing will be done about: what it would say today need not be counted."""
    filed = (
        latest(facts.register).get(key_of(facts, wanted.kind, wanted.subject, wanted.period))
        if wanted.frozen
        else None
    )
    if filed is None or not filed.fingerprint or filed.again or begun(filed) or filed.state in OVER:
        return None
    return None if filed.number and filed.day and not filed.final else filed
