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
from flows.domain.people import publishing
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


SHOWN = {publishing.NAME: "да", publishing.PART: "да", publishing.HELP: "да"}


def agreed(**changes):
    mentor = FACTS.people["Н-001"]
    told = {"consent_public": date(2026, 9, 1), "publishing": tuple(SHOWN.items())} | changes
    return replace(FACTS, people={**FACTS.people, "Н-001": replace(mentor, **told)})


@pytest.mark.parametrize("kind", COPIES)
def test_who_agreed_is_named_by_initials_and_role_and_nobody_else(kind):
    said = text(kind, agreed())
    assert "наставник А.П.\u00a0Абрамова" in said
    assert FACTS.people["Н-001"].name not in said
    assert FACTS.people["Н-003"].name.split()[0] not in said


@pytest.mark.parametrize("kind", COPIES)
@pytest.mark.parametrize("sort", [publishing.NAME, publishing.PART])
@pytest.mark.parametrize("answer", ["нет", "", "да, только в мае", "не знаю"])
def test_a_name_is_shown_only_by_a_plain_yes_to_the_name_and_to_taking_part(kind, sort, answer):
    assert "Абрамова" not in text(kind, agreed(publishing=tuple((SHOWN | {sort: answer}).items())))


@pytest.mark.parametrize("kind", COPIES)
def test_answers_without_the_day_of_a_signed_consent_show_nothing(kind):
    assert "Абрамова" not in text(kind, agreed(consent_public=None))


@pytest.mark.parametrize(
    ("answer", "there"), [("да", True), ("Да.", True), ("нет", False), ("да, без имени", False)]
)
def test_what_a_mentor_helps_with_is_shown_by_its_own_yes(answer, there):
    said = text(
        "site.registry.mentors", agreed(publishing=tuple((SHOWN | {publishing.HELP: answer}).items()))
    )
    assert (FACTS.people["Н-001"].strengths in said) == there
    assert "Абрамова" in said


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
