"""A pair of pupils: no paper of any kind speaks of it in the words of labour law (ТК РФ, ст. 351.8 is about workers only)."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import docx
import pytest

from flows import settings
from flows.domain.catalogue import record
from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused
from flows.domain.planning import plan as planning
from flows.domain.planning.wanted import Wishes
from flows.papers import render

KINDS = settings.catalogue()
LABOUR = re.compile(
    r"(?i)трудов|351\.8|должност|работник|работодател|доплат|выплат|дополнительн\w+ соглашени|доп\. соглашени|(?<!\w)оклад"
)
# Never made for a pair of pupils: the planner says so below.
OF_WORKERS = {"addendum", "consent.duty", "agreement.employer", "notice.early_end", "refusal.mentor"}
# Where the words speak of somebody else, and of whom.
ALLOWED = {
    r"Должность или класс": ("*", "the curator, who has a post, signs beside the pupils"),
    r"Должность": (
        "order.council_prep order.curator order.develop order.introduce order.registry sheet.attendance",
        "only staff sign those",
    ),
    r"ознакомить работников": ("order.introduce", "the staff read the organisation's acts"),
    r".+": ("regulation program.org", "the organisation's own acts tell every form of mentoring"),
    r"Педагогических работников": ("data.submission", "the form of the statistics counts the staff"),
    r"себя в должности": (
        "questionnaire.mentee_in questionnaire.mentee_out",
        "one questionnaire; its questions are found by their text",
    ),
    r"ФИО Должность": ("sheet.acquaintance", "the list of a council of teachers"),
}
SIGNED = date(2026, 9, 4)
MENTOR = {
    "position": "9 «А» класс", "category": "", "experience": None, "subject": "", "born": date(2011, 3, 1), "gender": "м", "name": "Белов Олег Игоревич",
    "representative": "Белова Ольга Павловна", "representative_consent": SIGNED, "consent_duty": SIGNED, "consent_data": SIGNED, "young": None,
}  # fmt: skip
MENTEE = {
    **MENTOR,
    "position": "6 «А» класс",
    "born": date(2014, 5, 3),
    "name": "Серов Илья Павлович",
    "representative": "Серова Инна Игоревна",
}


def pupils(kind, **more):
    facts = specimen(kind, SUBJECTS[kind], 1)
    (pair,) = facts.pairs
    people = {
        pair.mentor: replace(facts.people[pair.mentor], **MENTOR | more),
        pair.mentees[0]: replace(facts.people[pair.mentees[0]], **MENTEE | more),
    }
    own = replace(
        pair, form="ученик – ученик", addendum_number="", addendum_date=None, pay="", by_pupil=True,
        goal="подтянуть математику", tasks=("разобрать темы",), end_reason="переезд",
    )  # fmt: skip
    return replace(facts, people=people, pairs=(own,), norms=settings.norms(), register=())


def text(kind, facts):
    context = requisites(BUILDERS[kind](facts), draft="ПР-2026-001")
    paper = docx.Document(io.BytesIO(render(settings.template(KINDS[kind].template), context)))
    told = [each.text for each in paper.paragraphs]
    told += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return " ".join(told).replace("\u00a0", " ").replace("\u2011", "-")


@pytest.mark.sampled(4)
@pytest.mark.parametrize("kind", sorted(set(BUILDERS) - OF_WORKERS - set(record.having("of_district"))))
def test_no_paper_of_a_pair_of_pupils_has_the_words_of_labour_law(kind):
    try:
        said = text(kind, pupils(kind))
    except Refused:
        return  # a paper that is not made says nothing
    for words, (kinds, _) in ALLOWED.items():
        said = re.sub(words, "", said) if kind in kinds.split() or kinds == "*" else said
    found = [said[max(0, at.start() - 40) : at.end() + 30] for at in LABOUR.finditer(said)]
    assert found == []


def test_papers_of_workers_are_not_planned_for_a_pair_of_pupils():
    for status in ("согласована", "прекращена"):
        facts = pupils("order.pairs")
        facts = replace(
            facts, pairs=(replace(facts.pairs[0], status=status),), activities=(), today=date(2026, 9, 10)
        )
        wishes = Wishes({name: KINDS[name] for name in OF_WORKERS if name in KINDS}, BUILDERS)
        assert planning.plan(facts, wishes).planned == ()


def test_parents_of_pupils_sign_that_they_have_read_the_programme():
    said = text("program.personal", pupils("program.personal"))
    assert "С программой ознакомлены законные представители" in said
    assert "Белова О.И." in said
    assert "О.П. Белова" in said
    grown = text("program.personal", pupils("program.personal", born=date(2000, 1, 1)))
    assert "законные представители" not in grown
