"""A cell by the kind of its column: what can be read is read, what cannot is empty with a sentence about why."""

from __future__ import annotations

from datetime import date

import pytest

from flows.workspace import table, typed_cells
from flows.workspace.layout import Column
from flows.workspace.sheets import SheetCell, _cell
from tests.workspace.tabs import LAYOUT, cell, sheet, tab

DAY = Column("Дата начала", "date", "people", 100, "")
NUMBER = Column("Стаж, лет", "int", "people", 100, "")
TICK = Column("Молодой специалист", "flag", "people", 100, "")
TEXT = Column("Цель", "text", "people", 100, "")
STATE = Column("Состояние", "choice:state_person", "people", 100, "")
GENDER = Column("Пол", "choice:gender", "people", 100, "")
SEPTEMBER = date(2026, 9, 15)


def read(value, column):
    return typed_cells.read(cell(value), column, LAYOUT.lists)


@pytest.mark.parametrize(
    "typed",
    [
        46280, 46280.75, "15.09.2026", " 15.09.2026 ", "15.9.2026", "15/09/2026", "15-09-2026", "15,09,2026", "15.09.26", "15.09.2026 г.", "15.09.2026г", "15.09.2026 0:00:00",
        "2026-09-15", "2026-9-15", "2026-09-15T00:00:00", "15 сентября 2026", "15 сентября 2026 г.", "15 Сентября 2026 года",
    ],
)  # fmt: skip
def test_a_day_typed_in_any_usual_way_is_that_day(typed):
    assert read(typed, DAY) == (SEPTEMBER, None)


@pytest.mark.parametrize(
    "typed",
    [
        "весной", "сентябрь 2026", "31.02.2026", "15.13.2026", "15.09", "до 15.09.2026", "с 1 по 15 сентября 2026", "15.09.2026-16.09.2026", "2026", 2026, -5, 0, 3_000_000,
        "15.09.0206", "01.01.1900", 5, "01.01.9999", True, "?", "=A1", "завтра", "15 сентябрь", "32 мая 2026", "١٥.٠٩.٢٠٢٦x",
    ],
)  # fmt: skip
def test_what_is_no_day_is_empty_and_asked_about(typed):
    value, slip = read(typed, DAY)
    assert value is None
    assert slip is not None
    code, message = slip
    assert code == "not-a-date"
    assert "«Дата начала»" in message
    assert "15.09.2026" in message


@pytest.mark.parametrize("typed", [None, "", "   "])
def test_an_empty_cell_is_no_slip(typed):
    for column in (DAY, NUMBER, TICK):
        assert read(typed, column)[1] is None


@pytest.mark.parametrize(("typed", "number"), [(7, 7), (7.0, 7), ("7", 7), (" 12 ", 12), (0, 0), ("007", 7)])
def test_whole_numbers(typed, number):
    assert read(typed, NUMBER) == (number, None)


@pytest.mark.parametrize("typed", ["семь", "7 лет", 7.5, "7,5", -3, 1e300, "10 000 000", True, "#", "½"])
def test_what_is_no_number_is_empty_and_asked_about(typed):
    value, slip = read(typed, NUMBER)
    assert value is None
    assert slip is not None
    assert slip[0] == "not-a-number"
    assert "целое число" in slip[1]


@pytest.mark.parametrize(
    ("typed", "ticked"),
    [
        (True, True),
        (False, False),
        (1, True),
        (1.0, True),
        (0, False),
        ("ИСТИНА", True),
        ("Да", True),
        ("нет", False),
        ("+", True),
        ("х", True),
        ("-", False),
    ],
)
def test_ticks_however_they_are_spelt(typed, ticked):
    assert read(typed, TICK) == (ticked, None)


@pytest.mark.parametrize("typed", ["может быть", "2", 2, "Иванова", "✓?"])
def test_what_is_no_tick_is_off_and_asked_about(typed):
    value, slip = read(typed, TICK)
    assert value is False
    assert slip is not None
    assert slip[0] == "not-a-flag"


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("выбыл", "выбыл"),
        ("Выбыл ", "выбыл"),
        ("ВЫБЫЛА", "выбыл"),
        ("перерыв.", "перерыв"),
        ("Действует", "действует"),
    ],
)
def test_a_choice_is_read_as_its_list_spells_it(typed, state):
    assert read(typed, STATE) == (state, None)


def test_a_state_that_is_not_in_the_list_is_asked_about_and_kept():
    value, slip = read("ушла в декрет", STATE)
    assert value == "ушла в декрет"
    assert slip is not None
    assert slip[0] == "not-in-list"
    assert "действует, перерыв, выбыл" in slip[1]


@pytest.mark.parametrize(
    ("typed", "gender"),
    [("ж", "ж"), ("Ж.", "ж"), ("женский", "ж"), ("Муж", "м"), ("???", None), ("много", None)],
)
def test_gender_is_a_letter_or_nothing(typed, gender):
    assert read(typed, GENDER)[0] == gender


def test_an_error_of_a_formula_is_empty_and_named_in_any_column():
    for column in (DAY, NUMBER, TICK, TEXT, STATE):
        value, slip = read("#REF!", column)
        assert not value
        assert slip is not None
        assert slip[0] == "cell-error"


def test_a_formula_is_read_by_its_value_and_one_without_is_named():
    assert typed_cells.read(SheetCell(46280, "15.09.2026", "", "=B2+1"), DAY, LAYOUT.lists) == (
        SEPTEMBER,
        None,
    )
    assert typed_cells.read(SheetCell("Орлова", "Орлова", "", "=A2"), TEXT, LAYOUT.lists) == ("Орлова", None)
    value, slip = typed_cells.read(SheetCell(None, "", "", "=A2"), TEXT, LAYOUT.lists)
    assert value is None
    assert slip is not None
    assert slip[0] == "formula-empty"
    assert "сохраните" in slip[1]


def test_text_stays_as_typed_and_a_number_in_it_as_people_see_it():
    assert typed_cells.read(SheetCell(1.1, "1.10"), TEXT, LAYOUT.lists) == ("1.10", None)
    assert read("=1+1", TEXT) == ("=1+1", None)
    assert read(True, TEXT) == ("True", None)


def test_a_slip_names_its_cell_and_keeps_what_was_typed():
    made, problems = table.read(
        sheet("Пары", {"Наставник": "Кто-то", "Дата начала": "весной"}), tab("Пары"), "книга", LAYOUT.lists
    )
    assert made is not None
    assert made.rows[0].day("Дата начала") is None
    found = [(each.code, each.origin.row, each.origin.column, each.printed) for each in problems]
    assert found == [("not-a-date", 2, "Дата начала", "весной")]
    assert made.address(2, "Дата начала") == "K2"


def test_a_row_of_nothing_but_an_error_is_still_a_row():
    made, problems = table.read(
        sheet("Наставники", {"ФИО": "#REF!"}, {}, {"Стаж, лет": 0}), tab("Наставники"), "книга", LAYOUT.lists
    )
    assert made is not None
    assert [row.origin.row for row in made.rows] == [2, 4]
    assert [each.code for each in problems] == ["cell-error"]


def test_a_row_that_only_the_system_has_written_in_is_no_row():
    made, _ = table.read(
        sheet("Наставники", {"⚙ Код": "Н-001", "⚙ Замечание": "что-то"}),
        tab("Наставники"),
        "книга",
        LAYOUT.lists,
    )
    assert made is not None
    assert made.rows == ()


@pytest.mark.parametrize("sign", ["\x08", "\x00", "\ufffe", "\ud800"])
def test_an_unseen_sign_that_an_answer_brings_is_dropped_and_its_cell_told(sign):
    cell = _cell(
        {"effectiveValue": {"stringValue": f"воспитатель{sign}"}, "formattedValue": f"воспитатель{sign}"}
    )
    value, slip = typed_cells.read(cell, TEXT, LAYOUT.lists)
    assert (value, cell.shown) == ("воспитатель", "воспитатель")
    assert slip[0] == typed_cells.UNSEEN_SIGNS
    assert typed_cells.read(
        _cell({"effectiveValue": {"stringValue": "воспитатель"}}), TEXT, LAYOUT.lists
    ) == ("воспитатель", None)
