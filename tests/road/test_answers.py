"""Answers typed in «Проверка»: in force on the next run, written into «Журнал» once, never in place of the cell."""

from __future__ import annotations

from datetime import date

import pytest

from flows.domain.book import answers
from flows.work import prepare
from tests.road import desk as desks
from tests.road.desk import CARD

PLAN = [("2.1", "Мониторинг", "Апрель 2032", "Куратор", "Аналитическая справка"), *desks.PLAN[:2]]
DATELESS = [
    ("1", "Подготовить приказ о внедрении наставничества", None, None, None), ("2", "Закрепить пары приказом", None, None, None),
    ("3", "Провести мониторинг и составить аналитическую справку", None, None, None), ("4", "Обновлять страницу сайта", None, None, None),
]  # fmt: skip
TERM, OFFER = "Срок (как в документе)", "⚙ Предложение системы"


def found(desk, code):
    return [row for row in desk.rows("Проверка") if row.text("⚙ Ключ").startswith(f"{code}/")]


def answer(desk, code, text, who="Громова"):
    (row,) = [each for each in found(desk, code) if each.text("Важность") != "закрыто"]
    desk.type_cells("Проверка", row.origin.row, {"Ответ": text, "Кто ответил": who})


def journal(desk):
    return [
        row.text("Что сделано") for row in desk.rows("Журнал") if row.text("Что сделано").startswith("Ответ")
    ]


@pytest.fixture(scope="module")
def asked(founded, tmp_path_factory):
    """An organisation whose plan has a term outside its period, after its first run."""
    root, place = founded
    home = desks.copied(root, tmp_path_factory.mktemp("outside") / "home")
    with desks.opened(home, place) as desk:
        desks.furnish(desk, plan=PLAN)
        desk.run()
    return home, place


@pytest.fixture
def outside(asked, tmp_path):
    with desks.of(asked, tmp_path) as desk:
        yield desk


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


def test_an_answer_that_is_none_is_refused_beside_it_and_the_question_stays(outside):
    (row,) = found(outside, "outside-period")
    answer(outside, "outside-period", "не знаю")
    report = outside.run()
    assert not report.made
    (still,) = found(outside, "outside-period")
    assert (still.origin.row, still.text("Важность"), still.text("Ответ")) == (
        row.origin.row,
        "стоп",
        "не знаю",
    )
    message, beside = still.text("Что не так").split("\n")
    assert message == row.text("Что не так")
    assert beside.startswith("Ответ не принят: это не срок; нужны дата, месяц с годом или «до …»")
    assert beside in outside.note("Проверка", row.origin.row, "Ответ").replace("\n", " ")
    assert "unreadable-term" not in outside.findings()
    assert answers.REFUSED not in outside.findings()
    assert answers.REFUSED in {each.code for each in report.problems}
    (line,) = journal(outside)
    assert line.startswith("Ответ «не знаю» в «Проверке» не принят. ")
    since = outside.now
    assert not outside.run().written
    assert outside.writes(since) == 0
    answer(outside, "outside-period", "Декабрь 2026")
    assert outside.run().made
    assert not outside.note("Проверка", row.origin.row, "Ответ")


def test_a_yes_without_a_proposal_does_not_take_a_stop_away(outside):
    answer_row = next(row for row in found(outside, "pair-not-ready"))
    outside.type_cells("Проверка", answer_row.origin.row, {"Ответ": "да"})
    outside.run()
    assert "не принят" in journal(outside)[0]
    assert "ответом его не снять" in outside.note("Проверка", answer_row.origin.row, "Ответ")
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


@pytest.mark.spare("test_a_yes_is_to_the_proposal_it_was_typed_beside")
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


@pytest.fixture(scope="module")
def offered_once(founded, tmp_path_factory):
    """The plan without dates after the run that proposes them."""

    def live(desk):
        desks.furnish(desk, 2, unready=0, plan=DATELESS)
        desk.run()

    return desks.lived(founded, tmp_path_factory.mktemp("offered"), live)


@pytest.fixture
def offered(offered_once, tmp_path):
    with desks.of(offered_once, tmp_path) as desk:
        yield desk


def test_a_plan_without_dates_gets_proposals_beside_it_and_runs_nothing_by_them(dateless):
    report = dateless.run()
    assert {each.key.split("/")[1] for each in report.made} == {"order.pairs", "program.personal"}
    assert dateless.cell("Дорожная карта", 4, OFFER).startswith("май 2027\nПо календарю письма АЗ-1128/08")
    assert dateless.findings()["no-dates"] == ["вопрос"]
    assert "empty-term" not in dateless.findings()
    assert "empty-responsible" not in dateless.findings()
    assert not dateless.cell("Дорожная карта", 4, TERM)
    assert not dateless.run().written


def test_a_yes_takes_all_proposals_over_until_a_cell_says_otherwise(offered):
    answer(offered, "no-dates", "да")
    report = offered.run()
    assert "order.introduce" in {each.key.split("/")[1] for each in report.made}
    assert "01.05.2027–31.05.2027" in offered.cell("Дорожная карта", 4, "⚙ Понято как")
    assert offered.findings()["no-dates"] == ["закрыто"]
    assert len(journal(offered)) == 1
    assert not offered.run().written
    offered.type_cells("Дорожная карта", 4, {TERM: "Декабрь 2026"})
    report = offered.run()
    assert "note.monitoring" in {each.key.split("/")[1] for each in report.made}
    assert not offered.cell("Дорожная карта", 4, OFFER)
    assert "empty-term" not in offered.findings()
    assert offered.cell("Дорожная карта", 2, OFFER)
    assert not offered.run().written


def test_a_proposal_copied_whole_is_a_term_and_the_others_stay_proposed(offered):
    for row in (2, 4):
        offered.type_cells("Дорожная карта", row, {TERM: offered.cell("Дорожная карта", row, OFFER)})
    offered.run()
    assert "до 30.09.2026" in offered.cell("Дорожная карта", 2, "⚙ Понято как")
    assert "01.05.2027–31.05.2027" in offered.cell("Дорожная карта", 4, "⚙ Понято как")
    assert [bool(offered.cell("Дорожная карта", row, OFFER)) for row in (2, 3, 4, 5)] == [
        False,
        True,
        False,
        True,
    ]
    assert "outside-period" not in offered.findings()
    assert offered.findings()["no-dates"] == ["вопрос"]
    assert not offered.run().written


@pytest.mark.spare("test_a_yes_takes_all_proposals_over_until_a_cell_says_otherwise")
def test_a_yes_for_one_school_year_is_not_a_yes_for_the_next(offered):
    answer(offered, "no-dates", "да")
    offered.run()
    table = offered.book().snapshot.sheet("Настройки")
    at = next(
        row for row in range(len(table.cells)) if str(table.at(row, 0).value or "").startswith("Учебный год")
    )
    offered.type_cells("Настройки", at + 1, {"Значение": "2027-2028"})
    offered.run()
    assert sorted(offered.findings()["no-dates"]) == ["вопрос", "закрыто"]
    assert "2028" in offered.cell("Дорожная карта", 4, OFFER)


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


def papers(desk):
    return " ".join(desks.words(path) for path in desk.papers())


def test_what_a_question_offers_acts_and_stands_in_no_paper(empty):
    plan = [
        ("1.1", "Дорожная карта", "Сентябрь 2026", "Заведующий", "Дорожная карта"),
        ("1.1", "Закрепление пар", "Сентябрь 2026", "Заведующий", None),
    ]
    desks.furnish(empty, plan=plan)
    kinds = {"kinds": ("roadmap", "order.pairs")}
    prepare_with(empty, **kinds)
    answer(empty, "duplicate-number", "строки разные")
    answer(empty, "empty-result", "не готовить")
    prepare_with(empty, **kinds)
    told = empty.findings()
    assert (told["duplicate-number"], told["empty-result"]) == (["закрыто"], ["закрыто"])
    assert "строки разные" not in papers(empty)
    assert "не готовить" not in papers(empty)
    assert "документ не нужен" in empty.cell("Дорожная карта", 3, "⚙ Понято как")
    assert not prepare_with(empty, **kinds).written


def prepare_with(desk, kinds):
    return prepare(desk.space, desk.place, desks.TODAY, desks.supplies(kinds=kinds))


@pytest.mark.spare("test_a_changed_answer_is_logged_again_and_a_cleared_one_is_not")
def test_each_answer_of_a_chain_is_to_what_the_one_before_it_said(empty):
    desks.furnish(
        empty, plan=[("2.1", "Мониторинг", None, "Куратор", "Аналитическая справка"), *desks.PLAN[:2]]
    )
    empty.run()
    answer(empty, "empty-term", "декабрь 2027")
    empty.run()
    assert empty.findings()["outside-period"] == ["стоп"]
    answer(empty, "outside-period", "да")
    report = empty.run()
    assert "note.monitoring" in {each.key.split("/")[1] for each in report.made}
    assert "01.12.2026–31.12.2026" in empty.cell("Дорожная карта", 2, "⚙ Понято как")
    assert (empty.findings()["empty-term"], empty.findings()["outside-period"]) == (["закрыто"], ["закрыто"])
    assert not empty.run().written


def test_whom_the_book_knows_by_the_whole_name_is_not_asked_for(empty):
    plan = [
        (number, text, term, who, result)
        for (number, text, term, _, result), who in zip(
            desks.PLAN[:3],
            ("Соколова М.В., Громова Т.И.", "Громова Т.И.", "Иванова О.П., Соколова М.В."),
            strict=True,
        )
    ]
    desks.furnish(empty, plan=plan)
    empty.run()
    (row,) = found(empty, "initials-only")
    assert row.text("Как написано") == "Иванова О.П., Соколова М.В."
    answer(empty, "initials-only", "Иванова Ольга Петровна, Соколова М.В.")
    empty.run()
    assert empty.findings()["initials-only"] == ["закрыто"]


def test_two_answers_to_one_question_are_refused_both(outside):
    (row,) = found(outside, "outside-period")
    answer(outside, "outside-period", "Декабрь 2026")
    copy = outside.rows("Проверка")[-1].origin.row + 1
    outside.type_cells(
        "Проверка",
        copy,
        {header: row.text(header) for header in ("Как написано", "⚙ Ключ")} | {"Ответ": "Май 2027"},
    )
    assert not outside.run().made
    for at in (row.origin.row, copy):
        assert "разные ответы" in outside.note("Проверка", at, "Ответ")
    assert "стоп" in outside.findings()["outside-period"]


def test_an_answer_beside_no_question_is_told_so(outside):
    below = outside.rows("Проверка")[-1].origin.row + 2
    outside.type_cells("Проверка", below, {"Ответ": "да"})
    outside.run()
    assert "в этой строке нет замечания" in outside.note("Проверка", below, "Ответ")
    assert not outside.run().written


def test_an_answer_whose_question_is_gone_is_told_so_and_never_counted_as_taken(outside):
    (row,) = found(outside, "outside-period")
    outside.type_cells("Дорожная карта", 2, {TERM: "Декабрь 2026"})
    answer(outside, "outside-period", "Май 2027")
    outside.run()
    assert outside.cell("Проверка", row.origin.row, "Важность") == "закрыто"
    assert "этого замечания уже нет" in outside.note("Проверка", row.origin.row, "Ответ")
    assert "не понадобился" in journal(outside)[0]
    assert not outside.run().written


def test_an_answer_typed_over_our_own_text_is_held_against_the_cell(outside):
    """Whoever types into «Предложение» and says yes has typed a proposal; it must be one."""
    (row,) = found(outside, "outside-period")
    outside.type_cells("Проверка", row.origin.row, {"Предложение": "спросить у методиста", "Ответ": "да"})
    outside.run()
    assert "это не срок" in outside.note("Проверка", row.origin.row, "Ответ")
    assert not outside.run().written
    assert outside.findings()["outside-period"] == ["стоп"]
    outside.type_cells("Проверка", row.origin.row, {"Ответ": "Май 2027"})
    outside.run()
    assert outside.findings()["outside-period"] == ["закрыто"]


def test_a_yes_is_to_the_proposal_it_was_typed_beside(empty):
    """The neighbour's term is proposed; it is typed only after somebody said yes to an empty proposal."""
    plan = [
        ("2.1", "Мониторинг", None, "Куратор", "Аналитическая справка"),
        ("2.2", "Итоги", None, "Куратор", "Аналитическая справка"),
        desks.PLAN[1],
    ]
    plan[2] = (*desks.PLAN[1][:2], "Сентябрь 2026", *desks.PLAN[1][3:])
    desks.furnish(empty, plan=plan)
    empty.run()
    row = next(each for each in found(empty, "empty-term") if not each.text("Предложение"))
    empty.type_cells("Проверка", row.origin.row, {"Ответ": "да"})
    empty.run()
    assert "предложения, которое можно принять, здесь нет" in empty.note("Проверка", row.origin.row, "Ответ")
    empty.type_cells("Дорожная карта", 3, {TERM: "Май 2027"})
    empty.run()
    assert not empty.cell("Проверка", row.origin.row, "Предложение")
    assert "срока нет" in empty.cell("Дорожная карта", 2, "⚙ Понято как")
    assert not empty.run().written


def test_an_answer_about_a_pair_is_read_as_its_column_wants(empty):
    desks.furnish(empty, unready=0)
    empty.type_cells("Пары", 2, {"Дата окончания": date(2026, 9, 1)})
    empty.run()
    (row,) = found(empty, "pair-reversed")
    assert row.text("Как написано") == "01.09.2026"
    answer(empty, "pair-reversed", "в конце года")
    empty.run()
    assert "нужна дата вида 15.09.2026" in empty.note("Проверка", row.origin.row, "Ответ")
    answer(empty, "pair-reversed", "31.05.2027")
    empty.run()
    assert empty.findings()["pair-reversed"] == ["закрыто"]
    assert empty.cell("Пары", 2, "Дата окончания") != date(2027, 5, 31)
