"""What a curator sees of monitoring: forms read as they stand, questions to map, counted columns, notes on their dates."""

from __future__ import annotations

from datetime import date

import pytest

from flows.work import prepare
from flows.workspace.cells import appended
from tests.road import desk as desks

FORM = "Ответы на форму (1)"
TIME, CODE, COMFORT, GLAD, OPEN = (
    "Отметка времени",
    "Ваш код участника",
    "Насколько вам комфортно? (1–10)",
    "Вы довольны работой пары? (1–10)",
    "Что было\nособенно ценно?",
)


def run(desk):
    """A run that makes no paper: here only tabs are read and told of."""
    return prepare(desk.space, desk.place, desks.TODAY, desks.supplies(desks.TODAY, ()))


def add_tab(desk, title, *rows):
    """Put a tab into the book as a form does: headers, then one row an answer."""
    sheet_id = 5000 + len(desk.book().snapshot.sheets)
    grid = {"rowCount": 100, "columnCount": 12}
    desk.space.sheets.batch(
        desk.place.book,
        [
            {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, "gridProperties": grid}}},
            appended(sheet_id, rows),
        ],
    )


def answers(*marks, day="05.12.2026"):
    return [
        (f"{day} 10:{at:02}:00", f"Л-{at:03}", mark, mark, "разборы занятий")
        for at, mark in enumerate(marks, 1)
    ]


def form(desk, *marks, title=FORM):
    add_tab(desk, title, (TIME, CODE, COMFORT, GLAD, OPEN), *answers(*marks))


def questions(desk):
    return {row.text("Вопрос"): row for row in desk.rows("Анкеты")}


def mapped(desk, wave="выход"):
    told = {CODE: "код", COMFORT: "M12: комфорт", GLAD: "M10", OPEN: "открытый"}
    for text, row in questions(desk).items():
        desk.type_cells(
            "Анкеты",
            row.origin.row,
            {
                "Показатель": told[text.strip()],
                "Волна": wave if told[text.strip()].startswith("M") else None,
                "Разослано": 7,
            },
        )


def test_questions_of_an_untouched_form_tab_appear_once_for_the_curator_to_map(desk):
    form(desk, 9, 8)
    run(desk)
    rows = desk.rows("Анкеты")
    assert [(row.text("Анкета"), row.text("Вопрос"), row.code) for row in rows] == [
        (FORM, CODE, "А-001"),
        (FORM, COMFORT, "А-002"),
        (FORM, GLAD, "А-003"),
        (FORM, OPEN, "А-004"),
    ]
    assert desk.findings()["survey-unmapped"] == ["вопрос"]
    assert not run(desk).written


def test_a_mapped_form_is_counted_beside_its_questions_and_the_form_stays_untouched(desk):
    form(desk, 9, 8, 10, "9/10", "7,0")
    run(desk)
    mapped(desk)
    before = desk.book().snapshot.sheet(FORM).cells
    run(desk)
    row = questions(desk)[GLAD].origin.row
    assert [desk.cell("Анкеты", row, header) for header in ("⚙ Период", "⚙ Ответов", "⚙ Среднее")] == [
        "05.12.2026–05.12.2026",
        5,
        "8,6",
    ]
    assert "9 – 2" in desk.cell("Анкеты", row, "⚙ Распределение")
    assert desk.book().snapshot.sheet(FORM).cells == before
    assert "survey-unmapped" not in desk.findings()
    assert not run(desk).written


def test_a_renamed_question_is_counted_and_asked_about_not_listed_again(desk):
    form(desk, 9, 8)
    run(desk)
    mapped(desk)
    desk.space.sheets.batch(
        desk.place.book,
        [
            {
                "updateCells": {
                    "start": {
                        "sheetId": desk.book().snapshot.sheet(FORM).sheet_id,
                        "rowIndex": 0,
                        "columnIndex": 3,
                    },
                    "rows": [
                        {
                            "values": [
                                {
                                    "userEnteredValue": {
                                        "stringValue": "Вы довольны работой вашей пары? (1–10)"
                                    }
                                }
                            ]
                        }
                    ],
                    "fields": "userEnteredValue",
                }
            }
        ],
    )
    run(desk)
    assert len(desk.rows("Анкеты")) == 4
    assert desk.cell("Анкеты", questions(desk)[GLAD].origin.row, "⚙ Ответов") == 2
    assert desk.findings()["question-renamed"] == ["заметка"]
    assert not run(desk).written


@pytest.mark.sampled(3)
@pytest.mark.parametrize("title", ["Ответы на форму (2)", "Form Responses 1", "Опрос наставников май"])
def test_a_tab_of_that_shape_is_known_whatever_it_is_called(desk, title):
    form(desk, 9, title=title)
    run(desk)
    assert {row.text("Анкета") for row in desk.rows("Анкеты")} == {title}


def test_a_tab_of_the_staffs_own_is_left_alone(desk):
    add_tab(desk, "Питание", ("Ребёнок", "Меню"), ("нет", "каша"))
    run(desk)
    assert desk.rows("Анкеты") == ()


def test_odd_answers_are_findings_and_never_a_stopped_run(desk):
    form(desk, 9, "очень", None, 77, "нет")
    run(desk)
    mapped(desk)
    report = run(desk)
    told = desk.findings()
    assert told["mark-text"]
    assert told["mark-range"]
    assert not [each for each in report.stops if each.code.startswith("mark")]
    assert not run(desk).written


def test_a_score_card_and_events_with_slips_are_asked_about(desk):
    desk.type_cells(
        "Карта оценки",
        2,
        {"Период": "I полугодие 2026/2027", "Соответствие целям": "2", "Психологический климат": "хорошо"},
    )
    desk.type_cells("Кадровые события", 2, {"Дата": date(2026, 11, 3), "Кто": "Н-001", "Что": "аттестация"})
    desk.type_cells(
        "Кадровые события", 3, {"Дата": date(2026, 11, 3), "Кто": "неизвестно кто", "Что": "уволен"}
    )
    run(desk)
    assert desk.findings()["card-points"] == ["вопрос"]
    assert desk.findings()["staff-event"] == ["вопрос"]
    assert "списках" in desk.cell("Кадровые события", 3, "⚙ Замечание")
    assert not run(desk).written
