"""Answers typed in «Проверка»: in force on the next run, written into «Журнал» once, never in place of the cell."""

from __future__ import annotations

import pytest

from tests.road import desk as desks
from tests.road.desk import CARD

PLAN = [("2.1", "Мониторинг", "Апрель 2032", "Куратор", "Аналитическая справка"), *desks.PLAN[:2]]
DATELESS = [
    ("1", "Подготовить приказ о внедрении наставничества", None, None, None), ("2", "Закрепить пары приказом", None, None, None),
    ("3", "Провести мониторинг и составить аналитическую справку", None, None, None), ("4", "Обновлять страницу сайта", None, None, None),
]  # fmt: skip
TERM, OFFER = "Срок (как в документе)", "⚙ Предложение системы"


def found(desk, code):
    return [row for row in desk.book().rows("Проверка") if row.text("⚙ Ключ").startswith(f"{code}/")]


def answer(desk, code, text, who="Громова"):
    (row,) = [each for each in found(desk, code) if each.text("Важность") != "закрыто"]
    desk.type_cells("Проверка", row.origin.row, {"Ответ": text, "Кто ответил": who})


def journal(desk):
    return [
        row.text("Что сделано")
        for row in desk.book().rows("Журнал")
        if row.text("Что сделано").startswith("Ответ")
    ]


@pytest.fixture
def outside(empty):
    desks.furnish(empty, plan=PLAN)
    empty.run()
    return empty


def test_an_answer_is_applied_on_the_next_run_and_logged_once(outside):
    answer(outside, "outside-period", "Декабрь 2026")
    report = outside.run()
    assert "note.monitoring" in {each.key.split("/")[1] for each in report.made}
    assert outside.cell("Дорожная карта", 2, TERM) == "Апрель 2032"
    (line,) = journal(outside)
    assert line.startswith("Ответ «Декабрь 2026» в «Проверке» учтён. «Дорожная карта»")
    assert "было «Апрель 2032»" in line
    assert "Ответил: Громова" in line
    since = outside.now
    assert not outside.run().written
    assert outside.writes(since) == 0


def test_an_answer_that_mends_nothing_is_logged_as_such(outside):
    answer(outside, "outside-period", "не знаю")
    outside.run()
    (row,) = found(outside, "unreadable-term")
    assert row.text("Как написано") == "не знаю"
    desks.furnish(outside, 0)
    assert len(journal(outside)) == 1


def test_a_yes_without_a_proposal_does_not_take_a_stop_away(outside):
    answer_row = next(row for row in found(outside, "pair-not-ready"))
    outside.type_cells("Проверка", answer_row.origin.row, {"Ответ": "да"})
    outside.run()
    assert "не снял замечание" in journal(outside)[0]
    assert outside.findings()["pair-not-ready"] == ["стоп"]
    assert not outside.run().written


def test_a_changed_answer_is_logged_again_and_a_cleared_one_is_not(outside):
    answer(outside, "outside-period", "Декабрь 2026")
    outside.run()
    (row,) = found(outside, "outside-period")
    outside.type_cells("Проверка", row.origin.row, {"Ответ": "Май 2027"})
    outside.run()
    assert len(journal(outside)) == 2
    outside.type_cells("Проверка", row.origin.row, {"Ответ": None})
    outside.run()
    assert len(journal(outside)) == 2
    assert outside.findings()["outside-period"] == ["стоп"]


def test_an_answer_is_to_the_text_it_was_asked_about_and_not_to_the_next_one(outside):
    answer(outside, "outside-period", "да")
    outside.run()
    assert "outside-period" in outside.findings()
    outside.type_cells("Дорожная карта", 2, {TERM: "Май 2041"})
    outside.run()
    told = {
        row.text("Как написано"): (row.text("Важность"), row.text("Ответ"))
        for row in found(outside, "outside-period")
    }
    assert told == {"Апрель 2032": ("закрыто", "да"), "Май 2041": ("стоп", "")}
    assert not outside.run().written
    outside.type_cells("Дорожная карта", 2, {TERM: "Апрель 2032"})
    outside.run()
    assert [(row.text("Как написано"), row.text("Важность")) for row in found(outside, "outside-period")] == [
        ("Апрель 2032", "закрыто")
    ]


def test_a_value_missing_from_the_settings_may_be_answered(empty):
    desks.furnish(empty)
    table = empty.book().snapshot.sheet("Настройки")
    at = next(row for row in range(len(table.cells)) if str(table.at(row, 0).value or "").startswith("Город"))
    empty.type_cells("Настройки", at + 1, {"Значение": None})
    assert not empty.run().made
    answer(empty, "card-missing", CARD["Город"])
    assert empty.run().made
    assert empty.findings()["card-missing"] == ["закрыто"]
    assert not empty.cell("Настройки", at + 1, "Значение")
    assert not empty.run().written


@pytest.fixture
def dateless(empty):
    desks.furnish(empty, 2, unready=0, plan=DATELESS)
    return empty


def test_a_plan_without_dates_gets_proposals_beside_it_and_runs_nothing_by_them(dateless):
    report = dateless.run()
    assert {each.key.split("/")[1] for each in report.made} == {"order.pairs", "program.personal"}
    assert dateless.cell("Дорожная карта", 4, OFFER).startswith("май 2027\nПо календарю письма АЗ-1128/08")
    assert dateless.findings()["no-dates"] == ["вопрос"]
    assert "empty-term" not in dateless.findings()
    assert "empty-responsible" not in dateless.findings()
    assert not dateless.cell("Дорожная карта", 4, TERM)
    assert not dateless.run().written


def test_a_yes_takes_all_proposals_over_until_a_cell_says_otherwise(dateless):
    dateless.run()
    answer(dateless, "no-dates", "да")
    report = dateless.run()
    assert "order.introduce" in {each.key.split("/")[1] for each in report.made}
    assert "01.05.2027–31.05.2027" in dateless.cell("Дорожная карта", 4, "⚙ Понято как")
    assert dateless.findings()["no-dates"] == ["закрыто"]
    assert len(journal(dateless)) == 1
    assert not dateless.run().written
    dateless.type_cells("Дорожная карта", 4, {TERM: "Декабрь 2026"})
    report = dateless.run()
    assert "note.monitoring" in {each.key.split("/")[1] for each in report.made}
    assert not dateless.cell("Дорожная карта", 4, OFFER)
    assert "empty-term" not in dateless.findings()
    assert dateless.cell("Дорожная карта", 2, OFFER)
    assert not dateless.run().written


def test_a_proposal_copied_whole_is_a_term_and_the_others_stay_proposed(dateless):
    dateless.run()
    for row in (2, 4):
        dateless.type_cells("Дорожная карта", row, {TERM: dateless.cell("Дорожная карта", row, OFFER)})
    dateless.run()
    assert "до 30.09.2026" in dateless.cell("Дорожная карта", 2, "⚙ Понято как")
    assert "01.05.2027–31.05.2027" in dateless.cell("Дорожная карта", 4, "⚙ Понято как")
    assert [bool(dateless.cell("Дорожная карта", row, OFFER)) for row in (2, 3, 4, 5)] == [
        False,
        True,
        False,
        True,
    ]
    assert "outside-period" not in dateless.findings()
    assert dateless.findings()["no-dates"] == ["вопрос"]
    assert not dateless.run().written


def test_a_yes_for_one_school_year_is_not_a_yes_for_the_next(dateless):
    dateless.run()
    answer(dateless, "no-dates", "да")
    dateless.run()
    table = dateless.book().snapshot.sheet("Настройки")
    at = next(
        row for row in range(len(table.cells)) if str(table.at(row, 0).value or "").startswith("Учебный год")
    )
    dateless.type_cells("Настройки", at + 1, {"Значение": "2027-2028"})
    dateless.run()
    assert sorted(dateless.findings()["no-dates"]) == ["вопрос", "закрыто"]
    assert "2028" in dateless.cell("Дорожная карта", 4, OFFER)


def test_a_plan_without_results_gets_one_note_and_words_of_another_school_are_seen(empty):
    plan = [
        (number, text, term, "Куратор", None)
        for number, text, term in (
            ("1", "Подготовить приказ о внедрении в лицее", "Сентябрь 2026"),
            ("2", "Мониторинг", "Май 2027"),
            ("3", "Сайт", "Май 2027"),
        )
    ]
    desks.furnish(empty, plan=plan)
    empty.run()
    told = empty.findings()
    assert told["no-result-column"] == ["заметка"]
    assert "empty-result" not in told
    assert told["foreign-word"] == ["вопрос"]
