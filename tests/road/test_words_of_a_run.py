"""What a run says of itself: true, without holes, the new never folded away."""

from __future__ import annotations

import pytest

from flows.work.stages import Made, Report
from tests.holes import holes
from tests.road import desk as desks


def lines(report):
    return [line.strip() for line in desks.printed(report).splitlines() if line.strip()]


def journal(desk):
    return [row.text("Что сделано") for row in desk.book().rows("Журнал")]


def test_a_final_is_named_by_the_number_that_people_gave_it_on_the_screen_and_in_the_journal(done):
    row = done.filed("order.pairs").origin.row
    done.type_cells("Документы", row, {"Рег. №": "26/1", "Дата регистрации": desks.TODAY})
    told = lines(done.run())
    final = "Приказ о закреплении наставнических пар, чистовик № 26/1"
    assert any(line.startswith(f"+ создать: {final} → ") for line in told)
    assert final in journal(done)[-1]
    assert holes(done.own_words()) == []


def test_a_run_that_only_marks_the_book_does_not_say_that_nothing_changed(done):
    assert "изменений нет" in lines(done.run())
    done.type_cells("Наставники", 2, {"Дата согласия на распространение": "скоро"})
    tried, run = lines(done.run(dry_run=True)), lines(done.run())
    assert "документы те же, в книге обновились бы отметки" in tried
    assert "документы те же, в книге обновлены отметки" in run
    assert "изменений нет" not in {*tried, *run}


def test_what_was_not_there_in_the_last_run_is_told_as_new_once_and_nothing_is_new_in_the_first(done):
    assert not any("новое" in line for line in lines(done.run()))
    done.type_cells("Наставники", 2, {"Дата согласия на распространение": "скоро"})
    (new,) = [line for line in lines(done.run()) if "новое" in line]
    assert new.startswith(
        "? вопрос, новое: Наставники, строка 2: В столбце «Дата согласия на распространение» нужна"
    )
    assert not any("новое" in line for line in lines(done.run()))


def test_an_organisation_without_papers_is_told_in_a_whole_sentence(empty):
    assert "всего: документов пока нет" in lines(empty.run())


@pytest.mark.parametrize(("number", "folder"), [("", ""), ("", "02 Приказы"), ("5", "")])
def test_a_paper_without_a_number_or_a_folder_leaves_no_hole(number, folder):
    made = Made("sadik/order.pairs/sadik/2026", "создать", "", "Приказ", "", "f1", folder, number)
    assert holes(desks.printed(Report("sadik", (made,), written=True))) == []


@pytest.mark.parametrize(
    "text",
    [
        "+ создать: Приказ о закреплении,  → 02 Приказы", "Приказ о закреплении (); Памятка (ПР-1)", "всего: ", "строки 24, 24: срок не указан",
        "строки 7, 24, 9, 24: срок", "нет: , сроков", "наставник None", "создать: Приказ → ", "Педсовет , 12.12", "Обновлено {count}",
    ],
)  # fmt: skip
def test_each_hole_that_was_ever_seen_is_found(text):
    assert holes(text)


def test_what_people_typed_may_hold_anything():
    assert holes("Номер «2 ,, ()  None» уже был: исправьте. Строки 2, 24, 242.") == []
