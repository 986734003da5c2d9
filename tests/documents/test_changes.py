"""A change after registration: what it calls for, who is named in what, and what waits for whom."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from flows import settings
from flows.domain.documents.builders import BUILDERS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.model import Filed, Origin, Severity
from flows.domain.planning import plan as planning
from flows.domain.planning.wanted import Doubts, Wishes
from flows.domain.register import after_signing, paper_marks
from flows.papers import render

KINDS = settings.catalogue()
TEMPLATES = Path(__file__).parents[2] / "templates"
NEEDED = (
    "order.pairs",
    "order.pairs_change",
    "notice.early_end",
    "refusal.mentor",
    "order.early_end",
    "addendum",
    "consent.duty",
)
DAYS_OFF = settings.days_off(2026, 2027)
FACTS = replace(specimen("order.pairs"), activities=(), register=())
ONE, TWO, THREE = FACTS.pairs
MENTOR = FACTS.people[ONE.mentor]


def marks_of(context):
    """The marks of a paper that is judged by all it says."""
    return paper_marks.marks(context, context)


def registered(
    kind="order.pairs", subject="obrazec", facts=FACTS, number="26/1", day=date(2026, 9, 14), **changes
):
    told = replace(facts, subject=subject)
    covers = (
        tuple(code for pair in facts.pairs for code in pair.codes) if kind.startswith("order.pairs") else ()
    )
    row = Filed(
        f"obrazec/{kind}/{subject}/2026-2027",
        1,
        kind,
        KINDS[kind].heading,
        "ПР-2026-001",
        "зарегистрирован",
        "",
        "f",
        "",
        "",
        "",
        number=number,
        day=day,
        covers=covers,
        origin=Origin("", "Документы", 5),
        marks=marks_of(BUILDERS[kind](told)),
    )
    return replace(row, **changes)


def plan(facts, kinds=NEEDED, stopped=frozenset()):
    return planning.plan(
        facts, Wishes({name: KINDS[name] for name in kinds}, BUILDERS, DAYS_OFF, Doubts(stopped=stopped))
    )


def changed(pairs=FACTS.pairs, people=None, register=None, **more):
    rows = (registered(),) if register is None else tuple(register)
    return replace(
        FACTS, pairs=tuple(pairs), people={**FACTS.people, **(people or {})}, register=rows, **more
    )


def of(kind, told):
    return [each for each in told.planned if each.kind == kind]


def codes(told):
    return [each.code for each in told.problems]


def test_an_unchanged_registered_order_calls_for_nothing():
    told = plan(changed())
    assert [each.kind for each in told.planned] == ["order.pairs"]
    assert (of("order.pairs", told)[0].frozen, codes(told)) == (True, [])


@pytest.mark.parametrize(
    ("pair", "person", "said"),
    [
        ({"mentor": "Н-003"}, {}, "П-001 – наставник"),
        ({"end": date(2027, 4, 30)}, {}, "П-001 – срок"),
        ({}, {"name": "Новикова Анна Павловна"}, "Н-001 – ФИО"),
        ({}, {"position": "методист"}, "Н-001 – должность"),
    ],
)
def test_a_change_gives_the_changing_order_and_says_on_the_orders_row_what_changed(pair, person, said):
    told = plan(changed([replace(ONE, **pair), TWO, THREE], {"Н-001": replace(MENTOR, **person)}))
    paper = of("order.pairs_change", told)[0]
    (problem,) = [each for each in told.problems if each.code == "order-changed"]
    assert (paper.key, paper.context["изменяемый"]) == (
        "obrazec/order.pairs_change/obrazec/2026-2027",
        {"номер": "26/1", "дата": date(2026, 9, 14)},
    )
    assert said in problem.message
    assert (problem.origin.tab, problem.origin.row, problem.origin.column) == (
        "Документы",
        5,
        "Данные изменились",
    )
    assert not any(each.name.split()[0] in problem.message for each in FACTS.people.values())


def test_the_changing_order_names_the_right_one_of_two_orders():
    first = registered(covers=("П-001", "П-002"))
    second = registered(subject="obrazec-2", number="41-од", day=date(2026, 10, 9), covers=("П-003",))
    told = plan(changed([ONE, TWO, replace(THREE, end=date(2027, 4, 30))], register=(first, second)))
    (paper,) = of("order.pairs_change", told)
    assert (paper.subject, paper.context["изменяемый"]["номер"]) == ("obrazec-2", "41-од")
    assert [pair["код"] for pair in paper.context["пары"]] == ["П-003"]


def test_a_second_change_is_counted_from_the_first_and_names_the_edition_in_force():
    moved = [replace(ONE, end=date(2027, 4, 30)), TWO, THREE]
    first = registered(
        "order.pairs_change",
        facts=replace(FACTS, pairs=tuple(moved), register=(registered(),)),
        number="30",
        day=date(2026, 11, 2),
    )
    quiet = plan(changed(moved, register=(registered(), first)))
    assert ([each.subject for each in of("order.pairs_change", quiet)], codes(quiet)) == (["obrazec"], [])
    again = plan(changed([replace(moved[0], kind="групповое"), TWO, THREE], register=(registered(), first)))
    assert [(each.subject, each.frozen) for each in of("order.pairs_change", again)] == [
        ("obrazec", True),
        ("obrazec~2", False),
    ]
    paper = of("order.pairs_change", again)[1]
    assert (paper.context["изменяемый"]["номер"], paper.context["редакция"]["номер"]) == ("26/1", "30")
    printed = render(
        settings.template("order.pairs_change.docx"), requisites(paper.context, draft="ПР-2026-009")
    )
    assert printed[:2] == b"PK"


def test_a_new_mentor_without_papers_holds_the_changing_order_back():
    people = {"Н-099": replace(MENTOR, code="Н-099", consent_duty=None)}
    told = plan(changed([replace(ONE, mentor="Н-099"), TWO, THREE], people))
    assert of("order.pairs_change", told) == []
    assert {"pair-not-ready", "order-changed"} <= set(codes(told))
    assert "ждёт" in next(each.message for each in told.problems if each.code == "order-changed")


def test_an_addendum_is_planned_until_it_has_number_and_date_or_is_not_needed():
    bare = replace(ONE, addendum_number="", addendum_date=None)
    dated = replace(TWO, addendum_number="")
    told = plan(
        changed(
            [bare, dated, THREE],
            {THREE.mentor: replace(FACTS.people[THREE.mentor], job_function=True)},
            register=(),
        )
    )
    assert [each.subject for each in of("addendum", told)] == ["П-001", "П-002"]
    own = {ONE.mentor: replace(MENTOR, job_function=True)}
    assert of("addendum", plan(changed([bare], own, register=()))) == []


BROKEN = replace(
    ONE,
    status="прекращена",
    end=date(2027, 3, 11),
    end_notice=date(2027, 3, 4),
    end_reason="заявление наставника",
)


def ended(**changes):
    return plan(changed([replace(BROKEN, **changes), TWO, THREE], today=date(2027, 3, 5)))


BY_EMPLOYER = {"end_reason": "перевод наставляемого", "ended_by": "Работодатель"}


def test_an_early_end_by_the_employer_gives_notice_and_order_with_their_days():
    told = ended(**BY_EMPLOYER)
    (notice,), (order,) = of("notice.early_end", told), of("order.early_end", told)
    assert (notice.subject, order.subject, codes(told)) == ("П-001", "П-001", [])
    assert (order.context["последний_день"], order.context["уведомление"]) == (
        date(2027, 3, 11),
        date(2027, 3, 4),
    )
    assert (order.context["приказ_о_парах"]["номер"], order.covers) == ("26/1", ("П-001",))
    assert of("order.pairs_change", told) == []
    assert of("refusal.mentor", told) == []
    assert (
        "Основание: уведомление от 04.03.2027 № ______; причина – перевод наставляемого." in signed(told)[2]
    )


def test_a_mentor_who_refuses_gives_an_application_and_is_handed_no_notice():
    told = ended()
    (refusal,), (order,) = of("refusal.mentor", told), of("order.early_end", told)
    assert (of("notice.early_end", told), codes(told)) == ([], [])
    text = printed("refusal.mentor", refusal.context)
    assert "досрочно отказываюсь от работы по наставничеству" in text
    assert "порученной приказом от 14.09.2026 № 26/1" in text
    assert "Последний день выполнения работы по наставничеству – 11 марта 2027 г." in text
    assert "Отметка о получении: заявление принято ___.___.20___, вх. №" in text
    assert "Основание: заявление Абрамовой А.П. от 04.03.2027 № ______." in printed(
        "order.early_end", order.context
    )


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        ("refusal.mentor", {}, "заявление Абрамовой А.П. от 02.03.2027 № 7"),
        ("notice.early_end", BY_EMPLOYER, "уведомление от 02.03.2027 № 7"),
    ],
)
def test_the_order_names_the_registered_paper_of_the_side_that_ends_the_pair(kind, changes, said):
    pair = replace(BROKEN, **changes)
    warning = registered(
        kind, "П-001", replace(FACTS, pairs=(pair,)), number="7", day=date(2027, 3, 2), covers=("П-001",)
    )
    told = plan(changed([pair, TWO, THREE], today=date(2027, 3, 5), register=(registered(), warning)))
    assert f"Основание: {said}" in signed(told)[2]


@pytest.mark.parametrize(
    ("reason", "typed", "side"),
    [
        ("заявление наставника", "", "refusal.mentor"),
        ("по инициативе наставника", "", "refusal.mentor"),
        ("Решение работодателя", "", "notice.early_end"),
        ("решение заведующего и администрации", "работодатель", "notice.early_end"),
        ("заявление наставника", "работодатель", "notice.early_end"),
        ("заявление наставляемого", "", ""),
        ("смена графика", "", ""),
        ("смена графика", "куратор", ""),
    ],
)
def test_who_ends_a_pair_is_told_by_its_cell_else_by_the_reason_else_asked_once(reason, typed, side):
    told = ended(end_reason=reason, ended_by=typed)
    made = [each.kind for each in told.planned if each.kind in {"refusal.mentor", "notice.early_end"}]
    assert made == ([side] if side else [])
    assert codes(told) == ([] if side else ["early-end-side"])
    if not side:
        assert (
            "Основание: ______________________________ от ___.___.20___ № ______; причина – "
            in signed(told)[2]
        )


def test_a_notice_made_before_anybody_could_tell_whose_end_it_is_stays():
    notice = registered("notice.early_end", "П-001", replace(FACTS, pairs=(BROKEN,)), covers=("П-001",))
    told = plan(changed([BROKEN, TWO, THREE], today=date(2027, 3, 5), register=(registered(), notice)))
    assert len(of("notice.early_end", told)) == len(of("refusal.mentor", told)) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"end_reason": ""}, ["early-end-reason"]),
        ({"end": date(2027, 3, 9)}, ["notice-short"]),
        ({"end_notice": date(2027, 3, 5)}, []),
        ({"end_notice": date(2027, 3, 9)}, ["notice-short"]),
        ({"end": date(2027, 5, 31)}, ["early-end-day"]),
        ({"end_notice": None}, []),
    ],
)
def test_what_an_early_end_lacks_is_asked(change, code):
    assert codes(ended(**change)) == code
    assert len(of("order.early_end", ended(**change))) == ("end_reason" not in change)


def left(code, status="выбыл", pair=BROKEN, day=date(2027, 3, 11)):
    """What is planned where somebody of a pair that ended early leaves or goes on leave on its last day."""
    before = FACTS.people
    lives = {one: ((date.min, person),) for one, person in before.items()}
    lives[code] = (*lives[code], (day, replace(before[code], status=status)))
    today = date(2027, 3, 12)
    people = {code: replace(before[code], status=status)}
    return plan(changed([pair, TWO, THREE], people, today=today, history=lives))


def signed(told):
    (order,) = of("order.early_end", told)
    text = printed("order.early_end", order.context)
    return (
        {each["код"] for each in order.context["ознакомить"] if "код" in each},
        "другого наставника" in text,
        text,
    )


def printed(kind, context):
    paper = docx.Document(io.BytesIO(render(TEMPLATES / f"{kind}.docx", requisites(context))))
    return " ".join(each.text for each in paper.paragraphs).replace("\u00a0", " ")


def test_a_dismissed_mentee_is_offered_nobody_and_signs_nothing():
    acquainted, offered, text = signed(left("Л-002"))
    assert (acquainted, offered) == ({"Н-001"}, False)
    assert "оформить завершение программы" in text
    assert len(of("refusal.mentor", left("Л-002"))) == 1


def test_of_a_dismissed_mentor_the_mentee_is_offered_another_and_no_notice_is_given():
    told = left("Н-001")
    assert signed(told)[:2] == ({"Л-002"}, True)
    assert of("notice.early_end", told) == of("refusal.mentor", told) == []
    assert codes(told) == []
    assert "Основание: заявление наставника." in signed(told)[2]


def test_a_mentee_on_leave_signs_and_is_offered_nobody_yet():
    assert signed(left("Л-002", "перерыв"))[:2] == ({"Н-001", "Л-002"}, False)


def test_of_a_group_only_those_who_stay_are_offered_another_mentor_by_name():
    group = replace(
        THREE, **{name: getattr(BROKEN, name) for name in ("status", "end", "end_notice", "end_reason")}
    )
    gone_one, *rest = group.mentees
    before = FACTS.people
    lives = {one: ((date.min, person),) for one, person in before.items()}
    lives[gone_one] = (*lives[gone_one], (group.end, replace(before[gone_one], status="выбыл")))
    told = plan(changed([ONE, TWO, group], today=date(2027, 3, 12), history=lives))
    acquainted, offered, text = signed(told)
    assert (acquainted, offered) == ({group.mentor, *rest}, True)
    given = [before[code].name.split()[0][:5] for code in group.mentees]
    task = text[text.index("предложить") :]
    assert [name in task for name in given] == [False] + [True] * len(rest)


def test_a_registered_order_of_early_end_without_a_notice_is_asked_about():
    order = Filed(
        "obrazec/order.early_end/П-001/2026-2027",
        1,
        "order.early_end",
        "",
        "",
        "зарегистрирован",
        "",
        "",
        "",
        "",
        "",
        number="7",
        day=date(2027, 3, 5),
    )
    told = plan(changed([replace(BROKEN, end_notice=None), TWO, THREE], register=(registered(), order)))
    assert codes(told) == ["notice-missing"]


def findings(**changes):
    return list(after_signing.findings(replace(FACTS, **changes)))


def test_one_who_left_has_every_paper_listed_with_what_to_do():
    rows = (
        registered(),
        registered("consent.duty", "П-001", number="", day=date(2026, 9, 7)),
        replace(registered("letter.thanks", "Н-001"), number="", day=None, state="проект"),
    )
    (problem,) = findings(people={**FACTS.people, "Н-001": replace(MENTOR, status="выбыл")}, register=rows)
    assert (problem.code, problem.subject, problem.severity) == ("reissue-left", "Н-001", Severity.QUESTION)
    assert "№ 26/1 от 14.09.2026 – приказ о внесении изменений" in problem.message
    assert "«Согласие на возложение обязанностей наставника»" in problem.message
    assert "letter" not in problem.message
    assert "Благодарственное" not in problem.message
    assert "Проекты изменятся сами" in problem.message
    assert MENTOR.name.split()[0] not in problem.message


def test_one_who_married_has_the_registered_papers_listed_and_others_nothing():
    rows = (
        registered(),
        registered("consent.pd", "Н-001", number="", day=date(2026, 9, 7)),
        registered("consent.pd", "Н-003", number="", day=date(2026, 9, 7)),
    )
    (problem,) = findings(
        people={**FACTS.people, "Н-001": replace(MENTOR, name="Новикова Анна Павловна")}, register=rows
    )
    assert problem.code == "reissue-name"
    assert problem.message.count("«") == 2
    assert "новое согласие под новой фамилией" in problem.message


def test_a_new_post_needs_a_changing_order_but_no_new_consent():
    rows = (registered(), registered("consent.pd", "Н-001", number="", day=date(2026, 9, 7)))
    (problem,) = findings(
        people={**FACTS.people, "Н-001": replace(MENTOR, position="методист")}, register=rows
    )
    assert problem.code == "reissue-post"
    assert "приказ о внесении изменений" in problem.message
    assert "остаётся в деле" in problem.message


def test_what_a_changing_order_has_put_right_is_not_told_again():
    people = {**FACTS.people, "Н-001": replace(MENTOR, name="Новикова Анна Павловна")}
    change = registered(
        "order.pairs_change",
        facts=replace(FACTS, people=people, register=(registered(),)),
        number="30",
        day=date(2026, 11, 2),
    )
    assert findings(people=people, register=(registered(), change)) == []


def test_an_old_row_without_marks_names_people_by_its_pairs():
    row = replace(registered(), marks=())
    (problem,) = findings(people={**FACTS.people, "Н-001": replace(MENTOR, status="выбыл")}, register=(row,))
    assert "№ 26/1" in problem.message
