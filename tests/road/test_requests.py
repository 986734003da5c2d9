"""Ticks in `Запросы`: answered in their own row, never lost, never served twice."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.work import ticks
from tests.road import desk as desks

NOW = datetime(2026, 12, 10, 9, 30)  # noqa: DTZ001 - the row shows local time


@pytest.fixture
def wish(desk):
    """Tick the row for the draft order of pairs."""

    def tick(what="проект приказа о парах", **cells):
        row = next(each for each in desk.book().rows("Запросы") if each.text("Что нужно") == what)
        desk.type_cells("Запросы", row.origin.row, {"Подготовить": True, **cells})
        return row.origin.row

    return tick


def served(desk):
    wishes = ticks.ticked(desk.space, desk.place, desks.supplies())
    for each in wishes:
        ticks.serve(desk.space, desk.place, each, desks.TODAY, NOW, desks.supplies())
    return wishes


def test_the_answer_stands_in_the_same_row_and_the_tick_is_gone(desk, wish):
    row = wish()
    served(desk)
    assert desk.cell("Запросы", row, "Подготовить") in {False, None}
    assert desk.cell("Запросы", row, "⚙ Статус") == "готово"
    assert desk.cell("Запросы", row, "⚙ Результат") == "ПР-2026-002"
    assert ticks.ticked(desk.space, desk.place, desks.supplies()) == []


def test_a_wish_for_a_pair_far_ahead_is_made_now_and_stays(desk, wish):
    from datetime import date  # noqa: PLC0415 - only here

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
    ticks.serve(desk.space, desk.place, before, desks.TODAY, NOW, desks.supplies())
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
