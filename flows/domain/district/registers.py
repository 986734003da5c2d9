"""The registers that an organisation gives to its district: mentors, programmes, the curator's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.catalogue.named import PROGRAMME
from flows.domain.catalogue.record import having, kinds, of
from flows.domain.district.returns import MentorEntry, ProgrammeEntry
from flows.domain.monitoring.indicators.evidence import pairs_in
from flows.domain.monitoring.indicators.figure import decimal, exact, mean
from flows.domain.monitoring.indicators.growth import hardships
from flows.domain.people import publishing
from flows.domain.people.meeting_log import was_held
from flows.domain.people.pair_plans import TaskState, tasks_done
from flows.domain.register.in_force import in_force, number_and_day
from flows.domain.statuses import LEFT, WORKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.domain.district.nameless import Nameless
    from flows.domain.model import Facts, Filed, Pair, Person
    from flows.domain.monitoring.indicators.evidence import Evidence
    from flows.domain.monitoring.indicators.figure import Scope
    from flows.domain.monitoring.indicators.growth import Hardship

APPOINTED = "куратор_назначен"  # the field of papers that cites the order
UNSIGNED = "согласия на распространение нет"
SILENT = "согласие не разрешает публиковать: {what}"
HELP_KEPT = "чем готов помочь, согласие публиковать не разрешает"
HELP_NAMES = "«Чем готов помочь» называет людей и не передано"


def working(facts: Facts) -> tuple[Pair, ...]:
    """Return the pairs that work on the facts' day."""
    return tuple(
        pair for pair in facts.pairs if pair.status in WORKING and pair.start <= facts.today <= pair.end
    )


def base(facts: Facts, nameless: Nameless) -> tuple[MentorEntry, ...]:
    """Return the mentors on the list, by their codes; names and competences only as each one's consent lets them out."""
    now = working(facts)
    mentors = (
        person
        for _, person in sorted(facts.people.items())
        if person.role == "mentor" and person.status != LEFT
    )
    return tuple(
        _mentor(each, sum(each.code == pair.mentor for pair in now), facts, nameless) for each in mentors
    )


def _mentor(person: Person, pairs: int, facts: Facts, nameless: Nameless) -> MentorEntry:
    signed = person.consent_public is not None and person.consent_public <= facts.today
    named = signed and publishing.lets_name(person)
    helps = signed and publishing.lets(person, publishing.HELP)
    tells = bool(person.strengths) and not named and nameless.names(person.strengths)
    why = [] if named else [_why_nameless(person, signed=signed)]
    why += [HELP_KEPT] if signed and person.strengths and not helps else []
    why += [HELP_NAMES] if helps and tells else []
    posted = named and publishing.lets(person, publishing.POST)
    return MentorEntry(
        code=person.code,
        strengths=person.strengths if helps and not tells else "",
        name=person.name if named else "",
        position=person.position if posted else "",
        category=person.category if posted else "",
        pairs=pairs,
        why="; ".join(why),
    )


def _why_nameless(person: Person, *, signed: bool) -> str:
    if not signed:
        return UNSIGNED
    lacking = [
        publishing.SORTS[each]
        for each in (publishing.NAME, publishing.PART)
        if not publishing.lets(person, each)
    ]
    return SILENT.format(what="; ".join(lacking))


def programmes(evidence: Evidence, scope: Scope, nameless: Nameless) -> tuple[ProgrammeEntry, ...]:
    """Return the programmes of the pairs that worked in the scope, with number and day where one is registered."""
    facts = evidence.facts
    standing = in_force(facts.register)
    grown: dict[str, list[Hardship]] = {}
    for each in hardships(evidence, scope):
        grown.setdefault(each.pair, []).append(each)
    return tuple(
        _programme(
            pair,
            nameless(pair.form),
            _approved(pair, standing),
            proven(pair, evidence, grown.get(pair.code, [])),
        )
        for pair in sorted(pairs_in(evidence, scope), key=lambda each: each.code)
    )


def _programme(pair: Pair, form: str, paper: Filed | None, good: str) -> ProgrammeEntry:
    return ProgrammeEntry(
        pair=pair.code,
        form=form,
        title=of(paper.kind if paper else PROGRAMME).title,
        number=paper.number if paper else "",
        day=paper.day if paper else None,
        status=pair.status,
        proven=good,
    )


def _approved(pair: Pair, standing: Sequence[Filed]) -> Filed | None:
    """Return the registered programme of a pair, else the registered order that approves it."""
    own = {pair.code, *pair.codes}
    alone = next((row for row in standing if row.kind == PROGRAMME and row.parts.about in own), None)
    orders = having("approves", "programmes")
    return alone or next((row for row in standing if row.kind in orders and own & set(row.covers)), None)


def proven(pair: Pair, evidence: Evidence, hard: Sequence[Hardship]) -> str:
    """Say what shows a good result: tasks done, marks of difficulties that grew, marks of the meetings; nothing else is known."""
    states = [state for _, state in tasks_done(pair)]
    done = states.count(TaskState.DONE)
    both = [each.change for each in hard if each.change is not None]
    up, down = sum(each > 0 for each in both), sum(each < 0 for each in both)
    told = (
        f"задач выполнено: {done} из {len(states)}" if done else "",
        f"отметка выросла у затруднений: {up} из {len(both)}" if up > down else "",
        _marks(pair, evidence),
    )
    return "; ".join(each for each in told if each)


def _marks(pair: Pair, evidence: Evidence) -> str:
    """Tell the mean mark of a pair's meetings where it is a good one and there are enough of them to hide either side's."""
    rules, own = evidence.method.rules, {pair.code, pair.group, *pair.codes} - {""}
    marks = [
        exact(mark)
        for each in evidence.facts.meetings
        if each.pair in own and was_held(each)
        for mark in (each.mentor_score, each.mentee_score)
        if mark is not None
    ]
    if len(marks) < 2 * rules.small or mean(marks) < rules.satisfied_from:
        return ""
    return f"встречи оценены в среднем на {decimal(mean(marks))} из 10 (оценок: {len(marks)})"


def curator_order(facts: Facts) -> str:
    """Cite the registered order that appoints the curator, the latest of them; empty where there is none."""
    appointing = {kind.cites[APPOINTED] for kind in kinds().values() if APPOINTED in kind.cites}
    orders = [row for row in in_force(facts.register) if row.kind in appointing]
    latest = max(orders, key=lambda row: (row.day is not None, row.day or facts.today), default=None)
    return number_and_day(latest) if latest else ""


def by_title(papers: Sequence[Filed], titles: Mapping[str, str], most: int = 3) -> tuple[str, ...]:
    """Name papers by their kind with number and day, drafts as such; of many alike only how many and how many are registered."""
    alike: dict[str, list[Filed]] = {}
    for each in papers:
        alike.setdefault(titles.get(each.kind, each.kind), []).append(each)
    told: list[str] = []
    for title, own in alike.items():
        if len(own) > most:
            told.append(f"{title}: {len(own)}, зарегистрировано {sum(each.registered for each in own)}")
        else:
            told += [
                f"{title} {number_and_day(each)}" if each.registered else f"{title} (черновик)"
                for each in own
            ]
    return tuple(told)
