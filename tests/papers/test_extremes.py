"""Papers of every kind where people and groups are as large as they come: they read well and nothing is invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows import settings
from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import NAMES, SURNAMES, specimen
from flows.domain.errors import Refused
from flows.domain.model import NO_ROW
from flows.papers import render
from flows.papers.lint_paper import look_over
from tests.paper_lines import lines
from tests.papers.test_templates import LEFT_OVER

MENTEES, YEARS = 31, 40
LONG = "Абдурахмангаджиева-Константинопольская Александра-Анастасия-Мария Святославовна-Всеволодовна"
LONG_NAME = "МБОУ «Средняя общеобразовательная школа № {} с углублённым изучением отдельных предметов имени первооткрывателей Заречного края»"
NOTHING = {"category": "", "experience": None, "strengths": "", "request": "", "deficits": (), "subject": ""}
BARE_PAIR = {"goal": "", "tasks": (), "kind": "", "pay": "", "meetings_a_month": None, "row": NO_ROW}


def crowd(facts):
    """One group of 31 mentees, their mentor of 40 years' service with a name of ninety signs; in a district long names of organisations."""
    if facts.district is not None:
        named = tuple(
            replace(each, name=LONG_NAME.format(at)) for at, each in enumerate(facts.district.members, 1)
        )
        return replace(facts, district=replace(facts.district, members=named))
    pair = facts.pairs[0]
    (like,) = (facts.people[code] for code in pair.mentees[:1])
    many = [
        replace(
            like,
            code=f"Л-{at:03}",
            name=f"{SURNAMES[at % len(SURNAMES)]} {NAMES[at // len(SURNAMES) % len(NAMES)]}",
        )
        for at in range(100, 100 + MENTEES)
    ]
    mentor = replace(facts.people[pair.mentor], name=LONG, experience=YEARS)
    people = facts.people | {each.code: each for each in many} | {mentor.code: mentor}
    moved = {pair.mentees[0]: many[0].code}
    codes = tuple(f"П-{at:03}" for at in range(1, MENTEES + 1))
    group = replace(
        pair, mentees=tuple(each.code for each in many), group="Группа «Лад»", kind="групповое", codes=codes
    )
    return replace(facts, people=people, pairs=(group,), subject=moved.get(facts.subject, facts.subject))


def bare(facts):
    """Nothing that may be left out is typed, of the organisation, of people and of pairs."""
    people = {code: replace(each, **NOTHING) for code, each in facts.people.items()}
    card = replace(facts.organisation, founder="", city="", curator_name="", curator_position="", secretary="", performer="", address="", inn="", ogrn="", page="", recipient="", teachers=None, young_teachers=None)  # fmt: skip
    return replace(
        facts,
        organisation=card,
        people=people,
        pairs=tuple(replace(each, **BARE_PAIR) for each in facts.pairs),
        meetings=(),
    )


def written(kind, facts):
    """The lines of a paper, or the sentence by which it is refused."""
    try:
        data = render(
            settings.template(f"{kind}.docx"), requisites(BUILDERS[kind](facts), draft="ПР-2026-001")
        )
    except Refused as refusal:
        return [str(refusal)]
    own = "МБДОУ № 0" if facts.district is None else facts.organisation.short_name
    assert look_over(data, (own,)) == ()
    return lines(data)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("change", [crowd, bare], ids=lambda change: change.__name__)
@pytest.mark.parametrize("kind", BUILDERS)
def test_a_paper_reads_well_however_much_or_little_there_is_to_say(kind, change):
    facts = specimen(kind, SUBJECTS[kind], 1)
    told = written(kind, change(facts))
    assert [line for line in told if LEFT_OVER.search(line)] == []


def test_the_order_names_thirty_one_mentees_and_forty_years_of_service():
    facts = crowd(specimen("order.pairs", SUBJECTS["order.pairs"], 1))
    text = "\n".join(written("order.pairs", facts))
    people = [facts.people[code].name for code in facts.pairs[0].mentees]
    assert len(set(people)) == MENTEES
    assert [name for name in people if text.count(name) != len(("приложение", "ознакомление"))] == []
    assert "40 лет" in text
    assert len(LONG) >= 90
