"""Whatever stands in the tables, each kind gives a whole paper or one plain sentence; never a broken one, never a crash."""

import re
from dataclasses import replace
from datetime import date

import pytest

from flows import settings
from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import FIGURES, requisites
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused
from flows.domain.planning import plan as planning
from flows.domain.planning.wanted import Wishes
from flows.papers import render
from flows.papers.lint_paper import look_over
from flows.russian import Doubt

KINDS = settings.catalogue()
LONG = "воспитатель " + "по работе с детьми раннего возраста и их родителями " * 4
MACHINE = re.compile(r"\bNone\b|Traceback|Error|\{\{|\bnull\b|<[a-z]")


def no_pairs(facts):
    return replace(facts, pairs=(), meetings=())


def nobody(facts):
    return replace(facts, pairs=(), meetings=(), people={})


def no_head(facts):
    return replace(facts, organisation=replace(facts.organisation, head_name="", head_position=""))


def doubtful_organisation(facts):
    return replace(
        facts,
        organisation=replace(
            facts.organisation, full_name="Наш любимый садик им. Я. (бывш. № 7)", short_name="Садик-7"
        ),
    )


def long_posts(facts):
    return replace(
        facts, people={code: replace(person, position=LONG.strip()) for code, person in facts.people.items()}
    )


def odd_names(facts):
    odd = ("Ким А.В.", "Ахмедова Гюльнара Ахмед кызы", "Салтыкова-Щедрина Мария", "Дюма", "Иванов Иван")
    return replace(
        facts,
        people={
            code: replace(person, name=odd[at % len(odd)], gender="")
            for at, (code, person) in enumerate(facts.people.items())
        },
    )


def everybody_left(facts):
    return replace(
        facts, people={code: replace(person, status="выбыл") for code, person in facts.people.items()}
    )


def hostile(facts):
    text = "<b>& {{ x }} {% endif %} \x0b\u202e]]>"
    return replace(
        facts,
        people={
            code: replace(person, request=text, strengths=text, subject=text)
            for code, person in facts.people.items()
        },
        pairs=tuple(replace(pair, goal=text, tasks=(text,), group=text) for pair in facts.pairs),
    )


def not_ready(facts):
    return replace(
        facts,
        pairs=tuple(replace(pair, addendum_number="", addendum_date=None) for pair in facts.pairs),
        people={code: replace(person, consent_duty=None) for code, person in facts.people.items()},
    )


CHANGES = (
    no_pairs,
    nobody,
    no_head,
    doubtful_organisation,
    long_posts,
    odd_names,
    everybody_left,
    hostile,
    not_ready,
)


def outcome(kind, facts):
    """Return the findings of the paper, or the sentence in its place."""
    try:
        told = {name: value for name, value in BUILDERS[kind](facts).items() if name != FIGURES}
        paper = render(settings.template(KINDS[kind].template), requisites(told, draft="ПР-2026-001"))
    except Doubt as doubt:
        return doubt.reason
    except Refused as refusal:
        return str(refusal)
    return look_over(paper)


@pytest.mark.sampled(9)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_kind_gives_a_whole_paper_or_one_sentence(change, pytestconfig):
    """The suite prints every third kind."""
    for kind in list(BUILDERS) if pytestconfig.getoption("--every") else list(BUILDERS)[::3]:
        told = outcome(kind, change(specimen(kind, SUBJECTS[kind])))
        if isinstance(told, str):
            assert re.search(r"[а-яё]{3}", told), kind
            assert not MACHINE.search(told), (kind, told)
        else:
            broken = [each.message for each in told if each.code in {"paper-file", "left-over-mark"}]
            assert not broken or change is hostile, (kind, broken)


def plan(facts):
    return planning.plan(facts, Wishes(KINDS, BUILDERS, settings.days_off(2026, 2027)))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_planning_of_every_kind_goes_on_whatever_one_paper_lacks(change):
    told = plan(change(replace(specimen("order.pairs"), today=date(2026, 12, 20))))
    assert all(not MACHINE.search(each.message) for each in told.problems)
    names = {person.name.split()[0] for person in specimen("order.pairs").people.values()}
    assert not [each.message for each in told.problems if any(name in each.message for name in names)]
    assert len({each.key for each in told.planned}) == len(told.planned)


@pytest.mark.spare("papers/test_bad_data.py::test_three_hundred_pairs_make_one_whole_order")
def test_three_hundred_pairs_are_planned_and_printed_in_their_lists():
    facts = specimen("order.pairs")
    pairs = tuple(
        replace(facts.pairs[at % 3], code=f"П-{at:03}", codes=(f"П-{at:03}",), start=date(2026, 12, 25))
        for at in range(300)
    )
    whole = replace(facts, pairs=pairs, meetings=(), register=(), activities=())
    told = {each.kind: each for each in plan(whole).planned if each.kind == "order.pairs"}
    assert len(told["order.pairs"].covers) == 300
    for kind in (
        "order.pairs",
        "order.pairs_change",
        "registry.pairs",
        "registry.programs",
        "order.programs",
        "site.order.pairs",
    ):
        assert (
            look_over(
                render(
                    settings.template(f"{kind}.docx"), requisites(BUILDERS[kind](whole), draft="ПР-2026-001")
                )
            )
            == ()
        ), kind
