"""Pupils, students and employers: who signs for a minor, what a pair needs before its order, what the law on workers does not ask."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.pairs import ready
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused
from flows.domain.model import Person
from flows.domain.people import pupils
from flows.domain.people.participants import _in_both
from flows.domain.planning import plan as planning
from flows.domain.planning.wanted import Wishes
from flows.papers import render
from flows.papers.lint_paper import look_over

KINDS = settings.catalogue()
NEEDED = (
    "order.pairs",
    "consent.duty",
    "consent.mentor",
    "consent.mentee",
    "consent.pd",
    "addendum",
    "agreement.employer",
    "notice.early_end",
    "order.early_end",
)
FACTS = replace(
    specimen("order.pairs", pairs=1),
    activities=(),
    register=(),
    today=date(2026, 9, 10),
    norms=settings.norms(),
)
PAIR = FACTS.pairs[0]
MENTOR, MENTEE = FACTS.people[PAIR.mentor], FACTS.people[PAIR.mentees[0]]
CHILD = {
    "name": "Серов Илья Павлович", "gender": "м", "position": "6 «А» класс", "sort": "обучающийся", "born": date(2014, 5, 3), "representative": "Серова Инна Игоревна",
    "consent_duty": None, "consent_data": None, "young": False, "experience": None,
}  # fmt: skip
TEEN = {**CHILD, "position": "9 класс", "born": date(2011, 9, 15)}
SIGNED = {"representative_consent": date(2026, 9, 4)}


def facts(form, mentee=CHILD, mentor=None, **pair):
    own = {"addendum_number": "", "addendum_date": None} | pair
    people = {MENTOR.code: replace(MENTOR, **(mentor or {})), MENTEE.code: replace(MENTEE, **mentee)}
    return replace(FACTS, people=people, pairs=(replace(PAIR, form=form, **own),))


def plan(told, **changes):
    return planning.plan(
        replace(told, **changes),
        Wishes({name: KINDS[name] for name in NEEDED}, BUILDERS, settings.days_off(2026, 2027)),
    )


def kinds(told):
    return sorted(each.kind for each in told.planned)


def text(kind, told, subject):
    context = requisites(BUILDERS[kind](replace(told, subject=subject, window=None)), draft="ПР-2026-001")
    data = render(settings.template(KINDS[kind].template), context)
    assert look_over(data, ("МБОУ № 0",)) == ()
    paper = docx.Document(io.BytesIO(data))
    return " ".join(
        [
            *(each.text for each in paper.paragraphs),
            *(cell.text for table in paper.tables for row in table.rows for cell in row.cells),
        ]
    ).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("born", "who"),
    [
        (date(2012, 9, 16), "представитель"),
        (date(2012, 9, 15), "оба"),
        (date(2008, 9, 16), "оба"),
        (date(2008, 9, 15), "сам"),
        (None, None),
    ],
)
def test_who_signs_for_a_pupil_depends_on_the_age_on_the_first_day(born, who):
    assert pupils.who_consents(replace(MENTEE, **{**CHILD, "born": born}), PAIR.start) == who


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("8 «А» класс", "обучающийся 8 «А» класса"),
        ("8А класс", "обучающийся 8А класса"),
        ("2 курс", "студент 2 курса"),
        ("учитель начальных классов", "учитель начальных классов"),
        ("классный руководитель", "классный руководитель"),
    ],
)
def test_a_class_in_place_of_a_post_is_printed_as_a_pupil_of_it(typed, printed):
    assert pupils.post_of(replace(MENTEE, position=typed)) == printed


def test_a_child_s_consents_are_signed_by_the_parent_alone():
    said = text("consent.pd", facts("педагог – ученик"), MENTEE.code)
    assert "Я, Серова Инна Игоревна" in said
    assert "законный представитель Серова Ильи Павловича, дата рождения 03.05.2014" in said
    assert "персональных данных моего несовершеннолетнего ребёнка (подопечного)" in said
    assert "класс или курс" in said
    assert "И.П. Серов" not in said
    asked = text("consent.mentee", facts("педагог – ученик"), MENTEE.code)
    assert "на участие Серова Ильи Павловича, обучающегося 6 «А» класса, в наставничестве" in asked
    assert "закрепить за Серовым Ильей Павловичем" in asked


def test_from_fourteen_to_eighteen_both_sign():
    for kind in ("consent.pd", "consent.mentee", "consent.pd_publication"):
        said = text(kind, facts("педагог – ученик", TEEN), MENTEE.code)
        assert "И.П. Серов" in said
        assert "Законный представитель" in said
        assert "Серова Инна Игоревна" in said


def test_an_adult_signs_alone_as_before():
    assert "Законный представитель" not in text("consent.pd", FACTS, MENTEE.code)


def test_without_a_birthday_the_consent_is_asked_about_and_the_pair_waits():
    told = facts("педагог – ученик", {**CHILD, "born": None})
    with pytest.raises(Refused, match="даты рождения"):
        BUILDERS["consent.pd"](replace(told, subject=MENTEE.code, window=None))
    assert "даты рождения обучающегося" in ready(told.pairs[0], told.people).message
    assert "paper-refused" in {each.code for each in plan(told).problems}


@pytest.mark.parametrize(
    ("mentee", "said"),
    [
        (CHILD, "согласия законного представителя Л-002"),
        ({**CHILD, **SIGNED}, ""),
        (TEEN, "согласия законного представителя Л-002 и согласия самого обучающегося Л-002"),
        ({**TEEN, **SIGNED, "consent_duty": date(2026, 9, 5)}, ""),
    ],
)
def test_a_pair_with_a_minor_waits_for_those_who_sign_for_the_minor(mentee, said):
    told = facts("педагог – ученик", mentee, addendum_number="14", addendum_date=date(2026, 9, 8))
    problem = ready(told.pairs[0], told.people)
    assert (problem is None) == (not said)
    assert said in (problem.message if problem else "")


def test_consents_of_a_minor_are_planned_though_no_row_asks_for_them():
    told = plan(facts("педагог – ученик", addendum_number="14", addendum_date=date(2026, 9, 8)))
    assert kinds(told) == ["consent.mentee", "consent.pd"]
    assert {each.subject for each in told.planned} == {MENTEE.code}
    assert kinds(plan(FACTS)) == ["order.pairs"]


def test_a_student_mentor_is_no_worker_and_needs_neither_addendum_nor_the_law_on_workers():
    student = {
        "position": "3 курс педагогического колледжа",
        "sort": "студент",
        "born": date(2006, 1, 1),
        "consent_duty": None,
    }
    told = facts("студент – ученик", {**CHILD, **SIGNED}, student)
    assert "consent.mentor" in kinds(plan(told))
    assert not {"addendum", "consent.duty", "agreement.employer"} & set(kinds(plan(told)))
    signed = facts("студент – ученик", {**CHILD, **SIGNED}, {**student, "consent_duty": date(2026, 9, 7)})
    (order,) = [each for each in plan(signed).planned if each.kind == "order.pairs"]
    assert not any("351.8" in act for act in order.context["основания"])
    said = text("order.pairs", signed, "")
    assert "дополнительными соглашениями" not in said
    assert "студента 3 курса педагогического колледжа" in said
    assert "согласие представителя Серова И.П. от 04.09.2026" in said


def test_a_pupil_mentor_under_eighteen_has_a_representative_too():
    told = facts(
        "ученик – ученик",
        {**CHILD, **SIGNED},
        {
            **TEEN,
            "name": "Белов Олег Игоревич",
            "role": "mentor",
            "code": MENTOR.code,
            "consent_duty": date(2026, 9, 7),
        },
    )
    assert "согласия законного представителя Н-001" in ready(told.pairs[0], told.people).message
    assert "Законный представитель" in text("consent.mentor", told, PAIR.code)


def test_an_employer_agrees_with_the_school_before_the_order():
    worker = {"position": "инженер-технолог ООО «Завод»", "consent_duty": date(2026, 9, 7)}
    told = facts("работодатель – ученик", {**CHILD, **SIGNED}, worker)
    assert "соглашения с работодателем (номер и дата)" in ready(told.pairs[0], told.people).message
    assert "agreement.employer" in kinds(plan(told))
    said = text("agreement.employer", told, PAIR.code)
    assert "инженеру-технологу ООО «Завод»" in said
    assert "обучающегося 6 «А» класса" in said
    agreed = facts(
        "работодатель – ученик",
        {**CHILD, **SIGNED},
        worker,
        addendum_number="5",
        addendum_date=date(2026, 9, 8),
    )
    assert ready(agreed.pairs[0], agreed.people) is None
    assert "order.pairs" in kinds(plan(agreed))


def test_an_early_end_of_a_guest_needs_an_order_but_no_notice():
    told = facts(
        "студент – ученик",
        {**CHILD, **SIGNED},
        {"sort": "студент", "consent_duty": date(2026, 9, 7)},
        status="прекращена",
        end_reason="переезд",
    )
    assert kinds(plan(told)) == ["order.early_end"]


def test_a_pupil_who_mentors_takes_the_birthday_from_the_list_of_mentees():
    mentor = Person("Н-009", "mentor", "Серов Илья Павлович", "", "9 класс", MENTOR.origin)
    assert _in_both({"Н-009": mentor, "Л-002": replace(MENTEE, **TEEN)})["Н-009"].born == TEEN["born"]
    own = replace(mentor, born=date(2010, 1, 1), representative="Серов Павел Ильич")
    both = _in_both({"Н-009": own, "Л-002": replace(MENTEE, **TEEN)})["Н-009"]
    assert (both.born, both.representative, both.sort) == (own.born, own.representative, "обучающийся")


def test_a_minor_s_consents_whose_days_are_typed_are_not_drafted_again():
    signed = {**CHILD, **SIGNED, "consent_data": date(2026, 9, 4)}
    told = facts("педагог – ученик", signed, addendum_number="14", addendum_date=date(2026, 9, 8))
    assert kinds(plan(told)) == ["order.pairs"]


@pytest.mark.parametrize(
    ("person", "signed"),
    [
        (CHILD, {"representative_consent"}),
        (TEEN, {"representative_consent", "consent_duty"}),
        ({**TEEN, "born": date(2000, 1, 1)}, {"consent_duty"}),
        ({**CHILD, "born": None}, {"representative_consent", "consent_duty"}),
    ],
)
def test_a_consent_to_take_part_is_given_when_everybody_who_signs_has_signed(person, signed):
    fields = ("representative_consent", "consent_duty")
    for given in ((), fields[:1], fields[1:], fields):
        told = replace(MENTEE, **person | dict.fromkeys(given, date(2026, 9, 4)))
        assert pupils.consented(told, PAIR.start) == (signed <= set(given))


def test_a_pupil_mentor_s_consent_is_drafted_until_the_parent_has_signed_too():
    child = {**CHILD, **SIGNED, "consent_data": date(2026, 9, 4), "consent_duty": date(2026, 9, 4)}
    teen = {**TEEN, "consent_duty": date(2026, 9, 7), "consent_data": date(2026, 9, 7)}
    assert kinds(plan(facts("ученик – ученик", child, teen))) == ["consent.mentor"]
    assert "order.pairs" in kinds(plan(facts("ученик – ученик", child, teen | SIGNED)))
    young = {**CHILD, **SIGNED, "consent_data": date(2026, 9, 4)}
    assert kinds(plan(facts("ученик – ученик", child, young))) == ["order.pairs"]


@pytest.mark.parametrize(
    ("form", "post"),
    [("работодатель – ученик", "инженер-технолог ООО «Завод»"), ("студент – ученик", "3 курс")],
)
def test_a_mentor_who_does_not_work_here_is_asked_for_consent_to_the_data(form, post):
    guest = {"position": post, "consent_data": None, "born": date(2000, 1, 1)}
    told = plan(facts(form, {**CHILD, **SIGNED, "consent_data": date(2026, 9, 4)}, guest))
    assert [each.subject for each in told.planned if each.kind == "consent.pd"] == [MENTOR.code]


def test_a_mentor_whom_the_lists_call_a_pupil_is_no_worker_whatever_the_form_says():
    told = facts("педагог – педагог", {**CHILD, **SIGNED}, TEEN | SIGNED, by_pupil=True)
    assert not {"addendum", "consent.duty"} & set(kinds(plan(told)))
    assert "consent.mentor" in kinds(plan(told))


def test_a_representative_s_authority_and_address_stand_in_the_consents_or_are_left_to_the_pen():
    told = {
        "representative_document": "Свидетельство о рождении II-АБ № 000001",
        "representative_address": "г. Образцово, ул. Мира, д. 5",
    }
    for child in (CHILD, TEEN):
        said = text("consent.pd", facts("педагог – ученик", child | told), MENTEE.code)
        assert "полномочия подтверждает: свидетельство о рождении II-АБ № 000001" in said
        assert "адрес регистрации: г. Образцово, ул. Мира, д. 5" in said
        assert "полномочия подтверждает: ____" in text(
            "consent.pd", facts("педагог – ученик", child), MENTEE.code
        )


def test_a_consent_to_publication_asks_for_no_passport_whoever_signs():
    for child in (CHILD, TEEN):
        said = text("consent.pd_publication", facts("педагог – ученик", child), MENTEE.code)
        assert "паспорт" not in said
        assert "класс или курс" in said
        assert "ОГРН" in said
        assert "Согласна:" in said or child is CHILD
