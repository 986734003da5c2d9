"""What an organisation counts for its district, and the registers: programmes with what proves them, the curator's order."""

from dataclasses import replace
from datetime import date

from flows.domain.district.giving import Held, given
from flows.domain.model import Row
from flows.domain.tabs import CURATORS, FIGURES, MENTOR_BASE
from tests.district.given import DAY, MEMBERS, gave, member, rolled, share, shut
from tests.monitoring.monitoring_school import NOWHERE, activity, evidence, facts, filed, met, pair, person

HELD = Held(6, (), (), {}, {}, True, 2, {})
PEOPLE = (person("Н-001"), person("Н-002", status="выбыл"), person("Л-001"), person("Л-002", status="выбыл"))


def came(**told):
    base = facts(today=DAY, **{"people": PEOPLE, **told})
    return given("dubok", replace(base, evidence=evidence(base)), HELD)


def programme(couple, *papers, people=PEOPLE, meetings=()):
    (only,) = came(pairs=(couple,), register=papers, people=people, meetings=meetings).programmes
    return only


def test_people_who_left_and_pairs_that_are_over_are_not_counted():
    over = pair("П-002", "Н-001", "Л-001", end=date(2027, 3, 1))
    told = came(pairs=(pair("П-001", "Н-001", "Л-001"), over))
    assert (told.mentors, told.mentees, told.pairs, told.stops) == (1, 1, 1, 2)
    assert [(each.code, each.pairs) for each in told.base] == [("Н-001", 1)]


def test_rows_that_are_over_and_papers_that_wait_for_a_signature_are_counted():
    rows = (
        activity("М-001", "Одно", "до 15.10.2026"),
        activity("М-002", "Другое", "до 15.10.2027"),
        activity("М-003", "Третье", "до 15.10.2026", status="выполнено"),
        replace(late := activity("М-004", "Иное", "до 15.10.2026"), term=replace(late.term, flags=frozenset({"outside-period"}))),
    )  # fmt: skip
    draft = {"number": "", "day": None, "state": "проект"}
    papers = (
        filed("order.pairs", "a", **draft),
        filed("order.pairs", "b"),
        filed("order.pairs", "c", **{**draft, "state": "отменён"}),
    )
    told = came(activities=rows, register=papers)
    assert (told.overdue, told.unsigned) == (1, 1)


def test_the_curators_order_is_the_latest_one():
    papers = (
        filed("order.curator", "a", date(2026, 9, 1), "1-од"),
        filed("order.curator", "b", date(2027, 1, 11), "2-од"),
    )
    assert came(register=papers).curator_order == "№ 2-од от 11.01.2027"
    assert came().curator_order == ""


def test_a_programme_has_its_own_number_before_that_of_the_order_on_programmes():
    couple = pair("П-001", "Н-001", "Л-001")
    order = filed("order.programs", "x", date(2026, 9, 5), "9", covers=("П-001",))
    own = filed("program.personal", "П-001", date(2026, 9, 10), "14")
    assert (programme(couple, order).number, programme(couple, order, own).number) == ("9", "14")
    assert programme(couple).number == ""


def test_good_experience_is_told_from_data_alone():
    row = Row(NOWHERE, "П-001", {"Выполнение задач": "да\nнет"})
    assert (
        programme(pair("П-001", "Н-001", "Л-001", tasks=("одна", "другая"), row=row)).proven
        == "задач выполнено: 1 из 2"
    )
    assert programme(pair("П-001", "Н-001", "Л-001", tasks=("одна",))).proven == ""


def test_marks_of_difficulties_prove_only_where_more_of_them_grew_than_fell():
    couple = pair("П-001", "Н-001", "Л-001")
    grew = (PEOPLE[0], person("Л-001", deficits=("речь – 3 – 7", "планы – 4 – 6", "игра – 5 – 4")))
    fell = (PEOPLE[0], person("Л-001", deficits=("речь – 7 – 3",)))
    assert programme(couple, people=grew).proven == "отметка выросла у затруднений: 2 из 3"
    assert programme(couple, people=fell).proven == ""


def test_marks_of_meetings_prove_only_where_there_are_enough_to_hide_one_side():
    couple = pair("П-001", "Н-001", "Л-001")
    days = [date(2027, 2, at) for at in range(1, 6)]
    log = [met(f"В-{at:03d}", "П-001", day, mentor_score=9, mentee_score=8) for at, day in enumerate(days, 1)]
    assert programme(couple, meetings=log).proven == "встречи оценены в среднем на 8,5 из 10 (оценок: 10)"
    assert programme(couple, meetings=log[:4]).proven == ""


def test_registers_of_a_shut_book_stay_and_those_of_others_do_not_come_along():
    before = rolled(gave("dubok", curator="Иванова"), gave("sosh4", curator="Петрова", day=date(2027, 2, 1)))
    made = rolled(gave("dubok", curator="Сидорова"), shut("sosh4"), before=before)
    assert {key: cells["Куратор"] for key, cells in made.tabs[CURATORS].items()} == {
        "dubok": "Сидорова",
        "sosh4": "Петрова",
    }
    assert made.tabs[CURATORS]["sosh4"]["⚙ Получено"] == date(2027, 2, 1)
    assert made.tabs[MENTOR_BASE] == {}


def test_where_the_new_year_has_not_begun_yet_figures_are_of_the_old_one():
    made = rolled(gave("dubok", share("M4", 1, 1), day=date(2027, 8, 31)), day=date(2027, 9, 1))
    assert "2026-2027/dubok/M4" in made.tabs[FIGURES]
    assert made.tabs[FIGURES]["2027-2028/-/M4"]["Числитель"] == ""


def test_of_one_that_takes_no_part_nothing_is_said_of_its_book():
    made = rolled(shut("sosh4"), members=(*MEMBERS[:2], member("sosh4", taking_part=False)))
    assert made.members["sosh4"] == {"⚙ Доступ": ""}
    assert rolled(shut("sosh4")).members["sosh4"]["⚙ Доступ"] == "в корзине"
