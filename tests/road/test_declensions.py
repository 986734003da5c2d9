"""The tab «Склонения»: offered by the system, read and corrected by a curator, never overwritten."""

from __future__ import annotations

from datetime import date

import pytest

from flows.domain.people import declensions
from tests.road import desk as desks
from tests.road import hands
from tests.road.desk import CARD, MENTORS, NAMES, TODAY

TAB = "Склонения"
GEN, DAT, ACC, INS, PRE = declensions.CASES
SIX = ("Именительный", GEN, DAT, ACC, INS, PRE)
ORLOVA = MENTORS[0]


@pytest.fixture
def desk(desk):
    """The tab is the same whatever papers are made: here the one whose text shows its forms."""
    desk.kinds = ("order.pairs",)
    return desk


def rows(desk):
    return {row.text("Именительный"): row for row in desk.rows(TAB)}


def at(desk, nominative):
    return rows(desk)[nominative].origin.row


def orders(desk):
    return desk.text(desk.filed("order.pairs"))


def test_everybody_every_post_and_the_organisation_stand_there_once_in_six_forms(done):
    listed = [row.text("Именительный") for row in done.rows(TAB)]
    people = (*MENTORS[:3], *NAMES[:3], CARD["ФИО руководителя"], CARD["Куратор"])
    assert sorted(listed) == sorted(
        {
            *people,
            "воспитатель",
            "заведующий",
            "старший воспитатель",
            CARD["Полное наименование"],
            CARD["Краткое наименование"],
        }
    )
    assert [rows(done)[ORLOVA].text(case) for case in SIX] == [
        "Орлова Вера Дмитриевна", "Орловой Веры Дмитриевны", "Орловой Вере Дмитриевне", "Орлову Веру Дмитриевну", "Орловой Верой Дмитриевной", "Орловой Вере Дмитриевне",
    ]  # fmt: skip
    assert (
        rows(done)[CARD["Полное наименование"]].text(GEN).startswith("муниципального бюджетного дошкольного")
    )
    assert rows(done)["воспитатель"].text(ACC) == "воспитателя"
    assert {row.text("Вид") for row in done.rows(TAB)} == {"человек", "должность", "организация"}


def test_a_second_run_writes_nothing_and_reads_three_times(done):
    since = done.now
    assert not done.run().written
    assert done.writes(since) == 0
    assert sum(done.calls(since).values()) <= 3


def test_a_corrected_cell_wins_from_then_on_and_only_that_case(done):
    done.type_cells(TAB, at(done, ORLOVA), {ACC: "Орлову-Правленую Веру Дмитриевну"})
    done.run()
    assert "Орлову-Правленую Веру Дмитриевну" in orders(done)
    facts = [row for row in done.rows(TAB) if row.text("Именительный") == ORLOVA]
    assert declensions.corrected(facts) == {ORLOVA: {"acc": "Орлову-Правленую Веру Дмитриевну"}}
    assert done.cell(TAB, at(done, ORLOVA), GEN) == "Орловой Веры Дмитриевны"
    assert not done.run().written


def test_an_emptied_cell_is_computed_again(done):
    row = at(done, ORLOVA)
    done.type_cells(TAB, row, {ACC: "Орлову-Правленую Веру Дмитриевну", DAT: None})
    done.run()
    assert done.cell(TAB, row, DAT) == "Орловой Вере Дмитриевне"
    done.type_cells(TAB, row, {ACC: None})
    done.run()
    assert done.cell(TAB, row, ACC) == "Орлову Веру Дмитриевну"
    assert "Правленую" not in orders(done)


def test_what_is_offered_follows_the_facts_and_what_is_corrected_does_not(desk):
    desk.type_cells("Наставники", 2, {"ФИО": "Орло Саша Владимировна"})
    desk.type_cells("Пары", 2, {"Наставник": "Орло Саша Владимировна"})
    desk.run()
    row = at(desk, "Орло Саша Владимировна")
    assert desk.cell(TAB, row, DAT) == "Орло Саше Владимировне"
    desk.type_cells(TAB, row, {GEN: "Орло Саши Владимировны (правка)"})
    desk.type_cells("Наставники", 2, {"ФИО": "Зуева Саша Владимировна"})
    desk.type_cells("Пары", 2, {"Наставник": "Зуева Саша Владимировна"})
    desk.run()
    assert desk.cell(TAB, row, GEN) == "Орло Саши Владимировны (правка)"
    assert desk.cell(TAB, at(desk, "Зуева Саша Владимировна"), GEN) == "Зуевой Саши Владимировны"


@pytest.mark.spare("test_what_is_offered_follows_the_facts_and_what_is_corrected_does_not")
def test_a_nominative_typed_over_gets_its_own_forms_and_nobody_elses(done):
    row = at(done, ORLOVA)
    done.type_cells("Наставники", 2, {"ФИО": "Ломова Вера Дмитриевна"})
    done.type_cells("Пары", 2, {"Наставник": "Ломова Вера Дмитриевна"})
    done.type_cells(TAB, row, {"Именительный": "Ломова Вера Дмитриевна"})
    done.run()
    assert [done.cell(TAB, row, case) for case in (GEN, ACC)] == [
        "Ломовой Веры Дмитриевны",
        "Ломову Веру Дмитриевну",
    ]
    assert ORLOVA not in rows(done)


def test_a_doubtful_form_stays_empty_with_its_reason_and_is_asked_once(desk):
    desk.type_cells("Наставляемые", 2, {"ФИО": "Мельник Саша", "Пол": None})
    desk.type_cells("Пары", 2, {"Наставляемый": "Мельник Саша"})
    desk.run()
    row = at(desk, "Мельник Саша")
    assert [desk.cell(TAB, row, case) or "" for case in SIX] == ["Мельник Саша", "", "", "", "", ""]
    assert "мужчина это или женщина" in desk.cell(TAB, row, "⚙ Сомнение")
    asked = [each for each in desk.rows("Проверка") if each.text("⚙ Ключ").startswith("form-doubtful")]
    assert [(each.text("Важность"), each.text("Как написано")) for each in asked] == [
        ("вопрос", "Мельник Саша")
    ]
    assert not desk.run().written
    desk.type_cells("Наставляемые", 2, {"Пол": "ж"})
    desk.run()
    assert desk.cell(TAB, row, DAT) == "Мельник Саше"
    assert not desk.cell(TAB, row, "⚙ Сомнение")
    assert "form-doubtful" not in desk.findings()


def test_a_risky_ending_is_asked_once_and_a_tick_silences_it(desk):
    desk.type_cells("Наставники", 2, {"ФИО": "Гуща Вера Дмитриевна"})
    desk.type_cells("Пары", 2, {"Наставник": "Гуща Вера Дмитриевна"})
    desk.run()
    assert desk.findings()["form-risky"] == ["вопрос"]
    row = at(desk, "Гуща Вера Дмитриевна")
    assert "проверьте" in desk.cell(TAB, row, "⚙ Сомнение")
    assert desk.cell(TAB, row, GEN) == "Гущи Веры Дмитриевны"
    desk.type_cells(TAB, row, {"Проверено": True})
    desk.run()
    assert "form-risky" not in desk.findings()
    assert not desk.cell(TAB, row, "⚙ Сомнение")


@pytest.mark.spare("test_a_risky_ending_is_asked_once_and_a_tick_silences_it")
def test_a_yes_in_the_check_tab_silences_a_risky_ending_too(desk):
    desk.type_cells("Наставники", 2, {"ФИО": "Гуща Вера Дмитриевна"})
    desk.type_cells("Пары", 2, {"Наставник": "Гуща Вера Дмитриевна"})
    desk.run()
    asked = next(row for row in desk.rows("Проверка") if row.text("⚙ Ключ").startswith("form-risky"))
    desk.type_cells("Проверка", asked.origin.row, {"Ответ": "да"})
    desk.run()
    assert desk.findings()["form-risky"] == ["закрыто"]
    assert not desk.cell(TAB, at(desk, "Гуща Вера Дмитриевна"), "⚙ Сомнение")
    assert not desk.run().written


@pytest.mark.spare("test_rows_that_people_move_under_the_write_keep_their_own_forms")
def test_sorted_and_deleted_rows_lose_and_mix_nothing(done):
    done.type_cells(TAB, at(done, ORLOVA), {ACC: "Орлову-Правленую Веру Дмитриевну"})
    done.run()
    turn_over(done)
    done.run()
    assert declensions.corrected(done.rows(TAB)) == {
        **{name: {} for name in rows(done)},
        ORLOVA: {"acc": "Орлову-Правленую Веру Дмитриевну"},
    }
    assert not done.run().written
    gone = at(done, MENTORS[1])
    done.space.sheets.batch(
        done.place.book,
        [
            {
                "deleteDimension": {
                    "range": {
                        "sheetId": done.tab(TAB).sheet.sheet_id,
                        "dimension": "ROWS",
                        "startIndex": gone - 1,
                        "endIndex": gone,
                    }
                }
            }
        ],
    )
    done.run()
    assert rows(done)[MENTORS[1]].text(DAT) == "Кузнецовой Светлане Олеговне"
    assert "Орлову-Правленую" in orders(done)
    assert not done.run().written


def turn_over(desk):
    """Sort the tab the other way, as a person would with all its columns."""
    table = desk.tab(TAB)
    lines = [
        [table.sheet.at(row.origin.row - 1, at).value for at in range(len(table.tab.columns))]
        for row in table.rows
    ]
    for row, line in zip(table.rows, reversed(lines), strict=True):
        desk.type_cells(
            TAB,
            row.origin.row,
            {column.header: value for column, value in zip(table.tab.columns, line, strict=True)},
        )


def test_a_row_cleared_by_hand_is_not_filled_with_anothers_leftovers(done):
    row = at(done, ORLOVA)
    white = {column.header: None for column in done.tab(TAB).tab.columns if not column.header.startswith("⚙")}
    done.type_cells(TAB, row, white)
    done.run()
    assert not done.cell(TAB, row, "⚙ Предложено")
    assert rows(done)[ORLOVA].text(GEN) == "Орловой Веры Дмитриевны"


def test_forms_typed_before_the_first_run_are_the_persons(desk):
    desk.type_cells(
        TAB,
        2,
        {
            "Вид": "человек",
            "Именительный": ORLOVA,
            ACC: "Орлову Веру Дмитриевну",
            INS: "Орловой-Своей Верой Дмитриевной",
        },
    )
    desk.run()
    assert declensions.corrected(desk.rows(TAB))[ORLOVA] == {
        "acc": "Орлову Веру Дмитриевну",
        "ins": "Орловой-Своей Верой Дмитриевной",
    }
    assert desk.cell(TAB, 2, GEN) == "Орловой Веры Дмитриевны"
    assert not desk.run().written


def test_yo_and_ye_are_one_name(desk):
    desk.type_cells("Наставники", 2, {"ФИО": "Семёнова Вера Дмитриевна"})
    desk.type_cells("Пары", 2, {"Наставник": "Семёнова Вера Дмитриевна"})
    desk.type_cells(
        TAB,
        2,
        {"Вид": "человек", "Именительный": "Семенова Вера Дмитриевна", ACC: "Семёнову-Свою Веру Дмитриевну"},
    )
    desk.run()
    assert "Семёнова Вера Дмитриевна" not in rows(desk)
    assert "Семёнову-Свою Веру Дмитриевну" in orders(desk)
    assert desk.cell(TAB, 2, "Именительный") == "Семенова Вера Дмитриевна"


def test_a_line_of_ones_own_gets_its_gaps_filled_and_stays(desk):
    desk.type_cells(TAB, 2, {"Вид": "должность", "Именительный": "тьютор"})
    desk.run()
    assert desk.cell(TAB, 2, DAT) == "тьютору"
    assert not desk.run().written


def test_a_form_of_somebody_else_is_asked_about(done):
    done.type_cells(TAB, at(done, ORLOVA), {GEN: "Ивановой Анны Петровны"})
    done.run()
    assert done.findings()["form-unlike"] == ["вопрос"]
    done.type_cells(TAB, at(done, ORLOVA), {"Проверено": True})
    done.run()
    assert "form-unlike" not in done.findings()


def test_names_are_in_no_key_and_no_message(desk):
    desk.type_cells("Наставники", 2, {"ФИО": "Гуща Вера Дмитриевна"})
    report = desk.run(TODAY)
    for each in report.problems:
        if each.origin.tab == TAB:
            assert "Гущ" not in each.message + each.subject + each.proposal


@pytest.mark.sampled(2)
@pytest.mark.parametrize("column", ["⚙ Предложено", "⚙ Сомнение"])
def test_a_service_cell_that_was_spoilt_mends(done, column):
    row = at(done, ORLOVA)
    done.type_cells(TAB, row, {column: "что-то другое"})
    done.run()
    assert declensions.corrected(done.rows(TAB))[ORLOVA] == {}
    assert not done.cell(TAB, row, "⚙ Сомнение")
    assert not done.run().written


def test_a_tab_that_cannot_remember_offers_is_left_to_people(desk):
    table = desk.tab(TAB)
    head = [
        {
            "updateCells": {
                "start": {
                    "sheetId": table.sheet.sheet_id,
                    "rowIndex": 0,
                    "columnIndex": table.columns["⚙ Предложено"],
                },
                "rows": [{"values": [{}]}],
                "fields": "userEnteredValue",
            }
        }
    ]
    desk.space.sheets.batch(desk.place.book, head)
    desk.run()
    assert desk.rows(TAB) == ()


def test_a_new_participant_is_added_below(done):
    count = len(rows(done))
    desks.add_pair(done, 3, start=date(2026, 10, 1))
    done.run()
    assert len(rows(done)) == count + 2
    assert at(done, MENTORS[3]) > at(done, ORLOVA)


@pytest.mark.sampled
@pytest.mark.parametrize("act", ["sort", "delete", "insert"])
def test_rows_that_people_move_under_the_write_keep_their_own_forms(done, act):
    own = {
        ORLOVA: {"gen": "Орловой-Правленой Веры Дмитриевны"},
        NAMES[2]: {"dat": "Жуковой-Правленой Алине Романовне"},
    }
    for name, case, column in ((ORLOVA, "gen", GEN), (NAMES[2], "dat", DAT)):
        done.type_cells(TAB, at(done, name), {column: own[name][case]})
    for name in (MENTORS[1], NAMES[0]):
        done.type_cells(TAB, at(done, name), {GEN: None, DAT: None})
    acts = {
        "sort": lambda person: person.sort(TAB), "delete": lambda person: person.delete(TAB, 2),
        "insert": lambda person: person.insert(TAB, 3, Вид="должность", Именительный="тьютор"),
    }  # fmt: skip
    with desks.opened(desks.copied(done.root, done.root.parent / "count"), done.place) as twin:
        since = twin.now
        twin.run()
        effects = [number for number, call in enumerate(twin.office.journal[since:], 1) if call.effect]
    for number in effects[-2:]:
        with desks.opened(desks.copied(done.root, done.root.parent / f"{act}{number}"), done.place) as twin:
            hands.meddled(twin, number, acts[act]).run()
            twin.run()
            told = {name: forms for name, forms in declensions.corrected(twin.rows(TAB)).items() if forms}
            assert told == own
            assert rows(twin)[MENTORS[1]].text(GEN) == "Кузнецовой Светланы Олеговны"
            assert rows(twin)[NAMES[0]].text(DAT) == "Беловой Дарье Алексеевне"
            assert not twin.run().written
