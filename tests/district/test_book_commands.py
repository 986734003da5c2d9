"""Every other command on a district's book: it lives without the people's tabs, and what makes no sense there is refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from flows import doctor, doors, rebuilding, settings, updating
from flows.domain.documents.parts.registries import PARTS
from flows.domain.errors import Refused
from flows.office.kept import MEMORY
from flows.work import look, think, ticks
from flows.work.bringing import bring
from tests.district.ground import LIST, NAMES, RAYON, TODAY, plan, supplies

NOW = datetime(2026, 12, 10, 9, 30, tzinfo=ZoneInfo("Europe/Moscow"))


@pytest.mark.spare(
    "district/test_waiting_row.py::test_the_row_drafts_the_note_and_a_letter_to_each_says_who_owes_and_follows_the_list"
)
def test_the_districts_own_papers_are_made_and_filed_as_any_others(listed):
    plan(listed)
    done = listed.walk()
    assert [each.title for each in done.own.made] == ["Приказ о внедрении целевой модели наставничества"]
    assert not [each for each in done.own.problems if each.code in {"no-tab", "kept-unread"}]
    assert listed.walk().quiet
    (row,) = listed.rows("Документы")
    assert row.text("⚙ Ключ").startswith(f"{RAYON}/order.introduce/")


def test_a_look_finds_no_tab_of_people_missing(ground):
    errand = ground.errand()
    thought = think(errand, look(errand))
    assert not [each for each in thought.problems if each.code in {"no-tab", "tab-renamed", "kept-unread"}]
    assert not look(errand).book.unread
    facts = replace(thought.understood.facts, district=object())
    for name, tab in (("реестр наставников", "База наставников"), ("реестр пар", "Программы")):
        with pytest.raises(Refused, match=f"людей ведут организации района.+«{tab}»"):
            PARTS[name](facts)


def test_a_tick_for_people_or_a_council_is_answered_in_words(ground):
    wanted = ("программа пары", "пакет к педсовету", "обновить сводку")
    for at, what in enumerate(wanted, 2):
        ground.type_cells(
            at, {"Подготовить": True, "Что нужно": what, "Для кого": "П-001" if at == 2 else None}, "Запросы"
        )
    wishes = ticks.ticked(ground.space, ground.place(), supplies(ground.place()))
    assert [each.what for each in wishes] == [*wanted]
    ticks.serve(ground.errand(), wishes, NOW)
    rows = {row.text("Что нужно"): row for row in ground.rows("Запросы")}
    said = {what: (rows[what].text("⚙ Статус"), rows[what].text("⚙ Что исправить")) for what in wanted}
    assert said["программа пары"][0] == "нужно исправить"
    assert "справка мониторинга, журнал приказов" in said["программа пары"][1]
    assert said["пакет к педсовету"][0] == "нужно исправить"
    assert "педсоветов нет" in said["пакет к педсовету"][1]
    assert said["обновить сводку"][0] == "готово"
    assert not any(row.flag("Подготовить") for row in rows.values())


def test_people_are_not_brought_into_a_districts_book(ground):
    sample = settings.CONFIG / "samples" / "lastochka"
    since = ground.now
    told = bring(ground.space, ground.place(), sample / "Участники.xlsx", supplies(ground.place()), TODAY)
    assert [each.code for each in told.problems] == ["people-elsewhere"]
    assert not told.written
    assert ground.writes(since) == 0
    told = bring(
        ground.space, ground.place(), sample / "Дорожная карта.docx", supplies(ground.place()), TODAY
    )
    assert told.added["Дорожная карта"] > 0


def test_a_districts_book_is_brought_up_to_date_by_its_own_layout(ground):
    book = ground.book()
    gone = book.snapshot.sheet("Практики")
    ground.space.sheets.batch(ground.place().book, [{"deleteSheet": {"sheetId": gone.sheet_id}}])
    assert updating.brought(ground.space, ground.place(), settings.layout_of(ground.place()))
    titles = {each.title for each in ground.book().snapshot.sheets}
    assert "Практики" in titles
    assert not {"Пары", "Наставники"} & titles
    assert not updating.brought(ground.space, ground.place(), settings.layout_of(ground.place()))


def test_a_lost_memory_is_rebuilt_with_the_district_among_the_others(listed):
    listed.walk()
    listed.office.close()
    (listed.root / MEMORY).unlink()
    told = rebuilding.rebuilt(settings.load_home(listed.root))
    assert {each.slug for each in told} == {RAYON, *NAMES}
    with doors.open_workspace(settings.load_home(listed.root)) as space:
        again = replace(listed, space=space)
        assert {row.text("⚙ Доступ") for row in again.rows(LIST)} == {"есть"}
        assert again.walk().quiet


def test_the_doctor_says_who_has_sent_nothing(listed):
    assert "ещё не обходили: malysh, sosna, klen" in " ".join(doctor_lines(listed))
    listed.desk("sosna").xlsx().unlink()
    listed.walk()
    told = doctor_lines(listed)
    assert any("организаций в списке: 3, участвуют: 3" in line for line in told)
    assert any("данные не собраны: sosna" in line for line in told)


def doctor_lines(ground):
    errand = ground.errand()
    return [line for line, _ in doctor.of_district(errand, ground.book())]
