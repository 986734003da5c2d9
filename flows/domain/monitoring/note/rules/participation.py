"""Who takes part: whom nobody mentors, who has too many mentees, whose personnel events touch a pair that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.monitoring.indicators.evidence import human, is_young, listed
from flows.domain.monitoring.indicators.figure import days
from flows.domain.monitoring.note.rules.drawn import (
    CURATOR,
    Advised,
    Conclusion,
    all_of_several,
    line_of,
    some,
)
from flows.domain.monitoring.note.rules.view import Season, school_end
from flows.domain.monitoring.note.shape import NoteLine
from flows.domain.people import through_time
from flows.domain.people.participants import MOST_MENTEES
from flows.domain.statuses import (
    BROKEN,
    CARE_LEAVE,
    DISMISSED,
    FINISHED,
    LEFT,
    ON_LEAVE,
    PROPOSED,
    TRANSFERRED,
    WORKING,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.domain.model import Pair, Person
    from flows.domain.monitoring.indicators.evidence import Evidence
    from flows.domain.monitoring.note.rules.view import View
    from flows.domain.people.staff_events import StaffEvent

MENTEE = "mentee"
LEAVING = frozenset({DISMISSED, CARE_LEAVE, TRANSFERRED})


def coverage(view: View) -> Iterator[Conclusion]:
    """State who is covered; no level is set for it."""
    for figure in view.counted.starting("M1", "M2", "M3"):
        if figure.known:
            yield Conclusion(line_of(figure, f"{figure.name}: {figure.text}."))


def stayed(view: View) -> Iterator[Conclusion]:
    """State who stayed to work."""
    figure = view.known("M14")
    if figure:
        whole = all_of_several(figure)
        yield Conclusion(
            line_of(figure, f"{figure.name}: {figure.text}."),
            good=True if whole else None,
            brief="Молодые специалисты, с которыми начинали работу, остались в организации." if whole else "",
        )


def people_on(view: View) -> Mapping[str, Person]:
    """Return everybody as they were on the note's day."""
    facts = view.counted.evidence.facts
    return through_time.on(facts.history, view.day) if facts.history else facts.people


def living(view: View) -> tuple[Pair, ...]:
    """Return the pairs at work on the note's day; in summer those that worked to the end of the school year."""
    end = school_end(view.day)
    return tuple(
        pair
        for pair in view.counted.evidence.facts.pairs
        if pair.status not in {PROPOSED, BROKEN} and pair.start <= view.day and pair.end >= end
    )


def mentored(view: View) -> set[str]:
    """Return who has a mentor on the note's day or has finished a programme, by the human being."""
    evidence = view.counted.evidence
    done = [pair for pair in evidence.facts.pairs if pair.status == FINISHED and pair.start <= view.day]
    people = evidence.facts.people
    return {human(people.get(code), code) for pair in (*living(view), *done) for code in pair.mentees}


def without_mentor(view: View) -> tuple[str, ...]:
    """Return who needs a mentor and has none: mentees of the list and young specialists that work on the note's day."""
    evidence, have = view.counted.evidence, mentored(view)
    lacking: dict[str, str] = {}
    for code, person in people_on(view).items():
        wanted = person.role == MENTEE or person.young is True
        if wanted and _here(person, view) and human(person, code) not in have:
            lacking.setdefault(human(evidence.facts.people.get(code), code), code)
    return tuple(lacking.values())


def _here(person: Person, view: View) -> bool:
    return person.status not in {LEFT, ON_LEAVE} and (person.hired is None or person.hired <= view.day)


def no_mentor(view: View) -> Iterator[Conclusion]:
    """Name who has no mentor: young specialists and other mentees without a pair at work on the note's day."""
    if not view.of_people:
        return
    people, lacking = people_on(view), without_mentor(view)
    all_ = tuple(code for code, person in people.items() if person.role == MENTEE and _here(person, view))
    if not lacking:
        if all_:
            yield _all_mentored(all_, view)
        return
    evidence = view.counted.evidence
    text = f"Без наставника на {days(view.day)}: {_lacking(lacking, people, evidence)}."
    what = (
        "предусмотреть наставников на следующий учебный год"
        if view.season is Season.OVER
        else "подобрать наставников и подготовить пары к приказу о закреплении"
    )
    yield Conclusion(
        NoteLine(text, (), lacking),
        good=False,
        advice=Advised(CURATOR, what, lacking),
        brief=f"Наставника нет у тех, кому он нужен: {listed(lacking)}.",
    )


def _all_mentored(all_: tuple[str, ...], view: View) -> Conclusion:
    """Say that everybody listed has a mentor; where the card knows of more young specialists, that is no good word yet."""
    evidence, people = view.counted.evidence, people_on(view)
    young = {
        human(person, code)
        for code, person in people.items()
        if person.status != LEFT and is_young(person, evidence)
    }
    more = (evidence.facts.organisation.young_teachers or 0) - len(young)
    text = f"Наставник есть у каждого молодого специалиста и наставляемого из списка (всего {len(all_)})"
    if more > 0:
        missing = f"по карточке организации молодых специалистов больше, чем в списках: не внесено {more}"
        return Conclusion(NoteLine(f"{text}; {missing}.", (), all_))
    return Conclusion(
        NoteLine(f"{text}.", (), all_),
        good=True,
        brief="Наставник есть у каждого молодого специалиста и наставляемого из списка.",
    )


def _lacking(lacking: tuple[str, ...], people: Mapping[str, Person], evidence: Evidence) -> str:
    proposed = {
        code for pair in evidence.facts.pairs if pair.status == PROPOSED for code in pair.mentees
    } & set(lacking)
    young = [code for code in lacking if code not in proposed and is_young(people[code], evidence)]
    others = [code for code in lacking if code not in proposed and code not in young]
    kinds = (
        ("молодые специалисты", young),
        ("другие наставляемые", others),
        ("пара предложена, но не закреплена", [code for code in lacking if code in proposed]),
    )
    told = [(name, codes) for name, codes in kinds if codes]
    if len(told) == 1 and told[0][0] == kinds[1][0]:
        return listed(lacking)
    return "; ".join(f"{name} – {listed(codes)}" for name, codes in told)


def loads(view: View) -> dict[str, tuple[int, int]]:
    """Return for each mentor with more mentees than agreed how many there are and how many may be."""
    people = view.counted.evidence.facts.people
    taught: dict[str, set[str]] = {}
    group: dict[str, int] = {}
    for pair in living(view):
        if pair.status != FINISHED:
            taught.setdefault(pair.mentor, set()).update(
                human(people.get(code), code) for code in pair.mentees
            )
            group[pair.mentor] = max(group.get(pair.mentor, 0), len(pair.mentees))
    told = {}
    for code, mentees in taught.items():
        person = people.get(code)
        most = (person.most if person else None) or max(MOST_MENTEES, group[code])
        if len(mentees) > most:
            told[code] = (len(mentees), most)
    return told


def load(view: View) -> Iterator[Conclusion]:
    """Name the mentors who have more mentees than «Не более наставляемых» allows."""
    over = loads(view) if view.of_people else {}
    if not over:
        return
    named = some(
        [f"{code} (наставляемых {number}, не более {most})" for code, (number, most) in over.items()]
    )
    what = (
        "распределить наставляемых на следующий учебный год так, чтобы нагрузка не превышала согласованную"
        if view.season is Season.OVER
        else "передать часть наставляемых другим наставникам или согласовать с наставником большее число"
    )
    yield Conclusion(
        NoteLine(f"Наставляемых больше, чем согласовано: {named}.", (), tuple(over)),
        good=False,
        advice=Advised(
            CURATOR, what, tuple(over), tuple((code, number) for code, (number, _) in over.items())
        ),
        brief=f"Нагрузка больше согласованной у наставников: {listed(over)}.",
    )


def happened(event: StaffEvent) -> str:
    """Name a person and what happened since which day, in a word that fits a man and a woman: the name stands as it is."""
    what = "увольнение" if event.what == DISMISSED else event.what
    return f"{event.person}: {what} с {days(event.day)}"


def staff(view: View) -> Iterator[Conclusion]:
    """Name the personnel events after which a pair still stands as one that works."""
    if not view.of_people:
        return
    told, rows = [], []
    for code, look in view.looks.items():
        for event in look.events:
            if (
                event.what in LEAVING
                and look.pair.status in WORKING
                and event.day
                and look.pair.end > event.day
            ):
                told.append(f"{code} ({happened(event)})")
                rows.append(code)
    if not told:
        return
    going = view.going_on(rows)
    yield Conclusion(
        NoteLine(
            f"Кадровые события коснулись пар, которые числятся действующими: {some(told)}.", (), tuple(rows)
        ),
        good=False,
        advice=Advised(CURATOR, "решить, продолжают ли пары работу, и подготовить изменения к приказу", going)
        if going
        else None,
        brief=f"Кадровые события коснулись пар: {listed(dict.fromkeys(rows))}.",
    )
