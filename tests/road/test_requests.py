"""Ticks in `Запросы`: answered in their own row, never lost, never served twice."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from flows.work import Errand, prepare, ticks
from tests.road import desk as desks

NOW = datetime(2026, 12, 10, 9, 30)  # noqa: DTZ001 - the row shows local time

OCCASIONAL = (
    "order.pairs",
    "program.personal",
    "portfolio.mentor",
    "letter.thanks",
    "order.reward",
    "journal.orders",
    "journal.protocols",
    "extract.council",
)


@pytest.fixture
def wish(desk):
    """Tick the row for the draft order of pairs."""

    def tick(what="проект приказа о парах", **cells):
        row = next(each for each in desk.rows("Запросы") if each.text("Что нужно") == what)
        desk.type_cells("Запросы", row.origin.row, {"Подготовить": True, **cells})
        return row.origin.row

    return tick


def served(desk, kinds=desks.FIVE):
    supplies = desks.supplies(kinds=kinds)
    wishes = ticks.ticked(desk.space, desk.place, supplies)
    for each in wishes:
        ticks.serve(Errand(desk.space, desk.place, desks.TODAY, supplies), [each], NOW)
    return wishes


def ask(desk, what, whom="", council="", kinds=OCCASIONAL):
    """Write a row of one's own under the others, tick it, and return what its answer says."""
    row = max(each.origin.row for each in desk.rows("Запросы")) + 1
    desk.type_cells(
        "Запросы",
        row,
        {"Подготовить": True, "Что нужно": what, "Для кого": whom, "К какому педсовету / дате": council},
    )
    served(desk, kinds)
    return tuple(
        desk.cell("Запросы", row, header) for header in ("⚙ Статус", "⚙ Результат", "⚙ Что исправить")
    )


def keys(desk, kind):
    return [row.key.split("/", 2)[2] for row in desk.register() if row.kind == kind]


def test_the_answer_stands_in_the_same_row_and_the_tick_is_gone(desk, wish):
    row = wish()
    served(desk)
    assert desk.cell("Запросы", row, "Подготовить") in {False, None}
    assert desk.cell("Запросы", row, "⚙ Статус") == "готово"
    assert desk.cell("Запросы", row, "⚙ Результат") == "ПР-2026-002"
    assert ticks.ticked(desk.space, desk.place, desks.supplies()) == []


@pytest.mark.spare(
    "road/test_notes.py::test_a_tick_gives_the_rows_note_before_its_window_and_it_stays_wanted"
)
def test_a_wish_for_a_pair_far_ahead_is_made_now_and_stays(desk, wish):
    desk.run()
    desks.add_pair(desk, 3, start=date(2027, 3, 1))
    row = wish("программа пары", **{"Для кого": "П-004"})
    served(desk)
    assert desk.cell("Запросы", row, "⚙ Статус") == "готово"
    assert any("П-004" in each.key for each in desk.register())
    assert not desk.run().made


def test_a_row_changed_while_it_is_served_keeps_its_tick(desk, wish):
    row = wish()
    before = ticks.ticked(desk.space, desk.place, desks.supplies())[0]
    desk.type_cells("Запросы", row, {"Что нужно": "все программы"})
    ticks.serve(Errand(desk.space, desk.place, desks.TODAY, desks.supplies()), [before], NOW)
    assert desk.cell("Запросы", row, "Подготовить") is True
    assert ticks.ticked(desk.space, desk.place, desks.supplies())[0].what == "все программы"


def test_the_same_tick_again_is_another_wish(desk, wish):
    wish()
    first = served(desk)
    wish()
    again = ticks.ticked(desk.space, desk.place, desks.supplies())
    assert first[0].code == again[0].code
    assert first[0].key != again[0].key


def test_what_nobody_can_make_is_said_in_the_row(desk, wish):
    row = wish()
    desk.type_cells("Запросы", row, {"Что нужно": "что-нибудь"})
    served(desk)
    assert desk.cell("Запросы", row, "⚙ Статус") == "нужно исправить"
    assert "выберите из списка" in desk.cell("Запросы", row, "⚙ Что исправить")


@pytest.mark.sampled
@pytest.mark.parametrize("whom", ["Н-002", "П-002", desks.MENTORS[1], desks.NAMES[1]])
def test_a_portfolio_is_made_for_whom_it_is_asked_by_code_or_by_name_and_once(desk, whom):
    first = ask(desk, "портфолио наставника", whom)
    again = ask(desk, "портфолио наставника", whom)
    assert keys(desk, "portfolio.mentor") == ["Н-002/2026-2027"]
    assert first == again == ("готово", desk.filed("portfolio.mentor").draft_number, None)


@pytest.mark.spare("test_a_portfolio_is_made_for_whom_it_is_asked_by_code_or_by_name_and_once")
def test_portfolios_for_the_whole_organisation_are_one_for_each_mentor(desk):
    state, link, mend = ask(desk, "портфолио наставника", "вся организация")
    assert keys(desk, "portfolio.mentor") == ["Н-001/2026-2027", "Н-002/2026-2027", "Н-003/2026-2027"]
    assert (state, link, mend) == ("готово", "Папка, документов: 3", None)


def test_who_is_not_in_the_book_is_said_and_nothing_is_made(desk):
    state, link, mend = ask(desk, "портфолио наставника", "Иванова Ольга Петровна")
    assert (state, link, keys(desk, "portfolio.mentor")) == ("нужно исправить", None, [])
    assert mend.startswith("Непонятно, для кого")


def worked(desk):
    """Register the order of the two pairs that may stand in it, and let them meet: the third has not agreed."""
    ask(desk, "проект приказа о парах")
    order = {"Рег. №": "26/1", "Дата регистрации": date(2026, 9, 14)}
    desk.type_cells("Документы", desk.filed("order.pairs").origin.row, order)
    for at, code in enumerate(("П-001", "П-002"), 2):
        met = {"Пара": code, "Дата проведения": date(2026, 10, 6), "Статус": "состоялась", "Тема": "Занятие"}
        desk.type_cells("Встречи", at, met)


def test_letters_asked_for_come_with_the_order_and_for_one_mentor_alone(desk):
    worked(desk)
    assert ask(desk, "благодарственные письма", desks.MENTORS[0])[:2] == (
        "готово",
        desk.filed("letter.thanks").draft_number,
    )
    assert (keys(desk, "letter.thanks"), keys(desk, "order.reward")) == (["Н-001@2027-03/2026-2027"], [])
    assert ask(desk, "благодарственные письма")[:2] == ("готово", "Папка, документов: 3")
    assert sorted(keys(desk, "letter.thanks")) == [f"Н-00{number}@2027-03/2026-2027" for number in (1, 2)]
    assert keys(desk, "order.reward") == ["sadik@2027-03/2026-2027"]


def test_a_programme_for_one_pair_is_not_made_for_the_others(desk):
    for at in (3, 4):
        desks.add_pair(desk, at, start=date(2027, 3, 1))
    assert ask(desk, "программа пары", desks.MENTORS[4])[0] == "готово"
    assert {"П-004/2026-2027", "П-005/2026-2027"} & set(keys(desk, "program.personal")) == {"П-005/2026-2027"}


@pytest.mark.spare("test_an_extract_is_of_the_council_named_else_of_the_last_one_held")
def test_journals_are_of_the_year_that_runs_and_an_august_council_opens_it(desk):
    desks.type_councils(desk, date(2026, 8, 28), date(2027, 1, 22), protocols=(("1", date(2026, 8, 28)),))
    assert ask(desk, "журнал приказов") == ("готово", desk.filed("journal.orders").draft_number, None)
    assert ask(desk, "журнал протоколов") == ("готово", desk.filed("journal.protocols").draft_number, None)
    assert (keys(desk, "journal.orders"), keys(desk, "journal.protocols")) == (
        ["sadik/2026"],
        ["sadik/2026-2027"],
    )
    assert "28.08.2026" in desk.text(desk.filed("journal.protocols"))


def test_an_extract_is_of_the_council_named_else_of_the_last_one_held(desk):
    desks.type_councils(
        desk,
        date(2026, 8, 28),
        date(2026, 11, 20),
        date(2027, 1, 22),
        protocols=(("1", date(2026, 8, 28)), ("2", date(2026, 11, 20))),
    )
    assert ask(desk, "выписка")[0] == "готово"
    assert "20 ноября 2026 г. № 2" in desk.text(desk.filed("extract.council"))
    assert ask(desk, "выписка", council="3")[:2] == ("готово", desk.filed("extract.council").draft_number)
    assert keys(desk, "extract.council") == ["2026-11-20/2026-2027", "2027-01-22/2026-2027"]
    assert ask(desk, "выписка", council="9")[0] == "нужно исправить"


def test_a_registered_order_is_answered_with_its_own_number(desk):
    ask(desk, "проект приказа о парах")
    desk.type_cells(
        "Документы",
        desk.filed("order.pairs").origin.row,
        {"Рег. №": "14-а", "Дата регистрации": date(2026, 12, 9)},
    )
    assert ask(desk, "проект приказа о парах")[:2] == ("готово", "№14-а")


def test_nobody_has_to_ask_a_week_before_the_day_of_mentors_and_at_the_years_end(desk):
    worked(desk)

    def run(day):
        return sorted(
            each.key.split("/", 1)[1]
            for each in prepare(
                desk.space, desk.place, day, desks.supplies(day, ("order.reward", "letter.thanks"))
            ).made
        )

    assert run(date(2027, 2, 18)) == []
    march = run(date(2027, 2, 22))
    assert march == [
        *(f"letter.thanks/Н-00{number}@2027-03/2026-2027" for number in (1, 2)),
        "order.reward/sadik@2027-03/2026-2027",
    ]
    assert run(date(2027, 3, 1)) == []
    assert run(date(2027, 5, 24)) == [each.replace("2027-03", "2027-05") for each in march]
    assert "Днём наставника" in desk.text(
        next(row for row in desk.register() if "@2027-03" in row.key and row.kind == "letter.thanks")
    )


def test_what_to_mend_is_said_of_what_was_asked_for_alone(desk):
    """A row with a term outside the plan, a mentor without a post and a pair without papers: each stops its own papers only."""
    plan = desk.tab("Дорожная карта")
    row = next(each for each in plan.rows if each.text("Мероприятие") == "Мониторинг за полугодие")
    desk.type_cells("Дорожная карта", row.origin.row, {"Срок (как в документе)": "Май 2041"})
    _, _, of_order = ask(desk, "проект приказа о парах", None)
    assert (
        of_order
        == "Пара П-003 не войдёт в приказ: нет письменного согласия наставника и дополнительного соглашения (номер и дата) (наставник Н-003)."
    )
    _, _, of_portfolio = ask(desk, "портфолио наставника", "Н-001")
    assert of_portfolio is None
    _, _, of_note = ask(desk, "справка мониторинга", row.code)
    assert "Срок выходит за годы" in of_note
    assert "П-003" not in of_note


@pytest.mark.spare("test_what_to_mend_is_said_of_what_was_asked_for_alone")
def test_whoever_is_sent_to_the_tab_of_findings_finds_something_there(desk):
    for what, whom in (
        ("программа пары", "П-003"),
        ("все программы", None),
        ("справка мониторинга", None),
        ("журнал приказов", None),
    ):
        _, _, told = ask(desk, what, whom)
        messages = {row.text("Что не так").partition("\n")[0] for row in desk.rows("Проверка")}
        sent = [line for line in (told or "").split("\n") if "«Проверка»" in line]
        assert not sent or set(told.split("\n")[1:]) & messages, (what, whom, told)
