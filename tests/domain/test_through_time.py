"""People and the card hold from a day to a day: who is called what, works as what and signs as the head on any day."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from flows.domain.book import acting_heads, asked_for_whom
from flows.domain.documents.specimen import ORGANISATION as CARD
from flows.domain.documents.specimen import specimen
from flows.domain.model import Origin, Row, Severity
from flows.domain.organisation import Acting
from flows.domain.people import participants, through_time
from flows.domain.planning.folder_names import pair_name

LINES = count(2)
START, END, WEDDING, LATER = date(2026, 9, 15), date(2027, 5, 31), date(2026, 11, 10), date(2026, 12, 10)
OLD, NEW, MENTEE = "Орлова Вера Дмитриевна", "Новикова Вера Дмитриевна", "Белова Дарья Алексеевна"


def row(tab, code, **cells):
    return Row(Origin("книга", tab, next(LINES)), code, cells)


def person(code, name, **more):
    tab = "Наставники" if code.startswith("Н") else "Наставляемые"
    return row(tab, code, ФИО=name, **{"Должность": "воспитатель", "Состояние": "действует"} | more)


def pair(code, mentor, mentee, start=START, **more):
    days = {"Дата начала": start, "Дата окончания": END, "Состояние": "действует"}
    return row("Пары", code, Наставник=mentor, Наставляемый=mentee, **days | more)


def event(who, what, value=None, day=WEDDING):
    return row(
        "Кадровые события",
        f"С-{next(LINES):03d}",
        **{"Дата": day, "Кто": who, "Что": what, "Новое значение": value},
    )


def read(mentors, pairs, events, *, mentees=None, cases=(), today=LATER):
    mentees = [person("Л-001", MENTEE)] if mentees is None else mentees
    return participants.read(mentors, mentees, pairs, [], cases, events, today)


def named(who, day, code="Н-001"):
    return through_time.on(who.history, day)[code].name


SPOKEN = [row("Склонения", "", Именительный=OLD)]


@pytest.mark.parametrize("told", [OLD, NEW, "Н-001"])
@pytest.mark.parametrize("listed", [OLD, NEW])
@pytest.mark.parametrize("paired", [OLD, NEW, "Н-001"])
@pytest.mark.parametrize("value", ["Новикова", NEW])
def test_a_marriage_leaves_one_person_wherever_which_of_the_names_stands(told, listed, paired, value):
    who, problems = read(
        [person("Н-001", listed)],
        [pair("П-001", paired, MENTEE)],
        [event(told, "смена фамилии", value)],
        cases=SPOKEN,
    )
    assert problems == ()
    assert [each.mentor for each in who.pairs] == ["Н-001"]
    assert (named(who, date(2026, 11, 9)), named(who, WEDDING)) == (OLD, NEW)
    assert who.people["Н-001"].name == NEW


def test_a_former_name_that_only_the_pair_still_tells_is_learned_from_it():
    who, problems = read(
        [person("Н-001", NEW)], [pair("П-001", OLD, MENTEE)], [event("Н-001", "смена фамилии", "Новикова")]
    )
    assert (problems, named(who, START), named(who, LATER)) == ((), OLD, NEW)


def test_a_former_name_nobody_tells_stays_the_listed_one():
    who, problems = read(
        [person("Н-001", NEW)], [pair("П-001", NEW, MENTEE)], [event("Н-001", "смена фамилии", "Новикова")]
    )
    assert (problems, named(who, START)) == ((), NEW)


def test_two_marriages_are_told_one_after_the_other_in_any_order_of_rows():
    third = "Ершова Вера Дмитриевна"
    events = [
        event(NEW, "смена фамилии", "Ершова", date(2027, 2, 1)),
        event(OLD, "смена фамилии", "Новикова"),
    ]
    who, problems = read([person("Н-001", third)], [pair("П-001", OLD, MENTEE)], events, today=END)
    assert problems == ()
    assert [named(who, day) for day in (START, LATER, END)] == [OLD, NEW, third]


def test_a_marriage_opens_no_second_folder_for_the_pair():
    who, _ = read(
        [person("Н-001", NEW)], [pair("П-001", OLD, MENTEE)], [event(OLD, "смена фамилии", "Новикова")]
    )
    facts = replace(specimen("order.pairs"), people=who.people, pairs=who.pairs, history=who.history)
    assert who.people["Н-001"].name == NEW
    assert pair_name(who.pairs[0], facts) == "П-001 Орлова В.Д. – Белова Д.А."


def test_a_row_by_the_former_name_means_whoever_married_by_code():
    namesake = "Земляникина Вера Дмитриевна"
    who, problems = read(
        [person("Н-001", NEW), person("Н-002", namesake)],
        [],
        [event(OLD, "смена должности", "методист", START), event("Н-001", "смена фамилии", "Новикова")],
    )
    assert problems == ()
    assert (who.people["Н-001"].position, who.people["Н-002"].position) == ("методист", "воспитатель")


def test_a_marriage_to_come_changes_nothing_before_its_day():
    who, _ = read(
        [person("Н-001", OLD)],
        [pair("П-001", OLD, MENTEE)],
        [event("Н-001", "смена фамилии", "Новикова", date(2027, 3, 1))],
    )
    assert who.people["Н-001"].name == OLD
    assert named(who, END) == NEW


def test_an_event_of_one_of_two_with_the_same_surname_leaves_the_other_alone():
    other = "Орлова Нина Юрьевна"
    who, problems = read(
        [person("Н-001", OLD), person("Н-002", other)],
        [pair("П-001", OLD, MENTEE), pair("П-002", other, MENTEE, Группа=None)],
        [event(OLD, "смена фамилии", "Новикова")],
    )
    assert {each.code for each in problems} == {"two-mentors"}
    assert (who.people["Н-001"].name, who.people["Н-002"].name) == (NEW, other)


def test_an_event_of_namesakes_asks_which_of_them_and_changes_nobody():
    who, problems = read([person("Н-001", OLD), person("Н-002", OLD)], [], [event(OLD, "уволен")])
    assert [(each.code, each.origin.column) for each in problems] == [("staff-event", "Кто")]
    assert "несколько" in problems[0].message
    assert {each.status for each in who.people.values()} == {"действует"}


@pytest.mark.parametrize("lists", [(OLD, OLD), (NEW, OLD), (OLD, NEW), (NEW, NEW)])
def test_one_who_stands_in_both_lists_marries_in_both(lists):
    who, problems = read(
        [person("Н-001", lists[0])],
        [],
        [event(OLD, "смена фамилии", "Новикова")],
        mentees=[person("Л-001", lists[1])],
    )
    assert problems == ()
    assert {named(who, START, code) for code in ("Н-001", "Л-001")} == {OLD}
    assert {named(who, LATER, code) for code in ("Н-001", "Л-001")} == {NEW}


@pytest.mark.parametrize("listed", ["воспитатель", "методист"])
@pytest.mark.parametrize("what", ["смена должности", "перевод"])
def test_a_new_post_holds_from_its_day(listed, what):
    who, problems = read([person("Н-001", OLD, Должность=listed)], [], [event("Н-001", what, "методист")])
    on = [through_time.on(who.history, day)["Н-001"].position for day in (START, LATER)]
    assert (problems, on) == ((), [listed, "методист"])


@pytest.mark.parametrize("listed", ["действует", "выбыл"])
def test_whoever_leaves_was_there_before(listed):
    who, _ = read([person("Н-001", OLD, Состояние=listed)], [], [event("Н-001", "уволен")])
    before, after = (through_time.on(who.history, day)["Н-001"] for day in (date(2026, 11, 9), WEDDING))
    assert through_time.works_on(before, START)
    assert not through_time.works_on(after, WEDDING)


def test_nobody_works_before_being_hired():
    who, _ = read([], [], [], mentees=[person("Л-001", MENTEE, **{"Дата приёма": WEDDING})])
    (one,) = who.people.values()
    assert [through_time.works_on(one, day) for day in (date(2026, 11, 9), WEDDING)] == [False, True]


@pytest.mark.parametrize("typed", [True, False, None])
def test_an_unticked_cell_is_told_from_an_empty_one(typed):
    who, _ = read([], [], [], mentees=[person("Л-001", MENTEE, **{"Молодой специалист": typed})])
    assert who.people["Л-001"].young is typed


CLASHES = [
    ([event("Н-001", "смена фамилии", "Новикова"), event("Н-001", "уволен")], "В один день", "Новикова"),
    ([event("Н-001", "смена фамилии", "Новикова"), event("Н-001", "смена фамилии", "Ершова")], "нижняя строка", "Ершова"),
    ([event("Н-001", "уволен"), event("Н-001", "смена фамилии", "Новикова", LATER)], "позже увольнения", "Новикова"),
    ([event("Н-001", "уволен"), event("Н-001", "уволен", None, LATER)], "позже увольнения", "Орлова"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "said", "surname"), CLASHES)
def test_events_that_contradict_are_one_sentence_on_the_lower_row_and_harm_nobody_else(events, said, surname):
    other = "Панина Галина Степановна"
    who, problems = read(
        [person("Н-001", OLD), person("Н-002", other)], [pair("П-002", other, MENTEE)], events, today=END
    )
    (problem,) = problems
    assert (problem.severity, problem.code, problem.origin.row) == (
        Severity.QUESTION,
        "staff-clash",
        events[-1].origin.row,
    )
    assert said in problem.message
    assert who.people["Н-001"].name.startswith(surname)
    assert [each.code for each in who.pairs] == ["П-002"]


def test_a_plain_leave_stops_nobodys_work_and_is_asked_about():
    who, problems = read([person("Н-001", OLD)], [pair("П-001", OLD, MENTEE)], [event(OLD, "отпуск")])
    assert [(each.code, each.origin.column) for each in problems] == [("staff-event", "Что")]
    assert who.people["Н-001"].status == "действует"


def test_an_event_of_nobody_is_one_sentence():
    who, problems = read(
        [person("Н-001", OLD)], [pair("П-001", OLD, MENTEE)], [event("Ершова Анна Ивановна", "уволен")]
    )
    assert [(each.code, each.origin.column) for each in problems] == [("staff-event", "Кто")]
    assert [each.code for each in who.pairs] == ["П-001"]


def test_a_request_means_one_who_married_by_either_name():
    tabs = {
        "Наставники": [person("Н-001", NEW)],
        "Наставляемые": [person("Л-001", MENTEE)],
        "Пары": [pair("П-001", OLD, MENTEE)],
        "Кадровые события": [event("Н-001", "смена фамилии", "Новикова")],
    }
    for typed in (OLD, NEW, "Орлова", "Новикова В.Д.", "Н-001"):
        assert asked_for_whom.codes(typed, tabs) == ("Н-001", "П-001")


HEAD = "Соколова Марина Викторовна"
ACTING, OTHER = "Зуева Ирина Львовна", "Панина Галина Степановна"
ORIGIN = Origin("книга", "Настройки", 0, "Значение")


def lines(*absences):
    titles = ("И.О. на период (ФИО)", "И.О. на период (с)", "И.О. на период (по)")
    cells = [(title, value) for each in absences for title, value in zip(titles, each, strict=True)]
    return [(at, [title, value]) for at, (title, value) in enumerate(cells, 5)]


def test_several_absences_of_a_year_are_told_one_below_the_other():
    first, second = (
        (ACTING, date(2026, 10, 1), date(2026, 10, 14)),
        (OTHER, "10.01.2027", "20 января 2027 г."),
    )
    acting, problems = acting_heads.read(lines(first, second), HEAD, ORIGIN)
    assert (problems, acting) == (
        (),
        (Acting(*first), Acting(OTHER, date(2027, 1, 10), date(2027, 1, 20))),
    )


WRONG = [
    ([(None, date(2026, 10, 1), date(2026, 10, 14))], 5, "кто исполняет"),
    ([(ACTING, None, date(2026, 10, 14))], 6, "с какого дня"),
    ([(ACTING, date(2026, 10, 1), "до осени")], 7, "не прочитан"),
    ([(ACTING, date(2026, 10, 14), date(2026, 10, 1))], 7, "раньше, чем начинается"),
    ([(HEAD, date(2026, 10, 1), date(2026, 10, 14))], 5, "сам руководитель"),
    ([(f"{ACTING}, {OTHER}", date(2026, 10, 1), date(2026, 10, 14))], 5, "не один человек"),
    ([(f"{ACTING} и {OTHER}", date(2026, 10, 1), None)], 5, "не один человек"),
    ([("приказ № 5", date(2026, 10, 1), date(2026, 10, 14))], 5, "не прочитан"),
    ([(ACTING, date(2026, 10, 1), None), (OTHER, date(2026, 10, 5), date(2026, 10, 9))], 9, "в одни и те же дни"),
]  # fmt: skip


@pytest.mark.parametrize(("absences", "line", "said"), WRONG)
def test_an_absence_that_cannot_be_used_is_one_sentence_on_its_cell_and_the_head_signs(absences, line, said):
    acting, (problem,) = acting_heads.read(lines(*absences), HEAD, ORIGIN)
    assert (problem.severity, problem.origin.row) == (Severity.QUESTION, line)
    assert said in problem.message
    card = replace(CARD, acting=acting)
    assert through_time.acting_on(card, date(2026, 10, 7)) is None


def test_empty_lines_are_no_absence():
    assert acting_heads.read(lines((None, None, None), (None, "", None)), HEAD, ORIGIN) == ((), ())
