"""What leaves an organisation for its district: no name without consent, nobody's answer, no figure that too few gave."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from flows.domain.district import letting_out
from flows.domain.district.giving import Held, given
from flows.domain.district.nameless import KEPT_BACK, nameless
from flows.domain.district.tables import Roll, tables
from flows.domain.monitoring.indicators.figure import COUNT, POINTS, Figure
from flows.domain.people import publishing
from flows.domain.tabs import FIGURES, MENTOR_BASE
from tests.district.given import MEMBERS
from tests.monitoring.monitoring_school import (
    METHOD,
    evidence,
    facts,
    met,
    pair,
    person,
    question,
    response,
)

DAY = date(2027, 4, 20)
NAME, STRENGTHS = "Орлова Вера Дмитриевна", "планирование занятий"
ALL = dict.fromkeys((publishing.NAME, publishing.PART, publishing.POST, publishing.HELP), "да")
HELD = Held(6, (), (), {}, {}, True, 0, {})


def mentor(said=None, **told):
    base = {"name": NAME, "strengths": STRENGTHS, "category": "первая", "consent_public": date(2026, 9, 1)}
    return person("Н-001", publishing=tuple((ALL if said is None else said).items()), **{**base, **told})


def gave(*people, **told):
    base = facts(people=people, today=DAY, **told)
    return given("dubok", replace(base, evidence=evidence(base)), HELD)


def entry(said=None, **told):
    (only,) = gave(mentor(said, **told), person("Л-001", name="Белова Дарья Алексеевна")).base
    return only


def without(*sorts):
    return {sort: said for sort, said in ALL.items() if sort not in sorts}


def test_whoever_lets_everything_out_stands_in_the_base_whole():
    only = entry()
    assert (only.name, only.position, only.category, only.strengths) == (
        NAME,
        "воспитатель",
        "первая",
        STRENGTHS,
    )
    assert only.why == ""


@pytest.mark.parametrize("sort", [publishing.NAME, publishing.PART])
def test_a_name_goes_only_with_consent_to_the_name_and_to_taking_part(sort):
    only = entry(without(sort))
    assert (only.name, only.position, only.category) == ("", "", "")
    assert only.strengths == STRENGTHS
    assert publishing.SORTS[sort] in only.why


def test_post_and_category_go_only_with_consent_to_them():
    only = entry(without(publishing.POST))
    assert (only.name, only.position, only.category) == (NAME, "", "")


def test_competences_go_only_with_consent_to_them():
    only = entry(without(publishing.HELP))
    assert (only.name, only.strengths) == (NAME, "")
    assert "чем готов помочь" in only.why


@pytest.mark.parametrize(
    "told", [{"consent_public": None}, {"consent_public": date(2027, 5, 1)}, {"said": {publishing.NAME: "да, но без фото"}}]
)  # fmt: skip
def test_without_a_consent_in_force_a_mentor_is_a_code_alone(told):
    only = entry(**told)
    assert (only.code, only.name, only.strengths) == ("Н-001", "", "")
    assert only.why


def test_competences_that_name_a_nameless_mentor_stay_in():
    only = entry(without(publishing.NAME), strengths="Орловой можно звонить вечером")
    assert only.strengths == ""
    assert "называет людей" in only.why


def test_no_name_of_a_mentee_goes_anywhere():
    young = person("Л-001", name="Белова Дарья Алексеевна", publishing=tuple(ALL.items()), consent_public=DAY)
    couple = pair("П-001", "Н-001", "Л-001", tasks=("показать занятие Беловой",), end_reason="Белова уехала")
    came = gave(mentor({}), young, pairs=(couple,))
    assert "Белов" not in str(came)


def test_nothing_of_a_return_names_whom_no_consent_names():
    couple = pair("П-001", "Н-001", "Л-001", goal="помочь Беловой", group="группа Орловой")
    came = gave(mentor({}), person("Л-001", name="Белова Дарья Алексеевна"), pairs=(couple,))
    roll = Roll(MEMBERS, {"dubok": came}, {}, {}, METHOD, DAY)
    made = str(tables(roll))
    assert not [word for word in ("Орлов", "Вер", "Дмитриевн", "Белов", "Дарь") if word in made]


def test_a_consent_taken_back_takes_the_name_out_of_the_districts_base():
    before = tables(Roll(MEMBERS, {"dubok": gave(mentor())}, {}, {}, METHOD, DAY))
    after = tables(Roll(MEMBERS, {"dubok": gave(mentor(consent_public=None))}, {}, {}, METHOD, DAY))
    key = "dubok/Н-001"
    assert before.tabs[MENTOR_BASE][key]["ФИО"] == NAME
    assert after.tabs[MENTOR_BASE][key]["ФИО"] == ""


# --- texts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "справка Орловой",
        "занятие у Веры Дмитриевны",
        "Орловой Вере",
        "по заявлению родителя Седова",
        "со слов орловой",
        "ОРЛОВА",
    ],
)
def test_a_text_that_names_somebody_in_any_case_stays_in(text):
    quiet = nameless([mentor(), person("Л-002", name="Ли Ян", representative="Седов Игорь Павлович")])
    assert quiet(text) == KEPT_BACK


@pytest.mark.parametrize(
    "text",
    [
        "Приказ № 12-од от 01.09.2026",
        "Вернуть на доработку",
        "с верой в успех",
        "Аннотация",
        "",
        "Действует приказ прошлого года",
    ],
)
def test_a_text_that_names_nobody_goes_as_it_is(text):
    assert nameless([mentor()])(text) == text


# --- figures -------------------------------------------------------------------------------------------------

QUIET = nameless([mentor()])


def let_out(figure):
    (only,) = letting_out.let_out([figure], METHOD.rules, QUIET)
    return only


def test_who_answered_how_is_not_told():
    asked = Figure(
        "M10", "Удовлетворённость", "1 из 2 (50,0 %)", 1, 2, Fraction(50), rows=("Л-001",), others=("Л-002",)
    )
    only = let_out(asked)
    assert (only.rows, only.others, only.numerator, only.denominator) == ((), (), 1, 2)


def test_whose_the_results_are_is_not_told():
    counted = Figure("M15", "Результаты", "1 (конкурс – 1)", 1, None, Fraction(1), COUNT, ("Н-001",))
    assert (let_out(counted).rows, let_out(counted).numerator) == ((), 1)


def test_what_people_called_a_card_stays_in():
    card = Figure(
        "M16",
        "Карта",
        "14 из 18 баллов, уровень: допустимый",
        14,
        18,
        Fraction(14),
        POINTS,
        ("Климат",),
        remarks=("карта за: Орлова",),
    )
    assert (let_out(card).rows, let_out(card).remarks, let_out(card).text) == ((), (), card.text)


@pytest.mark.parametrize("code", ["M10", "M11", "M12:климат"])
def test_a_figure_withheld_in_the_organisation_does_not_leave_it(code):
    text = "ответили оба раза: 3; выросло: 2, без изменений: 1, снизилось: 0 (среднее не выводится: ответов меньше 5)"
    only = let_out(Figure(code, "Имя", text, 2, 3, None, POINTS, ("Л-001", "Л-002"), ("Л-003",)))
    assert (only.numerator, only.denominator, only.rows, only.others) == (None, None, (), ())
    assert only.missing == only.text == "ответивших меньше 5, поэтому не передано"


def test_a_withheld_figure_adds_nothing_to_the_districts():
    few = letting_out.let_out(
        [Figure("M12:климат", "Динамика: климат", "мало", 2, 3, None, POINTS)], METHOD.rules, QUIET
    )
    many = [Figure("M12:климат", "Динамика: климат", "было 6, стало 7", 4, 6, Fraction(1), POINTS)]
    base = gave(mentor())
    came = {"dubok": replace(base, figures=few), "gimnaziya": replace(base, figures=tuple(many))}
    whole = tables(Roll(MEMBERS, came, {}, {}, METHOD, DAY)).tabs[FIGURES]["2026-2027/-/M12:климат"]
    assert (whole["Числитель"], whole["Знаменатель"]) == ("4", "6")
    assert "dubok – ответивших меньше 5" in str(whole["Не вошли и почему"])


def test_titles_of_surveys_reasons_of_an_end_and_names_of_criteria_are_peoples_own_words():
    returned = Figure(
        "M9",
        "Возврат",
        "4 из 5",
        4,
        5,
        Fraction(80),
        rows=("Анкета Орловой",),
        remarks=("ответов нет: «Для Веры»",),
    )
    ended = Figure(
        "M13",
        "Завершаемость",
        "0 из 1",
        0,
        1,
        Fraction(0),
        remarks=("досрочно прекращены: П-003 (болезнь – 1)",),
    )
    climate = Figure("M12:Орлова слышит", "Динамика: Орлова слышит", "было", 4, 6, Fraction(1), POINTS)
    assert (let_out(returned).rows, let_out(returned).remarks) == ((), ("анкет посчитано: 1",))
    assert let_out(ended).remarks == ("досрочно прекращены: П-003",)
    assert (let_out(climate).code, let_out(climate).name) == ("M12:без названия", "Динамика: без названия")


def test_a_small_schools_own_figures_come_out_of_the_real_count():
    """Three answered before and after: the organisation prints no mean, the district gets no number."""
    people = [mentor(), *(person(f"Л-00{at}", name=f"Имя{at} Отчество{at}") for at in (1, 2, 3))]
    pairs = tuple(pair(f"П-00{at}", "Н-001", f"Л-00{at}") for at in (1, 2, 3))
    meetings = tuple(met(f"В-00{at}", "П-001", date(2027, 2, at)) for at in (1, 2, 3))
    base = facts(people=people, pairs=pairs, meetings=meetings, today=DAY)
    answers = tuple(answer for at in (1, 2, 3) for answer in both_waves(f"Л-00{at}"))
    came = given("dubok", replace(base, evidence=evidence(base, answers=answers)), HELD)
    (only,) = (each for each in came.figures if each.code.startswith("M12"))
    assert (only.numerator, only.missing) == (None, "ответивших меньше 5, поэтому не передано")
    assert "Л-00" not in str(only)


def both_waves(who):
    before, after = question("M12", "вход", "климат"), question("M12", "выход", "климат")
    return response(who, (before, 5), day=date(2026, 9, 20)), response(who, (after, 7), day=date(2027, 4, 1))
