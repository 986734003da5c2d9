"""A district's own road with a row that waits for data: the note is drafted with the debtors named, and so are the letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows import settings
from flows.domain.register.life import Action
from flows.work.district.run import walk_district
from tests.district import ground as grounds

KINDS = ("note.municipal", "letter.reminder")
DAY = date(2027, 4, 27)
ROW = {
    "№ п/п": "6.5", "Мероприятие": "Анализ результатов муниципального мониторинга", "Срок (как в документе)": "Апрель 2027",
    "Ответственный": "ИМО", "Результат, вид документа": "Муниципальная аналитическая справка",
}  # fmt: skip


def walk(listed, day=DAY):
    made = {
        name: replace(kind, made=kind.made and name in KINDS) for name, kind in settings.catalogue().items()
    }
    errand = replace(listed.errand(day), supplies=replace(grounds.supplies(listed.place(), day), kinds=made))
    return walk_district(errand, listed.directory(), lambda _: day)


@pytest.fixture
def waiting(listed):
    listed.type_cells(2, ROW, "Дорожная карта")
    return listed


def filed(listed, kind):
    return [row for row in listed.rows("Документы") if row.text("⚙ Ключ").split("/")[1] == kind]


def test_the_row_drafts_the_note_and_a_letter_to_each_says_who_owes_and_follows_the_list(waiting):
    walk(waiting)
    (note,) = filed(waiting, "note.municipal")
    assert note.text("Основание") == "п. 6.5; нет данных: 3 из 3"
    names = list(grounds.NAMES.values())
    assert [row.text("Файл").partition(" (ПР")[0] for row in filed(waiting, "letter.reminder")] == [
        f"ПРОЕКТ Письмо-напоминание {name}" for name in names
    ]
    (row,) = waiting.rows("Дорожная карта")
    said = row.text("⚙ Документ")
    assert f"проект {note.text('№ проекта')}; нет данных: 3 из 3 – {', '.join(names)}" in said
    assert "готово" not in said
    assert walk(waiting).quiet
    waiting.type_row(waiting.row("klen").origin.row, Участвует=False)
    code = waiting.row("klen").code
    (gone,) = [each for each in walk(waiting).own.steps if each.action is Action.ORPHAN]
    assert gone.key == f"rayon/letter.reminder/{code}@2027-04/2026-2027"
    assert "нет данных: 2 из 2" in waiting.rows("Дорожная карта")[0].text("⚙ Документ")
