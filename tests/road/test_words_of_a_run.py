"""What a run says of itself: true, without holes, the new never folded away."""

from __future__ import annotations

import re

import pytest

from flows.work.stages import Made, Report
from tests.holes import holes
from tests.road import desk as desks


def lines(report):
    return [line.strip() for line in desks.printed(report).splitlines() if line.strip()]


def journal(desk):
    return [row.text("Что сделано") for row in desk.rows("Журнал")]


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


def told_and_counted(report):
    """How many papers the lines of a run name as made and renewed, and how many its total does."""
    said = lines(report)
    (total,) = [line for line in said if line.startswith("всего:")]
    named = [sum(line.startswith(f"+ {action}:") for line in said) for action in ("создать", "обновить")]
    counted = [re.search(rf"{action} — (\d+)", total) for action in ("создать", "обновить")]
    return named, [int(each[1]) if each else 0 for each in counted]


def test_the_total_of_a_run_counts_every_paper_it_names_also_those_that_others_called_for(done, monkeypatch):
    usual = desks.supplies
    kinds = (*desks.FIVE, "site.order.pairs")
    monkeypatch.setattr(desks, "supplies", lambda today, _=None: usual(today, kinds))
    done.sign(done.filed("order.pairs"), "26/1", desks.TODAY)
    run = done.run()
    assert "site.order.pairs" in {each.key.split("/")[1] for each in run.made}
    named, counted = told_and_counted(run)
    assert named == counted


def test_a_draft_that_came_out_the_same_is_not_said_to_be_renewed(empty, monkeypatch):
    usual, kind = desks.supplies, "regulation.rewards"
    monkeypatch.setattr(desks, "supplies", lambda today, _=None: usual(today, (*desks.FIVE, kind)))
    plan = [
        ("1.1", "Продумать поощрение", "Сентябрь 2026", "Заведующий", "Положение о поощрении наставников")
    ]
    desks.furnish(empty, 1, unready=0, plan=plan)
    empty.run()
    before = empty.file(empty.filed(kind)).read_bytes()
    empty.stand_in("Зуева Ирина Львовна", desks.TODAY, desks.TODAY)
    run = empty.run()
    assert empty.file(empty.filed(kind)).read_bytes() == before
    assert kind not in {each.key.split("/")[1] for each in run.made}
    named, counted = told_and_counted(run)
    assert named == counted
    assert "изменений нет" in lines(empty.run())
