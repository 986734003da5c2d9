"""What must exist on a day, whatever is wrong with some of the rows: sound ones get their papers, doubtful ones lose none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.domain.catalogue import record
from flows.domain.documents.builders import BUILDERS
from flows.domain.errors import Refused
from flows.domain.model import Activity, Facts, Filed, Origin, Pair, Person, Severity
from flows.domain.organisation import Organisation
from flows.domain.periods import Period
from flows.domain.planning import pairs
from flows.domain.planning import plan as planning
from flows.domain.planning.folder_names import pair_name, short_name
from flows.domain.planning.wanted import Doubts, Wishes
from flows.domain.register.life import latest
from flows.domain.tabs import DECLENSIONS, ROADMAP
from flows.domain.terms.reading import parse
from flows.russian import Doubt

TODAY = date(2026, 9, 10)
YEAR = "2026-2027"
CARD = Organisation(
    "sadik",
    "Детский сад",
    "Детский сад",
    "г. Светлогорье",
    "Соколова Марина Викторовна",
    "заведующий",
    "Громова Татьяна Ильинична",
    "методист",
    YEAR,
)
NAMES = ("order.introduce", "order.pairs", "consent.duty", "program.personal", "plan.individual")
KINDS = {name: record.of(name) for name in NAMES}
# Whose papers need nothing but the plan itself.
OF_PLAN = [kind.id for kind in record.kinds().values() if kind.needs == (ROADMAP, DECLENSIONS)]


def build(facts):
    return {"пары": [pair.code for pair in facts.pairs], "subject": facts.subject}


def person(code, name, **more):
    return Person(
        code,
        "mentor" if code.startswith("Н") else "mentee",
        name,
        "",
        "воспитатель",
        Origin("книга", "Наставники", 2),
        **{"consent_duty": date(2026, 9, 1)} | more,
    )


PEOPLE = {each.code: each for each in (
    person("Н-001", "Орлова Вера Дмитриевна"), person("Н-002", "Зимина Анна Павловна"), person("Л-001", "Белова Дарья Алексеевна"), person("Л-002", "Крылова Полина Игоревна"),
)}  # fmt: skip


def pair(code, mentor="Н-001", mentee="Л-001", **more):
    told = {
        "start": date(2026, 9, 15),
        "end": date(2027, 5, 31),
        "status": "действует",
        "addendum_number": "14",
        "addendum_date": date(2026, 9, 2),
        **more,
    }
    return Pair(
        code,
        mentor,
        (mentee,),
        told.pop("group", ""),
        "педагог – педагог",
        "",
        "цель",
        (),
        origin=Origin("книга", "Пары", 2),
        codes=(code,),
        **told,
    )


def row(code, *documents, term="Сентябрь 2026", status=""):
    read = parse(term, Period(date(2026, 9, 1), date(2027, 8, 31)))
    return Activity(
        code,
        "1.1",
        "",
        "Утверждение",
        "",
        read,
        (),
        "Приказ",
        documents,
        Origin("книга", "Дорожная карта", 2),
        status,
        term,
    )


def filed(kind, subject, *, covers=(), state="проект", number="", version=1):
    key = f"sadik/{kind}/{subject}/{YEAR}"
    return Filed(
        key,
        version,
        kind,
        "",
        "ПР-2026-001",
        state,
        f"f-{kind}-{subject}",
        "x",
        "y",
        "",
        "",
        number=number,
        covers=covers,
    )


ONE, TWO = pair("П-001"), pair("П-002", "Н-002", "Л-002")
ROWS = (
    row("М-001", "order.introduce", "order.pairs"),
    row("М-002", "program.personal", "plan.individual", term="В течение учебного года"),
)


def facts(*pairs, rows=ROWS, register=(), people=PEOPLE, today=TODAY):
    return Facts(
        CARD,
        today,
        people,
        pairs,
        activities=rows,
        period=Period(date(2026, 9, 1), date(2027, 8, 31)),
        register=register,
    )


def plan(given, **wishes):
    builders = wishes.pop("builders", dict.fromkeys(KINDS, build))
    doubts = Doubts(
        wishes.pop("unread", frozenset()),
        wishes.pop("stopped", frozenset()),
        wishes.pop("unsure", frozenset()),
    )
    return planning.plan(given, Wishes(KINDS, builders, doubts=doubts, **wishes))


def subjects(made, kind):
    return [each.subject for each in made.planned if each.kind == kind]


def test_everything_due_is_planned_once():
    made = plan(facts(ONE, TWO))
    assert subjects(made, "order.introduce") == ["sadik"]
    assert subjects(made, "program.personal") == ["П-001", "П-002"]
    assert subjects(made, "plan.individual") == ["Л-001", "Л-002"]
    assert [each.context["пары"] for each in made.planned if each.kind == "order.pairs"] == [
        ["П-001", "П-002"]
    ]
    assert made.problems == ()


@pytest.mark.parametrize("stopped", ["П-002", "Н-002", "Л-002"])
def test_a_stop_takes_out_the_pair_it_names_or_whose_person_it_names_and_no_other(stopped):
    made = plan(facts(ONE, TWO), stopped=frozenset({stopped}))
    assert subjects(made, "program.personal") == ["П-001"]
    assert [each.covers for each in made.planned if each.kind == "order.pairs"] == [("П-001",)]
    assert subjects(made, "order.introduce") == ["sadik"]


@pytest.mark.parametrize(
    ("tab", "kept"),
    [
        ("Наставники", {"order.introduce"}), ("Наставляемые", {"order.introduce"}), ("Пары", {"order.introduce"}),
        ("Дорожная карта", {"order.pairs", "program.personal"}), ("Склонения", set()),
        ("Встречи", {"order.introduce", "order.pairs"}),
        ("Запросы", {"order.introduce", "order.pairs", "program.personal", "plan.individual"}),
    ],
)  # fmt: skip
def test_a_tab_that_cannot_be_read_holds_back_only_the_papers_that_stand_on_it(tab, kept):
    register = tuple(
        filed(kind, subject)
        for kind, subject in (
            ("order.introduce", "sadik"),
            ("order.pairs", "sadik"),
            ("program.personal", "П-009"),
            ("plan.individual", "Л-009"),
        )
    )
    made = plan(facts(ONE, TWO, register=register), unread=frozenset({tab}))
    assert {each.kind for each in made.planned} == kept
    held = {row.kind for row in register} - kept
    assert {key.split("/")[1] for key in made.doubts.papers} >= held
    assert held <= made.doubts.kinds


def test_papers_that_need_no_people_really_need_none():
    """What `knowable` says of kinds that stand on the roadmap alone is true of their builders."""
    given = facts(ONE, TWO)
    bare = replace(given, people={}, pairs=(), meetings=())
    assert OF_PLAN
    for kind in OF_PLAN:
        try:
            told = BUILDERS[kind](given)
        except Refused:
            continue
        assert repr(BUILDERS[kind](bare)) == repr(told), kind


@pytest.mark.parametrize("trouble", [Refused("Нет данных. Впишите их."), Doubt("Иванова", "форма неясна")])
def test_a_builder_that_refuses_one_paper_leaves_the_others(trouble):
    def refuse(given):
        if given.subject == "П-002":
            raise trouble
        return build(given)

    made = plan(facts(ONE, TWO), builders=dict.fromkeys(KINDS, build) | {"program.personal": refuse})
    assert subjects(made, "program.personal") == ["П-001"]
    assert [(each.code, each.severity) for each in made.problems] == [("paper-refused", Severity.QUESTION)]
    assert "Иванова" not in made.problems[0].message


def silent(register, *pairs, **more):
    wishes = {name: more.pop(name) for name in ("stopped", "unsure", "unread") if name in more}
    return plan(facts(*pairs, register=register, **more), **wishes).doubts.papers


def test_a_filed_paper_of_a_row_in_doubt_is_not_called_superfluous():
    program, order = (
        filed("program.personal", "П-002"),
        filed("order.pairs", "sadik", covers=("П-001", "П-002")),
    )
    assert silent((program, order), stopped=frozenset({"П-002"})) == {program.key, order.key}
    assert silent((program, order), ONE, unsure=frozenset({"П-002"})) == {program.key, order.key}
    assert silent((program,), ONE) == frozenset()


def test_a_person_paper_stays_while_any_pair_cannot_be_read():
    paper = filed("plan.individual", "Л-002")
    assert silent((paper,), ONE, stopped=frozenset({"П-002"})) == {paper.key}
    assert silent((paper,), ONE) == frozenset()


def test_a_code_typed_over_could_be_anybodys():
    paper = filed("program.personal", "П-002")
    assert silent((paper,), ONE, stopped=frozenset({"мой код"})) == {paper.key}


@pytest.mark.parametrize("term", ["потом", "", "по завершении", "31.02.2027", "Апрель 2032"])
def test_a_row_without_a_readable_day_still_calls_for_what_was_filed(term):
    paper = filed("order.introduce", "sadik")
    rows = (row("М-001", "order.introduce", term=term),)
    assert silent((paper,), rows=rows) == {paper.key}
    assert (
        silent((paper,), rows=(row("М-001", "order.introduce", term=term, status="не требуется"),))
        == frozenset()
    )


def test_a_kind_that_the_catalogue_no_longer_makes_is_not_superfluous():
    paper = filed("letter.thanks", "sadik")
    assert silent((paper,)) == {paper.key}


def test_an_ended_pair_keeps_its_papers_and_gets_no_new_ones():
    ended = replace(ONE, status="завершена")
    assert subjects(plan(facts(ended)), "program.personal") == []
    assert subjects(
        plan(facts(ended, register=(filed("program.personal", "П-001"),))), "program.personal"
    ) == ["П-001"]
    assert (
        subjects(
            plan(facts(replace(ONE, status="прекращена"), register=(filed("program.personal", "П-001"),))),
            "program.personal",
        )
        == []
    )


def orders(*pairs, register=(), **more):
    return [
        (each.subject, each.covers)
        for each in plan(facts(*pairs, register=register), **more).planned
        if each.kind == "order.pairs"
    ]


def test_a_registered_order_keeps_its_pairs_even_when_they_have_ended():
    """Else every order of last year would ask to be amended."""
    fixed = filed("order.pairs", "sadik", covers=("П-001", "П-002"), number="26/1")
    ended = [replace(each, status="завершена") for each in (ONE, TWO)]
    assert orders(*ended, register=(fixed,)) == [("sadik", ("П-001", "П-002"))]


def test_new_pairs_after_registration_give_a_second_order():
    fixed = filed("order.pairs", "sadik", covers=("П-001",), number="26/1")
    assert orders(ONE, TWO, register=(fixed,)) == [("sadik", ("П-001",)), ("sadik-2", ("П-002",))]


def test_a_registered_order_of_a_pair_in_doubt_is_left_alone():
    fixed = filed("order.pairs", "sadik", covers=("П-001", "П-002"), number="26/1")
    assert orders(ONE, register=(fixed,), stopped=frozenset({"П-002"})) == []


def test_a_registered_order_whose_pairs_are_all_gone_names_no_others():
    fixed = filed("order.pairs", "sadik", covers=("П-009",), number="26/1")
    assert orders(ONE, register=(fixed,)) == [("sadik-2", ("П-001",))]


def test_a_cancelled_order_frees_its_pairs_and_no_key_is_used_twice():
    cancelled = filed("order.pairs", "sadik", covers=("П-001",), number="26/1", state="отменён")
    second = filed("order.pairs", "sadik-2", covers=("П-002",), number="27/1")
    assert orders(ONE, TWO, register=(cancelled, second)) == [("sadik-2", ("П-002",)), ("sadik", ("П-001",))]
    assert latest((cancelled, second))[cancelled.key] is cancelled


def test_a_pair_that_may_not_be_named_is_told_by_codes_alone():
    people = {**PEOPLE, "Н-002": replace(PEOPLE["Н-002"], consent_duty=None)}
    made = plan(facts(ONE, TWO, people=people))
    problem = next(each for each in made.problems if each.code == "pair-not-ready")
    assert (problem.severity, problem.subject) == (Severity.STOP, "П-002")
    assert "Зимин" not in problem.message + problem.proposal


@pytest.mark.parametrize(
    "name",
    [
        "Орлова/Петрова Вера",
        "../../Орлова",
        "",
        "Орлова\nВера\tДмитриевна",
        "x" * 300,
        "Иванова И.И., Петрова П.П.",
        "\ud800",
    ],
)
def test_whatever_a_person_is_called_the_folder_is_one_folder(name):
    people = {**PEOPLE, "Н-001": replace(PEOPLE["Н-001"], name=name)}
    given = facts(replace(ONE, group="ясли / сад"), people=people)
    assert "/" not in short_name(given, "Н-001")
    for each in (given.pairs[0], replace(given.pairs[0], mentees=("Л-001", "Л-002"))):
        told = pair_name(each, given)
        assert "/" not in told
        assert "\n" not in told
        assert told.startswith("П-001 ")
    assert subjects(plan(given), "program.personal") == ["П-001"]


def test_free_subjects_have_no_gaps():
    taken = [filed("order.pairs", name, number="1") for name in ("sadik", "sadik-3")]
    assert pairs.free_subject("sadik", taken, YEAR) == "sadik-2"
    assert pairs.free_subject("sadik", taken, "2027-2028") == "sadik"
