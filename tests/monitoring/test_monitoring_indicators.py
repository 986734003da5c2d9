"""Every indicator against figures counted by hand on awkward data.

The kindergarten: four pairs from 15 September. П-001 has papers and meets; П-002 misses; П-003 is a group whose mentee is
also the mentor of П-004 (one human under two codes); П-005 is only proposed. Today is 31 December 2026.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import monitoring_school as school
import pytest
from monitoring_school import YEAR, filed, met, pair, person, question, response

from flows.domain.monitoring.gathering import Heard, gather
from flows.domain.monitoring.indicators.counting import count
from flows.domain.monitoring.indicators.evidence import is_young, scope_of
from flows.domain.monitoring.indicators.meetings import gaps_over
from flows.domain.monitoring.tabs import ScoreCard
from flows.domain.people.staff_events import StaffEvent
from flows.domain.periods import Period
from flows.domain.terms.reading import Window

HALF = Period(date(2026, 9, 1), date(2026, 12, 31))
NEW_YEAR = frozenset(date(2027, 1, day) for day in range(1, 9))
SIGNED = date(2026, 9, 7)
PEOPLE = (
    person("Н-001", consent_duty=SIGNED), person("Н-002"), person("Н-003", consent_duty=SIGNED, job_function=True),
    person("Н-004", name="Двойная  Роль"), person("Л-001", young=True, consent_duty=SIGNED), person("Л-002", experience=2),
    person("Л-003", experience=15, consent_duty=SIGNED), person("Л-004", name="двойная роль", experience=9, consent_duty=SIGNED), person("Л-005", young=True),
)  # fmt: skip
PAIRS = (
    pair("П-001", "Н-001", "Л-001", addendum_number="1", addendum_date=date(2026, 9, 9)),
    pair("П-002", "Н-002", "Л-002", meetings_a_month=2),
    pair("П-003", "Н-003", "Л-003", "Л-004", group="Группа 1", codes=("П-003", "П-013")),
    pair("П-004", "Н-004", "Л-001", start=date(2026, 12, 22)),
    pair("П-005", "Н-002", "Л-005", status="предложена"),
)
MEETINGS = (
    met("В-001", "П-001", date(2026, 9, 22), mentee_score=9, mentor_score=9),
    met("В-002", "П-001", date(2026, 10, 6), mentee_score=8),
    met("В-003", "П-001", None, planned=date(2026, 10, 20), status="отменена"),
    met("В-004", "П-001", date(2026, 10, 21), planned=date(2026, 10, 19), status="перенесена"),
    met("В-005", "П-001", date(2026, 9, 1)),  # before the pair began
    met("В-006", "П-013", date(2026, 9, 25), mentor_score=2, mentee_score=9),
    met("В-007", "группа 1", None, planned=date(2026, 10, 9)),  # nobody marked it
    met("В-008", "П-003", date(2027, 1, 15), planned=date(2026, 12, 25)),  # held after the half-year
    met("В-009", "П-999", date(2026, 10, 1)),
    met("В-010", "П-003", date(2026, 11, 3), planned=None),
)
REGISTER = (
    filed("order.pairs", "lastochka", covers=("П-001", "П-003", "П-013")), filed("program.personal", "П-001"), filed("program.personal", "П-002", number="", day=None, state="проект"),
    filed("program.personal", "П-003", day=date(2027, 2, 1)),
)  # fmt: skip


def world(**more):
    told = {
        "people": PEOPLE,
        "pairs": PAIRS,
        "meetings": MEETINGS,
        "register": REGISTER,
        **more.pop("facts", {}),
    }
    return school.evidence(school.facts(**told), **more)


def figure(code, told=None, period=HALF):
    told = told or world()
    return count(told, scope_of(told, period), (code,))[0]


def lines(code, told, period=HALF):
    return [each.text for each in count(told, scope_of(told, period), (code,))]


def test_m1_counts_young_specialists_who_are_mentees():
    assert figure("M1").text == "2 из 4 (50,0 %)"
    assert figure("M1").rows == ("Л-001", "Л-002")


def test_m2_counts_one_human_in_two_roles_once_and_the_proposed_not_at_all():
    assert (figure("M2").text, len(figure("M2").rows)) == ("7 из 20 (35,0 %)", 7)


def test_m3_counts_mentors():
    assert (figure("M3").text, figure("M3").rows) == (
        "4 из 20 (20,0 %)",
        ("Н-001", "Н-002", "Н-003", "Н-004"),
    )


def test_m4_counts_programmes_registered_by_the_cut_off():
    assert (figure("M4").text, figure("M4").rows, figure("M4").others) == (
        "1 из 4 (25,0 %)",
        ("П-001",),
        ("П-002", "П-003", "П-004"),
    )


def test_m5_needs_both_consents_the_addendum_or_the_job_and_the_order():
    assert (figure("M5").text, figure("M5").rows) == ("2 из 4 (50,0 %)", ("П-001", "П-003"))


@pytest.mark.parametrize(
    ("born", "own", "representative", "ready"),
    [
        (date(2014, 3, 5), None, SIGNED, True), (date(2014, 3, 5), SIGNED, None, False),
        (date(2010, 3, 5), SIGNED, SIGNED, True), (date(2010, 3, 5), SIGNED, None, False), (date(2010, 3, 5), None, SIGNED, False),
        (date(2008, 3, 5), SIGNED, None, True), (None, SIGNED, SIGNED, True), (None, SIGNED, None, False),
    ],
)  # fmt: skip
def test_m5_asks_of_a_pupil_the_consent_of_whoever_signs_for_him(born, own, representative, ready):
    pupil = person("Л-001", sort="обучающийся", position="8 класс", born=born, consent_duty=own, representative_consent=representative)  # fmt: skip
    told = world(facts={"people": {"Н-001": PEOPLE[0], "Л-001": pupil}.values(), "pairs": PAIRS[:1]})
    assert figure("M5", told).rows == (("П-001",) if ready else ())


def test_m1_counts_whom_the_category_calls_young():
    people = (PEOPLE[0], person("Л-001", sort="Молодой специалист", experience=7))
    assert figure("M1", world(facts={"people": people, "pairs": PAIRS[:1]})).text == "1 из 4 (25,0 %)"


def test_m5_wants_every_member_of_a_group_in_the_order():
    register = (filed("order.pairs", "lastochka", covers=("П-001", "П-003")),)
    assert figure("M5", world(facts={"register": register})).rows == ("П-001",)


def test_m4_and_m5_of_an_unused_register_are_no_zero():
    told = world(facts={"register": ()})
    assert {figure(code, told).missing for code in ("M4", "M5")} == {
        "в реестре нет ни одного зарегистрированного документа"
    }


def test_m6_counts_held_against_planned_and_names_cancelled_and_unmarked():
    told = figure("M6")
    assert told.text == "5 из 6 (83,3 %)"  # planned: П-001 3, П-003 3 (one of them held later); held: 3 and 2
    assert told.rows == ("В-001", "В-002", "В-004", "В-006", "В-010")
    assert told.remarks == (
        "отменено встреч: 1",
        "не отмечено, состоялась ли встреча: 2",
        "нет ни одной встречи: П-004",
        "журнал не заполнен, не посчитаны: П-002",
    )
    assert told.others == ("В-007", "В-008")  # what was called off is no part of the plan


def test_m7_counts_gaps_from_the_start_to_the_cut_off_and_leaves_out_who_is_too_new():
    told = figure("M7")
    assert (told.text, told.others) == ("0 из 2 (0,0 %)", ("П-001", "П-003"))
    assert told.remarks == ("судить рано: П-004", "журнал не заполнен, не посчитаны: П-002")


def test_every_gap_over_the_norm_is_named():
    told = world()
    assert [(gap.pair, gap.start, gap.end, gap.days) for gap in gaps_over(told, scope_of(told, HALF), 30)] == [
        ("П-001", date(2026, 10, 21), date(2026, 12, 31), 71), ("П-002", date(2026, 9, 15), date(2026, 12, 31), 107),
        ("П-003", date(2026, 9, 25), date(2026, 11, 3), 39), ("П-003", date(2026, 11, 3), date(2026, 12, 31), 58),
    ]  # fmt: skip


def test_m8_counts_meetings_after_which_either_side_left_a_mark():
    assert (figure("M8").text, figure("M8").rows) == ("3 из 5 (60,0 %)", ("В-001", "В-002", "В-006"))


ASK, MENTOR_ASK = question("M10", "выход"), question("M11", "выход")
FORMS = (
    response("Л-001", (ASK, 8)), response("Л-002", (ASK, 4, 5)), response("Л-003", (ASK, 1, 1)), response("Л-004", (ASK, 7)), response("Л-004", (ASK, 9), day=date(2026, 12, 1)),
    response("Л-005", (ASK, 10), role="mentor"), response("", (ASK, 10, 0)), response("Л-006", (ASK, 10), day=date(2027, 3, 1)), response("Н-001", (MENTOR_ASK, 7), role="mentor"),
)  # fmt: skip


def test_m9_counts_one_form_a_person_out_of_those_handed_out():
    told = figure("M9", world(answers=FORMS, sent={"Ответы на форму (1)": 10, "Другая": 5}))
    assert (told.text, told.remarks) == ("7 из 10 (70,0 %)", ("ответов нет: «Другая»",))


def test_m10_variant_a_counts_the_satisfied_on_any_scale_with_the_latest_answer_of_each():
    told = figure("M10", world(answers=FORMS))
    assert (told.text, told.rows, told.others) == ("3 из 4 (75,0 %)", ("Л-001", "Л-002", "Л-003"), ("Л-004",))
    assert told.remarks == ("поставили 8 и выше из 10, анкета на выходе",)


def test_an_answer_without_a_role_is_of_whoever_its_code_names_and_without_a_code_of_nobody():
    asked = response("Л-001", (ASK, 9), role="mentee"), response("Н-002", (ASK, 4)), response("", (ASK, 10))
    assert figure("M10", world(answers=(*asked, response("Л-003", (ASK, 5))))).text == "1 из 2 (50,0 %)"
    never_asked = response("Н-002", (ASK, 4)), response("", (ASK, 10))
    assert figure("M10", world(answers=never_asked)).text == "1 из 2 (50,0 %)"


def test_two_questions_of_one_meaning_are_two_marks_of_a_person():
    other = question("M10", "выход", text="Довольны ли Вы?")
    for given in ((ASK, 10), (other, 0, 1)), ((other, 0, 1), (ASK, 10)):
        assert figure("M10", world(answers=(response("Л-001", *given),))).text == "0 из 1 (0,0 %)"
    comfort = [question("M12", wave, "комфорт", text=text) for wave in ("вход", "выход") for text in "аб"]
    marks = [(each, value) for each, value in zip(comfort, (4, 6, 5, 9), strict=True)]
    answers = response("Л-001", *marks[:2], day=date(2026, 9, 10)), response("Л-001", *marks[2:])
    assert figure("M12", world(answers=answers)).rows == ("Л-001",)


def test_m10_variant_b_gives_the_mean_of_at_least_five_and_withholds_it_below():
    method = replace(school.METHOD, rules=replace(school.METHOD.rules, satisfaction="B"))
    assert (
        figure("M10", world(answers=FORMS, method=method)).text
        == "ответов 4, среднее не выводится (меньше 5)"
    )
    five = (*FORMS, response("Л-007", (ASK, 6)))
    told = figure("M10", world(answers=five, method=method))
    assert (told.text, told.value) == ("78,0 % (средний балл 7,8 из 10, ответов 5)", Fraction(78))


def test_m11_counts_mentors_alone():
    assert figure("M11", world(answers=FORMS)).text == "0 из 1 (0,0 %)"


BEFORE, AFTER = question("M12", "вход", "комфорт"), question("M12", "выход", "комфорт")


def both(who, one, two, scale=10):
    return response(who, (BEFORE, one, scale), day=date(2026, 9, 20)), response(who, (AFTER, two))


def test_m12_compares_only_those_who_answered_both_times():
    marks = [("Л-1", 4, 6), ("Л-2", 5, 8), ("Л-3", 7, 7), ("Л-4", 6, 5), ("Л-5", 3, 9)]
    answers = [form for mark in marks for form in both(*mark)]
    answers += [response("Л-6", (AFTER, 10)), response("Л-7", (BEFORE, 1), day=date(2026, 9, 20))]
    (told,) = count(world(answers=tuple(answers)), scope_of(world(answers=tuple(answers)), HALF), ("M12",))
    assert (
        told.text
        == "было 5,0, стало 7,0 (+2,0; +40,0 %); ответили оба раза: 5; выросло: 3, без изменений: 1, снизилось: 1"
    )
    assert (told.code, told.value, told.rows) == ("M12:комфорт", Fraction(2), ("Л-1", "Л-2", "Л-5"))


def test_m12_says_no_mean_of_four_but_how_many_rose():
    answers = tuple(form for who in "1234" for form in both(f"Л-{who}", 5, 6))
    assert lines("M12", world(answers=answers)) == [
        "ответили оба раза: 4; выросло: 4, без изменений: 0, снизилось: 0 (среднее не выводится: ответов меньше 5)"
    ]


def test_m12_puts_a_five_and_a_ten_point_scale_on_ten():
    answers = tuple(form for who in "12345" for form in both(f"Л-{who}", 3, 7, scale=5))
    told = count(world(answers=answers), scope_of(world(answers=answers), HALF), ("M12",))[0]
    assert told.text.startswith("было 6,0, стало 7,0 (+1,0; +16,7 %)")
    assert "шкалы разные, приведены к 10 баллам" in told.remarks


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ((), "нет ответов на вопросы о динамике"),
        ((response("Л-1", (AFTER, 5)),), "нет входной анкеты, сравнивать не с чем"),
        (
            (response("Л-1", (BEFORE, 5), day=date(2026, 9, 20)),),
            "нет анкеты волны «выход», сравнивать не с чем",
        ),
        (
            (response("", (BEFORE, 5), day=date(2026, 9, 20)), response("", (AFTER, 5))),
            "в анкетах нет кодов участников",
        ),
        (
            (response("Л-1", (BEFORE, 5), day=date(2026, 9, 20)), response("Л-2", (AFTER, 5))),
            "никто не ответил и «до», и «после»",
        ),
    ],
)
def test_m12_says_why_there_is_nothing_to_compare(answers, why):
    assert lines("M12", world(answers=answers)) == [f"нет данных: {why}"]


def ended(**more):
    pairs = (
        replace(PAIRS[0], status="завершена", end=date(2026, 12, 20)),
        replace(PAIRS[1], status="прекращена", end=date(2026, 11, 1), end_reason="увольнение"),
        PAIRS[2],
    )
    return world(facts={"pairs": pairs, **more})


def test_m13_counts_finished_of_those_that_came_to_an_end_and_names_early_ends():
    told = figure("M13", ended())
    assert (told.text, told.remarks) == (
        "1 из 2 (50,0 %)",
        ("досрочно прекращены: П-002 (увольнение – 1)", "продолжаются и не посчитаны: 1"),
    )


def test_m13_counts_a_programme_whose_days_are_over_although_nobody_said_how_it_ended():
    pairs = (replace(PAIRS[0], end=date(2026, 12, 20)), PAIRS[2])
    told = figure("M13", world(facts={"pairs": pairs}))
    assert (told.text, told.others) == ("0 из 1 (0,0 %)", ("П-001",))
    assert "срок закончился, а чем закончилась работа, не отмечено: П-001" in told.remarks


def test_m13_is_no_zero_before_any_programme_has_ended():
    assert figure("M13").text == "нет данных: срок ни одной программы ещё не закончился"


def test_m14_counts_those_whose_year_has_passed_and_whose_state_is_known():
    last_year = date(2025, 9, 15)
    people = (
        person("Л-001", young=True),
        person("Л-002", young=True),
        person("Л-003", young=True, status=""),
        person("Л-004", young=True, status="выбыл"),
        person("Л-005", young=True),
    )
    pairs = tuple(
        pair(f"П-{at}", "Н-001", f"Л-00{at}", start=last_year if at < 5 else date(2026, 3, 1))
        for at in range(1, 6)
    )
    events = (
        StaffEvent(date(2026, 2, 1), "Л-002", "уволен"),
        StaffEvent(date(2026, 12, 1), "Л-001", "уволен"),
    )
    told = figure("M14", world(facts={"people": people, "pairs": pairs}, events=events))
    assert (told.text, told.rows, told.others) == ("1 из 2 (50,0 %)", ("Л-001",), ("Л-002",))


def test_m14_of_a_first_year_has_no_data():
    assert figure("M14").missing.startswith("нет молодых специалистов")


def test_m15_counts_typed_results_and_registered_papers_of_the_period():
    events = (
        StaffEvent(date(2026, 10, 1), "Н-001", "конкурс"),
        StaffEvent(date(2026, 11, 1), "Л-001", "аттестация"),
        StaffEvent(date(2026, 5, 1), "Л-001", "конкурс"),
        StaffEvent(date(2026, 10, 1), "Н-001", "перевод"),
    )
    told = figure(
        "M15",
        world(events=events, facts={"register": (*REGISTER, filed("case", "a", day=date(2026, 11, 2)))}),
    )
    assert told.text == "3 (аттестация – 1; кейсы и описания практик – 1; конкурс – 1)"


@pytest.mark.parametrize(
    ("points", "text"),
    [
        ((2,) * 9, "18 из 18 баллов, уровень: оптимальный"),
        ((1,) * 9, "9 из 18 баллов, уровень: допустимый"),
        ((0,) * 9, "0 из 18 баллов, уровень: недопустимый"),
    ],
)
def test_m16_sums_the_card_and_names_its_level(points, text):
    card = ScoreCard(
        "I полугодие 2026/2027",
        dict(zip(school.METHOD.card_names, points, strict=True)),
        Window(date(2026, 9, 1), date(2026, 12, 31)),
    )
    assert figure("M16", world(cards=(card,))).text == text


def test_m16_of_a_card_with_blanks_or_of_another_year_is_no_sum():
    points = dict.fromkeys(school.METHOD.card_names, 2)
    blank = ScoreCard("сейчас", {**points, school.METHOD.card_names[0]: None})
    old = ScoreCard("2025-2026", points, Window(date(2025, 9, 1), date(2026, 8, 31)))
    assert figure("M16", world(cards=(old,))).missing == "карта оценки за этот период не заполнена"
    assert figure("M16", world(cards=(old, blank))).missing == "в карте оценки заполнено 8 из 9 показателей"


def test_days_off_shorten_the_gap_over_the_new_year():
    meetings = (met("В-001", "П-001", date(2026, 12, 28)), met("В-002", "П-001", date(2027, 1, 18)))
    pairs = (pair("П-001", "Н-001", "Л-001", start=date(2026, 12, 21)),)
    told = {"pairs": pairs, "meetings": meetings, "today": date(2027, 1, 31)}
    assert figure("M7", world(facts=told, days_off=NEW_YEAR), YEAR).text == "1 из 1 (100,0 %)"
    assert figure("M7", world(facts=told), YEAR).text == "0 из 1 (0,0 %)"


def test_more_meetings_than_planned_are_shown_as_they_are():
    meetings = (
        met("В-001", "П-001", date(2026, 9, 22)),
        met("В-002", "П-001", date(2026, 9, 29), planned=None),
    )
    told = figure("M6", world(facts={"meetings": meetings, "pairs": PAIRS[:1]}))
    assert (told.text, told.remarks) == ("2 из 1 (200,0 %)", ("проведено больше, чем запланировано",))


def test_a_cancelled_meeting_is_not_held_whatever_day_stands_beside_it():
    meetings = (
        met("В-001", "П-001", date(2026, 9, 22)),
        met("В-002", "П-001", date(2026, 9, 29), status="отменена"),
    )
    assert figure("M6", world(facts={"meetings": meetings, "pairs": PAIRS[:1]})).text == "1 из 1 (100,0 %)"


def test_meetings_of_a_pair_without_a_plan_do_not_make_up_for_those_that_another_missed():
    meetings = (
        met("В-001", "П-001", None, planned=date(2026, 9, 22), status="перенесена"),
        met("В-002", "П-001", date(2026, 9, 29)),
        *(met(f"В-0{day}", "П-004", date(2026, 12, day), planned=None) for day in (23, 24, 25)),
    )
    told = figure("M6", world(facts={"meetings": meetings, "pairs": (PAIRS[0], PAIRS[3])}))
    assert (told.text, told.rows) == ("1 из 2 (50,0 %)", ("В-002",))
    assert "встречи не запланированы, не посчитаны: П-004" in told.remarks


def test_a_log_of_plan_days_alone_says_nothing_of_its_pair():
    planned = tuple(met(f"В-00{at}", "П-001", None, planned=date(2026, 10, at)) for at in range(1, 6))
    kept = met("В-010", "П-003", date(2026, 9, 25))
    told = world(facts={"meetings": (*planned, kept), "pairs": (PAIRS[0], PAIRS[2])})
    assert figure("M6", told).text == "1 из 1 (100,0 %)"
    assert (figure("M7", told).text, figure("M7", told).others) == ("0 из 1 (0,0 %)", ("П-003",))
    for code in ("M6", "M7"):
        assert "журнал не заполнен, не посчитаны: П-001" in figure(code, told).remarks


def test_all_the_same_answers_are_neither_rise_nor_fall():
    answers = tuple(form for who in "12345" for form in both(f"Л-{who}", 7, 7))
    assert lines("M12", world(answers=answers)) == [
        "было 7,0, стало 7,0 (0,0; 0,0 %); ответили оба раза: 5; выросло: 0, без изменений: 5, снизилось: 0"
    ]


def test_nothing_at_all_gives_no_data_everywhere_and_never_a_zero():
    nothing = school.evidence(
        school.facts(organisation=school.organisation(teachers=None, young_teachers=None))
    )
    figures = count(nothing, scope_of(nothing, HALF))
    assert len(figures) == 17
    assert all(each.text.startswith("нет данных: ") and each.value is None for each in figures)


def test_more_people_than_teachers_in_the_card_is_said():
    told = figure("M2", world(facts={"organisation": school.organisation(teachers=3)}))
    assert (told.text, told.value) == (
        "нет данных: общее число уточняется: участников больше",
        None,
    )


def test_a_number_of_the_card_smaller_than_its_part_is_asked_about_in_the_findings_and_in_no_note():
    told = world(facts={"organisation": school.organisation(teachers=3)})
    found = gather(told.facts, Heard(), told.method, frozenset()).problems
    (problem,) = [each for each in found if each.code == "card-count"]
    assert (problem.origin.tab, problem.subject, problem.printed) == ("Настройки", "Педагогов всего", "3")
    assert not any("Настройк" in each.text for each in count(told, scope_of(told, HALF)))


@pytest.mark.parametrize(("typed", "young"), [(True, True), (False, False), (None, True)])
def test_what_somebody_typed_of_a_young_specialist_wins_over_the_service(typed, young):
    assert is_young(person("Л-001", young=typed, experience=1), world()) is young


def test_every_figure_carries_its_period_and_cut_off():
    told = world(answers=FORMS)
    scope = scope_of(told, HALF)
    assert {(each.period, each.cut_off) for each in count(told, scope)} == {(HALF, HALF.end)}


def test_halves_are_rounded_up_as_people_do():
    told = world(facts={"organisation": school.organisation(young_teachers=16), "pairs": PAIRS[:1]})
    assert figure("M1", told).text == "1 из 16 (6,3 %)"


def test_a_result_typed_twice_by_a_code_and_by_the_other_is_one():
    won = [StaffEvent(date(2026, 11, 5), code, "конкурс", value=value) for code, value in (("Н-004", "«Взлёт»"), ("Л-004", "«взлет»"), ("Л-004", "«Старт»"))]  # fmt: skip
    assert figure("M15", world(events=tuple(won))).text == "2 (конкурс – 2)"


@pytest.mark.parametrize(("today", "known"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_a_card_without_a_readable_period_counts_only_while_the_note_is_open(today, known):
    vague = ScoreCard("когда-то", dict.fromkeys(school.METHOD.card_names, 1))
    assert figure("M16", world(facts={"today": today}, cards=(vague,))).known is known
