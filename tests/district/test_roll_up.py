"""The district's figures: sums of numerators and denominators, whose rows they are, who is not counted and why."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from flows.domain.district import figure_rows
from flows.domain.district.tables import Roll, tables
from flows.domain.model import Origin, Row
from flows.domain.monitoring.indicators.figure import COUNT, POINTS, Figure
from flows.domain.tabs import FIGURES, INDICATORS
from tests.district.given import DAY, MEMBERS, NAMES, absent, gave, member, rolled, share, shut, standing
from tests.monitoring.monitoring_school import METHOD

YEAR = "2026-2027"


def figure(made, slug, code, period=YEAR):
    cells = made.tabs[FIGURES].get(f"{period}/{slug}/{code}")
    return cells and figure_rows.read(Row(Origin(), "", cells))


def test_a_districts_share_adds_numerators_and_denominators_and_is_no_mean_of_percents():
    made = rolled(gave("dubok", share("M4", 1, 1, "П-001")), gave("gimnaziya", share("M4", 1, 9, "П-003")))
    whole = figure(made, "-", "M4")
    assert (whole.part, whole.of, whole.text) == (2, 10, "2 из 10 (20,0 %)")


def test_the_districts_row_says_whose_rows_it_adds_up():
    made = rolled(
        gave("dubok", share("M4", 3, 4, "П-001", "П-002", "П-003")), gave("gimnaziya", share("M4", 0, 2))
    )
    assert figure(made, "-", "M4").rows == "dubok: П-001–П-003; gimnaziya"


def test_an_organisations_row_keeps_its_rows_and_who_is_in_the_denominator_alone():
    made = rolled(
        gave("dubok", share("M4", 1, 3, "П-002", others=("П-001", "П-003"), remarks=("судить рано: П-009",)))
    )
    row = figure(made, "dubok", "M4")
    assert (row.rows, row.why) == ("П-002", "не в числителе: П-001, П-003; судить рано: П-009")
    assert (row.day, row.name) == (DAY, METHOD.specs["M4"].name)


def test_who_is_not_counted_stands_with_the_reason():
    made = rolled(
        gave("dubok", share("M1", 3, 4)),
        gave("gimnaziya", absent("M1", "не указано, сколько молодых специалистов всего")),
        shut("sosh4"),
    )
    whole = figure(made, "-", "M1")
    assert (whole.part, whole.of) == (3, 4)
    assert whole.why == (
        "не посчитаны: gimnaziya – не указано, сколько молодых специалистов всего; sosh4 – книга не открылась (в корзине)"
    )


def test_a_figure_that_nobody_has_is_no_zero():
    made = rolled(gave("dubok", absent("M1", "не указано")), shut("sosh4"))
    whole = figure(made, "-", "M1")
    assert not whole.known
    assert whole.text.startswith("нет данных")


def test_a_row_whose_denominator_somebody_spoilt_is_not_added():
    before = rolled(gave("dubok", share("M4", 1, 1)), gave("sosh4", share("M4", 1, 4)))
    kept = standing(before, **{f"{YEAR}/sosh4/M4": {"Знаменатель": "много"}})
    roll = Roll(
        MEMBERS, {"dubok": gave("dubok", share("M4", 1, 1)), "sosh4": shut("sosh4")}, {}, kept, METHOD, DAY
    )
    whole = figure(tables(roll), "-", "M4")
    assert (whole.part, whole.of) == (1, 1)


def test_what_only_waits_for_time_is_early_and_not_a_lack():
    why = "срок ни одной программы ещё не закончился"
    made = rolled(*(gave(slug, absent("M13", why, early=True)) for slug in NAMES))
    assert figure(made, "dubok", "M13").early
    assert figure(made, "-", "M13").early
    early = [gave(slug, absent("M13", why, early=True)) for slug in ("dubok", "gimnaziya")]
    lacking = rolled(*early, gave("sosh4", absent("M13", "пар нет")))
    assert not figure(lacking, "-", "M13").early


def test_counts_are_added_without_a_denominator():
    counted = Figure("M15", "Результаты", "2 (конкурс – 2)", 2, None, Fraction(2), COUNT, ("Н-001", "Н-001"))
    made = rolled(gave("dubok", counted), gave("gimnaziya", replace(counted, numerator=3, text="3")))
    whole = figure(made, "-", "M15")
    assert (whole.text, whole.part, whole.of) == ("5", 5, None)


def test_points_of_the_score_card_are_not_added_but_told_by_levels():
    card = Figure("M16", "Карта", "14 из 18 баллов, уровень: допустимый", 14, 18, Fraction(14), POINTS)
    best = replace(card, text="16 из 18 баллов, уровень: оптимальный", numerator=16)
    whole = figure(rolled(gave("dubok", card), gave("gimnaziya", best)), "-", "M16")
    assert (whole.part, whole.of) == (None, None)
    assert whole.text.startswith("не складывается: у каждой организации своя карта")
    assert "допустимый – 1 (dubok); оптимальный – 1 (gimnaziya)" in whole.why


def test_of_the_dynamics_only_the_number_of_people_is_added_criterion_by_criterion():
    grew = Figure("M12:климат", "Динамика: климат", "было 6,0, стало 7,0", 4, 6, Fraction(1), POINTS)
    other = replace(grew, code="M12:Климат", numerator=5, denominator=5)
    made = rolled(
        gave("dubok", grew), gave("gimnaziya", other), gave("sosh4", absent("M12", "нет входной анкеты"))
    )
    whole = figure(made, "-", "M12:климат")
    assert (whole.text, whole.part, whole.of) == ("выросло у 9 из 11 (81,8 %)", 9, 11)
    assert whole.why.startswith("средние не складываются")
    assert "sosh4 – нет входной анкеты" in whole.why
    assert figure(made, "-", "M12") is None
    assert [key for key in made.tabs[FIGURES] if key.startswith(f"{YEAR}/-/M12")] == [f"{YEAR}/-/M12:климат"]
    assert made.tabs[INDICATORS]["M12"]["По району"] == "климат: выросло у 9 из 11 (81,8 %)"


def test_a_figure_counted_in_another_way_is_shown_and_not_added():
    own = {"M10": "средний балл в процентах"}
    marks = share("M10", Fraction(43, 5), 10, text="86,0 %")
    made = rolled(
        gave("dubok", share("M10", 4, 5), ways={"M10": "доля поставивших 8 и выше из 10"}),
        gave("gimnaziya", marks, ways=own),
    )
    row, whole = figure(made, "gimnaziya", "M10"), figure(made, "-", "M10")
    assert row.otherwise
    assert row.part == Fraction(43, 5)
    assert (whole.part, whole.of) == (4, 5)
    assert "gimnaziya – считает иначе" in whole.why


@pytest.mark.parametrize(
    "value", [Fraction(4), Fraction(87, 10), Fraction(26, 3), Fraction(1, 16), Fraction(0)]
)
def test_a_number_is_read_from_its_cell_exactly(value):
    assert figure_rows.read_number(figure_rows.number(value)) == value


@pytest.mark.parametrize("spoilt", ["", "много", "4/0", "-"])
def test_a_spoilt_number_is_none(spoilt):
    assert figure_rows.read_number(spoilt) is None


def test_codes_in_a_row_are_written_as_a_span_and_too_many_are_counted():
    assert figure_rows.shortened(["В-001", "В-002", "В-003", "В-007", "В-008"]) == "В-001–В-003, В-007, В-008"
    assert figure_rows.shortened([f"В-{at:03d}" for at in range(1, 5000, 2)]) == "строк: 2500"


# --- what stood there before ---------------------------------------------------------------------------------


def test_an_organisation_whose_book_is_shut_keeps_what_it_sent_with_its_day():
    before = rolled(gave("dubok", share("M4", 1, 1)), gave("sosh4", share("M4", 1, 4), day=date(2027, 2, 1)))
    made = rolled(gave("dubok", share("M4", 1, 1)), shut("sosh4"), before=before)
    row, whole = figure(made, "sosh4", "M4"), figure(made, "-", "M4")
    assert (row.part, row.of, row.day) == (1, 4, date(2027, 2, 1))
    assert (whole.part, whole.of) == (2, 5)
    assert "данные прежние: sosh4 на 01.02.2027" in whole.why


def test_rows_of_an_earlier_year_stay_as_they_were():
    before = rolled(gave("dubok", share("M4", 1, 4), day=date(2026, 5, 1)), day=date(2026, 5, 1))
    made = rolled(gave("dubok", share("M4", 3, 3)), before=before)
    for slug in ("dubok", "-"):
        key = f"2025-2026/{slug}/M4"
        assert made.tabs[FIGURES][key] == before.tabs[FIGURES][key]
    assert figure(made, "-", "M4").part == 3


def test_of_one_that_left_the_current_year_goes_with_a_word_and_the_earlier_one_stays():
    old = rolled(gave("dubok", share("M4", 1, 4), day=date(2026, 5, 1)), day=date(2026, 5, 1))
    before = rolled(gave("dubok", share("M4", 1, 1)), gave("sosh4", share("M4", 1, 4)), before=old)
    left = (*MEMBERS[:1], member("sosh4", left=date(2027, 4, 1)))
    made = rolled(gave("dubok", share("M4", 1, 1)), before=before, members=left)
    assert figure(made, "sosh4", "M4") is None
    assert figure(made, "-", "M4").of == 1
    assert figure(made, "dubok", "M4", "2025-2026").of == 4
    assert made.words == (
        "«СОШ № 4» в районе больше не участвует: её строки за текущий учебный год убраны («Кураторы» – 1, «Мониторинг» – 1).",
    )


def test_one_that_was_struck_off_the_list_goes_as_well():
    before = rolled(gave("sosh4", share("M4", 1, 4)))
    made = rolled(before=before, members=MEMBERS[:1])
    assert figure(made, "sosh4", "M4") is None
    assert "«sosh4»" in made.words[0]


def test_of_one_that_takes_part_nothing_is_said_when_a_figure_of_its_goes():
    only = (replace(MEMBERS[0], slug="dubok-1"),)
    grew = Figure("M12:климат", "Динамика: климат", "было 6,0, стало 7,0", 4, 6, Fraction(1), POINTS)
    before = rolled(replace(gave("dubok", grew), member="dubok-1"), members=only)
    made = rolled(replace(gave("dubok", absent("M12", "нет")), member="dubok-1"), before=before, members=only)
    assert figure(made, "dubok-1", "M12:климат") is None
    assert figure(made, "dubok-1", "M12").why == "нет"
    assert made.words == ()


def test_what_people_wrote_beside_a_figure_stays_when_the_figure_goes():
    before = rolled(gave("dubok", share("M4", 1, 1)), gave("sosh4", share("M4", 1, 4)))
    key = f"{YEAR}/sosh4/M4"
    kept = standing(before, **{key: {"Пояснение ОО": "две программы на подписи"}})
    roll = Roll(MEMBERS[:1], {"dubok": gave("dubok", share("M4", 1, 1))}, {}, kept, METHOD, DAY)
    cells = tables(roll).tabs[FIGURES]
    assert cells[key]["Числитель"] == cells[key]["Знаменатель"] == ""
    assert cells[f"{YEAR}/-/M4"]["Числитель"] == "1"
    assert "Пояснение ОО" not in cells[key]


def test_a_day_behind_in_the_west_is_no_old_figure():
    made = rolled(gave("dubok", share("M4", 1, 1), day=date(2027, 4, 19)))
    assert "данные прежние" not in figure(made, "-", "M4").why


def test_indicators_show_the_formula_and_the_districts_last_value():
    made = rolled(gave("dubok", share("M4", 1, 4)))
    row = made.tabs[INDICATORS]["M4"]
    assert row["Как считается"] == METHOD.specs["M4"].formula
    assert row["По району"] == "1 из 4 (25,0 %)"


def test_an_indicator_with_a_target_stays_when_the_method_drops_it():
    before = rolled(gave("dubok", share("M4", 1, 4)))
    kept = standing(before, M4={"Цель": "100 %"})
    fewer = replace(
        METHOD, specs={code: spec for code, spec in METHOD.specs.items() if code not in {"M4", "M5"}}
    )
    made = tables(Roll(MEMBERS, {}, {}, kept, fewer, DAY))
    assert "M4" in made.tabs[INDICATORS]
    assert "M5" not in made.tabs[INDICATORS]
    assert "Цель" not in made.tabs[INDICATORS]["M4"]
