"""What goes to the site beside a registered paper names nobody who did not agree to it."""

import io
import re
from dataclasses import replace
from datetime import date

import docx
import pytest

from flows import settings
from flows.domain.catalogue import record
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.model import Filed
from flows.domain.planning import plan
from flows.domain.planning.wanted import Wishes
from flows.papers import render

KINDS = settings.catalogue()
COPIES = record.having("copy_of")
FACTS = replace(specimen("order.pairs"), activities=())
ORDER = Filed(
    "obrazec/order.pairs/obrazec/2026-2027",
    2,
    "order.pairs",
    "О закреплении",
    "",
    "зарегистрирован",
    "",
    "",
    "",
    "",
    "",
    number="26/1",
    day=date(2026, 9, 14),
    covers=("П-001", "П-003"),
    final=True,
)


def text(kind, facts=FACTS):
    paper = docx.Document(
        io.BytesIO(
            render(settings.template(f"{kind}.docx"), requisites(BUILDERS[kind](facts), draft="ПР-2026-001"))
        )
    )
    told = [
        *(each.text for each in paper.paragraphs),
        *(cell.text for table in paper.tables for row in table.rows for cell in row.cells),
    ]
    return " ".join([*told, *(each.text for section in paper.sections for each in section.header.paragraphs)])


@pytest.mark.parametrize("kind", COPIES)
def test_without_consent_to_publication_nobody_is_named(kind):
    said = text(kind)
    for person in FACTS.people.values():
        assert person.name.split()[0] not in said
        assert person.strengths not in said
    assert FACTS.organisation.head_name.split()[0] not in said
    assert "Обезличенная выписка" in said
    assert not re.search(r"\bнаставник\b", said), "a list of nobody says nothing"
    assert "ПРОЕКТ" not in said


@pytest.mark.parametrize("kind", COPIES)
def test_who_agreed_is_named_by_initials_and_role_and_nobody_else(kind):
    mentor = FACTS.people["Н-001"]
    people = {**FACTS.people, "Н-001": replace(mentor, consent_public=date(2026, 9, 1))}
    said = text(kind, replace(FACTS, people=people))
    assert "наставник А.П.\u00a0Абрамова" in said
    assert mentor.name not in said
    assert FACTS.people["Н-003"].name.split()[0] not in said


def test_a_copy_lies_beside_each_registered_paper_with_its_number_and_its_pairs():
    wishes = Wishes({name: KINDS[name] for name in ("order.pairs", "registry.mentors", *COPIES)}, BUILDERS)
    told = [
        each
        for each in plan.plan(
            replace(FACTS, register=(ORDER, replace(ORDER, version=1, final=False, state="заменён"))), wishes
        ).planned
        if each.kind in COPIES
    ]
    (copy,) = told
    assert (copy.key, copy.folder) == (
        "obrazec/site.order.pairs/obrazec/2026-2027",
        ("2026-2027", "02 Приказы", "Зарегистрированные"),
    )
    assert copy.context["исходный"] == {"номер": "26/1", "дата": date(2026, 9, 14)}
    assert len(copy.context["пары"]) == 2
    assert not copy.name.startswith("ПРОЕКТ")
    assert not [
        each for each in plan.plan(replace(FACTS, register=()), wishes).planned if each.kind in COPIES
    ]


def test_a_group_of_nameless_mentees_is_counted():
    assert BUILDERS["site.order.pairs"](FACTS)["пары"][2]["наставляемые"] == ["3 наставляемых"]
