"""Poor data give a correct paper or a plain question, never a broken one."""

from dataclasses import replace
from pathlib import Path

import pytest
from test_templates import LEFT_OVER, lines

from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused
from flows.papers import render
from flows.russian import Doubt

TEMPLATES = Path(__file__).parents[2] / "templates"
LONG = "воспитатель по физической культуре и работе с родителями детей раннего возраста и детей с ограниченными возможностями здоровья в группах компенсирующей и комбинированной направленности полного дня пребывания"


def made(kind, facts):
    return lines(render(TEMPLATES / f"{kind}.docx", BUILDERS[kind](facts)))


def bare(facts):
    card = replace(
        facts.organisation,
        founder="",
        city="",
        curator_name="",
        curator_position="",
        short_name="",
        teachers=None,
        young_teachers=None,
        council_protocol="",
        council_protocol_date=None,
        councils=(),
    )
    return replace(facts, organisation=card, register=(), norms=())


def unfilled(facts):
    people = {
        code: replace(person, category="", experience=None, subject="", strengths="", request="", deficits=())
        for code, person in facts.people.items()
    }
    pairs = tuple(
        replace(pair, form="", kind="", goal="", tasks=(), pay="", meetings_a_month=None, end_reason="")
        for pair in facts.pairs
    )
    return replace(facts, people=people, pairs=pairs, meetings=(), activity=None)


# Papers that say nothing without it: no curator to appoint, nothing to send, no answers to report on.
REFUSED = {("order.curator", bare), ("cover.letter", bare), ("report.survey", unfilled)}


@pytest.mark.sampled(16)
@pytest.mark.parametrize(
    ("kind", "change"),
    [(kind, change) for kind in BUILDERS for change in (bare, unfilled) if (kind, change) not in REFUSED],
)
def test_what_nobody_typed_is_left_to_the_pen(kind, change):
    text = made(kind, change(specimen(kind, SUBJECTS[kind])))
    assert not [line for line in text if LEFT_OVER.search(line)]


def test_a_curator_who_is_not_named_cannot_be_appointed():
    with pytest.raises(Refused, match="не указан куратор"):
        made("order.curator", bare(specimen("order.curator")))


def test_three_hundred_pairs_make_one_whole_order():
    facts = specimen("order.pairs")
    pairs = tuple(replace(facts.pairs[at % 3], code=f"П-{at:03}", codes=(f"П-{at:03}",)) for at in range(300))
    text = made("order.pairs", replace(facts, pairs=pairs))
    assert sum(line.startswith(("Абрамову", "Власову", "Данилову")) for line in text) == 300
    assert any(line.startswith("300 | ") for line in text)


def test_a_post_of_two_hundred_letters_is_printed_whole():
    facts = specimen("order.pairs")
    people = {code: replace(person, position=LONG) for code, person in facts.people.items()}
    assert len(LONG) > 200
    assert any(
        f"{LONG.replace('воспитатель', 'воспитателя', 1)}" in line
        for line in made("order.pairs", replace(facts, people=people))
    )


def test_an_organisation_without_a_head_is_asked_for_one():
    facts = specimen("order.introduce")
    with pytest.raises(Doubt, match="не указан руководитель"):
        made("order.introduce", replace(facts, organisation=replace(facts.organisation, head_name="")))


def test_confirmed_forms_win_over_the_rules():
    facts = specimen("order.pairs")
    name = facts.people[facts.pairs[0].mentor].name
    text = made(
        "order.pairs",
        replace(
            facts,
            cases={
                name: {"acc": "Абрамову-Особую Анну Павловну"},
                facts.organisation.short_name: {"gen": "детского сада «Образец»"},
            },
        ),
    )
    assert any(line.startswith("Абрамову-Особую Анну Павловну, воспитателя") for line in text)
    assert "к приказу детского сада «Образец»" in text


def test_an_unknown_gender_stops_the_one_paper_that_needs_it():
    facts = specimen("consent.duty", "pair")
    pair = facts.pairs[-1]
    people = {**facts.people, pair.mentor: replace(facts.people[pair.mentor], name="Ким А.В.", gender="")}
    with pytest.raises(Doubt):
        made("consent.duty", replace(facts, people=people))
    assert made("registry.mentors", replace(facts, people=people))
