"""A district's note: numerators and denominators are added up, the silent are named, nothing is averaged over organisations."""

from datetime import date

import monitoring_school as school
from monitoring_school import YEAR

from flows.domain.monitoring.note.district import Sent, municipal_note


def sent(code, **figures):
    told = {
        name: {
            "name": name,
            "text": f"{part} из {whole}",
            "unit": "%",
            "numerator": part,
            "denominator": whole,
            "missing": "",
        }
        for name, (part, whole) in figures.items()
    }
    return Sent(code, f"Сад {code}", {"figures": told}, mentors=2, mentees=3, pairs=3)


def test_shares_are_added_up_and_never_averaged():
    told = municipal_note(
        (sent("а", M4=(1, 1)), sent("б", M4=(0, 9)), Sent("в", "Сад в")),
        school.METHOD,
        YEAR,
        date(2027, 3, 31),
    )
    figure = told.figure("M4")
    assert (figure.text, figure.rows, figure.others) == ("1 из 10 (10,0 %)", ("а", "б"), ("в",))


def test_the_silent_are_named_and_asked_and_never_counted_as_zero():
    told = municipal_note(
        (sent("а", M6=(5, 5)), Sent("в", "Сад в", remark="книга не открывается")), school.METHOD, YEAR, None
    )
    assert told.sections[0].paragraphs[-1] == "Нет данных: «Сад в» (книга не открывается)."
    assert [line.rows for line in told.recommendations] == [("в",)]
    assert told.figure("M6").text == "5 из 5 (100,0 %)"
    people = told.appendices[0].tables[0]
    assert people.rows[-2:] == (("Сад в", "нет данных", "нет данных", "нет данных"), ("Всего", "2", "3", "3"))


def test_counts_are_added_and_missing_figures_are_left_out():
    figures = {
        "figures": {
            "M15": {"unit": "шт.", "numerator": 3, "text": "3"},
            "M4": {"missing": "нет пар", "unit": "%"},
        }
    }
    told = municipal_note(
        (Sent("а", "Сад а", figures), Sent("б", "Сад б", figures)), school.METHOD, YEAR, None
    )
    assert told.figure("M15").text == "6"
    assert told.figure("M4").text == "нет данных: организации не прислали данных"


def test_a_figure_of_the_district_is_said_once_with_who_stands_below_it():
    told = municipal_note(
        (sent("а", M4=(1, 1)), sent("б", M4=(0, 9))), school.METHOD, YEAR, date(2027, 3, 31)
    )
    (line,) = told.conclusions
    assert line.text.endswith("1 из 10 (10,0 %) (организаций с данными: 2). Ниже, чем в целом: «Сад б».")
    said = [
        text
        for section in told.sections
        for text in (*section.paragraphs, *(each.text for each in section.lines))
    ]
    assert sum("1 из 10" in text for text in said) == 1
    assert sum("Не посчитано" in text for text in said) == 1


def test_fourteen_figures_stand_in_tables_a_page_holds():
    figures = {f"M{at}": (1, 2) for at in range(1, 15) if at != 12}
    told = municipal_note((sent("а", **figures),), school.METHOD, YEAR, None)
    assert max(len(table.head) for part in told.appendices for table in part.tables) == 5


def test_no_organisation_or_spoiled_data_still_give_a_note():
    assert municipal_note((), school.METHOD, YEAR, None).sections
    assert (
        municipal_note(
            (Sent("а", "Сад", {"figures": {"M4": {"numerator": "x", "denominator": "0/0", "unit": "%"}}}),),
            school.METHOD,
            YEAR,
            None,
        )
        .figure("M4")
        .missing
    )
